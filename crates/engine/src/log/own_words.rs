//! The user's own words, which a log repeats: a title, a comment, an echo. They are never errors of
//! the simulator.

use std::collections::BTreeSet;

/// The words of a deck.
#[derive(Debug, Default)]
pub struct OwnWords {
    /// Whole lines, in the form of [`normal`].
    lines: BTreeSet<String>,
    /// The fixed texts of each `echo`, between its variables.
    echoes: Vec<Echo>,
}

#[derive(Debug)]
struct Echo {
    texts: Vec<String>,
    starts_fixed: bool,
    ends_fixed: bool,
}

impl OwnWords {
    /// Collects the words of a deck: its lines, which a simulator may list, and what its control
    /// block echoes.
    pub fn of(deck: &str) -> OwnWords {
        let mut words = OwnWords::default();
        for line in deck.lines() {
            let plain = normal(line);
            if let Some(rest) = plain.strip_prefix("echo ") {
                words.echoes.extend(echo(rest));
            }
            if plain.chars().any(char::is_alphanumeric) {
                words.lines.insert(plain);
            }
        }
        words
    }

    /// Whether a line of a log is the user's own.
    pub fn contains(&self, line: &str) -> bool {
        let plain = normal(line);
        // A listing numbers the lines of the deck.
        let unnumbered = plain.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        self.lines.contains(&plain)
            || self.lines.contains(unnumbered)
            || self.echoes.iter().any(|echo| echo.prints(&plain))
    }
}

/// Normalizes a line: lower case, one blank between words, and without the quotes and commas that
/// an echo drops.
fn normal(line: &str) -> String {
    let kept: String = line.chars().filter(|c| !matches!(c, '"' | '\'' | ',' | '\\')).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The fixed texts of an echo; `None` if nothing in it is fixed, so that it could print any line.
fn echo(text: &str) -> Option<Echo> {
    let mut texts: Vec<String> = Vec::new();
    let mut previous_fixed = false;
    let is_fixed = |word: &str| !word.contains(['$', '{']);
    let words: Vec<&str> = text.split(' ').collect();
    for word in &words {
        let fixed = is_fixed(word);
        match texts.last_mut().filter(|_| fixed && previous_fixed) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None if fixed => texts.push((*word).to_owned()),
            None => {}
        }
        previous_fixed = fixed;
    }
    let says_something = texts.iter().any(|text| text.chars().any(char::is_alphabetic));
    says_something.then(|| Echo {
        texts,
        starts_fixed: words.first().is_some_and(|word| is_fixed(word)),
        ends_fixed: words.last().is_some_and(|word| is_fixed(word)),
    })
}

impl Echo {
    fn prints(&self, line: &str) -> bool {
        let mut at = 0;
        for (index, text) in self.texts.iter().enumerate() {
            let Some(found) = line[at..].find(text.as_str()) else { return false };
            if index == 0 && self.starts_fixed && found != 0 {
                return false;
            }
            at += found + text.len();
        }
        !self.ends_fixed || at == line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::OwnWords;

    #[test]
    fn titles_comments_and_echoes_are_the_users_own() {
        let words = OwnWords::of(
            "* out of memory: DRAM\n* Singular matrix demonstrator\n.control\necho could not find any glitch\n\
             echo point $k of 2, Error on line 7\necho $&x\n.endc\n",
        );
        for own in [
            "* out of memory: dram",
            "   12  * singular matrix demonstrator",
            "could not find any glitch",
            "point 1 of 2 Error on line 7",
        ] {
            assert!(words.contains(own), "{own}");
        }
        for other in
            ["Error on line 7", "could not find include file", "point 1 of 2 Error on line 71"]
        {
            assert!(!words.contains(other), "{other}");
        }
    }
}
