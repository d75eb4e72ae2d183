//! Limits of many charts in one file.

use super::{Limits, write};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use libchar_core::hash::sha256;
use libchar_spc::chart::Kind;
use libchar_spc::data::Groups;
use libchar_spc::frozen::document_of_many;
use libchar_spc::limits::Asked;
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
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let layout = args.data.layout();
    let groups = Groups::new(&layout, table, design.chart)?;
    groups.left_out.iter().for_each(|note| ctx.log.info("columns", note));
    let asked = Asked {
        design,
        given,
        is_deviation: args.design.is_deviation(),
        exclude: args.exclusion.asked(),
        input: &source.name,
        sha256: sha256(&source.bytes),
    };
    let found = asked.of_many(&layout, &groups, &source.bytes).map_err(refused)?;
    for left in &found.set.left_out {
        let name = format!("{} {}", left.columns.join(","), left.group.join(" "));
        ctx.log.warning("limits", format!("{}: no limits: {}", name.trim_end(), left.reason));
    }
    ctx.log.info("limits", format!("limits of {} charts", found.set.baselines.len()));
    write(args, ctx, &document_of_many(&found.set))?;
    Ok(Outcome::found(found.stuck))
}
