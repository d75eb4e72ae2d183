//! Charts of measurements: I-MR, X̄-R, X̄-S.

use super::{Design, Given, Kind, Level, Panel, Parameters, Parts, Scope};
use crate::constants::c4;
use crate::describe::mean;
use crate::error::SpcError;
use crate::sigma::{Estimator, moving_ranges};
use crate::subgroup::Subgroups;

/// Estimates grand mean and sigma. Individuals use moving ranges, larger subgroups the design's
/// estimator.
pub(super) fn estimate(
    design: &Design,
    groups: &Subgroups,
    given: &Given,
) -> Result<Parameters, SpcError> {
    if groups.is_empty() {
        return Err(SpcError::TooFew { what: "a chart", needed: 1, unit: "points", found: 0 });
    }
    if matches!(design.chart, Kind::XbarR | Kind::XbarS) {
        groups.check_some_spread("a chart of subgroup means")?;
    }
    if let Some(sigma) = given.sigma
        && !(sigma > 0.0 && sigma.is_finite())
    {
        let expected = "a standard deviation above 0";
        return Err(SpcError::OutOfRange { name: "sigma", value: sigma, expected });
    }
    // The mean of all values, that is, subgroup means weighted by their sizes.
    let center = given.center.unwrap_or_else(|| mean(groups.values()));
    let sigma = match given.sigma {
        Some(sigma) => sigma,
        None => estimator(design, groups)?.estimate(groups, design.span, design.convention)?,
    };
    Ok(Parameters {
        center,
        sigma: Some(sigma),
        points: if given.sigma.is_some() { 0 } else { groups.len() },
        values: if given.sigma.and(given.center).is_some() { 0 } else { groups.values().len() },
        ..Parameters::default()
    })
}

/// The estimator to use for these subgroups: an EWMA or CUSUM of means cannot use moving ranges of
/// single values.
fn estimator(design: &Design, groups: &Subgroups) -> Result<Estimator, SpcError> {
    let single = groups.common_size() == Some(1);
    match (design.estimator, single) {
        (Estimator::Mr, false) if matches!(design.chart, Kind::Ewma | Kind::Cusum) => {
            Ok(Estimator::Range)
        }
        (estimator, true) if estimator.is_within_subgroups() => Err(SpcError::Invalid(format!(
            "sigma by {} needs subgroups of 2 or more values; for individuals use mr, median-mr or overall",
            estimator.name()
        ))),
        (estimator @ (Estimator::Mr | Estimator::MedianMr), false) => {
            Err(SpcError::Invalid(format!(
                "sigma by {} is for individuals; for subgroups use range, sd or pooled",
                estimator.name()
            )))
        }
        (estimator, _) => Ok(estimator),
    }
}

/// As [`estimate`], from the moving ranges that lie within one run of a part.
pub(super) fn estimate_within_runs(
    design: &Design,
    parts: &Parts,
    given: &Given,
) -> Result<Parameters, SpcError> {
    if given.sigma.is_some() {
        return estimate(design, &parts.groups, given);
    }
    if design.estimator != Estimator::Mr {
        let name = design.estimator.name();
        let message = format!("--mr within-part is for sigma by mr, not by {name}");
        return Err(SpcError::Invalid(message));
    }
    let ranges: Vec<f64> = moving_ranges(parts.groups.values(), design.span)?
        .into_iter()
        .zip(is_within(&parts.run, design.span))
        .filter_map(|(range, within)| within.then_some(range))
        .collect();
    if ranges.is_empty() {
        let what = "moving ranges within parts";
        return Err(SpcError::TooFew { what, needed: 1, unit: "ranges", found: 0 });
    }
    let sigma = mean(&ranges) / design.convention.d2(design.span)?;
    if sigma == 0.0 {
        let value = parts.groups.values()[0];
        return Err(SpcError::ZeroVariance { what: "moving ranges within parts", value });
    }
    let known = Given { sigma: Some(sigma), ..given.clone() };
    let found = estimate(design, &parts.groups, &known)?;
    Ok(Parameters { points: parts.groups.len(), values: parts.groups.values().len(), ..found })
}

/// Individuals, and their moving ranges that lie within one run of a part.
pub(super) fn individuals_within_runs(
    design: &Design,
    parameters: &Parameters,
    parts: &Parts,
) -> Result<Vec<Panel>, SpcError> {
    let mut panels = individuals(design, parameters, &parts.groups)?;
    if let Some(ranges) = panels.get_mut(1) {
        for (i, within) in is_within(&parts.run, design.span).into_iter().enumerate() {
            if !within {
                ranges.values[i + design.span - 1] = f64::NAN;
            }
        }
    }
    Ok(panels)
}

/// Whether each window of `span` points lies in one run.
fn is_within(runs: &[String], span: usize) -> Vec<bool> {
    runs.windows(span).map(|window| window.iter().all(|run| *run == window[0])).collect()
}

