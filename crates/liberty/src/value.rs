//! A value, as it is written in the file.

use libchar_core::number;

/// One value of an attribute, or one argument of a group, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The text without its quotes. Escapes inside quotes stay as they are; continued lines are joined.
    pub text: String,
    /// Whether it is in quotes.
    pub quoted: bool,
    /// Byte offset in the file; 0 for a value that was not read from a file.
    pub at: usize,
}

impl Value {
    /// A word; it is written without quotes if the format allows it.
    pub fn word(text: impl Into<String>) -> Value {
        Value { text: text.into(), quoted: false, at: 0 }
    }

    /// A text in quotes. A quote inside it is escaped. A control character, for which the format has no notation, becomes
    /// a blank.
    pub fn string(text: &str) -> Value {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " ");
        Value { text, quoted: true, at: 0 }
    }

    /// A number with the fewest digits that preserve six significant ones. NaN and infinities, which no reader accepts,
    /// become `nan` and `inf`: the caller must refuse them before.
    pub fn number(value: f64) -> Value {
        Value::word(six_digits(value))
    }

    /// A row of numbers in quotes, as in `index_1` and `values`.
    pub fn row(values: &[f64]) -> Value {
        let numbers: Vec<String> = values.iter().map(|value| six_digits(*value)).collect();
        Value { text: numbers.join(", "), quoted: true, at: 0 }
    }

    /// The value as a finite number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        number::parse_decimal(&self.text)
    }

    /// The value as `true` or `false`, if it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self.text.trim() {
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// The elements of a list, separated by commas, blanks or both, each with its byte offset in `text`.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &str)> {
        let start = self.text.as_ptr() as usize;
        let parts = self.text.split(|c: char| c == ',' || c.is_whitespace());
        parts
            .filter(|part| !part.is_empty())
            .map(move |part| (part.as_ptr() as usize - start, part))
    }

    /// The numbers of a row.
    ///
    /// # Errors
    /// The first element that is not a finite number, with its byte offset in `text`.
    pub fn numbers(&self) -> Result<Vec<f64>, (usize, &str)> {
        let number = |(at, part)| number::parse_decimal(part).ok_or((at, part));
        self.parts().map(number).collect()
    }
}

/// The shortest decimal text that preserves six significant digits of a number; zero has no sign.
fn six_digits(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string().to_lowercase();
    }
    number::shortest(number::rounded(value, 6))
}

#[cfg(test)]
mod tests {
    use super::{Value, six_digits};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_short_and_keep_six_digits() {
        for (value, text) in [
            (0.012_345_678, "0.0123457"),
            (1.0, "1"),
            (-0.0, "0"),
            (2.5e-13, "2.5e-13"),
            (1.0 / 3.0, "0.333333"),
            (999_999.7, "1000000"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(six_digits(value), text);
        }
    }

    #[test]
    fn rows_are_read_with_commas_or_blanks() {
        let row = |text: &str| Value { text: text.to_owned(), quoted: true, at: 0 };
        assert_eq!(row(" 1, 2.5e-3\t,3 4,").numbers(), Ok(vec![1.0, 2.5e-3, 3.0, 4.0]));
        assert_eq!(row("1, 2x, nan").numbers(), Err((3, "2x")));
    }

    proptest! {
        #[test]
        fn a_number_is_within_half_a_unit_of_its_sixth_digit(value in proptest::num::f64::NORMAL) {
            let written: f64 = six_digits(value).parse().unwrap();
            prop_assert!((written - value).abs() <= 5.0001e-6 * value.abs() || written.is_infinite());
            prop_assert_eq!(six_digits(written), six_digits(value));
        }
    }
}
