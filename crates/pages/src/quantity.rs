//! Numbers as the page shows them: four significant digits, an SI prefix, a true minus sign.
//!
//! All digits are in `results.csv`; here, a column shares one prefix and one number of decimals.

/// SI prefixes by their power of ten.
const PREFIXES: [(i32, &str); 13] = [
    (-18, "a"),
    (-15, "f"),
    (-12, "p"),
    (-9, "n"),
    (-6, "µ"),
    (-3, "m"),
    (0, ""),
    (3, "k"),
    (6, "M"),
    (9, "G"),
    (12, "T"),
    (15, "P"),
    (18, "E"),
];

/// The space between a number and its unit, at which no line breaks.
const NARROW: char = '\u{202f}';

/// The text that is shown if there is no value.
pub const NOTHING: &str = "–";

/// A prefix and a number of decimals for a set of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    power: i32,
    decimals: usize,
}

impl Column {
    /// The common form of values: the largest decides the prefix and shows `digits` significant digits.
    ///
    /// `None` if the values span more than two decades: each then has a prefix of its own.
    pub fn of(values: impl IntoIterator<Item = f64>, unit: &str, digits: usize) -> Option<Column> {
        let sizes = values.into_iter().map(f64::abs).filter(|size| size.is_finite() && *size > 0.0);
        let (least, largest) = sizes.fold((f64::INFINITY, 0.0f64), |(least, largest), size| {
            (least.min(size), largest.max(size))
        });
        if largest == 0.0 {
            return Some(Column { power: 0, decimals: digits.saturating_sub(1) });
        }
        if largest > 100.0 * least {
            return None;
        }
        Some(Column::for_size(largest, unit, digits))
    }

    fn for_size(size: f64, unit: &str, digits: usize) -> Column {
        // Rounding may carry into the next decade: 999.96 is shown as 1.000 k.
        let exponent = exponent_of(size, digits);
        let power = if takes_prefix(unit) { exponent.div_euclid(3) * 3 } else { 0 };
        let power = power.clamp(PREFIXES[0].0, PREFIXES[PREFIXES.len() - 1].0);
        let decimals = (digits as i32 - 1 - (exponent - power)).max(0);
        Column { power, decimals: decimals.min(12) as usize }
    }

    /// The number alone, without prefix and unit.
    pub fn number(self, value: f64) -> String {
        minus(format!("{:.*}", self.decimals, scaled(value, self.power)))
    }

    /// The prefix and unit, as `ps`.
    pub fn unit(self, unit: &str) -> String {
        format!("{}{unit}", prefix(self.power))
    }
}

/// Multiplies by way of the decimal text, so that 1.5e-11 s is 15 ps and not 15.000000000000002.
fn scaled(value: f64, power: i32) -> f64 {
    if power == 0 {
        value
    } else {
        format!("{value:e}").split_once('e').map_or(value, |(mantissa, exponent)| {
            let exponent: i32 = exponent.parse().unwrap_or(0);
            format!("{mantissa}e{}", exponent - power).parse().unwrap_or(value)
        })
    }
}

fn exponent_of(size: f64, digits: usize) -> i32 {
    let text = format!("{:.*e}", digits.saturating_sub(1), size);
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

fn prefix(power: i32) -> &'static str {
    PREFIXES.iter().find(|(known, _)| *known == power).map_or("", |(_, prefix)| prefix)
}

/// Whether a unit takes SI prefixes: percent, decibel, degrees and Celsius do not.
fn takes_prefix(unit: &str) -> bool {
    !matches!(unit, "%" | "deg" | "degC" | "°C") && !unit.starts_with("dB")
}

/// Replaces the hyphen by a true minus sign.
fn minus(text: String) -> String {
    if text.contains('-') { text.replace('-', "−") } else { text }
}

/// A value with four significant digits, its prefix and its unit: `24.27 ps`.
pub fn short(value: f64, unit: &str) -> String {
    with_digits(value, unit, 4)
}

/// A number without a unit, and so without a prefix: four significant digits, with a power of ten
/// if it is far from one.
pub fn plain(value: f64) -> String {
    let exponent = exponent_of(value.abs(), 4);
    if value != 0.0 && !(-4..7).contains(&exponent) {
        return minus(format!("{value:.3e}"));
    }
    let decimals = (3 - exponent).clamp(0, 12) as usize;
    minus(format!("{value:.decimals$}"))
}

/// The text of a tick: with prefix and unit if it has one, and without trailing zeros.
pub fn tick(value: f64, unit: &str) -> String {
    trimmed(&if unit.is_empty() { plain(value) } else { short(value, unit) })
}

/// A text without trailing zeros: `20.00 ps` becomes `20 ps`.
pub fn trimmed(text: &str) -> String {
    let (number, unit) = text.split_once(NARROW).map_or((text, ""), |(n, u)| (n, u));
    let number = if number.contains('.') && !number.contains('e') {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        number
    };
    if unit.is_empty() { number.to_owned() } else { format!("{number}{NARROW}{unit}") }
}

/// A value with the ends of its interval, in one prefix: `14.14 [13.02, 15.31] mV`; a missing end
/// is `–`.
pub fn interval(value: f64, low: Option<f64>, high: Option<f64>, unit: &str) -> String {
    let exponent = exponent_of(value, 4);
    let column = if value == 0.0 || !value.is_finite() {
        Column { power: 0, decimals: 3 }
    } else if unit.is_empty() && (-3..6).contains(&exponent) {
        // A ratio such as 0.93 would be harder to read as 930 m.
        Column { power: 0, decimals: (3 - exponent).max(0) as usize }
    } else {
        Column::for_size(value.abs(), unit, 4)
    };
    let end = |end: Option<f64>| end.map_or_else(|| NOTHING.to_owned(), |end| column.number(end));
    join(format!("{} [{}, {}]", column.number(value), end(low), end(high)), &column.unit(unit))
}

