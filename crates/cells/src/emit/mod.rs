//! Writes the Liberty file of one condition.

mod constraints;

use crate::arc::{Arc, Kind};
use crate::axes::Axes;
use crate::cell::{Behaviour, Cell};
use crate::config::{Config, Power, Pvt, Role};
use crate::library::Known;
use crate::tables::{ArcTables, CellTables, EdgeTables, Grid, Hidden, SpreadTables, fill};
use libchar_liberty::{Group, Value};

/// The name of the template of delays and transitions.
const DELAY: &str = "delay_template";
/// The name of the template of energies by transition and load.
const POWER: &str = "power_template";
/// The name of the template of energies by transition.
const INPUT_POWER: &str = "input_power_template";

/// The name of the library at a condition, which is the name of its file without `.lib`.
pub fn library_name(config: &Config, pvt: &Pvt) -> String {
    format!("{}__{}", config.library, pvt.name)
}

/// The start of the comment in a table that lists its extrapolated entries, counted from 1, row after row.
pub const EXTRAPOLATED: &str = "extrapolated entries: ";

/// A group with a comment that lists the entries that were not simulated, if there are any.
fn marked(mut group: Group, known: &Grid) -> Group {
    let entries = known.iter().flatten().enumerate().filter(|(_, value)| value.is_none());
    let entries: Vec<String> = entries.map(|(at, _)| (at + 1).to_string()).collect();
    if !entries.is_empty() {
        group.comment(&format!("{EXTRAPOLATED}{}", entries.join(", ")));
    }
    group
}

/// The reason why a cell cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unwritable(String);

/// The Liberty file: the library with all cells.
pub fn library(config: &Config, pvt: &Pvt, cells: Vec<Group>) -> Group {
    let t = &config.thresholds;
    let percent = |fraction: f64| Value::number(fraction * 100.0);
    let mut l = Group::named("library", &library_name(config, pvt));
    if let Some((driver, _)) = &config.driver {
        l.comment(&format!("inputs change as the output of {driver} does"));
    }
    l.add("technology", vec![Value::word("cmos")]);
    l.set("delay_model", Value::word("table_lookup"));
    for (name, unit) in [
        ("time_unit", "1ns"),
        ("voltage_unit", "1V"),
        ("current_unit", "1mA"),
        ("pulling_resistance_unit", "1kohm"),
        ("leakage_power_unit", "1nW"),
    ] {
        l.set(name, Value::string(unit));
    }
    l.add("capacitive_load_unit", vec![Value::number(1.0), Value::word("pf")]);
    for edge in ["rise", "fall"] {
        l.set(&format!("input_threshold_pct_{edge}"), percent(t.delay));
        l.set(&format!("output_threshold_pct_{edge}"), percent(t.delay));
        l.set(&format!("slew_lower_threshold_pct_{edge}"), percent(t.lower));
        l.set(&format!("slew_upper_threshold_pct_{edge}"), percent(t.upper));
    }
    l.set("slew_derate_from_library", Value::number(t.derate));
    if config.measure.power == Some(Power::Split) {
        l.set("switching_power_split_model", Value::word("true"));
    }
    l.set("nom_process", Value::number(pvt.process));
    l.set("nom_temperature", Value::number(pvt.temp_c));
    l.set("nom_voltage", Value::number(pvt.vdd_v));
    let slowest = config.slews_ns.last().copied().unwrap_or_default();
    l.set("default_max_transition", Value::number(slowest));
    for (name, value) in [
        ("default_cell_leakage_power", 0.0),
        ("default_fanout_load", 1.0),
        ("default_inout_pin_cap", 0.0),
        ("default_input_pin_cap", 0.0),
        ("default_output_pin_cap", 0.0),
        ("default_leakage_power_density", 0.0),
    ] {
        l.set(name, Value::number(value));
    }
    let mut conditions = Group::named("operating_conditions", &pvt.name);
    conditions.set("process", Value::number(pvt.process));
    conditions.set("temperature", Value::number(pvt.temp_c));
    conditions.set("voltage", Value::number(pvt.vdd_v));
    conditions.set("tree_type", Value::word("balanced_tree"));
    l.push(conditions);
    l.set("default_operating_conditions", Value::word(&pvt.name));
    for (pin, role) in &config.supplies {
        let volts = if role.is_high() { pvt.vdd_v } else { 0.0 };
        l.add("voltage_map", vec![Value::word(pin), Value::number(volts)]);
    }
    templates(config, &mut l);
    if config.measure.constraints {
        constraints::templates(config, &mut l);
    }
    for cell in cells {
        l.push(cell);
    }
    l
}

