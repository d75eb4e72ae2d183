//! Trims a recipe: finds the least changes of its inputs that bring figures to their targets, by
//! the slopes of a simulation, and estimates from past runs how much this would have gained.

use crate::skill::{Skill, skill};
use libchar_learn::LearnError;
use libchar_learn::series::{self, Fitted, Method, Track};
use libchar_metrology::r2r::recipe::{self, Input, Recipe};
use nalgebra::DMatrix;

/// Least number of measured runs for an estimate of the improvement.
pub const LEAST_RUNS: usize = 20;

/// A figure with its target.
#[derive(Clone, Debug)]
pub struct Goal {
    /// The target.
    pub target: f64,
    /// Expected value of the next run without a trim.
    pub present: f64,
    /// Size of a miss of this figure that counts as much as a miss of another figure by its own
    /// scale.
    pub scale: f64,
}

/// The least changes of `inputs` from `values` that bring the figures to their targets. `slopes`
/// has one list per input, with one slope per figure.
pub fn trim(slopes: &[Vec<f64>], goals: &[Goal], values: &[f64], inputs: &[Input]) -> Recipe {
    let scaled = DMatrix::from_fn(goals.len(), inputs.len(), |i, j| slopes[j][i] / goals[i].scale);
    let wanted: Vec<f64> = (0..goals.len())
        .map(|i| {
            let now: f64 = (0..values.len()).map(|j| scaled[(i, j)] * values[j]).sum();
            now + (goals[i].target - goals[i].present) / goals[i].scale
        })
        .collect();
    let mut found = recipe::next(&scaled, &wanted, values, inputs);
    found.left.iter_mut().zip(goals).for_each(|(left, goal)| *left *= goal.scale);
    found
}

/// What measured runs of an unchanged recipe say about a figure.
#[derive(Clone, Debug)]
pub struct Past {
    /// Expected value of the next run: the EWMA of the runs.
    pub present: f64,
    /// Weight of the EWMA.
    pub lambda: f64,
    /// Share of the mean square about the target that trims based on earlier runs would have
    /// removed; `None` for fewer than [`LEAST_RUNS`] runs.
    pub improvement: Option<Skill>,
}

/// Follows measured runs by an EWMA with the weight `lambda`, or with the weight of least squares.
///
/// # Formula
///
/// The improvement is judged on the later half of the runs. Without a trim the miss is y - T. With
/// a trim based on the runs before it the miss is y - a, with a the EWMA of these runs, because the
/// trim removes a - T from the next run. The weight is fitted only to the first half. This holds
/// for a process that responds as the slopes say.
///
/// # Errors
/// [`LearnError`] for fewer than ten runs without a given weight, or values that are not finite.
pub fn past(y: &[f64], target: f64, lambda: Option<f64>) -> Result<Past, LearnError> {
    let weight = |y: &[f64]| match lambda {
        Some(weight) => Ok(Fitted::Ewma { weight }),
        None => series::fit(Method::Ewma, y),
    };
    let half = y.len() / 2;
    let improvement = match y.len() >= LEAST_RUNS {
        true => {
            let expected = weight(&y[..half])?.one_step(y);
            let without: Vec<f64> = y[half..].iter().map(|y| y - target).collect();
            let with: Vec<f64> =
                y[half..].iter().zip(&expected[half..]).map(|(y, a)| y - a).collect();
            Some(skill("the recipe as it is", &with, &without, None))
        }
        false => None,
    };
    let fitted = weight(y)?;
    let Fitted::Ewma { weight } = fitted else { return Err(LearnError::Singular("the weight")) };
    let mut track = Track::new(&fitted, y.first().copied().unwrap_or(target));
    y.iter().for_each(|y| track.learn(*y));
    Ok(Past { present: track.expected(), lambda: weight, improvement })
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_numeric::draws::Draws;

    fn input(name: &str, scale: f64, step: f64) -> Input {
        Input { name: name.to_owned(), low: f64::NEG_INFINITY, high: f64::INFINITY, step, scale }
    }

    /// One figure is 10 too large, slopes are 2 per degree and 1 per minute, scales are equal: the
    /// changes are -4 and -2; if only one degree is allowed: -1 and -8.
    #[test]
    fn the_least_moves_by_hand() {
        let slopes = [vec![2.0], vec![1.0]];
        let goals = [Goal { target: 100.0, present: 110.0, scale: 1.0 }];
        let free = trim(
            &slopes,
            &goals,
            &[950.0, 30.0],
            &[input("T", 1.0, 100.0), input("t", 1.0, 100.0)],
        );
        assert!((free.u[0] - 946.0).abs() < 1e-9 && (free.u[1] - 28.0).abs() < 1e-9, "{free:?}");
        let held =
            trim(&slopes, &goals, &[950.0, 30.0], &[input("T", 1.0, 1.0), input("t", 1.0, 100.0)]);
        assert!((held.u[0] - 949.0).abs() < 1e-9 && (held.u[1] - 22.0).abs() < 1e-9, "{held:?}");
        assert!(held.left[0].abs() < 1e-9);
    }

    /// The offset is three standard deviations of the noise: without a trim the mean square is 10,
    /// with one about 2/(2 - l). On target nothing can be gained.
    #[test]
    fn the_past_tells_an_offset_from_noise() {
        let mut draws = Draws::new(2, &["trim"]);
        let y: Vec<f64> = (0..400).map(|t| draws.normal(t)).collect();
        let off = past(&y, -3.0, Some(0.2)).unwrap();
        let gained = off.improvement.unwrap();
        assert!((gained.value.unwrap() - (1.0 - 2.0 / 1.8 / 10.0)).abs() < 0.03, "{gained:?}");
        assert!(gained.is_shown());
        let on = past(&y, 0.0, Some(0.2)).unwrap();
        assert!(!on.improvement.unwrap().is_shown());
        assert!(past(&y[..19], 0.0, None).unwrap().improvement.is_none());
        assert!(past(&y[..5], 0.0, None).is_err());
    }
}
