//! Capability of many columns: one row each, whatever is wrong with a column.

use super::{Capability, Gate, others};
use crate::commands::spc::options::{self, specifications, unfit};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use libchar_core::{Cell, Frame};
use libchar_spc::SpcError;
use libchar_spc::capability::{Specification, capability};
use libchar_spc::chart::{Data, Design, Given, Kind};
use libchar_spc::convention::Convention;
use libchar_spc::data::{Groups, Prepared};
use libchar_spc::describe::describe;
use libchar_spc::rules::Rule;
use libchar_spc::sigma::Estimator;
use libchar_spc::study::rules;
use libchar_spc::subgroup::Subgroups;
use serde_json::json;

/// Columns of the result.
const COLUMNS: [&str; 24] = [
    "column",
    "n",
    "missing",
    "lsl",
    "usl",
    "target",
    "mean",
    "sigma_within",
    "sigma_overall",
    "cp",
    "cpk",
    "cpk_lower",
    "cpk_upper",
    "pp",
    "ppk",
    "ppk_method",
    "cpm",
    "cpm_deviations",
    "ppm_within",
    "ppm_overall",
    "observed_beyond",
    "stable",
    "events",
    "reason",
];

/// The limits of one column.
struct Asked {
    column: String,
    specification: Specification,
}

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
    let rules = rules(&args.rules, &design).map_err(refused)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "spec": args.spec, "by": args.data.by, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let mut layout = args.data.layout();
    layout.columns.extend(asked.0.iter().map(|(column, _)| column.clone()));
    let groups = Groups::new(&layout, table, design.chart)?;
    groups.left_out.iter().for_each(|note| ctx.log.info("columns", note));
    let with_group = !groups.by.is_empty();
    let names = with_group.then_some("group").into_iter().chain(COLUMNS);
    let mut frame = Frame::new("libchar.spc-capability-table", 1, names);
    let mut findings = 0;
    for item in groups.items(&layout, &source.bytes, &design, false).map_err(refused)? {
        let column = item.columns.join(",");
        let Some(specification) = of_all.or_else(|| asked.of(&column).copied()) else {
            continue;
        };
        let one = Asked { column, specification };
        let (row, found) = match &item.prepared {
            Ok(Prepared { data: Data::Measured(groups), skipped, .. }) => {
                judge(args, &one, groups, skipped.len(), &design, &given, &rules)
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

/// The row of a column, and whether it is a finding.
fn judge(
    args: &Capability,
    one: &Asked,
    groups: &Subgroups,
    missing: usize,
    design: &Design,
    given: &Given,
    rules: &[Rule],
) -> Result<(Vec<Cell>, usize), SpcError> {
    let n = groups.values().len();
    let mean = describe(groups.values()).map(|d| d.mean);
    let limits = &one.specification;
    let data = Data::Measured(groups.clone());
    let sigma = match design.estimate(&data, given).map(|p| p.sigma.unwrap_or(f64::NAN)) {
        Ok(sigma) => sigma,
        Err(error) => return Ok((empty(one, n, missing, mean, &error.to_string()), 1)),
    };
    let found = match capability(groups, limits, sigma, args.confidence, design.convention) {
        Ok(found) => found,
        Err(error) => return Ok((empty(one, n, missing, mean, &error.to_string()), 1)),
    };
    let (ppk, ppm, mut reason) = match others(args, groups, limits) {
        Ok(others) => match others.into_iter().next() {
            Some(first) => (Some(first.ppk), first.ppm, first.warning.unwrap_or_default()),
            None => (None, found.overall.expected_ppm, String::new()),
        },
        Err(error) => (None, found.overall.expected_ppm, error.to_string()),
    };
    let gate = Gate::of(design, &data, given, rules)?;
    if gate.events > 0 {
        let told = format!("not stable: {}", gate.fired.join(" "));
        reason = if reason.is_empty() { told } else { format!("{told}; {reason}") };
    }
    let judged = ppk.unwrap_or(found.within.worst.value);
    let short = args.min_cpk.is_some_and(|least| judged < least);
    let value = |index: Option<libchar_spc::capability::Index>| index.map(|index| index.value);
    let row: Vec<Cell> = vec![
        one.column.as_str().into(),
        n.into(),
        missing.into(),
        limits.lsl.into(),
        limits.usl.into(),
        limits.target.into(),
        found.mean.into(),
        found.sigma_within.into(),
        found.sigma_overall.into(),
        value(found.within.both).into(),
        found.within.worst.value.into(),
        found.within.worst.lower.into(),
        found.within.worst.upper.into(),
        value(found.overall.both).into(),
        found.overall.worst.value.into(),
        ppk.into(),
        value(found.cpm).into(),
        found.cpm_deviations.into(),
        found.within.expected_ppm.into(),
        ppm.into(),
        ((found.observed_ppm * n as f64 / 1e6).round() as usize).into(),
        (gate.events == 0).into(),
        gate.events.into(),
        (!reason.is_empty()).then_some(reason).into(),
    ];
    Ok((row, usize::from(gate.events > 0) + usize::from(short)))
}

/// A column without indices, and why.
fn empty(one: &Asked, n: usize, missing: usize, mean: Option<f64>, reason: &str) -> Vec<Cell> {
    let limits = &one.specification;
    let mut row: Vec<Cell> = vec![
        one.column.as_str().into(),
        n.into(),
        missing.into(),
        limits.lsl.into(),
        limits.usl.into(),
        limits.target.into(),
        mean.into(),
    ];
    row.resize_with(COLUMNS.len() - 1, || Cell::Null);
    row.push(reason.into());
    row
}
