//! Rewrites dates and times of day as ISO 8601, if the order of day and month is stated or evident.

use super::dialect::{Dialect, Said};
use super::layout::{Kind, Layout};
use crate::fault::{Fault, Faults};

/// Three numbers, what separates them, and what follows.
#[derive(Debug, Clone, Copy)]
struct Parts<'a> {
    numbers: [u32; 3],
    /// Whether the first has four digits.
    year_first: bool,
    /// Whether the last has four digits.
    year_last: bool,
    separator: char,
    time: &'a str,
}

fn parts(cell: &str) -> Option<Parts<'_>> {
    let (date, time) = match cell.find([' ', 'T']) {
        Some(at) => (&cell[..at], cell[at + 1..].trim()),
        None => (cell, ""),
    };
    let separator =
        date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let fields: Vec<&str> = date.split(separator).collect();
    let [first, second, third] = fields[..] else { return None };
    let number = |text: &str| (1..=4).contains(&text.len()).then(|| text.parse().ok()).flatten();
    let numbers = [number(first)?, number(second)?, number(third)?];
    let year_first = first.len() == 4;
    let year_last = third.len() == 4;
    let sized =
        second.len() <= 2 && (year_first != year_last || first.len() <= 2 && third.len() == 2);
    let has_time = time.is_empty() || clock(time).is_some() || time.contains(['+', 'Z']);
    (sized && has_time).then_some(Parts { numbers, year_first, year_last, separator, time })
}

/// A time of day as `HH:MM:SS`, with what follows the seconds.
fn clock(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let (time, half) = match upper
        .strip_suffix("PM")
        .map(|t| (t, 12))
        .or(upper.strip_suffix("AM").map(|t| (t, 0)))
    {
        Some((time, half)) => (time.trim(), Some(half)),
        None => (upper.as_str(), None),
    };
    let mut fields = time.split(':');
    let mut hour: u32 = fields.next()?.parse().ok()?;
    let minute: u32 = fields.next()?.parse().ok()?;
    let second = fields.next().unwrap_or("00");
    let whole: u32 = second.split('.').next()?.parse().ok()?;
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    let valid = hour < 24 && minute < 60 && whole < 61 && fields.next().is_none();
    let second = if second.len() < 2 { format!("0{second}") } else { second.to_owned() };
    valid.then(|| format!("{hour:02}:{minute:02}:{second}"))
}

/// Whether a cell is a date of some order.
pub(super) fn is_like(cell: &str) -> bool {
    parts(cell).is_some()
}

/// Whether a cell is a date that is not ISO 8601 already.
pub(super) fn is_foreign(cell: &str) -> bool {
    parts(cell).is_some_and(|parts| !(parts.year_first && parts.separator == '-'))
}

/// Rewrites columns of dates as ISO 8601; columns of an unknown order stay as they are, with a
/// note.
///
/// # Errors
/// If a format is stated: every cell of a column of dates that does not follow it.
pub(super) fn clean(
    file: &str,
    layout: &mut Layout,
    dialect: &Dialect,
    said: &mut Said,
) -> Result<(), Faults> {
    let mut faults = Vec::new();
    for column in
        (0..layout.columns.len()).filter(|i| layout.kinds[*i] == Kind::Date).collect::<Vec<_>>()
    {
        let cells = || {
            layout
                .rows
                .iter()
                .filter_map(|row| row.cells.get(column))
                .filter(|cell| !cell.text.is_empty())
        };
        if dialect.date_format.is_none() && !cells().any(|cell| is_foreign(&cell.text)) {
            continue;
        }
        let known: Vec<Parts> = cells().filter_map(|cell| parts(&cell.text)).collect();
        let format = match &dialect.date_format {
            Some(format) => format.clone(),
            None => match order(&known) {
                Some(order) => {
                    said.option("--date-format", Some(order));
                    order.to_owned()
                }
                None => {
                    let name = &layout.columns[column];
                    said.sentence(format!(
                        "the dates of column `{name}` may be day/month or month/day: state which by --date-format dmy or mdy"
                    ));
                    continue;
                }
            },
        };
        let name = layout.columns[column].clone();
        for row in &mut layout.rows {
            let line = row.line;
            let Some(cell) = row.cells.get_mut(column).filter(|cell| !cell.text.is_empty()) else {
                continue;
            };
            match iso(&cell.text, &format) {
                Some(date) => cell.text = date,
                None if dialect.date_format.is_some() => {
                    let what = format!(
                        "`{}` in column `{name}` is not a date of the format {format}",
                        cell.text
                    );
                    faults.push(Fault::at(file, line, 0, what));
                }
                None => {}
            }
        }
    }
    Faults::or((), faults)
}

