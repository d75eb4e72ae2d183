//! Measures in ngspice's log (stdout and stderr in either order, or the file of `-o`).
//!
//! ngspice prints a success as `name = value targ= … trig= …`, a failed `param=` as `name = failed`, and any
//! other failure as `Error: measure  name …` with `.meas tran name … failed!` on stderr. The name is padded to
//! 20 columns; a longer one is followed by `=` at once.

use super::pass::{Failures, Found, Pass};
use super::printed::{self, Tables};
use super::{Measure, Measures, Status, alters};
use libchar_core::number::parse_decimal;
use libchar_core::{Fault, Faults};
use std::collections::{BTreeMap, BTreeSet};

/// Words that follow the value of a measure, each with `=` and a number.
const DETAILS: [&str; 6] = ["targ", "trig", "at", "from", "to", "with"];

/// Column to which ngspice pads a measure's name.
const PADDED_COLUMN: usize = 20;

/// Whether a text is a log of ngspice. A log of LTspice begins with the circuit, too.
pub fn recognizes(text: &str) -> bool {
    let begins = |begin: &str| text.lines().any(|line| line.starts_with(begin));
    begins("Doing analysis at TEMP") || begins("Circuit: ") && !super::foreign::is_ltspice(text)
}

/// Reads the measures of a log; `file` names it in faults.
///
/// # Errors
/// The errors of [`parse_asked`].
pub fn parse(file: &str, log: &str) -> Result<Measures, Faults> {
    parse_asked(file, log, &[])
}

/// Reads the measures of a log; `file` names it in faults. Of the output of `print`, names that a
/// measure may have always count; expressions such as `v(y)`, and columns of tables, count if
/// `asked` contains them ([`printed::normal`]).
///
/// A control block may run analyses of several kinds: their output belongs together. If it runs the
/// circuit again with another value, every measure is printed again: these runs count as alters 1,
/// 2, … A run that only repeats the output of an earlier one (ngspice runs the analyses twice if a
/// deck has both a control block and `.print`) does not count. If an alter lacks a measure that
/// another alter has, the measure is `failed` if ngspice reports a failure of it anywhere, else
/// `missing`.
///
/// A measure that has two different values in one alter is `failed`: nobody can know which one is
/// meant. So is one whose window lies outside of the simulation: ngspice clamps the window and
/// prints a number.
///
/// # Errors
/// A value that is cut, as when standard output and standard error are mixed within a line.
pub fn parse_asked(file: &str, log: &str, asked: &[String]) -> Result<Measures, Faults> {
    let mut reader = LogReader { asked, ..LogReader::default() };
    for (index, line) in log.split('\n').enumerate() {
        // Progress ends in a carriage return, or in nothing at all.
        for part in line.split('\r') {
            reader.read_line(without_progress(part), index + 1);
        }
    }
    let LogReader { mut passes, failures, .. } = reader;
    let mut faults = Vec::new();
    for pass in &mut passes {
        drop_reprints(pass);
        join_repeated(pass);
        find_cut(file, pass, &mut faults);
    }
    let mut passes = alters::join(passes, &failures);
    if passes.is_empty() && !failures.is_empty() {
        passes.push(Pass::default());
    }
    let mut measures = Measures { sweep: Vec::new(), rows: rows(&passes, &failures) };
    for table in tables(&passes) {
        if let Err(fault) = measures.join(file, table) {
            faults.push(fault);
        }
    }
    Faults::or(measures, faults)
}

#[derive(Default)]
struct LogReader<'a> {
    asked: &'a [String],
    passes: Vec<Pass<'a>>,
    failures: Failures,
    tables: Tables,
}

