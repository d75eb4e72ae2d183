use super::chart::stacked;
use super::job_table;
use super::matrix::{self, Matrix};
use super::process::{self, ProcessFile};
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::frame::{document, write_json};
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Fault, Faults, Format, Frame};
use libchar_history::ResultRow;
use libchar_litho::JobParameters;
use libchar_litho::fem::{
    self, Calibration, Interval, Model, PARAMETERS, Predicted, Seen, Settings, Trust, Values,
};
use libchar_litho::process::Process;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

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

/// Share of a chi2 distribution below which a fit or a wafer counts as off.
const LEAST_P: f64 = 0.01;

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
        Some(file) => check(args, ctx, &matrix, &model, &file),
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

/// Root mean square of measured less modelled widths over rows, and how many they are.
fn rms(matrix: &Matrix, predicted: &[Predicted], rows: &[usize]) -> (Option<f64>, usize) {
    let off: Vec<f64> = rows
        .iter()
        .filter_map(|&i| match (matrix.points[i].seen, predicted[i]) {
            (Seen::Width(width), Predicted::Line(cd, _)) => Some(width - cd),
            _ => None,
        })
        .collect();
    let mean = off.iter().map(|d| d * d).sum::<f64>() / off.len().max(1) as f64;
    ((!off.is_empty()).then(|| mean.sqrt()), off.len())
}

/// The error on one pitch of a fit to all others.
struct LeftOut {
    pitch_nm: f64,
    rmse_nm: Option<f64>,
    bias_nm: Option<f64>,
    rows: usize,
}

fn leave_one_pitch_out(matrix: &Matrix, model: &Model, settings: &Settings) -> Vec<LeftOut> {
    let pitches: BTreeSet<u64> = matrix.points.iter().map(|p| p.pitch_nm.to_bits()).collect();
    if pitches.len() < 2 {
        return Vec::new();
    }
    let mut pitches: Vec<f64> = pitches.into_iter().map(f64::from_bits).collect();
    pitches.sort_by(f64::total_cmp);
    pitches
        .par_iter()
        .map(|&pitch_nm| {
            let own = |i: &usize| matrix.points[*i].pitch_nm == pitch_nm;
            let others: Vec<usize> = matrix.fit.iter().copied().filter(|i| !own(i)).collect();
            let rows: Vec<usize> = (0..matrix.points.len()).filter(|i| own(i)).collect();
            let Ok(fit) = fem::calibrate(model, &matrix.points, &others, settings) else {
                return LeftOut { pitch_nm, rmse_nm: None, bias_nm: None, rows: 0 };
            };
            let predicted = model.predict(&matrix.points, &fit.values);
            let (rmse_nm, rows_seen) = rms(matrix, &predicted, &rows);
            let sum: f64 = rows
                .iter()
                .filter_map(|&i| match (matrix.points[i].seen, predicted[i]) {
                    (Seen::Width(width), Predicted::Line(cd, _)) => Some(cd - width),
                    _ => None,
                })
                .sum();
            let bias_nm = rmse_nm.map(|_| sum / rows_seen.max(1) as f64);
            LeftOut { pitch_nm, rmse_nm, bias_nm, rows: rows_seen }
        })
        .collect()
}

/// All that is said of a fit.
struct Judged {
    fit: Calibration,
    trust: Trust,
    intervals: Vec<Interval>,
    p_value: Option<f64>,
    fit_rmse_nm: Option<f64>,
    held_out: (Option<f64>, usize),
    pitches: Vec<LeftOut>,
    warnings: Vec<String>,
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
    let kept: Vec<usize> = rows.iter().copied().collect();
    let p_value = settings
        .sigma_known
        .then(|| fem::chi2_p_value(found.chi2, found.degrees_of_freedom))
        .flatten();
    let mut judged = Judged {
        intervals,
        p_value,
        fit_rmse_nm: rms(matrix, &predicted, &kept).0,
        held_out: rms(matrix, &predicted, &matrix.held_out),
        pitches: leave_one_pitch_out(matrix, model, &settings),
        warnings: Vec::new(),
        trust,
        fit: found,
    };
    judged.warnings = warnings(matrix, &predicted, &judged, args.max_dropped);
    let file = process_file(args, &judged, template)?;
    if let Some(output) = &args.output {
        ctx.write(output, toml::to_string(&file)?.as_bytes())?;
    }
    if let Some(picture) = &args.picture {
        ctx.write(picture, residuals(matrix, &predicted).as_bytes())?;
    }
    print(ctx, matrix, &judged, &file)?;
    record(ctx, &judged);
    for warning in &judged.warnings {
        ctx.log.warning("calibrate", warning);
    }
    say(ctx, matrix, &judged);
    Ok(Outcome::found(judged.warnings.len()))
}

