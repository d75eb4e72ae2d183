//! Chooses some points of a domain: by name, by corner, or as a sample.

use crate::job;
use crate::samples;
use crate::status::{State, Status};
use anyhow::{Result, bail};
use libchar_core::glob::matches;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults};
use libchar_pvt::Point;
use std::collections::BTreeSet;

/// Which points a run is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'w> {
    /// The ids that were handed over, if some were.
    pub listed: Option<&'w BTreeSet<String>>,
    /// Patterns of ids; none is all.
    pub patterns: &'w [String],
    /// Corners; none is all.
    pub corners: &'w [String],
    /// Only points whose last simulation failed.
    pub failed: bool,
    /// Only this many, spread evenly.
    pub sample: Option<usize>,
}

/// The points that are wanted, in the order of points.csv.
///
/// # Errors
/// A name that is no point or no corner, with the nearest one; a sample of none.
pub fn choose(points: &[Point], wanted: Wanted<'_>) -> Result<Vec<Point>> {
    let mut chosen: Vec<&Point> = points.iter().collect();
    if let Some(listed) = wanted.listed {
        chosen.retain(|point| listed.contains(&point.id));
    }
    keep_named(&mut chosen, points, wanted.patterns, wanted.corners)?;
    if wanted.failed {
        let has_failed =
            |id: &str| Status::read(id).is_some_and(|status| status.status != State::Done);
        let failed: BTreeSet<String> = job::with_blocks(chosen.iter().copied().cloned().collect())?
            .iter()
            .filter(|point| has_failed(&point.id))
            .map(|point| samples::point_id(&point.id).to_owned())
            .collect();
        chosen.retain(|point| failed.contains(&point.id));
    }
    match wanted.sample {
        Some(0) => bail!("--sample takes 1 or more"),
        Some(n) => chosen = spread(&chosen, n),
        None => {}
    }
    Ok(chosen.into_iter().cloned().collect())
}

/// Keeps the points that match one of the patterns and belong to one of the corners; an empty list keeps all.
///
/// # Errors
/// A name that is not a point or corner, with the nearest valid one.
pub fn keep_named(
    chosen: &mut Vec<&Point>,
    points: &[Point],
    patterns: &[String],
    corners: &[String],
) -> Result<(), Faults> {
    for pattern in patterns {
        if !points.iter().any(|point| matches(pattern, &point.id)) {
            let fault = Fault::of("--point", format!("no point is `{pattern}`"));
            let near = nearest(pattern, points.iter().map(|point| point.id.as_str()));
            return Err(Fault { nearest: near.map(str::to_owned), ..fault }.into());
        }
    }
    let known: BTreeSet<&str> = points.iter().map(|point| point.corner.as_str()).collect();
    for corner in corners {
        if !known.contains(corner.as_str()) {
            let fault = Fault::of("--corner", format!("unknown corner `{corner}`"));
            return Err(fault.one_of(corner, known.iter().copied()).into());
        }
    }
    let is_named = |id: &str| patterns.iter().any(|pattern| matches(pattern, id));
    chosen.retain(|point| {
        (patterns.is_empty() || is_named(&point.id))
            && (corners.is_empty() || corners.contains(&point.corner))
    });
    Ok(())
}

/// `n` of the items, spread evenly, the first and the last among them.
pub fn spread<T: Copy>(items: &[T], n: usize) -> Vec<T> {
    if n >= items.len() {
        return items.to_vec();
    }
    let last = items.len() - 1;
    (0..n).map(|i| items[if n == 1 { 0 } else { i * last / (n - 1) }]).collect()
}

/// Moves the items whose ids match the first pattern to the front, then those of the second, and so on.
pub fn prioritize<T, I: AsRef<str>>(items: &mut [T], id: impl Fn(&T) -> I, patterns: &[String]) {
    let place = |item: &T| patterns.iter().position(|pattern| matches(pattern, id(item).as_ref()));
    items.sort_by_key(|item| place(item).unwrap_or(patterns.len()));
}

#[cfg(test)]
mod tests {
    use super::{Wanted, choose, keep_named, prioritize, spread};
    use crate::fixture::Domain;
    use crate::status::Status;
    use libchar_engine::{Class, Failure};

    #[test]
    fn failed_and_listed_points_are_sampled() {
        let domain = Domain::new(4);
        for (i, fails) in [(0, true), (1, false), (2, true)] {
            let mut status = Status::adopted(&domain.points[i], ("ngspice", "39"), None);
            if fails {
                status.fail(&Failure::new(Class::Measure, "tphl failed"));
            }
            status.write().unwrap();
        }
        let names = |wanted: Wanted<'_>| {
            let chosen = choose(&domain.points, wanted).unwrap();
            chosen.iter().map(|p| p.id.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let failed = Wanted { failed: true, ..Wanted::default() };
        assert_eq!(names(failed), ["v0", "v2"], "one that was never simulated did not fail");
        assert_eq!(names(Wanted { sample: Some(1), ..failed }), ["v0"]);
        let listed = [domain.points[2].id.clone(), domain.points[1].id.clone()].into();
        assert_eq!(names(Wanted { listed: Some(&listed), ..failed }), ["v2"]);
        let none = Wanted { sample: Some(0), ..Wanted::default() };
        assert_eq!(
            choose(&domain.points, none).unwrap_err().to_string(),
            "--sample takes 1 or more"
        );
    }

    #[test]
    fn points_are_chosen_by_pattern_and_by_corner() {
        let mut domain = Domain::new(3);
        domain.points[2].corner = "SS".to_owned();
        let of = |patterns: &[&str], corners: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
            let mut chosen = domain.points.iter().collect();
            keep_named(&mut chosen, &domain.points, &owned(patterns), &owned(corners))
                .map(|()| chosen.iter().map(|point| point.id.rsplit('/').next().unwrap()).collect())
                .map_err(|faults| faults.to_string())
        };
        let is = |ids: &[&'static str]| Ok::<Vec<_>, String>(ids.to_vec());
        assert_eq!(of(&[], &[]), is(&["v0", "v1", "v2"]));
        assert_eq!(of(&["*/v1", "*/v2"], &[]), is(&["v1", "v2"]));
        assert_eq!(of(&[], &["SS"]), is(&["v2"]));
        assert_eq!(of(&["*/v1"], &["SS"]), is(&[]));
        let near = domain.points[0].id.replace("v0", "v9");
        let error = of(&[&near], &[]).unwrap_err();
        assert!(error.starts_with(&format!("--point: no point is `{near}`")), "{error}");
        assert!(error.contains("did you mean"), "{error}");
        assert!(of(&[], &["S"]).unwrap_err().starts_with("--corner: unknown corner `S`"));
    }

    #[test]
    fn the_first_pattern_comes_first_and_the_rest_stays_in_order() {
        let mut ids = ["TT/a", "SS/a", "TT/b", "FF/a", "SS/b"];
        let patterns = ["SS/*".to_owned(), "*/b".to_owned()];
        prioritize(&mut ids, |id| (*id).to_owned(), &patterns);
        assert_eq!(ids, ["SS/a", "SS/b", "TT/b", "TT/a", "FF/a"]);
    }

    #[test]
    fn a_sample_is_spread() {
        assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6], 3), [0, 3, 6]);
        assert_eq!(spread(&[0, 1], 5), [0, 1]);
        assert_eq!(spread(&[7, 8], 1), [7]);
    }
}
