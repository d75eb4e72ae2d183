//! Tables of a cell, assembled from simulated values, and the values that are missing in them.

use crate::arc::Arc;
use crate::cell::Cell;
use crate::config::lvf::Method;
use crate::config::{Config, Power};
use crate::constraint::{Constraint, Kind};
use crate::deck::{Edge, others_that_change};
use crate::experiment::Purpose;
use crate::library::Known;
use crate::spread::{Spread, SpreadTask};
use crate::task::Task;
use crate::work::{Tables, Work};

/// A table by transition, then by load, in the units of the Liberty file; `None` is a hole.
pub type Grid = Vec<Vec<Option<f64>>>;

/// Tables of one edge of the output.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EdgeTables {
    /// Delay in ns.
    pub delay: Grid,
    /// Transition in ns; absent for an output that is released.
    pub transition: Grid,
    /// Internal energy in pJ.
    pub power: Grid,
    /// Spreads of delay and transition by mismatch, if they are computed.
    pub spreads: Option<[SpreadTables; 2]>,
}

/// The spread of a table's entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SpreadTables {
    /// Standard deviation towards smaller values, in ns.
    pub early: Grid,
    /// Standard deviation towards larger values, in ns.
    pub late: Grid,
    /// Of samples only: standard deviation and shift of the mean in ns, skewness.
    pub moments: Option<[Grid; 3]>,
}

impl SpreadTables {
    /// All its grids.
    pub fn grids_mut(&mut self) -> impl Iterator<Item = &mut Grid> {
        [&mut self.early, &mut self.late].into_iter().chain(self.moments.iter_mut().flatten())
    }

    /// All its grids, in the same order.
    pub fn grids(&self) -> impl Iterator<Item = &Grid> {
        [&self.early, &self.late].into_iter().chain(self.moments.iter().flatten())
    }
}

/// Tables of an arc, for one state in which it occurs or for the worst state.
#[derive(Debug, Clone, PartialEq)]
pub struct ArcTables {
    /// The arc.
    pub arc: Arc,
    /// The state; `None` for the worst of all.
    pub way: Option<usize>,
    /// The tables for a rising output.
    pub rise: Option<EdgeTables>,
    /// The tables for a falling output.
    pub fall: Option<EdgeTables>,
}

/// Energy of an input that changes no output, in pJ, by transition.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// The input.
    pub input: usize,
    /// For a rising input.
    pub rise: Vec<Option<f64>>,
    /// For a falling input.
    pub fall: Vec<Option<f64>>,
}

/// A value that no simulation could give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The arc, table and entry that it belongs to.
    pub what: String,
    /// The reason why it is missing.
    pub why: String,
}

/// All tables of a cell at a condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellTables {
    /// By arc: the worst, then each state if these are wanted.
    pub arcs: Vec<ArcTables>,
    /// By input.
    pub hidden: Vec<Hidden>,
    /// Rise and fall capacitance of each input, in pF.
    pub capacitance: Vec<(Option<f64>, Option<f64>)>,
    /// Power at rest in nW, by the cell's states.
    pub leakage: Vec<Option<f64>>,
    /// Constraints, in ns: by transition of the related pin, then by that of the constrained one.
    pub constraints: Vec<(Constraint, Grid)>,
    /// The values that are missing.
    pub holes: Vec<Hole>,
}

