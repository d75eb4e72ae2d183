//! What decks ask for, whatever conditions stand around it.

use libchar_engine::measure::{self, printed};
use std::collections::BTreeSet;

/// The statements that measure or print.
#[derive(Default)]
pub struct Asked {
    /// Whether there is a statement that measures.
    pub any: bool,
    /// Whether a control block prints, so that there may be more measures than those of `.meas`.
    pub is_open: bool,
    /// Every word of the statements that measure.
    words: BTreeSet<String>,
    /// Names of the measures.
    pub names: BTreeSet<String>,
    /// Statements that print, without blanks; `source` statements read other files.
    prints: Vec<String>,
}

impl Asked {
    /// Whether no statement that measures has this name.
    pub fn lacks(&self, name: &str) -> bool {
        !self.words.contains(&name.to_ascii_lowercase())
    }

    /// Whether a statement prints a name, or possibly does.
    pub fn may_print(&self, name: &str) -> bool {
        let may = |line: &String| {
            line.contains(name)
                || line.contains('$')
                || line.ends_with("all")
                || line.starts_with("source")
        };
        self.prints.iter().any(may)
    }

    /// Adds what a text asks for.
    pub fn add(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text);
        let asked = measure::asked(&text);
        self.names.extend(asked.measures.into_iter().map(|asked| asked.name));
        let mut measures = false;
        for line in text.lines() {
            let line = line.trim_start();
            let word = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').next();
            let word = word.unwrap_or_default().to_ascii_lowercase();
            measures = match word.as_str() {
                ".meas" | ".measure" | "meas" | "measure" => true,
                "print" | "echo" | ".print" | ".four" | "source" => {
                    self.is_open = true;
                    self.prints.push(printed::normal(line));
                    false
                }
                _ => measures && line.starts_with('+'),
            };
            if measures {
                self.any = true;
                self.is_open |= line.contains('$');
                let words = line.split(|c: char| c.is_whitespace() || "='\"(),".contains(c));
                self.words.extend(words.map(str::to_ascii_lowercase));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    fn asked(text: &str) -> Asked {
        let mut asked = Asked::default();
        asked.add(text.as_bytes());
        asked
    }

    #[test]
    fn words_of_measures_and_their_continuations_are_known() {
        let found = asked("title\n.meas tran TPHL trig v(a)\n+ targ v(b)\nr1 c 0 1k\n");
        assert!(found.any && !found.is_open);
        assert!(!found.lacks("tphl") && !found.lacks("targ") && found.lacks("r1"));
        assert_eq!(found.names.iter().collect::<Vec<_>>(), ["tphl"]);
        assert!(!asked("r1 a 0 1k\n+ w=1\n").any, "a continuation of no measure is none");
    }

    #[test]
    fn a_block_that_prints_may_measure_more() {
        let found = asked("print v( y )\n");
        assert!(found.is_open && !found.any);
        assert!(found.may_print("v(y)") && !found.may_print("v(z)"));
        for text in ["print all\n", "source more.cir\n", "echo $x\n"] {
            assert!(asked(text).may_print("v(z)"), "{text}");
        }
        assert!(asked(".meas tran t param='$k'\n").is_open);
    }
}
