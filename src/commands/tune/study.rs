//! The whole of it: converge, try, choose, verify.

use super::bench::Bench;
use super::errors::{Errors, Tolerances};
use super::reference::{self, Reference};
use super::sample::Sample;
use super::search::{self, Axis, Candidate, Search};
use crate::commands::run::engine::Engine;
use crate::context::Context;
use crate::exit::Usage;
use crate::presets::{MeasureErrors, Measured};
use anyhow::Result;
use libchar_core::number::significant;
use libchar_core::{Fault, Faults};
use libchar_engine::Options;
use std::collections::BTreeMap;

/// CPU time, over that of the deck as written, below which another set of options is worth a preset.
const WORTH: f64 = 0.95;

/// CPU time of a simulation that nobody misses: less than what starting a simulator varies by.
const NOISE_S: f64 = 2e-3;

/// Candidates whose CPU time is within this of the least are simulated again, to tell them apart.
const CLOSE: f64 = 1.15;

/// How many of these.
const FINALISTS: usize = 4;

/// How often they are simulated again.
const REPEATS: usize = 2;

/// CPU times within this of the least are the same: then the smaller error decides.
const SAME: f64 = 1.03;

/// How many candidates may fail the verification.
const VERIFICATIONS: usize = 8;

/// What a study needs.
pub struct Study<'s, 'a> {
    ctx: &'s Context,
    engine: &'s Engine,
    bench: &'s mut Bench<'a>,
    sample: &'s Sample,
    tolerances: Tolerances,
    ladder: Vec<Options>,
    axes: Vec<Axis>,
}

/// How a study ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// Ids of the points.
    pub points: Vec<String>,
    /// The options of the converged simulation.
    pub reference: Option<(Options, Reference)>,
    /// What was tried, the deck as written first.
    pub candidates: Vec<Candidate>,
    /// The choice, if there is one.
    pub choice: Option<Choice>,
    /// What the user should know.
    pub reasons: Vec<String>,
}

/// The chosen options.
#[derive(Debug)]
pub struct Choice {
    /// Place in the list of candidates.
    pub place: usize,
    /// The options.
    pub options: Options,
    /// What was measured of them.
    pub measured: Measured,
}

impl<'s, 'a> Study<'s, 'a> {
    /// A study with the options that the simulator's description offers.
    pub fn new(
        ctx: &'s Context,
        engine: &'s Engine,
        bench: &'s mut Bench<'a>,
        sample: &'s Sample,
        tolerances: Tolerances,
    ) -> Result<Self> {
        let tuning = &engine.simulator.tune;
        if tuning.axes.is_empty() || tuning.reference.len() < 2 {
            let message = format!(
                "the description of {} has no [tune]: which options decide how exact and how fast it is",
                engine.name
            );
            return Err(Usage(message).into());
        }
        if !bench.has_measures() {
            return Err(
                Usage("the decks ask for no measure: nothing can be wrong".to_owned()).into()
            );
        }
        let bounds = bench.can_bound_steps();
        if !bounds {
            ctx.log
                .warning("max_step", "no deck-wide time step to bound: max_step is left as it is");
        }
        let read = |table: &toml::Table| -> Result<Options, Faults> {
            let place = format!("simulators.{}.tune", engine.name);
            let options = Options::from_toml(table)
                .and_then(|options| {
                    options.check(&engine.name, &engine.simulator).map(|()| options)
                })
                .map_err(|e| Faults::from(Fault::of(place, e.to_string())))?;
            Ok(if bounds { options } else { options.without_max_step() })
        };
        let ladder = tuning.reference.iter().map(read).collect::<Result<_, _>>()?;
        let mut axes = Vec::new();
        for axis in &tuning.axes {
            let mut values = axis.values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            values.retain(|value| !value.is_empty());
            if !values.is_empty() {
                axes.push(Axis { ordered: axis.ordered, values });
            }
        }
        Ok(Study { ctx, engine, bench, sample, tolerances, ladder, axes })
    }

