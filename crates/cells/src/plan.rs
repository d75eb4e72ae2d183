//! What would be simulated: a row for each condition and cell, and the sum.

use crate::bench;
use crate::deck::Bench;
use crate::source::Source;
use crate::work::{Cost, cost};
use libchar_core::{Cell, Frame};

/// The benches of all cells at all conditions without models and netlists, cells fastest: enough for counting where nothing
/// varies.
pub fn empty_benches(source: &Source) -> Vec<Bench> {
    let all = source.config.pvt.iter();
    all.flat_map(|pvt| vec![bench::empty(&source.config, pvt); source.cells.len()]).collect()
}

/// One row a cell and condition, and what all of them cost.
pub fn frame(source: &Source, benches: &[Bench]) -> (Frame, Cost) {
    let columns = [
        "pvt",
        "cell",
        "kind",
        "inputs",
        "outputs",
        "does",
        "arcs",
        "experiments",
        "tables",
        "simulations",
        "lvf",
        "cpu_s",
    ];
    let mut frame = Frame::new("libchar.lib-plan", 1, columns);
    let mut sum = Cost::default();
    let pairs = source.config.pvt.iter().flat_map(|pvt| source.cells.iter().map(move |c| (pvt, c)));
    for ((pvt, known), bench) in pairs.zip(benches) {
        let cell = &known.cell;
        let cost = cost(&source.config, known, bench);
        sum.simulations += cost.simulations;
        sum.cpu_s += cost.cpu_s;
        let Cost { arcs, experiments, tables, simulations, spreads, cpu_s } = cost;
        let mut row: Vec<Cell> = vec![
            pvt.name.clone().into(),
            cell.name.clone().into(),
            cell.kind().into(),
            cell.inputs.join(" ").into(),
            cell.outputs.join(" ").into(),
            cell.said().into(),
        ];
        row.extend([arcs, experiments, tables, simulations, spreads].map(Cell::from));
        row.push(((cpu_s * 100.0).round() / 100.0).into());
        frame.push(row);
    }
    (frame, sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tests::inverters;

    #[test]
    fn the_sum_is_that_of_the_rows() {
        let source = inverters();
        let (frame, sum) = frame(&source, &empty_benches(&source));
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        let cells: Vec<Vec<&str>> = csv.lines().skip(1).map(|l| l.split(',').collect()).collect();
        assert_eq!(cells.len(), 2);
        // An inverter has one arc; it rises and falls in one experiment.
        assert_eq!(cells[0][..8], ["tt", "inv_1", "combinational", "A", "Y", "Y = !A", "1", "1"]);
        let simulations: usize = cells.iter().map(|row| row[9].parse::<usize>().unwrap()).sum();
        assert_eq!(simulations, sum.simulations);
    }
}
