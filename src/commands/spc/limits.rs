use super::baseline;
use super::chart::warn_skipped;
use super::options::{DataArgs, DesignArgs, unfit};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::Kind;
use serde_json::json;

/// Compute limits from a stable period and freeze them as a baseline
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc limits march.csv -c tox_nm -o tox.json
  libchar spc chart april.csv -c tox_nm --baseline tox.json
  tail -f tool.csv | libchar spc watch - --baseline tox.json

The baseline is a JSON document: chart, columns, design, centre and sigma. `spc chart` refuses it for another column
or chart.")]
pub struct Limits {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    design: DesignArgs,
    /// Where to write the baseline
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
}

pub fn run(args: &Limits, ctx: &Context) -> Result<Outcome> {
    if args.data.stage.is_some() {
        return Err(Usage("a baseline is of one stage; cut the data first".to_owned()).into());
    }
    let (design, given) = args.design.design()?;
    ctx.begin("spc limits", json!({ "input": args.data.input, "design": design }));
    let prepared = args.data.prepare(ctx, design.chart)?;
    warn_skipped(ctx, &prepared);
    let fault = |error| unfit(&prepared.file, error);
    let parameters = design.estimate(&prepared.data, given).map_err(fault)?;
    if design.chart == Kind::Run {
        return Err(Usage("a run chart has no limits to freeze".to_owned()).into());
    }
    let subgroup_size = prepared.subgroup_size();
    let baseline =
        Baseline { columns: prepared.columns.clone(), subgroup_size, design, parameters };
    ctx.write_document(&args.output, &baseline::document(&baseline))?;
    Ok(Outcome::Fine)
}
