//! Closed formulas applied to inputs that a user writes: JSON objects, each with `formula` and its
//! inputs.

use crate::{noise, quick};
use libchar_core::input::{self, Source};
use libchar_core::told::Kept;
use libchar_core::{Fault, Faults};
use serde::Deserialize;
use serde_json::{Value, json};

/// A formula with its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(tag = "formula", rename_all = "lowercase", deny_unknown_fields)]
enum Inputs {
    /// Contrast that incoherent light transfers.
    Mtf { f_over_cutoff: f64 },
    /// Smallest half pitch and depth of focus.
    Rayleigh {
        wavelength_nm: f64,
        na: f64,
        #[serde(default = "one")]
        medium_index: f64,
        #[serde(default = "quarter")]
        k1: f64,
        #[serde(default = "half")]
        k2: f64,
    },
    /// Photons that reach a resist, and those that it absorbs.
    Photons { dose_mj_cm2: f64, wavelength_nm: f64, absorption_per_um: f64, thickness_nm: f64 },
}

fn one() -> f64 {
    1.0
}

fn quarter() -> f64 {
    0.25
}

fn half() -> f64 {
    0.5
}

/// The answer to each object of the input: the formula's name and its results.
///
/// # Errors
/// Every object that is not a formula, and inputs for which a formula has no value, at their lines;
/// an input without objects.
pub fn answers(source: &Source) -> Result<Vec<Value>, Faults> {
    let text = input::text(&source.name, &source.bytes)?;
    let (mut answers, mut faults) = (Vec::new(), Vec::new());
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    while let Some(value) = stream.next() {
        let line = text[..stream.byte_offset()].trim_end().matches('\n').count() + 1;
        let value = match value {
            Ok(value) => value,
            Err(e) => {
                faults.push(Fault::json(&source.name, &e));
                break;
            }
        };
        let inputs = serde_json::from_value::<Inputs>(value).map_err(|e| e.to_string());
        match inputs.and_then(|inputs| evaluate(&inputs)) {
            Ok(answer) => answers.push(answer),
            Err(found) => faults.push(Fault::at(&source.name, line, 0, found)),
        }
    }
    if answers.is_empty() && faults.is_empty() {
        let fault = Fault::of(&source.name, "no formula to evaluate");
        faults.push(fault.expected("one object with `formula` and its inputs per line"));
    }
    Faults::or(answers, faults)
}

/// The answer, or the reason why the inputs have none.
fn evaluate(inputs: &Inputs) -> Result<Value, String> {
    let positive = |name: &str, value: f64| match value > 0.0 {
        true => Ok(value),
        false => Err(format!("`{name}` is {value}, expected a positive number")),
    };
    Ok(match *inputs {
        Inputs::Mtf { f_over_cutoff } => {
            json!({ "formula": "mtf", "f_over_cutoff": f_over_cutoff, "mtf": quick::mtf(f_over_cutoff) })
        }
        Inputs::Rayleigh { wavelength_nm, na, medium_index, k1, k2 } => {
            let (wavelength, na) = (positive("wavelength_nm", wavelength_nm)?, positive("na", na)?);
            if na >= medium_index {
                return Err(format!(
                    "`na` is {na}, expected less than the medium's index {medium_index}"
                ));
            }
            json!({
                "formula": "rayleigh",
                "resolution_nm": quick::resolution_nm(wavelength, na, positive("k1", k1)?),
                "dof_nm": quick::depth_of_focus_nm(wavelength, na, medium_index, positive("k2", k2)?),
                "dof_paraxial_nm": quick::depth_of_focus_paraxial_nm(wavelength, na, k2),
            })
        }
        Inputs::Photons { dose_mj_cm2, wavelength_nm, absorption_per_um, thickness_nm } => {
            let incident = noise::photons_incident_nm2(
                positive("dose_mj_cm2", dose_mj_cm2)?,
                positive("wavelength_nm", wavelength_nm)?,
            );
            let share = noise::absorbed_share(
                positive("absorption_per_um", absorption_per_um)?,
                positive("thickness_nm", thickness_nm)?,
            );
            json!({
                "formula": "photons",
                "photons_incident_nm2": incident,
                "photons_absorbed_nm2": incident * share,
            })
        }
    })
}

