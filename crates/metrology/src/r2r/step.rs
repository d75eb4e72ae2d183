//! The next recipe of a real process, from the runs so far.
//!
//! The estimated disturbance follows from all runs in their order, so late measurements and
//! repeated calls lead to the same recipe regardless of when they arrive.

use super::controller::Controller;
use super::estimator::Estimator;
use super::recipe;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// A run and its measurements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Its name.
    pub run: String,
    /// Its recipe, in the order of the inputs.
    pub recipe: Vec<f64>,
    /// The measurements, in the order of the outputs; `None` where there is none yet.
    pub measured: Vec<Option<f64>>,
}

/// What a controller has estimated about one output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// The estimated disturbance.
    pub disturbance: Estimator,
    /// Number of measurements that were used for it.
    pub learned: usize,
    /// Number of measurements that were not accepted.
    pub refused: usize,
    /// The newest measurement, if it was not accepted.
    pub doubted: Option<f64>,
    /// Number of newest runs without a measurement.
    pub waiting: usize,
}

/// A recommended recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// Value of each input.
    pub recipe: Vec<f64>,
    /// The bound that restricts each input, if one does.
    pub held: Vec<Option<&'static str>>,
    /// Expected value of each output with the recipe of the last run.
    pub before: Vec<f64>,
    /// Expected value of each output with this recipe.
    pub after: Vec<f64>,
    /// Whether the recipe is unchanged because every output is within its deadband.
    pub is_quiet: bool,
}

/// The estimates after these runs, in their order. Before the first run, every output is assumed to
/// be on target with the first recipe.
pub fn believe(controller: &Controller, runs: &[Run]) -> Vec<Belief> {
    let start = controller.effect(&controller.start);
    let outputs = controller.outputs.iter().enumerate();
    let mut beliefs: Vec<Belief> = outputs
        .map(|(i, output)| Belief {
            disturbance: Estimator { level: output.target - start[i], trend: 0.0 },
            learned: 0,
            refused: 0,
            doubted: None,
            waiting: 0,
        })
        .collect();
    for run in runs {
        let effect = controller.effect(&run.recipe);
        for (i, belief) in beliefs.iter_mut().enumerate() {
            let output = &controller.outputs[i];
            match run.measured[i] {
                Some(y) if output.believes(y) => {
                    belief.disturbance.learn(controller.law, y - effect[i], y - output.target);
                    belief.learned += 1;
                    belief.doubted = None;
                    belief.waiting = 0;
                }
                Some(y) => {
                    belief.refused += 1;
                    belief.doubted = Some(y);
                    belief.waiting = 0;
                }
                None => belief.waiting += 1,
            }
        }
    }
    beliefs
}

/// The next recipe, where `last` is the recipe of the last run.
///
/// # Formula
///
/// Least squares of the deviations, each over its output's scale, by the smallest changes within
/// the bounds ([`recipe::next`]). Then each input is rounded to the nearest multiple of its
/// resolution that its bounds allow.
pub fn next(controller: &Controller, beliefs: &[Belief], last: &[f64]) -> Next {
    let expected = |recipe: &[f64]| -> Vec<f64> {
        let effect = controller.effect(recipe).into_iter().zip(beliefs);
        effect.map(|(effect, belief)| effect + belief.disturbance.expected()).collect()
    };
    let before = expected(last);
    let outputs = &controller.outputs;
    let quiet = |(output, y): (&super::controller::Output, &f64)| {
        (y - output.target).abs() <= output.deadband
    };
    if outputs.iter().any(|o| o.deadband > 0.0) && outputs.iter().zip(&before).all(quiet) {
        let after = before.clone();
        let held = vec![None; last.len()];
        return Next { recipe: last.to_vec(), held, before, after, is_quiet: true };
    }
    let gains = DMatrix::from_fn(outputs.len(), last.len(), |i, j| {
        controller.gains[(i, j)] / outputs[i].scale
    });
    let wanted: Vec<f64> = outputs
        .iter()
        .zip(beliefs)
        .map(|(output, belief)| (output.target - belief.disturbance.expected()) / output.scale)
        .collect();
    let found = recipe::next(&gains, &wanted, last, &controller.inputs);
    let recipe: Vec<f64> = found
        .u
        .iter()
        .enumerate()
        .map(|(j, u)| settable(*u, last[j], &controller.inputs[j], controller.resolution[j]))
        .collect();
    let after = expected(&recipe);
    Next { recipe, held: found.held, before, after, is_quiet: false }
}

