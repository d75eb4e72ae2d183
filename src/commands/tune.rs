//! `tune`: finds the simulator options that keep every measure within a tolerance of a converged
//! simulation, with the least CPU time.

use super::run::engine;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::{domain, stage};
use anyhow::Result;
use clap::Args;
use libchar_campaign::choice;
use libchar_campaign::engine::Engine;
use libchar_campaign::presets::{self, Measured, Preset};
use libchar_campaign::settings;
use libchar_campaign::tune::{
    self, Bench, Choice, Ended, Plan, Sample, Study, Tolerances, percent,
};
use libchar_core::number::{parse_decimal, parse_spice};
use libchar_pvt::{Point, label};
use libchar_runner::Signals;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  libchar tune                                     CPU time and errors of simulator options, at five points
  libchar tune --tolerance 0.5% --name fast        write the cheapest within 0.5 % to presets.toml
  libchar run --preset fast                        use it; results and report then name the preset
  libchar tune --absolute ileak=1n                 ileak may err by 1 nA where it is about zero

Errors are differences from a converged simulation, which is itself verified by a tighter one. The chosen options are
verified at as many other points. Nothing is chosen silently: the deck as written is the default of every run.
Exit code 1: nothing is cheaper than the deck as written within the tolerance, or no simulation converges.";

