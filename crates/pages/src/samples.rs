//! The statistics of samples: a panel for each measure, with every point, pictures of the worst
//! point, and the sources of the spread.

use crate::model::{Domain, array, number, text};
use crate::pictures::anchor;
use crate::quantity::{NOTHING, count, interval, share, short};
use crate::samples_against::Was;
use crate::samples_pictures as pictures;
use crate::templates::markup;
use minijinja::Value as Markup;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most points in the table of a measure.
const MOST_PLACES: usize = 100;
/// The most measures with a panel.
const MOST_PANELS: usize = 40;

#[derive(Serialize)]
pub struct Samples {
    /// Whether a sample has no value.
    #[serde(skip)]
    pub lacking: bool,
    sentence: String,
    one_at_a_time: bool,
    /// Whether the spread of a baseline is shown beside it.
    compared: bool,
    panels: Vec<Panel>,
    left_out: usize,
}

#[derive(Serialize)]
struct Panel {
    key: String,
    name: String,
    title: String,
    sentence: String,
    places: Vec<Place>,
    places_left_out: usize,
    /// The point that the pictures show.
    at: String,
    figures: Vec<(Markup, String)>,
    effects: Vec<Effect>,
    interactions: Vec<Interaction>,
    linear: String,
    /// Why there is no sensitivity.
    note: String,
}

#[derive(Serialize)]
struct Place {
    place: String,
    samples: usize,
    lacking: usize,
    mean: String,
    sd: String,
    skewness: String,
    p_normal: String,
    yielded: String,
    cpk: String,
    level: String,
    worst: String,
    sd_was: String,
    yield_was: String,
}

#[derive(Serialize)]
struct Effect {
    parameter: String,
    slope: String,
    share: String,
    frozen: bool,
}

#[derive(Serialize)]
struct Interaction {
    parameters: String,
    effect: String,
    share: String,
}

/// The section on samples, compared with those of the baseline's report if there is one; `None` if
/// the report has no samples.
pub fn samples(read: &Domain, creport: &Value, against: Option<&Value>) -> Option<Samples> {
    let was = against.and_then(Was::of);
    let statistics = creport.get("statistics").filter(|of| of.is_object())?;
    let mut measures: Vec<(String, f64, Vec<&Value>)> = Vec::new();
    for entry in array(statistics, "measures") {
        let (name, alter) = (text(entry, "measure")?, number(entry, "alter").unwrap_or(1.0));
        match measures.iter_mut().find(|(n, a, _)| *n == name && *a == alter) {
            Some((.., entries)) => entries.push(entry),
            None => measures.push((name, alter, vec![entry])),
        }
    }
    let units: BTreeMap<String, String> = array(statistics, "measures")
        .iter()
        .filter_map(|entry| Some((text(entry, "measure")?, text(entry, "unit")?)))
        .collect();
    let panels = measures.iter().take(MOST_PANELS).map(|(name, alter, entries)| {
        let several = measures.iter().filter(|(other, ..)| other == name).count() > 1;
        let name = if several { format!("{name}, alter {alter}") } else { name.clone() };
        panel(read, &name, entries, &units, was.as_ref())
    });
    let entries = || array(statistics, "measures").iter();
    let lacking = entries().any(|entry| number(entry, "without_value").unwrap_or(0.0) > 0.0);
    Some(Samples {
        lacking,
        sentence: sentence(statistics),
        one_at_a_time: statistics.get("one_at_a_time").and_then(Value::as_bool) == Some(true),
        compared: was.is_some(),
        panels: panels.collect(),
        left_out: measures.len().saturating_sub(MOST_PANELS),
    })
}

fn sentence(statistics: &Value) -> String {
    let samples = number(statistics, "samples").unwrap_or(0.0) as usize;
    let of = count(samples, "sample");
    let together = statistics.get("together").filter(|of| of.is_object());
    let told = together.and_then(|together| {
        let passing = number(together, "passing")? as usize;
        let keep = if passing == 1 { "keeps" } else { "keep" };
        Some(format!(
            "; {passing} {keep} all limits at all points: yield {}",
            shares(together.get("yield")?)?
        ))
    });
    format!("{of} of each point{}.", told.unwrap_or_default())
}

