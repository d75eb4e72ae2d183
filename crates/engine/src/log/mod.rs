//! What the exit and the log of a simulation mean: success, or a class of failure.

mod own_words;
mod scan;

use crate::class::Class;
use crate::simulator::{MeasureSource, Simulator, Weight};
use scan::Scan;

/// Texts that mean the same in the output of every simulator.
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

/// The largest difference between the temperature that a simulator states and the one that was
/// asked for, in Celsius: rounding to four digits explains this much.
pub const TEMPERATURE_TOLERANCE_C: f64 = 1e-3;

/// How a simulator's process ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exit<'a> {
    /// Exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal.
    pub signal: Option<i32>,
    /// Whether it was ended because its time limit was reached.
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
    /// The reason in one line, for people.
    pub reason: String,
}

impl Failure {
    /// A failure of a class.
    pub fn new(class: Class, reason: impl Into<String>) -> Failure {
        Failure { class, reason: reason.into() }
    }
}

/// What a log is judged by.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// The deck that was simulated, with the control blocks of the files that it reads: lines of
    /// the log that repeat its title, comments and echoes are no errors.
    pub deck: &'a str,
    /// The measures that the deck asks for, in lower case.
    pub asked: &'a [String],
    /// The temperature that must have been simulated, in Celsius.
    pub temp_c: Option<f64>,
}

impl About<'_> {
    /// Whether the deck does its work in a control block.
    fn has_control(&self) -> bool {
        self.deck.lines().any(|line| line.trim().eq_ignore_ascii_case(".control"))
    }

    /// Whether a command of a control block sets the temperature, so that the deck goes on to other
    /// temperatures by itself.
    fn alters_temp(&self) -> bool {
        let mut is_control = false;
        self.deck.lines().map(|line| line.trim().to_ascii_lowercase()).any(|line| {
            is_control = line.starts_with(".control") || is_control && !line.starts_with(".endc");
            let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
            let first = words.next();
            is_control
                && matches!(first, Some("set" | "option" | "options"))
                && words.any(|word| word == "temp")
        })
    }
}

/// Returns the failure that exit and log show, if any. Measures are judged separately.
///
/// A missing licence or a full disk explains all other errors. Of other errors the first one
/// counts; texts that only report a failure, such as `doAnalyses:`, give way to the line that
/// states the reason.
pub fn judge(
    simulator: &Simulator,
    exit: &Exit<'_>,
    log: &str,
    about: About<'_>,
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
    let mut scan = Scan::new(simulator, log, about.deck, about.asked);
    if let Some(failure) = first_cause(simulator, &mut scan) {
        return Some(failure);
    }
    if let Some(signal) = exit.signal {
        let hint = if signal == 9 { " (out of memory?)" } else { "" };
        return Some(Failure::new(Class::Crash, format!("ended by signal {signal}{hint}")));
    }
    if let Some(failure) = bad_exit(simulator, exit, log, &about, &mut scan) {
        return Some(failure);
    }
    if !log.to_ascii_lowercase().contains(&simulator.finished_text.to_ascii_lowercase()) {
        let reason = format!("the log does not say `{}`", simulator.finished_text);
        return Some(Failure::new(Class::Incomplete, reason));
    }
    if simulator.measures == MeasureSource::Log && log.is_empty() {
        return Some(Failure::new(Class::Incomplete, "the log is empty"));
    }
    // A number that was cut is still a number, so a cut log must be refused as a whole.
    if simulator.measures == MeasureSource::Log && !log.ends_with('\n') {
        return Some(Failure::new(Class::Incomplete, "the log ends in the middle of a line"));
    }
    about.temp_c.and_then(|temp_c| wrong_temperature(simulator, log, temp_c, about.alters_temp()))
}

/// The failure that the log reports.
fn first_cause(simulator: &Simulator, scan: &mut Scan<'_>) -> Option<Failure> {
    let outside = COMMON
        .iter()
        .filter_map(|(class, text)| scan.text(*class, text))
        .min_by_key(|hit| hit.class);
    if let Some(hit) = outside {
        return Some(Failure::new(hit.class, scan.reason(hit.start)));
    }
    let mut first = |weight: Weight| {
        let patterns = simulator.patterns.iter().filter(|pattern| pattern.weight == weight);
        patterns.filter_map(|pattern| scan.first(pattern)).min()
    };
    let (cause, hint, sign) = (first(Weight::Cause), first(Weight::Hint), first(Weight::Sign));
    let failed = cause.or(sign)?;
    // A singular matrix explains why nothing converged, although the simulator only warns of it.
    if let Some(hint) = hint.filter(|hint| cause.is_none_or(|cause| hint.class < cause.class)) {
        return Some(Failure::new(hint.class, scan.reason(hint.start)));
    }
    let start = match cause {
        Some(hit) => hit.start,
        None => {
            let signs = simulator.patterns.iter().filter(|p| p.weight == Weight::Sign);
            let signs: Vec<String> = signs.map(|p| p.text.to_ascii_lowercase()).collect();
            scan.first_error(&signs).unwrap_or(failed.start)
        }
    };
    Some(Failure::new(failed.class, scan.reason(start)))
}

