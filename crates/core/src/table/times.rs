//! Times of rows: parsed, never compared as text.

use crate::fault::{Fault, Faults};
use crate::number::parse_decimal;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// What a column of times holds. Forms do not mix: their order would be a guess.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Numbers that count up.
    Number,
    /// ISO 8601 with an offset from UTC.
    Instant,
    /// ISO 8601 without one, or by a stated format.
    Civil,
}

/// Times in seconds; numbers are taken as they are.
#[derive(Debug)]
pub struct Times {
    /// The times, in order.
    pub seconds: Vec<f64>,
    /// Whether they are times of a calendar.
    pub is_calendar: bool,
}

/// Parses one time.
pub fn parse(text: &str, format: Option<&str>) -> Option<(Form, f64)> {
    let civil = |time: DateTime| {
        let instant = TimeZone::UTC.to_timestamp(time).ok()?;
        Some((Form::Civil, instant.as_microsecond() as f64 / 1e6))
    };
    if let Some(format) = format {
        let parts = strtime::parse(format, text).ok()?;
        if let Ok(instant) = parts.to_timestamp() {
            return Some((Form::Instant, instant.as_microsecond() as f64 / 1e6));
        }
        let time = parts.to_datetime().or_else(|_| parts.to_date().map(DateTime::from)).ok()?;
        return civil(time);
    }
    if let Some(number) = parse_decimal(text) {
        return Some((Form::Number, number));
    }
    // jiff reads more forms than ISO 8601's; a year comes first in all that are wanted here.
    let starts_with_year = text.len() >= 8 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    if !starts_with_year {
        return None;
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some((Form::Instant, instant.as_microsecond() as f64 / 1e6));
    }
    if text.contains('[') || text.ends_with('Z') {
        return None;
    }
    civil(text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from)).ok()?)
}

/// Parses `texts`, which must not go backwards.
///
/// # Errors
/// Every cell that is no time, or a time of another form than the first, or before the one above it.
pub fn read(
    file: &str,
    lines: &[usize],
    column: &str,
    texts: &[String],
    format: Option<&str>,
) -> Result<Times, Faults> {
    let mut seconds = Vec::with_capacity(texts.len());
    let mut faults = Vec::new();
    let mut form: Option<Form> = None;
    for (text, line) in texts.iter().zip(lines) {
        let fault = |found: String| Fault::at(file, *line, 0, found);
        let Some((own, second)) = parse(text, format) else {
            let expected = match format {
                Some(format) => format!("a time of the form {format}"),
                None => "a number or ISO 8601, such as 2026-01-31T08:30:00+01:00; state another form by --time-format, such as %d/%m/%Y".to_owned(),
            };
            faults.push(
                fault(format!("`{text}` in column `{column}` is not a time")).expected(expected),
            );
            continue;
        };
        if *form.get_or_insert(own) != own {
            let expected =
                "times of one form: all with an offset from UTC, all without, or all numbers";
            faults.push(fault(format!("time `{text}` is of another form")).expected(expected));
            continue;
        }
        if seconds.last().is_some_and(|last| second < *last) {
            let before = &texts[seconds.len() - 1];
            faults.push(
                fault(format!("time `{text}` after `{before}`")).expected("rows in order of time"),
            );
        }
        seconds.push(second);
    }
    let is_calendar = form.is_some_and(|form| form != Form::Number);
    Faults::or(Times { seconds, is_calendar }, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(texts: &[&str], format: Option<&str>) -> Result<Vec<f64>, String> {
        let texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let lines: Vec<usize> = (2..texts.len() + 2).collect();
        read("t.csv", &lines, "t", &texts, format).map(|t| t.seconds).map_err(|e| e.to_string())
    }

    #[test]
    fn order_is_that_of_time_and_not_of_letters() {
        assert!(times(&["2026-03-01T02:59:00+02:00", "2026-03-01T02:01:00+01:00"], None).is_ok());
        assert!(times(&["2026-03-01T08:00:00Z", "2026-03-01T08:30:00+01:00"], None).is_err());
        assert!(times(&["9", "10", "10.5"], None).is_ok());
        assert!(times(&["2026-03-01", "2026-03-01T00:00:01", "2026-03-02 10:00"], None).is_ok());
        let day_first = Some("%d/%m/%Y");
        assert!(times(&["31/12/2025", "01/01/2026"], day_first).is_ok());
        assert!(times(&["02/01/2026", "03/01/2025"], day_first).is_err());
        assert!(times(&["30.11.2026 08:15", "01.12.2026 07:00"], Some("%d.%m.%Y %H:%M")).is_ok());
        let error = times(&["02/01/2026", "03/01/2025"], None).unwrap_err();
        assert!(
            error.starts_with("t.csv:2: `02/01/2026` in column `t` is not a time\n"),
            "{error}"
        );
        assert!(times(&["2026-03-01T08:00:00Z", "2026-03-01T09:00:00"], None).is_err());
    }
}
