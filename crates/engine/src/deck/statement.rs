//! Statements of a netlist that name files, with the positions of the names.

/// Parameters whose value is a file with data.
const FILE_PARAMETERS: [&str; 5] = ["file", "pwlfile", "input_file", "tmodel", "simulation_file"];

/// Statements and commands that name a file with statements.
const INCLUDES: [&str; 6] = [".include", ".inc", ".incl", "include", "ahdl_include", "source"];

/// Statements and commands that name a file with something else.
const DATA: [&str; 9] =
    [".hdl", ".vec", ".load", ".spef", ".dspf", "codemodel", "pre_codemodel", "osdi", "pre_osdi"];

/// Statements whose files are written, not read.
const OUTPUTS: [&str; 8] =
    [".print", ".plot", ".probe", ".save", ".four", ".meas", ".measure", ".option"];

/// A file that a statement names: slices of the statement's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// The path as written, without quotes.
    pub path: &'a str,
    /// Where the path starts in the statement.
    pub at: usize,
    /// The section of a library, in lower case.
    pub section: Option<String>,
    /// Whether the file holds statements.
    pub is_netlist: bool,
}

/// What a statement means for the statements that follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The end of a deck.
    End,
    /// The start of a library section, in lower case.
    Section(String),
    /// The end of a section.
    EndSection,
    /// Nothing.
    Other,
}

/// Returns what a statement means for the statements that follow it.
pub fn kind(statement: &str) -> Kind {
    let mut words = Words::of(statement);
    let Some((_, keyword)) = words.next() else { return Kind::Other };
    let name = words.next().map(|(_, word)| word.to_ascii_lowercase());
    match (keyword.to_ascii_lowercase().as_str(), name) {
        (".end", _) => Kind::End,
        (".endl" | ".endlib" | "endlibrary" | "endsection", _) => Kind::EndSection,
        (".lib", Some(name)) if words.next().is_none() => Kind::Section(name),
        ("section", Some(name)) => Kind::Section(name),
        _ => Kind::Other,
    }
}

/// The files that a statement names.
pub fn named_files(statement: &str) -> Vec<Named<'_>> {
    let mut words = Words::of(statement);
    let mut found = Vec::new();
    let keyword = words.next().map(|(_, word)| word.to_ascii_lowercase()).unwrap_or_default();
    match (keyword.as_str(), words.next()) {
        (".lib", Some((at, path))) => {
            if let Some((_, name)) = words.next() {
                let section = Some(name.to_ascii_lowercase());
                found.push(Named { path, at, section, is_netlist: true });
            }
        }
        (word, Some((at, path))) if INCLUDES.contains(&word) => {
            let wanted = |word: &str| word.strip_prefix("section=").map(str::to_ascii_lowercase);
            let section = words.find_map(|(_, word)| wanted(word));
            found.push(Named { path, at, section, is_netlist: word != "ahdl_include" });
        }
        (word, Some((at, path))) if DATA.contains(&word) => found.push(data(at, path)),
        _ => {}
    }
    if !OUTPUTS.iter().any(|output| keyword.starts_with(output)) {
        found.extend(file_parameters(statement));
    }
    found
}

fn data(at: usize, path: &str) -> Named<'_> {
    Named { path, at, section: None, is_netlist: false }
}

/// Values of parameters such as `file='in.pwl'`.
fn file_parameters(statement: &str) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    for (at, _) in statement.match_indices('=') {
        let name = statement[..at].trim_end();
        // The character before the name may be longer than a byte, as a no-break space is.
        let is_name = |c: &(usize, char)| c.1.is_alphanumeric() || c.1 == '_';
        let start =
            name.char_indices().rev().take_while(is_name).last().map_or(name.len(), |(i, _)| i);
        if FILE_PARAMETERS.iter().any(|known| name[start..].eq_ignore_ascii_case(known)) {
            found.extend(Words { text: statement, at: at + 1 }.next().map(|(at, w)| data(at, w)));
        }
    }
    found
}

/// A statement of a netlist: its lines with their continuations.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// Where it starts in the netlist.
    pub at: usize,
    /// Its lines, without the last newline.
    pub text: &'a str,
}

