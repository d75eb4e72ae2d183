//! Sources of spread of a measurement system, for both methods.

use super::{Anova, Options, RangeStudy};

/// The result of either method.
pub enum Study {
    /// Analysis of variance.
    Anova(Anova),
    /// Averages and ranges.
    Range(RangeStudy),
}

/// One source of spread.
pub struct Source {
    /// `grr`, `repeatability`, `reproducibility`, `part` or `total`.
    pub name: &'static str,
    /// Its variance.
    pub variance: f64,
    /// Share of the total variance, %.
    pub percent_contribution: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Study variation: a multiple of the standard deviation.
    pub study_variation: f64,
    /// Share of the total standard deviation, %.
    pub percent_study_variation: f64,
    /// Share of the tolerance, %.
    pub percent_tolerance: Option<f64>,
    /// Interval of the variance.
    pub interval: Option<[f64; 2]>,
}

impl Study {
    /// Sentences that a reader must know.
    pub fn warnings(&self) -> &[String] {
        match self {
            Study::Anova(study) => &study.warnings,
            Study::Range(_) => &[],
        }
    }

    /// Number of distinct categories.
    pub fn ndc(&self) -> usize {
        match self {
            Study::Anova(study) => study.spread.ndc,
            Study::Range(study) => study.ndc,
        }
    }
}

/// The sources of spread in the order in which studies usually print them.
pub fn sources(study: &Study, options: &Options) -> Vec<Source> {
    const ORDER: [&str; 5] = ["grr", "repeatability", "reproducibility", "part", "total"];
    let sd_of = |name: &str| match study {
        Study::Anova(study) => study.spread.variance.get(name).map(|v| v.max(0.0).sqrt()),
        Study::Range(study) => match name {
            "grr" => Some(study.grr),
            "repeatability" => Some(study.ev),
            "reproducibility" => study.av,
            "part" => Some(study.pv),
            _ => Some(study.tv),
        },
    };
    let total = sd_of("total").unwrap_or(f64::NAN);
    let named = ORDER.into_iter().filter_map(|name| Some((name, sd_of(name)?)));
    named
        .map(|(name, sd)| {
            let (variance, share, interval) = match study {
                Study::Anova(study) => (
                    study.spread.variance[name],
                    study.spread.percent_tolerance.as_ref().map(|shares| shares[name]),
                    study.intervals.get(name).copied(),
                ),
                Study::Range(study) => {
                    let per_sd = study.percent_tolerance_grr.map(|share| share / study.grr);
                    (sd * sd, per_sd.map(|per_sd| per_sd * sd), None)
                }
            };
            Source {
                name,
                variance,
                percent_contribution: 100.0 * variance / (total * total),
                sd,
                study_variation: options.multiplier * sd,
                percent_study_variation: 100.0 * sd / total,
                percent_tolerance: share,
                interval,
            }
        })
        .collect()
}