/// The failure of an exit code that nothing in the log explains.
fn bad_exit(
    simulator: &Simulator,
    exit: &Exit<'_>,
    log: &str,
    about: &About<'_>,
    scan: &mut Scan<'_>,
) -> Option<Failure> {
    let code = exit.code.unwrap_or(-1);
    if simulator.exit_codes.contains(&code) {
        return None;
    }
    let nothing_asked =
        !simulator.nothing_asked_text.is_empty() && log.contains(&simulator.nothing_asked_text);
    if nothing_asked && about.has_control() {
        // The control block did the work and does not end with `quit`.
        return None;
    }
    if nothing_asked {
        let reason = "the deck has no .meas, .print, .plot or .four: the simulator ran no analysis";
        return Some(Failure::new(Class::Netlist, reason));
    }
    let why = scan.first_error(&[]).map(|start| scan.reason(start));
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    Some(Failure::new(Class::Exit, format!("exit code {code}{why}")))
}

/// The failure of a stated temperature that is not the point's. If the deck alters the temperature,
/// the first one counts.
fn wrong_temperature(
    simulator: &Simulator,
    log: &str,
    temp_c: f64,
    alters: bool,
) -> Option<Failure> {
    let text = simulator.temperature_text.as_str();
    if text.is_empty() {
        return None;
    }
    let wrong = log
        .match_indices(text)
        .filter_map(|(at, _)| log[at + text.len()..].split_whitespace().next())
        .take(if alters { 1 } else { usize::MAX })
        .find(|word| {
            libchar_core::number::parse_decimal(word)
                .is_none_or(|simulated| (simulated - temp_c).abs() > TEMPERATURE_TOLERANCE_C)
        })?;
    let reason = format!("simulated at {wrong} C instead of {temp_c} C");
    Some(Failure::new(Class::Temperature, reason))
}

#[cfg(test)]
mod tests {
    use super::{About, Exit, Failure, judge};
    use crate::class::Class;
    use crate::simulator::Simulator;

    fn failure(code: i32, log: &str, about: About<'_>) -> Option<Failure> {
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let exit = Exit { code: Some(code), ..Exit::default() };
        judge(&ngspice, &exit, log, about)
    }

    /// ngspice's `examples/various/dc_loop.sp` does this; a log that never states the deck's own
    /// temperature is that of another deck.
    #[test]
    fn a_deck_may_go_on_to_other_temperatures_by_itself() {
        let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let log = "Doing analysis at TEMP = -40.0 and\nDoing analysis at TEMP = 20.0 and\nngspice-39 done\n";
        let judge = |deck: &str, temp_c: f64| {
            let about = About { deck, temp_c: Some(temp_c), ..About::default() };
            super::judge(&simulator, &Exit { code: Some(0), ..Exit::default() }, log, about)
        };
        let altered =
            "*\n.control\nforeach t -40 20\n  set temp = $t\n  dc v1 0 1 1\nend\n.endc\n.end\n";
        assert_eq!(judge(altered, -40.0), None);
        for (deck, temp_c) in [(altered, 20.0), ("* set temp = 20\n.temp -40\n.end\n", -40.0)] {
            assert_eq!(judge(deck, temp_c).map(|f| f.class), Some(Class::Temperature), "{deck}");
        }
    }

    fn class(code: i32, log: &str, temp_c: f64) -> Option<Class> {
        let about = About { temp_c: Some(temp_c), ..About::default() };
        failure(code, log, about).map(|failure| failure.class)
    }

    fn reason(code: i32, log: &str) -> (Class, String) {
        let Failure { class, reason } = failure(code, log, About::default()).unwrap();
        (class, reason)
    }

    /// Lines as Debian's ngspice 39.3 prints them.
    #[test]
    fn what_ngspice_prints_is_classified() {
        let fine = "Doing analysis at TEMP = -40.000000 and TNOM = 27.000000\n";
        assert_eq!(class(0, fine, -40.0), None);
        assert_eq!(class(0, fine, 27.0), Some(Class::Temperature));
        assert_eq!(class(0, fine, -40.01), Some(Class::Temperature), "a hundredth of a degree");
        for (log, expected) in [
            ("Error: unknown subckt: xq a b nosub\n", Class::Netlist),
            ("Error: Could not find include file nofile.inc\n", Class::Netlist),
            ("Warning: singular matrix:  check node v1#branch\ndoAnalyses: x", Class::Singular),
            ("doAnalyses: TRAN:  Timestep too small; time = 1e-9\n", Class::Convergence),
            (
                " Reference value :  5.00e-09doAnalyses: iteration limit reached\n",
                Class::Convergence,
            ),
            ("lmgrd: Licensed number of users already reached.\n", Class::Licence),
        ] {
            // ngspice's exit code is not meaningful.
            assert_eq!(class(0, log, 27.0), Some(expected), "{log}");
            assert_eq!(class(1, log, 27.0), Some(expected), "{log}");
        }
        assert_eq!(class(1, fine, -40.0), Some(Class::Exit));
        assert_eq!(class(0, &format!("{fine}tphl = 2.4"), -40.0), Some(Class::Incomplete));
        assert_eq!(class(0, "", -40.0), Some(Class::Incomplete));
    }

