//! What the simulations of one condition gave: a row for each cell, what is missing, and the library.

use crate::emit::{self, Unwritable};
use crate::schedule::Count;
use crate::source::Source;
use crate::tables::{CellTables, tables};
use crate::work::Work;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, Note};
use libchar_liberty::Group;

/// The columns of the rows.
const COLUMNS: [&str; 10] =
    ["pvt", "cell", "status", "arcs", "tables", "holes", "simulated", "reused", "cpu_s", "reason"];

/// One condition.
pub struct Condition {
    /// One row a cell.
    rows: Vec<Vec<Cell>>,
    /// Cells that failed, and values that were extrapolated.
    pub notes: Vec<Note>,
    /// Cells that are not complete.
    pub findings: usize,
    /// The name of the library and the library; without the second it is not written, as a note says.
    pub library: (String, Option<Group>),
    /// What the history keeps of a library that is written.
    pub kept: [Kept; 3],
}

impl Condition {
    /// The condition of a number; works and counts are those of its cells. With `holes` a library is written although cells
    /// are missing in it or values are extrapolated.
    pub fn of(
        source: &Source,
        at: usize,
        works: &[Work<'_>],
        counts: &[Count],
        holes: bool,
    ) -> Condition {
        let Source { config, cells, .. } = source;
        let pvt = &config.pvt[at];
        let (mut rows, mut notes, mut findings) = (Vec::new(), Vec::new(), 0);
        let mut groups: Vec<Group> = Vec::new();
        for ((known, work), count) in cells.iter().zip(works).zip(counts) {
            let found = tables(config, known, work);
            let group = emit::cell(config, known, &found, holes);
            let status = status(&group, &found);
            findings += usize::from(status != "done");
            let cell = known.cell.name.as_str();
            rows.push(row([&pvt.name, cell, status], &found, &group, count));
            notes.extend(told(&format!("{} {cell}", pvt.name), status, &found, &group));
            groups.extend(group);
        }
        let name = emit::library_name(config, pvt);
        let missing = cells.len() - groups.len();
        let is_written = missing == 0 || holes;
        if !is_written {
            let cells = if missing == 1 { "cell is" } else { "cells are" };
            let message = format!(
                "{name}.lib is not written: {missing} {cells} not complete (--holes writes the others)"
            );
            notes.push(Note::Alarm("lib", message));
        }
        let library = is_written.then(|| emit::library(config, pvt, groups));
        let kept = kept(&pvt.name, cells.len(), counts);
        Condition { rows, notes, findings, library: (name, library), kept }
    }
}

/// The rows of all conditions.
pub fn frame(conditions: &[Condition]) -> Frame {
    let mut frame = Frame::new("libchar.lib", 1, COLUMNS);
    conditions.iter().flat_map(|found| &found.rows).for_each(|row| frame.push(row.clone()));
    frame
}

fn status(group: &Result<Group, Unwritable>, found: &CellTables) -> &'static str {
    match (group, found.holes.is_empty()) {
        (Ok(_), true) => "done",
        (Ok(_), false) => "holes",
        (Err(_), _) => "failed",
    }
}

fn row(
    names: [&str; 3],
    found: &CellTables,
    group: &Result<Group, Unwritable>,
    count: &Count,
) -> Vec<Cell> {
    let tables = group.as_ref().map_or(0, number_of_tables);
    let counts = [found.arcs.len(), tables, found.holes.len(), count.simulated, count.reused]
        .map(Cell::from);
    let cpu_s = (count.cpu_s * 1000.0).round() / 1000.0;
    let reason = group.as_ref().err().map(ToString::to_string);
    let names = names.map(Cell::from).into_iter();
    names.chain(counts).chain([cpu_s.into(), reason.into()]).collect()
}

/// Number of groups with values, in this group and all groups inside it.
fn number_of_tables(group: &Group) -> usize {
    let own = usize::from(group.list("values").is_some());
    own + group.all_groups().map(number_of_tables).sum::<usize>()
}

fn told(
    name: &str,
    status: &str,
    found: &CellTables,
    group: &Result<Group, Unwritable>,
) -> Vec<Note> {
    if let Err(reason) = group {
        return vec![Note::Alarm("lib", format!("{name}: no group is written: {reason}"))];
    }
    let holes = found.holes.iter().filter(|_| status == "holes");
    let said = |what: &str, why: &str| format!("{name}: extrapolated: {what}: {why}");
    holes.map(|hole| Note::Warning("lib", said(&hole.what, &hole.why))).collect()
}

fn kept(pvt: &str, cells: usize, counts: &[Count]) -> [Kept; 3] {
    let cpu_s: f64 = counts.iter().map(|count| count.cpu_s).sum();
    let results: usize = counts.iter().map(|count| count.simulated + count.reused).sum();
    [
        Kept::of("cells", cells as f64).at(pvt),
        Kept::of("simulations", results as f64).at(pvt),
        Kept::of("cpu_s", cpu_s).at(pvt).in_unit(Some("s")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::empty;
    use crate::source::tests::inverters;

    /// What an inverter gives of which nothing was simulated.
    fn nothing(holes: bool) -> Condition {
        let source = inverters();
        let benches: Vec<_> =
            source.cells.iter().map(|_| empty(&source.config, &source.config.pvt[0])).collect();
        let cells = source.cells.iter().zip(&benches);
        let works: Vec<_> =
            cells.map(|(known, bench)| Work::of(&source.config, known, bench)).collect();
        let counts = vec![Count { simulated: 2, reused: 1, cpu_s: 0.5 }; works.len()];
        Condition::of(&source, 0, &works, &counts, holes)
    }

    #[test]
    fn cells_without_values_fail_and_no_library_is_written() {
        let found = nothing(false);
        let csv = String::from_utf8(frame(&[found]).to_csv()).unwrap();
        let cells: Vec<Vec<&str>> = csv.lines().skip(1).map(|l| l.split(',').collect()).collect();
        assert_eq!((cells.len(), cells[0][..3].to_vec()), (2, vec!["tt", "inv_1", "failed"]));
        assert_eq!((cells[0][4], cells[0][6..9].to_vec()), ("0", vec!["2", "1", "0.5"]));
        assert!(!cells[0][9].is_empty());
        let found = nothing(false);
        assert_eq!((found.findings, found.library.1.is_none()), (2, true));
        let Some(Note::Alarm("lib", last)) = found.notes.last() else { panic!("no alarm") };
        let end = ".lib is not written: 2 cells are not complete (--holes writes the others)";
        assert!(last.ends_with(end), "{last}");
        let kept = found.kept.map(|kept| (kept.measure, kept.value.unwrap()));
        let expected = [("cells", 2.0), ("simulations", 6.0), ("cpu_s", 1.0)];
        assert_eq!(kept, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn with_holes_a_library_is_written_whatever_is_missing() {
        let found = nothing(true);
        assert!(found.library.1.is_some() && found.findings == 2);
        let said =
            |note: &Note| matches!(note, Note::Alarm(_, text) if text.contains("not written"));
        assert!(!found.notes.iter().any(said));
    }
}
