//! The statements that all decks of a cell at one condition begin with. They contain only the models and netlists that the
//! cell uses.

use crate::cell::Cell;
use crate::config::{Config, Pvt};
use crate::deck::Bench;
use crate::vary::{Unvaried, Varying, vary};
use libchar_engine::trim::{Piece, Sources, Trimmer, Unbinned, Untrimmed};
use std::path::Path;

/// A deck that shows what a cell uses. Its models stand in it as they stand in every deck after trimming.
fn sample(cell: &Cell, files: &[String], pvt: &Pvt, models: &str) -> String {
    let mut text = format!("* {}\n{}", cell.name, whole(files, pvt, models));
    let nodes: Vec<String> = (0..cell.pins.len()).map(|pin| format!("n{pin}")).collect();
    text.push_str(&format!("x1 {} {}\n.end\n", nodes.join(" "), cell.name));
    text
}

/// Statements that include whole files.
fn whole(files: &[String], pvt: &Pvt, models: &str) -> String {
    let mut text = match &pvt.section {
        Some(section) => format!(".lib '{models}' {section}\n"),
        None => format!(".include '{models}'\n"),
    };
    for file in files {
        text.push_str(&format!(".include '{file}'\n"));
    }
    text
}

/// The bench of a cell at a condition; `models` and `files` are paths as the simulator finds them.
///
/// If the models cannot be trimmed, whole files are included, and the reason is reported: such decks do not contain
/// everything that decides their results.
pub fn bench(
    config: &Config,
    cell: &Cell,
    pvt: &Pvt,
    (models, files): (&str, &[String]),
    trimmer: &mut Trimmer,
    sources: &mut dyn Sources,
) -> (Bench, Option<Untrimmed>) {
    let deck = sample(cell, files, pvt, models);
    let (header, reason) = match trimmer.trim(Path::new(""), &deck, sources) {
        Ok(pieces) => {
            let libraries = pieces.iter().filter_map(|piece| match piece {
                Piece::Library(text) => Some(text.as_ref()),
                Piece::Text(_) => None,
            });
            (libraries.collect::<Vec<_>>().concat(), None)
        }
        Err(reason) => (whole(files, pvt, models), Some(reason)),
    };
    let bench = Bench { header, ..empty(config, pvt) };
    (bench, reason)
}

/// Geometries of a cell's transistors that no bin of the models covers; empty if that cannot be determined before a
/// simulation.
pub fn unbinned(
    cell: &Cell,
    pvt: &Pvt,
    (models, files): (&str, &[String]),
    trimmer: &mut Trimmer,
    sources: &mut dyn Sources,
) -> Vec<Unbinned> {
    let deck = sample(cell, files, pvt, models);
    trimmer.unbinned(Path::new(""), &deck, sources).unwrap_or_default()
}

/// The text of a fault for a geometry that no bin covers: what was found, and what is expected.
pub fn said(cell: &str, pvt: &str, found: &Unbinned) -> (String, String) {
    let um = |metres: f64| (metres * 1e9).round() / 1e3;
    let [w, l] = found.geometry_m.map(um);
    let what = format!(
        "a transistor of `{cell}` with W = {w} um and L = {l} um is in no bin of the model `{}` at `{pvt}`",
        found.model
    );
    let range = |least: Option<f64>, most: Option<f64>| match (least.map(um), most.map(um)) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("from {least}"),
        (None, Some(most)) => format!("to {most}"),
        (None, None) => "any".to_owned(),
    };
    // The bins that lie nearest, of which there may be dozens.
    let off = |value: f64, least: Option<f64>, most: Option<f64>| {
        let (below, above) = (least.map_or(0.0, |x| x - value), most.map_or(0.0, |x| value - x));
        below.max(above).max(0.0) / value
    };
    let [w, l] = found.geometry_m;
    let distance = |bin: &[Option<f64>; 4]| off(w, bin[0], bin[1]) + off(l, bin[2], bin[3]);
    let mut bins = found.bins_m.clone();
    bins.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    let near = bins
        .iter()
        .take(2)
        .map(|[w0, w1, l0, l1]| format!("W {} um with L {} um", range(*w0, *w1), range(*l0, *l1)));
    let near = near.collect::<Vec<_>>().join(", or ");
    (what, format!("one of its {} bins, the nearest of which have {near}", bins.len()))
}

/// A bench without models and netlists, for counting.
pub fn empty(config: &Config, pvt: &Pvt) -> Bench {
    Bench {
        header: String::new(),
        vdd_v: pvt.vdd_v,
        temp_c: pvt.temp_c,
        thresholds: config.thresholds,
        supplies: config.supplies.clone(),
        shapes: None,
        varying: None,
    }
}

/// Makes the devices of the bench's cell vary as `[lvf]` specifies, if it is present; returns the devices for which
/// nothing varies.
///
/// # Errors
/// Why it cannot vary.
pub fn add_variation(
    config: &Config,
    cell: &Cell,
    bench: &mut Bench,
) -> Result<Vec<String>, Unvaried> {
    let Some(lvf) = &config.lvf else { return Ok(Vec::new()) };
    let Varying { header, variation, constant } =
        vary(&bench.header, &cell.name, lvf, &config.devices)?;
    bench.varying = Some(Box::new((Bench { header, ..bench.clone() }, variation)));
    Ok(constant)
}
