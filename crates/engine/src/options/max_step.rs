//! The largest time step of a deck's transient analyses.

use super::OptionsError;
use crate::deck::{self, Statements, Words};
use libchar_core::number::{parse_spice, shortest};

/// The least number of steps of an analysis if the deck does not bound them.
const LEAST_STEPS: f64 = 50.0;

/// Returns the deck with the largest step of its `.tran` statements multiplied by `factor`.
pub fn bounded(deck: &str, factor: f64) -> Result<String, OptionsError> {
    let text = &deck[..deck::end(deck).unwrap_or(deck.len())];
    let mut bounded = String::with_capacity(deck.len());
    let mut done = 0;
    for statement in Statements::new(text, true) {
        let mut words = Words::of(statement.text);
        if !words.next().is_some_and(|(_, word)| word.eq_ignore_ascii_case(".tran")) {
            continue;
        }
        let line = 1 + deck[..statement.at].matches('\n').count();
        bounded.push_str(&deck[done..statement.at]);
        bounded.push_str(&tran(statement.text, words, line, factor)?);
        done = statement.at + statement.text.len();
    }
    if done == 0 {
        return Err(OptionsError::NoTran);
    }
    bounded.push_str(&deck[done..]);
    Ok(bounded)
}

/// A number without its last digits, where products of round numbers have rounding errors.
fn decimal(value: f64) -> String {
    format!("{value:.12e}").parse().map_or_else(|_| shortest(value), shortest)
}

/// A time in a `.tran` statement.
enum Time {
    Number(f64),
    /// An expression, without its quotes or braces.
    Expression(String),
}

impl Time {
    fn text(&self) -> String {
        match self {
            Time::Number(seconds) => decimal(*seconds),
            Time::Expression(text) => format!("({text})"),
        }
    }
}

/// Rewrites `.tran STEP STOP [START [MAX]] [uic]` with another `MAX`.
fn tran(
    statement: &str,
    words: Words<'_>,
    line: usize,
    factor: f64,
) -> Result<String, OptionsError> {
    let mut times = Vec::new();
    let mut rest = Vec::new();
    let mut written = Vec::new();
    for (at, word) in words {
        if word.eq_ignore_ascii_case("uic") || !rest.is_empty() || times.len() == 4 {
            rest.push(word);
            continue;
        }
        let is_quoted = statement[..at].ends_with(['\'', '"']);
        let braced = word.strip_prefix('{').and_then(|word| word.strip_suffix('}'));
        times.push(match (is_quoted, braced, parse_spice(word)) {
            (true, ..) => Time::Expression(word.to_owned()),
            (_, Some(inner), _) => Time::Expression(inner.to_owned()),
            (_, _, Some(seconds)) => Time::Number(seconds),
            _ => return Err(OptionsError::Tran { line, word: word.to_owned() }),
        });
        written.push(if is_quoted { format!("'{word}'") } else { word.to_owned() });
    }
    let [step, stop, ..] = &times[..] else {
        return Err(OptionsError::Tran { line, word: statement.to_owned() });
    };
    let start = times.get(2).unwrap_or(&Time::Number(0.0));
    // A bound of 0 means no bound.
    let bound = times.get(3).filter(|bound| !matches!(bound, Time::Number(0.0)));
    let bound = match (bound, step, stop, start) {
        (Some(Time::Number(bound)), ..) => decimal(bound * factor),
        (Some(bound), ..) => format!("{{{}*{}}}", bound.text(), shortest(factor)),
        (None, Time::Number(step), Time::Number(stop), Time::Number(start)) => {
            decimal(step.min((stop - start) / LEAST_STEPS) * factor)
        }
        (None, step, stop, start) => format!(
            "{{min({},({}-{})/{LEAST_STEPS})*{}}}",
            step.text(),
            stop.text(),
            start.text(),
            shortest(factor)
        ),
    };
    written.truncate(3);
    if written.len() == 2 {
        written.push("0".to_owned());
    }
    written.push(bound);
    written.extend(rest.into_iter().map(str::to_owned));
    let keyword = &statement[..".tran".len()];
    Ok(format!("{keyword} {}", written.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::{OptionsError, bounded};

    #[test]
    fn the_largest_step_is_a_factor_over_the_decks_own() {
        for (tran, expected) in [
            (".tran 1n 100n", ".tran 1n 100n 0 5e-10"),
            (".TRAN 4n 100n 50n uic", ".TRAN 4n 100n 50n 5e-10 uic"),
            (".tran 1n\n+ 100n 0\n* note\n+ 2n ; note", ".tran 1n 100n 0 1e-9"),
            (".tran 1n 100n 0 0", ".tran 1n 100n 0 5e-10"),
            (".tran 1n 100n UIC", ".tran 1n 100n 0 5e-10 UIC"),
            (".tran '2 * st' 100n 0 {st/2}", ".tran '2 * st' 100n 0 {(st/2)*0.5}"),
            (".tran {2*st} 100n", ".tran {2*st} 100n 0 {min((2*st),(1e-7-0)/50)*0.5}"),
        ] {
            let deck = format!("t\n{tran}\n.end\n.tran 1 2\n");
            let expected = format!("t\n{expected}\n.end\n.tran 1 2\n");
            assert_eq!(bounded(&deck, 0.5).unwrap(), expected);
        }
        assert_eq!(bounded("t\n.ac dec 1 1 2\n", 2.0), Err(OptionsError::NoTran));
        assert_eq!(
            bounded("t\n\n.tran st 2n\n", 2.0).unwrap_err().to_string(),
            "max_step: line 3 of the deck: `st` is neither a number nor an expression in quotes or braces"
        );
    }
}
