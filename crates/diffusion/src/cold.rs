//! Which parts of a furnace step are too cold to be simulated.

use crate::recipe::Recipe;
use crate::step::Action;

/// Temperature, degrees Celsius, below which measured temperature profiles and steps with point
/// defects are not simulated: in one hour boron diffuses 0.003 nm at equilibrium, and 1 nm at a
/// supersaturation of 1e5.
pub(crate) const STILL_C: f64 = 500.0;

/// Whether the parts of a step below [`STILL_C`] are skipped: the parameters of the defects do not
/// reach that low, and a measured record may be long.
pub(crate) fn skips_cold(recipe: &Recipe, action: &Action) -> bool {
    let is_measured = matches!(action, Action::Anneal { course, .. } if course.measured.is_some());
    is_measured || recipe.model.defects.is_some()
}
