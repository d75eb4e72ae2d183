//! Thermal oxide without a recipe: a table over temperatures and times.

use crate::ambient::Ambient;
use crate::format::{Quantity, quantities, quantity};
use crate::gas::Gas;
use crate::model::Model;
use crate::oxidation::Orientation;
use crate::parameters::Parameters;
use libchar_core::{Frame, Refused};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Dry or wet.
    pub ambient: Ambient,
    /// Miller indices of the surface as a number.
    pub orientation: i64,
    /// Temperatures with their units.
    pub temps: &'a [String],
    /// Times with their units.
    pub times: &'a [String],
    /// Pressure of the gas, atm.
    pub pressure_atm: f64,
    /// Share of the oxidant, percent by volume; all but the chlorine without one.
    pub oxidant_pct: Option<f64>,
    /// Hydrogen chloride, percent by volume.
    pub hcl_pct: f64,
    /// Thickness at the start, with its unit.
    pub initial: &'a str,
    /// Name of the rate constants.
    pub parameters: &'a str,
    /// Name of Massoud's constants or `none`; those that go with the rate constants without one.
    pub massoud: Option<&'a str>,
}

/// The question with every value read.
#[derive(Debug)]
pub struct Read<'a> {
    asked: Asked<'a>,
    orientation: Orientation,
    gas: Gas,
    temps_c: Vec<f64>,
    times_s: Vec<f64>,
    initial_um: f64,
}

impl<'a> Asked<'a> {
    /// Massoud's constants that are meant.
    pub fn massoud(&self) -> &'a str {
        let matching = if self.parameters == "deal_grove" { "plummer" } else { self.parameters };
        self.massoud.unwrap_or(matching)
    }

    /// The same with every value read.
    ///
    /// # Errors
    /// The first value that is none, or lies outside its range.
    pub fn read(self) -> Result<Read<'a>, Refused> {
        let orientation = Orientation::from_miller(self.orientation).ok_or_else(|| {
            let found = format!("unknown orientation {}", self.orientation);
            Refused::Usage(format!("{found}; expected one of: 100, 110, 111"))
        })?;
        if !(self.pressure_atm > 0.0 && self.pressure_atm <= 100.0) {
            let found = format!("--pressure {}", self.pressure_atm);
            return Err(Refused::Usage(format!("{found}: expected more than 0, at most 100")));
        }
        let gas = self.gas()?;
        let temps_c = quantities(self.temps, "--temp", Quantity::Temperature)?;
        let times_s = quantities(self.times, "--time", Quantity::Time)?;
        let initial_um = quantity(self.initial, "--initial", Quantity::Length)?;
        if let Some(value) = times_s.iter().chain([&initial_um]).find(|value| **value < 0.0) {
            return Err(Refused::Usage(format!("{value} is negative")));
        }
        Ok(Read { asked: self, orientation, gas, temps_c, times_s, initial_um })
    }

    /// The gas that is meant.
    fn gas(&self) -> Result<Gas, Refused> {
        let most = Parameters::builtin().chlorine().most_pct();
        if !(0.0..=most).contains(&self.hcl_pct) {
            return Err(Refused::Usage(format!("--hcl {}: expected 0 to {most}", self.hcl_pct)));
        }
        if self.hcl_pct > 0.0 && self.ambient != Ambient::Dry {
            let message = "--hcl: its factors were measured in oxygen; expected --ambient dry";
            return Err(Refused::usage(message));
        }
        let mut gas = Gas::pure(self.ambient, self.pressure_atm);
        gas.hcl_pct = self.hcl_pct;
        if let Some(oxidant) = self.oxidant_pct {
            let most = 100.0 - self.hcl_pct;
            if !(oxidant > 0.0 && oxidant <= most) {
                let found = format!("--oxidant {oxidant}");
                return Err(Refused::Usage(format!(
                    "{found}: expected more than 0, at most {most}"
                )));
            }
            gas.oxidant_pct = oxidant;
        }
        Ok(gas)
    }
}

