//! Exponential smoothing with and without a trend.

use super::Fitted;
use libchar_numeric::roots;

/// Smallest weight: below it a level would hardly change within a thousand runs.
const LEAST_WEIGHT: f64 = 0.001;

/// Number of values at the start whose errors are ignored, because they only start the recursion.
fn warm_up(n: usize) -> usize {
    (n / 10).max(2)
}

/// Fits the weight that minimizes the squared one-step errors.
pub(super) fn ewma(y: &[f64]) -> Fitted {
    let squares = |weight: f64| -> f64 {
        let fitted = Fitted::Ewma { weight };
        fitted.one_step(y).iter().zip(y).skip(warm_up(y.len())).map(|(p, y)| (y - p).powi(2)).sum()
    };
    Fitted::Ewma { weight: roots::least_of_grid(squares, LEAST_WEIGHT, 1.0, 60, 1e-9) }
}

/// Fits both weights by a grid and alternating descents along each of them; for every pair, the
/// initial level and slope are fitted by least squares.
pub(super) fn holt(y: &[f64]) -> Fitted {
    let cost = |weight: f64, trend: f64| started(weight, trend, y).1;
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for weight in [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0] {
        for trend in [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0] {
            let found = cost(weight, trend);
            if found < best.0 {
                best = (found, weight, trend);
            }
        }
    }
    let (_, mut weight, mut trend) = best;
    for width in [0.1, 0.05, 0.03, 0.02, 0.01] {
        let near = |f: &dyn Fn(f64) -> f64, x: f64, least: f64| {
            roots::least_of_grid(f, (x - width).max(least), (x + width).min(1.0), 4, 1e-7)
        };
        weight = near(&|x| cost(x, trend), weight, LEAST_WEIGHT);
        trend = near(&|x| cost(weight, x), trend, 0.0);
    }
    started(weight, trend, y).0
}

/// Holt's recursion from its best initial values, and its sum of squared errors.
///
/// # Formula
///
/// The errors are linear in the initial level and slope: e = e0 - a l0 - b s0, where e0 are the
/// errors for initial values of 0, and a, b are the forecasts that an initial level or slope of 1
/// leaves if every value is 0. Two normal equations determine both.
fn started(weight: f64, trend: f64, y: &[f64]) -> (Fitted, f64) {
    let mut own = [0.0, 0.0];
    let mut of_level = [1.0, 0.0];
    let mut of_slope = [0.0, 1.0];
    let step = |state: &mut [f64; 2], y: f64| {
        let error = y - state[0] - state[1];
        state[0] += state[1] + weight * error;
        state[1] += weight * trend * error;
        error
    };
    // Sums of a a, a b, b b, a e, b e, e e, where a and b are the errors that the initial level and
    // slope remove.
    let mut s = [0.0; 6];
    for y in y {
        let e = step(&mut own, *y);
        let (a, b) = (-step(&mut of_level, 0.0), -step(&mut of_slope, 0.0));
        for (sum, term) in s.iter_mut().zip([a * a, a * b, b * b, a * e, b * e, e * e]) {
            *sum += term;
        }
    }
    let [aa, ab, bb, ae, be, ee] = s;
    let determinant = aa * bb - ab * ab;
    let (level, slope) = match determinant > 1e-12 * aa * bb {
        true => ((ae * bb - be * ab) / determinant, (be * aa - ae * ab) / determinant),
        false => (ae / aa, 0.0),
    };
    let squares = (ee - level * ae - slope * be).max(0.0);
    (Fitted::Holt { weight, trend, level, slope }, squares)
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Track, fit};
    use super::*;
    use libchar_numeric::draws::Draws;

    /// IMA(1,1) with theta is an EWMA with weight 1 - theta (Muth 1960), and a local level whose
    /// steady-state gain is the same.
    #[test]
    fn ewma_and_local_level_find_the_weight_of_an_ima() {
        let mut draws = Draws::new(3, &["series", "ima"]);
        let (mut level, mut last) = (0.0, 0.0);
        let y: Vec<f64> = (0..4000)
            .map(|t| {
                let e = draws.normal(t);
                level += e - 0.7 * last;
                last = e;
                level
            })
            .collect();
        for method in [Method::Ewma, Method::LocalLevel] {
            let weight = fit(method, &y).unwrap().psi(2)[1];
            assert!((weight - 0.3).abs() < 0.04, "{method:?} {weight}");
        }
    }

    #[test]
    fn holt_goes_on_along_a_line() {
        let y: Vec<f64> = (0..40).map(|t| 3.0 + 0.5 * f64::from(t)).collect();
        let fitted = fit(Method::Holt, &y).unwrap();
        let mut track = Track::new(&fitted, y[0]);
        y.iter().for_each(|y| track.learn(*y));
        for (h, mean) in track.ahead(3).iter().enumerate() {
            assert!((mean - (3.0 + 0.5 * (40 + h) as f64)).abs() < 1e-6, "{fitted:?} {mean}");
        }
    }

    /// The sum of squares from the normal equations equals that of the recursion from the resulting
    /// initial values, and no other initial values have a smaller one.
    #[test]
    fn the_start_is_that_of_least_squares() {
        let y: Vec<f64> =
            (0..30).map(|t| (f64::from(t) * 0.7).sin() + 0.1 * f64::from(t)).collect();
        let squares = |fitted: &Fitted| -> f64 {
            fitted.one_step(&y).iter().zip(&y).map(|(p, y)| (y - p).powi(2)).sum()
        };
        let (fitted, found) = started(0.4, 0.2, &y);
        assert!((squares(&fitted) - found).abs() < 1e-9);
        let Fitted::Holt { weight, trend, level, slope } = fitted else { panic!() };
        for (dl, ds) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
            let other = Fitted::Holt { weight, trend, level: level + dl, slope: slope + ds };
            assert!(squares(&other) > found);
        }
    }

    /// For every method, a shock moves the forecast by the amount that `psi` predicts.
    #[test]
    fn a_shock_moves_the_forecast_by_psi() {
        let fitted = [
            Fitted::Ewma { weight: 0.3 },
            Fitted::Holt { weight: 0.4, trend: 0.2, level: 1.0, slope: 0.1 },
            Fitted::Ar { mean: 2.0, phi: vec![0.5, 0.2, -0.1] },
            Fitted::LocalLevel { ratio: 0.1 },
        ];
        for fitted in &fitted {
            let after = |shock: f64| {
                let mut track = Track::new(fitted, 1.0);
                (0..200).for_each(|t| track.learn(1.0 + 0.1 * f64::from(t % 3)));
                track.learn(track.expected() + shock);
                track.ahead(5)
            };
            let (calm, moved, psi) = (after(0.0), after(1.0), fitted.psi(6));
            for h in 0..5 {
                assert!((moved[h] - calm[h] - psi[h + 1]).abs() < 1e-12, "{fitted:?} {h}");
            }
        }
    }
}
