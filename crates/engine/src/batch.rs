//! Several points in one ngspice process: the netlist is read once, and a control loop sets what
//! differs between points.
//!
//! Decks can share a process when they differ in nothing but the numbers of `.param` and `.temp` statements (and
//! in their title and comments). The loop is `alterparam`, `reset`, `option temp=`, `run`: `reset` builds the
//! circuit anew from the altered parameters, so the `.meas` statements of the deck print the same digits as in a
//! process of their own. Decks that differ in anything else, or that could notice that they run in
//! a loop, do not share a process.

use crate::deck;
use libchar_core::number::parse_decimal;
use libchar_core::number::parse_spice;
use std::fmt::Write;

/// Begins the line that the loop prints after each point; decks do not contain it.
const MARK: &str = "libchar-batch-point";

/// Statements that a loop would run twice, or whose effect depends on the loop.
const NOT_SHARED: [&str; 15] = [
    ".control", ".endc", ".alter", ".data", ".step", ".print", ".plot", ".four", ".probe",
    ".write", ".csparam", ".if", ".else", ".elseif", ".endif",
];

/// A number that may differ between points.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// A parameter and its number as written.
    Parameter(String, String),
    /// A temperature as written, in Celsius.
    Temperature(String),
}

/// A deck that can be simulated in a loop: its text without its numbers, and the numbers.
///
/// Two decks can share a process exactly if their skeletons are equal.
#[derive(Debug, Clone)]
pub struct Shape {
    skeleton: String,
    values: Vec<Value>,
}

impl Shape {
    /// The shape of a deck, or `None` if it cannot run in a loop.
    pub fn of(deck: &str) -> Option<Shape> {
        let mut shape = Shape { skeleton: String::new(), values: Vec::new() };
        let mut ended = false;
        let mut temperatures = 0;
        let mut saves = Saves::default();
        let lines: Vec<&str> = deck.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let trimmed = line.trim();
            // The title and comments have no effect.
            if number == 0 || trimmed.is_empty() || trimmed.starts_with('*') {
                continue;
            }
            let lower = trimmed.to_ascii_lowercase();
            let word = lower.split_whitespace().next().unwrap_or_default();
            if NOT_SHARED.contains(&word) || lower.contains(MARK) || lower.contains("temp=") {
                return None;
            }
            if word == ".end" {
                ended = true;
                break;
            }
            saves.look(word, &lower);
            let continued =
                lines.get(number + 1).is_some_and(|next| next.trim_start().starts_with('+'));
            let found = match word {
                ".temp" if !continued => Some(vec![temperature(&lower)?]),
                ".param" if !continued => parameters(&lower),
                _ => None,
            };
            match found {
                Some(values) => {
                    for value in values {
                        let name = match &value {
                            Value::Parameter(name, _) => name.as_str(),
                            Value::Temperature(_) => {
                                temperatures += 1;
                                ".temp"
                            }
                        };
                        let _ = writeln!(shape.skeleton, "value {name}");
                        shape.values.push(value);
                    }
                }
                None => {
                    shape.skeleton.push_str(line);
                    shape.skeleton.push('\n');
                }
            }
        }
        // Without a temperature statement of the deck, the loop could not set the temperature of a
        // point.
        (ended && temperatures == 1 && !saves.differ() && shape.names_are_unique()).then_some(shape)
    }

    /// The text that decks must have in common to share a process.
    pub fn skeleton(&self) -> &str {
        &self.skeleton
    }

    fn names_are_unique(&self) -> bool {
        let mut names: Vec<&str> = self.values.iter().map(Value::name).collect();
        names.sort_unstable();
        names.windows(2).all(|pair| pair[0] != pair[1])
    }
}

impl Value {
    fn name(&self) -> &str {
        match self {
            Value::Parameter(name, _) => name,
            Value::Temperature(_) => ".temp",
        }
    }
}

/// What a deck saves for its measures.
///
/// A process of its own saves what `.save` and the measures name, and cannot read a function such
/// as `vdb(out)` there: without `.save` it may have nothing to save, and then does not simulate. A
/// loop saves everything, so it would print a value where a single process prints an error.
#[derive(Debug, Default)]
struct Saves {
    stated: bool,
    by_function: bool,
}

