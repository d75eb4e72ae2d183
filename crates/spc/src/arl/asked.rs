//! Requests for run lengths: those of a chart under each disturbance, or the design that has a
//! given run length.

use super::rules::Conditions;
use super::{Change, EwmaLimits, Method, MovingRange, RunLength, cusum, ewma, rules_arl, shewhart};
use crate::constants::range_moments;
use crate::error::SpcError;
use crate::normal;
use crate::rules::{Pattern, parse_rules};
use libchar_core::frame::Column;
use libchar_core::{Cell, Frame};

/// A kind of chart with the parameters that its run length depends on. Several weights or reference
/// values are several designs.
#[derive(Debug, Clone, PartialEq)]
pub enum Charted {
    /// Points with known limits, judged by rules as [`parse_rules`] reads them.
    Shewhart(String),
    /// Individuals judged by such rules, together with their moving-range chart.
    IMr(String),
    /// Exponentially weighted moving averages.
    Ewma {
        /// Weights of the newest value.
        lambda: Vec<f64>,
        /// Whether limits grow over the first points.
        limits: EwmaLimits,
    },
    /// Tabular cumulative sums.
    Cusum {
        /// Reference values in sigma.
        k: Vec<f64>,
        /// Decision interval in sigma.
        h: f64,
        /// Where both sums start, in sigma.
        head_start: f64,
    },
}

/// How the process is disturbed; the result has a row for each value.
#[derive(Debug, Clone, PartialEq)]
pub enum Disturbed {
    /// Shifts of the mean in sigma of what is plotted; 0 is an undisturbed process.
    Shifts(Vec<f64>),
    /// Drifts of the mean in sigma per point.
    Slopes(Vec<f64>),
    /// Lag-one autocorrelations of a stationary process, whose points are judged by the limits
    /// alone.
    Autocorrelations(Vec<f64>),
}

/// A request for run lengths.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The chart.
    pub chart: Charted,
    /// Distance of the limits in sigma of what is plotted; a CUSUM has none.
    pub width: f64,
    /// What happens to the process.
    pub disturbed: Disturbed,
    /// Number of simulated runs where no exact method exists, 2 to 20 million.
    pub runs: usize,
    /// Seed of the simulation.
    pub seed: u64,
}

/// The run length of one design under one disturbance.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the chart.
    pub chart: &'static str,
    /// Its design in words.
    pub design: String,
    /// Shift of the mean, if that is the disturbance.
    pub shift: Option<f64>,
    /// Drift of the mean in sigma per point, if that is the disturbance.
    pub slope: Option<f64>,
    /// Autocorrelation of the points, if that is the disturbance.
    pub phi: Option<f64>,
    /// The run length.
    pub found: RunLength,
}

/// A design with the wanted in-control run length. Fields that do not apply to the chart are
/// `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Designed {
    /// Name of the chart.
    pub chart: &'static str,
    /// Weight of an EWMA.
    pub lambda: Option<f64>,
    /// Reference value of a CUSUM.
    pub k: Option<f64>,
    /// Distance of the limits.
    pub width: Option<f64>,
    /// Decision interval of a CUSUM.
    pub h: Option<f64>,
    /// The in-control run length of the design.
    pub arl: f64,
}

/// Columns of run lengths.
const COLUMNS: [Column<'static, Row>; 8] = [
    ("chart", |row| row.chart.into()),
    ("design", |row| row.design.as_str().into()),
    ("shift", |row| row.shift.into()),
    ("slope", |row| row.slope.into()),
    ("phi", |row| row.phi.into()),
    ("arl", |row| row.found.arl.into()),
    ("standard_error", |row| row.found.standard_error.into()),
    ("method", |row| row.found.method.name().into()),
];

/// Columns of designs.
const DESIGN_COLUMNS: [Column<'static, Designed>; 6] = [
    ("chart", |design| Cell::from(design.chart)),
    ("lambda", |design| design.lambda.into()),
    ("k", |design| design.k.into()),
    ("width", |design| design.width.into()),
    ("h", |design| design.h.into()),
    ("arl", |design| design.arl.into()),
];

/// A table with one row per run length.
pub fn frame(rows: &[Row]) -> Frame {
    Frame::of("libchar.spc-arl", 1, rows, &COLUMNS)
}

/// A table with one row per design.
pub fn design_frame(designs: &[Designed]) -> Frame {
    Frame::of("libchar.spc-design", 1, designs, &DESIGN_COLUMNS)
}

