//! Values as people read them: all digits that were measured, an SI prefix, the unit: `24.27092 ps`.

use libchar_core::number::parse_decimal;

/// SI prefixes from 1e-18 to 1e12, with `u` for micro as in SPICE.
const PREFIXES: [(i32, &str); 11] = [
    (-18, "a"),
    (-15, "f"),
    (-12, "p"),
    (-9, "n"),
    (-6, "u"),
    (-3, "m"),
    (0, ""),
    (3, "k"),
    (6, "M"),
    (9, "G"),
    (12, "T"),
];

/// The least number of significant digits that are shown.
const LEAST_DIGITS: usize = 4;

/// A finite value with all its digits, at least four: `240.0 ps`. [`parse`] returns the same
/// double.
///
/// Units that take no prefix (`%`, `dB`, `deg`, `degC`) and values beyond the prefixes keep an exponent.
pub fn exact(value: f64, unit: &str) -> String {
    // The shortest digits that read back as the value: d.ddd and the exponent.
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    while digits.len() < LEAST_DIGITS {
        digits.push('0');
    }
    let power = exponent.div_euclid(3) * 3;
    let prefix = match PREFIXES.iter().find(|(p, _)| *p == power) {
        Some((_, prefix)) if takes_prefix(unit) => *prefix,
        _ if (-2..6).contains(&exponent) && !takes_prefix(unit) => {
            return with_unit(&format!("{sign}{}", plain(&digits, exponent)), "", unit);
        }
        _ => {
            let text = format!("{sign}{}.{}e{exponent}", &digits[..1], &digits[1..]);
            return with_unit(&text, "", unit);
        }
    };
    with_unit(&format!("{sign}{}", plain(&digits, exponent - power)), prefix, unit)
}

/// A computed value, rounded to four digits, in the form of [`exact`].
pub fn rounded(value: f64, unit: &str) -> String {
    let rounded = format!("{value:.*e}", LEAST_DIGITS - 1).parse().unwrap_or(value);
    exact(rounded, unit)
}

/// Reads what [`exact`] wrote with the same unit.
pub fn parse(text: &str, unit: &str) -> Option<f64> {
    let Some((number, suffix)) = text.split_once(' ') else {
        return if unit.is_empty() { parse_decimal(text) } else { None };
    };
    let prefix = suffix.strip_suffix(unit)?;
    let (power, _) = PREFIXES.iter().find(|(_, known)| *known == prefix)?;
    if *power == 0 { parse_decimal(number) } else { parse_decimal(&format!("{number}e{power}")) }
}

/// Whether a unit's text can be written in a report: no blanks, no control characters.
pub fn is_unit(unit: &str) -> bool {
    unit.chars().count() <= 16 && !unit.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn takes_prefix(unit: &str) -> bool {
    !matches!(unit, "%" | "deg" | "degC" | "°C") && !unit.starts_with("dB")
}

/// Digits with the decimal point after the digit that has `exponent`.
fn plain(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("0.{zeros}{digits}");
    }
    let whole = exponent as usize + 1;
    if digits.len() > whole {
        format!("{}.{}", &digits[..whole], &digits[whole..])
    } else {
        format!("{digits}{}", "0".repeat(whole - digits.len()))
    }
}

fn with_unit(number: &str, prefix: &str, unit: &str) -> String {
    format!("{number} {prefix}{unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{exact, parse, rounded};
    use proptest::prelude::*;

    #[test]
    fn values_keep_their_digits() {
        for (value, unit, text) in [
            (2.4e-10, "s", "240.0 ps"),
            (2.427092e-11, "s", "24.27092 ps"),
            (-1.1, "V", "-1.100 V"),
            (0.0, "A", "0.000 A"),
            (9.9996e-10, "s", "999.96 ps"),
            (1e-30, "s", "1.000e-30 s"),
            (1234567.0, "", "1.234567 M"),
            (1.5e-3, "", "1.500 m"),
            (0.05, "%", "0.05000 %"),
            (-3.01, "dB", "-3.010 dB"),
            (123456.0, "Hz", "123.456 kHz"),
            (5e20, "Hz", "5.000e20 Hz"),
            (7.541e-15, "C", "7.541 fC"),
            (125.0, "degC", "125.0 degC"),
        ] {
            assert_eq!(exact(value, unit), text);
            assert_eq!(parse(text, unit), Some(value), "{text}");
        }
        assert_eq!(rounded(2.427092e-11, "s"), "24.27 ps");
        assert_eq!(rounded(9.99996e-10, "s"), "1.000 ns");
    }

    #[test]
    fn another_unit_does_not_parse() {
        assert_eq!(parse("240.0 ps", "V"), None);
        assert_eq!(parse("240.0", "s"), None);
        assert_eq!(parse("1.500 mm", "m"), Some(1.5e-3));
        assert_eq!(parse("1.500 m", "m"), Some(1.5));
    }

    proptest! {
        #[test]
        fn every_finite_number_comes_back(
            value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::NEGATIVE,
            unit in prop::sample::select(vec!["s", "V", "", "%", "m", "dB", "Hz"]),
        ) {
            prop_assert_eq!(parse(&exact(value, unit), unit), Some(value));
        }
    }
}
