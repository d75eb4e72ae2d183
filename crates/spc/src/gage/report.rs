//! What every measurement study says, whatever was studied.

use libchar_core::{Cell, Frame};
use serde_json::Value;

/// An answer about a measurement system.
pub trait Report {
    /// What a reader must know, one sentence each.
    fn warnings(&self) -> Vec<String> {
        Vec::new()
    }

    /// The answer as rows.
    fn frame(&self) -> Frame;

    /// The tables that a person reads, one below the other.
    fn tables(&self) -> Vec<Frame> {
        vec![self.frame()]
    }

    /// A sentence below these.
    fn sentence(&self) -> Option<String> {
        None
    }

    /// All that was found.
    fn document(&self) -> Value;

    /// The answer drawn, where there is something to draw.
    fn picture(&self) -> Option<String> {
        None
    }

    /// What is wrong with the gage, one sentence each.
    fn findings(&self) -> Vec<String>;
}

/// A frame of named quantities, one a row.
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