fn templates(config: &Config, l: &mut Group) {
    let slews = &config.slews_ns;
    let loads = config.loads_pf(Some(1.0)).unwrap_or_default();
    let index = |n: usize| (1..=n).map(|i| i as f64).collect::<Vec<_>>();
    for (kind, name, first, second) in [
        ("lu_table_template", DELAY, "input_net_transition", Some("total_output_net_capacitance")),
        (
            "power_lut_template",
            POWER,
            "input_transition_time",
            Some("total_output_net_capacitance"),
        ),
        ("power_lut_template", INPUT_POWER, "input_transition_time", None),
    ] {
        if kind == "power_lut_template" && config.measure.power.is_none() {
            continue;
        }
        let mut t = Group::named(kind, name);
        t.set("variable_1", Value::word(first));
        if let Some(second) = second {
            t.set("variable_2", Value::word(second));
        }
        t.add("index_1", vec![Value::row(slews)]);
        if second.is_some() {
            // Every table has loads of its own.
            t.add("index_2", vec![Value::row(&index(loads.len()))]);
        }
        l.push(t);
    }
}

/// The group of a cell. Holes are refused, or filled and listed in a comment.
///
/// # Errors
/// Holes that may not be filled, and tables without a single known entry.
pub fn cell(
    config: &Config,
    known: &Known,
    tables: &CellTables,
    fills: bool,
) -> Result<Group, Unwritable> {
    if let Some(hole) = tables.holes.first().filter(|_| !fills) {
        return Err(Unwritable(format!("{}: {}", hole.what, hole.why)));
    }
    let cell = &known.cell;
    let mut g = Group::named("cell", &cell.name);
    for hole in &tables.holes {
        g.comment(&format!("extrapolated: {}: {}", hole.what, hole.why));
    }
    let liked = known.like.as_ref();
    let area = known.said.area.or(liked.and_then(|liked| liked.area));
    g.set("area", Value::number(area.unwrap_or(0.0)));
    for (name, value) in liked.into_iter().flat_map(|liked| &liked.kept) {
        g.set(name, value.clone());
    }
    let footprint = known.said.footprint.as_ref();
    if let Some(footprint) = footprint.or(liked.and_then(|liked| liked.footprint.as_ref())) {
        g.set("cell_footprint", Value::string(footprint));
    }
    leakage(cell, tables, &mut g)?;
    for (pin, role) in &config.supplies {
        if cell.pins.iter().any(|p| p.eq_ignore_ascii_case(pin)) {
            let mut pg = Group::named("pg_pin", pin);
            pg.set("pg_type", Value::word(role.pg_type()));
            pg.set("voltage_name", Value::string(pin));
            g.push(pg);
        }
    }
    storage(known, &mut g);
    for pin in pins_in_order(known) {
        if let Some(input) = cell.input(pin) {
            g.push(input_pin(config, known, tables, input)?);
        } else if let Some(output) = cell.outputs.iter().position(|output| output == pin) {
            g.push(output_pin(config, known, tables, output)?);
        }
    }
    Ok(g)
}

fn leakage(cell: &Cell, tables: &CellTables, g: &mut Group) -> Result<(), Unwritable> {
    let known: Vec<f64> = tables.leakage.iter().flatten().copied().collect();
    if tables.leakage.is_empty() {
        return Ok(());
    }
    if known.is_empty() {
        return Err(Unwritable("leakage: no state is known".to_owned()));
    }
    let largest = known.iter().copied().fold(0.0, f64::max);
    let all: Vec<f64> = tables.leakage.iter().map(|w| w.unwrap_or(1.1 * largest)).collect();
    g.set("cell_leakage_power", Value::number(all.iter().sum::<f64>() / all.len() as f64));
    for (rest, nanowatts) in cell.rests.iter().zip(all) {
        let mut group = Group::new("leakage_power");
        let mut when = cell.condition(rest.inputs, &[]);
        if let (Some(bit), Behaviour::Sequential(s)) = (rest.stored, &cell.behaviour) {
            let output = &cell.outputs[0];
            when.push_str(&format!("&{}{output}", if bit == s.inverted[0] { "!" } else { "" }));
        }
        group.set("when", Value::string(&when));
        group.set("value", Value::number(nanowatts));
        g.push(group);
    }
    Ok(())
}

/// The names of the stored bit and its opposite.
const STORED: [&str; 2] = ["IQ", "IQ_N"];

