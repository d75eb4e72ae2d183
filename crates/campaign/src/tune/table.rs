//! The table of the sets of options that were tried.

use super::errors::Errors;
use super::search::Candidate;
use super::study::Ended;
use libchar_core::number::significant;
use libchar_core::{Cell, Frame};

const COLUMNS: [&str; 10] = [
    "role",
    "options",
    "status",
    "cpu_s",
    "cpu_pct",
    "error_pct",
    "measure",
    "point",
    "verified_pct",
    "reason",
];

/// Digits of an error or a time.
const DIGITS: usize = 3;

/// The deck as written, the converged simulation, then every other set of options by CPU time.
pub fn frame(ended: &Ended) -> Frame {
    let mut frame = Frame::new("libchar.tune", 1, COLUMNS);
    let Some((deck, others)) = ended.candidates.split_first() else { return frame };
    let deck_cpu = deck.cpu();
    frame.push(row(ended, "deck", deck, deck_cpu));
    if let Some((options, reference)) = &ended.reference {
        let mut row = vec!["reference".into(), options.text().into(), "converged".into()];
        row.extend([number(reference.cpu_s), number(100.0 * reference.cpu_s / deck_cpu)]);
        row.extend(worst(ended, &reference.uncertainty));
        row.extend([Cell::Null, Cell::Null]);
        frame.push(row);
    }
    let chosen = ended.choice.as_ref().map(|choice| choice.place);
    let mut order: Vec<(usize, &Candidate)> = (1..).zip(others).collect();
    order.sort_by(|(_, a), (_, b)| a.cpu().total_cmp(&b.cpu()));
    for (place, candidate) in order {
        let role = if chosen == Some(place) { "chosen" } else { "candidate" };
        frame.push(row(ended, role, candidate, deck_cpu));
    }
    frame
}

fn row(ended: &Ended, role: &str, candidate: &Candidate, deck_cpu: f64) -> Vec<Cell> {
    let verified = candidate.verified.as_ref();
    let failed = candidate.errors.as_ref().err().or(verified.and_then(|v| v.as_ref().err()));
    let status = match (&candidate.errors, candidate.is_within) {
        (Err(_), _) => "failed",
        (Ok(_), true) => "within",
        (Ok(_), false) => "outside",
    };
    let mut row = vec![role.into(), candidate.options.text().into(), status.into()];
    row.extend([number(candidate.cpu()), number(100.0 * candidate.cpu() / deck_cpu)]);
    match &candidate.errors {
        Ok(errors) => row.extend(worst(ended, errors)),
        Err(_) => row.extend([Cell::Null, Cell::Null, Cell::Null]),
    }
    let verified = verified.and_then(|verified| verified.as_ref().ok()).and_then(Errors::worst);
    row.push(verified.map_or(Cell::Null, |worst| number(100.0 * worst.error)));
    row.push(failed.map(String::as_str).into());
    row
}

/// The largest error with its measure and point.
fn worst(ended: &Ended, errors: &Errors) -> [Cell; 3] {
    match errors.worst() {
        Some(worst) => [
            number(100.0 * worst.error),
            worst.measure.as_str().into(),
            ended.points.get(worst.point).map(String::as_str).into(),
        ],
        None => [Cell::Null, Cell::Null, Cell::Null],
    }
}

fn number(value: f64) -> Cell {
    significant(value, DIGITS).parse::<f64>().map_or(Cell::Null, Cell::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tune::errors::Errors;
    use crate::tune::reference::Reference;
    use libchar_engine::Options;

    /// 8 s beside 2 + 3 s are 160 %.
    #[test]
    fn times_are_parts_of_that_of_the_deck() {
        let deck = Candidate {
            options: Options::default(),
            cpu_s: vec![2.0, 3.0],
            errors: Ok(Errors::default()),
            verified: None,
            is_within: true,
            has_reserve: true,
        };
        let reference = Reference { cpu_s: 8.0, ..Reference::default() };
        let ended = Ended {
            candidates: vec![deck],
            reference: Some((Options::default(), reference)),
            ..Ended::default()
        };
        let text = String::from_utf8(frame(&ended).to_csv()).unwrap();
        let column = |name: &str| COLUMNS.iter().position(|column| *column == name).unwrap();
        let row = |line: usize| text.lines().nth(line).unwrap().split(',').collect::<Vec<_>>();
        let (cpu, share) = (column("cpu_s"), column("cpu_pct"));
        assert_eq!((row(1)[cpu], row(1)[share]), ("5", "100"));
        assert_eq!((row(2)[cpu], row(2)[share]), ("8", "160"));
    }
}
