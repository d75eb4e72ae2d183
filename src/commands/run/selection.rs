//! Which points a run is about.

use super::plan::Job;
use super::status::{State, Status};
use super::{Run, Usage};
use crate::context::Source;
use crate::point_list;
use anyhow::Result;
use libchar_core::{Fault, Faults};
use libchar_pvt::Point;
use std::collections::BTreeSet;

/// The points that the arguments and standard input name, in the order of points.csv.
///
/// # Errors
/// A name that is no point or no corner, with the nearest one.
pub fn choose(points: &[Point], args: &Run, named: Option<&Source>) -> Result<Vec<Point>> {
    let mut chosen: Vec<&Point> = points.iter().collect();
    if let Some(source) = named {
        let wanted = point_list::read(points, &source.name, &source.bytes)?;
        chosen.retain(|point| wanted.contains(&point.id));
    }
    if !args.point.is_empty() {
        for pattern in &args.point {
            if !points.iter().any(|point| matches(pattern, &point.id)) {
                let fault = Fault::of("--point", format!("no point is `{pattern}`"));
                let near =
                    libchar_core::nearest::nearest(pattern, points.iter().map(|p| p.id.as_str()));
                return Err(
                    Faults::from(Fault { nearest: near.map(str::to_owned), ..fault }).into()
                );
            }
        }
        chosen.retain(|point| args.point.iter().any(|pattern| matches(pattern, &point.id)));
    }
    if !args.corner.is_empty() {
        let corners: BTreeSet<&str> = points.iter().map(|point| point.corner.as_str()).collect();
        for corner in &args.corner {
            if !corners.contains(corner.as_str()) {
                let fault = Fault::of("--corner", format!("unknown corner `{corner}`"));
                return Err(Faults::from(fault.one_of(corner, corners.iter().copied())).into());
            }
        }
        chosen.retain(|point| args.corner.contains(&point.corner));
    }
    if args.failed {
        chosen.retain(|point| {
            Status::read(&point.id).is_some_and(|status| status.status != State::Done)
        });
    }
    if let Some(n) = args.sample {
        if n == 0 {
            return Err(Usage("--sample takes 1 or more".to_owned()).into());
        }
        chosen = spread(&chosen, n);
    }
    Ok(chosen.into_iter().cloned().collect())
}

/// `n` of the items, the first and the last among them.
fn spread<T: Copy>(items: &[T], n: usize) -> Vec<T> {
    if n >= items.len() {
        return items.to_vec();
    }
    let last = items.len() - 1;
    (0..n).map(|i| items[if n == 1 { 0 } else { i * last / (n - 1) }]).collect()
}

/// Moves the jobs of the first pattern to the front, then those of the second, and so on.
pub fn prioritize(todo: &mut [usize], jobs: &[Job], patterns: &[String]) {
    todo.sort_by_key(|&i| {
        patterns.iter().position(|pattern| matches(pattern, jobs[i].id())).unwrap_or(patterns.len())
    });
}

/// Whether a text matches a pattern in which `*` stands for any text.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{matches, spread};

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, expected) in [
            ("TT/*", "TT/typical/typical_25/v1", true),
            ("*/v1", "TT/typical/typical_25/v1", true),
            ("T*_25*", "TT/typical/typical_25/v1", true),
            ("*ab", "ab", true),
            ("a*a", "a", false),
            ("TT", "TT/typical", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_sample_is_spread() {
        assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6], 3), [0, 3, 6]);
        assert_eq!(spread(&[0, 1], 5), [0, 1]);
        assert_eq!(spread(&[7, 8], 1), [7]);
    }
}