/// The order that a column of dates shows; `None` if day and month could change places.
fn order(dates: &[Parts]) -> Option<&'static str> {
    let any = |test: &dyn Fn(&Parts) -> bool| dates.iter().any(test);
    match () {
        () if dates.iter().all(|date| date.year_first) => Some("ymd"),
        () if !dates.iter().all(|date| date.year_last) => None,
        () if dates.iter().all(|date| date.separator == '.') => Some("dmy"),
        () => match (any(&|date| date.numbers[0] > 12), any(&|date| date.numbers[1] > 12)) {
            (true, false) => Some("dmy"),
            (false, true) => Some("mdy"),
            _ => None,
        },
    }
}

/// A date in ISO 8601; `None` if the text does not follow the format or is no day of the calendar.
fn iso(cell: &str, format: &str) -> Option<String> {
    if format.contains('%') {
        return by_pattern(cell, format);
    }
    let Parts { numbers: [a, b, c], time, .. } = parts(cell)?;
    let (year, month, day) = match format {
        "dmy" => (c, b, a),
        "mdy" => (c, a, b),
        _ => (a, b, c),
    };
    let date = calendar(year, month, day)?;
    Some(match clock(time) {
        Some(time) => format!("{date}T{time}"),
        None if time.is_empty() => date,
        None => format!("{date}T{time}"),
    })
}

fn calendar(year: u32, month: u32, day: u32) -> Option<String> {
    // Two digits: 69 to 99 are years of the last century, as POSIX reads them (strptime, %y).
    let year = match year {
        0..69 => year + 2000,
        69..100 => year + 1900,
        _ => year,
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Reads by a pattern of `%Y %y %m %d %H %I %M %S %p`; everything else stands for itself.
fn by_pattern(cell: &str, pattern: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut hour, mut minute, mut second, mut half) = (None, 0, 0, None);
    let mut rest = cell;
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            rest = rest.strip_prefix(sign)?;
            continue;
        }
        let field = signs.next()?;
        if field == 'p' {
            let word = rest.get(..2)?.to_ascii_uppercase();
            half = Some(match word.as_str() {
                "AM" => 0,
                "PM" => 12,
                _ => return None,
            });
            rest = &rest[2..];
            continue;
        }
        let most = if field == 'Y' { 4 } else { 2 };
        let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number: u32 = rest[..length].parse().ok()?;
        rest = &rest[length..];
        match field {
            'Y' | 'y' => year = Some(number),
            'm' => month = Some(number),
            'd' => day = Some(number),
            'H' | 'I' => hour = Some(number),
            'M' => minute = number,
            'S' => second = number,
            _ => return None,
        }
    }
    let date = calendar(year?, month?, day?).filter(|_| rest.is_empty())?;
    let Some(hour) = hour else { return Some(date) };
    let hour = half.map_or(hour, |half| hour % 12 + half);
    (hour < 24 && minute < 60 && second < 61)
        .then(|| format!("{date}T{hour:02}:{minute:02}:{second:02}"))
}

/// Checks that a `--date-format` can be followed.
///
/// # Errors
/// What was expected.
pub fn check_format(format: &str) -> Result<(), String> {
    let mut fields = format.split('%').skip(1);
    let known = |field: &str| field.starts_with(['Y', 'y', 'm', 'd', 'H', 'I', 'M', 'S', 'p']);
    let is_pattern = format.contains('%') && fields.all(known);
    if matches!(format, "dmy" | "mdy" | "ymd") || is_pattern {
        return Ok(());
    }
    Err("expected dmy, mdy, ymd, or a format of %Y %y %m %d %H %I %M %S %p such as %d.%m.%Y"
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::{check_format, iso};

    #[test]
    fn dates_become_iso_and_days_that_do_not_exist_do_not() {
        for (cell, format, expected) in [
            ("01.03.2026", "dmy", Some("2026-03-01")),
            ("2/27/2026 9:00 AM", "mdy", Some("2026-02-27T09:00:00")),
            ("2/27/2026 12:21 PM", "mdy", Some("2026-02-27T12:21:00")),
            ("2026/05/04 10:00:01", "ymd", Some("2026-05-04T10:00:01")),
            ("29.02.2026", "dmy", None),
            ("29.02.2028", "dmy", Some("2028-02-29")),
            ("1/13/26", "dmy", None),
            ("1/1/26", "%d/%m/%y", Some("2026-01-01")),
            ("260102 0304", "%y%m%d %H%M", Some("2026-01-02T03:04:00")),
            ("12:05 AM 1.2.2026", "%I:%M %p %d.%m.%Y", Some("2026-02-01T00:05:00")),
        ] {
            assert_eq!(iso(cell, format).as_deref(), expected, "{cell} {format}");
        }
        assert!(check_format("dmy").is_ok() && check_format("%d.%m.%Y").is_ok());
        assert!(check_format("dd.mm.yyyy").is_err() && check_format("%Q").is_err());
    }
}
