//! `table_sweep.csv`: axes beyond corner, temperature and supply, such as a load, a slew or a code word.

use crate::label;
use crate::point::Swept;
use crate::sheet::{self, Rows, Sheet};
use libchar_core::Faults;
use libchar_core::number::rounded;

/// Name of the optional table in the tables' folder.
pub const FILE: &str = "table_sweep.csv";

const SHEET: Sheet = Sheet {
    columns: &["name", "label", "value", "from", "to", "count", "scale"],
    required: 1,
    aliases: &[],
};

/// The most values of a row that defines a range.
const MOST_VALUES: usize = 1000;

/// What an axis may be named, for faults.
pub(crate) const NAME: &str = "a letter, then letters, digits and `_`, 32 at most, and not the name of a supply, `mc` or `temp`";

/// One axis with its values, at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Name, as in `{{ sweep.cload }}`.
    pub name: String,
    /// Its values in the table's order; labels and values are different.
    pub values: Vec<Swept>,
    /// Line of its first row.
    pub line: usize,
}

/// The sweep table: axes in the order of their first rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sweeps {
    /// The file's name in faults.
    pub file: String,
    axes: Vec<Axis>,
}

impl Sweeps {
    /// Parses the table. A row has a value and may label it, or it defines a range: from, to, count
    /// and a scale, `lin` or `log`. The values of a range are rounded to six significant digits, so
    /// that a label shows the whole value.
    ///
    /// # Errors
    /// An empty table, a name that cannot be an axis, a row that is neither, a duplicate label or
    /// value of an axis.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Sweeps, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let mut sheet = Rows::new(&SHEET, &table, &columns);
        let mut axes: Vec<Axis> = Vec::new();
        let mut names = Vec::new();
        for row in 0..table.len() {
            let name = sheet.axis_name(row);
            names.push(name.clone());
            let values = sheet.values(row, &name);
            let line = table.line(row);
            let at = axes.iter().position(|axis| axis.name == name).unwrap_or_else(|| {
                axes.push(Axis { name, values: Vec::new(), line });
                axes.len() - 1
            });
            for value in values {
                sheet.known_twice(row, &axes[at], &value);
                axes[at].values.push(value);
            }
        }
        let mut faults = sheet.faults;
        sheet::case_faults(&table, columns[0], names.iter().map(String::as_str), &mut faults);
        Faults::or(Sweeps { file: file.to_owned(), axes }, faults)
    }

    /// All axes.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }
}

/// What a number of the table looks like, for faults.
const NUMBER: &str = "a number, such as 5f, 2.5n or 16";

impl Rows<'_> {
    fn axis_name(&mut self, row: usize) -> String {
        let name = self.text(row, 0);
        if !is_name(name) {
            self.reject_text(row, 0, name, NAME);
        }
        name.to_owned()
    }

    fn values(&mut self, row: usize, name: &str) -> Vec<Swept> {
        let range = (3..7).find(|column| !self.text(row, *column).is_empty());
        let single = (1..3).find(|column| !self.text(row, *column).is_empty());
        match (single, range) {
            (Some(_), Some(column)) => {
                let found = format!("`{name}` has a value and a range in one row");
                self.reject(
                    row,
                    column,
                    found,
                    "either label and value, or from, to, count and scale",
                );
                Vec::new()
            }
            (_, Some(_)) => self.range(row, name),
            _ => self.single(row, name).into_iter().collect(),
        }
    }

    fn single(&mut self, row: usize, name: &str) -> Option<Swept> {
        let value = self.number(row, 2, "", NUMBER)?;
        let given = self.text(row, 1).to_owned();
        let label = if given.is_empty() { auto_label(value) } else { given };
        if !label::is_valid(&label) {
            self.reject(row, 1, format!("{label:?} in column `label`"), label::EXPECTED);
        }
        Some(Swept { name: name.to_owned(), label, value })
    }

    fn range(&mut self, row: usize, name: &str) -> Vec<Swept> {
        let (from, to) = (self.number(row, 3, "", NUMBER), self.number(row, 4, "", NUMBER));
        let text = self.text(row, 5).to_owned();
        let count = text.parse().ok().filter(|n| (2..=MOST_VALUES).contains(n));
        if count.is_none() {
            let expected = format!("a whole number from 2 to {MOST_VALUES}");
            self.reject(row, 5, format!("`{text}` in column `count`"), &expected);
        }
        let scale = self.text(row, 6).to_owned();
        let is_log = match scale.as_str() {
            "" | "lin" => false,
            "log" => true,
            other => {
                let column = self.columns[6].unwrap_or(0);
                let fault = self.table.fault(row, column, format!("unknown scale `{other}`"));
                self.faults.push(fault.one_of(other, ["lin", "log"]));
                return Vec::new();
            }
        };
        let (Some(from), Some(to), Some(count)) = (from, to, count) else { return Vec::new() };
        if is_log && from * to <= 0.0 {
            let found = format!("a logarithmic range from {from:e} to {to:e}");
            self.reject(row, 3, found, "two numbers above 0, or two below");
            return Vec::new();
        }
        let value = |step: usize| {
            let part = step as f64 / (count - 1) as f64;
            let value =
                if is_log { from * (to / from).powf(part) } else { from + (to - from) * part };
            rounded(value, 6)
        };
        let swept = |value: f64| Swept { name: name.to_owned(), label: auto_label(value), value };
        (0..count).map(value).map(swept).collect()
    }

    fn known_twice(&mut self, row: usize, axis: &Axis, new: &Swept) {
        let same = |other: &&Swept| {
            other.label.eq_ignore_ascii_case(&new.label) || other.value == new.value
        };
        if let Some(other) = axis.values.iter().find(same) {
            let found = format!(
                "`{}` has the value {:e} as `{}`, and {:e} as `{}` before",
                axis.name, new.value, new.label, other.value, other.label
            );
            self.reject(row, 0, found, "each label and each value once");
        }
    }
}

