//! The indexes of tables, sorted by the variables that they stand for.

use super::Source;
use libchar_liberty::{Group, Table};

/// The indexes of a table, in ns and pF.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// The input's transition, or that of the related pin.
    pub slews_ns: Option<Vec<f64>>,
    /// The output's load.
    pub loads_pf: Option<Vec<f64>>,
    /// The transition of the constrained pin.
    pub constrained_ns: Option<Vec<f64>>,
}

/// Variables of templates, and the index that each of them means.
const VARIABLES: [(&str, usize); 5] = [
    ("input_net_transition", 0),
    ("input_transition_time", 0),
    ("related_pin_transition", 0),
    ("total_output_net_capacitance", 1),
    ("constrained_pin_transition", 2),
];

/// Reads the indexes of a table; a scalar has none.
pub(super) fn read(source: &mut Source<'_>, group: &Group) -> Indexes {
    let mut found = Indexes::default();
    let name = group.argument();
    if name == "scalar" {
        return found;
    }
    let Some(template) = source.templates.get(name).copied() else {
        let near = source.templates.keys().copied().collect::<Vec<_>>();
        let fault = source.places.fault(source.file, group.at, format!("no template `{name}`"));
        source.faults.push(fault.one_of(name, near));
        return found;
    };
    let table = match Table::of(group, Some(template)) {
        Ok(table) => table,
        Err(fault) => {
            source.fault(fault.at, fault.found, fault.expected);
            return found;
        }
    };
    for (i, index) in table.indexes.iter().enumerate() {
        let key = format!("variable_{}", i + 1);
        let variable = template.text(&key).unwrap_or_default();
        let Some((_, which)) = VARIABLES.iter().find(|(word, _)| *word == variable) else {
            let at = template.get(&key).map_or(template.at, |value| value.at);
            let found = format!("`{key}` of the template `{name}` is `{variable}`");
            let words = VARIABLES.map(|(word, _)| word);
            source.faults.push(source.places.fault(source.file, at, found).one_of(variable, words));
            return Indexes::default();
        };
        let listed = format!("index_{}", i + 1);
        let at = group.list(&listed).or_else(|| template.list(&listed)).map_or(group.at, |l| l.at);
        let least = if *which == 1 { 0.0 } else { f64::MIN_POSITIVE };
        if index.windows(2).any(|w| w[0] >= w[1]) || index[0] < least {
            let found = format!("the values of `{listed}` are not above 0 and rising");
            source.fault(at, found, "transitions or loads, each larger than the one before");
            return Indexes::default();
        }
        let scale = if *which == 1 { source.pf } else { source.ns };
        // Products such as 10 * 0.001 are no round numbers.
        let scaled = index.iter().map(|value| crate::axes::rounded(value * scale)).collect();
        match which {
            0 => found.slews_ns = Some(scaled),
            1 => found.loads_pf = Some(scaled),
            _ => found.constrained_ns = Some(scaled),
        }
    }
    found
}

/// Whether two indexes are equal except for their last digits.
pub(super) fn is_same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-4 * a.abs().max(b.abs()))
}
