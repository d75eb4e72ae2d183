//! Several inputs of one command: the names of their outputs in a folder, and the faults of all of
//! them at once.

use crate::exit::Usage;
use anyhow::Result;
use libchar_core::{Fault, Faults};
use std::collections::BTreeMap;
use std::path::Path;

/// The name of each input without its folder and ending, `stdin` for standard input.
///
/// # Errors
/// Two inputs with the same name, whose outputs would replace each other.
pub fn stems<'a>(inputs: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>> {
    let mut first = BTreeMap::new();
    let mut stems = Vec::new();
    for input in inputs {
        let stem = match input {
            "-" => "stdin".to_owned(),
            _ => Path::new(input).file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        };
        if let Some(other) = first.insert(stem.clone(), input) {
            let text =
                format!("{other} and {input} are both named `{stem}`, as their files would be");
            return Err(Usage(text).into());
        }
        stems.push(stem);
    }
    Ok(stems)
}

/// All values, or else the faults of all of them together. An error that is not a fault ends at
/// once.
///
/// # Errors
/// The faults, or the first other error.
pub fn all<T>(results: impl IntoIterator<Item = Result<T>>) -> Result<Vec<T>> {
    let (mut good, mut faults) = (Vec::new(), Vec::<Fault>::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(error) => faults.extend(error.downcast::<Faults>()?.iter().cloned()),
        }
    }
    Ok(Faults::or(good, faults)?)
}

#[cfg(test)]
mod tests {
    use super::{all, stems};
    use libchar_core::{Fault, Faults};

    #[test]
    fn files_of_one_name_are_refused() {
        assert_eq!(stems(["a/x.csv", "y.toml", "-"]).unwrap(), ["x", "y", "stdin"]);
        let error = stems(["a/x.csv", "b/x.json"]).unwrap_err().to_string();
        assert_eq!(error, "a/x.csv and b/x.json are both named `x`, as their files would be");
    }

    #[test]
    fn faults_of_all_are_told_together() {
        let fault = |file: &str| Err(Faults::from(Fault::of(file, "bad")).into());
        let error = all([Ok(1), fault("a"), fault("b")]).unwrap_err().to_string();
        assert_eq!(error, "a: bad\nb: bad");
        assert!(
            all::<u8>([Err(anyhow::anyhow!("gone")), fault("a")])
                .is_err_and(|e| e.to_string() == "gone")
        );
    }
}
