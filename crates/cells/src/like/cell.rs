//! Reads what an existing library specifies for one cell.

use super::indexes::{self, is_same};
use super::{LikeCell, LikePin, Source, Storage};
use libchar_liberty::Group;

/// Attributes of cells that are copied unchanged: they are meant for other tools, and no simulation gives them.
const KEPT: [&str; 5] =
    ["dont_use", "dont_touch", "drive_strength", "threshold_voltage_group", "user_function_class"];

/// Groups that describe the behaviour of a cell and that are not compared.
const UNCOMPARED: [&str; 5] = ["statetable", "ff_bank", "latch_bank", "bus", "bundle"];

const TABLES: [&str; 4] = ["cell_rise", "cell_fall", "rise_transition", "fall_transition"];
const CONSTRAINTS: [&str; 2] = ["rise_constraint", "fall_constraint"];
const POWERS: [&str; 3] = ["rise_power", "fall_power", "power"];

/// Reads a cell.
pub(super) fn read(source: &mut Source<'_>, group: &Group) -> LikeCell {
    let mut cell = LikeCell {
        name: group.argument().to_owned(),
        place: source.place(group.at),
        area: number(source, group, "area", 1.0),
        footprint: group.text("cell_footprint").map(str::to_owned),
        ..LikeCell::default()
    };
    let kept = |key: &&str| group.get(key).map(|value| ((*key).to_owned(), value.clone()));
    cell.kept = KEPT.iter().filter_map(kept).collect();
    let uncompared = UNCOMPARED.iter().filter(|name| group.group(name).is_some());
    cell.uncompared = uncompared.map(|name| (*name).to_owned()).collect();
    for (name, is_flop) in [("ff", true), ("latch", false)] {
        if let Some(own) = group.group(name) {
            cell.storage = Some(storage(source, own, is_flop));
        }
    }
    for own in group.groups("pin") {
        pin(source, own, &mut cell);
    }
    cell
}

/// A number of the library times its unit; text that is not a number is a fault.
fn number(source: &mut Source<'_>, group: &Group, key: &str, unit: f64) -> Option<f64> {
    let value = group.get(key)?;
    let found = value.as_number().filter(|number| *number >= 0.0);
    if found.is_none() {
        let what = format!("`{key}` is `{}`", value.text);
        source.fault(value.at, what, "a number, 0 or above");
    }
    found.map(|number| crate::axes::rounded(number * unit))
}

fn storage(source: &Source<'_>, group: &Group, is_flop: bool) -> Storage {
    let name = |i: usize| group.arguments.get(i).map(|v| v.text.clone()).unwrap_or_default();
    let words = group.simples().map(|simple| {
        (simple.name.clone(), (simple.value.text.clone(), source.place(simple.value.at)))
    });
    Storage {
        is_flop,
        place: source.place(group.at),
        names: [name(0), name(1)],
        words: words.collect(),
    }
}

fn pin(source: &mut Source<'_>, group: &Group, cell: &mut LikeCell) {
    let direction = group.text("direction").unwrap_or_default();
    if direction == "internal" {
        return;
    }
    let function =
        |key: &str| group.get(key).map(|value| (value.text.clone(), source.place(value.at)));
    let mut pin = LikePin {
        name: group.argument().to_owned(),
        place: source.place(group.at),
        is_output: match direction {
            "input" => Some(false),
            "output" => Some(true),
            _ => None,
        },
        functions: [function("function"), function("three_state")],
        ..LikePin::default()
    };
    pin.max_transition_ns = number(source, group, "max_transition", source.ns);
    pin.max_capacitance_pf = number(source, group, "max_capacitance", source.pf);
    // Tables of energies only when those of delays, which decide, are known.
    for timing in group.groups("timing") {
        let is_pulse = timing.text("timing_type") == Some("min_pulse_width");
        for table in timing.all_groups() {
            let name = table.name.as_str();
            if TABLES.contains(&name) {
                delays(source, table, &mut pin, cell);
            } else if CONSTRAINTS.contains(&name) {
                constraints(source, table, is_pulse, cell);
            }
        }
    }
    cell.pins.push(pin);
    for power in group.groups("internal_power") {
        for table in power.all_groups().filter(|table| POWERS.contains(&table.name.as_str())) {
            let found = indexes::read(source, table);
            let loads = cell.pins.last().and_then(|pin| pin.loads_pf.as_ref());
            let other = differs(found.slews_ns.as_ref(), cell.slews_ns.as_ref())
                || differs(found.loads_pf.as_ref(), loads);
            cell.others += usize::from(other);
        }
    }
}

/// Whether both values are present and differ.
fn differs(a: Option<&Vec<f64>>, b: Option<&Vec<f64>>) -> bool {
    a.zip(b).is_some_and(|(a, b)| !is_same(a, b))
}

fn delays(source: &mut Source<'_>, table: &Group, pin: &mut LikePin, cell: &mut LikeCell) {
    let found = indexes::read(source, table);
    // A table by loads alone tells nothing of transitions, and vice versa.
    let other = differs(found.slews_ns.as_ref(), cell.slews_ns.as_ref())
        || differs(found.loads_pf.as_ref(), pin.loads_pf.as_ref());
    cell.others += usize::from(other);
    if cell.slews_ns.is_none() {
        cell.slews_ns = found.slews_ns;
    }
    if pin.loads_pf.is_none() {
        pin.loads_pf = found.loads_pf;
    }
}

fn constraints(source: &mut Source<'_>, table: &Group, is_pulse: bool, cell: &mut LikeCell) {
    let found = indexes::read(source, table);
    if is_pulse {
        let slews = found.slews_ns.or(found.constrained_ns);
        cell.others += usize::from(differs(slews.as_ref(), cell.pulse_ns.as_ref()));
        if cell.pulse_ns.is_none() {
            cell.pulse_ns = slews;
        }
        return;
    }
    let Some(both) = found.slews_ns.zip(found.constrained_ns) else { return };
    let own = cell.constraint_ns.get_or_insert_with(|| [both.0.clone(), both.1.clone()]);
    cell.others += usize::from(!is_same(&own[0], &both.0) || !is_same(&own[1], &both.1));
}