/// A share with its interval in percent: `98.80 [97.91, 99.38] %`.
fn shares(of: &Value) -> Option<String> {
    let percent = |name: &str| number(of, name).map(|share| 100.0 * share);
    Some(interval(percent("value")?, percent("low"), percent("high"), "%"))
}

/// An estimate of an entry with its interval.
fn estimate(entry: &Value, name: &str, unit: &str) -> String {
    let told = entry.get(name).and_then(|of| {
        Some(interval(number(of, "value")?, number(of, "low"), number(of, "high"), unit))
    });
    told.unwrap_or_else(|| NOTHING.to_owned())
}

/// A rank by which the worst comes first: by yield, then Cpk, then the widest spread.
fn rank(entry: &Value) -> (f64, f64, f64) {
    let of = |of: Option<&Value>| of.and_then(|of| number(of, "value"));
    let yielded = of(entry.get("yield").and_then(|of| of.get("share")));
    let linear = entry.get("sensitivity").and_then(|of| number(of, "linear_sd"));
    let spread = of(entry.get("sd")).or(linear).unwrap_or(0.0);
    let infinite = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
    (infinite(yielded), infinite(of(entry.get("cpk"))), -spread)
}

fn panel(
    read: &Domain,
    name: &str,
    entries: &[&Value],
    units: &BTreeMap<String, String>,
    was: Option<&Was>,
) -> Panel {
    let key = anchor(&name.replace(", alter ", "-"));
    let mut sorted: Vec<&Value> = entries.to_vec();
    sorted.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
    let worst = sorted[0];
    let drawn = entries.iter().find(|entry| entry.get("shape").is_some_and(Value::is_object));
    let of = drawn.copied().unwrap_or(worst);
    let unit = text(of, "unit").unwrap_or_default();
    let mut figures: Vec<(Markup, String)> = Vec::new();
    let mut add = |svg: Option<String>, caption: &str| {
        figures.extend(svg.map(|svg| (markup(svg), caption.to_owned())));
    };
    add(
        pictures::histogram(of, &key),
        "Histogram; dashed: the normal distribution of the same mean and sigma",
    );
    add(pictures::quantiles(of, &key), "Normal quantiles; normal values lie on the dashed line");
    let effects = array(of.get("sensitivity").unwrap_or(&Value::Null), "effects");
    let bars: Vec<(String, f64)> = effects
        .iter()
        .filter_map(|effect| Some((text(effect, "parameter")?, number(effect, "share")?)))
        .collect();
    if !bars.is_empty() {
        add(Some(pictures::shares(&bars, &key)), "Shares of the variance");
    }
    for partner in of.get("shape").map_or(&[][..], |shape| array(shape, "against")) {
        let with = text(partner, "with").unwrap_or_default();
        let is_measure = text(partner, "kind").as_deref() == Some("measure");
        let with_unit = units.get(&with).filter(|_| is_measure).map_or("", String::as_str);
        if let Some((svg, caption)) = pictures::scatter(of, partner, with_unit, &key) {
            figures.push((markup(svg), caption));
        }
    }
    let title = read.measures.iter().find(|m| m.name == name).map(|m| m.title.clone());
    Panel {
        name: name.to_owned(),
        title: title.unwrap_or_default(),
        sentence: closed_line(read, worst),
        places: sorted.iter().take(MOST_PLACES).map(|entry| place(read, entry, was)).collect(),
        places_left_out: sorted.len().saturating_sub(MOST_PLACES),
        at: words(read, of),
        figures,
        effects: effects.iter().filter_map(effect).collect(),
        interactions: interactions(of, &unit),
        linear: linear(of, &unit),
        note: text(of, "sensitivity_note").unwrap_or_default(),
        key,
    }
}

