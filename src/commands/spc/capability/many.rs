//! Capability of many columns: one row each, also for columns with faults.

use super::Capability;
use crate::commands::spc::options::{specifications, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use libchar_spc::capability::Specification;
use libchar_spc::data::Groups;
use libchar_spc::sigma::Estimator;
use serde_json::json;

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    if args.svg.is_some() {
        return Err(Usage("--svg is for one column, not for many".to_owned()).into());
    }
    let known = specifications(ctx, args.spec.as_deref())?;
    let of_all = match &args.spec {
        Some(_) => None,
        None => Some(Specification::new(args.lsl, args.usl, args.target).map_err(usage)?),
    };
    let mut layout = args.data.layout();
    let asked = args.asked(layout.has_subgroups().then_some(Estimator::Pooled))?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "spec": args.spec, "by": args.data.by, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    layout.columns.extend(known.0.iter().map(|(column, _)| column.clone()));
    let groups = Groups::new(&layout, table, asked.design.chart)?;
    groups.left_out.iter().for_each(|note| ctx.log.info("columns", note));
    let limits = |name: &str| of_all.or_else(|| known.of(name).copied());
    let file = (source.name.as_str(), source.bytes.as_slice());
    let judged = asked.table(&layout, &groups, file, &limits, args.min_cpk).map_err(refused)?;
    ctx.print(&judged.frame)?;
    Ok(Outcome::found(judged.findings))
}