/// Individuals and their moving ranges.
pub(super) fn individuals(
    design: &Design,
    parameters: &Parameters,
    groups: &Subgroups,
) -> Result<Vec<Panel>, SpcError> {
    if groups.common_size().is_some_and(|n| n != 1) {
        return Err(SpcError::Invalid(
            "an i-mr chart takes single values; use xbar-r or xbar-s for subgroups".to_owned(),
        ));
    }
    let sigma = known_sigma(parameters)?;
    let values = groups.values().to_vec();
    let x = Panel {
        name: "x",
        center: Level::Constant(parameters.center),
        upper: Level::Constant(parameters.center + design.width * sigma),
        lower: Level::Constant(parameters.center - design.width * sigma),
        sigma: Level::Constant(sigma),
        scope: Scope::Zones,
        measured: true,
        values,
    };
    if x.values.len() < design.span {
        return Ok(vec![x]);
    }
    let (d2, d3) = design.convention.range_moments(design.span)?;
    let mut ranges = vec![f64::NAN; design.span - 1];
    ranges.extend(moving_ranges(&x.values, design.span)?);
    let mr = Panel {
        name: "mr",
        values: ranges,
        center: Level::Constant(d2 * sigma),
        upper: Level::Constant((d2 + 3.0 * d3) * sigma),
        lower: Level::Constant((d2 - 3.0 * d3).max(0.0) * sigma),
        sigma: Level::Constant(d3 * sigma),
        scope: Scope::Limits,
        measured: false,
    };
    Ok(vec![x, mr])
}

/// Subgroup means and their ranges or standard deviations.
pub(super) fn means(
    design: &Design,
    parameters: &Parameters,
    groups: &Subgroups,
) -> Result<Vec<Panel>, SpcError> {
    let sigma = known_sigma(parameters)?;
    let sizes: Vec<usize> = groups.iter().map(<[f64]>::len).collect();
    let of_mean: Vec<f64> = sizes.iter().map(|n| sigma / (*n as f64).sqrt()).collect();
    let line = |z: f64| of_mean.iter().map(|s| parameters.center + z * s).collect();
    let xbar = Panel {
        name: "xbar",
        values: groups.means(),
        center: Level::Constant(parameters.center),
        upper: Level::from_points(line(design.width)),
        lower: Level::from_points(line(-design.width)),
        sigma: Level::from_points(of_mean.clone()),
        scope: Scope::Zones,
        measured: false,
    };
    let by_range = design.chart == Kind::XbarR;
    // (centre, standard deviation) of the spread statistic by subgroup size, in units of sigma.
    let mut moments = std::collections::BTreeMap::new();
    for &n in &sizes {
        if let std::collections::btree_map::Entry::Vacant(slot) = moments.entry(n) {
            slot.insert(if n < 2 {
                (f64::NAN, f64::NAN)
            } else if by_range {
                design.convention.range_moments(n)?
            } else {
                let c4 = c4(n)?;
                (c4, (1.0 - c4 * c4).max(0.0).sqrt())
            });
        }
    }
    let spread_line = |z: f64| {
        let at = |n: &usize| {
            let (center, sd) = moments[n];
            // max() would turn the NaN of a single value into a limit of 0.
            if center.is_nan() { f64::NAN } else { (center + z * sd).max(0.0) * sigma }
        };
        Level::from_points(sizes.iter().map(at).collect())
    };
    let spread = Panel {
        name: if by_range { "r" } else { "s" },
        values: spreads(groups, by_range),
        center: spread_line(0.0),
        upper: spread_line(3.0),
        lower: spread_line(-3.0),
        sigma: Level::from_points(sizes.iter().map(|n| moments[n].1 * sigma).collect()),
        scope: Scope::Limits,
        measured: false,
    };
    Ok(vec![xbar, spread])
}

/// The range or standard deviation of each subgroup; NaN for a single value.
fn spreads(groups: &Subgroups, by_range: bool) -> Vec<f64> {
    let values = if by_range { groups.ranges() } else { groups.sds() };
    let sizes = groups.iter().map(<[f64]>::len);
    values.into_iter().zip(sizes).map(|(value, n)| if n > 1 { value } else { f64::NAN }).collect()
}

/// Sigma of the process, which every chart of measurements needs.
pub(super) fn known_sigma(parameters: &Parameters) -> Result<f64, SpcError> {
    match parameters.sigma {
        Some(sigma) if sigma > 0.0 && sigma.is_finite() => Ok(sigma),
        Some(value) => Err(SpcError::OutOfRange {
            name: "sigma",
            value,
            expected: "a standard deviation above 0",
        }),
        None => Err(SpcError::Invalid("no sigma for a chart of measurements".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by hand: runs A A A, B B, A A with ranges 1 1 | 2 | 3, without those across parts:
    /// 7/4 over d2.
    #[test]
    fn ranges_across_parts_count_for_nothing() {
        let part: Vec<String> = ["A", "A", "A", "B", "B", "A", "A"].map(str::to_owned).into();
        let values = vec![1.0, 2.0, 3.0, 50.0, 52.0, 4.0, 7.0];
        let groups = Subgroups::individuals(values).unwrap();
        let parts = Parts { groups, run: super::super::runs_of(&part), part };
        let design = Design::new(Kind::IMr);
        let found = estimate_within_runs(&design, &parts, &Given::default()).unwrap();
        let d2 = 2.0 / std::f64::consts::PI.sqrt();
        assert!((found.sigma.unwrap() - 7.0 / 4.0 / d2).abs() < 1e-9 && found.points == 7);
        let panels = individuals_within_runs(&design, &found, &parts).unwrap();
        let gaps: Vec<bool> = panels[1].values.iter().map(|x| x.is_nan()).collect();
        assert_eq!(gaps, [true, false, false, true, false, true, false]);
    }
}
