//! Drift: one detector for every kind of change, with one limit and one in-control average run length.
//!
//! There are two methods. [`Method::Likelihood`] adds the evidence of a bank of alternatives; it is
//! the stronger one and the default. [`Method::Charts`] runs six classical charts side by side.
//! Both reduce each point to a *level*, roughly the logarithm of the run length after which pure
//! chance would produce it, and alarm when the level exceeds the [`Limit`] for the requested run
//! length. After an alarm the detector restarts.

pub mod calibrate;
mod charts;
mod kind;
mod likelihood;
mod limit;
pub(crate) mod noise;
mod onset;
mod phase1;

pub use kind::Kind;
pub use limit::{ARL_RANGE, HORIZON, Limit, SMALLEST_PHASE1, limit};
pub use phase1::{Phase1, check_finite};

use crate::SpcError;
use charts::Charts;
use likelihood::Likelihood;
use serde::Serialize;
use std::fmt;

/// How evidence is gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Weighted Shiryaev-Roberts statistics of a bank of alternatives.
    #[default]
    Likelihood,
    /// Shewhart, EWMA, CUSUM, EWMA of z² up and down, EWMA of lag-1 products.
    Charts,
}

impl Method {
    /// Every method, in the order of the enum.
    pub const ALL: [Method; 2] = [Method::Likelihood, Method::Charts];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Method::Likelihood => "likelihood",
            Method::Charts => "charts",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A running detector; its memory does not grow with the stream.
#[derive(Clone)]
pub struct Detector(State);

#[derive(Clone)]
enum State {
    Likelihood(Likelihood),
    Charts(Charts),
}

impl Detector {
    /// A detector without any points.
    pub fn new(method: Method) -> Self {
        Self(match method {
            Method::Likelihood => State::Likelihood(Likelihood::new()),
            Method::Charts => State::Charts(Charts::default()),
        })
    }

    /// Forgets everything, as after an alarm.
    pub fn restart(&mut self) {
        match &mut self.0 {
            State::Likelihood(state) => state.restart(),
            State::Charts(state) => state.restart(),
        }
    }

    /// Takes the next value, standardized with the in-control mean and sigma, and returns the
    /// level. `z` must be finite.
    pub fn push(&mut self, z: f64) -> f64 {
        match &mut self.0 {
            State::Likelihood(state) => state.push(z),
            State::Charts(state) => state.push(z),
        }
    }

    /// The kind of change that the newest level points to, with its share of the evidence
    /// (likelihood only).
    pub fn leading(&self) -> (Kind, Option<f64>) {
        match &self.0 {
            State::Likelihood(state) => {
                let (kind, share) = state.leading();
                (kind, Some(share))
            }
            State::Charts(state) => (state.leading(), None),
        }
    }
}

/// One alarm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alarm {
    /// 1-based index of the point that raised the alarm.
    pub index: usize,
    /// The value of that point, in the unit of the data.
    pub value: f64,
    /// That value in sigma from the mean.
    pub z_score: f64,
    /// The detector's level there.
    pub level: f64,
    /// What the change looks like.
    pub kind: Kind,
    /// Share of the evidence for this kind, 0 to 1; `None` for the chart method.
    pub evidence_share: Option<f64>,
    /// Estimated 1-based index of the first changed point; `None` for kinds without a beginning.
    pub onset_index: Option<usize>,
}

/// What a detector found in a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// Every alarm, in order; the detector restarts after each.
    pub alarms: Vec<Alarm>,
    /// The level at each point.
    pub levels: Vec<f64>,
}

