//! Parameter expressions of a deck, evaluated as far as geometry needs it.

use libchar_core::number::parse_spice;

/// The value of an expression in lower case, with or without its quotes or braces.
///
/// `variable` returns the value of a parameter. `None` if anything is unknown: the caller then
/// keeps more statements.
pub fn evaluate(text: &str, variable: &mut dyn FnMut(&str) -> Option<f64>) -> Option<f64> {
    let mut parser = Parser { rest: text.trim(), variable };
    let value = parser.sum()?;
    (parser.rest.trim_start().is_empty() && value.is_finite()).then_some(value)
}

struct Parser<'a, 'v> {
    rest: &'a str,
    variable: &'v mut dyn FnMut(&str) -> Option<f64>,
}

impl<'a> Parser<'a, '_> {
    fn take(&mut self, symbol: &str) -> bool {
        let trimmed = self.rest.trim_start();
        let found = trimmed.strip_prefix(symbol);
        self.rest = found.unwrap_or(trimmed);
        found.is_some()
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.take("+") {
                value += self.product()?;
            } else if self.take("-") {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.power()?;
        loop {
            if self.take("*") {
                value *= self.power()?;
            } else if self.take("/") {
                value /= self.power()?;
            } else {
                return Some(value);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if self.take("**") || self.take("^") {
            return Some(base.powf(self.power()?));
        }
        Some(base)
    }

    fn atom(&mut self) -> Option<f64> {
        if self.take("-") {
            return Some(-self.atom()?);
        }
        if self.take("+") {
            return self.atom();
        }
        for (open, close) in [("(", ")"), ("{", "}"), ("'", "'"), ("\"", "\"")] {
            if self.take(open) {
                let value = self.sum()?;
                return self.take(close).then_some(value);
            }
        }
        let word = self.word();
        match word.as_bytes().first()? {
            b'0'..=b'9' | b'.' => parse_spice(word),
            _ if self.take("(") => self.call(word),
            _ => (self.variable)(word),
        }
    }

    fn call(&mut self, function: &str) -> Option<f64> {
        let first = self.sum()?;
        let second = if self.take(",") { Some(self.sum()?) } else { None };
        if !self.take(")") {
            return None;
        }
        match (function, second) {
            ("sqrt", None) => Some(first.sqrt()),
            ("abs", None) => Some(first.abs()),
            ("exp", None) => Some(first.exp()),
            ("int", None) => Some(first.trunc()),
            ("min", Some(second)) => Some(first.min(second)),
            ("max", Some(second)) => Some(first.max(second)),
            ("pow", Some(second)) => Some(first.powf(second)),
            _ => None,
        }
    }

    /// A number with its exponent and suffix, or a name.
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let bytes = text.as_bytes();
        let is_number = bytes.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.');
        let mut end = 0;
        while let Some(byte) = bytes.get(end) {
            let signed_exponent = is_number
                && matches!(byte, b'+' | b'-')
                && matches!(bytes[end - 1], b'e' | b'E')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !(byte.is_ascii_alphanumeric() || b"_.#".contains(byte) || signed_exponent) {
                break;
            }
            end += 1;
        }
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::evaluate;

    fn value(text: &str) -> Option<f64> {
        evaluate(text, &mut |name| (name == "w").then_some(2.0))
    }

    #[test]
    fn expressions_of_pdks() {
        for (text, expected) in [
            ("650000u", 0.65),
            ("1e+06u", 1.0),
            ("{w*1.5}", 3.0),
            ("'2*(w+1)/3'", 2.0),
            ("2**3", 8.0),
            ("-w+max(1, 4)", 2.0),
            ("1-1e-3", 0.999),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        for text in ["x", "agauss(0,1,3)", "w>1 ? 2 : 3", "1/0", "(1", "", "temper*2"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
