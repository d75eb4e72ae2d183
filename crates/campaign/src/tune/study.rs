//! The whole study: converge, search, choose, verify.

use super::choice::Choice;
use super::choose;
use super::errors::{Tolerances, percent};
use super::plan::Plan;
use super::reference::{self, Reference};
use super::sample::Sample;
use super::search::{Candidate, Search};
use super::simulate::Simulate;
use libchar_engine::Options;

/// The inputs of a study.
pub struct Study<'s, B> {
    /// The bench that simulates.
    pub bench: &'s mut B,
    /// The points.
    pub sample: &'s Sample,
    /// How far measures may be off.
    pub tolerances: Tolerances,
    /// The options that may be tried.
    pub plan: Plan,
    /// Reports progress: the name of an event, and its text.
    pub say: &'s dyn Fn(&str, String),
}

/// How a study ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// Ids of the points: those of the sample, then those of the verification.
    pub points: Vec<String>,
    /// The options of the converged simulation.
    pub reference: Option<(Options, Reference)>,
    /// The sets of options that were tried, the deck as written first.
    pub candidates: Vec<Candidate>,
    /// The choice, if there is one.
    pub choice: Option<Choice>,
    /// Notes on the choice, or why there is none.
    pub reasons: Vec<String>,
}

impl<B: Simulate> Study<'_, B> {
    /// Runs the study.
    ///
    /// # Errors
    /// The errors of the bench.
    pub fn run(self) -> Result<Ended, B::Error> {
        let Study { bench, sample, tolerances, plan, say } = self;
        let points = sample.tried();
        let mut ended = Ended {
            points: sample.ids(&[points.clone(), sample.verified()].concat()),
            ..Ended::default()
        };
        say("converge", format!("looking for a converged simulation of {} points", points.len()));
        let on = (sample, points.as_slice());
        let reference = match reference::converge(bench, &plan.ladder, on, &tolerances)? {
            Ok(reference) => reference,
            Err(reasons) => return Ok(Ended { reasons, ..ended }),
        };
        let rung = reference.rung;
        let uncertainty = reference.uncertainty.worst().map_or(0.0, |worst| worst.error);
        let options = &plan.ladder[rung];
        say("converged", format!("converged with {options}, within {}", percent(uncertainty)));
        ended.reference = Some((options.clone(), reference.clone()));
        let mut search = Search { bench, points, reference, tolerances, tried: Vec::new() };
        search.evaluate(&[Options::default()])?;
        if search.tried[choose::DECK].has_reserve {
            say("search", "searching from the deck as written".to_owned());
            search.improve(choose::DECK, &plan.axes)?;
        }
        // A search that changes one kind of options at a time may get stuck where only a change of
        // two kinds would help. So it starts from tight options, too.
        for options in &plan.ladder[..=rung] {
            let start = search.evaluate(std::slice::from_ref(options))?[0];
            if search.tried[start].has_reserve {
                say("search", format!("searching from {options}"));
                search.improve(start, &plan.axes)?;
                break;
            }
        }
        say("choose", format!("choosing among {} sets of options", search.tried.len()));
        match choose::choose(&mut search, sample, &plan.ladder)? {
            Ok((choice, notes)) => {
                ended.choice = Some(choice);
                ended.reasons = notes;
            }
            Err(reasons) => ended.reasons = reasons,
        }
        ended.candidates = search.tried;
        Ok(ended)
    }
}

#[cfg(test)]
mod tests {
    use super::super::errors::{Tolerances, Values};
    use super::super::plan::{Axis, Plan};
    use super::super::sample::Sample;
    use super::super::simulate::{Simulate, Simulated};
    use super::{Ended, Study};
    use libchar_engine::Options;
    use std::convert::Infallible;

    /// A simulator with a known error and a known cost: the error of `d` is the tolerance `r`
    /// itself (half of it at points whose index is odd, three times it at index 4); a `method` of
    /// `fail` does not converge.
    struct Model {
        deck_r: f64,
        simulations: usize,
    }

    impl Simulate for Model {
        type Error = Infallible;

