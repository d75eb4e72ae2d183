//! Limits of many charts in one file.

use super::super::baseline;
use super::super::chart::excluded_points;
use super::super::groups::Groups;
use super::{Limits, of_chart};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use libchar_spc::SpcError;
use libchar_spc::baseline::{Baselines, LeftOut, OfGroup, Provenance};
use libchar_spc::chart::Kind;
use serde_json::json;

pub fn run(args: &Limits, ctx: &Context) -> Result<Outcome> {
    let (design, given) = args.design.design()?;
    if design.chart == Kind::Run {
        return Err(Usage("a run chart has no limits to freeze".to_owned()).into());
    }
    if args.design.guarantee.is_some() {
        return Err(Usage("--guarantee is for one chart, not for many".to_owned()).into());
    }
    ctx.begin(
        "spc limits",
        json!({ "input": args.data.input, "design": design, "by": args.data.by }),
    );
    let is_deviation = args.design.is_deviation();
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let groups = Groups::new(&args.data, ctx, table, design.chart)?;
    let items = groups.items(&args.data, &source.bytes, &design, is_deviation)?;
    let sha256 = libchar_core::hash::sha256(&source.bytes);
    let mut found = Baselines { by: groups.by.clone(), ..Baselines::default() };
    let (mut stuck, mut left_points) = (0, 0);
    for item in items {
        let made = match &item.prepared {
            Ok(prepared) => {
                let excluded = excluded_points(&args.exclusion, groups.table(&item), prepared)?;
                left_points += excluded.len();
                let left_out = |i: &usize| excluded.iter().any(|point| point.point == i + 1);
                let kept: Vec<usize> = (0..prepared.data.len()).filter(|i| !left_out(i)).collect();
                let parameters = match excluded.is_empty() {
                    true => design.estimate(&prepared.data, &given),
                    false => design.estimate(&prepared.data.select(&kept), &given),
                };
                let provenance = Provenance {
                    input: source.name.clone(),
                    sha256: sha256.clone(),
                    lines: [prepared.lines.first(), prepared.lines.last()]
                        .map(|l| l.copied().unwrap_or(0)),
                    excluded,
                    replaces: None,
                };
                parameters
                    .map(|parameters| of_chart(args, prepared, &design, parameters, provenance))
                    .map_err(|error| {
                        stuck += usize::from(matches!(error, SpcError::ZeroVariance { .. }));
                        error.to_string()
                    })
            }
            Err(reason) => {
                stuck += 1;
                Err(reason.clone())
            }
        };
        let (group, columns) = (item.group, item.columns);
        match made {
            Ok(baseline) => found.baselines.push(OfGroup { group, baseline }),
            Err(reason) => found.left_out.push(LeftOut { group, columns, reason }),
        }
    }
    if !args.exclusion.exclude.is_empty() && left_points == 0 {
        return Err(Usage("--exclude names no point of any chart".to_owned()).into());
    }
    for left in &found.left_out {
        let name = format!("{} {}", left.columns.join(","), left.group.join(" "));
        ctx.log.warning("limits", format!("{}: no limits: {}", name.trim_end(), left.reason));
    }
    ctx.log.info("limits", format!("limits of {} charts", found.baselines.len()));
    let mut bytes = Vec::new();
    libchar_core::frame::write_json(&mut bytes, &baseline::document_of_many(&found))?;
    match args.force {
        true => ctx.replace(&args.output, &bytes)?,
        false => ctx.write(&args.output, &bytes)?,
    }
    Ok(Outcome::found(stuck))
}
