//! Capability of many columns: one row each, also for columns that cannot be judged.

use super::study::{Asked, Gate};
use super::{Index, Specification, capability};
use crate::chart::Data;
use crate::data::{Groups, Layout, Prepared};
use crate::describe::describe;
use crate::error::SpcError;
use crate::subgroup::Subgroups;
use libchar_core::{Cell, Frame, Refused};

/// Columns of the result, after the group.
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
struct Column {
    name: String,
    specification: Specification,
}

/// Judged columns of one or several groups.
pub struct Judged {
    /// One row per column and group that has limits.
    pub frame: Frame,
    /// Columns that cannot be judged, that are not stable or that fall short.
    pub findings: usize,
}

impl Asked {
    /// Judges every column of every group of a file by its limits; columns without limits are left
    /// out. `bytes` are the content of the file that the table was read from.
    ///
    /// # Errors
    /// Faults of the groups, columns that are not measurements, a process whose stability cannot be
    /// judged.
    pub fn table(
        &self,
        layout: &Layout,
        groups: &Groups,
        (file, bytes): (&str, &[u8]),
        limits: &dyn Fn(&str) -> Option<Specification>,
        min_cpk: Option<f64>,
    ) -> Result<Judged, Refused> {
        let with_group = !groups.by.is_empty();
        let names = with_group.then_some("group").into_iter().chain(COLUMNS);
        let mut frame = Frame::new("libchar.spc-capability-table", 1, names);
        let mut findings = 0;
        for item in groups.items(layout, bytes, &self.design, false)? {
            let name = item.columns.join(",");
            let Some(specification) = limits(&name) else { continue };
            let one = Column { name, specification };
            let (row, found) = match &item.prepared {
                Ok(Prepared { data: Data::Measured(groups), skipped, .. }) => {
                    judge(self, &one, groups, skipped.len(), min_cpk).map_err(|e| e.of(file))?
                }
                Ok(_) => return Err(Refused::usage("capability needs measurements")),
                Err(reason) => (empty(&one, 0, groups.table(&item).len(), None, reason), 1),
            };
            findings += found;
            let group = with_group.then(|| Cell::from(item.group.join(" ")));
            frame.push(group.into_iter().chain(row).collect());
        }
        Ok(Judged { frame, findings })
    }
}

/// The row of a column, and whether it is a finding.
///
/// # Errors
/// A process whose stability cannot be judged.
fn judge(
    asked: &Asked,
    one: &Column,
    groups: &Subgroups,
    missing: usize,
    min_cpk: Option<f64>,
) -> Result<(Vec<Cell>, usize), SpcError> {
    let n = groups.values().len();
    let mean = describe(groups.values()).map(|d| d.mean);
    let limits = &one.specification;
    let data = Data::Measured(groups.clone());
    let sigma =
        match asked.design.estimate(&data, &asked.given).map(|p| p.sigma.unwrap_or(f64::NAN)) {
            Ok(sigma) => sigma,
            Err(error) => return Ok((empty(one, n, missing, mean, &error.to_string()), 1)),
        };
    let found = match capability(groups, limits, sigma, asked.confidence, asked.design.convention) {
        Ok(found) => found,
        Err(error) => return Ok((empty(one, n, missing, mean, &error.to_string()), 1)),
    };
    let (ppk, ppm, mut reason) = match asked.others(groups, limits) {
        Ok(others) => match others.into_iter().next() {
            Some(first) => (Some(first.ppk), first.ppm, first.warning.unwrap_or_default()),
            None => (None, found.overall.expected_ppm, String::new()),
        },
        Err(error) => (None, found.overall.expected_ppm, error.to_string()),
    };
    let gate = Gate::of(&asked.design, &data, &asked.given, &asked.rules)?;
    if gate.events > 0 {
        let told = format!("not stable: {}", gate.fired.join(" "));
        reason = if reason.is_empty() { told } else { format!("{told}; {reason}") };
    }
    let judged = ppk.unwrap_or(found.within.worst.value);
    let short = min_cpk.is_some_and(|least| judged < least);
    let value = |index: Option<Index>| index.map(|index| index.value);
    let mut row = head(one, n, missing, Some(found.mean));
    row.extend([
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
    ]);
    Ok((row, usize::from(gate.events > 0) + usize::from(short)))
}

