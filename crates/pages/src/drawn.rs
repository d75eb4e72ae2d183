//! Draws the pictures that the table of charts describes.

use crate::charts::{CHARTS, Chart, Form};
use crate::pictures::{anchor, axes};
use crate::quantity::{count, plain, tick};
use crate::svg::{LINES, Picture, Scale, apart};
use serde_json::Value;

const LEFT: f64 = 84.0;
const RIGHT: f64 = 560.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 250.0;
/// The most lines of a picture, which says how many more there are.
const MOST_LINES: usize = 12;
/// The most bars of a picture: the longest ones; it says how many more there are.
const MOST_BARS: usize = 30;

/// All pictures of a document; their anchors begin with `id`.
pub fn drawn(schema: &str, document: &Value, id: &str) -> Vec<String> {
    let charts = CHARTS.iter().filter(|chart| chart.schema == schema).enumerate();
    charts
        .filter_map(|(n, chart)| draw(chart, document, &anchor(&format!("{id}-chart-{n}"))))
        .collect()
}

fn draw(chart: &Chart, document: &Value, id: &str) -> Option<String> {
    let of = at(document, chart.of)?;
    let limits: Vec<f64> =
        chart.limits.iter().filter_map(|way| at(document, way)?.as_f64()).collect();
    match chart.form {
        Form::Lines { .. } => plot(chart, of, &limits, id),
        Form::Bars { .. } => bars(chart, of, id),
    }
}

/// The value at a path of members and positions.
fn at<'a>(document: &'a Value, way: &str) -> Option<&'a Value> {
    way.split('.').filter(|part| !part.is_empty()).try_fold(document, |value, part| {
        part.parse::<usize>().map_or_else(|_| value.get(part), |n| value.get(n))
    })
}

/// A member of every record, or the list of this name.
fn column(of: &Value, member: &str) -> Vec<Option<f64>> {
    match of {
        Value::Array(records) => {
            records.iter().map(|record| record.get(member).and_then(Value::as_f64)).collect()
        }
        _ => {
            let list = of.get(member).and_then(Value::as_array);
            list.into_iter().flatten().map(Value::as_f64).collect()
        }
    }
}

type Points = Vec<(f64, f64)>;

fn points(x: &[Option<f64>], y: &[Option<f64>]) -> Points {
    x.iter().zip(y).filter_map(|(x, y)| Some(((*x)?, (*y)?))).collect()
}

/// The lines with their names; a line that `by` splits becomes several.
fn parted(
    of: &Value,
    x: &[Option<f64>],
    lines: &[(&str, &str)],
    by: Option<&str>,
) -> Vec<(String, Points)> {
    let Some(by) = by else {
        let one =
            |(member, name): &(&str, &str)| ((*name).to_owned(), points(x, &column(of, member)));
        return lines.iter().map(one).filter(|(_, points)| !points.is_empty()).collect();
    };
    let keys = column(of, by);
    let mut levels: Vec<f64> = keys.iter().flatten().copied().collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let y = lines.first().map(|(member, _)| column(of, member)).unwrap_or_default();
    let mut parts = Vec::new();
    for level in levels {
        let own: Vec<Option<f64>> =
            y.iter().zip(&keys).map(|(y, key)| y.filter(|_| *key == Some(level))).collect();
        let mut points = points(x, &own);
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if !points.is_empty() {
            parts.push((tick(level, ""), points));
        }
    }
    parts
}

