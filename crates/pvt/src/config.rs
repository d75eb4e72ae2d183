//! `config.cfg`: the 18 run parameters of a domain, and the optional choice of temperatures, corners and sweeps.

use crate::{label, samples, statement};

pub use crate::samples::{Budget, MOST_SAMPLES, Samples, Statistic};

use libchar_core::{Fault, Faults, input, number};
use std::collections::BTreeMap;

/// Name of the file in a domain.
pub const FILE: &str = "config.cfg";

/// One key of `config.cfg`.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The key.
    pub key: &'static str,
    /// The value if the file has none; empty if another key decides.
    pub default: &'static str,
    /// One line of help.
    pub about: &'static str,
}

const fn parameter(key: &'static str, default: &'static str, about: &'static str) -> Parameter {
    Parameter { key, default, about }
}

/// All keys, in the order of the documentation: 18 run parameters, then the choices.
pub const PARAMETERS: [Parameter; 24] = [
    parameter("mode", "prelay", "prelay or postlay"),
    parameter("vccn", "1p1v", "nominal core-side supply, such as 1p1v"),
    parameter("vcctx", "", "nominal transmitter-side supply; vccn's if absent"),
    parameter("1st_supply_swp", "all", "supplies of group v1: all, or names"),
    parameter("2nd_supply_swp", "all", "supplies of group v2: all, none, or names"),
    parameter("3rd_supply_swp", "all", "supplies of group v3: all, none, or names"),
    parameter("condition", "perf", "a row of the condition table: perf, func or htol"),
    parameter("CPU", "8", "threads of one simulation"),
    parameter("MEM", "16", "memory of one simulation in GB"),
    parameter("alter_extraction", "typical", "extraction of a prelay run"),
    parameter("alter_string1", "", "one SPICE statement added to every deck"),
    parameter("alter_string2", "", "one more"),
    parameter("sim_mode", "ac", "ac or dc: which supply table is read"),
    parameter("gs_corner", "NA", "corner whose model section the slow corners use, or NA"),
    parameter("gf_corner", "NA", "corner whose model section the fast corners use, or NA"),
    parameter("vcc_vid", "no", "yes or no, for the template"),
    parameter("simulator", "primesim", "the engine"),
    parameter(
        "postlay_cross_cornerlist",
        "",
        "corners that a postlay run crosses with every extraction",
    ),
    parameter("temperature", "all", "temperatures out of the table: all, or names"),
    parameter("corner", "all", "corners out of the table: all, or names"),
    parameter("library", "", "library whose process node must allow every corner"),
    parameter(
        "samples",
        "none",
        "samples of the variation table: none, a number, lhs:N, auto:1%, or oat",
    ),
    parameter("seed", "1", "seed of the samples, and of a simulator's own random functions"),
    parameter(
        "sweep",
        "none",
        "axes of the sweep table: none, all, or names, cload:5f:20f for some values",
    ),
];

/// Whether the parasitics of a layout are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every selected corner at one extraction.
    Prelay,
    /// The table's pairs of corner and extraction.
    Postlay,
}

/// Which supply table a run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimMode {
    /// `table_supply_list_ac.csv`
    Ac,
    /// `table_supply_list_dc.csv`
    Dc,
}

impl SimMode {
    /// The word in `config.cfg` and in the supply table's file name.
    pub fn name(self) -> &'static str {
        match self {
            SimMode::Ac => "ac",
            SimMode::Dc => "dc",
        }
    }
}

/// A choice of names out of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Every row.
    All,
    /// No row: the group is not swept.
    None,
    /// These rows, in the file's order.
    Names(Vec<String>),
}

/// The axes of the sweep table that a run sweeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SweepChoice {
    /// All of them.
    All,
    /// These axes, each with the labels of its chosen values; no label means all values.
    Axes(Vec<(String, Vec<String>)>),
}