/// The place of an entry in words.
fn words(read: &Domain, entry: &Value) -> String {
    let id = text(entry, "point").unwrap_or_default();
    read.points.iter().find(|point| point.id == id).map_or(id, |point| point.place.words())
}

fn closed_line(read: &Domain, worst: &Value) -> String {
    let at = words(read, worst);
    let unit = text(worst, "unit").unwrap_or_default();
    if let Some(yielded) = worst.get("yield").and_then(|of| shares(of.get("share")?)) {
        return format!("least yield {yielded} at {at}");
    }
    let linear = worst.get("sensitivity").and_then(|of| number(of, "linear_sd"));
    match (worst.get("sd").filter(|sd| sd.is_object()), linear) {
        (Some(_), _) => format!("greatest sigma {} at {at}", estimate(worst, "sd", &unit)),
        (None, Some(linear)) => format!("greatest linear sigma {} at {at}", short(linear, &unit)),
        (None, None) => String::new(),
    }
}

fn place(read: &Domain, entry: &Value, was: Option<&Was>) -> Place {
    let unit = text(entry, "unit").unwrap_or_default();
    let p = entry.get("normality").and_then(|of| number(of, "p"));
    let worst = array(entry, "worst").first().and_then(|worst| {
        Some(format!(
            "{} at sample {}",
            short(number(worst, "value")?, &unit),
            number(worst, "sample")?
        ))
    });
    let nothing = || NOTHING.to_owned();
    let level = match text(entry, "sigma_level_note") {
        Some(why) => format!("not given: {why}"),
        None => estimate(entry, "sigma_level", ""),
    };
    Place {
        place: words(read, entry),
        samples: number(entry, "samples").unwrap_or(0.0) as usize,
        lacking: number(entry, "without_value").unwrap_or(0.0) as usize,
        mean: estimate(entry, "mean", &unit),
        sd: estimate(entry, "sd", &unit),
        skewness: estimate(entry, "skewness", ""),
        p_normal: p.map_or_else(nothing, |p| {
            if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
        }),
        yielded: entry.get("yield").and_then(|of| shares(of.get("share")?)).unwrap_or_else(nothing),
        cpk: estimate(entry, "cpk", ""),
        level,
        worst: worst.unwrap_or_else(nothing),
        sd_was: was.map(|was| was.sd(entry, &unit)).unwrap_or_default(),
        yield_was: was.map(|was| was.yielded(entry)).unwrap_or_default(),
    }
}

fn effect(effect: &Value) -> Option<Effect> {
    Some(Effect {
        parameter: text(effect, "parameter")?,
        slope: estimate(effect, "slope", ""),
        share: share(number(effect, "share")?, 1).replace('-', "−"),
        frozen: effect.get("can_be_frozen").and_then(Value::as_bool) == Some(true),
    })
}

fn interactions(entry: &Value, unit: &str) -> Vec<Interaction> {
    let of = entry.get("sensitivity").and_then(|of| of.get("interactions"));
    let told = of.map_or(&[][..], |of| array(of, "pairs")).iter().filter_map(|pair| {
        let names: Vec<&str> = array(pair, "parameters").iter().filter_map(Value::as_str).collect();
        Some(Interaction {
            parameters: names.join(" × "),
            effect: estimate(pair, "effect", unit),
            share: share(number(pair, "share")?, 1).replace('-', "−"),
        })
    });
    told.collect()
}

fn linear(entry: &Value, unit: &str) -> String {
    let of = entry.get("sensitivity").unwrap_or(&Value::Null);
    let (Some(linear), Some(r2)) = (number(of, "linear_sd"), number(of, "r2")) else {
        return String::new();
    };
    let sampled = number(of, "sampled_sd");
    let sampled =
        sampled.map_or_else(String::new, |sd| format!(", of the samples {}", short(sd, unit)));
    format!(
        "Sigma by the slopes alone {}{sampled}; the straight line explains {} of the variance.",
        short(linear, unit),
        share(r2, 1)
    )
}

