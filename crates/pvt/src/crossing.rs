//! The swept axes that `config.cfg` chooses out of the sweep table, and their crossings.

use crate::config::{RunConfig, SweepChoice};
use crate::point::Swept;
use crate::sweeps::{self, Sweeps};
use libchar_core::Fault;

/// The most crossings of the values of swept axes.
const MOST_CROSSINGS: usize = 1_000_000;

/// The values of the chosen axes, in the order of the table.
pub(crate) fn swept_axes(
    config: &RunConfig,
    table: &Sweeps,
    faults: &mut Vec<Fault>,
) -> Vec<Vec<Swept>> {
    let chosen = match &config.sweep {
        SweepChoice::All if table.axes().is_empty() => {
            faults.push(no_sweep_table(config, "all"));
            return Vec::new();
        }
        SweepChoice::All => return table.axes().iter().map(|axis| axis.values.clone()).collect(),
        SweepChoice::Axes(chosen) => chosen,
    };
    for (name, labels) in chosen {
        let Some(axis) = table.axes().iter().find(|axis| axis.name == *name) else {
            faults.push(match table.axes().is_empty() {
                true => no_sweep_table(config, name),
                false => config
                    .fault(
                        "sweep",
                        format!("`sweep` names `{name}`, which is not in {}", table.file),
                    )
                    .one_of(name, table.axes().iter().map(|axis| axis.name.as_str())),
            });
            continue;
        };
        for (i, label) in labels.iter().enumerate() {
            if !axis.values.iter().any(|value| value.label == *label) {
                let found = format!(
                    "`sweep` names the value `{label}` of `{name}`, which is not in {}",
                    table.file
                );
                let valid = axis.values.iter().map(|value| value.label.as_str());
                faults.push(config.fault("sweep", found).one_of(label, valid));
            } else if labels[..i].contains(label) {
                let found = format!("`sweep` names the value `{label}` of `{name}` twice");
                faults.push(config.fault("sweep", found));
            }
        }
    }
    let values = |axis: &sweeps::Axis| {
        let (_, labels) = chosen.iter().find(|(name, _)| *name == axis.name)?;
        let is_chosen = |value: &&Swept| labels.is_empty() || labels.contains(&value.label);
        Some(axis.values.iter().filter(is_chosen).cloned().collect::<Vec<_>>())
    };
    table.axes().iter().filter_map(values).filter(|values| !values.is_empty()).collect()
}

fn no_sweep_table(config: &RunConfig, name: &str) -> Fault {
    let found = format!("`sweep` is `{name}`, but the domain has no {}", sweeps::FILE);
    config.fault("sweep", found).expected("none, or the table beside that of the corners")
}

/// The product of the axes, the first outermost; a single empty crossing if there are no axes.
pub(crate) fn cross_swept(
    config: &RunConfig,
    axes: &[Vec<Swept>],
    faults: &mut Vec<Fault>,
) -> Vec<Vec<Swept>> {
    let crossings = axes.iter().try_fold(1usize, |n, axis| n.checked_mul(axis.len()));
    if crossings.is_none_or(|n| n > MOST_CROSSINGS) {
        let found =
            format!("the values of the axes of `sweep` cross more than {MOST_CROSSINGS} times");
        faults.push(config.fault("sweep", found).expected("fewer axes or values"));
        return vec![Vec::new()];
    }
    axes.iter().fold(vec![Vec::new()], |crossed, axis| {
        let longer = crossed.iter().flat_map(|left: &Vec<Swept>| {
            axis.iter().map(move |value| left.iter().chain([value]).cloned().collect())
        });
        longer.collect()
    })
}
