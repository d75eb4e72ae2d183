//! The process nodes of the configuration, and whether a domain respects the node of its library.

use anyhow::{Result, anyhow};
use libchar_core::Fault;
use libchar_core::config::Config;
use libchar_core::nearest::nearest;
use libchar_pvt::nodes::{Node, not_allowed};
use libchar_pvt::{Matrix, RunConfig};
use std::collections::BTreeSet;

/// Reads the nodes of `[node.NAME]`, in the order of their names.
///
/// # Errors
/// Patterns that are not valid regular expressions.
pub fn nodes(config: &Config) -> Result<Vec<Node>> {
    let node = |name: &str| {
        let path = |key: &str| format!("node.{name}.{key}");
        let pattern = config.text(&path("naming_pattern"));
        let libraries = config.texts(&path("libraries"));
        let corners = config.texts(&path("pvt_corners"));
        Node::new(name, libraries, corners, pattern)
            .map_err(|why| anyhow!("`{}`: {why}", path("naming_pattern")))
    };
    config.names("node").into_iter().map(node).collect()
}

/// The words for a node that the configuration does not have.
pub fn unknown_node(name: &str, nodes: &[Node]) -> String {
    let names = nodes.iter().map(|node| node.name.as_str());
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None if nodes.is_empty() => "no [node.NAME] is configured".to_owned(),
        None => "`libchar config node list` names them".to_owned(),
    };
    format!("the process node `{name}` is not known; {hint}")
}

/// The faults of a domain whose library's node does not allow every corner of its matrix.
pub fn faults(run: &RunConfig, matrix: &Matrix, config: &Config) -> Result<Vec<Fault>> {
    let Some(library) = &run.library else { return Ok(Vec::new()) };
    let nodes = nodes(config)?;
    let corners: BTreeSet<&str> = matrix.cells().map(|cell| cell.corner.corner.as_str()).collect();
    let refused = match not_allowed(&nodes, library, corners) {
        Ok(refused) => refused,
        Err(why) => {
            let expected = "a library that a [node.NAME] lists or whose pattern it matches";
            return Ok(vec![run.fault("library", why).expected(expected)]);
        }
    };
    let key = if run.has("corner") { "corner" } else { "library" };
    let fault = |corner: &str| {
        let found = format!(
            "the process node of the library `{library}` does not allow the corner `{corner}`"
        );
        run.fault(key, found).expected("corners of its `pvt_corners`")
    };
    Ok(refused.into_iter().map(fault).collect())
}

#[cfg(test)]
mod tests {
    use super::{nodes, unknown_node};
    use crate::fixture::config;

    #[test]
    fn nodes_are_read_and_an_unknown_one_is_told_with_the_nearest() {
        let known =
            config("node = { n45 = { libraries = ['a'] }, n7 = { naming_pattern = '(?<x>.*)' } }");
        let known = nodes(&known).unwrap();
        let names: Vec<&str> = known.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["n45", "n7"]);
        assert!(unknown_node("n44", &known).ends_with("did you mean `n45`?"));
        assert!(unknown_node("x", &[]).ends_with("no [node.NAME] is configured"));
        let broken = config("node = { n1 = { naming_pattern = '(' } }");
        let error = nodes(&broken).unwrap_err().to_string();
        assert!(error.starts_with("`node.n1.naming_pattern`: "), "{error}");
    }
}
