//! Paired tests: is one model better than another on the same jobs?

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::LearnError;

/// Result of a paired test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedTest {
    /// Student's t, or the smaller rank sum of Wilcoxon's test.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Mean of the differences.
    pub mean_difference: f64,
    /// Number of pairs used.
    pub pairs: usize,
}

/// Student's t test of the mean of paired differences against zero.
///
/// # Errors
/// [`LearnError::TooFewRows`] below two pairs, [`LearnError::NotFinite`] for a difference that is not.
pub fn t_test(differences: &[f64]) -> Result<PairedTest, LearnError> {
    check(differences, 2)?;
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let (statistic, p_value) = if variance > 0.0 {
        let t = mean / (variance / n).sqrt();
        let tail = StudentsT::new(0.0, 1.0, n - 1.0).map_or(f64::NAN, |d| d.cdf(-t.abs()));
        (t, (2.0 * tail).min(1.0))
    } else if mean == 0.0 {
        (0.0, 1.0)
    } else {
        (f64::INFINITY.copysign(mean), 0.0)
    };
    Ok(PairedTest { statistic, p_value, mean_difference: mean, pairs: differences.len() })
}

/// Wilcoxon's signed-rank test: exact for up to 50 pairs without ties, else the normal approximation
/// with the correction for ties. Zero differences are left out, as Wilcoxon did.
///
/// # Errors
/// [`LearnError::TooFewRows`] without pairs, [`LearnError::NotFinite`] for a difference that is not.
pub fn wilcoxon(differences: &[f64]) -> Result<PairedTest, LearnError> {
    check(differences, 1)?;
    let mean_difference = differences.iter().sum::<f64>() / differences.len() as f64;
    let mut kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    let pairs = kept.len();
    if pairs == 0 {
        return Ok(PairedTest { statistic: 0.0, p_value: 1.0, mean_difference, pairs });
    }
    kept.sort_unstable_by(|a, b| a.abs().total_cmp(&b.abs()));
    let (mut plus, mut minus, mut ties, mut start) = (0.0, 0.0, 0.0, 0);
    while start < pairs {
        let same = kept[start..].iter().take_while(|d| d.abs() == kept[start].abs()).count();
        let rank = start as f64 + (same as f64 + 1.0) / 2.0;
        for d in &kept[start..start + same] {
            if *d > 0.0 { plus += rank } else { minus += rank }
        }
        ties += (same as f64).powi(3) - same as f64;
        start += same;
    }
    let statistic = f64::min(plus, minus);
    let p_value = if ties == 0.0 && pairs <= 50 {
        exact_two_sided(statistic, pairs)
    } else {
        let n = pairs as f64;
        let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ties / 48.0;
        let z = (statistic - n * (n + 1.0) / 4.0) / variance.sqrt();
        (2.0 * Normal::standard().cdf(z)).min(1.0)
    };
    Ok(PairedTest { statistic, p_value, mean_difference, pairs })
}

/// Counts the sign patterns whose rank sum is at most `statistic`.
fn exact_two_sided(statistic: f64, n: usize) -> f64 {
    let top = n * (n + 1) / 2;
    let mut share = vec![0.0; top + 1];
    share[0] = 1.0;
    for rank in 1..=n {
        for sum in (0..=top).rev() {
            let with = if sum >= rank { share[sum - rank] } else { 0.0 };
            share[sum] = 0.5 * (share[sum] + with);
        }
    }
    let tail: f64 = share[..=(statistic as usize)].iter().sum();
    (2.0 * tail).min(1.0)
}

fn check(differences: &[f64], needed: usize) -> Result<(), LearnError> {
    if differences.len() < needed {
        let found = differences.len();
        return Err(LearnError::TooFewRows { what: "a paired test", needed, found });
    }
    match differences.iter().position(|d| !d.is_finite()) {
        Some(row) => {
            let value = differences[row];
            Err(LearnError::NotFinite { what: "difference".into(), row, value })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Student's sleep data (1908) as printed by R: t = -4.0621, df = 9, p = 0.002833.
    #[test]
    fn students_sleep_data() {
        let drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let d: Vec<f64> = drug1.iter().zip(drug2).map(|(a, b)| a - b).collect();
        let test = t_test(&d).unwrap();
        assert!((test.statistic + 4.0621).abs() < 5e-5);
        assert!((test.p_value - 0.002833).abs() < 5e-7);
    }

    /// Darwin's maize as printed in SciPy's documentation: statistic 24, p = 0.041259765625.
    #[test]
    fn darwins_maize() {
        let d = [
            6.0, 8.0, 14.0, 16.0, 23.0, 24.0, 28.0, 29.0, 41.0, -48.0, 49.0, 56.0, 60.0, -67.0,
            75.0,
        ];
        let test = wilcoxon(&d).unwrap();
        assert_eq!(test.statistic, 24.0);
        assert_eq!(test.p_value, 0.041259765625);
    }

    /// By hand: three ranks of 2, two of 4.5, one of 6. The smaller sum is 2 and its mean 10.5; the
    /// ties reduce the variance 6 · 7 · 13 / 24 by (3³ − 3 + 2³ − 2) / 48. p = erfc(8.5 / √(2 ·
    /// 22.125)) by the C library.
    #[test]
    fn ties_take_their_part_of_the_variance() {
        let test = wilcoxon(&[1.0, 1.0, -1.0, 2.0, 2.0, 3.0]).unwrap();
        assert_eq!((test.statistic, test.pairs), (2.0, 6));
        assert!((test.p_value - 0.07074986707637768).abs() < 1e-9, "{}", test.p_value);
    }

    #[test]
    fn no_difference_and_no_spread() {
        assert_eq!(t_test(&[0.0; 5]).unwrap().p_value, 1.0);
        assert_eq!(t_test(&[1.0; 5]).unwrap().p_value, 0.0);
        assert_eq!(wilcoxon(&[0.0; 5]).unwrap().p_value, 1.0);
        assert!(t_test(&[1.0]).is_err() && wilcoxon(&[f64::NAN]).is_err());
    }
}
