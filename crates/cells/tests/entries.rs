//! Entries of every kind of table, drawn at random and rerun one by one: a plain deck for each, one copy of the cell, whole
//! models, one process. One of each kind here; twenty of each, with all cells, in the ignored test, which takes about an
//! hour of CPU time (`LIBCHAR_TEST_KIND` chooses kinds, with `,` between them).

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]
#![allow(clippy::print_stderr, reason = "a test says what it measured, or why it skips")]

mod common;
mod edges;
mod plain;

use common::{config, each, finish, has_ngspice, known, reference};
use edges::{Searched, searched};
use libchar_cells::arc::{Arc, Kind, Sense};
use libchar_cells::config::Config;
use libchar_cells::deck::Bench;
use libchar_cells::experiment::Purpose;
use libchar_cells::library::Known;
use libchar_cells::tables::{ArcTables, CellTables, EdgeTables, tables};
use libchar_cells::work::{Tables, Work};
use libchar_numeric::draws::Draws;
use plain::{Bed, Stimulus, VDD_V, response};
use std::collections::BTreeMap;
use std::path::Path;

/// How many entries of which kinds, and of which cells.
struct Size {
    /// Those that take longest first.
    kinds: &'static [&'static str],
    entries: usize,
    searches: usize,
    gates: &'static [&'static str],
    stores: &'static [&'static str],
    /// Transitions of inputs, in ns.
    slews_ns: &'static [f64],
}

/// Hold of a flip-flop is searched in `constraints.rs`, and recovery is searched as setup is.
const SAMPLE: Size = Size {
    kinds: &["removal", "inputs", "setup", "pulse", "rise", "fall", "enable", "leakage", "disable"],
    entries: 1,
    searches: 1,
    gates: &["nand2_1", "ha_1"],
    stores: &["dlxtp_1"],
    slews_ns: &[0.1],
};

const ALL: Size = Size {
    kinds: &[
        "inputs", "removal", "recovery", "setup", "hold", "pulse", "rise", "fall", "enable",
        "leakage", "disable",
    ],
    entries: 20,
    searches: 20,
    gates: &[
        "inv_1", "inv_2", "buf_1", "nand2_1", "nor2_1", "and2_1", "or3_1", "a21oi_1", "o21ai_1",
        "xor2_1", "mux2_1", "ha_1",
    ],
    stores: &["dlxtp_1", "dfxtp_1", "dfrtp_1"],
    slews_ns: &[0.02, 0.5],
};

/// The largest difference of each kind, in units of what it may be.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, f64)>);

impl Tally {
    /// Compares: 0.1 %, or `least` in the same unit.
    fn judge(
        &mut self,
        kind: &'static str,
        what: &str,
        (own, plain): (Option<f64>, f64),
        least: f64,
    ) {
        let own = own.unwrap_or_else(|| panic!("{kind} {what}: there is no value"));
        let error = (own - plain).abs() / (1e-3 * plain.abs()).max(least);
        eprintln!("{kind} {what}: {own:.7e}, alone {plain:.7e}: {error:.3} of the limit");
        let (count, worst) = self.0.entry(kind).or_default();
        (*count, *worst) = (*count + 1, worst.max(error));
    }

    fn end(self) {
        for (kind, (count, worst)) in &self.0 {
            eprintln!("{kind}: {count} entries, worst {worst:.3} of the limit");
        }
        assert!(self.0.values().all(|(_, worst)| *worst <= 1.0));
    }
}

struct Subject {
    bed: Bed,
    config: Config,
    known: Known,
    bench: Bench,
}

impl Subject {
    fn of(folder: &Path, cell: &str, slews: Option<(Vec<f64>, Vec<f64>)>) -> Subject {
        let bed = Bed::of(folder, cell);
        let mut config = config(&folder.join("models/sky130_mini.lib.spice"), 0.15);
        config.measure.when = true;
        if let Some((delay, constraint)) = slews {
            (config.slews_ns, config.constraint_slews_ns) = (delay, constraint);
        }
        let (known, bench) = known(&config, bed.netlist());
        Subject { bed, config, known, bench }
    }

