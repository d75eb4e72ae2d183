//! Random functions in a deck: what a simulator draws anew at each start unless it is given a seed.

use crate::deck_text::{assignments, statements};

/// Functions of SPICE simulators whose values are random, and sources of noise over time.
pub const FUNCTIONS: [&str; 7] = ["agauss", "gauss", "aunif", "unif", "sgauss", "sunif", "rnd"];

/// A random function at its place in a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    /// Its name in lower case.
    pub function: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
}

/// The first random function that a deck's statements call; titles, comments and control sections do not count.
pub fn first_random(deck: &[u8]) -> Option<Random> {
    let mut in_control = false;
    for statement in statements(deck) {
        let words = statement.words(deck);
        let first = words.first().map(|word| deck[word.clone()].to_ascii_lowercase());
        match first.as_deref() {
            Some(b".control") => in_control = true,
            Some(b".endc") => in_control = false,
            _ => {}
        }
        let is_comment = first.as_ref().is_none_or(|word| word.starts_with(b"*"));
        if in_control || is_comment {
            continue;
        }
        for word in words {
            if let Some((at, function)) = call(&deck[word.clone()]) {
                let at = word.start + at;
                let line = 1 + deck[..at].iter().filter(|byte| **byte == b'\n').count();
                let start =
                    deck[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                return Some(Random { function, line, column: at - start + 1 });
            }
        }
    }
    None
}

/// A call of a random function within a word, and its place.
fn call(word: &[u8]) -> Option<(usize, String)> {
    let text = String::from_utf8_lossy(word).to_ascii_lowercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (start, c) {
            (None, c) if is_name(c) => start = Some(at),
            (Some(from), '(') if FUNCTIONS.contains(&text[from..at].trim_end()) => {
                return Some((from, text[from..at].trim_end().to_owned()));
            }
            (Some(_), c) if !is_name(c) && c != ' ' => start = None,
            _ => {}
        }
    }
    None
}

/// The deck with a seed for the simulator's random numbers, in a statement after its title.
pub fn with_seed(deck: &[u8], seed: u64) -> Vec<u8> {
    let title = deck.iter().position(|byte| *byte == b'\n').map_or(deck.len(), |at| at + 1);
    let mut seeded = deck[..title].to_vec();
    if !seeded.ends_with(b"\n") {
        seeded.push(b'\n');
    }
    seeded.extend_from_slice(format!(".option seed={seed}").as_bytes());
    seeded.extend_from_slice(crate::deck_text::line_ending(deck).as_bytes());
    seeded.extend_from_slice(&deck[title..]);
    seeded
}

/// Whether a deck sets the seed of the simulator to a number, in `.option seed=`.
pub fn has_seed(deck: &[u8]) -> bool {
    statements(deck).iter().any(|statement| {
        let words = statement.words(deck);
        let is_option = words
            .first()
            .is_some_and(|word| deck[word.clone()].to_ascii_lowercase().starts_with(b".opt"));
        is_option
            && assignments(deck, &words).iter().any(|(name, value)| {
                (name == "seed" || name == "randseed")
                    && deck[value.clone()].first().is_some_and(u8::is_ascii_digit)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::{first_random, has_seed};

    #[test]
    fn only_calls_in_statements_count() {
        let deck = "agauss(1,2,3)\n* agauss(1,2,3)\n.param gauss=1 x='gauss+1'\nr1 a 0 1k ; agauss(1)\n.param y='2 * AGAUSS (1,0.1,3)'\n";
        let found = first_random(deck.as_bytes()).unwrap();
        assert_eq!((found.function.as_str(), found.line, found.column), ("agauss", 5, 15));
        assert_eq!(first_random(b"t\n.param mc=1\nx1 a b mycircuit(1)\n.meas x limit=3\n"), None);
        assert!(first_random(b"t\n.param a=1\n+ b=agauss(1,1,1)\n").is_some_and(|r| r.line == 3));
    }

    #[test]
    fn a_seed_is_a_number() {
        assert!(has_seed(b"t\n.options reltol=1e-4 SEED=12\n"));
        assert!(
            !has_seed(b"t\n.option seed=random\n")
                && !has_seed(b"t\n.param seed=3\n* .option seed=3\n")
        );
    }
}
