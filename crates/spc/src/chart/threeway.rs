//! The three-way chart: individuals and moving range of the subgroup means, and the spread within.

use super::options::{Between, Within};
use super::{Chart, Design, Given, Kind, Parameters, variables};
use crate::describe::{mean, sum};
use crate::error::SpcError;
use crate::sigma::{Estimator, moving_ranges};
use crate::subgroup::Subgroups;

/// Estimates the mean of the means, sigma of the means by their moving range, and sigma within and
/// between subgroups.
pub(super) fn estimate(
    design: &Design,
    groups: &Subgroups,
    given: &Given,
) -> Result<Parameters, SpcError> {
    groups.check_some_spread("a three-way chart")?;
    let means = groups.means();
    let ranges = moving_ranges(&means, 2)?;
    let of_means = mean(&ranges) / design.convention.d2(2)?;
    if of_means == 0.0 {
        return Err(SpcError::ZeroVariance { what: "the means of subgroups", value: means[0] });
    }
    let estimator = match design.options.within {
        Within::Range => Estimator::Range,
        Within::Sd => Estimator::Sd,
        Within::Pooled => Estimator::Pooled,
    };
    let within = match given.sigma {
        Some(sigma) => sigma,
        None => estimator.estimate(groups, 2, design.convention)?,
    };
    // A mean of n values has the variance within²/n; for unequal sizes the average of these is
    // used.
    let inverse = mean(&groups.iter().map(|g| 1.0 / g.len() as f64).collect::<Vec<_>>());
    let variance = match design.options.between {
        Between::Mr => of_means * of_means - within * within * inverse,
        Between::Anova => between_by_anova(groups),
    };
    let between = variance.max(0.0).sqrt();
    let mut parameters = Parameters {
        center: given.center.unwrap_or_else(|| mean(&means)),
        sigma: Some(within),
        points: groups.len(),
        values: groups.values().len(),
        ..Parameters::default()
    };
    for (name, value) in [
        ("sigma_of_means", of_means),
        ("sigma_within", within),
        ("sigma_between", between),
        ("sigma_between_within", (between * between + within * within).sqrt()),
        ("between_variance_untruncated", variance),
    ] {
        parameters.estimates.insert(name.to_owned(), value);
    }
    Ok(parameters)
}

/// Variance between subgroups: (MS between − MS within)/n₀, n₀ = (N − Σn²/N)/(k − 1).
pub(crate) fn between_by_anova(groups: &Subgroups) -> f64 {
    let total = groups.values().len() as f64;
    let k = groups.len() as f64;
    let grand = mean(groups.values());
    let sizes: Vec<f64> = groups.iter().map(|g| g.len() as f64).collect();
    let means = groups.means();
    let between = sum(means.iter().zip(&sizes).map(|(m, n)| n * (m - grand) * (m - grand)));
    let within =
        sum(groups.iter().zip(&means).flat_map(|(g, m)| g.iter().map(move |x| (x - m) * (x - m))));
    let n0 = (total - sum(sizes.iter().map(|n| n * n)) / total) / (k - 1.0);
    (between / (k - 1.0) - within / (total - k)) / n0
}

/// The means against limits from their own moving range, that moving range, and the spread within.
pub(super) fn chart(
    design: &Design,
    parameters: &Parameters,
    groups: &Subgroups,
) -> Result<Chart, SpcError> {
    let means = Subgroups::individuals(groups.means())?;
    let of_means =
        Parameters { sigma: Some(parameters.estimate("sigma_of_means")?), ..parameters.clone() };
    let individuals = Design { chart: Kind::IMr, span: 2, ..design.clone() };
    let mut panels = variables::individuals(&individuals, &of_means, &means)?;
    panels[0].name = "xbar";
    panels[0].measured = false;
    let chart = if design.options.within == Within::Range { Kind::XbarR } else { Kind::XbarS };
    let plain = Design { chart, ..design.clone() };
    let mut usual = variables::means(&plain, parameters, groups)?;
    // Points that the usual chart of means would call an alarm, which shows why this chart is
    // needed.
    let beyond: Vec<f64> = (0..usual[0].values.len())
        .filter(|i| usual[0].beyond(*i) != (false, false))
        .map(|i| (i + 1) as f64)
        .collect();
    panels.push(usual.remove(1));
    Ok(Chart { panels, details: vec![("xbar_chart_beyond", beyond)] })
}