    fn work(&self) -> Work<'_> {
        Work::of(&self.config, &self.known, &self.bench)
    }

    fn tables(&self, work: &Work<'_>) -> CellTables {
        tables(&self.config, &self.known, work)
    }
}

/// One of so many, drawn by kind and number.
fn draw(kind: &str, number: usize, of: usize) -> usize {
    (Draws::new(2, &[kind]).uniform(number as u64) * of as f64) as usize
}

/// How an arc happens in a state: what is done before, which pin changes then, and to what.
fn stimulus(
    cell: &str,
    known: &Known,
    (arc, way): (&Arc, usize),
    rises: bool,
    slew_s: f64,
) -> (Stimulus, String, bool) {
    let (pin, bit) = (known.cell.inputs[arc.input].clone(), u8::from(rises));
    let from = |pins: String| Stimulus::from(&pins).resting(10e-9);
    match (cell, arc.kind) {
        (_, Kind::Enable) => {
            let s = from(format!("A={} TE_B=0", 1 - bit));
            (s.then("TE_B", true).then("A", rises), pin, false)
        }
        ("dfrtp_1", Kind::Clear) => {
            (from("D=1 CLK=0 RESET_B=1".to_owned()).pulse("CLK", true), pin, false)
        }
        (_, Kind::Clock) => {
            let (clock, reset) = match cell {
                "dlxtp_1" => ("GATE", ""),
                "dfrtp_1" => ("CLK", " RESET_B=1"),
                _ => ("CLK", ""),
            };
            // A falling output after a rising one.
            let mut s = from(format!("D=0 {clock}=0{reset}")).pulse(clock, true).then("D", true);
            if !rises {
                s.push(clock, true, slew_s, 10e-9);
                s.push(clock, false, slew_s, 10e-9);
                s = s.then("D", false);
            }
            (s, pin, true)
        }
        _ => {
            let value = rises == (arc.sense == Sense::Positive);
            let mut s = from(assigned(known, way));
            if !value {
                // The falling edge comes after the rising one, which leaves its charges in stacked transistors.
                s.push(&pin, true, slew_s, 10e-9);
            }
            (s, pin, value)
        }
    }
}

fn assigned(known: &Known, assignment: usize) -> String {
    let pins = known.cell.inputs.iter().enumerate();
    pins.map(|(i, pin)| format!("{pin}={} ", assignment >> i & 1)).collect()
}

/// Whether the other output of the half adder changes too: its sum does with every input.
fn other_output(cell: &str, output: &str, way: usize, input: usize) -> Option<&'static str> {
    match (cell, output) {
        ("ha_1", "COUT") => Some("SUM"),
        ("ha_1", "SUM") if way >> (1 - input) & 1 == 1 => Some("COUT"),
        _ => None,
    }
}

/// The tables of an arc in one way.
fn found(all: &CellTables, arc: &Arc, way: usize, rises: bool) -> EdgeTables {
    let own: Vec<&ArcTables> = all.arcs.iter().filter(|t| t.arc == *arc).collect();
    let tables = own.iter().find(|t| t.way == Some(way)).unwrap_or(&own[0]);
    let edge = if rises { &tables.rise } else { &tables.fall };
    edge.clone().unwrap()
}

