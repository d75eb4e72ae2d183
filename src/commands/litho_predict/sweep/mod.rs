//! Jobs over ranges of fields.

mod fem;

use super::chart::stacked;
use super::process::ProcessArgs;
use super::simulate::field;
use super::simulator::Answer;
use super::simulators;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::{NamedJob, job_table};
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Cell, Fault, Faults, Frame};
use libchar_history::ResultRow;
use libchar_litho::bossung::Bossung;
use libchar_litho::outputs::Outputs;
use libchar_litho::record::FIELDS;
use libchar_litho::{JobFault, JobParameters};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict sweep -s wavelength_nm=193 -s na=0.75 -s cd_nm=130 -s sigma=0.6 --over pitch_nm=260:800:28
  libchar litho-predict sweep jobs.csv --over na=0.6,0.65,0.7 --over sigma=0.3:0.9:13 --curve el.svg
  libchar litho-predict sweep -s wavelength_nm=193 -s na=0.75 -s cd_nm=130 -s sigma=0.6 --over pitch_nm=260:800:28 --share-dose --curve proximity.svg
  libchar litho-predict sweep jobs.csv --fem --over pitch_nm=260,390,520 --el-dof common.svg
  libchar litho-predict sweep jobs.csv --fem --dose 0.8:1.2:9 --focus=-400:400:21 --bossung bossung.svg
  libchar litho-predict sweep jobs.csv --fem --dose 20:30:11 --process fab.toml --el-dof window.svg

FROM:TO:N are N values from FROM to TO, both ends included. With --fem all jobs share the dose of the first: doses are in units of
its dose to size, or in mJ/cm2 with --process.";

/// Simulate jobs over ranges of fields, or their widths over dose and focus
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Sweep {
    /// Jobs as CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every job; without JOBS the fields make one job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Sweep a field over FROM:TO:N or A,B,C; several options make a grid
    #[arg(long, value_name = "FIELD=RANGE", value_parser = field)]
    over: Vec<(String, String)>,
    #[command(flatten)]
    process: ProcessArgs,
    /// Print widths over dose and focus instead
    #[arg(long)]
    fem: bool,
    /// Doses of the matrix [default: 0.8:1.2:9]
    #[arg(long, value_name = "RANGE", requires = "fem")]
    dose: Option<String>,
    /// Distances from best focus in nm [default: 21 over 1.5 lambda/NA2]
    #[arg(long, value_name = "RANGE", requires = "fem", allow_hyphen_values = true)]
    focus: Option<String>,
    /// Where the best focus of a job stands on the focus scale of all, in nm, as mask topography shifts it
    #[arg(long, value_name = "JOB=NM", requires = "fem", value_parser = field, allow_hyphen_values = true)]
    focus_shift: Vec<(String, String)>,
    /// Draw width against focus, one line a dose and one panel a job, as SVG
    #[arg(long, value_name = "FILE", requires = "fem")]
    bossung: Option<String>,
    /// Draw latitude against depth of focus, of each job and of all together, as SVG
    #[arg(long, value_name = "FILE", requires = "fem")]
    el_dof: Option<String>,
    /// Expose all points with the dose to size of the first, so that widths differ through pitch [default: each with its own]
    #[arg(long, requires = "over", conflicts_with = "fem")]
    share_dose: bool,
    /// Draw NILS, latitude, depth of focus and CD against the first swept field as SVG
    #[arg(long, value_name = "FILE", requires = "over", conflicts_with = "fem")]
    curve: Option<String>,
}

/// Most jobs of one sweep: more is a slip of the pen.
const MOST: usize = 1_000_000;

/// The values of FROM:TO:N or A,B,C.
fn values(option: &str, text: &str) -> Result<Vec<f64>> {
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|v| v.is_finite());
    let parts: Vec<&str> = text.split(':').collect();
    let found = match parts.as_slice() {
        [_] => text.split(',').map(number).collect::<Option<Vec<f64>>>(),
        [from, to, count] => match (number(from), number(to), count.trim().parse::<usize>()) {
            (Some(a), Some(b), Ok(n)) if (1..=MOST).contains(&n) => {
                let share = |i: usize| i as f64 / (n.max(2) - 1) as f64;
                Some((0..n).map(|i| a * (1.0 - share(i)) + b * share(i)).collect())
            }
            _ => None,
        },
        _ => None,
    };
    found.ok_or_else(|| {
        let fault = Fault::of(option, format!("`{text}`"));
        Faults::from(fault.expected("FROM:TO:N, or numbers with commas between")).into()
    })
}

