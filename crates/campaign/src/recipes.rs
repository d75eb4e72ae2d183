//! Sets of simulator options that the site gave names: recipes to try where a simulation does not converge.

use libchar_core::config::Config;
use libchar_core::{Fault, Faults, hash};
use libchar_engine::{Options, Simulator};

/// Options with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// The name.
    pub name: String,
    /// The options.
    pub options: Options,
}

impl Recipe {
    /// The key of a deck that is simulated with it: what is done with other options of the same name is not done.
    pub fn key_of(&self, key: &str) -> String {
        hash::sha256(format!("{key}\nrecipe {} {}\n", self.name, self.options).as_bytes())
    }
}

/// The recipes that `run.recipes` lists, in its order, as `[recipes]` describes them.
///
/// # Errors
/// A name that is not described, or options that the simulator does not have.
pub fn listed(config: &Config, simulator: (&str, &Simulator)) -> Result<Vec<Recipe>, Faults> {
    let described = config.section("recipes");
    let listed = config.get("run.recipes").and_then(|setting| setting.value.as_array());
    let names = listed.into_iter().flatten().filter_map(|name| name.as_str());
    let mut recipes = Vec::new();
    for name in names {
        let Some(table) = described.get(name).and_then(|value| value.as_table()) else {
            let fault = Fault::of("run.recipes", format!("no recipe is called `{name}`"));
            let known = described.keys().map(String::as_str);
            return Err(fault.one_of(name, known).into());
        };
        let fault = |e| Faults::from(Fault::of(format!("recipes.{name}"), format!("{e}")));
        let options = Options::from_toml(table).map_err(fault)?;
        options.check(simulator.0, simulator.1).map_err(fault)?;
        recipes.push(Recipe { name: name.to_owned(), options });
    }
    Ok(recipes)
}
