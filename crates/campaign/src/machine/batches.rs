//! Points that wait to share a simulator process with other points of their group.

use std::collections::{HashMap, VecDeque};

/// What points that may share a process have in common: the number of their group, and the hash of trimmed models.
type Group = (usize, Option<String>);

/// Points by group, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Batches {
    places: HashMap<Group, usize>,
    groups: Vec<VecDeque<usize>>,
    waiting: usize,
}

impl Batches {
    /// Adds a point.
    pub fn push(&mut self, point: usize, kin: usize, models: Option<String>) {
        let place = *self.places.entry((kin, models)).or_insert_with(|| {
            self.groups.push(VecDeque::new());
            self.groups.len() - 1
        });
        self.groups[place].push_back(point);
        self.waiting += 1;
    }

    /// The number of points that wait.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// The next point.
    pub fn front(&self) -> Option<usize> {
        self.groups.iter().find_map(|group| group.front().copied())
    }

    /// Removes and returns the points that must not share a process.
    pub fn take_out(&mut self, which: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        for group in &mut self.groups {
            let (taken, left): (VecDeque<_>, VecDeque<_>) =
                std::mem::take(group).into_iter().partition(|point| which(*point));
            *group = left;
            out.extend(taken);
        }
        self.waiting -= out.len();
        out
    }

    /// Removes and returns at least one and at most `most` points of one group; none if nothing waits.
    pub fn take(&mut self, most: usize) -> Vec<usize> {
        let Some(group) = self.groups.iter_mut().find(|group| !group.is_empty()) else {
            return Vec::new();
        };
        let taken: Vec<usize> = group.drain(..most.clamp(1, group.len())).collect();
        self.waiting -= taken.len();
        taken
    }

    /// Removes all points.
    pub fn clear(&mut self) {
        *self = Batches::default();
    }
}
