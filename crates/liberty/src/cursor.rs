//! The text and the reader's position in it: blanks, comments, words, strings.

use crate::group::Comment;
use crate::value::Value;

/// The most faults that are recorded. A file with more of them is not a Liberty file, and the rest of it is not read.
const MOST_FAULTS: usize = 10_000;

/// A fault whose line number is not yet computed.
pub(crate) struct Found {
    pub at: usize,
    pub text: String,
    pub expected: String,
}

/// The position of the reader in a text.
pub(crate) struct Cursor<'t> {
    pub text: &'t str,
    pub at: usize,
    /// Comments that were read since the last call that took them.
    pub comments: Vec<Comment>,
    pub faults: Vec<Found>,
    pub remarks: Vec<Found>,
    /// End of the last statement, to recognize a comment that follows on the same line.
    pub last_end: usize,
    /// Whether the text ends within a string, a comment or a list, and this was reported.
    pub is_cut_off: bool,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        let (comments, faults, remarks) = (Vec::new(), Vec::new(), Vec::new());
        Cursor { text, at: 0, comments, faults, remarks, last_end: 0, is_cut_off: false }
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips a byte if it is the next one.
    pub fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    pub fn fault(&mut self, at: usize, text: impl Into<String>, expected: impl Into<String>) {
        self.faults.push(Found { at, text: text.into(), expected: expected.into() });
    }

    pub fn remark(&mut self, at: usize, text: impl Into<String>, expected: impl Into<String>) {
        if self.remarks.len() < MOST_FAULTS {
            self.remarks.push(Found { at, text: text.into(), expected: expected.into() });
        }
    }

    /// Goes back to a position after which only blanks and comments were read.
    pub fn back_to(&mut self, at: usize, comments: usize) {
        self.comments.truncate(comments);
        (self.at, self.last_end) = (at, at);
    }

    /// Whether so many faults were found that the reader gives up.
    pub fn is_hopeless(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// Skips blanks, line ends, continuations and comments.
    pub fn skip_blanks(&mut self) {
        while self.skip_line_blanks() {
            if !self.take(b'\n') {
                return;
            }
        }
    }

    /// Skips blanks up to the end of the line, including comments and continued lines; returns whether the end of the line
    /// was reached.
    pub fn skip_line_blanks(&mut self) -> bool {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            match rest {
                [b'\n', ..] => return true,
                [b, ..] if b.is_ascii_whitespace() || *b == 0x0b => self.at += 1,
                [b'\\', b'\n', ..] => self.at += 2,
                [b'\\', b'\r', b'\n', ..] => self.at += 3,
                [b'/', b'*', ..] => self.block_comment(),
                [b'/', b'/', ..] => self.line_comment(),
                _ => return false,
            }
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let end = match self.text[start + 2..].find("*/") {
            Some(length) => start + 2 + length + 2,
            None => {
                self.fault(start, "the comment that begins here does not end", "`*/`");
                self.is_cut_off = true;
                self.text.len()
            }
        };
        self.comment(start, end);
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let end = start + rest.find('\n').unwrap_or(rest.len());
        self.comment(start, end);
    }

    fn comment(&mut self, start: usize, end: usize) {
        let trailing = start > 0
            && (self.last_end > 0 || !self.comments.is_empty())
            && !self.text[self.last_end..start].contains('\n');
        let text = self.text[start..end].trim_end().to_owned();
        self.comments.push(Comment { text, trailing });
        (self.at, self.last_end) = (end, end);
    }

    /// The longest text at this position without blanks, quotes and the special characters of the format (those in `also`
    /// are allowed); `None` if there is none.
    pub fn word(&mut self, also: &[u8]) -> Option<&'t str> {
        let bytes = &self.text.as_bytes()[self.at..];
        let is_end = |i: usize| {
            let b = bytes[i];
            let is_mark =
                matches!(b, b'"' | b'(' | b')' | b'{' | b'}' | b';' | b':' | b',' | b'\\');
            let is_comment = b == b'/' && matches!(bytes.get(i + 1), Some(b'/' | b'*'));
            b.is_ascii_whitespace() || is_mark && !also.contains(&b) || is_comment
        };
        let length = (0..bytes.len()).find(|i| is_end(*i)).unwrap_or(bytes.len());
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        (length > 0).then_some(word)
    }

    /// Reads the string whose opening quote is next. A string that runs over the end of its line is a fault. It then ends
    /// where it most probably should: at the end of the line, or at the next quote if only a list stands before that
    /// quote.
    pub fn string(&mut self) -> Value {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let (mut text, mut from, mut at) = (String::new(), start + 1, start + 1);
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let line_end = match &bytes[at + 1..] {
                        [b'\n', ..] => 2,
                        [b'\r', b'\n', ..] => 3,
                        _ => 0,
                    };
                    if line_end > 0 {
                        text.push_str(&self.text[from..at]);
                        from = at + line_end;
                    }
                    // An escaped character may have more bytes, none of which is a quote.
                    at += line_end.max(1 + usize::from(at + 1 < bytes.len() && line_end == 0));
                }
                Some(b'\n') => {
                    if self.faults.last().is_none_or(|fault| fault.at != start) {
                        let expected = "`\"` before the line ends, or `\\` as its last character";
                        self.fault(
                            start,
                            "the string that begins here does not end on its line",
                            expected,
                        );
                    }
                    if !self.goes_on_as_list(at) {
                        text.push_str(&self.text[from..at]);
                        self.at = at;
                        return Value { text, quoted: true, at: start };
                    }
                    at += 1;
                }
                Some(_) => at += 1,
                None => {
                    let expected = "`\"`";
                    self.fault(start, "the string that begins here does not end", expected);
                    self.is_cut_off = true;
                    text.push_str(&self.text[from..]);
                    self.at = bytes.len();
                    return Value { text, quoted: true, at: start };
                }
            }
        }
        text.push_str(&self.text[from..at]);
        self.at = at + 1;
        Value { text, quoted: true, at: start }
    }

    /// Whether the next line has only numbers up to a quote or up to its end.
    fn goes_on_as_list(&self, line_end: usize) -> bool {
        let line = self.text[line_end + 1..].lines().next().unwrap_or_default();
        let list = line.split('"').next().unwrap_or_default();
        let is_list = |b: u8| {
            b.is_ascii_digit() || matches!(b, b' ' | b'\t' | b'.' | b',' | b'-' | b'+' | b'e')
        };
        !list.trim().is_empty() && list.bytes().all(is_list)
    }

    /// Skips a statement that cannot be read: to the next `;`, the end of its line, or before a brace.
    pub fn skip_statement(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let is_end = |b: &u8| matches!(b, b';' | b'\n' | b'{' | b'}');
        self.at += rest.iter().position(is_end).unwrap_or(rest.len());
        self.take(b';');
    }

    /// The text at this position, for a message.
    pub fn here(&self) -> String {
        match self.text[self.at..].chars().next() {
            None => "the end of the file".to_owned(),
            Some(c) if c.is_whitespace() => "the end of the line".to_owned(),
            Some(c) => format!("`{c}`"),
        }
    }
}
