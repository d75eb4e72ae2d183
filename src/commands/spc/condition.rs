//! Conditions on rows: `tool == E04 and step > 3`.

use crate::exit::Usage;
use anyhow::Result;
use libchar_core::number::parse_decimal;
use libchar_core::{Faults, Table};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// Operators, longest first.
const OPERATORS: [(&str, Operator); 7] = [
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("<", Operator::Less),
    (">", Operator::More),
    ("=", Operator::Equal),
];

#[derive(Debug, Clone, PartialEq)]
struct Term {
    column: String,
    operator: Operator,
    value: String,
}

/// Terms joined by `and`, these by `or`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Vec<Vec<Term>>);

impl Condition {
    /// Parses a condition. Names and values with spaces or operators stand in quotes.
    ///
    /// # Errors
    /// What is no condition.
    pub fn parse(text: &str) -> Result<Condition> {
        let wrong = |why: String| {
            Usage(format!("`{text}` is no condition: {why}, as in `tool == E04 and step > 3`"))
        };
        let mut words = words(text).ok_or_else(|| wrong("a quote is open".to_owned()))?.into_iter();
        let mut all = vec![Vec::new()];
        loop {
            let (column, operator, value) = (words.next(), words.next(), words.next());
            let (Some(column), Some(operator), Some(value)) = (column, operator, value) else {
                return Err(
                    wrong("a column, an operator and a value are expected".to_owned()).into()
                );
            };
            let operator = OPERATORS
                .iter()
                .find(|(name, _)| *name == operator)
                .ok_or_else(|| wrong(format!("`{operator}` is none of ==, !=, <, <=, >, >=")))?;
            if let Some(terms) = all.last_mut() {
                terms.push(Term { column, operator: operator.1, value });
            }
            match words.next().as_deref() {
                None => return Ok(Condition(all)),
                Some("and") => {}
                Some("or") => all.push(Vec::new()),
                Some(other) => return Err(wrong(format!("`{other}` is neither and nor or")).into()),
            }
        }
    }

    /// Rows of the table that meet it.
    ///
    /// # Errors
    /// Columns that the table does not have.
    pub fn rows(&self, table: &Table) -> Result<Vec<bool>, Faults> {
        let mut faults = Vec::new();
        let mut places: Vec<Vec<usize>> = Vec::new();
        for terms in &self.0 {
            let found = terms.iter().map(|term| {
                table.column(&term.column).unwrap_or_else(|fault| {
                    faults.push(fault);
                    0
                })
            });
            places.push(found.collect());
        }
        Faults::or((), faults)?;
        let holds = |row: usize| {
            self.0.iter().zip(&places).any(|(terms, places)| {
                terms.iter().zip(places).all(|(term, place)| term.holds(table.cell(row, *place)))
            })
        };
        Ok((0..table.len()).map(holds).collect())
    }
}

impl Term {
    /// Numbers compare as numbers, all else as text.
    fn holds(&self, cell: &str) -> bool {
        let order = match (parse_decimal(cell), parse_decimal(&self.value)) {
            (Some(cell), Some(value)) => cell.total_cmp(&value),
            _ => cell.cmp(self.value.as_str()),
        };
        match self.operator {
            Operator::Equal => order.is_eq(),
            Operator::Unequal => order.is_ne(),
            Operator::Less => order.is_lt(),
            Operator::AtMost => order.is_le(),
            Operator::More => order.is_gt(),
            Operator::AtLeast => order.is_ge(),
        }
    }
}

/// Words, operators and quoted texts; `None` where a quote is open.
fn words(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix(['"', '\'']) {
            let end = quoted.find(first)?;
            found.push(quoted[..end].to_owned());
            rest = quoted[end + 1..].trim_start();
            continue;
        }
        if let Some((name, _)) = OPERATORS.iter().find(|(name, _)| rest.starts_with(name)) {
            found.push((*name).to_owned());
            rest = rest[name.len()..].trim_start();
            continue;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || "=!<>".contains(c)).unwrap_or(rest.len());
        let end = if end == 0 { 1 } else { end };
        found.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<bool> {
        let csv = b"tool,step,CD nm\nE04,3,1\nE04,10,2\nE05,4,3\n";
        let table = Table::parse("t.csv", csv).unwrap();
        Condition::parse(text).unwrap().rows(&table).unwrap()
    }

    #[test]
    fn numbers_compare_as_numbers_and_names_may_be_quoted() {
        assert_eq!(rows("tool == E04 and step > 3"), [false, true, false]);
        assert_eq!(rows("tool=E05 or step<=3"), [true, false, true]);
        assert_eq!(rows("\"CD nm\" >= 2"), [false, true, true]);
        for wrong in ["", "tool", "tool == E04 step > 3", "tool ~ 3", "'tool == 3"] {
            assert!(Condition::parse(wrong).is_err(), "{wrong}");
        }
    }
}
