//! The process nodes of the configuration, and whether a domain respects the node of its library.

use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::{Fault, nearest};
use libchar_pvt::nodes::{Node, not_allowed};
use libchar_pvt::{Matrix, RunConfig};
use std::collections::BTreeSet;

/// Reads the nodes of `[node.NAME]`, in the order of their names.
///
/// # Errors
/// Patterns that are not valid regular expressions.
pub fn read(ctx: &Context) -> Result<Vec<Node>> {
    let node = |name: &str| {
        let path = |key: &str| format!("node.{name}.{key}");
        let pattern = ctx.config.text(&path("naming_pattern"));
        let libraries = ctx.config.texts(&path("libraries"));
        let corners = ctx.config.texts(&path("pvt_corners"));
        Node::new(name, libraries, corners, pattern)
            .map_err(|why| Usage(format!("`{}`: {why}", path("naming_pattern"))).into())
    };
    ctx.config.names("node").into_iter().map(node).collect()
}

/// The error for a node that the configuration does not have.
pub fn unknown(name: &str, nodes: &[Node]) -> Usage {
    let names = nodes.iter().map(|node| node.name.as_str());
    let hint = match nearest::nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None if nodes.is_empty() => "no [node.NAME] is configured".to_owned(),
        None => "`libchar config node list` names them".to_owned(),
    };
    Usage(format!("the process node `{name}` is not known; {hint}"))
}

/// The faults of a domain whose library's node does not allow every corner of its matrix.
pub fn faults(config: &RunConfig, matrix: &Matrix, ctx: &Context) -> Result<Vec<Fault>> {
    let Some(library) = &config.library else { return Ok(Vec::new()) };
    let nodes = read(ctx)?;
    let corners: BTreeSet<&str> = matrix.cells().map(|cell| cell.corner.corner.as_str()).collect();
    let refused = match not_allowed(&nodes, library, corners) {
        Ok(refused) => refused,
        Err(why) => {
            let fault = config.fault("library", why);
            return Ok(vec![
                fault.expected("a library that a [node.NAME] lists or whose pattern it matches"),
            ]);
        }
    };
    let fault = |corner: &str| {
        let found = format!(
            "the process node of the library `{library}` does not allow the corner `{corner}`"
        );
        let key = if config.has("corner") { "corner" } else { "library" };
        config.fault(key, found).expected("corners of its `pvt_corners`")
    };
    Ok(refused.into_iter().map(fault).collect())
}
