//! Temperatures as people, paths and decks write them: -40 degrees Celsius is `m40` in a path and `-40` in a deck.

use libchar_core::number;

/// Absolute zero in degrees Celsius.
const ABSOLUTE_ZERO_C: f64 = -273.15;
/// The upper bound, which is beyond any model card.
const HOTTEST_C: f64 = 1000.0;

/// What a temperature may be, for faults.
pub const EXPECTED: &str = "degrees Celsius between -273.15 and 1000, such as 85, m40 or -40";

/// Parses `85`, `m40` or `-40`, and `27p5` or `27.5`, in degrees Celsius.
///
/// `None` for anything else, and below absolute zero or above 1000.
pub fn parse(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix(['m', '-']) {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once(['p', '.']).unwrap_or((digits, "0"));
    if [whole, fraction].iter().any(|d| d.is_empty() || !d.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let degrees: f64 = format!("{whole}.{fraction}").parse().ok()?;
    // Adding zero turns -0 into 0.
    let temp_c = sign * degrees + 0.0;
    (ABSOLUTE_ZERO_C..=HOTTEST_C).contains(&temp_c).then_some(temp_c)
}

/// The temperature in a path: `m40`, `85`, `27p5`.
pub fn label(temp_c: f64) -> String {
    number::shortest(temp_c).replace('-', "m").replace('.', "p")
}

#[cfg(test)]
mod tests {
    use super::{label, parse};
    use proptest::prelude::*;

    #[test]
    fn m40_is_minus_40() {
        for (text, temp_c, path) in [
            ("m40", -40.0, "m40"),
            ("-40", -40.0, "m40"),
            ("125", 125.0, "125"),
            ("27p5", 27.5, "27p5"),
            ("27.0", 27.0, "27"),
            ("-0", 0.0, "0"),
        ] {
            let parsed = parse(text).unwrap();
            assert_eq!((parsed, label(parsed)), (temp_c, path.to_owned()), "{text}");
        }
        for text in ["", "m", "40C", "--40", "m-40", "1e2", "-300", "1001", "nan", "4 0", "1.2.3"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn labels_read_back(tenths in -2731i32..10000) {
            let temp_c = f64::from(tenths) / 10.0;
            prop_assert_eq!(parse(&label(temp_c)), Some(temp_c));
        }
    }
}
