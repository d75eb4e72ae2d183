//! Finds the parameters that add almost nothing to a spread, so that they are not stepped at the other loads of a row.

use libchar_numeric::moments;

/// The largest share of the variance of any quantity that all omitted parameters together may have.
const LEFT_OUT: f64 = 0.02;

/// The parameters that are not omitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The parameters, by their number.
    pub parameters: Vec<usize>,
    /// Their share of the variance of each quantity, at least 1 - [`LEFT_OUT`].
    pub shares: Vec<f64>,
}

/// Omits the parameters that matter least. `quantities` holds, for each quantity, its change for a step up and for a step
/// down of each parameter.
pub fn choose(quantities: &[Vec<(f64, f64)>]) -> Kept {
    let square = |step: &(f64, f64)| step.0.abs().max(step.1.abs()).powi(2);
    let shares: Vec<Vec<f64>> = quantities
        .iter()
        .map(|steps| {
            let squares: Vec<f64> = steps.iter().map(square).collect();
            let all = moments::sum(squares.iter().copied());
            squares.into_iter().map(|own| if all > 0.0 { own / all } else { 0.0 }).collect()
        })
        .collect();
    let count = quantities.first().map_or(0, Vec::len);
    let most = |p: usize| shares.iter().map(|own| own[p]).fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| most(*a).total_cmp(&most(*b)));
    let mut out = vec![0.0; shares.len()];
    let mut left = 0;
    for p in &order {
        let next: Vec<f64> = out.iter().zip(&shares).map(|(sum, own)| sum + own[*p]).collect();
        if next.iter().any(|sum| *sum > LEFT_OUT) || left + 1 == count {
            break;
        }
        (out, left) = (next, left + 1);
    }
    let mut parameters = order.split_off(left);
    parameters.sort_unstable();
    Kept { parameters, shares: out.into_iter().map(|sum| 1.0 - sum).collect() }
}

#[cfg(test)]
mod tests {
    use super::choose;

    /// Calculated by hand: squares 100, 0.25, 0.36, 4 of 104.61; the two small ones together have 0.58 %, with the 4 it is
    /// 4.4 %.
    #[test]
    fn what_is_left_out_has_two_hundredths_together() {
        let one = vec![(10.0, -9.0), (0.5, -0.5), (0.1, 0.6), (-2.0, 2.0)];
        let kept = choose(std::slice::from_ref(&one));
        assert_eq!(kept.parameters, [0, 3]);
        assert!((kept.shares[0] - 104.0 / 104.61).abs() < 1e-12);
        // Another quantity that one of them decides keeps it.
        let kept = choose(&[one, vec![(0.0, 0.0), (1.0, 0.0), (0.0, 0.0), (0.0, 0.0)]]);
        assert_eq!(kept.parameters, [0, 1, 3]);
        // One is always left.
        assert_eq!(choose(&[vec![(0.0, 0.0); 3]]).parameters.len(), 1);
    }
}
