//! Many charts of one table: every group of rows combined with every column.

use super::layout::Layout;
use super::prepared::{self, Prepared};
use super::request::{self, Request};
use crate::chart::{Design, Kind};
use libchar_core::table::columns::{Na, places};
use libchar_core::{Fault, Faults, Refused, Table};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A table split into groups, and the columns of each chart.
pub struct Groups {
    /// Columns whose values define the groups.
    pub by: Vec<String>,
    /// The values and the rows of each group.
    tables: Vec<(Vec<String>, Table)>,
    /// Charted columns, one list per chart.
    sets: Vec<Vec<String>>,
    /// A sentence about columns that match a pattern but hold no numbers.
    pub left_out: Option<String>,
}

/// One chart's data.
pub struct Item {
    /// The group's values.
    pub group: Vec<String>,
    /// Its columns.
    pub columns: Vec<String>,
    /// Index of its group.
    at: usize,
    /// Its points, or the reason why there are none.
    pub prepared: Result<Prepared, String>,
}

impl Item {
    /// The chart's name: its columns and its group.
    pub fn name(&self) -> String {
        let columns = self.columns.join(",");
        if self.group.is_empty() { columns } else { format!("{columns} {}", self.group.join(" ")) }
    }

    /// Number of cells without a number.
    pub fn missing(&self) -> usize {
        self.prepared.as_ref().map_or(0, |prepared| prepared.skipped.len())
    }
}

impl Groups {
    /// Splits a table by `--by`, and finds the columns of `--column` and `--columns`.
    ///
    /// # Errors
    /// Columns that the table does not have, and patterns that match none.
    pub fn new(args: &Layout, table: Table, kind: Kind) -> Result<Groups, Faults> {
        let (sets, left_out) = sets(args, &table, kind)?;
        let places = places(&table, &args.by)?;
        if places.is_empty() {
            let tables = vec![(Vec::new(), table)];
            return Ok(Groups { by: Vec::new(), tables, sets, left_out });
        }
        let mut known: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        let mut rows: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
        for row in 0..table.len() {
            let key: Vec<&str> = places.iter().map(|place| table.cell(row, *place)).collect();
            let at = *known.entry(key).or_insert_with_key(|key| {
                rows.push((key.iter().map(|text| (*text).to_owned()).collect(), Vec::new()));
                rows.len() - 1
            });
            rows[at].1.push(row);
        }
        let tables = rows.into_iter().map(|(group, rows)| (group, table.select(&rows))).collect();
        Ok(Groups { by: args.by.clone(), tables, sets, left_out })
    }

    /// The rows of an item's group.
    pub fn table(&self, item: &Item) -> &Table {
        &self.tables[item.at].1
    }

    /// The points of every group and column, ordered by group. A chart that cannot be read carries
    /// its reason and does not stop the others.
    ///
    /// # Errors
    /// The first error, if no chart can be read.
    pub fn items(
        &self,
        args: &Layout,
        bytes: &[u8],
        design: &Design,
        is_deviation: bool,
    ) -> Result<Vec<Item>, Refused> {
        let asked: Vec<(usize, usize)> = (0..self.tables.len())
            .flat_map(|group| (0..self.sets.len()).map(move |set| (group, set)))
            .collect();
        let mut errors = Vec::new();
        let shaped: Vec<_> = asked
            .par_iter()
            .map(|(group, set)| {
                let mut own = args.clone();
                own.columns.clone_from(&self.sets[*set]);
                own.patterns.clear();
                own.na = Na::Skip;
                if *set > 0 {
                    // The times of a group are checked with its first column only.
                    own.label.splice(0..0, own.time.take());
                }
                prepared::shape(&own, &self.tables[*group].1, bytes, design, is_deviation)
            })
            .collect();
        let items: Vec<Item> = asked
            .iter()
            .zip(shaped)
            .map(|((group, set), shaped)| Item {
                group: self.tables[*group].0.clone(),
                columns: self.sets[*set].clone(),
                at: *group,
                prepared: shaped.map_err(|error| {
                    let text = error.to_string();
                    errors.push(error);
                    text.lines().next().unwrap_or_default().to_owned()
                }),
            })
            .collect();
        match errors.into_iter().next() {
            Some(error) if items.iter().all(|item| item.prepared.is_err()) => Err(error),
            _ => Ok(items),
        }
    }
}

/// The columns of each chart, and a sentence about those that patterns left out.
fn sets(
    args: &Layout,
    table: &Table,
    kind: Kind,
) -> Result<(Vec<Vec<String>>, Option<String>), Faults> {
    let mut named = request::split_names(table, &args.columns);
    let missing = named.iter().filter_map(|name| table.column(name).err());
    Faults::or((), missing.collect())?;
    let mut left_out = None;
    let labels: Vec<&str> = args.label_columns();
    let wide = args.patterns.is_empty() && args.takes_wide(kind);
    if !args.patterns.is_empty() {
        let taken: Vec<&str> =
            labels.iter().copied().chain(named.iter().map(String::as_str)).collect();
        let found = request::matching(table, &args.patterns, &taken)?;
        left_out = found.left_out();
        named.extend(found.columns);
        if named.is_empty() {
            let fault = Fault::of(&table.file, "no column of numbers matches --columns");
            return Err(fault.into());
        }
    }
    if named.is_empty() {
        let units = args.sample_size.as_deref().filter(|text| text.parse::<f64>().is_err());
        let request = Request {
            values: &[],
            several: kind.is_multivariate(),
            extra: units,
            labels,
            na: args.na,
        };
        named = request::chosen(table, &request)?;
    }
    let sets = match kind.is_multivariate() || wide {
        true => vec![named],
        false => named.into_iter().map(|name| vec![name]).collect(),
    };
    Ok((sets, left_out))
}
