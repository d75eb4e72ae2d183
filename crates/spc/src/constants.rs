//! Control-chart constants for a subgroup of n values from a normal process.

use crate::error::SpcError;
use crate::normal::{cdf, pdf};
use crate::quadrature::gauss_legendre;
use libchar_core::{Cell, Frame};

/// Largest subgroup for which the distribution of the range is integrated.
pub const MAX_RANGE_N: usize = 100;

/// The constants of Montgomery's Appendix VI for one subgroup size.
///
/// `a`, `a2`, `a3` place the limits of an X̄ chart from σ, R̄ and S̄; `d_lower1`…`d4` those of an R chart, `b3`…`b6`
/// those of an S chart, from R̄ or S̄ (`d3_factor`, `d4`, `b3`, `b4`) or from σ (`d1`, `d2_factor`, `b5`, `b6`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constants {
    /// Subgroup size.
    pub n: usize,
    /// Mean of the range in units of σ.
    pub d2: f64,
    /// Standard deviation of the range in units of σ.
    pub d3: f64,
    /// Mean of the sample standard deviation in units of σ.
    pub c4: f64,
    /// 3/√n.
    pub a: f64,
    /// 3/(d2 √n).
    pub a2: f64,
    /// 3/(c4 √n).
    pub a3: f64,
    /// Lower limit of R in units of σ: max(0, d2 − 3 d3). Printed as D1.
    pub range_lower: f64,
    /// Upper limit of R in units of σ: d2 + 3 d3. Printed as D2.
    pub range_upper: f64,
    /// Lower limit of R in units of R̄: D1/d2. Printed as D3.
    pub range_lower_ratio: f64,
    /// Upper limit of R in units of R̄: D2/d2. Printed as D4.
    pub range_upper_ratio: f64,
    /// Lower limit of S in units of S̄: B5/c4.
    pub b3: f64,
    /// Upper limit of S in units of S̄: B6/c4.
    pub b4: f64,
    /// Lower limit of S in units of σ: max(0, c4 − 3 √(1 − c4²)).
    pub b5: f64,
    /// Upper limit of S in units of σ: c4 + 3 √(1 − c4²).
    pub b6: f64,
}

impl Constants {
    /// The constants for subgroups of `n` values, 2 ≤ n ≤ [`MAX_RANGE_N`].
    pub fn new(n: usize) -> Result<Self, SpcError> {
        let (d2, d3) = range_moments(n)?;
        let c4 = c4(n)?;
        let root_n = (n as f64).sqrt();
        let spread = (1.0 - c4 * c4).max(0.0).sqrt();
        let (range_lower, range_upper) = ((d2 - 3.0 * d3).max(0.0), d2 + 3.0 * d3);
        let (b5, b6) = ((c4 - 3.0 * spread).max(0.0), c4 + 3.0 * spread);
        Ok(Self {
            n,
            d2,
            d3,
            c4,
            a: 3.0 / root_n,
            a2: 3.0 / (d2 * root_n),
            a3: 3.0 / (c4 * root_n),
            range_lower,
            range_upper,
            range_lower_ratio: range_lower / d2,
            range_upper_ratio: range_upper / d2,
            b3: b5 / c4,
            b4: b6 / c4,
            b5,
            b6,
        })
    }

