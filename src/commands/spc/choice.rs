//! Parsers of arguments whose values are the words of a crate's enumeration.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use libchar_spc::words::Word;

/// A parser for the words of an enumeration.
pub fn word<T: Word>() -> impl TypedValueParser<Value = T> {
    told(T::ALL.iter().map(|choice| (*choice, choice.word(), "")))
}

/// A parser for choices, each with a word and a help text, which may be empty.
pub fn told<T: Clone + Send + Sync + 'static>(
    choices: impl IntoIterator<Item = (T, &'static str, &'static str)>,
) -> impl TypedValueParser<Value = T> {
    let choices: Vec<_> = choices.into_iter().collect();
    let shown = choices.iter().map(|(_, word, help)| match help.is_empty() {
        true => PossibleValue::new(*word),
        false => PossibleValue::new(*word).help(*help),
    });
    PossibleValuesParser::new(shown.collect::<Vec<_>>()).try_map(move |typed| {
        let found = choices.iter().find(|(_, word, _)| *word == typed);
        found.map(|(choice, ..)| choice.clone()).ok_or(format!("no choice is called `{typed}`"))
    })
}
