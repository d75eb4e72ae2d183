//! The interface that the results of all measurement studies share.

use libchar_core::{Cell, Frame};
use serde_json::Value;

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
