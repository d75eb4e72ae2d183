//! The pictures of a measure: strip, margin bar, dots by corner, drivers, histogram of changes.

use crate::drivers::Driver;
use crate::model::{Domain, Measure, Row};
use crate::quantity::{percent, share, short, tick, trimmed};
use crate::svg::{Picture, Scale};

/// Width of a character of 12-unit text in the widest common font.
const CHARACTER: f64 = 0.65 * 12.0;
/// With more points than this, a measure is drawn as bins of the axis, without a title for each
/// point.
const MOST_DOTS: usize = 400;
const BINS: f64 = 150.0;

/// A strip of all values between their limits, small enough for a cell of a table.
pub fn strip(measure: &Measure) -> String {
    let limits = measure.rows.iter().flat_map(|row| [row.lower, row.upper]).flatten();
    let scale = Scale::over(measure.values().chain(limits), (0.0, 150.0));
    let mut picture = Picture::new(150.0, 22.0);
    zones(&mut picture, measure, scale, (0.0, 150.0), (0.0, 22.0));
    let mut bins = vec![0usize; 51];
    for value in measure.values() {
        bins[(scale.at(value) / 3.0) as usize] += 1;
    }
    let most = bins.iter().copied().max().unwrap_or(1).max(1) as f64;
    for (i, n) in bins.iter().enumerate().filter(|(_, n)| **n > 0) {
        let height = 3.0 + 17.0 * *n as f64 / most;
        picture.rect("f1", (3.0 * i as f64, 22.0 - height), (2.0, height));
    }
    picture.inline("sp", Some(&format!("values of {} between their limits", measure.name)))
}

/// The forbidden sides of the widest limits, each with its line.
fn zones(
    picture: &mut Picture,
    measure: &Measure,
    scale: Scale,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) {
    let upper = measure.rows.iter().filter_map(|row| row.upper).reduce(f64::max);
    let lower = measure.rows.iter().filter_map(|row| row.lower).reduce(f64::min);
    for (limit, from, to) in [
        (upper, upper.map(|u| scale.at(u)), Some(right)),
        (lower, Some(left), lower.map(|l| scale.at(l))),
    ] {
        if let (Some(limit), Some(from), Some(to)) = (limit, from, to) {
            picture.rect("zone", (from, top), (to - from, bottom - top));
            picture.line("lim", (scale.at(limit), top), (scale.at(limit), bottom));
        }
    }
}

/// The worst value of a card as a bar from zero, with its limit and the typical value.
pub fn bar(measure: &Measure, value: f64, limit: f64) -> String {
    let largest = [value.abs(), limit.abs(), measure.typ.unwrap_or(0.0).abs()]
        .into_iter()
        .fold(0.0, f64::max);
    let at = |v: f64| 285.0 * v.abs() / if largest > 0.0 { largest } else { 1.0 };
    let mut picture = Picture::new(300.0, 20.0);
    if value.abs() > limit.abs() {
        picture.rect("zone", (at(limit), 0.0), (300.0 - at(limit), 20.0));
    }
    picture.rect("bar", (0.0, 6.0), (at(value).min(at(limit)), 8.0));
    if value.abs() > limit.abs() {
        picture.rect("f2", (at(limit), 6.0), (at(value) - at(limit), 8.0));
    }
    picture.line("lim", (at(limit), 0.0), (at(limit), 20.0));
    if let Some(typ) = measure.typ {
        picture.line("ref", (at(typ), 3.0), (at(typ), 17.0));
    }
    let unit = &measure.unit;
    let label =
        format!("worst value {} against the limit {}", short(value, unit), short(limit, unit));
    picture.inline("bl", Some(&label))
}

/// A margin in percent as a bar beside the limit's line, clipped at 12 %.
pub fn margin_bar(margin_pct: f64) -> String {
    let mut picture = Picture::new(70.0, 10.0);
    picture.line("ax", (34.0, 0.0), (34.0, 10.0));
    let width = 33.0 * margin_pct.abs().min(12.0) / 12.0;
    if margin_pct < 0.0 {
        picture.rect("f2", (34.0 - width, 2.0), (width, 6.0));
    } else {
        picture.rect("f1", (34.0, 2.0), (width, 6.0));
    }
    picture.inline("mb", None)
}

