//! Decks: an experiment at one input transition, with one copy of the cell for each load.

use crate::cell::{Behaviour, Cell, Rest};
use crate::config::{Role, Thresholds};
use crate::experiment::{Experiment, Step};
use crate::shape::{Shape, Shapes};
use libchar_pvt::variation::Variation;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Options for tables. With them, entries are within 0.1 % or 0.05 ps of those with a twentieth of the tolerance. They use
/// Gear's rule, because the trapezoidal rule oscillates around small decaying currents: energies were wrong by up to 5 %.
pub const EXACT: &str =
    ".options reltol=2e-5 abstol=1e-14 vntol=1e-7 chgtol=1e-17 trtol=1 method=gear gmin=1e-15\n";

/// Options for outputs that are released: the current that marks their release fades so slowly that with [`EXACT`] the
/// time is off by .09 ps.
const RELEASED: &str =
    ".options reltol=2e-5 abstol=1e-14 vntol=1e-8 chgtol=1e-18 trtol=0.3 method=gear gmin=1e-15\n";

/// Options for the spread by mismatch of cells that store a bit. Only the differences between copies matter there, and the
/// copies share their time steps: in half the time, differences of a flip-flop's delays are within 0.5 % of those with
/// [`EXACT`]. A transition of a small gate, whose spread is some tenths of a picosecond, needs [`EXACT`]. The last decks
/// of a search use these options, too.
pub const COMPARED: &str =
    ".options reltol=1e-4 abstol=1e-13 vntol=1e-6 chgtol=1e-16 trtol=1 gmin=1e-15\n";

/// Options for searches, which compare one copy with another, and for decks that do not converge with [`EXACT`]. With the
/// simulator's default `trtol` of 7 a latch's delay varies by 20 % from copy to copy, more than a search can tolerate;
/// with 1 it varies by less than 0.1 %.
pub const QUICK: &str =
    ".options reltol=5e-4 abstol=1e-12 vntol=1e-6 chgtol=1e-15 trtol=1 gmin=1e-15\n";

/// Options for decks that do not converge with [`QUICK`].
pub const ROBUST: &str =
    ".options reltol=1e-3 abstol=1e-12 vntol=1e-6 chgtol=1e-15 method=gear gmin=1e-13\n";

/// Options that are tried in this order if a simulation does not converge.
pub const RECIPES: [&str; 4] = [EXACT, COMPARED, QUICK, ROBUST];

/// How close an output must be to its rail at the end of a step, as a fraction of the supply.
const SETTLED: f64 = 0.02;

/// Data that all decks of a cell at one condition share.
#[derive(Debug, Clone, PartialEq)]
pub struct Bench {
    /// Statements that include models and netlists.
    pub header: String,
    /// Supply voltage in volts.
    pub vdd_v: f64,
    /// Temperature in Celsius.
    pub temp_c: f64,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Supply pins.
    pub supplies: Vec<(String, Role)>,
    /// The waveforms of inputs from a driver cell; without a driver, inputs are ramps.
    pub shapes: Option<Arc<Shapes>>,
    /// The bench of the cell whose devices vary, and the parameters that vary.
    pub varying: Option<Box<(Bench, Variation)>>,
}

/// Transition and loads of a deck, and the time that it waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Transition of measured steps, as in the tables, in seconds.
    pub slew_s: f64,
    /// Transition of all other steps, in seconds.
    pub fast_s: f64,
    /// Loads of the output that is measured, in farads: each has its own copy of the cell.
    pub loads_f: Vec<f64>,
    /// Load of the other outputs, in farads.
    pub least_f: f64,
    /// Parameters that each copy sets; empty if no copy sets any. With parameters, energies are not measured.
    pub varied: Vec<String>,
    /// Time from the end of a ramp to the next one, in seconds.
    pub settle_s: f64,
    /// The index in [`RECIPES`] of the options in use.
    pub recipe: usize,
    /// The current below which a released output counts as no longer driving, in amperes.
    pub release_a: f64,
}

/// The results of one copy of the cell in a measured step.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Edge {
    /// From the input's threshold to the output's, in seconds.
    pub delay_s: Option<f64>,
    /// Transition of the output, as in the tables, in seconds.
    pub transition_s: Option<f64>,
    /// Energy from the supply, in joules.
    pub supply_j: Option<f64>,
    /// Charge that flowed into the input, in coulombs; the mean of all copies.
    pub charge_c: Option<f64>,
}

/// The results of a deck, by measured step, then by load.
pub type Edges = Vec<Vec<Edge>>;

