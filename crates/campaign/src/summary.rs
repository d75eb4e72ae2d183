//! `run.csv`: what a run knows of the points that it was about.

use crate::samples::Block;
use crate::status::{State, Status};
use libchar_core::{Cell, Frame};
use libchar_pvt::Point;
use std::collections::BTreeMap;

/// The summary of a domain: one row a point of points.csv.
pub const FILE: &str = "run.csv";

/// What a run knows of the points that it was about, in its order.
#[derive(Default)]
pub struct Results {
    ids: Vec<String>,
    statuses: BTreeMap<String, Option<Status>>,
}

impl Results {
    /// How many points it was about.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it was about none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Adds a point.
    pub fn push(&mut self, id: &str, status: Option<Status>) {
        self.ids.push(id.to_owned());
        self.statuses.insert(id.to_owned(), status);
    }

    /// Adds a block of samples of a point that is there: the point is done when all its blocks are.
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

    /// The status of a point, if the run was about it.
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
