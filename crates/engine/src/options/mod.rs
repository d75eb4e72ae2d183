//! Simulator options that override those of a deck.

mod max_step;

use crate::Simulator;
use crate::deck::{self, Statements, Words};
use crate::simulator::MaxStep;
use libchar_core::nearest::nearest;
use libchar_core::number::{parse_decimal, shortest};
use std::collections::BTreeMap;
use std::fmt;

/// The key of a table that is not an option of the simulator but a factor on the deck's largest
/// time step.
const MAX_STEP: &str = "max_step";

/// Simulator options that override those of a deck, and a bound of its time step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Values by name, in lower case; an option without a value has none.
    values: BTreeMap<String, Option<String>>,
    /// A factor on the deck's own largest time step.
    max_step: Option<f64>,
}

/// Options that cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OptionsError {
    /// A key that cannot be the name of an option.
    #[error("`{0}` cannot be the name of an option; expected a word such as reltol")]
    Name(String),
    /// A value that is not valid.
    #[error("`{name} = {value}` cannot be the value of an option; expected {expected}")]
    Value {
        /// The option.
        name: String,
        /// The value that was found.
        value: String,
        /// What is valid there.
        expected: &'static str,
    },
    /// A name that the simulator does not have.
    #[error("`{name}` is not an option that may be set; expected one of: {}{}", known.join(", "), did_you_mean(nearest))]
    Unknown {
        /// The option.
        name: String,
        /// The options that the simulator has.
        known: Vec<String>,
        /// The most similar one.
        nearest: Option<String>,
    },
    /// The simulator's description does not say how it takes options.
    #[error("options of {0} cannot be set: its description has no `{1}`")]
    NotDescribed(String, &'static str),
    /// There is no time step to bound.
    #[error("max_step: the deck has no .tran statement")]
    NoTran,
    /// A `.tran` statement whose time step is not known.
    #[error(
        "max_step: line {line} of the deck: `{word}` is neither a number nor an expression in quotes or braces"
    )]
    Tran {
        /// The line, from 1.
        line: usize,
        /// The word.
        word: String,
    },
}

fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |name| format!("; did you mean `{name}`?"))
}

