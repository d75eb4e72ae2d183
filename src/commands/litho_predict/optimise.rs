use super::process::ProcessArgs;
use super::read_jobs;
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use crate::told::{keep, say};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::litho::optimise::{
    answer, asked, kept, nothing, pareto, search, sentence, start, table,
};
use libchar_litho::optimise::{Objective, Problem};
use serde_json::json;

const EXAMPLES: &str = "\
The dose is the dose to size of the first job. With --bias-on-target the masks of the others are biased so that they print their
targets at that dose.

Examples:
  libchar litho-predict optimise -s wavelength_nm=248 -s pitch_nm=320 -s cd_nm=160 -s blur_nm=15 --vary na=0.5:0.8 --vary sigma=0.2:0.9 --nils-min 1.5
  libchar litho-predict optimise pitches.csv --vary sigma_in=0.2:0.85 --vary sigma_out=0.4:0.95 --ring-min 0.15 --bias-on-target --bias-limit 25
  libchar litho-predict optimise pitches.csv -s source=dipole --vary pole_center=0.3:0.85 --vary pole_radius=0.1:0.35 --pareto pareto.svg
  libchar litho-predict optimise pitches.csv -s assist_nm=20 --vary assist_nm=10:40 --vary dose=0.8:1.2 --objective weights --weight dof_nm=1 --weight nils=50
  libchar litho-predict optimise job.json --objective yield-risk --vary sigma=0.2:0.95 --vary mask_bias_nm=-25:25

Exit code 1: no setting meets the limits.";

/// Search lens, source and mask bias for the largest common window or the least yield risk of a set of features
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Optimise {
    /// Features as jobs in CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every feature; without JOBS the fields make one feature
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Vary a field between two values: na, sigma, sigma_in, sigma_out, pole_center, pole_radius, pole_angle_deg, mask_bias_nm,
    /// assist_nm, assist_offset_nm, dose (in units of the first job's dose to size)
    #[arg(long, value_name = "FIELD=LOW:HIGH", value_parser = field, required = true)]
    vary: Vec<(String, String)>,
    /// Quantity to optimize
    #[arg(long, default_value = "common-dof")]
    objective: Aim,
    /// Weight of a term, for the objective `weights`: dof_nm, el_pct, nils, meef, yield_risk; the worst of several jobs counts
    #[arg(long, value_name = "TERM=WEIGHT", value_parser = field, allow_hyphen_values = true)]
    weight: Vec<(String, String)>,
    /// Least NILS allowed for every feature at best focus
    #[arg(long, value_name = "NILS")]
    nils_min: Option<f64>,
    /// Greatest mask error factor allowed for every feature
    #[arg(long, value_name = "MEEF")]
    meef_max: Option<f64>,
    /// Bias the masks of all features except the first, so that they print their targets at the dose of the first
    #[arg(long)]
    bias_on_target: bool,
    /// Greatest bias that --bias-on-target may use, in nm
    #[arg(long, value_name = "NM", default_value_t = 20.0)]
    bias_limit: f64,
    /// Least width allowed for a ring source, sigma_out - sigma_in
    #[arg(long, value_name = "WIDTH", default_value_t = 0.05)]
    ring_min: f64,
    /// Greatest distance allowed between a pole's outer edge and the axis
    #[arg(long, value_name = "SIGMA", default_value_t = 1.0)]
    pole_reach: f64,
    /// Seed of the search
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    process: ProcessArgs,
    /// Draw depth of focus against latitude of all settings of the grid, with the Pareto-optimal ones, as SVG
    #[arg(long, value_name = "FILE")]
    pareto: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Aim {
    /// Greatest depth of focus that all features share
    CommonDof,
    /// Greatest exposure latitude at best focus that all features share
    CommonLatitude,
    /// Smallest yield risk of the worst feature, from the spread of dose and focus
    YieldRisk,
    /// Greatest sum of weights times terms, see --weight
    Weights,
}

pub fn run(args: &Optimise, ctx: &Context) -> Result<Outcome> {
    let vary: Vec<String> = args.vary.iter().map(|(n, r)| format!("{n}={r}")).collect();
    ctx.begin("litho-predict optimise", json!({ "vary": vary, "seed": args.seed }));
    let problem = problem(args, ctx)?;
    let found = search(&problem);
    ctx.answer(|| answer(&problem, found.as_ref()), || table(&problem, found.as_ref()))?;
    let Some(search) = found else {
        say(ctx, nothing(&problem));
        return Ok(Outcome::Findings);
    };
    if let Some(file) = &args.pareto {
        ctx.write(file, pareto(&search).as_bytes())?;
    }
    ctx.log.info("optimise", sentence(&search));
    keep(ctx, kept(&problem, &search));
    Ok(Outcome::Fine)
}

fn problem(args: &Optimise, ctx: &Context) -> Result<Problem> {
    let weighs = matches!(args.objective, Aim::Weights);
    let (variables, weights) = asked(&args.vary, &args.weight, weighs).map_err(refused)?;
    let set = start(&args.set, &variables);
    // Varied fields alone do not make a job.
    let file = args.jobs.as_deref().or(args.set.is_empty().then_some("-"));
    let jobs = args.process.run(ctx, read_jobs(ctx, file, &set)?, false)?;
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
