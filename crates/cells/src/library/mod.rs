//! The cells of a library: found in the netlists, recognized, and compared with what `cells.toml` specifies for them.

mod alike;
mod functions;

pub use alike::notes;

use crate::axes::Axes;
use crate::cell::Cell;
use crate::config::{Config, Role, Said};
use crate::like::LikeCell;
use crate::netlist::{Flat, Netlists, Subckt};
use crate::recognize::{directions, recognize};
use alike::pin_faults;
use functions::compare_like;
use libchar_core::glob::matches;
use libchar_core::{Fault, Faults};

/// A cell with its settings.
#[derive(Debug, Clone)]
pub struct Known {
    /// The cell.
    pub cell: Cell,
    /// The settings of the cell in `cells.toml`.
    pub said: Said,
    /// Transitions and loads of its tables.
    pub axes: Axes,
    /// What the `like` library specifies for the cell.
    pub like: Option<LikeCell>,
    /// The netlist file that defines it, and the line.
    pub place: (String, usize),
}

/// All cells that the patterns choose, sorted by name. A subcircuit that others use and one that `skip` leaves out are not
/// cells.
///
/// # Errors
/// Every fault that makes one of them unusable.
pub fn cells(
    config: &Config,
    netlists: &Netlists,
    chosen: &[String],
) -> Result<Vec<Known>, Faults> {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for pattern in chosen {
        if !netlists.iter().any(|subckt| matches(pattern, &subckt.name)) {
            let names: Vec<&str> = netlists.iter().map(|s| s.name.as_str()).collect();
            faults.push(Fault::of("--cell", format!("no cell `{pattern}`")).one_of(pattern, names));
        }
    }
    for said in &config.cells {
        if !netlists.iter().any(|subckt| matches(&said.pattern, &subckt.name)) {
            let (line, column) = said.place;
            let names: Vec<&str> = netlists.iter().map(|s| s.name.as_str()).collect();
            let fault = Fault::at(
                &config.file,
                line,
                column,
                format!("no netlist has a cell `{}`", said.pattern),
            );
            faults.push(fault.one_of(&said.pattern, names));
        }
    }
    let flats: Vec<(&Subckt, Flat)> = netlists
        .iter()
        .filter_map(|subckt| Some((subckt, netlists.flatten(subckt, &config.devices).ok()?)))
        .collect();
    for ((supply, role), (line, column)) in config.supplies.iter().zip(&config.supply_places) {
        if let Some((cell, is_p)) = other_bulk(&flats, supply, role.is_high()) {
            let kind = if is_p { "p" } else { "n" };
            let is_well = matches!(role, Role::Nwell | Role::Pwell);
            let right = match (is_p, is_well) {
                (true, true) => Role::Nwell,
                (false, true) => Role::Pwell,
                (true, false) => Role::Power,
                (false, false) => Role::Ground,
            };
            let found = format!(
                "the supply pin `{supply}` is declared as `{}`, but is the bulk of {kind} transistors in `{cell}`",
                role.word()
            );
            let fault = Fault::at(&config.supply_file, *line, *column, found);
            let expected =
                format!("{supply} = \"{}\" in [supplies] of {}", right.word(), config.file);
            faults.push(fault.expected(expected));
        }
        let is_pin = |pin: &String| pin.eq_ignore_ascii_case(supply);
        if !netlists.iter().any(|subckt| subckt.pins.iter().any(is_pin)) {
            let found = format!("no cell has the supply pin `{supply}`");
            let mut pins: Vec<&str> =
                netlists.iter().flat_map(|subckt| subckt.pins.iter().map(String::as_str)).collect();
            pins.sort_unstable();
            pins.dedup();
            faults.push(Fault::at(&config.supply_file, *line, *column, found).one_of(supply, pins));
        }
    }
    let any_said = |name: &str| config.cells.iter().any(|s| s.pattern == name);
    for subckt in netlists.iter() {
        let said = config.said(&subckt.name);
        let is_chosen = chosen.is_empty() || chosen.iter().any(|p| matches(p, &subckt.name));
        let is_part = netlists.is_used(&subckt.name) && !any_said(&subckt.name);
        if said.skip == Some(true) || !is_chosen || is_part {
            continue;
        }
        match known(config, netlists, subckt, said) {
            Ok(known) => found.push(known),
            Err(more) => faults.extend(more.into_vec()),
        }
    }
    if found.is_empty() && faults.is_empty() {
        faults.push(Fault::of(&config.file, "no cell is left to characterize"));
    }
    if let Some(like) = &config.like {
        // In the library's order, those that it lacks after them.
        let rank = |known: &Known| like.cells.iter().position(|c| c.name == known.cell.name);
        found.sort_by_key(|known| rank(known).unwrap_or(usize::MAX));
    }
    Faults::or(found, faults)
}

