//! Many control charts drawn from their document: small charts, those with findings first, and the
//! table of all.

use crate::model::{array, number, text};
use libchar_core::multiples::{Little, grid};
use serde_json::Value;

/// The most small charts on a page; its table lists all charts.
const MOST_DRAWN: usize = 60;

/// The section on many charts.
pub struct Many {
    pub sentence: String,
    pub found: bool,
    pub picture: String,
    /// The document without the series.
    pub rest: Value,
}

/// The charts of a `libchar.spc-charts` document.
pub fn many(document: &Value) -> Many {
    let charts = array(document, "charts");
    let events = |chart: &Value| number(chart, "events").unwrap_or(0.0);
    let fired = charts.iter().filter(|chart| events(chart) > 0.0).count();
    let sentence = match fired {
        0 => format!("In control: no rule fired on {} charts.", charts.len()),
        _ => format!("Out of control: {fired} of {} charts.", charts.len()),
    };
    let mut order: Vec<&Value> = charts.iter().collect();
    order.sort_by_key(|chart| events(chart) == 0.0);
    let drawn: Vec<Little> = order.iter().take(MOST_DRAWN).map(|chart| little(chart)).collect();
    let title = match charts.len() > MOST_DRAWN {
        true => format!("{MOST_DRAWN} of {} charts, those with findings first", charts.len()),
        false => format!("{} charts", charts.len()),
    };
    let mut rest = document.clone();
    if let Some(Value::Array(rows)) = rest.get_mut("charts") {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.remove("values");
            row.remove("marked");
        }
        rows.sort_by_key(|row| events(row) == 0.0);
    }
    Many { sentence, found: fired > 0, picture: grid(&title, &drawn), rest }
}

fn little(chart: &Value) -> Little {
    let group: Vec<&str> = array(chart, "group").iter().filter_map(Value::as_str).collect();
    let column = text(chart, "column").unwrap_or_default();
    let events = number(chart, "events").unwrap_or(0.0);
    let note = match (text(chart, "reason"), text(chart, "rules")) {
        (Some(reason), _) => reason,
        (None, Some(rules)) => format!("{events} events: {rules}"),
        (None, None) => "in control".to_owned(),
    };
    let cpk = number(chart, "cpk").map_or_else(String::new, |cpk| format!("Cpk {cpk:.2}, "));
    Little {
        title: format!("{column} {}", group.join(" ")).trim_end().to_owned(),
        note: cpk + &note,
        values: array(chart, "values").iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect(),
        marked: array(chart, "marked")
            .iter()
            .filter_map(|v| v.as_u64())
            .map(|at| at as usize)
            .collect(),
        center: number(chart, "center"),
        limits: [number(chart, "ucl"), number(chart, "lcl")],
        is_found: events > 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn charts_with_findings_come_first() {
        let chart = |column: &str, events: u32| {
            json!({ "column": column, "group": ["E04"], "events": events, "rules": null, "reason": null,
                "values": [1.0, 2.0], "marked": [], "center": 1.5, "ucl": 3.0, "lcl": 0.0, "cpk": 1.5 })
        };
        let document = json!({ "charts": [chart("quiet", 0), chart("loud", 2)] });
        let found = many(&document);
        assert_eq!(found.sentence, "Out of control: 1 of 2 charts.");
        assert_eq!(found.rest["charts"][0]["column"], "loud");
        assert!(found.rest["charts"][0].get("values").is_none());
        assert!(found.picture.find("loud E04") < found.picture.find("quiet E04"));
    }
}
