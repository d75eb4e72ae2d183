//! Units of measured columns and setup keys: the quantity that they belong to, and their
//! conversion.
//!
//! A symbol alone is ambiguous (`a` is an ampere or an angstrom, `s` a second or a siemens), so a unit is always
//! looked up within the quantity that the input expects.

use libchar_core::nearest::nearest;

/// A physical quantity with its units, the first of which is the reference.
pub struct Dimension {
    /// Its name in messages, such as `voltage`.
    pub name: &'static str,
    units: &'static [(&'static str, f64)],
}

/// Lengths, in the units that instruments use.
const LENGTH: &[(&str, f64)] = &[
    ("m", 1.0),
    ("cm", 1e-2),
    ("mm", 1e-3),
    ("um", 1e-6),
    ("micron", 1e-6),
    ("nm", 1e-9),
    ("pm", 1e-12),
    ("A", 1e-10),
    ("Å", 1e-10),
    ("ang", 1e-10),
    ("angstrom", 1e-10),
    ("in", 25.4e-3),
    ("mil", 25.4e-6),
];

const fn of(name: &'static str, units: &'static [(&'static str, f64)]) -> Dimension {
    Dimension { name, units }
}

/// Every quantity that an input of a method may have.
static DIMENSIONS: &[Dimension] = &[
    of("voltage", &[("V", 1.0), ("mV", 1e-3), ("uV", 1e-6), ("nV", 1e-9), ("kV", 1e3)]),
    of(
        "current",
        &[
            ("A", 1.0),
            ("mA", 1e-3),
            ("uA", 1e-6),
            ("nA", 1e-9),
            ("pA", 1e-12),
            ("fA", 1e-15),
            ("kA", 1e3),
        ],
    ),
    of(
        "resistance",
        &[("ohm", 1.0), ("Ω", 1.0), ("mohm", 1e-3), ("kohm", 1e3), ("Mohm", 1e6), ("Gohm", 1e9)],
    ),
    of("sheet resistance", &[("ohm/sq", 1.0), ("mohm/sq", 1e-3), ("kohm/sq", 1e3)]),
    of("conductance", &[("S", 1.0), ("mS", 1e-3), ("uS", 1e-6), ("nS", 1e-9)]),
    of(
        "capacitance",
        &[("F", 1.0), ("mF", 1e-3), ("uF", 1e-6), ("nF", 1e-9), ("pF", 1e-12), ("fF", 1e-15)],
    ),
    of("length", LENGTH),
    of("area", &[("m2", 1.0), ("cm2", 1e-4), ("mm2", 1e-6), ("um2", 1e-12), ("nm2", 1e-18)]),
    of("angle", &[("deg", 1.0), ("°", 1.0), ("rad", 180.0 / std::f64::consts::PI)]),
    of(
        "time",
        &[("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("min", 60.0), ("h", 3600.0)],
    ),
    of("frequency", &[("Hz", 1.0), ("kHz", 1e3), ("MHz", 1e6), ("GHz", 1e9)]),
    of("temperature", &[("K", 1.0), ("C", 1.0), ("degC", 1.0), ("°C", 1.0)]),
    of(
        "magnetic flux density",
        &[("T", 1.0), ("mT", 1e-3), ("G", 1e-4), ("gauss", 1e-4), ("kG", 0.1)],
    ),
    of("wavenumber", &[("cm-1", 1.0), ("1/cm", 1.0), ("1/m", 1e-2)]),
    of("energy", &[("eV", 1.0), ("meV", 1e-3), ("keV", 1e3)]),
    of("concentration", &[("cm-3", 1.0), ("1/cm3", 1.0), ("at/cm3", 1.0), ("m-3", 1e-6)]),
    of("areal density", &[("cm-2", 1.0), ("1/cm2", 1.0), ("at/cm2", 1.0), ("m-2", 1e-4)]),
    of("stress", &[("Pa", 1.0), ("kPa", 1e3), ("MPa", 1e6), ("GPa", 1e9)]),
    of("compliance", &[("1/Pa", 1.0), ("1/GPa", 1e-9), ("per_Pa", 1.0)]),
    of("irradiance", &[("W/m2", 1.0), ("mW/cm2", 10.0), ("W/cm2", 1e4)]),
    of("spectral irradiance", &[("W/m2/nm", 1.0), ("W/m2/um", 1e-3), ("mW/cm2/nm", 10.0)]),
    of("responsivity", &[("A/W", 1.0), ("mA/W", 1e-3)]),
    of("rate", &[("cps", 1.0), ("1/s", 1.0), ("kcps", 1e3)]),
    of("velocity", &[("cm/s", 1.0), ("m/s", 100.0)]),
    of("diffusivity", &[("cm2/s", 1.0), ("m2/s", 1e4)]),
    of("mobility", &[("cm2/Vs", 1.0), ("m2/Vs", 1e4)]),
    of("temperature coefficient", &[("1/C", 1.0), ("per_C", 1.0), ("1/K", 1.0), ("%/C", 0.01)]),
    of("current coefficient", &[("A/K", 1.0), ("A/C", 1.0), ("mA/K", 1e-3)]),
    of("voltage coefficient", &[("V/K", 1.0), ("V/C", 1.0), ("mV/K", 1e-3)]),
    of("resistance coefficient", &[("ohm/K", 1.0), ("ohm/C", 1.0), ("mohm/K", 1e-3)]),
    of("length squared", &[("um2", 1.0), ("nm2", 1e-6)]),
    of("length to the fourth", &[("um4", 1.0), ("nm4", 1e-12)]),
    of("calibration factor", &[("cm-2", 1.0)]),
    of("photon flux", &[("cm-2s-1", 1.0), ("1/cm2/s", 1.0), ("cm2_s", 1.0)]),
    of("angle of arc", &[("arcsec", 1.0), ("deg", 3600.0)]),
    of("share", &[("1", 1.0), ("", 1.0), ("pct", 0.01), ("%", 0.01)]),
];

/// Why a unit was not accepted.
#[derive(Debug, PartialEq)]
pub enum Wrong {
    /// No quantity has such a unit; carries the nearest unit that the input accepts.
    Unknown(Option<&'static str>),
    /// It belongs to another quantity.
    Dimension(&'static str),
}

/// A quantity by its name.
///
/// # Panics
/// If the name is not in the table; only the declarations of methods name quantities.
pub fn dimension(name: &str) -> &'static Dimension {
    DIMENSIONS.iter().find(|d| d.name == name).unwrap_or_else(|| panic!("no dimension `{name}`"))
}

/// Removes signs that are written between the letters of a unit or left out.
fn plain(text: &str) -> String {
    let text = text.replace(['µ', 'μ'], "u").replace("Ω", "ohm");
    let text = text.replace("_per_", "/").replace("per_", "1");
    text.replace("²", "2")
        .replace("³", "3")
        .replace("⁻¹", "1")
        .chars()
        .filter(|c| !"^_-/ .*·".contains(*c))
        .collect()
}

impl Dimension {
    /// The factor to the reference unit; `None` for an unknown unit.
    fn find(&self, text: &str) -> Option<f64> {
        // Exact spelling first, because the unit is looked up again for every cell of a column.
        if let Some((_, factor)) = self.units.iter().find(|(symbol, _)| *symbol == text) {
            return Some(*factor);
        }
        let typed = plain(text);
        let same = |f: &dyn Fn(&str, &str) -> bool| {
            self.units
                .iter()
                .find(|(symbol, _)| f(&plain(symbol), &typed))
                .map(|(_, factor)| *factor)
        };
        same(&|a, b| a == b).or_else(|| same(&|a, b| a.eq_ignore_ascii_case(b)))
    }

    /// The symbols in the order of the table.
    pub fn symbols(&self) -> impl Iterator<Item = &'static str> {
        self.units.iter().map(|(symbol, _)| *symbol).filter(|s| !s.is_empty())
    }

    /// Converts a value in `unit` to a value in `target`, both of this quantity.
    ///
    /// # Errors
    /// A unit that is unknown, or that belongs to another quantity.
    pub fn convert(&self, value: f64, unit: &str, target: &str) -> Result<f64, Wrong> {
        let Some(from) = self.find(unit) else {
            let other =
                DIMENSIONS.iter().find(|d| !plain(unit).is_empty() && d.find(unit).is_some());
            let near = nearest(unit, self.symbols());
            return Err(other.map_or(Wrong::Unknown(near), |d| Wrong::Dimension(d.name)));
        };
        let to = self.find(target).unwrap_or(1.0);
        if self.name == "temperature" {
            let celsius = |u: &str| !plain(u).eq_ignore_ascii_case("k");
            return Ok(match (celsius(unit), celsius(target)) {
                (true, false) => value + 273.15,
                (false, true) => value - 273.15,
                _ => value,
            });
        }
        // A value that already has the target unit keeps its bits; powers of ten divide exactly.
        Ok(match () {
            () if from == to => value,
            () if from < to => value / (to / from),
            () => value * (from / to),
        })
    }

    /// Converts a difference, such as an uncertainty: as [`Dimension::convert`], without an offset.
    pub fn convert_difference(&self, value: f64, unit: &str, target: &str) -> Result<f64, Wrong> {
        if self.name == "temperature" {
            return self.convert(value, unit, unit);
        }
        self.convert(value, unit, target)
    }
}

#[cfg(test)]
mod tests {
    use super::{Wrong, dimension};

    #[test]
    fn symbols_are_read_within_their_quantity() {
        assert_eq!(dimension("current").convert(2.0, "a", "A"), Ok(2.0));
        assert_eq!(dimension("length").convert(1.54, "a", "nm"), Ok(0.154));
        assert_eq!(dimension("voltage").convert(-500.0, "mV", "V"), Ok(-0.5));
        assert_eq!(dimension("current").convert(3.0, "µA", "A"), Ok(3e-6));
        assert_eq!(dimension("temperature").convert(23.0, "C", "K"), Ok(296.15));
        assert_eq!(dimension("wavenumber").convert(900.0, "cm1", "cm-1"), Ok(900.0));
        assert_eq!(dimension("mobility").convert(900.0, "cm2_vs", "cm2/Vs"), Ok(900.0));
        assert_eq!(dimension("temperature coefficient").convert(0.1, "per_c", "1/C"), Ok(0.1));
    }

    #[test]
    fn what_is_no_such_unit_is_told_apart() {
        assert_eq!(dimension("voltage").convert(1.0, "A", "V"), Err(Wrong::Dimension("current")));
        assert!(matches!(dimension("current").convert(1.0, "xa", "A"), Err(Wrong::Unknown(_))));
    }
}
