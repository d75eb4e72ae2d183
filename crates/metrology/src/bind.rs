//! Binds a table and a setup to the inputs of a method: names and units are recognized, converted
//! and checked, and everything that is not used is reported.

use crate::gum::Uncertain;
use crate::job::{Job, Matrix};
use crate::keys::take_key;
use crate::method::{Input, Kind, Method, Need, Per};
use crate::names::{Fit, fit, normal, recognise, wrong_unit};
use crate::scale::{check_range, scale};
use crate::setup::Setup;
use crate::sheet::Sheet;
use libchar_core::{Fault, Faults, Table};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Columns that identify results instead of being measured.
const TAGS: [&str; 14] = [
    "sample",
    "lot",
    "wafer",
    "site",
    "die",
    "point",
    "tool",
    "time",
    "timestamp",
    "run",
    "name",
    "id",
    "slot",
    "device",
];

/// Names and values that distinguish one result from the others.
pub type Tags = Vec<(String, String)>;

/// The inputs of one result; or the tags of a row or group that has none, with the reason.
pub type Bind = Result<Job, (Tags, String)>;

/// The inputs of every result of a run, and the columns that were not used.
pub struct Bound {
    /// One job per result, or the reason why a row has none.
    pub jobs: Vec<Bind>,
    /// Columns that are not inputs of the method.
    pub unused: Vec<String>,
}

/// A column of the file that was recognized as an input.
struct Found {
    column: usize,
    unit: String,
}

