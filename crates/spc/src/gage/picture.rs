//! Pictures of measurement studies.

use super::sources::Source;
use super::{Cells, Design};
use crate::picture::stack;
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE};

/// Shares of the sources as bars, and below them the readings by part with the mean of each
/// operator.
pub fn study(column: &str, cells: &Cells, design: Design, sources: &[Source]) -> String {
    stack(&[components(column, sources), means(column, cells, design)])
}

/// A share of one source, %.
type Share = fn(&Source) -> Option<f64>;

fn components(column: &str, sources: &[Source]) -> String {
    let shown: Vec<&Source> = sources.iter().filter(|source| source.name != "total").collect();
    let series: [(&str, Share); 3] = [
        ("% contribution", |source| Some(source.percent_contribution)),
        ("% study variation", |source| Some(source.percent_study_variation)),
        ("% tolerance", |source| source.percent_tolerance),
    ];
    let all = shown.iter().flat_map(|source| series.iter().filter_map(|(_, f)| f(source)));
    let y = Axis::linear("%", all.chain([0.0, 100.0]));
    let names =
        shown.iter().enumerate().map(|(i, source)| (i as f64 + 0.5, source.name.to_owned()));
    let x = Axis::linear("source of spread", [0.0, shown.len() as f64]).named(names);
    let mut chart = Chart::new(format!("measurement system of {column}"), x, y);
    for (k, (name, share)) in series.into_iter().enumerate() {
        let mut drawn = false;
        for (i, source) in shown.iter().enumerate() {
            let Some(share) = share(source) else { continue };
            let left = i as f64 + 0.14 + 0.24 * k as f64;
            chart.rect((left, 0.0), (left + 0.22, share), PALETTE[k], 0.8);
            chart.label(left, share, &significant(share, 3), "#333333");
            drawn = true;
        }
        if drawn {
            chart.legend(name, PALETTE[k]);
        }
    }
    chart.render()
}

fn means(column: &str, cells: &Cells, design: Design) -> String {
    let parts = cells.parts[0].len();
    let all = || cells.values.iter().flatten().flatten().copied();
    let count = if design == Design::Nested { parts * cells.operators.len() } else { parts };
    let name_of = |at: usize| match design {
        Design::Crossed => cells.parts[0][at].clone(),
        Design::Nested => cells.parts[at / parts][at % parts].clone(),
    };
    let step = count.div_ceil(16).max(1);
    let names = (0..count).step_by(step).map(|at| ((at + 1) as f64, name_of(at)));
    let x = Axis::linear("part", [1.0, count as f64]).named(names);
    let mut chart = Chart::new("readings and means by part", x, Axis::linear(column, all()));
    for (i, operator) in cells.operators.iter().enumerate() {
        let colour = PALETTE[i % PALETTE.len()];
        let offset = if design == Design::Nested { i * parts } else { 0 };
        let at = |j: usize| (offset + j + 1) as f64;
        let line: Vec<(f64, f64)> = cells.values[i]
            .iter()
            .enumerate()
            .map(|(j, cell)| (at(j), cell.iter().sum::<f64>() / cell.len() as f64))
            .collect();
        chart.line(&line, colour, 1.2);
        let dots = cells.values[i].iter().enumerate();
        chart.marks(
            dots.flat_map(|(j, cell)| cell.iter().map(move |x| (at(j), *x))),
            2.0,
            colour,
            false,
        );
        if !operator.is_empty() {
            chart.legend(operator, colour);
        }
    }
    chart.render()
}

/// Bias of every reading over its reference, with the fitted line (intercept and slope) and its
/// band at the references.
pub fn linearity(
    column: &str,
    readings: &[f64],
    references: &[f64],
    [intercept, slope]: [f64; 2],
    ends: &[(f64, [f64; 2])],
    confidence: f64,
) -> String {
    let bias: Vec<f64> = readings.iter().zip(references).map(|(x, r)| x - r).collect();
    let bands = ends.iter().flat_map(|(_, band)| *band);
    let y = Axis::linear("bias", bias.iter().copied().chain(bands).chain([0.0]));
    let x = Axis::linear("reference", references.iter().copied());
    let mut chart = Chart::new(format!("linearity of {}", column), x, y);
    chart.level(0.0, "", "#777777");
    let line: Vec<(f64, f64)> = ends.iter().map(|(r, _)| (*r, intercept + slope * r)).collect();
    chart.line(&line, PALETTE[1], 1.6).legend("least squares", PALETTE[1]);
    for side in 0..2 {
        let edge: Vec<(f64, f64)> = ends.iter().map(|(r, band)| (*r, band[side])).collect();
        chart.line(&edge, PALETTE[2], 1.0);
    }
    chart.legend(format!("{} % band", significant(100.0 * confidence, 4)), PALETTE[2]);
    chart.marks(references.iter().copied().zip(bias), 2.2, PALETTE[0], false);
    chart.render()
}