impl<'a> LogReader<'a> {
    fn read_line(&mut self, line: &'a str, number: usize) {
        let (passes, failures) = (&mut self.passes, &mut self.failures);
        let text = line.trim();
        if let Some(conditions) = text.strip_prefix("Doing analysis at TEMP = ") {
            // A table ends with its analysis.
            self.tables = Tables::default();
            // Output on stderr may come before the heading of the first pass.
            if passes.last().is_none_or(|pass| pass.headed || !pass.is_empty()) {
                passes.push(Pass::default());
            }
            let pass = current(passes);
            pass.headed = true;
            pass.temp_c = conditions.split_whitespace().next().and_then(parse_decimal);
        } else if let Some((name, reason)) = failure(text) {
            let failure = failures.entry(name.to_ascii_lowercase()).or_default();
            failure.line = if failure.line == 0 { number } else { failure.line };
            match text.starts_with("Error: ") {
                true => failure.errors += 1,
                false => failure.statements += 1,
            }
            failure.reason = failure.reason.take().or(reason);
        } else if text.contains("simulation(s) aborted") {
            current(passes).aborted = true;
        } else if let Some(found) = measure(line, number) {
            current(passes).found.push(found);
        } else if let Some((name, value, flaw)) = printed::scalar(line, self.asked) {
            let found = Found { flaw, ..Found::of(name, value, number) };
            current(passes).found.push(found);
        } else if !self.asked.is_empty() && (self.tables.is_open() || Tables::begin(line)) {
            let columns = &mut current(passes).columns;
            self.tables.take(line, number, self.asked, columns);
        }
    }
}

/// The columns of tables, joined by their scale.
fn tables(passes: &[Pass]) -> Vec<Measures> {
    let mut tables: BTreeMap<&str, Measures> = BTreeMap::new();
    for (alter, pass) in (1..).zip(passes) {
        for column in &pass.columns {
            let table = tables.entry(&column.scale).or_default();
            table.sweep = vec![column.scale.clone()];
            table.rows.extend(column.rows(alter, pass.temp_c));
        }
    }
    tables.into_values().collect()
}

fn current<'p, 'a>(passes: &'p mut Vec<Pass<'a>>) -> &'p mut Pass<'a> {
    if passes.is_empty() {
        passes.push(Pass::default());
    }
    let last = passes.len() - 1;
    &mut passes[last]
}

/// The line after any ` Reference value :  1.0e-09` that ngspice wrote without ending the line.
fn without_progress(mut line: &str) -> &str {
    while let Some((_, after)) = line.split_once("Reference value :") {
        let after = after.trim_start();
        let number = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e'));
        line = &after[after.find(number).unwrap_or(after.len())..];
    }
    line
}

/// The name of the measure that a line reports as failed.
pub(crate) fn failed_measure(text: &str) -> Option<&str> {
    let lower = text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("error: measure "));
    if lower {
        return text[15..].split_whitespace().next();
    }
    failure(text).map(|(name, _)| name)
}

/// The measure that a line reports as failed, and the reason if the line states one.
fn failure(text: &str) -> Option<(&str, Option<String>)> {
    if let Some(said) = text.strip_prefix("Error: measure ") {
        // `Error: measure  bad  trig(TRIG) : out of interval`, `Error: measure  der failed:`
        let (name, why) = said.trim_start().split_once(char::is_whitespace)?;
        let why = why.trim();
        return Some((name, (why != "failed:").then(|| why.to_owned())));
    }
    let statement = text.strip_suffix("failed!")?;
    let mut words = statement.split_whitespace();
    let keyword = words.next()?.trim_start_matches('.');
    if !keyword.eq_ignore_ascii_case("meas") && !keyword.eq_ignore_ascii_case("measure") {
        return None;
    }
    // `.meas tran bad trig … failed!`
    Some((words.nth(1)?, None))
}

/// Reads a line `name = value`, with nothing after it but what ngspice adds to a measure.
pub(super) fn measure(line: &str, number: usize) -> Option<Found<'_>> {
    let (before, after) = line.split_once('=')?;
    let name = before.trim_end();
    let mut characters = name.chars();
    let named = characters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && characters.all(|c| c.is_alphanumeric() || "_.[]<>:#@%-".contains(c));
    if !named {
        return None;
    }
    let mut words = after.split_whitespace();
    let value = words.next()?;
    let said_to_fail = value.eq_ignore_ascii_case("failed");
    if !said_to_fail && !is_number(value) {
        return None;
    }
    let (mut from, mut to) = (None, None);
    while let Some(word) = words.next() {
        // `targ=  1.0e-09`, or `targ=1.0e-09`
        let (detail, number) = word.split_once('=')?;
        let number = if number.is_empty() { words.next()? } else { number };
        if !DETAILS.contains(&detail) || !is_number(number) {
            return None;
        }
        match detail {
            "from" => from = parse_decimal(number),
            "to" => to = parse_decimal(number),
            _ => {}
        }
    }
    let outside = from.zip(to).filter(|(from, to)| from > to);
    let padded = before.len() >= PADDED_COLUMN || name.len() > PADDED_COLUMN;
    Some(Found { padded, outside, ..Found::of(name, value, number) })
}

