//! Lookup tables: `index_1`, `index_2`, `index_3` and `values` of a group.

use crate::group::{Complex, Group};
use crate::value::Value;

/// A lookup table with its own indexes, or with those of its template.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its indexes in their order, in the units of the library; empty for a scalar.
    pub indexes: Vec<Vec<f64>>,
    /// Its values; the last index changes fastest. Their number is the product of the lengths of the indexes.
    pub values: Vec<f64>,
}

/// The reason why a group holds no valid table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// Byte offset in the file.
    pub at: usize,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl Table {
    /// The table of a group such as `cell_rise`; an index that the group does not give is taken from its template.
    ///
    /// # Errors
    /// Text that is not a number, missing `values`, or rows whose lengths do not fit the indexes.
    pub fn of(group: &Group, template: Option<&Group>) -> Result<Table, TableFault> {
        let fault = |at: usize, found: String, expected: &str| TableFault {
            at,
            found,
            expected: expected.to_owned(),
        };
        let mut indexes = Vec::new();
        for name in ["index_1", "index_2", "index_3"] {
            let index = group.list(name).or_else(|| template.and_then(|t| t.list(name)));
            let Some(index) = index else { break };
            indexes.push(rows(index)?.concat());
        }
        let Some(written) = group.list("values") else {
            return Err(fault(
                group.at,
                format!("`{}` has no `values`", group.name),
                "`values (…)`",
            ));
        };
        let rows = rows(written)?;
        let size: usize = indexes.iter().map(Vec::len).product();
        let count: usize = rows.iter().map(Vec::len).sum();
        if count != size {
            let shape: Vec<String> = indexes.iter().map(|i| i.len().to_string()).collect();
            let expected = match shape.is_empty() {
                true => "1 value, for there is no index".to_owned(),
                false => format!("{size} values, for the indexes are {}", shape.join(" x ")),
            };
            let values = if count == 1 { "value" } else { "values" };
            return Err(fault(written.at, format!("the table holds {count} {values}"), &expected));
        }
        let width = indexes.last().map_or(1, Vec::len);
        if let Some((i, row)) =
            rows.iter().enumerate().find(|(_, row)| row.len() % width.max(1) != 0)
        {
            let at = written.values.get(i).map_or(written.at, |value| value.at);
            let found = format!("row {} holds {} values", i + 1, row.len());
            return Err(fault(at, found, &format!("{width}, as the last index has")));
        }
        Ok(Table { indexes, values: rows.concat() })
    }

    /// Position of an entry on each axis, from 0.
    pub fn position(&self, entry: usize) -> Vec<usize> {
        let mut rest = entry;
        let mut position: Vec<usize> = self
            .indexes
            .iter()
            .rev()
            .map(|index| {
                let at = rest % index.len().max(1);
                rest /= index.len().max(1);
                at
            })
            .collect();
        position.reverse();
        position
    }
}

/// The numbers in each value of an attribute. Several rows may also be written as single numbers.
fn rows(complex: &Complex) -> Result<Vec<Vec<f64>>, TableFault> {
    let row = |value: &Value| {
        value.numbers().map_err(|(offset, text)| TableFault {
            at: value.at + usize::from(value.quoted) + offset,
            found: format!("`{text}` in `{}`", complex.name),
            expected: "a decimal number".to_owned(),
        })
    };
    complex.values.iter().map(row).collect::<Result<Vec<_>, _>>().map(|rows| {
        let is_plain = complex.values.iter().all(|value| !value.quoted);
        if is_plain && rows.len() > 1 { vec![rows.concat()] } else { rows }
    })
}

impl Group {
    /// Adds `index_1` and so on, and `values` in rows as long as the last index. Without an index it is a scalar.
    ///
    /// # Panics
    /// In debug builds, if the number of values is not the product of the lengths of the indexes.
    pub fn with_table(mut self, indexes: &[&[f64]], values: &[f64]) -> Group {
        debug_assert_eq!(values.len(), indexes.iter().map(|i| i.len()).product::<usize>());
        for (i, index) in indexes.iter().enumerate() {
            self.add(&format!("index_{}", i + 1), vec![Value::row(index)]);
        }
        let width = indexes.last().map_or(1, |index| index.len()).max(1);
        self.add("values", values.chunks(width).map(Value::row).collect());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::read;

    fn table(text: &str) -> Result<Table, String> {
        let text = format!("library (x) {{ {text} }}");
        let document = read("x.lib", &text).unwrap();
        let library = document.library();
        let template = library.group("lu_table_template");
        let group = library.group("cell_rise").unwrap();
        Table::of(group, template)
            .map_err(|fault| format!("{}, not {}", fault.expected, fault.found))
    }

    #[test]
    fn indexes_come_from_the_template_where_the_table_has_none() {
        let found = table(
            "lu_table_template (t) { index_1 (\"1, 2\"); index_2 (\"3, 4, 5\"); } \
             cell_rise (t) { index_1 (\"1, 9\"); values (\"1, 2, 3\", \"4, 5, 6\"); }",
        )
        .unwrap();
        assert_eq!(found.indexes, [vec![1.0, 9.0], vec![3.0, 4.0, 5.0]]);
        assert_eq!(found.position(5), [1, 2]);
    }

    #[test]
    fn a_table_of_another_shape_is_refused() {
        let fault =
            table("cell_rise (t) { index_1 (\"1, 2\"); values (\"1, 2, 3\"); }").unwrap_err();
        assert_eq!(fault, "2 values, for the indexes are 2, not the table holds 3 values");
        let fault =
            table("cell_rise (t) { index_1 (\"1\"); index_2 (\"1,2\"); values (\"1\", \"2\"); }")
                .unwrap_err();
        assert_eq!(fault, "2, as the last index has, not row 1 holds 1 values");
        assert_eq!(table("cell_rise (scalar) { values (\"0.5\"); }").unwrap().values, [0.5]);
        assert!(table("cell_rise (t) { values (\"0.5x\"); }").unwrap_err().contains("`0.5x`"));
    }
}
