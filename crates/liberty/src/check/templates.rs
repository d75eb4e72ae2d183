//! Checks of templates: each that is used is defined, and has as many indexes as variables.

use super::{Findings, nearest};
use crate::group::Group;
use std::collections::BTreeMap;

const VARIABLES: [&str; 13] = [
    "input_net_transition",
    "total_output_net_capacitance",
    "related_pin_transition",
    "constrained_pin_transition",
    "input_transition_time",
    "related_out_total_output_net_capacitance",
    "output_net_length",
    "output_transition",
    "time",
    "normalized_voltage",
    "input_voltage",
    "output_voltage",
    "fanout_number",
];

/// The templates of a library, by name.
pub(super) fn templates(library: &Group) -> BTreeMap<&str, &Group> {
    let is_template = |group: &&Group| group.name.ends_with("_template");
    library.all_groups().filter(is_template).map(|group| (group.argument(), group)).collect()
}

pub(super) fn check(library: &Group, findings: &mut Findings) {
    let all = templates(library);
    let names: Vec<&str> = all.keys().copied().collect();
    for template in all.values() {
        variables(template, findings);
    }
    for cell in library.groups("cell") {
        findings.cell = cell.argument().to_owned();
        // A stack of its own: groups nest no deeper than the reader lets them.
        let mut open: Vec<&Group> = vec![cell];
        while let Some(group) = open.pop() {
            open.extend(group.all_groups());
            let name = group.argument();
            if group.list("values").is_none() || name == "scalar" || all.contains_key(name) {
                continue;
            }
            let at = group.arguments.first().map_or(group.at, |argument| argument.at);
            let found = match name {
                "" => format!("`{}` names no template", group.name),
                name => format!("no template is named `{name}`"),
            };
            findings.error("template", at, found, nearest(name, &names));
        }
    }
    findings.cell.clear();
}

fn variables(template: &Group, findings: &mut Findings) {
    for i in 1..=3 {
        let (variable, index) = (format!("variable_{i}"), format!("index_{i}"));
        match (template.get(&variable), template.list(&index)) {
            (Some(value), _) if !VARIABLES.contains(&value.text.as_str()) => {
                let found = format!("`{variable}` is `{}`", value.text);
                findings.error("template", value.at, found, nearest(&value.text, &VARIABLES));
            }
            (Some(value), _)
                if value.text == "input_transition_time"
                    && template.name == "lu_table_template" =>
            {
                let found = "`input_transition_time` as a variable of delays";
                findings.warning(
                    "template",
                    value.at,
                    found,
                    "`input_net_transition`: ABC reads no other",
                );
            }
            (None, Some(index))
                if !template.name.contains("waveform") && template.get("variable_1").is_some() =>
            {
                let found = format!("`{}` has no `{variable}`", index.name);
                findings.error("template", index.at, found, "a variable for each index");
            }
            _ => {}
        }
    }
}