/// The columns of the inputs, by name; the flag is true for standard uncertainties.
type Columns = BTreeMap<(&'static str, bool), Found>;

/// Binds a table and a setup to a method. `by` names the column whose values split a file into
/// several results.
///
/// # Errors
/// Unknown keys, units and columns; wrong dimensions; values out of range; missing inputs. All at once.
pub fn bind(
    method: &'static Method,
    table: Option<&Table>,
    setup: &Setup,
    by: Option<&str>,
) -> Result<Bound, Faults> {
    let mut faults = Vec::new();
    let mut base = Job::default();
    for entry in &setup.entries {
        if let Err(fault) = take_key(method, entry, &mut base) {
            faults.push(fault);
        }
    }
    for input in method.inputs {
        if let Need::Default(value) = input.need {
            base.numbers.entry(input.name).or_insert(Uncertain::exact(value));
        }
    }
    base.files = Arc::new(
        setup.files.iter().map(|(name, table)| (name.clone(), Sheet::of(table))).collect(),
    );
    let mut bound = Bound { jobs: Vec::new(), unused: Vec::new() };
    match (table, method.per) {
        (Some(table), Per::Matrix) => {
            base.matrix = matrix(table, &mut faults);
            bound.jobs.push(Ok(base.clone()));
        }
        (Some(table), per) => {
            let columns = find_columns(method, table, by, &mut faults, &mut bound.unused);
            if faults.is_empty() || !columns.is_empty() {
                missing(method, &base, Some((table, &columns)), &mut faults);
            }
            if faults.is_empty() {
                if table.is_empty() {
                    faults.push(Fault::of(&table.file, "the table has no rows"));
                } else if per == Per::Row {
                    bound.jobs = rows(method, table, &columns, &base);
                } else {
                    bound.jobs = groups(method, table, &columns, &base, by, &mut faults);
                }
            }
        }
        (None, _) => {
            missing(method, &base, None, &mut faults);
            bound.jobs.push(Ok(base.clone()));
        }
    }
    Faults::or(bound, faults)
}

/// Reports required inputs that neither the setup nor the table gives.
fn missing(
    method: &Method,
    base: &Job,
    table: Option<(&Table, &Columns)>,
    faults: &mut Vec<Fault>,
) {
    for input in method.inputs.iter().filter(|input| input.need == Need::Required) {
        let in_table = table.is_some_and(|(_, columns)| columns.contains_key(&(input.name, false)));
        let given = in_table
            || base.numbers.contains_key(input.name)
            || base.columns.contains_key(input.name)
            || base.families.contains_key(input.name)
            || base.words.contains_key(input.name)
            || base.lists.contains_key(input.name)
            || base.tables.contains_key(input.name)
            || base.raw.contains_key(input.name)
            || (input.kind == Kind::Columns
                && table.is_some_and(|(t, _)| !family(method, input, t).is_empty()));
        // A column with a wrong unit already has a fault of its own.
        let blamed =
            |f: &Fault| input.names().any(|name| f.found.contains(&format!("for `{name}`")));
        if given || faults.iter().any(blamed) {
            continue;
        }
        let fault = match (input.kind, table) {
            (Kind::Column | Kind::Columns, Some((table, _))) => Fault::at(
                &table.file,
                table.header_line(),
                1,
                format!("no column `{}`: {}", input.key(), input.about),
            )
            .one_of(&input.key(), table.columns.iter().map(String::as_str)),
            (Kind::Column | Kind::Columns, None) => Fault::of(
                method.name,
                format!("no file gives the column `{}`: {}", input.key(), input.about),
            ),
            (_, table) => {
                let place = table.map_or(method.name, |(table, _)| table.file.as_str());
                Fault::of(place, format!("`{}` is not given: {}", input.key(), input.about))
                    .expected(format!("a key of the setup, as in -s {}=VALUE", input.key()))
            }
        };
        faults.push(fault);
    }
}

fn is_column(input: &&Input, per: Per) -> bool {
    matches!(input.kind, Kind::Column | Kind::Either | Kind::Text)
        || (per == Per::Row && input.kind == Kind::Number)
}

fn find_columns(
    method: &'static Method,
    table: &Table,
    by: Option<&str>,
    faults: &mut Vec<Fault>,
    unused: &mut Vec<String>,
) -> Columns {
    let mut columns = Columns::new();
    let mut doubtful: Vec<(usize, &'static Input, Fault)> = Vec::new();
    let families: Vec<usize> =
        method.inputs.iter().flat_map(|input| family(method, input, table)).collect();
    for input in method.inputs {
        let members = family(method, input, table).into_iter();
        faults.extend(members.filter_map(|column| member(input, table, column).err()));
    }
    let inputs = method.inputs.iter().filter(|input| is_column(input, method.per));
    for (column, name) in table.columns.iter().enumerate() {
        let header = &header(table, column);
        let at = |found: String| table.header_fault(column, found);
        match recognise(inputs.clone(), header) {
            _ if families.contains(&column) || Some(name.as_str()) == by => {}
            Some((input, uncertainty, Fit::Unit(unit))) => {
                if let Some(first) = columns.get(&(input.name, uncertainty)) {
                    let first = &table.columns[first.column];
                    faults.push(at(format!(
                        "columns `{first}` and `{header}` both give `{}`",
                        input.name
                    )));
                } else {
                    columns.insert((input.name, uncertainty), Found { column, unit });
                }
            }
            Some((input, _, Fit::Wrong(unit, wrong))) => {
                doubtful.push((
                    column,
                    input,
                    wrong_unit(at, "column", header, input, &unit, &wrong),
                ));
            }
            Some((input, _, Fit::Bare)) => {
                let fault = at(format!("column `{header}` names no unit, for `{}`", input.name));
                doubtful.push((
                    column,
                    input,
                    fault.expected(format!("a unit in the name, as in `{}`", input.key())),
                ));
            }
            None => unused.push(name.clone()),
        }
    }
    // A name that only begins like that of an input may be an unrelated column, if the input has a
    // column of its own.
    for (column, input, fault) in doubtful {
        match columns.contains_key(&(input.name, false)) {
            true => unused.push(table.columns[column].clone()),
            false => faults.push(fault),
        }
    }
    unused.retain(|name| !TAGS.contains(&normal(name).as_str()));
    columns
}

/// The columns of a family: the input's name, digits and optionally a unit; or the name, `_` and a
/// name that no other input has.
fn family(method: &Method, input: &Input, table: &Table) -> Vec<usize> {
    let numbered = |name: &str| {
        let digits = name
            .strip_prefix(input.name)
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        digits.is_some_and(|rest| rest.len() < name.len() - input.name.len())
    };
    let named = |name: &str| {
        let others = method.inputs.iter().filter(|other| other.kind != Kind::Named);
        let taken = others.flat_map(Input::names).any(|other| other == name);
        !taken && name.strip_prefix(input.name).is_some_and(|rest| rest.starts_with('_'))
    };
    let belongs = |header: &String| match input.kind {
        Kind::Columns => numbered(&normal(header)),
        Kind::Named => named(&normal(header)),
        _ => false,
    };
    (0..table.columns.len()).filter(|column| belongs(&table.columns[*column])).collect()
}

/// A column of a family with its unit, which follows its digits; inputs without a dimension need
/// none.
fn member(input: &Input, table: &Table, column: usize) -> Result<Found, Fault> {
    let unit = |unit: String| Ok(Found { column, unit });
    if input.kind != Kind::Columns || input.dimension.is_empty() {
        return unit(String::new());
    }
    let header = header(table, column);
    let name = normal(&header);
    let digits = name[input.name.len()..].find(|c: char| !c.is_ascii_digit());
    let alias = digits.map_or(name.as_str(), |end| &name[..input.name.len() + end]);
    let at = |found: String| table.header_fault(column, found);
    match fit(input, alias, &header) {
        Some(Fit::Unit(found)) => unit(found),
        Some(Fit::Wrong(found, wrong)) => {
            Err(wrong_unit(at, "column", &header, input, &found, &wrong))
        }
        Some(Fit::Bare) | None => {
            let fault = at(format!("column `{header}` names no unit, for `{}`", input.name));
            let example = Input { name: "", ..*input };
            Err(fault.expected(format!("a unit in the name, as in `{alias}{}`", example.key())))
        }
    }
}

/// The name of a column. A unit in a row below the names is treated like one in brackets behind the
/// name.
fn header(table: &Table, column: usize) -> String {
    let name = &table.columns[column];
    match table.unit(column) {
        Some(unit) if !name.ends_with([')', ']']) => format!("{name} ({unit})"),
        _ => name.clone(),
    }
}

/// The value of a cell in the unit of the input.
fn cell(
    table: &Table,
    row: usize,
    found: &Found,
    input: &Input,
    uncertainty: bool,
) -> Result<f64, Fault> {
    let value = table.number(row, found.column)?;
    let at = |found_text: String| table.fault(row, found.column, found_text);
    let value = scale(input, value, &found.unit, uncertainty);
    if uncertainty {
        if value < 0.0 {
            return Err(at(format!("the uncertainty {value} is negative")));
        }
        return Ok(value);
    }
    check_range(input, value, at)
}

fn tags(table: &Table, row: usize) -> Vec<(String, String)> {
    let is_tag = |name: &String| TAGS.contains(&normal(name).as_str());
    let columns = (0..table.columns.len()).filter(|c| is_tag(&table.columns[*c]));
    columns.map(|c| (table.columns[c].clone(), table.cell(row, c).to_owned())).collect()
}

/// One job per row; a row with a bad cell has no result.
fn rows(method: &'static Method, table: &Table, columns: &Columns, base: &Job) -> Vec<Bind> {
    (0..table.len())
        .map(|row| {
            let mut job = base.clone();
            job.tags = tags(table, row);
            if job.tags.is_empty() {
                job.tags.push(("row".to_owned(), (row + 1).to_string()));
            }
            for ((name, uncertainty), found) in columns {
                let Some(input) = method.input(name) else { continue };
                match cell(table, row, found, input, *uncertainty) {
                    Ok(value) if *uncertainty => {
                        job.numbers.entry(name).or_insert(Uncertain::exact(0.0)).u = value;
                    }
                    Ok(value) => {
                        let u = job.numbers.get(name).map_or(0.0, |n| n.u);
                        job.numbers.insert(name, Uncertain::normal(value, u));
                    }
                    Err(fault) => return Err((job.tags, fault.to_string().replace("\n ", ";"))),
                }
            }
            Ok(job)
        })
        .collect()
}

/// One job for the whole file, or one per value of a column.
fn groups(
    method: &'static Method,
    table: &Table,
    columns: &Columns,
    base: &Job,
    by: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Vec<Bind> {
    let key = match by.map(|by| table.column(by)).transpose() {
        Ok(key) => key,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for row in 0..table.len() {
        let value = key.map_or("", |key| table.cell(row, key));
        match groups.iter_mut().find(|(name, _)| name == value) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((value.to_owned(), vec![row])),
        }
    }
    let one = groups.len() == 1;
    let mut jobs = Vec::new();
    for (value, rows) in groups {
        let mut job = base.clone();
        let mut wrong = Vec::new();
        if let Some(by) = by {
            job.tags.push((by.to_owned(), value));
        }
        for ((name, uncertainty), found) in columns {
            let Some(input) = method.input(name) else { continue };
            if input.kind == Kind::Text {
                job.texts.insert(
                    name,
                    rows.iter().map(|row| table.cell(*row, found.column).to_owned()).collect(),
                );
                continue;
            }
            let mut values = Vec::with_capacity(rows.len());
            for row in &rows {
                match cell(table, *row, found, input, *uncertainty) {
                    Ok(value) => values.push(value),
                    Err(fault) => wrong.push(fault),
                }
            }
            let target = if *uncertainty { &mut job.column_u } else { &mut job.columns };
            target.insert(name, values);
        }
        for input in method.inputs {
            let mut members = Vec::new();
            for column in family(method, input, table) {
                let Ok(found) = member(input, table, column) else { continue };
                let mut values = Vec::with_capacity(rows.len());
                for row in &rows {
                    match cell(table, *row, &found, input, false) {
                        Ok(value) => values.push(value),
                        Err(fault) => wrong.push(fault),
                    }
                }
                members.push((table.columns[column].clone(), values));
            }
            if !members.is_empty() {
                job.families.insert(input.name, members);
            }
        }
        match wrong.first() {
            None => jobs.push(Ok(job)),
            Some(first) if !one => {
                jobs.push(Err((job.tags, first.to_string().replace("\n ", ";"))))
            }
            Some(_) => faults.append(&mut wrong),
        }
    }
    jobs
}

fn matrix(table: &Table, faults: &mut Vec<Fault>) -> Matrix {
    let width = table.columns.len();
    let mut values = Vec::with_capacity(width * table.len());
    for row in 0..table.len() {
        for column in 0..width {
            match table.number(row, column) {
                Ok(value) => values.push(value),
                Err(fault) => faults.push(fault),
            }
        }
    }
    Matrix { width, values }
}
