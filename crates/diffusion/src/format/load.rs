//! Access to the files that a recipe names.

/// Loads a file that a recipe names, such as a measured profile.
pub type Load<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;
