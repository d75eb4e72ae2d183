//! The folders of a set: private when they are made, opened to others when their files are
//! complete.

use crate::attributes;
use crate::error::ArchiveError;
use crate::manifest::ROOT;
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

/// The mode of a folder for which neither a manifest nor a domain states one.
const USUAL: u32 = 0o755;

/// Folders by path below the root, which is `.`, with their modes.
pub type Folders = BTreeMap<String, u32>;

/// The stated folders, and all folders on the way to the files.
pub fn all<'a>(
    stated: impl IntoIterator<Item = (String, u32)>,
    files: impl IntoIterator<Item = &'a str>,
) -> Folders {
    let mut folders: Folders = stated.into_iter().collect();
    folders.entry(ROOT.to_owned()).or_insert(USUAL);
    for file in files {
        let mut path = file;
        while let Some((above, _)) = path.rsplit_once('/') {
            if folders.contains_key(above) {
                break;
            }
            folders.insert(above.to_owned(), USUAL);
            path = above;
        }
    }
    folders
}

/// Makes the folders, accessible to the caller alone. If a folder has been removed meanwhile, no
/// file is put in its place.
pub fn make(root: &Path, folders: &Folders) -> Result<(), ArchiveError> {
    let mut private = DirBuilder::new();
    private.mode(0o700);
    // In the order of the map, `a` comes before `a/b`. The root, `.`, is made first.
    private.create(root).map_err(ArchiveError::io("create", root))?;
    for name in folders.keys().filter(|name| *name != ROOT) {
        let path = root.join(name);
        private.create(&path).map_err(ArchiveError::io("create", &path))?;
    }
    Ok(())
}

/// Gives the folders their modes, the inner ones first, and replaces the modes in the map by those
/// that the file system stores. The root stays writable for its owner: renaming it requires that.
pub fn open(root: &Path, folders: &mut Folders) -> Result<(), ArchiveError> {
    for (name, mode) in folders.iter_mut().rev() {
        let path = if name == ROOT { root.to_owned() } else { root.join(name) };
        let wanted = if name == ROOT { *mode | 0o700 } else { *mode };
        let set = || {
            fs::set_permissions(&path, Permissions::from_mode(wanted))?;
            fs::metadata(&path)
        };
        *mode = attributes::of_folder(&set().map_err(ArchiveError::io("change", &path))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{all, make, open};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn folders_are_private_until_they_are_opened() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("r");
        let stated = [("a".to_owned(), 0o750), ("closed".to_owned(), 0o500)];
        let mut folders = all(stated, ["a/b/c/f", "f"]);
        let names: Vec<&str> = folders.keys().map(String::as_str).collect();
        assert_eq!(names, [".", "a", "a/b", "a/b/c", "closed"]);
        make(&root, &folders).unwrap();
        let mode = |name: &str| fs::metadata(root.join(name)).unwrap().permissions().mode() & 0o777;
        assert!(folders.keys().all(|name| mode(name) == 0o700));
        open(&root, &mut folders).unwrap();
        let modes: Vec<u32> = folders.keys().map(|name| mode(name)).collect();
        assert_eq!(modes, [0o755, 0o750, 0o755, 0o755, 0o500]);
    }
}
