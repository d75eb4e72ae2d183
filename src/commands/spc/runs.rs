//! Tables with one row a run and one column a feature, as health and forecast read them.

use crate::context::Context;
use crate::data_format::Na;
use anyhow::Result;
use clap::Args;
use libchar_core::table::columns::{self, Complete};
use libchar_core::{Faults, Table};
use libchar_spc::data::request as input;

/// Which columns are features.
#[derive(Args)]
pub struct FeatureArgs {
    /// The features [default: every column of numbers that is not ignored]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Features whose names match, such as 'temp_*'
    #[arg(long = "columns", value_name = "PATTERN", conflicts_with = "features")]
    pub patterns: Vec<String>,
    /// Columns that are no features, such as run numbers and times
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', conflicts_with = "features")]
    pub ignore: Vec<String>,
    /// Runs with cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
}

/// Names that count runs or time, and are features for nobody.
const NEVER: [&str; 6] = ["run", "cycle", "time", "time_s", "index", "wafer"];

impl FeatureArgs {
    /// The features of a table: those asked for, else every column that holds a number in its first
    /// row, is not ignored and is none of `others` or [`NEVER`]. Columns that are empty throughout
    /// were not computed and are left out aloud.
    pub fn choose(
        &self,
        table: &Table,
        others: &[&str],
        ctx: &Context,
    ) -> Result<Vec<String>, Faults> {
        if !self.features.is_empty() {
            let missing = self.features.iter().filter_map(|name| table.column(name).err());
            return Faults::or(self.features.clone(), missing.collect());
        }
        let missing = self.ignore.iter().filter_map(|name| table.column(name).err());
        Faults::or((), missing.collect())?;
        if !self.patterns.is_empty() {
            let ignored = self.ignore.iter().map(String::as_str);
            let taken: Vec<&str> = others.iter().copied().chain(ignored).chain(NEVER).collect();
            let found = input::matching(table, &self.patterns, &taken)?;
            found.left_out().iter().for_each(|note| ctx.log.info("columns", note));
            return Ok(found.columns);
        }
        let is_other = |name: &str| {
            NEVER.contains(&name) || others.contains(&name) || self.ignore.iter().any(|i| i == name)
        };
        let mut chosen = Vec::new();
        let mut empty = Vec::new();
        for (i, name) in table.columns.iter().enumerate().filter(|(_, name)| !is_other(name)) {
            if (0..table.len()).all(|row| table.cell(row, i).is_empty()) {
                empty.push(name.as_str());
            } else if (0..table.len()).any(|row| table.number(row, i).is_ok()) {
                chosen.push(name.clone());
            }
        }
        if !empty.is_empty() {
            ctx.log.warning("features", format!("empty columns left out: {}", empty.join(", ")));
        }
        if chosen.is_empty() {
            let fault =
                libchar_core::Fault::of(&table.file, "no column of numbers to take as a feature");
            return Err(fault.into());
        }
        Ok(chosen)
    }

    /// The rows of the named features, and the table's row of each.
    pub fn rows(
        &self,
        table: &Table,
        features: &[String],
        ctx: &Context,
    ) -> Result<Complete, Faults> {
        let places = columns::places(table, features)?;
        let numbers = columns::numbers(table, &places, self.na.into())?.complete();
        if numbers.skipped > 0 {
            let skipped = numbers.skipped;
            ctx.log.warning("skipped", format!("{skipped} runs without a finite number left out"));
        }
        Ok(numbers)
    }
}

/// The features that vary over `rows`; the others are named on stderr and dropped.
pub fn varying(features: Vec<String>, rows: &[Vec<f64>], ctx: &Context) -> Vec<String> {
    let varies = |j: usize| rows.iter().any(|row| row[j] != rows[0][j]);
    let (keep, constant): (Vec<_>, Vec<_>) =
        features.into_iter().enumerate().partition(|(j, _)| varies(*j));
    if !constant.is_empty() {
        let names: Vec<&str> = constant.iter().map(|(_, name)| name.as_str()).collect();
        ctx.log.warning(
            "features",
            format!("constant over the healthy runs, left out: {}", names.join(", ")),
        );
    }
    keep.into_iter().map(|(_, name)| name).collect()
}
