//! A study: a design with its rules, applied to data stage by stage. `chart`, `limits`, `report`
//! and `watch` all use it.

use crate::arl::{self, RunLength, is_limit_rule};
use crate::chart::{
    Chart, Data, Design, Given, Kind, Level, Panel, Parameters, Phase, RunChart, Scope, run_chart,
};
use crate::describe::{Description, describe, mean};
use crate::error::SpcError;
use crate::estimated::{self, Estimated};
use crate::knowledge::Knowledge;
use crate::rules::{Pattern, Rule, parse_rules};
use crate::violation::{Verdict, Violation, judge};
use libchar_core::Refused;
use std::collections::BTreeMap;

/// Number of simulated runs for the run length beside a chart; `spc arl` uses more.
const QUICK_RUNS: usize = 20_000;

/// A part of the data with its own limits: points `first` up to but not including `end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its name; `None` if the data are a single stage.
    pub name: Option<String>,
    /// First point, from 0.
    pub first: usize,
    /// One more than its last point.
    pub end: usize,
}

/// Settings of a study.
#[derive(Debug, Clone)]
pub struct Study {
    /// The chart.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Rules to judge by.
    pub rules: Vec<Rule>,
    /// Frozen centre and spread; if `None`, they are estimated in each stage.
    pub frozen: Option<Parameters>,
    /// Number of first points that the limits are estimated from; if `None`, all points.
    pub phase1: Option<usize>,
    /// Whether each completing point is an event of its own.
    pub each_point: bool,
    /// Points (from 0, ascending) that are excluded from limits and alarms.
    pub excluded: Vec<usize>,
}

/// A judged stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name, if there are several stages.
    pub name: Option<String>,
    /// Number of points before it.
    pub offset: usize,
    /// The parameters of its limits.
    pub parameters: Parameters,
    /// The plotted statistics with their lines.
    pub chart: Chart,
    /// The verdict of the rules for each panel.
    pub verdicts: Vec<Verdict>,
    /// Tests of a run chart.
    pub tests: Option<RunChart>,
    /// Why it has no limits, if it has none.
    pub unjudged: Option<Unjudged>,
}

/// Why a stage has no limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Unjudged {
    /// In words.
    pub reason: String,
    /// Whether the missing limits are a finding: those of a series that does not vary are, those of
    /// a series that is too short are not.
    pub is_finding: bool,
}

/// The result of a study.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The chart as designed.
    pub design: Design,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Whether the limits were known before the data.
    pub phase_two: bool,
    /// The stages in order.
    pub stages: Vec<Stage>,
    /// Summary statistics of the values.
    pub description: Option<Description>,
    /// Number of values in every subgroup; `None` if it varies.
    pub subgroup_size: Option<usize>,
    /// Points that were excluded from the limits, from 0.
    pub excluded: Vec<usize>,
}

/// The error of a study, with the stage in which it occurred.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyError {
    /// The stage, if there are several.
    pub stage: Option<String>,
    /// What is wrong.
    pub error: SpcError,
}

impl std::fmt::Display for StudyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.stage {
            Some(stage) => write!(f, "stage `{stage}`: {}", self.error),
            None => self.error.fmt(f),
        }
    }
}

impl std::error::Error for StudyError {}

impl Study {
    /// A study of `design` judged by `rules`, whose limits come from the data.
    pub fn new(design: Design, rules: Vec<Rule>) -> Self {
        Self {
            design,
            given: Given::default(),
            rules,
            frozen: None,
            phase1: None,
            each_point: false,
            excluded: Vec::new(),
        }
    }

    /// Charts and judges every stage of `data`.
    ///
    /// A series that does not vary and, if there are several stages, a stage that is too short for
    /// limits are plotted without limits and carry the reason.
    ///
    /// # Errors
    /// Data that the chart cannot take.
    pub fn analyse(&self, data: &Data, spans: &[Span]) -> Result<Analysis, StudyError> {
        let mut stages = Vec::with_capacity(spans.len());
        for span in spans {
            let sliced;
            let part = if spans.len() == 1 {
                data
            } else {
                sliced = data.slice(span.first, span.end);
                &sliced
            };
            let told = |error| StudyError { stage: span.name.clone(), error };
            stages.push(self.stage(span, part, spans.len() > 1).map_err(told)?);
        }
        let description = match data {
            Data::Measured(groups) => describe(groups.values()),
            Data::Parts(parts) => describe(parts.groups.values()),
            Data::Counts { counts, .. } | Data::Shares { counts, .. } => describe(counts),
            Data::Vectors(_) => None,
        };
        Ok(Analysis {
            design: self.design.clone(),
            rules: self.rules.clone(),
            phase_two: self.frozen.is_some() || self.phase1.is_some(),
            stages,
            description,
            subgroup_size: data.common_size(),
            excluded: self.excluded.clone(),
        })
    }

