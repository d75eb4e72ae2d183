//! What a recipe reports and is compared with: `[report]`, `[limits]`, `[expect]` and `[origin]`.

use toml::de::DeValue;

use super::reader::{Reader, Section};
use crate::recipe::{Limits, Report};

/// What a golden recipe expects of one key figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The key figure.
    pub figure: String,
    /// Its value.
    pub value: f64,
    /// Allowed difference, percent of the value.
    pub tol_pct: f64,
}

/// Where the expected values of a golden recipe come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// `analytic`, `suprem4`, `tsuprem4` or `independent`.
    pub kind: String,
    /// Which formula, run or script.
    pub source: String,
}

/// Reads `[report]` and `[limits]`. Also returns the places of the limits.
pub(crate) fn read_report<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
) -> (Report, Vec<(String, usize)>) {
    let mut report = Report::default();
    let mut places = Vec::new();
    if let Some(section) = reader.section(root, "report") {
        reader.known(&section, "key of [report]", &["levels_cm3", "depths_um"]);
        report.levels_cm3 = reader.numbers(&section, "levels_cm3", false);
        report.depths_um = reader.numbers(&section, "depths_um", true);
    }
    let Some(section) = reader.section(root, "limits") else { return (report, places) };
    for (key, value) in section.table {
        let figure = key.get_ref().as_ref();
        let DeValue::Table(table) = value.get_ref() else {
            reader.fault(
                value.span(),
                format!("limits of `{figure}`"),
                "{ min = , max = } or { target = , tol_pct = }",
            );
            continue;
        };
        let band = Section::new(table, value.span());
        reader.known(&band, "key of a limit", &["min", "max", "target", "tol", "tol_pct"]);
        let before = reader.faults.len();
        let limits = read_band(reader, &band);
        if limits.min.is_none() && limits.max.is_none() && reader.faults.len() == before {
            reader.fault(
                value.span(),
                format!("no limit for `{figure}`"),
                "{ min = , max = } or { target = , tol_pct = }",
            );
        }
        places.push((figure.to_owned(), key.span().start));
        report.limits.insert(figure.to_owned(), limits);
    }
    (report, places)
}

/// One band: `min` and `max`, or a `target` with `tol` or `tol_pct`. A key that would have no
/// effect is a fault.
fn read_band<'a>(reader: &mut Reader<'a>, band: &Section<'a>) -> Limits {
    let [min, max, target] = ["min", "max", "target"].map(|key| reader.finite(band, key));
    let [tol, tol_pct] = ["tol", "tol_pct"].map(|key| reader.positive(band, key, true));
    let place = || band.span();
    let ends = band.has("min") || band.has("max");
    let widths = usize::from(band.has("tol")) + usize::from(band.has("tol_pct"));
    if !band.has("target") && widths > 0 {
        reader.fault(place(), "a tolerance without a target", "`target`, or `min` and `max` alone");
    } else if band.has("target") && ends {
        let expected = "either `min` and `max`, or `target` with `tol` or `tol_pct`";
        reader.fault(place(), "a target together with `min` or `max`", expected);
    } else if band.has("target") && widths != 1 {
        let found = if widths == 0 { "a target without a tolerance" } else { "two tolerances" };
        reader.fault(place(), found, "one of `tol` and `tol_pct`");
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        reader.fault(band.place("min"), format!("min {min} is above max {max}"), "min below max");
    }
    match (target, tol.or_else(|| Some(target?.abs() * tol_pct? / 100.0))) {
        (Some(target), Some(width)) => {
            Limits { min: Some(target - width), max: Some(target + width) }
        }
        _ => Limits { min, max },
    }
}

pub(crate) fn read_expectations<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
) -> Vec<Expectation> {
    /// Percent, unless the recipe states another tolerance.
    const DEFAULT_TOL_PCT: f64 = 2.0;
    let Some(section) = reader.section(root, "expect") else { return Vec::new() };
    let general = reader.positive(&section, "tol_pct", false).unwrap_or(DEFAULT_TOL_PCT);
    let mut expectations = Vec::new();
    for (key, value) in section.table {
        let figure = key.get_ref().to_string();
        if figure == "tol_pct" {
            continue;
        }
        let (number, tol_pct) = match value.get_ref() {
            DeValue::Table(table) => {
                let inner = Section::new(table, value.span());
                reader.known(&inner, "key of an expectation", &["value", "tol_pct"]);
                if !inner.has("value") {
                    let found = format!("`{figure}` without a value to expect");
                    reader.fault(value.span(), found, "{ value = , tol_pct = }");
                }
                (reader.finite(&inner, "value"), reader.positive(&inner, "tol_pct", false))
            }
            _ => (reader.finite_of(value, &figure), None),
        };
        if let Some(number) = number {
            let tol_pct = tol_pct.unwrap_or(general);
            expectations.push(Expectation { figure, value: number, tol_pct });
        }
    }
    expectations
}

pub(crate) fn read_origin<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Option<Origin> {
    let section = reader.section(root, "origin")?;
    reader.known(&section, "key of [origin]", &["kind", "source"]);
    let kinds = ["analytic", "suprem4", "tsuprem4", "independent"].map(|kind| (kind, kind));
    let kind = reader.word(&section, "kind", &kinds);
    if !section.has("kind") {
        reader.missing(&section, "kind", "one of: analytic, suprem4, tsuprem4, independent");
    }
    let source = reader.text(&section, "source").unwrap_or_default();
    Some(Origin { kind: kind?.to_owned(), source: source.to_owned() })
}
