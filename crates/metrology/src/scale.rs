//! Conversion of numbers to the unit of their input, and the check of its range.

use crate::input::Input;
use crate::unit::dimension;
use libchar_core::Fault;

pub(crate) fn scale(input: &Input, value: f64, unit: &str, difference: bool) -> f64 {
    if input.dimension.is_empty() {
        return value;
    }
    let dimension = dimension(input.dimension);
    let converted = match difference {
        true => dimension.convert_difference(value, unit, input.unit),
        false => dimension.convert(value, unit, input.unit),
    };
    // The unit was already checked when the name was recognized.
    converted.unwrap_or(value)
}

pub(crate) fn check_range(
    input: &Input,
    value: f64,
    fault: impl FnOnce(String) -> Fault,
) -> Result<f64, Fault> {
    match input.range {
        Some((min, max, remark)) if !(min..=max).contains(&value) => {
            let remark = if remark.is_empty() { String::new() } else { format!(" ({remark})") };
            let unit = input.unit;
            Err(fault(format!("{value} {unit} is not plausible for `{}`{remark}", input.name))
                .expected(format!("{min} to {max} {unit}")))
        }
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::number;

    #[test]
    fn a_number_is_scaled_and_a_difference_of_temperatures_has_no_zero() {
        let length = number("depth", "length", "um", "");
        assert!((scale(&length, 250.0, "nm", false) - 0.25).abs() < 1e-12);
        let plain = number("n", "", "", "");
        assert_eq!(scale(&plain, 7.0, "", false), 7.0);
        let temp = number("temp", "temperature", "K", "");
        assert!((scale(&temp, 20.0, "C", false) - 293.15).abs() < 1e-9);
        assert!((scale(&temp, 20.0, "C", true) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn the_ends_of_a_range_are_plausible_and_what_lies_beyond_is_refused() {
        let input = number("depth", "length", "um", "").within(0.1, 2.0, "nm for um?");
        let check = |value| check_range(&input, value, |found| Fault::of("t", found));
        assert_eq!((check(0.1), check(2.0)), (Ok(0.1), Ok(2.0)));
        assert_eq!(
            check(2.5).unwrap_err().to_string(),
            "t: 2.5 um is not plausible for `depth` (nm for um?)\n  expected 0.1 to 2 um"
        );
    }
}
