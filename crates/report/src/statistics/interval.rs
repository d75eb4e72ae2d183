//! 95 % intervals of statistics of a sample, and what each assumes.

use libchar_numeric::{moments, normal, quantile};
use statrs::function::beta::{beta_reg, inv_beta_reg};

/// Probability outside an interval.
const ALPHA: f64 = 0.05;

/// A statistic with the ends of its 95 % interval; an end is `None` if the sample is too small for
/// it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The statistic.
    pub value: f64,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Estimate {
    /// A value with an interval of this half width, if there is one.
    fn about(value: f64, half: Option<f64>) -> Estimate {
        let half = half.filter(|half| half.is_finite());
        Estimate { value, low: half.map(|half| value - half), high: half.map(|half| value + half) }
    }
}

/// Quantile of Student's t that leaves `ALPHA` outside both ends, for `freedom` ≥ 1.
pub fn t_two_sided(freedom: f64) -> f64 {
    // f/(f + t²) is a beta variable of shapes f/2 and 1/2.
    let x = inv_beta_reg(freedom / 2.0, 0.5, ALPHA);
    (freedom * (1.0 - x) / x).sqrt()
}

fn z_two_sided() -> f64 {
    normal::quantile(1.0 - ALPHA / 2.0)
}

/// The mean with an interval by Student's t: exact for a normal distribution, good for others if n
/// is not small.
pub fn mean(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let half = moments::sd(values).map(|sd| t_two_sided(n - 1.0) * sd / n.sqrt());
    Estimate::about(moments::mean(values), half)
}

/// The standard deviation with an interval that widens with the kurtosis of the sample; `None` for
/// fewer than 10 values or no variation.
///
/// # Formula
/// exp(ln(c s²) ± z c e), c = n/(n − z), e² = (γ − (n − 3)/n)/(n − 1), γ = n Σ(x − m)⁴/(Σ(x − x̄)²)², m the mean without the
/// share 1/(2√(n − 4)) at each end. Source: Bonett (2006), Computational Statistics & Data Analysis 50, 775–782.
pub fn sd(sorted: &[f64]) -> Option<Estimate> {
    let n = sorted.len() as f64;
    let sd = moments::sd(sorted).filter(|sd| *sd > 0.0 && sorted.len() >= 10)?;
    let cut = (n / (2.0 * (n - 4.0).sqrt())).floor() as usize;
    let middle = moments::mean(&sorted[cut..sorted.len() - cut]);
    let fourth = moments::sum(sorted.iter().map(|x| ((x - middle) / sd).powi(4)));
    let kurtosis = n * fourth / ((n - 1.0) * (n - 1.0));
    let z = z_two_sided();
    let c = n / (n - z);
    let error = ((kurtosis - (n - 3.0) / n) / (n - 1.0)).max(0.0).sqrt();
    let at = |side: f64| ((c * sd * sd).ln() + side * z * c * error).exp().sqrt();
    Some(Estimate { value: sd, low: Some(at(-1.0)), high: Some(at(1.0)) })
}

/// The skewness G₁, corrected for bias, with an interval of its standard error for a normal
/// distribution. The interval holds for nearly normal distributions, and shows whether the skewness
/// differs from 0.
///
/// # Formula
/// G₁ = g₁ √(n(n − 1))/(n − 2), error² = 6n(n − 1)/((n − 2)(n + 1)(n + 3)).
pub fn skewness(values: &[f64]) -> Option<Estimate> {
    let n = values.len() as f64;
    let g = moments::skewness(values).filter(|_| values.len() >= 8)?;
    let corrected = g * (n * (n - 1.0)).sqrt() / (n - 2.0);
    let error = (6.0 * n * (n - 1.0) / ((n - 2.0) * (n + 1.0) * (n + 3.0))).sqrt();
    Some(Estimate::about(corrected, Some(z_two_sided() * error)))
}

/// The quantile at 0 < p < 1 with order statistics as its interval, for any distribution: its
/// coverage is at least 95 %, mostly more. An end is `None` if the sample has no value that far
/// out.
pub fn percentile(sorted: &[f64], p: f64) -> Estimate {
    let n = sorted.len();
    // The number of values below the quantile is binomial.
    let below = |k: usize| binomial_cdf(k, n, p);
    let start = (n as f64 * p) as usize;
    let width = 1 + (10.0 * (n as f64 * p * (1.0 - p)).sqrt()) as usize;
    let (from, to) = (start.saturating_sub(width), (start + width).min(n));
    let low = (from..to).take_while(|k| below(*k) <= ALPHA / 2.0).last();
    let high = (from..to).find(|k| below(*k) >= 1.0 - ALPHA / 2.0);
    Estimate {
        value: quantile::of_sorted(sorted, p, quantile::Method::MedianUnbiased),
        low: low.map(|k| sorted[k]),
        high: high.and_then(|k| sorted.get(k).copied()),
    }
}

/// P(at most k of n).
fn binomial_cdf(k: usize, n: usize, p: f64) -> f64 {
    if k >= n { 1.0 } else { beta_reg((n - k) as f64, k as f64 + 1.0, 1.0 - p) }
}

