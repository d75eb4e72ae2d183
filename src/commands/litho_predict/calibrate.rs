use super::process;
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::keep;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::calibrated::picture;
use libchar_assurance::litho::calibration::Asked;
use libchar_assurance::litho::matrix::{self, Matrix};
use libchar_assurance::litho::process_file::ProcessFile;
use libchar_assurance::litho::wafer::Checked;
use libchar_core::Format;
use libchar_litho::JobParameters;
use libchar_litho::fem::Model;
use serde_json::json;
use std::collections::BTreeMap;

const EXAMPLES: &str = "\
The matrix is a table with pitch_nm, target_cd_nm, dose_mj_cm2, focus_nm, cd_nm, and, if known, sigma_nm,
site_x (place on the wafer), printed (yes or no) and split (train or test). The optics are given as fields of a job.

Examples:
  libchar litho-predict calibrate fem.csv -s wavelength_nm=193 -s na=0.75 -s sigma_in=0.5 -s sigma_out=0.8
  libchar litho-predict calibrate fem.csv -s wavelength_nm=193 -s na=0.75 -s sigma=0.6 --free all -o fab.toml
  libchar litho-predict calibrate fem.csv -s ... --fix blur_nm=14 --picture residuals.svg
  libchar litho-predict calibrate --check fab.toml wafer7.csv
  libchar litho-predict simulate jobs.csv --process fab.toml

Exit code 1: the fit cannot be trusted (chi2, outliers, a limit), or the wafer differs from the process.";

/// Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Calibrate {
    /// Measured matrix as CSV, JSON or JSON lines [default: standard input]
    matrix: Option<String>,
    /// Set a field of the optics or the mask, named as in a job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Parameters to fit, or `all` [default: e0_mj_cm2, blur_nm, focus_offset_nm; focus_tilt_nm if site_x varies]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    free: Vec<String>,
    /// Fix a parameter at a value instead of fitting it [default: 0]
    #[arg(long, value_name = "NAME=VALUE", value_parser = field)]
    fix: Vec<(String, String)>,
    /// Take an empty width as a point that did not print [default: as unknown]
    #[arg(long)]
    blanks_did_not_print: bool,
    /// Greatest number of rows that may be dropped as outliers, in percent of the measured widths
    #[arg(long, value_name = "PERCENT", default_value_t = 2.0)]
    max_dropped: f64,
    /// Compare the matrix of a new wafer with this process file, instead of fitting a process
    #[arg(long, value_name = "FILE")]
    check: Option<String>,
    /// Write the process to this TOML file
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    output: Option<String>,
    /// Name of the process in the fab
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Draw the residuals by pitch, dose, focus and site as SVG
    #[arg(long, value_name = "FILE")]
    picture: Option<String>,
}

pub fn run(args: &Calibrate, ctx: &Context) -> Result<Outcome> {
    let setting: BTreeMap<&str, &str> =
        args.set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ctx.begin(
        "litho-predict calibrate",
        json!({ "set": setting, "free": args.free, "check": args.check }),
    );
    if !(0.0..=50.0).contains(&args.max_dropped) {
        let message = format!("--max-dropped {}: not from 0 to 50", args.max_dropped);
        return Err(Usage(message).into());
    }
    let known = args.check.as_deref().map(|file| process::read(ctx, file)).transpose()?;
    let source = ctx.read(args.matrix.as_deref().unwrap_or("-"))?;
    let matrix = matrix::read(&source, args.blanks_did_not_print)?;
    let asked = args.asked();
    let template = asked.template(&matrix, known.as_ref())?;
    let model = asked.model(&template, &matrix)?;
    match known {
        Some(file) => check(args, ctx, &matrix, &model, &file),
        None => fit(args, ctx, &matrix, &model, &template),
    }
}

impl Calibrate {
    fn asked(&self) -> Asked<'_> {
        Asked {
            set: &self.set,
            free: &self.free,
            fix: &self.fix,
            max_dropped: self.max_dropped,
            name: self.name.as_deref(),
        }
    }
}

fn fit(
    args: &Calibrate,
    ctx: &Context,
    matrix: &Matrix,
    model: &Model,
    template: &JobParameters,
) -> Result<Outcome> {
    let found = args.asked().fit(matrix, model, template).map_err(refused)?;
    if let Some(output) = &args.output {
        ctx.write(output, toml::to_string(&found.file)?.as_bytes())?;
    }
    if let Some(file) = &args.picture {
        ctx.write(file, picture(matrix, &found.predicted).as_bytes())?;
    }
    match ctx.format() {
        Format::Json | Format::Jsonl => ctx.write_document("-", &found.document(matrix))?,
        _ => {
            ctx.print(&found.frame())?;
            ctx.log.info("calibrate", found.sentence());
        }
    }
    keep(ctx, found.kept());
    for doubt in &found.doubts {
        ctx.log.warning("calibrate", doubt);
    }
    if let Some(message) = matrix.unknown_blanks() {
        ctx.log.info("blank_widths", message);
    }
    if let Some(message) = found.left_out(matrix) {
        ctx.log.info("dropped", message);
    }
    Ok(Outcome::found(found.doubts.len()))
}

/// Compares a new wafer with a known process.
fn check(
    args: &Calibrate,
    ctx: &Context,
    matrix: &Matrix,
    model: &Model,
    file: &ProcessFile,
) -> Result<Outcome> {
    let found = Checked::of(matrix, model, file, args.max_dropped).map_err(refused)?;
    ctx.print(&found.frame())?;
    if let Some(file) = &args.picture {
        ctx.write(file, picture(matrix, &found.predicted).as_bytes())?;
    }
    keep(ctx, found.kept());
    ctx.log.info("check", found.sentence(file.name.as_deref()));
    Ok(Outcome::found(found.findings()))
}
