//! Reads one statement: its name, then a value, a list, or the head of a group.

use crate::cursor::Cursor;
use crate::group::{Complex, Group, Simple};
use crate::value::Value;

/// The result of reading a statement.
pub(crate) enum Statement {
    Simple(Simple),
    Complex(Complex),
    /// The head of a group: its `{` was read, and its items follow.
    Opens(Group),
    /// A statement that could not be read; its fault was reported.
    Unreadable,
}

/// Reads the statement at this position, which begins with neither a blank nor a brace nor `;`.
pub(crate) fn statement(cursor: &mut Cursor) -> Statement {
    let at = cursor.at;
    let Some(name) = cursor.word(&[]) else {
        let found = format!("{} where a statement begins", cursor.here());
        cursor.fault(at, found, "the name of an attribute or a group");
        // The mark itself, lest it be read again.
        cursor.at += usize::from(cursor.at < cursor.text.len());
        cursor.skip_statement();
        return Statement::Unreadable;
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '-');
    if let Some(wrong) = name.chars().find(|c| !is_part(*c)) {
        let shown: String = name.chars().take(60).collect();
        let code = u32::from(wrong);
        let found = format!("`{shown}` holds the character U+{code:04X}, which no name holds");
        cursor.fault(at, found, "letters, digits and `_`");
        cursor.skip_statement();
        return Statement::Unreadable;
    }
    cursor.skip_blanks();
    match cursor.peek() {
        Some(b':') => simple(cursor, name, at),
        Some(b'(') => list_or_group(cursor, name, at),
        Some(b'{') => {
            cursor.fault(
                at,
                format!("the group `{name}` has no parentheses"),
                format!("`{name} () {{`"),
            );
            cursor.at += 1;
            Statement::Opens(Group { at, ..Group::new(name) })
        }
        _ => {
            let found = format!("{} after `{name}`", cursor.here());
            cursor.fault(cursor.at, found, "`:` and a value, or `(` and a list");
            cursor.skip_statement();
            Statement::Unreadable
        }
    }
}

fn simple(cursor: &mut Cursor, name: &str, at: usize) -> Statement {
    cursor.at += 1;
    let colon_end = cursor.at;
    if cursor.skip_line_blanks() {
        // A value on the next line is one only if it is a string, else `x :` and the next statement would be one.
        cursor.skip_blanks();
        if cursor.peek() != Some(b'"') {
            cursor.fault(at, format!("`{name}` has no value"), format!("`{name} : value;`"));
            return Statement::Unreadable;
        }
    }
    let value = if cursor.peek() == Some(b'"') { cursor.string() } else { bare(cursor) };
    if value.text.is_empty() && !value.quoted {
        cursor.fault(at, format!("`{name}` has no value"), format!("`{name} : value;`"));
        cursor.at = cursor.at.max(colon_end);
        cursor.skip_statement();
        return Statement::Unreadable;
    }
    end_of_attribute(cursor, name);
    Statement::Simple(Simple { name: name.to_owned(), value, at })
}

/// A value without quotes: all text up to `;`, a brace, a comment or the end of the line.
fn bare(cursor: &mut Cursor) -> Value {
    let (start, bytes) = (cursor.at, cursor.text.as_bytes());
    let is_end = |i: &usize| match bytes[*i] {
        b';' | b'\n' | b'{' | b'}' | b'"' => true,
        b'/' => matches!(bytes.get(i + 1), Some(b'/' | b'*')),
        b'\\' => matches!(bytes.get(i + 1), Some(b'\n' | b'\r')),
        _ => false,
    };
    let end = (start..bytes.len()).find(is_end).unwrap_or(bytes.len());
    cursor.at = end;
    Value { text: cursor.text[start..end].trim().to_owned(), quoted: false, at: start }
}

/// Reads the end of an attribute: `;`, or the end of its line, which most tools accept.
fn end_of_attribute(cursor: &mut Cursor, name: &str) {
    let (end, comments) = (cursor.at, cursor.comments.len());
    let at_line_end = cursor.skip_line_blanks();
    if cursor.take(b';') {
        return;
    }
    if at_line_end || matches!(cursor.peek(), None | Some(b'}')) {
        cursor.remark(
            end,
            format!("`{name}` does not end with `;`"),
            "`;`, which some tools demand",
        );
        cursor.back_to(end, comments);
        return;
    }
    let found = format!("{} after the value of `{name}`", cursor.here());
    cursor.fault(cursor.at, found, "`;`");
    cursor.skip_statement();
}

fn list_or_group(cursor: &mut Cursor, name: &str, at: usize) -> Statement {
    cursor.at += 1;
    let values = list(cursor, name, at);
    let (end, comments) = (cursor.at, cursor.comments.len());
    cursor.skip_blanks();
    if cursor.take(b'{') {
        return Statement::Opens(Group {
            name: name.to_owned(),
            arguments: values,
            items: Vec::new(),
            at,
        });
    }
    if !cursor.take(b';') {
        // What was skipped belongs to the next statement.
        cursor.back_to(end, comments);
    }
    if name == "include_file" {
        let path = values.first().map_or("", |value| value.text.as_str());
        cursor.fault(
            at,
            format!("the file includes `{path}`, and one library is read from one file"),
            "the text of that file in place of this line",
        );
    }
    Statement::Complex(Complex { name: name.to_owned(), values, at })
}

/// Reads the values up to and including `)`.
fn list(cursor: &mut Cursor, name: &str, opened_at: usize) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let (mut comma, mut told) = (true, false);
    loop {
        cursor.skip_blanks();
        let at = cursor.at;
        match cursor.peek() {
            Some(b')') => {
                cursor.at += 1;
                return values;
            }
            Some(b',') => {
                cursor.at += 1;
                comma = true;
            }
            Some(b'"') => {
                if !comma && !told {
                    told = true;
                    let found = format!("no comma between two strings of `{name}`");
                    cursor.remark(at, found, "`,`, which some tools demand");
                }
                values.push(cursor.string());
                comma = false;
            }
            end @ (None | Some(b'{' | b'}' | b';')) => {
                if !cursor.is_cut_off {
                    let found = format!("the parenthesis after `{name}` does not close");
                    cursor.fault(opened_at, found, "`)`");
                }
                cursor.is_cut_off |= end.is_none();
                return values;
            }
            Some(b'(') if !comma && values.last().is_some_and(|last| !last.quoted) => {
                return unclosed(cursor, name, opened_at, values);
            }
            Some(b'(' | b'\\') => {
                cursor.fault(at, format!("{} in the list of `{name}`", cursor.here()), "a value");
                cursor.at += 1;
            }
            Some(_) => {
                // `:` belongs to a bus: `A[3:0]`.
                if let Some(text) = cursor.word(b":") {
                    if !text.contains('[') && text.contains(':') {
                        if !text.starts_with(':') {
                            values.push(Value { text: text.to_owned(), quoted: false, at });
                        }
                        return unclosed(cursor, name, opened_at, values);
                    }
                    values.push(Value { text: text.to_owned(), quoted: false, at });
                    comma = false;
                }
            }
        }
    }
}

/// A list whose last value is in fact the name of the next statement: the reader goes back and reads that statement as
/// such.
fn unclosed(
    cursor: &mut Cursor,
    name: &str,
    opened_at: usize,
    mut values: Vec<Value>,
) -> Vec<Value> {
    cursor.fault(opened_at, format!("the parenthesis after `{name}` does not close"), "`)`");
    match values.pop_if(|last| !last.quoted) {
        Some(next) => cursor.at = next.at,
        None => cursor.skip_statement(),
    }
    values
}
