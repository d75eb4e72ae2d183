//! A template with placeholders: `{{ name }}` and blocks of minijinja, strict about names.

use crate::matrix::Cell;
use crate::point::Swept;
use crate::points::GROUPS;
use crate::setting::{Setting, Uses};
use crate::supply_names::SupplyNames;
use crate::{sweeps, temperature, variation};
use libchar_core::{Fault, Faults};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

/// Steps of one rendering; a template that needs more is taken to loop without end. A step is one
/// instruction, or 64 bytes of text.
const FUEL: u64 = 5_000_000;

/// Bytes of the longest deck.
const LARGEST_DECK: usize = 1 << 26;

/// The output of a rendering, up to the longest deck.
#[derive(Default)]
struct Capped {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > LARGEST_DECK {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Name of the template in its environment.
const NAME: &str = "template";

/// Names of what is the same at every point or differs from point to point, for a template.
/// Supplies come with them: `vccn` and `vccn_v`, `vcctx` and `vcctx_v`, with 2 and 3 for the other groups.
pub const NAMES: [&str; 30] = [
    "point",
    "folder",
    "corner",
    "section",
    "nmos",
    "pmos",
    "rs",
    "ls",
    "extraction",
    "temp",
    "temp_c",
    "temp_label",
    "supply",
    "mode",
    "condition",
    "cpu",
    "mem_gb",
    "sim_mode",
    "simulator",
    "vcc_vid",
    "alter_extraction",
    "alter_string1",
    "alter_string2",
    "vccn_nominal_v",
    "vcctx_nominal_v",
    "gs_corner",
    "gf_corner",
    "sweep",
    "sweep_label",
    "mc",
];

/// Functions that minijinja brings.
const FUNCTIONS: [&str; 5] = ["range", "dict", "debug", "namespace", "loop"];

/// A checked template.
#[derive(Debug)]
pub struct Placeholders {
    file: String,
    environment: Environment<'static>,
    source: String,
    encoding: Encoding,
    /// The quantities that vary from sample to sample: parameter and instance.
    varied: Vec<(String, Option<String>)>,
    supply_names: SupplyNames,
    /// Values that are the same at every point.
    constants: BTreeMap<String, Value>,
}

/// How the template's bytes became text and become bytes again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    /// Not UTF-8: every byte becomes one character, so that none is lost whatever the encoding is.
    Bytes,
}

impl Encoding {
    fn text(self, bytes: &[u8]) -> String {
        match self {
            Encoding::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Encoding::Bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }

    fn bytes(self, text: String) -> Vec<u8> {
        match self {
            Encoding::Utf8 => text.into_bytes(),
            // All characters are single bytes: those of the template, and those of the values,
            // which `text` made.
            Encoding::Bytes => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
        }
    }
}

/// Whether a name has a meaning in every template; those of supplies have their own list.
pub(crate) fn is_taken(name: &str) -> bool {
    NAMES.contains(&name) || FUNCTIONS.contains(&name)
}

impl Placeholders {
    pub(crate) fn parse(
        file: &str,
        bytes: &[u8],
        setting: Setting,
    ) -> Result<(Placeholders, Uses), Faults> {
        let utf8 = std::str::from_utf8(bytes).is_ok();
        let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Bytes };
        let source = encoding.text(bytes);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|e| error_fault(file, &source, &e))?);
        environment
            .add_template_owned(NAME, source.clone())
            .map_err(|e| error_fault(file, &source, &e))?;
        let template =
            environment.get_template(NAME).map_err(|e| error_fault(file, &source, &e))?;
        let used: BTreeSet<String> = template.undeclared_variables(false).into_iter().collect();

