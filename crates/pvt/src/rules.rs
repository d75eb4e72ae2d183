//! A template without placeholders: twelve statement rules put a point's values into a plain deck.
//!
//! A rule changes the bytes of a value and nothing else; every line that no rule touches keeps its
//! bytes, whatever its encoding and line ending. The first line is the title of the deck, which no
//! rule reads.

use crate::deck_text::{self, Statement};
use crate::label;
use crate::matrix::Cell;
use crate::points::GROUPS;
use crate::setting::{Setting, Uses};
use crate::written;
use libchar_core::number;
use std::fmt;
use std::ops::Range;

/// The twelve rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// `.lib FILE SECTION` and `.del lib FILE SECTION`, where the section is one of the corner table's: the point's.
    LibSection,
    /// `.temp 25`: the point's temperature.
    Temp,
    /// `.option temp=25`: the point's temperature.
    OptionTemp,
    /// `.param vccn=1.1`, `vcctx`, `vccn2` and so on: the point's voltage.
    SupplyParam,
    /// `Vvccn vdd 0 1.1`, a source named after a supply with a plain number: the point's voltage.
    SupplySource,
    /// `.param cload=5f`, a swept axis: the point's value.
    SweepParam,
    /// `.param dvth=0`, or `dvth_mn1` of an instance, of the variation table: the sample's value.
    VariedParam,
    /// `.param vcc_vid=0`: 1 for `vcc_vid=yes`, else 0.
    VidParam,
    /// `.include 'inv_typical.spf'`, where an extraction of the corner table is a word of the path: the point's.
    ExtractionInclude,
    /// `* alter_string1`, a comment of just that word: the statement of `config.cfg`.
    AlterLine,
    /// `.end`: the alter statements that have no line of their own come before it.
    AlterEnd,
    /// Files that a control section writes (`> FILE`, `wrdata FILE`, `write FILE`): the point's folder
    /// is put before their names.
    MeasureFile,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::LibSection => "lib-section",
            Rule::Temp => "temp",
            Rule::OptionTemp => "option-temp",
            Rule::SupplyParam => "supply-param",
            Rule::SupplySource => "supply-source",
            Rule::SweepParam => "sweep-param",
            Rule::VariedParam => "varied-param",
            Rule::VidParam => "vid-param",
            Rule::ExtractionInclude => "extraction-include",
            Rule::AlterLine => "alter-line",
            Rule::AlterEnd => "alter-end",
            Rule::MeasureFile => "measure-file",
        })
    }
}

/// What is written in a changed place.
#[derive(Debug, Clone, PartialEq)]
enum Slot {
    Section,
    Temperature,
    Supply {
        group: usize,
        is_tx: bool,
    },
    Extraction,
    /// The swept axis of this place.
    Sweep(usize),
    /// The varied quantity of this place.
    Varied(usize),
    /// The point's folder and a slash, before a file name.
    Folder,
    /// The same at every point.
    Text(String),
}

/// A template as changed places between bytes that stay the same.
#[derive(Debug)]
pub struct Rules {
    source: Vec<u8>,
    edits: Vec<(Range<usize>, Slot)>,
    applied: Vec<(Rule, usize)>,
}

impl Rules {
    pub(crate) fn parse(bytes: &[u8], setting: Setting) -> (Rules, Uses) {
        let mut finder = Finder {
            source: bytes,
            setting,
            edits: Vec::new(),
            applied: Vec::new(),
            uses: Uses::default(),
            alters: setting.config.alter_strings.each_ref().map(Option::as_deref),
        };
        finder.find();
        let Finder { mut edits, mut applied, uses, .. } = finder;
        edits.sort_by_key(|(place, _)| place.start);
        applied.sort_by_key(|(rule, line)| (*line, *rule));
        applied.dedup();
        (Rules { source: bytes.to_vec(), edits, applied }, uses)
    }

    /// The rules that apply, with their lines, from 1.
    pub(crate) fn applied(&self) -> &[(Rule, usize)] {
        &self.applied
    }

    pub(crate) fn render(&self, cell: &Cell) -> Vec<u8> {
        let mut deck = Vec::with_capacity(self.source.len() + 64);
        let mut at = 0;
        for (place, slot) in &self.edits {
            deck.extend_from_slice(&self.source[at..place.start]);
            deck.extend_from_slice(value(slot, cell).as_bytes());
            at = place.end;
        }
        deck.extend_from_slice(&self.source[at..]);
        deck
    }
}