/// The names of the stored bit and its opposite: those of the `like` library, if there is one.
fn stored(known: &Known) -> [&str; 2] {
    let names = known.like.as_ref().and_then(|liked| liked.storage.as_ref()).map(|s| &s.names);
    match names {
        Some([bit, opposite]) if !bit.is_empty() && !opposite.is_empty() => [bit, opposite],
        _ => STORED,
    }
}

/// The cell's pins, in the order of the `like` library.
fn pins_in_order(known: &Known) -> Vec<&String> {
    let mut pins: Vec<&String> = known.cell.pins.iter().collect();
    if let Some(liked) = &known.like {
        let rank = |pin: &&String| liked.pins.iter().position(|own| own.name == **pin);
        pins.sort_by_key(|pin| rank(pin).unwrap_or(usize::MAX));
    }
    pins
}

/// The largest transition of a pin, in ns.
fn max_transition(known: &Known, pin: &str) -> f64 {
    let liked = known.like.as_ref().and_then(|liked| liked.pin(pin)?.max_transition_ns);
    liked.unwrap_or(known.axes.slowest_ns())
}

fn storage(known: &Known, g: &mut Group) {
    let cell = &known.cell;
    let Behaviour::Sequential(s) = &cell.behaviour else { return };
    let mut group = Group::new(if s.is_flop { "ff" } else { "latch" });
    group.arguments = stored(known).into_iter().map(Value::word).collect();
    let pin = |pin: usize, level: bool| {
        Value::string(&format!("{}{}", if level { "" } else { "!" }, cell.inputs[pin]))
    };
    let (when, what) = if s.is_flop { ("clocked_on", "next_state") } else { ("enable", "data_in") };
    group.set(when, pin(s.clock, s.active));
    group.set(what, Value::string(&s.next.text()));
    for (input, level, stores) in s.asynchronous() {
        group.set(if stores { "preset" } else { "clear" }, pin(input, level));
    }
    if let Some(bit) = s.clear.zip(s.preset).and_then(|both| bit_of_both(cell, both)) {
        let word = |bit: bool| Value::word(if bit { "H" } else { "L" });
        group.set("clear_preset_var1", word(bit));
        group.set("clear_preset_var2", word(!bit));
    }
    g.push(group);
}

/// The value that is stored while clear and preset are both active.
fn bit_of_both(cell: &Cell, (clear, preset): ((usize, bool), (usize, bool))) -> Option<bool> {
    let acts = |inputs: usize, (pin, level): (usize, bool)| (inputs >> pin & 1 == 1) == level;
    let rest = cell.rests.iter().find(|r| acts(r.inputs, clear) && acts(r.inputs, preset));
    rest.and_then(|rest| rest.stored)
}

fn pin(config: &Config, cell: &Cell, name: &str, direction: &str) -> Group {
    let mut g = Group::named("pin", name);
    g.set("direction", Value::word(direction));
    for (role, key) in [(Role::Power, "related_power_pin"), (Role::Ground, "related_ground_pin")] {
        let mut supplies = config.supplies.iter().filter(|(_, r)| *r == role);
        let own = supplies.find(|(s, _)| cell.pins.iter().any(|p| p.eq_ignore_ascii_case(s)));
        if let Some((supply, _)) = own {
            g.set(key, Value::string(supply));
        }
    }
    g
}

fn input_pin(
    config: &Config,
    known: &Known,
    tables: &CellTables,
    input: usize,
) -> Result<Group, Unwritable> {
    let cell = &known.cell;
    let mut g = pin(config, cell, &cell.inputs[input], "input");
    if let Behaviour::Sequential(s) = &cell.behaviour {
        g.set("clock", Value::word(if s.clock == input { "true" } else { "false" }));
    }
    let (rise, fall) = tables.capacitance[input];
    let (Some(rise), Some(fall)) = (rise.or(fall), fall.or(rise)) else {
        return Err(Unwritable(format!("the capacitance of {} is not known", cell.inputs[input])));
    };
    g.set("capacitance", Value::number((rise + fall) / 2.0));
    g.set("rise_capacitance", Value::number(rise));
    g.set("fall_capacitance", Value::number(fall));
    g.set("max_transition", Value::number(max_transition(known, &cell.inputs[input])));
    constraints::groups(known, tables, input, &mut g)?;
    for hidden in tables.hidden.iter().filter(|hidden| hidden.input == input) {
        if let Some(power) = hidden_power(&known.axes.slews_ns, hidden) {
            g.push(power);
        }
    }
    Ok(g)
}

