//! Numbers with units, as people write them in recipes.

use libchar_core::Refused;
use libchar_core::number::parse_decimal;

/// What a number measures; the value is kept in the named base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Seconds.
    Time,
    /// Degrees Celsius.
    Temperature,
    /// Micrometres.
    Length,
    /// No unit.
    Plain,
}

impl Quantity {
    /// Units and their size in the base unit; temperatures are converted separately.
    fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Quantity::Time => &[("s", 1.0), ("min", 60.0), ("h", 3600.0), ("ms", 1e-3)],
            Quantity::Temperature => &[("C", 1.0), ("K", 1.0)],
            Quantity::Length => &[("um", 1.0), ("nm", 1e-3), ("A", 1e-4), ("mm", 1e3)],
            Quantity::Plain => &[],
        }
    }

    /// An example value for messages.
    pub fn example(self) -> &'static str {
        match self {
            Quantity::Time => "a time such as \"30 min\" (units: s, min, h, ms)",
            Quantity::Temperature => "a temperature such as \"1000 C\" (units: C, K)",
            Quantity::Length => "a length such as \"25 nm\" (units: um, nm, A, mm)",
            Quantity::Plain => "a number",
        }
    }
}

/// Keys with the same meaning: with a unit in the value, or with the unit in the key's name. A
/// recipe has one key of a group, and setting one removes the others.
pub(crate) const SYNONYMS: [&[&str]; 9] = [
    &["temperature", "temp_c"],
    &["ramp_to", "ramp_to_c"],
    &["time", "time_s"],
    &["thickness", "thickness_nm", "thickness_um"],
    &["oxide", "oxide_nm"],
    &["depth", "depth_um"],
    &["surface", "surface_nm"],
    &["start", "start_c"],
    &["conc_cm3", "resistivity_ohm_cm", "gas_conc_cm3"],
];

/// A number with its unit that was typed for an option, in the base unit of the quantity.
///
/// # Errors
/// Any other text.
pub fn quantity(text: &str, option: &str, quantity: Quantity) -> Result<f64, Refused> {
    let wrong = || Refused::Usage(format!("{option} {text}: expected {}", quantity.example()));
    parse_quantity(text, quantity).ok_or_else(wrong)
}

/// Several of them.
///
/// # Errors
/// As [`quantity`], the first.
pub fn quantities(texts: &[String], option: &str, of: Quantity) -> Result<Vec<f64>, Refused> {
    texts.iter().map(|text| quantity(text, option, of)).collect()
}

/// Parses a number with its unit into the base unit of the quantity; `None` for anything else.
pub fn parse_quantity(text: &str, quantity: Quantity) -> Option<f64> {
    let text = text.trim();
    if quantity == Quantity::Plain {
        return parse_decimal(text);
    }
    // The unit is everything after the last digit or decimal point; an exponent's `e` is followed
    // by digits.
    let split = text.rfind(|c: char| c.is_ascii_digit() || c == '.').map_or(0, |at| at + 1);
    let (number, unit) = (text[..split].trim(), text[split..].trim());
    let unit = match unit {
        "°C" | "degC" => "C",
        "µm" | "μm" | "micron" => "um",
        "Å" => "A",
        "m" if quantity == Quantity::Time => "min",
        "hour" | "hours" | "hr" => "h",
        "minutes" | "minute" => "min",
        "sec" | "seconds" | "second" => "s",
        other => other,
    };
    let (_, size) = quantity.units().iter().find(|(name, _)| *name == unit)?;
    let value = parse_decimal(number)?;
    Some(if unit == "K" { value - 273.15 } else { value * size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert() {
        assert_eq!(parse_quantity("30 min", Quantity::Time), Some(1800.0));
        assert_eq!(parse_quantity("1.5e3s", Quantity::Time), Some(1500.0));
        assert!(
            (parse_quantity("1273.15 K", Quantity::Temperature).unwrap() - 1000.0).abs() < 1e-9
        );
        assert_eq!(parse_quantity("-5 °C", Quantity::Temperature), Some(-5.0));
        assert_eq!(parse_quantity("25 nm", Quantity::Length), Some(0.025));
        for bad in ["30", "min", "30 parsec", "", "nan min"] {
            assert_eq!(parse_quantity(bad, Quantity::Time), None, "{bad}");
        }
    }
}
