//! Merges what `cells.toml` and the `like` library specify for a cell; `cells.toml` has priority.

use super::Known;
use crate::axes::{Axes, geometric};
use crate::config::{Config, Said, ends_and_middle};
use crate::like::LikeCell;
use libchar_core::Fault;
use libchar_core::words::count;

/// The axes of a cell; if they are not specified, what is missing and what is expected.
pub fn axes(
    config: &Config,
    said: &Said,
    (name, liked): (&str, Option<&LikeCell>),
    outputs: &[String],
) -> Result<Axes, (String, String)> {
    let (Some(like), Some(liked)) = (config.like.as_ref(), liked) else {
        return of_templates(config, said, name, outputs.len());
    };
    let file = &like.file;
    let missing = |what: &str| {
        let found = format!("`{}` of {file} has no table that gives its {what}", liked.name);
        (found, format!("[templates.delay] in {}, or such a table", config.file))
    };
    let own = |given: Option<&Vec<f64>>, template: &[f64], what: &str| {
        let template = Some(template).filter(|t| config.has_templates && !t.is_empty());
        given.cloned().or(template.map(<[f64]>::to_vec)).ok_or_else(|| missing(what))
    };
    let slews_ns = own(liked.slews_ns.as_ref(), &config.slews_ns, "transitions")?;
    let template = config.loads_pf(said.max_load_pf).unwrap_or_default();
    let mut loads_pf = Vec::new();
    for output in outputs {
        let given = liked.pin(output).and_then(|pin| pin.loads_pf.as_ref());
        let mut loads = own(given, &template, &format!("loads of {output}"))?;
        if let Some(most) = said.max_load_pf {
            if most <= loads[0] {
                let found = format!(
                    "`max_load_pf` {most} of `{}` is not above the least load {} of {file}",
                    liked.name, loads[0]
                );
                return Err((found, "a larger load".to_owned()));
            }
            loads = geometric(loads[0], most, loads.len());
        }
        loads_pf.push(loads);
    }
    let template = match config.has_templates {
        true => config.constraint_slews_ns.clone(),
        false => ends_and_middle(&slews_ns),
    };
    let constraint_ns =
        liked.constraint_ns.clone().unwrap_or_else(|| [template.clone(), template.clone()]);
    let pulse_ns = liked.pulse_ns.clone().unwrap_or_else(|| constraint_ns[0].clone());
    Ok(Axes { slews_ns, loads_pf, constraint_ns, pulse_ns })
}

fn of_templates(
    config: &Config,
    said: &Said,
    name: &str,
    outputs: usize,
) -> Result<Axes, (String, String)> {
    if let Some(like) = config.like.as_ref().filter(|_| !config.has_templates) {
        let found = format!("{} has no cell `{name}`, and there are no templates", like.file);
        return Err((found, format!("[templates.delay] in {}", config.file)));
    }
    Axes::of(config, said.max_load_pf, outputs).ok_or_else(|| {
        let expected = format!(
            "[cells.\"PATTERN\"] max_load_pf in {}, or `loads_pf` in [templates.delay]",
            config.file
        );
        (format!("no `max_load_pf` is given for `{name}`"), expected)
    })
}

/// Pins that only one of the two has: the library's cell or the netlist's cell.
pub fn pin_faults(file: &str, liked: &LikeCell, pins: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let at = |(line, column): (usize, usize), found: String| Fault::at(file, line, column, found);
    for pin in liked.pins.iter().filter(|pin| !pins.contains(&pin.name)) {
        let found = format!("the netlist of `{}` has no pin `{}`", liked.name, pin.name);
        faults.push(at(pin.place, found).one_of(&pin.name, pins.iter().map(String::as_str)));
    }
    if liked.uncompared.iter().any(|group| group == "bus" || group == "bundle") {
        return faults;
    }
    for pin in pins.iter().filter(|pin| liked.pin(pin).is_none()) {
        let found = format!("`{}` has no pin `{pin}`, which its netlist has", liked.name);
        faults.push(at(liked.place, found).expected("the same pins, or pg_pin for a supply"));
    }
    faults
}

/// The notes for the user: which of the two files has priority where they differ, and what is not compared.
pub fn notes(config: &Config, cells: &[Known]) -> Vec<String> {
    let Some(like) = &config.like else { return Vec::new() };
    let mut notes = Vec::new();
    let mut note = |names: Vec<&str>, what: &str| {
        if !names.is_empty() {
            let of = count(names.len(), "cell");
            notes.push(format!("{of}: {what}: {}", names.join(", ")));
        }
    };
    let named = |is: &dyn Fn(&Known, &LikeCell) -> bool| -> Vec<&str> {
        let own = cells.iter().filter(|known| known.like.as_ref().is_some_and(|l| is(known, l)));
        own.map(|known| known.cell.name.as_str()).collect()
    };
    let (own, file) = (&config.file, &like.file);
    let lacking = cells.iter().filter(|known| known.like.is_none());
    note(
        lacking.map(|known| known.cell.name.as_str()).collect(),
        &format!("{file} lacks them, and [templates] of {own} gives their indexes"),
    );
    for (key, is) in [
        (
            "max_load_pf",
            (|s: &Said, _: &LikeCell| s.max_load_pf.is_some()) as fn(&Said, &LikeCell) -> bool,
        ),
        ("area", |s, l| s.area.is_some() && l.area.is_some() && s.area != l.area),
        ("footprint", |s, l| {
            s.footprint.is_some() && l.footprint.is_some() && s.footprint != l.footprint
        }),
    ] {
        let names = named(&|known, liked| is(&known.said, liked));
        note(names, &format!("`{key}` of {own} is used, not that of {file}"));
    }
    note(
        named(&|_, liked| liked.others > 0),
        &format!(
            "tables of {file} have other indexes than the first ones of their pin, which are used for all"
        ),
    );
    note(
        named(&|_, liked| !liked.uncompared.is_empty()),
        &format!(
            "{file} has a statetable, bus, bundle or bank, which is not compared with the transistors"
        ),
    );
    if let Some(thresholds) = like.thresholds.filter(|t| *t != config.thresholds) {
        let pct = |t: f64| crate::axes::rounded(t * 100.0);
        notes.push(format!(
            "[thresholds] of {own} is used: transitions of {file} are from {} % to {} % with derate {}",
            pct(thresholds.lower),
            pct(thresholds.upper),
            thresholds.derate
        ));
    }
    notes
}
