//! From a table and a setup to the inputs of a method: names and units found, converted, checked; nothing left over.

use crate::gum::{Distribution, Uncertain};
use crate::job::{Job, Matrix};
use crate::method::{Input, Kind, Method, Need, Per};
use crate::setup::{Entry, Setup, as_number};
use crate::unit::{Wrong, dimension};
use libchar_core::{Fault, Faults, Table};
use std::collections::BTreeMap;
use toml::Value;

/// Columns that tell results apart rather than being measured.
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

/// What tells one result from the others: names and values.
pub type Tags = Vec<(String, String)>;

/// The inputs of one result, or the tags of a row or group without one, and why.
pub type Bind = Result<Job, (Tags, String)>;

/// The inputs of every result of a run, and what was not used.
pub struct Bound {
    /// One job a result, or why a row has none.
    pub jobs: Vec<Bind>,
    /// Columns that no input took.
    pub unused: Vec<String>,
}

/// A column of the file that belongs to an input.
struct Found {
    column: usize,
    unit: String,
}

/// Where the columns of the inputs stand; the flag tells a standard uncertainty.
type Columns = BTreeMap<(&'static str, bool), Found>;

/// Binds a table and a setup to a method; `by` names the column whose values tell files' results apart.
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

/// The inputs that nothing gives.
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
            || (input.kind == Kind::Columns
                && table.is_some_and(|(t, _)| !family(input, t).is_empty()));
        // A column whose unit is wrong has its own fault.
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

/// A name of a column or key in lower case, with one `_` for everything that is no letter or digit.
fn normal(text: &str) -> String {
    let mut name = String::new();
    for c in text.trim().chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// Name and unit of a header such as `Voltage (mV)`, `Wavelength [nm]`; none where the unit is part of the name.
fn bracketed(header: &str) -> Option<(String, String)> {
    let header = header.trim();
    let open = header.rfind(['(', '['])?;
    let unit = header[open + 1..].strip_suffix([')', ']'])?;
    Some((normal(&header[..open]), unit.trim().to_owned()))
}

/// How a name fits an input.
enum Fit {
    /// It does, and has this unit.
    Unit(String),
    /// The name fits, what follows is no unit of the input.
    Wrong(String, Wrong),
    /// The name fits, and no unit is told.
    Bare,
}

fn fit(input: &Input, alias: &str, header: &str) -> Option<Fit> {
    let judge = |unit: &str| {
        let checked = match input.dimension {
            "" if unit.is_empty() || unit == "1" => Ok(1.0),
            "" => Err(Wrong::Unknown(None)),
            name => dimension(name).convert(1.0, unit, input.unit),
        };
        match checked {
            Ok(_) => Fit::Unit(unit.to_owned()),
            Err(wrong) => Fit::Wrong(unit.to_owned(), wrong),
        }
    };
    if let Some((name, unit)) = bracketed(header) {
        return (name == alias).then(|| judge(&unit));
    }
    let name = normal(header);
    if name == alias {
        return Some(if matches!(input.dimension, "" | "share") { judge("") } else { Fit::Bare });
    }
    let unit = name.strip_prefix(alias)?.strip_prefix('_')?;
    // The header's own letters, since `MOhm` and `mohm` differ.
    let own = header.trim().get(header.trim().len().saturating_sub(unit.len())..).unwrap_or(unit);
    let own = if normal(own) == unit { own } else { unit };
    Some(judge(own))
}

/// The input that a header or key names, whether its standard uncertainty, and how it fits.
fn recognise<'a>(
    inputs: impl Iterator<Item = &'a Input> + Clone,
    header: &str,
) -> Option<(&'a Input, bool, Fit)> {
    let mut best: Option<(usize, &Input, bool, Fit)> = None;
    for (uncertainty, prefix) in [(false, ""), (true, "u_")] {
        for input in inputs.clone() {
            for alias in input.names() {
                let alias = format!("{prefix}{alias}");
                let Some(found) = fit(input, &alias, header) else { continue };
                let score = alias.len() + if matches!(found, Fit::Wrong(..)) { 0 } else { 1000 };
                if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    best = Some((score, input, uncertainty, found));
                }
            }
        }
    }
    best.map(|(_, input, uncertainty, found)| (input, uncertainty, found))
}

