//! Controllers by name, and the response of their closed loop to a disturbance.

use super::disturbance::Disturbance;
use super::polynomial::{add, at_one, filter, is_stable, multiply, variance, without_integrator};
use libchar_numeric::roots;
use std::f64::consts::PI;

/// Number of points on the unit circle at which the limit of stability is searched for.
const CIRCLE: usize = 4000;

/// The rule that computes the next recipe from measured runs; `w = y - b u` of the same run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// `a <- l w + (1 - l) a`, `u = (T - a)/b`.
    Ewma(f64),
    /// `u <- u - (l/b)(y - T)`; with a delay, y belongs to an earlier recipe.
    Integral(f64),
    /// Double EWMA in the form of Chen and Guo (2001), which is the predictor-corrector of Butler
    /// and Stefani (1994):
    /// `a <- l1 w + (1 - l1) a`, `D <- l2 (w - a_old) + (1 - l2) D`, `u = (T - a - D)/b`.
    ChenGuo(f64, f64),
    /// Double EWMA in the form of Holt (1957): `a <- l1 w + (1 - l1)(a + D)`,
    /// `D <- l2 (a - a_old) + (1 - l2) D`,
    /// `u = (T - a - D)/b`.
    Holt(f64, f64),
}

/// The closed loop as a filter from the disturbance to `y - T`.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// Moving-average polynomial.
    pub b: Vec<f64>,
    /// Autoregressive polynomial.
    pub a: Vec<f64>,
}

