//! Estimators of the process standard deviation.

use crate::constants::c4;
use crate::convention::Convention;
use crate::describe::{median, sd, sum};
use crate::error::SpcError;
use crate::normal::quantile;
use crate::subgroup::Subgroups;

/// How sigma is estimated from Phase I data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Estimator {
    /// Mean moving range over d2 (individuals).
    Mr,
    /// Median moving range over its median for normal values (individuals); a few jumps do not
    /// affect it.
    MedianMr,
    /// Mean of the ratio of range to d2 over the subgroups.
    Range,
    /// Mean of the ratio of standard deviation to c4 over the subgroups.
    Sd,
    /// Ranges with weights of least variance, (d2/d3)²; differs from `Range` only for unequal
    /// sizes.
    RangeWeighted,
    /// Standard deviations with weights of least variance, c4²/(1 − c4²).
    SdWeighted,
    /// Root of the pooled variance over c4 for its degrees of freedom plus one.
    Pooled,
    /// Standard deviation of all values over c4: the long-term spread that the customer sees.
    Overall,
}

impl Estimator {
    /// Every estimator, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Mr,
        Self::MedianMr,
        Self::Range,
        Self::Sd,
        Self::RangeWeighted,
        Self::SdWeighted,
        Self::Pooled,
        Self::Overall,
    ];

    /// The name that the command line and baselines use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mr => "mr",
            Self::MedianMr => "median-mr",
            Self::Range => "range",
            Self::Sd => "sd",
            Self::RangeWeighted => "range-weighted",
            Self::SdWeighted => "sd-weighted",
            Self::Pooled => "pooled",
            Self::Overall => "overall",
        }
    }

    /// The formula as in textbooks.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Mr => "MRbar/d2",
            Self::MedianMr => "median(MR)/0.9539",
            Self::Range => "Rbar/d2",
            Self::Sd => "Sbar/c4",
            Self::RangeWeighted => "weighted R/d2",
            Self::SdWeighted => "weighted S/c4",
            Self::Pooled => "pooled S/c4",
            Self::Overall => "S/c4",
        }
    }

    /// The estimator called `name`, which may be [`Estimator::name`], [`Estimator::formula`] or a
    /// common alias.
    pub fn parse(name: &str) -> Result<Self, SpcError> {
        let wanted = name.to_ascii_lowercase();
        let alias = match wanted.as_str() {
            "mrbar" | "moving-range" | "mrbar/d2" => Some(Self::Mr),
            "r" | "rbar" | "rbar/d2" | "uwave-r" => Some(Self::Range),
            "s" | "sbar" | "sbar/c4" | "uwave-sd" => Some(Self::Sd),
            "mvlue-r" => Some(Self::RangeWeighted),
            "mvlue-sd" => Some(Self::SdWeighted),
            "rmsdf" => Some(Self::Pooled),
            _ => None,
        };
        alias.or_else(|| Self::ALL.into_iter().find(|e| e.name() == wanted)).ok_or_else(|| {
            SpcError::UnknownName {
                what: "sigma estimator",
                found: name.to_owned(),
                expected: Self::ALL.iter().map(|e| e.name().to_owned()).collect(),
            }
        })
    }

    /// Whether it uses the spread within subgroups (otherwise successive individuals, or all
    /// values).
    pub fn is_within_subgroups(self) -> bool {
        !matches!(self, Self::Mr | Self::MedianMr | Self::Overall)
    }

    /// Estimates sigma from `groups`. Moving ranges span `span` successive values (usually 2).
    ///
    /// # Errors
    /// Too little data for the estimator, or no variation.
    pub fn estimate(
        self,
        groups: &Subgroups,
        span: usize,
        convention: Convention,
    ) -> Result<f64, SpcError> {
        let sigma = match self {
            Self::Mr => {
                let ranges = moving_ranges(groups.values(), span)?;
                sum(ranges.iter().copied()) / ranges.len() as f64 / convention.d2(span)?
            }
            Self::MedianMr => {
                if span != 2 {
                    let expected = "the median moving range is defined for a span of 2";
                    return Err(SpcError::OutOfRange {
                        name: "span",
                        value: span as f64,
                        expected,
                    });
                }
                // |x − y| of two normal values has median √2 Φ⁻¹(3/4) σ.
                median(&moving_ranges(groups.values(), 2)?)
                    / (std::f64::consts::SQRT_2 * quantile(0.75))
            }
            Self::Overall => overall(groups.values())?,
            Self::Range | Self::RangeWeighted | Self::Sd | Self::SdWeighted | Self::Pooled => {
                groups.check_some_spread("a sigma from within subgroups")?;
                self.within(groups, convention)?
            }
        };
        if sigma > 0.0 && sigma.is_finite() {
            return Ok(sigma);
        }
        let value = groups.values().first().copied().unwrap_or(f64::NAN);
        if groups.values().iter().all(|x| *x == value) {
            return Err(SpcError::ZeroVariance { what: self.formula(), value });
        }
        if !sigma.is_finite() {
            let message = format!("{}: the values are too large for a sigma", self.formula());
            return Err(SpcError::Invalid(message));
        }
        Err(SpcError::Invalid(format!(
            "{}: sigma is {sigma}; more than half of the differences it looks at are zero, \
             so use another estimator",
            self.formula()
        )))
    }

    fn within(self, groups: &Subgroups, convention: Convention) -> Result<f64, SpcError> {
        let sizes: Vec<usize> = groups.iter().map(<[f64]>::len).collect();
        if sizes.is_empty() {
            return Err(SpcError::TooFew {
                what: self.formula(),
                needed: 1,
                unit: "subgroups",
                found: 0,
            });
        }
        if self == Self::Pooled {
            let freedom: usize = sizes.iter().map(|n| n - 1).sum();
            let squares = sum(groups.sds().iter().zip(&sizes).map(|(s, n)| s * s * (n - 1) as f64));
            return Ok((squares / freedom as f64).sqrt() / c4(freedom + 1)?);
        }
        let by_range = matches!(self, Self::Range | Self::RangeWeighted);
        let spreads = if by_range { groups.ranges() } else { groups.sds() };
        let (mut weighted, mut weights) = (Vec::new(), Vec::new());
        let mut last = (0, 0.0, 0.0);
        // A single value has no spread, and therefore no weight.
        for (spread, n) in spreads.iter().zip(sizes).filter(|(_, n)| *n > 1) {
            if last.0 != n {
                let (unbias, weight) = match self {
                    Self::RangeWeighted => {
                        let (d2, d3) = convention.range_moments(n)?;
                        (d2, (d2 / d3) * (d2 / d3))
                    }
                    Self::Range => (convention.d2(n)?, 1.0),
                    Self::SdWeighted => {
                        let c4 = c4(n)?;
                        (c4, c4 * c4 / (1.0 - c4 * c4))
                    }
                    _ => (c4(n)?, 1.0),
                };
                last = (n, unbias, weight);
            }
            weighted.push(spread / last.1 * last.2);
            weights.push(last.2);
        }
        Ok(sum(weighted) / sum(weights))
    }
}