fn wrong_unit(
    fault: impl FnOnce(String) -> Fault,
    kind: &str,
    header: &str,
    input: &Input,
    unit: &str,
    wrong: &Wrong,
) -> Fault {
    let symbols = || -> Vec<&str> {
        if input.dimension.is_empty() {
            Vec::new()
        } else {
            dimension(input.dimension).symbols().collect()
        }
    };
    match wrong {
        Wrong::Dimension(other) => {
            fault(format!("{kind} `{header}` carries a unit of {other}, for `{}`", input.name))
                .expected(format!("a unit of {}: {}", input.dimension, symbols().join(", ")))
        }
        Wrong::Unknown(_) if input.dimension.is_empty() => {
            fault(format!("{kind} `{header}` carries the unit `{unit}`, for `{}`", input.name))
                .expected("a plain number without unit")
        }
        Wrong::Unknown(_) => {
            let lower: Vec<String> = symbols().iter().map(|s| s.to_lowercase()).collect();
            let mut fault =
                fault(format!("unknown unit `{unit}` of {kind} `{header}`, for `{}`", input.name))
                    .one_of(&unit.to_lowercase(), lower.iter().map(String::as_str));
            fault.expected =
                Some(format!("a unit of {}: {}", input.dimension, symbols().join(", ")));
            fault.nearest = fault.nearest.and_then(|near| {
                symbols().into_iter().find(|s| s.to_lowercase() == near).map(str::to_owned)
            });
            fault
        }
    }
}