impl Law {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Law::Ewma(_) => "ewma",
            Law::Integral(_) => "integral",
            Law::ChenGuo(..) => "double-ewma-chen-guo",
            Law::Holt(..) => "double-ewma-holt",
        }
    }

    /// The recursion as text.
    pub fn text(self) -> &'static str {
        match self {
            Law::Ewma(_) => "a <- l (y - b u) + (1 - l) a; u = (T - a)/b",
            Law::Integral(_) => "u <- u - (l/b) (y - T)",
            Law::ChenGuo(..) => {
                "a <- l1 (y - b u) + (1 - l1) a; D <- l2 (y - b u - a_old) + (1 - l2) D; u = (T - a - D)/b"
            }
            Law::Holt(..) => {
                "a <- l1 (y - b u) + (1 - l1) (a + D); D <- l2 (a - a_old) + (1 - l2) D; u = (T - a - D)/b"
            }
        }
    }

    /// The weights; the second one is that of the trend, if there is one.
    pub fn weights(self) -> (f64, Option<f64>) {
        match self {
            Law::Ewma(l) | Law::Integral(l) => (l, None),
            Law::ChenGuo(l1, l2) | Law::Holt(l1, l2) => (l1, Some(l2)),
        }
    }

    /// The same law with other weights.
    pub fn with(self, l1: f64, l2: f64) -> Law {
        match self {
            Law::Ewma(_) => Law::Ewma(l1),
            Law::Integral(_) => Law::Integral(l1),
            Law::ChenGuo(..) => Law::ChenGuo(l1, l2),
            Law::Holt(..) => Law::Holt(l1, l2),
        }
    }

    /// Filter from `w` to what is subtracted from the target: moving-average and autoregressive
    /// polynomials.
    ///
    /// # Formula
    ///
    /// With q = 1 - l, from the recursions: EWMA l / (1 - q B); Chen-Guo (l1 (1 - q2 B) + l2 (1 - B)) / ((1 - q1 B)(1 - q2 B));
    /// Holt l1 (1 - q2 B + l2 (1 - B)) / ((1 - q1 B)(1 - q2 B) - q1 l2 B (1 - B)).
    fn estimator(self) -> (Vec<f64>, Vec<f64>) {
        let line = |q: f64| vec![1.0, -q];
        match self {
            Law::Ewma(l) | Law::Integral(l) => (vec![l], line(1.0 - l)),
            Law::ChenGuo(l1, l2) => {
                let (p1, p2) = (line(1.0 - l1), line(1.0 - l2));
                let moving: Vec<f64> = p2.iter().map(|v| l1 * v).collect();
                (add(&moving, &line(1.0), l2, 0), multiply(&p1, &p2))
            }
            Law::Holt(l1, l2) => {
                let (p1, p2) = (line(1.0 - l1), line(1.0 - l2));
                let moving: Vec<f64> = p2.iter().map(|v| l1 * v).collect();
                let moving = add(&moving, &line(1.0), l1 * l2, 0);
                (moving, add(&multiply(&p1, &p2), &line(1.0), -(1.0 - l1) * l2, 1))
            }
        }
    }

    /// The closed loop for a gain ratio and a measurement with a delay of `delay` runs (0: before
    /// the next run).
    ///
    /// # Formula
    ///
    /// With the estimator G = Gn/Gd applied to a late w that is paired with its own u: e = (Gd -
    /// B^(d+1) Gn)/(Gd + (xi - 1) B^(d+1) Gn) eta.
    /// Integral: e = (1 - B)/(1 - B + l xi B^(d+1)) eta.
    pub fn close(self, xi: f64, delay: usize) -> Loop {
        match self {
            Law::Integral(l) => {
                let b = vec![1.0, -1.0];
                Loop { a: add(&b, &[1.0], l * xi, delay + 1), b }
            }
            _ => {
                let (n, d) = self.estimator();
                Loop { b: add(&d, &n, -1.0, delay + 1), a: add(&d, &n, xi - 1.0, delay + 1) }
            }
        }
    }

    /// Largest gain ratio at which the loop is stable, found where a root reaches the unit circle;
    /// infinite if that never happens.
    pub fn xi_max(self, delay: usize) -> f64 {
        if let Law::Integral(l) = self {
            return integral_limit(delay) / l;
        }
        let (n, d) = self.estimator();
        let shift = delay + 1;
        // Gd + (xi - 1) B^s Gn = 0 at B = exp(-i w): 1 - Gd/(B^s Gn) must be real there.
        let value = |p: &[f64], shift: usize, w: f64| {
            p.iter().enumerate().fold((0.0, 0.0), |(re, im), (i, c)| {
                let angle = -w * (i + shift) as f64;
                (re + c * angle.cos(), im + c * angle.sin())
            })
        };
        let ratio = |w: f64| {
            let ((a, b), (c, e)) = (value(&d, 0, w), value(&n, shift, w));
            let norm = c * c + e * e;
            (1.0 - (a * c + b * e) / norm, (b * c - a * e) / norm)
        };
        let mut least = f64::INFINITY;
        let mut consider = |w: f64| {
            let (xi, _) = ratio(w);
            if xi > 1e-9 && xi.is_finite() {
                least = least.min(xi);
            }
        };
        consider(PI);
        for k in 1..CIRCLE {
            let (lo, hi) = (PI * k as f64 / CIRCLE as f64, PI * (k + 1) as f64 / CIRCLE as f64);
            if k + 1 < CIRCLE && ratio(lo).1 * ratio(hi).1 <= 0.0 {
                let rising = if ratio(lo).1 < ratio(hi).1 { 1.0 } else { -1.0 };
                consider(roots::bisect(|w| rising * ratio(w).1, 0.0, lo, hi));
            }
        }
        least
    }

    /// Largest (first) weight at which the loop is stable. For the integral form, and for a single
    /// EWMA without delay, it is computed in closed form and may exceed 1. Otherwise it is at most
    /// 1, and `None` if no weight makes the loop stable.
    pub fn weight_max(self, xi: f64, delay: usize) -> Option<f64> {
        if let Law::Integral(_) = self {
            return (xi > 0.0).then(|| integral_limit(delay) / xi);
        }
        let (_, l2) = self.weights();
        let stable = |l: f64| is_stable(&self.with(l, l2.unwrap_or_default()).close(xi, delay).a);
        // The closed form for a single EWMA without delay.
        if let (Law::Ewma(_), 0) = (self, delay) {
            return (xi > 0.0).then_some(2.0 / xi);
        }
        let steps = 2000;
        let first = (1..=steps).find(|k| !stable(f64::from(*k) / f64::from(steps)));
        let Some(first) = first else { return Some(1.0) };
        let (mut lo, mut hi) =
            (f64::from(first - 1) / f64::from(steps), f64::from(first) / f64::from(steps));
        if first == 1 {
            return None;
        }
        for _ in 0..60 {
            let middle = 0.5 * (lo + hi);
            if stable(middle) { lo = middle } else { hi = middle }
        }
        Some(lo)
    }
}

/// Largest `l xi` of the integral form with a delay: 2 sin(pi / (2 (2 d + 1))).
pub fn integral_limit(delay: usize) -> f64 {
    2.0 * (PI / (2.0 * (2 * delay + 1) as f64)).sin()
}

