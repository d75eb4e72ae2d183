//! Builds a report from results and limits.

use crate::creport::{Group, Limits, Preset, Report, Row};
use crate::results::{ResultRow, Results};
use crate::specs::{Spec, Specs};
use libchar_core::nearest::nearest;
use libchar_core::number::shortest;
use std::collections::{BTreeMap, BTreeSet};

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// The results do not have the typical point: its id, and the nearest one.
    UnknownTyp(String, Option<String>),
}

/// Groups the results by measure and alter, and adds the limits.
///
/// A measure that has a limit but no result becomes a group without rows, which is not judged. Of
/// `presets`, those that the results were simulated with are included.
pub fn build(
    results: &Results,
    specs: &Specs,
    presets: &[Preset],
    typ: Option<&str>,
) -> Result<Report, BuildError> {
    if let Some(typ) = typ {
        let points = || results.rows.iter().map(|row| row.point.as_str());
        if !points().any(|point| point == typ) {
            let near = nearest(typ, points()).map(str::to_owned);
            return Err(BuildError::UnknownTyp(typ.to_owned(), near));
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut places = BTreeMap::new();
    let is_axis = results.is_axis();
    let order: BTreeMap<&str, usize> = results.measures().into_iter().zip(0..).collect();
    for row in results.rows.iter().filter(|row| row.sample.is_none()) {
        let spec = specs.0.get(&row.measure.to_ascii_lowercase());
        let place = *places.entry((row.measure.as_str(), row.alter)).or_insert_with(|| {
            groups.push(Group {
                measure: row.measure.clone(),
                alter: row.alter,
                unit: spec.map(|spec| spec.unit.clone()).unwrap_or_default(),
                rows: Vec::new(),
            });
            groups.len() - 1
        });
        groups[place].rows.push(report_row(results, &is_axis, row, spec));
    }
    groups.sort_by_key(|group| (order.get(group.measure.as_str()).copied(), group.alter));
    let measured = |name: &str| order.keys().any(|measure| measure.eq_ignore_ascii_case(name));
    for (name, spec) in
        specs.0.iter().filter(|(name, spec)| spec.limits_anything() && !measured(name))
    {
        groups.push(Group {
            measure: name.clone(),
            alter: 1,
            unit: spec.unit.clone(),
            rows: Vec::new(),
        });
    }
    let used: BTreeSet<&str> =
        results.rows.iter().filter_map(|row| row.preset.as_deref()).collect();
    let presets = used
        .into_iter()
        .map(|name| {
            let known = presets.iter().find(|preset| preset.name == name).cloned();
            known.unwrap_or_else(|| Preset { name: name.to_owned(), ..Preset::default() })
        })
        .collect();
    Ok(Report {
        typ: typ.map(str::to_owned),
        part: None,
        adopted: 0,
        stale: Vec::new(),
        presets,
        groups,
    })
}

fn report_row(results: &Results, is_axis: &[bool], row: &ResultRow, spec: Option<&Spec>) -> Row {
    let (lower, upper) = spec.map(|spec| spec.limits(&row.corner)).unwrap_or_default();
    let steps: Vec<String> = results
        .sweep
        .iter()
        .zip(&row.sweep)
        .zip(is_axis)
        .filter(|(_, is_axis)| !**is_axis)
        .filter_map(|((name, value), _)| Some(format!("{name}={}", shortest((*value)?))))
        .collect();
    Row {
        point: row.point.clone(),
        step: steps.join(","),
        value: row.value,
        status: row.status.clone(),
        limits: Limits { lower, upper },
        preset: row.preset.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BuildError, build};
    use crate::{Results, Spec, Specs, Verdict};

    const TABLE: &str = "\
point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_k
TT/a,TT,a,25,v1,1,tphl,2.4e-11,ok,1
TT/a,TT,a,25,v1,2,tphl,2.5e-11,ok,1
TT/a,TT,a,25,v1,1,vmax,1.1,ok,
SS/a,SS,a,25,v1,1,tphl,4.4e-11,ok,1
SS/a,SS,a,25,v1,1,vmax,,failed,
";

    fn results() -> Results {
        Results::parse("results.csv", TABLE.as_bytes()).unwrap()
    }

    #[test]
    fn groups_are_measures_and_alters_with_the_limits_of_their_corners() {
        let spec = Spec {
            unit: "s".to_owned(),
            everywhere: (None, Some(3e-11)),
            corners: [("SS".to_owned(), (None, Some(5e-11)))].into(),
        };
        let specs = Specs([("tphl".to_owned(), spec.clone()), ("ghost".to_owned(), spec)].into());
        let report = build(&results(), &specs, &[], Some("TT/a")).unwrap();
        let groups: Vec<_> = report
            .groups
            .iter()
            .map(|g| (g.measure.as_str(), g.alter, g.rows.len(), g.verdict()))
            .collect();
        assert_eq!(
            groups,
            [
                ("tphl", 1, 2, Verdict::Pass),
                ("tphl", 2, 1, Verdict::Pass),
                ("vmax", 1, 2, Verdict::Open),
                ("ghost", 1, 0, Verdict::NotJudged),
            ]
        );
        assert_eq!(report.groups[0].rows[1].limits.upper, Some(5e-11));
        assert_eq!(report.groups[0].rows[0].step, "k=1");
        assert_eq!((report.failures(), report.faulty(), report.points()), (0, 1, 2));
    }

    #[test]
    fn presets_that_points_used_are_named_whether_somebody_measured_them_or_not() {
        let table = TABLE
            .replace("status,sweep_k", "status,preset,sweep_k")
            .replace("ok,", "ok,fast,")
            .replace("failed,", "failed,own,");
        let results = Results::parse("results.csv", table.as_bytes()).unwrap();
        let known = ["fast", "unused"].map(|name| crate::Preset {
            name: name.to_owned(),
            options: Some("reltol=1e-3".to_owned()),
            ..crate::Preset::default()
        });
        let report = build(&results, &Specs::default(), &known, None).unwrap();
        let found: Vec<_> =
            report.presets.iter().map(|p| (p.name.as_str(), p.options.as_deref())).collect();
        assert_eq!(found, [("fast", Some("reltol=1e-3")), ("own", None)]);
    }

    #[test]
    fn a_typical_point_that_is_not_there_is_named() {
        let error = build(&results(), &Specs::default(), &[], Some("TT/b")).unwrap_err();
        assert_eq!(error, BuildError::UnknownTyp("TT/b".to_owned(), Some("TT/a".to_owned())));
    }
}
