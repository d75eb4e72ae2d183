//! Inputs of a recipe that sweeps, fits and searches change: a path, and values with units.

use crate::format::{Quantity, parse_quantity};
use crate::recipe::{Action, Recipe, Source};
use libchar_core::{Refused, number};

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Knob {
    /// Path of the key whose value is a plain number in `unit`.
    pub path: String,
    quantity: Quantity,
}

/// A value of an input: a number, or a word such as a set's name.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A number, in the input's plain unit.
    Number(f64),
    /// A word.
    Word(String),
}

impl Knob {
    /// Makes an input from a path as typed; `step.1.time` becomes `step.1.time_s`.
    pub fn new(path: &str) -> Knob {
        let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
        let (plain, quantity) = match last {
            "time" | "time_s" => ("time_s", Quantity::Time),
            "temperature" | "temp_c" => ("temp_c", Quantity::Temperature),
            "ramp_to" | "ramp_to_c" => ("ramp_to_c", Quantity::Temperature),
            "thickness" | "thickness_nm" if parents != "substrate" => {
                ("thickness_nm", Quantity::Length)
            }
            other => (other, Quantity::Plain),
        };
        let path = if parents.is_empty() { plain.to_owned() } else { format!("{parents}.{plain}") };
        Knob { path, quantity }
    }

    /// Unit of the path's plain number.
    pub fn unit(&self) -> &'static str {
        let last = self.path.rsplit('.').next().unwrap_or_default();
        match last {
            "time_s" => "s",
            "temp_c" | "ramp_to_c" => "C",
            "thickness_nm" => "nm",
            "temp_offset_c" => "K",
            _ if last.ends_with("_pct") => "%",
            _ if last.ends_with("_cm2") => "cm-2",
            _ if last.ends_with("_cm3") => "cm-3",
            _ if last.ends_with("_kev") => "keV",
            _ if last.ends_with("_atm") => "atm",
            _ if last.ends_with("_deg") => "deg",
            _ => "1",
        }
    }

    /// Parses a number as typed, with a unit where the input has one.
    pub fn number(&self, text: &str) -> Option<f64> {
        if self.quantity == Quantity::Plain {
            return number::parse_decimal(text);
        }
        let base = parse_quantity(text, self.quantity);
        // The plain number of a thickness is in nm, and the base unit of lengths is um; the other
        // quantities are stored in their base unit.
        let base = base.map(|v| if self.quantity == Quantity::Length { v * 1e3 } else { v });
        base.or_else(|| number::parse_decimal(text))
    }
}

/// Parses `PATH=LOW..HIGH`, for searches between two bounds.
///
/// # Errors
/// Text that is not such a range.
pub fn bounded(text: &str) -> Result<(Knob, f64, f64), Refused> {
    let wrong = || {
        Refused::Usage(format!("`{text}`: expected PATH=LOW..HIGH, such as step.1.time=5min..10h"))
    };
    let (path, range) = text.split_once('=').ok_or_else(wrong)?;
    let (low, high) = range.split_once("..").ok_or_else(wrong)?;
    let knob = Knob::new(path.trim());
    let low = knob.number(low.trim()).ok_or_else(wrong)?;
    let high = knob.number(high.trim()).ok_or_else(wrong)?;
    if low >= high {
        return Err(Refused::Usage(format!(
            "`{text}`: the lower bound is not below the upper one"
        )));
    }
    Ok((knob, low, high))
}

/// Parses `PATH=A,B,C` or `PATH=LOW..HIGH:COUNT[:log]`.
///
/// # Errors
/// Text that is not such a list.
pub fn listed(text: &str) -> Result<(Knob, Vec<Setting>), Refused> {
    let wrong = |why: &str| {
        Refused::Usage(format!(
            "`{text}`: {why}; expected PATH=A,B,C or PATH=LOW..HIGH:COUNT, optionally with :log"
        ))
    };
    let (path, values) = text.split_once('=').ok_or_else(|| wrong("no `=`"))?;
    let knob = Knob::new(path.trim());
    let Some((range, count)) = values.split_once(':').filter(|(range, _)| range.contains(".."))
    else {
        if values.contains("..") {
            return Err(wrong("the number of values is missing"));
        }
        let settings = values.split(',').map(str::trim).map(|value| {
            knob.number(value).map_or_else(|| Setting::Word(value.to_owned()), Setting::Number)
        });
        return Ok((knob.clone(), settings.collect()));
    };
    let (count, logarithmic) = match count.split_once(':') {
        Some((count, "log")) => (count, true),
        Some((_, other)) => return Err(wrong(&format!("`{other}` is not `log`"))),
        None => (count, false),
    };
    let count: usize = count.trim().parse().map_err(|_| wrong("the count is not a number"))?;
    if !(2..=1_000_000).contains(&count) {
        return Err(wrong("the count is not 2 or more"));
    }
    let (knob, low, high) = bounded(&format!("{}={range}", path.trim()))?;
    if logarithmic && low <= 0.0 {
        return Err(wrong("a logarithmic range starts above 0"));
    }
    let settings = (0..count).map(|i| {
        let share = i as f64 / (count - 1) as f64;
        Setting::Number(if i + 1 == count {
            high
        } else if logarithmic {
            low * (high / low).powf(share)
        } else {
            low + share * (high - low)
        })
    });
    Ok((knob, settings.collect()))
}