/// The share of `passing` in `n`, 0 to 1, by Clopper and Pearson (1934), Biometrika 26, 404–413:
/// the coverage is at least 95 %, mostly more.
pub fn share(passing: usize, n: usize) -> Estimate {
    let (k, failing) = (passing as f64, (n - passing) as f64);
    let low = if passing == 0 { 0.0 } else { beta_quantile(ALPHA / 2.0, k, failing + 1.0) };
    let high = if passing == n { 1.0 } else { beta_quantile(1.0 - ALPHA / 2.0, k + 1.0, failing) };
    Estimate { value: k / n.max(1) as f64, low: Some(low), high: Some(high) }
}

/// The quantile of a beta variable by bisection to the last bit: the library's inverse loses digits
/// if a shape is large.
fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if beta_reg(a, b, middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The capability index to the nearer limit, (U − x̄)/3s or (x̄ − L)/3s, with an interval from the
/// scatter of its own influence function, so that it also holds for other distributions than the
/// normal if n is not small.
///
/// # Formula
/// Standard error √(Σ f²/n)/√n, f = ∓z/3 − C (z² − 1)/2, z = (x − x̄)/s.
pub fn cpk(values: &[f64], lower: Option<f64>, upper: Option<f64>) -> Option<Estimate> {
    let n = values.len() as f64;
    let center = moments::mean(values);
    let sd = moments::sd(values).filter(|sd| *sd > 0.0 && values.len() >= 10)?;
    let above = upper.map(|upper| ((upper - center) / (3.0 * sd), -1.0));
    let below = lower.map(|lower| ((center - lower) / (3.0 * sd), 1.0));
    let (index, side) = [above, below].into_iter().flatten().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let influence = |x: &f64| {
        let z = (x - center) / sd;
        (side * z / 3.0 - index * (z * z - 1.0) / 2.0).powi(2)
    };
    let error = (moments::sum(values.iter().map(influence)) / n).sqrt() / n.sqrt();
    Some(Estimate::about(index, Some(t_two_sided(n - 1.0) * error)))
}

/// Pearson's correlation with the interval of Fisher's transformation, for nearly normal pairs.
pub fn correlation(x: &[f64], y: &[f64]) -> Option<Estimate> {
    let n = x.len().min(y.len());
    let r = moments::correlation(x, y).filter(|_| n >= 4)?;
    let half = z_two_sided() / (n as f64 - 3.0).sqrt();
    let at = |side: f64| (r.atanh() + side * half).tanh();
    Some(Estimate { value: r, low: Some(at(-1.0)), high: Some(at(1.0)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, wanted: f64, tolerance: f64) {
        assert!((found - wanted).abs() < tolerance, "{found} against {wanted}");
    }

    /// Student's t at 97.5 %: 12.706 with 1, 2.228 with 10, 1.984 with 100 degrees (Abramowitz & Stegun, table 26.10).
    #[test]
    fn t_is_that_of_the_tables() {
        for (freedom, wanted) in [(1.0, 12.706), (10.0, 2.228), (100.0, 1.984)] {
            close(t_two_sided(freedom), wanted, 5e-4);
        }
    }

    /// The ends by their definition: the binomial probability of at least as many is 2.5 % at the
    /// lower end, and of at most as many at the upper end; and (α/2)^(1/n) if all pass.
    #[test]
    fn clopper_pearson_by_its_definition() {
        let pmf = |k: u32, n: u32, p: f64| {
            let choose = (0..k).fold(1.0, |c, i| c * f64::from(n - i) / f64::from(i + 1));
            choose * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)
        };
        for (k, n) in [(3u32, 20u32), (19, 20), (95, 100)] {
            let found = share(k as usize, n as usize);
            let (low, high) = (found.low.unwrap(), found.high.unwrap());
            close((k..=n).map(|i| pmf(i, n, low)).sum(), 0.025, 1e-12);
            close((0..=k).map(|i| pmf(i, n, high)).sum(), 0.025, 1e-12);
        }
        let all = share(1000, 1000);
        close(all.low.unwrap(), 0.025f64.powf(1e-3), 1e-13);
        assert_eq!((all.high, share(0, 5).low), (Some(1.0), Some(0.0)));
    }

    /// The median of 20 values: the 6th and the 15th enclose it with 95.86 % (Conover, Practical Nonparametric Statistics).
    #[test]
    fn order_statistics_enclose_a_quantile() {
        let sorted: Vec<f64> = (1..=20).map(f64::from).collect();
        let median = percentile(&sorted, 0.5);
        assert_eq!((median.value, median.low, median.high), (10.5, Some(6.0), Some(15.0)));
        let far = percentile(&sorted, 0.999);
        assert_eq!((far.high, far.low.is_some()), (None, true));
    }

    /// Bonett's interval of 1, 2 … 9 and 20, which keeps 3 to 8 for its mean, computed by his formula in another language.
    #[test]
    fn a_standard_deviation_with_a_far_value() {
        let sorted: Vec<f64> = (1..=9).chain([20]).map(f64::from).collect();
        let found = sd(&sorted).unwrap();
        close(found.value, 5.400_617_248_673_217, 1e-12);
        close(found.low.unwrap(), 2.258_010_128_827_162, 1e-9);
        close(found.high.unwrap(), 16.065_820_796_870_216, 1e-9);
    }

    /// The example of Microsoft's manual of SKEW; 0.687 is the standard error of ten values in the tables of SPSS.
    #[test]
    fn skewness_of_a_published_example() {
        let found = skewness(&[3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0]).unwrap();
        close(found.value, 0.359_543, 1e-6);
        close((found.high.unwrap() - found.value) / 1.959_964, 0.687, 5e-4);
    }
}