/// The first cell in which a supply pin is the bulk of transistors whose junctions would then conduct, and whether these
/// are p transistors.
fn other_bulk<'a>(
    flats: &[(&'a Subckt, Flat)],
    supply: &str,
    is_high: bool,
) -> Option<(&'a str, bool)> {
    let is_pin = |pin: &String| pin.eq_ignore_ascii_case(supply);
    let mut cells = flats.iter().filter(|(subckt, _)| subckt.pins.iter().any(is_pin));
    cells.find_map(|(subckt, flat)| {
        let wrong = flat.transistors.iter().find(|t| is_pin(&t.bulk) && t.is_p != is_high);
        wrong.map(|t| (subckt.name.as_str(), t.is_p))
    })
}

/// The driver cell, if one is specified: any cell of the netlists, whether it is written to the Liberty file or not.
///
/// # Errors
/// A name that no netlist defines, and every fault that prevents the recognition of the cell.
pub fn driver(config: &Config, netlists: &Netlists) -> Result<Option<Known>, Faults> {
    let Some((name, (line, column))) = &config.driver else { return Ok(None) };
    let Some(subckt) = netlists.iter().find(|subckt| subckt.name == *name) else {
        let found = format!("no netlist has the driver `{name}`");
        let names: Vec<&str> = netlists.iter().map(|s| s.name.as_str()).collect();
        return Err(Fault::at(&config.file, *line, *column, found).one_of(name, names).into());
    };
    known(config, netlists, subckt, config.said(name)).map(Some)
}

fn known(
    config: &Config,
    netlists: &Netlists,
    subckt: &Subckt,
    said: Said,
) -> Result<Known, Faults> {
    let (file, line) = &subckt.place;
    let name = &subckt.name;
    let here = |found: String| Fault::at(file, *line, 1, found);
    let flat = netlists.flatten(subckt, &config.devices)?;
    let mut faults = Vec::new();
    let supply = |pin: &String| config.supplies.iter().any(|(s, _)| s.eq_ignore_ascii_case(pin));
    for (_, role) in config.supplies.iter().filter(|(_, r)| matches!(r, Role::Power | Role::Ground))
    {
        let has = |pin: &String| {
            config.supplies.iter().any(|(s, r)| r == role && s.eq_ignore_ascii_case(pin))
        };
        if !subckt.pins.iter().any(has) {
            let names: Vec<&str> = config
                .supplies
                .iter()
                .filter(|(_, r)| r == role)
                .map(|(s, _)| s.as_str())
                .collect();
            let found =
                format!("the cell `{name}` has no pin for {}", role.pg_type().replace('_', " "));
            let expected = format!(
                "[supplies] of {} to name a pin of the cell ({}), as it does {}",
                config.file,
                subckt.pins.join(", "),
                names.join(", ")
            );
            faults.push(here(found).expected(expected));
        }
    }
    let pins: Vec<String> = subckt.pins.iter().filter(|pin| !supply(pin)).cloned().collect();
    for pin in &pins {
        if !flat.touches(pin) {
            let found =
                format!("the pin `{pin}` of `{name}` is at no gate, no source and no drain");
            let expected = format!(
                "[supplies] of {} to name it, if it is a well or a supply; `skip = true` leaves the cell out",
                config.file
            );
            faults.push(here(found).expected(expected));
        }
    }
    let fixed = config.fixed();
    let like = config.like.as_ref();
    let liked = like.and_then(|like| like.cells.iter().find(|cell| cell.name == *name));
    let (mut inputs, mut outputs) = directions(&flat, &fixed, &pins);
    if let (Some(like), Some(liked)) = (like, liked) {
        faults.extend(pin_faults(&like.file, liked, &pins));
        let told = |is: bool| {
            pins.iter().filter(move |p| liked.pin(p).and_then(|p| p.is_output) == Some(is))
        };
        let (told_in, told_out): (Vec<_>, Vec<_>) =
            (told(false).cloned().collect(), told(true).cloned().collect());
        if told_in.len() + told_out.len() == pins.len() {
            (inputs, outputs) = (told_in, told_out);
        }
    }
    let mut declared = |list: &Option<Vec<(String, (usize, usize))>>, what: &str| {
        for (pin, (line, column)) in list.iter().flatten() {
            if !pins.contains(pin) {
                let found = format!("the cell `{name}` has no {what} `{pin}`");
                let fault = Fault::at(&config.file, *line, *column, found);
                faults.push(fault.one_of(pin, pins.iter().map(String::as_str)));
            }
        }
        list.as_ref().map(|list| list.iter().map(|(pin, _)| pin.clone()).collect::<Vec<_>>())
    };
    let (said_inputs, said_outputs) =
        (declared(&said.inputs, "pin"), declared(&said.outputs, "pin"));
    if let Some(list) = said_outputs.or_else(|| {
        let given = said_inputs?;
        Some(pins.iter().filter(|pin| !given.contains(pin)).cloned().collect())
    }) {
        inputs = pins.iter().filter(|pin| !list.contains(pin)).cloned().collect();
        outputs = pins.iter().filter(|pin| list.contains(pin)).cloned().collect();
    }
    let axes =
        alike::axes(config, &said, (name, liked), &outputs).unwrap_or_else(|(found, expected)| {
            faults.push(here(found).expected(expected));
            Axes::default()
        });
    if !faults.is_empty() {
        return Faults::or((), faults).and_then(|()| Err(here("nothing".to_owned()).into()));
    }
    let mut cell =
        recognize(name, &subckt.pins, &flat, &fixed, inputs, outputs).map_err(|unknown| {
            let expected = match unknown {
                crate::recognize::Unknown::NoOutput => "`outputs` in cells.toml",
                crate::recognize::Unknown::NoClock(_) => {
                    "a flip-flop or latch that stores one bit; `skip = true` leaves the cell out"
                }
                _ => "a cell of static gates; `skip = true` leaves the cell out",
            };
            Faults::from(
                here(format!("the cell `{name}` is not understood: {unknown}")).expected(expected),
            )
        })?;
    crate::declared::compare(&config.file, &cell, &said.functions)?;
    if let (Some(like), Some(liked)) = (like, liked) {
        compare_like(&like.file, &mut cell, liked, &said)?;
    }
    Ok(Known { cell, said, axes, like: liked.cloned(), place: subckt.place.clone() })
}
