//! The nearest valid value to what a user typed.

/// Similarity below which a suggestion would puzzle more than help (clap uses the same).
const CUTOFF: f64 = 0.7;

/// The candidate most similar to `typed` by Jaro-Winkler similarity, ignoring case, or `None` if
/// none is similar enough.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&typed, &candidate.to_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity > CUTOFF)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_likeliest_and_stays_silent_when_nothing_is_alike() {
        assert_eq!(nearest("sf_hot", ["tt", "ss", "sf", "fs"]), Some("sf"));
        assert_eq!(nearest("PRELAY", ["prelay", "postlay"]), Some("prelay"));
        assert_eq!(nearest("zzz", ["prelay", "postlay"]), None);
    }
}
