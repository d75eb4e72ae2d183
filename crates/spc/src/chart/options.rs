//! Choices of the charts that have more than one way.

use serde::{Deserialize, Serialize};

/// Spread of the z scores of Laney's charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigmaZ {
    /// Mean moving range over d2.
    #[default]
    Mr,
    /// Standard deviation.
    Sd,
}

/// Limits of a g chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RareLimits {
    /// Quantiles of the geometric distribution.
    #[default]
    Probability,
    /// Mean and so many standard deviations (Benneyan 2001).
    Sigma,
}

/// Distribution of a t chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeLaw {
    /// Weibull of maximum likelihood.
    #[default]
    Weibull,
    /// Exponential.
    Exponential,
    /// An I chart of x^(1/3.6), transformed back (Nelson 1994).
    Nelson,
}

/// Whose moving ranges make the sigma of a z-mr chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigmaBy {
    /// Each part's own, its runs joined.
    #[default]
    Part,
    /// Each run's own.
    Run,
    /// One sigma for all parts.
    All,
    /// One sigma of the logarithms: spread in proportion to size.
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

/// Where the forecasts of a moving centre line begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// At the first value.
    #[default]
    First,
    /// At the mean.
    Mean,
}

/// Multivariate cumulative sums.
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

/// The choices of one chart; those that its kind does not know are at their defaults.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// laney-p, laney-u.
    pub sigma_z: SigmaZ,
    /// laney-p, laney-u: sigma_z is at least this.
    pub min_sigma_z: f64,
    /// g.
    pub rare_limits: RareLimits,
    /// t.
    pub time_law: TimeLaw,
    /// z-mr.
    pub sigma_by: SigmaBy,
    /// three-way.
    pub within: Within,
    /// three-way.
    pub between: Between,
    /// residual.
    pub fit: ArFit,
    /// moving-centerline.
    pub start: Start,
    /// mcusum.
    pub mcusum: McusumForm,
    /// mewma: the in-control run length that h has; 0 where h is given.
    pub target_arl: f64,
    /// i-mr of short runs: moving ranges do not cross from part to part.
    pub ranges_within_part: bool,
}

impl Options {
    /// Whether all are at their defaults.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Word;

    /// Frozen limits and the command line name each choice alike.
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