        let mut faults = Vec::new();
        let variables = setting.variables.keys().map(String::as_str);
        let names = setting.supply_names;
        let supplies: Vec<String> = (0..GROUPS)
            .flat_map(|group| names.of_group(group))
            .flat_map(|(name, _)| [format!("{name}_v"), name.to_owned()])
            .collect();
        let known: Vec<&str> =
            NAMES.into_iter().chain(supplies.iter().map(String::as_str)).chain(variables).collect();
        for name in used.iter().filter(|name| !known.contains(&name.as_str())) {
            if FUNCTIONS.contains(&name.as_str()) {
                continue;
            }
            let mut places = identifiers(&source, name);
            if places.is_empty() {
                places.push(0);
            }
            for offset in places {
                let fault =
                    Fault::at_offset(file, &source, offset, format!("unknown name `{name}`"));
                faults.push(fault.one_of(name, known.iter().copied()));
            }
        }
        let nested = template.undeclared_variables(true);
        faults.extend(axis_faults(file, &source, &nested, setting));
        faults.extend(varied_faults(file, &source, &nested, setting));
        for name in setting.variables.keys() {
            if NAMES.contains(&name.as_str()) || supplies.contains(name) {
                let found = format!("`template.variables.{name}` hides a name of the template");
                faults.push(Fault::of("libchar.toml", found).expected("another name"));
            }
        }
        let is_used = |name: &str| used.contains(name);
        let uses = Uses {
            varied: is_used("mc"),
            groups: std::array::from_fn(|group| {
                let mut of = names.of_group(group).into_iter();
                of.any(|(n, _)| is_used(n) || is_used(&format!("{n}_v")))
            }),
        };
        let constants = constants(setting, encoding);
        let varied = setting.matrix.varied().iter();
        let varied = varied.map(|v| (v.parameter.clone(), v.instance.clone())).collect();
        let file = file.to_owned();
        let supply_names = names.clone();
        let placeholders =
            Placeholders { file, environment, source, encoding, varied, supply_names, constants };
        Faults::or((placeholders, uses), faults)
    }

    pub(crate) fn render(&self, cell: &Cell) -> Result<Vec<u8>, Fault> {
        let fault = |error: &Error| {
            let fault = error_fault(&self.file, &self.source, error);
            self.not_swept(error).unwrap_or(fault)
        };
        let template = self.environment.get_template(NAME).map_err(|e| fault(&e))?;
        let mut deck = Capped::default();
        let rendered = template.render_captured_to(self.values(cell), &mut deck);
        if deck.is_full {
            let found = format!("the deck of {} is longer than {LARGEST_DECK} bytes", cell.id());
            return Err(Fault::of(&self.file, found));
        }
        rendered.map_err(|e| fault(&e))?;
        // The output of a template is text.
        Ok(self.encoding.bytes(String::from_utf8_lossy(&deck.bytes).into_owned()))
    }

    /// The fault of a supply whose group is not swept.
    fn not_swept(&self, error: &Error) -> Option<Fault> {
        let range = error.range()?;
        if error.kind() != minijinja::ErrorKind::UndefinedError {
            return None;
        }
        let name = self.source.get(range.clone())?;
        let (group, _) = self.supply_names.find(name.trim_end_matches("_v"))?;
        let found = format!("`{name}`, but group v{} is not swept", group + 1);
        (group > 0).then(|| Fault::at_offset(&self.file, &self.source, range.start, found))
    }

    /// The values of a sample by parameter; a parameter with instances is a map of them.
    fn varied(&self, cell: &Cell) -> Value {
        let mut values: BTreeMap<&str, Value> = BTreeMap::new();
        let mut instances: BTreeMap<&str, BTreeMap<&str, Value>> = BTreeMap::new();
        for ((parameter, instance), value) in self.varied.iter().zip(cell.draws) {
            match instance {
                None => drop(values.insert(parameter, Value::from(*value))),
                Some(instance) => {
                    let of = instances.entry(parameter).or_default();
                    of.insert(instance, Value::from(*value));
                }
            }
        }
        values.extend(instances.into_iter().map(|(parameter, of)| (parameter, Value::from(of))));
        Value::from(values)
    }

    fn values(&self, cell: &Cell) -> BTreeMap<String, Value> {
        let mut values = self.constants.clone();
        let mut set = |name: &str, value: Value| values.insert(name.to_owned(), value);
        let id = cell.id();
        set("point", Value::from(id.as_str()));
        set("folder", Value::from(id));
        set("corner", Value::from(cell.corner.corner.as_str()));
        set("section", Value::from(cell.corner.section.as_str()));
        set("extraction", Value::from(cell.corner.extraction.as_str()));
        set("nmos", Value::from(cell.corner.nmos));
        set("pmos", Value::from(cell.corner.pmos));
        set("rs", Value::from(cell.corner.rs));
        set("ls", Value::from(cell.corner.ls));
        for name in ["temp", "temp_c"] {
            set(name, temperature_value(cell.temp_c));
        }
        set("temp_label", Value::from(temperature::label(cell.temp_c)));
        set("supply", Value::from(cell.supply.name.as_str()));
        set("mc", self.varied(cell));
        let swept = |value: &dyn Fn(&Swept) -> Value| -> Value {
            let named = cell.sweep.iter().map(|swept| (swept.name.clone(), value(swept)));
            Value::from(named.collect::<BTreeMap<String, Value>>())
        };
        set("sweep", swept(&|swept| Value::from(swept.value)));
        set("sweep_label", swept(&|swept| Value::from(swept.label.as_str())));
        for (group, supply) in cell.supply.supplies.iter().enumerate() {
            for (name, is_tx) in self.supply_names.of_group(group) {
                let volts = if is_tx { supply.vcctx_v } else { supply.vccn_v };
                set(name, Value::from(volts));
                set(&format!("{name}_v"), Value::from(volts));
            }
        }
        values
    }
}

/// Faults of axes that the template names and the sweep table does not have.
fn axis_faults(file: &str, source: &str, nested: &HashSet<String>, setting: Setting) -> Vec<Fault> {
    let axes: Vec<&str> =
        setting.tables.sweeps.axes().iter().map(|axis| axis.name.as_str()).collect();
    let mut faults = Vec::new();
    let mut used: Vec<(&str, &str)> =
        nested.iter().filter_map(|path| path.split_once('.')).collect();
    used.sort_unstable();
    for (names, axis) in used {
        let axis = axis.split('.').next().unwrap_or(axis);
        if !["sweep", "sweep_label"].contains(&names) || axes.contains(&axis) {
            continue;
        }
        let offset = source.find(&format!("{names}.{axis}")).unwrap_or(0);
        let found = format!("unknown axis `{names}.{axis}`");
        let fault = Fault::at_offset(file, source, offset, found);
        faults.push(match axes.is_empty() {
            true => fault.expected(format!("a name of {}, which the domain lacks", sweeps::FILE)),
            false => fault.one_of(axis, axes.iter().copied()),
        });
    }
    faults
}

