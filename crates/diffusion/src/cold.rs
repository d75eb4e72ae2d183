//! What is too cold to be solved.

use crate::recipe::Recipe;
use crate::step::Action;

/// Below this temperature measured profiles, and steps with point defects, are not solved, degrees Celsius: in an hour
/// boron diffuses 0.003 nm at equilibrium, and 1 nm at a supersaturation of 1e5.
pub(crate) const STILL_C: f64 = 500.0;

/// Whether what is colder than [`STILL_C`] is left out: defects have no numbers there, and a record may be long.
pub(crate) fn skips_cold(recipe: &Recipe, action: &Action) -> bool {
    let is_measured = matches!(action, Action::Anneal { course, .. } if course.measured.is_some());
    is_measured || recipe.model.defects.is_some()
}
