//! Pearson's curves through four moments, for Clements' percentile indices.
//!
//! The density solves p′/p = −(x + c₁)/(c₀ + c₁x + c₂x²) in standardized values (Johnson, Kotz and Balakrishnan, vol. 1,
//! chapter 12), which has a closed form in every case; its integral is taken by quadrature.

use crate::describe::{mean, sum};
use crate::error::SpcError;
use crate::quadrature::gauss_legendre;
use std::collections::BTreeMap;

/// Half the range of the variable of integration, in which the density decays exponentially.
const REACH: f64 = 60.0;
/// Panels of the composite rule, and points in each.
const PANELS: usize = 240;
const POINTS: usize = 8;

/// A Pearson curve with the moments that define it.
#[derive(Debug, Clone)]
pub struct Pearson {
    mean: f64,
    sd: f64,
    skewness: f64,
    kurtosis: f64,
    c: [f64; 3],
    /// Ends of the support in standardized values.
    support: (f64, f64),
    /// Shift of ln p that keeps the density near 1.
    top: f64,
    /// Reciprocal of the integral of the shifted density.
    scale: f64,
    /// Cumulative probability at the end of each panel.
    cumulative: Vec<f64>,
}

/// Fits the curve to the sample's moments (divisor n, kurtosis 3 for the normal).
///
/// # Errors
/// Moments for which no Pearson curve has a density in one piece.
pub fn fit(values: &[f64]) -> Result<Pearson, SpcError> {
    let n = values.len() as f64;
    let center = mean(values);
    let moment = |k: i32| sum(values.iter().map(|x| (x - center).powi(k))) / n;
    let sd = moment(2).sqrt();
    let (skewness, kurtosis) = (moment(3) / sd.powi(3), moment(4) / sd.powi(4));
    let b1 = skewness * skewness;
    let divisor = 10.0 * kurtosis - 12.0 * b1 - 18.0;
    let impossible = || {
        SpcError::Invalid(format!(
            "no Pearson density has skewness {skewness:.3} with kurtosis {kurtosis:.3}; use --method johnson or empirical"
        ))
    };
    if divisor <= 0.0 || kurtosis <= b1 + 1.0 {
        return Err(impossible());
    }
    let mut c = [
        (4.0 * kurtosis - 3.0 * b1) / divisor,
        skewness * (kurtosis + 3.0) / divisor,
        (2.0 * kurtosis - 3.0 * b1 - 6.0) / divisor,
    ];
    // This close to the line between types III and N, the general form loses more digits than the
    // term contributes.
    if c[2].abs() < 1e-7 {
        c[2] = 0.0;
    }
    let support = support(c);
    let mut law = Pearson {
        mean: center,
        sd,
        skewness,
        kurtosis,
        c,
        support,
        top: 0.0,
        scale: 1.0,
        cumulative: Vec::new(),
    };
    law.top = (0..=400)
        .map(|i| law.log_density(law.place(REACH / 2.0 * (f64::from(i) / 200.0 - 1.0)).0))
        .filter(|l| l.is_finite())
        .fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    law.cumulative = (0..PANELS)
        .map(|panel| {
            total += law.integral(law.edge(panel), law.edge(panel + 1));
            total
        })
        .collect();
    if !(total > 0.0 && total.is_finite()) {
        return Err(impossible());
    }
    law.scale = 1.0 / total;
    Ok(law)
}

/// The interval about 0 (the mean) on which c₀ + c₁x + c₂x² is positive.
fn support([c0, c1, c2]: [f64; 3]) -> (f64, f64) {
    let roots: Vec<f64> = if c2 == 0.0 {
        if c1 == 0.0 { Vec::new() } else { vec![-c0 / c1] }
    } else {
        let inside = c1 * c1 - 4.0 * c0 * c2;
        if inside <= 0.0 {
            Vec::new()
        } else {
            // Roots of the quadratic without cancellation.
            let q = -0.5 * (c1 + c1.signum() * inside.sqrt());
            if q == 0.0 {
                vec![(-c0 / c2).sqrt(), -(-c0 / c2).sqrt()]
            } else {
                vec![q / c2, c0 / q]
            }
        }
    };
    let below = roots.iter().copied().filter(|r| *r < 0.0).fold(f64::NEG_INFINITY, f64::max);
    let above = roots.iter().copied().filter(|r| *r > 0.0).fold(f64::INFINITY, f64::min);
    (below, above)
}