/// The lines of a deck under construction.
pub struct Writer<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    /// The text.
    pub text: String,
}

impl<'a> Writer<'a> {
    /// Adds title, models and options.
    pub fn new(bench: &'a Bench, cell: &'a Cell, title: &str, options: &str) -> Writer<'a> {
        let mut text = format!("* {} {title}\n{}", cell.name, bench.header);
        let _ = write!(text, ".temp {}\n.param vdd={}\n{options}", bench.temp_c, bench.vdd_v);
        Writer { bench, cell, text }
    }

    /// Adds one line.
    pub fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = self.text.write_fmt(line);
        self.text.push('\n');
    }

    /// Adds a copy of the cell with its own supply, `vp<name>`; outputs are named `o<name>_<number>`.
    pub fn copy(&mut self, name: &str, input: &dyn Fn(usize) -> String) {
        self.copy_with(name, input, "");
    }

    /// Adds a copy that sets parameters of the cell.
    fn copy_with(&mut self, name: &str, input: &dyn Fn(usize) -> String, settings: &str) {
        let mut nodes = Vec::new();
        for pin in &self.cell.pins {
            let role =
                self.bench.supplies.iter().find(|(supply, _)| supply.eq_ignore_ascii_case(pin));
            nodes.push(match (role, self.cell.input(pin)) {
                (Some((_, role)), _) if role.is_high() => format!("p{name}"),
                (Some(_), _) => "0".to_owned(),
                (None, Some(at)) => input(at),
                (None, None) => {
                    let at = self.cell.outputs.iter().position(|output| output == pin).unwrap_or(0);
                    format!("o{name}_{at}")
                }
            });
        }
        let cell = &self.cell.name;
        let nodes = nodes.join(" ");
        self.line(format_args!("vp{name} p{name} 0 {{vdd}}\nx{name} {nodes} {cell}{settings}"));
    }

    /// Puts a copy into a state, because the operating point of a cell that stores a bit must be this state.
    pub fn nodeset(&mut self, name: &str, rest: &Rest) {
        let cell = self.cell;
        let mut text = String::from(".nodeset");
        for (node, inner) in cell.network.names().iter().enumerate() {
            let is_pin =
                inner == "0" || cell.pins.iter().any(|pin| pin.eq_ignore_ascii_case(inner));
            let output = cell.outputs.iter().position(|pin| pin.eq_ignore_ascii_case(inner));
            let Some(bit) = rest.state.bits[node] else { continue };
            let level = if bit { self.bench.vdd_v } else { 0.0 };
            let shown = match (is_pin, output) {
                (_, Some(output)) => format!("o{name}_{output}"),
                (true, None) => continue,
                (false, None) => format!("x{name}.{}", inner.replace('/', ".")),
            };
            let _ = write!(text, " v({shown})={level}");
        }
        self.line(format_args!("{text}"));
    }
}

impl Bench {
    /// Uses a driver cell's waveforms for the inputs, also for those of the cell whose devices vary.
    pub fn give(&mut self, shapes: &Arc<Shapes>) {
        if let Some(varying) = &mut self.varying {
            varying.0.give(shapes);
        }
        self.shapes = Some(shapes.clone());
    }

    /// The shape of an input's edge for a transition, as in the tables, in seconds.
    pub fn shape(&self, slew_s: f64, rises: bool) -> Shape {
        Shapes::of(self.shapes.as_deref(), &self.thresholds, slew_s, rises)
    }
}

/// A change of a source: its begin, its shape, the value after it.
pub type Change = (f64, Shape, bool);

/// A source that is constant or changes at given times.
pub fn source(writer: &mut Writer<'_>, node: &str, start: bool, ramps: &[Change]) {
    let level = |bit: bool| if bit { "{vdd}" } else { "0" };
    if ramps.is_empty() {
        writer.line(format_args!("v{node} {node} 0 {}", level(start)));
        return;
    }
    let mut text = format!("v{node} {node} 0 pwl(0 {}", level(start));
    let mut now = start;
    for (at, shape, value) in ramps {
        let _ = write!(text, " {at:.6e} {}", level(now));
        for (time, part) in shape.inner() {
            let part = if *value { *part } else { 1.0 - part };
            let _ = write!(text, " {:.9e} {{{part:.6}*vdd}}", at + time);
        }
        let _ = write!(text, " {:.6e} {}", at + shape.length_s(), level(*value));
        now = *value;
    }
    writer.line(format_args!("{text})"));
}