/// What a reader must know before the numbers are used.
fn warnings(matrix: &Matrix, predicted: &[Predicted], j: &Judged, max: f64) -> Vec<String> {
    let mut warnings = Vec::new();
    let fit = &j.fit;
    if !fit.converged {
        warnings.push("the fit did not converge".to_owned());
    }
    if let Some(p) = j.p_value.filter(|p| *p < LEAST_P) {
        let reduced = fit.chi2 / fit.degrees_of_freedom as f64;
        warnings.push(format!(
            "the model does not explain the widths: chi2 {reduced:.2} per degree of freedom, p {p:.1e}: sigmas are too small, or the optics or free parameters are not those of the fab"
        ));
    }
    if fit.outliers.len() > fit.dropped.len() {
        warnings.push(format!(
            "{} of the widths are outliers, more than {max} %: none was dropped; look at the residuals, or allow it with --max-dropped",
            fit.outliers.len()
        ));
    }
    for &k in &fit.at_limit {
        warnings.push(format!("{} ended on the limit of its range", PARAMETERS[k]));
    }
    for pair in &j.trust.strong {
        warnings.push(format!(
            "{} and {} are hardly told apart: correlation {:.3}",
            pair.a, pair.b, pair.correlation
        ));
    }
    if !j.trust.weak.is_empty() {
        let direction: Vec<String> = fit
            .free
            .iter()
            .zip(&j.trust.null_direction)
            .filter(|(_, share)| share.abs() > 0.2)
            .map(|(&k, share)| format!("{share:+.2} {}", PARAMETERS[k]))
            .collect();
        warnings.push(format!(
            "{} cannot be told from these data with the others free; the data say least of {} (each in units of its own error)",
            j.trust.weak.join(", "),
            direction.join(" ")
        ));
    }
    let unseen = (0..matrix.points.len())
        .filter(|&i| matches!(matrix.points[i].seen, Seen::Width(_)))
        .filter(|&i| predicted[i] == Predicted::Nothing)
        .count();
    if unseen > 0 {
        warnings.push(format!("{unseen} points with a measured width do not print in the model"));
    }
    warnings
}

