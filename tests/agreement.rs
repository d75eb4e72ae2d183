//! `gen`, `run` and `ext` give the same values as ngspice for the same decks without libchar, to
//! the last digit.
//!
//! By default, points spread over the domain are compared; `LIBCHAR_AGREE=1` takes all of them, as
//! `just agree` does.

use crate::common::{Sandbox, plain};
use std::collections::BTreeMap;

/// By default, one of so many points is compared.
const STEP: usize = 14;

#[test]
fn the_inverter_agrees_with_plain_ngspice() {
    agrees("inverter-pvt", 84, 8);
}

#[test]
fn the_level_shifter_agrees_with_plain_ngspice() {
    agrees("level-shifter", 324, 7);
}

fn agrees(example: &str, points: usize, measures: usize) {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy(&format!("examples/{example}"));
    let step = if std::env::var_os("LIBCHAR_AGREE").is_some() { 1 } else { STEP };
    let ids = sandbox.run(&["-C", example, "gen"]).stdout;
    assert_eq!(ids.lines().count(), points);
    let ids: Vec<&str> = ids.lines().step_by(step).collect();
    let decks: Vec<String> = ids.iter().map(|id| format!("{id}/sim_tx.sp")).collect();
    if plain::simulate(&folder, &decks).is_none() {
        return;
    }
    let ran = sandbox.pipe(&["-C", example, "run", "-"], ids.join("\n"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let results = sandbox.pipe(&["-C", example, "ext", "-", "--format", "csv"], ids.join("\n"));
    let found = values(&results.stdout);
    assert_eq!(found.len(), ids.len());
    for (id, deck) in ids.iter().zip(&decks) {
        let expected: BTreeMap<String, f64> = plain::measures_of(&folder, deck)
            .into_iter()
            .map(|(name, value)| (name, value.parse().unwrap()))
            .collect();
        assert_eq!(expected.len(), measures, "{id}: {expected:?}");
        assert_eq!(found[*id], expected, "{id}");
    }
}

/// The values of each point in the output of `ext`.
fn values(csv: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut lines = csv.lines();
    let columns: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let column = |name: &str| columns.iter().position(|c| *c == name).expect("a column");
    let (point, measure, value) = (column("point"), column("measure"), column("value"));
    let mut points = BTreeMap::<String, BTreeMap<String, f64>>::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let parsed = cells[value].parse().unwrap_or_else(|e| panic!("{line}: {e}"));
        points
            .entry(cells[point].to_owned())
            .or_default()
            .insert(cells[measure].to_owned(), parsed);
    }
    points
}
