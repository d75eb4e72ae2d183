//! Conditions on rows: `tool == E04 and (step > 3 or recipe in (A, B))`.

use super::Table;
use super::times::{self, Form};
use crate::fault::Faults;
use crate::number::parse_decimal;
use std::cmp::Ordering;

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

/// A value as it is typed, and what it may mean.
#[derive(Debug, Clone, PartialEq)]
struct Value {
    text: String,
    number: Option<f64>,
    time: Option<(Form, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    /// Compares a column (by its index among the names) with a value.
    Compare(usize, Operator, Value),
    /// Looks for a column's cell among values.
    Among(usize, Vec<Value>),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

/// A condition on named cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Names of the columns that it asks for.
    pub columns: Vec<String>,
    tree: Tree,
}

impl Condition {
    /// Parses a condition. Names and values with spaces or operators must be quoted.
    ///
    /// # Errors
    /// A sentence that says why the text is not a condition.
    pub fn parse(text: &str) -> Result<Condition, String> {
        let wrong = |why: String| {
            format!("`{text}` is not a condition: {why}, as in `tool == E04 and step > 3`")
        };
        let words = words(text).ok_or_else(|| wrong("a quote is open".to_owned()))?;
        let mut parser = Parser { words: words.into_iter().peekable(), columns: Vec::new() };
        let tree = parser.any().map_err(wrong)?;
        match parser.words.next() {
            None => Ok(Condition { columns: parser.columns, tree }),
            Some(Word { text, .. }) => Err(wrong(format!("`{text}` is neither `and` nor `or`"))),
        }
    }

    /// Whether a row meets the condition; `cell` returns its cell for an index into
    /// [`Condition::columns`].
    pub fn holds<'a>(&self, cell: &impl Fn(usize) -> &'a str) -> bool {
        self.tree.holds(cell)
    }

    /// For each row of a table, whether it meets the condition.
    ///
    /// # Errors
    /// Columns that the table does not have.
    pub fn rows(&self, table: &Table) -> Result<Vec<bool>, Faults> {
        let (places, faults): (Vec<_>, Vec<_>) =
            self.columns.iter().map(|name| table.column(name)).partition(Result::is_ok);
        Faults::or((), faults.into_iter().filter_map(Result::err).collect())?;
        let places: Vec<usize> = places.into_iter().flatten().collect();
        let holds = |row: usize| self.holds(&|column: usize| table.cell(row, places[column]));
        Ok((0..table.len()).map(holds).collect())
    }
}

impl Tree {
    fn holds<'a>(&self, cell: &impl Fn(usize) -> &'a str) -> bool {
        match self {
            Tree::Compare(column, operator, value) => value.compare(cell(*column), *operator),
            Tree::Among(column, values) => {
                values.iter().any(|value| value.compare(cell(*column), Operator::Equal))
            }
            Tree::Not(tree) => !tree.holds(cell),
            Tree::All(trees) => trees.iter().all(|tree| tree.holds(cell)),
            Tree::Any(trees) => trees.iter().any(|tree| tree.holds(cell)),
        }
    }
}

impl Value {
    fn new(text: String) -> Value {
        let number = parse_decimal(&text);
        let time = times::parse(&text, None).filter(|(form, _)| *form != Form::Number);
        Value { number, time, text }
    }

    /// Numbers compare as numbers, times as times, everything else as text. A cell that is not a
    /// number is neither below nor above one, and an empty cell is neither below nor above
    /// anything.
    fn compare(&self, cell: &str, operator: Operator) -> bool {
        let order = if let Some(value) = self.number {
            parse_decimal(cell).map(|cell| cell.total_cmp(&value))
        } else if let Some((form, value)) = self.time {
            let time = times::parse(cell, None).filter(|(own, _)| *own == form);
            time.map(|(_, cell)| cell.total_cmp(&value))
        } else {
            (!cell.is_empty() || self.text.is_empty()).then(|| cell.cmp(self.text.as_str()))
        };
        let order = order.or((cell == self.text).then_some(Ordering::Equal));
        match (operator, order) {
            (Operator::Unequal, None) => true,
            (_, None) => false,
            (Operator::Equal, Some(order)) => order.is_eq(),
            (Operator::Unequal, Some(order)) => order.is_ne(),
            (Operator::Less, Some(order)) => order.is_lt(),
            (Operator::AtMost, Some(order)) => order.is_le(),
            (Operator::More, Some(order)) => order.is_gt(),
            (Operator::AtLeast, Some(order)) => order.is_ge(),
        }
    }
}

/// A word of a condition; one in quotes is a name or a value even if it looks like an operator.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    text: String,
    quoted: bool,
}

struct Parser {
    words: std::iter::Peekable<std::vec::IntoIter<Word>>,
    columns: Vec<String>,
}

impl Parser {
    fn take(&mut self, keyword: &str) -> bool {
        self.words.next_if(|word| !word.quoted && word.text == keyword).is_some()
    }

