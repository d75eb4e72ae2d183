//! The probability to violate a limit within a number of runs.

use libchar_learn::series::{Law, Spread};
use libchar_numeric::draws::Draws;

/// Probabilities to lie beyond a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Probability that the h-th run ahead lies beyond a limit.
    pub beyond: Vec<f64>,
    /// Probability that any of the first h runs does.
    pub within: Vec<f64>,
    /// Number of simulated paths.
    pub paths: usize,
    /// Standard error of the probability within all runs.
    pub standard_error: f64,
}

/// Simulates paths: the expected values plus shocks whose effects persist as `psi` says.
///
/// # Formula
///
/// y_h = m_h + sum of psi_j e_(h-j), with e normal or drawn from the observed errors. Values of
/// neighbouring runs are correlated, so the probabilities of single runs cannot be multiplied; 20
/// 000 paths give a standard error of at most 0.0035.
pub(super) fn simulate(
    mean: &[f64],
    psi: &[f64],
    spread: &Spread,
    (low, high): (f64, f64),
    paths: usize,
    draws: &mut Draws,
) -> Passage {
    let runs = mean.len();
    let (mut beyond, mut within) = (vec![0usize; runs], vec![0usize; runs]);
    let mut shocks = vec![0.0; runs];
    for path in 0..paths {
        let mut crossed = false;
        for h in 0..runs {
            let sample = (path * runs + h) as u64;
            shocks[h] = spread.sigma * shock(spread, draws, sample);
            let effect: f64 = (0..=h).map(|j| psi[j] * shocks[h - j]).sum();
            let own = !(low..=high).contains(&(mean[h] + effect));
            crossed |= own;
            beyond[h] += usize::from(own);
            within[h] += usize::from(crossed);
        }
    }
    let share = |count: &usize| *count as f64 / paths.max(1) as f64;
    let within: Vec<f64> = within.iter().map(share).collect();
    let p = within.last().copied().unwrap_or(0.0);
    Passage {
        beyond: beyond.iter().map(share).collect(),
        within,
        paths,
        standard_error: (p * (1.0 - p) / paths.max(1) as f64).sqrt(),
    }
}

fn shock(spread: &Spread, draws: &mut Draws, sample: u64) -> f64 {
    match spread.law {
        Law::Normal => draws.normal(sample),
        Law::Empirical => {
            let place = draws.uniform(sample) * spread.scaled.len() as f64;
            spread.scaled.get(place as usize).copied().unwrap_or(0.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_numeric::normal;

    fn spread(sigma: f64) -> Spread {
        Spread { sigma, freedom: 100.0, law: Law::Normal, scaled: Vec::new() }
    }

    /// Independent runs: 1 - (Phi(2) - Phi(-2))^h; one run of a walk: its own tail.
    #[test]
    fn independent_runs_multiply() {
        let mut draws = Draws::new(1, &["passage"]);
        let psi = [1.0, 0.0, 0.0, 0.0, 0.0];
        let found = simulate(&[0.0; 5], &psi, &spread(1.0), (-2.0, 2.0), 40_000, &mut draws);
        let stay = 1.0 - 2.0 * normal::sf(2.0);
        for h in 0..5 {
            assert!(
                (found.within[h] - (1.0 - stay.powi(h as i32 + 1))).abs() < 4.0 * 0.0025,
                "{found:?}"
            );
            assert!((found.beyond[h] - (1.0 - stay)).abs() < 4.0 * 0.00105, "{found:?}");
        }
    }

    /// A random walk from 0 past 1 within 2 steps of sd 1, by quadrature: 1 - int_{-inf}^1 phi(x) Phi(1 - x) dx.
    #[test]
    fn a_walk_remembers() {
        let mut draws = Draws::new(1, &["passage"]);
        let limits = (f64::NEG_INFINITY, 1.0);
        let found = simulate(&[0.0; 2], &[1.0; 2], &spread(1.0), limits, 40_000, &mut draws);
        let step = 1e-3;
        let inside: f64 = (0..9000)
            .map(|k| 1.0 - step * (f64::from(k) + 0.5))
            .map(|x| normal::pdf(x) * normal::cdf(1.0 - x) * step)
            .sum();
        assert!((found.within[1] - (1.0 - inside)).abs() < 4.0 * 0.0024, "{found:?} {inside}");
    }

    #[test]
    fn no_spread_violates_where_the_mean_does() {
        let mut draws = Draws::new(1, &["passage"]);
        let found =
            simulate(&[0.0, 1.0, 3.0], &[1.0; 3], &spread(0.0), (-2.0, 2.0), 100, &mut draws);
        assert_eq!((found.within, found.standard_error), (vec![0.0, 0.0, 1.0], 0.0));
    }
}