fn value(slot: &Slot, cell: &Cell) -> String {
    match slot {
        Slot::Section => cell.corner.section.clone(),
        Slot::Temperature => number::shortest(cell.temp_c),
        Slot::Supply { group, is_tx } => {
            let supply = &cell.supply.supplies[*group];
            // As a placeholder prints it: 1.0, not 1.
            format!("{:?}", if *is_tx { supply.vcctx_v } else { supply.vccn_v })
        }
        Slot::Sweep(axis) => format!("{:?}", cell.sweep[*axis].value),
        Slot::Varied(index) => format!("{:?}", cell.draws[*index]),
        Slot::Extraction => cell.corner.extraction.clone(),
        Slot::Folder => cell.id() + "/",
        Slot::Text(text) => text.clone(),
    }
}

struct Finder<'a> {
    source: &'a [u8],
    setting: Setting<'a>,
    edits: Vec<(Range<usize>, Slot)>,
    applied: Vec<(Rule, usize)>,
    uses: Uses,
    /// The alter statements that have no line yet.
    alters: [Option<&'a str>; 2],
}

impl Finder<'_> {
    fn find(&mut self) {
        let mut in_control = false;
        let mut end = None;
        for statement in deck_text::statements(self.source) {
            let words = statement.words(self.source);
            let first = words.first().map(|word| self.lower(word)).unwrap_or_default();
            match first.as_str() {
                ".control" => in_control = true,
                ".endc" => in_control = false,
                _ if in_control => self.measure_file(&statement, &words),
                ".lib" => self.lib_section(&statement, &words[1..]),
                ".del" if words.get(1).is_some_and(|word| self.lower(word) == "lib") => {
                    self.lib_section(&statement, &words[2..]);
                }
                ".temp" => self.temp(&statement, &words[1..]),
                ".option" | ".options" | ".opt" => self.option_temp(&statement, &words),
                ".param" | ".params" | ".parameter" => self.param(&statement, &words),
                ".include" | ".inc" | ".incl" => self.extraction_include(&statement, &words),
                ".end" => end = end.or(Some(statement.clone())),
                _ if first.starts_with('v') => self.supply_source(&statement, &words, &first),
                _ if first.starts_with('*') => self.alter_line(&statement),
                _ => {}
            }
        }
        self.alter_end(end);
    }

    fn lower(&self, place: &Range<usize>) -> String {
        String::from_utf8_lossy(&self.source[place.clone()]).to_ascii_lowercase()
    }

    fn edit(&mut self, rule: Rule, statement: &Statement, place: Range<usize>, slot: Slot) {
        self.edits.push((place, slot));
        self.applied.push((rule, statement.line));
    }

    fn lib_section(&mut self, statement: &Statement, words: &[Range<usize>]) {
        // A single word begins a section of a library: there is nothing to choose.
        let [_, section] = words else { return };
        let place = deck_text::unquoted(self.source, section);
        let name = self.lower(&place);
        let rows = self.setting.tables.corners.rows();
        if rows
            .iter()
            .any(|r| [&r.section, &r.corner].iter().any(|n| n.eq_ignore_ascii_case(&name)))
        {
            self.edit(Rule::LibSection, statement, place, Slot::Section);
        }
    }

    fn temp(&mut self, statement: &Statement, words: &[Range<usize>]) {
        // ngspice ignores a `.temp` with several temperatures and simulates at 27 degrees, so one
        // temperature replaces them all.
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            self.edit(Rule::Temp, statement, first.start..last.end, Slot::Temperature);
        }
    }

    fn option_temp(&mut self, statement: &Statement, words: &[Range<usize>]) {
        for (name, place) in deck_text::assignments(self.source, words) {
            if name == "temp" {
                self.edit(Rule::OptionTemp, statement, place, Slot::Temperature);
            }
        }
    }

    fn param(&mut self, statement: &Statement, words: &[Range<usize>]) {
        for (name, place) in deck_text::assignments(self.source, words) {
            if let Some(slot) = self.supply(&name) {
                self.edit(Rule::SupplyParam, statement, place, slot);
            } else if let Some(axis) =
                self.setting.matrix.swept().position(|axis| axis.eq_ignore_ascii_case(&name))
            {
                self.edit(Rule::SweepParam, statement, place, Slot::Sweep(axis));
            } else if let Some(varied) = self
                .setting
                .matrix
                .varied()
                .iter()
                .position(|varied| varied.deck_name().eq_ignore_ascii_case(&name))
            {
                self.uses.varied = true;
                self.edit(Rule::VariedParam, statement, place, Slot::Varied(varied));
            } else if name == "vcc_vid" {
                let vid = u8::from(self.setting.config.vcc_vid);
                self.edit(Rule::VidParam, statement, place, Slot::Text(vid.to_string()));
            }
        }
    }

    /// The slot of a supply's name, such as `vcctx2`; `None` for any other name and for a group that is not swept.
    fn supply(&mut self, name: &str) -> Option<Slot> {
        let (group, is_tx) = self.setting.supply_names.find(name)?;
        if group >= self.setting.matrix.groups().min(GROUPS) {
            return None;
        }
        self.uses.groups[group] = true;
        Some(Slot::Supply { group, is_tx })
    }

    fn supply_source(&mut self, statement: &Statement, words: &[Range<usize>], first: &str) {
        let dc = words.get(3).is_some_and(|word| self.lower(word) == "dc");
        let Some(place) = words.get(if dc { 4 } else { 3 }) else { return };
        if number::parse_spice(&self.lower(place)).is_none() {
            return;
        }
        // `vccn` itself begins with the v of a source, as does `vvccn`.
        let slot = self.supply(first).or_else(|| self.supply(first.strip_prefix('v')?));
        if let Some(slot) = slot {
            self.edit(Rule::SupplySource, statement, place.clone(), slot);
        }
    }

    fn extraction_include(&mut self, statement: &Statement, words: &[Range<usize>]) {
        let Some(path) = words.get(1) else { return };
        let mut names = self.setting.tables.corners.extractions();
        // If two names fit, the longer one is meant.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut at = path.start;
        while at < path.end {
            let bounded = !before(self.source, at).is_ascii_alphanumeric();
            let found = names.iter().find(|name| {
                bounded
                    && self.source[at..path.end].starts_with(name.as_bytes())
                    && !after(self.source, at + name.len()).is_ascii_alphanumeric()
            });
            at += match found {
                Some(name) => {
                    let place = at..at + name.len();
                    self.edit(Rule::ExtractionInclude, statement, place, Slot::Extraction);
                    name.len()
                }
                None => 1,
            };
        }
    }

    fn alter_line(&mut self, statement: &Statement) {
        let content = deck_text::line_content(self.source, statement.place.start);
        let word = self.lower(&content);
        let index = match word.trim_start().trim_start_matches('*').trim() {
            "alter_string1" => 0,
            "alter_string2" => 1,
            _ => return,
        };
        // Without an alter statement, the comment stays.
        if let Some(text) = self.alters[index].take() {
            self.edit(Rule::AlterLine, statement, content, Slot::Text(text.to_owned()));
        }
    }

    fn alter_end(&mut self, end: Option<Statement>) {
        let ending = deck_text::line_ending(self.source);
        let alters: Vec<&str> = self.alters.iter().copied().flatten().collect();
        if alters.is_empty() {
            return;
        }
        let mut text: String = alters.iter().map(|alter| format!("{alter}{ending}")).collect();
        let (at, line) = match end {
            Some(end) => (end.place.start, end.line),
            None => {
                if !self.source.ends_with(b"\n") {
                    text.insert_str(0, ending);
                }
                let lines = self.source.iter().filter(|byte| **byte == b'\n').count();
                (self.source.len(), lines + 1)
            }
        };
        self.edits.push((at..at, Slot::Text(text)));
        self.applied.push((Rule::AlterEnd, line));
    }

    fn measure_file(&mut self, statement: &Statement, words: &[Range<usize>]) {
        let Some(file) = written::file(self.source, words) else { return };
        let name = deck_text::unquoted(self.source, &file);
        let text = &self.source[name.clone()];
        // A path with folders says where the file should be, and a variable is left to the deck.
        let plain = text.first().is_some_and(|c| label::is_valid(&char::from(*c).to_string()));
        if plain && !text.contains(&b'/') {
            self.edit(Rule::MeasureFile, statement, name.start..name.start, Slot::Folder);
        }
    }
}

fn before(source: &[u8], at: usize) -> u8 {
    at.checked_sub(1).and_then(|at| source.get(at)).copied().unwrap_or(b' ')
}

fn after(source: &[u8], at: usize) -> u8 {
    source.get(at).copied().unwrap_or(b' ')
}