    fn any(&mut self) -> Result<Tree, String> {
        let mut trees = vec![self.all()?];
        while self.take("or") {
            trees.push(self.all()?);
        }
        Ok(if trees.len() == 1 { trees.remove(0) } else { Tree::Any(trees) })
    }

    fn all(&mut self) -> Result<Tree, String> {
        let mut trees = vec![self.one()?];
        while self.take("and") {
            trees.push(self.one()?);
        }
        Ok(if trees.len() == 1 { trees.remove(0) } else { Tree::All(trees) })
    }

    fn one(&mut self) -> Result<Tree, String> {
        if self.take("not") {
            return Ok(Tree::Not(Box::new(self.one()?)));
        }
        if self.take("(") {
            let tree = self.any()?;
            return if self.take(")") { Ok(tree) } else { Err("a bracket is open".to_owned()) };
        }
        let column = self.name("a column, an operator and a value are expected")?;
        let column = self.columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        if self.take("in") {
            return self.list(column);
        }
        let sign = self.words.next().filter(|word| !word.quoted).map(|word| word.text);
        let sign = sign.ok_or("a column, an operator and a value are expected")?;
        let operator = OPERATORS.iter().find(|(name, _)| *name == sign);
        let (_, operator) =
            operator.ok_or_else(|| format!("`{sign}` is none of ==, !=, <, <=, >, >=, in"))?;
        let value = self.name("a column, an operator and a value are expected")?;
        Ok(Tree::Compare(column, *operator, Value::new(value)))
    }

    fn list(&mut self, column: usize) -> Result<Tree, String> {
        let why = "a list is expected after `in`, such as (A, B)";
        let mut values = Vec::new();
        if !self.take("(") {
            return Err(why.to_owned());
        }
        loop {
            values.push(Value::new(self.name(why)?));
            if self.take(")") {
                return Ok(Tree::Among(column, values));
            }
            if !self.take(",") {
                return Err(why.to_owned());
            }
        }
    }

    /// A name or a value.
    fn name(&mut self, why: &str) -> Result<String, String> {
        let is_sign = |text: &str| {
            ["(", ")", ","].contains(&text) || OPERATORS.iter().any(|(name, _)| *name == text)
        };
        match self.words.next() {
            Some(word) if word.quoted || !is_sign(&word.text) => Ok(word.text),
            _ => Err(why.to_owned()),
        }
    }
}

/// Splits a condition into words, signs and quoted texts; `None` if a quote is not closed.
fn words(text: &str) -> Option<Vec<Word>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (text, quoted, used) = if let Some(inner) = rest.strip_prefix(['"', '\'']) {
            let end = inner.find(first)?;
            (&inner[..end], true, end + 2)
        } else {
            let sign = OPERATORS.iter().map(|(name, _)| *name).chain(["(", ")", ","]);
            let end = sign.into_iter().find(|sign| rest.starts_with(sign)).map_or_else(
                || {
                    let ends = |c: char| c.is_whitespace() || "=!<>(),".contains(c);
                    rest.find(ends).unwrap_or(rest.len()).max(first.len_utf8())
                },
                str::len,
            );
            (&rest[..end], false, end)
        };
        found.push(Word { text: text.to_owned(), quoted });
        rest = rest[used..].trim_start();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<bool> {
        let csv = b"tool,step,CD nm,at\nE04,3,1,2026-03-01\nE04,10,2,2026-03-01T12:00:00\nE05,4,3,\n,,,2026-10-01\n";
        let table = Table::parse("t.csv", csv).unwrap();
        Condition::parse(text).unwrap().rows(&table).unwrap()
    }

    #[test]
    fn numbers_compare_as_numbers_and_names_may_be_quoted() {
        assert_eq!(rows("tool == E04 and step > 3"), [false, true, false, false]);
        assert_eq!(rows("tool=E05 or step<=3"), [true, false, true, false]);
        assert_eq!(rows("\"CD nm\" >= 2"), [false, true, true, false]);
        assert_eq!(rows("tool in (E05, \"E06\") or step==10.0"), [false, true, true, false]);
        assert_eq!(
            rows("not (tool == E04 and (step < 5 or step > 20))"),
            [false, true, true, true]
        );
        for wrong in [
            "",
            "tool",
            "tool == E04 step > 3",
            "tool ~ 3",
            "'tool == 3",
            "(tool == 3",
            "tool in E04",
            "tool == )",
        ] {
            assert!(Condition::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn gaps_are_neither_below_nor_above() {
        assert_eq!(rows("step < 5"), [true, false, true, false]);
        assert_eq!(rows("step != 3"), [false, true, true, true]);
        assert_eq!(rows("tool == ''"), [false, false, false, true]);
        assert_eq!(rows("tool < F"), [true, true, true, false]);
    }

    #[test]
    fn times_compare_as_times() {
        assert_eq!(rows("at > 2026-03-01"), [false, true, false, true]);
        assert_eq!(rows("at == 2026-03-01T00:00"), [true, false, false, false]);
    }
}