/// A parsed `config.cfg`.
#[derive(Debug, Clone)]
pub struct RunConfig {
    /// The file's name in faults.
    pub file: String,
    /// `mode`
    pub mode: Mode,
    /// `vccn`, in volts
    pub vccn_nominal_v: f64,
    /// `vcctx`, in volts; `vccn`'s value if absent
    pub vcctx_nominal_v: f64,
    /// `1st_supply_swp`, `2nd_supply_swp`, `3rd_supply_swp`
    pub supply_sweeps: [Choice; 3],
    /// `condition`: a row of the condition table
    pub condition: String,
    /// `CPU`: threads of one simulation, 1 to 4096
    pub cpu: u32,
    /// `MEM`: gigabytes of one simulation, 1 to 65536
    pub mem_gb: u32,
    /// `alter_extraction`
    pub alter_extraction: String,
    /// `alter_string1` and `alter_string2`: one SPICE statement each
    pub alter_strings: [Option<String>; 2],
    /// `sim_mode`
    pub sim_mode: SimMode,
    /// `gs_corner`, `None` for NA
    pub gs_corner: Option<String>,
    /// `gf_corner`, `None` for NA
    pub gf_corner: Option<String>,
    /// `vcc_vid`
    pub vcc_vid: bool,
    /// `simulator`
    pub simulator: String,
    /// `postlay_cross_cornerlist`
    pub postlay_cross_corners: Vec<String>,
    /// `temperature`: as written, checked against the table later
    pub temperatures: Choice,
    /// `corner`: as written, checked against the table later
    pub corners: Choice,
    /// `library`: checked against the process nodes of the configuration later
    pub library: Option<String>,
    /// `sweep`: as written, checked against the table later
    pub sweep: SweepChoice,
    /// `samples`
    pub samples: Samples,
    /// `seed`
    pub seed: u64,
    entries: BTreeMap<&'static str, Entry>,
}

/// A value as it is written in the file, with its place.
#[derive(Debug, Clone)]
struct Entry {
    value: String,
    line: usize,
    column: usize,
}

impl RunConfig {
    /// Parses `config.cfg`: `key=value` lines with bare or quoted values; `#` starts a comment.
    ///
    /// `simulators` are the known simulators. Names that only the tables know (corners, supplies,
    /// temperatures, extractions, conditions) are checked when the matrix is made.
    ///
    /// # Errors
    /// Every unknown key, duplicate key and invalid value, with the nearest valid one.
    pub fn parse(file: &str, bytes: &[u8], simulators: &[&str]) -> Result<RunConfig, Faults> {
        let text = input::text(file, bytes)?;
        let mut reader = Reader { file, entries: BTreeMap::new(), faults: Vec::new() };
        for (i, line) in text.lines().enumerate() {
            reader.line(i + 1, line);
        }
        let config = reader.typed(simulators);
        Faults::or(config, reader.faults)
    }

    /// The value of a key as written, else its default.
    pub fn value(&self, key: &str) -> &str {
        let default = || {
            let value = PARAMETERS.iter().find(|p| p.key == key).map_or("", |p| p.default);
            if key == "vcctx" { self.value("vccn") } else { value }
        };
        self.entries.get(key).map_or_else(default, |entry| &entry.value)
    }

    /// All keys with their values, in the order of [`PARAMETERS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        PARAMETERS.iter().map(|parameter| (parameter.key, self.value(parameter.key)))
    }

    /// Whether the file has a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// A fault at a key's value, or of the file as a whole if it does not have the key.
    pub fn fault(&self, key: &str, found: impl Into<String>) -> Fault {
        match self.entries.get(key) {
            Some(entry) => Fault::at(&self.file, entry.line, entry.column, found),
            None => Fault::of(&self.file, found),
        }
    }
}

