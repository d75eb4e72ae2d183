//! What the files of several inputs are called in a folder.

use crate::exit::Usage;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;

/// The name of each input without its folder and ending.
///
/// # Errors
/// Two of one name, which would replace each other.
pub fn stems(inputs: &[String]) -> Result<Vec<String>> {
    let mut first = BTreeMap::new();
    let mut stems = Vec::new();
    for input in inputs {
        let stem = Path::new(input).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(other) = first.insert(stem.clone(), input) {
            let text =
                format!("{other} and {input} are both named `{stem}`, as their files would be");
            return Err(Usage(text).into());
        }
        stems.push(stem);
    }
    Ok(stems)
}

#[cfg(test)]
mod tests {
    #[test]
    fn files_of_one_name_are_refused() {
        let inputs = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        assert_eq!(super::stems(&inputs(&["a/x.csv", "y.toml"])).unwrap(), ["x", "y"]);
        let error = super::stems(&inputs(&["a/x.csv", "b/x.json"])).unwrap_err().to_string();
        assert_eq!(error, "a/x.csv and b/x.json are both named `x`, as their files would be");
    }
}
