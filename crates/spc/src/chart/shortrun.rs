//! Charts of short runs: parts with different means and spreads on one chart.

use super::options::SigmaBy;
use super::{Chart, Design, Kind, Level, Panel, Parameters, Part, Scope};
use crate::constants::Constants;
use crate::describe::{mean, median, sum};
use crate::distribution::f_sf;
use crate::error::SpcError;
use crate::sigma::moving_ranges;
use crate::subgroup::Subgroups;
use std::collections::BTreeMap;

/// Measurements with the part and the run that each point belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The points.
    pub groups: Subgroups,
    /// Part of each point.
    pub part: Vec<String>,
    /// Run of each point: a new one wherever the part changes, unless a column says otherwise.
    pub run: Vec<String>,
}

impl Parts {
    /// The points at the indices `kept`.
    pub fn select(&self, kept: &[usize]) -> Self {
        Self {
            groups: self.groups.select(kept),
            part: kept.iter().map(|i| self.part[*i].clone()).collect(),
            run: kept.iter().map(|i| self.run[*i].clone()).collect(),
        }
    }

    /// The points of each value of `keys`, in order.
    fn by<'a>(&self, keys: &'a [String]) -> BTreeMap<&'a str, Vec<usize>> {
        let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, key) in keys.iter().enumerate() {
            found.entry(key).or_default().push(i);
        }
        found
    }
}

/// Run labels where no column names the runs: a new run begins at every change of part.
pub fn runs_of(part: &[String]) -> Vec<String> {
    let mut run = 0;
    (0..part.len())
        .map(|i| {
            if i == 0 || part[i] != part[i - 1] {
                run += 1;
            }
            run.to_string()
        })
        .collect()
}

/// Estimates mean, sigma and mean range of every part (and sigma of every run).
pub(super) fn estimate(design: &Design, data: &Parts) -> Result<Parameters, SpcError> {
    let mut found = match design.chart {
        Kind::ShortXbarR => of_subgroups(data)?,
        _ => of_individuals(design, data)?,
    };
    found.points = data.groups.len();
    found.values = data.groups.values().len();
    Ok(found)
}

fn of_subgroups(data: &Parts) -> Result<Parameters, SpcError> {
    data.groups.check_some_spread("a short-xbar-r chart")?;
    let (means, ranges) = (data.groups.means(), data.groups.ranges());
    let mut parameters = Parameters::default();
    for (name, points) in data.by(&data.part) {
        let of = |values: &[f64]| mean(&points.iter().map(|i| values[*i]).collect::<Vec<_>>());
        let part = Part { mean: of(&means), sigma: None, range: Some(of(&ranges)) };
        parameters.parts.insert(name.to_owned(), part);
    }
    Ok(parameters)
}

fn of_individuals(design: &Design, data: &Parts) -> Result<Parameters, SpcError> {
    let by = design.options.sigma_by;
    let values = scaled(by, &data.groups)?;
    let d2 = design.convention.d2(2)?;
    let pick = |points: &[usize]| points.iter().map(|i| values[*i]).collect::<Vec<_>>();
    let mut parameters = Parameters::default();
    let mut all = Vec::new();
    for (name, points) in data.by(&data.part) {
        let own = pick(&points);
        let ranges = moving_ranges(&own, 2).unwrap_or_default();
        let sigma = (by == SigmaBy::Part && !ranges.is_empty()).then(|| mean(&ranges) / d2);
        parameters.parts.insert(name.to_owned(), Part { mean: mean(&own), sigma, range: None });
        all.extend(ranges);
    }
    if all.is_empty() {
        let what = "a z-mr chart";
        return Err(SpcError::TooFew { what, needed: 2, unit: "values of one part", found: 1 });
    }
    match by {
        SigmaBy::Part => {}
        SigmaBy::Run => {
            for (name, points) in data.by(&data.run) {
                if let Ok(ranges) = moving_ranges(&pick(&points), 2) {
                    parameters.estimates.insert(format!("sigma_run_{name}"), mean(&ranges) / d2);
                }
            }
        }
        SigmaBy::All => parameters.sigma = Some(mean(&all) / d2),
        SigmaBy::Size => {
            parameters.estimates.insert("sigma_ln".to_owned(), mean(&all) / d2);
        }
    }
    Ok(parameters)
}

