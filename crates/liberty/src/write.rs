//! Writes groups: one statement on each line, two blanks for each level, the same bytes for the same groups.

use crate::group::{Comment, Complex, Document, Group, Item, is_word};
use crate::value::Value;
use std::fmt::{self, Display, Formatter};

/// The most characters of a list that is written on one line.
const WIDEST: usize = 90;

impl Display for Document {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_items(f, &self.items, 0)
    }
}

impl Display for Group {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_group(f, self, 0)
    }
}

fn write_items(f: &mut Formatter<'_>, items: &[Item], level: usize) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Group(group) => write_group(f, group, level)?,
            Item::Simple(simple) => {
                indent(f, level)?;
                write!(f, "{} : ", simple.name)?;
                write_simple_value(f, &simple.value)?;
                f.write_str(";")?;
            }
            Item::Complex(complex) => write_complex(f, complex, level)?,
            Item::Comment(comment) => {
                if !comment.trailing {
                    indent(f, level)?;
                }
                f.write_str(&comment.text)?;
            }
        }
        // A line comment takes the rest of its line for itself.
        let is_line_comment =
            matches!(item, Item::Comment(comment) if comment.text.starts_with("//"));
        match items.get(i + 1) {
            Some(Item::Comment(Comment { trailing: true, .. })) if !is_line_comment => {
                f.write_str(" ")?;
            }
            _ => f.write_str("\n")?,
        }
    }
    Ok(())
}

fn write_group(f: &mut Formatter<'_>, group: &Group, level: usize) -> fmt::Result {
    indent(f, level)?;
    write!(f, "{} (", group.name)?;
    write_list(f, &group.arguments, ", ")?;
    f.write_str(") {")?;
    let trails = matches!(group.items.first(), Some(Item::Comment(comment)) if comment.trailing);
    f.write_str(if trails { " " } else { "\n" })?;
    write_items(f, &group.items, level + 1)?;
    indent(f, level)?;
    f.write_str("}")
}

fn write_complex(f: &mut Formatter<'_>, complex: &Complex, level: usize) -> fmt::Result {
    indent(f, level)?;
    write!(f, "{} (", complex.name)?;
    let values = &complex.values;
    let is_table = values.len() > 1 && values.iter().all(|value| value.quoted);
    let width: usize = values.iter().map(|value| value.text.len() + 4).sum();
    if is_table && (complex.name == "values" || width > WIDEST) {
        let pad = "  ".repeat(level + 1);
        write!(f, " \\\n{pad}")?;
        write_list(f, values, &format!(", \\\n{pad}"))?;
        write!(f, " \\\n{}", "  ".repeat(level))?;
    } else {
        write_list(f, values, ", ")?;
    }
    f.write_str(");")
}

fn write_list(f: &mut Formatter<'_>, values: &[Value], separator: &str) -> fmt::Result {
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            f.write_str(separator)?;
        }
        write_value(f, value, value.quoted || !is_bus_word(&value.text))?;
    }
    Ok(())
}

/// An expression such as `VDD + 0.3` stays one value; any other text with blanks is quoted, as readers expect.
fn write_simple_value(f: &mut Formatter<'_>, value: &Value) -> fmt::Result {
    write_value(f, value, value.quoted || !is_word(&value.text) && !is_expression(&value.text))
}

fn write_value(f: &mut Formatter<'_>, value: &Value, quoted: bool) -> fmt::Result {
    let quote = if quoted { "\"" } else { "" };
    write!(f, "{quote}{}{quote}", value.text)
}

/// A word that may have a bus index, such as `A[3:0]`.
fn is_bus_word(text: &str) -> bool {
    match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        None => is_word(text),
        Some((name, range)) => {
            is_word(name)
                && !range.is_empty()
                && range.bytes().all(|b| b.is_ascii_digit() || b == b':')
        }
    }
}

/// Words with `+`, `-`, `*` or `/` between them, surrounded by blanks.
fn is_expression(text: &str) -> bool {
    let parts: Vec<&str> = text.split(' ').collect();
    parts.len() % 2 == 1
        && parts.iter().enumerate().all(|(i, part)| match i % 2 {
            0 => is_word(part),
            _ => matches!(*part, "+" | "-" | "*" | "/"),
        })
}

fn indent(f: &mut Formatter<'_>, level: usize) -> fmt::Result {
    (0..level).try_for_each(|_| f.write_str("  "))
}
