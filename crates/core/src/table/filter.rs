//! Which rows are wanted: conditions and a range of time.

use super::Table;
use super::condition::Condition;
use super::times::{self, Form};
use crate::fault::{Fault, Faults};
use crate::refused::Refused;

/// One end of a range of time.
struct End {
    form: Form,
    seconds: f64,
    text: String,
}

/// What rows must meet.
pub struct Filter {
    conditions: Vec<Condition>,
    since: Option<End>,
    until: Option<End>,
    format: Option<String>,
}

const DAY_S: f64 = 86_400.0;

impl Filter {
    /// Parses conditions as in [`Condition::parse`], and the ends of a range of time as numbers, as
    /// ISO 8601 or by `format`. A day as the end of the range includes the whole day.
    ///
    /// # Errors
    /// A text that is not a condition, or not a time.
    pub fn parse(
        conditions: &[String],
        since: Option<&str>,
        until: Option<&str>,
        format: Option<&str>,
    ) -> Result<Filter, Refused> {
        let end = |option: &str, text: Option<&str>, last: bool| -> Result<Option<End>, Refused> {
            let Some(text) = text else { return Ok(None) };
            let own = format.and_then(|format| times::parse(text, Some(format)));
            let (form, mut seconds) = own.or_else(|| times::parse(text, None)).ok_or_else(|| {
                Refused::Usage(format!("{option}: `{text}` is not a time; a number, ISO 8601 or the form of --time-format is expected"))
            })?;
            if last && form != Form::Number && !text.contains(':') {
                // The last microsecond of the day.
                seconds += DAY_S - 1e-6;
            }
            Ok(Some(End { form, seconds, text: text.to_owned() }))
        };
        let conditions: Result<Vec<_>, _> =
            conditions.iter().map(|text| Condition::parse(text)).collect();
        let (since, until) = (end("--since", since, false)?, end("--until", until, true)?);
        if let (Some(since), Some(until)) = (&since, &until)
            && since.form == until.form
            && since.seconds > until.seconds
        {
            let (since, until) = (&since.text, &until.text);
            return Err(Refused::Usage(format!("--since {since} is after --until {until}")));
        }
        let conditions = conditions.map_err(Refused::Usage)?;
        Ok(Filter { conditions, since, until, format: format.map(str::to_owned) })
    }

    /// Returns the indices of the rows that meet the filter; `time` names the column of times, if
    /// the filter has a range of time.
    ///
    /// # Errors
    /// Columns that the table does not have, cells that are not times, or no row left.
    pub fn rows(&self, table: &Table, time: Option<&str>) -> Result<Vec<usize>, Faults> {
        let mut kept = vec![true; table.len()];
        for condition in &self.conditions {
            let rows = condition.rows(table)?;
            kept.iter_mut().zip(rows).for_each(|(kept, meets)| *kept &= meets);
        }
        if let Some(column) = time.filter(|_| self.is_of_time()) {
            let place = table.column(column)?;
            let mut faults = Vec::new();
            for (row, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
                match self.within(table.cell(row, place)) {
                    Ok(within) => *kept = within,
                    Err(expected) => {
                        let found = format!("`{}` in column `{column}`", table.cell(row, place));
                        faults.push(table.fault(row, place, found).expected(expected));
                    }
                }
            }
            Faults::or((), faults)?;
        }
        let rows: Vec<usize> = (0..table.len()).filter(|row| kept[*row]).collect();
        if rows.is_empty() {
            let found = format!("none of {} rows meets --where, --since and --until", table.len());
            return Err(Fault::of(&table.file, found).into());
        }
        Ok(rows)
    }

    /// Names of the columns that the conditions ask for.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        self.conditions.iter().flat_map(|condition| &condition.columns)
    }

    /// Whether the filter has a range of time.
    pub fn is_of_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether named cells meet the conditions.
    pub fn holds<'a>(&self, cell: &impl Fn(&str) -> &'a str) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.holds(&|place: usize| cell(&condition.columns[place])))
    }

    /// Whether a time lies within the range.
    ///
    /// # Errors
    /// What was expected, if the cell is not a time of the form of the range.
    pub fn within(&self, cell: &str) -> Result<bool, String> {
        let expected = "a number or ISO 8601, such as 2026-01-31T08:30:00+01:00; state another form by --time-format";
        let (form, seconds) =
            times::parse(cell, self.format.as_deref()).ok_or_else(|| expected.to_owned())?;
        for (end, name) in [(&self.since, "--since"), (&self.until, "--until")] {
            if let Some(end) = end.as_ref().filter(|end| end.form != form) {
                return Err(format!(
                    "a time of the same form as {name} {}: both with an offset from UTC, both without, or both numbers",
                    end.text
                ));
            }
        }
        let late = self.since.as_ref().is_none_or(|end| seconds >= end.seconds);
        Ok(late && self.until.as_ref().is_none_or(|end| seconds <= end.seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_meant_to_its_end() {
        let filter = Filter::parse(&[], Some("2026-03-01"), Some("2026-03-02"), None).unwrap();
        let within = |cell: &str| filter.within(cell).unwrap();
        assert!(within("2026-03-01") && within("2026-03-02T23:59:59"));
        assert!(!within("2026-02-28T23:00:00") && !within("2026-03-03"));
        assert!(filter.within("2026-03-01T08:00:00Z").is_err() && filter.within("7").is_err());
        assert!(Filter::parse(&[], Some("5"), Some("4"), None).is_err());
    }

    #[test]
    fn rows_meet_all_conditions_and_lie_within_the_range() {
        let csv = b"t,tool,x\n1,A,5\n2,A,6\n3,B,7\n4,A,8\n";
        let table = Table::parse("t.csv", csv).unwrap();
        let rows = |conditions: &[&str], since, until| {
            let conditions: Vec<String> = conditions.iter().map(|c| (*c).to_owned()).collect();
            let filter = Filter::parse(&conditions, since, until, None).unwrap();
            filter.rows(&table, Some("t")).map_err(|faults| faults.to_string())
        };
        assert_eq!(rows(&["tool == A"], Some("2"), None), Ok(vec![1, 3]));
        assert_eq!(rows(&["tool == A", "x < 8"], None, None), Ok(vec![0, 1]));
        assert_eq!(rows(&[], Some("2"), Some("3")), Ok(vec![1, 2]));
        let none = rows(&["tool == C"], None, None).unwrap_err();
        assert_eq!(none, "t.csv: none of 4 rows meets --where, --since and --until");
        // A range of numbers has no place for a time of the calendar.
        let other = rows(&[], Some("2026-03-01"), None).unwrap_err();
        assert!(other.starts_with("t.csv:2:1: `1` in column `t`\n"), "{other}");
        assert_eq!(
            other.matches("expected a time of the same form as --since 2026-03-01").count(),
            4
        );
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_refused() {
        let refused = Filter::parse(&["a b".to_owned()], Some("x"), None, None).map(drop);
        let words = "--since: `x` is not a time; a number, ISO 8601 or the form of --time-format is expected";
        assert_eq!(refused.unwrap_err().to_string(), words);
    }
}