/// What was read and left out: no findings, but nothing is silent.
fn say(ctx: &Context, matrix: &Matrix, j: &Judged) {
    if matrix.blank > 0 {
        let message = format!(
            "{} points without a width say nothing, for `printed` does not tell whether they printed; --blanks-did-not-print uses them",
            matrix.blank
        );
        let unknown = matrix.points.iter().any(|p| p.seen == Seen::Unknown);
        if unknown {
            ctx.log.info("blank_widths", message);
        }
    }
    if !j.fit.dropped.is_empty() {
        let lines: Vec<String> =
            j.fit.dropped.iter().map(|&i| matrix.table.line(i).to_string()).collect();
        ctx.log.info("dropped", format!("dropped as outliers: lines {}", lines.join(", ")));
    }
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

fn record(ctx: &Context, j: &Judged) {
    let status = if j.warnings.is_empty() { "ok" } else { "doubtful" };
    ctx.journal.results(j.fit.free.iter().map(|&k| ResultRow {
        point: None,
        measure: PARAMETERS[k].to_owned(),
        value: Some(j.fit.values[k]),
        unit: None,
        status: status.to_owned(),
    }));
    let rmse = j.held_out.0.into_iter();
    ctx.journal.results(rmse.map(|v| ResultRow::value("held_out_rmse_nm", v, Some("nm"))));
}

fn print(ctx: &Context, matrix: &Matrix, j: &Judged, file: &ProcessFile) -> Result<()> {
    let columns = ["parameter", "value", "standard_error", "low", "high", "note"];
    let mut frame = Frame::new("libchar.litho-calibrate", 1, columns);
    let fit = &j.fit;
    for (k, name) in PARAMETERS.iter().enumerate() {
        let place = fit.free.iter().position(|f| *f == k);
        let error = place.and_then(|i| j.trust.standard_errors[i]);
        let interval = place.map(|i| j.intervals[i]);
        let note = match place {
            None => "fixed",
            Some(_) if fit.at_limit.contains(&k) => "on its limit",
            Some(_) if j.trust.weak.contains(name) => "not told by these data",
            Some(_) => "",
        };
        frame.push(vec![
            (*name).into(),
            fit.values[k].into(),
            error.into(),
            interval.and_then(|i| i.low).into(),
            interval.and_then(|i| i.high).into(),
            note.into(),
        ]);
    }
    if !matches!(ctx.format(), Format::Json | Format::Jsonl) {
        ctx.print(&frame)?;
        let per = fit.chi2 / fit.degrees_of_freedom as f64;
        let p = j.p_value.map_or("not known without sigmas".to_owned(), |p| format!("{p:.3}"));
        let error = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.3} nm"));
        let mut text = format!(
            "chi2 {per:.3} per degree of freedom ({} of them), p {p}; rms {} of the fit, {} on {} rows held out",
            fit.degrees_of_freedom,
            error(j.fit_rmse_nm),
            error(j.held_out.0),
            j.held_out.1
        );
        for left in &j.pitches {
            text.push_str(&format!(
                "; pitch {} left out: {} (mean {})",
                left.pitch_nm,
                error(left.rmse_nm),
                error(left.bias_nm)
            ));
        }
        ctx.log.info("calibrate", text);
        return Ok(());
    }
    let names = |list: &[usize]| list.iter().map(|&k| PARAMETERS[k]).collect::<Vec<_>>();
    let lines = |list: &[usize]| list.iter().map(|&i| matrix.table.line(i)).collect::<Vec<_>>();
    let parameters: Vec<Value> = fit
        .free
        .iter()
        .enumerate()
        .map(|(i, &k)| {
            json!({
                "parameter": PARAMETERS[k],
                "value": fit.values[k],
                "standard_error": j.trust.standard_errors[i],
                "low": j.intervals[i].low,
                "high": j.intervals[i].high,
            })
        })
        .collect();
    let pitches: Vec<Value> = j
        .pitches
        .iter()
        .map(|l| {
            json!({ "pitch_nm": l.pitch_nm, "rmse_nm": l.rmse_nm, "bias_nm": l.bias_nm, "rows": l.rows })
        })
        .collect();
    let body = json!({
        "process": file.process,
        "optics": file.optics,
        "parameters": parameters,
        "correlation": { "names": names(&fit.free), "matrix": j.trust.correlation },
        "condition": Some(j.trust.condition).filter(|c| c.is_finite()),
        "null_direction": j.trust.null_direction,
        "strong_correlations": j.trust.strong,
        "weak_parameters": j.trust.weak,
        "at_limit": names(&fit.at_limit),
        "rows": matrix.points.len(),
        "fitted_rows": matrix.fit.len() - fit.dropped.len(),
        "blank_rows": matrix.blank,
        "dropped_lines": lines(&fit.dropped),
        "outlier_lines": lines(&fit.outliers),
        "sigma_known": matrix.sigma_known,
        "sigma_scale": fit.scale,
        "chi2": fit.chi2,
        "degrees_of_freedom": fit.degrees_of_freedom,
        "p_value": j.p_value,
        "fit_rmse_nm": j.fit_rmse_nm,
        "held_out_rmse_nm": j.held_out.0,
        "held_out_rows": j.held_out.1,
        "leave_one_pitch_out": pitches,
        "warnings": j.warnings,
    });
    let mut out = ctx.stdout();
    write_json(&mut out, &document("libchar.litho-calibrate", 1, body))?;
    Ok(out.flush()?)
}

