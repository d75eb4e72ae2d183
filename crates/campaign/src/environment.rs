//! The environment variables of a process, as values.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

/// The environment variables that a process inherits.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// Makes it from names with their values, such as `std::env::vars_os()`.
    pub fn of(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Environment {
        Environment(variables.into_iter().collect())
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str)
    }

    /// The value of a variable, if it is valid Unicode.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.to_str().map(str::to_owned)
    }

    /// All variables whose names and values are valid Unicode.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        let text = |text: &OsString| text.to_str().map(str::to_owned);
        self.0.iter().filter_map(move |(name, value)| Some((text(name)?, text(value)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn what_is_no_text_is_known_but_not_text() {
        let odd = OsString::from_vec(vec![0xff]);
        let environment = Environment::of([
            ("A".into(), "1".into()),
            ("B".into(), odd.clone()),
            (odd, "2".into()),
        ]);
        assert_eq!(environment.text("A").as_deref(), Some("1"));
        assert!(environment.get("B").is_some() && environment.text("B").is_none());
        assert_eq!((environment.get("C"), environment.text("C")), (None, None));
        assert_eq!(environment.texts().collect::<Vec<_>>(), [("A".to_owned(), "1".to_owned())]);
    }
}
