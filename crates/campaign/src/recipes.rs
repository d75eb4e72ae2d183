//! Option recipes: named sets of simulator options that the site describes, to try where a
//! simulation does not converge.

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
    /// The key of a deck that is simulated with this recipe. It covers the options, so that a
    /// result with other options under the same name does not count as done.
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

#[cfg(test)]
mod tests {
    use super::{Recipe, listed};
    use crate::fixture::config;
    use libchar_engine::{Options, Simulator};

    fn of(lines: &str) -> Result<Vec<Recipe>, String> {
        let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        listed(&config(lines), ("ngspice", &simulator)).map_err(|faults| faults.to_string())
    }

    #[test]
    fn recipes_come_in_the_order_in_which_they_are_listed() {
        let lines = "run = { recipes = ['b', 'a'] }\nrecipes = { a = { reltol = 1e-2 }, b = { method = 'gear' }, c = { nonsense = 1 } }";
        let names: Vec<String> = of(lines).unwrap().into_iter().map(|recipe| recipe.name).collect();
        assert_eq!(names, ["b", "a"], "what is not listed is not tried");
        assert_eq!(of(""), Ok(Vec::new()));
    }

    #[test]
    fn a_recipe_that_is_not_described_or_cannot_be_is_a_fault() {
        let unknown = of("run = { recipes = ['geer'] }\nrecipes = { gear = { method = 'gear' } }");
        insta::assert_snapshot!(unknown.unwrap_err(), @r"
        run.recipes: no recipe is called `geer`
          expected one of: gear
          did you mean `gear`?
        ");
        let nonsense =
            of("run = { recipes = ['a'] }\nrecipes = { a = { reltoll = 1 } }").unwrap_err();
        assert!(nonsense.starts_with("recipes.a: ") && nonsense.contains("reltoll"), "{nonsense}");
    }

    #[test]
    fn the_key_follows_name_and_options() {
        let recipe = |name: &str, value: &str| Recipe {
            name: name.to_owned(),
            options: Options::default().with("reltol", value),
        };
        let key = recipe("a", "1").key_of("k");
        assert_eq!(key, recipe("a", "1").key_of("k"));
        for other in [
            recipe("b", "1").key_of("k"),
            recipe("a", "2").key_of("k"),
            recipe("a", "1").key_of("l"),
        ] {
            assert_ne!(other, key);
        }
    }
}