/// The numeric inputs of a recipe with their values: temperatures, times, doses, energies,
/// concentrations, pressures, thicknesses.
pub fn inputs(recipe: &Recipe) -> Vec<(Knob, f64)> {
    let mut found = Vec::new();
    if let Some((_, conc)) = recipe.substrate.background {
        found.push((Knob::new("substrate.conc_cm3"), conc));
    }
    for (index, step) in recipe.steps.iter().enumerate() {
        let mut add = |key: &str, value: f64| {
            found.push((Knob::new(&format!("step.{}.{key}", index + 1)), value));
        };
        match &step.action {
            Action::Predep { source: Source::Surface(conc), .. } => add("conc_cm3", *conc),
            Action::Predep { source: Source::Gas(conc), .. } => add("gas_conc_cm3", *conc),
            Action::Implant(implant) => {
                add("dose_cm2", implant.dose_cm2);
                if implant.moments.is_none() {
                    add("energy_kev", implant.energy_kev);
                }
            }
            Action::Sheet { dose_cm2, .. } => add("dose_cm2", *dose_cm2),
            Action::Deposit { thickness_nm } => add("thickness_nm", *thickness_nm),
            _ => {}
        }
        match (offset_c(&step.action), step.action.pieces()) {
            (Some(offset_c), _) => add("temp_offset_c", offset_c),
            (None, [thermal]) => {
                add("temp_c", thermal.from_c);
                if !thermal.is_constant() {
                    add("ramp_to_c", thermal.to_c);
                }
                add("time_s", thermal.time_s);
            }
            _ => {}
        }
        if let Action::Anneal { gas, .. } = &step.action
            && gas.oxidizes()
        {
            add("pressure_atm", gas.pressure_atm);
            if gas.hcl_pct > 0.0 {
                add("hcl_pct", gas.hcl_pct);
            }
        }
    }
    found
}

/// The offset that a step adds to its measured temperature, degrees; `None` where the temperature
/// is not measured.
pub fn offset_c(action: &Action) -> Option<f64> {
    match action {
        Action::Anneal { course, .. } => Some(course.measured.as_ref()?.offset_c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists() {
        let (knob, values) = listed("step.1.time=10min..30min:3").unwrap();
        assert_eq!(knob.path, "step.1.time_s");
        assert_eq!(values, [600.0, 1200.0, 1800.0].map(Setting::Number));
        let (_, values) = listed("step.1.dose_cm2=1e13..1e15:3:log").unwrap();
        assert!(matches!(values[1], Setting::Number(v) if (v / 1e14 - 1.0).abs() < 1e-12));
        let (_, values) = listed("model.ni=suprem4,plummer").unwrap();
        assert_eq!(values[1], Setting::Word("plummer".to_owned()));
        assert!(listed("step.1.time=1min..2min").is_err());
        assert!(bounded("step.1.time=2min..1min").is_err());
        assert_eq!(bounded("step.1.thickness=10nm..50nm").unwrap().2, 50.0);
    }

    #[test]
    fn what_is_no_list_says_what_is_missing() {
        for (text, words) in [
            ("step.1.time", "no `=`"),
            ("step.1.time=1min..2min", "the number of values is missing"),
            ("step.1.time=1min..2min:x", "the count is not a number"),
            ("step.1.time=1min..2min:1", "the count is not 2 or more"),
            ("step.1.time=1min..2min:3:exp", "`exp` is not `log`"),
            ("step.1.temp_c=-10..10:3:log", "a logarithmic range starts above 0"),
            ("step.1.time=2min..1min:3", "the lower bound is not below the upper one"),
        ] {
            let told = listed(text).unwrap_err().to_string();
            assert!(told.contains(words), "{text}: {told}");
        }
        assert!(listed("step.1.time=1min..2min:1000000").is_ok());
        assert!(listed("step.1.time=1min..2min:1000001").is_err());
    }

    #[test]
    fn a_path_has_the_unit_of_its_plain_number() {
        let unit = |path| Knob::new(path).unit();
        assert_eq!(["step.1.time", "step.1.temperature"].map(unit), ["s", "C"]);
        assert_eq!(["step.1.ramp_to", "step.1.thickness"].map(unit), ["C", "nm"]);
        assert_eq!(["step.1.temp_offset_c", "step.1.hcl_pct"].map(unit), ["K", "%"]);
        assert_eq!(["step.1.dose_cm2", "substrate.conc_cm3"].map(unit), ["cm-2", "cm-3"]);
        assert_eq!(["step.1.energy_kev", "step.1.tilt_deg"].map(unit), ["keV", "deg"]);
        assert_eq!(["step.1.pressure_atm", "model.ni"].map(unit), ["atm", "1"]);
        // `substrate.thickness` is the wafer's thickness, not that of a layer, and keeps its name.
        assert_eq!(Knob::new("substrate.thickness").path, "substrate.thickness");
        assert_eq!(Knob::new("step.1.time").number("2 h"), Some(7200.0));
        assert_eq!(Knob::new("step.1.dose_cm2").number("2 h"), None);
    }

    #[test]
    fn inputs_of_a_recipe_have_their_values() {
        let loaded = crate::loaded::tests::loaded(crate::loaded::tests::DRIVE);
        let recipe = loaded.read(&loaded.document).unwrap().recipe;
        let found: Vec<(String, f64)> =
            inputs(&recipe).into_iter().map(|(knob, value)| (knob.path, value)).collect();
        let expected = [
            ("substrate.conc_cm3", 1e15),
            ("step.1.dose_cm2", 1e14),
            ("step.2.temp_c", 1000.0),
            ("step.2.time_s", 1800.0),
        ];
        assert_eq!(found, expected.map(|(path, value)| (path.to_owned(), value)));
    }
}