/// The values of each corner on one axis, the worst corner first.
pub fn dots(domain: &Domain, measure: &Measure) -> String {
    let lower_counts = measure.rows.iter().any(|row| row.lower.is_some())
        && !measure.rows.iter().any(|row| row.upper.is_some());
    let mut corners: Vec<(&str, Vec<&Row>)> = domain
        .corners()
        .into_iter()
        .map(|corner| {
            (
                corner,
                measure
                    .rows
                    .iter()
                    .filter(|row| domain.points[row.point].place.corner == corner)
                    .collect(),
            )
        })
        .collect();
    let extreme = |rows: &[&Row]| {
        let values = rows.iter().filter_map(|row| row.value);
        if lower_counts {
            -values.fold(f64::INFINITY, f64::min)
        } else {
            values.fold(f64::NEG_INFINITY, f64::max)
        }
    };
    corners.sort_by(|a, b| extreme(&b.1).total_cmp(&extreme(&a.1)));
    let name_room = corners.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(2) as f64
        * CHARACTER
        + 14.0;
    let (left, right, line) = (name_room, 500.0, 22.0);
    let height = 24.0 + line * corners.len() as f64;
    let limits = measure.rows.iter().flat_map(|row| [row.lower, row.upper]).flatten();
    let scale = Scale::over(measure.values().chain(limits), (left, right));
    let mut picture = Picture::new(560.0, height + 28.0);
    zones(&mut picture, measure, scale, (left, right), (14.0, height));
    axis(&mut picture, scale, &measure.unit, (14.0, height));
    let many = measure.rows.len() > MOST_DOTS;
    for (i, (corner, rows)) in corners.iter().enumerate() {
        let y = 26.0 + line * i as f64;
        picture.text("b", (left - 8.0, y + 4.0), "end", corner);
        row_of_dots(&mut picture, domain, measure, rows, scale, y, many);
        let missed = rows.iter().filter(|row| row.missed).count();
        let open = rows.iter().filter(|row| row.limited() && row.value.is_none()).count();
        let mut note = String::new();
        if missed > 0 {
            note = format!("✕ {missed}");
        }
        if open > 0 {
            note = format!("{note} ? {open}").trim().to_owned();
        }
        picture.text("limt", (right + 8.0, y + 4.0), "start", &note);
    }
    let finding = finding(domain, measure);
    picture.finish(
        &format!("dots-{}", anchor(&measure.key)),
        &format!("{} by corner", measure.name),
        &finding,
    )
}

fn row_of_dots(
    picture: &mut Picture,
    domain: &Domain,
    measure: &Measure,
    rows: &[&Row],
    scale: Scale,
    y: f64,
    many: bool,
) {
    let mut drawn = std::collections::BTreeSet::new();
    for row in rows {
        let Some(value) = row.value else { continue };
        let x = scale.at(value);
        if many {
            let bin = (x * BINS / 560.0) as i64;
            if !row.missed && !drawn.insert(bin) {
                continue;
            }
        }
        let place = domain.points[row.point].place.words();
        let title =
            if many { String::new() } else { format!("{place}: {}", short(value, &measure.unit)) };
        picture.mark(row.missed, (x, y), &title);
    }
}

/// Draws ticks with one common prefix at the bottom of a picture.
fn axis(picture: &mut Picture, scale: Scale, unit: &str, (top, bottom): (f64, f64)) {
    for value in scale.ticks(5.0) {
        let x = scale.at(value);
        picture.line("gr", (x, top), (x, bottom));
        picture.text("t2", (x, bottom + 16.0), "middle", &tick(value, unit));
    }
}

/// Draws round values along both axes of a picture, with lines across the area that they span.
pub fn axes(
    picture: &mut Picture,
    (x, x_unit): (Scale, &str),
    (y, y_unit): (Scale, &str),
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) {
    axis(picture, x, x_unit, (top, bottom));
    for value in y.ticks(5.0) {
        let at = y.at(value);
        picture.line("gr", (left, at), (right, at));
        picture.text("t2", (left - 6.0, at + 4.0), "end", &tick(value, y_unit));
    }
}

/// The content of a measure's picture, in numbers.
fn finding(domain: &Domain, measure: &Measure) -> String {
    let values = || measure.values();
    let (low, high) =
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    if low > high {
        return "No point has a value.".to_owned();
    }
    let range = format!("From {} to {}.", short(low, &measure.unit), short(high, &measure.unit));
    match measure.worst() {
        Some(row) => format!(
            "{range} Nearest to its limit or beyond: {}, margin {}.",
            domain.points[row.point].place.words(),
            row.margin_pct().map_or_else(|| "unknown".to_owned(), percent)
        ),
        None => range,
    }
}

