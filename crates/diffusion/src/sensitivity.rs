//! How a change of each input changes the figures.

use crate::draft::Draft;
use crate::knob::{Knob, inputs};
use crate::loaded::Loaded;
use crate::report::unit;
use libchar_core::{Cell, Frame, Refused};
use rayon::prelude::*;

/// Slopes of figures over inputs by central differences: 1 degree for temperatures, 1 % for all
/// others, with time steps ten times finer than the recipe's. `of` names the figures and `to` the
/// inputs; an empty `to` means all inputs. One row per input and figure.
///
/// # Errors
/// Inputs that the recipe does not have, figures that it does not give, and steps that cannot run.
pub fn sensitivity(loaded: &Loaded, of: &[String], to: &[String]) -> Result<Frame, Refused> {
    let parsed = loaded.read(&loaded.document)?;
    let all = inputs(&parsed.recipe);
    let chosen: Vec<(Knob, f64)> = if to.is_empty() {
        all
    } else {
        let mut chosen = Vec::new();
        for path in to {
            let knob = Knob::new(path);
            let known = all.iter().find(|(other, _)| *other == knob);
            let valid: Vec<&str> = all.iter().map(|(other, _)| other.path.as_str()).collect();
            let message = format!("no input `{path}`; expected one of: {}", valid.join(", "));
            chosen.push(known.cloned().ok_or(Refused::Usage(message))?);
        }
        chosen
    };
    let mut base = Draft::new(loaded);
    let finer = parsed.recipe.tolerance.relative / 10.0;
    base.turn(&Knob::new("accuracy.relative"), finer.max(1e-8))?;
    let evaluate = |knob: Option<(&Knob, f64)>| -> Result<Vec<Option<f64>>, Refused> {
        let mut draft = base.clone();
        if let Some((knob, value)) = knob {
            draft.turn(knob, value)?;
        }
        let simulated = draft.simulate()?;
        let get =
            |name: &String| simulated.figures.get(name).map_err(|e| Refused::Usage(e.to_string()));
        of.iter().map(get).collect()
    };
    let here = evaluate(None)?;
    let slopes: Vec<Result<Vec<Option<f64>>, Refused>> = chosen
        .par_iter()
        .map(|(knob, value)| {
            let step = if knob.unit() == "C" { 1.0 } else { 0.01 * value };
            let above = evaluate(Some((knob, value + step)))?;
            let below = evaluate(Some((knob, value - step)))?;
            Ok(above
                .iter()
                .zip(&below)
                .map(|(a, b)| Some((a.as_ref()? - b.as_ref()?) / (2.0 * step)))
                .collect())
        })
        .collect();
    let columns =
        ["input", "value", "unit", "figure", "figure_value", "slope", "slope_unit", "elasticity"];
    let mut frame = Frame::new("libchar.diffuse-sensitivity", 1, columns);
    for ((knob, value), slopes) in chosen.iter().zip(slopes) {
        for ((name, here), slope) in of.iter().zip(&here).zip(slopes?) {
            let elasticity =
                slope.zip(*here).filter(|(_, h)| *h != 0.0).map(|(s, h)| s * value / h);
            frame.push(vec![
                knob.path.as_str().into(),
                (*value).into(),
                knob.unit().into(),
                name.as_str().into(),
                (*here).into(),
                slope.into(),
                Cell::from(format!("{} per {}", unit(name).unwrap_or("1"), knob.unit())),
                elasticity.into(),
            ]);
        }
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    /// Slope and elasticity of the sheet resistance over one input.
    fn of_dose(path: &str) -> Result<Vec<f64>, String> {
        let frame = sensitivity(&loaded(DRIVE), &["boron.dose_cm2".to_owned()], &[path.to_owned()])
            .map_err(|refused| refused.to_string())?;
        let mut csv = Vec::new();
        frame.write(libchar_core::Format::Csv, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        let cells: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        Ok([cells[1], cells[4], cells[5], cells[7]].map(|cell| cell.parse().unwrap()).to_vec())
    }

    #[test]
    fn the_dose_of_a_closed_wafer_is_the_dose_that_was_laid_in() {
        let [value, figure, slope, elasticity] = of_dose("step.1.dose_cm2").unwrap()[..] else {
            panic!()
        };
        assert_eq!(value, 1e14);
        assert!((figure / 1e14 - 1.0).abs() < 1e-6 && (slope - 1.0).abs() < 1e-6, "{slope}");
        assert!((elasticity - 1.0).abs() < 1e-6);
        let time = of_dose("step.2.time").unwrap();
        assert!(time[3].abs() < 1e-6, "{time:?}");
    }

    #[test]
    fn an_input_that_is_not_there_is_refused_with_those_that_are() {
        let told = of_dose("step.1.energy_kev").unwrap_err();
        assert!(
            told.starts_with("no input `step.1.energy_kev`; expected one of: substrate"),
            "{told}"
        );
    }

    #[test]
    fn every_input_has_a_row_a_figure() {
        let figures = ["xj_nm".to_owned(), "rs_ohm_sq".to_owned()];
        assert_eq!(sensitivity(&loaded(DRIVE), &figures, &[]).unwrap().len(), 8);
    }
}
