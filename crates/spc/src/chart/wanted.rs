//! A chart as it is requested: whatever is left open takes the default of its kind.

use super::{Design, Given, Kind, RareLimits, SigmaZ};
use crate::arl::cusum::head_start;
use crate::error::SpcError;
use crate::sigma::Estimator;

/// Kinds of limits, for charts that have more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// EWMA, MEWMA: from the exact variance of each point.
    Exact,
    /// EWMA, MEWMA: from the asymptotic variance.
    Asymptotic,
    /// g: quantiles.
    Probability,
    /// g: a multiple of the standard deviation.
    Sigma,
}

crate::words::words! {
    Limits {
        Exact = "exact", Asymptotic = "asymptotic", Probability = "probability", Sigma = "sigma",
    }
}

/// A requested chart. `design` and `given` carry everything that has no other member here; the
/// other members take precedence.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted<'a> {
    /// The design; the other members replace its values.
    pub design: Design,
    /// Given values; the other members replace or add to them.
    pub given: Given,
    /// Sigma: the name of an estimator, or a given number.
    pub sigma: Option<&'a str>,
    /// Weight of an EWMA, also used as the weight of forecasts; where it is open, the weight of
    /// forecasts is fitted.
    pub lambda: Option<f64>,
    /// Kind of limits.
    pub limits: Option<Limits>,
    /// Decision interval in sigma, or the limit of T² of a MEWMA.
    pub h: Option<f64>,
    /// In-control run length that determines the limit of a MEWMA.
    pub target_arl: Option<f64>,
    /// Where the sums of a CUSUM start, in sigma.
    pub head_start: Option<f64>,
    /// Whether the sums start at half of the decision interval if `head_start` is open.
    pub is_fast: bool,
    /// Spread of z scores: `mr`, `sd` or a given number.
    pub sigma_z: &'a str,
    /// Given covariance matrix: rows separated by semicolons, cells by commas.
    pub covariance: Option<&'a str>,
}

impl Wanted<'_> {
    /// The complete design, and the values that are given instead of estimated.
    ///
    /// # Errors
    /// Text that is not an estimator, a matrix or a spread, and designs that make no sense.
    pub fn complete(self) -> Result<(Design, Given), SpcError> {
        let Wanted { mut design, mut given, .. } = self;
        let kind = design.chart;
        (design.options.sigma_z, given.sigma_z) = spread_of_scores(self.sigma_z)?;
        design.options.rare_limits = match self.limits {
            Some(Limits::Sigma) => RareLimits::Sigma,
            _ => RareLimits::Probability,
        };
        design.options.target_arl = match (kind, self.h) {
            (Kind::Mewma, None) => self.target_arl.unwrap_or(370.0),
            _ => 0.0,
        };
        design.h = self.h.unwrap_or(if kind == Kind::Mcusum { 5.5 } else { 5.0 });
        design.head_start = head_start(self.head_start, self.is_fast, design.h);
        design.exact_limits = match self.limits {
            Some(Limits::Exact) => true,
            Some(Limits::Asymptotic) => false,
            _ => kind != Kind::Mewma,
        };
        design.lambda = self.lambda.unwrap_or(design.lambda);
        given.lambda = self.lambda;
        given.covariance = self.covariance.map(matrix).transpose()?.unwrap_or_default();
        given.sigma = design.sigma_of(self.sigma)?;
        if let Some(value) = given.sigma.filter(|sigma| !(*sigma > 0.0 && sigma.is_finite())) {
            let expected = "a standard deviation above 0";
            return Err(SpcError::OutOfRange { name: "--sigma", value, expected });
        }
        design.check()?;
        Ok((design, given))
    }
}

impl Design {
    /// Interprets sigma as typed: the name of an estimator is stored in the design, a number is
    /// returned.
    ///
    /// # Errors
    /// Text that is neither.
    pub fn sigma_of(&mut self, typed: Option<&str>) -> Result<Option<f64>, SpcError> {
        let Some(typed) = typed else { return Ok(None) };
        let number = typed.parse().ok();
        if number.is_none() {
            self.estimator = Estimator::parse(typed)?;
        }
        Ok(number)
    }
}

/// The estimator of the spread of z scores, or the given number that replaces it.
fn spread_of_scores(typed: &str) -> Result<(SigmaZ, Option<f64>), SpcError> {
    match (typed, typed.parse().ok()) {
        ("sd", _) => Ok((SigmaZ::Sd, None)),
        ("mr", _) => Ok((SigmaZ::Mr, None)),
        (_, Some(given)) => Ok((SigmaZ::Mr, Some(given))),
        _ => Err(SpcError::Invalid(format!("--sigma-z is mr, sd or a number, not `{typed}`"))),
    }
}

