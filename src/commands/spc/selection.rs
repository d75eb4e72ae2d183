//! Which rows of a table are wanted: conditions and a range of time, the same in every command.

use super::condition::Condition;
use super::times::{self, Form};
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::{Fault, Faults, Table};

/// Which rows are read.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Rows")]
pub struct Selection {
    /// Read only rows that meet a condition, such as 'tool == E04 and step > 3'; all of several
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// Read only rows from this time on, by the column of --time
    #[arg(long, value_name = "TIME", requires = "time", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Read only rows up to this time, by the column of --time; a day is meant to its end
    #[arg(long, value_name = "TIME", requires = "time", allow_hyphen_values = true)]
    pub until: Option<String>,
}

/// The column of times, for commands that need it for --since and --until alone.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Rows")]
pub struct TimeColumn {
    /// Column of times, for --since and --until: ISO 8601 or numbers
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Form of the times where it is another, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    pub time_format: Option<String>,
    #[command(flatten)]
    pub selection: Selection,
}

impl TimeColumn {
    /// Leaves the rows that are wanted.
    ///
    /// # Errors
    /// As [`Selection::apply`].
    pub fn apply(&self, ctx: &Context, table: Table) -> Result<Table> {
        self.selection.apply(ctx, table, self.time.as_deref(), self.time_format.as_deref())
    }
}

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

impl Selection {
    /// Whether every row is wanted.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.since.is_none() && self.until.is_none()
    }

    /// Parses what is asked for.
    ///
    /// # Errors
    /// What is no condition or no time.
    pub fn filter(&self, format: Option<&str>) -> Result<Filter> {
        let end = |option: &str, text: &Option<String>, last: bool| -> Result<Option<End>> {
            let Some(text) = text else { return Ok(None) };
            let own = format.and_then(|format| times::parse(text, Some(format)));
            let (form, mut seconds) = own.or_else(|| times::parse(text, None)).ok_or_else(|| {
                Usage(format!("{option}: `{text}` is no time; a number, ISO 8601 or the form of --time-format is expected"))
            })?;
            if last && form != Form::Number && !text.contains(':') {
                // The last microsecond of the day.
                seconds += DAY_S - 1e-6;
            }
            Ok(Some(End { form, seconds, text: text.clone() }))
        };
        let conditions: Result<Vec<_>> =
            self.conditions.iter().map(|text| Condition::parse(text)).collect();
        let (since, until) =
            (end("--since", &self.since, false)?, end("--until", &self.until, true)?);
        if let (Some(since), Some(until)) = (&since, &until)
            && since.form == until.form
            && since.seconds > until.seconds
        {
            let (since, until) = (&since.text, &until.text);
            return Err(Usage(format!("--since {since} is after --until {until}")).into());
        }
        Ok(Filter { conditions: conditions?, since, until, format: format.map(str::to_owned) })
    }

    /// Leaves the rows that are wanted, and says how many these are.
    ///
    /// # Errors
    /// Columns that the table does not have, cells that are no times, and that no row is left.
    pub fn apply(
        &self,
        ctx: &Context,
        table: Table,
        time: Option<&str>,
        format: Option<&str>,
    ) -> Result<Table> {
        if self.is_empty() {
            return Ok(table);
        }
        let filter = self.filter(format)?;
        let mut kept = vec![true; table.len()];
        for condition in &filter.conditions {
            let rows = condition.rows(&table)?;
            kept.iter_mut().zip(rows).for_each(|(kept, meets)| *kept &= meets);
        }
        if let Some(column) = time.filter(|_| filter.is_of_time()) {
            let place = table.column(column).map_err(Faults::from)?;
            let mut faults = Vec::new();
            for (row, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
                match filter.within(table.cell(row, place)) {
                    Ok(within) => *kept = within,
                    Err(expected) => {
                        let found = format!("`{}` in column `{column}`", table.cell(row, place));
                        faults.push(table.fault(row, place, found).expected(expected));
                    }
                }
            }
            Faults::or((), faults)?;
        }
        let (all, left) = (table.len(), kept.iter().filter(|kept| **kept).count());
        if left == 0 {
            let found = format!("none of {all} rows meets --where, --since and --until");
            return Err(Faults::from(Fault::of(&table.file, found)).into());
        }
        ctx.log.info("rows", format!("{left} of {all} rows of {} are read", table.file));
        let rows: Vec<usize> = (0..all).filter(|row| kept[*row]).collect();
        Ok(table.select(&rows))
    }
}

impl Filter {
    /// Names of the columns that the conditions ask for.
    pub fn columns(&self) -> impl Iterator<Item = &String> {
        self.conditions.iter().flat_map(|condition| &condition.columns)
    }

    /// Whether times matter.
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
    /// What was expected, where the cell is no time of the form of the range.
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
        let selection = Selection {
            since: Some("2026-03-01".to_owned()),
            until: Some("2026-03-02".to_owned()),
            ..Selection::default()
        };
        let filter = selection.filter(None).unwrap();
        let within = |cell: &str| filter.within(cell).unwrap();
        assert!(within("2026-03-01") && within("2026-03-02T23:59:59"));
        assert!(!within("2026-02-28T23:00:00") && !within("2026-03-03"));
        assert!(filter.within("2026-03-01T08:00:00Z").is_err() && filter.within("7").is_err());
        let swapped = Selection {
            since: Some("5".to_owned()),
            until: Some("4".to_owned()),
            ..Selection::default()
        };
        assert!(swapped.filter(None).is_err());
    }
}
