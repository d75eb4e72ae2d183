//! Finds a simulator's own texts of failure in a log.

use super::own_words::OwnWords;
use crate::class::Class;
use crate::measure::ngspice;
use crate::simulator::{Pattern, Simulator, Weight};
use memchr::memmem;

/// How a line begins that reports an error, in the output of any simulator.
const ERROR_LINES: [&str; 3] = ["error", "fatal", "**error**"];

/// Progress that a simulator prints before a number, without ending the line.
const PROGRESS: [&str; 3] = ["reference value :", "trying gmin =", "supplies reduced to"];

/// The most characters of a reason.
const MOST: usize = 240;

/// A text of failure in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Where its line starts.
    pub start: usize,
    /// The class of failure that it means.
    pub class: Class,
}

/// A log that is searched; the deck shows which lines are the user's own.
pub struct Scan<'a> {
    log: &'a str,
    lower: String,
    deck: &'a str,
    asked: &'a [String],
    title: String,
    /// Texts of lines that a later text takes back, with that text.
    taken_back: Vec<(String, String)>,
    own: Option<OwnWords>,
}

impl<'a> Scan<'a> {
    /// Makes a scan of what `simulator` printed for a deck that asks for measures of these names.
    pub fn new(simulator: &Simulator, log: &'a str, deck: &'a str, asked: &'a [String]) -> Self {
        let title = simulator.title_text.to_ascii_lowercase();
        let patterns = simulator.patterns.iter().filter(|pattern| !pattern.unless_then.is_empty());
        let taken_back = patterns
            .map(|p| (p.text.to_ascii_lowercase(), p.unless_then.to_ascii_lowercase()))
            .collect();
        Scan { log, lower: log.to_ascii_lowercase(), deck, asked, title, taken_back, own: None }
    }

    /// The first line that contains a text.
    pub fn text(&mut self, class: Class, text: &str) -> Option<Hit> {
        self.first(&Pattern {
            class,
            text: text.to_owned(),
            start: false,
            weight: Weight::default(),
            unless_then: String::new(),
        })
    }

    /// The first line that matches a pattern.
    pub fn first(&mut self, pattern: &Pattern) -> Option<Hit> {
        let text = pattern.text.to_ascii_lowercase();
        let lower = std::mem::take(&mut self.lower);
        let found = memmem::find_iter(lower.as_bytes(), text.as_bytes())
            .map(|at| (line_start(&lower, at), at))
            .find(|&(start, at)| {
                (!pattern.start || begins_line(&lower[start..at]))
                    && (pattern.weight == Weight::Hint || !is_warning(&lower[start..]))
                    && self.is_the_simulators(start, &lower)
            });
        self.lower = lower;
        found.map(|(start, _)| Hit { start, class: pattern.class })
    }

    /// The first line that looks like an error of any simulator.
    pub fn first_error(&mut self, except: &[String]) -> Option<usize> {
        let mut start = 0;
        let lower = std::mem::take(&mut self.lower);
        let mut found = None;
        for line in lower.split_inclusive(['\n', '\r']) {
            let text = line.trim();
            let is_error = ERROR_LINES.iter().any(|begin| text.starts_with(begin))
                && !except.iter().any(|generic| text.contains(generic.as_str()))
                && ngspice::failed_measure(text).is_none();
            if is_error && self.is_the_simulators(start, &lower) {
                found = Some(start);
                break;
            }
            start += line.len();
        }
        self.lower = lower;
        found
    }

    /// Whether the line at `start` is the simulator's own: neither written by the user nor the
    /// consequence of a failed measure.
    fn is_the_simulators(&mut self, start: usize, lower: &str) -> bool {
        let line = line_at(lower, start);
        if !self.title.is_empty() && line.trim_start().starts_with(&self.title) {
            return false;
        }
        let resumed =
            |(text, then): &(String, String)| line.contains(text) && lower[start..].contains(then);
        if self.taken_back.iter().any(resumed) {
            return false;
        }
        // If a measure uses one that failed, its line reports that one as an undefined parameter.
        let named = line.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        if named.is_some_and(|(name, _)| self.asked.iter().any(|asked| asked == name.trim()))
            && !lower.contains("fatal error")
        {
            return false;
        }
        let own = self.own.get_or_insert_with(|| OwnWords::of(self.deck));
        !own.contains(line_at(self.log, start))
    }

    /// The line of a hit and the lines that explain it, joined into one line for people.
    ///
    /// A line that ends in a colon is explained by the lines after it.
    pub fn reason(&self, start: usize) -> String {
        let before = self.log[..start].lines().rev().find(|line| !line.trim().is_empty());
        let introduces = |line: &str| line.trim_end().ends_with(':') && !is_title(line);
        let mut parts: Vec<&str> = Vec::new();
        parts.extend(before.filter(|line| introduces(line)));
        let mut rest = self.log[start..].split(['\n', '\r']).filter(|line| !line.trim().is_empty());
        let line = rest.next().unwrap_or_default();
        parts.push(line);
        if introduces(line) {
            parts.extend(rest.take(2));
        }
        let words = parts.iter().flat_map(|part| part.split_whitespace());
        let text = words.collect::<Vec<_>>().join(" ");
        text.chars().filter(|c| !c.is_control()).take(MOST).collect()
    }
}

fn is_title(line: &str) -> bool {
    line.trim_start().starts_with("Circuit:")
}

fn is_warning(rest: &str) -> bool {
    rest.trim_start().starts_with("warning")
}

/// Whether a text is at the beginning of its line, apart from progress in front of it.
fn begins_line(before: &str) -> bool {
    let number =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | ' ' | '\t' | '%');
    let words = before.trim_end_matches(number);
    words.is_empty() || PROGRESS.iter().any(|progress| words.ends_with(progress))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
}
