use super::process::ProcessArgs;
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::litho::job_table;
use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Cell, Fault, Faults, Format, Frame};
use libchar_history::ResultRow;
use libchar_litho::optimise::{FIELDS, Objective, Problem, Search, Solution, Term, Variable};
use rayon::prelude::*;
use serde_json::{Value, json};

const EXAMPLES: &str = "\
The first job sets the dose: its dose to size. With --bias-on-target the masks of the others are biased so that they print their
targets at that dose.

Examples:
  libchar litho-predict optimise -s wavelength_nm=248 -s pitch_nm=320 -s cd_nm=160 -s blur_nm=15 --vary na=0.5:0.8 --vary sigma=0.2:0.9 --nils-min 1.5
  libchar litho-predict optimise pitches.csv --vary sigma_in=0.2:0.85 --vary sigma_out=0.4:0.95 --ring-min 0.15 --bias-on-target --bias-limit 25
  libchar litho-predict optimise pitches.csv -s source=dipole --vary pole_center=0.3:0.85 --vary pole_radius=0.1:0.35 --pareto pareto.svg
  libchar litho-predict optimise pitches.csv -s assist_nm=20 --vary assist_nm=10:40 --vary dose=0.8:1.2 --objective weights --weight dof_nm=1 --weight nils=50
  libchar litho-predict optimise job.json --objective yield-risk --vary sigma=0.2:0.95 --vary mask_bias_nm=-25:25

Exit code 1: no setting keeps the limits.";

