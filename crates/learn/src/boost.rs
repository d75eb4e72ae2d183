//! Gradient-boosted regression trees for squared error, grown on histograms.
//!
//! Friedman, "Greedy function approximation" (2001), with the split gain and leaf penalty of Chen and
//! Guestrin, "XGBoost" (2016), and rows and columns sampled for each tree.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::forest::Forest;
use crate::sample::sample;
use crate::shap;
use crate::tree::{Node, Tree};
use crate::{LearnError, Matrix};

/// Settings for growing trees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoostSettings {
    /// Number of trees.
    pub trees: usize,
    /// Number of splits from the root to a leaf, 1 to 12.
    pub depth: usize,
    /// Factor by which each tree's values are scaled, in (0, 1].
    pub learning_rate: f64,
    /// Share of the rows that each tree is fitted on, in (0, 1].
    pub row_share: f64,
    /// Share of the columns that each tree may split on, in (0, 1].
    pub column_share: f64,
    /// Penalty on the square of a leaf's value, in units of rows.
    pub penalty: f64,
    /// Smallest number of rows in a leaf.
    pub leaf_rows: usize,
    /// Seed of the sampling.
    pub seed: u64,
}

impl Default for BoostSettings {
    fn default() -> Self {
        BoostSettings {
            trees: 200,
            depth: 4,
            learning_rate: 0.05,
            row_share: 0.7,
            column_share: 0.7,
            penalty: 1.0,
            leaf_rows: 8,
            seed: 1,
        }
    }
}

/// A sum of trees.
#[derive(Clone, Debug, PartialEq)]
pub struct BoostedTrees {
    pub(crate) base: f64,
    pub(crate) trees: Vec<Tree>,
    /// Value when no feature is known: base plus every tree's expectation.
    expected: f64,
    /// The same trees laid out for prediction, unless they are too deep.
    forest: Option<Forest>,
}

impl BoostedTrees {
    /// The model with a base value and trees, as returned by [`BoostedTrees::base`] and
    /// [`BoostedTrees::trees`].
    pub fn from_parts(base: f64, trees: Vec<Tree>) -> Self {
        let expected = base + trees.iter().map(Tree::expected).sum::<f64>();
        let forest = Forest::of(&trees);
        BoostedTrees { base, trees, expected, forest }
    }

    /// Fits trees that predict `y` from the rows of `x`.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when the lengths differ, [`LearnError::TooFewRows`] below twice
    /// `leaf_rows`, [`LearnError::OutOfRange`] for settings that are out of range.
    pub fn fit(x: &Matrix, y: &[f64], settings: &BoostSettings) -> Result<Self, LearnError> {
        settings.check()?;
        if x.rows() != y.len() {
            return Err(LearnError::Shape { what: "target", expected: x.rows(), found: y.len() });
        }
        let needed = 2 * settings.leaf_rows.max(1);
        if y.len() < needed {
            return Err(LearnError::TooFewRows { what: "boosting", needed, found: y.len() });
        }
        let bins = Bins::of(x);
        let base = y.iter().sum::<f64>() / y.len() as f64;
        let mut residual: Vec<f64> = y.iter().map(|v| v - base).collect();
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let mut trees = Vec::with_capacity(settings.trees);
        for _ in 0..settings.trees {
            let rows = share_of(&mut random, y.len(), settings.row_share);
            let columns = share_of(&mut random, x.cols(), settings.column_share);
            let tree =
                Grower { bins: &bins, residual: &residual, columns: &columns, settings }.grow(rows);
            for (value, row) in residual.iter_mut().zip(x.iter()) {
                *value -= tree.predict(row);
            }
            trees.push(tree);
        }
        Ok(Self::from_parts(base, trees))
    }

    /// The base value, to which the trees are added.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// The trees, whose values are added to the base.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Value for one row.
    pub fn predict(&self, x: &[f64]) -> f64 {
        let sum = match &self.forest {
            Some(forest) => forest.predict(x),
            None => self.trees.iter().map(|tree| tree.predict(x)).sum(),
        };
        self.base + sum
    }

    /// Value when no feature is known, to which attributions are added.
    pub fn expected(&self) -> f64 {
        self.expected
    }