/// Collects entries and faults.
struct Reader<'a> {
    file: &'a str,
    entries: BTreeMap<&'static str, Entry>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn line(&mut self, line: usize, text: &str) {
        let content = text.trim();
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        let column = |part: &str| {
            // `part` is a slice of `text`.
            let offset = part.as_ptr() as usize - text.as_ptr() as usize;
            text[..offset].chars().count() + 1
        };
        let Some((key, rest)) = content.split_once('=') else {
            let fault = self.fault(line, column(content), format!("`{content}` has no `=`"));
            return self.faults.push(fault.expected("key=value"));
        };
        let (key, rest) = (key.trim_end(), rest.trim_start());
        let value = match value(rest) {
            Ok(value) => value,
            Err((part, found)) => {
                let fault = self.fault(line, column(part), found);
                return self.faults.push(fault);
            }
        };
        let Some(parameter) = PARAMETERS.iter().find(|parameter| parameter.key == key) else {
            let fault = self.fault(line, column(content), format!("unknown key `{key}`"));
            return self.faults.push(fault.one_of(key, PARAMETERS.iter().map(|p| p.key)));
        };
        let entry = Entry { value: value.to_owned(), line, column: column(value) };
        match self.entries.get(parameter.key) {
            None => drop(self.entries.insert(parameter.key, entry)),
            Some(first) => {
                let found = format!("the key `{key}` occurs twice, first at line {}", first.line);
                let fault = self.fault(line, column(content), found);
                self.faults.push(fault);
            }
        }
    }

    fn fault(&self, line: usize, column: usize, found: impl Into<String>) -> Fault {
        Fault::at(self.file, line, column, found)
    }

    fn typed(&mut self, simulators: &[&str]) -> RunConfig {
        let vccn_nominal_v = self.nominal("vccn").unwrap_or(1.1);
        RunConfig {
            file: self.file.to_owned(),
            mode: match self.word("mode", &["prelay", "postlay"]).as_str() {
                "postlay" => Mode::Postlay,
                _ => Mode::Prelay,
            },
            vccn_nominal_v,
            vcctx_nominal_v: self.nominal("vcctx").unwrap_or(vccn_nominal_v),
            supply_sweeps: ["1st_supply_swp", "2nd_supply_swp", "3rd_supply_swp"]
                .map(|key| self.choice(key)),
            condition: self.label("condition"),
            cpu: self.count("CPU", 4096),
            mem_gb: self.count("MEM", 65536),
            alter_extraction: self.label("alter_extraction"),
            alter_strings: ["alter_string1", "alter_string2"].map(|key| self.statement(key)),
            sim_mode: match self.word("sim_mode", &["ac", "dc"]).as_str() {
                "dc" => SimMode::Dc,
                _ => SimMode::Ac,
            },
            gs_corner: self.substitute("gs_corner"),
            gf_corner: self.substitute("gf_corner"),
            vcc_vid: self.word("vcc_vid", &["no", "yes"]) == "yes",
            simulator: self.word("simulator", simulators),
            postlay_cross_corners: match self.choice("postlay_cross_cornerlist") {
                Choice::Names(names) => names,
                _ => Vec::new(),
            },
            temperatures: self.choice("temperature"),
            corners: self.choice("corner"),
            library: Some(self.value("library")).filter(|name| !name.is_empty()),
            sweep: self.sweep(),
            samples: self.samples(),
            seed: self.seed(),
            entries: std::mem::take(&mut self.entries),
        }
    }

    fn value(&self, key: &str) -> String {
        let default = PARAMETERS.iter().find(|p| p.key == key).map_or("", |p| p.default);
        self.entries.get(key).map_or(default, |entry| &entry.value).to_owned()
    }

    /// Adds a fault at the value of a key. Defaults are valid, so the file has the key.
    fn reject(&mut self, key: &str, found: String, expected: &str) {
        let (line, column) = self.entries.get(key).map_or((0, 0), |e| (e.line, e.column));
        let fault = self.fault(line, column, found);
        self.faults.push(fault.expected(expected));
    }

    fn word(&mut self, key: &str, valid: &[&str]) -> String {
        let value = self.value(key);
        // A default that is not among the valid values is no fault of the file.
        if self.entries.contains_key(key) && !valid.contains(&value.as_str()) {
            let (line, column) = self.entries.get(key).map_or((0, 0), |e| (e.line, e.column));
            let fault = self.fault(line, column, format!("`{key}` is `{value}`"));
            self.faults.push(fault.one_of(&value, valid.iter().copied()));
        }
        value
    }

    /// The volts of a value such as `1p1v`; `None` if the file does not have the key.
    fn nominal(&mut self, key: &str) -> Option<f64> {
        let value = self.entries.get(key)?.value.clone();
        let volts = value
            .strip_suffix(['v', 'V'])
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit() || b == b'p'))
            .and_then(|digits| number::parse_decimal(&digits.replacen('p', ".", 1)));
        if volts.is_none() {
            self.reject(key, format!("`{key}` is `{value}`"), "volts, such as 1p1v for 1.1 V");
        }
        volts
    }

    fn count(&mut self, key: &str, most: u32) -> u32 {
        let value = self.value(key);
        match value.parse() {
            Ok(count) if (1..=most).contains(&count) && !value.starts_with('+') => count,
            _ => {
                let expected = format!("a whole number from 1 to {most}");
                self.reject(key, format!("`{key}` is `{value}`"), &expected);
                1
            }
        }
    }

    fn label(&mut self, key: &str) -> String {
        let value = self.value(key);
        if !label::is_valid(&value) {
            self.reject(key, format!("`{key}` is {value:?}"), label::EXPECTED);
        }
        value
    }

    fn substitute(&mut self, key: &str) -> Option<String> {
        let value = self.value(key);
        (!value.is_empty() && !value.eq_ignore_ascii_case("NA")).then(|| self.label(key))
    }

    /// Reads names separated by commas or blanks; `all`; `none`, `NA` or an empty value.
    fn choice(&mut self, key: &str) -> Choice {
        let value = self.value(key);
        match value.to_ascii_lowercase().as_str() {
            "all" if key != "postlay_cross_cornerlist" => return Choice::All,
            "" | "none" | "na" => return Choice::None,
            _ => {}
        }
        let mut names: Vec<String> = Vec::new();
        for name in value.split([',', ' ', '\t']).filter(|name| !name.is_empty()) {
            // A temperature may be written -40, which is not a label.
            let plain = name.strip_prefix('-').filter(|_| key == "temperature").unwrap_or(name);
            if !label::is_valid(plain) {
                let found = format!("`{key}` names {name:?}");
                self.reject(key, found, label::EXPECTED);
            } else if names.iter().any(|other| other == name) {
                let found = format!("`{key}` names `{name}` twice");
                self.reject(key, found, "every name once");
            } else {
                names.push(name.to_owned());
            }
        }
        Choice::Names(names)
    }

    fn seed(&mut self) -> u64 {
        let value = self.value("seed");
        let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        value.parse().ok().filter(|_| is_number).unwrap_or_else(|| {
            let expected = format!("a whole number from 0 to {}", u64::MAX);
            self.reject("seed", format!("`seed` is `{value}`"), &expected);
            1
        })
    }

    /// Reads `1000`, `lhs:1000`, `oat`, `auto:1%`, `auto:sd:5%`.
    fn samples(&mut self) -> Samples {
        let value = self.value("samples");
        let lower = value.to_ascii_lowercase();
        let found = samples::parse(&lower);
        found.unwrap_or_else(|| {
            let expected = format!("none, a number from 1 to {MOST_SAMPLES}, lhs:1000, auto:1%, auto:sd:5%, auto:yield:1%, or oat");
            self.reject("samples", format!("`samples` is `{value}`"), &expected);
            Samples::None
        })
    }

    /// Reads `cload,slew:10p:1n`: names of axes, each with the labels of its values if only some
    /// are chosen.
    fn sweep(&mut self) -> SweepChoice {
        let value = self.value("sweep");
        match value.to_ascii_lowercase().as_str() {
            "all" => return SweepChoice::All,
            "" | "none" | "na" => return SweepChoice::Axes(Vec::new()),
            _ => {}
        }
        let mut axes: Vec<(String, Vec<String>)> = Vec::new();
        for axis in value.split([',', ' ', '\t']).filter(|axis| !axis.is_empty()) {
            let mut parts = axis.split(':').map(str::to_owned);
            let name = parts.next().unwrap_or_default();
            let labels: Vec<String> = parts.collect();
            if let Some(wrong) = [&name].into_iter().chain(&labels).find(|l| !label::is_valid(l)) {
                let found = format!("`sweep` names {wrong:?}");
                self.reject("sweep", found, label::EXPECTED);
            } else if axes.iter().any(|(other, _)| *other == name) {
                let found = format!("`sweep` names `{name}` twice");
                self.reject("sweep", found, "every axis once, such as cload:5f:20f");
            } else {
                axes.push((name, labels));
            }
        }
        SweepChoice::Axes(axes)
    }

    fn statement(&mut self, key: &str) -> Option<String> {
        let value = self.value(key);
        if value.is_empty() {
            return None;
        }
        if let Err(error) = statement::check(&value) {
            self.reject(key, format!("`{key}` {error}"), statement::EXPECTED);
        }
        Some(value)
    }
}

