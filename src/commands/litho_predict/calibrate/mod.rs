mod check;
mod print;

use super::process::{self, ProcessFile};
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::job_table;
use libchar_assurance::litho::matrix::{self, Matrix};
use libchar_core::{Fault, Faults};
use libchar_litho::JobParameters;
use libchar_litho::fem::{self, Judged, Model, PARAMETERS, Settings, Values};
use libchar_litho::process::Process;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const EXAMPLES: &str = "\
The matrix is a table with pitch_nm, target_cd_nm, dose_mj_cm2, focus_nm, cd_nm, and where they are known sigma_nm,
site_x (place on the wafer), printed (yes or no) and split (train or test). The optics are fields of a job.

Examples:
  libchar litho-predict calibrate fem.csv -s wavelength_nm=193 -s na=0.75 -s sigma_in=0.5 -s sigma_out=0.8
  libchar litho-predict calibrate fem.csv -s wavelength_nm=193 -s na=0.75 -s sigma=0.6 --free all -o fab.toml
  libchar litho-predict calibrate fem.csv -s ... --fix blur_nm=14 --picture residuals.svg
  libchar litho-predict calibrate --check fab.toml wafer7.csv
  libchar litho-predict simulate jobs.csv --process fab.toml

Exit code 1: the fit is not to be trusted (chi2, outliers, a limit), or the wafer differs from the process.";

/// Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Calibrate {
    /// Measured matrix as CSV, JSON or JSON lines [default: standard input]
    matrix: Option<String>,
    /// Set a field of the optics, as of a job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Parameters to fit, or `all` [default: e0_mj_cm2, blur_nm, focus_offset_nm; focus_tilt_nm if site_x varies]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    free: Vec<String>,
    /// Hold a parameter at a value [default: 0]
    #[arg(long, value_name = "NAME=VALUE", value_parser = field)]
    fix: Vec<(String, String)>,
    /// An empty width means that the point did not print [default: that nobody knows]
    #[arg(long)]
    blanks_did_not_print: bool,
    /// Most rows that may be dropped as outliers, in percent of the measured widths
    #[arg(long, value_name = "PERCENT", default_value_t = 2.0)]
    max_dropped: f64,
    /// Judge the matrix, as of a new wafer, against this process instead of fitting one
    #[arg(long, value_name = "FILE")]
    check: Option<String>,
    /// Write the process to this TOML file
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    output: Option<String>,
    /// What the fab calls the process
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
    let template = args.template(&matrix, known.as_ref())?;
    let model = Model::new(&template, &matrix.points).map_err(|(row, faults)| {
        let describe = |f: libchar_litho::JobFault| {
            let name = if f.field == "cd_nm" { "target_cd_nm" } else { &f.field };
            let found = format!("`{}`: {}", f.field, f.found);
            let fault = match matrix.table.find_column(name) {
                Some(column) => matrix.table.fault(row, column, found),
                None => Fault::of("--set", found),
            };
            fault.expected(f.expected)
        };
        Faults::or((), faults.into_iter().map(describe).collect()).err().unwrap_or_else(|| {
            Fault::of(&matrix.table.file, "the optics cannot be computed").into()
        })
    })?;
    match known {
        Some(file) => check::check(args, ctx, &matrix, &model, &file),
        None => fit(args, ctx, &matrix, &model, &template),
    }
}

