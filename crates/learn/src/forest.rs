//! Trees laid out for prediction.

use crate::tree::Tree;

/// Largest depth to which trees are filled up; for deeper trees the additional nodes cost more than
/// they save.
const DEEPEST: usize = 6;

/// Trees that are filled up to the same depth. Prediction then takes a fixed number of steps
/// without unpredictable branches, and the processor can walk several trees at once.
///
/// A leaf above the last level is repeated below it, so that every decision below it leads to its
/// value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Forest {
    depth: usize,
    /// Splits of each tree, level by level: the children of split i are 2 i + 1 and 2 i + 2.
    splits: Vec<Split>,
    /// Leaves of each tree from left to right.
    leaves: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Split {
    /// The right child is taken if the feature is not below this value.
    threshold: f64,
    feature: u16,
}

impl Forest {
    /// The filled-up trees; `None` if one of them is too deep.
    pub fn of(trees: &[Tree]) -> Option<Self> {
        let depth = trees.iter().map(Tree::depth).max()?;
        if !(1..=DEEPEST).contains(&depth) {
            return None;
        }
        let mut forest = Forest { depth, splits: Vec::new(), leaves: Vec::new() };
        for tree in trees {
            // The nodes of each level in turn; leaves are carried down.
            let mut level = vec![0];
            for _ in 0..depth {
                let mut below = Vec::with_capacity(2 * level.len());
                for at in level {
                    let node = tree.nodes()[at];
                    let left = usize::from(node.left);
                    let (feature, children) = match node.feature {
                        Some(feature) => (feature, [left, left + 1]),
                        None => (0, [at, at]),
                    };
                    forest.splits.push(Split { threshold: node.value, feature });
                    below.extend(children);
                }
                level = below;
            }
            forest.leaves.extend(level.into_iter().map(|at| tree.nodes()[at].value));
        }
        Some(forest)
    }

    /// Sum of the leaves that `x` falls into, in the order of the trees.
    pub fn predict(&self, x: &[f64]) -> f64 {
        let count = 1 << self.depth;
        let trees = self.splits.chunks_exact(count - 1).zip(self.leaves.chunks_exact(count));
        trees
            .map(|(splits, leaves)| {
                let mut at = 0;
                for _ in 0..self.depth {
                    let split = splits[at];
                    let right = usize::from(x[usize::from(split.feature)] >= split.threshold);
                    at = 2 * at + 1 + right;
                }
                leaves[at - splits.len()]
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Node;

    fn split(feature: u16, value: f64, left: u16) -> Node {
        Node { feature: Some(feature), value, left, cover: 1.0 }
    }

    #[test]
    fn filled_trees_say_what_the_trees_say() {
        let leaf = |value| Node::leaf(value, 1.0);
        let lopsided = vec![
            split(1, 0.5, 1),
            leaf(1.0),
            split(0, -2.0, 3),
            split(1, 0.75, 5),
            leaf(2.0),
            leaf(4.0),
            leaf(8.0),
        ];
        let trees = [
            Tree::new(lopsided, 2).expect("a tree"),
            Tree::new(vec![leaf(0.25)], 2).expect("a tree"),
            Tree::new(vec![split(0, 0.0, 1), leaf(16.0), leaf(32.0)], 2).expect("a tree"),
        ];
        let forest = Forest::of(&trees).expect("shallow trees");
        assert_eq!(forest.depth, 3);
        for a in [f64::NEG_INFINITY, -3.0, -2.0, 0.0, 1.0, f64::INFINITY, f64::NAN] {
            for b in [0.0, 0.5, 0.6, 0.75, 1.0, f64::INFINITY, f64::NAN] {
                let sum: f64 = trees.iter().map(|tree| tree.predict(&[a, b])).sum();
                assert_eq!(forest.predict(&[a, b]), sum, "{a} {b}");
            }
        }
    }

    #[test]
    fn deep_trees_are_not_filled_up() {
        // A chain: every right child is split again.
        let mut chain = vec![split(0, 0.0, 1)];
        for i in 1..20_u16 {
            chain.push(Node::leaf(f64::from(i), 1.0));
            chain.push(split(0, f64::from(i), 2 * i + 1));
        }
        chain.push(Node::leaf(1.0, 1.0));
        chain.push(Node::leaf(2.0, 1.0));
        let tree = Tree::new(chain, 1).expect("a tree");
        assert_eq!(tree.depth(), 20);
        assert_eq!(Forest::of(&[tree]), None);
        assert_eq!(Forest::of(&[]), None);
    }
}