#[cfg(test)]
mod tests {
    use super::samples;
    use crate::input::DomainInputs;
    use crate::model::Domain;
    use serde_json::{Value, json};

    fn entry(point: &str, yielded: f64, shape: bool) -> Value {
        let shape = shape.then(|| {
            json!({ "low": 1.0, "width": 0.5, "counts": [3, 7], "normal": [4.0, 6.0],
                "quantiles": [[-1.0, 1.1], [0.0, 1.5], [1.0, 1.9]],
                "against": [{ "with": "u", "kind": "measure", "pairs": 10, "values": [[1.0, 2.0], [2.0, 3.0]] }] })
        });
        json!({ "point": point, "measure": "m", "alter": 1, "unit": "V", "samples": 10, "without_value": 0,
            "mean": { "value": 1.5, "low": 1.4, "high": 1.6 }, "sd": { "value": 0.2, "low": 0.1, "high": 0.4 },
            "skewness": null, "normality": null, "lower": null, "upper": 1.8, "cpk": null,
            "yield": { "passing": 9, "share": { "value": yielded, "low": 0.5, "high": 0.99 } },
            "sigma_level": null, "sigma_level_note": "fewer than 100 values", "worst": [], "shape": shape,
            "sensitivity": { "linear_sd": 0.19, "sampled_sd": 0.2, "r2": 0.9, "effects": [
                { "parameter": "a<b", "slope": { "value": 2.0, "low": 1.0, "high": 3.0 }, "share": 0.88, "can_be_frozen": false }],
                "interactions": { "r2": 1.0, "parameters_left_out": 0, "pairs": [
                    { "parameters": ["a<b", "c"], "effect": { "value": 0.01, "low": 0.009, "high": 0.011 }, "share": 0.01 }] } },
            "sensitivity_note": null })
    }

    #[test]
    fn the_worst_point_stands_first_and_is_drawn() {
        let creport = json!({ "statistics": { "samples": 10, "one_at_a_time": false,
            "together": { "passing": 8, "yield": { "value": 0.8, "low": 0.44, "high": 0.97 } },
            "measures": [entry("TT/t/t_25/v1", 1.0, false), entry("SS/t/t_25/v1", 0.9, true)] } });
        let domain =
            Domain::read(&DomainInputs { creport: creport.clone(), ..DomainInputs::default() });
        let found = samples(&domain, &creport, None).expect("samples");
        let sentence = found.sentence.replace('\u{202f}', " ");
        assert_eq!(
            sentence,
            "10 samples of each point; 8 keep all limits at all points: yield 80.00 [44.00, 97.00] %."
        );
        let panel = &found.panels[0];
        assert_eq!(
            (panel.places[0].place.as_str(), panel.at.as_str()),
            ("SS/t/t_25/v1", "SS/t/t_25/v1")
        );
        assert_eq!(
            (panel.figures.len(), panel.places[0].level.as_str()),
            (4, "not given: fewer than 100 values")
        );
        assert_eq!(panel.interactions[0].effect.replace('\u{202f}', " "), "10.00 [9.00, 11.00] mV");
        let pictures: String = panel.figures.iter().map(|(svg, _)| svg.to_string()).collect();
        assert_eq!(
            (pictures.matches("class=\"bar\"").count(), pictures.matches("class=\"dt\"").count()),
            (3, 5)
        );
        assert!(pictures.contains("a&lt;b") && !pictures.contains("a<b"));
        assert!(!found.compared && panel.places[0].sd_was.is_empty());
        let beside = samples(&domain, &creport, Some(&creport)).expect("samples");
        assert!(beside.compared && beside.panels[0].places[0].sd_was.contains("mV"));
        assert!(samples(&domain, &json!({ "statistics": null }), None).is_none());
    }
}
