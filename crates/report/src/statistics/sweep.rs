//! Slopes of measures along swept axes, with everything else fixed.

use super::interval::{Estimate, t_two_sided};
use crate::results::{ResultRow, Results};
use libchar_core::contour::Grid;
use libchar_core::number::shortest;
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
    /// The slope of the straight line through the values; with three values or more, its interval
    /// comes from their scatter about the line.
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
    let slope = |((points, measure), line): (Line, Vec<(f64, f64)>)| {
        let (slope, r2) = straight(&line)?;
        Some(Slope { axis: axis.to_owned(), measure, points, values: line.len(), slope, r2 })
    };
    lines(results, index).into_iter().filter_map(slope).collect()
}

/// What is fixed along a line, with `*` for the labels of the open axes; and the measure.
pub type Line = (String, String);

/// The values along a swept axis: one line for each measure and set of everything else; places
/// rise.
pub fn lines(results: &Results, index: usize) -> BTreeMap<Line, Vec<(f64, f64)>> {
    let mut lines: BTreeMap<Line, Vec<(f64, f64)>> = BTreeMap::new();
    for (line, row, value) in folded(results, &[index]) {
        let Some(at) = row.sweep[index] else { continue };
        lines.entry(line).or_default().push((at, value));
    }
    for line in lines.values_mut() {
        line.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    lines
}

/// The values over two swept axes, for each measure and set of everything else.
pub fn grids(results: &Results, first: usize, second: usize) -> BTreeMap<Line, Grid> {
    let mut places: BTreeMap<Line, Vec<(f64, f64, f64)>> = BTreeMap::new();
    for (line, row, value) in folded(results, &[first, second]) {
        let (Some(x), Some(y)) = (row.sweep[first], row.sweep[second]) else { continue };
        places.entry(line).or_default().push((x, y, value));
    }
    let grid = |(line, values): (Line, Vec<_>)| Some((line, Grid::of(&values)?));
    places.into_iter().filter_map(grid).collect()
}

/// The nominal values, each with its line if some axes are open. Quantities that a simulation
/// sweeps itself stay part of the line.
fn folded<'a>(
    results: &'a Results,
    open: &'a [usize],
) -> impl Iterator<Item = (Line, &'a ResultRow, f64)> {
    let axes = results.is_axis();
    let prefixes: Vec<String> = open.iter().map(|i| format!("{}_", results.sweep[*i])).collect();
    let nominal = results.rows.iter().filter(|row| row.sample.is_none() && row.alter == 1);
    nominal.filter_map(move |row| {
        let fold = |(i, part): (usize, &str)| match prefixes
            .iter()
            .find(|prefix| i >= 4 && part.starts_with(prefix.as_str()))
        {
            Some(prefix) => format!("{prefix}*"),
            None => part.to_owned(),
        };
        let parts: Vec<String> = row.point.split('/').enumerate().map(fold).collect();
        let mut place = parts.join("/");
        for (i, value) in row.sweep.iter().enumerate().filter(|(i, _)| !axes[*i]) {
            if let Some(value) = value {
                place.push_str(&format!(" {}={}", results.sweep[i], shortest(*value)));
            }
        }
        Some(((place, row.measure.clone()), row, row.value?))
    })
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
    /// y = 1, 2, 2, 3 at x = 1, 2, 3, 4: the slope is 3/5, its standard error √(0.2/2/5), and Student's t of two degrees of
    /// freedom is 4.302653 (0.975).
    #[test]
    fn a_slope_has_the_interval_of_students_t() {
        let line = [(1.0, 1.0), (2.0, 2.0), (3.0, 2.0), (4.0, 3.0)];
        let (slope, r2) = super::straight(&line).unwrap();
        let half = 4.302_653 * (0.2_f64 / 2.0 / 5.0).sqrt();
        assert!((slope.value - 0.6).abs() < 1e-12 && (r2 - 0.9).abs() < 1e-12);
        assert!((slope.low.unwrap() - (0.6 - half)).abs() < 1e-6, "{slope:?}");
        assert!((slope.high.unwrap() - (0.6 + half)).abs() < 1e-6);
    }

    /// Quantities that a simulation sweeps itself are fixed along a line, and two axes make a grid
    /// if both are open.
    #[test]
    fn lines_and_grids_have_all_else_fixed() {
        let mut text =
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_c,sweep_r,sweep_vin\n"
                .to_owned();
        for (c, r) in [(1.0, 10.0), (1.0, 20.0), (2.0, 10.0), (2.0, 20.0)] {
            for vin in [0.0, 1.0] {
                text += &format!(
                    "TT/t/t_25/v1/c_{c}/r_{r},TT,t,25,v1,1,m,{},ok,{c},{r},{vin}\n",
                    c * r + vin
                );
            }
        }
        let results = Results::parse("r", text.as_bytes()).unwrap();
        let lines = super::lines(&results, 0);
        assert_eq!(lines.len(), 4);
        let line = &lines[&("TT/t/t_25/v1/c_*/r_10 vin=1".to_owned(), "m".to_owned())];
        assert_eq!(line, &[(1.0, 11.0), (2.0, 21.0)]);
        let grids = super::grids(&results, 0, 1);
        let grid = &grids[&("TT/t/t_25/v1/c_*/r_* vin=0".to_owned(), "m".to_owned())];
        assert_eq!((grids.len(), grid.z[1][0]), (2, Some(20.0)));
    }
}
