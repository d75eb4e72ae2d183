//! Numbers as SPICE decks and engineers write them: `2.5n`, `3meg`, `240.0 ps`.

/// SPICE scale factors as powers of ten, longest first so that `meg` is not read as `m`.
const SUFFIXES: [(&str, i32); 10] = [
    ("meg", 6),
    ("t", 12),
    ("g", 9),
    ("k", 3),
    ("m", -3),
    ("u", -6),
    ("n", -9),
    ("p", -12),
    ("f", -15),
    ("a", -18),
];

/// Parses a finite SPICE number: a decimal number, then optionally a scale factor and unit letters,
/// which are ignored as every SPICE does (`10pF` is `1e-11`, `1.8V` is `1.8`).
///
/// The result is the double nearest to the decimal text: `100n` equals the literal `100e-9`.
/// `None` for anything else, infinities and NaN included.
pub fn parse_spice(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, suffix) = text.split_at(decimal_prefix(text));
    let suffix = suffix.to_ascii_lowercase();
    if !suffix.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    if suffix.starts_with("mil") {
        return parse_decimal(number).map(|mils| mils * 25.4e-6);
    }
    let power = SUFFIXES.iter().find(|(s, _)| suffix.starts_with(s)).map_or(0, |(_, power)| *power);
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    parse_decimal(&format!("{mantissa}e{}", exponent.checked_add(power)?))
}

/// Trims a text. Most cells have no white space around them, which their first and last byte show.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] | [first @ last]
            if first.is_ascii_graphic() && last.is_ascii_graphic() =>
        {
            text
        }
        _ => text.trim(),
    }
}

/// Parses a finite plain decimal number; no suffix, NaN, infinity, hexadecimal or underscore.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let text = trimmed(text);
    if text.is_empty() || decimal_prefix(text) != text.len() {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Whether a text has the form that [`parse_decimal`] reads, even if the number is beyond all
/// doubles.
pub fn is_decimal(text: &str) -> bool {
    let text = trimmed(text);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mantissa = unsigned.strip_prefix('.').unwrap_or(unsigned);
    mantissa.starts_with(|c: char| c.is_ascii_digit()) && decimal_prefix(text) == text.len()
}

/// Whether a cell is one of the errors that spreadsheets write in place of a value: `#N/A`, `#DIV/0!`.
pub fn is_spreadsheet_error(cell: &str) -> bool {
    const ERRORS: [&str; 10] = [
        "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        "#####",
    ];
    ERRORS.iter().any(|error| cell.eq_ignore_ascii_case(error))
        || cell.len() > 2 && cell.bytes().all(|b| b == b'#')
}

/// Length of the longest prefix that is a decimal number with optional exponent.
fn decimal_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let mut end = digits(sign);
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if digits(exponent) > exponent {
            end = digits(exponent);
        }
    }
    end
}

/// The shortest text that reads back as the same number: `1.1`, `2.4e-10`, `0`; empty for NaN and infinities.
///
/// ```
/// assert_eq!(libchar_core::number::shortest(2.4e-10), "2.4e-10");
/// ```
pub fn shortest(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-4..1e15).contains(&value.abs()) { format!("{value}") } else { format!("{value:e}") }
}

/// Rounds a value to `digits` significant digits, at least one. The result is the double that the
/// rounded decimal text is read as.
///
/// ```
/// assert_eq!(libchar_core::number::rounded(0.123_456_789, 6), 0.123457);
/// ```
pub fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.max(1) - 1).parse().unwrap_or(value)
}

/// A number with `digits` significant digits, `2.400e-10` style outside 1e-4..1e6.
pub fn significant(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = digits.max(1);
    let scientific = format!("{value:.*e}", digits - 1);
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if (-4..6).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        format!("{value:.decimals$}")
    } else {
        scientific
    }
}