/// Whether a text is a number as C's `printf` writes it, NaN and infinity included.
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "+-.nNiI".contains(c))
        && text.parse::<f64>().is_ok()
}

/// Drops values that `print` and `echo` repeat of a measure.
fn drop_reprints(pass: &mut Pass) {
    let measured: BTreeSet<String> =
        pass.found.iter().filter(|found| found.padded).map(|found| found.name.clone()).collect();
    pass.found.retain(|found| found.padded || !measured.contains(&found.name));
    // A vector in one line adds nothing to the table of it; a single value is better than both.
    let Pass { found, columns, .. } = pass;
    found.retain(|f| f.flaw.is_none() || columns.iter().all(|column| column.name != f.name));
    columns.retain(|column| found.iter().all(|f| column.name != f.name));
}

/// Joins the entries of one name: equal values become one.
fn join_repeated(pass: &mut Pass) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut joined: Vec<Found> = Vec::with_capacity(pass.found.len());
    for found in pass.found.drain(..) {
        match places.get(&found.name) {
            Some(&place) => joined[place].others += usize::from(joined[place].value != found.value),
            None => {
                places.insert(found.name.clone(), joined.len());
                joined.push(found);
            }
        }
    }
    pass.found = joined;
}

/// Finds values that were cut: ngspice writes every value with an exponent of at least two digits.
fn find_cut(file: &str, pass: &Pass, faults: &mut Vec<Fault>) {
    for found in pass.found.iter().filter(|found| found.padded) {
        let exponent = found
            .value
            .split_once('e')
            .map(|(_, exponent)| exponent.trim_start_matches(['+', '-']));
        if parse_decimal(found.value).is_some() && exponent.is_none_or(|digits| digits.len() < 2) {
            let what = format!("the value `{}` of measure `{}` is cut", found.value, found.name);
            faults.push(
                Fault::at(file, found.line, 1, what).expected("a number such as 1.234567e-11"),
            );
        }
    }
}

/// The row of a measure; it has failed if its value means nothing.
fn row(found: &Found, alter: u32) -> Measure {
    let read = Measure::read(&found.name, alter, found.value, found.line);
    let why = if let Some(flaw) = found.flaw {
        flaw.to_owned()
    } else if found.others > 0 {
        format!("named {} times, with different values", found.others + 1)
    } else if let Some((from, to)) = found.outside {
        format!("its window, from {from:e}, lies outside of the simulation, which ends at {to:e}")
    } else {
        return read;
    };
    Measure { value: None, status: Status::Failed, reason: Some(why), ..read }
}

