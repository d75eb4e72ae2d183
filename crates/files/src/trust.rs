//! Decides which configuration files are trusted to name programs: those that nobody but the caller
//! and root could have written, and those in folders that the user consented to.

use libchar_core::config::Doubt;
use nix::unistd::{Gid, Group, Uid, User, geteuid};
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Folders that the caller's environment trusts, separated by colons.
pub const VARIABLE: &str = "LIBCHAR_TRUST";

/// Returns why a file is not trusted, or `None` if it is. Files in the `consented` folders are
/// trusted whoever wrote them.
pub fn doubt(file: &Path, consented: &[PathBuf]) -> Option<Doubt> {
    let absolute = std::path::absolute(file).ok()?;
    let folder = absolute.parent().and_then(|folder| fs::canonicalize(folder).ok());
    let folder = folder.unwrap_or_else(|| absolute.parent().unwrap_or(&absolute).to_owned());
    let real = fs::canonicalize(&absolute).unwrap_or_else(|_| absolute.clone());
    let is_consented = |path: &Path| {
        consented.iter().filter_map(|c| fs::canonicalize(c).ok()).any(|c| path.starts_with(c))
    };
    if is_consented(&folder) && is_consented(&real) {
        return None;
    }
    // Both the path by which the file was found and the path to which a link leads have to be safe.
    let ways = folder.ancestors().chain(real.ancestors());
    let reason = std::iter::once(absolute.as_path()).chain(ways).find_map(|path| {
        let about = path.symlink_metadata().ok()?;
        doubt_of(&about).map(|reason| (path.to_owned(), reason))
    });
    reason.map(|(path, reason)| Doubt {
        reason: format!("{} {reason}", path.display()),
        folder: folder.display().to_string(),
    })
}

/// Returns why others could have written a file, or put another in its place.
fn doubt_of(about: &Metadata) -> Option<String> {
    let me = geteuid();
    let owner = Uid::from_raw(about.uid());
    if !owner.is_root() && owner != me {
        let name = User::from_uid(owner).ok().flatten().map(|user| user.name);
        return Some(format!("belongs to {}", name.unwrap_or_else(|| format!("uid {owner}"))));
    }
    // The mode of a link means nothing. In a sticky folder, only a file's owner can replace it.
    if about.is_symlink() || (about.is_dir() && about.mode() & 0o1000 != 0) {
        return None;
    }
    if about.mode() & 0o002 != 0 {
        return Some("is writable by everybody".to_owned());
    }
    if about.mode() & 0o020 != 0 && !is_private(Gid::from_raw(about.gid()), me) {
        let gid = Gid::from_raw(about.gid());
        let name = Group::from_gid(gid).ok().flatten().map(|group| group.name);
        let name = name.unwrap_or_else(|| format!("gid {gid}"));
        return Some(format!("is writable by the group {name}"));
    }
    None
}

/// Whether a group has no members but the caller and root.
fn is_private(gid: Gid, me: Uid) -> bool {
    let Ok(Some(caller)) = User::from_uid(me) else { return false };
    let is_ours = |name: &str| name == caller.name || name == "root";
    let Ok(Some(group)) = Group::from_gid(gid) else { return false };
    let others = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut others = others.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let group = fields.nth(2)?;
        (group.parse() == Ok(gid.as_raw())).then_some(name.to_owned())
    });
    // A directory service may know more users than the file, so only a group that is named after
    // its user counts as that user's own.
    let is_own = gid == caller.gid && (group.name == caller.name || me.is_root());
    is_own && group.mem.iter().all(|name| is_ours(name)) && others.all(|name| is_ours(&name))
}

#[cfg(test)]
mod tests {
    use super::doubt;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn what_others_could_have_written_is_in_doubt() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/libchar.toml");
        fs::create_dir(file.parent().unwrap()).unwrap();
        fs::write(&file, "").unwrap();
        let reason = || doubt(&file, &[]).map(|doubt| doubt.reason);
        assert_eq!(reason(), None);
        let mode = |path: &std::path::Path, mode| {
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        };
        mode(&file, 0o666);
        assert!(reason().unwrap().ends_with("libchar.toml is writable by everybody"));
        assert_eq!(doubt(&file, &[folder.path().to_owned()]), None, "consented");
        mode(&file, 0o644);
        mode(file.parent().unwrap(), 0o777);
        assert!(reason().unwrap().ends_with("/a is writable by everybody"));
        mode(file.parent().unwrap(), 0o1777);
        assert_eq!(reason(), None, "nobody can put another file in place of one's own");
        // A link to a file that others can write.
        let other = folder.path().join("other");
        fs::write(&other, "").unwrap();
        mode(&other, 0o602);
        fs::remove_file(&file).unwrap();
        symlink(&other, &file).unwrap();
        assert!(reason().unwrap().ends_with("other is writable by everybody"));
        if nix::unistd::geteuid().is_root() {
            mode(&other, 0o600);
            std::os::unix::fs::chown(&other, Some(65534), None).unwrap();
            assert!(reason().unwrap().contains("other belongs to "));
        }
    }
}
