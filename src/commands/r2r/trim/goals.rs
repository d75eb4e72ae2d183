//! Slopes and measured runs out of tables.

use crate::context::Context;
use crate::data_format::Na;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::table::columns;
use libchar_core::{Fault, Faults, Table};
use libchar_metrology::r2r::recipe::Input;

/// What `diffuse sensitivity` says of the figures with a target.
pub struct Slopes {
    /// Inputs with the greatest change of each.
    pub inputs: Vec<Input>,
    /// Unit of each input.
    pub units: Vec<String>,
    /// Value of each.
    pub values: Vec<f64>,
    /// Simulated value of each figure.
    pub simulated: Vec<f64>,
    /// One list an input, one slope a figure.
    pub slopes: Vec<Vec<f64>>,
}

impl Slopes {
    /// Reads them; inputs without a slope on any of the figures are left out.
    ///
    /// # Errors
    /// Absent columns, figures and inputs, cells that are no numbers, limits that are not above 0.
    pub fn read(
        table: &Table,
        targets: &[(String, f64)],
        to: &[String],
        limits: &[(String, f64)],
    ) -> Result<Slopes> {
        let names =
            ["input", "value", "unit", "figure", "figure_value", "slope"].map(str::to_owned);
        let places = columns::places(table, &names)?;
        let [input, value, unit, figure, figure_value, slope] = places[..] else {
            return Err(Faults::from(Fault::of(&table.file, "the slopes lack a column")).into());
        };
        let cells = |column: usize| {
            let mut found: Vec<&str> = Vec::new();
            (0..table.len()).map(|row| table.cell(row, column)).for_each(|cell| {
                if !found.contains(&cell) {
                    found.push(cell);
                }
            });
            found
        };
        let (figures, all) = (cells(figure), cells(input));
        let mut faults = Vec::new();
        let mut known = |what: &str, option: &str, name: &str, valid: &[&str]| {
            if !valid.contains(&name) {
                let found = format!("{option} {name}: the slopes have no {what} of that name");
                faults.push(Fault::of(&table.file, found).one_of(name, valid.iter().copied()));
            }
        };
        targets.iter().for_each(|(name, _)| known("figure", "--target", name, &figures));
        to.iter().for_each(|name| known("input", "--to", name, &all));
        let chosen: Vec<&str> = all
            .iter()
            .copied()
            .filter(|name| to.is_empty() || to.iter().any(|own| own == name))
            .collect();
        limits.iter().for_each(|(name, _)| known("input", "--limit", name, &chosen));
        if let Some((name, most)) = limits.iter().find(|(_, most)| *most <= 0.0) {
            return Err(Usage(format!("--limit {name}={most}: expected a change above 0")).into());
        }
        let mut slopes = Slopes {
            inputs: Vec::new(),
            units: Vec::new(),
            values: Vec::new(),
            simulated: vec![f64::NAN; targets.len()],
            slopes: Vec::new(),
        };
        let mut number = |row: usize, column: usize| {
            table.number(row, column).map_err(|fault| faults.push(fault)).unwrap_or(f64::NAN)
        };
        for name in chosen {
            let mut own = vec![0.0; targets.len()];
            let mut at = None;
            for row in (0..table.len()).filter(|row| table.cell(*row, input) == name) {
                let Some(i) = targets
                    .iter()
                    .position(|(figure_name, _)| figure_name == table.cell(row, figure))
                else {
                    continue;
                };
                // A figure that the recipe does not have carries no slope.
                if table.cell(row, slope).is_empty() {
                    continue;
                }
                own[i] = number(row, slope);
                slopes.simulated[i] = number(row, figure_value);
                at = Some((number(row, value), table.cell(row, unit).to_owned()));
            }
            if let Some((value, unit)) = at.filter(|_| own.iter().any(|s| *s != 0.0)) {
                slopes.push(name, value, unit, own, limits);
            }
        }
        Faults::or((), faults)?;
        for (i, (name, _)) in targets.iter().enumerate() {
            if slopes.slopes.iter().all(|own| own[i] == 0.0) {
                return Err(Usage(format!(
                    "{}: no input that may change moves {name}",
                    table.file
                ))
                .into());
            }
        }
        Ok(slopes)
    }

    /// Inputs share a trim by the steps by which the slopes were found: a degree, else 1 % of the value.
    fn push(
        &mut self,
        name: &str,
        value: f64,
        unit: String,
        own: Vec<f64>,
        limits: &[(String, f64)],
    ) {
        let scale = if unit == "C" || value == 0.0 { 1.0 } else { 0.01 * value.abs() };
        let step =
            limits.iter().find(|(own, _)| own == name).map_or(f64::INFINITY, |(_, most)| *most);
        // Times, doses and energies have no negative values.
        let low: f64 = if unit == "C" { -273.15 } else { 0.0 };
        self.inputs.push(Input {
            name: name.to_owned(),
            low: low.min(value),
            high: f64::INFINITY,
            step,
            scale,
        });
        self.units.push(unit);
        self.values.push(value);
        self.slopes.push(own);
    }
}

/// Measured values of a figure; runs without one are counted.
pub fn series(ctx: &Context, table: &Table, name: &str, na: Na) -> Result<Vec<f64>> {
    let place = columns::places(table, &[name.to_owned()])?;
    let numbers = columns::numbers(table, &place, na.into())?;
    if !numbers.skipped.is_empty() {
        ctx.log.warning(
            "r2r",
            format!("{} cells of {name} hold no number and are left out", numbers.skipped.len()),
        );
    }
    Ok(numbers.values.concat().into_iter().filter(|v| !v.is_nan()).collect())
}