impl Charted {
    /// The name that is used in results.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Shewhart(_) => "shewhart",
            Self::IMr(_) => "i-mr",
            Self::Ewma { .. } => "ewma",
            Self::Cusum { .. } => "cusum",
        }
    }
}

impl Disturbed {
    fn values(&self) -> &[f64] {
        match self {
            Self::Shifts(values) | Self::Slopes(values) | Self::Autocorrelations(values) => values,
        }
    }
}

impl Asked {
    /// The run length of every design under every disturbance, ordered by disturbance.
    ///
    /// # Errors
    /// Disturbances that are not finite numbers, designs out of range, rules that cannot be parsed,
    /// and rules that alarm too rarely to be simulated.
    pub fn run_lengths(&self) -> Result<Vec<Row>, SpcError> {
        self.check()?;
        let mut rows = Vec::new();
        for &value in self.disturbed.values() {
            let (change, shift, slope) = match &self.disturbed {
                Disturbed::Shifts(_) => (Change::Step { sigma: value }, Some(value), None),
                Disturbed::Slopes(_) => (Change::Ramp { slope: value }, None, Some(value)),
                Disturbed::Autocorrelations(_) => {
                    rows.push(self.autocorrelated(value)?);
                    continue;
                }
            };
            let found = self.under(change)?.into_iter();
            let chart = self.chart.name();
            rows.extend(found.map(|(design, found)| Row {
                chart,
                design,
                shift,
                slope,
                phi: None,
                found,
            }));
        }
        Ok(rows)
    }

    /// The designs that have the run length `target` in control.
    ///
    /// # Errors
    /// A run length that no design has, or a chart without a design parameter to choose.
    pub fn designs(&self, target: f64) -> Result<Vec<Designed>, SpcError> {
        self.check()?;
        let named = Designed { chart: self.chart.name(), ..Designed::default() };
        match &self.chart {
            Charted::Ewma { lambda, limits } => lambda
                .iter()
                .map(|&lambda| {
                    let width = ewma::ewma_width(lambda, target, *limits)?;
                    let arl = ewma::ewma_arl(lambda, width, *limits, Change::NONE)?;
                    Ok(Designed { lambda: Some(lambda), width: Some(width), arl, ..named.clone() })
                })
                .collect(),
            Charted::Cusum { k, .. } => k
                .iter()
                .map(|&k| {
                    let h = cusum::cusum_interval(k, target)?;
                    let arl = cusum::cusum_arl(k, h, 0.0, 0.0)?;
                    Ok(Designed { k: Some(k), h: Some(h), arl, ..named.clone() })
                })
                .collect(),
            Charted::Shewhart(_) if target > 1.0 && target <= 1e9 => {
                let width = -normal::quantile(0.5 / target);
                Ok(vec![Designed { width: Some(width), arl: target, ..named }])
            }
            Charted::Shewhart(_) | Charted::IMr(_) => Err(SpcError::Invalid(
                "--target-arl is for shewhart (rule 1), ewma and cusum, between 1 and 1e9"
                    .to_owned(),
            )),
        }
    }

    fn check(&self) -> Result<(), SpcError> {
        if !(2..=20_000_000).contains(&self.runs) {
            return Err(SpcError::Invalid("--runs is 2 to 20000000".to_owned()));
        }
        match self.disturbed.values().iter().find(|value| !value.is_finite()) {
            Some(value) => Err(SpcError::Invalid(format!("{value} is not a finite number"))),
            None => Ok(()),
        }
    }

    /// The run length of each design under a change of the mean.
    fn under(&self, change: Change) -> Result<Vec<(String, RunLength)>, SpcError> {
        let solved = |design, arl| (design, RunLength::exact(arl, Method::IntegralEquation));
        let width = self.width;
        match &self.chart {
            Charted::Shewhart(rules) => {
                Ok(vec![(rules.clone(), self.of_rules(rules, None, change)?)])
            }
            Charted::IMr(rules) => {
                let (d2, d3) = range_moments(2)?;
                let ranges = Some(MovingRange { upper_sigma: d2 + 3.0 * d3 });
                Ok(vec![(rules.clone(), self.of_rules(rules, ranges, change)?)])
            }
            Charted::Ewma { lambda, limits } => lambda
                .iter()
                .map(|&lambda| {
                    let arl = ewma::ewma_arl(lambda, width, *limits, change)?;
                    Ok(solved(format!("lambda {lambda} width {width}"), arl))
                })
                .collect(),
            Charted::Cusum { k, h, head_start } => k
                .iter()
                .map(|&k| {
                    let arl = cusum::cusum_arl_under(k, *h, *head_start, change)?;
                    Ok(solved(format!("k {k} h {h} head start {head_start}"), arl))
                })
                .collect(),
        }
    }

