//! Statistics as JSON and as text.

use super::interval::Estimate;
use super::sensitivity::{Pair, Pairs, Sensitivity};
use super::shape;
use super::{Section, Slope, Statistics};
use crate::quantity::rounded;
use crate::render::{dash, escape, table};
use libchar_core::number::significant;
use serde_json::{Value, json};

/// A computed number, rounded to 9 significant digits: the rest is noise of the last bits.
fn digits(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

fn estimate(estimate: Estimate) -> Value {
    json!({
        "value": digits(estimate.value),
        "low": estimate.low.map(digits),
        "high": estimate.high.map(digits),
    })
}

/// The section `statistics` of `creport.json`.
pub fn json(section: &Section) -> Value {
    let samples = section.statistics.iter().map(|s| s.series.values.len()).max().unwrap_or(0);
    let drawn = shape::chosen(section);
    let measures: Vec<Value> = section
        .statistics
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let mut entry = measure(section, s);
            entry["shape"] = if drawn.contains(&i) { shape(section, s) } else { Value::Null };
            entry
        })
        .collect();
    let correlations: Vec<Value> = section
        .correlations
        .iter()
        .map(|c| {
            json!({
                "point": c.point,
                "measures": c.measures,
                "pairs": c.pairs,
                "correlation": estimate(c.estimate),
            })
        })
        .collect();
    json!({
        "samples": samples,
        "one_at_a_time": section.one_at_a_time,
        "confidence": 0.95,
        "parameters": section.parameters,
        "together": section.together.map(|(passing, share)| json!({ "passing": passing, "yield": estimate(share) })),
        "measures": measures,
        "correlations": correlations,
        "correlations_left_out": section.uncorrelated,
    })
}

