mod many;

use super::baseline;
use super::chart::{Exclusion, exclude, guaranteed, notes, warn_skipped};
use super::options::{DataArgs, DesignArgs, unfit};
use super::points::{self, Prepared};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_spc::baseline::{Baseline, Provenance, Replaced};
use libchar_spc::chart::{Design, Kind, Parameters};
use serde_json::json;

/// Compute limits from a stable period and freeze them as a baseline
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc limits march.csv -c tox_nm -o tox.json
  libchar spc chart april.csv -c tox_nm --baseline tox.json
  tail -f tool.csv | libchar spc watch - --baseline tox.json
  libchar spc limits fab.csv --columns '*_nm' --by tool,recipe -o fab.json    limits of many charts in one file

The baseline is a JSON document: chart, columns, design, centre, sigma, and where they come from. `spc chart` refuses it for
another column or chart. Nothing replaces a baseline without --force.")]
pub struct Limits {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    design: DesignArgs,
    #[command(flatten)]
    exclusion: Exclusion,
    /// Where to write the baseline
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
    /// Replace a baseline that exists
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Limits, ctx: &Context) -> Result<Outcome> {
    if args.data.stage.is_some() {
        return Err(Usage("a baseline is of one stage; cut the data first".to_owned()).into());
    }
    if args.data.is_many(args.design.kind().unwrap_or(Kind::IMr)) {
        return many::run(args, ctx);
    }
    let (mut design, given) = args.design.design()?;
    ctx.begin("spc limits", json!({ "input": args.data.input, "design": design }));
    let is_deviation = args.design.is_deviation();
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let prepared = points::shape(&args.data, &table, &source.bytes, &design, is_deviation)?;
    warn_skipped(ctx, &prepared);
    if design.chart == Kind::Run {
        return Err(Usage("a run chart has no limits to freeze".to_owned()).into());
    }
    let excluded = exclude(&args.exclusion, &table, &prepared)?;
    let mut notes = notes(&design, &args.data, &prepared);
    guaranteed(&mut design, args.design.guarantee, &prepared, Vec::new(), &mut notes)?;
    for note in &notes {
        ctx.log.warning("limits", note);
    }
    let left_out = |i: &usize| excluded.iter().any(|point| point.point == i + 1);
    let kept: Vec<usize> = (0..prepared.data.len()).filter(|i| !left_out(i)).collect();
    let fault = |error| unfit(&prepared.file, error);
    let parameters = match excluded.is_empty() {
        true => design.estimate(&prepared.data, &given),
        false => design.estimate(&prepared.data.select(&kept), &given),
    };
    let provenance = Provenance {
        input: source.name.clone(),
        sha256: libchar_core::hash::sha256(&source.bytes),
        lines: [
            prepared.lines.first().copied().unwrap_or(0),
            prepared.lines.last().copied().unwrap_or(0),
        ],
        excluded,
        replaces: replaced(args),
    };
    let parameters = parameters.map_err(fault)?;
    let baseline = of_chart(args, &prepared, &design, parameters, provenance);
    let mut bytes = Vec::new();
    libchar_core::frame::write_json(&mut bytes, &baseline::document(&baseline))?;
    match args.force {
        true => ctx.replace(&args.output, &bytes)?,
        false => ctx.write(&args.output, &bytes)?,
    }
    Ok(Outcome::Fine)
}

/// The baseline of one chart.
fn of_chart(
    args: &Limits,
    prepared: &Prepared,
    design: &Design,
    parameters: Parameters,
    provenance: Provenance,
) -> Baseline {
    let columns = prepared.columns.clone();
    let mut baseline = Baseline::new(columns, prepared.subgroup_size(), design.clone(), parameters);
    baseline.subgroup.clone_from(&args.data.subgroup);
    baseline.part.clone_from(&args.data.part);
    baseline.run.clone_from(&args.data.run);
    baseline.nominal.clone_from(&args.data.nominal);
    baseline.sample_size.clone_from(&args.data.sample_size);
    baseline.deviation = args.design.is_deviation();
    baseline.provenance = Some(provenance);
    baseline
}

/// The limits that stand in the output, where they are to be replaced.
fn replaced(args: &Limits) -> Option<Replaced> {
    if !args.force || args.output == "-" || !std::path::Path::new(&args.output).is_file() {
        return None;
    }
    // Not an input of this run: it is what the run replaces.
    let bytes = std::fs::read(&args.output).ok()?;
    let old = baseline::parse(&args.output, &bytes).ok()?.parameters;
    Some(Replaced { center: old.center, sigma: old.sigma, points: old.points })
}
