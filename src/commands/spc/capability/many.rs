//! Capability of many columns: one row each, whatever is wrong with a column.

use super::Capability;
use crate::commands::spc::options::{self, specifications, unfit};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use libchar_core::{Cell, Frame};
use libchar_spc::capability::Specification;
use libchar_spc::capability::table::{COLUMNS, Column, empty, judge};
use libchar_spc::chart::{Data, Design, Given, Kind};
use libchar_spc::convention::Convention;
use libchar_spc::data::{Groups, Prepared};
use libchar_spc::sigma::Estimator;
use serde_json::json;

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    if args.svg.is_some() {
        return Err(Usage("--svg is for one column, not for many".to_owned()).into());
    }
    let asked = specifications(ctx, args.spec.as_deref())?;
    let of_all = match &args.spec {
        Some(_) => None,
        None => Some(Specification::new(args.lsl, args.usl, args.target).map_err(options::usage)?),
    };
    let (design, given) = design(args)?;
    let judged = args.asked(design, given)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "spec": args.spec, "by": args.data.by, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let mut layout = args.data.layout();
    layout.columns.extend(asked.0.iter().map(|(column, _)| column.clone()));
    let groups = Groups::new(&layout, table, judged.design.chart)?;
    groups.left_out.iter().for_each(|note| ctx.log.info("columns", note));
    let with_group = !groups.by.is_empty();
    let names = with_group.then_some("group").into_iter().chain(COLUMNS);
    let mut frame = Frame::new("libchar.spc-capability-table", 1, names);
    let mut findings = 0;
    for item in groups.items(&layout, &source.bytes, &judged.design, false).map_err(refused)? {
        let name = item.columns.join(",");
        let Some(specification) = of_all.or_else(|| asked.of(&name).copied()) else {
            continue;
        };
        let one = Column { name, specification };
        let (row, found) = match &item.prepared {
            Ok(Prepared { data: Data::Measured(groups), skipped, .. }) => {
                judge(&judged, &one, groups, skipped.len(), args.min_cpk)
                    .map_err(|e| unfit(&source.name, e))?
            }
            Ok(_) => return Err(Usage("capability is of measurements".to_owned()).into()),
            Err(reason) => (empty(&one, 0, groups.table(&item).len(), None, reason), 1),
        };
        findings += found;
        let group = with_group.then(|| Cell::from(item.group.join(" ")));
        frame.push(group.into_iter().chain(row).collect());
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(findings))
}

/// How sigma is estimated, and what is given in its place.
fn design(args: &Capability) -> Result<(Design, Given)> {
    let convention = Convention::from(args.like);
    let grouped = args.data.subgroup.is_some() || args.data.subgroup_size.is_some_and(|n| n > 1);
    let mut design =
        Design { convention, ..Design::new(if grouped { Kind::XbarR } else { Kind::IMr }) };
    if grouped {
        design.estimator = Estimator::Pooled;
    }
    let mut given = Given::default();
    match args.sigma.as_deref().map(|text| (text, text.parse::<f64>())) {
        Some((_, Ok(sigma))) => given.sigma = Some(sigma),
        Some((name, Err(_))) => {
            design.estimator = Estimator::parse(name).map_err(options::usage)?
        }
        None => {}
    }
    Ok((design, given))
}
