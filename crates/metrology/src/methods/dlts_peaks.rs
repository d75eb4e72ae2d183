//! Peaks in a deep-level spectrum over temperature.

use crate::fitting;
use libchar_numeric::least_squares::{Options, Parameter};
use libchar_numeric::quantile::median;

/// A peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    /// Its temperature in K.
    pub at: f64,
    /// Its height, in the unit of the signal.
    pub height: f64,
}

/// Positive peaks with a prominence above the noise and above 2 % of the greatest one, by ascending
/// abscissa. Each is located by a quartic through its upper fifth.
///
/// The noise is estimated from second differences, which are small for a smooth curve (their
/// standard deviation is sqrt(6) times that of one value).
pub(super) fn peaks(x: &[f64], y: &[f64]) -> Vec<Peak> {
    let (x, y) = crate::job::sorted(x, y);
    let n = y.len();
    if n < 9 {
        return Vec::new();
    }
    let bends: Vec<f64> = y.windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).abs()).collect();
    let noise = median(&bends) / (0.6745 * 6f64.sqrt());
    let top = y.iter().copied().fold(0.0, f64::max);
    let least = (8.0 * noise).max(0.02 * top);
    (1..n - 1)
        .filter(|i| y[*i] > 0.0 && y[*i] > y[i - 1] && y[*i] >= y[i + 1])
        .filter(|i| prominence(&y, *i) > least)
        .filter_map(|i| summit(&x, &y, i))
        .collect()
}

/// Prominence of a maximum: how far the signal falls on both sides before it rises above the
/// maximum.
fn prominence(y: &[f64], at: usize) -> f64 {
    let valley = |side: &mut dyn Iterator<Item = f64>| {
        side.take_while(|v| *v <= y[at]).fold(y[at], f64::min)
    };
    let left = valley(&mut y[..at].iter().rev().copied());
    let right = valley(&mut y[at + 1..].iter().copied());
    y[at] - left.max(right)
}

/// Maximum of a quartic through the neighbours above 80 % of the value at `at`, at least two on
/// each side; `None` if it lies outside of them.
fn summit(x: &[f64], y: &[f64], at: usize) -> Option<Peak> {
    let high = |i: &usize| y[*i] > 0.8 * y[at];
    let first = (0..at).rev().take_while(high).last().unwrap_or(at).min(at.saturating_sub(2));
    let last =
        (at + 1..y.len()).take_while(high).last().unwrap_or(at).max((at + 2).min(y.len() - 1));
    let half = 0.5 * (x[last] - x[first]);
    let place = |k: usize| (x[k] - x[at]) / half;
    let quartic = |p: &[f64], s: f64| p.iter().rev().fold(0.0, |sum, c| sum * s + c);
    let terms = if last - first < 6 { 3 } else { 5 };
    let residuals =
        |p: &[f64]| (first..=last).map(|k| quartic(p, place(k)) - y[k] / y[at]).collect();
    let names = ["value", "slope", "bend", "third", "fourth"];
    let start: Vec<Parameter> =
        (0..terms).map(|k| Parameter::free(if k == 0 { 1.0 } else { 0.0 })).collect();
    let fit = fitting::solve(&names[..terms], residuals, &start, &Options::default()).ok()?;
    let (from, to) = (place(first), place(last));
    let best = libchar_numeric::roots::minimum(
        |s| Ok::<f64, ()>(-quartic(&fit.values, s)),
        from,
        to,
        1e-10,
    )
    .ok()?;
    let inside = best.x > from + 1e-6 && best.x < to - 1e-6;
    inside.then(|| Peak { at: x[at] + half * best.x, height: y[at] * quartic(&fit.values, best.x) })
}

#[cfg(test)]
mod tests {
    use super::peaks;

    #[test]
    fn two_peaks_in_noise_are_two() {
        let x: Vec<f64> = (0..300).map(|i| 100.0 + f64::from(i)).collect();
        // A sign that changes with the square of the index is noise without a peak.
        let noise = |i: usize| if (i * i / 7).is_multiple_of(2) { 0.002 } else { -0.002 };
        let bell = |x: f64, at: f64, w: f64| (-((x - at) / w).powi(2)).exp();
        let y: Vec<f64> = (x.iter().enumerate())
            .map(|(i, x)| bell(*x, 180.3, 12.0) + 0.4 * bell(*x, 300.7, 18.0) + noise(i))
            .collect();
        let found = peaks(&x, &y);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!((found[0].at - 180.3).abs() < 0.3, "{found:?}");
        assert!((found[1].at - 300.7).abs() < 0.5, "{found:?}");
        assert!((found[1].height - 0.4).abs() < 0.003, "{found:?}");
    }

    #[test]
    fn a_slope_has_none() {
        let x: Vec<f64> = (0..50).map(f64::from).collect();
        assert_eq!(peaks(&x, &x), []);
    }
}