/// The statements of a netlist that can name a file or begin with a dot; comments are dropped.
pub struct Statements<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Statements<'a> {
    /// The statements of a text; the first line of a deck is a title.
    pub fn new(text: &'a str, skip_title: bool) -> Self {
        let at = if skip_title { line_end(text, 0) } else { 0 };
        Statements { text, at }
    }

    /// The end of a statement whose first line ends at `end`: after its continuation lines, with
    /// comments in between.
    fn continued(&self, mut end: usize) -> usize {
        let mut next = end;
        loop {
            match self.text[next..].trim_start_matches([' ', '\t']).as_bytes().first() {
                Some(b'+') => {
                    end = line_end(self.text, next);
                    next = end;
                }
                Some(b'*') => next = line_end(self.text, next),
                _ => return end,
            }
        }
    }
}

impl<'a> Iterator for Statements<'a> {
    type Item = Statement<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            let start = self.at;
            self.at = line_end(self.text, start);
            let line = self.text[start..self.at].trim_start();
            if matches!(line.as_bytes().first(), None | Some(b'*' | b'/' | b'$')) {
                continue;
            }
            self.at = self.continued(self.at);
            let statement = &self.text[start..self.at];
            let text = statement.trim_start();
            // Almost every statement is a device: only those that can name a file are looked at.
            let is_wanted = match text.as_bytes().first() {
                Some(b'.' | b'i' | b'I' | b's' | b'S' | b'e' | b'E' | b'a' | b'A') => true,
                _ => text.contains('=') && contains_file(text) || is_model_command(text),
            };
            if is_wanted {
                let at = start + statement.len() - text.len();
                return Some(Statement { at, text: text.trim_end_matches(['\n', '\r']) });
            }
        }
        None
    }
}

/// The start of the line after the one at `from`.
fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1)
}

/// Whether this line of a control block loads models.
fn is_model_command(text: &str) -> bool {
    ["codemodel ", "osdi ", "pre_codemodel ", "pre_osdi "].iter().any(|command| {
        text.get(..command.len()).is_some_and(|start| start.eq_ignore_ascii_case(command))
    })
}

fn contains_file(statement: &str) -> bool {
    statement.as_bytes().windows(4).any(|window| window.eq_ignore_ascii_case(b"file"))
        || statement.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"tmodel"))
}

/// The words of a statement with their positions. Quotes and braces keep blanks in a word, and a
/// comment ends its line.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    /// The words of a statement.
    pub fn of(text: &'a str) -> Self {
        Words { text, at: 0 }
    }

    /// Moves over blanks, comments and the `+` of continuation lines.
    fn skip_blanks(&mut self) {
        let mut at_line_start = false;
        loop {
            let rest = &self.text[self.at..];
            let Some(first) = rest.chars().next() else { return };
            if first.is_whitespace() {
                at_line_start |= first == '\n';
                self.at += first.len_utf8();
            } else if first == '+' && at_line_start {
                at_line_start = false;
                self.at += 1;
            } else if first == ';'
                || (first == '*' && at_line_start)
                || (first == '$' && rest[1..].starts_with([' ', '\t']))
                || rest.starts_with("//")
            {
                // Not over the newline, which shows that a `+` is no word.
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else {
                return;
            }
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blanks();
        let (start, rest) = (self.at, &self.text[self.at..]);
        let first = rest.chars().next()?;
        if first == '\'' || first == '"' {
            let end = rest[1..].find(first).map_or(rest.len(), |i| i + 1);
            self.at = start + (end + 1).min(rest.len());
            return Some((start + 1, &rest[1..end]));
        }
        let end = if first == '{' { rest.find('}').map(|at| at + 1) } else { None };
        let end = end.or_else(|| rest.find(char::is_whitespace)).unwrap_or(rest.len());
        self.at = start + end;
        Some((start, &rest[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::named_files;

    #[test]
    fn a_variable_begins_a_path_and_a_lone_dollar_a_comment() {
        let paths = |statement| named_files(statement).iter().map(|n| n.path).collect::<Vec<_>>();
        assert_eq!(paths(".include $PDK/models.sp"), ["$PDK/models.sp"]);
        assert!(paths(".include $ models.sp").is_empty());
        assert!(paths(".include $\tmodels.sp").is_empty());
    }

    /// Characters that come from pasted documents, or from old tools with another encoding.
    #[test]
    fn any_character_may_stand_before_a_name() {
        for before in ["\u{a0}", "\u{2013}", "\u{201d}", "\u{b0}", "\u{fffd}", "é", "€"] {
            let statement = format!(".param q=1{before}file=x.csv{before}r = 2");
            let found: Vec<&str> = named_files(&statement)
                .iter()
                .map(|named| named.at)
                .map(|at| &statement[at..at + 1])
                .collect();
            assert!(found.iter().all(|text| *text == "x"), "{statement}: {found:?}");
            let _ = named_files(&format!("{before}={before}"));
        }
    }
}
