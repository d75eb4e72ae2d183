//! The gas of a furnace step: an oxidant, an inert diluent, and chlorine.

use serde::Deserialize;

use crate::ambient::Ambient;

/// The gas of a furnace step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gas {
    /// Nothing that oxidizes, oxygen or steam.
    pub ambient: Ambient,
    /// Total pressure, atm.
    pub pressure_atm: f64,
    /// Share of the oxidant by volume, percent, above 0 and at most 100; the rest is inert.
    pub oxidant_pct: f64,
    /// Hydrogen chloride by volume, percent, 0 to 10: dry oxygen only.
    pub hcl_pct: f64,
}

impl Gas {
    /// A pure gas at a pressure in atm.
    pub fn pure(ambient: Ambient, pressure_atm: f64) -> Gas {
        Gas { ambient, pressure_atm, oxidant_pct: 100.0, hcl_pct: 0.0 }
    }

    /// Nitrogen or argon at one atmosphere.
    pub fn inert() -> Gas {
        Gas::pure(Ambient::Inert, 1.0)
    }

    /// Whether oxide grows.
    pub fn oxidizes(&self) -> bool {
        self.ambient != Ambient::Inert
    }

    /// Partial pressure of the oxidant, atm. Chlorine does not count as a diluent: the factors of
    /// [`Chlorine`] were measured against pure oxygen at the same total pressure.
    pub fn oxidant_atm(&self) -> f64 {
        match 100.0 - self.hcl_pct {
            most if self.oxidant_pct < most => self.pressure_atm * self.oxidant_pct / most,
            _ => self.pressure_atm,
        }
    }
}

/// Factors of hydrogen chloride on the rate constants of dry oxidation.
///
/// # Formula
/// Tables over the share in the gas and the temperature, bilinear between their entries. Hess and Deal, J.
/// Electrochem. Soc. 124, 735 (1977), as SUPREM-IV.GS holds them.
#[derive(Clone, Debug, Deserialize)]
pub struct Chlorine {
    /// Where the numbers come from.
    pub source: String,
    temp_c: Vec<f64>,
    hcl_pct: Vec<f64>,
    linear: Vec<Vec<f64>>,
    parabolic: Vec<Vec<f64>>,
}

impl Chlorine {
    /// Lowest and highest temperature of the table, degrees Celsius.
    pub fn range_c(&self) -> (f64, f64) {
        (self.temp_c[0], self.temp_c[self.temp_c.len() - 1])
    }

    /// Largest share of hydrogen chloride in the table, percent.
    pub fn most_pct(&self) -> f64 {
        self.hcl_pct[self.hcl_pct.len() - 1]
    }

    /// Factors on B/A and on B; 1 without chlorine. Outside the table they are those of its edge.
    pub fn factors(&self, hcl_pct: f64, temp_c: f64) -> (f64, f64) {
        if hcl_pct == 0.0 {
            return (1.0, 1.0);
        }
        let (row, s) = position(&self.hcl_pct, hcl_pct);
        let (column, t) = position(&self.temp_c, temp_c);
        let at = |table: &[Vec<f64>]| {
            let across = |row: usize| {
                let (low, high) = (table[row][column], table[row][column + 1]);
                low + t * (high - low)
            };
            across(row) + s * (across(row + 1) - across(row))
        };
        (at(&self.linear), at(&self.parabolic))
    }
}

/// Finds the interval of rising values that contains `x`, and the relative position of `x` in it.
fn position(values: &[f64], x: f64) -> (usize, f64) {
    let interval = values.partition_point(|v| *v <= x).clamp(1, values.len() - 1) - 1;
    let share = (x - values[interval]) / (values[interval + 1] - values[interval]);
    (interval, share.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    /// SUPREM-IV.GS modelrc, `hcl.lin` and `hcl.par`: entries, and the middle of four of them.
    #[test]
    fn chlorine_has_the_factors_of_the_table() {
        let chlorine = Parameters::builtin().chlorine();
        for (pct, temp_c, linear, parabolic) in [
            (0.0, 1000.0, 1.0, 1.0),
            (1.0, 900.0, 1.75, 1.083),
            (3.0, 1000.0, 1.486, 1.840),
            (5.0, 1100.0, 2.207, 1.641),
            (10.0, 900.0, 1.75, 2.028),
            (10.0, 1100.0, 2.207, 2.102),
            (2.0, 950.0, (1.75 + 1.25 + 1.75 + 1.486) / 4.0, (1.083 + 1.658 + 1.25 + 1.84) / 4.0),
        ] {
            let (l, p) = chlorine.factors(pct, temp_c);
            assert!((l - linear).abs() < 1e-12 && (p - parabolic).abs() < 1e-12, "{pct} {temp_c}");
        }
        assert_eq!((chlorine.range_c(), chlorine.most_pct()), ((900.0, 1100.0), 10.0));
    }

    #[test]
    fn what_dilutes_lowers_the_partial_pressure() {
        let dry = Gas::pure(Ambient::Dry, 2.0);
        assert_eq!(dry.oxidant_atm(), 2.0);
        assert_eq!(Gas { oxidant_pct: 25.0, ..dry }.oxidant_atm(), 0.5);
        // Chlorine does not count as a diluent: oxygen with 3 % of it is oxygen with the factors of
        // 3 %.
        assert_eq!(Gas { hcl_pct: 3.0, ..dry }.oxidant_atm(), 2.0);
        assert_eq!(Gas { hcl_pct: 3.0, oxidant_pct: 97.0, ..dry }.oxidant_atm(), 2.0);
        assert_eq!(Gas { hcl_pct: 3.0, oxidant_pct: 48.5, ..dry }.oxidant_atm(), 1.0);
    }
}
