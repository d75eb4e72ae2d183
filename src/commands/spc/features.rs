use super::runs::read;
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::{Outcome, Usage};
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_spc::features::table::{traces, wafers};
use libchar_spc::features::{self, Bands, catalogue, document, frame};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc features trace.csv > features.csv
  libchar spc features trace.csv --wafers wafers.csv --format json
  libchar spc features --list

The trace has one row per sample: `run`, `time_s`, `temp_c` or one `temp_ZONE_c` per zone, and any of `setpoint_c`, `pressure_pa`,
`o2_sccm`, `n2_sccm`, `alarm` (0 or 1). The wafers table has one row per wafer and run: `run`, and any of `lot`, `wafer`, `slot`,
`slots`, `started_at`, `lot_created_at` (times like 2026-01-31T08:00:00Z). What cannot be computed is left empty (null in JSON).";

/// Compute the 29 furnace features of every run from its trace
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Features {
    /// Trace of the furnace: CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    trace: String,
    /// Table of lots, wafers, slots and times of the runs, in the order in which they ran
    #[arg(long, value_name = "FILE")]
    wafers: Option<String>,
    /// Greatest distance from the setpoint that counts as soak, °C
    #[arg(long, value_name = "CELSIUS", default_value_t = 5.0)]
    soak_band: f64,
    /// Greatest distance from the peak that counts as peak, °C
    #[arg(long, value_name = "CELSIUS", default_value_t = 2.0)]
    peak_band: f64,
    /// What to do with samples that have cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    /// Print the features with group, unit and formula, and stop
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    rows: TimeColumn,
    #[command(flatten)]
    data_format: DataFormat,
}

pub fn run(args: &Features, ctx: &Context) -> Result<Outcome> {
    if args.list {
        ctx.print(&catalogue())?;
        return Ok(Outcome::Fine);
    }
    ctx.begin(
        "spc features",
        json!({
            "trace": args.trace, "wafers": args.wafers, "soak_band_c": args.soak_band,
            "peak_band_c": args.peak_band,
        }),
    );
    let table = args.rows.apply(ctx, read(ctx, &args.data_format, &args.trace)?)?;
    let found = traces(&table, args.na.into())?;
    found.notes().into_iter().for_each(|note| say(ctx, note));
    let items = match &args.wafers {
        Some(path) => wafers(&read(ctx, &args.data_format, path)?, &found.traces)?,
        None => found.items(),
    };
    let bands = Bands { soak_c: args.soak_band, peak_c: args.peak_band };
    let values = features::features(&found.traces, &items, bands)
        .map_err(|fault| Usage(format!("{}: {fault}", args.trace)))?;
    let rows = frame(&found.traces, &items, &values);
    ctx.answer(|| document(&rows), || rows.clone())?;
    Ok(Outcome::Fine)
}