/// The mean at each level of the axes on one scale, with the shares of the spread.
pub fn moves(measure: &Measure, drivers: &[Driver], together: f64, log: bool) -> String {
    let line = 24.0;
    let effects = drivers.iter().flat_map(|driver| driver.levels.iter().map(|(_, effect)| *effect));
    let largest = effects.fold(0.0f64, |most, effect| most.max(effect.abs()));
    let (middle, reach) = (270.0, 140.0);
    let height = line * drivers.len() as f64 + 40.0;
    let mut picture = Picture::new(500.0, height);
    picture.line("ref", (middle, 6.0), (middle, height - 30.0));
    let mut finding = String::new();
    for (i, driver) in drivers.iter().enumerate() {
        let y = 20.0 + line * i as f64;
        picture.text("b", (108.0, y + 4.0), "end", &driver.axis);
        picture.line("gr2", (middle - reach, y), (middle + reach, y));
        for (level, effect) in &driver.levels {
            let x = middle + reach * effect / if largest > 0.0 { largest } else { 1.0 };
            let size =
                if log { format!("×{:.3}", effect.exp()) } else { short(*effect, &measure.unit) };
            picture.mark(false, (x, y), &format!("{level}: {size} from the mean"));
        }
        let text = share(driver.share, 0);
        picture.text("", (430.0, y + 4.0), "start", &text);
        finding.push_str(&format!("{} {text}, ", driver.axis));
    }
    let rest = format!("acting together {}", share(together, 1));
    picture.text("t2", (middle, height - 12.0), "middle", &rest);
    finding.push_str(&rest);
    picture.finish(
        &format!("moves-{}", anchor(&measure.key)),
        &format!("What moves {}", measure.name),
        &format!("Shares of the spread: {finding}."),
    )
}

/// Changes of each measure at the common points, as histogram strips on one axis in percent.
pub fn changes(rows: &[(String, Vec<f64>, f64, usize)], error: f64) -> String {
    let line = 28.0;
    let height = 30.0 + line * rows.len() as f64;
    let left = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(4) as f64
        * CHARACTER
        + 16.0;
    let (left, right) = (left.min(180.0), 400.0);
    let all = rows.iter().flat_map(|(_, changes, ..)| changes.iter().map(|change| 100.0 * change));
    let scale = Scale::over(all.chain([100.0 * error, -100.0 * error]), (left, right));
    let scale = if scale.is_log() { Scale::over([0.0, 100.0], (left, right)) } else { scale };
    let mut picture = Picture::new(540.0, height + 24.0);
    let (from, to) = (scale.at(-100.0 * error), scale.at(100.0 * error));
    picture.rect("band", (from, 14.0), (to - from, height - 14.0));
    for tick in scale.ticks(6.0) {
        picture.line(
            if tick == 0.0 { "ref" } else { "gr" },
            (scale.at(tick), 14.0),
            (scale.at(tick), height),
        );
        picture.text("t2", (scale.at(tick), height + 16.0), "middle", &trimmed(&percent(tick)));
    }
    let mut finding = Vec::new();
    for (i, (name, changes, median, beyond)) in rows.iter().enumerate() {
        let base = 30.0 + line * (i as f64 + 1.0) - 10.0;
        picture.text("b", (left - 8.0, base - 3.0), "end", name);
        let mut bins = std::collections::BTreeMap::new();
        for change in changes {
            *bins.entry((scale.at(100.0 * change) / 2.5) as i64).or_insert(0usize) += 1;
        }
        let most = bins.values().copied().max().unwrap_or(1) as f64;
        for (bin, n) in bins {
            let tall = 3.0 + 17.0 * n as f64 / most;
            picture.rect("f1", (2.5 * bin as f64, base - tall), (2.0, tall));
        }
        picture.text("b", (right + 10.0, base - 10.0), "start", &percent(100.0 * median));
        let note = format!("{beyond} of {} changed", changes.len());
        picture.text("t2", (right + 10.0, base + 3.0), "start", &note);
        finding.push(format!("{name} {}", percent(100.0 * median)));
    }
    picture.finish(
        "cmp",
        "Change of every measure at every common point",
        &format!("Medians: {}.", finding.join(", ")),
    )
}

/// A name in a form that can be part of an element's id: only letters, digits, `-` and `_`.
pub fn anchor(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn a_missed_value_is_a_square_and_the_others_are_rings() {
        let domain = Domain::read(&inputs());
        let svg = dots(&domain, &domain.measures[0]);
        assert_eq!(
            (svg.matches("class=\"bad\"").count(), svg.matches("class=\"ok\"").count()),
            (1, 6)
        );
        assert!(svg.contains("✕ 1") && svg.contains("? 1"), "{svg}");
    }

    #[test]
    fn ids_are_made_of_safe_characters() {
        assert_eq!(anchor("a\"><b"), "a___b");
    }
}
