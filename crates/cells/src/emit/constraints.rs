//! The constraints in the Liberty file.

use super::{Unwritable, marked};
use crate::config::Config;
use crate::constraint;
use crate::library::Known;
use crate::tables::{CellTables, fill};
use libchar_liberty::{Group, Value};

/// The name of the template of constraints by both transitions.
const CONSTRAINT: &str = "constraint_template";
/// The name of the template of pulse widths.
const PULSE: &str = "pulse_template";

/// The templates of constraints.
pub fn templates(config: &Config, l: &mut Group) {
    let slews = &config.constraint_slews_ns;
    for (name, second) in [(CONSTRAINT, Some("constrained_pin_transition")), (PULSE, None)] {
        let mut t = Group::named("lu_table_template", name);
        t.set("variable_1", Value::word("related_pin_transition"));
        if let Some(second) = second {
            t.set("variable_2", Value::word(second));
        }
        t.add("index_1", vec![Value::row(slews)]);
        if second.is_some() {
            t.add("index_2", vec![Value::row(slews)]);
        }
        l.push(t);
    }
}

/// Constraints of an input: one group for each `timing_type` and related pin.
pub fn groups(
    known: &Known,
    tables: &CellTables,
    input: usize,
    g: &mut Group,
) -> Result<(), Unwritable> {
    let cell = &known.cell;
    let mut groups: Vec<((constraint::Kind, usize), Group)> = Vec::new();
    for (constraint, grid) in tables.constraints.iter().filter(|(c, _)| c.pin == input) {
        let key = (constraint.kind, constraint.related);
        if !groups.iter().any(|(k, _)| *k == key) {
            let mut timing = Group::new("timing");
            timing.set("related_pin", Value::string(&cell.inputs[constraint.related]));
            timing.set("timing_type", Value::word(constraint.timing_type()));
            groups.push((key, timing));
        }
        let Some((_, timing)) = groups.iter_mut().find(|(k, _)| *k == key) else { continue };
        let is_pulse = constraint.kind == constraint::Kind::Pulse;
        let [related, pin] = &known.axes.constraint_ns;
        let axes: [&[f64]; 2] = match is_pulse {
            true => [&known.axes.pulse_ns, &[0.0]],
            false => [related, pin],
        };
        let simulated = grid;
        let mut grid = grid.clone();
        fill(&mut grid, axes[0], axes[1]).ok_or_else(|| {
            Unwritable(format!(
                "nothing is known about {} of {}",
                constraint.timing_type(),
                cell.inputs[input]
            ))
        })?;
        let values: Vec<f64> = grid.iter().flatten().flatten().copied().collect();
        let name = if constraint.rises { "rise_constraint" } else { "fall_constraint" };
        let template = if is_pulse { PULSE } else { CONSTRAINT };
        let group = marked(Group::named(name, template), simulated);
        timing.push(match is_pulse {
            true => group.with_table(&axes[..1], &values),
            false => group.with_table(&axes, &values),
        });
    }
    for (_, timing) in groups {
        g.push(timing);
    }
    Ok(())
}
