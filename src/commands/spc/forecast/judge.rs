use super::super::model_file;
use super::super::options::unfit;
use super::fit::HistoryArgs;
use crate::context::Context;
use crate::exit::Outcome;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_core::table::columns::Na;
use libchar_spc::forecast::Judged;
use libchar_spc::run_table::Wanted;
use serde_json::json;

/// Judge a model on lives that it has not seen: discrimination, Brier skill, calibration table
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json --rows --format csv

With five lives or more, 95 % intervals are found by leaving out each life in turn: runs of one tool are not independent. Tools whose
healthy runs lie outside those of the fit are named: their predictions are extrapolations.")]
pub struct Judge {
    #[command(flatten)]
    history: HistoryArgs,
    /// Model file that `spc forecast fit` wrote
    #[arg(long, value_name = "FILE")]
    model: String,
    /// Print the predicted probability and the outcome of every run, in place of the verdict
    #[arg(long)]
    rows: bool,
}

pub fn run(args: &Judge, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc forecast judge",
        json!({ "history": args.history.table, "unit": args.history.unit, "model": args.model }),
    );
    let model = model_file::read(&args.model, ctx)?;
    let table = args.history.read(ctx)?;
    let columns = Wanted { features: &[], patterns: &[], ignore: &[], na: Na::Error };
    let tell = &mut |note| say(ctx, note);
    let lives = args.history.wanted(columns).lives(&table, &model.reference.features, tell)?;
    let judged = Judged::new(&model, &lives);
    judged.notes().into_iter().for_each(tell);
    let fault = |error| unfit(&table.file, error);
    if args.rows {
        ctx.print(&judged.runs().map_err(fault)?)?;
        return Ok(Outcome::Fine);
    }
    let verdict = judged.verdict().map_err(fault)?;
    ctx.answer(|| judged.document(&verdict), || verdict.frame())?;
    ctx.log.info("judge", judged.sentence(&verdict));
    Ok(Outcome::Fine)
}
