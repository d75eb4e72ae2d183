//! Constraints of sequential cells: the smallest distance between two edges at which the cell still works.

use crate::cell::{Behaviour, Cell, Sequential};
use crate::deck::{Bench, Change, RECIPES, Writer, source};
use crate::experiment::{Script, assignment};
use crate::shape::Shape;
use crate::task::{Outcome, Task};

/// Copies of the cell that one deck compares: each deck reduces the interval to a ninth.
const COPIES: usize = 8;

/// How often a search may try larger distances before it gives up.
const WIDER: usize = 2;

/// The interval, in seconds, at which a search changes from quick to exact decks; the exact decks begin with an interval
/// that is wider by this much on both sides. With quick decks alone the setup of a latch was too large by 3 ps, because
/// its output's delay grows slowly there.
const ROUGH_S: f64 = 4e-12;

/// The index in [`RECIPES`] of the options for the exact decks of a search, and of those for the other decks.
const EXACT: usize = 1;
const QUICK: usize = 2;

/// The kind of a constraint, as in Liberty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Data before the clock.
    Setup,
    /// Data after the clock.
    Hold,
    /// End of a clear or preset before the clock.
    Recovery,
    /// End of a clear or preset after the clock.
    Removal,
    /// Width of a pulse.
    Pulse,
}

/// A constraint for one edge of a pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The kind of the constraint.
    pub kind: Kind,
    /// The constrained pin, whose edge is moved.
    pub pin: usize,
    /// The related pin, whose edge stays: the clock, or the same pin for a pulse.
    pub related: usize,
    /// Whether the constraint is for the pin's rising edge, or for its high pulse.
    pub rises: bool,
    /// The inputs at the start.
    start: usize,
    /// Changes before the two edges, in their order.
    prelude: Vec<(usize, bool)>,
    /// The level of the related pin after its edge.
    to: bool,
    /// The level of the constrained pin after its edge.
    moves_to: bool,
    /// Whether the moved edge comes before the other one.
    before: bool,
    /// The required level of the first output at the end.
    expected: bool,
    /// The edge from which the output's delay is measured, if the delay is judged.
    timed: Option<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Related,
    Moving,
}

impl Constraint {
    /// Liberty's `timing_type`.
    pub fn timing_type(&self) -> String {
        let word = match self.kind {
            Kind::Setup => "setup",
            Kind::Hold => "hold",
            Kind::Recovery => "recovery",
            Kind::Removal => "removal",
            Kind::Pulse => return "min_pulse_width".to_owned(),
        };
        format!("{word}_{}", if self.to { "rising" } else { "falling" })
    }
}

/// All constraints of a cell; a combinational cell has none.
pub fn constraints(cell: &Cell) -> Vec<Constraint> {
    let Behaviour::Sequential(s) = &cell.behaviour else { return Vec::new() };
    let mut all = Vec::new();
    for pin in 0..cell.inputs.len() {
        for rises in [false, true] {
            all.extend(of_edge(s, pin, rises));
        }
    }
    all.sort_by_key(|c| (c.pin, c.kind, c.related));
    all
}

fn of_edge(s: &Sequential, pin: usize, rises: bool) -> Vec<Constraint> {
    let idle = s.quiet() | usize::from(!s.active) << s.clock;
    let found = if s.data().contains(&pin) {
        vec![data(s, pin, rises, idle, Kind::Setup), data(s, pin, rises, idle, Kind::Hold)]
    } else if pin == s.clock {
        vec![clock_pulse(s, rises, idle)]
    } else {
        let Some((_, level, stores)) = s.asynchronous().find(|(own, ..)| *own == pin) else {
            return Vec::new();
        };
        if rises == level {
            vec![asynchronous_pulse(s, pin, level, stores, idle)]
        } else if s.is_flop {
            let end = |kind| release(s, pin, level, stores, idle, kind);
            vec![end(Kind::Recovery), end(Kind::Removal)]
        } else {
            Vec::new()
        }
    };
    found.into_iter().flatten().collect()
}

/// Setup or hold of a data pin.
fn data(s: &Sequential, pin: usize, rises: bool, idle: usize, kind: Kind) -> Option<Constraint> {
    let way = *crate::arc::sides(s, pin, idle).first()?;
    let with = |value: bool| way & !(1 << pin) | usize::from(value) << pin;
    let stored = |value: bool| s.next.values[with(value)];
    let mut script = Script::from(idle);
    // The value that must be stored: the new one of a setup, the old one of a hold.
    let value = if kind == Kind::Setup { rises } else { !rises };
    let bit = stored(value)?;
    let inverted = s.inverted[0];
    if s.is_flop {
        script.bring(s.data(), with(!value));
        script.set(s.clock, s.active);
        script.set(s.clock, !s.active);
        script.bring(s.data(), with(!rises));
    } else {
        script.bring(s.data(), with(!rises));
        script.set(s.clock, s.active);
    }
    let timed = match (s.is_flop, kind) {
        (true, _) => Some(Edge::Related),
        (false, Kind::Setup) => Some(Edge::Moving),
        (false, _) => None,
    };
    Some(Constraint {
        kind,
        pin,
        related: s.clock,
        rises,
        start: idle,
        prelude: script.changes(),
        // A flip-flop stores at its active edge, a latch when it closes.
        to: s.active == s.is_flop,
        moves_to: rises,
        before: kind == Kind::Setup,
        expected: bit != inverted,
        timed,
    })
}