fn hidden_power(slews: &[f64], hidden: &Hidden) -> Option<Group> {
    let mut g = Group::new("internal_power");
    for (name, values) in [("fall_power", &hidden.fall), ("rise_power", &hidden.rise)] {
        let mut column: Grid = values.iter().map(|value| vec![*value]).collect();
        fill(&mut column, slews, &[0.0])?;
        let values: Vec<f64> = column.into_iter().flatten().flatten().collect();
        g.push(Group::named(name, INPUT_POWER).with_table(&[slews], &values));
    }
    Some(g)
}

fn output_pin(
    config: &Config,
    known: &Known,
    tables: &CellTables,
    output: usize,
) -> Result<Group, Unwritable> {
    let cell = &known.cell;
    let mut g = pin(config, cell, &cell.outputs[output], "output");
    match &cell.behaviour {
        Behaviour::Combinational(functions) => {
            let function = &functions[output];
            g.set("function", Value::string(&function.value.text()));
            if let Some(floats) = &function.three_state {
                g.set("three_state", Value::string(&floats.text()));
            }
        }
        Behaviour::Sequential(s) => {
            g.set("function", Value::string(stored(known)[usize::from(s.inverted[output])]));
        }
    }
    let own: Vec<&ArcTables> = tables.arcs.iter().filter(|t| t.arc.output == output).collect();
    let mut groups = Vec::new();
    let mut slowest = Vec::new();
    for arc in &own {
        let mut filled = (*arc).clone();
        for edge in [&mut filled.rise, &mut filled.fall].into_iter().flatten() {
            fill_edge(&known.axes, output, edge).ok_or_else(|| {
                let input = &cell.inputs[arc.arc.input];
                Unwritable(format!(
                    "nothing is known about the arc from {input} to {}",
                    cell.outputs[output]
                ))
            })?;
            slowest.push(edge.transition.clone());
        }
        groups.push(filled);
    }
    let name = &cell.outputs[output];
    let limit = known.like.as_ref().and_then(|liked| liked.pin(name)?.max_capacitance_pf);
    let most = max_capacitance(&known.axes, output, &slowest).min(limit.unwrap_or(f64::INFINITY));
    g.set("max_capacitance", Value::number(most));
    g.set("max_transition", Value::number(max_transition(known, name)));
    for (arc, simulated) in groups.iter().zip(&own) {
        g.push(timing(known, arc, simulated));
    }
    if config.measure.power.is_some() {
        for arc in powers(&groups) {
            g.push(internal_power(known, &arc));
        }
    }
    Ok(g)
}

fn fill_edge(axes: &Axes, output: usize, edge: &mut EdgeTables) -> Option<usize> {
    let (slews, loads) = (&axes.slews_ns, &axes.loads_pf[output]);
    let mut filled = fill(&mut edge.delay, slews, loads)?;
    for grid in [&mut edge.transition, &mut edge.power].into_iter().filter(|g| !g.is_empty()) {
        filled += fill(grid, slews, loads)?;
    }
    for grid in edge.spreads.iter_mut().flatten().flat_map(SpreadTables::grids_mut) {
        filled += fill(grid, slews, loads)?;
    }
    Some(filled)
}

/// The largest load at which no transition exceeds the slowest of the template, in pF. It lies on a straight line between
/// two loads, and never beyond the last.
fn max_capacitance(axes: &Axes, output: usize, transitions: &[Grid]) -> f64 {
    let loads = &axes.loads_pf[output];
    let most = axes.slowest_ns();
    let worst = |j: usize| {
        transitions.iter().flatten().filter_map(|row| row[j]).fold(f64::NEG_INFINITY, f64::max)
    };
    let Some(first) = (0..loads.len()).find(|j| worst(*j) > most) else {
        return loads.last().copied().unwrap_or_default();
    };
    if first == 0 {
        return loads[0];
    }
    let (low, high) = (worst(first - 1), worst(first));
    loads[first - 1] + (loads[first] - loads[first - 1]) * (most - low) / (high - low)
}

/// The first attributes of a group for one state: its condition, in Liberty's syntax and in that of SDF.
fn condition(cell: &Cell, arc: &Arc, way: Option<usize>, with_sdf: bool, g: &mut Group) {
    let Some(way) = way else { return };
    let when = cell.condition(way, &[arc.input]);
    if when.is_empty() {
        return;
    }
    g.set("when", Value::string(&when));
    if with_sdf {
        let words = cell.inputs.iter().enumerate().filter(|(i, _)| *i != arc.input);
        let words = words.map(|(i, pin)| format!("{pin} == 1'b{}", way >> i & 1));
        g.set("sdf_cond", Value::string(&words.collect::<Vec<_>>().join(" && ")));
    }
}

