//! Two depth profiles in one picture.

use super::{Asked, Contrast, Pair};
use crate::format::MeasuredProfile;
use crate::species::Species;
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE, stack};

/// Room for the names of dopants beside the plots, pixels.
const ROOM: f64 = 80.0;

/// Draws both sides over depth, the old one thin, and below them the ratio of new to old, as SVG. `names` are those of the
/// old and of the new side.
#[must_use]
pub fn picture(
    old: &MeasuredProfile,
    new: &MeasuredProfile,
    pair: &Pair,
    asked: &Asked,
    names: [&str; 2],
) -> String {
    let peak = pair.dopants.iter().flat_map(|d| value(d, "peak_cm3")).fold(1e15, f64::max);
    let lowest = pair.dopants.iter().map(|d| 0.1 * d.floor_cm3).fold(f64::INFINITY, f64::min);
    let reach = |d: &Contrast| d.log_ratio.last().map(|(x, _)| *x);
    let deepest = pair.dopants.iter().filter_map(reach).fold(0.0, f64::max);
    let deepest = if deepest > 0.0 { 1.15 * deepest } else { pair.range_um[1] };
    let depth = || {
        let mut axis = Axis::linear("depth (um)", [pair.range_um[0], deepest]);
        (axis.min, axis.max) = (pair.range_um[0], deepest);
        axis
    };
    let y = Axis::log("concentration (cm-3)", [lowest, peak]);
    let bottom = y.min;
    let top = y.max;
    let title = format!("{} (thin) and {}", names[0], names[1]);
    let mut chart = Chart::new(title, depth(), y).room(ROOM);
    let ratios = pair.dopants.iter().flat_map(|d| d.log_ratio.iter().map(|(_, r)| 10f64.powf(*r)));
    let axis = Axis::log("new / old", ratios.chain([0.9, 1.1]));
    let mut below = Chart::new("", depth(), axis).size(840.0, 240.0).room(ROOM);
    below.level(1.0, "", "#888888");
    for (k, dopant) in pair.dopants.iter().enumerate() {
        let colour = PALETTE[k % PALETTE.len()];
        for (profile, width) in [(old, 1.0), (new, 2.2)] {
            let is_it = |species: &Option<Species>| {
                species.or(asked.species).is_none_or(|s| s == dopant.species)
            };
            let column = profile.columns.iter().find(|(species, _)| is_it(species));
            let points = profile.depth_um.iter().zip(column.map_or(&[][..], |(_, c)| c));
            let shown = points.map(|(x, c)| (*x, if *c >= bottom { *c } else { f64::NAN }));
            let shown: Vec<(f64, f64)> =
                shown.filter(|(x, _)| (pair.range_um[0]..=deepest).contains(x)).collect();
            chart.line(&shown, colour, width);
        }
        let ratio: Vec<(f64, f64)> =
            dopant.log_ratio.iter().map(|(x, r)| (*x, 10f64.powf(*r))).collect();
        below.line(&ratio, colour, 1.8);
        chart.beside(top, dopant.species.name(), colour);
        for (xj, side) in value(dopant, "xj_nm").into_iter().zip(["old", "new"]) {
            chart.mark(
                xj * 1e-3,
                &format!("{side} xj {} um", significant(xj * 1e-3, 4)),
                "#555555",
            );
        }
    }
    stack(&[chart, below])
}

/// The values of a figure: of both sides, of one, or none.
fn value(dopant: &Contrast, name: &str) -> Vec<f64> {
    let figure = dopant.figures.iter().find(|(own, _, _)| own == name);
    figure.into_iter().flat_map(|(_, _, values)| values.iter().flatten().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::picture;
    use crate::contrast::{Asked, contrast};
    use crate::format::MeasuredProfile;
    use crate::species::Species;

    /// Boron that falls by a decade in `decade_um`, down to 1 um.
    fn profile(decade_um: f64) -> MeasuredProfile {
        let depth_um: Vec<f64> = (0..=100).map(|i| f64::from(i) * 0.01).collect();
        let conc = depth_um.iter().map(|x| 1e19 * 10f64.powf(-x / decade_um)).collect();
        MeasuredProfile { depth_um, columns: vec![(Some(Species::Boron), conc)], notes: Vec::new() }
    }

    #[test]
    fn the_picture_names_both_sides_and_draws_as_many_lines_as_columns_and_ratios() {
        let (old, new) = (profile(0.2), profile(0.25));
        let asked = Asked::default();
        let pair = contrast(&old, &new, &asked).unwrap();
        let svg = picture(&old, &new, &pair, &asked, ["sims.csv", "run.csv"]);
        assert!(svg.contains("sims.csv (thin) and run.csv"), "{svg}");
        assert!(svg.contains("new / old") && svg.contains("boron"));
        assert!(svg.contains("stroke-width=\"2.2\""), "the new side is the thick one");
    }
}