/// The values on the scale on which they are judged: logarithms if the spread is proportional to
/// size.
fn scaled(by: SigmaBy, groups: &Subgroups) -> Result<Vec<f64>, SpcError> {
    if groups.common_size().is_some_and(|n| n != 1) {
        return Err(SpcError::Invalid(
            "a z-mr chart takes single values; use short-xbar-r for subgroups".to_owned(),
        ));
    }
    let values = groups.values();
    if by != SigmaBy::Size {
        return Ok(values.to_vec());
    }
    match values.iter().position(|x| *x <= 0.0) {
        Some(i) => Err(SpcError::Invalid(format!(
            "point {} is {}; sigma by size needs values above 0",
            i + 1,
            values[i]
        ))),
        None => Ok(values.iter().map(|x| x.ln()).collect()),
    }
}

/// Standardized points of all parts on one chart. Points of a part or run without an estimated
/// spread are not plotted (NaN).
pub(super) fn chart(
    design: &Design,
    parameters: &Parameters,
    data: &Parts,
) -> Result<Chart, SpcError> {
    match design.chart {
        Kind::ShortXbarR => subgroups(design, parameters, data),
        _ => individuals(design, parameters, data),
    }
}

fn individuals(design: &Design, parameters: &Parameters, data: &Parts) -> Result<Chart, SpcError> {
    let by = design.options.sigma_by;
    let values = scaled(by, &data.groups)?;
    let z: Vec<f64> = (0..values.len())
        .map(|i| {
            let part = parameters.parts.get(&data.part[i])?;
            let sigma = match by {
                SigmaBy::Part => part.sigma?,
                SigmaBy::Run => *parameters.estimates.get(&format!("sigma_run_{}", data.run[i]))?,
                SigmaBy::All => parameters.sigma?,
                SigmaBy::Size => *parameters.estimates.get("sigma_ln")?,
            };
            (sigma > 0.0).then(|| (values[i] - part.mean) / sigma)
        })
        .map(|z| z.unwrap_or(f64::NAN))
        .collect();
    // No moving range crosses from one part to another.
    let ranges = (0..z.len())
        .map(|i| {
            if i > 0 && data.run[i] == data.run[i - 1] { (z[i] - z[i - 1]).abs() } else { f64::NAN }
        })
        .collect();
    let (d2, d3) = design.convention.range_moments(2)?;
    let main = standard("z", z, design.width);
    let companion = Panel {
        name: "mr",
        values: ranges,
        center: Level::Constant(d2),
        upper: Level::Constant(d2 + 3.0 * d3),
        lower: Level::Constant(0.0),
        sigma: Level::Constant(d3),
        scope: Scope::Limits,
        measured: false,
    };
    Ok(Chart { panels: vec![main, companion], details: Vec::new() })
}

/// A panel of scores: centre 0, sigma 1.
pub(super) fn standard(name: &'static str, values: Vec<f64>, width: f64) -> Panel {
    Panel {
        name,
        values,
        center: Level::Constant(0.0),
        upper: Level::Constant(width),
        lower: Level::Constant(-width),
        sigma: Level::Constant(1.0),
        scope: Scope::Zones,
        measured: false,
    }
}