/// Search lens, source and mask bias for the largest common window or the least yield risk of a set of features
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Optimise {
    /// Features as jobs in CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every feature; without JOBS the fields make one
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Vary a field between two values: na, sigma, sigma_in, sigma_out, pole_center, pole_radius, pole_angle_deg, mask_bias_nm,
    /// assist_nm, assist_offset_nm, dose (in units of the first job's dose to size)
    #[arg(long, value_name = "FIELD=LOW:HIGH", value_parser = field, required = true)]
    vary: Vec<(String, String)>,
    /// What shall be best
    #[arg(long, default_value = "common-dof")]
    objective: Aim,
    /// Weight of a term, for the objective `weights`: dof_nm, el_pct, nils, meef, yield_risk; of several jobs the worst counts
    #[arg(long, value_name = "TERM=WEIGHT", value_parser = field, allow_hyphen_values = true)]
    weight: Vec<(String, String)>,
    /// Least NILS of every feature at best focus
    #[arg(long, value_name = "NILS")]
    nils_min: Option<f64>,
    /// Greatest mask error factor of every feature
    #[arg(long, value_name = "MEEF")]
    meef_max: Option<f64>,
    /// Bias the masks of all features but the first so that they print their targets at its dose
    #[arg(long)]
    bias_on_target: bool,
    /// Greatest such bias in nm
    #[arg(long, value_name = "NM", default_value_t = 20.0)]
    bias_limit: f64,
    /// Least width of a ring, sigma_out - sigma_in
    #[arg(long, value_name = "WIDTH", default_value_t = 0.05)]
    ring_min: f64,
    /// Greatest distance of a pole's outer edge from the axis
    #[arg(long, value_name = "SIGMA", default_value_t = 1.0)]
    pole_reach: f64,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    process: ProcessArgs,
    /// Draw depth of focus against latitude of all settings of the grid, and those that none betters in both, as SVG
    #[arg(long, value_name = "FILE")]
    pareto: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Aim {
    /// Greatest depth of focus that all features share
    CommonDof,
    /// Greatest exposure latitude at best focus that all features share
    CommonLatitude,
    /// Least of the greatest yield risk, by the spread of dose and focus
    YieldRisk,
    /// Greatest sum of weights times terms, see --weight
    Weights,
}

/// Starts that are refined.
const STARTS: usize = 6;

pub fn run(args: &Optimise, ctx: &Context) -> Result<Outcome> {
    let vary: Vec<String> = args.vary.iter().map(|(n, r)| format!("{n}={r}")).collect();
    ctx.begin("litho-predict optimise", json!({ "vary": vary, "seed": args.seed }));
    let problem = problem(args, ctx)?;
    let grid: Vec<Option<Solution>> =
        problem.grid().par_iter().map(|values| problem.evaluate(values)).collect();
    let peaks = problem.peaks(&grid);
    let refined: Vec<Solution> = peaks
        .par_iter()
        .take(STARTS)
        .enumerate()
        .map(|(i, start)| problem.refine(start, i as u64))
        .collect();
    let Some(search) = problem.conclude(grid, refined) else {
        let message = format!(
            "none of {} settings keeps the limits: widen the ranges, or loosen a limit",
            problem.grid().len()
        );
        ctx.log.warning("optimise", message);
        print_empty(ctx, &problem)?;
        return Ok(Outcome::Findings);
    };
    print(ctx, &problem, &search)?;
    if let Some(file) = &args.pareto {
        ctx.write(file, pareto(&search).as_bytes())?;
    }
    let limited = match search.best.limited_by.as_slice() {
        [] => "nothing but the optics limits it".to_owned(),
        list => format!("limited by {}", list.join(", ")),
    };
    let ends = match search.best.window_ends.as_slice() {
        [] => String::new(),
        ends => format!("; the window ends with {}", ends.join(", ")),
    };
    ctx.log.info(
        "optimise",
        format!(
            "{limited}{ends}; {} of {} settings of the grid keep the limits, {} come near",
            search.grid.len(),
            search.tried,
            search.near.len()
        ),
    );
    let variables = problem.variables.iter().zip(&search.best.values);
    ctx.journal.results(variables.map(|(v, value)| ResultRow::value(v.field, *value, None)));
    ctx.journal.results([ResultRow::value("objective", search.best.objective, None)]);
    Ok(Outcome::Fine)
}

fn problem(args: &Optimise, ctx: &Context) -> Result<Problem> {
    let mut faults = Vec::new();
    let mut variables: Vec<Variable> = Vec::new();
    for (name, range) in &args.vary {
        let Some(&field) = FIELDS.iter().find(|f| *f == name) else {
            faults
                .push(Fault::of("--vary", format!("unknown field `{name}`")).one_of(name, FIELDS));
            continue;
        };
        let ends = range.split_once(':').and_then(|(a, b)| {
            let number = |t: &str| t.trim().parse::<f64>().ok().filter(|v| v.is_finite());
            Some((number(a)?, number(b)?))
        });
        match ends.filter(|(low, high)| low < high) {
            Some((low, high)) if !variables.iter().any(|v| v.field == field) => {
                variables.push(Variable { field, low, high });
            }
            Some(_) => faults.push(Fault::of("--vary", format!("`{name}` varies twice"))),
            None => {
                let fault = Fault::of("--vary", format!("`{name}={range}`"));
                faults.push(fault.expected("FIELD=LOW:HIGH with LOW below HIGH"));
            }
        }
    }
    let weights = weights(args, &mut faults);
    Faults::or((), faults)?;
    if variables.len() > 5 {
        return Err(Usage(format!("{} fields vary: at most 5", variables.len())).into());
    }
    // A varied field may stand nowhere else: it starts inside its range. The dose is no field of a job's image.
    let mut set = args.set.clone();
    for v in variables.iter().filter(|v| v.field != "dose") {
        let share = match v.field {
            "sigma_in" | "pole_radius" => 0.05,
            "sigma_out" => 0.95,
            _ => 0.5,
        };
        set.push((v.field.to_owned(), (v.low + share * (v.high - v.low)).to_string()));
    }
    let jobs = match &args.jobs {
        None if !args.set.is_empty() => job_table::from_fields(&set)?,
        jobs => job_table::read_with(&ctx.read(jobs.as_deref().unwrap_or("-"))?, &set)?,
    };
    let jobs = args.process.run(ctx, jobs, false)?;
    Ok(Problem {
        features: jobs.into_iter().map(|named| named.job.parameters).collect(),
        variables,
        objective: match args.objective {
            Aim::CommonDof => Objective::CommonDof,
            Aim::CommonLatitude => Objective::CommonLatitude,
            Aim::YieldRisk => Objective::YieldRisk,
            Aim::Weights => Objective::Weights(weights),
        },
        nils_min: args.nils_min,
        meef_max: args.meef_max,
        bias_on_target: args.bias_on_target,
        bias_limit_nm: args.bias_limit,
        ring_min: args.ring_min,
        pole_reach_max: args.pole_reach,
        seed: args.seed,
    })
}

/// The weights of `--weight`, which go with the objective `weights`.
fn weights(args: &Optimise, faults: &mut Vec<Fault>) -> Vec<(Term, f64)> {
    let mut weights: Vec<(Term, f64)> = Vec::new();
    for (name, value) in &args.weight {
        let Some(term) = Term::ALL.into_iter().find(|term| term.name() == name) else {
            let fault = Fault::of("--weight", format!("unknown term `{name}`"));
            faults.push(fault.one_of(name, Term::ALL.map(Term::name)));
            continue;
        };
        match value.parse::<f64>().ok().filter(|v| v.is_finite() && *v != 0.0) {
            Some(_) if weights.iter().any(|(own, _)| *own == term) => {
                faults.push(Fault::of("--weight", format!("`{name}` is weighed twice")));
            }
            Some(weight) => weights.push((term, weight)),
            None => {
                let fault = Fault::of("--weight", format!("`{name}={value}`"));
                faults.push(fault.expected("TERM=WEIGHT with a number that is not 0"));
            }
        }
    }
    match (matches!(args.objective, Aim::Weights), args.weight.is_empty()) {
        (true, true) => {
            let fault = Fault::of("--objective", "`weights` without a weight");
            faults.push(fault.expected("--weight TERM=WEIGHT, such as --weight dof_nm=1"));
        }
        (false, false) => {
            let fault = Fault::of("--weight", "the objective weighs nothing");
            faults.push(fault.expected("--objective weights with it"));
        }
        _ => {}
    }
    weights
}

fn frame(problem: &Problem) -> Frame {
    let mut columns: Vec<&str> = vec!["kind"];
    columns.extend(problem.variables.iter().map(|v| v.field));
    columns.extend([
        "objective",
        "dof_nm",
        "el_pct",
        "dose_low",
        "dose_high",
        "limited_by",
        "window_ends",
    ]);
    Frame::new("libchar.litho-optimise", 1, columns)
}

fn push(frame: &mut Frame, kind: &str, s: &Solution) {
    let mut row: Vec<Cell> = vec![kind.into()];
    row.extend(s.values.iter().map(|v| Cell::from(*v)));
    row.extend([s.objective, s.dof_nm, s.el_pct].map(Cell::from));
    row.extend([s.dose_low, s.dose_high].map(Cell::from));
    row.push(s.limited_by.join(" | ").into());
    row.push(s.window_ends.join(" | ").into());
    frame.push(row);
}

fn print_empty(ctx: &Context, problem: &Problem) -> Result<()> {
    if !matches!(ctx.format(), Format::Json) {
        return ctx.print(&frame(problem));
    }
    let body = json!({
        "best": null, "local": [], "near": [], "feasible_points": 0,
        "grid_points": problem.grid().len(),
    });
    ctx.write_document("-", &document("libchar.litho-optimise", 1, body))
}

fn print(ctx: &Context, problem: &Problem, search: &Search) -> Result<()> {
    if !matches!(ctx.format(), Format::Json) {
        let mut frame = frame(problem);
        push(&mut frame, "best", &search.best);
        search.local.iter().for_each(|s| push(&mut frame, "local", s));
        search.near.iter().for_each(|s| push(&mut frame, "near", s));
        return ctx.print(&frame);
    }
    let one = |s: &Solution| -> Value {
        let values: serde_json::Map<String, Value> = problem
            .variables
            .iter()
            .zip(&s.values)
            .map(|(v, value)| (v.field.to_owned(), json!(value)))
            .collect();
        let mut document = json!(s);
        document["values"] = Value::Object(values);
        document
    };
    let body = json!({
        "best": one(&search.best),
        "local": search.local.iter().map(one).collect::<Vec<_>>(),
        "near": search.near.iter().map(one).collect::<Vec<_>>(),
        "grid_points": search.tried,
        "feasible_points": search.grid.len(),
    });
    ctx.write_document("-", &document("libchar.litho-optimise", 1, body))
}

/// Every setting of the grid by latitude and depth, and the front that none betters in both.
fn pareto(search: &Search) -> String {
    let mut points: Vec<(f64, f64)> = search.grid.iter().map(|s| (s.el_pct, s.dof_nm)).collect();
    points.push((search.best.el_pct, search.best.dof_nm));
    let mut sorted = points.clone();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let mut front: Vec<(f64, f64)> = Vec::new();
    for p in sorted {
        if front.last().is_none_or(|last| p.1 > last.1) {
            front.push(p);
        }
    }
    let mut chart = Chart::new(
        "Depth of focus against latitude: every setting, and those that none betters in both",
        Axis::linear("exposure latitude at best focus (%)", points.iter().map(|p| p.0)),
        Axis::linear("depth of focus (nm)", points.iter().map(|p| p.1)),
    );
    for (x, y) in &points {
        chart.dot(*x, *y, 2.0, PALETTE[5]);
    }
    chart.line(&front, PALETTE[1], 2.0);
    chart.dot(search.best.el_pct, search.best.dof_nm, 5.0, PALETTE[1]);
    chart.render()
}
