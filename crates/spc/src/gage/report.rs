//! The interface that the results of all measurement studies share.

use libchar_core::{Cell, Format, Frame};
use serde_json::Value;
use std::io::{self, Write};

/// The result of a study of a measurement system.
pub trait Report {
    /// What a reader must know, in sentences.
    fn warnings(&self) -> Vec<String> {
        Vec::new()
    }

    /// The result as a table.
    fn frame(&self) -> Frame;

    /// The tables for a human reader, one below the other.
    fn tables(&self) -> Vec<Frame> {
        vec![self.frame()]
    }

    /// A sentence to print below the tables.
    fn sentence(&self) -> Option<String> {
        None
    }

    /// The document of all results.
    fn document(&self) -> Value;

    /// A picture of the result, if there is something to draw.
    fn picture(&self) -> Option<String> {
        None
    }

    /// What is wrong with the gage, in sentences.
    fn findings(&self) -> Vec<String>;
}

/// Writes the tables one below the other, and the sentence.
///
/// # Errors
/// Those of `out`.
pub fn write(study: &impl Report, out: &mut dyn Write) -> io::Result<()> {
    for (i, table) in study.tables().iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        table.write(Format::Table, out)?;
    }
    if let Some(sentence) = study.sentence() {
        writeln!(out, "\n{sentence}")?;
    }
    out.flush()
}

/// A table of named quantities, one per row.
pub(super) fn quantities(
    schema: &'static str,
    rows: impl IntoIterator<Item = (&'static str, Cell)>,
) -> Frame {
    let mut frame = Frame::new(schema, 1, ["quantity", "value"]);
    for (name, value) in rows {
        frame.push(vec![name.into(), value]);
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Study;

    impl Report for Study {
        fn frame(&self) -> Frame {
            quantities("s", [("cg", 1.5.into())])
        }
        fn tables(&self) -> Vec<Frame> {
            vec![self.frame(), self.frame()]
        }
        fn sentence(&self) -> Option<String> {
            Some("It is fit.".to_owned())
        }
        fn document(&self) -> Value {
            Value::Null
        }
        fn findings(&self) -> Vec<String> {
            Vec::new()
        }
    }

    #[test]
    fn tables_stand_apart_and_the_sentence_below_them() {
        let mut text = Vec::new();
        write(&Study, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let parts: Vec<&str> = text.split("\n\n").collect();
        assert_eq!((parts.len(), parts[2]), (3, "It is fit.\n"), "{text}");
        assert!(parts[0] == parts[1] && parts[0].contains("cg"), "{text}");
    }
}