/// Delays, transitions, energies of one edge of an output.
fn driven(
    folder: &Path,
    cells: &[&str],
    kind: Kind,
    rises: bool,
    entries: usize,
    tally: &mut Tally,
) {
    let name = format!("{kind:?} {rises}");
    let names: [&'static str; 3] = match (kind, rises) {
        (Kind::Enable, true) => ["enable rise", "enable rise_transition", "enable rise_power"],
        (Kind::Enable, false) => ["enable fall", "enable fall_transition", "enable fall_power"],
        (_, true) => ["cell_rise", "rise_transition", "rise_power"],
        (_, false) => ["cell_fall", "fall_transition", "fall_power"],
    };
    for number in 0..entries {
        let cell = cells[draw(&format!("{name} cell"), number, cells.len())];
        let subject = Subject::of(folder, cell, None);
        let mut work = subject.work();
        let response_of = |t: &Tables<'_>| {
            t.experiment.steps.iter().any(|s| s.response.is_some_and(|(_, r)| r == rises))
        };
        let is_wanted = |t: &Tables<'_>| match &t.experiment.purpose {
            Purpose::Arc(arc, _) => {
                (arc.kind == Kind::Enable) == (kind == Kind::Enable)
                    && arc.kind != Kind::Disable
                    && response_of(t)
            }
            Purpose::Hidden(..) => false,
        };
        let own: Vec<usize> =
            (0..work.tables.len()).filter(|k| is_wanted(&work.tables[*k])).collect();
        let k = own[draw(&format!("{name} arc"), number, own.len())];
        let (i, j) =
            (draw(&format!("{name} slew"), number, 7), draw(&format!("{name} load"), number, 7));
        finish(&mut work.tables[k].tasks[i]);
        let Purpose::Arc(arc, way) = work.tables[k].experiment.purpose.clone() else { continue };
        let edge = found(&subject.tables(&work), &arc, way, rises);
        let (slew_s, load_f) =
            (subject.config.slews_ns[i] * 1e-9, subject.known.axes.loads_pf[arc.output][j] * 1e-12);
        let output = &subject.known.cell.outputs[arc.output];
        let other = other_output(cell, output, way, arc.input);
        let least_f = 0.5e-15;
        let hangs: String = subject
            .known
            .cell
            .outputs
            .iter()
            .filter(|o| *o != output)
            .map(|o| format!("c{o} {o} 0 {least_f:e}\n"))
            .collect();
        let (start, pin, value) = stimulus(cell, &subject.known, (&arc, way), rises, slew_s);
        let alone =
            response(&subject.bed, start, (&pin, value, slew_s), (output, rises, load_f), &hangs);
        let switched = load_f + if other.is_some() { least_f } else { 0.0 };
        let power = alone.supply_j - switched * VDD_V * VDD_V / 2.0;
        let what = format!("{cell} {pin} to {output}, way {way}, entry {i} {j}");
        tally.judge(names[0], &what, (edge.delay[i][j], alone.delay_s * 1e9), 5e-5);
        tally.judge(names[1], &what, (edge.transition[i][j], alone.transition_s * 1e9), 5e-5);
        tally.judge(names[2], &what, (edge.power[i][j], power * 1e12), 2e-5);
    }
}

/// A driven output is let float: when its current has fallen to a twentieth of what moves the largest load in the slowest
/// transition.
fn released(folder: &Path, entries: usize, tally: &mut Tally) {
    let half = entries.div_ceil(2);
    let slews: Vec<f64> = (1..=half).map(|i| 1.5 * i as f64 / half as f64).collect();
    let subject = Subject::of(folder, "ebufn_1", Some((slews.clone(), vec![0.01])));
    let mut work = subject.work();
    for k in 0..work.tables.len() {
        let Purpose::Arc(arc, way) = work.tables[k].experiment.purpose.clone() else { continue };
        if arc.kind != Kind::Disable {
            continue;
        }
        work.tables[k].tasks.iter_mut().for_each(|task| assert!(finish(task) > 0));
        let all = subject.tables(&work);
        let high = way >> subject.known.cell.input("A").unwrap() & 1 == 1;
        for (i, slew) in slews.iter().enumerate() {
            let edge = found(&all, &arc, way, !high);
            let mut s = Stimulus::from(&format!("A={} TE_B=0", u8::from(high)));
            // A current that fades shortens no step by itself.
            s.steps = 5000.0;
            let began = s.push("TE_B", true, slew * 1e-9, 8e-9);
            let least = 0.05 * 0.15e-12 * VDD_V / (slews[slews.len() - 1] * 1e-9);
            // A source that delivers current shows a negative one; the current into it falls from the cell's to nothing.
            let (level, edge_word) = if high { (least, "fall") } else { (-least, "rise") };
            let measure = format!(
                ".meas tran off trig v(TE_B) val=0.9 td={began:e} rise=1 targ i(vz) val={level:e} td={began:e} {edge_word}=last\n"
            );
            let alone = subject.bed.measure(&s, &format!("vz Z 0 {}", VDD_V / 2.0), &measure);
            let delay = alone["off"] * 1e9;
            let name = if high { "disable from high" } else { "disable from low" };
            tally.judge(name, &format!("slew {slew}"), (edge.delay[i][0], delay), 5e-5);
        }
    }
}

