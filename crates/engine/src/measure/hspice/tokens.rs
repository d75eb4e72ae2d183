//! The words of a measure file, and which of them are values.

use libchar_core::Fault;
use libchar_core::number::{parse_decimal, parse_spice};

/// One word of the file and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The words of a line, by commas or blanks.
pub(super) fn tokens(line: &str, number: usize, csv: bool) -> impl Iterator<Item = Token<'_>> {
    let separator = move |c: char| if csv { c == ',' } else { c.is_whitespace() };
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        loop {
            let from = rest?;
            let end = from.find(separator);
            rest =
                end.map(|end| &from[end + from[end..].chars().next().map_or(1, char::len_utf8)..]);
            let cell = &from[..end.unwrap_or(from.len())];
            let text = cell.trim();
            if !text.is_empty() || csv && !line.trim().is_empty() {
                let offset = line.len() - from.len() + (cell.len() - cell.trim_start().len());
                return Some(Token { text, line: number, column: offset + 1 });
            }
        }
    })
}

/// Whether a token after `alter#` is meant as a value, even a damaged one.
pub(super) fn may_be_value(text: &str) -> bool {
    is_value(text) || text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
}

/// Whether a token is a number or a word in place of one.
pub(super) fn is_value(text: &str) -> bool {
    text.eq_ignore_ascii_case("failed") || number(text).is_some() || text.parse::<f64>().is_ok()
}

/// A decimal number, or one with just a SPICE scale factor; `2.3e`, the rest of a cut number, is
/// not a number.
pub(in crate::measure) fn number(text: &str) -> Option<f64> {
    parse_decimal(text).or_else(|| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &text[digits.len()..];
        let scale = ["t", "g", "meg", "k", "m", "u", "n", "p", "f", "a"];
        let known = scale.iter().any(|known| suffix.eq_ignore_ascii_case(known));
        if known { parse_spice(text) } else { None }
    })
}

/// The finite number of a token; `None` for `failed` and what is not finite.
pub(super) fn value(file: &str, token: &Token, faults: &mut Vec<Fault>) -> Option<f64> {
    let value = number(token.text);
    if value.is_none() && !is_value(token.text) {
        let what = if token.text.is_empty() {
            "an empty cell".to_owned()
        } else {
            format!("`{}` is not a number", token.text)
        };
        faults.push(
            Fault::at(file, token.line, token.column, what).expected("a number, or `failed`"),
        );
    }
    value
}