impl Pearson {
    fn log_density(&self, x: f64) -> f64 {
        let [c0, c1, c2] = self.c;
        let q = c0 + c1 * x + c2 * x * x;
        if q <= 0.0 {
            return f64::NEG_INFINITY;
        }
        if c2 == 0.0 {
            if c1 == 0.0 {
                return -0.5 * x * x / c0;
            }
            return -x / c1 - (c1 - c0 / c1) / c1 * q.ln();
        }
        let discriminant = 4.0 * c0 * c2 - c1 * c1;
        let slope = 2.0 * c2 * x + c1;
        let integral = if discriminant > 0.0 {
            let root = discriminant.sqrt();
            2.0 / root * (slope / root).atan()
        } else {
            let root = (-discriminant).sqrt();
            ((slope - root) / (slope + root)).abs().ln() / root
        };
        -q.ln() / (2.0 * c2) - (c1 - c1 / (2.0 * c2)) * integral
    }

    /// The x at value `u` of the variable of integration, and dx/du.
    fn place(&self, u: f64) -> (f64, f64) {
        match self.support {
            (low, high) if low.is_finite() && high.is_finite() => {
                let e = (-u).exp();
                let share = 1.0 / (1.0 + e);
                (low + (high - low) * share, (high - low) * share * (1.0 - share))
            }
            (low, _) if low.is_finite() => (low + u.exp(), u.exp()),
            (_, high) if high.is_finite() => (high - (-u).exp(), (-u).exp()),
            // sinh of a third of u, in which power-law tails of any order decay within the range.
            _ => ((u / 3.0).sinh(), (u / 3.0).cosh() / 3.0),
        }
    }

    /// The variable of integration at standardized x.
    fn variable(&self, x: f64) -> f64 {
        match self.support {
            (low, high) if x <= low => -REACH + 0.0 * high,
            (_, high) if x >= high => REACH,
            (low, high) if low.is_finite() && high.is_finite() => ((x - low) / (high - x)).ln(),
            (low, _) if low.is_finite() => (x - low).ln(),
            (_, high) if high.is_finite() => -(high - x).ln(),
            _ => 3.0 * x.asinh(),
        }
    }

    fn edge(&self, panel: usize) -> f64 {
        REACH * (2.0 * panel as f64 / PANELS as f64 - 1.0)
    }

    fn integral(&self, from: f64, to: f64) -> f64 {
        gauss_legendre(POINTS, from, to)
            .into_iter()
            .map(|(u, w)| {
                let (x, stretch) = self.place(u);
                let value = (self.log_density(x) - self.top).exp() * stretch;
                if value.is_finite() { w * value } else { 0.0 }
            })
            .sum()
    }

    /// Probability of a value at or below `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        let u = self.variable((x - self.mean) / self.sd).clamp(-REACH, REACH);
        let panel = (((u / REACH + 1.0) / 2.0 * PANELS as f64) as usize).min(PANELS - 1);
        let before = if panel == 0 { 0.0 } else { self.cumulative[panel - 1] };
        ((before + self.integral(self.edge(panel), u)) * self.scale).clamp(0.0, 1.0)
    }

    /// Quantile at 0 < p < 1.
    pub fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = (-REACH, REACH);
        for _ in 0..80 {
            let u = f64::midpoint(low, high);
            if self.cdf(self.mean + self.sd * self.place(u).0) < p {
                low = u;
            } else {
                high = u;
            }
        }
        self.mean + self.sd * self.place(f64::midpoint(low, high)).0
    }

    pub(super) fn parameters(&self) -> BTreeMap<&'static str, f64> {
        BTreeMap::from([
            ("mean", self.mean),
            ("sd", self.sd),
            ("skewness", self.skewness),
            ("kurtosis", self.kurtosis),
        ])
    }
}