        fn simulate(&mut self, tasks: &[(usize, &Options)]) -> Result<Vec<Simulated>, Infallible> {
            self.simulations += tasks.len();
            let one = |(point, options): &(usize, &Options)| {
                let r = options.get("r").map_or(self.deck_r, |r| r.parse().unwrap());
                let factor = if *point == 4 {
                    3.0
                } else if point % 2 == 1 {
                    0.5
                } else {
                    1.0
                };
                let value = 1.0 + r * factor;
                let cost = if options.get("extra").is_some() { 1.0 } else { 0.0 };
                let values: Values = [(("d".to_owned(), 1, 0), value)].into();
                let failed = options.get("method") == Some("fail");
                let values = if failed { Err("convergence: no".to_owned()) } else { Ok(values) };
                Simulated { cpu_s: 1.0 - r.log10() + cost, values }
            };
            Ok(tasks.iter().map(one).collect())
        }
    }

    fn set(name: &str, value: &str) -> Options {
        Options::default().with(name, value)
    }

    fn study(deck_r: f64, relative: f64, points: (usize, usize)) -> (Ended, usize) {
        let r = |value: &str| set("r", value);
        let plan = Plan {
            ladder: vec![r("1e-3"), r("1e-5"), r("1e-7"), r("1e-8")],
            axes: vec![
                Axis {
                    ordered: true,
                    values: ["1e-6", "1e-5", "1e-4", "3e-4", "5e-4", "1e-3", "1e-2"]
                        .map(r)
                        .to_vec(),
                },
                Axis { ordered: false, values: vec![set("method", "fail"), set("extra", "1")] },
            ],
        };
        let mut bench = Model { deck_r, simulations: 0 };
        let sample = Sample::numbered(points.0, points.1);
        let tolerances = Tolerances { relative, absolute: Default::default() };
        let say = |_: &str, _: String| {};
        let study = Study { bench: &mut bench, sample: &sample, tolerances, plan, say: &say };
        (study.run().unwrap(), bench.simulations)
    }

    #[test]
    fn the_loosest_value_with_a_reserve_is_found() {
        let (ended, simulations) = study(1e-6, 1e-3, (2, 2));
        let choice = ended.choice.unwrap();
        assert_eq!(ended.points, ["p0", "p1", "p2", "p3"]);
        assert_eq!(choice.options.text(), "r=0.0005");
        let errors = choice.errors["d"];
        assert!((errors.sample - 5e-4).abs() < 1e-6 && errors.reference < 1.01e-5, "{errors:?}");
        assert!((errors.verified.unwrap() - 5e-4).abs() < 1e-6);
        assert!(choice.cpu_ratio < 1.0 && ended.reasons.is_empty());
        // Bisection does not try every value.
        assert!(ended.candidates.len() < 9 && simulations < 60, "{simulations}");
        let failed = ended.candidates.iter().find(|c| c.errors.is_err()).unwrap();
        assert_eq!(failed.errors, Err("convergence: no".to_owned()));
    }

    #[test]
    fn a_choice_that_fails_elsewhere_gives_way_to_one_with_a_smaller_error() {
        // Point 4 is in the verification, and errs three times as much.
        let (ended, _) = study(1e-6, 1e-3, (2, 3));
        let choice = ended.choice.unwrap();
        assert_eq!(choice.options.text(), "r=0.0003");
        assert!((choice.errors["d"].verified.unwrap() - 9e-4).abs() < 1e-6);
        let rejected = ended.candidates.iter().find(|c| c.options.text() == "r=0.0005").unwrap();
        assert!(rejected.is_within && rejected.verified.is_some());
    }

    #[test]
    fn a_deck_that_errs_is_told_and_one_that_is_cheapest_stays() {
        let (ended, _) = study(0.1, 1e-3, (2, 0));
        let choice = ended.choice.unwrap();
        assert_eq!(choice.options.text(), "r=0.0005");
        assert!(choice.cpu_ratio > 1.0);
        assert_eq!(
            ended.reasons,
            [
                "the deck as written is not within the tolerance: d is off by 10 % at p0",
                "there are no other points to verify the choice at"
            ]
        );
        let (ended, _) = study(5e-4, 1e-3, (2, 2));
        assert!(ended.choice.is_none());
        assert!(ended.reasons[0].starts_with("nothing well within the tolerance is cheaper"));
    }

    #[test]
    fn without_a_converged_simulation_nothing_is_said() {
        let (ended, _) = study(1e-6, 1e-8, (1, 0));
        assert!(ended.choice.is_none() && ended.candidates.is_empty());
        assert_eq!(
            ended.reasons,
            [
                "p0: `d` does not converge: the two tightest simulations differ by 9.0e-6 %, and a tolerance of \
              1.0e-6 % needs 2.0e-7 %"
            ]
        );
    }
}