    fn stage(&self, span: &Span, data: &Data, several: bool) -> Result<Stage, SpcError> {
        let parameters = match &self.frozen {
            Some(frozen) => Ok(frozen.clone()),
            None => self.estimate(span, data),
        };
        let parameters = match parameters {
            Ok(parameters) => parameters,
            Err(error) => {
                let is_finding = matches!(error, SpcError::ZeroVariance { .. });
                let is_short = matches!(error, SpcError::TooFew { .. }) && several;
                if !is_finding && !is_short {
                    return Err(error);
                }
                let reason = match &error {
                    SpcError::ZeroVariance { value, .. } => {
                        format!("the values do not vary (all are {value}), so there are no limits")
                    }
                    other => format!("there are no limits: {other}"),
                };
                return Ok(plain(span, data, Unjudged { reason, is_finding }));
            }
        };
        let known = self.frozen.is_some() || self.phase1.is_some();
        let phase = if known { Phase::Two } else { Phase::One };
        let chart = self.design.chart(&parameters, data, phase)?;
        let mut verdicts = judge(&chart, &self.rules, self.each_point);
        if !self.excluded.is_empty() {
            for (panel, verdict) in chart.panels.iter().zip(&mut verdicts) {
                // A moving range also depends on the points before it.
                let back = if panel.name == "mr" { self.design.span.max(2) - 1 } else { 0 };
                let is_excluded =
                    |at: usize| self.excluded.binary_search(&(at + span.first)).is_ok();
                verdict.forgive(|point| (point.saturating_sub(back)..=point).any(is_excluded));
            }
        }
        let tests = (self.design.chart == Kind::Run)
            .then(|| run_chart(&chart.panels[0].values, parameters.center));
        Ok(Stage {
            name: span.name.clone(),
            offset: span.first,
            parameters,
            chart,
            verdicts,
            tests,
            unjudged: None,
        })
    }

    /// Estimates centre and spread from the points that limits are based on.
    fn estimate(&self, span: &Span, data: &Data) -> Result<Parameters, SpcError> {
        let count = self.phase1.unwrap_or(data.len());
        if count > data.len() {
            let message = format!("--phase1 {count} is more than the {} points", data.len());
            return Err(SpcError::Invalid(message));
        }
        let kept: Vec<usize> = (0..count)
            .filter(|i| self.excluded.binary_search(&(i + span.first)).is_err())
            .collect();
        if kept.len() == data.len() {
            return self.design.estimate(data, &self.given);
        }
        self.design.estimate(&data.select(&kept), &self.given)
    }
}

/// A stage with the values but without limits.
fn plain(span: &Span, data: &Data, unjudged: Unjudged) -> Stage {
    let values = match data {
        Data::Measured(groups) => groups.means(),
        Data::Parts(parts) => parts.groups.means(),
        Data::Counts { counts, sizes } | Data::Shares { counts, sizes, .. } => {
            counts.iter().zip(sizes).map(|(count, size)| count / size).collect()
        }
        Data::Vectors(rows) => vec![f64::NAN; rows.len()],
    };
    let center = mean(&values);
    let chart = Chart::from(vec![Panel {
        name: "x",
        values,
        center: Level::Constant(center),
        upper: Level::Constant(f64::INFINITY),
        lower: Level::Constant(f64::NEG_INFINITY),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::None,
        measured: true,
    }]);
    let verdicts = judge(&chart, &[], false);
    let parameters = Parameters { center, points: data.len(), ..Parameters::default() };
    Stage {
        name: span.name.clone(),
        offset: span.first,
        parameters,
        chart,
        verdicts,
        tests: None,
        unjudged: Some(unjudged),
    }
}

impl Analysis {
    /// Number of events; a shifted run chart and a series that does not vary count as one each.
    pub fn findings(&self) -> usize {
        let verdicts = self.stages.iter().flat_map(|stage| &stage.verdicts);
        let shifted = self.stages.iter().filter(|stage| stage.is_shifted()).count();
        let stuck = self.stages.iter().filter_map(|stage| stage.unjudged.as_ref());
        verdicts.map(|verdict| verdict.events.len()).sum::<usize>()
            + shifted
            + stuck.filter(|unjudged| unjudged.is_finding).count()
    }

    /// Number of points.
    pub fn points(&self) -> usize {
        self.stages.iter().map(|stage| stage.chart.panels[0].values.len()).sum()
    }

    /// A sentence about the shift that a run chart found; `None` if it found none.
    pub fn shifted(&self) -> Option<String> {
        let tests = self.stages.iter().find(|stage| stage.is_shifted())?.tests?;
        Some(format!(
            "the median shifted: longest run {} (limit {}), {} crossings (at least {})",
            tests.longest_run, tests.longest_run_limit, tests.crossings, tests.crossings_limit
        ))
    }

    /// The reasons why stages have no limits, in sentences.
    pub fn unjudged(&self) -> Vec<String> {
        let told = self.stages.iter().filter_map(|stage| {
            let unjudged = stage.unjudged.as_ref()?;
            Some(match &stage.name {
                Some(name) => format!("stage `{name}`: {}", unjudged.reason),
                None => unjudged.reason.clone(),
            })
        });
        told.collect()
    }

