//! A measurement: every number with its expanded uncertainty, the sources of the uncertainty, fits
//! and the map.

use crate::model::{array, number, pairs, text};
use crate::pictures::{anchor, axes};
use crate::quantity::{count, short};
use crate::svg::{Picture, Scale};
use crate::templates::markup;
use serde::Serialize;
use serde_json::Value;

const LEFT: f64 = 76.0;
const RIGHT: f64 = 460.0;
/// The most results whose fits are drawn; further ones are counted.
const MOST_FITS: usize = 6;
/// The most rows of the table of numbers; further ones are counted.
const MOST_ROWS: usize = 400;

#[derive(Serialize)]
pub struct Metro {
    pub sentence: String,
    pub found: bool,
    method: String,
    standard: String,
    rows: Vec<Row>,
    more: usize,
    refused: Vec<(String, String)>,
    warnings: Vec<(String, String)>,
    budget: Option<Budget>,
    pictures: Vec<minijinja::Value>,
    more_fits: usize,
}

#[derive(Serialize)]
struct Row {
    result: String,
    quantity: String,
    value: String,
    expanded: String,
    k: String,
}

#[derive(Serialize)]
struct Budget {
    quantity: String,
    rows: Vec<Source>,
}

#[derive(Serialize)]
struct Source {
    name: String,
    kind: String,
    distribution: String,
    share: f64,
    text: String,
}

/// The section of a `libchar.metro` document; its anchors begin with `id`.
pub fn metro(document: &Value, id: &str) -> Metro {
    let results = array(document, "results");
    let method = text(document, "method").unwrap_or_default();
    let mut found = Metro {
        sentence: String::new(),
        found: false,
        standard: text(document, "standard").unwrap_or_default(),
        rows: Vec::new(),
        more: 0,
        refused: Vec::new(),
        warnings: Vec::new(),
        budget: results.iter().find_map(budget),
        pictures: Vec::new(),
        more_fits: 0,
        method,
    };
    for result in results {
        let name = name(result);
        if text(result, "outcome").as_deref() == Some("refused") {
            found.refused.push((name, text(result, "reason").unwrap_or_default()));
            continue;
        }
        let warnings = array(result, "warnings").iter().filter_map(Value::as_str);
        found.warnings.extend(warnings.map(|warning| (name.clone(), warning.to_owned())));
        found.rows.extend(array(result, "numbers").iter().map(|number| row(&name, number)));
    }
    let summary = document.get("summary");
    let numbers = summary.map(|summary| array(summary, "numbers")).unwrap_or_default();
    found.rows.splice(0..0, numbers.iter().map(|number| row("all", number)));
    found.more = found.rows.len().saturating_sub(MOST_ROWS);
    found.rows.truncate(MOST_ROWS);
    found.found = !found.refused.is_empty();
    found.sentence = match found.refused.len() {
        0 => format!("{}: {}.", found.method, count(results.len(), "result")),
        1 => format!("{}: 1 of {} has no result.", found.method, results.len()),
        refused => format!("{}: {refused} of {} have no result.", found.method, results.len()),
    };
    if let Some(map) = summary.and_then(|s| s.get("map")).and_then(|m| wafer(m, id)) {
        found.pictures.push(markup(map));
    }
    let fits = || {
        results.iter().flat_map(|result| array(result, "plots").iter().map(move |p| (result, p)))
    };
    let drawn = fits().take(MOST_FITS).enumerate();
    found.pictures.extend(
        drawn
            .filter_map(|(n, (result, plot))| fit(plot, &name(result), &format!("{id}-fit-{n}")))
            .map(markup),
    );
    found.more_fits = fits().count().saturating_sub(MOST_FITS);
    found
}

/// The name of a result, such as `lot=A wafer=3`; empty for the only result.
fn name(result: &Value) -> String {
    let tags = result.get("tags").and_then(Value::as_object).into_iter().flatten();
    let plain = |tag: &Value| tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
    let tags = tags.map(|(key, tag)| format!("{key}={}", plain(tag)));
    tags.collect::<Vec<_>>().join(" ")
}

fn row(result: &str, entry: &Value) -> Row {
    let unit = text(entry, "unit").unwrap_or_default();
    let shown = |name: &str| number(entry, name).map(|v| short(v, &unit)).unwrap_or_default();
    Row {
        result: result.to_owned(),
        quantity: text(entry, "name").unwrap_or_default(),
        value: shown("y"),
        expanded: shown("u_expanded"),
        k: number(entry, "k").map(|k| format!("{k:.2}")).unwrap_or_default(),
    }
}

