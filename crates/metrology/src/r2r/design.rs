//! Performance of a controller with one input, in closed form: variance, offset, stability, best
//! weight.

use super::disturbance::Disturbance;
use super::law::Law;
use libchar_numeric::roots;

/// A process as seen by a controller.
#[derive(Clone, Copy, Debug)]
pub struct Plant {
    /// Ratio of the gain of the process to that of the model.
    pub xi: f64,
    /// Delay of a measurement, in runs; 0 if it is known before the next run.
    pub delay: usize,
    /// The disturbance of the process.
    pub disturbance: Disturbance,
    /// Standard deviation of the disturbance's shocks.
    pub sigma: f64,
    /// Drift of the process per run.
    pub drift: f64,
}

/// The performance figures of a controller.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Whether the loop is stable; if not, the figures that require stability are `None`.
    pub stable: bool,
    /// Variance of y over that of the disturbance without control; for an integrated disturbance,
    /// over that of its shocks.
    pub var_ratio: Option<f64>,
    /// Square root of `var_ratio`.
    pub sd_inflation: Option<f64>,
    /// Value at which y - T settles under the drift.
    pub offset: Option<f64>,
    /// Root mean square of y - T: spread and offset combined.
    pub rms: Option<f64>,
    /// Largest gain ratio at which the loop is stable.
    pub xi_max: Option<f64>,
    /// Largest weight at which the loop is stable for this gain ratio, as in [`Law::weight_max`].
    pub weight_max: Option<f64>,
    /// `xi_max / xi`: the factor by which the gain of the process may increase.
    pub gain_margin: Option<f64>,
}

/// The performance figures of a law.
pub fn figures(law: Law, plant: &Plant) -> Figures {
    let closed = law.close(plant.xi, plant.delay);
    let variance = closed.variance(plant.disturbance);
    let ratio = variance.map(|v| v / plant.disturbance.reference());
    let offset = closed.offset().map(|offset| offset * plant.drift);
    let finite = |value: f64| Some(value).filter(|v| v.is_finite());
    let xi_max = finite(law.xi_max(plant.delay));
    Figures {
        stable: closed.is_stable(),
        var_ratio: ratio,
        sd_inflation: ratio.map(f64::sqrt),
        offset,
        rms: mean_square(law, plant).map(f64::sqrt),
        xi_max,
        weight_max: law.weight_max(plant.xi, plant.delay),
        gain_margin: xi_max.map(|most| most / plant.xi),
    }
}

/// Mean square of `y - T`.
fn mean_square(law: Law, plant: &Plant) -> Option<f64> {
    let closed = law.close(plant.xi, plant.delay);
    let spread = closed.variance(plant.disturbance)? * plant.sigma.powi(2);
    let offset = if plant.drift == 0.0 { 0.0 } else { closed.offset()? * plant.drift };
    Some(spread + offset * offset)
}

/// The weights of the same law that minimize the mean square of `y - T`, and that minimum; `None`
/// if no weights make the loop stable.
///
/// # Formula
///
/// Single EWMA without delay or drift under IMA(1,1): l = (1 - theta)/xi (Ingolfsson and Sachs
/// 1993); under white noise with a drift d: k = l xi solves k^3 sigma^2 = d^2 (2 - k)^2. Others:
/// minimization by Brent's method, alternating between both weights.
pub fn best(law: Law, plant: &Plant) -> Option<(Law, f64)> {
    let (_, second) = law.weights();
    if let (Law::Ewma(_), 0, None) = (law, plant.delay, second)
        && let Some(weight) = closed_best(plant)
    {
        let law = Law::Ewma(weight);
        return Some((law, mean_square(law, plant)?));
    }
    let cost = |l1: f64, l2: f64| mean_square(law.with(l1, l2), plant).unwrap_or(f64::INFINITY);
    let grid: Vec<f64> = (1..100).map(|k| f64::from(k) / 100.0).collect();
    let trends: &[f64] = if second.is_some() { &grid } else { &[0.0] };
    let mut least = (f64::INFINITY, 0.0, 0.0);
    for &l1 in &grid {
        for &l2 in trends {
            let found = cost(l1, l2);
            if found < least.0 {
                least = (found, l1, l2);
            }
        }
    }
    if !least.0.is_finite() {
        return None;
    }
    let (mut l1, mut l2) = (least.1, least.2);
    let around = |f: &dyn Fn(f64) -> f64, x: f64, width: f64| {
        let (lo, hi) = ((x - width).max(1e-6), (x + width).min(1.0));
        let found = roots::minimum(|x| Ok::<f64, ()>(f(x)), lo, hi, 1e-10);
        found.map_or(x, |found| found.x)
    };
    for turn in 0..if second.is_some() { 40 } else { 1 } {
        let width = 0.011 / f64::from(1 + turn).sqrt();
        l1 = around(&|x| cost(x, l2), l1, width);
        if second.is_some() {
            l2 = around(&|x| cost(l1, x), l2, width);
        }
    }
    let law = law.with(l1, l2);
    Some((law, mean_square(law, plant)?))
}

