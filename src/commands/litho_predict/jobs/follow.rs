use super::super::registry::Store;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::follow;
use libchar_assurance::litho::record::SIGNALS;

/// What was predicted, simulated and measured
#[derive(Args)]
pub struct History {
    /// Print only these jobs
    jobs: Vec<String>,
    /// Print only these signals: results, cd_nm, and the trade-off signals
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    signals: Vec<String>,
    /// Take at most this many jobs, the newest ones
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
}

/// One signal from job to job
#[derive(Args)]
pub struct Trend {
    /// Name of the signal, such as dof_nm or overall_health
    signal: String,
    /// Take at most this many jobs, the newest ones
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Draw the trend as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

/// Prints one row per job and signal.
pub fn history(args: &History, ctx: &Context, store: &Store) -> Result<Outcome> {
    let signals: Vec<&str> = match args.signals.as_slice() {
        [] => SIGNALS.to_vec(),
        names => names.iter().map(|name| follow::signal(name)).collect::<Result<_, _>>()?,
    };
    // A job that does not exist is reported.
    for id in &args.jobs {
        store.registry.litho_job(id)?;
    }
    let mut entries = super::entries(store)?;
    entries.retain(|entry| args.jobs.is_empty() || args.jobs.contains(&entry.id));
    ctx.print(&follow::history(follow::newest(&entries, args.limit), &signals))?;
    Ok(Outcome::Fine)
}

/// Prints one row per job with a value of the signal, the oldest first.
pub fn trend(args: &Trend, ctx: &Context, store: &Store) -> Result<Outcome> {
    let name = follow::signal(&args.signal)?;
    let entries = follow::knowing(super::entries(store)?, name);
    let entries = follow::newest(&entries, args.limit);
    ctx.print(&follow::trend(entries, name))?;
    if let Some(file) = &args.svg {
        ctx.write(file, follow::picture(entries, name).as_bytes())?;
    }
    Ok(Outcome::Fine)
}
