//! Variance components of nested factors: lot, wafer in lot, site in wafer.

mod report;

use crate::describe::{mean, sum};
use crate::distribution::f_sf;
use crate::error::SpcError;
use crate::mean_squares::{Term, interval, of_variance};
use serde::Serialize;

/// How components are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Mean squares and their expectations (type I).
    Anova,
    /// Restricted maximum likelihood, components at least 0.
    Reml,
}

crate::words::words! {
    Method { Anova = "anova", Reml = "reml" }
}

/// One level of the hierarchy; the last one is the residual within the lowest factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// The factor's column; `residual` for the last.
    pub name: String,
    /// Degrees of freedom.
    pub df: usize,
    /// Sum of squares.
    pub ss: f64,
    /// Mean square.
    pub ms: f64,
    /// F ratio to the mean square below; `None` where the design is not balanced, and for the last
    /// level.
    pub f: Option<f64>,
    /// Its p value.
    pub p: Option<f64>,
    /// Coefficients of the components in the expected mean square, from this level's own component
    /// down to that of the factor above the residual.
    pub k: Vec<f64>,
    /// Component from the analysis of variance, which may be negative.
    pub variance_untruncated: f64,
    /// The reported component. Negative ones are replaced by 0 unless they are kept; REML has none.
    pub variance: f64,
    /// Its share of the total, %.
    pub percent: f64,
    /// Confidence interval of the component: exact for the residual, by the modified large-sample
    /// method for the levels above; `None` where the design is not balanced.
    pub interval: Option<[f64; 2]>,
}

/// Components of a nested design.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Components {
    /// Number of values.
    pub n: usize,
    /// Mean of all values.
    pub mean: f64,
    /// Whether all groups of a level have the same number of parts.
    pub balanced: bool,
    /// How the components were estimated.
    pub method: Method,
    /// The levels, from the highest factor to the residual.
    pub levels: Vec<Level>,
    /// Root of the sum of the components.
    pub sd_total: f64,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Sentences that a reader must know.
    pub warnings: Vec<String>,
}

/// Estimates components. `factors` has one list of labels per factor, highest first. Labels of a
/// lower factor may repeat in each group of a higher one: wafer 1 of lot A is not wafer 1 of lot B.
///
/// If no method is given, uses ANOVA for a balanced design and REML otherwise.
///
/// # Errors
/// No factor, a level with only one group or without replication, values that do not vary.
pub fn components(
    values: &[f64],
    names: &[String],
    factors: &[Vec<String>],
    method: Option<Method>,
    keep_negative: bool,
    confidence: f64,
) -> Result<Components, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let depth = factors.len();
    if depth == 0 {
        return Err(SpcError::Invalid(
            "name the nested factors, highest first: --nested lot,wafer".to_owned(),
        ));
    }
    let n = values.len();
    let center = mean(values);
    if values.iter().all(|x| *x == center) {
        return Err(SpcError::ZeroVariance { what: "variance components", value: center });
    }
    let groups = groups(factors, n);
    let count = |level: usize| groups[level].len();
    let mut levels = Vec::with_capacity(depth + 1);
    for level in 0..=depth {
        let (above, own) = (count(level), if level < depth { count(level + 1) } else { n });
        let df = own - above;
        let name = names.get(level).cloned().unwrap_or_else(|| "residual".to_owned());
        if df == 0 {
            return Err(SpcError::Invalid(if level < depth {
                format!(
                    "`{name}` has one value in each group above it, so the two cannot be told apart"
                )
            } else {
                format!(
                    "there is one value in each group of `{}`: nothing is left within",
                    names[depth - 1]
                )
            }));
        }
        let ss = squares(values, &groups, level, depth);
        let k = if level < depth { coefficients(&groups, level, depth, df) } else { Vec::new() };
        levels.push(Level {
            name,
            df,
            ss,
            ms: ss / df as f64,
            f: None,
            p: None,
            k,
            variance_untruncated: 0.0,
            variance: 0.0,
            percent: 0.0,
            interval: None,
        });
    }
    let balanced = is_balanced(&groups, n);
    // Computed upwards: the residual first, then each factor minus the components below it.
    levels[depth].variance_untruncated = levels[depth].ms;
    for level in (0..depth).rev() {
        let below: f64 = (level + 1..depth)
            .map(|j| levels[level].k[j - level] * levels[j].variance_untruncated)
            .sum();
        let own = levels[level].ms - levels[depth].ms - below;
        levels[level].variance_untruncated = own / levels[level].k[0];
    }
    if balanced {
        test(&mut levels, confidence);
    }
    levels[depth].interval =
        Some(of_variance(levels[depth].ms, levels[depth].df as f64, confidence));
    let method = method.unwrap_or(if balanced { Method::Anova } else { Method::Reml });
    let mut warnings = Vec::new();
    match method {
        Method::Anova => {
            for level in &mut levels {
                level.variance = level.variance_untruncated;
                if level.variance < 0.0 {
                    let kept = if keep_negative { "kept as it is" } else { "taken as 0" };
                    warnings.push(format!(
                        "the variance of {} came out negative and is {kept}",
                        level.name
                    ));
                    if !keep_negative {
                        level.variance = 0.0;
                    }
                }
            }
        }
        Method::Reml => {
            let start: Vec<f64> = levels.iter().map(|l| l.variance_untruncated.max(0.0)).collect();
            let found = reml(values, &groups, &start);
            for (level, variance) in levels.iter_mut().zip(found) {
                level.variance = variance;
            }
        }
    }
    let total: f64 = levels.iter().map(|level| level.variance).sum();
    levels.iter_mut().for_each(|level| level.percent = 100.0 * level.variance / total);
    Ok(Components {
        n,
        mean: center,
        balanced,
        method,
        levels,
        sd_total: total.max(0.0).sqrt(),
        confidence,
        warnings,
    })
}

