//! A recipe over a grid of settings.

use crate::draft::Draft;
use crate::knob::{Knob, Setting};
use crate::loaded::Loaded;
use libchar_core::{Cell, Frame, Refused};
use rayon::prelude::*;

/// Largest number of runs in one sweep.
const MOST: usize = 10_000_000;

/// An input and its values.
pub type Axis = (Knob, Vec<Setting>);

/// Runs the recipe at every point of the grid. Returns one row per point, with the last axis
/// varying fastest, in the same order for any number of cores; and the number of runs that failed.
///
/// # Errors
/// More than ten million runs, paths that do not exist in the recipe and figures that it does not
/// give. The fault of a single run is reported in its row.
pub fn sweep(
    loaded: &Loaded,
    axes: &[Axis],
    figures: &[String],
) -> Result<(Frame, usize), Refused> {
    let count: usize = axes.iter().map(|(_, values)| values.len()).product();
    if count > MOST {
        return Err(Refused::Usage(format!("{count} runs are too many for one sweep")));
    }
    let draft = Draft::new(loaded);
    // Small tasks, which any idle core can take, keep all cores busy to the end.
    let rows: Vec<Result<Vec<Cell>, Refused>> = (0..count)
        .into_par_iter()
        .with_max_len(1)
        .map(|i| row(draft.clone(), axes, figures, i))
        .collect();
    let mut columns: Vec<String> = axes.iter().map(|(knob, _)| knob.path.clone()).collect();
    columns.extend(figures.iter().cloned());
    columns.push("fault".to_owned());
    let mut frame = Frame::new("libchar.diffuse-sweep", 1, columns);
    let mut failed = 0;
    for row in rows {
        let row = row?;
        failed += usize::from(row.last() != Some(&Cell::Null));
        frame.push(row);
    }
    Ok((frame, failed))
}

/// Run `index` of the grid. A figure that does not exist stops the sweep; a fault of the run goes
/// into its row.
fn row(
    mut draft: Draft<'_>,
    axes: &[Axis],
    figures: &[String],
    mut index: usize,
) -> Result<Vec<Cell>, Refused> {
    let mut settings = vec![Cell::Null; axes.len()];
    for (cell, (knob, values)) in settings.iter_mut().zip(axes).rev() {
        let setting = &values[index % values.len()];
        index /= values.len();
        draft.put(knob, setting)?;
        *cell = match setting {
            Setting::Number(value) => (*value).into(),
            Setting::Word(word) => word.as_str().into(),
        };
    }
    let mut row = settings;
    match draft.simulate() {
        Ok(simulated) => {
            for name in figures {
                let value = simulated.figures.get(name);
                row.push(value.map_err(|e| Refused::Usage(e.to_string()))?.into());
            }
            row.push(Cell::Null);
        }
        Err(error) => {
            row.extend(figures.iter().map(|_| Cell::Null));
            row.push(error.to_string().lines().next().unwrap_or("failed").into());
        }
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knob::listed;
    use crate::loaded::tests::{DRIVE, loaded};
    use libchar_core::Format;

    fn swept(vary: &[&str], figures: &[&str]) -> Result<(Vec<String>, usize), String> {
        let axes: Vec<Axis> = vary.iter().map(|text| listed(text).unwrap()).collect();
        let figures: Vec<String> = figures.iter().map(|name| (*name).to_owned()).collect();
        let (frame, failed) =
            sweep(&loaded(DRIVE), &axes, &figures).map_err(|refused| refused.to_string())?;
        let mut csv = Vec::new();
        frame.write(Format::Csv, &mut csv).unwrap();
        Ok((String::from_utf8(csv).unwrap().lines().map(str::to_owned).collect(), failed))
    }

    #[test]
    fn the_last_axis_is_the_fastest_and_every_row_says_its_settings() {
        let vary = ["step.2.time=10min,20min", "step.1.dose_cm2=1e13..1e14:2"];
        let (rows, failed) = swept(&vary, &["xj_nm"]).unwrap();
        assert_eq!((rows[0].as_str(), failed), ("step.2.time_s,step.1.dose_cm2,xj_nm,fault", 0));
        let settings: Vec<Vec<f64>> = rows[1..]
            .iter()
            .map(|row| row.split(',').take(2).map(|cell| cell.parse().unwrap()).collect())
            .collect();
        assert_eq!(settings, [[600.0, 1e13], [600.0, 1e14], [1200.0, 1e13], [1200.0, 1e14]]);
    }

    #[test]
    fn a_run_that_fails_is_a_row_with_its_reason() {
        let (rows, failed) = swept(&["step.2.time_s=-1,600"], &["xj_nm", "rs_ohm_sq"]).unwrap();
        assert_eq!(failed, 1);
        assert!(rows[1].starts_with("-1,,,") && rows[1].len() > 6 && rows[2].ends_with(','));
    }

    #[test]
    fn what_holds_for_every_run_stops_the_sweep() {
        assert!(swept(&["step.2.time_s=600"], &["xk_nm"]).unwrap_err().contains("xk_nm"));
        assert!(swept(&["step.9.time_s=600"], &["xj_nm"]).is_err());
        let grid = "step.2.time_s=1..2:1000000";
        let many = swept(&[grid, "step.1.dose_cm2=1e13..1e14:11"], &["xj_nm"]).unwrap_err();
        assert_eq!(many, "11000000 runs are too many for one sweep");
    }
}