    /// Adds `scale` times the attributions at `x` to `phi`.
    pub fn add_attributions(&self, x: &[f64], scale: f64, phi: &mut [f64]) {
        for tree in &self.trees {
            shap::add_attributions(tree, x, scale, phi);
        }
    }
}

impl BoostSettings {
    fn check(&self) -> Result<(), LearnError> {
        let share = |what, value: f64| {
            if value > 0.0 && value <= 1.0 {
                Ok(())
            } else {
                Err(LearnError::OutOfRange { what, value, expected: "above 0, at most 1" })
            }
        };
        share("learning rate", self.learning_rate)?;
        share("share of rows", self.row_share)?;
        share("share of columns", self.column_share)?;
        if !(1..=12).contains(&self.depth) {
            let value = self.depth as f64;
            return Err(LearnError::OutOfRange { what: "tree depth", value, expected: "1 to 12" });
        }
        if !(self.penalty >= 0.0 && self.penalty.is_finite()) {
            let value = self.penalty;
            return Err(LearnError::OutOfRange { what: "leaf penalty", value, expected: ">= 0" });
        }
        Ok(())
    }
}

/// A sorted sample without replacement: a share of `0..n`, at least one element.
fn share_of(random: &mut ChaCha8Rng, n: usize, share: f64) -> Vec<u32> {
    let take = ((n as f64 * share).round() as usize).clamp(1, n);
    sample(random, n, take).into_iter().map(|i| i as u32).collect()
}

/// Features divided into at most 256 bins of equal count.
struct Bins {
    rows: usize,
    /// Bin of each value, column after column.
    code: Vec<u8>,
    /// Thresholds between the bins of each column.
    cuts: Vec<Vec<f64>>,
}

impl Bins {
    const MOST: usize = 256;

    fn of(x: &Matrix) -> Self {
        let rows = x.rows();
        let mut bins = Bins { rows, code: Vec::with_capacity(rows * x.cols()), cuts: Vec::new() };
        for j in 0..x.cols() {
            let column = x.column(j);
            let mut sorted = column.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let mut cuts: Vec<f64> = (1..Self::MOST)
                .map(|k| k * rows / Self::MOST)
                .chain(if rows <= Self::MOST { 1..rows } else { 0..0 })
                .filter(|&at| at > 0 && sorted[at - 1] < sorted[at])
                .map(|at| sorted[at - 1] + 0.5 * (sorted[at] - sorted[at - 1]))
                .collect();
            cuts.sort_unstable_by(f64::total_cmp);
            cuts.dedup();
            // With few distinct values quantiles may skip some of them, so a cut is placed in every
            // gap.
            sorted.dedup();
            if sorted.len() <= Self::MOST {
                cuts = sorted.windows(2).map(|w| w[0] + 0.5 * (w[1] - w[0])).collect();
            }
            bins.code
                .extend(column.iter().map(|value| cuts.partition_point(|cut| cut <= value) as u8));
            bins.cuts.push(cuts);
        }
        bins
    }

    fn column(&self, j: usize) -> &[u8] {
        &self.code[j * self.rows..(j + 1) * self.rows]
    }
}

struct Grower<'a> {
    bins: &'a Bins,
    residual: &'a [f64],
    columns: &'a [u32],
    settings: &'a BoostSettings,
}

struct Split {
    gain: f64,
    column: usize,
    bin: usize,
}

