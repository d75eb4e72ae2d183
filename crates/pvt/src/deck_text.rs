//! Statements and words of a SPICE deck as byte ranges: nothing is decoded, so nothing is lost.

use std::ops::Range;

/// One statement: its first line and the `+` lines that continue it, or one comment line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// Line of its beginning, from 1.
    pub line: usize,
    /// From its first byte to past its last; comments between continuation lines are included.
    pub place: Range<usize>,
    /// The lines that count, without inline comments and line endings.
    lines: Vec<Range<usize>>,
}

/// All statements after the title line.
pub(crate) fn statements(source: &[u8]) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    // Index of the statement that a `+` line continues; comment lines may come in between.
    let mut open: Option<usize> = None;
    let mut start = 0;
    for (i, text) in source.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let line = start..start + text.len();
        start = line.end;
        let first = text.iter().position(|byte| !byte.is_ascii_whitespace());
        let Some(first) = first.filter(|_| i > 0) else { continue };
        let begin = line.start + first;
        match (source[begin], open) {
            (b'+', Some(index)) => {
                let statement = &mut statements[index];
                statement.lines.push(content(source, begin + 1..line.end));
                statement.place.end = line.end;
            }
            (byte, _) => {
                if byte != b'*' {
                    open = Some(statements.len());
                }
                let lines = vec![content(source, begin..line.end)];
                statements.push(Statement { line: i + 1, place: line, lines });
            }
        }
    }
    statements
}

/// Returns a line without its inline comment, which begins outside quotes with `;`, or with `$`
/// after a blank.
fn content(source: &[u8], line: Range<usize>) -> Range<usize> {
    let mut quote = None;
    for at in line.clone() {
        let byte = source[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'\'' || byte == b'"' => quote = Some(byte),
            None if byte == b';' => return line.start..at,
            None if byte == b'$'
                && at > line.start
                && source[at - 1].is_ascii_whitespace()
                && source.get(at + 1).is_none_or(u8::is_ascii_whitespace) =>
            {
                return line.start..at;
            }
            None => {}
        }
    }
    line
}

impl Statement {
    /// The words of the statement: separated by blanks, commas and parentheses; `=` is a word;
    /// quotes and braces keep one together.
    pub fn words(&self, source: &[u8]) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        for line in &self.lines {
            let mut at = line.start;
            while at < line.end {
                match source[at] {
                    b'=' => {
                        words.push(at..at + 1);
                        at += 1;
                    }
                    byte if byte.is_ascii_whitespace() || b",()".contains(&byte) => at += 1,
                    _ => {
                        let end = word_end(source, at, line.end);
                        words.push(at..end);
                        at = end;
                    }
                }
            }
        }
        words
    }
}

/// The end of the word at `at`.
fn word_end(source: &[u8], at: usize, end: usize) -> usize {
    let closing = match source[at] {
        quote @ (b'\'' | b'"') => Some(quote),
        b'{' => Some(b'}'),
        _ => None,
    };
    if let Some(closing) = closing {
        let found = source[at + 1..end].iter().position(|byte| *byte == closing);
        return found.map_or(end, |length| at + length + 2);
    }
    // A function's arguments belong to its word: agauss(1.1,0.1,1).
    let mut depth = 0usize;
    for (i, byte) in source[at..end].iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            byte if depth == 0 && (byte.is_ascii_whitespace() || b"=,)'\"{".contains(byte)) => {
                return at + i;
            }
            _ => {}
        }
    }
    // An open parenthesis ends with the line; trailing blanks are not part of the word.
    end - source[at..end].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The `name = value` pairs of a statement: names in lower case, byte ranges of the values.
pub(crate) fn assignments(source: &[u8], words: &[Range<usize>]) -> Vec<(String, Range<usize>)> {
    let is_equal = |word: &Range<usize>| &source[word.clone()] == b"=";
    words
        .windows(3)
        .filter(|trio| is_equal(&trio[1]) && !is_equal(&trio[0]) && !is_equal(&trio[2]))
        .map(|trio| {
            let name = String::from_utf8_lossy(&source[trio[0].clone()]).to_ascii_lowercase();
            (name, trio[2].clone())
        })
        .collect()
}

/// A word without the quotes around it.
pub(crate) fn unquoted(source: &[u8], word: &Range<usize>) -> Range<usize> {
    let text = &source[word.clone()];
    match text {
        [open @ (b'\'' | b'"'), .., close] if open == close => word.start + 1..word.end - 1,
        _ => word.clone(),
    }
}

/// The line that begins at `start`, without its line ending.
pub(crate) fn line_content(source: &[u8], start: usize) -> Range<usize> {
    let length = source[start..].iter().position(|byte| *byte == b'\n');
    let end = length.map_or(source.len(), |length| start + length);
    let end = if end > start && source[end - 1] == b'\r' { end - 1 } else { end };
    start..end
}

/// The line ending of the first line, `\n` or `\r\n`.
pub(crate) fn line_ending(source: &[u8]) -> &'static str {
    let first = source.iter().position(|byte| *byte == b'\n');
    match first {
        Some(at) if at > 0 && source[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::{assignments, line_ending, statements};

    #[test]
    fn the_first_line_tells_how_lines_end() {
        for (text, ending) in
            [("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("\na\r\n", "\n"), ("a", "\n"), ("", "\n")]
        {
            assert_eq!(line_ending(text.as_bytes()), ending, "{text:?}");
        }
    }

    fn texts(source: &str) -> Vec<Vec<&str>> {
        let bytes = source.as_bytes();
        let words = |s: &super::Statement| {
            s.words(bytes).into_iter().map(|word| &source[word]).collect::<Vec<_>>()
        };
        statements(bytes).iter().map(words).collect()
    }

    #[test]
    fn statements_continue_over_comments() {
        let source =
            "title .temp 3\n.param a=1\n* note\n\n + b = 'x y' ; c\n* end\nr1 a 0 1k $ d=3\n";
        let expected: Vec<Vec<&str>> = vec![
            vec![".param", "a", "=", "1", "b", "=", "'x y'"],
            vec!["*", "note"],
            vec!["*", "end"],
            vec!["r1", "a", "0", "1k"],
        ];
        assert_eq!(texts(source), expected);
    }

    #[test]
    fn values_hold_together() {
        let source = "t\n.param v=agauss(1.1, 0.1, 3) w={a + b} x= 'q' y=(1\n";
        let words = statements(source.as_bytes())[0].words(source.as_bytes());
        let pairs: Vec<(String, &str)> = assignments(source.as_bytes(), &words)
            .into_iter()
            .map(|(name, place)| (name, &source[place]))
            .collect();
        let expected = [("v", "agauss(1.1, 0.1, 3)"), ("w", "{a + b}"), ("x", "'q'"), ("y", "1")];
        assert_eq!(pairs, expected.map(|(n, v)| (n.to_owned(), v)));
    }

    #[test]
    fn a_parenthesis_that_nothing_opened_ends_a_word() {
        assert_eq!(texts("t\nr1 a) 0 1k\n"), [["r1", "a", "0", "1k"]]);
    }
}