/// Faults of quantities that the template names and the variation table does not have.
fn varied_faults(
    file: &str,
    source: &str,
    nested: &HashSet<String>,
    setting: Setting,
) -> Vec<Fault> {
    let names: Vec<String> = setting.matrix.varied().iter().map(|varied| varied.name()).collect();
    let is_known =
        |used: &str| names.iter().any(|name| name == used || name.starts_with(&format!("{used}.")));
    let mut used: Vec<&str> = nested.iter().filter_map(|path| path.strip_prefix("mc.")).collect();
    used.sort_unstable();
    let unknown = used.into_iter().filter(|used| !is_known(used));
    unknown
        .map(|used| {
            let offset = source.find(&format!("mc.{used}")).unwrap_or(0);
            let found = format!("unknown quantity `mc.{used}`");
            let fault = Fault::at_offset(file, source, offset, found);
            match names.is_empty() {
                true => fault.expected(format!(
                    "a parameter of {}, which the domain lacks",
                    variation::FILE
                )),
                false => fault.one_of(used, names.iter().map(String::as_str)),
            }
        })
        .collect()
}

/// The value of a temperature in a template: a whole number of degrees is printed without a decimal
/// point.
fn temperature_value(temp_c: f64) -> Value {
    if temp_c.fract() == 0.0 { Value::from(temp_c as i64) } else { Value::from(temp_c) }
}

fn constants(setting: Setting, encoding: Encoding) -> BTreeMap<String, Value> {
    let config = setting.config;
    let text = |text: &str| Value::from(encoding.text(text.as_bytes()));
    let alter = |index: usize| text(config.alter_strings[index].as_deref().unwrap_or_default());
    let mut constants = BTreeMap::from(
        [
            ("mode", text(config.value("mode"))),
            ("condition", text(&config.condition)),
            ("cpu", Value::from(config.cpu)),
            ("mem_gb", Value::from(config.mem_gb)),
            ("sim_mode", text(config.sim_mode.name())),
            ("simulator", text(&config.simulator)),
            ("vcc_vid", text(if config.vcc_vid { "yes" } else { "no" })),
            ("alter_extraction", text(&config.alter_extraction)),
            ("alter_string1", alter(0)),
            ("alter_string2", alter(1)),
            ("vccn_nominal_v", Value::from(config.vccn_nominal_v)),
            ("vcctx_nominal_v", Value::from(config.vcctx_nominal_v)),
            ("gs_corner", text(config.gs_corner.as_deref().unwrap_or("NA"))),
            ("gf_corner", text(config.gf_corner.as_deref().unwrap_or("NA"))),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    constants.extend(setting.variables.iter().map(|(name, value)| (name.clone(), text(value))));
    constants
}

/// An error of minijinja at its place in the template.
fn error_fault(file: &str, source: &str, error: &Error) -> Fault {
    let mut found = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    if error.kind() == minijinja::ErrorKind::OutOfFuel {
        found = format!("rendering one deck takes more than {FUEL} steps");
    }
    if let Some(range) = error.range() {
        if error.kind() == minijinja::ErrorKind::UndefinedError {
            let name = source.get(range.clone()).unwrap_or_default();
            let axis = name.split_once('.').filter(|(names, _)| names.starts_with("sweep"));
            found = match axis {
                Some((_, axis)) => {
                    format!("`{name}`, but `sweep` of config.cfg does not choose `{axis}`")
                }
                None => format!("`{name}` has no value"),
            };
        }
        return Fault::at_offset(file, source, range.start, found);
    }
    Fault::at(file, error.line().unwrap_or(0), 0, found)
}

/// Offsets at which a name is an identifier in a tag, not an attribute or in quotes.
fn identifiers(source: &str, name: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].find(['{']).map(|open| at + open) {
        let close = match source[open..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let start = open + 2;
        let end = source[start..].find(close).map_or(source.len(), |length| start + length);
        if close != "#}" {
            places.extend(words(&source[start..end], name).into_iter().map(|word| start + word));
        }
        at = end;
    }
    places
}

fn words(tag: &str, name: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let (mut quote, mut start, mut before) = (None, None, ' ');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, c) in tag.char_indices().chain([(tag.len(), ' ')]) {
        match (quote, start) {
            (Some(open), _) => {
                if c == open {
                    quote = None;
                }
                continue;
            }
            (None, Some((from, after))) if !is_word(c) => {
                if &tag[from..at] == name && after != '.' {
                    places.push(from);
                }
                start = None;
            }
            (None, None) if is_word(c) => start = Some((at, before)),
            _ => {}
        }
        if matches!(c, '"' | '\'') {
            quote = Some(c);
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    places
}
