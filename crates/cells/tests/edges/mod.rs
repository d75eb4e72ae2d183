//! Constraints, each by what is done to the cell, written by hand for its pins: the entry that a search found passes in a
//! deck of its own, and a picosecond less fails.

use crate::common::{config, finish, known};
use crate::plain::{Bed, Stimulus, VDD_V, between};
use libchar_cells::constraint::{Constraint, ConstraintTask, Kind};
use libchar_cells::work::Work;
use libchar_numeric::draws::Draws;
use std::path::Path;

/// What is searched.
#[derive(Clone, Copy, PartialEq)]
pub enum Searched {
    Setup,
    Hold,
    Recovery,
    Removal,
    Pulse,
}

impl Searched {
    pub fn word(self) -> &'static str {
        match self {
            Searched::Setup => "setup",
            Searched::Hold => "hold",
            Searched::Recovery => "recovery",
            Searched::Removal => "removal",
            Searched::Pulse => "pulse",
        }
    }

    fn kind(self) -> Kind {
        match self {
            Searched::Setup => Kind::Setup,
            Searched::Hold => Kind::Hold,
            Searched::Recovery => Kind::Recovery,
            Searched::Removal => Kind::Removal,
            Searched::Pulse => Kind::Pulse,
        }
    }
}

/// Two edges of a cell's pins, and what its output must do.
struct Edges {
    before: Stimulus,
    /// The edge that stays, at time 0, and the one that moves, so far after it as the sign says.
    stays: (&'static str, bool),
    moves: (&'static str, bool),
    sign: f64,
    ends_high: bool,
    /// Which edge the delay is measured from: that which stays, that which moves, or none.
    timed: Option<bool>,
}

/// What is done for a constraint of one edge of a pin.
fn edges(cell: &str, searched: Searched, pin: &str, rises: bool) -> Edges {
    let latch = cell == "dlxtp_1";
    let clock = if latch { "GATE" } else { "CLK" };
    let reset = if cell == "dfrtp_1" { " RESET_B=1" } else { "" };
    let begin = |d: bool| Stimulus::from(&format!("D={} {clock}=0{reset}", u8::from(d)));
    let stored = |d: bool| begin(d).pulse(clock, true);
    // The data came before the latch opened: what they left in stacked transistors moves its setup by 2 ps.
    let open = |d: bool| begin(false).then("D", d).then("GATE", true);
    let e = |before, stays, moves, sign, ends_high, timed| Edges {
        before,
        stays,
        moves,
        sign,
        ends_high,
        timed,
    };
    match (searched, pin) {
        (Searched::Setup, _) if latch => {
            e(open(!rises), ("GATE", false), ("D", rises), -1.0, rises, Some(false))
        }
        (Searched::Hold, _) if latch => {
            e(open(!rises), ("GATE", false), ("D", rises), 1.0, !rises, None)
        }
        (Searched::Setup, _) => {
            e(stored(!rises), ("CLK", true), ("D", rises), -1.0, rises, Some(true))
        }
        (Searched::Hold, _) => {
            e(stored(rises).then("D", !rises), ("CLK", true), ("D", rises), 1.0, !rises, Some(true))
        }
        (Searched::Recovery, _) => {
            let before = Stimulus::from("D=0 CLK=0 RESET_B=0").then("D", true);
            e(before, ("CLK", true), ("RESET_B", true), -1.0, true, Some(true))
        }
        (Searched::Removal, _) => {
            let before = Stimulus::from("D=0 CLK=0 RESET_B=0").then("D", true);
            e(before, ("CLK", true), ("RESET_B", true), 1.0, false, None)
        }
        (Searched::Pulse, "RESET_B") => {
            e(stored(true), ("RESET_B", false), ("RESET_B", true), 1.0, false, Some(true))
        }
        (Searched::Pulse, _) if rises => {
            e(stored(false).then("D", true), (clock, true), (clock, false), 1.0, true, Some(true))
        }
        (Searched::Pulse, _) => {
            let before = stored(false).then("CLK", true).then("D", true);
            e(before, ("CLK", true), ("CLK", false), -1.0, true, Some(true))
        }
    }
}

/// The delay of the output, in seconds, if it ends at the right value.
fn delay(bed: &Bed, edges: &Edges, distance_s: f64, stays_s: f64, moves_s: f64) -> Option<f64> {
    let mut s = edges.before.clone();
    let middle = s.now_s + 3e-9 + distance_s.abs();
    let moved = middle + edges.sign * distance_s;
    let began = s.now_s - 1e-10;
    s.at(edges.stays.0, edges.stays.1, stays_s, middle);
    s.at(edges.moves.0, edges.moves.1, moves_s, moved);
    s.now_s = middle.max(moved) + 6e-9;
    let at = 0.999 * s.now_s;
    let end = format!(".meas tran v find v(Q) at={at:e}\n");
    let judged = edges.timed.map(|stays| if stays { edges.stays } else { edges.moves });
    let from = |(pin, value): (&'static str, bool)| {
        between("q", (pin, 0.5, value), ("Q", 0.5, edges.ends_high), began) + &end
    };
    let measures = judged.map_or(end.clone(), from);
    let found = bed.measure(&s, "cq Q 0 0.5f", &measures);
    let rail = if edges.ends_high { VDD_V } else { 0.0 };
    let is_right = (found["v"] - rail).abs() < 0.1 * VDD_V;
    is_right.then(|| found.get("q").copied().unwrap_or_default())
}

fn judge(
    bed: &Bed,
    cell: &str,
    searched: Searched,
    pin: &str,
    task: &ConstraintTask<'_>,
    slews: (f64, f64),
) -> f64 {
    let Constraint { rises, .. } = task.constraint;
    let edges = edges(cell, searched, pin, rises);
    let found = task.value_s.unwrap_or_else(|| panic!("{cell} {pin}: nothing was found"));
    let at = |distance: f64| delay(bed, &edges, distance, slews.0, slews.1);
    let most = at(8e-9).map(|reference| reference * 1.1).unwrap();
    let passes = |distance: f64| at(distance).is_some_and(|delay| delay <= most);
    let slopes = (slews.0 + slews.1) / 2.0 / 0.6;
    // A pulse is as narrow as its slopes at least.
    let is_slopes = searched == Searched::Pulse && found <= slopes * 1.000_001;
    let mut off = 0.0;
    // How far from the found value it begins to pass, in steps of a quarter of a picosecond: upwards, then downwards.
    if passes(found) {
        while !is_slopes && off > -4e-12 && passes(found + off - 0.25e-12) {
            off -= 0.25e-12;
        }
    } else {
        while off < 40e-12 && !passes(found + off) {
            off += 0.25e-12;
        }
    }
    off * 1e12
}

/// Searches entries of constraints, and judges each.
pub fn searched(folder: &Path, searched: Searched, cells: &[&str], entries: usize) {
    let cells: Vec<&str> = match searched {
        Searched::Recovery | Searched::Removal => vec!["dfrtp_1"],
        _ => cells.to_vec(),
    };
    let mut worst: f64 = 0.0;
    for number in 0..entries {
        let draw = |what: &str, of: usize| {
            let mut draws = Draws::new(3, &[searched.word(), what]);
            (draws.uniform(number as u64) * of as f64) as usize
        };
        let cell = cells[draw("cell", cells.len())];
        let bed = Bed::of(folder, cell);
        let mut config = config(&folder.join("models/sky130_mini.lib.spice"), 0.15);
        config.constraint_slews_ns = vec![0.01, 0.1, 0.5, 1.0, 1.5];
        let (known, bench) = known(&config, bed.netlist());
        let mut work = Work::of(&config, &known, &bench);
        let mut all: Vec<_> =
            work.constraints.iter_mut().filter(|s| s.constraint.kind == searched.kind()).collect();
        let constraint = draw("constraint", all.len());
        let tasks = &mut all[constraint].tasks;
        let entry = draw("entry", tasks.len());
        let slews = &config.constraint_slews_ns;
        let pair = match searched {
            Searched::Pulse => (slews[entry] * 1e-9, slews[entry] * 1e-9),
            _ => (slews[entry / 5] * 1e-9, slews[entry % 5] * 1e-9),
        };
        let task = &mut tasks[entry];
        let decks = finish(task);
        let pin = known.cell.inputs[task.constraint.pin].clone();
        let off = judge(&bed, cell, searched, &pin, task, pair);
        let own = task.value_s.unwrap_or(f64::NAN) * 1e12;
        let edge = if task.constraint.rises { "rising" } else { "falling" };
        eprintln!(
            "{} {cell} {edge} {pin} {pair:?}: {own:.2} ps, {decks} decks, alone it begins {off:+.2} ps off",
            searched.word()
        );
        worst = worst.max(off.abs());
    }
    eprintln!("{}: {entries} entries, at most {worst:.2} ps off", searched.word());
    assert!(worst <= 1.0, "{}: {worst} ps", searched.word());
}