    /// Does it.
    pub fn run(self) -> Result<Ended> {
        let Study { ctx, engine, bench, sample, tolerances, ladder, axes } = self;
        let points = sample.tried();
        let mut ended = Ended {
            points: sample.ids(&[points.clone(), sample.verified()].concat()),
            ..Ended::default()
        };
        ctx.log.info(
            "converge",
            format!("looking for a converged simulation of {} points", points.len()),
        );
        let on = (sample, points.as_slice());
        let reference = match reference::converge(bench, &ladder, 0, on, &tolerances)? {
            Ok(reference) => reference,
            Err(reasons) => return Ok(Ended { reasons, ..ended }),
        };
        let rung = reference.rung;
        let uncertainty = reference.uncertainty.worst().map_or(0.0, |worst| worst.error);
        ctx.log.info(
            "converged",
            format!("converged with {}, within {}", ladder[rung], percent(uncertainty)),
        );
        ended.reference = Some((ladder[rung].clone(), reference.clone()));
        let tried = Vec::new();
        let mut search = Search { bench, points, reference, tolerances, tried };
        let deck = search.evaluate(&[Options::default()])?[0];
        // From the deck as written if it will do, else from the first options that are known to do.
        let mut start = deck;
        for options in &ladder[..=rung] {
            if search.tried[start].has_reserve {
                break;
            }
            start = search.evaluate(std::slice::from_ref(options))?[0];
        }
        if search.tried[start].has_reserve {
            search.improve(start, &axes)?;
        }
        let order = finalists(&mut search, deck)?;
        let mut final_ = Final { ctx, engine, sample, ladder: &ladder, search, deck };
        final_.choose(&order, &mut ended)?;
        ended.candidates = final_.search.tried;
        Ok(ended)
    }
}

/// Candidates within the tolerance, the cheapest first; of those that cost the same the one with the smallest error.
fn finalists(search: &mut Search<'_, '_>, deck: usize) -> Result<Vec<usize>> {
    let cpu = |search: &Search<'_, '_>, place: usize| search.tried[place].cpu();
    let mut order: Vec<usize> =
        (0..search.tried.len()).filter(|&place| search.tried[place].is_within).collect();
    order.sort_by(|&a, &b| cpu(search, a).total_cmp(&cpu(search, b)));
    let Some(&cheapest) = order.first() else { return Ok(order) };
    let least = cpu(search, cheapest);
    let close: Vec<usize> = order
        .iter()
        .copied()
        .filter(|&place| cpu(search, place) <= CLOSE * least)
        .take(FINALISTS)
        .collect();
    let mut again = close.clone();
    if !again.contains(&deck) {
        again.push(deck);
    }
    for _ in 0..REPEATS {
        search.repeat(&again)?;
    }
    order.sort_by(|&a, &b| cpu(search, a).total_cmp(&cpu(search, b)));
    let least = order.first().map_or(0.0, |&place| cpu(search, place));
    let error = |place: usize| error(&search.tried[place]);
    let same = order.iter().take_while(|&&place| cpu(search, place) <= SAME * least).count();
    order[..same].sort_by(|&a, &b| error(a).total_cmp(&error(b)));
    Ok(order)
}

/// The largest error of a candidate at the sample.
fn error(candidate: &Candidate) -> f64 {
    let worst = candidate.errors.as_ref().ok().and_then(Errors::worst);
    worst.map_or(0.0, |worst| worst.error)
}

/// The last step: the cheapest that holds at other points too.
struct Final<'f, 's, 'a> {
    ctx: &'f Context,
    engine: &'f Engine,
    sample: &'f Sample,
    ladder: &'f [Options],
    search: Search<'s, 'a>,
    deck: usize,
}