pub fn run(args: &Sweep, ctx: &Context) -> Result<Outcome> {
    let over: Vec<String> = args.over.iter().map(|(n, r)| format!("{n}={r}")).collect();
    ctx.begin("litho-predict sweep", json!({ "over": over, "fem": args.fem }));
    if !args.fem && args.over.is_empty() {
        let message = "nothing to sweep: name a field with --over, or --fem for dose and focus";
        return Err(Usage(message.to_owned()).into());
    }
    if args.fem { fem::run(args, ctx) } else { fields(args, ctx) }
}

/// The jobs; a swept field stands in at its first value, so that a job may lack it.
fn jobs(args: &Sweep, ctx: &Context, set: &[(String, String)]) -> Result<Vec<NamedJob>> {
    match &args.jobs {
        None if !set.is_empty() => Ok(job_table::from_fields(set)?),
        jobs => Ok(job_table::read_with(&ctx.read(jobs.as_deref().unwrap_or("-"))?, set)?),
    }
}

/// One swept field and its values, as they stand in files.
struct Swept {
    field: String,
    texts: Vec<String>,
}

fn axes(args: &Sweep) -> Result<Vec<Swept>> {
    let mut faults = Vec::new();
    let mut axes = Vec::new();
    for (name, range) in &args.over {
        let Some((_, kind, _)) = FIELDS.iter().find(|f| f.0 == name) else {
            let fault = Fault::of("--over", format!("unknown field `{name}`"));
            faults.push(fault.one_of(name, FIELDS.iter().map(|f| f.0)));
            continue;
        };
        let texts = match kind {
            libchar_litho::record::FieldKind::Number => {
                values("--over", range)?.iter().map(|v| format!("{v}")).collect()
            }
            _ => range.split(',').map(|v| v.trim().to_owned()).collect(),
        };
        if axes.iter().any(|a: &Swept| a.field == *name) {
            faults.push(Fault::of("--over", format!("`{name}` is swept twice")));
        }
        axes.push(Swept { field: name.clone(), texts });
    }
    Ok(Faults::or(axes, faults)?)
}

/// Every job at every point of the grid, or why a point cannot be.
struct Grid {
    axes: Vec<Swept>,
    base: Vec<NamedJob>,
    points: Vec<(usize, Vec<usize>)>,
    named: Vec<Result<NamedJob, String>>,
}

fn grid(args: &Sweep, ctx: &Context) -> Result<Grid> {
    let axes = axes(args)?;
    let mut set = args.set.clone();
    for axis in &axes {
        set.push((axis.field.clone(), axis.texts.first().cloned().unwrap_or_default()));
    }
    let base = jobs(args, ctx, &set)?;
    let count = axes.iter().map(|a| a.texts.len()).product::<usize>() * base.len();
    if count > MOST {
        return Err(Usage(format!("{count} jobs: at most {MOST} in one sweep")).into());
    }
    let mut points: Vec<(usize, Vec<usize>)> = (0..base.len()).map(|i| (i, Vec::new())).collect();
    for axis in &axes {
        points = points
            .into_iter()
            .flat_map(|(job, at)| {
                (0..axis.texts.len()).map(move |i| (job, at.iter().copied().chain([i]).collect()))
            })
            .collect();
    }
    let named = points.par_iter().map(|(job, at)| point(&base[*job], &axes, at)).collect();
    Ok(Grid { axes, base, points, named })
}

