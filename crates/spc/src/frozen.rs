//! Baseline files: frozen limits of one chart or of many, as JSON documents.

use crate::baseline::{Baseline, Baselines, OfGroup};
use crate::chart::{Design, Kind};
use crate::data::Layout;
use libchar_core::table::columns;
use libchar_core::{Fault, Faults, frame};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Name and version of the document for one chart.
pub const SCHEMA: (&str, u32) = ("libchar.spc-baseline", 1);
/// Name and version of the document for many charts.
pub const SET: (&str, u32) = ("libchar.spc-baselines", 1);

/// The document of a baseline.
pub fn document(baseline: &Baseline) -> Value {
    frame::document(SCHEMA.0, SCHEMA.1, json!(baseline))
}

/// The document of the baselines of many charts.
pub fn document_of_many(baselines: &Baselines) -> Value {
    frame::document(SET.0, SET.1, json!(baselines))
}

/// Reads a baseline from the bytes of a file.
///
/// # Errors
/// Anything that is not such a document, with its position.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Baseline, Faults> {
    let origin = "a baseline that `libchar spc limits` wrote";
    libchar_core::document::read(file, bytes, SCHEMA, origin)
}

/// Frozen limits of one chart or of many.
pub struct Frozen {
    set: Baselines,
    /// Index of the limits of a group and its columns.
    places: BTreeMap<(Vec<String>, Vec<String>), usize>,
}

/// Whether a file contains the limits of many charts.
pub fn is_set(bytes: &[u8]) -> bool {
    let head: Result<Head, _> = serde_json::from_slice(bytes);
    head.is_ok_and(|head| head.schema.name == SET.0)
}

#[derive(serde::Deserialize)]
struct Head {
    schema: Name,
}

#[derive(serde::Deserialize)]
struct Name {
    name: String,
}

/// Reads the limits of one chart or of many.
///
/// # Errors
/// As [`parse`], and a file without limits.
pub fn parse_any(file: &str, bytes: &[u8]) -> Result<Frozen, Faults> {
    let set: Baselines = match is_set(bytes) {
        true => {
            let origin = "baselines that `libchar spc limits` wrote";
            libchar_core::document::read(file, bytes, SET, origin)?
        }
        false => {
            let baseline = parse(file, bytes)?;
            let one = OfGroup { group: Vec::new(), baseline };
            Baselines { baselines: vec![one], ..Baselines::default() }
        }
    };
    let mut faults = Vec::new();
    if set.baselines.is_empty() {
        faults.push(Fault::of(file, "the file holds no limits"));
    }
    let mut places = BTreeMap::new();
    for (place, one) in set.baselines.iter().enumerate() {
        if one.group.len() != set.by.len() {
            let found = format!(
                "group {} has {} names for {} columns",
                place + 1,
                one.group.len(),
                set.by.len()
            );
            faults.push(Fault::of(file, found));
        }
        if let Err(error) = one.baseline.check(&one.baseline.columns, one.baseline.subgroup_size) {
            faults.push(Fault::of(file, error.to_string()));
        }
        if places.insert((one.group.clone(), one.baseline.columns.clone()), place).is_some() {
            let name = one.baseline.columns.join(",");
            faults.push(Fault::of(
                file,
                format!("`{name}` of group {} occurs twice", one.group.join(" ")),
            ));
        }
    }
    Faults::or(Frozen { set, places }, faults)
}

impl Frozen {
    /// The first of the limits. Limits that were written by one command all have the same design.
    pub fn first(&self) -> &Baseline {
        &self.set.baselines[0].baseline
    }

    /// Columns whose values define the groups.
    pub fn by(&self) -> &[String] {
        &self.set.by
    }

    /// All limits with their groups.
    pub fn all(&self) -> &[OfGroup] {
        &self.set.baselines
    }

    /// The limits of a group and its columns.
    pub fn of(&self, group: &[String], columns: &[String]) -> Option<&Baseline> {
        let key = (group.to_vec(), columns.to_vec());
        self.places.get(&key).map(|place| &self.set.baselines[*place].baseline)
    }

    /// Takes from the limits everything that the caller left open: groups, columns and subgroups.
    pub fn adopt(&self, args: &Layout) -> Layout {
        let mut adopted = args.clone();
        let names_none = adopted.columns.is_empty() && adopted.patterns.is_empty();
        if adopted.by.is_empty() {
            adopted.by.clone_from(&self.set.by);
        }
        if names_none {
            let mut columns: Vec<String> = Vec::new();
            for one in &self.set.baselines {
                for name in &one.baseline.columns {
                    if !columns.contains(name) {
                        columns.push(name.clone());
                    }
                }
            }
            adopted.columns = columns;
        }
        let columns = std::mem::take(&mut adopted.columns);
        let mut own = adopted.adopt(self.first());
        own.columns = columns;
        own
    }

