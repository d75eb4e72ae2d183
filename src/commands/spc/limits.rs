mod many;

use super::chart::{Exclusion, warn_skipped};
use super::options::{DataArgs, DesignArgs};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_core::frame::write_json;
use libchar_core::hash::sha256;
use libchar_spc::baseline::Replaced;
use libchar_spc::chart::Kind;
use libchar_spc::data::shape;
use libchar_spc::frozen;
use libchar_spc::limits::Asked;
use serde_json::{Value, json};

/// Compute limits from a stable period and freeze them as a baseline
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc limits march.csv -c tox_nm -o tox.json
  libchar spc chart april.csv -c tox_nm --baseline tox.json
  tail -f tool.csv | libchar spc watch - --baseline tox.json
  libchar spc limits fab.csv --columns '*_nm' --by tool,recipe -o fab.json    limits of many charts in one file

The baseline is a JSON document: chart, columns, design, centre, sigma, and where they come from. `spc chart` refuses it for
another column or chart. An existing baseline is replaced only with --force.")]
pub struct Limits {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    design: DesignArgs,
    #[command(flatten)]
    exclusion: Exclusion,
    /// File to write the baseline to, `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
    /// Replace an existing baseline
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Limits, ctx: &Context) -> Result<Outcome> {
    if args.data.stage.is_some() {
        return Err(Usage(
            "a baseline is computed for one stage; select its rows first".to_owned(),
        )
        .into());
    }
    if args.data.layout().is_many(args.design.kind().unwrap_or(Kind::IMr)) {
        return many::run(args, ctx);
    }
    let (design, given) = args.design.design()?;
    ctx.begin("spc limits", json!({ "input": args.data.input, "design": design }));
    let is_deviation = args.design.is_deviation();
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let layout = args.data.layout();
    let prepared = shape(&layout, &table, &source.bytes, &design, is_deviation).map_err(refused)?;
    warn_skipped(ctx, &prepared);
    if design.chart == Kind::Run {
        return Err(Usage("a run chart has no limits to freeze".to_owned()).into());
    }
    let asked = Asked {
        design,
        given,
        is_deviation,
        exclude: args.exclusion.asked(),
        input: &source.name,
        sha256: sha256(&source.bytes),
    };
    let (share, old, tell) = (args.design.guarantee, replaced(args), &mut |note| say(ctx, note));
    let baseline = asked.freeze(&layout, &table, &prepared, share, old, tell).map_err(refused)?;
    write(args, ctx, &frozen::document(&baseline))?;
    Ok(Outcome::Fine)
}

/// Writes the limits; a baseline is replaced only with --force.
fn write(args: &Limits, ctx: &Context, document: &Value) -> Result<()> {
    let mut bytes = Vec::new();
    write_json(&mut bytes, document)?;
    match args.force {
        true => ctx.replace(&args.output, &bytes),
        false => ctx.write(&args.output, &bytes),
    }
}

/// The limits in the output file, if they are to be replaced.
fn replaced(args: &Limits) -> Option<Replaced> {
    if !args.force || args.output == "-" || !std::path::Path::new(&args.output).is_file() {
        return None;
    }
    // The file is read without the context: it is not an input of this run, but what the run
    // replaces.
    let bytes = std::fs::read(&args.output).ok()?;
    let old = frozen::parse(&args.output, &bytes).ok()?.parameters;
    Some(Replaced { center: old.center, sigma: old.sigma, points: old.points })
}
