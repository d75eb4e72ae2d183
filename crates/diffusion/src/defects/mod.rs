//! Point defects: interstitials and vacancies, the traps that bind interstitials, and the clusters
//! that an implant leaves.

pub mod parameters;
pub(crate) mod set;
pub mod state;
