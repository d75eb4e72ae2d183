//! What a template is checked against, and what it uses of a point.

use crate::config::RunConfig;
use crate::matrix::{Matrix, Tables};
use crate::points::GROUPS;
use crate::supply_names::SupplyNames;
use std::collections::BTreeMap;

/// What a template is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The run parameters.
    pub config: &'a RunConfig,
    /// All tables: names in a plain deck are recognized by them.
    pub tables: &'a Tables,
    /// The points to render.
    pub matrix: &'a Matrix,
    /// Names that the site adds, `[template.variables]` of the configuration.
    pub variables: &'a BTreeMap<String, String>,
    /// The site's own names of supplies, `[supply_names]` of the configuration.
    pub supply_names: &'a SupplyNames,
}

/// What a template uses of a point.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Uses {
    /// Voltages of the groups.
    pub groups: [bool; GROUPS],
    /// Any quantity of the variation table.
    pub varied: bool,
}