/// Puts the tables of a cell together.
pub fn tables(config: &Config, known: &Known, work: &Work<'_>) -> CellTables {
    let cell = &known.cell;
    let mut all = CellTables::default();
    let mut ways: Vec<ArcTables> = Vec::new();
    for tables in &work.tables {
        let reason = tables.tasks.iter().find_map(Task::failure);
        match &tables.experiment.purpose {
            Purpose::Arc(arc, way) => {
                let found = arc_tables(config, known, tables, (arc, *way));
                let spread_reason = tables.spreads.iter().find_map(Task::failure);
                note_holes(&mut all.holes, cell, &found, reason, spread_reason);
                ways.push(found);
            }
            Purpose::Hidden(input, ..) if config.measure.power.is_some() => {
                let found = hidden(tables, *input);
                merge_hidden(&mut all.hidden, found);
            }
            Purpose::Hidden(..) => {}
        }
    }
    for arc in crate::arc::arcs(cell) {
        let own: Vec<&ArcTables> = ways.iter().filter(|t| t.arc == arc).collect();
        if own.is_empty() {
            continue;
        }
        all.arcs.push(worst(&own));
        if config.measure.when && own.len() > 1 {
            all.arcs.extend(own.into_iter().cloned());
        }
    }
    all.capacitance = (0..cell.inputs.len()).map(|input| capacitance(work, input)).collect();
    for (input, found) in all.capacitance.iter().enumerate() {
        if found.0.is_none() || found.1.is_none() {
            let what = format!("capacitance of {}", cell.inputs[input]);
            all.holes.push(Hole { what, why: "no simulation changed it".to_owned() });
        }
    }
    for searches in &work.constraints {
        let values: Vec<Option<f64>> =
            searches.tasks.iter().map(|task| task.value_s.map(|s| s * 1e9)).collect();
        let width = match searches.constraint.kind {
            Kind::Pulse => 1,
            _ => known.axes.constraint_ns[1].len(),
        };
        let missing = values.iter().filter(|value| value.is_none()).count();
        if let Some(why) = searches.tasks.iter().find_map(Task::failure) {
            let what = format!("{missing} of {} entries of a constraint", values.len());
            all.holes.push(Hole { what, why });
        }
        let grid = values.chunks(width).map(<[_]>::to_vec).collect();
        all.constraints.push((searches.constraint.clone(), grid));
    }
    if let Some(task) = &work.leakage {
        all.leakage = task.watts.iter().flatten().map(|w| w.map(|w| w * 1e9)).collect();
        for (rest, _) in cell.rests.iter().zip(&all.leakage).filter(|(_, w)| w.is_none()) {
            let what = format!("leakage for {}", cell.condition(rest.inputs, &[]));
            all.holes.push(Hole { what, why: task.failure().unwrap_or_default() });
        }
    }
    all
}

/// Values of one measured step: by transition, then by load.
fn grid(tables: &Tables<'_>, number: usize, value: impl Fn(&Edge, f64) -> Option<f64>) -> Grid {
    let row = |task: &crate::task::TableTask<'_>| {
        let loads = &task.setting.loads_f;
        let edges = task.edges.as_ref().map(|edges| &edges[number]);
        (0..loads.len()).map(|k| edges.and_then(|row| value(&row[k], loads[k]))).collect()
    };
    tables.tasks.iter().map(row).collect()
}

fn arc_tables(
    config: &Config,
    known: &Known,
    tables: &Tables<'_>,
    (arc, way): (&Arc, usize),
) -> ArcTables {
    let mut found = ArcTables { arc: arc.clone(), way: Some(way), rise: None, fall: None };
    let v2 = |vdd: f64| vdd * vdd;
    let measured = tables.experiment.steps.iter().filter(|step| step.is_measured);
    for (number, step) in measured.enumerate() {
        let Some((_, rises)) = step.response else { continue };
        let others = others_that_change(&known.cell, &tables.experiment, number) as f64;
        let vdd = tables.tasks.first().map_or(0.0, |task| task.vdd_v());
        let power = |edge: &Edge, load: f64| {
            let least = tables.tasks[0].setting.least_f;
            let switched = (load + others * least) * v2(vdd);
            let of_load = match config.measure.power? {
                Power::Split => switched / 2.0,
                Power::Total if rises => switched,
                Power::Total => 0.0,
            };
            edge.supply_j.map(|joules| (joules - of_load) * 1e12)
        };
        let delay = grid(tables, number, |edge, _| edge.delay_s.map(|s| s * 1e9));
        let edge = EdgeTables {
            delay: match tables.experiment.is_release() {
                true => delay
                    .iter()
                    .map(|row| vec![row[0]; known.axes.loads_pf[arc.output].len()])
                    .collect(),
                false => delay,
            },
            transition: match tables.experiment.is_release() {
                true => Grid::new(),
                false => grid(tables, number, |edge, _| edge.transition_s.map(|s| s * 1e9)),
            },
            power: if config.measure.power.is_some() && !tables.experiment.is_release() {
                grid(tables, number, power)
            } else {
                Grid::new()
            },
            spreads: (!tables.spreads.is_empty())
                .then(|| [0, 1].map(|what| spreads(tables, number, what))),
        };
        *(if rises { &mut found.rise } else { &mut found.fall }) = Some(edge);
    }
    found
}