/// The width of the clock's high or low pulse.
fn clock_pulse(s: &Sequential, high: bool, idle: usize) -> Option<Constraint> {
    let is_active = high == s.active;
    if !is_active && !s.is_flop {
        return None;
    }
    let mut script = Script::from(idle);
    script.store(s, false).then_some(())?;
    if !is_active {
        script.set(s.clock, s.active);
    }
    script.bring(s.data(), assignment(s, true, script.at)?);
    Some(Constraint {
        kind: Kind::Pulse,
        pin: s.clock,
        related: s.clock,
        rises: high,
        start: idle,
        prelude: script.changes(),
        to: s.active,
        moves_to: !s.active,
        before: !is_active,
        expected: !s.inverted[0],
        timed: Some(Edge::Related),
    })
}

/// The width of a pulse of clear or preset.
fn asynchronous_pulse(
    s: &Sequential,
    pin: usize,
    level: bool,
    stores: bool,
    idle: usize,
) -> Option<Constraint> {
    let mut script = Script::from(idle);
    script.store(s, !stores).then_some(())?;
    Some(Constraint {
        kind: Kind::Pulse,
        pin,
        related: pin,
        rises: level,
        start: idle,
        prelude: script.changes(),
        to: level,
        moves_to: !level,
        before: false,
        expected: stores != s.inverted[0],
        timed: Some(Edge::Related),
    })
}

/// The end of a clear or preset before or after the clock's edge.
fn release(
    s: &Sequential,
    pin: usize,
    level: bool,
    stores: bool,
    idle: usize,
    kind: Kind,
) -> Option<Constraint> {
    let start = idle & !(1 << pin) | usize::from(level) << pin;
    let mut script = Script::from(start);
    // Data that would store the other bit, as if the pin were at rest.
    let data = assignment(s, !stores, idle)? & !(1 << pin) | usize::from(level) << pin;
    script.bring(s.data(), data);
    let takes_clock = kind == Kind::Recovery;
    Some(Constraint {
        kind,
        pin,
        related: s.clock,
        rises: !level,
        start,
        prelude: script.changes(),
        to: s.active,
        moves_to: !level,
        before: takes_clock,
        expected: (stores != takes_clock) != s.inverted[0],
        timed: takes_clock.then_some(Edge::Related),
    })
}

/// Transitions and times of a search, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Transition of the related pin, as in the tables.
    pub related_slew_s: f64,
    /// Transition of the constrained pin.
    pub pin_slew_s: f64,
    /// Transition of all other edges.
    pub fast_s: f64,
    /// Load of every output, in farads.
    pub load_f: f64,
    /// Time between two consecutive changes before the edges.
    pub settle_s: f64,
    /// The resolution to which the value is searched.
    pub resolution_s: f64,
    /// How much longer the output's delay may be, as a fraction.
    pub degradation: f64,
}

/// The search for one entry of a constraint's table.
#[derive(Debug, Clone)]
pub struct ConstraintTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    /// The constraint that is searched.
    pub constraint: Constraint,
    setting: Setting,
    /// The interval: the cell passes at its upper end; at its lower end it fails, or the result is not known.
    low: f64,
    high: f64,
    /// Whether the upper end was simulated.
    is_bounded: bool,
    /// The distance, in seconds, at which the cell has ample time.
    far: f64,
    /// The smallest possible distance: that at which a pulse consists of its slopes alone.
    least: f64,
    reference_s: Option<f64>,
    wider: usize,
    /// Whether the search already uses exact decks.
    is_exact: bool,
    /// The index in [`RECIPES`] of the options in use.
    recipe: usize,
    /// The smallest distance, in seconds, that was simulated and passed.
    pub value_s: Option<f64>,
    failure: Option<String>,
}