/// The cells that every column has: name, counts, limits and mean.
fn head(one: &Column, n: usize, missing: usize, mean: Option<f64>) -> Vec<Cell> {
    let limits = &one.specification;
    vec![
        one.name.as_str().into(),
        n.into(),
        missing.into(),
        limits.lsl.into(),
        limits.usl.into(),
        limits.target.into(),
        mean.into(),
    ]
}

/// The row of a column without indices, with the reason.
fn empty(one: &Column, n: usize, missing: usize, mean: Option<f64>, reason: &str) -> Vec<Cell> {
    let mut row = head(one, n, missing, mean);
    row.resize_with(COLUMNS.len() - 1, || Cell::Null);
    row.push(reason.into());
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::QuantileType;
    use crate::chart::{Design, Given, Kind};
    use crate::study::rules;
    use libchar_core::Table;

    fn asked() -> Asked {
        let design = Design::new(Kind::IMr);
        Asked {
            rules: rules("rule1", &design).unwrap(),
            design,
            given: Given::default(),
            confidence: 0.95,
            methods: Vec::new(),
            quantiles: QuantileType::Seven,
        }
    }

    fn row(values: &[f64], min_cpk: Option<f64>) -> (Vec<Cell>, usize) {
        let asked = asked();
        let specification = Specification::new(Some(0.0), Some(10.0), None).unwrap();
        let one = Column { name: "x".to_owned(), specification };
        let groups = Subgroups::individuals(values.to_vec()).unwrap();
        judge(&asked, &one, &groups, 2, min_cpk).unwrap()
    }

    fn cell(row: &[Cell], name: &str) -> Cell {
        row[COLUMNS.iter().position(|own| *own == name).unwrap()].clone()
    }

    #[test]
    fn a_column_is_a_row_and_what_falls_short_is_a_finding() {
        let values: Vec<f64> = (0..30).map(|i| 5.0 + f64::from(i * 7 % 5) * 0.3).collect();
        let (fine, findings) = row(&values, None);
        assert_eq!((fine.len(), findings), (COLUMNS.len(), 0));
        assert_eq!((cell(&fine, "n"), cell(&fine, "missing")), (30usize.into(), 2usize.into()));
        assert_eq!((cell(&fine, "stable"), cell(&fine, "reason")), (true.into(), Cell::Null));
        assert_eq!(row(&values, Some(99.0)).1, 1);
    }

    #[test]
    fn a_column_that_does_not_vary_or_is_not_stable_says_so() {
        let (stuck, findings) = row(&[5.0; 12], None);
        assert_eq!(
            (cell(&stuck, "cpk"), findings, cell(&stuck, "mean")),
            (Cell::Null, 1, 5.0.into())
        );
        assert!(cell(&stuck, "reason").json().as_str().unwrap().contains("do not vary"));
        let mut values: Vec<f64> = (0..30).map(|i| 5.0 + f64::from(i % 2) * 0.1).collect();
        values[20] = 20.0;
        let (jump, findings) = row(&values, None);
        assert!(
            findings == 1
                && cell(&jump, "reason").json().as_str().unwrap().starts_with("not stable: ")
        );
        assert_eq!(cell(&jump, "observed_beyond"), 1usize.into());
    }

    #[test]
    fn columns_with_limits_are_rows_group_by_group() {
        let row = |i: usize| format!("{},{},0.5,note\n", ["A", "B"][i % 2], 5 + i * 7 % 5);
        let csv = (0..40).fold("tool,x,y,z\n".to_owned(), |csv, i| csv + &row(i));
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let names = ["x", "y", "z"].map(str::to_owned);
        let by = vec!["tool".to_owned()];
        let layout = Layout { columns: names.to_vec(), by, ..Layout::default() };
        let groups = Groups::new(&layout, table, Kind::IMr).unwrap();
        let limits = Specification::new(Some(0.0), Some(10.0), None).unwrap();
        let of = |name: &str| (name != "y").then_some(limits);
        let file = ("t.csv", csv.as_bytes());
        let judged = asked().table(&layout, &groups, file, &of, None).unwrap();
        let told = String::from_utf8(judged.frame.to_csv()).unwrap();
        let heads: Vec<&str> = told.lines().map(|line| &line[..3]).collect();
        assert_eq!(heads, ["gro", "A,x", "A,z", "B,x", "B,z"]);
        // A column of text gets a row that says so, and is a finding.
        assert_eq!(judged.findings, 2);
        assert!(told.lines().nth(2).unwrap().starts_with("A,z,0,20,0,10,"), "{told}");
    }
}
