//! The statements that all decks of a cell at one condition begin with: of models and netlists only what it uses.

use crate::cell::Cell;
use crate::config::{Config, Pvt};
use crate::deck::Bench;
use crate::vary::{Unvaried, Varying, vary};
use libchar_engine::trim::{Piece, Sources, Trimmer, Untrimmed};
use std::path::Path;

/// The deck that tells what a cell uses. Its models stand in it as they stand in every deck after trimming.
fn sample(cell: &Cell, files: &[String], pvt: &Pvt, models: &str) -> String {
    let mut text = format!("* {}\n{}", cell.name, whole(files, pvt, models));
    let nodes: Vec<String> = (0..cell.pins.len()).map(|pin| format!("n{pin}")).collect();
    text.push_str(&format!("x1 {} {}\n.end\n", nodes.join(" "), cell.name));
    text
}

/// Statements that bring whole files.
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
/// Where the models cannot be trimmed, whole files are included, and the reason is told: such decks do not hold all that
/// decides their results.
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

/// A bench without models and netlists, for counting.
pub fn empty(config: &Config, pvt: &Pvt) -> Bench {
    Bench {
        header: String::new(),
        vdd_v: pvt.vdd_v,
        temp_c: pvt.temp_c,
        thresholds: config.thresholds,
        supplies: config.supplies.clone(),
        varying: None,
    }
}

/// Makes the bench's cell vary as `[lvf]` says, if it says anything; the devices of which nothing varies.
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
