//! The section `[lvf]`: which parameters of a cell's devices vary, and how the spread of its delays is computed.

use libchar_core::glob;
use libchar_core::toml_reader::{Node, Reader, Section};

/// How the spread is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Each parameter is changed by one standard deviation, up and down.
    Sensitivity,
    /// Random samples.
    MonteCarlo {
        /// The number of samples.
        samples: usize,
        /// The seed of the draws.
        seed: u64,
    },
}

/// A parameter that varies independently in each device.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Models or subcircuits of the devices that have it: a pattern with `*`, in lower case.
    pub devices: String,
    /// The parameter of the instance or of the subcircuit, in lower case.
    pub parameter: String,
    /// Its nominal value.
    pub nominal: f64,
    /// Its standard deviation, in the parameter's unit; with `by_area`, that of a device of 1 um x 1 um.
    pub sigma: f64,
    /// Whether the deviation is divided by the square root of width times length in um (Pelgrom, IEEE JSSC 24, 1989).
    pub by_area: bool,
    /// Its line and column in the file.
    pub place: (usize, usize),
}

impl Mismatch {
    /// Whether a device of this model has the parameter; `model` is in lower case.
    pub fn is_of(&self, model: &str) -> bool {
        glob::matches(&self.devices, model)
    }
}

/// The content of the section.
#[derive(Debug, Clone, PartialEq)]
pub struct Lvf {
    /// How the spread is computed.
    pub method: Method,
    /// The parameters that vary; if none is specified, those that the devices' subcircuits offer.
    pub parameters: Vec<Mismatch>,
    /// Line and column of the section in the file.
    pub place: (usize, usize),
}

/// The number of samples if `samples` is not given: the standard deviation then has an uncertainty of 2.2 %.
const SAMPLES: f64 = 1000.0;

pub(super) fn read<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Option<Lvf> {
    let s = r.section(root, "lvf")?;
    r.known(&s, "key of [lvf]", &["method", "samples", "seed", "parameter"]);
    let place = r.place(s.span().start);
    let span_of = |key: &str| s.place(key);
    let samples = r.within(&s, "samples", (20.0, 1e6));
    let seed = r.within(&s, "seed", (0.0, 9e15));
    let mut method = Method::Sensitivity;
    match r.text(&s, "method") {
        None | Some("sensitivity") => {
            for key in ["samples", "seed"] {
                if s.table.contains_key(key) {
                    let found = format!("`{key}` is given with the method `sensitivity`");
                    r.fault(span_of(key), found, "method = \"monte-carlo\": nothing is drawn here");
                }
            }
        }
        Some("monte-carlo") => {
            let (samples, seed) = (samples.unwrap_or(SAMPLES), seed.unwrap_or(1.0));
            for (key, value) in [("samples", samples), ("seed", seed)] {
                if value.fract() != 0.0 {
                    r.fault(span_of(key), format!("`{key}` is {value}"), "a whole number");
                }
            }
            method = Method::MonteCarlo { samples: samples as usize, seed: seed as u64 };
        }
        Some(word) => {
            let valid = ["sensitivity", "monte-carlo"];
            r.not_one_of(span_of("method"), "method of [lvf]", word, &valid);
        }
    }
    let list = r.list(&s, "parameter").unwrap_or_default();
    let parameters = list.iter().filter_map(|node| mismatch(r, node)).collect();
    Some(Lvf { method, parameters, place })
}

fn mismatch<'a>(r: &mut Reader<'a>, node: &'a Node<'a>) -> Option<Mismatch> {
    let s = r.table("parameter", node)?;
    let what = "this [[lvf.parameter]]";
    r.known(&s, "key of [[lvf.parameter]]", &["devices", "parameter", "nominal", "sigma", "scale"]);
    let parameter = r.needs(&s, what, "parameter").then(|| r.text(&s, "parameter")).flatten();
    let sigma = r.needs(&s, what, "sigma").then(|| r.within(&s, "sigma", (1e-15, 1e9))).flatten();
    let nominal = r.within(&s, "nominal", (-1e9, 1e9)).unwrap_or(0.0);
    let devices = r.text(&s, "devices").unwrap_or("*");
    let scale = r.text(&s, "scale");
    let span_of = |key: &str| s.place(key);
    let by_area = match scale {
        None | Some("none") => false,
        Some("area") => true,
        Some(word) => {
            r.not_one_of(span_of("scale"), "scale", word, &["none", "area"]);
            return None;
        }
    };
    let (parameter, sigma) = (parameter?, sigma?);
    let is_name = parameter.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && parameter.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        let found = format!("the parameter's name `{parameter}`");
        r.fault(span_of("parameter"), found, "a letter, then letters, digits and `_`");
        return None;
    }
    Some(Mismatch {
        devices: devices.to_ascii_lowercase(),
        parameter: parameter.to_ascii_lowercase(),
        nominal,
        sigma,
        by_area,
        place: r.place(s.span().start),
    })
}