fn closed_best(plant: &Plant) -> Option<f64> {
    let weight = match plant.disturbance {
        Disturbance::Ima(theta) if plant.drift == 0.0 => (1.0 - theta) / plant.xi,
        Disturbance::White if plant.drift != 0.0 && plant.sigma > 0.0 => {
            let speed = (plant.drift / plant.sigma).powi(2);
            let k = roots::bisect(|k| k.powi(3) - speed * (2.0 - k).powi(2), 0.0, 0.0, 2.0);
            k / plant.xi
        }
        _ => return None,
    };
    (weight > 0.0 && weight <= 1.0).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plant(xi: f64, disturbance: Disturbance, drift: f64) -> Plant {
        Plant { xi, delay: 0, disturbance, sigma: 1.0, drift }
    }

    #[test]
    fn the_best_weight_is_where_its_neighbours_are_worse() {
        let (law, least) = best(Law::Ewma(0.5), &plant(1.0, Disturbance::Ima(0.7), 0.0)).unwrap();
        assert!((law.weights().0 - 0.3).abs() < 1e-12 && (least - 1.0).abs() < 1e-12);
        for (law, plant) in [
            (Law::Ewma(0.5), plant(0.8, Disturbance::White, 0.1)),
            (Law::Ewma(0.5), Plant { delay: 2, ..plant(1.2, Disturbance::Ima(0.6), 0.0) }),
            (Law::Holt(0.5, 0.5), plant(1.0, Disturbance::Ima(0.5), 0.2)),
            (Law::ChenGuo(0.5, 0.5), plant(1.0, Disturbance::Ima(0.8), 0.2)),
        ] {
            let (found, least) = best(law, &plant).unwrap();
            let (l1, l2) = (found.weights().0, found.weights().1.unwrap_or(0.0));
            for (d1, d2) in [(1e-3, 0.0), (-1e-3, 0.0), (0.0, 1e-3), (0.0, -1e-3)] {
                let other = law.with(l1 + d1, l2 + d2);
                let beside = mean_square(other, &plant).unwrap_or(f64::INFINITY);
                assert!(beside >= least - 1e-12, "{found:?} {other:?} {beside} {least}");
            }
        }
    }

    /// The optimal weight for white noise with a drift: at d = 0.1 sigma, k^3 = 0.01 (2 - k)^2 has
    /// the root 0.3033 (by hand).
    #[test]
    fn drift_and_noise_balance() {
        let (law, least) = best(Law::Ewma(0.5), &plant(1.0, Disturbance::White, 0.1)).unwrap();
        let k = law.weights().0;
        assert!((k.powi(3) - 0.01 * (2.0 - k).powi(2)).abs() < 1e-14);
        assert!((least - (2.0 / (2.0 - k) + (0.1 / k).powi(2))).abs() < 1e-12);
    }

    #[test]
    fn an_unstable_loop_has_no_figures() {
        let found = figures(Law::Ewma(0.9), &plant(3.0, Disturbance::White, 0.1));
        assert!(!found.stable && found.var_ratio.is_none() && found.offset.is_none());
        assert!((found.gain_margin.unwrap() - 2.0 / 0.9 / 3.0).abs() < 1e-12);
    }
}
