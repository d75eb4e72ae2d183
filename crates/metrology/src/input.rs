//! An input of a method: its names, its unit and its source.

/// The source of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One number from the setup, or from a column if the method gives one result per row.
    Number,
    /// A column of numbers, or a list in the setup.
    Column,
    /// A column of numbers, or one number in the setup that applies to all rows.
    Either,
    /// All columns whose name is this one and digits, such as `e01_nm`.
    Columns,
    /// All other columns whose name begins with this one, such as `n_oxide` for `n`.
    Named,
    /// One of these words, from the setup.
    Word(&'static [&'static str]),
    /// Text from the setup, or a column of text.
    Text,
    /// A list of numbers in the setup, such as a fit range.
    List,
    /// A table in the setup, such as `rsf = { o1s = 2.93 }`.
    Table,
    /// Any value in the setup, which the method interprets itself: lists of words or tables, names
    /// of files.
    Raw,
}

/// Whether an input must be given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// The method requires it.
    Required,
    /// The method works differently without it.
    Optional,
    /// This value, in the input's unit, is used unless another is given; results print it.
    Default(f64),
}

/// One input of a method.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name without unit, such as `thickness`.
    pub name: &'static str,
    /// Other names for its columns and keys.
    pub also: &'static [&'static str],
    /// Its quantity, by its name in [`crate::unit`]; empty for a plain number or text.
    pub dimension: &'static str,
    /// The unit in which the method computes with it.
    pub unit: &'static str,
    /// Its source.
    pub kind: Kind,
    /// Whether it must be given.
    pub need: Need,
    /// Values outside are refused before the computation, with this remark.
    pub range: Option<(f64, f64, &'static str)>,
    /// Description.
    pub about: &'static str,
}

/// A number from the setup or, if the method gives one result per row, from a column.
pub const fn number(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input {
        name,
        also: &[],
        dimension,
        unit,
        kind: Kind::Number,
        need: Need::Required,
        range: None,
        about,
    }
}

/// A column of numbers.
pub const fn column(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input { kind: Kind::Column, ..number(name, dimension, unit, about) }
}

/// A column of numbers, or one number in the setup for all rows.
pub const fn either(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input { kind: Kind::Either, ..number(name, dimension, unit, about) }
}

/// A value in the setup that the method interprets itself; optional.
pub const fn raw(name: &'static str, about: &'static str) -> Input {
    Input { kind: Kind::Raw, need: Need::Optional, ..number(name, "", "", about) }
}

/// A remark for people, which is not used in the computation.
pub const fn remark(name: &'static str) -> Input {
    Input {
        kind: Kind::Text,
        need: Need::Optional,
        ..number(name, "", "", "a remark; nothing is computed from it")
    }
}

/// A range in the setup; optional.
pub const fn range(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input { kind: Kind::List, need: Need::Optional, ..number(name, dimension, unit, about) }
}

/// One of the given words.
pub const fn word(
    name: &'static str,
    words: &'static [&'static str],
    about: &'static str,
) -> Input {
    Input { kind: Kind::Word(words), need: Need::Optional, ..number(name, "", "", about) }
}

impl Input {
    /// Makes the input optional.
    pub const fn optional(self) -> Input {
        Input { need: Need::Optional, ..self }
    }

    /// Sets a default value.
    pub const fn or(self, value: f64) -> Input {
        Input { need: Need::Default(value), ..self }
    }

    /// Sets other names.
    pub const fn also(self, also: &'static [&'static str]) -> Input {
        Input { also, ..self }
    }

    /// Sets a range of plausible values, and a remark on what a value outside usually means.
    pub const fn within(self, min: f64, max: f64, remark: &'static str) -> Input {
        Input { range: Some((min, max, remark)), ..self }
    }

    /// Sets the source.
    pub const fn kind(self, kind: Kind) -> Input {
        Input { kind, ..self }
    }

    /// The name with its unit, as used for keys and columns, such as `thickness_um`.
    pub fn key(&self) -> String {
        let unit: String =
            self.unit.to_lowercase().replace("1/", "per_").replace('/', "_").replace('-', "");
        if unit.is_empty() { self.name.to_owned() } else { format!("{}_{unit}", self.name) }
    }

    /// All its names, starting with its own.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }
}