/// The value after `=`, without quotes and comment; else the part that is wrong, and why.
fn value(rest: &str) -> Result<&str, (&str, String)> {
    let (value, after) = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => match rest[1..].split_once(quote) {
            Some(parts) => parts,
            None => return Err((rest, format!("the quote {quote} is never closed"))),
        },
        // A comment begins with `#` after a blank, as in a shell.
        _ => {
            let mut before = ' ';
            let comment = rest.char_indices().find(|(_, c)| {
                let begins = *c == '#' && before.is_whitespace();
                before = *c;
                begins
            });
            let end = comment.map_or(rest.len(), |(at, _)| at);
            (rest[..end].trim_end(), "")
        }
    };
    let after = after.trim();
    if !after.is_empty() && !after.starts_with('#') {
        return Err((after, format!("`{after}` after the closing quote")));
    }
    match value.find(char::is_control) {
        Some(at) => Err((&value[at..], "a control character in the value".to_owned())),
        None => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Mode, PARAMETERS, RunConfig};
    use libchar_core::Faults;

    fn parse(text: &str) -> Result<RunConfig, Faults> {
        RunConfig::parse("config.cfg", text.as_bytes(), &["ngspice", "primesim", "finesim"])
    }

    #[test]
    fn an_empty_file_is_all_defaults() {
        let config = parse("# nothing\n\n").unwrap();
        assert_eq!((config.mode, config.cpu, config.mem_gb), (Mode::Prelay, 8, 16));
        assert_eq!(config.simulator, "primesim");
        assert_eq!((config.vccn_nominal_v, config.vcctx_nominal_v), (1.1, 1.1));
        assert_eq!(config.supply_sweeps, [Choice::All, Choice::All, Choice::All]);
        assert_eq!((&config.gs_corner, &config.alter_strings), (&None, &[None, None]));
        assert_eq!(config.iter().count(), PARAMETERS.len());
    }

    #[test]
    fn a_corner_list_of_a_postlay_run_names_corners_and_nothing_else() {
        let corners = |text: &str| {
            parse(&format!("postlay_cross_cornerlist={text}\n")).unwrap().postlay_cross_corners
        };
        assert_eq!(corners("TT,SS"), ["TT", "SS"]);
        // A corner may have that name; here it does not stand for all corners.
        assert_eq!(corners("all"), ["all"]);
        assert_eq!(corners("none"), [""; 0]);
    }

    #[test]
    fn values_are_bare_or_quoted_with_comments() {
        let config = parse(
            "\u{feff}mode = \"postlay\"  # layout\r\nvccn=1p8v # IO\r\nsimulator='ngspice'#x\r\n\
             temperature=m40, 125\ncorner=TT SS\n2nd_supply_swp=\n\
             alter_string1=\".param note='a#b'\"\nalter_string2=.option gmin=1e-13 # tight\n",
        )
        .unwrap();
        assert_eq!(config.mode, Mode::Postlay);
        assert_eq!((config.vccn_nominal_v, config.vcctx_nominal_v), (1.8, 1.8));
        assert_eq!(config.value("vcctx"), "1p8v");
        assert_eq!(config.simulator, "ngspice");
        assert_eq!(config.temperatures, Choice::Names(vec!["m40".into(), "125".into()]));
        assert_eq!(config.corners, Choice::Names(vec!["TT".into(), "SS".into()]));
        assert_eq!(config.supply_sweeps[1], Choice::None);
        assert_eq!(config.alter_strings[0].as_deref(), Some(".param note='a#b'"));
        assert_eq!(config.alter_strings[1].as_deref(), Some(".option gmin=1e-13"));
    }

    #[test]
    fn every_fault_at_once_with_the_nearest_value() {
        let faults = parse(
            "mode=prelayout\ncpu=8\nCPU=0\nmode=prelay\nMEM=16G\nvccn=1.1\n\
             simulator=\"ngspcie\"\njust words\ncondition=\"perf\" func\nvcc_vid=Yes\n\
             gs_corner=../SS\ncorner=TT,TT\nalter_string1=\"quit\nalter_string2=.control\n",
        );
        insta::assert_snapshot!(faults.unwrap_err(), @r#"
        config.cfg:1:6: `mode` is `prelayout`
          expected one of: prelay, postlay
          did you mean `prelay`?
        config.cfg:2:1: unknown key `cpu`
          expected one of: mode, vccn, vcctx, 1st_supply_swp, 2nd_supply_swp, 3rd_supply_swp, condition, CPU, MEM, alter_extraction, alter_string1, alter_string2, sim_mode, gs_corner, gf_corner, vcc_vid, simulator, postlay_cross_cornerlist, temperature, corner, library, samples, seed, sweep
          did you mean `CPU`?
        config.cfg:3:5: `CPU` is `0`
          expected a whole number from 1 to 4096
        config.cfg:4:1: the key `mode` occurs twice, first at line 1
        config.cfg:5:5: `MEM` is `16G`
          expected a whole number from 1 to 65536
        config.cfg:6:6: `vccn` is `1.1`
          expected volts, such as 1p1v for 1.1 V
        config.cfg:7:12: `simulator` is `ngspcie`
          expected one of: ngspice, primesim, finesim
          did you mean `ngspice`?
        config.cfg:8:1: `just words` has no `=`
          expected key=value
        config.cfg:9:18: `func` after the closing quote
        config.cfg:10:9: `vcc_vid` is `Yes`
          expected one of: no, yes
          did you mean `yes`?
        config.cfg:11:11: `gs_corner` is "../SS"
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        config.cfg:12:8: `corner` names `TT` twice
          expected every name once
        config.cfg:13:15: the quote " is never closed
        config.cfg:14:15: `alter_string2` is the card `.control`
          expected one SPICE statement, such as .option reltol=1e-4; no control or shell command
        "#);
    }

    #[test]
    fn nothing_reaches_a_shell() {
        for value in ["$(touch x)", "a;b", "`id`", "-rf", "a|b"] {
            for key in ["mode", "condition", "alter_extraction", "gs_corner", "simulator", "corner"]
            {
                let text = format!("{key}=\"{value}\"\n");
                assert!(parse(&text).is_err(), "{text}");
            }
        }
    }
}