/// The nearest multiple of the resolution within the bounds and the step; the value itself if there
/// is none.
fn settable(u: f64, last: f64, input: &recipe::Input, resolution: f64) -> f64 {
    if resolution <= 0.0 {
        return u;
    }
    let low = input.low.max(last - input.step);
    let high = input.high.min(last + input.step);
    let inside = |k: f64| {
        k * resolution >= low - 1e-9 * resolution && k * resolution <= high + 1e-9 * resolution
    };
    let near = (u / resolution).round();
    let place = [near, near - 1.0, near + 1.0].into_iter().find(|k| inside(*k));
    // 3 times 0.1 is not 0.3, but 3 divided by 10 is: if the inverse of the resolution is a whole
    // number, divide by it.
    let inverse = 1.0 / resolution;
    let whole = (inverse - inverse.round()).abs() < 1e-9 * inverse;
    place.map_or(u, |k| if whole { k / inverse.round() } else { k * resolution })
}

#[cfg(test)]
mod tests {
    use super::super::controller::{Output, read};
    use super::super::law::Law;
    use super::*;

    fn controller(extra: &str) -> Controller {
        let text = format!(
            "lambda = 0.3\n[outputs.y]\ntarget = 44\n{extra}\n[inputs.u]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n"
        );
        read("c.toml", &text).unwrap()
    }

    fn run(name: &str, u: f64, y: Option<f64>) -> Run {
        Run { run: name.to_owned(), recipe: vec![u], measured: vec![y] }
    }

    /// By hand: the level starts at 44 - 30 = 14; y = 46 at u = 60 gives w = 16, a = 14.6,
    /// u = (44 - 14.6)/0.5 = 58.8.
    #[test]
    fn one_run_by_hand() {
        let c = controller("");
        let found = next(&c, &believe(&c, &[run("1", 60.0, Some(46.0))]), &[60.0]);
        assert!((found.recipe[0] - 58.8).abs() < 1e-12 && (found.before[0] - 44.6).abs() < 1e-12);
        assert!((found.after[0] - 44.0).abs() < 1e-12 && !found.is_quiet);
        let still = next(&c, &believe(&c, &[run("1", 60.0, None)]), &[60.0]);
        assert!((still.recipe[0] - 60.0).abs() < 1e-12);
    }

    /// Closed loops with each law settle at the offset of the closed form.
    #[test]
    fn a_loop_settles_as_its_closed_form_says() {
        for law in [Law::Ewma(0.3), Law::Integral(0.3), Law::Holt(0.3, 0.1), Law::ChenGuo(0.3, 0.1)]
        {
            let c = Controller { law, ..controller("") };
            let (mut runs, mut u) = (Vec::new(), 60.0);
            for t in 0..400 {
                let y = 14.0 + 0.1 * f64::from(t) * 0.01 + 0.5 * 1.2 * (u - 60.0) + 30.0;
                runs.push(run(&t.to_string(), u, Some(y)));
                u = next(&c, &believe(&c, &runs), &[u]).recipe[0];
            }
            let miss = runs[399].measured[0].unwrap() - 44.0;
            let offset = law.close(1.2, 0).offset().unwrap() * 0.001;
            assert!((miss - offset).abs() < 1e-9, "{law:?} {miss} {offset}");
        }
    }

    #[test]
    fn a_deadband_keeps_the_recipe_and_an_absurd_value_teaches_nothing() {
        let c = controller("deadband = 1\nlow = 30\nhigh = 60");
        let beliefs = believe(&c, &[run("1", 60.0, Some(46.0)), run("2", 60.0, Some(440.0))]);
        assert_eq!((beliefs[0].learned, beliefs[0].refused, beliefs[0].waiting), (1, 1, 0));
        assert!(next(&c, &beliefs, &[60.0]).is_quiet);
        assert!(!Output { low: 0.0, ..c.outputs[0].clone() }.believes(-1.0));
    }

    #[test]
    fn an_input_is_set_to_what_can_be_set() {
        let input = recipe::Input { name: "u".into(), low: 0.0, high: 1.0, step: 0.25, scale: 1.0 };
        assert_eq!(settable(0.31, 0.3, &input, 0.1), 0.3);
        assert_eq!(settable(0.549, 0.3, &input, 0.1), 0.5);
        assert_eq!(settable(0.55, 0.3, &input, 0.1), 0.5, "0.6 would be too great a step");
        assert_eq!(settable(0.31, 0.3, &input, 0.0), 0.31);
    }
}
