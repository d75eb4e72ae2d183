//! Why two sides may differ: what decided their values, by digest or version.

use std::collections::{BTreeMap, BTreeSet};

/// Digests and versions by kind and name.
pub type Recorded = BTreeMap<(String, String), String>;

/// Something that decided the values and is not the same on both sides.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its kind, such as `config`, `tables` or `simulator`.
    pub kind: String,
    /// Its name, such as a file.
    pub name: String,
    /// Its digest or version on the old side, if it is there.
    pub old: Option<String>,
    /// Its digest or version on the new side, if it is there.
    pub new: Option<String>,
}

impl Reason {
    /// The reason in one line, with the beginning of digests.
    #[must_use]
    pub fn text(&self) -> String {
        let side = |digest: &Option<String>| digest.as_deref().map_or("none", short).to_owned();
        let (old, new) = (side(&self.old), side(&self.new));
        format!("why: {} `{}` differs: {old} -> {new}", self.kind, self.name)
    }
}

/// The first 12 digits of a SHA-256 digest; any other text as it is.
fn short(text: &str) -> &str {
    let is_digest = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_digest { &text[..12] } else { text }
}

/// What differs between two sides. The result is empty if one of them records nothing.
#[must_use]
pub fn differing(old: &Recorded, new: &Recorded) -> Vec<Reason> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    let reason = |key: &(String, String)| {
        let (a, b) = (old.get(key), new.get(key));
        (a != b).then(|| Reason {
            kind: key.0.clone(),
            name: key.1.clone(),
            old: a.cloned(),
            new: b.cloned(),
        })
    };
    keys.into_iter().filter_map(reason).collect()
}

#[cfg(test)]
mod tests {
    use super::{Recorded, differing};

    fn recorded(pairs: &[(&str, &str)]) -> Recorded {
        let key = |name: &str| ("tables".to_owned(), name.to_owned());
        pairs.iter().map(|(name, digest)| (key(name), (*digest).to_owned())).collect()
    }

    #[test]
    fn only_what_is_not_the_same_is_a_reason() {
        let digest = "0123456789abcdef".repeat(4);
        let old = recorded(&[("a", "1"), ("b", &digest), ("c", "1")]);
        let new = recorded(&[("a", "1"), ("b", "2"), ("d", "3")]);
        let told: Vec<String> = differing(&old, &new).iter().map(super::Reason::text).collect();
        assert_eq!(
            told,
            [
                "why: tables `b` differs: 0123456789ab -> 2",
                "why: tables `c` differs: 1 -> none",
                "why: tables `d` differs: none -> 3",
            ]
        );
        assert!(differing(&old, &Recorded::new()).is_empty());
        assert!(differing(&Recorded::new(), &new).is_empty());
    }
}
