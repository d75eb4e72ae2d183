//! Random functions in a deck: a simulator draws their values anew at each start unless it is given
//! a seed.

use crate::deck_text::{Statement, assignments, statements};
use libchar_core::number::parse_spice;

/// Functions of SPICE simulators whose values are random. `limit` is random with two arguments: it
/// draws one of the two.
pub const FUNCTIONS: [&str; 8] =
    ["agauss", "gauss", "aunif", "unif", "limit", "sgauss", "sunif", "rnd"];

/// Something that draws random numbers in a deck, or in a file that the deck reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    /// The function in lower case, or `sweep monte`.
    pub function: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// The parameter, in lower case, that multiplies it, as in `mc_switch*agauss(0,1,1)`: if it is
    /// 0, nothing is drawn.
    pub factor: Option<String>,
}

impl Random {
    /// What a message calls it, such as "the random function `agauss`".
    pub fn words(&self) -> String {
        match self.function.as_str() {
            "sweep monte" => "`sweep monte`".to_owned(),
            function => format!("the random function `{function}`"),
        }
    }
}

/// The first random function that a deck's statements call; titles, comments and control sections do not count.
pub fn first_random(deck: &[u8]) -> Option<Random> {
    randoms(deck, true, None).into_iter().next()
}

/// Everything that draws in a part of a file: in a section of a library, or outside of all
/// sections. The first line of a deck is its title.
pub fn randoms(file: &[u8], is_deck: bool, section: Option<&str>) -> Vec<Random> {
    if !may_draw(file) {
        return Vec::new();
    }
    let text = titled(file, is_deck);
    let mut found = Vec::new();
    for (statement, words) in part(&text, is_deck, section) {
        let mut add = |function: String, at: usize, factor| {
            let line = text[..at].iter().filter(|byte| **byte == b'\n').count();
            let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let line = line + usize::from(is_deck);
            found.push(Random { function, line, column: at - start + 1, factor });
        };
        if let Some(at) = monte(&text, &statement, &words) {
            add("sweep monte".to_owned(), at, None);
        }
        for word in words {
            for (at, function, factor) in calls(&text[word.clone()]) {
                add(function, word.start + at, factor);
            }
        }
    }
    found
}

/// The values that a part of a file assigns to a parameter.
pub fn values(file: &[u8], is_deck: bool, section: Option<&str>, name: &str) -> Vec<Option<f64>> {
    let text = titled(file, is_deck);
    let mut found = Vec::new();
    for (_, words) in part(&text, is_deck, section) {
        let given = assignments(&text, &words);
        let given = given.into_iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        found.extend(given.map(|(_, value)| {
            let value = String::from_utf8_lossy(&text[value]);
            parse_spice(value.trim_matches(['\'', '"', '{', '}', ' ']))
        }));
    }
    found
}

/// Whether the file contains the name of something that draws. Most model files contain none and
/// are large, so this saves time.
fn may_draw(file: &[u8]) -> bool {
    let has = |name: &[u8]| file.windows(name.len()).any(|part| part.eq_ignore_ascii_case(name));
    [b"gauss".as_slice(), b"unif", b"limit", b"rnd", b"monte"].into_iter().any(has)
}

/// Gives a file that is not a deck an empty title line, so that it is read as the statements of a
/// deck.
fn titled(file: &[u8], is_deck: bool) -> Vec<u8> {
    if is_deck { file.to_vec() } else { [b"\n", file].concat() }
}

/// A statement with the places of its words.
type Words = (Statement, Vec<std::ops::Range<usize>>);

/// The statements of a part that count: no comments and no control sections; in a deck, also those
/// of its own sections.
fn part(text: &[u8], is_deck: bool, section: Option<&str>) -> Vec<Words> {
    let mut in_control = false;
    let mut inside: Option<String> = None;
    let mut found = Vec::new();
    for statement in statements(text) {
        let words = statement.words(text);
        let word = |i: usize| words.get(i).map(|word| text[word.clone()].to_ascii_lowercase());
        match word(0).as_deref() {
            Some(b".control") => in_control = true,
            Some(b".endc") => in_control = false,
            // With a file before the name, `.lib` calls a section; without one, it begins a
            // section.
            Some(b".lib") if words.len() == 2 => {
                inside = word(1).map(|name| String::from_utf8_lossy(&name).into_owned());
            }
            Some(b".endl") => inside = None,
            None => continue,
            Some(first) if first.starts_with(b"*") => continue,
            _ if in_control => {}
            _ if is_deck
                || inside.as_deref() == section.map(str::to_ascii_lowercase).as_deref() =>
            {
                found.push((statement, words));
            }
            _ => {}
        }
    }
    found
}

