//! The options that may be tried, which the simulator's description offers.

use libchar_core::{Fault, Faults};
use libchar_engine::{Options, Simulator};

/// Sets of options, of which one is chosen.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Whether each set is looser than the one before.
    pub ordered: bool,
    /// The sets.
    pub values: Vec<Options>,
}

/// The options that may be tried.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Sets of options for a converged simulation, each tighter than the one before; two at least.
    pub ladder: Vec<Options>,
    /// The axes along which options are varied.
    pub axes: Vec<Axis>,
}

impl Plan {
    /// Makes the plan for a simulator from its name and description. Without `bounds_steps`, it
    /// leaves out bounds of the time step. `None` if the description has too few options to try.
    ///
    /// # Errors
    /// A description with a fault.
    pub fn of(
        name: &str,
        simulator: &Simulator,
        bounds_steps: bool,
    ) -> Result<Option<Plan>, Faults> {
        let read = |table: &toml::Table| -> Result<Options, Faults> {
            let place = format!("simulators.{name}.tune");
            let options = Options::from_toml(table)
                .and_then(|set| set.check(name, simulator).map(|()| set))
                .map_err(|e| Fault::of(place, e.to_string()))?;
            Ok(if bounds_steps { options } else { options.without_max_step() })
        };
        let tuning = &simulator.tune;
        let mut ladder: Vec<Options> =
            tuning.reference.iter().map(read).collect::<Result<_, _>>()?;
        // Two equal sets would agree even if neither were converged.
        ladder.dedup();
        let mut axes = Vec::new();
        for axis in &tuning.axes {
            let mut values = axis.values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            values.retain(|value| !value.is_empty());
            if !values.is_empty() {
                axes.push(Axis { ordered: axis.ordered, values });
            }
        }
        Ok((!axes.is_empty() && ladder.len() >= 2).then_some(Plan { ladder, axes }))
    }
}