/// Find the cheapest simulator options that keep every measure within a tolerance
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Tune {
    /// Largest error allowed for any measure, relative to the converged value
    #[arg(long, value_name = "ERROR", default_value = "0.1%", value_parser = relative)]
    tolerance: f64,
    /// Largest error allowed for a measure where it is about zero, in its unit; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = absolute)]
    absolute: Vec<(String, f64)>,
    /// Number of points, spread evenly, at which options are compared
    #[arg(long, value_name = "N", default_value_t = 5)]
    sample: usize,
    /// Number of other points at which the choice is verified [default: as many as the sample]
    #[arg(long, value_name = "N")]
    verify: Option<usize>,
    /// Only this point, by id or by a pattern with `*`; may be repeated
    #[arg(long, value_name = "ID")]
    point: Vec<String>,
    /// Only this corner; may be repeated
    #[arg(long, value_name = "NAME")]
    corner: Vec<String>,
    /// Write the choice to presets.toml under this name
    #[arg(long, value_name = "NAME", value_parser = name)]
    name: Option<String>,
    /// Number of cores to use; this many simulations at the same time if each takes one thread [default: run.jobs, else the cores]
    #[arg(short, long)]
    jobs: Option<usize>,
    /// Stop a simulation after this time, such as 30m [default: run.timeout]
    #[arg(long, value_name = "TIME", value_parser = libchar_core::duration::parse)]
    timeout: Option<Duration>,
    /// Print the points that would be simulated, and stop
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Parses `0.1%` or `0.001`.
fn relative(text: &str) -> Result<f64, String> {
    let value = match text.strip_suffix('%') {
        Some(percent) => parse_decimal(percent).map(|percent| percent / 100.0),
        None => parse_decimal(text),
    };
    let valid = value.filter(|value| *value > 0.0 && *value < 1.0);
    valid.ok_or_else(|| {
        "expected an error above 0 and below 100 %, such as 0.1% or 0.001".to_owned()
    })
}

/// Parses `NAME=VALUE`; names of measures are in lower case.
fn absolute(text: &str) -> Result<(String, f64), String> {
    let parts = text.split_once('=').map(|(name, value)| (name.trim(), parse_spice(value)));
    match parts {
        Some((name, Some(value))) if !name.is_empty() && value > 0.0 => {
            Ok((name.to_ascii_lowercase(), value))
        }
        _ => Err("expected a measure and a value above 0, such as ileak=1n".to_owned()),
    }
}

fn name(text: &str) -> Result<String, String> {
    match label::is_valid(text) {
        true => Ok(text.to_owned()),
        false => Err(format!("expected {}", label::EXPECTED)),
    }
}

pub fn run(args: Tune, ctx: &Context) -> Result<Outcome> {
    // Options are a concept of this program, which a validated core does not know.
    stage::timed("tune", ctx, || tune(&args, ctx))
}

fn tune(args: &Tune, ctx: &Context) -> Result<Outcome> {
    if args.sample == 0 {
        return Err(Usage("--sample takes 1 or more".to_owned()).into());
    }
    let points = domain::read_points(ctx)?;
    let config = domain::read_config(ctx)?;
    let sample = sample(args, &points)?;
    if args.dry_run {
        ctx.print(&sample.frame())?;
        return Ok(Outcome::Fine);
    }
    ctx.begin("tune", parameters(args));
    let _lock = ctx.lock(Path::new("."), "tune")?;
    if args.name.is_some() {
        // A fault of the file is reported before hours of simulation, not after them.
        presets::read(Path::new("."))?;
    }
    let signals = Signals::watch()?;
    let mut engine = engine::of(&config, &ctx.config, &signals)?;
    if let Some(timeout) = args.timeout {
        engine.timeout = timeout;
    }
    let tolerances =
        Tolerances { relative: args.tolerance, absolute: args.absolute.iter().cloned().collect() };
    let cores = settings::cores(args.jobs, &ctx.config);
    let heard = (&signals, ctx as _);
    let mut bench = Bench::new(&engine, &sample, &ctx.log.run_id, cores, heard)?;
    bench.files().for_each(|file| ctx.depends(file));
    let ended = study(ctx, &engine, &mut bench, &sample, tolerances);
    bench.close()?;
    report(args, ctx, &engine, &sample, ended?)
}

/// The points of the sample and those of the verification, from the points in the arguments.
fn sample(args: &Tune, points: &[Point]) -> Result<Sample> {
    let mut named: Vec<&Point> = points.iter().collect();
    choice::keep_named(&mut named, points, &args.point, &args.corner)?;
    if named.is_empty() {
        return Err(Usage("there is no point to simulate".to_owned()).into());
    }
    Ok(Sample::of(&named, args.sample, args.verify.unwrap_or(args.sample)))
}

fn study(
    ctx: &Context,
    engine: &Engine,
    bench: &mut Bench<'_>,
    sample: &Sample,
    tolerances: Tolerances,
) -> Result<Ended> {
    let bounds_steps = bench.can_bound_steps();
    let Some(plan) = Plan::of(&engine.name, &engine.simulator, bounds_steps)? else {
        let message = format!(
            "the description of {} has no [tune]: which options decide how exact and how fast it is",
            engine.name
        );
        return Err(Usage(message).into());
    };
    if !bench.has_measures() {
        return Err(Usage("the decks ask for no measure: nothing can be wrong".to_owned()).into());
    }
    if !bounds_steps {
        let message = "not every deck has a .tran whose step can be bounded: max_step is left out";
        ctx.log.warning("max_step", message);
    }
    ctx.announce()?;
    let say = |event: &str, message: String| ctx.log.info(event, message);
    Study { bench, sample, tolerances, plan, say: &say }.run()
}

/// Prints the table, reports the choice, and writes the preset.
fn report(
    args: &Tune,
    ctx: &Context,
    engine: &Engine,
    sample: &Sample,
    ended: Ended,
) -> Result<Outcome> {
    ctx.print(&tune::frame(&ended))?;
    {
        let mut metrics = ctx.metrics.borrow_mut();
        let help = "Sets of simulator options that were tried";
        metrics.gauge("libchar_tune_candidates", help, &[], ended.candidates.len() as f64);
        if let Some(choice) = &ended.choice {
            let help = "CPU time of the chosen options over that of the deck as written";
            metrics.gauge("libchar_tune_cpu_ratio", help, &[], choice.cpu_ratio);
        }
    }
    for reason in &ended.reasons {
        ctx.log.warning("tune", reason);
    }
    let Some(choice) = ended.choice else { return Ok(Outcome::Findings) };
    tell(&choice, ctx);
    match &args.name {
        Some(name) => {
            let preset = Preset {
                name: name.clone(),
                options: choice.options,
                measured: Some(Measured {
                    tolerance: args.tolerance,
                    simulator: engine.name.clone(),
                    version: engine.version.clone(),
                    cpu_ratio: choice.cpu_ratio,
                    points: sample.ids(&sample.tried()),
                    verified: sample.ids(&sample.verified()),
                    errors: choice.errors,
                }),
            };
            presets::write(Path::new("."), &preset)?;
            ctx.produces(Path::new(presets::FILE));
            ctx.log.info("preset", format!("{} has it as `{name}`", presets::FILE));
        }
        None => ctx.log.info("preset", "--name NAME writes it as a preset"),
    }
    Ok(Outcome::Fine)
}

/// Reports the chosen options with their cost and error.
fn tell(choice: &Choice, ctx: &Context) {
    let sample = choice.errors.values().map(|errors| errors.sample).fold(0.0, f64::max);
    let verified = choice.errors.values().filter_map(|errors| errors.verified);
    let verified = verified.reduce(f64::max).map(|e| format!(", {} at other points", percent(e)));
    let message = format!(
        "chosen: {}; {} of the CPU time of the deck as written, errors up to {}{}",
        choice.options,
        percent(choice.cpu_ratio),
        percent(sample),
        verified.unwrap_or_default(),
    );
    ctx.log.info("chosen", message);
}

fn parameters(args: &Tune) -> serde_json::Value {
    json!({
        "tolerance": args.tolerance,
        "absolute": args.absolute,
        "sample": args.sample,
        "verify": args.verify,
        "point": args.point,
        "corner": args.corner,
        "name": args.name,
        "jobs": args.jobs,
        "timeout_s": args.timeout.map(|t| t.as_secs_f64()),
    })
}

#[cfg(test)]
mod tests {
    use super::{absolute, name, relative};

    #[test]
    fn arguments_are_read_and_refused() {
        assert_eq!((relative("0.1%"), relative("1e-3")), (Ok(0.001), Ok(0.001)));
        assert_eq!(absolute("ILeak=1n"), Ok(("ileak".to_owned(), 1e-9)));
        for text in ["0", "-1%", "100%", "1k", ""] {
            assert!(relative(text).is_err(), "{text}");
        }
        for text in ["ileak", "=1n", "ileak=0", "ileak=x"] {
            assert!(absolute(text).is_err(), "{text}");
        }
        assert!(name("fast").is_ok() && name("a b").is_err());
    }
}