    /// Every violation in the order of the points, with its stage.
    pub fn violations(
        &self,
        column: &str,
        knowledge: Option<&Knowledge>,
    ) -> Vec<(Option<&str>, Violation)> {
        let mut all = Vec::new();
        for stage in &self.stages {
            let told =
                stage.chart.panels.iter().zip(&stage.verdicts).flat_map(|(panel, verdict)| {
                    verdict.events.iter().map(|event| {
                        verdict.violation(panel, event, stage.offset, column, knowledge)
                    })
                });
            let mut told: Vec<Violation> = told.collect();
            told.sort_by_key(|violation| violation.timestamp_index);
            all.extend(told.into_iter().map(|violation| (stage.name.as_deref(), violation)));
        }
        all
    }

    /// For each rule that fired on a panel: its signals in all stages, and its first violation.
    pub fn fired(&self, column: &str, knowledge: Option<&Knowledge>) -> Vec<(usize, Violation)> {
        let mut first: BTreeMap<(usize, usize), (usize, Violation)> = BTreeMap::new();
        for stage in &self.stages {
            let panels = stage.chart.panels.iter().zip(&stage.verdicts).enumerate();
            for (place, (panel, verdict)) in panels {
                for (rule, signals) in verdict.signals.rules.iter().enumerate() {
                    let Some(event) = verdict.events.iter().find(|event| event.rule == rule) else {
                        continue;
                    };
                    let count = signals.count();
                    let tell = || verdict.violation(panel, event, stage.offset, column, knowledge);
                    first
                        .entry((place, rule))
                        .and_modify(|known| known.0 += count)
                        .or_insert_with(|| (count, tell()));
                }
            }
        }
        first.into_values().collect()
    }

    /// Distinct patterns of the rules.
    fn patterns(&self) -> Vec<Pattern> {
        let mut patterns: Vec<Pattern> = Vec::new();
        for rule in &self.rules {
            if !patterns.contains(&rule.pattern) {
                patterns.push(rule.pattern);
            }
        }
        patterns
    }

    /// The in-control run length of chart and rules if centre and spread were known.
    pub fn run_length(&self) -> Option<RunLength> {
        let size = self.subgroup_size?;
        arl::chart_arl(&self.design, &self.patterns(), size, QUICK_RUNS).ok().flatten()
    }

    /// The in-control false-alarm rate with limits estimated from as few points as were used here.
    pub fn estimated(&self) -> Option<Estimated> {
        let stage = self.stages.iter().find(|stage| stage.unjudged.is_none())?;
        let size = self.subgroup_size?;
        estimated::of_chart(&self.design, &self.patterns(), &stage.parameters, size)
    }
}

impl Stage {
    /// Whether a run chart found a shift.
    pub fn is_shifted(&self) -> bool {
        self.tests.is_some_and(|tests| tests.is_shifted())
    }
}

/// The rules in `text` (the value of `--rules`) for a chart of this design.
///
/// The one-point rule at three sigma means "beyond the limits" and moves with `--width`.
///
/// # Errors
/// Text that is not a rule, and rules that are not defined for the chart.
pub fn rules(text: &str, design: &Design) -> Result<Vec<Rule>, Refused> {
    let mut rules = parse_rules(text).map_err(|e| e.usage())?;
    if !design.chart.takes_rules()
        && let Some(rule) = rules.iter().find(|rule| !is_limit_rule(&rule.pattern))
    {
        let (id, chart) = (&rule.id, design.chart.name());
        let why = match design.chart {
            Kind::Run => "has no limits and its own tests",
            Kind::T2 | Kind::G | Kind::T => "has points without symmetric sides",
            _ => "has points that depend on each other",
        };
        let message = format!("rule {id} is not defined on a {chart} chart, which {why}");
        return Err(Refused::Usage(message));
    }
    for rule in &mut rules {
        rule.pattern = rule.pattern.at(3.0, design.width);
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_fit_their_chart_and_rule_one_moves_with_its_width() {
        let wide = Design { width: 2.5, ..Design::new(Kind::IMr) };
        let found = rules("nelson", &wide).unwrap();
        assert_eq!(found[0].pattern, Pattern::Beyond { k: 1, m: 1, z: 2.5 });
        let refused = |text, kind| rules(text, &Design::new(kind)).unwrap_err().to_string();
        assert!(rules("rule1", &Design::new(Kind::Ewma)).is_ok());
        let ewma = refused("we", Kind::Ewma);
        assert!(
            ewma.ends_with("a ewma chart, which has points that depend on each other"),
            "{ewma}"
        );
        let run = refused("nelson", Kind::Run);
        assert!(run.ends_with("a run chart, which has no limits and its own tests"), "{run}");
        let t2 = refused("we", Kind::T2);
        assert!(t2.ends_with("a t2 chart, which has points without symmetric sides"), "{t2}");
        assert!(refused("nelsen", Kind::IMr).contains("did you mean `nelson`?"));
    }
}