/// Where an analysis sweeps Monte Carlo samples of its own: `.tran 1n 10n sweep monte=30`.
fn monte(text: &[u8], statement: &Statement, words: &[std::ops::Range<usize>]) -> Option<usize> {
    let lower = |word: &std::ops::Range<usize>| text[word.clone()].to_ascii_lowercase();
    let first = lower(words.first()?);
    if !matches!(first.as_slice(), b".tran" | b".dc" | b".ac" | b".op" | b".noise") {
        return None;
    }
    let sweep = words.iter().position(|word| lower(word) == b"sweep")?;
    let next = words.get(sweep + 1)?;
    let is_monte = lower(next).starts_with(b"monte");
    is_monte.then_some(next.start).filter(|at| statement.place.contains(at))
}

/// The calls of random functions within a word: place, name, and the parameter that multiplies
/// each.
fn calls(word: &[u8]) -> Vec<(usize, String, Option<String>)> {
    let text = String::from_utf8_lossy(word).to_ascii_lowercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (start, c) {
            (None, c) if is_name(c) => start = Some(at),
            (Some(from), '(') => {
                let name = text[from..at].trim_end();
                // With three arguments, `limit` bounds a value and draws nothing.
                let draws = name != "limit" || arguments(&text[at..]) == 2;
                if FUNCTIONS.contains(&name) && draws {
                    let before = text[..from].trim_end().strip_suffix('*').map(str::trim_end);
                    let factor = before.map(|before| {
                        let begin = before.rfind(|c| !is_name(c)).map_or(0, |at| at + 1);
                        before[begin..].to_owned()
                    });
                    found.push((from, name.to_owned(), factor.filter(|name| !name.is_empty())));
                }
                start = None;
            }
            (Some(_), c) if !is_name(c) && c != ' ' => start = None,
            _ => {}
        }
    }
    found
}

/// The number of arguments of a call; the text begins at its parenthesis.
fn arguments(text: &str) -> usize {
    let mut depth = 0;
    let mut commas = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => break,
            ')' => depth -= 1,
            ',' if depth == 1 => commas += 1,
            _ => {}
        }
    }
    commas + 1
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

/// Whether a deck sets the seed of the simulator to a number with `.option seed=`.
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
    use super::{Random, first_random, has_seed, randoms, values};

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
    const LIBRARY: &[u8] = b".param sw=0\n.lib tt\n.param vt=0.4\n.endl tt\n.lib MC\n.param vt='0.4 + sw * agauss(0,1,1)'\n+ w = limit(1u,1n) x=limit(a,0,1)\n.endl\n";

    /// A library draws what its chosen section draws, at its own lines; `limit` with three
    /// arguments draws nothing.
    #[test]
    fn a_section_draws_for_those_who_choose_it() {
        assert_eq!(randoms(LIBRARY, false, Some("tt")), []);
        assert_eq!(randoms(LIBRARY, false, None), []);
        let found = randoms(LIBRARY, false, Some("mc"));
        let told: Vec<(&str, usize, usize, Option<&str>)> = found
            .iter()
            .map(|Random { function, line, column, factor }| {
                (function.as_str(), *line, *column, factor.as_deref())
            })
            .collect();
        assert_eq!(told, [("agauss", 6, 23, Some("sw")), ("limit", 7, 7, None)]);
        assert_eq!(values(LIBRARY, false, None, "SW"), [Some(0.0)]);
    }

    #[test]
    fn samples_of_the_simulator_are_random() {
        let found = first_random(b"t\n.tran 1n 10n SWEEP MONTE=30\n.dc v 0 1 0.1 sweep r 1 2 1\n");
        let found = found.unwrap();
        assert_eq!((found.function.as_str(), found.line, found.column), ("sweep monte", 2, 20));
        assert_eq!(found.words(), "`sweep monte`");
        let called = first_random(b"t\n.param a=agauss(1,1,1)\n").unwrap();
        assert_eq!(called.words(), "the random function `agauss`");
    }
}
