//! The performance of a controller as a table, a document and warnings.

use super::design::{Figures, Plant, best, figures};
use super::law::Law;
use libchar_core::{Cell, Frame, Refused, frame};
use serde_json::{Value, json};

/// Largest length of a step response, in runs.
const MOST_RUNS: usize = 100_000;

/// Figures by name; `None` for those that are not known.
pub type Numbers = Vec<(&'static str, Option<f64>)>;

/// A controller with its figures, the best weights, and its step response.
pub struct Designed {
    law: Law,
    plant: Plant,
    own: Figures,
    optimum: Option<(Law, f64)>,
    /// y after a step in the disturbance, for each run.
    response: Vec<f64>,
}

/// Checks the length of a step response.
///
/// # Errors
/// A response that is too long.
pub fn check(runs: usize) -> Result<(), Refused> {
    match runs > MOST_RUNS {
        true => Err(Refused::Usage(format!("--runs {runs}: expected at most {MOST_RUNS}"))),
        false => Ok(()),
    }
}

impl Designed {
    /// Computes the figures of `law`; if its weights were not `given`, the best ones are used. The
    /// response is to a step of `size`, over `runs` runs.
    ///
    /// # Errors
    /// A loop that no weight makes stable.
    pub fn of(
        (law, given): (Law, bool),
        plant: Plant,
        size: f64,
        runs: usize,
    ) -> Result<Designed, Refused> {
        let optimum = best(law, &plant);
        let law = match (given, optimum) {
            (true, _) => law,
            (false, Some((law, _))) => law,
            (false, None) => {
                let found = "no weight makes this loop stable; give one by --lambda";
                return Err(Refused::Usage(found.to_owned()));
            }
        };
        let step = law.close(plant.xi, plant.delay).step(runs);
        let response = step.iter().map(|y| y * size).collect();
        Ok(Designed { law, plant, own: figures(law, &plant), optimum, response })
    }

    /// Whether the loop is stable.
    pub fn is_stable(&self) -> bool {
        self.own.stable
    }

    /// All figures, by name.
    pub fn numbers(&self) -> Numbers {
        let (own, optimum) = (&self.own, self.optimum.map(|(law, _)| law.weights()));
        let (l1, l2) = self.law.weights();
        vec![
            ("xi", Some(self.plant.xi)),
            ("lambda", Some(l1)),
            ("lambda2", l2),
            ("var_ratio", own.var_ratio),
            ("sd_inflation", own.sd_inflation),
            ("offset", own.offset),
            ("rms", own.rms),
            ("xi_max", own.xi_max),
            ("lambda_max", own.weight_max),
            ("gain_margin", own.gain_margin),
            ("lambda_best", optimum.map(|o| o.0)),
            ("lambda2_best", optimum.and_then(|o| o.1)),
            ("rms_best", self.optimum.map(|(_, square)| square.sqrt())),
        ]
    }

    /// Warnings about this controller.
    pub fn warnings(&self) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        if !self.own.stable {
            warnings.push("the loop is not stable: it has neither a spread nor an offset");
        }
        if self.own.var_ratio.is_some_and(|ratio| ratio > 1.0)
            && self.plant.disturbance.variance().is_some()
            && self.plant.drift == 0.0
        {
            warnings.push("control makes y worse: there is no drift to remove here, and every correction follows noise");
        }
        warnings
    }

    /// A table with one row per figure, followed by the response.
    pub fn frame(&self) -> Frame {
        let mut rows = quantities(&self.numbers(), Some(self.law.name()));
        for (k, y) in self.response.iter().enumerate() {
            rows.push(vec![format!("y_after_step_{k}").into(), Cell::from(*y)]);
        }
        rows
    }

    /// The JSON document.
    pub fn document(&self) -> Value {
        let plant = &self.plant;
        let reference = match plant.disturbance.variance() {
            Some(_) => "variance without control",
            None => "variance of the shocks: without control it has no bound",
        };
        let mut body = json!({
            "method": self.law.name(), "law": self.law.text(), "delay_runs": plant.delay,
            "disturbance": plant.disturbance.name(), "sigma": plant.sigma, "drift_per_run": plant.drift,
            "stable": self.own.stable, "var_ratio_refers_to": reference,
        });
        for (name, value) in self.numbers() {
            body[name] = json!(value);
        }
        body["y_after_step"] = json!(self.response);
        body["warnings"] = json!(self.warnings());
        frame::document("libchar.r2r-design", 1, body)
    }
}

/// A table with one row per figure, preceded by the method if one is named.
pub(super) fn quantities(numbers: &Numbers, method: Option<&str>) -> Frame {
    let mut rows = Frame::new("libchar.r2r-rows", 1, ["quantity", "value"]);
    if let Some(method) = method {
        rows.push(vec!["method".into(), method.into()]);
    }
    for (name, value) in numbers {
        rows.push(vec![(*name).into(), (*value).into()]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::disturbance::Disturbance;
    use super::*;

    fn plant(disturbance: Disturbance) -> Plant {
        Plant { xi: 1.0, delay: 0, disturbance, sigma: 1.0, drift: 0.0 }
    }

    /// For a gain ratio of 1, an EWMA of weight l has the variance ratio 2/(2 - l), and a step
    /// decays by a factor 1 - l per run.
    #[test]
    fn an_ewma_costs_and_forgets_as_its_formula_says() {
        let found =
            Designed::of((Law::Ewma(0.3), true), plant(Disturbance::White), 2.0, 3).unwrap();
        let numbers = found.numbers();
        let of = |name: &str| numbers.iter().find(|(own, _)| *own == name).unwrap().1;
        assert!((of("var_ratio").unwrap() - 2.0 / 1.7).abs() < 1e-12);
        assert_eq!((of("xi"), of("lambda2")), (Some(1.0), None));
        for (y, known) in found.response.iter().zip([2.0, 1.4, 0.98]) {
            assert!((y - known).abs() < 1e-12, "{:?}", found.response);
        }
        assert!(found.is_stable() && found.warnings()[0].starts_with("control makes y worse"));
        let document = found.document();
        assert_eq!(document["var_ratio_refers_to"], "variance without control");
        let csv = String::from_utf8(found.frame().to_csv()).unwrap();
        assert!(
            csv.starts_with("quantity,value\nmethod,ewma\nxi,1\nlambda,0.3\nlambda2,\n"),
            "{csv}"
        );
        assert!(csv.contains("\ny_after_step_0,2\n") && csv.lines().count() == 18, "{csv}");
    }

    /// If no weights are given, the best one is used: 1 - theta under IMA(1,1).
    #[test]
    fn the_best_weight_stands_in_for_one_that_is_not_given() {
        let ima = plant(Disturbance::Ima(0.7));
        let found = Designed::of((Law::Ewma(0.3), false), ima, 1.0, 0).unwrap();
        assert!((found.law.weights().0 - 0.3).abs() < 1e-12 && found.warnings().is_empty());
        let wild = Plant { xi: 3.0, ..plant(Disturbance::White) };
        let wild = Designed::of((Law::Ewma(0.9), true), wild, 1.0, 0).unwrap();
        assert!(!wild.is_stable() && wild.warnings()[0].starts_with("the loop is not stable"));
        let long = check(100_001).unwrap_err().to_string();
        assert_eq!(long, "--runs 100001: expected at most 100000");
    }
}
