//! Every configuration key: its kind, default and meaning. `libchar config --keys` prints this table.

use toml::Value;

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number, zero or more.
    Count,
    /// A number.
    Number,
    /// A number, or text with a SPICE suffix such as `30p`.
    Quantity,
    /// `true` or `false`.
    Bool,
    /// A duration such as `10h`.
    Duration,
    /// An array of texts.
    TextList,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Any TOML value; the stage that uses it checks it.
    Any,
}

impl Kind {
    /// What was expected, for a fault.
    pub fn expected(self) -> String {
        match self {
            Kind::Text => "a text in quotes".to_owned(),
            Kind::Count => "a whole number, 0 or more".to_owned(),
            Kind::Number => "a number".to_owned(),
            Kind::Quantity => "a number, or a text such as '30p'".to_owned(),
            Kind::Bool => "true or false".to_owned(),
            Kind::Duration => "a duration such as 90s, 15m or 10h".to_owned(),
            Kind::TextList => "an array of texts".to_owned(),
            Kind::Choice(words) => format!("one of: {}", words.join(", ")),
            Kind::Any => "a value".to_owned(),
        }
    }

    /// Whether a TOML value is of this kind.
    pub fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Kind::Any, _)
            | (Kind::Text, Value::String(_))
            | (Kind::Bool, Value::Boolean(_))
            | (Kind::Quantity, Value::Integer(_)) => true,
            (Kind::Count, Value::Integer(n)) => *n >= 0,
            (Kind::Number, Value::Integer(_)) => true,
            (Kind::Number | Kind::Quantity, Value::Float(x)) => x.is_finite(),
            (Kind::Quantity, Value::String(text)) => crate::number::parse_spice(text).is_some(),
            (Kind::Duration, Value::String(text)) => crate::duration::parse(text).is_ok(),
            (Kind::TextList, Value::Array(items)) => items.iter().all(Value::is_str),
            (Kind::Choice(words), Value::String(text)) => words.contains(&text.as_str()),
            _ => false,
        }
    }

    /// Reads a value of this kind from plain text, as an environment variable holds it.
    /// Lists are separated by commas.
    pub fn parse(self, text: &str) -> Result<Value, String> {
        let value = match self {
            Kind::Count => text.parse().ok().map(Value::Integer),
            Kind::Number => crate::number::parse_decimal(text).map(Value::Float),
            Kind::Bool => text.parse().ok().map(Value::Boolean),
            Kind::TextList => {
                Some(Value::Array(text.split(',').map(|item| Value::from(item.trim())).collect()))
            }
            _ => Some(Value::from(text)),
        };
        value.filter(|value| self.accepts(value)).ok_or_else(|| self.expected())
    }
}

/// One configuration key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Dotted path; `*` stands for a name that the user chooses.
    pub path: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// The default as an environment variable would write it; `None` leaves the key unset.
    pub default: Option<&'static str>,
    /// One line of help.
    pub about: &'static str,
}

impl Key {
    /// The environment variable that sets this key.
    pub fn variable(&self) -> String {
        format!("LIBCHAR_{}", self.path.replace('.', "_").to_uppercase())
    }

    pub(super) fn default_value(&self) -> Option<Value> {
        self.default.and_then(|text| self.kind.parse(text).ok())
    }

    pub(super) fn matches(&self, path: &[String]) -> bool {
        let names: Vec<&str> = self.path.split('.').collect();
        names.len() == path.len() && names.iter().zip(path).all(|(a, b)| *a == "*" || a == b)
    }
}

const fn key(
    path: &'static str,
    kind: Kind,
    default: Option<&'static str>,
    about: &'static str,
) -> Key {
    Key { path, kind, default, about }
}

