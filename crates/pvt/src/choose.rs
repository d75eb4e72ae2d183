//! Chooses rows of the tables of corners, temperatures and supplies, by `config.cfg` and by the
//! condition.

use crate::conditions::{Condition, Conditions, Selection};
use crate::config::{Choice, Mode, RunConfig};
use crate::corners::{Corner, Corners};
use crate::points::GROUPS;
use crate::supplies::{NamedSupply, Supplies};
use crate::temperature;
use crate::temperatures::Temperatures;
use libchar_core::Fault;

/// The keys that choose supplies, by group.
const SWEEPS: [&str; GROUPS] = ["1st_supply_swp", "2nd_supply_swp", "3rd_supply_swp"];

/// The chosen pairs of corner and extraction, with substituted sections.
pub(crate) fn corners(config: &RunConfig, table: &Corners, faults: &mut Vec<Fault>) -> Vec<Corner> {
    let names = table.names();
    let mut known = |key: &str, name: &str, valid: &[&str]| {
        let known = valid.contains(&name);
        if !known {
            let found = format!("`{key}` names `{name}`, which is not in the corner table");
            faults.push(config.fault(key, found).one_of(name, valid.iter().copied()));
        }
        known
    };
    let chosen: Vec<&str> = match &config.corners {
        Choice::Names(wanted) => {
            for name in wanted {
                known("corner", name, &names);
            }
            names.iter().copied().filter(|name| wanted.iter().any(|w| w == name)).collect()
        }
        _ => names.clone(),
    };
    let extractions = table.extractions();
    // A postlay run does not use the default, so its fault is reported only if the file has the
    // key.
    if config.mode == Mode::Prelay || config.has("alter_extraction") {
        known("alter_extraction", &config.alter_extraction, &extractions);
    }
    for name in &config.postlay_cross_corners {
        known("postlay_cross_cornerlist", name, &names);
    }
    for (key, name) in [("gs_corner", &config.gs_corner), ("gf_corner", &config.gf_corner)] {
        if let Some(name) = name {
            known(key, name, &names);
        }
    }
    let section_of = |name: &Option<String>| {
        let name = name.as_ref()?;
        table.rows().iter().find(|row| row.corner == *name).map(|row| row.section.clone())
    };
    let (slow, fast) = (section_of(&config.gs_corner), section_of(&config.gf_corner));
    let mut pairs = Vec::new();
    for corner in chosen {
        let mut at: Vec<&str> = match config.mode {
            Mode::Prelay => vec![&config.alter_extraction],
            Mode::Postlay => {
                let rows = table.rows().iter().filter(|row| row.corner == corner);
                rows.map(|row| row.extraction.as_str()).collect()
            }
        };
        if config.mode == Mode::Postlay && config.postlay_cross_corners.iter().any(|c| c == corner)
        {
            let more: Vec<&str> = extractions.iter().copied().filter(|e| !at.contains(e)).collect();
            at.extend(more);
        }
        pairs.extend(at.into_iter().filter_map(|extraction| table.at(corner, extraction)));
    }
    for pair in &mut pairs {
        let substitute = match () {
            () if pair.is_slow() => &slow,
            () if pair.is_fast() => &fast,
            () => &None,
        };
        if let Some(section) = substitute {
            pair.section.clone_from(section);
        }
    }
    pairs
}

pub(crate) fn condition<'a>(
    config: &RunConfig,
    table: &'a Conditions,
    faults: &mut Vec<Fault>,
) -> Option<&'a Condition> {
    let found = table.find(&config.condition);
    if found.is_none() {
        let fault = config.fault("condition", format!("unknown condition `{}`", config.condition));
        faults.push(fault.one_of(&config.condition, table.names()));
    }
    found
}

/// Chooses the rows that both a key of `config.cfg` and the condition name.
pub(crate) struct Chooser<'a> {
    config: &'a RunConfig,
    conditions: &'a Conditions,
    condition: Option<&'a Condition>,
}

