//! `run.csv`: how the points of a run ended.

use crate::samples::Block;
use crate::status::{State, Status};
use libchar_core::{Cell, Frame};
use libchar_pvt::Point;
use std::collections::BTreeMap;

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

    /// The points in their order, with their statuses.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&Status>)> {
        self.ids.iter().map(|id| (id.as_str(), self.statuses[id].as_ref()))
    }
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
    use super::{Results, frame, row};
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
