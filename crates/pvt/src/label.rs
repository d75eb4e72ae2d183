//! Labels of corners, extractions and supplies: they become folder names, CSV cells and words of a deck.

/// Longest label in bytes: three crossed supplies still fit a file name of 255.
pub const MAX_LENGTH: usize = 64;

/// What a label may be, for faults.
pub const EXPECTED: &str =
    "letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most";

/// Checks a label: with a valid one, no separator, blank, quote or control character gets into a
/// path, a CSV or a deck.
pub fn is_valid(label: &str) -> bool {
    label.len() <= MAX_LENGTH && is_joined(label)
}

/// Checks labels joined by `_`, as those of crossed supplies are: the same characters at any length.
pub fn is_joined(labels: &str) -> bool {
    labels.starts_with(|c: char| c.is_ascii_alphanumeric())
        && labels.chars().all(|c| c.is_ascii_alphanumeric() || "_.+-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn nothing_that_a_path_a_csv_or_a_deck_reads_otherwise() {
        for label in ["TT", "cworst_CCworst_T", "v1min", "1p1v", "a-b", "ss.hot+1"] {
            assert!(is_valid(label), "{label}");
        }
        let long = "x".repeat(65);
        for label in ["", ".", "..", "-f", "a/b", "a b", "a\n", "a,b", "=1", "$(x)", "a;b", &long] {
            assert!(!is_valid(label), "{label}");
        }
    }
}
