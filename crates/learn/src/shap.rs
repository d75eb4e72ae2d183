//! TreeSHAP: the exact contribution of each feature to the value of a tree.
//!
//! Path-dependent Shapley values (Lundberg, Erion and Lee, "Consistent individualized feature
//! attribution for tree ensembles", 2018, algorithm 2): for a feature that is not known, `x` goes
//! down both branches in proportion to their cover. `expected + sum(phi)` is the tree's value.

use crate::tree::Tree;

#[derive(Clone, Copy, Default)]
struct Element {
    feature: usize,
    /// Share of the cover that goes down this path if the feature is not known.
    zero: f64,
    /// 1 if `x` itself goes down this path, else 0.
    one: f64,
    /// Weight of the subsets of each size.
    weight: f64,
}

const ROOT: usize = usize::MAX;

/// Adds the attributions of `tree` at `x`, times `scale`, to `phi` (one value per feature).
pub fn add_attributions(tree: &Tree, x: &[f64], scale: f64, phi: &mut [f64]) {
    let root = Element { feature: ROOT, zero: 1.0, one: 1.0, weight: 0.0 };
    walk(tree, x, scale, phi, 0, &[], root);
}

/// Attributions of one tree at `x`: one value per feature.
pub fn attributions(tree: &Tree, x: &[f64]) -> Vec<f64> {
    let mut phi = vec![0.0; x.len()];
    add_attributions(tree, x, 1.0, &mut phi);
    phi
}

fn walk(
    tree: &Tree,
    x: &[f64],
    scale: f64,
    phi: &mut [f64],
    at: usize,
    before: &[Element],
    step: Element,
) {
    let mut path = Path::extended(before, step);
    let node = &tree.nodes()[at];
    let Some(feature) = node.feature.map(usize::from) else {
        for (i, element) in path.as_slice().iter().enumerate().skip(1) {
            let weight = path.unwound_sum(i);
            phi[element.feature] += scale * weight * (element.one - element.zero) * node.value;
        }
        return;
    };
    let left = usize::from(node.left);
    let (hot, cold) = if x[feature] < node.value { (left, left + 1) } else { (left + 1, left) };
    // A feature that occurs earlier on the path is removed and added again with the shares
    // multiplied.
    let (mut zero, mut one) = (1.0, 1.0);
    if let Some(met) = path.as_slice().iter().position(|e| e.feature == feature) {
        (zero, one) = (path.as_slice()[met].zero, path.as_slice()[met].one);
        path.unwind(met);
    }
    let total: f64 = [hot, cold].iter().map(|&c| f64::from(tree.nodes()[c].cover)).sum();
    for (child, goes) in [(hot, one), (cold, 0.0)] {
        let share = f64::from(tree.nodes()[child].cover) / total;
        let step = Element { feature, zero: zero * share, one: goes, weight: 0.0 };
        walk(tree, x, scale, phi, child, path.as_slice(), step);
    }
}

/// The features on the way down, with the weights of their subsets.
struct Path {
    short: [Element; 12],
    long: Vec<Element>,
    len: usize,
}

impl Path {
    fn extended(before: &[Element], step: Element) -> Self {
        let len = before.len() + 1;
        let mut path = Path { short: [Element::default(); 12], long: Vec::new(), len };
        if len > path.short.len() {
            path.long = vec![Element::default(); len];
        }
        let elements = path.as_mut_slice();
        elements[..len - 1].copy_from_slice(before);
        elements[len - 1] = Element { weight: if len == 1 { 1.0 } else { 0.0 }, ..step };
        let last = len - 1;
        for i in (0..last).rev() {
            let weight = elements[i].weight;
            elements[i + 1].weight += step.one * weight * (i + 1) as f64 / len as f64;
            elements[i].weight = step.zero * weight * (last - i) as f64 / len as f64;
        }
        path
    }

    fn as_slice(&self) -> &[Element] {
        if self.long.is_empty() { &self.short[..self.len] } else { &self.long[..self.len] }
    }

    fn as_mut_slice(&mut self) -> &mut [Element] {
        if self.long.is_empty() { &mut self.short[..self.len] } else { &mut self.long[..self.len] }
    }

    /// Removes element `at`, as if the feature had never been on the path.
    fn unwind(&mut self, at: usize) {
        let len = self.len;
        let last = len - 1;
        let elements = self.as_mut_slice();
        let Element { zero, one, .. } = elements[at];
        let mut next = elements[last].weight;
        for i in (0..last).rev() {
            if one != 0.0 {
                let weight = elements[i].weight;
                elements[i].weight = next * len as f64 / ((i + 1) as f64 * one);
                next = weight - elements[i].weight * zero * (last - i) as f64 / len as f64;
            } else {
                elements[i].weight *= len as f64 / (zero * (last - i) as f64);
            }
        }
        for i in at..last {
            let next = elements[i + 1];
            elements[i] = Element { weight: elements[i].weight, ..next };
        }
        self.len = last;
    }

