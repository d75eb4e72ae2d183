//! The place of a point: corner, extraction, temperature, supply; its text, and what several places
//! have in common.

use crate::quantity::celsius;
use std::collections::BTreeSet;

/// The value of a swept axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// The axis.
    pub axis: String,
    /// The label of the value.
    pub label: String,
    /// The value in SI units, `None` if it is not known.
    pub value: Option<f64>,
}

/// The axes of one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name of the process corner.
    pub corner: String,
    /// Name of the extraction.
    pub extraction: String,
    /// Temperature in degrees Celsius, `None` if it is not known.
    pub temp_c: Option<f64>,
    /// Name of the supply's row, or of the rows if several are swept.
    pub supply: String,
    /// The supplies' voltages in V, in the order of their columns; empty if they are not known.
    pub volts: Vec<f64>,
    /// The swept axes.
    pub sweep: Vec<Swept>,
}

impl Place {
    /// Reads the place from a point's id, `corner/extraction/extraction_temperature/supply`.
    pub fn of_id(id: &str) -> Place {
        let mut parts = id.split('/');
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let (corner, extraction, folder) = (next(), next(), next());
        let supply: Vec<&str> = id.split('/').skip(3).collect();
        let temperature = folder.strip_prefix(&extraction).and_then(|rest| rest.strip_prefix('_'));
        Place {
            corner,
            temp_c: temperature.and_then(label),
            supply: supply.join("/"),
            volts: Vec::new(),
            sweep: Vec::new(),
            extraction,
        }
    }

    /// The place in words, `SS, 125 °C, 0.99 V`; with the supply's name if no voltage is known.
    pub fn words(&self) -> String {
        self.words_but(&[])
    }

    /// The same without some of the swept axes, given by their indices.
    pub fn words_but(&self, open: &[usize]) -> String {
        let temperature = self.temp_c.map(celsius);
        let sweep = Some(self.sweep_words_but(open));
        let parts = [Some(self.corner.clone()), temperature, Some(self.supply_words()), sweep];
        let parts: Vec<String> =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// The swept values, `cload 5f, slew 10p`; empty if nothing is swept.
    pub fn sweep_words(&self) -> String {
        self.sweep_words_but(&[])
    }

    /// The same without some axes, given by their indices.
    pub fn sweep_words_but(&self, open: &[usize]) -> String {
        let fixed = self.sweep.iter().enumerate().filter(|(i, _)| !open.contains(i));
        let words = fixed.map(|(_, swept)| format!("{} {}", swept.axis, swept.label));
        words.collect::<Vec<_>>().join(", ")
    }

    /// The voltages, `0.99 V` or `0.99 / 1.62 V`; the supply's name if they are not known.
    pub fn supply_words(&self) -> String {
        if self.volts.is_empty() {
            return self.supply.clone();
        }
        let mut volts: Vec<String> = self.volts.iter().map(|v| format!("{v:.2}")).collect();
        volts.dedup();
        format!("{}\u{202f}V", volts.join(" / "))
    }
}

/// Reads a temperature label: `m40` is -40, `27p5` is 27.5.
fn label(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('m').map_or((1.0, text), |rest| (-1.0, rest));
    digits.replacen('p', ".", 1).parse::<f64>().ok().map(|value| sign * value)
}

/// What some of all places have in common, with one part for each axis:
/// `FF, 125 °C, 1.10 V or 1.21 V`.
///
/// An axis is named if the places have at most three of its levels, and not all of them.
pub fn common(some: &[&Place], all: &[Place]) -> String {
    let axes: [fn(&Place) -> String; 4] = [
        |place| place.corner.clone(),
        |place| place.temp_c.map(celsius).unwrap_or_default(),
        Place::supply_words,
        Place::sweep_words,
    ];
    let mut parts = Vec::new();
    for axis in axes {
        let levels: BTreeSet<String> = all.iter().map(axis).collect();
        let mut here = Vec::new();
        for place in some {
            let level = axis(place);
            if !here.contains(&level) {
                here.push(level);
            }
        }
        if here.len() < levels.len() && here.len() <= 3 {
            parts.push(here.join(" or "));
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_place() {
        let place = Place::of_id("SS/cworst_CCworst_T/cworst_CCworst_T_m40/v1min");
        assert_eq!(place.words().replace('\u{202f}', " "), "SS, −40 °C, v1min");
        assert_eq!(Place::of_id("anything").words(), "anything");
        assert_eq!(Place::of_id("TT/t/t_27p5/v1/v2").temp_c, Some(27.5));
    }

    #[test]
    fn common_levels_are_those_that_not_all_points_have() {
        let all: Vec<Place> = ["FF/t/t_25/v1", "FF/t/t_125/v1", "SS/t/t_25/v1", "SS/t/t_125/v1"]
            .map(Place::of_id)
            .to_vec();
        assert_eq!(common(&[&all[1]], &all).replace('\u{202f}', " "), "FF, 125 °C");
        assert_eq!(common(&[&all[1], &all[3]], &all).replace('\u{202f}', " "), "125 °C");
        assert_eq!(common(&[&all[0], &all[1], &all[2], &all[3]], &all), "");
    }
}