/// Runs a detector over a series.
///
/// # Errors
///
/// [`SpcError::NotFinite`] with the 1-based index of the first value that is not finite.
pub fn detect(
    values: &[f64],
    phase1: &Phase1,
    method: Method,
    limit_level: f64,
) -> Result<Detection, SpcError> {
    check_finite(values)?;
    let z: Vec<f64> =
        values.iter().map(|x| phase1.standardize(*x).clamp(-f64::MAX, f64::MAX)).collect();
    let mut detector = Detector::new(method);
    let mut detection = Detection { alarms: Vec::new(), levels: Vec::with_capacity(z.len()) };
    let mut start = 0;
    for (i, score) in z.iter().enumerate() {
        let level = detector.push(*score);
        detection.levels.push(level);
        if level > limit_level {
            let (kind, evidence_share) = detector.leading();
            let onset_index = onset::estimate(&z[start..=i], kind).map(|k| start + k + 1);
            detection.alarms.push(Alarm {
                index: i + 1,
                value: values[i],
                z_score: *score,
                level,
                kind,
                evidence_share,
                onset_index,
            });
            detector.restart();
            start = i + 1;
        }
    }
    Ok(detection)
}

#[cfg(test)]
mod tests {
    use super::noise::Noise;
    use super::*;

    fn series(seed: u64, change: impl Fn(usize, f64) -> f64) -> Vec<f64> {
        let mut noise = Noise::new(seed, 0);
        (0..200)
            .map(|_| noise.normal())
            .enumerate()
            .map(|(i, z)| if i < 100 { z } else { change(i, z) })
            .collect()
    }

    #[test]
    fn every_kind_is_named() {
        type Change = fn(usize, f64) -> f64;
        let changes: [(Kind, Change); 6] = [
            (Kind::LevelUp, |_, z| z + 1.0),
            (Kind::LevelDown, |_, z| z - 1.0),
            (Kind::SpreadUp, |_, z| 2.0 * z),
            (Kind::SpreadDown, |_, z| 0.4 * z),
            (Kind::Alternation, |i, z| z + if i % 2 == 0 { 1.5 } else { -1.5 }),
            (Kind::Cycle, |i, z| z + 1.5 * (std::f64::consts::TAU * i as f64 / 10.0).sin()),
        ];
        let limit = limit(Method::Likelihood, 2000.0, None).unwrap().level;
        for (kind, change) in changes {
            let first = |seed: u64| {
                let detection =
                    detect(&series(seed, change), &Phase1::KNOWN, Method::Likelihood, limit)
                        .unwrap();
                detection.alarms.iter().find(|alarm| alarm.index > 100).map(|alarm| alarm.kind)
            };
            let kinds: Vec<Option<Kind>> = (0..50).map(first).collect();
            // The first few wide points of a larger spread look like outliers, to people too.
            let fits =
                |found: Kind| found == kind || (kind == Kind::SpreadUp && found == Kind::Outliers);
            let named = kinds.iter().flatten().filter(|found| fits(**found)).count();
            assert!(named >= 35, "{kind}: {kinds:?}");
        }
    }

    #[test]
    fn a_step_is_found_where_it_begins() {
        let values = series(3, |_, z| z + 2.0);
        for method in Method::ALL {
            let limit = limit(method, 2000.0, None).unwrap().level;
            let first = detect(&values, &Phase1::KNOWN, method, limit).unwrap().alarms[0].clone();
            assert_eq!(first.kind, Kind::LevelUp, "{method}");
            assert!(first.index > 100 && first.index < 112, "{first:?}");
            assert!(first.onset_index.unwrap().abs_diff(101) <= 3, "{first:?}");
        }
    }

    #[test]
    fn units_do_not_matter() {
        let values = series(5, |_, z| z + 1.0);
        let scaled: Vec<f64> = values.iter().map(|z| 1000.0 + 0.25 * z).collect();
        let phase1 = Phase1::known(1000.0, 0.25).unwrap();
        let a = detect(&values, &Phase1::KNOWN, Method::Likelihood, 6.0).unwrap();
        let b = detect(&scaled, &phase1, Method::Likelihood, 6.0).unwrap();
        let indices =
            |d: &Detection| d.alarms.iter().map(|a| (a.index, a.kind)).collect::<Vec<_>>();
        assert_eq!(indices(&a), indices(&b));
    }

    #[test]
    fn a_value_that_is_not_finite_is_named() {
        let error = detect(&[0.0, f64::NAN], &Phase1::KNOWN, Method::Charts, 5.0).unwrap_err();
        assert_eq!(error.to_string(), "point 2 is NaN, not a finite number");
    }
}
