//! A quantity over a wafer: sites coloured by their values.

use super::{Axis, Chart};
use crate::number::significant;

/// Sites `[x, y, value]` in mm from the centre; the edge is drawn where the diameter is known.
pub fn wafer(title: &str, sites: &[[f64; 3]], diameter_mm: Option<f64>) -> Chart {
    let values = || sites.iter().map(|site| site[2]);
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let edge = diameter_mm.map(|d| [-0.5 * d, 0.5 * d]);
    let over = |axis: usize| edge.into_iter().flatten().chain(sites.iter().map(move |s| s[axis]));
    let x = Axis::linear("x (mm)", over(0));
    let y = Axis::linear("y (mm)", over(1));
    let finding =
        format!("{} sites from {} to {}.", sites.len(), significant(low, 4), significant(high, 4));
    let mut chart = Chart::new(title, x, y).size(560.0, 560.0).describe(finding);
    if let Some(d) = diameter_mm {
        let turn = |k: i32| f64::from(k).to_radians();
        let round: Vec<(f64, f64)> = (0..=360)
            .step_by(3)
            .map(|k| (0.5 * d * turn(k).cos(), 0.5 * d * turn(k).sin()))
            .collect();
        chart.line(&round, "#444444", 1.0);
    }
    for [x, y, value] in sites {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        chart.dot(*x, *y, 9.0, &shade(share));
        chart.label(*x, *y, &significant(*value, 4), "#333333");
    }
    chart
}

/// A colour from blue for the lowest value over grey to orange for the highest.
fn shade(share: f64) -> String {
    let ends = [(0x00, 0x72, 0xb2), (0xdd, 0xdd, 0xdd), (0xd5, 0x5e, 0x00)];
    let (from, to, t) = if share < 0.5 {
        (ends[0], ends[1], 2.0 * share)
    } else {
        (ends[1], ends[2], 2.0 * share - 1.0)
    };
    let mix = |a: i32, b: i32| (f64::from(a) + t * f64::from(b - a)).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::wafer;

    #[test]
    fn the_extremes_have_the_ends_of_the_colours() {
        let svg =
            wafer("rate", &[[0.0, 0.0, 1.0], [50.0, 0.0, 2.0], [0.0, 50.0, 3.0]], Some(200.0))
                .render();
        let places: Vec<usize> = ["#0072b2", "#dddddd", "#d55e00"]
            .iter()
            .map(|c| svg.find(c).expect("a colour"))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(
            svg.contains("3 sites from 1.000 to 3.000.") || svg.contains("3 sites from 1 to 3.")
        );
    }
}
