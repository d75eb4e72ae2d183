use super::options::usage;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::arl::listing;
use libchar_spc::rules::{SETS, parse_rules};

/// List rules: what each looks for, and how often chance alone triggers it
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc rules                 every rule of every set
  libchar spc rules nelson,2of3@2.5 --format json

window_rate is the chance that a window of in-control points completes the rule. It is not the reciprocal of the run length,
because overlapping windows alarm in clusters: `libchar spc arl --rules n5` gives that.")]
pub struct Rules {
    /// Sets, members of sets, or custom patterns [default: all sets]
    rules: Option<String>,
}

pub fn run(args: &Rules, ctx: &Context) -> Result<Outcome> {
    let rules = match &args.rules {
        Some(text) => parse_rules(text).map_err(usage)?,
        None => SETS.iter().flat_map(|set| set.to_rules()).collect(),
    };
    ctx.print(&listing(&rules))?;
    Ok(Outcome::Fine)
}