/// Engineering notation: `digits` significant digits, an SI prefix and the unit, such as `240.0 ps`.
///
/// Never rounds a number that is not zero to zero: beyond the prefixes it falls back to an exponent.
pub fn engineering(value: f64, unit: &str, digits: usize) -> String {
    const PREFIXES: [(i32, &str); 11] = [
        (12, "T"),
        (9, "G"),
        (6, "M"),
        (3, "k"),
        (0, ""),
        (-3, "m"),
        (-6, "u"),
        (-9, "n"),
        (-12, "p"),
        (-15, "f"),
        (-18, "a"),
    ];
    if !value.is_finite() {
        return "-".to_owned();
    }
    let digits = digits.max(3);
    if value == 0.0 {
        return format!("{:.*} {unit}", digits - 1, 0.0).trim_end().to_owned();
    }
    // Round first, so that 999.96 ps becomes 1.000 ns and not 1000 ps.
    let rounded: f64 = format!("{value:.*e}", digits - 1).parse().unwrap_or(value);
    let exponent: i32 = format!("{rounded:e}")
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    let engineering = exponent.div_euclid(3) * 3;
    let Some((_, prefix)) = PREFIXES.iter().find(|(e, _)| *e == engineering) else {
        return format!("{value:.*e} {unit}", digits - 1).trim_end().to_owned();
    };
    let decimals = digits - 1 - (exponent - engineering) as usize;
    let mantissa = if engineering >= 0 {
        rounded / 10f64.powi(engineering)
    } else {
        rounded * 10f64.powi(-engineering)
    };
    format!("{mantissa:.decimals$} {prefix}{unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{engineering, is_decimal, parse_decimal, parse_spice, shortest, significant};
    use proptest::prelude::*;

    #[test]
    fn spice_suffixes_follow_the_manual() {
        for (text, value) in [
            ("1.1", 1.1),
            ("100n", 100e-9),
            ("3meg", 3e6),
            ("3M", 3e-3),
            ("10pF", 10e-12),
            ("1.8V", 1.8),
            ("-2.5e-3k", -2.5),
            ("1mil", 25.4e-6),
            (".5u", 0.5e-6),
        ] {
            assert_eq!(parse_spice(text), Some(value), "{text}");
        }
        for text in ["", "n", "1.1.1", "0x10", "1_000", "nan", "inf", "1e999", "1,5", "1;"] {
            assert_eq!(parse_spice(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_take_no_suffix() {
        assert_eq!(parse_decimal(" 1 "), Some(1.0));
        for text in ["1", "-1.5e3", "+.5", "5.", " 2 ", "1e999"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["1n", "NaN", "inf", "", "+", ".", "e5", "+e5", ".e5", "1 2", "1e"] {
            assert!(!is_decimal(text) && parse_decimal(text).is_none(), "{text}");
        }
        for text in ["1n", "NaN", "inf", "1e999", "", "+", "."] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn engineering_units_never_show_a_small_number_as_zero() {
        assert_eq!(engineering(2.4e-10, "s", 4), "240.0 ps");
        assert_eq!(engineering(9.9996e-10, "s", 4), "1.000 ns");
        assert_eq!(engineering(-1.1, "V", 4), "-1.100 V");
        assert_eq!(engineering(3e-25, "s", 4), "3.000e-25 s");
        assert_eq!(engineering(0.0, "A", 4), "0.000 A");
        assert_eq!(engineering(12346.0, "", 4), "12.35 k");
    }

    #[test]
    fn significant_digits_switch_to_exponents_outside_the_readable_range() {
        assert_eq!(significant(1234.5678, 4), "1235");
        assert_eq!(significant(0.00123456, 3), "0.00123");
        assert_eq!(significant(2.4e-10, 4), "2.400e-10");
        assert_eq!(significant(9.9996, 4), "10.00");
        // From 1e-4 up to, but not with, 1e6.
        assert_eq!(["0.000123", "1.23e-5"], [1.2345e-4, 1.2345e-5].map(|v| significant(v, 3)));
        assert_eq!(["999999", "1.00000e6"], [999_999.0, 1e6].map(|v| significant(v, 6)));
    }

    proptest! {
        #[test]
        fn shortest_reads_back(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            prop_assert_eq!(parse_decimal(&shortest(value)), Some(value));
        }
    }
}
