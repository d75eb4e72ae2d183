//! The file of a controller: TOML, every fault with its place.

use super::{Controller, Output};
use crate::r2r::law::Law;
use crate::r2r::recipe::Input;
use libchar_core::{Fault, Faults};
use nalgebra::DMatrix;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'a> = Spanned<DeValue<'a>>;
type Entries<'a> = Vec<(&'a str, &'a Value<'a>)>;

const KEYS: [&str; 6] = ["law", "lambda", "lambda2", "delay", "outputs", "inputs"];
const OUTPUT_KEYS: [&str; 5] = ["target", "deadband", "scale", "low", "high"];
const INPUT_KEYS: [&str; 7] = ["start", "low", "high", "step", "scale", "resolution", "gain"];
const LAWS: [&str; 5] = ["ewma", "integral", "chen-guo", "holt", "predictor-corrector"];

/// Reads a controller.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read(file: &str, text: &str) -> Result<Controller, Faults> {
    let root = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Faults::from(Fault::at_offset(file, text, at, error.message()))
    })?;
    let mut reader = Reader { file, text, faults: Vec::new() };
    let table = Section { span: 0..0, table: root.get_ref() };
    reader.known(&table, &KEYS);
    let law = reader.law(&table);
    let delay = reader.delay(&table);
    let outputs: Vec<Output> = reader
        .sections(&table, "outputs")
        .into_iter()
        .map(|(name, section)| reader.output(name, &section))
        .collect();
    let sections = reader.sections(&table, "inputs");
    let (mut inputs, mut start, mut resolution) = (Vec::new(), Vec::new(), Vec::new());
    let mut gains = DMatrix::zeros(outputs.len(), sections.len());
    for (j, (name, section)) in sections.iter().enumerate() {
        let (input, first, step) = reader.input(name, section);
        inputs.push(input);
        start.push(first);
        resolution.push(step);
        reader.gains(section, &outputs, j, &mut gains);
    }
    Faults::or(Controller { law, delay, outputs, inputs, start, resolution, gains }, reader.faults)
}

