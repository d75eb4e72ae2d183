//! Slopes of measures along swept axes, where all else is fixed.

use super::interval::{Estimate, t_two_sided};
use crate::results::Results;
use libchar_numeric::least_squares;
use std::collections::BTreeMap;

/// d(measure)/d(axis) along one line of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// The swept axis.
    pub axis: String,
    /// Name of the measure.
    pub measure: String,
    /// The points of the line, with `*` for the label of the axis.
    pub points: String,
    /// Values of the axis, two or more.
    pub values: usize,
    /// The slope of the straight line through the values; its interval, from three values on, is that of the scatter about it.
    pub slope: Estimate,
    /// Share of the line's variance that the straight line explains.
    pub r2: f64,
}

/// The slopes of all measures along all swept axes, at nominal values.
pub fn slopes(results: &Results) -> Vec<Slope> {
    let axes = results.is_axis();
    let axes = results.sweep.iter().enumerate().filter(|(i, _)| axes[*i]);
    axes.flat_map(|(i, axis)| along(results, i, axis)).collect()
}

fn along(results: &Results, index: usize, axis: &str) -> Vec<Slope> {
    let mut lines: BTreeMap<(String, String), Vec<(f64, f64)>> = BTreeMap::new();
    let prefix = format!("{axis}_");
    for row in results.rows.iter().filter(|row| row.sample.is_none() && row.alter == 1) {
        let (Some(at), Some(value)) = (row.sweep[index], row.value) else { continue };
        let fold = |(i, part): (usize, &str)| match i >= 4 && part.starts_with(&prefix) {
            true => format!("{prefix}*"),
            false => part.to_owned(),
        };
        let points: Vec<String> = row.point.split('/').enumerate().map(fold).collect();
        lines.entry((points.join("/"), row.measure.clone())).or_default().push((at, value));
    }
    let slope = |((points, measure), line): ((String, String), Vec<(f64, f64)>)| {
        let (slope, r2) = straight(&line)?;
        Some(Slope { axis: axis.to_owned(), measure, points, values: line.len(), slope, r2 })
    };
    lines.into_iter().filter_map(slope).collect()
}

fn straight(line: &[(f64, f64)]) -> Option<(Estimate, f64)> {
    let n = line.len() as f64;
    let mean = line.iter().map(|(x, _)| x).sum::<f64>() / n;
    let (x, y): (Vec<f64>, Vec<f64>) = line.iter().map(|(x, y)| (x - mean, *y)).unzip();
    let fit = least_squares::linear(&[vec![1.0; x.len()], x], &y, None).ok()?;
    let half = fit.covariance.map(|of| t_two_sided(fit.dof as f64) * of[1][1].sqrt());
    let value = fit.coefficients[1];
    let total = libchar_numeric::moments::squares(&y);
    let slope =
        Estimate { value, low: half.map(|half| value - half), high: half.map(|half| value + half) };
    Some((slope, if total > 0.0 { 1.0 - fit.chi2 / total } else { 1.0 }))
}

#[cfg(test)]
mod tests {
    use super::slopes;
    use crate::results::Results;

    #[test]
    fn a_straight_line_has_its_slope() {
        let mut text =
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_c\n".to_owned();
        for (label, c, t) in [("a", 1.0, 12.0), ("b", 2.0, 14.0), ("d", 4.0, 18.0)] {
            text += &format!("TT/t/t_25/v1/c_{label},TT,t,25,v1,1,t,{t},ok,{c}\n");
        }
        let found = slopes(&Results::parse("r", text.as_bytes()).unwrap());
        assert_eq!((found.len(), found[0].points.as_str()), (1, "TT/t/t_25/v1/c_*"));
        assert!((found[0].slope.value - 2.0).abs() < 1e-12 && (found[0].r2 - 1.0).abs() < 1e-12);
    }
}