fn with_digits(value: f64, unit: &str, digits: usize) -> String {
    let column = Column::for_size(value.abs().max(f64::MIN_POSITIVE), unit, digits);
    let column = if value == 0.0 { Column { power: 0, decimals: digits - 1 } } else { column };
    if !value.is_finite() {
        return NOTHING.to_owned();
    }
    join(column.number(value), &column.unit(unit))
}

fn join(number: String, unit: &str) -> String {
    if unit.is_empty() { number } else { format!("{number}{NARROW}{unit}") }
}

/// Three digits and the prefix letter, for cells without a common prefix: `62.2 p`.
pub fn cell(value: f64, unit: &str) -> String {
    let column = Column::for_size(value.abs().max(f64::MIN_POSITIVE), unit, 3);
    if value == 0.0 { "0".to_owned() } else { join(column.number(value), prefix(column.power)) }
}

/// A value and its limit, with enough digits to distinguish them, so that a missed limit never
/// looks kept.
pub fn apart(value: f64, limit: f64, unit: &str) -> (String, String) {
    let both = |digits| (with_digits(value, unit, digits), with_digits(limit, unit, digits));
    (4..=15).map(both).find(|(value, limit)| value != limit).unwrap_or_else(|| both(4))
}

/// A percentage with its sign and one decimal; with more decimals if it would otherwise be shown as
/// zero.
pub fn percent(value: f64) -> String {
    let text = (1..=6).map(|decimals| format!("{value:+.decimals$}")).find(|text| {
        value == 0.0 || text.chars().any(|c| ('1'..='9').contains(&c)) || value.abs() < 1e-6
    });
    minus(format!("{}{NARROW}%", text.unwrap_or_else(|| format!("{value:+.1}"))))
}

/// A share of a whole in percent, without a sign.
pub fn share(value: f64, decimals: usize) -> String {
    format!("{:.decimals$}{NARROW}%", 100.0 * value)
}

/// A temperature in degrees Celsius.
pub fn celsius(value: f64) -> String {
    minus(format!("{value}{NARROW}°C"))
}

/// `1 point`, `84 points`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("{n} {noun}") } else { format!("{n} {noun}s") }
}

/// A duration in seconds as people say it: `14 ms`, `2.6 s`, `1:05:03`.
pub fn duration(seconds: f64) -> String {
    if seconds < 60.0 {
        return short_duration(seconds);
    }
    let whole = seconds.round() as u64;
    format!("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

fn short_duration(seconds: f64) -> String {
    with_digits(seconds, "s", 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        text.replace(NARROW, " ")
    }

    #[test]
    fn values_have_four_digits_and_a_prefix() {
        for (value, unit, text) in [
            (2.427092e-11, "s", "24.27 ps"),
            (9.643e-15, "C", "9.643 fC"),
            (-0.0451, "V", "−45.10 mV"),
            (9.99996e-10, "s", "1.000 ns"),
            (123456.0, "Hz", "123.5 kHz"),
            (12.345, "%", "12.35 %"),
            (0.0, "A", "0.000 A"),
            (85.0, "degC", "85.00 degC"),
        ] {
            assert_eq!(plain(&short(value, unit)), text);
        }
    }

    #[test]
    fn numbers_without_a_unit_have_no_prefix() {
        let found = [0.8, -0.1, 12345.0, 2e-9, 0.0, 1.5e8].map(super::plain);
        assert_eq!(found, ["0.8000", "−0.1000", "12345", "2.000e−9", "0.000", "1.500e8"]);
        assert_eq!(
            [tick(0.5, ""), tick(200.0, ""), tick(2e-11, "s")].map(|t| plain(&t)),
            ["0.5", "200", "20 ps"]
        );
    }

    #[test]
    fn an_interval_has_one_prefix() {
        let text = interval(0.014142, Some(0.01302), None, "V");
        assert_eq!(plain(&text), "14.14 [13.02, –] mV");
        assert_eq!(plain(&interval(0.0, Some(-1.0), Some(1.0), "")), "0.000 [−1.000, 1.000]");
        assert_eq!(plain(&interval(-0.5, Some(-0.75), None, "")), "−0.5000 [−0.7500, –]");
        assert_eq!(plain(&interval(2e-12, None, None, "")), "2.000 [–, –] p");
    }

    #[test]
    fn a_column_shares_its_prefix() {
        let column = Column::of([1.2e-11, 9.9e-11], "s", 4).expect("less than two decades");
        assert_eq!(
            (column.number(1.2e-11), column.unit("s")),
            ("12.00".to_owned(), "ps".to_owned())
        );
        assert_eq!(Column::of([1e-12, 1e-9], "A", 4), None);
    }

    #[test]
    fn a_missed_value_never_looks_kept() {
        let (value, limit) = apart(18.2004e-12, 18.2e-12, "s");
        assert_eq!(
            (plain(&value), plain(&limit)),
            ("18.2004 ps".to_owned(), "18.2000 ps".to_owned())
        );
        assert_eq!(plain(&percent(-0.004)), "−0.004 %");
        assert_eq!(plain(&percent(3.25)), "+3.2 %");
        assert_eq!(plain(&percent(0.0)), "+0.0 %");
    }
}