/// Spreads of the delay (0) or the transition (1) in a measured step.
fn spreads(tables: &Tables<'_>, number: usize, what: usize) -> SpreadTables {
    let grid = |value: &dyn Fn(&Spread) -> Option<f64>| -> Grid {
        let row = |task: &SpreadTask<'_>| {
            let entry = |k: usize| value(task.spreads.get(k)?.get(number)?[what].as_ref()?);
            (0..task.setting.loads_f.len()).map(entry).collect()
        };
        tables.spreads.iter().map(row).collect()
    };
    let moment = |i: usize, unit: f64| grid(&|s| s.moments.map(|m| m[i] * unit));
    let has_moments = matches!(tables.spreads[0].method(), Method::MonteCarlo { .. });
    SpreadTables {
        early: grid(&|s| Some(s.early * 1e9)),
        late: grid(&|s| Some(s.late * 1e9)),
        moments: has_moments.then(|| [moment(0, 1e9), moment(1, 1e9), moment(2, 1.0)]),
    }
}

fn note_holes(
    holes: &mut Vec<Hole>,
    cell: &Cell,
    found: &ArcTables,
    why: Option<String>,
    spread_reason: Option<String>,
) {
    for (edge, name) in [(&found.rise, "rise"), (&found.fall, "fall")] {
        let Some(edge) = edge else { continue };
        let missing = edge.delay.iter().flatten().filter(|value| value.is_none()).count();
        let unknown = edge.spreads.iter().flatten().flat_map(|s| s.late.iter().flatten());
        let unknown = unknown.filter(|value| value.is_none()).count();
        if unknown > 0 {
            let (from, to) = (&cell.inputs[found.arc.input], &cell.outputs[found.arc.output]);
            let what = format!("{unknown} spreads by mismatch, {name} of {to} by {from}");
            let why = spread_reason.clone().unwrap_or_else(|| "the samples do not vary".to_owned());
            holes.push(Hole { what, why });
        }
        if missing > 0 {
            let when = cell.condition(found.way.unwrap_or(0), &[found.arc.input]);
            let when = if when.is_empty() { String::new() } else { format!(" when {when}") };
            let what = format!(
                "{missing} of {} entries of cell_{name} and {name}_transition, {} to {}{when}",
                edge.delay.iter().flatten().count(),
                cell.inputs[found.arc.input],
                cell.outputs[found.arc.output],
            );
            holes.push(Hole { what, why: why.clone().unwrap_or_default() });
        }
    }
}

/// The largest of each entry over all states in which the arc occurs.
fn worst(ways: &[&ArcTables]) -> ArcTables {
    let mut all = ArcTables { way: None, ..ways[0].clone() };
    let largest = |into: &mut Grid, from: &Grid| {
        for (row, other) in into.iter_mut().zip(from) {
            for (value, other) in row.iter_mut().zip(other) {
                // A hole in one way is a hole of the worst: nobody knows whether it would be larger.
                *value = value.zip(*other).map(|(a, b)| a.max(b));
            }
        }
    };
    for way in &ways[1..] {
        for (into, from) in [(&mut all.rise, &way.rise), (&mut all.fall, &way.fall)] {
            // An output that is driven or let float goes one way in each state.
            if into.is_none() {
                into.clone_from(from);
            } else if let (Some(into), Some(from)) = (into, from) {
                largest(&mut into.delay, &from.delay);
                largest(&mut into.transition, &from.transition);
                largest(&mut into.power, &from.power);
                let both = into.spreads.iter_mut().flatten().zip(from.spreads.iter().flatten());
                for (into, from) in both {
                    into.grids_mut().zip(from.grids()).for_each(|(into, from)| largest(into, from));
                }
            }
        }
    }
    all
}

