//! The next recipe with several inputs, by least squares within bounds.

use nalgebra::{DMatrix, DVector};

/// One input of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Greatest change per run.
    pub step: f64,
    /// Scale of a change: inputs share a correction in proportion to the square of their scales.
    pub scale: f64,
}

/// A recipe, and the bounds that restrict it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Value of each input.
    pub u: Vec<f64>,
    /// The bound that restricts an input: `its least value`, `its greatest value` or
    /// `its greatest step`.
    pub held: Vec<Option<&'static str>>,
    /// The remaining expected deviation of each output.
    pub left: Vec<f64>,
}

/// The recipe that brings `gains u` nearest to `wanted` with the smallest changes from `last`.
///
/// # Formula
///
/// Minimum-norm least squares of the changes, each in units of its scale. Inputs that leave their
/// bounds are fixed at them one after the other, starting with the one that is furthest outside,
/// and the others are solved for again.
///
/// `gains` has one row per output and one column per input.
pub fn next(gains: &DMatrix<f64>, wanted: &[f64], last: &[f64], inputs: &[Input]) -> Recipe {
    let n = inputs.len();
    let missing = DVector::from_column_slice(wanted) - gains * DVector::from_column_slice(last);
    let limit = |j: usize| {
        let i = &inputs[j];
        ((i.low - last[j]).max(-i.step), (i.high - last[j]).min(i.step))
    };
    let mut moves = vec![0.0; n];
    let mut held: Vec<Option<&'static str>> = vec![None; n];
    loop {
        let free: Vec<usize> = (0..n).filter(|&j| held[j].is_none()).collect();
        if free.is_empty() {
            break;
        }
        let mut rest = missing.clone();
        for j in (0..n).filter(|&j| held[j].is_some()) {
            rest.axpy(-moves[j], &gains.column(j), 1.0);
        }
        let scaled = DMatrix::from_fn(gains.nrows(), free.len(), |r, c| {
            gains[(r, free[c])] * inputs[free[c]].scale
        });
        let svd = scaled.svd(true, true);
        let floor = 1e-12 * svd.singular_values.max();
        let solved = svd.solve(&rest, floor).unwrap_or_else(|_| DVector::zeros(free.len()));
        for (c, &j) in free.iter().enumerate() {
            moves[j] = solved[c] * inputs[j].scale;
        }
        let out = |j: usize| {
            let (low, high) = limit(j);
            (low - moves[j]).max(moves[j] - high) / inputs[j].scale
        };
        let furthest = free.iter().copied().max_by(|a, b| out(*a).total_cmp(&out(*b)));
        let Some(j) = furthest.filter(|&j| out(j) > 1e-12) else { break };
        let (low, high) = limit(j);
        let down = moves[j] < low;
        moves[j] = if down { low } else { high };
        let bound = if down { inputs[j].low } else { inputs[j].high };
        let at_bound =
            bound.is_finite() && (last[j] + moves[j] - bound).abs() <= 1e-12 * bound.abs().max(1.0);
        held[j] = Some(match (at_bound, down) {
            (true, true) => "its least value",
            (true, false) => "its greatest value",
            _ => "its greatest step",
        });
    }
    let u: Vec<f64> = last.iter().zip(&moves).map(|(last, change)| last + change).collect();
    let left = DVector::from_column_slice(wanted) - gains * DVector::from_column_slice(&u);
    Recipe { u, held, left: left.as_slice().to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str) -> Input {
        Input { name: name.to_owned(), low: -100.0, high: 100.0, step: f64::INFINITY, scale: 1.0 }
    }

    #[test]
    fn two_outputs_and_two_inputs_are_solved() {
        let gains = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 3.0]);
        let found = next(&gains, &[5.0, 10.0], &[0.0, 0.0], &[input("a"), input("b")]);
        assert!((found.u[0] - 1.0).abs() < 1e-12 && (found.u[1] - 3.0).abs() < 1e-12);
        assert!(found.held.iter().all(Option::is_none));
    }

    /// One output, two inputs: the smallest change is the gain over its squared norm, times the
    /// missing output.
    #[test]
    fn more_inputs_than_outputs_move_least() {
        let gains = DMatrix::from_row_slice(1, 2, &[3.0, 4.0]);
        let found = next(&gains, &[25.0], &[0.0, 0.0], &[input("a"), input("b")]);
        assert!((found.u[0] - 3.0).abs() < 1e-12 && (found.u[1] - 4.0).abs() < 1e-12);
        let tight = Input { high: 1.0, ..input("a") };
        let found = next(&gains, &[25.0], &[0.0, 0.0], &[tight, input("b")]);
        assert_eq!(found.held[0], Some("its greatest value"));
        assert!((found.u[0] - 1.0).abs() < 1e-12 && (found.u[1] - 5.5).abs() < 1e-12);
        let slow = |name| Input { step: 0.5, ..input(name) };
        let found = next(&gains, &[25.0], &[0.0, 0.0], &[slow("a"), slow("b")]);
        assert_eq!(found.held, [Some("its greatest step"); 2]);
        assert!((found.left[0] - 21.5).abs() < 1e-12);
        let open = Input { high: f64::INFINITY, ..slow("a") };
        let found = next(&gains, &[25.0], &[0.0, 0.0], &[open, slow("b")]);
        assert_eq!(found.held, [Some("its greatest step"); 2]);
    }
}