/// Begin and end of each step, and the shape of its input's edge.
fn schedule(bench: &Bench, experiment: &Experiment, setting: &Setting) -> Vec<(f64, f64, Shape)> {
    let mut at = setting.settle_s / 4.0;
    let slot = |step: &Step| {
        let slew = if step.is_measured { setting.slew_s } else { setting.fast_s };
        let shape = bench.shape(slew, step.value);
        let begin = at;
        at += shape.length_s() + setting.settle_s;
        (begin, at, shape)
    };
    experiment.steps.iter().map(slot).collect()
}

/// The begin of each measured step, in seconds.
pub fn begins(bench: &Bench, experiment: &Experiment, setting: &Setting) -> Vec<f64> {
    let slots = schedule(bench, experiment, setting);
    let measured = experiment.steps.iter().zip(slots).filter(|(step, _)| step.is_measured);
    measured.map(|(_, (begin, ..))| begin).collect()
}

/// The deck of an experiment.
pub fn render(bench: &Bench, cell: &Cell, experiment: &Experiment, setting: &Setting) -> String {
    let slots = schedule(bench, experiment, setting);
    let options = match setting.recipe {
        0 if experiment.is_release() => RELEASED,
        0 if !setting.varied.is_empty() && experiment.stored.is_some() => COMPARED,
        recipe => RECIPES[recipe],
    };
    let mut w = Writer::new(bench, cell, "tables", options);
    let at_rest =
        |rest: &&Rest| rest.inputs == experiment.start && rest.stored == experiment.stored;
    let rest = experiment.stored.and_then(|_| cell.rests.iter().find(at_rest));
    for input in 0..cell.inputs.len() {
        let ramps: Vec<Change> = experiment
            .steps
            .iter()
            .zip(&slots)
            .filter(|(step, _)| step.input == input)
            .map(|(step, (begin, _, shape))| (*begin, shape.clone(), step.value))
            .collect();
        source(&mut w, &format!("i{input}"), experiment.start >> input & 1 == 1, &ramps);
    }
    let response = experiment.steps.iter().find_map(|step| step.response);
    let watched = response.map_or(0, |(output, _)| output);
    let released = response.filter(|_| experiment.is_release());
    for (k, load) in setting.loads_f.iter().enumerate() {
        let settings = setting.varied.get(k).map_or("", String::as_str);
        w.copy_with(&k.to_string(), &|input| format!("i{input}"), settings);
        if let Some(rest) = rest {
            w.nodeset(&k.to_string(), rest);
        }
        for output in 0..cell.outputs.len() {
            // The load of the table at the output that is watched, the least one at the others.
            let load = if output == watched { *load } else { setting.least_f };
            let is_released = output == watched && experiment.is_release();
            match is_released {
                true => w.line(format_args!("vz{k} o{k}_{output} 0 {{0.5*vdd}}")),
                false => w.line(format_args!("c{k}_{output} o{k}_{output} 0 {load:e}")),
            }
        }
    }
    let end = slots.last().map_or(0.0, |(_, end, _)| *end);
    // The longest step resolves the longest ramp; what changes faster shortens it by itself.
    let longest = bench.thresholds.ramp(setting.slew_s).max(setting.settle_s / 8.0) / 8.0;
    // A current that fades shortens none.
    let longest = if released.is_some() { longest / 8.0 } else { longest };
    w.line(format_args!(".tran {:e} {end:.6e} 0 {longest:e}", setting.fast_s / 4.0));
    let measured = experiment.steps.iter().zip(&slots).filter(|(step, _)| step.is_measured);
    for (number, (step, (begin, end, _))) in measured.enumerate() {
        for k in 0..setting.loads_f.len() {
            if setting.varied.is_empty() {
                let (from, to) = (begin, end);
                w.line(format_args!(
                    ".meas tran e{number}_{k} integ i(vp{k}) from={from:.6e} to={to:.6e}"
                ));
            }
            match released {
                Some((_, rises)) => release(&mut w, step, (number, k), *begin, (rises, setting)),
                None => measures(&mut w, step, (number, k), (*begin, *end)),
            }
        }
        if !setting.varied.is_empty() {
            continue;
        }
        w.line(format_args!(
            ".meas tran c{number} integ i(vi{}) from={begin:.6e} to={end:.6e}",
            step.input
        ));
    }
    w.text.push_str(".end\n");
    w.text
}