impl<'a> Chooser<'a> {
    pub fn new(
        config: &'a RunConfig,
        conditions: &'a Conditions,
        condition: Option<&'a Condition>,
    ) -> Chooser<'a> {
        Chooser { config, conditions, condition }
    }

    /// The chosen temperatures in degrees Celsius.
    pub fn temperatures(&self, table: &Temperatures, faults: &mut Vec<Fault>) -> Vec<f64> {
        let labels = table.labels();
        let position = |name: &str| {
            let temp_c = temperature::parse(name)?;
            table.rows().iter().position(|row| *row == temp_c)
        };
        let mut chosen: Vec<usize> = (0..labels.len()).collect();
        if let Choice::Names(names) = &self.config.temperatures {
            let valid: Vec<&str> = labels.iter().map(String::as_str).collect();
            chosen = self.positions("temperature", names, &valid, position, faults);
        }
        let Some(condition) = self.condition else { return Vec::new() };
        let rows = table.rows();
        let order = |a: &usize, b: &usize| rows[*a].total_cmp(&rows[*b]);
        let meant = match &condition.temperatures {
            Selection::Names(names) => {
                for name in names.iter().filter(|name| position(name).is_none()) {
                    faults.push(self.unknown(condition, "temperature", name, &labels));
                }
                names.iter().filter_map(|name| position(name)).collect()
            }
            other => select(other, rows.len(), order),
        };
        let both: Vec<usize> = chosen.iter().copied().filter(|i| meant.contains(i)).collect();
        if both.is_empty() && !chosen.is_empty() && !meant.is_empty() {
            let names: Vec<&str> = meant.iter().map(|i| labels[*i].as_str()).collect();
            faults.push(self.nothing("temperature", condition, &names));
        }
        both.into_iter().map(|i| rows[i]).collect()
    }

    /// The chosen rows of a group; none if the group is not swept.
    pub fn supplies<'s>(
        &self,
        table: &'s Supplies,
        group: usize,
        faults: &mut Vec<Fault>,
    ) -> Vec<&'s NamedSupply> {
        let key = SWEEPS[group];
        let rows: Vec<&NamedSupply> = table.group(group).collect();
        let valid: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let chosen: Vec<usize> = match &self.config.supply_sweeps[group] {
            Choice::None if group == 0 => {
                let fault = self.config.fault(key, "no supply of group v1 is chosen");
                faults.push(fault.expected(format!("all, or some of: {}", valid.join(", "))));
                return Vec::new();
            }
            Choice::None => return Vec::new(),
            Choice::All if rows.is_empty() => {
                if group == 0 {
                    let fault = Fault::of(&table.file, "no supply of group v1");
                    faults.push(fault.expected("a row whose name begins with v1"));
                }
                return Vec::new();
            }
            Choice::All => (0..rows.len()).collect(),
            Choice::Names(_) if rows.is_empty() => {
                let found =
                    format!("`{key}` sweeps group v{}, which {} lacks", group + 1, table.file);
                faults.push(self.config.fault(key, found).expected("all or none"));
                return Vec::new();
            }
            Choice::Names(names) => {
                let position = |name: &str| valid.iter().position(|other| *other == name);
                self.positions(key, names, &valid, position, faults)
            }
        };
        let Some(condition) = self.condition else { return Vec::new() };
        let volts = |i: usize| [rows[i].supply.vccn_v, rows[i].supply.vcctx_v];
        let order = |a: &usize, b: &usize| {
            let (a, b) = (volts(*a), volts(*b));
            a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
        };
        let meant = match &condition.supplies {
            Selection::Names(names) => {
                for name in names
                    .iter()
                    .filter(|name| (0..GROUPS).all(|g| table.group(g).all(|r| r.name != **name)))
                {
                    let all: Vec<String> =
                        (0..GROUPS).flat_map(|g| table.group(g)).map(|r| r.name.clone()).collect();
                    faults.push(self.unknown(condition, "supply", name, &all));
                }
                let named: Vec<usize> =
                    (0..rows.len()).filter(|i| names.contains(&rows[*i].name)).collect();
                // A condition that names no supply of a group does not restrict the group.
                if named.is_empty() { (0..rows.len()).collect() } else { named }
            }
            other => select(other, rows.len(), order),
        };
        let both: Vec<usize> = chosen.iter().copied().filter(|i| meant.contains(i)).collect();
        if both.is_empty() && !chosen.is_empty() {
            let names: Vec<&str> = meant.iter().map(|i| valid[*i]).collect();
            faults.push(self.nothing(key, condition, &names));
        }
        both.into_iter().map(|i| rows[i]).collect()
    }

    /// Indices of names in the order of the table; a fault for each name that the table lacks.
    fn positions(
        &self,
        key: &str,
        names: &[String],
        valid: &[&str],
        position: impl Fn(&str) -> Option<usize>,
        faults: &mut Vec<Fault>,
    ) -> Vec<usize> {
        let mut positions = Vec::new();
        for name in names {
            match position(name) {
                Some(at) if !positions.contains(&at) => positions.push(at),
                Some(_) => {
                    faults.push(self.config.fault(key, format!("`{key}` names `{name}` twice")))
                }
                None => {
                    let found = format!("`{key}` names `{name}`, which is not in the table");
                    let fault = self.config.fault(key, found);
                    faults.push(fault.one_of(name, valid.iter().copied()));
                }
            }
        }
        positions.sort_unstable();
        positions
    }

    fn unknown(&self, condition: &Condition, what: &str, name: &str, valid: &[String]) -> Fault {
        let found = format!("the condition `{}` names the {what} `{name}`", condition.name);
        Fault::at(&self.conditions.file, condition.line, 0, found)
            .one_of(name, valid.iter().map(String::as_str))
    }

    fn nothing(&self, key: &str, condition: &Condition, meant: &[&str]) -> Fault {
        let found = format!(
            "`{key}` is `{}`, of which the condition `{}` leaves nothing",
            self.config.value(key),
            condition.name
        );
        self.config.fault(key, found).expected(format!("some of: {}", meant.join(", ")))
    }
}

/// Indices out of 0..n that a selection means; all rows equal to the lowest or highest one are
/// included.
fn select(
    selection: &Selection,
    n: usize,
    order: impl Fn(&usize, &usize) -> std::cmp::Ordering,
) -> Vec<usize> {
    let (lowest, highest) = ((0..n).min_by(&order), (0..n).max_by(&order));
    let is = |i: &usize, end: &Option<usize>| end.as_ref().is_some_and(|end| order(i, end).is_eq());
    (0..n)
        .filter(|i| match selection {
            Selection::All => true,
            Selection::Lowest => is(i, &lowest),
            Selection::Highest => is(i, &highest),
            Selection::Extremes => is(i, &lowest) || is(i, &highest),
            Selection::Names(_) => false,
        })
        .collect()
}
