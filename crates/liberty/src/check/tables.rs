//! Checks of lookup tables: shape, indexes, rise with the load, signs.

use super::templates::templates;
use super::{Findings, Severity};
use crate::group::Group;
use crate::table::Table;
use crate::value::Value;

/// Decreases of a delay with the load that count as rounding: in the sixth digit of the larger value, or a femtosecond if
/// the unit is 1 ns.
const ROUNDING: f64 = 2e-6;

/// The kind of values in a table, by the name of its group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Delay,
    Transition,
    /// Setup and hold, power, waveforms: values may have any sign and any shape.
    Other,
    /// A standard deviation or a capacitance: never negative.
    NotNegative,
}

fn kind(name: &str) -> Kind {
    match name {
        "cell_rise" | "cell_fall" => Kind::Delay,
        "rise_transition" | "fall_transition" => Kind::Transition,
        _ if name.starts_with("ocv_sigma") || name.starts_with("ocv_std_dev") => Kind::NotNegative,
        _ => Kind::Other,
    }
}

pub(super) fn check(library: &Group, cell: &Group, findings: &mut Findings) {
    let templates = templates(library);
    let mut open: Vec<&Group> = vec![cell];
    while let Some(group) = open.pop() {
        open.extend(group.all_groups());
        if group.list("values").is_none() {
            continue;
        }
        let template = templates.get(group.argument()).copied();
        match Table::of(group, template) {
            Err(fault) => findings.error("table", fault.at, fault.found, fault.expected),
            Ok(table) => {
                shape(group, template, &table, findings);
                indexes(group, template, &table, findings);
                values(group, template, &table, findings);
            }
        }
    }
}

/// A table's own index that is longer or shorter than the template's index is legal, but easily misread.
fn shape(group: &Group, template: Option<&Group>, table: &Table, findings: &mut Findings) {
    let Some(template) = template else { return };
    let named = (1..=3).filter(|i| template.get(&format!("variable_{i}")).is_some()).count();
    if named > 0 && named != table.indexes.len() {
        let found = format!(
            "`{}` has {} of the {named} indexes of `{}`",
            group.name,
            table.indexes.len(),
            template.argument()
        );
        findings.error("table", group.at, found, "an index for each variable of the template");
    }
    for (i, index) in table.indexes.iter().enumerate() {
        let own = template.list(&format!("index_{}", i + 1));
        let length: usize =
            own.map_or(0, |own| own.values.iter().map(|value| value.parts().count()).sum());
        if length > 0 && length != index.len() {
            let found = format!(
                "`index_{}` has {} entries, and {length} in its template `{}`",
                i + 1,
                index.len(),
                template.argument()
            );
            let at = group.list(&format!("index_{}", i + 1)).map_or(group.at, |index| index.at);
            findings.warning(
                "table",
                at,
                found,
                "the shape of the template: some readers take no other",
            );
        }
    }
}

fn indexes(group: &Group, template: Option<&Group>, table: &Table, findings: &mut Findings) {
    for (i, index) in table.indexes.iter().enumerate() {
        let name = format!("index_{}", i + 1);
        let own = group.list(&name);
        // The index of a template is told there, once.
        let Some(own) = own.or_else(|| template.and_then(|template| template.list(&name))) else {
            continue;
        };
        if let Some(at) = index.windows(2).position(|pair| pair[0] >= pair[1]) {
            let found =
                format!("`{name}` does not increase: {} follows {}", index[at + 1], index[at]);
            findings.error("index", own.at, found, "strictly increasing numbers");
        }
        let variable = template.and_then(|template| template.text(&format!("variable_{}", i + 1)));
        let is_physical =
            variable.is_some_and(|v| v.contains("transition") || v.contains("capacitance"));
        if is_physical && let Some(negative) = index.iter().find(|value| **value < 0.0) {
            let found = format!("`{name}` holds {negative}");
            findings.error("index", own.at, found, "a slew or a load, which is not negative");
        }
    }
}

/// The axis that is the load.
fn load_axis(template: Option<&Group>) -> Option<usize> {
    let is_load = |i: &usize| {
        template.and_then(|template| template.text(&format!("variable_{}", i + 1)))
            == Some("total_output_net_capacitance")
    };
    (0..3).find(is_load)
}

