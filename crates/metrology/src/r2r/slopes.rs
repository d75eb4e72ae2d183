//! Slopes of figures with respect to the inputs of a recipe, read from a table.

use super::recipe::Input;
use libchar_core::table::columns;
use libchar_core::{Fault, Faults, Refused, Table};

/// The output of `diffuse sensitivity` for the figures that have a target.
pub struct Slopes {
    /// The inputs, with the largest change of each.
    pub inputs: Vec<Input>,
    /// Unit of each input.
    pub units: Vec<String>,
    /// Value of each input.
    pub values: Vec<f64>,
    /// Simulated value of each figure.
    pub simulated: Vec<f64>,
    /// One list per input, with one slope per figure.
    pub slopes: Vec<Vec<f64>>,
}

impl Slopes {
    /// Reads the slopes; inputs without a slope for any of the figures are left out.
    ///
    /// # Errors
    /// Missing columns, figures and inputs, cells that are not numbers, limits that are not
    /// above 0.
    pub fn read(
        table: &Table,
        targets: &[(String, f64)],
        to: &[String],
        limits: &[(String, f64)],
    ) -> Result<Slopes, Refused> {
        let names =
            ["input", "value", "unit", "figure", "figure_value", "slope"].map(str::to_owned);
        let places = columns::places(table, &names)?;
        let [input, value, unit, figure, figure_value, slope] = places[..] else {
            return Err(Fault::of(&table.file, "the slopes lack a column").into());
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
            let found = format!("--limit {name}={most}: expected a change above 0");
            return Err(Refused::Usage(found));
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
                // A figure that the recipe does not have has no slope.
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
                let found = format!("{}: no input that may change moves {name}", table.file);
                return Err(Refused::Usage(found));
            }
        }
        Ok(slopes)
    }

    /// Adds an input. Its scale is the step by which the slopes were computed: one degree, or 1 %
    /// of the value.
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
        // Times, doses and energies cannot be negative.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let text = "input,value,unit,figure,figure_value,slope\n\
                    step.1.temp,950,C,xj_nm,340,2\nstep.1.temp,950,C,rs,90,-0.5\n\
                    step.1.time,30,min,xj_nm,340,1\nstep.1.time,30,min,rs,90,\n\
                    dose,0,cm-2,xj_nm,340,0\ndose,0,cm-2,rs,90,0\n";
        Table::parse("slopes.csv", text.as_bytes()).unwrap()
    }

    fn pairs(of: &[(&str, f64)]) -> Vec<(String, f64)> {
        of.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
    }

    fn read(
        targets: &[(&str, f64)],
        to: &[&str],
        limits: &[(&str, f64)],
    ) -> Result<Slopes, String> {
        let to: Vec<String> = to.iter().map(|name| (*name).to_owned()).collect();
        Slopes::read(&table(), &pairs(targets), &to, &pairs(limits)).map_err(|e| e.to_string())
    }

    #[test]
    fn inputs_without_a_slope_are_left_out() {
        let found = read(&[("xj_nm", 350.0), ("rs", 92.0)], &[], &[("step.1.time", 5.0)]).unwrap();
        let names: Vec<&str> = found.inputs.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["step.1.temp", "step.1.time"]);
        assert_eq!(found.slopes, [[2.0, -0.5], [1.0, 0.0]]);
        assert_eq!((found.values, found.simulated), (vec![950.0, 30.0], vec![340.0, 90.0]));
        // The scales are one degree and 1 % of the value; a time cannot be below 0.
        let scales: Vec<f64> = found.inputs.iter().map(|i| i.scale).collect();
        assert_eq!((scales, found.inputs[1].low, found.inputs[1].step), (vec![1.0, 0.3], 0.0, 5.0));
        assert_eq!(found.inputs[0].low, -273.15);
    }

    #[test]
    fn names_and_limits_that_are_none_are_told() {
        for (found, expected) in [
            (read(&[("xj", 1.0)], &[], &[]), "--target xj: the slopes have no figure of that name"),
            (
                read(&[("rs", 1.0)], &["dos"], &[]),
                "--to dos: the slopes have no input of that name",
            ),
            (
                read(&[("rs", 1.0)], &["dose"], &[("step.1.temp", 1.0)]),
                "--limit step.1.temp: the slopes have no input of that name",
            ),
            (
                read(&[("rs", 1.0)], &[], &[("dose", 0.0)]),
                "--limit dose=0: expected a change above 0",
            ),
            (
                read(&[("rs", 1.0)], &["step.1.time"], &[]),
                "slopes.csv: no input that may change moves rs",
            ),
        ] {
            let told = found.map(drop).unwrap_err();
            assert!(told.contains(expected), "{expected}\n{told}");
        }
    }
}