fn plot(chart: &Chart, of: &Value, limits: &[f64], id: &str) -> Option<String> {
    let Form::Lines { x, x_title, y_title, lines, band, dots, by } = chart.form else {
        return None;
    };
    let first = lines.first().map(|(member, _)| column(of, member)).unwrap_or_default();
    let x = match x {
        "" => (1..=first.len()).map(|n| Some(n as f64)).collect(),
        name => column(of, name),
    };
    let mut drawn = parted(of, &x, lines, by);
    let more = drawn.len().saturating_sub(MOST_LINES);
    drawn.truncate(MOST_LINES);
    let (low, high) = match band {
        Some((low, high)) => (points(&x, &column(of, low)), points(&x, &column(of, high))),
        None => Default::default(),
    };
    let dots = dots.map(|member| points(&x, &column(of, member))).unwrap_or_default();
    if drawn.iter().all(|(_, points)| points.len() < 2) {
        return None;
    }
    let all = || drawn.iter().flat_map(|(_, points)| points).chain(&low).chain(&high).chain(&dots);
    let across = Scale::linear(all().map(|p| p.0), (LEFT, RIGHT));
    let up = Scale::linear(all().map(|p| p.1).chain(limits.iter().copied()), (BOTTOM, TOP));
    let mut picture = Picture::new(700.0, 300.0);
    axes(&mut picture, (across, ""), (up, ""), (LEFT, RIGHT), (TOP, BOTTOM));
    picture.text("t2", (LEFT - 70.0, 14.0), "start", y_title);
    picture.text("t2", (0.5 * (LEFT + RIGHT), 288.0), "middle", x_title);
    let place = |p: &(f64, f64)| (across.at(p.0), up.at(p.1));
    if !low.is_empty() && !high.is_empty() {
        let around: Points = high.iter().chain(low.iter().rev()).map(place).collect();
        picture.path("band", &around);
    }
    for limit in limits {
        picture.line("lim", (LEFT, up.at(*limit)), (RIGHT, up.at(*limit)));
    }
    for dot in &dots {
        picture.dot("dt", place(dot));
    }
    for (n, (_, points)) in drawn.iter().enumerate() {
        let line: Points = points.iter().map(place).collect();
        picture.path(LINES[n % LINES.len()], &line);
    }
    let ends: Vec<f64> =
        drawn.iter().map(|(_, points)| points.last().map_or(BOTTOM, |p| up.at(p.1))).collect();
    for ((name, _), y) in drawn.iter().zip(apart(&ends, 13.0, BOTTOM)) {
        picture.text("t2", (RIGHT + 8.0, y + 4.0), "start", name);
    }
    Some(picture.finish(id, chart.title, &finding(&drawn, more)))
}

/// The text for readers who cannot see the picture.
fn finding(drawn: &[(String, Points)], more: usize) -> String {
    let mut parts: Vec<String> = drawn
        .iter()
        .map(|(name, points)| {
            let ends = points
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p.1), h.max(p.1)));
            format!("{name} from {} to {}", plain(ends.0), plain(ends.1))
        })
        .collect();
    if more > 0 {
        parts.push(format!("{} not drawn", count(more, "line")));
    }
    format!("{}.", parts.join(", "))
}

/// A record's name, value and interval.
struct Bar {
    name: String,
    value: f64,
    interval: Option<(f64, f64)>,
}

fn records(chart: &Chart, of: &Value) -> Vec<Bar> {
    let Form::Bars { label, value, interval, .. } = chart.form else { return Vec::new() };
    if let Value::Object(members) = of {
        let bar = |(name, value): (&String, &Value)| {
            Some(Bar { name: name.replace('_', " "), value: value.as_f64()?, interval: None })
        };
        return members.iter().filter_map(bar).collect();
    }
    let bar = |record: &Value| {
        let number = |name: &str| record.get(name).and_then(Value::as_f64);
        let names = label.iter().filter_map(|name| record.get(*name)?.as_str());
        Some(Bar {
            name: names.collect::<Vec<_>>().join(" / "),
            value: number(value)?,
            interval: interval.and_then(|(low, high)| Some((number(low)?, number(high)?))),
        })
    };
    of.as_array().into_iter().flatten().filter_map(bar).collect()
}

