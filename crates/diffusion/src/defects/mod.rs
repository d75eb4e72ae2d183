//! Point defects: interstitials and vacancies, the traps that hold interstitials, the clusters that an
//! implant leaves.

pub mod parameters;
pub(crate) mod set;
pub mod state;