impl Saves {
    fn look(&mut self, word: &str, line: &str) {
        self.stated |= word == ".save";
        let is_measure = word == ".meas" || word == ".measure";
        self.by_function |= is_measure && ["v", "i"].iter().any(|of| names_function(line, of));
    }

    fn differ(&self) -> bool {
        self.by_function && !self.stated
    }
}

/// Whether a line contains `vdb(`, `vm(`, `vp(`, `vr(`, `vi(` or the like for currents.
fn names_function(line: &str, of: &str) -> bool {
    ["db", "m", "p", "r", "i"].iter().any(|suffix| {
        let name = format!("{of}{suffix}(");
        let is_word = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        line.match_indices(&name).any(|(at, _)| is_word(at))
    })
}

/// The number of a `.temp` statement, if it has exactly one.
fn temperature(line: &str) -> Option<Value> {
    let mut words = line.split_whitespace().skip(1);
    let text = words.next()?;
    (words.next().is_none() && parse_decimal(text).is_some())
        .then(|| Value::Temperature(text.to_owned()))
}

/// The numbers of a `.param` statement; `None` if it holds anything else, an expression for example.
fn parameters(line: &str) -> Option<Vec<Value>> {
    let spaced = line.replace('=', " = ");
    let words: Vec<&str> = spaced.split_whitespace().skip(1).collect();
    let value = |triple: &[&str]| match triple {
        [name, "=", text] if parse_spice(text).is_some() => {
            Some(Value::Parameter((*name).to_owned(), (*text).to_owned()))
        }
        _ => None,
    };
    let values: Option<Vec<Value>> = words.chunks(3).map(value).collect();
    values.filter(|values| !values.is_empty())
}

/// Makes one deck that simulates `first` and then the points of `others`, whose skeletons equal
/// that of `first`.
///
/// `deck` is the text of the first. `None` if a skeleton differs.
pub fn combine(deck: &str, first: &Shape, others: &[&Shape]) -> Option<String> {
    let end = deck::end(deck)?;
    let mut combined = deck[..end].to_owned();
    combined.push_str(".control\nset noaskquit\nrun\n");
    let _ = writeln!(combined, "echo {MARK} 0 $sim_status");
    let mut before = first;
    for (index, shape) in others.iter().enumerate() {
        if shape.skeleton != first.skeleton {
            return None;
        }
        combined.push_str("destroy all\n");
        for (old, new) in before.values.iter().zip(&shape.values).filter(|(old, new)| old != new) {
            if let (Value::Parameter(name, _), Value::Parameter(_, text)) = (old, new) {
                let _ = writeln!(combined, "alterparam {name}={text}");
            }
        }
        combined.push_str("reset\n");
        // `reset` goes back to the deck's own temperature, so it is set for every point.
        for value in &shape.values {
            if let Value::Temperature(text) = value {
                let _ = writeln!(combined, "option temp={text}");
            }
        }
        let _ = writeln!(combined, "run\necho {MARK} {} $sim_status", index + 1);
        before = shape;
    }
    combined.push_str("quit 0\n.endc\n.end\n");
    Some(combined)
}

/// Whether a netlist simulates the same way a second time in one process: it has no random numbers,
/// no conditions and no control block of its own.
pub fn is_repeatable(netlist: &str) -> bool {
    let lower = netlist.to_ascii_lowercase();
    [".if", "gauss(", "unif(", "limit(", "rnd(", "trnoise", "trrandom", ".control", ".csparam"]
        .iter()
        .all(|word| memchr::memmem::find(lower.as_bytes(), word.as_bytes()).is_none())
}

/// Splits the log of a loop into the logs of its points, in order. A point that the simulator
/// reports as failed is `None`, and so are the points that it did not reach.
pub fn split(log: &str, points: usize) -> Vec<Option<&str>> {
    let mut logs = vec![None; points];
    let (mut start, mut at) = (0, 0);
    let mut next = 0;
    for line in log.split_inclusive('\n') {
        at += line.len();
        let Some(rest) = line.trim().strip_prefix(MARK) else { continue };
        let mut words = rest.split_whitespace();
        let (index, status) = (words.next(), words.next());
        if index.and_then(|i| i.parse().ok()) != Some(next) || next >= points {
            break;
        }
        if status == Some("0") {
            logs[next] = Some(&log[start..at - line.len()]);
        }
        start = at;
        next += 1;
    }
    logs
}

