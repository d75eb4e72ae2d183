//! Gage repeatability and reproducibility by analysis of variance.

use super::{Cells, Design, Interaction, Options, Spread, spread};
use crate::describe::{mean, sum};
use crate::distribution::f_sf;
use crate::error::SpcError;
use crate::mean_squares::{Term, interval, of_variance};
use serde::Serialize;
use std::collections::BTreeMap;

/// A row of an analysis of variance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Row {
    /// Degrees of freedom.
    pub df: usize,
    /// Sum of squares.
    pub ss: f64,
    /// Mean square.
    pub ms: f64,
    /// F ratio to the mean square that the term is tested against; `None` for the last row.
    pub f: Option<f64>,
    /// p value of F.
    pub p: Option<f64>,
}

/// The study by analysis of variance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Anova {
    /// Mean of all readings.
    pub grand_mean: f64,
    /// Rows of the model that was used: part, operator, interaction, repeatability.
    pub anova: BTreeMap<&'static str, Row>,
    /// The model with the interaction, if the interaction was dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anova_full: Option<BTreeMap<&'static str, Row>>,
    /// Whether the interaction is in the model; `None` for a design without an interaction.
    pub interaction_kept: Option<bool>,
    /// Variance components before negative ones are replaced.
    pub components_untruncated: BTreeMap<&'static str, f64>,
    /// Variance components; negative ones are replaced by 0 unless they are kept.
    pub components: BTreeMap<&'static str, f64>,
    /// The table of sources.
    #[serde(flatten)]
    pub spread: Spread,
    /// Confidence intervals of the variances: exact for repeatability, by the modified large-sample
    /// method for the others.
    pub intervals: BTreeMap<&'static str, [f64; 2]>,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Sentences that a reader must know.
    pub warnings: Vec<String>,
}

fn row(df: usize, ss: f64) -> Row {
    Row { df, ss, ms: ss / df as f64, f: None, p: None }
}

fn over(row: Row, below: Row) -> Row {
    let f = row.ms / below.ms;
    Row { f: Some(f), p: Some(f_sf(f, row.df as f64, below.df as f64)), ..row }
}

/// Analyses `cells`; with a single operator there is repeatability only.
///
/// # Errors
/// Readings that do not vary, probabilities outside (0, 1).
pub fn anova(cells: &Cells, design: Design, options: &Options) -> Result<Anova, SpcError> {
    crate::tolerance::check(0.5, options.confidence)?;
    let (o, p, r) = (cells.operators.len(), cells.parts[0].len(), cells.trials);
    let all = || cells.values.iter().flatten().flatten().copied();
    let count = (o * p * r) as f64;
    let grand = sum(all()) / count;
    let cell_mean = |i: usize, j: usize| mean(&cells.values[i][j]);
    let operator_mean: Vec<f64> =
        (0..o).map(|i| sum((0..p).map(|j| cell_mean(i, j))) / p as f64).collect();
    let square = |x: f64| x * x;
    let error = sum((0..o).flat_map(|i| {
        (0..p).flat_map(move |j| {
            let m = mean(&cells.values[i][j]);
            cells.values[i][j].iter().map(move |x| (x - m) * (x - m))
        })
    }));
    let e = row(o * p * (r - 1), error);
    if e.ms == 0.0 && all().all(|x| x == grand) {
        return Err(SpcError::ZeroVariance { what: "a gage study", value: grand });
    }
    let of_operators = (o > 1)
        .then(|| row(o - 1, (p * r) as f64 * sum(operator_mean.iter().map(|m| square(m - grand)))));
    let mut warnings = Vec::new();
    let mut found = match (design, of_operators) {
        (Design::Nested, Some(operators)) => {
            let ss = r as f64
                * sum((0..o).flat_map(|i| {
                    let m = operator_mean[i];
                    (0..p).map(move |j| square(cell_mean(i, j) - m))
                }));
            nested(operators, row(o * (p - 1), ss), e, (o, p, r))
        }
        (_, operators) => {
            let part_mean: Vec<f64> =
                (0..p).map(|j| sum((0..o).map(|i| cell_mean(i, j))) / o as f64).collect();
            let parts =
                row(p - 1, (o * r) as f64 * sum(part_mean.iter().map(|m| square(m - grand))));
            match operators {
                None => single(parts, e, r),
                Some(operators) => {
                    let ss = r as f64
                        * sum((0..o).flat_map(|i| {
                            let (part_mean, own) = (&part_mean, operator_mean[i]);
                            (0..p).map(move |j| {
                                let rest = cell_mean(i, j) - own - part_mean[j] + grand;
                                rest * rest
                            })
                        }));
                    let both = row((p - 1) * (o - 1), ss);
                    crossed(parts, operators, both, e, (o, p, r), options)
                }
            }
        }
    };
    let negative: Vec<&str> =
        found.components.iter().filter(|(_, v)| **v < 0.0).map(|(name, _)| *name).collect();
    if !negative.is_empty() {
        let kept = if options.keep_negative { "kept as it is" } else { "taken as 0" };
        warnings.push(format!(
            "the variance of {} came out negative and is {kept}",
            negative.join(", ")
        ));
    }
    let untruncated = found.components.clone();
    if !options.keep_negative {
        found.components.values_mut().for_each(|v| *v = v.max(0.0));
    }
    let part = |name: &str| found.components.get(name).copied();
    let reproducibility =
        part("operator").map(|operator| operator + part("interaction").unwrap_or(0.0));
    let spread = spread(
        part("repeatability").unwrap_or(f64::NAN),
        reproducibility,
        part("part").unwrap_or(f64::NAN),
        grand,
        options,
        &mut warnings,
    );
    let mut intervals: BTreeMap<&'static str, [f64; 2]> = found
        .terms
        .iter()
        .map(|(name, terms)| (*name, interval(terms, options.confidence)))
        .collect();
    let e = found.anova["repeatability"];
    intervals.insert("repeatability", of_variance(e.ms, e.df as f64, options.confidence));
    Ok(Anova {
        grand_mean: grand,
        anova: found.anova,
        anova_full: found.full,
        interaction_kept: found.kept,
        components_untruncated: untruncated,
        components: found.components,
        spread,
        intervals,
        confidence: options.confidence,
        warnings,
    })
}

