//! Groups points whose decks differ only in numbers that a control loop can set: they may share a simulator process.

use crate::size::Need;
use libchar_engine::batch::{self, Shape};
use std::collections::HashMap;

/// What points that may share a process have in common: everything but the numbers that a control loop sets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Kin {
    /// The deck without these numbers.
    skeleton: String,
    /// Hash of the files that it reads.
    files: String,
    /// Cores and memory.
    size: (u32, u32),
}

/// The groups of points that may share a process, as numbers, and the shapes of the points' decks.
#[derive(Debug, Default)]
pub struct Kinds {
    numbers: HashMap<Kin, usize>,
    shapes: HashMap<usize, Shape>,
}

impl Kinds {
    /// The number of a point's kin; `None` if its deck has no numbers that a loop could set. `files` is the hash of the files
    /// that the deck reads.
    pub fn of(&mut self, point: usize, deck: &str, files: &str, need: Need) -> Option<usize> {
        let shape = Shape::of(deck)?;
        let kin = Kin {
            skeleton: shape.skeleton().to_owned(),
            files: files.to_owned(),
            size: (need.threads, need.mem_gb),
        };
        self.shapes.insert(point, shape);
        let next = self.numbers.len();
        Some(*self.numbers.entry(kin).or_insert(next))
    }

    /// The control deck of several points of one group; `None` if they cannot share a process after all. `deck` is that of
    /// the first of them.
    pub fn combine(&mut self, points: &[usize], deck: &str) -> Option<String> {
        let shapes: Vec<Shape> =
            points.iter().map(|point| self.shapes.remove(point)).collect::<Option<_>>()?;
        let (first, others) = shapes.split_first()?;
        batch::combine(deck, first, &others.iter().collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::Kinds;
    use crate::size::Need;

    const NEED: Need = Need { threads: 1, mem_gb: 2 };

    fn deck(volts: &str) -> String {
        format!("title\n.temp 25\n.param vdd={volts}\nv1 a 0 vdd\nr1 a 0 1k\n.tran 1n 2n\n.end\n")
    }

    #[test]
    fn decks_that_differ_in_a_number_are_kin() {
        let mut kinds = Kinds::default();
        let first = kinds.of(0, &deck("1.0"), "models", NEED);
        assert!(first.is_some());
        assert_eq!(kinds.of(1, &deck("1.1"), "models", NEED), first);
        let larger = Need { threads: 2, ..NEED };
        let others = [
            kinds.of(2, &deck("1.1"), "other models", NEED),
            kinds.of(3, &deck("1.1"), "models", larger),
            kinds.of(4, &deck("1.1").replace("1k", "2k"), "models", NEED),
        ];
        assert!(others.iter().all(|other| other.is_some() && *other != first), "{others:?}");
        assert!(others[0] != others[1] && others[1] != others[2] && others[0] != others[2]);
    }

    #[test]
    fn kin_have_one_control_deck() {
        let mut kinds = Kinds::default();
        kinds.of(0, &deck("1.0"), "", NEED);
        kinds.of(1, &deck("1.25"), "", NEED);
        let control = kinds.combine(&[0, 1], &deck("1.0")).unwrap();
        assert!(control.contains("1.25"), "{control}");
        assert_eq!(kinds.combine(&[0, 1], &deck("1.0")), None, "each is started once");
    }
}