impl<'a> ConstraintTask<'a> {
    /// A search that has not started.
    pub fn new(bench: &'a Bench, cell: &'a Cell, constraint: Constraint, setting: Setting) -> Self {
        let t = &bench.thresholds;
        let begins = bench.shape(setting.pin_slew_s, constraint.moves_to);
        let ends = bench.shape(setting.related_slew_s, constraint.to);
        // What is left of each after or before its middle; of ramps half the sum of both.
        let (first, second) = match constraint.before {
            true => ((&begins, constraint.moves_to), (&ends, constraint.to)),
            false => ((&ends, constraint.to), (&begins, constraint.moves_to)),
        };
        let ramps = first.0.length_s() - first.0.middle_s(t.delay, first.1)
            + second.0.middle_s(t.delay, second.1);
        let reach = ramps + setting.settle_s / 4.0;
        // A pulse whose ramps overlap does not reach its level: its slopes are its least width.
        let is_pulse = constraint.kind == Kind::Pulse;
        let (low, high) = if is_pulse { (ramps, ramps + reach) } else { (-reach, reach) };
        ConstraintTask {
            bench,
            cell,
            constraint,
            far: high + setting.settle_s,
            setting,
            low,
            high,
            is_bounded: false,
            least: if is_pulse { ramps } else { f64::NEG_INFINITY },
            reference_s: None,
            wider: 0,
            is_exact: false,
            recipe: QUICK,
            value_s: None,
            failure: None,
        }
    }

    /// Distances of the next deck, in rising order. The first deck simulates both ends and, far beyond them, the
    /// reference.
    fn distances(&self) -> Vec<f64> {
        let (low, high) = (self.low, self.high);
        if self.is_bounded {
            let part = |i: usize| low + (high - low) * (i + 1) as f64 / (COPIES + 1) as f64;
            return (0..COPIES).map(part).collect();
        }
        let part = |i: usize| low + (high - low) * i as f64 / (COPIES - 1) as f64;
        (0..COPIES).map(part).chain([self.far]).collect()
    }

    /// Whether a copy worked as required, once the reference is known.
    pub fn pass(&self, outcome: &Outcome, k: usize) -> bool {
        let rail = if self.constraint.expected { self.bench.vdd_v } else { 0.0 };
        let is_right = outcome
            .measures
            .get(&format!("v{k}"))
            .is_some_and(|v| (v - rail).abs() < 0.1 * self.bench.vdd_v);
        let is_late = self.constraint.timed.is_some() && {
            let delay = outcome.measures.get(&format!("d{k}"));
            let most = self.reference_s.map(|r| r * (1.0 + self.setting.degradation));
            !delay.zip(most).is_some_and(|(delay, most)| *delay <= most)
        };
        is_right && !is_late
    }