#[cfg(test)]
mod tests {
    use super::{Shape, combine, is_repeatable, split};

    fn deck(title: &str, vccn: &str, temp: &str) -> String {
        format!(
            "{title}\n* point {title}\n.lib 'm.lib' tt\n.param vccn={vccn} vcctx = 1.1\n.param half='vccn/2'\n\
             .temp {temp}\nr1 a 0 1k\n.tran 1p 1n\n.end\n"
        )
    }

    #[test]
    fn decks_that_differ_in_numbers_share_a_process() {
        let decks = [deck("a", "0.99", "-40"), deck("b", "1.21", "125"), deck("c", "1.21", "25")];
        let shapes: Vec<Shape> = decks.iter().map(|deck| Shape::of(deck).unwrap()).collect();
        let combined = combine(&decks[0], &shapes[0], &[&shapes[1], &shapes[2]]).unwrap();
        let control = combined.split_once(".control\n").unwrap().1;
        assert_eq!(
            control,
            "set noaskquit\nrun\necho libchar-batch-point 0 $sim_status\n\
             destroy all\nalterparam vccn=1.21\nreset\noption temp=125\nrun\necho libchar-batch-point 1 $sim_status\n\
             destroy all\nreset\noption temp=25\nrun\necho libchar-batch-point 2 $sim_status\n\
             quit 0\n.endc\n.end\n"
        );
    }

    #[test]
    fn another_corner_or_circuit_does_not() {
        let one = Shape::of(&deck("a", "1", "25")).unwrap();
        let other = Shape::of(&deck("a", "1", "25").replace("tt", "ss")).unwrap();
        assert_ne!(one.skeleton(), other.skeleton());
        assert!(combine(&deck("a", "1", "25"), &one, &[&other]).is_none());
    }

    #[test]
    fn what_could_see_the_loop_runs_alone() {
        for statement in [
            ".control",
            ".print tran v(a)",
            ".temp 25",
            ".option temp=25",
            ".param vccn=2",
            ".if (a)",
        ] {
            let deck = deck("a", "1", "25").replace("r1 a", &format!("{statement}\nr1 a"));
            assert!(Shape::of(&deck).is_none(), "{statement}");
        }
        assert!(Shape::of("t\n.temp 25\nr1 a 0 1\n").is_none(), "no .end");
        assert!(Shape::of("t\nr1 a 0 1\n.end\n").is_none(), "no .temp");
    }

    #[test]
    fn random_numbers_and_conditions_are_not_repeatable() {
        assert!(!is_repeatable("r1 a b 'AGAUSS(1k,0.1,1)'"));
        assert!(!is_repeatable(".IF (x)\n") && is_repeatable("r1 a b 1k\n"));
    }

    #[test]
    fn a_failed_point_and_those_not_reached_have_no_log() {
        let log = "one\nlibchar-batch-point 0 0\ntwo\nlibchar-batch-point 1 1\nthree\n\
                   libchar-batch-point 2 0\nfour, then a crash\n";
        assert_eq!(split(log, 4), [Some("one\n"), None, Some("three\n"), None]);
    }

    #[test]
    fn a_measure_that_a_process_of_its_own_would_not_save_is_not_shared() {
        let deck = |save: &str, of: &str| {
            format!(
                "t\n.temp 25\nv1 1 0 1 ac 1\nr1 1 0 1k\n{save}\n.ac dec 1 1 10\n.meas ac g find {of} at=1\n.end\n"
            )
        };
        assert!(Shape::of(&deck("", "vdb(1)")).is_none());
        assert!(Shape::of(&deck("", "par('im(1)+1')")).is_none());
        assert!(Shape::of(&deck(".save all", "vdb(1)")).is_some());
        assert!(Shape::of(&deck("", "v(1)")).is_some());
        assert!(Shape::of(&deck("", "vavi(1)")).is_some());
    }
}
