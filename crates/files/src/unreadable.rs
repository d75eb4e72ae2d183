//! Faults of files that cannot be read.

use libchar_core::Fault;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// A fault of a file that cannot be read; if there is no file of this name, it names the most
/// similar one.
pub fn unreadable(file: &str, error: &io::Error) -> Fault {
    let path = Path::new(file);
    let mut fault = Fault::of(file, format!("cannot be read: {error}"));
    if error.kind() == io::ErrorKind::NotFound
        && let Some(wanted) = path.file_name().and_then(OsStr::to_str)
    {
        let folder = path.parent().unwrap_or(Path::new(""));
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = std::fs::read_dir(here).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        // Names in one folder are often alike, so only a name within a typing error is suggested.
        let slips = |name: &String| strsim::damerau_levenshtein(wanted, name);
        let likeliest = names.min_by_key(|name| (slips(name), name.clone()));
        let likeliest = likeliest.filter(|name| slips(name) <= 1 + wanted.len() / 8);
        fault.nearest = likeliest.map(|name| folder.join(name).display().to_string());
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::unreadable;

    #[test]
    fn the_nearest_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("oxide.csv"), "").unwrap();
        let wanted = folder.path().join("oxyde.csv").display().to_string();
        let fault = unreadable(&wanted, &std::io::ErrorKind::NotFound.into());
        assert_eq!(fault.nearest, Some(folder.path().join("oxide.csv").display().to_string()));
        assert_eq!(unreadable("/nowhere/x", &std::io::ErrorKind::NotFound.into()).nearest, None);
    }
}