/// Rows of each group at each level: level 0 is everything, level i the groups of the first i factors.
fn groups(factors: &[Vec<String>], n: usize) -> Vec<Vec<Vec<usize>>> {
    let mut levels = vec![vec![(0..n).collect::<Vec<usize>>()]];
    for factor in factors {
        let mut next = Vec::new();
        for group in &levels[levels.len() - 1] {
            let mut parts: Vec<(&str, Vec<usize>)> = Vec::new();
            let mut places = std::collections::BTreeMap::new();
            for row in group {
                let place = *places.entry(factor[*row].as_str()).or_insert_with(|| {
                    parts.push((&factor[*row], Vec::new()));
                    parts.len() - 1
                });
                parts[place].1.push(*row);
            }
            next.extend(parts.into_iter().map(|(_, rows)| rows));
        }
        levels.push(next);
    }
    levels
}

fn group_mean(values: &[f64], rows: &[usize]) -> f64 {
    sum(rows.iter().map(|i| values[*i])) / rows.len() as f64
}

/// Sum of squares of the groups of `level + 1` about those of `level`; at the lowest level, of the
/// values within their group.
fn squares(values: &[f64], groups: &[Vec<Vec<usize>>], level: usize, depth: usize) -> f64 {
    let mut above = vec![0.0; values.len()];
    for rows in &groups[level] {
        let m = group_mean(values, rows);
        rows.iter().for_each(|i| above[*i] = m);
    }
    if level == depth {
        return sum((0..values.len()).map(|i| (values[i] - above[i]).powi(2)));
    }
    sum(groups[level + 1]
        .iter()
        .map(|rows| rows.len() as f64 * (group_mean(values, rows) - above[rows[0]]).powi(2)))
}

/// Coefficients of the variances of factors `level`, `level + 1` … in the expected mean square of
/// `level` (Searle 1971).
fn coefficients(groups: &[Vec<Vec<usize>>], level: usize, depth: usize, df: usize) -> Vec<f64> {
    (level..depth)
        .map(|factor| {
            // Sum over groups of Σ n² of the factor's groups inside, divided by the group's own n.
            let weigh = |at: usize| -> f64 {
                let owner = owners(groups, at);
                let mut squares = vec![0.0; groups[at].len()];
                for rows in &groups[factor + 1] {
                    squares[owner[rows[0]]] += (rows.len() as f64).powi(2);
                }
                squares.iter().zip(&groups[at]).map(|(s, rows)| s / rows.len() as f64).sum()
            };
            (weigh(level + 1) - weigh(level)) / df as f64
        })
        .collect()
}

/// The group of a level that each row belongs to.
fn owners(groups: &[Vec<Vec<usize>>], level: usize) -> Vec<usize> {
    let n = groups[0][0].len();
    let mut owner = vec![0; n];
    for (place, rows) in groups[level].iter().enumerate() {
        rows.iter().for_each(|i| owner[*i] = place);
    }
    owner
}

fn is_balanced(groups: &[Vec<Vec<usize>>], n: usize) -> bool {
    groups.iter().all(|level| level.iter().all(|rows| rows.len() * level.len() == n))
}

/// F tests and intervals of a balanced design.
fn test(levels: &mut [Level], confidence: f64) {
    for i in 0..levels.len() - 1 {
        let below = (levels[i + 1].ms, levels[i + 1].df as f64);
        let level = &mut levels[i];
        let f = level.ms / below.0;
        let df = level.df as f64;
        (level.f, level.p) = (Some(f), Some(f_sf(f, df, below.1)));
        let scale = 1.0 / level.k[0];
        level.interval = Some(interval(
            &[
                Term { factor: scale, value: level.ms, freedom: df },
                Term { factor: -scale, value: below.0, freedom: below.1 },
            ],
            confidence,
        ));
    }
}