fn bars(chart: &Chart, of: &Value, id: &str) -> Option<String> {
    let Form::Bars { title, .. } = chart.form else { return None };
    let mut bars = records(chart, of);
    if bars.len() > MOST_BARS {
        bars.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    }
    let more = bars.len().saturating_sub(MOST_BARS);
    bars.truncate(MOST_BARS);
    if bars.is_empty() {
        return None;
    }
    let (left, right, line) = (230.0, 560.0, 20.0);
    let height = TOP + line * bars.len() as f64;
    let ends = bars.iter().flat_map(|bar| {
        let (low, high) = bar.interval.unwrap_or((bar.value, bar.value));
        [0.0, bar.value, low, high]
    });
    let scale = Scale::linear(ends, (left, right));
    let mut picture = Picture::new(700.0, height + 44.0);
    for value in scale.ticks(5.0) {
        let class = if value == 0.0 { "ax" } else { "gr" };
        picture.line(class, (scale.at(value), TOP - 8.0), (scale.at(value), height));
        picture.text("t2", (scale.at(value), height + 16.0), "middle", &tick(value, ""));
    }
    picture.text("t2", (0.5 * (left + right), height + 34.0), "middle", title);
    for (n, bar) in bars.iter().enumerate() {
        let y = TOP + line * n as f64;
        let (from, to) = (scale.at(0.0), scale.at(bar.value));
        picture.text("", (left - 8.0, y + 10.0), "end", &cut(&bar.name));
        picture.rect("bar", (from.min(to), y), ((to - from).abs(), 12.0));
        if let Some((low, high)) = bar.interval {
            picture.line("ct", (scale.at(low), y + 6.0), (scale.at(high), y + 6.0));
        }
        picture.text("t2", (right + 8.0, y + 10.0), "start", &plain(bar.value));
    }
    let mut said: Vec<String> =
        bars.iter().map(|bar| format!("{} {}", bar.name, plain(bar.value))).collect();
    if more > 0 {
        said.push(format!("{} not drawn", count(more, "shorter bar")));
    }
    Some(picture.finish(id, chart.title, &format!("{}.", said.join(", "))))
}

/// A name, cut so that it fits beside its bar.
fn cut(name: &str) -> String {
    match name.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::KNOWN;
    use serde_json::json;

    #[test]
    fn every_chart_is_of_a_document_that_has_a_section() {
        for chart in CHARTS {
            assert!(KNOWN.iter().any(|(name, ..)| *name == chart.schema), "{}", chart.schema);
        }
    }

    #[test]
    fn a_forecast_has_its_band_its_limits_and_the_naive_line() {
        let run = |ahead: u32, p: Option<f64>| {
            json!({ "ahead": ahead, "forecast": 10.0, "low": 9.0 - f64::from(ahead), "high": 11.0,
                    "naive": 10.5, "p_violated": p, "p_beyond": p })
        };
        let runs = [run(1, None), run(2, None), run(3, None)];
        let document = json!({ "runs": runs, "violation": { "upper": 12.0, "lower": null } });
        let pictures = drawn("libchar.vm-forecast", &document, "vm-0");
        assert_eq!(pictures.len(), 1, "without probabilities there is no second picture");
        let picture = &pictures[0];
        assert_eq!(picture.matches("class=\"lim\"").count(), 1);
        assert_eq!(picture.matches("class=\"band\"").count(), 1);
        assert!(picture.contains("forecast from 10.00 to 10.00"), "{picture}");
        assert!(picture.contains(">last value</text>"));
    }

    #[test]
    fn lines_are_parted_by_a_member_and_ordered_along_the_axis() {
        let row = |dose: f64, focus: f64, cd: f64| json!({ "dose_relative": dose, "focus_nm": focus, "cd_nm": cd });
        let rows = [
            row(1.0, 50.0, 66.0),
            row(1.0, -50.0, 64.0),
            row(1.1, -50.0, 60.0),
            row(1.1, 50.0, 61.0),
        ];
        let pictures = drawn("libchar.litho-fem", &json!({ "rows": rows }), "f");
        assert!(
            pictures[0].contains("1 from 64.00 to 66.00, 1.1 from 60.00 to 61.00"),
            "{}",
            pictures[0]
        );
    }

    #[test]
    fn bars_keep_their_order_and_show_their_interval() {
        let skill = json!([{ "over": "mean", "value": 0.8, "low": 0.7, "high": 0.9 },
                           { "over": "last measured", "value": -0.1, "low": null, "high": null }]);
        let pictures = drawn("libchar.vm-train", &json!({ "skill": skill }), "v");
        assert_eq!(pictures.len(), 1);
        assert_eq!(pictures[0].matches("class=\"bar\"").count(), 2);
        assert_eq!(pictures[0].matches("class=\"ct\"").count(), 1);
        assert!(pictures[0].contains("mean 0.8000, last measured −0.1000."), "{}", pictures[0]);
    }

    #[test]
    fn what_a_document_lacks_is_not_drawn() {
        assert!(drawn("libchar.litho-simulate", &json!({ "rows": [] }), "l").is_empty());
        assert!(
            drawn("libchar.vm-forecast", &json!({ "runs": [{ "ahead": 1, "forecast": 2 }] }), "l")
                .is_empty()
        );
    }
}