/// (x̄ − part mean)/R̄ within ±A2 and R/R̄ within D3, D4 (Bothe); the details contain the first in
/// sigma of the mean.
fn subgroups(design: &Design, parameters: &Parameters, data: &Parts) -> Result<Chart, SpcError> {
    let (means, ranges) = (data.groups.means(), data.groups.ranges());
    let sizes: Vec<usize> = data.groups.iter().map(<[f64]>::len).collect();
    let part = |i: usize| parameters.parts.get(&data.part[i]);
    let rbar = |i: usize| part(i).and_then(|p| p.range).filter(|r| *r > 0.0).unwrap_or(f64::NAN);
    let mut tables: BTreeMap<usize, Constants> = BTreeMap::new();
    for n in sizes.iter().filter(|n| **n > 1) {
        if !tables.contains_key(n) {
            tables.insert(*n, Constants::new(*n)?);
        }
    }
    let of = |f: &dyn Fn(&Constants) -> f64| -> Vec<f64> {
        sizes.iter().map(|n| tables.get(n).map_or(f64::NAN, f)).collect()
    };
    let plotted: Vec<f64> = (0..means.len())
        .map(|i| part(i).map_or(f64::NAN, |p| (means[i] - p.mean) / rbar(i)))
        .collect();
    // The sigma of a mean in units of R̄.
    let unit: Vec<f64> = sizes
        .iter()
        .map(|n| tables.get(n).map_or(f64::NAN, |c| 1.0 / (c.d2 * (*n as f64).sqrt())))
        .collect();
    let z = plotted.iter().zip(&unit).map(|(x, u)| x / u).collect();
    let line = |w: f64| Level::from_points(unit.iter().map(|u| w * u).collect());
    let main = Panel {
        name: "xbar",
        values: plotted,
        center: Level::Constant(0.0),
        upper: line(design.width),
        lower: line(-design.width),
        sigma: line(1.0),
        scope: Scope::Zones,
        measured: false,
    };
    let spread = Panel {
        name: "r",
        values: (0..ranges.len())
            .map(|i| if sizes[i] > 1 { ranges[i] / rbar(i) } else { f64::NAN })
            .collect(),
        center: Level::Constant(1.0),
        upper: Level::from_points(of(&|c| 1.0 + 3.0 * c.d3 / c.d2)),
        lower: Level::from_points(of(&|c| (1.0 - 3.0 * c.d3 / c.d2).max(0.0))),
        sigma: Level::from_points(of(&|c| c.d3 / c.d2)),
        scope: Scope::Limits,
        measured: false,
    };
    Ok(Chart { panels: vec![main, spread], details: vec![("z", z)] })
}

/// Standardized proportions and rates: sigma is computed from the target, not from the sample.
pub(super) fn shares(
    design: &Design,
    counts: &[f64],
    sizes: &[f64],
    targets: &[f64],
) -> Result<Chart, SpcError> {
    let kind = if design.chart == Kind::ZP { Kind::P } else { Kind::U };
    super::attributes::check(kind, counts, sizes)?;
    for (i, target) in targets.iter().enumerate() {
        if !(*target > 0.0 && target.is_finite()) || (kind == Kind::P && *target >= 1.0) {
            return Err(SpcError::Invalid(format!("point {}: {target} is not a target", i + 1)));
        }
    }
    let z = (0..counts.len())
        .map(|i| {
            let (t, n) = (targets[i], sizes[i]);
            let variance = if kind == Kind::P { t * (1.0 - t) / n } else { t / n };
            (counts[i] / n - t) / variance.sqrt()
        })
        .collect();
    Ok(Chart { panels: vec![standard("z", z, design.width)], details: Vec::new() })
}

/// p value of Levene's test with medians (Brown and Forsythe 1974) of whether all parts have the
/// same spread.
pub fn levene(values: &[f64], part: &[String]) -> Option<f64> {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (x, part) in values.iter().zip(part) {
        groups.entry(part).or_default().push(*x);
    }
    groups.retain(|_, group| group.len() > 1);
    let (k, n) = (groups.len() as f64, groups.values().map(Vec::len).sum::<usize>() as f64);
    if k < 2.0 || n <= k {
        return None;
    }
    let distances: Vec<Vec<f64>> = groups
        .values()
        .map(|group| {
            let middle = median(group);
            group.iter().map(|x| (x - middle).abs()).collect()
        })
        .collect();
    let grand = sum(distances.iter().flatten().copied()) / n;
    let between = sum(distances.iter().map(|d| d.len() as f64 * (mean(d) - grand).powi(2)));
    let within = sum(distances.iter().flat_map(|d| {
        let m = mean(d);
        d.iter().map(move |x| (x - m) * (x - m))
    }));
    let f = between / (k - 1.0) / (within / (n - k));
    f.is_finite().then(|| f_sf(f, k - 1.0, n - k))
}