/// All keys, grouped by table.
pub const KEYS: &[Key] = &[
    key(
        "history.path",
        Kind::Text,
        None,
        "The history database; by default .libchar/history.db of the project",
    ),
    key("history.required", Kind::Bool, Some("false"), "Stop when the history cannot be written"),
    key(
        "template.path",
        Kind::Text,
        Some("template/sim_tx.sp"),
        "The SPICE template of the domain",
    ),
    key(
        "template.variables.*",
        Kind::Text,
        None,
        "The site's own name for the template, such as a folder of models",
    ),
    key(
        "supply_names.vccn",
        Kind::Text,
        None,
        "The site's own name of `vccn` in templates and decks, such as vdd",
    ),
    key(
        "supply_names.vcctx",
        Kind::Text,
        None,
        "The site's own name of `vcctx` in templates and decks, such as vddio",
    ),
    key(
        "supply_names.vccn2",
        Kind::Text,
        None,
        "The site's own name of `vccn2` in templates and decks, such as vdd2",
    ),
    key(
        "supply_names.vcctx2",
        Kind::Text,
        None,
        "The site's own name of `vcctx2` in templates and decks, such as vddio2",
    ),
    key(
        "supply_names.vccn3",
        Kind::Text,
        None,
        "The site's own name of `vccn3` in templates and decks, such as vdd3",
    ),
    key(
        "supply_names.vcctx3",
        Kind::Text,
        None,
        "The site's own name of `vcctx3` in templates and decks, such as vddio3",
    ),
    key(
        "tables.path",
        Kind::Text,
        Some("configuration"),
        "Folder of the corner, supply, temperature and condition tables",
    ),
    key("run.timeout", Kind::Duration, Some("10h"), "Time after which a simulation is stopped"),
    key(
        "run.jobs",
        Kind::Count,
        Some("0"),
        "Simulations at the same time; 0 is the number of cores",
    ),
    key(
        "run.init_files",
        Kind::Bool,
        Some("false"),
        "Let simulators read the user's start-up files",
    ),
    key(
        "run.executor",
        Kind::Text,
        Some("local"),
        "Where to simulate: local, slurm, sge, lsf, netbatch, htcondor, or a described one",
    ),
    key("cluster.queue", Kind::Text, None, "Queue or partition of cluster jobs"),
    key("cluster.account", Kind::Text, None, "Account or project of cluster jobs"),
    key("cluster.time", Kind::Text, None, "Time limit of cluster jobs, as the scheduler writes it"),
    key(
        "cluster.licenses",
        Kind::Text,
        None,
        "Licences of a cluster job, as the scheduler writes them",
    ),
    key("cluster.options", Kind::TextList, None, "More arguments of the submit command"),
    key(
        "cluster.max_running",
        Kind::Count,
        Some("0"),
        "Jobs that run at the same time; 0 is no limit",
    ),
    key(
        "cluster.max_submit",
        Kind::Count,
        Some("0"),
        "Jobs submitted at the same time; 0 is no limit",
    ),
    key("cluster.max_array", Kind::Count, Some("1000"), "Jobs of one array"),
    key("cluster.pack", Kind::Count, Some("0"), "Points of one job; 0 measures how many last 45 s"),
    key("cluster.poll", Kind::Duration, Some("2s"), "Time between two status calls"),
    key(
        "cluster.grace",
        Kind::Duration,
        Some("30s"),
        "Time that a result may take to be seen before its job counts as lost",
    ),
    key("executors.*.submit", Kind::TextList, None, "Submit command of a scheduler"),
    key("executors.*.throttle", Kind::Text, None, "What {throttle} stands for in an argument"),
    key("executors.*.throttle_args", Kind::TextList, None, "Arguments that {throttle} stands for"),
    key("executors.*.arrays", Kind::Bool, None, "Whether a submission may have several jobs"),
    key("executors.*.id_after", Kind::Text, None, "Text before the job's number"),
    key("executors.*.status", Kind::TextList, None, "Command that lists the user's jobs"),
    key("executors.*.format", Kind::Choice(&["", "sge-xml"]), None, "How the list is read"),
    key("executors.*.separator", Kind::Text, None, "What separates its columns"),
    key(
        "executors.*.fields",
        Kind::TextList,
        None,
        "Its columns: id, element, element0, name, state",
    ),
    key("executors.*.ended", Kind::TextList, None, "States of jobs that are over"),
    key("executors.*.running", Kind::TextList, None, "States of jobs that run"),
    key("executors.*.cancel", Kind::TextList, None, "Command that cancels a job"),
    key("executors.*.cancel_name", Kind::TextList, None, "Command that cancels jobs by their name"),
    key("executors.*.stuck", Kind::TextList, None, "States of jobs that only a person ends"),
    key("executors.*.passing", Kind::TextList, None, "Texts of refusals that pass by themselves"),
    key(
        "executors.*.queue",
        Kind::TextList,
        None,
        "Arguments for cluster.queue, {value} its value",
    ),
    key("executors.*.account", Kind::TextList, None, "Arguments for cluster.account"),
    key("executors.*.time", Kind::TextList, None, "Arguments for cluster.time"),
    key("executors.*.licenses", Kind::TextList, None, "Arguments for cluster.licenses"),
    key(
        "run.batch",
        Kind::Bool,
        Some("true"),
        "Simulate several points in one process where that is safe",
    ),
    key(
        "run.trim",
        Kind::Bool,
        Some("true"),
        "Give the simulator only the models that a deck uses",
    ),
    key(
        "run.reuse",
        Kind::Bool,
        Some("true"),
        "Simulate points that differ in nothing but their names once",
    ),
    key(
        "run.memory_gb",
        Kind::Count,
        Some("0"),
        "Memory that the simulations of this machine may take together, by MEM and sizes; 0 is not counted",
    ),
    key(
        "sizes.*.cpu",
        Kind::Count,
        None,
        "Threads of the points that a pattern names, instead of CPU",
    ),
    key(
        "sizes.*.mem_gb",
        Kind::Count,
        None,
        "Memory of the points that a pattern names, instead of MEM",
    ),
    key(
        "after.*",
        Kind::TextList,
        None,
        "Points, by pattern, that start when those of these patterns are done",
    ),
    key(
        "run.preset",
        Kind::Text,
        None,
        "Preset of presets.toml whose options are put over those of the decks",
    ),
    key(
        "run.recipes",
        Kind::TextList,
        None,
        "Recipes of simulator options to try, one after the other, where a point does not converge",
    ),
    key("recipes.*.*", Kind::Any, None, "A recipe: options such as method = 'gear', gmin = 1e-10"),
    key("run.retries", Kind::Count, Some("2"), "Further attempts after a failure that may pass"),
    key(
        "run.retry_delay",
        Kind::Duration,
        Some("1s"),
        "Wait before the first of them; doubles each time",
    ),
    key(
        "run.breaker_in_a_row",
        Kind::Count,
        Some("10"),
        "Failures of one class in a row that stop the run; 0 never does",
    ),
    key(
        "run.breaker_percent",
        Kind::Number,
        Some("50"),
        "Share of failures of one class, after 20 results, that stops the run; 0 never does",
    ),
    key("simulators.*.base", Kind::Text, None, "Simulator whose description this one changes"),
    key("simulators.*.program", Kind::Text, None, "Program of a simulator, a name or a path"),
    key(
        "simulators.*.args",
        Kind::TextList,
        None,
        "Its arguments, with placeholders such as {deck}",
    ),
    key(
        "simulators.*.init_args",
        Kind::TextList,
        None,
        "Arguments that skip the user's start-up files",
    ),
    key(
        "simulators.*.version_args",
        Kind::TextList,
        None,
        "Arguments that make it print its version",
    ),
    key("simulators.*.version_text", Kind::Text, None, "Text in the line with the version"),
    key(
        "simulators.*.multi_threaded",
        Kind::Bool,
        None,
        "Whether it uses the CPU threads it is given",
    ),
    key("simulators.*.measures", Kind::Choice(&["log", "files"]), None, "Where its measures are"),
    key(
        "simulators.*.measure_files",
        Kind::TextList,
        None,
        "Its measure files, such as {stem}.mt#",
    ),
    key(
        "simulators.*.logs",
        Kind::TextList,
        None,
        "Further logs that it writes, such as {stem}.lis",
    ),
    key(
        "simulators.*.finished_text",
        Kind::Text,
        None,
        "What it prints at the end of a whole simulation",
    ),
    key(
        "simulators.*.temperature_text",
        Kind::Text,
        None,
        "What stands before the temperature it prints",
    ),
    key("simulators.*.exit_codes", Kind::Any, None, "Exit codes that mean success"),
    key("simulators.*.env.*", Kind::Text, None, "A variable set for it"),
    key(
        "simulators.*.environment",
        Kind::TextList,
        None,
        "Inherited variables that change its results",
    ),
    key(
        "simulators.*.batch",
        Kind::Choice(&["", "ngspice"]),
        None,
        "How it runs several points in a process",
    ),
    key("simulators.*.patterns", Kind::Any, None, "Texts of its log with their classes of failure"),
    key(
        "report.interactions",
        Kind::Bool,
        Some("false"),
        "Report what two parameters of the samples do only together",
    ),
    key("report.typ", Kind::Text, None, "The typical point of the report, a point id"),
    key("specs.*.min", Kind::Quantity, None, "Lower limit of a measure"),
    key("specs.*.max", Kind::Quantity, None, "Upper limit of a measure"),
    key("specs.*.title", Kind::Text, None, "What a measure is, in a few words, for the report"),
    key("specs.*.unit", Kind::Text, None, "Unit of a measure, such as s"),
    key("specs.*.corners.*.min", Kind::Quantity, None, "Lower limit of a measure at one corner"),
    key("specs.*.corners.*.max", Kind::Quantity, None, "Upper limit of a measure at one corner"),
    key("node.*.title", Kind::Text, None, "What a process node is, in a few words"),
    key("node.*.technology_nm", Kind::Number, None, "Feature size of a process node"),
    key("node.*.vendor", Kind::Text, None, "Who makes a process node"),
    key("node.*.libraries", Kind::TextList, None, "Libraries of a process node"),
    key(
        "node.*.pvt_corners",
        Kind::TextList,
        None,
        "Corners that the libraries of a node are validated at",
    ),
    key(
        "node.*.naming_pattern",
        Kind::Text,
        None,
        "Regular expression of a node's library names, with named groups such as lib_type, vt_type, version",
    ),
    key("tool.*.path", Kind::Text, None, "A program that must be there, a name or a path"),
    key(
        "tool.*.version",
        Kind::Text,
        None,
        "Versions of a tool that are allowed, such as `>=38, <45`",
    ),
    key(
        "tool.*.version_args",
        Kind::TextList,
        None,
        "Arguments that make a tool print its version [--version]",
    ),
    key(
        "tool.*.licence",
        Kind::TextList,
        None,
        "Program and arguments that end with 0 where a tool has a licence",
    ),
    key(
        "tool.*.licence_pattern",
        Kind::Text,
        None,
        "What a line of the licence program's output must be, `*` standing for any text",
    ),
    key("check.disk_free_gb", Kind::Number, Some("1"), "Free disk below which `check` warns"),
    key("check.memory_free_gb", Kind::Number, Some("1"), "Free memory below which `check` warns"),
    key(
        "check.commands.*.command",
        Kind::TextList,
        None,
        "Program and arguments that find out whether a tool or its licences are there",
    ),
    key("check.commands.*.exit_code", Kind::Count, None, "Exit code that means yes [0]"),
    key(
        "check.commands.*.pattern",
        Kind::Text,
        None,
        "What a line of its output must be, `*` standing for any text",
    ),
    key(
        "check.commands.*.timeout",
        Kind::Duration,
        None,
        "Time after which the answer is no [30s]",
    ),
    key(
        "measures.print",
        Kind::TextList,
        None,
        "What `print` writes that counts as a measure, beside plain names: `v(y)`, `i(vdd)`, `v(a)-v(b)`",
    ),
    key(
        "alerts.failure_rate",
        Kind::Number,
        Some("0.1"),
        "Share of failed points above which `run` raises an alert",
    ),
    key(
        "alerts.cpu_percent",
        Kind::Number,
        None,
        "Load of the last minute over the number of CPUs, in percent, above which an alert is raised",
    ),
    key(
        "alerts.memory_percent",
        Kind::Number,
        None,
        "Share of the memory in use above which an alert is raised",
    ),
    key(
        "alerts.disk_percent",
        Kind::Number,
        None,
        "Share of the folder's disk in use above which an alert is raised",
    ),
    key(
        "notify.*.command",
        Kind::TextList,
        None,
        "Program and arguments that receive alerts; the event is JSON on its standard input",
    ),
    key(
        "notify.*.severity",
        Kind::Choice(&["info", "warning", "critical"]),
        None,
        "Least severity that it receives [warning]",
    ),
    key("notify.*.timeout", Kind::Duration, None, "Time after which it is ended [10s]"),
    key("notify.*.retries", Kind::Count, None, "How often it is tried again when it fails [1]"),
    key("core.path", Kind::Text, None, "Folder of the site's validated scripts"),
    key("core.version", Kind::Text, None, "Last name of core.path, the validated version"),
    key("core.entry", Kind::Text, None, "The script that is called for a stage [sim_pvt.sh]"),
    key("core.files.*.lines", Kind::Count, None, "Line count that a validated script must have"),
    key("core.files.*.sha256", Kind::Text, None, "SHA-256 that a validated script must have"),
    key("usr.script", Kind::Text, None, "The site's own program, run by the usr stage"),
    key(
        "litho.simulator",
        Kind::Text,
        Some("physics"),
        "Simulator of `litho-predict simulate`: physics, synthetic, or one of litho.simulators",
    ),
    key(
        "litho.simulators.*.command",
        Kind::TextList,
        None,
        "Program and arguments of a simulator; {jobs} and {results} become its files",
    ),
    key(
        "litho.simulators.*.format",
        Kind::Choice(&["csv", "jsonl"]),
        None,
        "Format of both files; prolith exchanges csv, others jsonl",
    ),
    key("litho.simulators.*.folder", Kind::Text, None, "Folder of the files [litho-NAME]"),
    key("litho.simulators.*.timeout", Kind::Duration, None, "Time after which it is stopped"),
    key("litho.simulators.*.columns.*", Kind::Text, None, "The simulator's name of a field"),
    key("usr.args", Kind::TextList, None, "Arguments of the usr stage's program"),
    key(
        "trust.folders",
        Kind::TextList,
        None,
        "Folders whose configuration files may name programs, whoever wrote them; only in one's own file",
    ),
    key("bkp.include", Kind::TextList, None, "Patterns of files to back up that would be left out"),
    key("bkp.exclude", Kind::TextList, None, "Patterns of files that are not backed up"),
    key(
        "bkp.max_age",
        Kind::Duration,
        None,
        "Age of the last verified set or drill from which `check` warns",
    ),
    key("store.program", Kind::Text, Some("restic"), "The program of backup stores"),
    key(
        "store.repository",
        Kind::Text,
        None,
        "The store of `bkp --store`, as the program names it",
    ),
    key("store.password_file", Kind::Text, None, "File with the store's password"),
    key("store.password_command", Kind::Text, None, "Command that prints the store's password"),
    key("bkp.keep", Kind::Count, None, "Backup sets kept by `bkp prune`"),
];

#[cfg(test)]
mod tests {
    use super::KEYS;

    #[test]
    fn defaults_are_of_their_kind_and_keys_are_unique() {
        for (i, key) in KEYS.iter().enumerate() {
            assert_eq!(key.default.is_some(), key.default_value().is_some(), "{}", key.path);
            assert!(KEYS[..i].iter().all(|other| other.path != key.path), "{}", key.path);
        }
    }
}
