//! Pictures of profiles.

use crate::loaded::Simulated;
use libchar_core::svg::{Axis, Chart, PALETTE};

/// Concentration over depth on a logarithmic scale, the oxide shaded at negative depths.
pub fn profile(simulated: &Simulated) -> String {
    let wafer = &simulated.run.wafer;
    let figures = &simulated.figures;
    let profile = &figures.profile;
    let highest =
        profile.dopants.iter().flat_map(|d| d.conc_cm3.iter().copied()).fold(1e15, f64::max);
    let lowest = match simulated.parsed.recipe.substrate.background {
        Some((_, conc)) => (conc * 0.03).max(1e12),
        None => highest * 1e-8,
    };
    let tox_um = wafer.tox_nm() * 1e-3;
    let deepest = interesting_depth(simulated, lowest);
    let mut x = Axis::linear("depth (um)", [-tox_um, deepest]);
    (x.min, x.max) = (-tox_um - 0.02 * deepest, deepest);
    let y = Axis::log("concentration (cm-3)", [lowest, highest]);
    let (bottom, top) = (y.min, y.max);
    let title = match simulated.parsed.recipe.name.as_str() {
        "" => "profile",
        name => name,
    };
    let mut chart = Chart::new(title, x, y).room(80.0);
    if tox_um > 0.0 {
        chart.rect((-tox_um, bottom), (0.0, top), "#b8c8dc", 0.4);
        chart.callout(-0.5 * tox_um, top, "oxide", "#555555");
    }
    for (k, dopant) in profile.dopants.iter().enumerate() {
        let colour = PALETTE[k % PALETTE.len()];
        let drawn = |x: &[f64], c: &[f64]| -> Vec<(f64, f64)> {
            x.iter()
                .zip(c)
                .map(|(x, c)| (*x, if *c >= bottom { *c } else { f64::NAN }))
                .filter(|(x, _)| *x <= deepest)
                .collect()
        };
        chart.line(&drawn(&wafer.oxide_depth_um(), wafer.oxide_conc(k)), colour, 1.5);
        chart.line(&drawn(&profile.depth_um, &dopant.conc_cm3), colour, 2.0);
        chart.beside(top, dopant.species.name(), colour);
    }
    for junction in &figures.junctions {
        let label = format!("xj {:.4} um", junction.depth_um);
        chart.mark(junction.depth_um, &label, "#555555");
    }
    chart.render()
}

/// Depth down to which the picture shows all junctions and every profile's fall to the lowest
/// concentration drawn.
fn interesting_depth(simulated: &Simulated, lowest: f64) -> f64 {
    let profile = &simulated.figures.profile;
    let end = profile.depth_um.last().copied().unwrap_or(1.0);
    let junctions = simulated.figures.junctions.iter().map(|j| 1.3 * j.depth_um);
    let falls = profile.dopants.iter().filter_map(|dopant| {
        let last = dopant.conc_cm3.last().copied()?;
        let changed = dopant
            .conc_cm3
            .iter()
            .rposition(|c| *c > lowest && (c - last).abs() > 0.05 * last.max(lowest))?;
        Some(1.15 * profile.depth_um[changed])
    });
    junctions.chain(falls).fold(0.0, f64::max).clamp(1e-3 * end, end).max(0.01)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    #[test]
    fn all_junctions_and_the_fall_of_every_profile_are_drawn() {
        let loaded = loaded(DRIVE);
        let simulated = loaded.simulate(&loaded.document).unwrap();
        let deepest = interesting_depth(&simulated, 3e13);
        let (xj_um, end) = (
            simulated.figures.junctions[0].depth_um,
            *simulated.figures.profile.depth_um.last().unwrap(),
        );
        assert!(deepest >= 1.3 * xj_um && deepest <= end, "{xj_um} {deepest} {end}");
        let svg = profile(&simulated);
        assert!(svg.contains(&format!("xj {xj_um:.4} um")) && svg.contains("boron"));
        assert!(!svg.contains("oxide"));
    }
}