/// Says how many points cannot be; returns the number.
fn tell_impossible(ctx: &Context, named: &[Result<NamedJob, String>]) -> usize {
    let impossible: Vec<&String> = named.iter().filter_map(|p| p.as_ref().err()).collect();
    if let Some(first) = impossible.first() {
        let message =
            format!("{} of {} points cannot be, the first: {first}", impossible.len(), named.len());
        ctx.log.warning("impossible", message);
    }
    impossible.len()
}

/// The jobs with the threshold that prints the first one's target, in place of one of their own.
fn at_dose_of_first(jobs: Vec<NamedJob>) -> Result<Vec<NamedJob>> {
    let Some(threshold) = jobs.first().map(|j| Bossung::new(&j.job, 0.0).threshold()) else {
        return Ok(jobs);
    };
    let mut faults = Vec::new();
    let mut shared = Vec::new();
    for named in jobs {
        let mut parameters = named.job.parameters.clone();
        parameters.threshold = Some(threshold);
        match parameters.check() {
            Ok(job) => shared.push(NamedJob { id: named.id, job }),
            Err(found) => faults.extend(found.into_iter().map(|f| {
                let what = format!("{}: `{}`: {}", named.id, f.field, f.found);
                Fault::of("--share-dose", what).expected(f.expected)
            })),
        }
    }
    Ok(Faults::or(shared, faults)?)
}

fn fields(args: &Sweep, ctx: &Context) -> Result<Outcome> {
    let Grid { axes, base, points, named } = grid(args, ctx)?;
    let sound: Vec<NamedJob> =
        named.iter().filter_map(|p| p.as_ref().ok()).map(NamedJob::clone).collect();
    let sound = args.process.run(ctx, sound, true)?;
    let sound = if args.share_dose { at_dose_of_first(sound)? } else { sound };
    let mut answers = simulators::of_name("physics", ctx)?.simulate(&sound)?.into_iter();
    let mut frame = Frame::new("libchar.litho-sweep", 1, columns(&axes));
    let mut answered: Vec<Option<Answer>> = Vec::new();
    for ((job, at), point) in points.iter().zip(&named) {
        let answer = point.is_ok().then(|| answers.next()).flatten();
        let mut row: Vec<Cell> = vec![base[*job].id.as_str().into()];
        row.extend(axes.iter().zip(at).map(|(axis, &i)| cell(&axis.texts[i])));
        let o = answer.as_ref().map(|a| a.outputs).unwrap_or_default();
        let status = match (point, o.printing) {
            (Err(_), _) => "impossible",
            (Ok(_), Some(printing)) => printing.name(),
            (Ok(_), None) => "unknown",
        };
        let window = answer.as_ref().and_then(|a| a.detail.as_ref()).map(|d| &d.window);
        row.push(status.into());
        let results = [o.cd_nm, o.nils, o.contrast, o.el_pct, o.dof_nm, o.meef, o.ler3s_nm];
        row.extend(results.into_iter().chain([o.yield_risk]).map(Cell::from));
        row.push(window.and_then(|w| w.dose_low_at_dof).into());
        row.push(window.and_then(|w| w.dose_high_at_dof).into());
        frame.push(row);
        answered.push(answer);
    }
    ctx.print(&frame)?;
    leave_results(ctx, &base, &axes, &points, &answered);
    if let Some(file) = &args.curve {
        ctx.write(file, curves(&axes, &points, &answered).as_bytes())?;
    }
    let impossible = tell_impossible(ctx, &named);
    ctx.log.info("sweep", format!("{} points", points.len()));
    Ok(Outcome::found(impossible))
}

/// Points of which the results go into the history: a journal is no place for a large table.
const KEPT: usize = 2000;