/// The sources of uncertainty of the first number that has a budget, the greatest share first.
fn budget(result: &Value) -> Option<Budget> {
    let entry = array(result, "numbers").iter().find(|n| !array(n, "budget").is_empty())?;
    let mut rows: Vec<Source> = array(entry, "budget")
        .iter()
        .map(|row| {
            let share = number(row, "share_pct").unwrap_or(0.0);
            Source {
                name: text(row, "source").unwrap_or_default(),
                kind: text(row, "type").unwrap_or_default(),
                distribution: text(row, "distribution").unwrap_or_default(),
                share: share.clamp(0.0, 100.0),
                text: format!("{share:.1} %"),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.share.total_cmp(&a.share));
    Some(Budget { quantity: text(entry, "name").unwrap_or_default(), rows })
}

/// The picture of data and fit.
fn fit(plot: &Value, name: &str, id: &str) -> Option<String> {
    let (data, mut fit) = (pairs(plot, "data"), pairs(plot, "fit"));
    if data.is_empty() {
        return None;
    }
    fit.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all = || data.iter().chain(&fit);
    let x = Scale::over(all().map(|p| p.0), (LEFT, RIGHT));
    let y = Scale::over(all().map(|p| p.1), (234.0, 24.0));
    let (x_title, y_title) =
        (text(plot, "x").unwrap_or_default(), text(plot, "y").unwrap_or_default());
    let mut picture = Picture::new(480.0, 286.0);
    axes(&mut picture, (x, ""), (y, ""), (LEFT, RIGHT), (24.0, 234.0));
    picture.text("t2", (LEFT - 60.0, 14.0), "start", &y_title);
    picture.text("t2", (0.5 * (LEFT + RIGHT), 274.0), "middle", &x_title);
    for (at, value) in &data {
        picture.dot("dt", (x.at(*at), y.at(*value)));
    }
    let line: Vec<(f64, f64)> = fit.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
    picture.path("s1", &line);
    let finding = format!("{} of {y_title} over {x_title}.", count(data.len(), "point"));
    let title =
        if name.is_empty() { "Data and fit".to_owned() } else { format!("Data and fit, {name}") };
    Some(picture.finish(&anchor(id), &title, &finding))
}

/// A map of the sites on the wafer, darker for greater values.
fn wafer(map: &Value, id: &str) -> Option<String> {
    let site = |site: &Value| {
        Some([site.get(0)?.as_f64()?, site.get(1)?.as_f64()?, site.get(2)?.as_f64()?])
    };
    let sites: Vec<[f64; 3]> = array(map, "sites").iter().filter_map(site).collect();
    let mut sorted: Vec<f64> = sites.iter().map(|s| s[2]).collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (*sorted.first()?, *sorted.last()?);
    let reach = sites.iter().flat_map(|s| [s[0].abs(), s[1].abs()]).fold(0.0, f64::max);
    let radius = number(map, "diameter_mm").map_or(1.1 * reach, |d| 0.5 * d);
    let place = |x: f64, y: f64| (170.0 + 150.0 * x / radius, 170.0 - 150.0 * y / radius);
    let quantity = text(map, "quantity").unwrap_or_default();
    let mut picture = Picture::new(340.0, 340.0);
    let round: Vec<(f64, f64)> = (0..=120)
        .map(|k| f64::from(3 * k).to_radians())
        .map(|turn| place(radius * turn.cos(), radius * turn.sin()))
        .collect();
    picture.path("ax", &round);
    for [x, y, value] in &sites {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        let class = ["v1", "v2", "v3", "v4"][((4.0 * share) as usize).min(3)];
        let (x, y) = place(*x, *y);
        picture.rect(class, (x - 7.0, y - 7.0), (14.0, 14.0));
    }
    let finding = format!(
        "{quantity} at {} from {} to {}, darker for greater values.",
        count(sites.len(), "site"),
        short(low, ""),
        short(high, "")
    );
    Some(picture.finish(
        &anchor(&format!("{id}-map")),
        &format!("{quantity} over the wafer"),
        &finding,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_refused_site_is_a_finding_and_stands_with_its_reason() {
        let number = json!({ "name": "rs_ohm_sq", "unit": "ohm/sq", "y": 45.5, "u_expanded": 0.3, "k": 2.0,
            "budget": [{ "source": "i", "type": "B", "distribution": "normal", "share_pct": 12.0 },
                       { "source": "v", "type": "A", "distribution": "normal", "share_pct": 88.0 }] });
        let document = json!({ "method": "four-point-probe", "standard": "SEMI MF84",
            "results": [
                { "tags": { "site": "1" }, "outcome": "ok", "warnings": [], "numbers": [number],
                  "plots": [{ "x": "t (s)", "y": "v (V)", "data": [[0, 1], [1, 2]], "fit": [[0, 1.1], [1, 1.9]] }] },
                { "tags": { "site": "2" }, "outcome": "refused", "reason": "V/I is negative" }],
            "summary": { "numbers": [], "map": { "quantity": "rs_ohm_sq", "diameter_mm": 200, "sites": [[0, 0, 45.5], [50, 0, 46.0], [0, 50, 47.5]] } } });
        let page = metro(&document, "metro-0");
        assert!(page.found);
        assert_eq!(page.sentence, "four-point-probe: 1 of 2 has no result.");
        assert_eq!(page.refused, [("site=2".to_owned(), "V/I is negative".to_owned())]);
        let sources: Vec<&str> =
            page.budget.iter().flat_map(|b| b.rows.iter().map(|r| r.name.as_str())).collect();
        assert_eq!(sources, ["v", "i"]);
        assert_eq!(page.pictures.len(), 2);
        let map = page.pictures[0].to_string();
        assert!(map.contains("rs_ohm_sq at 3 sites from"), "{map}");
        assert_eq!(map.matches("class=\"v4\"").count(), 1);
    }
}
