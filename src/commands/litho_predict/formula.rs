use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::frame::{document, write_json};
use libchar_core::{Fault, Faults, hash, input};
use libchar_history::ResultRow;
use libchar_litho::{noise, quick};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Write;

const EXAMPLES: &str = "\
Formulas and their inputs:
  mtf       f_over_cutoff
  rayleigh  wavelength_nm, na, and optionally medium_index (1), k1 (0.25), k2 (0.5)
  photons   dose_mj_cm2, wavelength_nm, absorption_per_um, thickness_nm

Examples:
  echo '{\"formula\": \"mtf\", \"f_over_cutoff\": 0.25}' | libchar litho-predict formula
  echo '{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 0.75}' | libchar litho-predict formula";

/// Evaluate one closed formula on the inputs of a JSON object
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Formula {
    /// JSON lines, one object with `formula` and its inputs a line
    #[arg(default_value = "-")]
    inputs: String,
}

#[derive(Deserialize)]
#[serde(tag = "formula", rename_all = "lowercase", deny_unknown_fields)]
enum Inputs {
    Mtf {
        f_over_cutoff: f64,
    },
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
    Photons {
        dose_mj_cm2: f64,
        wavelength_nm: f64,
        absorption_per_um: f64,
        thickness_nm: f64,
    },
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

pub fn run(args: &Formula, ctx: &Context) -> Result<Outcome> {
    let source = ctx.read(&args.inputs)?;
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let mut answers = Vec::new();
    let mut faults = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    while let Some(value) = stream.next() {
        let line = text[..stream.byte_offset()].trim_end().matches('\n').count() + 1;
        match value {
            Err(e) => {
                faults.push(Fault::json(&source.name, &e));
                break;
            }
            Ok(value) => match serde_json::from_value::<Inputs>(value).map_err(|e| e.to_string()) {
                Ok(inputs) => match evaluate(&inputs) {
                    Ok(answer) => answers.push(answer),
                    Err(found) => faults.push(Fault::at(&source.name, line, 0, found)),
                },
                Err(found) => faults.push(Fault::at(&source.name, line, 0, found)),
            },
        }
    }
    if answers.is_empty() && faults.is_empty() {
        let fault = Fault::of(&source.name, "no formula to evaluate");
        faults.push(fault.expected("an object with `formula` and its inputs a line"));
    }
    let answers = Faults::or(answers, faults)?;
    ctx.begin("litho-predict formula", json!({ "sha256": hash::sha256(&source.bytes) }));
    leave_results(ctx, &answers);
    let mut out = ctx.stdout();
    write_json(&mut out, &document("libchar.litho-formula", 1, json!({ "rows": answers })))?;
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Leaves every number of the answers in the history; the point says which formula it comes from.
fn leave_results(ctx: &Context, answers: &[Value]) {
    for (i, answer) in answers.iter().enumerate() {
        let name = answer["formula"].as_str().unwrap_or_default();
        let numbers = answer.as_object().into_iter().flatten();
        let numbers = numbers.filter_map(|(measure, value)| Some((measure, value.as_f64()?)));
        ctx.journal.results(numbers.map(|(measure, value)| ResultRow {
            point: Some(format!("{name}_{}", i + 1)),
            ..ResultRow::value(measure, value, measure.ends_with("_nm").then_some("nm"))
        }));
    }
}

/// The answer, or what is wrong with the inputs.
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
