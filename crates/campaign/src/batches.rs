//! Points that wait to share a simulator process with others of their kind.

use libchar_engine::batch::{self, Shape};
use std::collections::{HashMap, VecDeque};

/// What points of one process have in common: everything but the numbers that a control loop sets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kin {
    /// The deck without these numbers.
    pub skeleton: String,
    /// Hash of the files that it reads.
    pub files: String,
    /// Hash of the trimmed models, if it has some.
    pub models: Option<String>,
    /// Cores and memory.
    pub size: (u32, u32),
}

/// Points by kin, in the order in which they came.
#[derive(Debug, Default)]
pub struct Batches {
    places: HashMap<Kin, usize>,
    groups: Vec<VecDeque<(usize, Shape)>>,
    waiting: usize,
}

impl Batches {
    /// Adds a point.
    pub fn push(&mut self, job: usize, shape: Shape, kin: Kin) {
        let place = *self.places.entry(kin).or_insert_with(|| {
            self.groups.push(VecDeque::new());
            self.groups.len() - 1
        });
        self.groups[place].push_back((job, shape));
        self.waiting += 1;
    }

    /// Points that wait.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// The point that comes next.
    pub fn front(&self) -> Option<usize> {
        let group = self.groups.iter().find(|group| !group.is_empty())?;
        group.front().map(|(job, _)| *job)
    }

    /// Takes out the points that shall not share a process.
    pub fn take_out(&mut self, which: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        for group in &mut self.groups {
            let (taken, left): (VecDeque<_>, VecDeque<_>) =
                std::mem::take(group).into_iter().partition(|(job, _)| which(*job));
            *group = left;
            out.extend(taken.into_iter().map(|(job, _)| job));
        }
        self.waiting -= out.len();
        out
    }

    /// Takes up to `most` points of one kin and their control deck; `None` for the deck where they cannot share
    /// a process after all. `text` gives the deck of a point.
    pub fn take<'a>(
        &mut self,
        most: usize,
        text: impl Fn(usize) -> &'a str,
    ) -> Option<(Vec<usize>, Option<String>)> {
        let group = self.groups.iter_mut().find(|group| !group.is_empty())?;
        let taken: Vec<(usize, Shape)> = group.drain(..most.clamp(1, group.len())).collect();
        self.waiting -= taken.len();
        let (first, others) = taken.split_first()?;
        let shapes: Vec<&Shape> = others.iter().map(|(_, shape)| shape).collect();
        let control = match shapes.is_empty() {
            true => None,
            false => batch::combine(text(first.0), &first.1, &shapes),
        };
        Some((taken.iter().map(|(job, _)| *job).collect(), control))
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Batches::default();
    }
}
