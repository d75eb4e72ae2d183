//! Patterns in which `*` stands for any text.

/// Whether a text fits a pattern: `*` stands for any text, even an empty one; every other character
/// stands for itself.
///
/// The time is in proportion to the lengths of both, whatever the pattern.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, expected) in [
            ("TT/*", "TT/typical/typical_25/v1", true),
            ("*/v1", "TT/typical/typical_25/v1", true),
            ("T*_25*", "TT/typical/typical_25/v1", true),
            ("*ab", "ab", true),
            ("a*a", "a", false),
            ("TT", "TT/typical", false),
            ("*", "", true),
            ("*temp*", "zone1_temp_c", true),
            ("temp*", "zone1_temp", false),
            ("a*b*c", "aXbYc", true),
            ("a*b", "ab", true),
            ("ab", "abc", false),
            ("*nfet*", "sky130_fd_pr__nfet_01v8", true),
            ("ä*ü", "äöü", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn many_stars_cost_no_more_than_few() {
        let pattern = "*a".repeat(2_000) + "b";
        assert!(!matches(&pattern, &"a".repeat(20_000)));
    }
}