fn measure(section: &Section, s: &Statistics) -> Value {
    let worst: Vec<Value> = s
        .worst
        .iter()
        .map(|(sample, value)| {
            json!({ "sample": sample, "value": value, "draws": section.draws.get(sample) })
        })
        .collect();
    let percentiles: Vec<Value> = s
        .percentiles
        .iter()
        .map(|(percent, of)| {
            json!({ "percent": percent, "value": digits(of.value), "low": of.low, "high": of.high })
        })
        .collect();
    let (level, note) = match s.sigma_level {
        Some(Ok(level)) => (Some(estimate(level)), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    json!({
        "point": s.series.point,
        "measure": s.series.measure,
        "alter": s.series.alter,
        "unit": s.unit,
        "samples": s.series.values.len(),
        "without_value": s.without_value,
        "nominal": s.series.nominal,
        "mean": s.mean.map(estimate),
        "sd": s.sd.map(estimate),
        "skewness": s.skewness.map(estimate),
        "percentiles": percentiles,
        "normality": s.normality.map(|(k2, p)| json!({ "k2": digits(k2), "p": digits(p) })),
        "lower": s.limits.0,
        "upper": s.limits.1,
        "yield": s.yielded.map(|(passing, share)| json!({ "passing": passing, "share": estimate(share) })),
        "cpk": s.cpk.map(estimate),
        "sigma_level": level,
        "sigma_level_note": note,
        "worst": worst,
        "sensitivity": s.sensitivity.as_ref().and_then(|s| s.as_ref().ok()).map(sensitivity),
        "sensitivity_note": s.sensitivity.as_ref().and_then(|s| s.as_ref().err()),
    })
}

/// The most bins of a histogram in the report.
const MOST_BINS: usize = 50;
/// The most quantiles in the report, besides those of the tails.
const MOST_QUANTILES: usize = 40;
const TAIL: usize = 10;

/// The data that a page needs to draw an entry.
fn shape(section: &Section, s: &Statistics) -> Value {
    let mut sorted: Vec<f64> = s.series.values.iter().filter_map(|(_, value)| *value).collect();
    if sorted.len() < 2 {
        return Value::Null;
    }
    sorted.sort_unstable_by(f64::total_cmp);
    let bins = shape::histogram(&sorted, MOST_BINS);
    let middle = |i: usize| bins.low + bins.width * (i as f64 + 0.5);
    let normal: Vec<f64> = (0..bins.counts.len()).map(|i| digits(bins.normal(middle(i)))).collect();
    let pairs = |values: Vec<(f64, f64)>| -> Vec<[f64; 2]> {
        values.into_iter().map(|(x, y)| [digits(x), digits(y)]).collect()
    };
    let against: Vec<Value> = shape::partners(section, s)
        .into_iter()
        .map(|partner| {
            json!({
                "with": partner.with,
                "kind": if partner.is_measure { "measure" } else { "parameter" },
                "pairs": partner.of,
                "values": pairs(partner.values),
            })
        })
        .collect();
    json!({
        "low": digits(bins.low),
        "width": digits(bins.width),
        "counts": bins.counts,
        "normal": normal,
        "quantiles": pairs(shape::quantiles(&sorted, MOST_QUANTILES, TAIL)),
        "against": against,
    })
}

fn sensitivity(found: &Sensitivity) -> Value {
    let effects: Vec<Value> = found
        .effects
        .iter()
        .map(|effect| {
            json!({
                "parameter": effect.parameter,
                "slope": estimate(effect.slope),
                "share": digits(effect.share),
                "can_be_frozen": effect.can_be_frozen,
            })
        })
        .collect();
    json!({
        "linear_sd": digits(found.linear_sd),
        "sampled_sd": found.sampled_sd.map(digits),
        "r2": digits(found.r2),
        "effects": effects,
        "interactions": found.pairs.as_ref().and_then(|pairs| pairs.as_ref().ok()).map(interactions),
        "interactions_note": found.pairs.as_ref().and_then(|pairs| pairs.as_ref().err()),
    })
}

fn interactions(pairs: &Pairs) -> Value {
    let pair = |pair: &Pair| {
        json!({
            "parameters": pair.parameters,
            "effect": estimate(pair.effect),
            "share": digits(pair.share),
        })
    };
    json!({
        "pairs": pairs.pairs.iter().map(pair).collect::<Vec<_>>(),
        "r2": digits(pairs.r2),
        "parameters_left_out": pairs.left_out,
    })
}

/// The slopes along swept axes, for `creport.json`.
pub fn slopes_json(slopes: &[Slope]) -> Value {
    let slope = |s: &Slope| {
        json!({
            "axis": s.axis,
            "measure": s.measure,
            "points": s.points,
            "values": s.values,
            "slope": estimate(s.slope),
            "r2": digits(s.r2),
        })
    };
    slopes.iter().map(slope).collect()
}

/// `12 [11, 13]` with the unit; a missing end is `-`.
fn with_ends(estimate: Option<Estimate>, unit: &str) -> String {
    let Some(Estimate { value, low, high }) = estimate else { return dash() };
    let end = |end: Option<f64>| end.map_or_else(dash, |end| quantity(end, unit));
    format!("{} [{}, {}]", quantity(value, unit), end(low), end(high))
}

fn quantity(value: f64, unit: &str) -> String {
    if unit.is_empty() { significant(value, 4) } else { rounded(value, unit) }
}

/// `statistics.txt`: tables for people.
pub fn text(section: Option<&Section>, slopes: &[Slope]) -> String {
    let mut text = "libchar statistics 1\nIntervals in brackets are of 95 %; docs/statistics.md says what each assumes.\n".to_owned();
    if let Some(section) = section {
        samples_text(section, &mut text);
    }
    if !slopes.is_empty() {
        text += "\nslopes along swept axes\n";
        let row = |s: &Slope| {
            vec![
                escape(&s.measure),
                s.axis.clone(),
                escape(&s.points),
                s.values.to_string(),
                with_ends(Some(s.slope), ""),
                significant(s.r2, 4),
            ]
        };
        let columns = ["measure", "axis", "points", "values", "slope", "r2"];
        text += &table(&columns, slopes.iter().map(row));
    }
    text
}

fn samples_text(section: &Section, text: &mut String) {
    if let Some((passing, share)) = section.together {
        let of = section.statistics.iter().map(|s| s.series.values.len()).max().unwrap_or(0);
        let share = with_ends(Some(share), "");
        text.push_str(&format!(
            "\nsamples that keep all limits at all points: {passing} of {of}, {share}\n"
        ));
    }
    if !section.one_at_a_time {
        text.push_str("\nmoments\n");
        let columns = [
            "measure", "alter", "point", "samples", "lacking", "mean", "sd", "skewness", "p_normal",
        ];
        text.push_str(&table(&columns, section.statistics.iter().map(moments_row)));
        text.push_str("\nlimits\n");
        let columns = ["measure", "alter", "point", "yield", "cpk", "sigma_level", "worst"];
        text.push_str(&table(&columns, section.statistics.iter().map(|s| limits_row(section, s))));
    }
    text.push_str("\nsensitivity\n");
    let columns = ["measure", "alter", "point", "parameter", "slope", "share", "frozen"];
    text.push_str(&table(&columns, section.statistics.iter().flat_map(sensitivity_rows)));
    text.push_str("\nstandard deviation of the slopes and of the samples\n");
    let columns = ["measure", "alter", "point", "linear_sd", "sampled_sd", "r2"];
    text.push_str(&table(&columns, section.statistics.iter().filter_map(linear_row)));
    let pairs = section.statistics.iter().flat_map(pair_rows);
    let pairs: Vec<Vec<String>> = pairs.collect();
    if !pairs.is_empty() {
        text.push_str("\ninteractions: what both one sigma up add beside what each does\n");
        let columns = ["measure", "alter", "point", "parameters", "effect", "share"];
        text.push_str(&table(&columns, pairs.into_iter()));
    }
    if !section.correlations.is_empty() {
        text.push_str("\ncorrelations\n");
        let row = |c: &super::Correlation| {
            let [first, second] = &c.measures;
            vec![
                escape(first),
                escape(second),
                escape(&c.point),
                c.pairs.to_string(),
                with_ends(Some(c.estimate), ""),
            ]
        };
        let columns = ["measure", "with", "point", "pairs", "correlation"];
        text.push_str(&table(&columns, section.correlations.iter().map(row)));
        if section.uncorrelated > 0 {
            text.push_str(&format!(
                "correlations of {} more measures are left out\n",
                section.uncorrelated
            ));
        }
    }
}

fn place(s: &Statistics) -> Vec<String> {
    vec![escape(&s.series.measure), s.series.alter.to_string(), escape(&s.series.point)]
}

fn moments_row(s: &Statistics) -> Vec<String> {
    let mut row = place(s);
    row.extend([
        s.series.values.len().to_string(),
        s.without_value.to_string(),
        with_ends(s.mean, &s.unit),
        with_ends(s.sd, &s.unit),
        with_ends(s.skewness, ""),
        s.normality.map_or_else(dash, |(_, p)| significant(p, 2)),
    ]);
    row
}

fn limits_row(section: &Section, s: &Statistics) -> Vec<String> {
    let level = match s.sigma_level {
        Some(Ok(level)) => with_ends(Some(level), ""),
        Some(Err(why)) => format!("not given: {why}"),
        None => dash(),
    };
    let worst = s.worst.first().map_or_else(dash, |(sample, value)| {
        let draws = section.draws.get(sample).map(Vec::as_slice).unwrap_or_default();
        let draws = section.parameters.iter().zip(draws);
        let draws: Vec<String> =
            draws.map(|(name, v)| format!("{name}={}", significant(*v, 4))).collect();
        format!("{} at sample {sample} {}", quantity(*value, &s.unit), draws.join(" "))
            .trim_end()
            .to_owned()
    });
    let mut row = place(s);
    row.extend([
        with_ends(s.yielded.map(|(_, share)| share), ""),
        with_ends(s.cpk, ""),
        level,
        worst,
    ]);
    row
}

fn sensitivity_rows(s: &Statistics) -> Vec<Vec<String>> {
    match &s.sensitivity {
        None => Vec::new(),
        Some(Err(why)) => {
            let mut row = place(s);
            row.extend([dash(), format!("none: {why}"), dash(), dash()]);
            vec![row]
        }
        Some(Ok(found)) => {
            let row = |effect: &super::sensitivity::Effect| {
                let mut row = place(s);
                row.extend([
                    effect.parameter.clone(),
                    with_ends(Some(effect.slope), ""),
                    format!("{:.1}%", 100.0 * effect.share),
                    if effect.can_be_frozen { "yes" } else { "-" }.to_owned(),
                ]);
                row
            };
            found.effects.iter().map(row).collect()
        }
    }
}

fn pair_rows(s: &Statistics) -> Vec<Vec<String>> {
    let Some(found) = s.sensitivity.as_ref().and_then(|of| of.as_ref().ok()?.pairs.as_ref()) else {
        return Vec::new();
    };
    let row = |cells: [String; 3]| place(s).into_iter().chain(cells).collect();
    let pairs = match found {
        Err(why) => return vec![row([dash(), format!("none: {why}"), dash()])],
        Ok(pairs) => pairs,
    };
    let told = pairs.pairs.iter().map(|pair| {
        let effect = with_ends(Some(pair.effect), &s.unit);
        row([pair.parameters.join(" x "), effect, format!("{:.1}%", 100.0 * pair.share)])
    });
    let mut rows: Vec<Vec<String>> = told.collect();
    if pairs.left_out > 0 {
        let more = format!("{} parameters of lesser shares are not paired", pairs.left_out);
        rows.push(row([dash(), more, dash()]));
    }
    rows
}

fn linear_row(s: &Statistics) -> Option<Vec<String>> {
    let found = s.sensitivity.as_ref()?.as_ref().ok()?;
    let mut row = place(s);
    row.extend([
        quantity(found.linear_sd, &s.unit),
        found.sampled_sd.map_or_else(dash, |sd| quantity(sd, &s.unit)),
        significant(found.r2, 4),
    ]);
    Some(row)
}