/// Leaves results in the history; the point is the job with the values of the swept fields.
fn leave_results(
    ctx: &Context,
    base: &[NamedJob],
    axes: &[Swept],
    points: &[(usize, Vec<usize>)],
    answers: &[Option<Answer>],
) {
    if points.len() > KEPT {
        let message =
            format!("results of the first {KEPT} of {} points enter the history", points.len());
        ctx.log.info("history", message);
    }
    for ((job, at), answer) in points.iter().zip(answers).take(KEPT) {
        let fields =
            axes.iter().zip(at).map(|(axis, &i)| format!(" {}={}", axis.field, axis.texts[i]));
        let point = format!("{}{}", base[*job].id, fields.collect::<String>());
        let Some(o) = answer.as_ref().map(|a| a.outputs) else { continue };
        let values = [("nils", o.nils), ("el_pct", o.el_pct), ("dof_nm", o.dof_nm)];
        for (measure, value) in values.into_iter().chain([("cd_nm", o.cd_nm)]) {
            let Some(value) = value else { continue };
            let row = ResultRow::value(measure, value, super::report::unit_of(measure));
            ctx.journal.results([ResultRow { point: Some(point.clone()), ..row }]);
        }
    }
}

fn columns(axes: &[Swept]) -> Vec<String> {
    let results = [
        "printing",
        "cd_nm",
        "nils",
        "contrast",
        "el_pct",
        "dof_nm",
        "meef",
        "ler3s_nm",
        "yield_risk",
        "dose_low_at_dof",
        "dose_high_at_dof",
    ];
    // A swept field and a result may share a name: the field keeps it.
    let swept = |name: &str| axes.iter().any(|a| a.field == name);
    let own =
        |name: &&str| if swept(name) { format!("printed_{name}") } else { (*name).to_owned() };
    ["job_id".to_owned()]
        .into_iter()
        .chain(axes.iter().map(|a| a.field.clone()))
        .chain(results.iter().map(own))
        .collect()
}

fn cell(text: &str) -> Cell {
    text.parse::<f64>().map_or_else(|_| text.into(), Cell::from)
}

/// The job of one point of the grid, or why there is none.
fn point(base: &NamedJob, axes: &[Swept], at: &[usize]) -> Result<NamedJob, String> {
    let Ok(Value::Object(mut record)) = serde_json::to_value(&base.job.parameters) else {
        return Err("the job cannot be written".to_owned());
    };
    for (axis, &i) in axes.iter().zip(at) {
        record.insert(axis.field.clone(), JobParameters::cell(&axis.field, &axis.texts[i]));
    }
    let describe = |faults: Vec<JobFault>| {
        let text = |f: &JobFault| format!("{f}, expected {}", f.expected);
        faults.iter().map(text).collect::<Vec<_>>().join("; ")
    };
    let job = JobParameters::job_of(&record).map_err(describe)?;
    Ok(NamedJob { id: base.id.clone(), job })
}

/// Results against the first swept field; one line for each job and each value of the other fields.
fn curves(axes: &[Swept], points: &[(usize, Vec<usize>)], answers: &[Option<Answer>]) -> String {
    let x = |i: usize| axes[0].texts[i].parse::<f64>().unwrap_or(i as f64);
    // A line's key is its job and the levels of its other fields; its value the level of the first field and the row.
    let mut lines = BTreeMap::<_, Vec<(usize, usize)>>::new();
    for (row, (job, at)) in points.iter().enumerate() {
        lines.entry((*job, at[1..].to_vec())).or_default().push((at[0], row));
    }
    type Result = fn(&Outputs) -> Option<f64>;
    let results: [(&str, Result); 4] = [
        ("NILS", |o| o.nils),
        ("exposure latitude (%)", |o| o.el_pct),
        ("depth of focus (nm)", |o| o.dof_nm),
        ("CD (nm)", |o| o.cd_nm),
    ];
    let charts: Vec<String> = results
        .iter()
        .map(|(title, value)| {
            let of = |row: usize| {
                answers[row].as_ref().and_then(|a| value(&a.outputs)).unwrap_or(f64::NAN)
            };
            let mut chart = Chart::new(
                format!("{title} against {}", axes[0].field),
                Axis::linear(axes[0].field.as_str(), (0..axes[0].texts.len()).map(x)),
                Axis::linear(*title, (0..points.len()).map(of)),
            );
            for (i, line) in lines.values().enumerate() {
                let points: Vec<(f64, f64)> =
                    line.iter().map(|&(at, row)| (x(at), of(row))).collect();
                chart.line(&points, PALETTE[i % PALETTE.len()], 1.8);
            }
            chart.render()
        })
        .collect();
    stacked(&charts)
}
