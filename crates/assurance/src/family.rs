//! The families of models, and how each chooses its setting within the training runs.

use crate::data::Data;
use crate::split::Fold;
use libchar_learn::LearnError;
use libchar_learn::boost::{BoostSettings, BoostedTrees};
use libchar_learn::linear::{Linear, Moments, Penalty};

/// Ridge penalties that are tried.
const RIDGE: [f64; 13] =
    [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10_000.0];
/// Strengths of the elastic net that are tried, as shares of the strongest useful one.
const NET: [f64; 8] = [0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.003, 0.001];
/// Shares of the absolute penalty in the elastic net.
const L1: [f64; 2] = [0.5, 1.0];
/// Fewest runs in a leaf of a tree.
const LEAF_ROWS: usize = 5;

/// A family of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Linear least squares.
    LeastSquares,
    /// Ridge regression, with the penalty chosen within the training runs.
    Ridge,
    /// Elastic net, with strength and mix of the penalties chosen within the training runs; it can
    /// leave features out.
    ElasticNet,
    /// Gradient-boosted trees.
    Trees,
}

impl Family {
    /// All families, the simplest first.
    pub const ALL: [Family; 4] =
        [Family::LeastSquares, Family::Ridge, Family::ElasticNet, Family::Trees];

    /// Name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Family::LeastSquares => "ols",
            Family::Ridge => "ridge",
            Family::ElasticNet => "elastic-net",
            Family::Trees => "trees",
        }
    }

    /// The family of this name.
    pub fn parse(name: &str) -> Option<Family> {
        Family::ALL.into_iter().find(|family| family.name() == name)
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub enum Fitted {
    /// Any of the linear families.
    Linear(Linear),
    /// Boosted trees.
    Trees(BoostedTrees),
}

impl Fitted {
    /// Value for one run.
    pub fn predict(&self, x: &[f64]) -> f64 {
        match self {
            Fitted::Linear(linear) => linear.predict(x),
            Fitted::Trees(trees) => trees.predict(x),
        }
    }

    /// Value without knowledge of the run, and the contribution of each feature to the prediction.
    pub fn attributions(&self, x: &[f64]) -> (f64, Vec<f64>) {
        match self {
            Fitted::Linear(linear) => (linear.intercept, linear.attributions(x)),
            Fitted::Trees(trees) => {
                let mut parts = vec![0.0; x.len()];
                trees.add_attributions(x, 1.0, &mut parts);
                (trees.expected(), parts)
            }
        }
    }
}

/// A fit, and the setting chosen by the training runs.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The model.
    pub fitted: Fitted,
    /// Description of the setting.
    pub setting: String,
    /// Predictions of training runs by folds that did not contain them, ascending by run.
    pub held_out: Vec<(usize, f64)>,
}

/// Choices that do not depend on the runs.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// Seed of trees and inner shuffles.
    pub seed: u64,
    /// Penalty of ridge; `None` lets the training runs choose it.
    pub ridge_alpha: Option<f64>,
}

/// Fits the runs `rows`; the setting is chosen by the folds `inner` among them.
///
/// # Errors
/// Why this family cannot be fitted to these runs.
pub fn fit(
    family: Family,
    data: &Data,
    rows: &[usize],
    inner: &[Fold],
    given: Given,
) -> Result<Fit, LearnError> {
    let mut fit = match family {
        Family::Trees => trees(data, rows, inner, given.seed)?,
        _ => linear(family, data, rows, inner, given)?,
    };
    fit.held_out.sort_by_key(|(row, _)| *row);
    Ok(fit)
}

fn trees(data: &Data, rows: &[usize], inner: &[Fold], seed: u64) -> Result<Fit, LearnError> {
    let settings = BoostSettings { leaf_rows: LEAF_ROWS, depth: 3, seed, ..Default::default() };
    let grow =
        |rows: &[usize]| BoostedTrees::fit(&data.x.select(rows), &data.truth(rows), &settings);
    let mut held_out = Vec::new();
    for fold in inner {
        let Ok(model) = grow(&fold.train) else { continue };
        held_out.extend(fold.test.iter().map(|&i| (i, model.predict(data.x.row(i)))));
    }
    let setting = format!("{} trees of depth {}", settings.trees, settings.depth);
    Ok(Fit { fitted: Fitted::Trees(grow(rows)?), setting, held_out })
}