/// Parses a matrix as typed: `1,0.5;0.5,1`.
fn matrix(typed: &str) -> Result<Vec<Vec<f64>>, SpcError> {
    let number = |cell: &str| {
        let refuse = |_| SpcError::Invalid(format!("--cov: `{cell}` is not a number"));
        cell.trim().parse::<f64>().map_err(refuse)
    };
    typed.split(';').map(|row| row.split(',').map(number).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted<'a>(kind: Kind) -> Wanted<'a> {
        Wanted {
            design: Design::new(kind),
            given: Given::default(),
            sigma: None,
            lambda: None,
            limits: None,
            h: None,
            target_arl: None,
            head_start: None,
            is_fast: false,
            sigma_z: "mr",
            covariance: None,
        }
    }

    fn complete(wanted: Wanted) -> (Design, Given) {
        wanted.complete().unwrap()
    }

    #[test]
    fn what_is_left_open_is_usual_for_the_kind() {
        for kind in Kind::ALL {
            let (design, given) = complete(wanted(kind));
            let usual = Design::new(kind);
            assert_eq!(given, Given::default());
            match kind {
                // Crosier (1988): h = 5.5 for two variables has a run length of 200 and more.
                Kind::Mcusum => assert_eq!(design, Design { h: 5.5, ..usual }),
                Kind::Mewma => {
                    assert!(!design.exact_limits && design.options.target_arl == 370.0)
                }
                _ => assert_eq!(design, usual),
            }
        }
    }

    #[test]
    fn limits_are_those_that_are_named() {
        let of = |kind, limits| complete(Wanted { limits: Some(limits), ..wanted(kind) }).0;
        assert!(of(Kind::Mewma, Limits::Exact).exact_limits);
        assert!(!of(Kind::Ewma, Limits::Asymptotic).exact_limits);
        assert_eq!(of(Kind::G, Limits::Sigma).options.rare_limits, RareLimits::Sigma);
        assert_eq!(of(Kind::G, Limits::Probability).options.rare_limits, RareLimits::Probability);
    }

    #[test]
    fn a_stated_limit_has_no_target_and_sums_start_within_it() {
        let (design, _) =
            complete(Wanted { h: Some(8.0), target_arl: Some(500.0), ..wanted(Kind::Mewma) });
        assert_eq!((design.h, design.options.target_arl), (8.0, 0.0));
        let target = Wanted { target_arl: Some(500.0), ..wanted(Kind::Mewma) };
        assert_eq!(complete(target).0.options.target_arl, 500.0);
        let fast = Wanted { h: Some(4.0), is_fast: true, ..wanted(Kind::Cusum) };
        assert_eq!(complete(fast).0.head_start, 2.0);
        let beyond = Wanted { head_start: Some(6.0), ..wanted(Kind::Cusum) };
        assert!(beyond.complete().is_err());
    }

    #[test]
    fn sigma_is_an_estimator_or_a_number_above_nothing() {
        let of = |sigma| Wanted { sigma: Some(sigma), ..wanted(Kind::IMr) }.complete();
        assert_eq!(of("median-mr").unwrap().0.estimator, Estimator::MedianMr);
        assert_eq!(of("0.8").unwrap().1.sigma, Some(0.8));
        for refused in ["0", "-1", "nan", "inf"] {
            assert!(of(refused).unwrap_err().to_string().starts_with("--sigma = "), "{refused}");
        }
        assert!(of("median").unwrap_err().to_string().starts_with("unknown sigma estimator"));
    }

    #[test]
    fn scores_weights_and_matrices_are_given() {
        let of = |sigma_z| Wanted { sigma_z, ..wanted(Kind::LaneyP) }.complete();
        assert_eq!(of("sd").unwrap().0.options.sigma_z, SigmaZ::Sd);
        assert_eq!(of("1.5").unwrap().1.sigma_z, Some(1.5));
        let told = of("range").unwrap_err().to_string();
        assert_eq!(told, "--sigma-z is mr, sd or a number, not `range`");
        let (design, given) = complete(Wanted { lambda: Some(0.1), ..wanted(Kind::Ewma) });
        assert_eq!((design.lambda, given.lambda), (0.1, Some(0.1)));
        let of = |text| Wanted { covariance: Some(text), ..wanted(Kind::Mewma) }.complete();
        assert_eq!(of("1, 0.5;0.5,1").unwrap().1.covariance, [[1.0, 0.5], [0.5, 1.0]]);
        assert_eq!(of("1,x").unwrap_err().to_string(), "--cov: `x` is not a number");
    }
}
