//! Versions of programs, as they print them, and the ranges that a site allows.

use std::cmp::Ordering;
use std::fmt;

/// The numbers of a version, as far as they are joined by dots: `39.3` of `ngspice-39.3+ds`,
/// `2023.12` of `U-2023.12-SP1`.
///
/// Missing numbers count as 0: `39` equals `39.0`.
#[derive(Debug, Clone)]
pub struct Version(Vec<u64>);

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

impl Version {
    /// Finds the first number in a text that is not part of a word or of another number, with the
    /// numbers that follow it after dots.
    ///
    /// A number behind a letter is no version (`x86`, `hspice2`), unless the letter is a `v` of its own (`v0.45`).
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let starts = |at: &usize| {
            let before = at.checked_sub(1).map(|i| bytes[i]);
            let v = before.is_some_and(|b| b == b'v' || b == b'V')
                && at.checked_sub(2).is_none_or(|i| !bytes[i].is_ascii_alphanumeric());
            bytes[*at].is_ascii_digit()
                && (v
                    || before
                        .is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'_')))
        };
        (0..bytes.len()).filter(starts).find_map(|at| {
            let rest = &text[at..];
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            Self::parse(rest[..end].trim_end_matches('.'))
        })
    }

    /// Parses numbers joined by dots, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>().map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u64::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let part = |version: &Self, i: usize| version.0.get(i).copied().unwrap_or(0);
        (0..self.0.len().max(other.0.len()))
            .map(|i| part(self, i).cmp(&part(other, i)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The form of a range, for messages: all its bounds must hold.
pub const RANGE: &str = "bounds such as `>=38, <45`, `39` (39 and all that begins so) or `!=39.2`";

/// A range of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range(Vec<(Bound, Version)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    Above,
    AtMost,
    Below,
    Not,
    Begins,
}

impl Range {
    /// Reads [`RANGE`].
    ///
    /// # Errors
    /// The part of the text that is not a bound.
    pub fn parse(text: &str) -> Result<Self, String> {
        const SIGNS: [(&str, Bound); 6] = [
            (">=", Bound::AtLeast),
            ("<=", Bound::AtMost),
            ("!=", Bound::Not),
            (">", Bound::Above),
            ("<", Bound::Below),
            ("=", Bound::Begins),
        ];
        let bound = |part: &str| {
            let part = part.trim();
            let (bound, number) = SIGNS
                .iter()
                .find_map(|(sign, bound)| Some((*bound, part.strip_prefix(sign)?)))
                .unwrap_or((Bound::Begins, part));
            let version = Version::parse(number.trim()).ok_or_else(|| part.to_owned())?;
            Ok((bound, version))
        };
        text.split(',').map(bound).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// Whether a version is within all bounds.
    #[must_use]
    pub fn allows(&self, version: &Version) -> bool {
        self.0.iter().all(|(bound, of)| match bound {
            Bound::AtLeast => version >= of,
            Bound::Above => version > of,
            Bound::AtMost => version <= of,
            Bound::Below => version < of,
            Bound::Not => version != of,
            Bound::Begins => version.0.starts_with(&of.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_print() {
        let found = |text: &str| Version::find(text).map(|version| version.to_string());
        assert_eq!(found("** ngspice-39.3+ds : Circuit level").as_deref(), Some("39.3"));
        assert_eq!(found("Yosys 0.23 (git sha1 7ce5011c24b)").as_deref(), Some("0.23"));
        assert_eq!(found("restic 0.14.0 compiled with go1.19.4").as_deref(), Some("0.14.0"));
        assert_eq!(found("tool v2.1, linux").as_deref(), Some("2.1"));
        assert_eq!(found("HSPICE Version U-2023.12-SP1 linux64").as_deref(), Some("2023.12"));
        assert_eq!(found("hspice2 on x86_64 release 7.").as_deref(), Some("7"));
        assert_eq!(found("é 1.2é").as_deref(), Some("1.2"));
        assert_eq!(found("no number"), None);
    }

    #[test]
    fn ranges_hold_versions_number_by_number() {
        let allows = |range: &str, version: &str| {
            Range::parse(range).unwrap().allows(&Version::parse(version).unwrap())
        };
        assert!(allows(">=38, <45", "39.3") && allows(">=38,<45", "38"));
        assert!(!allows(">=38, <45", "45") && !allows(">=38, <45", "37.9"));
        assert!(allows(">=9", "10"), "numbers, not letters");
        assert!(allows("39", "39.3") && allows("=39", "39") && !allows("39", "3.9"));
        assert!(!allows("39", "390"));
        assert!(allows("<=39.0", "39") && !allows("<39.0", "39") && !allows("!=39", "39.0"));
        assert!(allows(">39", "39.1") && !allows(">39", "39.0"));
        assert_eq!(Range::parse(">=38, about 40").unwrap_err(), "about 40");
        assert!(Range::parse("").is_err());
    }
}
