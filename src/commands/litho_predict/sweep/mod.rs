//! Sweeps jobs over ranges of fields.

mod fem;

use super::process::ProcessArgs;
use super::simulate::field;
use super::{read_jobs, simulators};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::{keep, say};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::sweep::{Grid, at_dose_of_first, axes, curves};
use libchar_core::words::count;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict sweep -s wavelength_nm=193 -s na=0.75 -s cd_nm=130 -s sigma=0.6 --over pitch_nm=260:800:28
  libchar litho-predict sweep jobs.csv --over na=0.6,0.65,0.7 --over sigma=0.3:0.9:13 --curve el.svg
  libchar litho-predict sweep -s wavelength_nm=193 -s na=0.75 -s cd_nm=130 -s sigma=0.6 --over pitch_nm=260:800:28 --share-dose --curve proximity.svg
  libchar litho-predict sweep jobs.csv --fem --over pitch_nm=260,390,520 --el-dof common.svg
  libchar litho-predict sweep jobs.csv --fem --dose 0.8:1.2:9 --focus=-400:400:21 --bossung bossung.svg
  libchar litho-predict sweep jobs.csv --fem --dose 20:30:11 --process fab.toml --el-dof window.svg

FROM:TO:N are N values from FROM to TO, both ends included. With --fem all jobs share the dose of the first job: doses are in units of
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
    /// Sweep a field over FROM:TO:N or A,B,C; several such options form a grid
    #[arg(long, value_name = "FIELD=RANGE", value_parser = field)]
    over: Vec<(String, String)>,
    #[command(flatten)]
    process: ProcessArgs,
    /// Print a focus-exposure matrix instead: widths over dose and focus
    #[arg(long)]
    fem: bool,
    /// Doses of the matrix [default: 0.8:1.2:9]
    #[arg(long, value_name = "RANGE", requires = "fem")]
    dose: Option<String>,
    /// Distances from best focus in nm [default: 21 values from -1.5 to 1.5 lambda/NA2]
    #[arg(long, value_name = "RANGE", requires = "fem", allow_hyphen_values = true)]
    focus: Option<String>,
    /// Position of a job's best focus on the common focus scale, in nm, such as a shift by mask topography
    #[arg(long, value_name = "JOB=NM", requires = "fem", value_parser = field, allow_hyphen_values = true)]
    focus_shift: Vec<(String, String)>,
    /// Draw width against focus, with one line per dose and one panel per job, as SVG
    #[arg(long, value_name = "FILE", requires = "fem")]
    bossung: Option<String>,
    /// Draw exposure latitude against depth of focus, for each job and for all together, as SVG
    #[arg(long, value_name = "FILE", requires = "fem")]
    el_dof: Option<String>,
    /// Expose all points with the dose to size of the first, to get the proximity curve over pitch [default: each with its own]
    #[arg(long, requires = "over", conflicts_with = "fem")]
    share_dose: bool,
    /// Draw NILS, latitude, depth of focus and CD against the first swept field as SVG
    #[arg(long, value_name = "FILE", requires = "over", conflicts_with = "fem")]
    curve: Option<String>,
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

/// Makes the grid. A swept field has its first value in the base job, which therefore need not
/// contain it.
fn grid(args: &Sweep, ctx: &Context) -> Result<Grid> {
    let axes = axes(&args.over)?;
    let mut set = args.set.clone();
    for axis in &axes {
        set.push((axis.field.clone(), axis.texts.first().cloned().unwrap_or_default()));
    }
    Grid::new(axes, read_jobs(ctx, args.jobs.as_deref(), &set)?).map_err(refused)
}

/// Reports the number of points that are not valid, and returns it.
fn tell_impossible(ctx: &Context, grid: &Grid) -> usize {
    let (count, note) = grid.impossible();
    note.into_iter().for_each(|note| say(ctx, note));
    count
}

fn fields(args: &Sweep, ctx: &Context) -> Result<Outcome> {
    let grid = grid(args, ctx)?;
    let sound: Vec<NamedJob> =
        grid.named.iter().filter_map(|p| p.as_ref().ok()).map(NamedJob::clone).collect();
    let sound = args.process.run(ctx, sound, true)?;
    let sound = if args.share_dose { at_dose_of_first(sound)? } else { sound };
    let mut answers = simulators::of_name("physics", ctx)?.simulate(&sound)?.into_iter();
    let answered: Vec<Option<Answer>> =
        grid.named.iter().map(|point| point.is_ok().then(|| answers.next()).flatten()).collect();
    ctx.print(&grid.frame(&answered))?;
    grid.kept_note().into_iter().for_each(|note| say(ctx, note));
    keep(ctx, grid.kept(&answered));
    if let Some(file) = &args.curve {
        ctx.write(file, curves(&grid, &answered).as_bytes())?;
    }
    let impossible = tell_impossible(ctx, &grid);
    ctx.log.info("sweep", count(grid.points.len(), "point"));
    Ok(Outcome::found(impossible))
}
