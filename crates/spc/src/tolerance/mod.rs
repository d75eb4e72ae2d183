//! Statistical tolerance intervals: a range that contains a share of the process (the content) with
//! a stated confidence.

mod study;

pub use study::{Asked, Found, Method, Study, factors};

use crate::describe::{mean, sd};
use crate::distribution::{beta_cdf, chi2_sf, noncentral_t_quantile};
use crate::error::SpcError;
use crate::normal;
use crate::quadrature::gauss_legendre;
use serde::Serialize;

/// One bound or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// At least the content below (or above) one bound.
    One,
    /// At least the content between two bounds.
    Two,
}

/// Refuses a content or confidence that is not a share, such as a percentage.
///
/// # Errors
/// A content or confidence outside (0, 1).
pub fn check(content: f64, confidence: f64) -> Result<(), SpcError> {
    for (name, value) in [("content", content), ("confidence", confidence)] {
        if !(value > 0.0 && value < 1.0) {
            let expected = "a share between 0 and 1, such as 0.95 for 95 %";
            return Err(SpcError::OutOfRange { name, value, expected });
        }
    }
    Ok(())
}

/// Exact factor k of mean ± k s for a normal process, where the mean has `n` values and s has
/// `freedom` degrees of freedom.
///
/// One side: t′(confidence; f, √n z_P)/√n, a quantile of the noncentral t distribution. Two sides
/// (ISO 16269-6): the k for which the mean over x̄ of P(χ²_f > f r²/k²) is the confidence, where x̄
/// ± r contains the content.
///
/// # Errors
/// Shares outside (0, 1), fewer than two values, no degree of freedom.
pub fn factor(
    n: f64,
    freedom: f64,
    content: f64,
    confidence: f64,
    sides: Sides,
) -> Result<f64, SpcError> {
    check(content, confidence)?;
    if !(n >= 1.0 && n.is_finite() && freedom >= 1.0 && freedom.is_finite()) {
        let (what, needed) = ("a tolerance factor", 2);
        let found = n.min(freedom + 1.0).max(0.0) as usize;
        return Err(SpcError::TooFew { what, needed, unit: "values", found });
    }
    if sides == Sides::One {
        let root = n.sqrt();
        return Ok(
            noncentral_t_quantile(confidence, freedom, root * normal::quantile(content)) / root
        );
    }
    // Nodes for the mean's error in sigma, on one side because of symmetry; r at each node is
    // computed only once.
    let reach = 9.0 / n.sqrt();
    let panels = 4;
    let nodes: Vec<(f64, f64)> = (0..panels)
        .flat_map(|i| {
            let step = reach / f64::from(panels);
            gauss_legendre(24, step * f64::from(i), step * f64::from(i + 1))
        })
        .map(|(x, w)| (half_width(x, content), 2.0 * w * n.sqrt() * normal::pdf(x * n.sqrt())))
        .collect();
    let reached = |k: f64| -> f64 {
        nodes.iter().map(|(r, w)| w * chi2_sf(freedom * r * r / (k * k), freedom)).sum()
    };
    let (mut low, mut high) = (0.0, 2.0);
    while reached(high) < confidence {
        (low, high) = (high, high * 2.0);
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if reached(middle) < confidence {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(f64::midpoint(low, high))
}

/// The r with Φ(x + r) − Φ(x − r) = content.
pub(crate) fn half_width(x: f64, content: f64) -> f64 {
    let covered = |r: f64| normal::interval(x - r, x + r);
    let (mut low, mut high) = (0.0, x.abs() + 1.0);
    while covered(high) < content {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if covered(middle) < content {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// A normal tolerance interval of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Mean ± k s on two sides.
    pub two_sided: [f64; 2],
    /// Bound above which at least the content lies.
    pub lower: f64,
    /// Bound below which at least the content lies.
    pub upper: f64,
    /// Factor of the two-sided interval.
    pub k_two_sided: f64,
    /// Factor of the one-sided bounds.
    pub k_one_sided: f64,
}

/// Normal tolerance interval and bounds of `values`; `logarithmic` for a lognormal process.
///
/// # Errors
/// Fewer than two values, values that do not vary or have no logarithm, shares outside (0, 1).
pub fn interval(
    values: &[f64],
    content: f64,
    confidence: f64,
    logarithmic: bool,
) -> Result<Interval, SpcError> {
    let logs: Vec<f64>;
    let scale = if logarithmic {
        if let Some(i) = values.iter().position(|x| *x <= 0.0) {
            return Err(SpcError::Invalid(format!(
                "value {} is {}; a lognormal interval needs values above 0",
                i + 1,
                values[i]
            )));
        }
        logs = values.iter().map(|x| x.ln()).collect();
        &logs
    } else {
        values
    };
    let what = "a tolerance interval";
    let s = sd(scale).ok_or(SpcError::TooFew {
        what,
        needed: 2,
        unit: "values",
        found: scale.len(),
    })?;
    if s == 0.0 {
        return Err(SpcError::ZeroVariance { what, value: values[0] });
    }
    let (n, center) = (scale.len() as f64, mean(scale));
    let k2 = factor(n, n - 1.0, content, confidence, Sides::Two)?;
    let k1 = factor(n, n - 1.0, content, confidence, Sides::One)?;
    let back = |x: f64| if logarithmic { x.exp() } else { x };
    Ok(Interval {
        two_sided: [back(center - k2 * s), back(center + k2 * s)],
        lower: back(center - k1 * s),
        upper: back(center + k1 * s),
        k_two_sided: k2,
        k_one_sided: k1,
    })
}

/// A bound at an order statistic; ranks start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bound {
    /// Rank among the sorted values.
    pub rank: usize,
    /// The value at this rank.
    pub value: f64,
    /// The confidence that it attains.
    pub attained: f64,
}

/// Two bounds at symmetric order statistics.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pair {
    /// Ranks among the sorted values.
    pub ranks: [usize; 2],
    /// The values at these ranks.
    pub values: [f64; 2],
    /// The confidence that they attain.
    pub attained: f64,
}

/// Distribution-free tolerance bounds; `None` where the sample is too small.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Nonparametric {
    /// Bound below which at least the content lies.
    pub upper: Option<Bound>,
    /// Bound above which at least the content lies.
    pub lower: Option<Bound>,
    /// Bounds between which at least the content lies.
    pub two_sided: Option<Pair>,
    /// Confidence of the range from the smallest to the largest value.
    pub attained_by_min_max: f64,
    /// Number of values that a one-sided bound needs.
    pub n_needed_one_sided: usize,
    /// Number of values that a two-sided interval needs.
    pub n_needed_two_sided: usize,
}

/// Distribution-free bounds of `values` by order statistics.
///
/// # Errors
/// No value, shares outside (0, 1).
pub fn nonparametric(
    values: &[f64],
    content: f64,
    confidence: f64,
) -> Result<Nonparametric, SpcError> {
    check(content, confidence)?;
    let n = values.len();
    if n < 2 {
        let what = "a tolerance interval";
        return Err(SpcError::TooFew { what, needed: 2, unit: "values", found: n });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // The share below the r-th of n values is Beta(r, n − r + 1).
    let above = |r: usize| beta_sf(content, r, n);
    let rank = (1..=n).find(|r| above(*r) >= confidence);
    let upper = rank.map(|rank| Bound { rank, value: sorted[rank - 1], attained: above(rank) });
    let lower = upper.map(|bound| {
        let rank = n + 1 - bound.rank;
        Bound { rank, value: sorted[rank - 1], attained: bound.attained }
    });
    // There are n + 1 − 2r intervals between the r-th value from below and the r-th from above.
    let between = |r: usize| beta_sf(content, n + 1 - 2 * r, n);
    let deepest = (1..=n / 2).rev().find(|r| 2 * r <= n && between(*r) >= confidence);
    let two_sided = deepest.map(|r| Pair {
        ranks: [r, n + 1 - r],
        values: [sorted[r - 1], sorted[n - r]],
        attained: between(r),
    });
    Ok(Nonparametric {
        upper,
        lower,
        two_sided,
        attained_by_min_max: min_max(n, content),
        n_needed_one_sided: needed(content, confidence, Sides::One)?,
        n_needed_two_sided: needed(content, confidence, Sides::Two)?,
    })
}

/// P(Beta(r, n − r + 1) ≥ content).
fn beta_sf(content: f64, r: usize, n: usize) -> f64 {
    if r == 0 {
        return 0.0;
    }
    beta_cdf(1.0 - content, (n - r + 1) as f64, r as f64)
}

/// 1 − n Pⁿ⁻¹ + (n − 1) Pⁿ: confidence that at least the content lies between the smallest and
/// largest of `n` values.
fn min_max(n: usize, content: f64) -> f64 {
    let of_n = n as f64;
    let below = (of_n - 1.0) * content.ln();
    1.0 - below.exp() * (of_n - (of_n - 1.0) * content)
}

/// Size of the smallest sample whose largest value (one side), or smallest and largest value (two
/// sides), attain the confidence (Wilks 1941).
///
/// # Errors
/// Shares outside (0, 1).
pub fn needed(content: f64, confidence: f64, sides: Sides) -> Result<usize, SpcError> {
    check(content, confidence)?;
    let attained = |n: usize| match sides {
        Sides::One => 1.0 - content.powf(n as f64),
        Sides::Two => min_max(n, content),
    };
    let mut high = 2;
    while attained(high) < confidence && high < 1 << 50 {
        high *= 2;
    }
    let mut low = 1;
    while low < high {
        let middle = low + (high - low) / 2;
        if attained(middle) >= confidence { high = middle } else { low = middle + 1 }
    }
    Ok(low)
}
