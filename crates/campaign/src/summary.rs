//! `run.csv`: how the points of a run ended.

use crate::job;
use crate::outputs;
use crate::samples::Block;
use crate::status::{self, State, Status};
use libchar_core::words::count;
use libchar_core::{Cell, Faults, Frame};
use libchar_pvt::Point;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The summary of a domain: one row for each point of points.csv.
pub const FILE: &str = "run.csv";

/// The statuses of the points of a run, in its order.
#[derive(Default)]
pub struct Results {
    ids: Vec<String>,
    statuses: BTreeMap<String, Option<Status>>,
}

impl Results {
    /// The number of points.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Adds a point.
    pub fn push(&mut self, id: &str, status: Option<Status>) {
        self.ids.push(id.to_owned());
        self.statuses.insert(id.to_owned(), status);
    }

    /// Adds a block of samples to its point, which must have been added before. A point is done
    /// only when all its blocks are; the first block that is not done decides the point's status.
    pub fn push_block(&mut self, point: &str, block: Block, status: Option<Status>) {
        let Some(known) = self.statuses.get_mut(point) else { return };
        if known.as_ref().is_none_or(|known| known.status != State::Done) {
            return;
        }
        match status {
            Some(status) if status.status == State::Done => {
                if let Some(known) = known {
                    known.flaky |= status.flaky;
                }
            }
            Some(status) => {
                *known = Some(status.of_point(point, &block.folder()));
            }
            None => *known = None,
        }
    }

    /// The points that are done.
    pub fn done(&self, points: &[Point]) -> Vec<Point> {
        let is_done = |point: &&Point| {
            self.get(&point.id).flatten().is_some_and(|status| status.status == State::Done)
        };
        points.iter().filter(is_done).cloned().collect()
    }

    /// The status of a point; `None` if the run did not include it.
    pub fn get(&self, id: &str) -> Option<Option<&Status>> {
        self.statuses.get(id).map(Option::as_ref)
    }

    /// How many points ended how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, status) in self.iter() {
            let state = status.map_or("missing", |s| s.status.word());
            *counts.states.entry(state).or_default() += 1;
            counts.flaky += usize::from(status.is_some_and(|s| s.flaky));
        }
        counts
    }

    /// The rows of the points.
    pub fn rows(&self) -> Frame {
        let mut frame = frame();
        self.iter().for_each(|(id, status)| frame.push(row(id, status)));
        frame
    }

    /// The points in their order, with their statuses.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&Status>)> {
        self.ids.iter().map(|id| (id.as_str(), self.statuses[id].as_ref()))
    }
}

/// How many points ended how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Points by the word of their state; those without a status are `missing`.
    pub states: BTreeMap<&'static str, usize>,
    /// Points that failed before they succeeded, with nothing changed.
    pub flaky: usize,
}

impl Counts {
    /// The points in a state.
    pub fn of(&self, state: &str) -> usize {
        self.states.get(state).copied().unwrap_or(0)
    }

    /// `3 of 5 points done (1 flaky), 2 failed`.
    pub fn text(&self) -> String {
        let points = self.states.values().sum();
        let others = self.states.iter().filter(|(state, _)| **state != "done");
        let others: String = others.map(|(state, n)| format!(", {n} {state}")).collect();
        let flaky = if self.flaky > 0 { format!(" ({} flaky)", self.flaky) } else { String::new() };
        format!("{} of {} done{flaky}{others}", self.of("done"), count(points, "point"))
    }
}

/// `run.csv`. Points that the run was not about count as they are on disk.
pub fn table(points: &[Point], results: &Results) -> Frame {
    let mut frame = frame();
    for point in points {
        match results.get(&point.id) {
            Some(status) => frame.push(row(&point.id, status)),
            None => frame.push(row(&point.id, Status::read(&point.id).as_ref())),
        }
    }
    frame
}

/// The files that simulations leave in the folders of points and of the blocks of their samples.
///
/// # Errors
/// Faults of `blocks.csv`.
pub fn files(points: &[Point], results: &Results) -> Result<Vec<PathBuf>, Faults> {
    let mut files = Vec::new();
    for point in job::with_blocks(points.to_vec())? {
        let folder = Path::new(&point.id);
        files.push(folder.join(status::FILE));
        files.push(folder.join(format!("{}.log", outputs::stem(point.deck_name()))));
        let status = results.get(&point.id).flatten();
        let recorded = status.and_then(|status| status.outputs.as_ref());
        files.extend(recorded.into_iter().flatten().map(|output| folder.join(&output.name)));
    }
    Ok(files)
}

/// The table without a row.
pub fn frame() -> Frame {
    let columns = ["point", "status", "class", "reason", "attempts", "flaky", "recipe", "preset"];
    Frame::new("libchar.run", 1, columns)
}

