//! What a simulation's exit and log say: fine, or which class of failure.

use crate::class::Class;
use crate::simulator::{MeasureSource, Pattern, Simulator};

/// Texts that mean the same from every simulator.
const COMMON: [(Class, &str); 13] = [
    (Class::Licence, "licensed number of users already reached"),
    (Class::Licence, "license checkout failed"),
    (Class::Licence, "unable to checkout"),
    (Class::Licence, "unable to check out"),
    (Class::Licence, "cannot connect to license server"),
    (Class::Licence, "could not obtain license"),
    (Class::Licence, "flexnet licensing error"),
    (Class::Licence, "flexlm error"),
    (Class::FileSystem, "no space left on device"),
    (Class::FileSystem, "disk quota exceeded"),
    (Class::FileSystem, "stale file handle"),
    (Class::FileSystem, "input/output error"),
    (Class::FileSystem, "read-only file system"),
];

/// How a simulator's process ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exit<'a> {
    /// Exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal.
    pub signal: Option<i32>,
    /// Whether its time was over.
    pub timed_out: bool,
    /// Whether the run was stopped.
    pub cancelled: bool,
    /// Why it could not be started.
    pub not_started: Option<&'a str>,
}

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its class.
    pub class: Class,
    /// What was found, for people: one line.
    pub reason: String,
}

impl Failure {
    /// A failure of a class.
    pub fn new(class: Class, reason: impl Into<String>) -> Failure {
        Failure { class, reason: reason.into() }
    }
}

/// The failure that exit and log show, if any. Measures are judged apart.
///
/// Of several texts the one of the most telling class counts: a licence that is missing explains all the rest.
/// `temp_c` is the temperature that must have been simulated.
pub fn judge(
    simulator: &Simulator,
    exit: &Exit<'_>,
    log: &str,
    temp_c: Option<f64>,
) -> Option<Failure> {
    if let Some(why) = exit.not_started {
        return Some(Failure::new(Class::Start, why));
    }
    if exit.cancelled {
        return Some(Failure::new(Class::Cancelled, "the run was stopped"));
    }
    if exit.timed_out {
        return Some(Failure::new(Class::Timeout, "the time was over"));
    }
    if let Some(failure) = find_pattern(simulator, log) {
        return Some(failure);
    }
    if let Some(signal) = exit.signal {
        let hint = if signal == 9 { " (out of memory?)" } else { "" };
        return Some(Failure::new(Class::Crash, format!("ended by signal {signal}{hint}")));
    }
    let code = exit.code.unwrap_or(-1);
    if !simulator.exit_codes.contains(&code) {
        // ngspice ends so when a control block does the work and does not say `quit`.
        let hint = if log.contains("no simulations run") {
            ": no analysis, or a control block without `quit`"
        } else {
            ""
        };
        return Some(Failure::new(Class::Exit, format!("exit code {code}{hint}")));
    }
    if !log.to_ascii_lowercase().contains(&simulator.finished_text.to_ascii_lowercase()) {
        let reason = format!("the log does not say `{}`", simulator.finished_text);
        return Some(Failure::new(Class::Incomplete, reason));
    }
    if simulator.measures == MeasureSource::Log && log.is_empty() {
        return Some(Failure::new(Class::Incomplete, "the log is empty"));
    }
    // Half a number is a number too.
    if simulator.measures == MeasureSource::Log && !log.ends_with('\n') {
        return Some(Failure::new(Class::Incomplete, "the log ends in the middle of a line"));
    }
    temp_c.and_then(|temp_c| wrong_temperature(simulator, log, temp_c))
}

fn find_pattern(simulator: &Simulator, log: &str) -> Option<Failure> {
    let lower = log.to_ascii_lowercase();
    let common = COMMON.iter().map(|(class, text)| (*class, (*text).to_owned()));
    let own = simulator
        .patterns
        .iter()
        .map(|Pattern { class, text }| (*class, text.to_ascii_lowercase()));
    // The order of the classes is the order in which they explain each other.
    let (class, at) = common
        .chain(own)
        .filter_map(|(class, text)| {
            memchr::memmem::find(lower.as_bytes(), text.as_bytes()).map(|at| (class, at))
        })
        .min()?;
    Some(Failure::new(class, line_at(log, at)))
}

/// The line at a position, short enough for a table.
fn line_at(log: &str, at: usize) -> String {
    let breaks = ['\n', '\r'];
    let start = log[..at].rfind(breaks).map_or(0, |i| i + 1);
    let end = log[at..].find(breaks).map_or(log.len(), |i| at + i);
    let line: String = log[start..end].trim().chars().filter(|c| !c.is_control()).collect();
    line.chars().take(200).collect()
}

fn wrong_temperature(simulator: &Simulator, log: &str, temp_c: f64) -> Option<Failure> {
    let text = simulator.temperature_text.as_str();
    if text.is_empty() {
        return None;
    }
    let wrong = log
        .match_indices(text)
        .filter_map(|(at, _)| log[at + text.len()..].split_whitespace().next())
        .find(|word| {
            libchar_core::number::parse_decimal(word)
                .is_none_or(|simulated| (simulated - temp_c).abs() > 1e-3)
        })?;
    let reason = format!("simulated at {wrong} C instead of {temp_c} C");
    Some(Failure::new(Class::Temperature, reason))
}

#[cfg(test)]
mod tests {
    use super::{Exit, judge};
    use crate::class::Class;
    use crate::simulator::Simulator;

    fn class(code: i32, log: &str, temp_c: f64) -> Option<Class> {
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let exit = Exit { code: Some(code), ..Exit::default() };
        judge(&ngspice, &exit, log, Some(temp_c)).map(|failure| failure.class)
    }

    /// Lines as Debian's ngspice 39.3 prints them.
    #[test]
    fn what_ngspice_prints_is_classified() {
        let fine = "Doing analysis at TEMP = -40.000000 and TNOM = 27.000000\n";
        assert_eq!(class(0, fine, -40.0), None);
        assert_eq!(class(0, fine, 27.0), Some(Class::Temperature));
        for (log, expected) in [
            ("Error: unknown subckt: xq a b nosub\n", Class::Netlist),
            ("Error: Could not find include file nofile.inc\n", Class::Netlist),
            ("Warning: singular matrix:  check node v1#branch\ndoAnalyses: x", Class::Singular),
            ("doAnalyses: TRAN:  Timestep too small; time = 1e-9\n", Class::Convergence),
            ("lmgrd: Licensed number of users already reached.\n", Class::Licence),
        ] {
            // ngspice's exit code says nothing either way.
            assert_eq!(class(0, log, 27.0), Some(expected), "{log}");
            assert_eq!(class(1, log, 27.0), Some(expected), "{log}");
        }
        assert_eq!(class(1, fine, -40.0), Some(Class::Exit));
        assert_eq!(class(0, &format!("{fine}tphl = 2.4"), -40.0), Some(Class::Incomplete));
        assert_eq!(class(0, "", -40.0), Some(Class::Incomplete));
    }

    #[test]
    fn how_the_process_ended_counts_first() {
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let timed_out = Exit { signal: Some(15), timed_out: true, ..Exit::default() };
        let failure = judge(&ngspice, &timed_out, "Timestep too small", None).unwrap();
        assert_eq!(failure.class, Class::Timeout);
        let crash = Exit { signal: Some(11), ..Exit::default() };
        assert_eq!(judge(&ngspice, &crash, "", None).unwrap().reason, "ended by signal 11");
    }
}