impl Final<'_, '_, '_> {
    fn choose(&mut self, order: &[usize], ended: &mut Ended) -> Result<()> {
        let deck_cpu = self.search.tried[self.deck].cpu();
        let deck_is_within = self.search.tried[self.deck].is_within;
        if order.is_empty() {
            ended.reasons.push("no options are within the tolerance at all points".to_owned());
            return Ok(());
        }
        let noise = NOISE_S * self.search.points.len() as f64;
        let worth = |place: usize, cpu: f64| {
            let enough = (WORTH * deck_cpu).min(deck_cpu - noise);
            place != self.deck && (!deck_is_within || cpu <= enough)
        };
        let worthy: Vec<usize> = order
            .iter()
            .copied()
            .filter(|&place| worth(place, self.search.tried[place].cpu()))
            .collect();
        if worthy.is_empty() {
            ended.reasons.push(
                "nothing within the tolerance is cheaper than the deck as written: there is nothing to preset"
                    .to_owned(),
            );
            return Ok(());
        }
        let points = self.sample.verified();
        let reference = match self.verification(&points)? {
            Ok(reference) => reference,
            Err(reasons) => {
                ended.reasons.extend(reasons);
                return Ok(());
            }
        };
        let mut too_much = f64::INFINITY;
        let mut failed = 0;
        for &place in &worthy {
            // What errs more at the sample than a set that failed will not do better at other points.
            let error = error(&self.search.tried[place]);
            if error >= too_much {
                continue;
            }
            if !self.verify(place, &points, &reference)? {
                too_much = error;
                failed += 1;
                if failed == VERIFICATIONS {
                    break;
                }
                continue;
            }
            if !deck_is_within {
                let candidate = &self.search.tried[self.deck];
                ended.reasons.push(format!(
                    "the deck as written is not within the tolerance: {}",
                    self.why(candidate)
                ));
            }
            if points.is_empty() {
                ended.reasons.push("there are no other points to verify the choice at".to_owned());
            }
            ended.choice = Some(self.choice(place, deck_cpu, &points, &reference));
            return Ok(());
        }
        ended.reasons.push(
            "what is within the tolerance at the sample is not at other points: take a larger --sample".to_owned(),
        );
        Ok(())
    }

    /// The converged simulation of the other points, with the options that were tight enough at the sample.
    fn verification(&mut self, points: &[usize]) -> Result<Result<Reference, Vec<String>>> {
        if points.is_empty() {
            return Ok(Ok(Reference::default()));
        }
        self.ctx.log.info("verify", format!("verifying at {} other points", points.len()));
        let from = self.search.reference.rung - 1;
        let tolerances = self.search.tolerances.clone();
        reference::converge(
            self.search.bench,
            self.ladder,
            from,
            (self.sample, points),
            &tolerances,
        )
    }

    fn verify(&mut self, place: usize, points: &[usize], reference: &Reference) -> Result<bool> {
        if points.is_empty() {
            return Ok(true);
        }
        let options = self.search.tried[place].options.clone();
        let tasks: Vec<(usize, &Options)> = points.iter().map(|&point| (point, &options)).collect();
        let simulated = self.search.bench.simulate(&tasks)?;
        let tolerances = &self.search.tolerances;
        let errors = search::errors(&simulated, points, reference, tolerances);
        let is_within = errors
            .as_ref()
            .is_ok_and(|e| e.are_within(tolerances.relative, &reference.uncertainty));
        self.search.tried[place].verified = Some(errors);
        Ok(is_within)
    }

    fn why(&self, candidate: &Candidate) -> String {
        match &candidate.errors {
            Err(reason) => reason.clone(),
            Ok(errors) => errors.worst().map_or(String::new(), |worst| {
                let point = &self.sample.points[worst.point].id;
                format!("{} is off by {} at {point}", worst.measure, percent(worst.error))
            }),
        }
    }

    fn choice(
        &self,
        place: usize,
        deck_cpu: f64,
        points: &[usize],
        reference: &Reference,
    ) -> Choice {
        let candidate = &self.search.tried[place];
        let none = Errors::default();
        let sample = candidate.errors.as_ref().unwrap_or(&none);
        let verified = candidate.verified.as_ref().and_then(|verified| verified.as_ref().ok());
        let known = &self.search.reference.uncertainty;
        let errors: BTreeMap<String, MeasureErrors> = sample
            .by_measure
            .keys()
            .map(|name| {
                let errors = MeasureErrors {
                    sample: sample.of(name),
                    verified: verified.map(|verified| verified.of(name)),
                    reference: known.of(name).max(reference.uncertainty.of(name)),
                };
                (name.clone(), errors)
            })
            .collect();
        let measured = Measured {
            tolerance: self.search.tolerances.relative,
            simulator: self.engine.name.clone(),
            version: self.engine.version.clone(),
            cpu_ratio: candidate.cpu() / deck_cpu,
            points: self.sample.ids(&self.search.points),
            verified: self.sample.ids(points),
            errors,
        };
        Choice { place, options: candidate.options.clone(), measured }
    }
}

fn percent(error: f64) -> String {
    format!("{} %", significant(100.0 * error, 2))
}