fn rows(passes: &[Pass], failures: &Failures) -> Vec<Measure> {
    let mut known = BTreeSet::new();
    let found = passes.iter().flat_map(|pass| pass.found.iter().map(|found| &found.name));
    let names: Vec<&String> =
        found.chain(failures.keys()).filter(|name| known.insert(*name)).collect();
    // A vector that is only printed on request may be printed for some analyses and not for others.
    let is_measure: BTreeSet<&String> = passes
        .iter()
        .flat_map(|pass| pass.found.iter().filter(|found| found.padded).map(|found| &found.name))
        .collect();
    let mut rows = Vec::new();
    for (alter, pass) in (1..).zip(passes) {
        let found: BTreeMap<_, _> = pass.found.iter().map(|found| (&found.name, found)).collect();
        for &name in &names {
            let row = match (found.get(name), failures.get(name)) {
                (Some(found), _) => row(found, alter),
                (None, Some(failure)) => Measure {
                    reason: failure.reason.clone(),
                    line: failure.line,
                    ..Measure::without_value(name, alter, Status::Failed)
                },
                (None, None) if !is_measure.contains(name) => continue,
                (None, None) => Measure::without_value(name, alter, Status::Missing),
            };
            rows.push(Measure { temp_c: pass.temp_c, ..row });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::measure::Status::{Failed, Missing, Ok};
    use crate::measure::{Measures, Status};

    fn read(log: &str) -> Measures {
        parse("sim_tx.log", log).unwrap()
    }

    fn rows(measures: &Measures) -> Vec<(&str, u32, Option<f64>, Status)> {
        measures.rows.iter().map(|row| (&*row.name, row.alter, row.value, row.status)).collect()
    }

    /// stdout, then stderr, of ngspice 39.3 for an inverter with one impossible measure.
    const INVERTER: &str = "\
Circuit: * inverter level1

Doing analysis at TEMP = 25.000000 and TNOM = 27.000000

vdd#branch                        -1.80733e-12

No. of Data Rows : 1020

  Measurements for Transient Analysis

tphl                =  2.427092e-11 targ=  1.049271e-09 trig=  1.025000e-09
vmax                =  1.875791e+00 at=  1.022500e-09
iavg                =  -5.669428e-06 from=  0.000000e+00 to=  4.002500e-09
tpavg               =  2.63187e-11
badp                =   failed
averylongmeasurenamethatgoesonandon=  9.957562e-01 at=  7.000000e-09


Total analysis time (seconds) = 0.006

Maximum ngspice program size =   21.863 MB.
Stack = 0 bytes.

Error: measure  bad  trig(TRIG) : out of interval
 .meas tran bad trig v(in) val=    9.000000000000000e-01     rise=7 targ v(out) failed!

Error: measure  der failed:
\tfunction 'deriv' currently not supported

 .meas tran der deriv v(b) at=3n failed!
";

    #[test]
    fn a_log_of_ngspice() {
        let measures = read(INVERTER);
        assert_eq!(
            rows(&measures),
            [
                ("tphl", 1, Some(2.427092e-11), Ok),
                ("vmax", 1, Some(1.875791), Ok),
                ("iavg", 1, Some(-5.669428e-06), Ok),
                ("tpavg", 1, Some(2.63187e-11), Ok),
                ("badp", 1, None, Failed),
                ("averylongmeasurenamethatgoesonandon", 1, Some(0.9957562), Ok),
                ("bad", 1, None, Failed),
                ("der", 1, None, Failed),
            ]
        );
        assert_eq!(measures.rows[6].reason.as_deref(), Some("trig(TRIG) : out of interval"));
        let failed = INVERTER.lines().position(|line| line.starts_with("Error: measure  bad  "));
        assert_eq!((measures.rows[0].line, measures.rows[6].line), (11, failed.unwrap() + 1));
        assert!(measures.rows.iter().all(|row| row.temp_c == Some(25.0)));
    }

    #[test]
    fn failures_may_stand_before_everything_else() {
        let (stdout, stderr) = INVERTER.split_at(INVERTER.find("Error: measure").unwrap());
        assert_eq!(rows(&read(&format!("{stderr}{stdout}"))), rows(&read(INVERTER)));
        assert_eq!(rows(&read(stderr)), [("bad", 1, None, Failed), ("der", 1, None, Failed)]);
    }

    #[test]
    fn progress_is_not_part_of_a_line() {
        let log = " Reference value :  4.99e-09\r Reference value :  5.00e-09tphl                =  2.4e-11\n";
        assert_eq!(rows(&read(log)), [("tphl", 1, Some(2.4e-11), Ok)]);
    }

    #[test]
    fn a_measure_that_a_deck_asks_for_and_that_never_comes_is_missing() {
        let mut measures = read(INVERTER);
        measures.complete(["tphl", "f3"]);
        assert_eq!(rows(&measures)[8], ("f3", 1, None, Missing));
        assert_eq!(measures.faulty().count(), 4);
    }

    #[test]
    fn nan_is_a_failed_measure() {
        let measures = read("gain                =  nan\nbw                  =  -inf\n");
        assert_eq!(rows(&measures), [("gain", 1, None, Failed), ("bw", 1, None, Failed)]);
        assert_eq!(measures.rows[0].reason.as_deref(), Some("`nan` is not a finite number"));
    }

    #[test]
    fn of_a_measure_named_twice_only_that_one_is_lost() {
        let log = "x                   =  1.0e+00 at=  1.0\nvmax                =  1.0e+00 at=  1.0\n\
                   VMAX                =  1.0e+00 at=  1.0\nX                   =  0.0e+00 at=  2.0\n";
        let measures = read(log);
        assert_eq!(rows(&measures), [("x", 1, None, Failed), ("vmax", 1, Some(1.0), Ok)]);
        let reason = measures.rows[0].reason.as_deref();
        assert_eq!(reason, Some("named 2 times, with different values"));
    }

    /// ngspice 39.3, `.tran 10p 2.2n` and `.meas tran q avg v(a) from=20n to=21n`.
    #[test]
    fn a_window_outside_of_the_simulation_is_no_measure() {
        let measures =
            read("q                   =  0.000000e+00 from=  2.000000e-08 to=  2.200000e-09\n");
        assert_eq!(rows(&measures), [("q", 1, None, Failed)]);
        assert_eq!(
            measures.rows[0].reason.as_deref(),
            Some("its window, from 2e-8, lies outside of the simulation, which ends at 2.2e-9")
        );
    }

    #[test]
    fn a_cut_value_is_a_fault_and_not_another_value() {
        for cut in ["9.95", "9.957562e-0", "9"] {
            let log = format!(
                "m75                 =  {cut}\nError: measure  bad  when(WHEN) : out of interval\n"
            );
            assert_eq!(
                parse("a.log", &log).unwrap_err().to_string(),
                format!(
                    "a.log:1:1: the value `{cut}` of measure `m75` is cut\n  expected a number such as 1.234567e-11"
                )
            );
        }
    }

    /// A control block that measures, prints the measure, changes a parameter and runs again.
    /// ngspice's `examples/various/tmp-noise.cir`: two noise analyses, the second of which prints less.
    #[test]
    fn what_is_only_printed_may_be_absent_from_another_analysis() {
        let log = "Doing analysis at TEMP = 27.0 and TNOM = 27.0\nonoise = 3.4e-09\nr = 5.2e+02\n\
                   Doing analysis at TEMP = 27.0 and TNOM = 27.0\nonoise = 2.4e-09\n";
        let expected = [
            ("onoise", 1, Some(3.4e-9), Ok),
            ("r", 1, Some(520.0), Ok),
            ("onoise", 2, Some(2.4e-9), Ok),
        ];
        assert_eq!(rows(&read(log)), expected);
    }

    #[test]
    fn passes_of_a_control_block_are_alters() {
        let pass = |value: &str, more: &str| {
            format!(
                "Doing analysis at TEMP = 27.000000 and TNOM = 27.000000\n\n  Measurements for \
                 Transient Analysis\n\nvmx                 =  {value} at=  7.000000e-09\nvmx = {value}\n{more}"
            )
        };
        let twice =
            pass("9.957562e-01", "x                   =  1.0e+00\n") + &pass("1.991512e+00", "");
        assert_eq!(
            rows(&read(&twice)),
            [
                ("vmx", 1, Some(0.9957562), Ok),
                ("x", 1, Some(1.0), Ok),
                ("vmx", 2, Some(1.991512), Ok),
                ("x", 2, None, Missing),
            ]
        );
        let again = pass("9.957562e-01", "") + &pass("9.957562e-01", "");
        assert_eq!(rows(&read(&again)), [("vmx", 1, Some(0.9957562), Ok)]);
    }

    #[test]
    fn other_equations_in_a_log_are_no_measures() {
        let log = "Doing analysis at TEMP = 25.000000 and TNOM = 27.000000\nTotal DRAM available = 24105.551 MB.\n\
                   Stack = 0 bytes.\nv(b) = 9.9e-01\n rsh = x\na = 1 2\n= 3\nTotal analysis time (seconds) = 0.006\n";
        assert_eq!(rows(&read(log)), []);
    }

    #[test]
    fn a_name_begins_with_a_letter_or_an_underscore() {
        assert!(super::measure("_x = 1.0", 1).is_some() && super::measure("x1 = 1.0", 1).is_some());
        assert!(super::measure("1x = 1.0", 1).is_none());
    }
}
