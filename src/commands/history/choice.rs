//! Options that choose runs.

use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use libchar_core::duration;
use libchar_history::Filter;

/// Conditions, all of which must hold
#[derive(Args)]
pub struct Choice {
    /// Take at most this many runs, the newest ones
    #[arg(short = 'n', long)]
    limit: Option<usize>,
    /// Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// Only runs in this folder or below
    #[arg(long, value_name = "DIR")]
    folder: Option<String>,
    /// Only runs with this status: running, done, findings, failed, interrupted or lost
    #[arg(long, value_name = "STATUS", value_parser = ["running", "done", "findings", "failed", "interrupted", "lost"])]
    status: Option<String>,
    /// Only runs of this user
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only runs with a result of this measure
    #[arg(long = "measure", value_name = "NAME", id = "of_measure")]
    measure: Option<String>,
    /// Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only runs that started before this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only runs with this label; may be repeated
    #[arg(long, value_name = "NAME[=VALUE]")]
    tag: Vec<String>,
}

impl Choice {
    /// The conditions; `usual` is the default limit on the number of runs.
    pub fn filter(self, usual: Option<usize>) -> Result<Filter> {
        let folder = self.folder.map(|folder| absolute(&folder)).transpose()?;
        let tag = |tag: &String| match tag.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (tag.clone(), None),
        };
        Ok(Filter {
            command: self.command,
            folder,
            status: self.status,
            user: self.user,
            measure: self.measure,
            since: self.since.map(|text| time("--since", &text)).transpose()?,
            until: self.until.map(|text| time("--until", &text)).transpose()?,
            tags: self.tag.iter().map(tag).collect(),
            text: None,
            limit: self.limit.or(usual),
        })
    }
}

/// A folder in the form in which runs record theirs, whether or not it still exists.
fn absolute(folder: &str) -> Result<String> {
    let path = std::fs::canonicalize(folder).or_else(|_| std::path::absolute(folder))?;
    Ok(path.display().to_string())
}

/// A time in the form of the history.
fn time(option: &str, text: &str) -> Result<String> {
    let date = || {
        let date: Date = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(date.to_datetime(Time::midnight())).ok()
    };
    let ago = || {
        let age = SignedDuration::try_from(duration::parse(text).ok()?).ok()?;
        Timestamp::now().checked_sub(age).ok()
    };
    let found: Option<Timestamp> = text.parse().ok().or_else(date).or_else(ago);
    let wrong = || {
        Usage(format!(
            "{option} is `{text}`; expected a date such as 2026-01-31 (UTC), a time such as 2026-01-31T08:00:00Z, or an age such as 7d"
        ))
    };
    Ok(found.ok_or_else(wrong)?.to_string())
}
