//! Modes and times: which parts of a file's are kept, and how a manifest writes them.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

/// Bits of a file's mode that are kept; setuid and setgid are not.
const FILE: u32 = 0o1777;
/// Bits of a folder's mode that are kept. setgid is harmless there: it only gives new files the
/// folder's group.
const FOLDER: u32 = 0o3777;

/// The kept mode and the time of a file.
pub fn of(about: &Metadata) -> io::Result<(u32, SystemTime)> {
    Ok((about.permissions().mode() & FILE, about.modified()?))
}

/// The kept mode of a folder.
pub fn of_folder(about: &Metadata) -> u32 {
    about.permissions().mode() & FOLDER
}

/// Gives an open file a mode, without setuid and setgid, and a time.
pub fn set(file: &File, mode: u32, modified: SystemTime) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(mode & FILE))?;
    file.set_modified(modified)
}

/// A mode as four octal digits, such as `0644`.
pub fn show_mode(mode: u32) -> String {
    format!("{mode:04o}")
}

/// Reads what [`show_mode`] wrote; `None` for anything else, and for a mode with setuid.
pub fn parse_mode(text: &str) -> Option<u32> {
    let mode = u32::from_str_radix(text, 8).ok()?;
    (mode <= FOLDER && mode & !FOLDER == 0 && show_mode(mode) == text).then_some(mode)
}

/// Seconds since 1970 with nine decimals.
pub fn show_time(time: SystemTime) -> String {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => format!("{}.{:09}", after.as_secs(), after.subsec_nanos()),
        Err(e) => {
            let before = e.duration();
            format!("-{}.{:09}", before.as_secs(), before.subsec_nanos())
        }
    }
}

/// Reads what [`show_time`] wrote.
pub fn parse_time(text: &str) -> Option<SystemTime> {
    let (is_before, magnitude) = match text.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, text),
    };
    let (seconds, nanoseconds) = magnitude.split_once('.')?;
    let duration = Duration::new(
        seconds.parse().ok()?,
        nanoseconds.parse().ok().filter(|n| *n < 1_000_000_000)?,
    );
    let time = match is_before {
        true => SystemTime::UNIX_EPOCH.checked_sub(duration)?,
        false => SystemTime::UNIX_EPOCH.checked_add(duration)?,
    };
    (show_time(time) == text).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::{parse_mode, parse_time, show_time};
    use std::time::{Duration, SystemTime};

    #[test]
    fn times_and_modes_come_back_and_have_one_form() {
        for text in ["1767323045.000000001", "0.000000000", "-1.500000000"] {
            assert_eq!(parse_time(text).map(show_time).as_deref(), Some(text));
        }
        assert_eq!(
            parse_time("1767323045.250000000"),
            Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_767_323_045_250))
        );
        for text in [
            "1",
            "1.5",
            "+1.000000000",
            "01.000000000",
            "1.1000000000",
            "99999999999999999999.000000000",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
        assert_eq!((parse_mode("0750"), parse_mode("2775")), (Some(0o750), Some(0o2775)));
        for text in ["750", "4755", "00750", "0o750", "0888", ""] {
            assert_eq!(parse_mode(text), None, "{text}");
        }
    }
}