/// Energies of inputs that change no output, and charges of inputs, as means over all ways, transitions and loads.
fn of_inputs(folder: &Path, size: &Size, tally: &mut Tally) {
    let slowest_ns = size.slews_ns[size.slews_ns.len() - 1];
    let mut judged = [0, 0];
    for cell in size.gates {
        if judged.iter().all(|judged| *judged >= size.entries) {
            break;
        }
        let mut subject = Subject::of(folder, cell, Some((size.slews_ns.to_vec(), vec![0.02])));
        subject.known.axes.loads_pf.fill(vec![0.0005, 0.01]);
        let mut work = subject.work();
        work.tables
            .iter_mut()
            .flat_map(|t| &mut t.tasks)
            .for_each(|task| assert!(finish(task) > 0));
        let all = subject.tables(&work);
        for (input, pin) in subject.known.cell.inputs.iter().enumerate() {
            let mut charges = [Vec::new(), Vec::new()];
            let mut energies = [[f64::NEG_INFINITY; 2]; 2];
            for t in &work.tables {
                let (way, is_hidden) = match &t.experiment.purpose {
                    Purpose::Arc(arc, way) if arc.input == input => (*way, false),
                    Purpose::Hidden(own, way, _) if *own == input => (*way, true),
                    _ => continue,
                };
                for (i, slew) in subject.config.slews_ns.iter().enumerate() {
                    let loads = if is_hidden { 1 } else { 2 };
                    // Stacked transistors that are off go on for long: the window belongs to what is measured.
                    let rest_s = if is_hidden { 2.0 } else { 4.0 } * slowest_ns * 1e-9 / 0.6;
                    for value in [true, false] {
                        let mut sum = 0.0;
                        for load in &subject.known.axes.loads_pf[0][..loads] {
                            // A falling edge after a rising one: what floats inside is where that left it.
                            let start = Stimulus::from(&assigned(&subject.known, way));
                            let mut s = start;
                            let mut began = s.push(pin, true, slew * 1e-9, rest_s);
                            if !value {
                                began = s.push(pin, false, slew * 1e-9, rest_s);
                            }
                            let outputs = subject.known.cell.outputs.iter();
                            let hangs: String =
                                outputs.map(|o| format!("c{o} {o} 0 {load}p\n")).collect();
                            let end = s.now_s;
                            let span = format!("from={began:e} to={end:e}");
                            let measures = format!(
                                ".meas tran q integ i(v_{pin}) {span}\n.meas tran e integ i(vdd) {span}\n"
                            );
                            let alone = subject.bed.measure(&s, &hangs, &measures);
                            sum += alone["q"].abs() / VDD_V * 1e12;
                            if is_hidden {
                                let own = &mut energies[usize::from(value)][i];
                                *own = own.max(-alone["e"] * VDD_V * 1e12);
                            }
                        }
                        charges[usize::from(value)].push(sum / loads as f64);
                    }
                }
            }
            let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
            let what = format!("{cell} {pin}");
            let (rise, fall) = all.capacitance[input];
            tally.judge("rise_capacitance", &what, (rise, mean(&charges[1])), 1e-7);
            tally.judge("fall_capacitance", &what, (fall, mean(&charges[0])), 1e-7);
            judged[0] += 1;
            if let Some(hidden) = all.hidden.iter().find(|h| h.input == input) {
                for (i, own) in hidden.rise.iter().zip(&hidden.fall).enumerate() {
                    tally.judge("hidden rise_power", &what, (*own.0, energies[1][i]), 2e-6);
                    tally.judge("hidden fall_power", &what, (*own.1, energies[0][i]), 2e-6);
                    judged[1] += 1;
                }
            }
        }
    }
}