/// A model: its rows, its components, and the mean squares that sums of components are estimated
/// from.
struct Model {
    anova: BTreeMap<&'static str, Row>,
    full: Option<BTreeMap<&'static str, Row>>,
    kept: Option<bool>,
    components: BTreeMap<&'static str, f64>,
    terms: Vec<(&'static str, Vec<Term>)>,
}

fn term(factor: f64, row: Row) -> Term {
    Term { factor, value: row.ms, freedom: row.df as f64 }
}

fn single(parts: Row, e: Row, r: usize) -> Model {
    let r = r as f64;
    Model {
        anova: [("part", over(parts, e)), ("repeatability", e)].into(),
        full: None,
        kept: None,
        components: [("repeatability", e.ms), ("part", (parts.ms - e.ms) / r)].into(),
        terms: vec![
            ("grr", vec![term(1.0, e)]),
            ("part", vec![term(1.0 / r, parts), term(-1.0 / r, e)]),
        ],
    }
}

fn nested(operators: Row, parts: Row, e: Row, (_, p, r): (usize, usize, usize)) -> Model {
    let (pr, r) = ((p * r) as f64, r as f64);
    Model {
        anova: [
            ("operator", over(operators, parts)),
            ("part", over(parts, e)),
            ("repeatability", e),
        ]
        .into(),
        full: None,
        kept: None,
        components: [
            ("repeatability", e.ms),
            ("operator", (operators.ms - parts.ms) / pr),
            ("part", (parts.ms - e.ms) / r),
        ]
        .into(),
        terms: vec![
            ("grr", vec![term(1.0, e), term(1.0 / pr, operators), term(-1.0 / pr, parts)]),
            ("reproducibility", vec![term(1.0 / pr, operators), term(-1.0 / pr, parts)]),
            ("part", vec![term(1.0 / r, parts), term(-1.0 / r, e)]),
        ],
    }
}

fn crossed(
    parts: Row,
    operators: Row,
    both: Row,
    e: Row,
    (o, p, r): (usize, usize, usize),
    options: &Options,
) -> Model {
    let (pr, or, r) = ((p * r) as f64, (o * r) as f64, r as f64);
    let tested = over(both, e);
    let full: BTreeMap<&'static str, Row> = [
        ("part", over(parts, both)),
        ("operator", over(operators, both)),
        ("interaction", tested),
        ("repeatability", e),
    ]
    .into();
    let kept = match options.interaction {
        Interaction::Always => true,
        Interaction::Never => false,
        Interaction::Tested => tested.p.is_some_and(|p| p <= options.alpha),
    };
    if kept {
        let of_p = p as f64;
        return Model {
            anova: full,
            full: None,
            kept: Some(true),
            components: [
                ("repeatability", e.ms),
                ("interaction", (both.ms - e.ms) / r),
                ("operator", (operators.ms - both.ms) / pr),
                ("part", (parts.ms - both.ms) / or),
            ]
            .into(),
            terms: vec![
                (
                    "grr",
                    vec![
                        term(1.0 / pr, operators),
                        term((of_p - 1.0) / pr, both),
                        term((r - 1.0) / r, e),
                    ],
                ),
                (
                    "reproducibility",
                    vec![
                        term(1.0 / pr, operators),
                        term((of_p - 1.0) / pr, both),
                        term(-1.0 / r, e),
                    ],
                ),
                ("part", vec![term(1.0 / or, parts), term(-1.0 / or, both)]),
            ],
        };
    }
    let pooled = row(e.df + both.df, e.ss + both.ss);
    Model {
        anova: [
            ("part", over(parts, pooled)),
            ("operator", over(operators, pooled)),
            ("repeatability", pooled),
        ]
        .into(),
        full: Some(full),
        kept: Some(false),
        components: [
            ("repeatability", pooled.ms),
            ("operator", (operators.ms - pooled.ms) / pr),
            ("part", (parts.ms - pooled.ms) / or),
        ]
        .into(),
        terms: vec![
            ("grr", vec![term(1.0 / pr, operators), term((pr - 1.0) / pr, pooled)]),
            ("reproducibility", vec![term(1.0 / pr, operators), term(-1.0 / pr, pooled)]),
            ("part", vec![term(1.0 / or, parts), term(-1.0 / or, pooled)]),
        ],
    }
}