/// `simulated` are the same tables with their holes.
fn timing(known: &Known, tables: &ArcTables, simulated: &ArcTables) -> Group {
    let cell = &known.cell;
    let mut g = Group::new("timing");
    g.set("related_pin", Value::string(&cell.inputs[tables.arc.input]));
    g.set("timing_sense", Value::word(tables.arc.sense.word()));
    g.set("timing_type", Value::word(tables.arc.timing_type(cell)));
    condition(cell, &tables.arc, tables.way, true, &mut g);
    let axes = known.axes.of_output(tables.arc.output);
    for (edge, simulated, delay, transition) in [
        (&tables.rise, &simulated.rise, "cell_rise", "rise_transition"),
        (&tables.fall, &simulated.fall, "cell_fall", "fall_transition"),
    ] {
        if let (Some(edge), Some(simulated)) = (edge, simulated) {
            let table = |name, grid, with_holes| {
                let group = marked(Group::named(name, DELAY), with_holes);
                group.with_table(&axes, &entries(grid))
            };
            g.push(table(delay, &edge.delay, &simulated.delay));
            g.push(match edge.transition.is_empty() {
                // A floating output has none; without a group readers warn.
                true => Group::named(transition, "scalar").with_table(&[], &[0.0]),
                false => table(transition, &edge.transition, &simulated.transition),
            });
            for (name, spread) in [delay, transition].iter().zip(edge.spreads.iter().flatten()) {
                spread_groups(axes, name, spread, &mut g);
            }
        }
    }
    g
}

/// The spread of a table, written beside it: `ocv_sigma_<table>` for early and for late, and the moments of the samples.
fn spread_groups(axes: [&[f64]; 2], name: &str, spread: &SpreadTables, timing: &mut Group) {
    let mut push = |what: &str, side: Option<&str>, grid: &Grid| {
        let mut g = Group::named(format!("ocv_{what}_{name}"), DELAY);
        if let Some(side) = side {
            g.set("sigma_type", Value::string(side));
        }
        let values: Vec<f64> = grid.iter().flatten().flatten().copied().collect();
        timing.push(g.with_table(&axes, &values));
    };
    push("sigma", Some("early"), &spread.early);
    push("sigma", Some("late"), &spread.late);
    for (what, grid) in
        ["std_dev", "mean_shift", "skewness"].iter().zip(spread.moments.iter().flatten())
    {
        push(what, None, grid);
    }
}

/// All entries of a table that has no holes.
fn entries(grid: &Grid) -> Vec<f64> {
    grid.iter().flatten().flatten().copied().collect()
}

/// Energies: one group for each input and condition, whatever the sense; if two senses share it, the larger energy is
/// written.
fn powers(arcs: &[ArcTables]) -> Vec<ArcTables> {
    let mut all: Vec<ArcTables> = Vec::new();
    for arc in arcs.iter().filter(|t| t.arc.kind != Kind::Disable) {
        let same = |t: &&mut ArcTables| t.arc.input == arc.arc.input && t.way == arc.way;
        let Some(own) = all.iter_mut().find(same) else {
            all.push(arc.clone());
            continue;
        };
        for (into, from) in [(&mut own.rise, &arc.rise), (&mut own.fall, &arc.fall)] {
            match (into.as_mut(), from) {
                (Some(into), Some(from)) => {
                    for (a, b) in into.power.iter_mut().flatten().zip(from.power.iter().flatten()) {
                        *a = a.zip(*b).map(|(a, b)| a.max(b));
                    }
                }
                (None, Some(_)) => into.clone_from(from),
                _ => {}
            }
        }
    }
    all
}

fn internal_power(known: &Known, tables: &ArcTables) -> Group {
    let cell = &known.cell;
    let mut g = Group::new("internal_power");
    g.set("related_pin", Value::string(&cell.inputs[tables.arc.input]));
    condition(cell, &tables.arc, tables.way, false, &mut g);
    for (edge, name) in [(&tables.rise, "rise_power"), (&tables.fall, "fall_power")] {
        if let Some(edge) = edge {
            let axes = known.axes.of_output(tables.arc.output);
            g.push(Group::named(name, POWER).with_table(&axes, &entries(&edge.power)));
        }
    }
    g
}
