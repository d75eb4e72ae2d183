//! Files that other runs rely on, which no output replaces unless that is asked for.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The number of bytes at the start of a document in which its schema is looked for.
const HEAD: usize = 200;

/// Whether a file is a baseline or a model: a JSON document whose first key is such a schema.
pub fn is_relied_on(path: &Path) -> bool {
    let mut head = [0; HEAD];
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let length = file.read(&mut head).unwrap_or(0);
    let text = String::from_utf8_lossy(&head[..length]);
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let name =
        compact.strip_prefix("{\"schema\":{\"name\":\"").and_then(|rest| rest.split('"').next());
    name.is_some_and(|name| {
        ["-baseline", "-baselines", "-model"].iter().any(|end| name.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::is_relied_on;
    use std::fs;

    #[test]
    fn baselines_and_models_are_known_by_their_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        for (text, expected) in [
            ("{\"schema\":{\"name\":\"libchar.spc-baseline\",\"version\":1}}", true),
            ("{\n  \"schema\": { \"name\": \"libchar.litho-model\" }\n}", true),
            ("{\"schema\":{\"name\":\"libchar.spc-chart\",\"of\":\"x-model\"}}", false),
            ("{\"name\":\"libchar.spc-baseline\"}", false),
            ("", false),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(is_relied_on(&path), expected, "{text}");
        }
        assert!(!is_relied_on(&folder.path().join("absent")));
    }
}