    /// A deck that tries several distances, in seconds, each with its own copy of the cell.
    pub fn deck_at(&self, distances: &[f64]) -> String {
        let c = &self.constraint;
        let t = &self.bench.thresholds;
        let s = &self.setting;
        let mut w = Writer::new(self.bench, self.cell, "constraint", RECIPES[self.recipe]);
        let mut ramps: Vec<Vec<Change>> = vec![Vec::new(); self.cell.inputs.len()];
        let mut at = s.settle_s / 4.0;
        for (input, value) in &c.prelude {
            let fast = self.bench.shape(s.fast_s, *value);
            let length = fast.length_s();
            ramps[*input].push((at, fast, *value));
            at += length + s.settle_s;
        }
        let reach = distances.iter().copied().fold(0.0f64, |most, x| most.max(x.abs()));
        let related = self.bench.shape(s.related_slew_s, c.to);
        let moves = self.bench.shape(s.pin_slew_s, c.moves_to);
        let longest = related.length_s().max(moves.length_s());
        let edge = at + reach + longest + s.settle_s / 4.0;
        let end = edge + reach + longest + s.settle_s;
        // Edges are given by their middle, where the delay threshold is for both directions.
        let change = |middle: f64, shape: &Shape, value: bool| {
            (middle - shape.middle_s(t.delay, value), shape.clone(), value)
        };
        let fixed = change(edge, &related, c.to);
        if c.related != c.pin {
            ramps[c.related].push(fixed.clone());
        }
        for (input, ramps) in ramps.iter().enumerate().filter(|(input, _)| *input != c.pin) {
            source(&mut w, &format!("i{input}"), c.start >> input & 1 == 1, ramps);
        }
        for (k, distance) in distances.iter().enumerate() {
            let middle = if c.before { edge - distance } else { edge + distance };
            let moving = change(middle, &moves, c.moves_to);
            let mut own = ramps[c.pin].clone();
            own.push(moving);
            if c.related == c.pin {
                own.push(fixed.clone());
                own.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            source(&mut w, &format!("m{k}"), c.start >> c.pin & 1 == 1, &own);
            w.copy(&k.to_string(), &|input| {
                if input == c.pin { format!("m{k}") } else { format!("i{input}") }
            });
            for output in 0..self.cell.outputs.len() {
                w.line(format_args!("c{k}_{output} o{k}_{output} 0 {:e}", s.load_f));
            }
            let half = t.delay * self.bench.vdd_v;
            let word = |rises: bool| if rises { "rise" } else { "fall" };
            let td = format!("td={:.6e}", at);
            let trigger = match c.timed {
                Some(Edge::Related) if c.related == c.pin => Some((format!("m{k}"), c.to)),
                Some(Edge::Related) => Some((format!("i{}", c.related), c.to)),
                Some(Edge::Moving) => Some((format!("m{k}"), c.moves_to)),
                None => None,
            };
            if let Some((node, value)) = trigger {
                let (input, output) = (word(value), word(c.expected));
                w.line(format_args!(".meas tran d{k} trig v({node}) val={half:.9} {td} {input}=1 targ v(o{k}_0) val={half:.9} {td} {output}=1"));
            }
            w.line(format_args!(".meas tran v{k} find v(o{k}_0) at={:.6e}", 0.999 * end));
        }
        w.line(format_args!(".tran {:e} {end:.6e} 0 {:e}", s.fast_s / 4.0, s.settle_s / 8.0));
        w.text.push_str(".end\n");
        w.text
    }

    fn fail(&mut self, why: &str, outcome: &Outcome) {
        self.failure = Some(outcome.failure.clone().unwrap_or_else(|| why.to_owned()));
    }

    /// The first deck: the reference at a large distance, and both ends.
    fn bound(&mut self, outcome: &Outcome) {
        self.reference_s = outcome.measures.get(&format!("d{COPIES}")).copied();
        if self.constraint.timed.is_some() && self.reference_s.is_none()
            || !self.pass(outcome, COPIES)
        {
            return self
                .fail("the cell does not work even with all the time that it needs", outcome);
        }
        let distances = self.distances();
        let passes: Vec<bool> = (0..COPIES).map(|k| self.pass(outcome, k)).collect();
        let first = first_of_the_passing(&passes);
        let reach = self.high - self.low;
        match first {
            Some(0) if distances[0] <= self.least => self.value_s = Some(distances[0]),
            None | Some(0) if self.wider == WIDER => {
                self.fail("no distance was found at which the cell begins to fail", outcome);
            }
            None => {
                self.wider += 1;
                (self.low, self.high) = (self.high, self.high + 4.0 * reach);
                self.far = self.far.max(self.high + self.setting.settle_s);
            }
            Some(0) => {
                self.wider += 1;
                (self.low, self.high) = ((self.low - 4.0 * reach).max(self.least), self.low);
            }
            Some(k) => {
                (self.low, self.high) = (distances[k - 1], distances[k]);
                self.is_bounded = true;
            }
        }
    }
}

/// The first distance that passes and after which all others pass.
fn first_of_the_passing(passes: &[bool]) -> Option<usize> {
    let failing = passes.iter().rposition(|pass| !pass);
    let first = failing.map_or(0, |last| last + 1);
    (first < passes.len()).then_some(first)
}

impl Task for ConstraintTask<'_> {
    fn deck(&self) -> Option<String> {
        let open = self.value_s.is_none() && self.failure.is_none();
        open.then(|| self.deck_at(&self.distances()))
    }

    fn take(&mut self, outcome: &Outcome) {
        if outcome.failure.is_some() && self.recipe + 1 < RECIPES.len() {
            self.recipe += 1;
            return;
        }
        if outcome.failure.is_some() && outcome.measures.is_empty() {
            return self.fail("the simulation failed", outcome);
        }
        if !self.is_bounded {
            self.bound(outcome);
        } else {
            let distances = self.distances();
            let passes: Vec<bool> = (0..COPIES).map(|k| self.pass(outcome, k)).collect();
            match first_of_the_passing(&passes) {
                Some(0) => self.high = distances[0],
                Some(k) => (self.low, self.high) = (distances[k - 1], distances[k]),
                None => self.low = distances[COPIES - 1],
            }
        }
        let left = self.high - self.low;
        if self.is_bounded && !self.is_exact && left <= self.setting.resolution_s.max(ROUGH_S) {
            // Both ends and the reference are looked at anew.
            (self.low, self.high) = ((self.low - ROUGH_S).max(self.least), self.high + ROUGH_S);
            (self.is_exact, self.is_bounded, self.wider, self.recipe) = (true, false, 0, EXACT);
        } else if self.is_bounded && left <= self.setting.resolution_s {
            // What is told was simulated and passed: the upper end.
            self.value_s = Some(self.high);
        }
    }

    fn failure(&self) -> Option<String> {
        let c = &self.constraint;
        let name = |pin: usize| &self.cell.inputs[pin];
        self.failure.as_ref().map(|why| {
            let edge = if c.rises { "rising" } else { "falling" };
            format!("{} of {} ({edge}) to {}: {why}", c.timing_type(), name(c.pin), name(c.related))
        })
    }
}