fn is_column(input: &&Input, per: Per) -> bool {
    matches!(input.kind, Kind::Column | Kind::Text)
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
        method.inputs.iter().flat_map(|input| family(input, table)).collect();
    let inputs = method.inputs.iter().filter(|input| is_column(input, method.per));
    for (column, name) in table.columns.iter().enumerate() {
        // A row of units below the names says what brackets behind a name say.
        let header = &match table.unit(column) {
            Some(unit) if !name.ends_with([')', ']']) => format!("{name} ({unit})"),
            _ => name.clone(),
        };
        let at = |found: String| header_fault(table, column, found);
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
    // A name that only begins like an input's may be another column altogether, if the input has its own.
    for (column, input, fault) in doubtful {
        match columns.contains_key(&(input.name, false)) {
            true => unused.push(table.columns[column].clone()),
            false => faults.push(fault),
        }
    }
    unused.retain(|name| !TAGS.contains(&normal(name).as_str()));
    columns
}

/// A fault at a column's name in the header.
fn header_fault(table: &Table, column: usize, found: String) -> Fault {
    // Names hold no quoted separators where a unit is looked for.
    let before: usize = table.columns[..column].iter().map(|name| name.chars().count() + 1).sum();
    Fault::at(&table.file, table.header_line(), before + 1, found)
}

/// The columns of a family: the input's name, digits, and perhaps a unit.
fn family(input: &Input, table: &Table) -> Vec<usize> {
    if input.kind != Kind::Columns {
        return Vec::new();
    }
    let belongs = |header: &String| {
        let name = normal(header);
        let digits = name
            .strip_prefix(input.name)
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        digits.is_some_and(|rest| rest.len() < name.len() - input.name.len())
    };
    (0..table.columns.len()).filter(|column| belongs(&table.columns[*column])).collect()
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

fn scale(input: &Input, value: f64, unit: &str, difference: bool) -> f64 {
    if input.dimension.is_empty() {
        return value;
    }
    let dimension = dimension(input.dimension);
    let converted = match difference {
        true => dimension.convert_difference(value, unit, input.unit),
        false => dimension.convert(value, unit, input.unit),
    };
    // The unit was judged when the name was recognised.
    converted.unwrap_or(value)
}

fn check_range(
    input: &Input,
    value: f64,
    fault: impl FnOnce(String) -> Fault,
) -> Result<f64, Fault> {
    match input.range {
        Some((min, max, remark)) if !(min..=max).contains(&value) => {
            let remark = if remark.is_empty() { String::new() } else { format!(" ({remark})") };
            let unit = input.unit;
            Err(fault(format!("{value} {unit} is not plausible for `{}`{remark}", input.name))
                .expected(format!("{min} to {max} {unit}")))
        }
        _ => Ok(value),
    }
}

fn tags(table: &Table, row: usize) -> Vec<(String, String)> {
    let is_tag = |name: &String| TAGS.contains(&normal(name).as_str());
    let columns = (0..table.columns.len()).filter(|c| is_tag(&table.columns[*c]));
    columns.map(|c| (table.columns[c].clone(), table.cell(row, c).to_owned())).collect()
}

/// One job a row; a row with a bad cell is a row without a result.
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

/// One job for the file, or one for each value of a column.
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
            for column in family(input, table) {
                let mut values = Vec::with_capacity(rows.len());
                for row in &rows {
                    match table.number(*row, column) {
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

/// Puts one key of the setup into the job.
fn take_key(method: &'static Method, entry: &Entry, job: &mut Job) -> Result<(), Fault> {
    let Some((input, uncertainty, fit)) = recognise(method.inputs.iter(), &entry.key) else {
        let keys: Vec<String> = method.inputs.iter().map(Input::key).collect();
        return Err(entry
            .fault(format!("unknown key `{}` for {}", entry.key, method.name))
            .one_of(&entry.key, keys.iter().map(String::as_str)));
    };
    let name = input.name;
    let mismatch = |expected: &str| {
        entry.fault(format!("`{}` is {}", entry.key, entry.value)).expected(expected)
    };
    let (mut value, mut unit) = (entry.value.clone(), None);
    if let (Value::String(text), false) = (&value, input.dimension.is_empty()) {
        // `thickness = "525 um"`.
        let Some((number, symbol)) = split_unit(text) else {
            return Err(mismatch("a number, with its unit behind it or in the key"));
        };
        (value, unit) = (Value::Float(number), Some(symbol));
    }
    let unit = match (fit, unit) {
        (Fit::Unit(unit), None) => unit,
        (Fit::Bare, Some(unit)) => match dimension(input.dimension).convert(1.0, &unit, input.unit)
        {
            Ok(_) => unit,
            Err(wrong) => {
                return Err(wrong_unit(
                    |f| entry.fault(f),
                    "key",
                    &entry.key,
                    input,
                    &unit,
                    &wrong,
                ));
            }
        },
        (Fit::Bare, None) if matches!(input.kind, Kind::Table | Kind::Text | Kind::Word(_)) => {
            String::new()
        }
        (Fit::Bare, None) => {
            let fault = entry.fault(format!("key `{}` names no unit, for `{name}`", entry.key));
            return Err(fault.expected(format!("a unit in the key, as in `{}`", input.key())));
        }
        (Fit::Unit(_), Some(_)) => return Err(mismatch("a number without unit: the key has one")),
        (Fit::Wrong(unit, wrong), _) => {
            return Err(wrong_unit(|f| entry.fault(f), "key", &entry.key, input, &unit, &wrong));
        }
    };
    match input.kind {
        Kind::Table => match value {
            Value::Table(table) => drop(job.tables.insert(name, table)),
            _ => return Err(mismatch("a table")),
        },
        Kind::Text => match value {
            Value::String(text) => drop(job.words.insert(name, text)),
            _ => return Err(mismatch("a text")),
        },
        Kind::Word(words) => {
            let text = match &value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let typed = normal(&text);
            // `tangential (along y)` is `tangential`, with a remark for people.
            let same = |word: &&&str| {
                typed == normal(word) || typed.starts_with(&format!("{}_", normal(word)))
            };
            match words.iter().find(same) {
                Some(word) => drop(job.words.insert(name, (*word).to_owned())),
                None => {
                    return Err(entry
                        .fault(format!("`{}` is `{text}`", entry.key))
                        .one_of(&text, words.iter().copied()));
                }
            }
        }
        Kind::List | Kind::Column | Kind::Columns => {
            let Value::Array(items) = &value else { return Err(mismatch("a list of numbers")) };
            let mut values = Vec::new();
            for item in items {
                let Some(number) = as_number(item) else {
                    return Err(mismatch("a list of numbers"));
                };
                values.push(check_range(input, scale(input, number, &unit, uncertainty), |f| {
                    entry.fault(f)
                })?);
            }
            match input.kind {
                Kind::List => drop(job.lists.insert(name, values)),
                _ if uncertainty => drop(job.column_u.insert(name, values)),
                _ => drop(job.columns.insert(name, values)),
            }
        }
        Kind::Number if uncertainty => {
            let Some(u) = as_number(&value).filter(|u| *u >= 0.0) else {
                return Err(mismatch("a standard uncertainty, 0 or more"));
            };
            let number = job.numbers.entry(name).or_insert(Uncertain::exact(f64::NAN));
            number.u = scale(input, u, &unit, true);
        }
        Kind::Number => {
            let number = quantity(&value).map_err(|fault| Fault {
                file: entry.file.clone(),
                line: entry.line,
                found: format!("`{}`: {}", entry.key, fault.found),
                ..fault
            })?;
            let known_u = job.numbers.get(name).map_or(0.0, |n| n.u);
            let value =
                check_range(input, scale(input, number.value, &unit, false), |f| entry.fault(f))?;
            let u = if number.u > 0.0 { scale(input, number.u, &unit, true) } else { known_u };
            job.numbers.insert(name, Uncertain { value, u, ..number });
        }
    }
    Ok(())
}

fn split_unit(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.char_indices().rev().map(|(i, _)| i).find(|&i| {
        libchar_core::number::parse_decimal(&text[..=i.min(text.len() - 1)]).is_some()
            && text.is_char_boundary(i + 1)
    })?;
    Some((libchar_core::number::parse_decimal(&text[..=end])?, text[end + 1..].trim().to_owned()))
}

/// A number, or a table with `value` and `u`, `dof`, `half_width`, `dist`.
///
/// # Errors
/// Other members, and values that make no sense together.
pub fn quantity(value: &Value) -> Result<Uncertain, Fault> {
    const MEMBERS: [&str; 5] = ["value", "u", "dof", "half_width", "dist"];
    let wrong = |found: String| Fault::of("", found);
    if let Some(number) = as_number(value) {
        return Ok(Uncertain::exact(number));
    }
    let Value::Table(table) = value else {
        return Err(
            wrong(format!("{value} is no number")).expected("a number, or { value = …, u = … }")
        );
    };
    for (key, member) in table {
        if !MEMBERS.contains(&key.as_str()) {
            return Err(wrong(format!("unknown member `{key}`")).one_of(key, MEMBERS));
        }
        if key != "dist" && as_number(member).is_none() {
            return Err(wrong(format!("`{key}` is {member}")).expected("a number"));
        }
    }
    let member = |key: &str| table.get(key).and_then(as_number);
    let Some(estimate) = member("value") else { return Err(wrong("no `value`".to_owned())) };
    let (u, half_width) = (member("u"), member("half_width"));
    let dof = member("dof").unwrap_or(f64::INFINITY);
    let said = match table.get("dist") {
        None => None,
        Some(Value::String(name)) => {
            match Distribution::ALL.iter().find(|(known, _)| known == name) {
                Some((_, distribution)) => Some(*distribution),
                None => {
                    return Err(wrong(format!("unknown distribution `{name}`"))
                        .one_of(name, Distribution::ALL.map(|(n, _)| n)));
                }
            }
        }
        Some(other) => return Err(wrong(format!("`dist` is {other}")).expected("a name")),
    };
    if u.or(half_width).is_some_and(|size| size < 0.0) || dof <= 0.0 {
        return Err(wrong(
            "an uncertainty, a half width or degrees of freedom below zero".to_owned(),
        ));
    }
    match (u, half_width) {
        (Some(_), Some(_)) => {
            Err(wrong("`u` and `half_width` together".to_owned()).expected("one of them"))
        }
        (None, Some(half_width)) => match said.unwrap_or(Distribution::Rectangular) {
            shape @ (Distribution::Rectangular | Distribution::Triangular) => {
                Ok(Uncertain::limits(estimate, half_width, shape))
            }
            other => Err(wrong(format!("a half width with `{}`", other.name()))
                .expected("rectangular or triangular")),
        },
        (Some(u), None) => {
            let usual = if dof.is_finite() { Distribution::T } else { Distribution::Normal };
            Ok(Uncertain { value: estimate, u, dof, distribution: said.unwrap_or(usual) })
        }
        (None, None) if said.is_some() => {
            Err(wrong("a distribution without `u` or `half_width`".to_owned()))
        }
        (None, None) => Ok(Uncertain::exact(estimate)),
    }
}