/// Currents at rest: a cell that stores is brought there by pulses.
fn at_rest(folder: &Path, cells: &[&str], entries: usize, tally: &mut Tally) {
    for (c, cell) in cells.iter().enumerate() {
        let subject = Subject::of(folder, cell, None);
        let mut work = subject.work();
        finish(work.leakage.as_mut().unwrap());
        let all = subject.tables(&work);
        let rests = &subject.known.cell.rests;
        let share = entries.div_ceil(cells.len());
        for n in 0..share.min(rests.len()) {
            let k = draw("leakage", c * 100 + n, rests.len());
            let mut s = match rests[k].stored {
                None => Stimulus::from(&assigned(&subject.known, rests[k].inputs)),
                Some(bit) => {
                    let clock = if cell.starts_with("dl") { "GATE" } else { "CLK" };
                    let reset = if *cell == "dfrtp_1" { " RESET_B=1" } else { "" };
                    let s = Stimulus::from(&format!("D={} {clock}=0{reset}", u8::from(bit)));
                    let mut s = s.pulse(clock, true);
                    // The clock first: a flip-flop's level then changes nothing; a latch is opened with its own bit.
                    for pin in [clock, "RESET_B", "D"] {
                        if let Some(at) = subject.known.cell.input(pin) {
                            s = s.then(pin, rests[k].inputs >> at & 1 == 1);
                        }
                    }
                    s
                }
            };
            s.now_s += 100e-9;
            let alone = subject.bed.at_rest_after(&s);
            let what = format!(
                "{cell} {}{:?}",
                assigned(&subject.known, rests[k].inputs),
                rests[k].stored
            );
            tally.judge("leakage", &what, (all.leakage[k], -alone * VDD_V * 1e9), 1e-6);
        }
    }
}

fn one_kind(size: &Size, folder: &Path, kind: &str) -> Tally {
    let mut tally = Tally::default();
    let n = size.entries;
    let cells: Vec<&str> = size.gates.iter().chain(size.stores).copied().collect();
    match kind {
        "rise" => driven(folder, &cells, Kind::Combinational, true, n, &mut tally),
        "fall" => driven(folder, &cells, Kind::Combinational, false, n, &mut tally),
        "enable" => {
            for rises in [true, false] {
                driven(folder, &["ebufn_1"], Kind::Enable, rises, n, &mut tally);
            }
        }
        "disable" => released(folder, n, &mut tally),
        "inputs" => of_inputs(folder, size, &mut tally),
        "leakage" => at_rest(folder, &cells, n, &mut tally),
        _ => {
            let all = [
                Searched::Setup,
                Searched::Hold,
                Searched::Recovery,
                Searched::Removal,
                Searched::Pulse,
            ];
            for own in all.into_iter().filter(|own| own.word() == kind) {
                searched(folder, own, size.stores, size.searches);
            }
        }
    }
    tally
}

fn run(size: &Size) {
    let (Some(folder), true) = (reference(), has_ngspice()) else { return };
    let kinds = std::env::var("LIBCHAR_TEST_KIND").unwrap_or_default();
    let is_wanted = |kind: &&str| kinds.is_empty() || kinds.split(',').any(|k| k == *kind);
    let tallies = each(size.kinds.iter().copied().filter(is_wanted).collect(), |kind| {
        let began = std::time::Instant::now();
        let tally = one_kind(size, &folder, kind);
        eprintln!("{kind}: {:.1?}", began.elapsed());
        tally
    });
    tallies.into_iter().for_each(Tally::end);
}

#[test]
fn entries_of_every_kind_are_those_of_a_simulation_each() {
    run(&SAMPLE);
}

#[test]
#[ignore = "an hour of CPU time"]
fn twenty_entries_of_every_kind_are_those_of_a_simulation_each() {
    run(&ALL);
}
