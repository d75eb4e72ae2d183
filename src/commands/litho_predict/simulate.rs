use super::process::ProcessArgs;
use super::{lines, read_jobs, simulators};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told::{keep, measure, say};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::{NamedJob, answers, chart, job_table, report};
use libchar_core::Format;
use libchar_core::metrics::SECONDS;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict simulate jobs.csv                       one row of results per job
  libchar litho-predict simulate jobs.csv --format json         with images, windows, noise, signals
  libchar litho-predict simulate -s wavelength_nm=193 -s na=0.75 -s pitch_nm=260 -s cd_nm=130 -s sigma=0.7
  libchar litho-predict simulate jobs.csv --job dense --image image.svg --window window.svg
  libchar litho-predict simulate monday.csv tuesday.csv -o results   the results of each file, and one summary row per file
  libchar litho-predict simulate jobs.csv --simulator prolith   use the command of [litho.simulators.prolith]

Exit code 1: at least one job does not print; the column `printing` gives the reason.";

/// Compute image, process window, mask error, noise and yield of lithography jobs
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Simulate {
    /// Jobs as CSV, JSON or JSON lines [default: standard input]
    pub jobs: Option<String>,
    /// More files of jobs; prints a summary with one row per file, and -o writes the results of each
    #[arg(value_name = "JOBS", requires = "output")]
    pub more: Vec<String>,
    /// Write the results of each file into this folder, as NAME.json and NAME.csv
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Set a field of every job; without JOBS the fields make one job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    pub set: Vec<(String, String)>,
    #[command(flatten)]
    pub process: ProcessArgs,
    /// Answer with the quick formulas (Rayleigh, MTF) instead of the image
    #[arg(long, conflicts_with = "simulator")]
    quick: bool,
    /// Simulator: physics, synthetic, or one of [litho.simulators] [default: litho.simulator]
    #[arg(long, value_name = "NAME")]
    simulator: Option<String>,
    /// Add this many samples of the image over a pitch to the JSON output
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub samples: Option<u32>,
    /// Job that --image and --window draw [default: the first]
    #[arg(long, value_name = "ID")]
    pub job: Option<String>,
    /// Draw the image as SVG
    #[arg(long, value_name = "FILE")]
    pub image: Option<String>,
    /// Draw the process window as SVG
    #[arg(long, value_name = "FILE")]
    pub window: Option<String>,
}

/// Parses `FIELD=VALUE`.
pub fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected FIELD=VALUE, such as na=0.33")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

pub fn run(args: &Simulate, ctx: &Context) -> Result<Outcome> {
    let jobs = read_jobs(ctx, args.jobs.as_deref(), &args.set)?;
    let jobs = args.process.run(ctx, jobs, true)?;
    let chosen = args.chosen(&jobs)?;
    let (simulator, answers) = compute(args, ctx, &jobs)?;
    print(args, ctx, &simulator, &jobs, &answers)?;
    draw(args, ctx, &jobs[chosen], &answers[chosen])?;
    Ok(Outcome::found(tell(ctx, &jobs, &answers)))
}

/// Simulates all jobs and records the results; also returns the simulator's name.
pub fn compute(args: &Simulate, ctx: &Context, jobs: &[NamedJob]) -> Result<(String, Vec<Answer>)> {
    let name = match (&args.simulator, args.quick) {
        (Some(name), _) => name.as_str(),
        (None, true) => "synthetic",
        (None, false) => ctx.config.text("litho.simulator").unwrap_or("physics"),
    };
    let simulator = simulators::of_name(name, ctx)?;
    let setting: BTreeMap<&str, &str> =
        args.set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ctx.begin("litho-predict simulate", json!({ "simulator": name, "set": setting }));
    let answers = simulator.simulate(jobs)?;
    let seconds: Vec<f64> = answers.iter().map(|answer| answer.seconds).collect();
    let help = "Time of the simulator alone, by job";
    let name = "lto_simulation_duration_seconds";
    ctx.metrics.borrow_mut().histogram(name, help, &SECONDS, &seconds);
    measure(ctx, answers::metrics(jobs, &answers));
    keep(ctx, jobs.iter().zip(&answers).flat_map(|(job, answer)| report::results(job, answer)));
    Ok((simulator.name().to_owned(), answers))
}

/// Reports which jobs do not print and why, and counts them.
pub fn tell(ctx: &Context, jobs: &[NamedJob], answers: &[Answer]) -> usize {
    let (failing, notes) = answers::notes(jobs, answers);
    notes.into_iter().for_each(|note| say(ctx, note));
    failing
}

impl Simulate {
    /// The job in the charts. An unknown name is reported before anything is computed.
    fn chosen(&self, jobs: &[NamedJob]) -> Result<usize> {
        let Some(id) = &self.job else { return Ok(0) };
        let place = job_table::position(jobs, id)?;
        if self.image.is_none() && self.window.is_none() {
            let message = "`--job` chooses the job of `--image` and `--window`: name one of them";
            return Err(Usage(message.to_owned()).into());
        }
        Ok(place)
    }
}

fn print(
    args: &Simulate,
    ctx: &Context,
    simulator: &str,
    jobs: &[NamedJob],
    answers: &[Answer],
) -> Result<()> {
    let rows = || jobs.iter().zip(answers);
    let full = |(job, answer)| report::full(simulator, job, answer, args.samples);
    match ctx.format() {
        Format::Json => ctx.write_document("-", &report::document(simulator, rows(), args.samples)),
        Format::Jsonl => lines(ctx, rows().map(full)),
        Format::Table | Format::Csv => ctx.print(&report::flat(rows())),
    }
}

fn draw(args: &Simulate, ctx: &Context, named: &NamedJob, answer: &Answer) -> Result<()> {
    if args.image.is_none() && args.window.is_none() {
        return Ok(());
    }
    let Some(detail) = &answer.detail else {
        return Err(
            Usage("only the built-in physics has an image and a window to draw".into()).into()
        );
    };
    if let Some(file) = &args.image {
        ctx.write(file, chart::image(&named.id, &named.job, detail).as_bytes())?;
    }
    if let Some(file) = &args.window {
        ctx.write(file, chart::window(&named.id, &named.job, detail).as_bytes())?;
    }
    Ok(())
}