impl Options {
    /// Options from a table such as `{ method = "gear", gmin = 1e-10, noopiter = true, max_step = 0.5 }`.
    ///
    /// `max_step` is a factor, above 0, on the largest time step that the deck itself allows.
    ///
    /// # Errors
    /// A key or value that cannot be written in a deck.
    pub fn from_toml(table: &toml::Table) -> Result<Options, OptionsError> {
        let mut options = Options::default();
        for (name, value) in table {
            let bad = |expected| OptionsError::Value {
                name: name.clone(),
                value: value.to_string(),
                expected,
            };
            if name == MAX_STEP {
                let factor = value.as_float().or(value.as_integer().map(|n| n as f64));
                let positive = factor.filter(|factor| factor.is_finite() && *factor > 0.0);
                options.max_step = Some(positive.ok_or_else(|| bad("a factor above 0"))?);
                continue;
            }
            if !is_word(name) || name.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(OptionsError::Name(name.clone()));
            }
            let value = match value {
                toml::Value::Boolean(true) => None,
                toml::Value::Boolean(false) => {
                    return Err(bad("true; an option that is not set is left out"));
                }
                toml::Value::Integer(number) => Some(number.to_string()),
                toml::Value::Float(number) if number.is_finite() => Some(shortest(*number)),
                toml::Value::String(text) if is_value(text) => Some(text.clone()),
                _ => return Err(bad("a number, a word or true")),
            };
            options.set(name, value);
        }
        Ok(options)
    }

    /// These options as a TOML table, from which they can be read again: `{ gmin = 1e-10 }`.
    pub fn toml(&self) -> String {
        let value = |text: &Option<String>| match text {
            None => "true".to_owned(),
            Some(text) if parse_decimal(text).is_some() => text.clone(),
            Some(text) => toml::Value::from(text.as_str()).to_string(),
        };
        let set = self.values.iter().map(|(name, text)| format!("{name} = {}", value(text)));
        let step = self.max_step.map(|factor| format!("{MAX_STEP} = {}", shortest(factor)));
        format!("{{ {} }}", set.chain(step).collect::<Vec<_>>().join(", "))
    }

    fn set(&mut self, name: &str, value: Option<String>) {
        // A number is the same in whatever way it is written.
        let number = |text: &String| parse_decimal(text).map(shortest);
        let value = value.map(|text| number(&text).unwrap_or(text));
        self.values.insert(name.to_ascii_lowercase(), value);
    }

    /// These options with one more option, or another value of it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Options {
        self.set(name, Some(value.into()));
        self
    }

    /// These options, overridden by those of another set.
    #[must_use]
    pub fn with_all(mut self, over: &Options) -> Options {
        self.values.extend(over.values.clone());
        self.max_step = over.max_step.or(self.max_step);
        self
    }

    /// These options without a bound of the time step.
    #[must_use]
    pub fn without_max_step(self) -> Options {
        Options { max_step: None, ..self }
    }

    /// These options with a factor on the deck's largest time step.
    #[must_use]
    pub fn with_max_step(mut self, factor: f64) -> Options {
        self.max_step = Some(factor);
        self
    }

    /// The value of an option: empty for one without a value, `None` if it is not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.as_deref().unwrap_or_default())
    }

    /// The factor on the deck's own largest time step.
    pub fn max_step(&self) -> Option<f64> {
        self.max_step
    }

    /// Whether nothing is set: the deck stays as it is.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.max_step.is_none()
    }

    /// One line of text, which is the same for equal options:
    /// `gmin=1e-10 method=gear max_step=0.5`.
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// Checks that a simulator has these options.
    pub fn check(&self, name: &str, simulator: &Simulator) -> Result<(), OptionsError> {
        let not_described = |what| OptionsError::NotDescribed(name.to_owned(), what);
        if self.max_step.is_some() && simulator.max_step == MaxStep::None {
            return Err(not_described("max_step"));
        }
        let known = &simulator.option_names;
        for (option, value) in &self.values {
            match value {
                Some(_) if simulator.option.is_empty() => return Err(not_described("option")),
                None if simulator.option_flag.is_empty() => {
                    return Err(not_described("option_flag"));
                }
                _ => {}
            }
            if !known.is_empty() && !known.contains(option) {
                return Err(OptionsError::Unknown {
                    name: option.clone(),
                    nearest: nearest(option, known.iter().map(String::as_str)).map(str::to_owned),
                    known: known.clone(),
                });
            }
        }
        Ok(())
    }

    /// Returns the deck with these options in place of its own; `name` is the simulator's, for
    /// messages.
    ///
    /// Options are added at the end of the deck, where they override all others, those of included
    /// files too
    /// (tried with ngspice 39: the last statement wins). `.tran` statements get their largest step. A `.control`
    /// block that sets an option itself still wins over both.
    pub fn apply(
        &self,
        deck: &str,
        name: &str,
        simulator: &Simulator,
    ) -> Result<String, OptionsError> {
        self.check(name, simulator)?;
        let deck = match self.max_step {
            Some(factor) => max_step::bounded(deck, factor)?,
            None => deck.to_owned(),
        };
        let newline = if deck.contains("\r\n") { "\r\n" } else { "\n" };
        let mut statements = String::new();
        for (option, value) in &self.values {
            let template = match value {
                Some(_) => &simulator.option,
                None => &simulator.option_flag,
            };
            let value = value.as_deref().unwrap_or_default();
            statements.push_str(&template.replace("{name}", option).replace("{value}", value));
            statements.push_str(newline);
        }
        // What follows `.alter` belongs to the alter alone.
        let at = first_alter(&deck).or_else(|| deck::end(&deck)).unwrap_or(deck.len());
        let (before, after) = deck.split_at(at);
        let gap = if before.is_empty() || before.ends_with('\n') { "" } else { newline };
        Ok(format!("{before}{gap}{statements}{after}"))
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.values.iter().map(|(name, value)| match value {
            Some(value) => format!("{name}={value}"),
            None => name.clone(),
        });
        let step = self.max_step.map(|factor| format!("{MAX_STEP}={}", shortest(factor)));
        f.write_str(&set.chain(step).collect::<Vec<_>>().join(" "))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a text is one word of a deck: no blanks, quotes or comments, which would end the statement.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.+-".contains(&b))
}

