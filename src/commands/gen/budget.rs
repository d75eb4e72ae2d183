//! `samples=auto:1%`: computes the number of samples from the present results.

use crate::commands::srt;
use crate::context::Context;
use anyhow::Result;
use libchar_campaign::samples::DRAWS;
use libchar_core::number::significant;
use libchar_core::{Fault, Faults};
use libchar_pvt::config::{self, Budget, Statistic};
use libchar_report::statistics::budget::{self, Decision, LAST};
use libchar_report::{FILE, Results};
use std::fs;

fn decision(of: Budget, ctx: &Context) -> Result<Decision> {
    let specs = srt::specs(ctx)?;
    let statistic = match of.of {
        Statistic::Mean => budget::Statistic::Mean,
        Statistic::Sd => budget::Statistic::Sd,
        Statistic::Yield => budget::Statistic::Yield,
    };
    if of.of == Statistic::Yield && !budget::has_limits(&specs) {
        let fault =
            Fault::of(config::FILE, "`samples` asks for a yield, and no measure has a limit");
        return Err(Faults::from(fault.expected("[specs.NAME] min or max in libchar.toml")).into());
    }
    let results = match fs::read(FILE) {
        Ok(bytes) => Results::parse(FILE, &bytes)?,
        Err(_) => Results::default(),
    };
    Ok(budget::decide(&results, &specs, statistic, of.tolerance))
}

/// The present number of samples of each point.
pub fn present() -> usize {
    let bytes = fs::read(DRAWS).unwrap_or_default();
    bytes.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1)
}

/// Whether the present results require another number of samples.
///
/// # Errors
/// Faults of the results or of the limits.
pub fn differs(of: Budget, ctx: &Context) -> Result<bool> {
    Ok(decision(of, ctx)?.samples != present())
}

/// The required number of samples, which is also reported with its reason.
///
/// # Errors
/// Faults of the results or of the limits.
pub fn decide(of: Budget, ctx: &Context) -> Result<usize> {
    let found = decision(of, ctx)?;
    let name = match of.of {
        Statistic::Mean => "mean",
        Statistic::Sd => "standard deviation",
        Statistic::Yield => "yield",
    };
    let percent = |part: f64| format!("{} %", significant(100.0 * part, 3));
    let (samples, wanted) = (found.samples, percent(of.tolerance));
    let Some((measure, point, half)) = &found.widest else {
        let what = if found.is_enough { "are enough" } else { "to begin with" };
        ctx.log.info("samples", format!("{samples} samples {what}, for {wanted} of the {name}"));
        return Ok(samples);
    };
    let half = percent(*half);
    let widest = format!(
        "the 95 % interval of the {name} of {measure} at {point} is +-{half}, +-{wanted} is asked for"
    );
    match (found.is_enough, samples) {
        (true, _) => ctx.log.info("samples", format!("{samples} samples are enough: {widest}")),
        (false, LAST) => {
            let message = format!("{samples} samples are the most that are taken: {widest}");
            ctx.log.warning("samples", message);
        }
        (false, _) => ctx.log.info("samples", format!("{samples} samples now: {widest}")),
    }
    Ok(samples)
}
