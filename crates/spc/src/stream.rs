//! A frozen chart that judges points one by one in constant memory.

use crate::arl::is_limit_rule;
use crate::chart::{Data, Design, Kind, Level, Panel, Parameters, Phase, Scope, t2};
use crate::describe::{mean, sd};
use crate::error::SpcError;
use crate::rules::{Monitor, Pattern, Rule, Side, Thresholds};
use crate::subgroup::Subgroups;
use crate::violation::limit_rule;

/// One plotted value and the rules that it completed.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Panel name.
    pub panel: &'static str,
    /// The plotted statistic.
    pub value: f64,
    /// Centre line.
    pub center: f64,
    /// Upper control limit, if any.
    pub ucl: Option<f64>,
    /// Lower control limit, if any.
    pub lcl: Option<f64>,
    /// Distance from the centre line in sigma, if the statistic has one.
    pub z: Option<f64>,
    /// Rules completed by this point, as indices into [`Stream::rules`], each with its side.
    pub fired: Vec<(usize, Side)>,
}

/// The next point: one value, a subgroup, a count with its size, or a row of variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arrival<'a> {
    /// A subgroup; a single value is a subgroup of one.
    Measured(&'a [f64]),
    /// A count and the units inspected.
    Count {
        /// Defects or defective units.
        count: f64,
        /// Units inspected.
        size: f64,
    },
    /// Several variables.
    Vector(&'a [f64]),
}

/// A chart that receives its points one at a time.
#[derive(Debug, Clone)]
pub struct Stream {
    design: Design,
    parameters: Parameters,
    /// Usual number of values in a subgroup.
    size: usize,
    rules: Vec<Rule>,
    /// Index of the limit rule in `rules`, if companion panels are judged.
    limit: Option<usize>,
    monitor: Monitor,
    /// A chart of one point, which holds the lines that do not change.
    template: Option<Vec<Panel>>,
    /// The last `span` values of an individuals chart.
    recent: Vec<f64>,
    /// The EWMA and its variance, or both CUSUMs.
    state: (f64, f64),
}

/// Largest size of a subgroup. The size comes from a document, and memory for it is allocated
/// before the first value.
const MOST_IN_A_SUBGROUP: usize = 1_000_000;

impl Stream {
    /// Creates a chart that judges by `parameters` and `rules`; `subgroup_size` is the usual size
    /// of the subgroups.
    ///
    /// # Errors
    /// A run chart, which cannot be judged before it ends, and whatever [`Design::chart`] refuses.
    pub fn new(
        design: Design,
        parameters: Parameters,
        rules: &[Rule],
        subgroup_size: usize,
    ) -> Result<Self, SpcError> {
        design.check()?;
        if subgroup_size > MOST_IN_A_SUBGROUP {
            return Err(SpcError::OutOfRange {
                name: "subgroup_size",
                value: subgroup_size as f64,
                expected: "1000000 at most",
            });
        }
        if design.chart == Kind::Run {
            return Err(SpcError::Invalid(
                "a run chart cannot be judged point by point".to_owned(),
            ));
        }
        if design.options.ranges_within_part {
            return Err(SpcError::Invalid(
                "a chart of moving ranges within parts cannot be watched row by row yet; use spc chart --baseline".to_owned(),
            ));
        }
        let template = match design.chart {
            kind if kind.is_attribute() && !kind.has_targets() => None,
            Kind::IMr
            | Kind::XbarR
            | Kind::XbarS
            | Kind::Ewma
            | Kind::Cusum
            | Kind::T2
            | Kind::G
            | Kind::T => Self::template(&design, &parameters, subgroup_size)?,
            other => {
                let name = other.name();
                let message = format!(
                    "a {name} chart cannot be watched row by row yet; use spc chart --baseline"
                );
                return Err(SpcError::Invalid(message));
            }
        };
        let zones = template.as_ref().is_none_or(|panels| panels[0].scope == Scope::Zones);
        let companion = template.as_ref().is_some_and(|panels| panels.len() > 1 || !zones);
        let mut rules = rules.to_vec();
        let judges_limits = rules.iter().any(|rule| is_limit_rule(&rule.pattern));
        if !zones {
            rules.clear();
        }
        let patterns: Vec<Pattern> = rules.iter().map(|rule| rule.pattern).collect();
        let lines = match template.as_ref().map(|panels| &panels[0]) {
            Some(Panel {
                center: Level::Constant(c), sigma: Level::Constant(s), measured, ..
            }) => {
                if *measured {
                    Thresholds::new(*c, *s)
                } else {
                    Thresholds::computed(*c, *s)
                }
            }
            // Points of varying size are standardized before the rules are applied.
            _ => Thresholds::computed(0.0, 1.0),
        };
        let limit = (companion && judges_limits).then(|| {
            rules.push(limit_rule());
            rules.len() - 1
        });
        let state = match design.chart {
            Kind::Cusum => (design.head_start, design.head_start),
            _ => (parameters.center, 0.0),
        };
        let monitor = Monitor::new(&patterns, &lines);
        let size = subgroup_size.max(1);
        Ok(Self {
            design,
            parameters,
            size,
            rules,
            limit,
            monitor,
            template,
            recent: Vec::new(),
            state,
        })
    }

    /// A chart of one point, which holds the lines that do not change.
    fn template(
        design: &Design,
        parameters: &Parameters,
        size: usize,
    ) -> Result<Option<Vec<Panel>>, SpcError> {
        let data = match design.chart {
            Kind::T2 => Data::Vectors(vec![parameters.means.clone()]),
            kind => {
                let span = if kind == Kind::IMr { design.span } else { 1 };
                let center =
                    if kind == Kind::G { parameters.center.floor() } else { parameters.center };
                Data::Measured(Subgroups::by_size(vec![center; size.max(1) * span], size.max(1))?)
            }
        };
        Ok(Some(design.chart(parameters, &data, Phase::Two)?.panels))
    }

    /// The rules that the indices in [`Judged::fired`] refer to.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Takes the next point.
    ///
    /// # Errors
    /// A point that the chart cannot use, or a value that is not a number.
    pub fn push(&mut self, arrival: Arrival) -> Result<Vec<Judged>, SpcError> {
        match (self.design.chart, arrival) {
            (Kind::IMr, Arrival::Measured(&[x])) => self.individual(x),
            (Kind::XbarR | Kind::XbarS, Arrival::Measured(group)) => self.subgroup(group),
            (Kind::Ewma | Kind::Cusum, Arrival::Measured(group)) => self.memory(group),
            (Kind::G | Kind::T, Arrival::Measured(&[x])) => {
                finite(&[x])?;
                Ok(vec![self.companion(0, x)])
            }
            (_, Arrival::Count { count, size }) => {
                let data = Data::Counts { counts: vec![count], sizes: vec![size] };
                let chart = self.design.chart(&self.parameters, &data, Phase::Two)?;
                let panel = &chart.panels[0];
                self.monitor.push_scaled(panel.z(0), panel.values[0]);
                Ok(vec![self.judged(panel, panel.values[0], self.zone_rules())])
            }
            (Kind::T2, Arrival::Vector(row)) => {
                finite(row)?;
                let value = t2(&[row.to_vec()], &self.parameters)?[0];
                Ok(vec![self.companion(0, value)])
            }
            _ => Err(SpcError::Invalid(format!(
                "this is not a point of a {} chart",
                self.design.chart.name()
            ))),
        }
    }

    fn individual(&mut self, x: f64) -> Result<Vec<Judged>, SpcError> {
        finite(&[x])?;
        if self.recent.len() == self.design.span {
            self.recent.remove(0);
        }
        self.recent.push(x);
        self.monitor.push(x);
        let mut judged = vec![self.main(x)];
        if self.recent.len() == self.design.span {
            judged.push(self.companion(1, range(&self.recent)));
        }
        Ok(judged)
    }

    /// Judges a subgroup of any size. The rules' lines are those of the usual size, so the mean of
    /// a subgroup of another size is moved to the same distance in sigma. Comparisons with its
    /// neighbours use the unchanged mean.
    fn subgroup(&mut self, group: &[f64]) -> Result<Vec<Judged>, SpcError> {
        finite(group)?;
        let average = mean(group);
        if group.len() == self.size {
            self.monitor.push(average);
            let by_range = self.design.chart == Kind::XbarR;
            let spread = if by_range { range(group) } else { sd(group).unwrap_or(0.0) };
            return Ok(vec![self.main(average), self.companion(1, spread)]);
        }
        let groups = Data::Measured(Subgroups::by_size(group.to_vec(), group.len())?);
        let panels = self.design.chart(&self.parameters, &groups, Phase::Two)?.panels;
        let usual = self.parameters.sigma.unwrap_or(f64::NAN) / (self.size as f64).sqrt();
        self.monitor.push_scaled(self.parameters.center + panels[0].z(0) * usual, average);
        let mut judged = vec![self.judged(&panels[0], average, self.zone_rules())];
        if let Some(spread) = panels.get(1).filter(|panel| panel.values[0].is_finite()) {
            judged.push(self.judged(spread, spread.values[0], self.beyond(spread)));
        }
        Ok(judged)
    }

    /// Judges a point of an EWMA or CUSUM, whose past is contained in two numbers.
    fn memory(&mut self, group: &[f64]) -> Result<Vec<Judged>, SpcError> {
        finite(group)?;
        let sigma = self.parameters.sigma.unwrap_or(f64::NAN);
        let (size, center) = (group.len() as f64, self.parameters.center);
        if self.design.chart == Kind::Cusum {
            let z = (mean(group) - center) * size.sqrt() / sigma;
            let (up, down) = self.state;
            self.state = ((up + z - self.design.k).max(0.0), (down - z - self.design.k).max(0.0));
            return Ok(vec![
                self.companion(0, self.state.0),
                self.companion(1, 0.0 - self.state.1),
            ]);
        }
        let (lambda, keep) = (self.design.lambda, 1.0 - self.design.lambda);
        let own = sigma * sigma / size;
        let z = lambda * mean(group) + keep * self.state.0;
        let variance = keep * keep * self.state.1 + lambda * lambda * own;
        self.state = (z, variance);
        let spread = if self.design.exact_limits {
            variance.sqrt()
        } else {
            (own * lambda / (2.0 - lambda)).sqrt()
        };
        let panel = Panel {
            name: "ewma",
            values: vec![z],
            center: Level::Constant(center),
            upper: Level::Constant(center + self.design.width * spread),
            lower: Level::Constant(center - self.design.width * spread),
            sigma: Level::Constant(spread),
            scope: Scope::Limits,
            measured: false,
        };
        let fired = self.beyond(&panel);
        Ok(vec![self.judged(&panel, z, fired)])
    }

    /// The main panel, whose rules the monitor has just judged.
    fn main(&self, value: f64) -> Judged {
        self.with_template(0, value, self.zone_rules())
    }

    /// A panel that is judged by its limits alone.
    fn companion(&self, place: usize, value: f64) -> Judged {
        let fired = self.template.as_ref().map_or_else(Vec::new, |panels| {
            self.beyond(&Panel { values: vec![value], ..panels[place].clone_lines() })
        });
        self.with_template(place, value, fired)
    }

    fn with_template(&self, place: usize, value: f64, fired: Vec<(usize, Side)>) -> Judged {
        match self.template.as_ref().and_then(|panels| panels.get(place)) {
            Some(panel) => self.judged(panel, value, fired),
            None => {
                Judged { panel: "", value, center: f64::NAN, ucl: None, lcl: None, z: None, fired }
            }
        }
    }

    fn judged(&self, panel: &Panel, value: f64, fired: Vec<(usize, Side)>) -> Judged {
        let finite = |x: f64| x.is_finite().then_some(x);
        Judged {
            panel: panel.name,
            value,
            center: panel.center.at(0),
            ucl: finite(panel.upper.at(0)),
            lcl: finite(panel.lower.at(0)),
            z: finite((value - panel.center.at(0)) / panel.sigma.at(0)),
            fired,
        }
    }

    fn zone_rules(&self) -> Vec<(usize, Side)> {
        let zones = self.limit.unwrap_or(self.rules.len());
        let sided = |pattern: &Pattern| {
            matches!(
                pattern,
                Pattern::Beyond { .. } | Pattern::Trend { .. } | Pattern::Opposite { .. }
            )
        };
        (0..zones)
            .filter_map(|i| {
                let upper = if sided(&self.rules[i].pattern) { Side::Upper } else { Side::Both };
                match (self.monitor.upper(i), self.monitor.lower(i)) {
                    (true, _) => Some((i, upper)),
                    (false, true) => Some((i, Side::Lower)),
                    (false, false) => None,
                }
            })
            .collect()
    }

    fn beyond(&self, panel: &Panel) -> Vec<(usize, Side)> {
        let Some(limit) = self.limit else {
            return Vec::new();
        };
        match panel.beyond(0) {
            (true, _) => vec![(limit, Side::Upper)],
            (_, true) => vec![(limit, Side::Lower)],
            _ => Vec::new(),
        }
    }
}

fn finite(values: &[f64]) -> Result<(), SpcError> {
    match values.iter().find(|x| !x.is_finite()) {
        None => Ok(()),
        Some(value) => Err(SpcError::NotFinite { index: 1, value: *value }),
    }
}

fn range(values: &[f64]) -> f64 {
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    highest - values.iter().copied().fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_judged_before_memory_is_taken() {
        let data = Data::Measured(Subgroups::by_size(vec![1.0, 2.0, 1.5, 1.0], 1).unwrap());
        let design = Design::new(Kind::IMr);
        let parameters = design.estimate(&data, &Given::default()).unwrap();
        let new = |size| Stream::new(design.clone(), parameters.clone(), &[], size);
        assert!(new(1).is_ok());
        let fault = new(1 << 31).map(drop).unwrap_err().to_string();
        assert!(fault.contains("1000000 at most"), "{fault}");
    }

    use crate::chart::Given;
    use crate::rules::parse_rules;
    use crate::violation::judge;
    use proptest::prelude::*;

    proptest! {
        /// A stream judges every point as the chart of all points does.
        #[test]
        fn a_stream_equals_the_chart(
            steps in prop::collection::vec(-8i8..=8, 4..120),
            kind in prop::sample::select(vec![Kind::IMr, Kind::Ewma, Kind::Cusum, Kind::XbarR, Kind::XbarS]),
        ) {
            let size = if matches!(kind, Kind::XbarR | Kind::XbarS) { 4 } else { 1 };
            let count = steps.len() / size * size;
            let values: Vec<f64> = steps[..count].iter().map(|s| 10.0 + f64::from(*s) * 0.5).collect();
            let design = Design::new(kind);
            let rules = parse_rules(if kind.takes_rules() { "nelson" } else { "rule1" }).unwrap();
            let data = Data::Measured(Subgroups::by_size(values.clone(), size).unwrap());
            let given = Given { center: Some(10.0), sigma: Some(1.0), ..Given::default() };
            let parameters = design.estimate(&data, &given).unwrap();
            let chart = design.chart(&parameters, &data, Phase::Two).unwrap();
            let verdicts = judge(&chart, &rules, true);
            let mut stream = Stream::new(design, parameters, &rules, size).unwrap();
            for (at, group) in values.chunks(size).enumerate() {
                for judged in stream.push(Arrival::Measured(group)).unwrap() {
                    let place = chart.panels.iter().position(|p| p.name == judged.panel).unwrap();
                    prop_assert!((judged.value - chart.panels[place].values[at]).abs() < 1e-12);
                    let expected: Vec<&str> = verdicts[place]
                        .events
                        .iter()
                        .filter(|event| event.first == at)
                        .map(|event| verdicts[place].rules[event.rule].id.as_str())
                        .collect();
                    let found: Vec<&str> =
                        judged.fired.iter().map(|(i, _)| stream.rules()[*i].id.as_str()).collect();
                    prop_assert_eq!(found, expected, "{} at {}", judged.panel, at);
                }
            }
        }
    }
}
