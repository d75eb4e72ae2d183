//! A trim of a recipe: the least changes of its inputs that bring figures to their targets, by slopes that a simulation gave,
//! and what the past says that this would have gained.

use crate::skill::{Skill, skill};
use libchar_learn::LearnError;
use libchar_learn::series::{self, Fitted, Method, Track};
use libchar_metrology::r2r::recipe::{self, Input, Recipe};
use nalgebra::DMatrix;

/// Fewest measured runs from which an improvement is told.
pub const LEAST_RUNS: usize = 20;

/// A figure that should come to its target.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Where it should be.
    pub target: f64,
    /// Where the next run is expected without a trim.
    pub present: f64,
    /// A miss that counts as much as one of this size of another figure.
    pub scale: f64,
}

/// The least moves of `inputs` from `values` that bring the figures to their targets; `slopes` has one list an
/// input, with one slope a figure.
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

/// What measured runs of an unchanged recipe say of a figure.
#[derive(Clone, Debug)]
pub struct Past {
    /// Where the next run is expected: the EWMA of the runs.
    pub present: f64,
    /// Its weight.
    pub lambda: f64,
    /// Share of the mean square about the target that trims from earlier runs would have taken away; absent for fewer than
    /// [`LEAST_RUNS`] runs.
    pub improvement: Option<Skill>,
}

/// Follows measured runs by an EWMA, of `lambda` or of the weight of least squares.
///
/// # Formula
///
/// The improvement is judged on the later half of the runs: the miss without a trim is y - T; with a trim that the runs before it
/// gave it is y - a, with a the EWMA of these, as the trim takes a - T out of the next run. The weight is fitted to the
/// first half alone. It holds for a process that answers as the slopes say.
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

    /// One figure 10 too great, slopes 2 a degree and 1 a minute, equal scales: moves -4 and -2; in one degree at most: -1, -8.
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

    /// An offset of three noises: without a trim the mean square is 10, with one 2/(2 - l) or so; on target there is nothing
    /// to gain.
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