fn first_alter(deck: &str) -> Option<usize> {
    let text = &deck[..deck::end(deck).unwrap_or(deck.len())];
    Statements::new(text, true).find_map(|statement| {
        let (_, word) = Words::of(statement.text).next()?;
        word.eq_ignore_ascii_case(".alter").then_some(statement.at)
    })
}

#[cfg(test)]
mod tests {
    use super::{Options, OptionsError};
    use crate::Simulator;

    fn options(text: &str) -> Result<Options, OptionsError> {
        Options::from_toml(&toml::from_str(text).unwrap())
    }

    fn ngspice() -> Simulator {
        Simulator::find("ngspice", &toml::Table::new()).unwrap()
    }

    fn applied(text: &str, deck: &str) -> Result<String, OptionsError> {
        options(text).unwrap().apply(deck, "ngspice", &ngspice())
    }

    #[test]
    fn the_bound_of_the_time_step_is_taken_away_alone() {
        let set = options("max_step = 0.5\nmethod = 'gear'").unwrap().without_max_step();
        assert_eq!(set.text(), "method=gear");
    }

    #[test]
    fn one_text_for_the_same_options_and_back() {
        let set =
            options("max_step = 0.5\nmethod = 'gear'\ngmin = 1e-10\nNoOpIter = true\nmaxord = 3");
        let set = set.unwrap();
        assert_eq!(set.text(), "gmin=1e-10 maxord=3 method=gear noopiter max_step=0.5");
        assert_eq!(
            set.toml(),
            "{ gmin = 1e-10, maxord = 3, method = \"gear\", noopiter = true, max_step = 0.5 }"
        );
        assert_eq!(
            options(&set.toml().trim_matches(['{', ' ', '}']).replace(", ", "\n")).unwrap(),
            set
        );
        assert_eq!(options("reltol = 0.0001").unwrap(), options("reltol = '1e-4'").unwrap());
        assert!(Options::default().is_empty() && Options::default().text().is_empty());
    }

    #[test]
    fn what_cannot_stand_in_a_deck_is_refused() {
        for (text, expected) in [
            ("'a b' = 1", "`a b` cannot be the name of an option; expected a word such as reltol"),
            (
                "method = 'gear .end'",
                "`method = \"gear .end\"` cannot be the value of an option; \
              expected a number, a word or true",
            ),
            (
                "noopiter = false",
                "`noopiter = false` cannot be the value of an option; \
              expected true; an option that is not set is left out",
            ),
            (
                "reltol = inf",
                "`reltol = inf` cannot be the value of an option; \
              expected a number, a word or true",
            ),
            (
                "max_step = 0",
                "`max_step = 0` cannot be the value of an option; expected a factor above 0",
            ),
        ] {
            assert_eq!(options(text).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn a_name_that_the_simulator_lacks_names_the_nearest() {
        let error = applied("retol = 1e-4", "t\n.end\n").unwrap_err().to_string();
        assert!(
            error
                .starts_with("`retol` is not an option that may be set; expected one of: abstol, ")
        );
        assert!(error.ends_with("; did you mean `reltol`?"), "{error}");
        // The temperature is the point's, not an option.
        assert!(applied("temp = 25", "t\n.end\n").is_err());
        let xyce = Simulator::find("xyce", &toml::Table::new()).unwrap();
        assert_eq!(
            options("a = 1").unwrap().apply("t\n", "xyce", &xyce).unwrap_err().to_string(),
            "options of xyce cannot be set: its description has no `option`"
        );
    }

    #[test]
    fn options_stand_last_and_before_what_belongs_to_an_alter() {
        let set = "reltol = 1e-5\nnoopiter = true";
        assert_eq!(
            applied(set, "t\n.option reltol=1\n.END\nafter\n").unwrap(),
            "t\n.option reltol=1\n.options noopiter\n.options reltol=1e-5\n.END\nafter\n"
        );
        assert_eq!(
            applied(set, "t\r\nr1 a 0 1").unwrap(),
            "t\r\nr1 a 0 1\r\n.options noopiter\r\n.options reltol=1e-5\r\n"
        );
        let altered = applied(set, "t\n.ALTER b\n.option reltol=2\n.end\n").unwrap();
        assert_eq!(
            altered,
            "t\n.options noopiter\n.options reltol=1e-5\n.ALTER b\n.option reltol=2\n.end\n"
        );
    }
}