    /// Sum of the weights that remain after the removal of element `at`.
    fn unwound_sum(&self, at: usize) -> f64 {
        let elements = self.as_slice();
        let len = elements.len();
        let last = len - 1;
        let Element { zero, one, .. } = elements[at];
        let mut next = elements[last].weight;
        let mut total = 0.0;
        for i in (0..last).rev() {
            if one != 0.0 {
                let weight = next * len as f64 / ((i + 1) as f64 * one);
                total += weight;
                next = elements[i].weight - weight * zero * (last - i) as f64 / len as f64;
            } else {
                total += elements[i].weight * len as f64 / (zero * (last - i) as f64);
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Node;
    use proptest::prelude::*;

    /// Shapley values by their definition, over all subsets of features.
    fn brute_force(tree: &Tree, x: &[f64]) -> Vec<f64> {
        fn value(tree: &Tree, at: usize, x: &[f64], known: u32) -> f64 {
            let node = &tree.nodes()[at];
            let Some(f) = node.feature.map(usize::from) else { return node.value };
            let left = usize::from(node.left);
            if known & (1 << f) != 0 {
                return value(tree, left + usize::from(x[f] >= node.value), x, known);
            }
            let covers = [left, left + 1].map(|c| f64::from(tree.nodes()[c].cover));
            (covers[0] * value(tree, left, x, known) + covers[1] * value(tree, left + 1, x, known))
                / (covers[0] + covers[1])
        }
        let p = x.len();
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        (0..p)
            .map(|j| {
                (0u32..1 << p)
                    .filter(|s| s & (1 << j) == 0)
                    .map(|s| {
                        let size = s.count_ones() as usize;
                        let weight = factorial(size) * factorial(p - size - 1) / factorial(p);
                        weight * (value(tree, 0, x, s | (1 << j)) - value(tree, 0, x, s))
                    })
                    .sum()
            })
            .collect()
    }

    fn split(feature: u16, value: f64, left: u16, cover: f32) -> Node {
        Node { feature: Some(feature), value, left, cover }
    }

    /// A tree with two splits on feature 0; the values are from exact enumeration with an
    /// independent tool.
    #[test]
    fn repeated_feature_matches_reference() {
        let tree = Tree::new(
            vec![
                split(0, 0.5, 1, 100.0),
                Node::leaf(1.0, 30.0),
                split(1, 0.5, 3, 70.0),
                Node::leaf(2.0, 20.0),
                split(0, 0.8, 5, 50.0),
                Node::leaf(6.0, 35.0),
                Node::leaf(-3.0, 15.0),
            ],
            3,
        )
        .unwrap();
        assert!((tree.expected() - 2.35).abs() < 1e-12);
        for (x, expected) in [
            ([0.7, 0.9, 0.1], [2.948571428571428, 0.7014285714285715, 0.0]),
            ([0.9, 0.2, 0.4], [-1.8107142857142855, 1.4607142857142854, 0.0]),
        ] {
            for (found, expected) in attributions(&tree, &x).iter().zip(expected) {
                assert!((found - expected).abs() < 1e-12, "{found} {expected}");
            }
        }
    }

    proptest! {
        #[test]
        fn equals_the_definition(
            seeds in prop::collection::vec((0u16..4, -1.0..1.0f64, 0.05..0.95f64), 31),
            leaves in prop::collection::vec(-5.0..5.0f64, 32),
            x in prop::collection::vec(-1.0..1.0f64, 4),
        ) {
            // A full tree of depth five in level order: children of i are 2i+1 and 2i+2.
            let mut nodes: Vec<Node> = Vec::new();
            let mut covers = vec![1000.0f32; 63];
            for i in 0..31 {
                let (feature, threshold, share) = seeds[i];
                nodes.push(split(feature, threshold, 2 * i as u16 + 1, covers[i]));
                covers[2 * i + 1] = covers[i] * share as f32;
                covers[2 * i + 2] = covers[i] - covers[2 * i + 1];
            }
            for (leaf, &value) in leaves.iter().enumerate() {
                nodes.push(Node::leaf(value, covers[31 + leaf].max(1e-6)));
            }
            let tree = Tree::new(nodes, 4).unwrap();
            let phi = attributions(&tree, &x);
            for (found, expected) in phi.iter().zip(brute_force(&tree, &x)) {
                prop_assert!((found - expected).abs() < 1e-7, "{} {}", found, expected);
            }
            let total = tree.expected() + phi.iter().sum::<f64>();
            prop_assert!((total - tree.predict(&x)).abs() < 1e-9);
        }
    }
}