/// A new wafer against a known process.
fn check(
    args: &Calibrate,
    ctx: &Context,
    matrix: &Matrix,
    model: &Model,
    file: &ProcessFile,
) -> Result<Outcome> {
    let values = Values::from(&file.process);
    let all: Vec<usize> = (0..matrix.points.len()).collect();
    let predicted = model.predict(&matrix.points, &values);
    let off: Vec<f64> = all
        .iter()
        .filter_map(|&i| match (matrix.points[i].seen, predicted[i]) {
            (Seen::Width(width), Predicted::Line(cd, _)) => {
                Some((width - cd) / matrix.points[i].sigma_nm)
            }
            _ => None,
        })
        .collect();
    if off.is_empty() {
        let message = format!("{}: no measured width that the process prints", matrix.table.file);
        return Err(Usage(message).into());
    }
    let chi2: f64 = off.iter().map(|r| r * r).sum();
    let (rmse, rows) = rms(matrix, &predicted, &all);
    // What moved: dose (through the threshold) and focus, the two that a tool drifts by, all else held.
    let settings = Settings {
        free: vec![0, 2],
        fixed: values,
        most_dropped: args.max_dropped / 100.0,
        sigma_known: matrix.sigma_known,
    };
    let moved = fem::calibrate(model, &matrix.points, &all, &settings)
        .map_err(|why| Usage(format!("{}: {why}", matrix.table.file)))?;
    let trust = fem::identifiability(&moved);
    let p_value = matrix.sigma_known.then(|| fem::chi2_p_value(chi2, off.len())).flatten();
    let known_error = |k: usize| file.standard_errors.get(PARAMETERS[k]).copied().unwrap_or(0.0);
    let columns = ["what", "found", "expected", "error", "deviation", "differs"];
    let mut frame = Frame::new("libchar.litho-calibrate-check", 1, columns);
    let mut findings = 0;
    let mut push =
        |what: &str, found: f64, expected: Option<f64>, error: Option<f64>, bad: bool| {
            findings += usize::from(bad);
            let deviation = expected.zip(error).map(|(x, e)| (found - x) / e);
            let cells = vec![
                what.into(),
                found.into(),
                expected.into(),
                error.into(),
                deviation.into(),
                bad.into(),
            ];
            frame.push(cells);
        };
    for (i, k) in [(0, 0), (1, 2)] {
        let error = trust.standard_errors[i].map(|e| e.hypot(known_error(k)));
        let deviation = error.map_or(0.0, |e| (moved.values[k] - values[k]) / e);
        push(PARAMETERS[k], moved.values[k], Some(values[k]), error, deviation.abs() > 3.0);
    }
    let per = chi2 / off.len() as f64;
    let is_off = p_value.is_some_and(|p| p < LEAST_P);
    push("chi2_per_row", per, matrix.sigma_known.then_some(1.0), None, is_off);
    push("rmse_nm", rmse.unwrap_or(f64::NAN), None, None, false);
    ctx.print(&frame)?;
    if let Some(picture) = &args.picture {
        ctx.write(picture, residuals(matrix, &predicted).as_bytes())?;
    }
    ctx.journal.results([
        ResultRow::value("chi2_per_row", per, None),
        ResultRow::value("focus_offset_nm", moved.values[2], Some("nm")),
        ResultRow::value("e0_mj_cm2", moved.values[0], Some("mJ/cm2")),
    ]);
    let name = file.name.as_deref().unwrap_or("the process");
    let verdict = if findings > 0 { "differs from" } else { "agrees with" };
    ctx.log.info("check", format!("the wafer ({rows} widths) {verdict} {name}"));
    Ok(Outcome::found(findings))
}

/// Residuals against pitch, dose, focus and, where it varies, site.
fn residuals(matrix: &Matrix, predicted: &[Predicted]) -> String {
    let rows: Vec<(usize, f64)> = (0..matrix.points.len())
        .filter_map(|i| match (matrix.points[i].seen, predicted[i]) {
            (Seen::Width(width), Predicted::Line(cd, _)) => Some((i, width - cd)),
            _ => None,
        })
        .collect();
    let p = &matrix.points;
    let mut panels: Vec<(&str, Vec<f64>)> = vec![
        ("pitch (nm)", rows.iter().map(|r| p[r.0].pitch_nm).collect()),
        ("dose (mJ/cm2)", rows.iter().map(|r| p[r.0].dose_mj_cm2).collect()),
        ("focus (nm)", rows.iter().map(|r| p[r.0].focus_nm).collect()),
    ];
    if rows.iter().any(|r| p[r.0].site_x != p[0].site_x) {
        panels.push(("site_x", rows.iter().map(|r| p[r.0].site_x).collect()));
    }
    let charts: Vec<String> = panels
        .iter()
        .map(|(title, x)| {
            let mut chart = Chart::new(
                format!("Measured less modelled width against {title}"),
                Axis::linear(*title, x.iter().copied()),
                Axis::linear("residual (nm)", rows.iter().map(|r| r.1).chain([0.0])),
            );
            chart.level(0.0, "", "#666666");
            for (x, (_, off)) in x.iter().zip(&rows) {
                chart.dot(*x, *off, 2.5, PALETTE[0]);
            }
            chart.render()
        })
        .collect();
    stacked(&charts)
}