impl Grower<'_> {
    fn grow(&self, rows: Vec<u32>) -> Tree {
        let mut nodes = vec![self.leaf(&rows)];
        let mut level = vec![(0usize, rows)];
        for _ in 0..self.settings.depth {
            let mut next = Vec::new();
            for (at, rows) in level {
                let Some(split) = self.best_split(&rows) else { continue };
                let code = self.bins.column(split.column);
                let (left, right): (Vec<u32>, Vec<u32>) =
                    rows.into_iter().partition(|&row| usize::from(code[row as usize]) <= split.bin);
                let child = nodes.len();
                nodes[at].feature = Some(split.column as u16);
                nodes[at].value = self.bins.cuts[split.column][split.bin];
                nodes[at].left = child as u16;
                nodes.push(self.leaf(&left));
                nodes.push(self.leaf(&right));
                next.push((child, left));
                next.push((child + 1, right));
            }
            level = next;
        }
        Tree::new(nodes, usize::from(u16::MAX)).expect("grown nodes are a tree")
    }

    fn leaf(&self, rows: &[u32]) -> Node {
        let sum: f64 = rows.iter().map(|&row| self.residual[row as usize]).sum();
        let count = rows.len() as f64;
        let value = self.settings.learning_rate * sum / (count + self.settings.penalty);
        Node::leaf(value, count as f32)
    }

    fn best_split(&self, rows: &[u32]) -> Option<Split> {
        let least = self.settings.leaf_rows.max(1);
        if rows.len() < 2 * least {
            return None;
        }
        let residual: Vec<f64> = rows.iter().map(|&row| self.residual[row as usize]).collect();
        let total: f64 = residual.iter().sum();
        let penalty = self.settings.penalty;
        let score = |sum: f64, count: usize| sum * sum / (count as f64 + penalty);
        let floor = score(total, rows.len());
        let mut best: Option<Split> = None;
        for &column in self.columns {
            let column = column as usize;
            let code = self.bins.column(column);
            let mut sums = [0.0f64; Bins::MOST];
            let mut counts = [0u32; Bins::MOST];
            for (&row, r) in rows.iter().zip(&residual) {
                let bin = usize::from(code[row as usize]);
                sums[bin] += r;
                counts[bin] += 1;
            }
            let (mut sum, mut count) = (0.0, 0);
            for bin in 0..self.bins.cuts[column].len() {
                sum += sums[bin];
                count += counts[bin] as usize;
                if counts[bin] == 0 || count < least {
                    continue;
                }
                if rows.len() - count < least {
                    break;
                }
                let gain = score(sum, count) + score(total - sum, rows.len() - count) - floor;
                if gain > best.as_ref().map_or(1e-12 * floor.abs(), |b| b.gain) {
                    best = Some(Split { gain, column, bin });
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: usize) -> (Matrix, Vec<f64>) {
        let rows: Vec<[f64; 3]> = (0..n)
            .map(|i| {
                let t = i as f64 / n as f64;
                [t, (37.0 * t).fract(), (91.0 * t).fract()]
            })
            .collect();
        let y = rows.iter().map(|r| (6.0 * r[0]).sin() + r[1] * r[2]).collect();
        (Matrix::from_rows(&rows).unwrap(), y)
    }

    #[test]
    fn learns_a_surface_with_interaction() {
        let (x, y) = wave(800);
        let model = BoostedTrees::fit(&x, &y, &BoostSettings::default()).unwrap();
        let error: f64 =
            x.iter().zip(&y).map(|(row, v)| (model.predict(row) - v).powi(2)).sum::<f64>() / 800.0;
        assert!(error < 0.003, "{error}");
    }

    #[test]
    fn attributions_add_up_and_ignore_an_unused_feature() {
        let (x, y) = wave(300);
        let model = BoostedTrees::fit(&x, &y, &BoostSettings::default()).unwrap();
        for row in x.iter().step_by(29) {
            let mut phi = vec![0.0; 3];
            model.add_attributions(row, 1.0, &mut phi);
            let total = model.expected() + phi.iter().sum::<f64>();
            assert!((total - model.predict(row)).abs() < 1e-9);
        }
    }

    #[test]
    fn same_seed_same_trees() {
        let (x, y) = wave(200);
        let settings = BoostSettings { trees: 20, ..BoostSettings::default() };
        let fit = |seed| BoostedTrees::fit(&x, &y, &BoostSettings { seed, ..settings }).unwrap();
        assert_eq!(fit(3), fit(3));
        assert_ne!(fit(3), fit(4));
    }

    #[test]
    fn bad_settings_and_short_data_are_refused() {
        let (x, y) = wave(10);
        assert_eq!(
            BoostedTrees::fit(&x, &y, &BoostSettings::default()).unwrap_err().to_string(),
            "boosting needs at least 16 rows, found 10"
        );
        let settings = BoostSettings { learning_rate: 0.0, ..BoostSettings::default() };
        assert_eq!(
            BoostedTrees::fit(&x, &y, &settings).unwrap_err().to_string(),
            "learning rate is 0, expected above 0, at most 1"
        );
    }
}
