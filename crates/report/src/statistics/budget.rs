//! How many samples are enough: looks at the first 100, 200, 400 … samples until the intervals are
//! narrow enough.
//!
//! A look always takes the samples with the lowest numbers, so that the answer follows from the
//! values alone, however many samples were simulated.

use super::{Series, interval, is_within, series};
use crate::results::Results;
use crate::specs::Specs;
use libchar_numeric::moments;

/// The number of samples at the first look; each later look has twice as many.
pub const FIRST: usize = 100;
/// The number of samples at the last look.
pub const LAST: usize = 51_200;

/// The statistic whose interval decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// The mean; its interval is compared with its size.
    Mean,
    /// The standard deviation; its interval is compared with its size.
    Sd,
    /// The yield of each measure with limits; its interval is absolute, in parts of 1.
    Yield,
}

/// The decision about the number of samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The number of samples that are needed.
    pub samples: usize,
    /// The measure and point with the widest interval at the last look, and the wider half of that
    /// interval; `None` before the first look.
    pub widest: Option<(String, String, f64)>,
    /// Whether that interval is narrow enough.
    pub is_enough: bool,
}

/// Whether any measure has limits, without which there is no yield.
pub fn has_limits(specs: &Specs) -> bool {
    specs.0.values().any(|spec| {
        spec.everywhere != (None, None)
            || spec.corners.values().any(|limits| *limits != (None, None))
    })
}

/// Decides how many samples are needed for intervals of at most `tolerance` at each side.
pub fn decide(results: &Results, specs: &Specs, of: Statistic, tolerance: f64) -> Decision {
    let all = series(results);
    let mut widest = None;
    let mut look = FIRST;
    loop {
        let complete = |series: &Series| {
            series.values.iter().filter(|(sample, _)| *sample <= look as u64).count() == look
        };
        if all.is_empty() || !all.iter().all(complete) {
            return Decision { samples: look, widest, is_enough: false };
        }
        let widths = all.iter().filter_map(|series| {
            let half = width(&series.values[..look], series, specs, of)?;
            Some((series.measure.clone(), series.point.clone(), half))
        });
        widest = widths.reduce(|most, next| if next.2 > most.2 { next } else { most });
        let is_enough = widest.as_ref().is_none_or(|(.., half)| *half <= tolerance);
        if is_enough || look >= LAST {
            return Decision { samples: look, widest, is_enough };
        }
        look *= 2;
    }
}

/// The wider half of an interval; `None` for a measure that does not vary or, for a yield, has no
/// limits.
fn width(
    samples: &[(u64, Option<f64>)],
    series: &Series,
    specs: &Specs,
    of: Statistic,
) -> Option<f64> {
    let mut values: Vec<f64> = samples.iter().filter_map(|(_, value)| *value).collect();
    let estimate = match of {
        Statistic::Yield => {
            let spec = specs.0.get(&series.measure.to_ascii_lowercase())?;
            let limits = spec.limits(&series.corner);
            let passing = values.iter().filter(|value| is_within(**value, limits)).count();
            (limits != (None, None)).then(|| interval::share(passing, samples.len()))?
        }
        _ if moments::sd(&values).is_some_and(|sd| sd == 0.0) => return None,
        _ if values.len() < 2 => return Some(f64::INFINITY),
        Statistic::Mean => interval::mean(&values),
        Statistic::Sd => {
            values.sort_unstable_by(f64::total_cmp);
            match interval::sd(&values) {
                Some(estimate) => estimate,
                None => return Some(f64::INFINITY),
            }
        }
    };
    let (Some(low), Some(high)) = (estimate.low, estimate.high) else {
        return Some(f64::INFINITY);
    };
    let half = (high - estimate.value).max(estimate.value - low);
    Some(if of == Statistic::Yield { half } else { half / estimate.value.abs() })
}

#[cfg(test)]
mod tests {
    use super::{Decision, FIRST, Statistic, decide, has_limits};
    use crate::Results;
    use crate::specs::{Spec, Specs};
    use libchar_numeric::draws::Draws;

    fn results(samples: usize, sd: f64) -> Results {
        let mut draws = Draws::new(1, &["budget"]);
        let mut text =
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,sample\n".to_owned();
        // In reverse, because their order must not matter.
        for sample in (1..=samples as u64).rev() {
            let value = 1.0 + sd * draws.normal(sample);
            text += &format!("TT/t/t_25/v1,TT,t,25,v1,1,m,{value},ok,{sample}\n");
        }
        Results::parse("r", text.as_bytes()).unwrap()
    }

    #[test]
    fn a_yield_is_told_where_any_limit_is() {
        let of = |everywhere, corner| {
            let corners = [("SS".to_owned(), corner)].into();
            let spec = Spec { everywhere, corners, ..Spec::default() };
            has_limits(&Specs([("m".to_owned(), spec)].into()))
        };
        assert!(!has_limits(&Specs::default()) && !of((None, None), (None, None)));
        assert!(of((Some(1.0), None), (None, None)) && of((None, Some(1.0)), (None, None)));
        assert!(of((None, None), (None, Some(1.0))) && of((None, None), (Some(1.0), None)));
    }

    /// The mean of n values with a relative σ of 0.1 has an interval of 1.96·0.1/√n: 2 % after 100,
    /// 1 % after 400 at the latest.
    #[test]
    fn the_first_narrow_look_decides_whatever_else_there_is() {
        let of =
            |samples| decide(&results(samples, 0.1), &Specs::default(), Statistic::Mean, 0.012);
        let Decision { samples, widest, is_enough } = of(0);
        assert_eq!((samples, widest, is_enough), (FIRST, None, false));
        assert_eq!((of(99).samples, of(100).samples, of(399).samples), (100, 200, 400));
        assert_eq!((of(400).samples, of(400).is_enough), (400, true));
        // More samples than needed change nothing.
        assert_eq!(of(800), of(400));
    }

    #[test]
    fn sigma_and_yield_need_more() {
        let sd = decide(&results(400, 0.1), &Specs::default(), Statistic::Sd, 0.05);
        assert_eq!((sd.samples, sd.is_enough), (800, false));
        let mut specs = Specs::default();
        let spec = Spec { everywhere: (None, Some(9.0)), ..Spec::default() };
        specs.0.insert("m".to_owned(), spec);
        // None of 200 fails: the interval of Clopper and Pearson is 1 − 0.025^(1/200) = 1.83 %
        // wide.
        let found = decide(&results(200, 0.1), &specs, Statistic::Yield, 0.0183);
        assert!((found.widest.unwrap().2 - (1.0 - 0.025f64.powf(1.0 / 200.0))).abs() < 1e-9);
        assert_eq!((found.samples, found.is_enough), (200, true));
    }
}