    /// The run length of rules; the limit of the one-point rule is moved from 3 sigma to
    /// `self.width`.
    fn of_rules(
        &self,
        rules: &str,
        moving_range: Option<MovingRange>,
        change: Change,
    ) -> Result<RunLength, SpcError> {
        let rules = parse_rules(rules)?.into_iter();
        let patterns: Vec<Pattern> = rules.map(|rule| rule.pattern.at(3.0, self.width)).collect();
        patterns.iter().try_for_each(Pattern::check)?;
        let (runs, seed) = (self.runs, self.seed);
        let conditions = Conditions { change, moving_range, runs, seed, ..Conditions::default() };
        rules_arl(&patterns, &conditions)
    }

    fn autocorrelated(&self, phi: f64) -> Result<Row, SpcError> {
        if phi.abs() >= 1.0 {
            return Err(SpcError::OutOfRange { name: "phi", value: phi, expected: "-1 < phi < 1" });
        }
        let arl = shewhart::autocorrelated(phi, self.width);
        Ok(Row {
            chart: self.chart.name(),
            design: format!("width {}", self.width),
            shift: None,
            slope: None,
            phi: Some(phi),
            found: RunLength::exact(arl, Method::IntegralEquation),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(chart: Charted, disturbed: Disturbed) -> Asked {
        Asked { chart, width: 3.0, disturbed, runs: 1000, seed: 1 }
    }

    fn shewhart(rules: &str) -> Charted {
        Charted::Shewhart(rules.to_owned())
    }

    fn cusum(k: &[f64], h: f64, head_start: f64) -> Charted {
        Charted::Cusum { k: k.to_vec(), h, head_start }
    }

    fn arls(asked: &Asked) -> Vec<f64> {
        asked.run_lengths().unwrap().iter().map(|row| row.found.arl).collect()
    }

    /// 1/(2 Φ(−3)) in control, 43.89 after a shift of one sigma, 6.30 after two (Montgomery,
    /// chapter 6, with n = 1).
    #[test]
    fn a_shewhart_chart_has_the_textbooks_run_lengths() {
        let found = arls(&asked(shewhart("rule1"), Disturbed::Shifts(vec![0.0, 1.0, 2.0])));
        for (found, printed) in found.iter().zip([370.398, 43.895, 6.303]) {
            assert!((found / printed - 1.0).abs() < 1e-3, "{found} {printed}");
        }
        // Limits at two sigma: 1/(2 Φ(−2)) = 21.98.
        let narrow = Asked { width: 2.0, ..asked(shewhart("rule1"), Disturbed::Shifts(vec![0.0])) };
        assert!((arls(&narrow)[0] - 21.978).abs() < 1e-3);
    }

    /// Champ and Woodall (1987), table 1: all four Western Electric rules, 91.75 in control.
    #[test]
    fn western_electric_rules_and_a_moving_range_shorten_it() {
        let none = || Disturbed::Shifts(vec![0.0]);
        assert!((arls(&asked(shewhart("we"), none()))[0] - 91.75).abs() < 0.005);
        let pair = arls(&asked(Charted::IMr("rule1".to_owned()), none()))[0];
        assert!((pair - 105.35).abs() < 0.1, "{pair}");
    }

    /// Lucas and Saccucci (1990) and Lucas and Crosier (1982), as printed.
    #[test]
    fn each_weight_and_reference_value_is_a_row_a_disturbance() {
        let ewma = Charted::Ewma { lambda: vec![0.5, 1.0], limits: EwmaLimits::Asymptotic };
        let ewma = Asked { width: 3.071, ..asked(ewma, Disturbed::Shifts(vec![0.0, 1.0])) };
        let rows = ewma.run_lengths().unwrap();
        let told: Vec<(&str, Option<f64>)> =
            rows.iter().map(|row| (row.design.as_str(), row.shift)).collect();
        let (half, whole) = ("lambda 0.5 width 3.071", "lambda 1 width 3.071");
        let (none, one) = (Some(0.0), Some(1.0));
        assert_eq!(told, [(half, none), (whole, none), (half, one), (whole, one)]);
        assert!((rows[0].found.arl - 500.0).abs() < 0.5 && (rows[2].found.arl - 17.5).abs() < 0.05);
        let cusum = asked(cusum(&[0.5], 4.0, 2.0), Disturbed::Shifts(vec![0.0, 1.0]));
        let found = arls(&cusum);
        assert!((found[0] - 149.0).abs() < 0.5 && (found[1] - 5.29).abs() < 0.005, "{found:?}");
    }

    #[test]
    fn a_drift_is_found_on_either_side_and_none_is_no_drift() {
        let slopes = || Disturbed::Slopes(vec![0.1, -0.1]);
        for chart in [shewhart("we12"), cusum(&[0.5], 5.0, 0.0)] {
            let found = arls(&asked(chart, slopes()));
            assert!((found[0] / found[1] - 1.0).abs() < 1e-9 && found[0] < 20.0, "{found:?}");
        }
        let rows = asked(shewhart("rule1"), Disturbed::Slopes(vec![0.0])).run_lengths().unwrap();
        assert_eq!((rows[0].slope, rows[0].shift), (Some(0.0), None));
        assert!((rows[0].found.arl - 370.398).abs() < 1e-3);
    }

    #[test]
    fn correlation_lengthens_runs_and_whole_correlation_is_refused() {
        let phis = |values: &[f64]| {
            asked(shewhart("rule1"), Disturbed::Autocorrelations(values.to_vec())).run_lengths()
        };
        let rows = phis(&[0.0, 0.8]).unwrap();
        assert!((rows[0].found.arl - 370.398).abs() < 1e-3);
        assert!(rows[1].found.arl > rows[0].found.arl && rows[1].phi == Some(0.8));
        assert!(phis(&[1.0]).unwrap_err().to_string().contains("-1 < phi < 1"));
    }

    /// The table value of Hawkins (1993) for a CUSUM; 1/(2 Φ(−w)) for a Shewhart chart, which
    /// equals an EWMA of weight 1.
    #[test]
    fn a_design_has_the_run_length_that_was_asked_for() {
        let none = || Disturbed::Shifts(vec![0.0]);
        let found = asked(cusum(&[0.5], 5.0, 0.0), none()).designs(370.0).unwrap();
        assert!((found[0].h.unwrap() - 4.774).abs() < 5e-4 && (found[0].arl - 370.0).abs() < 1e-4);
        let found = asked(shewhart("rule1"), none()).designs(370.398_347).unwrap();
        assert!((found[0].width.unwrap() - 3.0).abs() < 1e-8 && found[0].lambda.is_none());
        let ewma = Charted::Ewma { lambda: vec![1.0], limits: EwmaLimits::Exact };
        let found = asked(ewma, none()).designs(370.398_347).unwrap();
        assert!((found[0].width.unwrap() - 3.0).abs() < 1e-6 && found[0].k.is_none());
        for (chart, target) in [(Charted::IMr("we".to_owned()), 370.0), (shewhart("we"), 1.0)] {
            assert!(asked(chart, none()).designs(target).is_err());
        }
    }

    #[test]
    fn numbers_that_are_none_and_too_few_runs_are_refused() {
        let odd = asked(shewhart("rule1"), Disturbed::Shifts(vec![0.0, f64::NAN]));
        assert_eq!(odd.run_lengths().unwrap_err().to_string(), "NaN is not a finite number");
        let few = Asked { runs: 1, ..asked(shewhart("rule1"), Disturbed::Shifts(vec![0.0])) };
        assert_eq!(few.run_lengths().unwrap_err().to_string(), "--runs is 2 to 20000000");
        assert!(few.designs(370.0).is_err());
    }

    #[test]
    fn frames_have_one_row_each_and_leave_out_what_is_not_there() {
        let rows = asked(shewhart("rule1"), Disturbed::Shifts(vec![0.0])).run_lengths().unwrap();
        let csv = String::from_utf8(frame(&rows).to_csv()).unwrap();
        assert!(csv.starts_with("chart,design,shift,slope,phi,arl,standard_error,method\n"));
        assert!(csv.contains("\nshewhart,rule1,0,,,370.398"), "{csv}");
        let designs =
            [Designed { chart: "cusum", k: Some(0.5), h: Some(4.0), ..Designed::default() }];
        let csv = String::from_utf8(design_frame(&designs).to_csv()).unwrap();
        assert_eq!(csv, "chart,lambda,k,width,h,arl\ncusum,,0.5,,4,0\n");
    }
}
