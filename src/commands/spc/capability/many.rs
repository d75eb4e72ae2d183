//! Capability of many columns: one row each, whatever is wrong with a column.

use super::{Capability, Gate, others};
use crate::commands::spc::columns::Na;
use crate::commands::spc::options::{self, unfit};
use crate::commands::spc::points;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use libchar_core::{Cell, Fault, Faults, Frame, Table};
use libchar_spc::SpcError;
use libchar_spc::capability::{Specification, capability};
use libchar_spc::chart::{Data, Design, Given, Kind};
use libchar_spc::convention::Convention;
use libchar_spc::describe::describe;
use libchar_spc::rules::Rule;
use libchar_spc::sigma::Estimator;
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

pub fn run(args: &Capability, file: &str, ctx: &Context) -> Result<Outcome> {
    let asked = specification(ctx, file)?;
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
    let rules = options::rules(&args.rules, &design)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "spec": file, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let missing = asked.iter().filter_map(|one| table.column(&one.column).err());
    Faults::or((), missing.collect())?;
    let mut frame = Frame::new("libchar.spc-capability-table", 1, COLUMNS);
    let mut findings = 0;
    for one in &asked {
        // A missing cell is a gap of its own column, and no reason to leave the others out.
        let mut data = args.data.clone();
        data.columns = vec![one.column.clone()];
        data.na = Na::Skip;
        let (row, found) = match points::of_table(&data, &table, &source.bytes, &design, false) {
            Ok(prepared) => match &prepared.data {
                Data::Measured(groups) => {
                    let missing = prepared.skipped.len();
                    judge(args, one, groups, missing, &design, &given, &rules)
                        .map_err(|e| unfit(&source.name, e))?
                }
                _ => return Err(Usage("capability is of measurements".to_owned()).into()),
            },
            Err(error) => (empty(one, 0, table.len(), None, &last_line(&error)), 1),
        };
        findings += found;
        frame.push(row);
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(findings))
}

fn last_line(error: &anyhow::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Reads the table of limits.
fn specification(ctx: &Context, file: &str) -> Result<Vec<Asked>> {
    let source = ctx.read(file)?;
    let table = Table::parse(&source.name, &source.bytes)?;
    let mut faults = Vec::new();
    let name = table.column("column").map_err(Faults::from)?;
    let known = ["column", "lsl", "usl", "target"];
    for column in table.columns.iter().filter(|column| !known.contains(&column.as_str())) {
        let fault =
            Fault::at(&table.file, table.header_line(), 0, format!("unknown column `{column}`"));
        faults.push(fault.one_of(column, known));
    }
    let mut asked = Vec::new();
    for row in 0..table.len() {
        let mut number = |column: &str| {
            let place = table.find_column(column)?;
            if table.cell(row, place).is_empty() {
                return None;
            }
            table.number(row, place).map_err(|fault| faults.push(fault)).ok()
        };
        let (lsl, usl, target) = (number("lsl"), number("usl"), number("target"));
        match Specification::new(lsl, usl, target) {
            Ok(specification) => {
                let column = table.cell(row, name).to_owned();
                asked.push(Asked { column, specification });
            }
            Err(error) => faults.push(table.row_fault(row, error.to_string())),
        }
    }
    Ok(Faults::or(asked, faults)?)
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