/// The row of a point.
pub fn row(point: &str, status: Option<&Status>) -> Vec<Cell> {
    let Some(status) = status else {
        let mut row = vec![Cell::from(point), "missing".into()];
        row.resize(8, Cell::Null);
        return row;
    };
    vec![
        point.into(),
        status.status.word().into(),
        status.class.map(|class| class.word()).into(),
        status.reason.as_deref().into(),
        i64::from(status.attempts).into(),
        status.flaky.into(),
        status.recipe.as_deref().into(),
        status.preset.as_deref().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Results, files, frame, row, table};
    use crate::fixture::Domain;
    use crate::samples::Block;
    use crate::status::{State, Status};
    use libchar_engine::{Class, Failure};

    fn status(domain: &Domain, flaky: bool) -> Status {
        Status { flaky, ..Status::adopted(&domain.points[0], ("ngspice", "39"), None) }
    }

    #[test]
    fn a_point_is_done_when_all_its_blocks_are() {
        let domain = Domain::new(2);
        let (first, second) = (domain.points[0].id.as_str(), domain.points[1].id.as_str());
        let block = Block { first: 1, samples: 2 };
        let mut results = Results::default();
        assert!(results.is_empty());
        results.push(first, Some(status(&domain, false)));
        results.push(second, None);
        assert_eq!(results.len(), 2);
        results.push_block(first, block, Some(status(&domain, true)));
        let now = results.get(first).flatten().unwrap();
        assert!(now.flaky && now.reason.is_none(), "a flaky block makes a flaky point");
        results.push_block(second, block, Some(status(&domain, false)));
        assert_eq!(results.get(second), Some(None), "a block alone makes no point");
        assert_eq!(results.done(&domain.points).len(), 1);
        let mut failed = status(&domain, false);
        failed.fail(&Failure::new(Class::Measure, "tphl failed"));
        results.push_block(first, block, Some(failed));
        let now = results.get(first).flatten().unwrap();
        assert_eq!(now.status, State::Failed);
        assert_eq!(
            (now.point.as_str(), now.reason.as_deref()),
            (first, Some("mc_1-2: tphl failed"))
        );
        results.push_block(first, block, None);
        assert_eq!(results.get(first).flatten().unwrap().status, State::Failed, "the first counts");
        assert!(results.done(&domain.points).is_empty());
        assert_eq!(results.get("other"), None);
        assert_eq!(results.iter().map(|(id, _)| id).collect::<Vec<_>>(), [first, second]);
    }

    #[test]
    fn a_block_that_is_not_simulated_takes_its_point_back() {
        let domain = Domain::new(1);
        let id = domain.points[0].id.as_str();
        let mut results = Results::default();
        results.push(id, Some(status(&domain, false)));
        results.push_block("unknown", Block { first: 1, samples: 1 }, None);
        results.push_block(id, Block { first: 1, samples: 1 }, None);
        assert_eq!(results.get(id), Some(None));
    }

    #[test]
    fn states_are_counted_and_named_in_order() {
        let domain = Domain::new(4);
        let mut failed = status(&domain, true);
        failed.fail(&Failure::new(Class::Measure, "tphl failed"));
        let mut results = Results::default();
        results.push("a", Some(status(&domain, true)));
        results.push("b", Some(status(&domain, false)));
        results.push("c", Some(failed));
        results.push("d", None);
        let counts = results.counts();
        assert_eq!((counts.of("done"), counts.of("failed"), counts.of("lost")), (2, 1, 0));
        assert_eq!(counts.text(), "2 of 4 points done (2 flaky), 1 failed, 1 missing");
        assert_eq!(results.rows().to_csv().split(|b| *b == b'\n').count(), 6, "with the header");
    }

    #[test]
    fn points_that_the_run_was_not_about_count_as_they_are_on_disk() {
        let domain = Domain::new(2);
        status(&domain, false).write().unwrap();
        let csv = String::from_utf8(table(&domain.points, &Results::default()).to_csv()).unwrap();
        let states: Vec<&str> =
            csv.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(states, ["done", "missing"]);
        let names = files(&domain.points[..1], &Results::default()).unwrap();
        let ends: Vec<_> = names.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(ends, ["status.json", "sim_tx.log"]);
    }

    #[test]
    fn a_row_says_how_a_point_ended() {
        let domain = Domain::new(1);
        let mut table = frame();
        let mut failed = status(&domain, true);
        failed.fail(&Failure::new(Class::Licence, "no seat"));
        table.push(row("a", Some(&failed)));
        table.push(row("b", None));
        let csv = String::from_utf8(table.to_csv()).unwrap();
        assert_eq!(
            csv,
            "point,status,class,reason,attempts,flaky,recipe,preset\n\
             a,failed,licence,no seat,0,true,,\nb,missing,,,,,,\n"
        );
    }
}
