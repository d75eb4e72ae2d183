//! Regression trees.

use crate::LearnError;

/// One node: a split, or a leaf when `feature` is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Feature that is compared; `None` for a leaf.
    pub feature: Option<u16>,
    /// Threshold of a split (the left child is taken if the feature is below it), or the value of a
    /// leaf.
    pub value: f64,
    /// Index of the left child; the right one follows it.
    pub left: u16,
    /// Training weight that reached the node.
    pub cover: f32,
}

impl Node {
    /// A leaf.
    pub fn leaf(value: f64, cover: f32) -> Self {
        Node { feature: None, value, left: 0, cover }
    }
}

/// A binary tree, root first; children always come after their parent.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Checks the nodes and makes them a tree over `features` features.
    ///
    /// # Errors
    /// [`LearnError::Damaged`] when the nodes are not a tree: a child before its parent or out of range,
    /// a feature that does not exist, a number that is not finite, a cover that is not positive.
    pub fn new(nodes: Vec<Node>, features: usize) -> Result<Self, LearnError> {
        let damaged = |what: &str, at: usize| {
            Err(LearnError::Damaged(format!("{what} in node {at} of a tree")))
        };
        if nodes.is_empty() {
            return Err(LearnError::Damaged("a tree without nodes".into()));
        }
        let mut parents = vec![0u8; nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            if !node.value.is_finite() {
                return damaged("a number that is not finite", at);
            }
            if !(node.cover.is_finite() && node.cover > 0.0) {
                return damaged("a cover that is not positive", at);
            }
            let Some(feature) = node.feature else { continue };
            if usize::from(feature) >= features {
                return damaged("an unknown feature", at);
            }
            let left = usize::from(node.left);
            if left <= at || left + 1 >= nodes.len() {
                return damaged("a child that does not exist", at);
            }
            parents[left] += 1;
            parents[left + 1] += 1;
        }
        if let Some(at) = parents.iter().skip(1).position(|&p| p != 1) {
            return damaged("a node without exactly one parent", at + 1);
        }
        Ok(Tree { nodes })
    }

    /// The nodes, root first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Number of splits from the root to the deepest leaf.
    pub fn depth(&self) -> usize {
        let mut depth = vec![0; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, n)| n.feature.is_some()) {
            let left = usize::from(node.left);
            depth[left] = depth[at] + 1;
            depth[left + 1] = depth[at] + 1;
        }
        depth.into_iter().max().unwrap_or(0)
    }

    /// Value of the leaf that `x` falls into.
    pub fn predict(&self, x: &[f64]) -> f64 {
        let mut node = &self.nodes[0];
        while let Some(feature) = node.feature {
            let right = usize::from(x[usize::from(feature)] >= node.value);
            node = &self.nodes[usize::from(node.left) + right];
        }
        node.value
    }

    /// Average of the leaves, weighted by cover: the value when no feature is known.
    pub fn expected(&self) -> f64 {
        let mut value = vec![0.0; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().rev() {
            value[at] = if node.feature.is_none() {
                node.value
            } else {
                let left = usize::from(node.left);
                let (a, b) =
                    (f64::from(self.nodes[left].cover), f64::from(self.nodes[left + 1].cover));
                (a * value[left] + b * value[left + 1]) / (a + b)
            };
        }
        value[0]
    }
}