/// The time at which the output is released: its current into a source that holds it at half the supply has fallen almost
/// to zero, for the last time.
fn release(
    w: &mut Writer<'_>,
    step: &Step,
    (number, k): (usize, usize),
    begin: f64,
    (rises, setting): (bool, &Setting),
) {
    let input = if step.value { "rise" } else { "fall" };
    let (level, way) =
        if rises { (-setting.release_a, "rise") } else { (setting.release_a, "fall") };
    w.line(format_args!(
        ".meas tran d{number}_{k} trig v(i{}) val={:.9} td={begin:.6e} {input}=1 targ i(vz{k}) val={level:.6e} td={begin:.6e} {way}=last",
        step.input,
        w.bench.thresholds.delay * w.bench.vdd_v,
    ));
}

fn measures(
    w: &mut Writer<'_>,
    step: &Step,
    (number, k): (usize, usize),
    (begin, end): (f64, f64),
) {
    let name = format!("{number}_{k}");
    let Some((output, rises)) = step.response else { return };
    let Thresholds { delay, lower, upper, .. } = w.bench.thresholds;
    let word = |rises: bool| if rises { "rise" } else { "fall" };
    let at = |fraction: f64| fraction * w.bench.vdd_v;
    let td = format!("td={begin:.6e}");
    let (input, out) = (word(step.value), word(rises));
    let (first, second) = if rises { (lower, upper) } else { (upper, lower) };
    let delay_line = format!(
        ".meas tran d{name} trig v(i{}) val={:.9} {td} {input}=1 targ v(o{k}_{output}) val={:.9} {td} {out}=1",
        step.input,
        at(delay),
        at(delay)
    );
    let transition_line = format!(
        ".meas tran t{name} trig v(o{k}_{output}) val={:.9} {td} {out}=1 targ v(o{k}_{output}) val={:.9} {td} {out}=1",
        at(first),
        at(second)
    );
    w.line(format_args!("{delay_line}\n{transition_line}"));
    w.line(format_args!(
        ".meas tran v{name} find v(o{k}_{output}) at={:.6e}",
        begin + 0.999 * (end - begin)
    ));
}

/// The reason why an entry has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The output was not at its rail when the step ended: a longer wait may help.
    Unsettled,
    /// The simulator gave no value.
    Unmeasured,
}

/// Reads the outcome of a deck from its measures.
pub fn read(
    bench: &Bench,
    experiment: &Experiment,
    setting: &Setting,
    found: &BTreeMap<String, f64>,
) -> (Edges, Option<Missing>) {
    let mut missing = None;
    let mut edges = Vec::new();
    for (number, step) in experiment.steps.iter().filter(|step| step.is_measured).enumerate() {
        let copies = setting.loads_f.len() as f64;
        let charge_c = found.get(&format!("c{number}")).map(|q| -q / copies);
        let mut row = Vec::new();
        for k in 0..setting.loads_f.len() {
            let get = |what: &str| found.get(&format!("{what}{number}_{k}")).copied();
            let mut edge = Edge {
                delay_s: get("d"),
                transition_s: get("t").map(|t| t / bench.thresholds.derate),
                supply_j: get("e").map(|q| -q * bench.vdd_v),
                charge_c,
            };
            if experiment.is_release() {
                // The current into the source is none of the cell's own; only the time counts.
                edge = Edge { delay_s: edge.delay_s, ..Edge::default() };
                missing = missing.or(edge.delay_s.is_none().then_some(Missing::Unmeasured));
            } else if let Some((_, rises)) = step.response {
                let rail = if rises { bench.vdd_v } else { 0.0 };
                let is_settled = get("v").is_some_and(|v| (v - rail).abs() < SETTLED * bench.vdd_v);
                if !is_settled || edge.delay_s.is_none() || edge.transition_s.is_none() {
                    missing = missing.or(Some(match get("v") {
                        Some(_) if !is_settled => Missing::Unsettled,
                        _ => Missing::Unmeasured,
                    }));
                    edge = Edge { charge_c: None, ..Edge::default() };
                }
            }
            row.push(edge);
        }
        edges.push(row);
    }
    (edges, missing)
}

/// The number of other outputs that change in a measured step.
pub fn others_that_change(cell: &Cell, experiment: &Experiment, number: usize) -> usize {
    let mut at = experiment.start;
    let mut seen = 0;
    for step in &experiment.steps {
        let before = at;
        at = step.after(at);
        if !step.is_measured {
            continue;
        }
        if seen == number {
            let Some((output, _)) = step.response else { return 0 };
            return match &cell.behaviour {
                Behaviour::Sequential(_) => cell.outputs.len() - 1,
                Behaviour::Combinational(functions) => functions
                    .iter()
                    .enumerate()
                    .filter(|(o, f)| *o != output && f.value.values[before] != f.value.values[at])
                    .count(),
            };
        }
        seen += 1;
    }
    0
}