    /// Every constant under its usual printed name, in the usual order.
    pub fn named(&self) -> [(&'static str, f64); 14] {
        [
            ("d2", self.d2),
            ("d3", self.d3),
            ("c4", self.c4),
            ("A", self.a),
            ("A2", self.a2),
            ("A3", self.a3),
            ("D1", self.range_lower),
            ("D2", self.range_upper),
            ("D3", self.range_lower_ratio),
            ("D4", self.range_upper_ratio),
            ("B3", self.b3),
            ("B4", self.b4),
            ("B5", self.b5),
            ("B6", self.b6),
        ]
    }
}

/// A table with one row per subgroup size.
///
/// # Errors
/// A size that has no constants.
pub fn table(sizes: &[usize]) -> Result<Frame, SpcError> {
    let rows = sizes.iter().map(|n| Constants::new(*n)).collect::<Result<Vec<_>, _>>()?;
    let named: Vec<_> = rows.iter().map(Constants::named).collect();
    let names = named.iter().take(1).flatten().map(|(name, _)| *name);
    let mut frame = Frame::new("libchar.spc-constants", 1, std::iter::once("n").chain(names));
    for (row, named) in rows.iter().zip(&named) {
        let values = named.iter().map(|(_, value)| Cell::from(*value));
        frame.push(std::iter::once(row.n.into()).chain(values).collect());
    }
    Ok(frame)
}

/// c4(n) = √(2/(n−1)) Γ(n/2)/Γ((n−1)/2), by the recurrence of the Γ ratio; exact up to rounding for
/// any n ≥ 2.
pub fn c4(n: usize) -> Result<f64, SpcError> {
    check_n(n, usize::MAX)?;
    let mut ratio = 1.0 / std::f64::consts::PI.sqrt();
    for k in 2..n {
        ratio = (k as f64 - 1.0) / 2.0 / ratio;
    }
    Ok((2.0 / (n as f64 - 1.0)).sqrt() * ratio)
}

/// d2(n) = ∫ 1 − Φ(x)ⁿ − (1 − Φ(x))ⁿ dx, the mean range of n standard normal values.
pub fn d2(n: usize) -> Result<f64, SpcError> {
    check_n(n, MAX_RANGE_N)?;
    // The integrand is smooth and vanishes doubly exponentially: the trapezoidal rule converges
    // geometrically, and a step of 1/4 leaves less than 1e-13.
    let sum: f64 = (-40..=40)
        .map(|i| {
            let p = cdf(f64::from(i) * 0.25);
            1.0 - p.powi(n as i32) - (1.0 - p).powi(n as i32)
        })
        .sum();
    Ok(0.25 * sum)
}

/// (d2, d3): mean and standard deviation of the range of n standard normal values.
///
/// E\[W²\] = 2 ∫ w (1 − F(w)) dw over the distribution of the range, [`RangeDistribution`].
pub fn range_moments(n: usize) -> Result<(f64, f64), SpcError> {
    let d2 = d2(n)?;
    let range = RangeDistribution::new(n)?;
    let square: f64 = [(0.0, 5.0), (5.0, 12.0)]
        .iter()
        .flat_map(|&(lo, hi)| gauss_legendre(32, lo, hi))
        .map(|(w, weight)| 2.0 * weight * w * (1.0 - range.cdf(w)))
        .sum();
    Ok((d2, (square - d2 * d2).sqrt()))
}

/// Distribution of the range of n standard normal values.
#[derive(Debug, Clone)]
pub struct RangeDistribution {
    n: usize,
    /// x, φ(x), Φ(x) on an even grid.
    grid: Vec<(f64, f64, f64)>,
}

impl RangeDistribution {
    /// The distribution for `n` values, 2 ≤ n ≤ [`MAX_RANGE_N`].
    pub fn new(n: usize) -> Result<Self, SpcError> {
        check_n(n, MAX_RANGE_N)?;
        let grid = (-45..=45).map(|i| f64::from(i) * 0.2).map(|x| (x, pdf(x), cdf(x))).collect();
        Ok(Self { n, grid })
    }

    /// F(w) = n ∫ φ(x) (Φ(x + w) − Φ(x))ⁿ⁻¹ dx by the trapezoidal rule, for w ≥ 0 in sigma.
    pub fn cdf(&self, w: f64) -> f64 {
        let power = self.n as i32 - 1;
        let sum: f64 = self.grid.iter().map(|(x, f, p)| f * (cdf(x + w) - p).powi(power)).sum();
        0.2 * self.n as f64 * sum
    }
}

fn check_n(n: usize, largest: usize) -> Result<(), SpcError> {
    if n < 2 {
        return Err(SpcError::TooFew {
            what: "a control-chart constant",
            needed: 2,
            unit: "values in a subgroup",
            found: n,
        });
    }
    if n > largest {
        return Err(SpcError::OutOfRange {
            name: "subgroup size",
            value: n as f64,
            expected: "ranges are used for 2 to 100 values; use standard deviations for larger subgroups",
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// Closed forms: d2(2) = 2/√π, d3(2) = √(2 − 4/π), d2(3) = 3/√π, c4(2) = √(2/π).
    #[test]
    fn small_subgroups_have_closed_forms() {
        let two = Constants::new(2).unwrap();
        assert!((two.d2 - 2.0 / PI.sqrt()).abs() < 1e-13);
        assert!((two.d3 - (2.0 - 4.0 / PI).sqrt()).abs() < 1e-11);
        assert!((two.c4 - (2.0 / PI).sqrt()).abs() < 1e-14);
        assert!((d2(3).unwrap() - 3.0 / PI.sqrt()).abs() < 1e-13);
    }

    /// d2(5), d3(5), c4(5) as printed in Montgomery's Appendix VI.
    #[test]
    fn five_values_round_to_the_textbook() {
        let five = Constants::new(5).unwrap();
        assert_eq!(format!("{:.3} {:.3} {:.4}", five.d2, five.d3, five.c4), "2.326 0.864 0.9400");
        assert_eq!(format!("{:.3} {:.3}", five.a2, five.range_upper_ratio), "0.577 2.114");
    }

    /// Values for n = 3 as printed in Montgomery's Appendix VI: A2 = 1.023, D4 = 2.574.
    #[test]
    fn a_table_has_a_row_a_size() {
        let csv = String::from_utf8(table(&[3, 5]).unwrap().to_csv()).unwrap();
        let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
        assert_eq!((lines.len(), lines[0][0], lines[2][0]), (3, "n", "5"));
        let of_three = |name: &str| -> f64 {
            lines[1][lines[0].iter().position(|own| *own == name).unwrap()].parse().unwrap()
        };
        assert!((of_three("A2") - 1.023).abs() < 5e-4 && (of_three("D4") - 2.574).abs() < 1e-3);
        assert!(table(&[5, 1]).is_err());
    }

    #[test]
    fn sizes_out_of_range_are_refused() {
        assert!(c4(1).is_err() && d2(0).is_err() && Constants::new(101).is_err());
        assert!(c4(5000).unwrap() < 1.0);
    }
}