fn linear(
    family: Family,
    data: &Data,
    rows: &[usize],
    inner: &[Fold],
    given: Given,
) -> Result<Fit, LearnError> {
    let all = Moments::of(&data.x, &data.y, rows)?;
    let grid: Vec<Penalty> = match family {
        Family::Ridge => match given.ridge_alpha {
            Some(alpha) => vec![Penalty::Ridge(alpha)],
            None => RIDGE.into_iter().map(Penalty::Ridge).collect(),
        },
        Family::ElasticNet => L1
            .into_iter()
            .flat_map(|l1| {
                let greatest = all.greatest_alpha(l1);
                NET.map(|share| Penalty::ElasticNet { alpha: share * greatest, l1 })
            })
            .collect(),
        _ => vec![Penalty::None],
    };
    let mut folds = Vec::new();
    for fold in inner {
        let Ok(moments) = Moments::of(&data.x, &data.y, &fold.train) else { continue };
        folds.push((fold, moments));
    }
    let held_out = |penalty: Penalty| -> Vec<(usize, f64)> {
        let fits =
            folds.iter().filter_map(|(fold, moments)| Some((fold, moments.fit(penalty).ok()?)));
        fits.flat_map(|(fold, model)| {
            let predict = move |&i: &usize| (i, model.predict(data.x.row(i)));
            fold.test.iter().map(predict).collect::<Vec<_>>()
        })
        .collect()
    };
    let error = |predicted: &[(usize, f64)]| -> f64 {
        let sum: f64 = predicted.iter().map(|(i, p)| (data.y[*i] - p).powi(2)).sum();
        sum / predicted.len().max(1) as f64
    };
    // Of equal errors the first is taken.
    let (penalty, held_out) = grid
        .into_iter()
        .map(|penalty| (penalty, held_out(penalty)))
        .min_by(|(_, a), (_, b)| error(a).total_cmp(&error(b)))
        .unwrap_or((Penalty::None, Vec::new()));
    let setting = match penalty {
        Penalty::None => String::new(),
        Penalty::Ridge(alpha) => format!("alpha {alpha}"),
        Penalty::ElasticNet { alpha, l1 } => format!("alpha {alpha:.3e}, l1 share {l1}"),
    };
    Ok(Fit { fitted: Fitted::Linear(all.fit(penalty)?), setting, held_out })
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_learn::Matrix;
    use libchar_numeric::draws::Draws;

    /// `y = 2 a - b` plus a little noise.
    fn data(n: usize) -> Data {
        let drawn = |name| {
            let mut draws = Draws::new(5, &[name]);
            (0..n as u64).map(|i| draws.uniform(i)).collect::<Vec<f64>>()
        };
        let (a, b, e) = (drawn("a"), drawn("b"), drawn("e"));
        let rows: Vec<Vec<f64>> = a.iter().zip(&b).map(|(a, b)| vec![*a, *b]).collect();
        Data {
            names: vec!["a".to_owned(), "b".to_owned()],
            x: Matrix::from_rows(&rows).unwrap(),
            y: (0..n).map(|i| 2.0 * a[i] - b[i] + 0.01 * e[i]).collect(),
            group: vec![0; n],
            ..Data::default()
        }
    }

    fn fitted(family: Family, n: usize, seed: u64, ridge_alpha: Option<f64>) -> Fit {
        let rows: Vec<usize> = (0..n).collect();
        fit(family, &data(n), &rows, &[], Given { seed, ridge_alpha }).unwrap()
    }

    #[test]
    fn ridge_takes_the_penalty_that_is_given_and_shrinks_by_it() {
        let slope = |fit: &Fit| fit.fitted.predict(&[1.0, 0.0]) - fit.fitted.predict(&[0.0, 0.0]);
        let (plain, shrunk) =
            (fitted(Family::LeastSquares, 60, 1, None), fitted(Family::Ridge, 60, 1, Some(40.0)));
        assert_eq!((plain.setting.as_str(), shrunk.setting.as_str()), ("", "alpha 40"));
        assert!((slope(&plain) - 2.0).abs() < 0.02, "{}", slope(&plain));
        assert!(slope(&shrunk) < 1.8 && slope(&shrunk) > 0.1, "{}", slope(&shrunk));
    }

    #[test]
    fn trees_have_three_splits_a_seed_and_small_leaves() {
        let (one, other) = (fitted(Family::Trees, 60, 1, None), fitted(Family::Trees, 60, 2, None));
        assert_eq!(one.setting, "200 trees of depth 3");
        let at = [0.3, 0.8];
        assert_ne!(one.fitted.predict(&at), other.fitted.predict(&at));
        assert_eq!(one.fitted.predict(&at), fitted(Family::Trees, 60, 1, None).fitted.predict(&at));
        // So few runs are split, which leaves of eight would not allow.
        let few = fitted(Family::Trees, 3 * LEAF_ROWS, 1, None);
        assert_ne!(few.fitted.predict(&[0.0, 1.0]), few.fitted.predict(&[1.0, 0.0]));
    }
}
