//! Notes that accompany an answer.

use crate::table::columns::Skipped;

/// A note that accompanies an answer: its topic, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Something that was counted on is not done: also who asked for quiet hears it.
    Alarm(&'static str, String),
    /// Something was left out.
    Warning(&'static str, String),
    /// A remark that calls for no action.
    Info(&'static str, String),
}

impl Note {
    /// A warning of how many cells without a number were left out, and where the first of them is;
    /// `None` if there are none.
    pub fn skipped(cells: &[Skipped]) -> Option<Self> {
        let first = cells.first()?;
        let place = format!("line {}, column `{}`", first.line, first.column);
        let message = match cells.len() {
            1 => format!("1 cell without a number was left out, in {place}"),
            n => format!("{n} cells without a number were left out, the first in {place}"),
        };
        Some(Self::Warning("skipped", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_were_left_out_are_counted_with_the_place_of_the_first() {
        let cell = |line| Skipped { line, column: "x".to_owned(), found: "?".to_owned() };
        let told = |cells: &[Skipped]| match Note::skipped(cells) {
            Some(Note::Warning(_, message)) => message,
            Some(other) => panic!("{other:?}"),
            None => String::new(),
        };
        assert_eq!(told(&[]), "");
        assert_eq!(told(&[cell(3)]), "1 cell without a number was left out, in line 3, column `x`");
        assert!(
            told(&[cell(3), cell(9)])
                .starts_with("2 cells without a number were left out, the first in line 3")
        );
    }
}