/// Range of each `span` successive values; value i (0-based) ends the range i + 1 − span.
pub fn moving_ranges(values: &[f64], span: usize) -> Result<Vec<f64>, SpcError> {
    if values.len() < span || span < 2 {
        let needed = span.max(2);
        return Err(SpcError::TooFew {
            what: "a moving range",
            needed,
            unit: "points",
            found: values.len(),
        });
    }
    Ok(values
        .windows(span)
        .map(|window| {
            let (lo, hi) = window
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(*x), hi.max(*x)));
            hi - lo
        })
        .collect())
}

fn overall(values: &[f64]) -> Result<f64, SpcError> {
    let found = values.len();
    let s = sd(values).ok_or(SpcError::TooFew {
        what: "a standard deviation",
        needed: 2,
        unit: "values",
        found,
    })?;
    Ok(s / c4(found)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Montgomery, Introduction to Statistical Quality Control, viscosity example: 15 batches, M̄R = 0.48.
    #[test]
    fn mean_moving_range() {
        let x = vec![
            33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00,
            33.54, 33.12, 33.84,
        ];
        let groups = Subgroups::individuals(x).unwrap();
        let sigma = Estimator::Mr.estimate(&groups, 2, Convention::Exact).unwrap();
        assert!((sigma - 0.48 / 1.128).abs() < 5e-4, "{sigma}");
    }

    #[test]
    fn equal_sizes_make_weights_irrelevant() {
        let groups =
            Subgroups::by_size(vec![1.0, 2.0, 4.0, 3.0, 7.0, 5.0, 2.0, 2.5, 9.0], 3).unwrap();
        let estimate = |e: Estimator| e.estimate(&groups, 2, Convention::Exact).unwrap();
        assert!((estimate(Estimator::Range) - estimate(Estimator::RangeWeighted)).abs() < 1e-14);
        assert!((estimate(Estimator::Sd) - estimate(Estimator::SdWeighted)).abs() < 1e-14);
    }

    #[test]
    fn constant_and_tiny_series_are_refused() {
        let flat = Subgroups::individuals(vec![5.0; 9]).unwrap();
        assert!(matches!(
            Estimator::Mr.estimate(&flat, 2, Convention::Exact),
            Err(SpcError::ZeroVariance { .. })
        ));
        let one = Subgroups::individuals(vec![5.0]).unwrap();
        assert!(matches!(
            Estimator::Mr.estimate(&one, 2, Convention::Exact),
            Err(SpcError::TooFew { .. })
        ));
        let mostly = Subgroups::individuals(vec![5.0, 5.0, 5.0, 5.0, 6.0]).unwrap();
        assert!(matches!(
            Estimator::MedianMr.estimate(&mostly, 2, Convention::Exact),
            Err(SpcError::Invalid(_))
        ));
        assert!(Estimator::parse("Rbar/d2").is_ok() && Estimator::parse("sigma").is_err());
    }
}
