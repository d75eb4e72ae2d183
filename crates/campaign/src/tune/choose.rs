//! The choice: the cheapest options that are well within the tolerance at the sample, and within it
//! at other points.

use super::choice::Choice;
use super::errors::{Errors, percent};
use super::reference::{self, Reference, Refusal};
use super::sample::Sample;
use super::search::{self, Candidate, Search};
use super::simulate::Simulate;
use libchar_engine::Options;

/// The place of the deck as written among the candidates.
pub const DECK: usize = 0;

/// Options are worth a preset if their CPU time is below this fraction of that of the deck as
/// written.
const WORTH: f64 = 0.95;

/// Savings of less CPU time per simulation are ignored: the start of a simulator varies by as much
/// on a busy machine.
const NOISE_S: f64 = 5e-3;

/// Candidates whose CPU time is within this factor of the least are simulated again, to tell them
/// apart.
const CLOSE: f64 = 1.15;

/// The largest number of candidates that are simulated again.
const FINALISTS: usize = 4;

/// How often they are simulated again.
const REPEATS: usize = 2;

/// CPU times within this factor of the least count as equal: the smaller error then decides.
const SAME: f64 = 1.03;

/// The number of candidates that may fail the verification before the search for a choice ends.
const VERIFICATIONS: usize = 8;

/// The choice with notes for the user, or why there is none.
type Chosen = Result<(Choice, Vec<String>), Refusal>;

/// Chooses among the candidates that were tried, and verifies the choice at other points.
///
/// # Errors
/// The errors of the bench.
pub fn choose<B: Simulate>(
    search: &mut Search<'_, B>,
    sample: &Sample,
    ladder: &[Options],
) -> Result<Chosen, B::Error> {
    let refuse = |reason: &str| Ok(Err(vec![reason.to_owned()]));
    let order = finalists(search)?;
    if order.is_empty() {
        return refuse("no options are well within the tolerance at all points of the sample");
    }
    let worthy = worthy(search, order);
    if worthy.is_empty() {
        return refuse(
            "nothing well within the tolerance is cheaper than the deck as written: there is nothing to preset",
        );
    }
    let points = sample.verified();
    let reference = match converged(search, sample, &points, ladder)? {
        Ok(reference) => reference,
        Err(reasons) => return Ok(Err(reasons)),
    };
    let Some(place) = verified(search, &worthy, &points, &reference)? else {
        return refuse(
            "what is within the tolerance at the sample is not at other points: take a larger --sample",
        );
    };
    let deck = &search.tried[DECK];
    let mut notes = Vec::new();
    if !deck.is_within {
        let why = why(deck, sample);
        notes.push(format!("the deck as written is not within the tolerance: {why}"));
    }
    if points.is_empty() {
        notes.push("there are no other points to verify the choice at".to_owned());
    }
    let uncertain = [&search.reference.uncertainty, &reference.uncertainty];
    Ok(Ok((Choice::of(place, &search.tried[place], deck.cpu(), uncertain), notes)))
}

/// Returns the candidates that have a reserve, the cheapest first; among those of equal cost the
/// one with the smallest error comes first.
fn finalists<B: Simulate>(search: &mut Search<'_, B>) -> Result<Vec<usize>, B::Error> {
    let cpu = |search: &Search<'_, B>, place: usize| search.tried[place].cpu();
    let mut order: Vec<usize> =
        (0..search.tried.len()).filter(|&place| search.tried[place].has_reserve).collect();
    order.sort_by(|&a, &b| cpu(search, a).total_cmp(&cpu(search, b)));
    let Some(&cheapest) = order.first() else { return Ok(order) };
    let enough = CLOSE * cpu(search, cheapest);
    let close = order.iter().copied().filter(|&place| cpu(search, place) <= enough);
    let mut again: Vec<usize> = close.take(FINALISTS).collect();
    if !again.contains(&DECK) {
        again.push(DECK);
    }
    for _ in 0..REPEATS {
        search.repeat(&again)?;
    }
    order.sort_by(|&a, &b| cpu(search, a).total_cmp(&cpu(search, b)));
    let least = order.first().map_or(0.0, |&place| cpu(search, place));
    let same = order.iter().take_while(|&&place| cpu(search, place) <= SAME * least).count();
    let error = |place: usize| search.tried[place].error();
    order[..same].sort_by(|&a, &b| error(a).total_cmp(&error(b)));
    Ok(order)
}

/// Keeps the candidates that are clearly cheaper than the deck as written; all others if the deck
/// is not within the tolerance.
fn worthy<B>(search: &Search<'_, B>, order: Vec<usize>) -> Vec<usize> {
    let deck = &search.tried[DECK];
    let noise = NOISE_S * search.points.len() as f64;
    let enough = match deck.is_within {
        true => (WORTH * deck.cpu()).min(deck.cpu() - noise),
        false => f64::INFINITY,
    };
    let is_worthy = |&place: &usize| place != DECK && search.tried[place].cpu() <= enough;
    order.into_iter().filter(is_worthy).collect()
}

/// The converged simulation of the other points, with the options that were tight enough at the sample.
fn converged<B: Simulate>(
    search: &mut Search<'_, B>,
    sample: &Sample,
    points: &[usize],
    ladder: &[Options],
) -> Result<Result<Reference, Refusal>, B::Error> {
    if points.is_empty() {
        return Ok(Ok(Reference::default()));
    }
    let from = search.reference.rung.saturating_sub(1);
    let tolerances = search.tolerances.clone();
    reference::converge(search.bench, &ladder[from..], (sample, points), &tolerances)
}

/// Returns the first candidate that is within the tolerance at the other points.
fn verified<B: Simulate>(
    search: &mut Search<'_, B>,
    worthy: &[usize],
    points: &[usize],
    reference: &Reference,
) -> Result<Option<usize>, B::Error> {
    if points.is_empty() {
        return Ok(worthy.first().copied());
    }
    let (mut too_much, mut failed) = (f64::INFINITY, 0);
    for &place in worthy {
        // A candidate with a larger error at the sample than one that failed will not do better at
        // other points.
        let error = search.tried[place].error();
        if error >= too_much || failed == VERIFICATIONS {
            continue;
        }
        let options = search.tried[place].options.clone();
        let tasks: Vec<(usize, &Options)> = points.iter().map(|&point| (point, &options)).collect();
        let simulated = search.bench.simulate(&tasks)?;
        let errors = search::errors(&simulated, points, reference, &search.tolerances);
        let limit = search.tolerances.relative;
        let is_within =
            errors.as_ref().is_ok_and(|errors| errors.are_within(limit, &reference.uncertainty));
        search.tried[place].verified = Some(errors);
        if is_within {
            return Ok(Some(place));
        }
        (too_much, failed) = (error, failed + 1);
    }
    Ok(None)
}

/// Why a candidate is not within the tolerance.
fn why(candidate: &Candidate, sample: &Sample) -> String {
    match &candidate.errors {
        Err(reason) => reason.clone(),
        Ok(errors) => errors.worst().map_or_else(String::new, |worst| {
            let point = &sample.points[worst.point].id;
            format!("{} is off by {} at {point}", worst.measure, percent(worst.error))
        }),
    }
}

impl Candidate {
    /// The largest error at the sample.
    fn error(&self) -> f64 {
        let worst = self.errors.as_ref().ok().and_then(Errors::worst);
        worst.map_or(0.0, |worst| worst.error)
    }
}
