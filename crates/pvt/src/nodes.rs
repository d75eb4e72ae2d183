//! Process nodes: their libraries, the corners at which these are validated, and what the name of a
//! library means.

use libchar_core::nearest;
use regex::Regex;

/// A process node as `[node.NAME]` describes it.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its name in the configuration, such as `n45`.
    pub name: String,
    /// Its libraries, by name.
    pub libraries: Vec<String>,
    /// The corners at which its libraries are validated; if there are none, all corners are
    /// allowed.
    pub corners: Vec<String>,
    /// The pattern of a library's name; it must match the whole name.
    pattern: Option<Regex>,
}

/// A library's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The node that it belongs to.
    pub node: String,
    /// The named groups of the node's pattern, in their order.
    pub parts: Vec<(String, String)>,
}

impl Node {
    /// A node whose pattern is a regular expression with named groups, such as `(?<lib_type>[a-z]+)_(?<vt_type>[lsh]vt)`.
    ///
    /// # Errors
    /// A pattern that is no regular expression, with the reason in one line.
    pub fn new(
        name: &str,
        libraries: Vec<String>,
        corners: Vec<String>,
        pattern: Option<&str>,
    ) -> Result<Node, String> {
        let compiled = pattern.map(|pattern| Regex::new(&format!("^(?:{pattern})$"))).transpose();
        let pattern = compiled.map_err(|e| {
            // The last line says what is wrong; the lines above draw the place in the wrapped
            // pattern.
            e.to_string()
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned()
        })?;
        Ok(Node { name: name.to_owned(), libraries, corners, pattern })
    }

    fn parts(&self, library: &str) -> Option<Vec<(String, String)>> {
        let pattern = self.pattern.as_ref()?;
        let found = pattern.captures(library)?;
        let names = pattern.capture_names().flatten();
        Some(
            names
                .filter_map(|name| Some((name.to_owned(), found.name(name)?.as_str().to_owned())))
                .collect(),
        )
    }

    fn has(&self, library: &str) -> bool {
        self.libraries.iter().any(|name| name == library)
    }
}

/// Splits a library's name into its parts. A node that lists the library takes precedence over one
/// whose pattern matches.
///
/// # Errors
/// A library that no node knows, with the nearest one that is listed, or one that the patterns of several nodes match.
pub fn parse(nodes: &[Node], library: &str) -> Result<Parsed, String> {
    let listed: Vec<&Node> = nodes.iter().filter(|node| node.has(library)).collect();
    let fitting: Vec<&Node> = match listed.is_empty() {
        true => nodes.iter().filter(|node| node.parts(library).is_some()).collect(),
        false => listed,
    };
    match fitting.as_slice() {
        [node] => {
            Ok(Parsed { node: node.name.clone(), parts: node.parts(library).unwrap_or_default() })
        }
        [] => {
            let known = nodes.iter().flat_map(|node| node.libraries.iter().map(String::as_str));
            let hint = nearest::nearest(library, known)
                .map(|name| format!(", did you mean `{name}`?"))
                .unwrap_or_default();
            Err(format!("the library `{library}` belongs to no process node{hint}"))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|node| node.name.as_str()).collect();
            Err(format!("the library `{library}` belongs to several nodes: {}", names.join(", ")))
        }
    }
}

/// The corners of a list that a library's node does not allow.
///
/// # Errors
/// As [`parse`].
pub fn not_allowed<'a>(
    nodes: &[Node],
    library: &str,
    corners: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<&'a str>, String> {
    let parsed = parse(nodes, library)?;
    let allowed = nodes.iter().find(|node| node.name == parsed.node).map(|node| &node.corners);
    let Some(allowed) = allowed.filter(|corners| !corners.is_empty()) else {
        return Ok(Vec::new());
    };
    Ok(corners.into_iter().filter(|corner| !allowed.iter().any(|a| a == corner)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|&word| word.to_owned()).collect()
    }

    fn nodes() -> Vec<Node> {
        let pattern = r"n45_(?<lib_type>[a-z]+)_(?<vt_type>[lsh]vt)_v(?<version>\d+)";
        let listed = words(&["n45_base_lvt_v1", "special"]);
        vec![
            Node::new("n45", listed, words(&["TT", "SS"]), Some(pattern)).unwrap(),
            Node::new("n28", words(&["n28_base"]), Vec::new(), None).unwrap(),
        ]
    }

    #[test]
    fn a_name_is_taken_apart_by_the_pattern_of_its_node() {
        let parsed = parse(&nodes(), "n45_io_svt_v12").unwrap();
        assert_eq!(parsed.node, "n45");
        let parts: Vec<(&str, &str)> =
            parsed.parts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(parts, [("lib_type", "io"), ("vt_type", "svt"), ("version", "12")]);
        assert!(parse(&nodes(), "special").unwrap().parts.is_empty());
    }

    #[test]
    fn a_pattern_matches_whole_names_only() {
        assert!(parse(&nodes(), "xn45_io_svt_v12").is_err());
        assert!(parse(&nodes(), "n45_io_svt_v12_old").is_err());
    }

    #[test]
    fn unknown_libraries_name_the_nearest() {
        let told = parse(&nodes(), "n28_bse").unwrap_err();
        assert_eq!(
            told,
            "the library `n28_bse` belongs to no process node, did you mean `n28_base`?"
        );
    }

    #[test]
    fn two_nodes_never_share_a_library_in_silence() {
        let mut nodes = nodes();
        nodes.push(Node::new("n22", Vec::new(), Vec::new(), Some("n.*")).unwrap());
        assert!(parse(&nodes, "n45_io_svt_v1").unwrap_err().ends_with("several nodes: n45, n22"));
        // A listed library belongs to the node that lists it.
        assert_eq!(parse(&nodes, "n45_base_lvt_v1").unwrap().node, "n45");
    }

    #[test]
    fn corners_are_held_to_the_node() {
        let of = |library| not_allowed(&nodes(), library, ["TT", "FF"]).unwrap();
        assert_eq!(of("special"), ["FF"]);
        assert!(of("n28_base").is_empty());
    }

    #[test]
    fn a_pattern_that_is_none_says_why() {
        let told = Node::new("x", Vec::new(), Vec::new(), Some("(")).unwrap_err();
        assert_eq!(told, "unclosed group");
    }
}
