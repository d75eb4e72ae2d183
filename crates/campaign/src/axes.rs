//! The axes of the points of a report, by which its page sorts and draws.

use libchar_pvt::{Point, temperature};
use libchar_report::Report;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Corner, extraction, temperature, supply, volts and swept values of the points of a report, a
/// list of objects. Volts and swept values are those of the `known` points of the domain.
pub fn of(report: &Report, known: &[Point]) -> Value {
    let known: BTreeMap<&str, &Point> =
        known.iter().map(|point| (point.id.as_str(), point)).collect();
    let rows = report.groups.iter().flat_map(|group| &group.rows);
    let mut seen = BTreeSet::new();
    let axes = rows.map(|row| row.point.as_str()).filter(|id| seen.insert(*id)).map(|id| {
        let mut parts = id.split('/');
        let mut part = || parts.next();
        let (corner, extraction, temp, supply) = (part(), part(), part(), part());
        let label = temp.zip(extraction).and_then(|(temp, extraction)| {
            temperature::parse(temp.strip_prefix(extraction)?.strip_prefix('_')?)
        });
        let point = known.get(id);
        let volts = point.into_iter().flat_map(|point| point.supplies.iter().enumerate());
        let volts: Map<String, Value> = volts
            .flat_map(|(group, supply)| {
                let number = if group == 0 { String::new() } else { (group + 1).to_string() };
                [
                    (format!("vccn{number}_v"), supply.vccn_v),
                    (format!("vcctx{number}_v"), supply.vcctx_v),
                ]
            })
            .map(|(name, volts)| (name, json!(volts)))
            .collect();
        let sweep: Vec<Value> = point
            .into_iter()
            .flat_map(|point| &point.sweep)
            .map(|swept| json!({ "axis": swept.name, "label": swept.label, "value": swept.value }))
            .collect();
        json!({
            "point": id,
            "corner": corner,
            "extraction": extraction,
            "temp_c": point.map(|point| point.temp_c).or(label),
            "supply": supply,
            "volts": volts,
            "sweep": sweep,
        })
    });
    axes.collect()
}

#[cfg(test)]
mod tests {
    use super::of;
    use libchar_report::{Results, Specs, build};
    use serde_json::json;

    #[test]
    fn axes_are_read_from_the_folder_where_the_matrix_does_not_know_the_point() {
        let csv = b"point,corner,extraction,temp_c,supply,alter,measure,value,status\n\
            SS/typical/typical_m40/v1min,SS,typical,-40,v1min,1,t,1,ok\n\
            SS/typical/typical_m40/v1min,SS,typical,-40,v1min,1,u,2,ok\n\
            odd,odd,,,,1,t,1,ok\n";
        let results = Results::parse("results.csv", csv).unwrap();
        let report = build(&results, &Specs::default(), &[], None).unwrap();
        let axes = of(&report, &[]);
        assert_eq!(axes.as_array().map(Vec::len), Some(2), "one for each point: {axes}");
        let point = axes.as_array().unwrap().iter().find(|axes| axes["corner"] == "SS").unwrap();
        assert_eq!(
            (&point["extraction"], &point["temp_c"], &point["supply"]),
            (&json!("typical"), &json!(-40.0), &json!("v1min"))
        );
        let odd = axes.as_array().unwrap().iter().find(|axes| axes["point"] == "odd").unwrap();
        assert_eq!((&odd["corner"], &odd["temp_c"]), (&json!("odd"), &json!(null)));
    }
}
