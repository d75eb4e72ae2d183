use super::assignment;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::data_format::Na;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::table::Header;
use libchar_core::{Faults, frame, hash, input};
use libchar_history::ResultRow;
use libchar_metrology::r2r::controller::{self, Controller};
use libchar_metrology::r2r::ledger::Ledger;
use libchar_metrology::r2r::shown::Shown;
use libchar_metrology::r2r::{rows, state_file};
use serde_json::json;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  libchar r2r step runs.csv --controller etch.toml --state etch-state.json
  libchar r2r step runs.csv --controller etch.toml --state etch-state.json --override time_s=61 --by ada --why 'new quartz'
  libchar r2r step runs.csv --controller etch.toml --state etch-state.json --dry-run --format json

Rows are runs in the order of time: a column that names the run, a column for each output (empty: not measured yet), and, if
the recipe can differ from the recommended one, a column for each input. Known rows change nothing, so the
whole file can be given each time; a measurement that arrives late completes its run.
Exit 1 when a bound keeps an output from its target, a measurement is overdue, or a value is not plausible.";

/// Compute the next recipe from the latest runs, with its reason and bounds
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Step {
    /// Runs as CSV, JSON or JSON lines, in the order of time [default: standard input]
    #[arg(default_value = "-")]
    data: String,
    /// Controller: law, targets, inputs with bounds and gains, as TOML
    #[arg(long, value_name = "FILE")]
    controller: String,
    /// State file of the controller; written when something new is known
    #[arg(long, value_name = "FILE")]
    state: String,
    /// Column that names the run
    #[arg(long, value_name = "COLUMN", default_value = "run")]
    run: String,
    /// Set the next recipe by hand, for one run
    #[arg(long = "override", value_name = "INPUT=VALUE", value_delimiter = ',', requires = "why", value_parser = |text: &str| assignment(text, "INPUT"))]
    set: Vec<(String, f64)>,
    /// Name of the person who sets the recipe [default: the user]
    #[arg(long, value_name = "NAME", requires = "set")]
    by: Option<String>,
    /// Reason for setting the recipe by hand
    #[arg(long, value_name = "TEXT", requires = "set")]
    why: Option<String>,
    /// Show the next recipe without writing the state file
    #[arg(long)]
    dry_run: bool,
    /// What to do with a cell that holds no number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    #[command(flatten)]
    format: DataFormat,
}

pub fn run(args: &Step, ctx: &Context) -> Result<Outcome> {
    ctx.begin("r2r step", json!({ "data": args.data, "controller": args.controller, "state": args.state, "override": args.set }));
    let source = ctx.read(&args.controller)?;
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let controller = controller::read(&source.name, text)?;
    let sha256 = hash::sha256(&source.bytes);
    let folder = Path::new(&args.state).parent().filter(|f| !f.as_os_str().is_empty());
    let _lock = match args.dry_run {
        true => None,
        false => Some(ctx.lock(folder.unwrap_or(Path::new(".")), "r2r step")?),
    };
    let before = args.read_state(&controller)?;
    let mut ledger = before.clone().unwrap_or_else(|| Ledger::new(&controller, &sha256));
    let table = args.format.read(ctx, &ctx.read(&args.data)?, Header::Required)?;
    let rows = rows::read(&table, &controller, &args.run, args.na.into())?;
    let news = ledger
        .take(&rows)
        .map_err(|conflicts| rows::faults(&table, &controller, &args.run, &conflicts))?;
    let is_other = ledger.controller_sha256 != sha256;
    if is_other {
        ledger.controller_sha256 = sha256;
        ctx.log.warning("r2r", "the controller's file has changed since: what is believed is computed anew from all runs");
    }
    let (beliefs, next) = ledger.recommend(&controller);
    if !args.set.is_empty() {
        args.set_aside(&controller, &mut ledger, &next.recipe)?;
    }
    ledger.next = ledger.pending().map_or(next.recipe.clone(), |o| o.recipe.clone());
    let is_changed = before.as_ref() != Some(&ledger);
    if is_changed && !args.dry_run {
        let mut bytes = Vec::new();
        frame::write_json(&mut bytes, &state_file::document(&ledger)?)?;
        ctx.replace(&args.state, &bytes)?;
    }
    let shown = Shown {
        controller: &controller,
        ledger: &ledger,
        beliefs: &beliefs,
        next: &next,
        news: &news,
        is_changed,
    };
    ctx.answer(|| shown.document(&args.controller), || shown.frame())?;
    let point = ledger
        .runs
        .last()
        .map_or("before the first run".to_owned(), |run| format!("after {}", run.run));
    ctx.journal.results(controller.inputs.iter().zip(&ledger.next).map(|(input, u)| ResultRow {
        point: Some(point.clone()),
        ..ResultRow::value(format!("{} next", input.name), *u, None)
    }));
    ctx.log.info("r2r", shown.news(args.dry_run));
    shown.strayed().iter().for_each(|told| ctx.log.warning("r2r", told));
    shown.reasons().iter().for_each(|reason| ctx.log.info("r2r", reason));
    let findings = shown.findings();
    findings.iter().for_each(|finding| ctx.log.warning("r2r", finding));
    Ok(Outcome::found(findings.len()))
}

impl Step {
    /// The stored state, if there is one. It is read without the context, which would otherwise
    /// refuse to write to a file that it has read.
    fn read_state(&self, controller: &Controller) -> Result<Option<Ledger>> {
        match std::fs::read(&self.state) {
            Ok(bytes) => Ok(Some(state_file::read(&self.state, &bytes, controller)?)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e).with_context(|| format!("cannot read {}", self.state)),
        }
    }

    fn set_aside(
        &self,
        controller: &Controller,
        ledger: &mut Ledger,
        recommended: &[f64],
    ) -> Result<()> {
        let why = self.why.as_deref().unwrap_or_default().trim();
        if why.is_empty() {
            return Err(
                Usage("--why is empty: state why the recipe is set by hand".to_owned()).into()
            );
        }
        let recipe = controller.by_hand(recommended, &self.set)?;
        let by = self.by.clone().unwrap_or_else(crate::who::name);
        ledger.set_aside(recommended, recipe, &by, why);
        Ok(())
    }
}