/// Whether a name can be an axis: a name of a template and of a parameter that has no other
/// meaning.
pub(crate) fn is_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.len() <= 32
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !["mc", "temp", "temper", "vcc_vid"].contains(&lower.as_str())
        && !lower.starts_with("vccn")
        && !lower.starts_with("vcctx")
}

/// Makes the label of a value: `5f`, `2p5n`, `m40`, `16`; beyond the prefixes of SPICE, with an
/// exponent.
fn auto_label(value: f64) -> String {
    const PREFIXES: [&str; 11] = ["a", "f", "p", "n", "u", "m", "", "k", "meg", "g", "t"];
    let text = format!("{:e}", value.abs());
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = digits.replace('.', "");
    let thousands = exponent.div_euclid(3);
    let sign = if value < 0.0 { "m" } else { "" };
    let prefix = usize::try_from(thousands + 6).ok().and_then(|at| PREFIXES.get(at));
    let Some(prefix) = prefix else {
        return format!("{sign}{}", text.replace('.', "p").replace('-', "m"));
    };
    let whole = 1 + exponent.rem_euclid(3) as usize;
    let padded = format!("{digits:0<whole$}");
    let (whole, rest) = padded.split_at(whole);
    let point = if rest.is_empty() { String::new() } else { format!("p{rest}") };
    format!("{sign}{whole}{point}{prefix}")
}

#[cfg(test)]
mod tests {
    use super::{Sweeps, auto_label};

    fn fault(text: &str) -> String {
        Sweeps::parse("t.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_values_or_ranges() {
        let text = "name,label,value,from,to,count,scale\ncload,small,5f,,,,\nslew,,,10p,1n,3,log\ncload,,20f,,,,\n\
                    width,,,0.4u,0.8u,2,\n";
        let table = Sweeps::parse("t", text.as_bytes()).unwrap();
        let all: Vec<String> = table
            .axes()
            .iter()
            .flat_map(|axis| &axis.values)
            .map(|value| format!("{}_{} {:e}", value.name, value.label, value.value))
            .collect();
        assert_eq!(
            all,
            [
                "cload_small 5e-15",
                "cload_20f 2e-14",
                "slew_10p 1e-11",
                "slew_100p 1e-10",
                "slew_1n 1e-9",
                "width_400n 4e-7",
                "width_800n 8e-7"
            ]
        );
        let plain = Sweeps::parse("t", b"code,five,5\ncode,six,6\n").unwrap();
        assert_eq!(plain.axes()[0].values[1].label, "six");
    }

    /// The values of a range are those that their labels say: 10p to 1n in four steps are not whole.
    #[test]
    fn values_of_a_range_are_their_labels() {
        let table = Sweeps::parse("t", b"name,from,to,count,scale\ns,10p,1n,4,log\n").unwrap();
        let values = &table.axes()[0].values;
        assert_eq!((values[1].value, values[1].label.as_str()), (4.64159e-11, "46p4159p"));
    }

    #[test]
    fn labels_are_engineering_numbers() {
        for (value, label) in [
            (0.0, "0"),
            (16.0, "16"),
            (0.65, "650m"),
            (2.5e-15, "2p5f"),
            (-40.0, "m40"),
            (1e6, "1meg"),
            (1e-20, "1em20"),
        ] {
            assert_eq!(auto_label(value), label);
        }
    }

    #[test]
    fn every_fault_at_its_cell() {
        insta::assert_snapshot!(fault("name,label,value,from,to,count,scale\nvccn,,1,,,,\ncload,a b,5x,,,,\ncload,,,,,,\ns,,1,2,3,4,\ns,,,1,2,1,\ns,,,0,2,3,log\ns,,,1,2,3,lg\nCload,,1,,,,\ncload,x,1,,,,\ncload,x,2,,,,\n"), @r#"
        t.csv:2:1: "vccn" in column `name`
          expected a letter, then letters, digits and `_`, 32 at most, and not the name of a supply, `mc` or `temp`
        t.csv:3:7: "a b" in column `label`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        t.csv:4:8: empty cell in column `value`
          expected a number, such as 5f, 2.5n or 16
        t.csv:5:6: `s` has a value and a range in one row
          expected either label and value, or from, to, count and scale
        t.csv:6:9: `1` in column `count`
          expected a whole number from 2 to 1000
        t.csv:7:5: a logarithmic range from 0e0 to 2e0
          expected two numbers above 0, or two below
        t.csv:8:11: unknown scale `lg`
          expected one of: lin, log
        t.csv:9:1: `Cload` differs from `cload` by case only
        t.csv:11:1: `cload` has the value 2e0 as `x`, and 1e0 as `x` before
          expected each label and each value once
        "#);
        insta::assert_snapshot!(fault("name,valu\nx,1\n"), @"
        t.csv:1: unknown column `valu`
          expected one of: name, label, value, from, to, count, scale
          did you mean `value`?
        ");
    }
}