impl Read<'_> {
    /// One row for each temperature and time, times fastest.
    ///
    /// # Errors
    /// Constants that do not exist, and temperatures that they do not hold for.
    pub fn frame(&self) -> Result<Frame, Refused> {
        let Read { asked, gas, initial_um, .. } = self;
        let massoud = asked.massoud();
        let model = Model {
            oxidation: asked.parameters.to_owned(),
            massoud: (massoud != "none").then(|| massoud.to_owned()),
            ..Model::default()
        };
        let wrong = |error: crate::model::ModelError| Refused::Usage(error.to_string());
        let growth = model.growth(self.orientation, *gas).map_err(wrong)?;
        let columns = [
            "ambient",
            "orientation",
            "temp_c",
            "time_s",
            "pressure_atm",
            "initial_nm",
            "tox_nm",
            "b_um2_h",
            "b_over_a_um_h",
            "parameters",
            "massoud",
            "oxidant_atm",
            "hcl_pct",
        ];
        let mut frame = Frame::new("libchar.diffuse-oxide", 1, columns);
        for temp_c in &self.temps_c {
            model.check_temperature(&[], *gas, *temp_c).map_err(wrong)?;
            let rates = growth.at(*temp_c);
            for time_s in &self.times_s {
                let tox_um = growth.grow(*initial_um, *temp_c, *temp_c, *time_s);
                frame.push(vec![
                    asked.ambient.name().into(),
                    asked.orientation.into(),
                    (*temp_c).into(),
                    (*time_s).into(),
                    asked.pressure_atm.into(),
                    (initial_um * 1e3).into(),
                    (tox_um * 1e3).into(),
                    rates.parabolic_um2_h.into(),
                    rates.linear_um_h.into(),
                    asked.parameters.into(),
                    massoud.into(),
                    gas.oxidant_atm().into(),
                    gas.hcl_pct.into(),
                ]);
            }
        }
        Ok(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: impl FnOnce(&mut Asked<'_>)) -> Result<String, String> {
        let (temps, times) = (["1000C".to_owned()], ["30min".to_owned(), "1h".to_owned()]);
        let mut asked = Asked {
            ambient: Ambient::Dry,
            orientation: 100,
            temps: &temps,
            times: &times,
            pressure_atm: 1.0,
            oxidant_pct: None,
            hcl_pct: 0.0,
            initial: "0nm",
            parameters: "deal_grove",
            massoud: None,
        };
        change(&mut asked);
        let frame = asked.read().and_then(|read| read.frame());
        let csv = |frame: Frame| String::from_utf8(frame.to_csv()).unwrap();
        frame.map(csv).map_err(|refused| refused.to_string())
    }

    #[test]
    fn massouds_constants_go_with_the_rate_constants() {
        for (parameters, massoud, expected) in [
            ("deal_grove", None, "plummer"),
            ("suprem4", None, "suprem4"),
            ("suprem4", Some("none"), "none"),
        ] {
            let csv = told(|asked| (asked.parameters, asked.massoud) = (parameters, massoud));
            let csv = csv.unwrap();
            assert_eq!(csv.lines().nth(1).unwrap().split(',').nth(10), Some(expected), "{csv}");
        }
    }

    #[test]
    fn without_massoud_thickness_follows_deal_and_grove() {
        let csv = told(|asked| asked.massoud = Some("none")).unwrap();
        for line in csv.lines().skip(1) {
            let cell = |i: usize| line.split(',').nth(i).unwrap().parse::<f64>().unwrap();
            let (hours, x, b, linear) = (cell(3) / 3600.0, cell(6) / 1e3, cell(7), cell(8));
            // x^2 + A x = B t.
            assert!(((x * x + b / linear * x) / (b * hours) - 1.0).abs() < 1e-9, "{line}");
        }
        assert_eq!(csv.lines().count(), 3);
    }

    #[test]
    fn every_value_is_held_to_its_range() {
        type Change = fn(&mut Asked<'_>);
        let wrong: [(Change, &str); 7] = [
            (|a| a.orientation = 123, "unknown orientation 123; expected one of: 100, 110, 111"),
            (|a| a.pressure_atm = 0.0, "--pressure 0: expected more than 0, at most 100"),
            (|a| a.hcl_pct = 11.0, "--hcl 11: expected 0 to 10"),
            (
                |a| (a.hcl_pct, a.ambient) = (1.0, Ambient::Wet),
                "--hcl: its factors were measured in oxygen; expected --ambient dry",
            ),
            (
                |a| (a.hcl_pct, a.oxidant_pct) = (3.0, Some(98.0)),
                "--oxidant 98: expected more than 0, at most 97",
            ),
            (|a| a.initial = "-1nm", "-0.001 is negative"),
            (|a| a.initial = "thin", "--initial thin: expected a length such as"),
        ];
        for (change, message) in wrong {
            let error = told(change).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(told(|a| a.parameters = "x").unwrap_err().contains("`x`"));
    }
}