    /// Logs of ngspice 39.3, shortened.
    #[test]
    fn the_first_error_with_its_explanation_is_the_reason() {
        for (log, class, expected) in [
            (
                "ERROR, library file x.lib, section definition SSX not found\n\nERROR: fatal error in ngspice, exit(1)\n",
                Class::Netlist,
                "ERROR, library file x.lib, section definition SSX not found",
            ),
            (
                "Error on line 7 or its substitute:\n  .trann 10p 20n\n unimplemented control card - error \n    \
                 Simulation interrupted due to error!\n",
                Class::Netlist,
                "Error on line 7 or its substitute: .trann 10p 20n unimplemented control card - error",
            ),
            (
                "Error: no data saved for A.C. Small signal analysis; analysis not run\n\ndoAnalyses: not found\n\n\
                 run simulation(s) aborted\n",
                Class::Netlist,
                "Error: no data saved for A.C. Small signal analysis; analysis not run",
            ),
            (
                "Netlist line no. 4:\nUndefined parameter [rx]\nNetlist line no. 4:\nCannot compute substitute\n\n\
                 ERROR: fatal error in ngspice, exit(1)\n",
                Class::Netlist,
                "Netlist line no. 4: Undefined parameter [rx]",
            ),
        ] {
            assert_eq!(reason(1, log), (class, expected.to_owned()));
        }
        assert_eq!(
            reason(3, "x\nError: no such function as foo,\n"),
            (Class::Exit, "exit code 3: Error: no such function as foo,".to_owned())
        );
    }

    #[test]
    fn a_measure_that_uses_a_failed_one_is_no_fault_of_the_netlist() {
        let log = "Error: measure  td  when(WHEN) : out of interval\n .meas tran td when v(b)=0.5 failed!\n\n\
                   Netlist line no. 10:\nUndefined parameter [td]\nNetlist line no. 10:\nCannot compute substitute\n\
                   vmax                =  3.000000e-01 at=  2.0e-08\ntd2                 =   failed\n";
        let asked = ["td".to_owned(), "vmax".to_owned(), "td2".to_owned()];
        let about = About { asked: &asked, ..About::default() };
        assert_eq!(failure(0, log, about), None);
        // The same text, before the circuit was read at all.
        let fatal = format!("{log}ERROR: fatal error in ngspice, exit(1)\n");
        assert_eq!(failure(1, &fatal, about).unwrap().class, Class::Netlist);
    }

    #[test]
    fn the_users_words_and_warnings_are_no_errors() {
        let deck = "* out of memory: DRAM sense amp\n* singular matrix demonstrator\n.control\nrun\n\
                    echo could not find any glitch\necho Error on line 7: no space left on device\n.endc\n";
        let log = "Warning: Could not find the instance line for v1,\n\
                   Warning: singular matrix:  check node v1#branch\nCircuit: * out of memory: dram sense amp\n\
                   could not find any glitch\nError on line 7: no space left on device\n";
        let about = About { deck, ..About::default() };
        assert_eq!(failure(0, log, about), None);
        let note = "Note: No \".plot\", \".print\", or \".fourier\" lines; no simulations run\n";
        assert_eq!(failure(1, &format!("{log}{note}"), about), None, "only `quit` is missing");
        let about = About { deck: "t\n.tran 1n 2n\n.end\n", ..about };
        assert_eq!(
            failure(1, note, about).unwrap().reason,
            "the deck has no .meas, .print, .plot or .four: the simulator ran no analysis"
        );
    }

    /// ngspice 39.3 with `stop when time = 1ms`, `tran`, and with `resume` after them.
    #[test]
    fn a_pause_that_is_resumed_is_no_failure() {
        let paused = "Doing analysis at TEMP = 27.000000 and TNOM = 27.000000\n\ndoAnalyses: pause requested\n\n\
                      tran simulation interrupted\n";
        assert_eq!(reason(0, paused), (Class::Exit, "doAnalyses: pause requested".to_owned()));
        let resumed = format!("{paused}Doing analysis at TEMP = 27.000000 and TNOM = 27.000000\n");
        assert_eq!(failure(0, &resumed, About::default()), None);
        let again = format!("{resumed}doAnalyses: pause requested\n");
        assert_eq!(reason(0, &again).0, Class::Exit);
        let failed = format!("{resumed}doAnalyses: not found\n\nrun simulation(s) aborted\n");
        assert_eq!(reason(0, &failed).0, Class::Netlist);
    }

    #[test]
    fn how_the_process_ended_counts_first() {
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let timed_out = Exit { signal: Some(15), timed_out: true, ..Exit::default() };
        let about = About::default();
        let failure = judge(&ngspice, &timed_out, "Timestep too small", about).unwrap();
        assert_eq!(failure.class, Class::Timeout);
        let crash = Exit { signal: Some(11), ..Exit::default() };
        assert_eq!(judge(&ngspice, &crash, "", about).unwrap().reason, "ended by signal 11");
    }
}
