//! Reads the TOML file of a controller; every fault has its position.

use super::{Controller, Output};
use crate::r2r::law::Law;
use crate::r2r::recipe::Input;
use libchar_core::Faults;
use libchar_core::toml_reader::{self, Reader, Section, plain_number};
use nalgebra::DMatrix;
use toml::de::DeValue;

const KEYS: [&str; 6] = ["law", "lambda", "lambda2", "delay", "outputs", "inputs"];
const OUTPUT_KEYS: [&str; 5] = ["target", "deadband", "scale", "low", "high"];
const INPUT_KEYS: [&str; 7] = ["start", "low", "high", "step", "scale", "resolution", "gain"];
const LAWS: [&str; 5] = ["ewma", "integral", "chen-guo", "holt", "predictor-corrector"];

/// Reads a controller.
///
/// # Errors
/// All faults of the file, each with its position.
pub fn read(file: &str, text: &str) -> Result<Controller, Faults> {
    let document = toml_reader::parse(file, text)?;
    let mut r = Reader::new(file, text);
    let table = Section::root(&document);
    r.known(&table, "key", &KEYS);
    let law = law(&mut r, &table);
    let delay = delay(&mut r, &table);
    let outputs: Vec<Output> = tables(&mut r, &table, "outputs")
        .into_iter()
        .map(|(name, section)| output(&mut r, name, &section))
        .collect();
    let sections = tables(&mut r, &table, "inputs");
    let (mut inputs, mut start, mut resolution) = (Vec::new(), Vec::new(), Vec::new());
    let mut gains = DMatrix::zeros(outputs.len(), sections.len());
    for (j, (name, section)) in sections.iter().enumerate() {
        let (own, first, step) = input(&mut r, name, section);
        inputs.push(own);
        start.push(first);
        resolution.push(step);
        column_of_gains(&mut r, section, &outputs, j, &mut gains);
    }
    Faults::or(Controller { law, delay, outputs, inputs, start, resolution, gains }, r.faults)
}

/// A number that satisfies `passes`, or the default `or`; without a default the key is required.
fn number<'a>(
    r: &mut Reader<'a>,
    section: &Section<'a>,
    key: &str,
    or: Option<f64>,
    passes: impl Fn(f64) -> bool,
    expected: &str,
) -> f64 {
    if or.is_none() && !section.has(key) {
        r.missing(section, key, expected);
    }
    r.number(section, key, expected, passes).or(or).unwrap_or(f64::NAN)
}

/// The named tables below a key; at least one is required.
fn tables<'a>(r: &mut Reader<'a>, table: &Section<'a>, key: &str) -> Vec<(&'a str, Section<'a>)> {
    let found = r.named(table, key);
    if found.is_empty() && r.faults.is_empty() {
        r.fault(0..0, format!("no {key}"), format!("at least one table [{key}.NAME]"));
    }
    found
}

fn law<'a>(r: &mut Reader<'a>, table: &Section<'a>) -> Law {
    let is_weight = |l: f64| l > 0.0 && l <= 1.0;
    let name = match r.text(table, "law") {
        None => "ewma",
        Some(name) if LAWS.contains(&name) => name,
        Some(name) => {
            r.not_one_of(table.place("law"), "law", name, &LAWS);
            "ewma"
        }
    };
    let l = number(r, table, "lambda", None, is_weight, "a weight above 0, at most 1");
    if matches!(name, "ewma" | "integral") {
        if table.has("lambda2") {
            let found = format!("`lambda2` with the law {name}");
            r.fault(table.place("lambda2"), found, "none: this law has one weight");
        }
        return if name == "ewma" { Law::Ewma(l) } else { Law::Integral(l) };
    }
    let l2 = number(r, table, "lambda2", None, is_weight, "a weight above 0, at most 1");
    if name == "holt" { Law::Holt(l, l2) } else { Law::ChenGuo(l, l2) }
}

fn delay<'a>(r: &mut Reader<'a>, table: &Section<'a>) -> usize {
    let whole = |d: f64| (0.0..=1000.0).contains(&d) && d.fract() == 0.0;
    number(r, table, "delay", Some(0.0), whole, "a whole number of runs, 0 to 1000") as usize
}

fn output<'a>(r: &mut Reader<'a>, name: &str, section: &Section<'a>) -> Output {
    r.known(section, "key", &OUTPUT_KEYS);
    let any = |_: f64| true;
    let low = number(r, section, "low", Some(f64::NEG_INFINITY), any, "a number");
    let high = number(r, section, "high", Some(f64::INFINITY), any, "a number");
    ordered(r, section, low, high);
    let within = |t: f64| (low..=high).contains(&t);
    Output {
        name: name.to_owned(),
        target: number(r, section, "target", None, within, "a number from `low` to `high`"),
        deadband: number(r, section, "deadband", Some(0.0), |d| d >= 0.0, "0 or more"),
        scale: number(r, section, "scale", Some(1.0), |s| s > 0.0, "a number above 0"),
        low,
        high,
    }
}