fn values(group: &Group, template: Option<&Group>, table: &Table, findings: &mut Findings) {
    let kind = kind(&group.name);
    let at = |entry: usize| value_at(group, table, entry);
    // A disabled output has a transition of 0, written as a scalar.
    let has_zero_fault = kind == Kind::Transition && !table.indexes.is_empty();
    if matches!(kind, Kind::Transition | Kind::NotNegative)
        && let Some(entry) =
            table.values.iter().position(|value| *value < 0.0 || *value == 0.0 && has_zero_fault)
    {
        let found =
            format!("`{}` holds {} at {}", group.name, table.values[entry], place(table, entry));
        let expected = if kind == Kind::Transition {
            "a time above 0"
        } else {
            "a value that is not negative"
        };
        findings.error("sign", at(entry), found, expected);
    }
    if !matches!(kind, Kind::Delay | Kind::Transition) {
        return;
    }
    let Some(axis) = load_axis(template).filter(|axis| *axis < table.indexes.len()) else { return };
    let falls = falls(table, axis);
    if let Some((entry, fall)) =
        falls.iter().copied().reduce(|worst, next| if next.1 > worst.1 { next } else { worst })
    {
        let more = match falls.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        let found = format!(
            "`{}` falls by {fall:.3e} with more load, at {}{more}",
            group.name,
            place(table, entry)
        );
        findings.warning("monotone", at(entry), found, "a time that grows with the load");
    }
    if kind == Kind::Delay {
        negative(group, table, axis, findings);
    }
}

/// Entries that are smaller than the entry at the next smaller load, with the difference.
fn falls(table: &Table, axis: usize) -> Vec<(usize, f64)> {
    let stride: usize = table.indexes[axis + 1..].iter().map(Vec::len).product();
    let entries = (0..table.values.len()).filter(|entry| table.position(*entry)[axis] > 0);
    let fall = |entry: usize| {
        let (before, here) = (table.values[entry - stride], table.values[entry]);
        let fall = before - here;
        (fall > ROUNDING * before.abs().max(here.abs()).max(1.0)).then_some((entry, fall))
    };
    entries.filter_map(fall).collect()
}

/// A delay below zero is right where the input is so slow that the output crosses its threshold before the input does.
fn negative(group: &Group, table: &Table, axis: usize, findings: &mut Findings) {
    let negative: Vec<usize> =
        (0..table.values.len()).filter(|entry| table.values[*entry] < 0.0).collect();
    let Some(worst) =
        negative.iter().copied().min_by(|a, b| table.values[*a].total_cmp(&table.values[*b]))
    else {
        return;
    };
    let slew = table
        .indexes
        .len()
        .checked_sub(1)
        .map(|_| usize::from(axis == 0))
        .filter(|s| *s < table.indexes.len());
    let is_fastest = |entry: &usize| slew.is_some_and(|slew| table.position(*entry)[slew] == 0);
    let count = match negative.len() {
        1 => "a delay".to_owned(),
        n => format!("{n} delays"),
    };
    let at = value_at(group, table, worst);
    let found = format!(
        "`{}` holds {count} below zero, the least {} at {}",
        group.name,
        table.values[worst],
        place(table, worst)
    );
    match negative.iter().find(|entry| is_fastest(entry)) {
        Some(entry) => {
            let expected =
                format!("a delay above 0 at the fastest input: {}", place(table, *entry));
            findings.error("negative-delay", at, found, expected);
        }
        None => {
            let expected = "no change: the input is so slow that the output passes its threshold before the input does, \
                            and slower inputs with smaller loads make it more so";
            findings.add(Severity::Note, "negative-delay", at, found, expected);
        }
    }
}

/// The place of an entry in the file.
fn value_at(group: &Group, table: &Table, entry: usize) -> usize {
    let Some(values) = group.list("values") else { return group.at };
    let mut left = entry;
    for value in &values.values {
        let count = value.parts().count();
        if left < count {
            return value.parts().nth(left).map_or(value.at, |(offset, _)| start(value) + offset);
        }
        left -= count;
    }
    debug_assert!(table.values.len() <= entry, "an entry stands somewhere");
    values.at
}

fn start(value: &Value) -> usize {
    value.at + usize::from(value.quoted)
}

/// A text such as `index_1 = 0.01, index_2 = 0.5`.
fn place(table: &Table, entry: usize) -> String {
    let position = table.position(entry);
    let axes = table.indexes.iter().zip(position).enumerate();
    let axes: Vec<String> =
        axes.map(|(i, (index, at))| format!("index_{} = {}", i + 1, index[at])).collect();
    if axes.is_empty() { "its only entry".to_owned() } else { axes.join(", ") }
}