/// A table with its place.
struct Section<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn fault(&mut self, at: usize, found: String, expected: &str) {
        let fault = Fault::at_offset(self.file, self.text, at, found);
        self.faults.push(fault.expected(expected));
    }

    fn unknown(&mut self, at: usize, what: &str, typed: &str, valid: &[&str]) {
        let found = format!("unknown {what} `{typed}`");
        let fault = Fault::at_offset(self.file, self.text, at, found);
        self.faults.push(fault.one_of(typed, valid.iter().copied()));
    }

    fn known(&mut self, section: &Section<'a>, valid: &[&str]) {
        for (key, _) in section.table {
            if !valid.contains(&key.get_ref().as_ref()) {
                self.unknown(key.span().start, "key", key.get_ref(), valid);
            }
        }
    }

    /// A number that passes, else what stands for it.
    fn number(
        &mut self,
        section: &Section<'a>,
        key: &str,
        or: Option<f64>,
        passes: impl Fn(f64) -> bool,
        expected: &str,
    ) -> f64 {
        let Some(value) = section.table.get(key) else {
            if or.is_none() {
                self.fault(section.span.start, format!("`{key}` is missing"), expected);
            }
            return or.unwrap_or(f64::NAN);
        };
        match plain(value) {
            Some(number) if passes(number) => number,
            _ => {
                let found = format!("`{key}` is {}", self.shown(value));
                self.fault(value.span().start, found, expected);
                or.unwrap_or(f64::NAN)
            }
        }
    }

    fn shown(&self, value: &Value<'a>) -> String {
        self.text.get(value.span()).unwrap_or_default().to_owned()
    }

    fn law(&mut self, table: &Section<'a>) -> Law {
        let is_weight = |l: f64| l > 0.0 && l <= 1.0;
        let name = match table.table.get("law").map(|value| (value, value.get_ref())) {
            None => "ewma",
            Some((_, DeValue::String(name))) if LAWS.contains(&name.as_ref()) => name.as_ref(),
            Some((value, DeValue::String(name))) => {
                self.unknown(value.span().start, "law", name, &LAWS);
                "ewma"
            }
            Some((value, _)) => {
                let found = format!("`law` is {}", self.shown(value));
                self.fault(value.span().start, found, "a name in quotes, such as \"ewma\"");
                "ewma"
            }
        };
        let l = self.number(table, "lambda", None, is_weight, "a weight above 0, at most 1");
        if matches!(name, "ewma" | "integral") {
            if let Some(value) = table.table.get("lambda2") {
                let found = format!("`lambda2` with the law {name}");
                self.fault(value.span().start, found, "none: this law has one weight");
            }
            return if name == "ewma" { Law::Ewma(l) } else { Law::Integral(l) };
        }
        let l2 = self.number(table, "lambda2", None, is_weight, "a weight above 0, at most 1");
        if name == "holt" { Law::Holt(l, l2) } else { Law::ChenGuo(l, l2) }
    }

    fn delay(&mut self, table: &Section<'a>) -> usize {
        let whole = |d: f64| (0.0..=1000.0).contains(&d) && d.fract() == 0.0;
        self.number(table, "delay", Some(0.0), whole, "a whole number of runs, 0 to 1000") as usize
    }

    /// The named tables below a key, in the order of the file.
    fn sections(&mut self, table: &Section<'a>, key: &str) -> Vec<(&'a str, Section<'a>)> {
        let mut found = Vec::new();
        match table.table.get(key).map(|value| (value.span().start, value.get_ref())) {
            Some((_, DeValue::Table(tables))) => {
                let mut entries: Entries<'a> =
                    tables.iter().map(|(name, value)| (name.get_ref().as_ref(), value)).collect();
                entries.sort_by_key(|(_, value)| value.span().start);
                for (name, value) in entries {
                    match value.get_ref() {
                        DeValue::Table(table) => {
                            found.push((name, Section { table, span: value.span() }))
                        }
                        _ => {
                            let what = format!("`{name}` is {}", self.shown(value));
                            self.fault(
                                value.span().start,
                                what,
                                &format!("a table, [{key}.{name}]"),
                            );
                        }
                    }
                }
            }
            Some((at, _)) => {
                self.fault(at, format!("`{key}` is no table"), &format!("tables, [{key}.NAME]"))
            }
            None => {}
        }
        if found.is_empty() && self.faults.is_empty() {
            self.fault(0, format!("no {key}"), &format!("at least one table [{key}.NAME]"));
        }
        found
    }

    fn output(&mut self, name: &str, section: &Section<'a>) -> Output {
        self.known(section, &OUTPUT_KEYS);
        let any = |_: f64| true;
        let low = self.number(section, "low", Some(f64::NEG_INFINITY), any, "a number");
        let high = self.number(section, "high", Some(f64::INFINITY), any, "a number");
        self.ordered(section, low, high);
        let within = |t: f64| (low..=high).contains(&t);
        Output {
            name: name.to_owned(),
            target: self.number(section, "target", None, within, "a number from `low` to `high`"),
            deadband: self.number(section, "deadband", Some(0.0), |d| d >= 0.0, "0 or more"),
            scale: self.number(section, "scale", Some(1.0), |s| s > 0.0, "a number above 0"),
            low,
            high,
        }
    }

    /// An input, its first value and the multiple to which it is set.
    fn input(&mut self, name: &str, section: &Section<'a>) -> (Input, f64, f64) {
        self.known(section, &INPUT_KEYS);
        let any = |_: f64| true;
        let low = self.number(section, "low", None, any, "the least value that can be set");
        let high = self.number(section, "high", None, any, "the greatest value that can be set");
        self.ordered(section, low, high);
        let within = |u: f64| !(u < low || u > high);
        let start = self.number(section, "start", None, within, "a number from `low` to `high`");
        let positive = |s: f64| s > 0.0;
        let step = self.number(section, "step", Some(f64::INFINITY), positive, "a number above 0");
        let width = Some(high - low).filter(|w| *w > 0.0).unwrap_or(1.0);
        let scale = self.number(section, "scale", Some(width), positive, "a number above 0");
        let resolution = self.number(section, "resolution", Some(0.0), |r| r >= 0.0, "0 or more");
        (Input { name: name.to_owned(), low, high, step, scale }, start, resolution)
    }

    fn ordered(&mut self, section: &Section<'a>, low: f64, high: f64) {
        if low >= high {
            let at =
                section.table.get("high").map_or(section.span.start, |value| value.span().start);
            self.fault(at, format!("`low` is {low} and `high` is {high}"), "`low` below `high`");
        }
    }

    /// One column of gains: a number where there is one output, else a table by output.
    fn gains(
        &mut self,
        section: &Section<'a>,
        outputs: &[Output],
        j: usize,
        gains: &mut DMatrix<f64>,
    ) {
        let expected = "the change of the output a unit of this input, not 0";
        let Some(value) = section.table.get("gain") else {
            self.fault(section.span.start, "`gain` is missing".to_owned(), expected);
            return;
        };
        let names: Vec<&str> = outputs.iter().map(|o| o.name.as_str()).collect();
        match value.get_ref() {
            DeValue::Table(table) => {
                for (name, value) in table {
                    let place = names.iter().position(|known| *known == name.get_ref().as_ref());
                    match (place, plain(value)) {
                        (Some(i), Some(gain)) => gains[(i, j)] = gain,
                        (None, _) => {
                            self.unknown(name.span().start, "output", name.get_ref(), &names)
                        }
                        (_, None) => {
                            let found = format!("the gain is {}", self.shown(value));
                            self.fault(value.span().start, found, expected);
                        }
                    }
                }
            }
            _ => match plain(value) {
                Some(gain) if outputs.len() == 1 => gains[(0, j)] = gain,
                _ => {
                    let found = format!("`gain` is {}", self.shown(value));
                    self.fault(
                        value.span().start,
                        found,
                        "a number where there is one output, else a table of them by output",
                    );
                    return;
                }
            },
        }
        if (0..outputs.len()).all(|i| gains[(i, j)] == 0.0) {
            self.fault(value.span().start, "this input moves no output".to_owned(), expected);
        }
    }
}

/// A finite number.
fn plain(value: &Value<'_>) -> Option<f64> {
    let number = match value.get_ref() {
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok()? as f64,
        DeValue::Float(x) => x.as_str().parse::<f64>().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
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