/// An input, its first value and the multiple to which it is rounded.
fn input<'a>(r: &mut Reader<'a>, name: &str, section: &Section<'a>) -> (Input, f64, f64) {
    r.known(section, "key", &INPUT_KEYS);
    let any = |_: f64| true;
    let low = number(r, section, "low", None, any, "the least value that can be set");
    let high = number(r, section, "high", None, any, "the greatest value that can be set");
    ordered(r, section, low, high);
    let within = |u: f64| !(u < low || u > high);
    let start = number(r, section, "start", None, within, "a number from `low` to `high`");
    let positive = |s: f64| s > 0.0;
    let step = number(r, section, "step", Some(f64::INFINITY), positive, "a number above 0");
    let width = Some(high - low).filter(|w| *w > 0.0).unwrap_or(1.0);
    let scale = number(r, section, "scale", Some(width), positive, "a number above 0");
    let resolution = number(r, section, "resolution", Some(0.0), |r| r >= 0.0, "0 or more");
    (Input { name: name.to_owned(), low, high, step, scale }, start, resolution)
}

fn ordered<'a>(r: &mut Reader<'a>, section: &Section<'a>, low: f64, high: f64) {
    if low >= high {
        let found = format!("`low` is {low} and `high` is {high}");
        r.fault(section.place("high"), found, "`low` below `high`");
    }
}

/// Reads one column of gains: a number if there is one output, else a table by output.
fn column_of_gains<'a>(
    r: &mut Reader<'a>,
    section: &Section<'a>,
    outputs: &[Output],
    j: usize,
    gains: &mut DMatrix<f64>,
) {
    let expected = "the change of the output per unit of this input, not 0";
    let Some(value) = section.get("gain") else {
        return r.missing(section, "gain", expected);
    };
    let names: Vec<&str> = outputs.iter().map(|o| o.name.as_str()).collect();
    match value.get_ref() {
        DeValue::Table(table) => {
            for (name, value) in table {
                let place = names.iter().position(|known| *known == name.get_ref().as_ref());
                match (place, plain_number(value.get_ref())) {
                    (Some(i), Some(gain)) => gains[(i, j)] = gain,
                    (None, _) => r.not_one_of(name.span(), "output", name.get_ref(), &names),
                    (_, None) => {
                        let found = format!("the gain is {}", r.written(value));
                        r.fault(value.span(), found, expected);
                    }
                }
            }
        }
        _ => match plain_number(value.get_ref()) {
            Some(gain) if outputs.len() == 1 => gains[(0, j)] = gain,
            _ => {
                let found = format!("`gain` is {}", r.written(value));
                let expected = "a number where there is one output, else a table of them by output";
                return r.fault(value.span(), found, expected);
            }
        },
    }
    if (0..outputs.len()).all(|i| gains[(i, j)] == 0.0) {
        r.fault(value.span(), "this input moves no output", expected);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "lambda = 0.3\n[outputs.depth]\ntarget = 44\n[inputs.time_s]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.7\n";

    #[test]
    fn a_controller_of_one_input() {
        let found = read("c.toml", GOOD).unwrap();
        assert_eq!((found.law, found.delay), (Law::Ewma(0.3), 0));
        assert_eq!((found.gains[(0, 0)], found.start[0], found.inputs[0].scale), (0.7, 60.0, 40.0));
        assert_eq!(found.effect(&[10.0]), [7.0]);
    }

    #[test]
    fn every_fault_stands_where_it_is() {
        let bad = GOOD
            .replace("lambda = 0.3", "law = \"emwa\"\nlambda = 1.5")
            .replace("gain = 0.7", "gain = { deep = 1 }\nstpe = 1");
        let faults = read("c.toml", &bad).unwrap_err().to_string();
        for expected in [
            "c.toml:1:7: unknown law `emwa`",
            "did you mean `ewma`?",
            "c.toml:2:10: `lambda` is 1.5",
            "c.toml:9:10: unknown output `deep`",
            "c.toml:9:8: this input moves no output",
            "c.toml:10:1: unknown key `stpe`",
        ] {
            assert!(faults.contains(expected), "{expected}\n{faults}");
        }
        let faults = read("c.toml", "lambda = 0.3\n").unwrap_err().to_string();
        assert!(faults.contains("no outputs"), "{faults}");
        let faults =
            read("c.toml", &GOOD.replace("high = 80", "high = 30")).unwrap_err().to_string();
        assert!(faults.contains("c.toml:7:8: `low` is 40 and `high` is 30"), "{faults}");
    }
}