/// Every number of the answers for the history; the point is the formula with its place among the answers.
pub fn kept(answers: &[Value]) -> Vec<Kept> {
    let of_answer = |(i, answer): (usize, &'_ Value)| {
        let point = format!("{}_{}", answer["formula"].as_str().unwrap_or_default(), i + 1);
        let numbers = answer.as_object().into_iter().flatten();
        let number = |(measure, value): (&String, &Value)| {
            let unit = measure.ends_with("_nm").then_some("nm");
            Some(Kept::of(measure.as_str(), value.as_f64()?).at(point.as_str()).in_unit(unit))
        };
        numbers.filter_map(number).collect::<Vec<_>>()
    };
    answers.iter().enumerate().flat_map(of_answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<Value>, String> {
        let source = Source { name: "f.jsonl".to_owned(), bytes: text.as_bytes().to_vec() };
        answers(&source).map_err(|faults| faults.to_string())
    }

    /// Rayleigh by Mack (2007) for ArF at NA 0.75. A photon of 193 nm has h c / lambda = 1.0293e-18
    /// J, so that 1 mJ/cm2, which is 1e-17 J/nm2, gives 9.716 photons per nm2; a resist with an
    /// absorption of 1/um and a thickness of 1000 nm absorbs 1 - 1/e of them.
    #[test]
    fn each_formula_answers_with_textbook_numbers() {
        let text = "{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 0.75}\n\n{\"formula\": \"mtf\", \"f_over_cutoff\": 1}\n\
                    {\"formula\": \"photons\", \"dose_mj_cm2\": 1, \"wavelength_nm\": 193, \"absorption_per_um\": 1, \"thickness_nm\": 1000}";
        let found = told(text).unwrap();
        let near = |i: usize, name: &str, value: f64| {
            let own = found[i][name].as_f64().unwrap();
            assert!((own / value - 1.0).abs() < 1e-4, "{name}: {own} {value}");
        };
        near(0, "resolution_nm", 0.25 * 193.0 / 0.75);
        near(0, "dof_paraxial_nm", 0.5 * 193.0 / 0.5625);
        assert_eq!(found[1], json!({ "formula": "mtf", "f_over_cutoff": 1.0, "mtf": 0.0 }));
        let kept = kept(&found);
        let resolution = kept.iter().find(|kept| kept.measure == "resolution_nm").unwrap();
        assert_eq!(
            (resolution.point.as_deref(), resolution.unit),
            (Some("rayleigh_1"), Some("nm"))
        );
        let mtf = kept.iter().find(|kept| kept.measure == "mtf").unwrap();
        assert_eq!((mtf.point.as_deref(), mtf.unit, mtf.value), (Some("mtf_2"), None, Some(0.0)));
        near(2, "photons_incident_nm2", 9.716);
        near(2, "photons_absorbed_nm2", 9.716 * (1.0 - (-1.0_f64).exp()));
    }

    #[test]
    fn every_fault_stands_at_its_line() {
        let found = told(
            "{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 1.2}\n{\"formula\": \"mft\"}\n{\"formula\": \"mtf\", \"f\": 1}\n",
        )
        .unwrap_err();
        for expected in [
            "f.jsonl:1: `na` is 1.2, expected less than the medium's index 1",
            "f.jsonl:2: unknown variant `mft`",
            "f.jsonl:3: unknown field `f`",
        ] {
            assert!(found.contains(expected), "{expected}\n{found}");
        }
        let negative = told(
            "{\"formula\":\"photons\",\"dose_mj_cm2\":0,\"wavelength_nm\":193,\"absorption_per_um\":1,\"thickness_nm\":1}",
        );
        assert!(negative.unwrap_err().contains("`dose_mj_cm2` is 0, expected a positive number"));
        assert!(told("\n").unwrap_err().starts_with("f.jsonl: no formula to evaluate"));
        assert!(told("{\"formula\": \"mtf\",").unwrap_err().starts_with("f.jsonl:1:"));
    }
}
