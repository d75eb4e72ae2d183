//! Options of the charts that can be made in more than one way.

use serde::{Deserialize, Serialize};

/// Estimator of the spread of the z scores in Laney's charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigmaZ {
    /// Mean moving range over d2.
    #[default]
    Mr,
    /// Standard deviation.
    Sd,
}

/// How the limits of a g chart are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RareLimits {
    /// Quantiles of the geometric distribution.
    #[default]
    Probability,
    /// The mean and a multiple of the standard deviation (Benneyan 2001).
    Sigma,
}

/// The distribution of a t chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeLaw {
    /// Weibull by maximum likelihood.
    #[default]
    Weibull,
    /// Exponential.
    Exponential,
    /// An I chart of x^(1/3.6), transformed back (Nelson 1994).
    Nelson,
}

/// The moving ranges that sigma of a z-mr chart is estimated from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigmaBy {
    /// Those of each part, with its runs joined.
    #[default]
    Part,
    /// Those of each run.
    Run,
    /// One sigma for all parts.
    All,
    /// One sigma of the logarithms, for a spread that is proportional to size.
    Size,
}

/// Sigma within subgroups of a three-way chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Mean range over d2, with an R panel.
    #[default]
    Range,
    /// Mean standard deviation over c4, with an S panel.
    Sd,
    /// Root of the pooled variance over c4, with an S panel.
    Pooled,
}

/// Sigma between subgroups of a three-way chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// From the moving range of the means.
    #[default]
    Mr,
    /// From the analysis of variance.
    Anova,
}

/// How a first-order autoregression is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArFit {
    /// Exact maximum likelihood.
    #[default]
    Ml,
    /// Conditional least squares.
    Cls,
    /// Yule–Walker: φ is the lag-one autocorrelation.
    Yw,
}

/// The first forecast of a moving centre line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// The first value.
    #[default]
    First,
    /// The mean.
    Mean,
}

/// The form of a multivariate cumulative sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum McusumForm {
    /// Crosier (1988).
    #[default]
    Crosier,
    /// Pignatiello and Runger (1990).
    Mc1,
}

crate::words::words! {
    TimeLaw { Weibull = "weibull", Exponential = "exponential", Nelson = "nelson" }
    SigmaBy { Part = "part", Run = "run", All = "all", Size = "size" }
    Within { Range = "range", Sd = "sd", Pooled = "pooled" }
    Between { Mr = "mr", Anova = "anova" }
    ArFit { Ml = "ml", Cls = "cls", Yw = "yw" }
    Start { First = "first", Mean = "mean" }
    McusumForm { Crosier = "crosier", Mc1 = "mc1" }
}

/// Options of one chart. Options that do not apply to its kind have their defaults.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// laney-p, laney-u: estimator of sigma_z.
    pub sigma_z: SigmaZ,
    /// laney-p, laney-u: lower bound of sigma_z.
    pub min_sigma_z: f64,
    /// g: how the limits are set.
    pub rare_limits: RareLimits,
    /// t: the distribution.
    pub time_law: TimeLaw,
    /// z-mr: the moving ranges that sigma is estimated from.
    pub sigma_by: SigmaBy,
    /// three-way: sigma within subgroups.
    pub within: Within,
    /// three-way: sigma between subgroups.
    pub between: Between,
    /// residual: how the autoregression is fitted.
    pub fit: ArFit,
    /// moving-centerline: the first forecast.
    pub start: Start,
    /// mcusum: the form of the sum.
    pub mcusum: McusumForm,
    /// mewma: in-control run length that determines h; 0 if h is given.
    pub target_arl: f64,
    /// i-mr of short runs: whether moving ranges are limited to one part.
    pub ranges_within_part: bool,
}

impl Options {
    /// Whether all options have their defaults.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Word;

    /// Frozen limits and the command line use the same word for each option.
    fn words_are_those_of_files<T: Word + Serialize>() {
        for choice in T::ALL {
            assert_eq!(serde_json::to_value(choice).unwrap(), choice.word());
        }
    }

    #[test]
    fn a_choice_has_one_word() {
        words_are_those_of_files::<TimeLaw>();
        words_are_those_of_files::<SigmaBy>();
        words_are_those_of_files::<Within>();
        words_are_those_of_files::<Between>();
        words_are_those_of_files::<ArFit>();
        words_are_those_of_files::<Start>();
        words_are_those_of_files::<McusumForm>();
        words_are_those_of_files::<crate::chart::CovarianceEstimator>();
    }
}