impl Calibrate {
    /// The optics of the first point; those of a process file unless they are set anew.
    fn template(&self, matrix: &Matrix, known: Option<&ProcessFile>) -> Result<JobParameters> {
        let first = &matrix.points[0];
        let mut set: Vec<(String, String)> = Vec::new();
        for (name, value) in known.iter().flat_map(|file| &file.optics) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            set.push((name.clone(), text));
        }
        set.extend(self.set.iter().cloned());
        let own =
            ["pitch_nm", "cd_nm", "dose_mj_cm2", "defocus_nm", "threshold", "blur_nm", "flare"];
        for (name, _) in &self.set {
            if own.contains(&name.as_str()) {
                let fault =
                    Fault::of("--set", format!("`{name}` is the matrix's or is to be found"));
                return Err(
                    Faults::from(fault.expected("a field of the optics or the mask")).into()
                );
            }
        }
        set.push(("pitch_nm".to_owned(), first.pitch_nm.to_string()));
        set.push(("cd_nm".to_owned(), first.target_cd_nm.to_string()));
        let jobs = job_table::from_fields(&set)?;
        Ok(jobs[0].job.parameters.clone())
    }

    fn settings(&self, matrix: &Matrix) -> Result<Settings> {
        let mut faults = Vec::new();
        let mut index = |option: &str, name: &str| {
            let found = PARAMETERS.iter().position(|p| *p == name);
            if found.is_none() {
                let fault = Fault::of(option, format!("unknown parameter `{name}`"));
                faults.push(fault.one_of(name, PARAMETERS));
            }
            found
        };
        let sites: BTreeSet<u64> = matrix.points.iter().map(|p| p.site_x.to_bits()).collect();
        let has_sites = sites.len() > 1;
        let mut free: Vec<usize> = match self.free.as_slice() {
            [] => (0..3).chain(has_sites.then_some(6)).collect(),
            [all] if all == "all" => (0..6).chain(has_sites.then_some(6)).collect(),
            names => names.iter().filter_map(|name| index("--free", name)).collect(),
        };
        free.sort_unstable();
        free.dedup();
        let mut fixed: Values = [0.0; PARAMETERS.len()];
        for (name, text) in &self.fix {
            let Some(k) = index("--fix", name) else { continue };
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => fixed[k] = value,
                _ => return Err(Usage(format!("--fix {name}={text}: not a finite number")).into()),
            }
            if self.free.contains(name) {
                let message = format!("--fix {name}: --free wants it found");
                return Err(Usage(message).into());
            }
            free.retain(|f| *f != k);
        }
        Faults::or((), faults)?;
        if !free.contains(&0) && fixed[0] <= 0.0 {
            return Err(
                Usage("e0_mj_cm2 is neither free nor fixed at a positive dose".to_owned()).into()
            );
        }
        if free.contains(&6) && !has_sites {
            return Err(
                Usage("a tilt of focus needs a column site_x that varies".to_owned()).into()
            );
        }
        let most_dropped = self.max_dropped / 100.0;
        Ok(Settings { free, fixed, most_dropped, sigma_known: matrix.sigma_known })
    }
}

fn fit(
    args: &Calibrate,
    ctx: &Context,
    matrix: &Matrix,
    model: &Model,
    template: &JobParameters,
) -> Result<Outcome> {
    let settings = args.settings(matrix)?;
    let found = fem::calibrate(model, &matrix.points, &matrix.fit, &settings)
        .map_err(|why| Usage(format!("{}: {why}", matrix.table.file)))?;
    let trust = fem::identifiability(&found);
    let rows: BTreeSet<usize> =
        matrix.fit.iter().copied().filter(|i| !found.dropped.contains(i)).collect();
    let intervals = found
        .free
        .par_iter()
        .map(|&k| fem::profile(model, &matrix.points, &rows, &found, k))
        .collect();
    let predicted = model.predict(&matrix.points, &found.values);
    let kept: Vec<usize> = rows.into_iter().collect();
    let left_out = match fem::pitches(&matrix.points) {
        few if few.len() < 2 => Vec::new(),
        pitches => pitches
            .par_iter()
            .map(|p| fem::leave_out(model, &matrix.points, &settings, *p))
            .collect(),
    };
    let rows = (kept.as_slice(), matrix.held_out.as_slice());
    let both = (intervals, left_out);
    let judged = Judged::of(&matrix.points, &predicted, rows, &settings, (found, trust), both);
    let doubts = judged.doubts(&matrix.points, &predicted, args.max_dropped);
    let file = process_file(args, &judged, template)?;
    if let Some(output) = &args.output {
        ctx.write(output, toml::to_string(&file)?.as_bytes())?;
    }
    if let Some(picture) = &args.picture {
        ctx.write(picture, print::picture(matrix, &predicted).as_bytes())?;
    }
    print::print(ctx, matrix, &judged, &doubts, &file)?;
    print::record(ctx, &judged, &doubts);
    for doubt in &doubts {
        ctx.log.warning("calibrate", doubt);
    }
    print::say(ctx, matrix, &judged);
    Ok(Outcome::found(doubts.len()))
}

fn process_file(args: &Calibrate, j: &Judged, template: &JobParameters) -> Result<ProcessFile> {
    let errors = j
        .fit
        .free
        .iter()
        .zip(&j.trust.standard_errors)
        .filter_map(|(&k, error)| Some((PARAMETERS[k].to_owned(), (*error)?)))
        .collect();
    let mut optics = Map::new();
    if let Value::Object(fields) = serde_json::to_value(template)? {
        let is_own = |name: &str| {
            ["pitch_nm", "cd_nm", "mask_bias_nm", "blur_nm", "resist_thickness_nm", "defocus_nm"]
                .contains(&name)
        };
        let given = |name: &str| args.set.iter().any(|(set, _)| set == name);
        optics.extend(fields.into_iter().filter(|(name, _)| !is_own(name) || given(name)));
    }
    Ok(ProcessFile {
        name: args.name.clone(),
        process: Process::from(j.fit.values),
        standard_errors: errors,
        optics: toml::Table::try_from(optics)?,
    })
}