fn hidden(tables: &Tables<'_>, input: usize) -> Hidden {
    let mut found = Hidden { input, rise: Vec::new(), fall: Vec::new() };
    let measured = tables.experiment.steps.iter().filter(|step| step.is_measured);
    for (number, step) in measured.enumerate() {
        let column = grid(tables, number, |edge, _| edge.supply_j.map(|j| j * 1e12));
        let column: Vec<Option<f64>> = column.into_iter().map(|row| row[0]).collect();
        *(if step.value { &mut found.rise } else { &mut found.fall }) = column;
    }
    found
}

fn merge_hidden(all: &mut Vec<Hidden>, found: Hidden) {
    let Some(own) = all.iter_mut().find(|h| h.input == found.input) else {
        return all.push(found);
    };
    for (into, from) in [(&mut own.rise, &found.rise), (&mut own.fall, &found.fall)] {
        for (value, other) in into.iter_mut().zip(from) {
            *value = value.zip(*other).map(|(a, b)| a.max(b));
        }
    }
}

/// The mean charge over all simulations that changed an input, divided by the supply voltage, in pF: rise and fall.
fn capacitance(work: &Work<'_>, input: usize) -> (Option<f64>, Option<f64>) {
    let mean = |value: bool| {
        let mut charges = Vec::new();
        for tables in &work.tables {
            let measured = tables.experiment.steps.iter().filter(|step| step.is_measured);
            for (number, _) in
                measured.enumerate().filter(|(_, s)| s.input == input && s.value == value)
            {
                for task in &tables.tasks {
                    let edge = task.edges.as_ref().and_then(|edges| edges[number].first());
                    charges.extend(edge.and_then(|e| e.charge_c).map(|q| q.abs() / task.vdd_v()));
                }
            }
        }
        let n = charges.len() as f64;
        (n > 0.0).then(|| charges.iter().sum::<f64>() / n * 1e12)
    };
    (mean(true), mean(false))
}

/// Fills holes of a table with values that are not too small: the largest known entry, or the value that a line through
/// the two known entries before it gives along either axis, plus a tenth. Returns the number of holes filled, or `None` if
/// no entry is known.
pub fn fill(grid: &mut Grid, slews: &[f64], loads: &[f64]) -> Option<usize> {
    let known = grid.clone();
    let at = |i: usize, j: usize| known[i][j];
    let all = || known.iter().flatten().flatten().copied();
    let largest = all().fold(f64::NEG_INFINITY, f64::max);
    if !largest.is_finite() {
        return None;
    }
    let line = |(x0, y0): (f64, Option<f64>), (x1, y1): (f64, Option<f64>), x: f64| {
        y0.zip(y1).map(|(y0, y1)| y1 + (y1 - y0) * (x - x1) / (x1 - x0))
    };
    let mut filled = 0;
    for i in 0..grid.len() {
        for j in 0..grid[i].len() {
            if grid[i][j].is_some() {
                continue;
            }
            let last = |n: usize, known: &dyn Fn(usize) -> bool| {
                (1..n).rev().find(|k| known(*k) && known(k - 1))
            };
            let by_load = last(j, &|k| at(i, k).is_some())
                .and_then(|k| line((loads[k - 1], at(i, k - 1)), (loads[k], at(i, k)), loads[j]));
            let by_slew = last(i, &|k| at(k, j).is_some())
                .and_then(|k| line((slews[k - 1], at(k - 1, j)), (slews[k], at(k, j)), slews[i]));
            let guess = [by_load, by_slew].into_iter().flatten().fold(largest, f64::max);
            grid[i][j] = Some(guess + 0.1 * guess.abs());
            filled += 1;
        }
    }
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn holes_are_filled_with_values_that_are_not_too_small() {
        let mut grid = vec![vec![Some(1.0), Some(2.0), None], vec![Some(1.5), None, None]];
        assert_eq!(fill(&mut grid, &[0.01, 0.1], &[1.0, 2.0, 8.0]), Some(3));
        // The line through 1 and 2 gives 8 at 8, and a tenth more.
        assert!((grid[0][2].unwrap() - 8.8).abs() < 1e-12);
        assert!(grid.iter().flatten().all(|v| v.is_some_and(|v| v > 0.0)));
        assert_eq!(fill(&mut vec![vec![None]], &[1.0], &[1.0]), None);
    }
}