impl Loop {
    /// Whether the loop is stable.
    pub fn is_stable(&self) -> bool {
        is_stable(&self.a)
    }

    /// Variance of `y - T` in units of the variance of the shocks; `None` if it is unbounded.
    pub fn variance(&self, disturbance: Disturbance) -> Option<f64> {
        let (moving, auto) = disturbance.parts();
        let b = match disturbance {
            Disturbance::Ima(_) => without_integrator(&self.b)?,
            _ => self.b.clone(),
        };
        variance(&multiply(&b, &moving), &multiply(&self.a, &auto))
    }

    /// Value at which `y - T` settles under a drift of 1 per run; `None` if it does not settle.
    pub fn offset(&self) -> Option<f64> {
        let slowed = without_integrator(&self.b)?;
        self.is_stable().then(|| at_one(&slowed) / at_one(&self.a))
    }

    /// `y - T` at the run of a unit step in the disturbance and at the following runs.
    pub fn step(&self, runs: usize) -> Vec<f64> {
        filter(&self.b, &self.a, &vec![1.0; runs])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, value: f64, rel: f64) {
        assert!((found - value).abs() <= rel * value.abs().max(1e-12), "{found} {value}");
    }

    /// 2/(2 - l xi), 1 + (l - (1 - theta))^2/(l (2 - l)), d/(l xi), (1 - l xi)^k, 2 sin(pi/(2 (2 d + 1))).
    #[test]
    fn closed_forms_of_the_single_ewma() {
        for (l, xi) in [(0.3, 1.0), (0.2, 0.7), (0.9, 1.4), (0.05, 2.0)] {
            let closed = Law::Ewma(l).close(xi, 0);
            close(closed.variance(Disturbance::White).unwrap(), 2.0 / (2.0 - l * xi), 1e-12);
            close(closed.offset().unwrap(), 1.0 / (l * xi), 1e-12);
            let k = l * xi;
            for theta in [0.0, 0.7, -0.3] {
                let known = 1.0 + (k - (1.0 - theta)).powi(2) / (k * (2.0 - k));
                close(closed.variance(Disturbance::Ima(theta)).unwrap(), known, 1e-12);
            }
            for (i, y) in closed.step(5).into_iter().enumerate() {
                close(y, (1.0 - k).powi(i as i32), 1e-11);
            }
            close(Law::Ewma(l).xi_max(0), 2.0 / l, 1e-12);
        }
        assert!(!Law::Ewma(0.9).close(2.3, 0).is_stable());
    }

    /// Discrete Lyapunov equations of the estimators' states, solved by scipy, at weights 0.3 and 0.1.
    #[test]
    fn both_double_ewmas_differ_by_name() {
        let variance = |law: Law| law.close(1.0, 0).variance(Disturbance::White).unwrap();
        close(variance(Law::Holt(0.3, 0.1)), 1.246_290_801_186_943_6, 1e-12);
        close(variance(Law::ChenGuo(0.3, 0.1)), 1.288_595_096_644_632_2, 1e-12);
        for law in [Law::Holt(0.3, 0.1), Law::ChenGuo(0.3, 0.1)] {
            assert!(law.close(1.3, 0).offset().unwrap().abs() < 1e-12);
        }
    }

    /// numpy's roots of z^4 - 0.7 z^3 + 0.3 (xi - 1); the golden ratio less 1.
    #[test]
    fn delays_bound_gain_and_weight() {
        close(Law::Ewma(0.3).xi_max(3), 2.922_200_992_245_372_7, 1e-9);
        close(Law::Integral(0.3).weight_max(1.0, 2).unwrap(), 0.618_033_988_749_894_8, 1e-15);
        for delay in 0..5 {
            let limit = integral_limit(delay);
            assert!(Law::Integral(limit * 0.9999).close(1.0, delay).is_stable());
            assert!(!Law::Integral(limit * 1.0001).close(1.0, delay).is_stable());
            let law = Law::Holt(0.4, 0.2);
            let most = law.xi_max(delay);
            assert!(law.close(most * 0.9999, delay).is_stable(), "{delay} {most}");
            assert!(!law.close(most * 1.0001, delay).is_stable(), "{delay} {most}");
        }
        let most = Law::Ewma(0.1).weight_max(3.5, 2).unwrap();
        assert!(Law::Ewma(most * 0.9999).close(3.5, 2).is_stable());
        assert!(!Law::Ewma(most * 1.0001).close(3.5, 2).is_stable());
    }
}