/// Components by restricted maximum likelihood, starting from `start`. The search is over square
/// roots, so that no component is negative.
fn reml(values: &[f64], groups: &[Vec<Vec<usize>>], start: &[f64]) -> Vec<f64> {
    let center = mean(values);
    let scale = start.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let centred: Vec<f64> = values.iter().map(|x| x - center).collect();
    let cost = |roots: &[f64]| -> f64 {
        let variances: Vec<f64> = roots.iter().map(|r| r * r * scale).collect();
        -likelihood(&centred, groups, &variances)
    };
    let mut best: Vec<f64> = start.iter().map(|v| (v.max(0.01 * scale) / scale).sqrt()).collect();
    for _ in 0..4 {
        best = simplex(&cost, &best);
    }
    let mut found: Vec<f64> = best.iter().map(|r| r * r * scale).collect();
    // A component that does not improve the likelihood is set to 0, instead of a remnant of the
    // search.
    for i in 0..found.len() - 1 {
        let without = {
            let mut v = found.clone();
            v[i] = 0.0;
            v
        };
        if likelihood(&centred, groups, &without) >= likelihood(&centred, groups, &found) - 1e-9 {
            found = without;
        }
    }
    found
}

/// Restricted log likelihood by recursion over the tree. A common effect of variance s updates
/// 1'V⁻¹1, 1'V⁻¹y, y'V⁻¹y and ln |V| of the groups below it by the matrix determinant lemma.
fn likelihood(y: &[f64], groups: &[Vec<Vec<usize>>], variances: &[f64]) -> f64 {
    let depth = groups.len() - 1;
    let error = variances[depth];
    if error.is_nan() || error <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let mut below: Vec<[f64; 4]> = groups[depth]
        .iter()
        .map(|rows| {
            let s: f64 = rows.iter().map(|i| y[*i]).sum();
            let q: f64 = rows.iter().map(|i| y[*i] * y[*i]).sum();
            let n = rows.len() as f64;
            [n / error, s / error, q / error, n * error.ln()]
        })
        .collect();
    for level in (0..depth).rev() {
        let variance = variances[level];
        let owner = owners(groups, level);
        let mut parents = vec![[0.0; 4]; groups[level].len()];
        for (rows, [a, b, c, d]) in groups[level + 1].iter().zip(&below) {
            let shrink = 1.0 + variance * a;
            let parent = &mut parents[owner[rows[0]]];
            parent[0] += a / shrink;
            parent[1] += b / shrink;
            parent[2] += c - variance * b * b / shrink;
            parent[3] += d + shrink.ln();
        }
        below = parents;
    }
    let [a, b, c, d] = below[0];
    -0.5 * (d + a.ln() + c - b * b / a)
}

/// Minimizes `f` by Nelder and Mead's simplex method.
fn simplex(f: &dyn Fn(&[f64]) -> f64, start: &[f64]) -> Vec<f64> {
    let n = start.len();
    let mut points: Vec<(f64, Vec<f64>)> = (0..=n)
        .map(|i| {
            let mut point = start.to_vec();
            if i < n {
                point[i] += 0.2 * point[i].abs().max(0.1);
            }
            (f(&point), point)
        })
        .collect();
    for _ in 0..2000 {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if (points[n].0 - points[0].0).abs() < 1e-13 * (1.0 + points[0].0.abs()) {
            break;
        }
        let middle: Vec<f64> =
            (0..n).map(|j| points[..n].iter().map(|p| p.1[j]).sum::<f64>() / n as f64).collect();
        let step = |t: f64| -> (f64, Vec<f64>) {
            let point: Vec<f64> =
                (0..n).map(|j| middle[j] + t * (middle[j] - points[n].1[j])).collect();
            (f(&point), point)
        };
        let reflected = step(1.0);
        let next = if reflected.0 < points[0].0 {
            let further = step(2.0);
            if further.0 < reflected.0 { further } else { reflected }
        } else if reflected.0 < points[n - 1].0 {
            reflected
        } else {
            step(if reflected.0 < points[n].0 { 0.5 } else { -0.5 })
        };
        if next.0 < points[n].0 {
            points[n] = next;
        } else {
            let best = points[0].1.clone();
            for point in &mut points[1..] {
                point.1.iter_mut().zip(&best).for_each(|(x, b)| *x = f64::midpoint(*x, *b));
                point.0 = f(&point.1);
            }
        }
    }
    points.swap_remove(0).1
}