    /// A sentence with the names of limits that no charted group and column uses; `None` if all are
    /// used.
    pub fn unused<'a>(
        &self,
        charted: impl Iterator<Item = (&'a Vec<String>, &'a Vec<String>)>,
    ) -> Option<String> {
        let used: BTreeSet<(&Vec<String>, &Vec<String>)> = charted.collect();
        let unused: Vec<String> = self
            .set
            .baselines
            .iter()
            .filter(|one| !used.contains(&(&one.group, &one.baseline.columns)))
            .map(|one| {
                format!("{} {}", one.baseline.columns.join(","), one.group.join(" "))
                    .trim()
                    .to_owned()
            })
            .collect();
        let names: Vec<&str> = unused.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| format!("limits without data: {}", columns::list(&names)))
    }
}

/// The design of frozen limits, and whether they are for deviations from nominal. Without limits,
/// returns `open`.
///
/// # Errors
/// Limits for another kind of chart than `asked`, as a fault of their file.
pub fn designed(
    limits: Option<&Baseline>,
    file: &str,
    asked: Option<Kind>,
    open: (Design, bool),
) -> Result<(Design, bool), Fault> {
    let Some(limits) = limits else { return Ok(open) };
    let made_for = limits.design.chart;
    match asked {
        Some(asked) if asked != made_for => {
            let found = format!("the baseline is for chart {}", made_for.name());
            Err(Fault::of(file, found).expected(format!("a baseline for chart {}", asked.name())))
        }
        _ => Ok((limits.design.clone(), limits.deviation)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Parameters;

    fn one(group: &[&str], column: &str) -> OfGroup {
        let parameters =
            Parameters { center: 1.0, sigma: Some(0.5), points: 9, ..Default::default() };
        let design = Design::new(Kind::IMr);
        let baseline = Baseline::new(vec![column.to_owned()], Some(1), design, parameters);
        OfGroup { group: group.iter().map(|text| (*text).to_owned()).collect(), baseline }
    }

    fn read(by: &[&str], baselines: Vec<OfGroup>) -> Result<Frozen, String> {
        let by = by.iter().map(|text| (*text).to_owned()).collect();
        let set = Baselines { by, baselines, ..Baselines::default() };
        let bytes = document_of_many(&set).to_string();
        parse_any("b.json", bytes.as_bytes()).map_err(|faults| faults.to_string())
    }

    #[test]
    fn one_chart_reads_as_a_set_of_one() {
        let written = document(&one(&[], "x").baseline).to_string();
        assert!(!is_set(written.as_bytes()));
        let frozen = parse_any("b.json", written.as_bytes()).unwrap();
        assert_eq!((frozen.all().len(), frozen.by().len()), (1, 0));
        assert_eq!(frozen.of(&[], &["x".to_owned()]), Some(frozen.first()));
        assert_eq!(frozen.of(&[], &["y".to_owned()]), None);
    }

    #[test]
    fn limits_are_found_by_group_and_those_without_data_are_named() {
        let frozen = read(&["tool"], vec![one(&["A"], "x"), one(&["B"], "x")]).unwrap();
        let (group, columns) = (vec!["A".to_owned()], vec!["x".to_owned()]);
        assert!(frozen.of(&group, &columns).is_some());
        let unused = frozen.unused([(&group, &columns)].into_iter());
        assert_eq!(unused.as_deref(), Some("limits without data: x B"));
        let layout = frozen.adopt(&Layout::default());
        assert_eq!((layout.by, layout.columns), (vec!["tool".to_owned()], columns));
    }

    #[test]
    fn a_set_that_contradicts_itself_is_refused() {
        let empty = read(&[], Vec::new()).map(drop).unwrap_err();
        assert_eq!(empty, "b.json: the file holds no limits");
        let names = read(&["tool"], vec![one(&[], "x")]).map(drop).unwrap_err();
        assert_eq!(names, "b.json: group 1 has 0 names for 1 columns");
        let twice = read(&["tool"], vec![one(&["A"], "x"), one(&["A"], "x")]).map(drop);
        assert_eq!(twice.unwrap_err(), "b.json: `x` of group A occurs twice");
    }

    #[test]
    fn frozen_limits_bring_their_design_and_are_of_one_kind_of_chart() {
        let mut limits = one(&[], "x").baseline;
        limits.deviation = true;
        let open = || (Design::new(Kind::XbarR), false);
        let of = |asked| designed(Some(&limits), "b.json", asked, open());
        assert_eq!(of(None).unwrap(), (Design::new(Kind::IMr), true));
        assert_eq!(of(Some(Kind::IMr)).unwrap().0.chart, Kind::IMr);
        let told = of(Some(Kind::Ewma)).unwrap_err().to_string();
        assert_eq!(
            told,
            "b.json: the baseline is for chart i-mr\n  expected a baseline for chart ewma"
        );
        assert_eq!(designed(None, "", Some(Kind::Ewma), open()).unwrap(), open());
    }
}
