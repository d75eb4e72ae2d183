//! Words that follow a number.

/// `1 point`, `2 points`: a number and what it counts, whose plural ends in `s`.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {}", plural(n, noun))
}

/// The noun alone: `point` of one, `points` of any other number.
pub fn plural(n: usize, noun: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{noun}{ending}")
}

/// `is` of one, `are` of any other number.
pub fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn one_is_singular() {
        let words: Vec<String> = [0, 1, 2].map(|n| count(n, "limit")).into();
        assert_eq!(words, ["0 limits", "1 limit", "2 limits"]);
    }
}
