//! An input of a method: its names, its unit, where it comes from.

/// Where an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One number: of the setup, or of a column where the method gives one result a row.
    Number,
    /// A column of numbers, or a list of the setup.
    Column,
    /// A column of numbers, or one number of the setup that holds for all rows.
    Either,
    /// All columns whose name is this one and digits, such as `e01_nm`.
    Columns,
    /// All other columns whose name begins with this one, such as `n_oxide` for `n`.
    Named,
    /// One of these words, of the setup.
    Word(&'static [&'static str]),
    /// Text of the setup, or a column of text.
    Text,
    /// A list of numbers of the setup, such as a fit range.
    List,
    /// A table of the setup, such as `rsf = { o1s = 2.93 }`.
    Table,
    /// Any value of the setup, which the method reads itself: lists of words, of tables, names of files.
    Raw,
}

/// Whether an input must be given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// The method cannot do without it.
    Required,
    /// The method does something else without it.
    Optional,
    /// This value, in the input's unit, unless another is given; it is printed.
    Default(f64),
}

/// One input of a method.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name without unit, such as `thickness`.
    pub name: &'static str,
    /// Other names that columns and keys of it have.
    pub also: &'static [&'static str],
    /// Its quantity, a name in [`crate::unit`]; empty for a plain number or text.
    pub dimension: &'static str,
    /// The unit in which the method computes.
    pub unit: &'static str,
    /// Where it comes from.
    pub kind: Kind,
    /// Whether it must be given.
    pub need: Need,
    /// Values outside are refused before anything is computed, with this remark.
    pub range: Option<(f64, f64, &'static str)>,
    /// What it is.
    pub about: &'static str,
}

/// A number of the setup or, a row, of a column.
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

/// A column of numbers, or one number of the setup for all rows.
pub const fn either(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input { kind: Kind::Either, ..number(name, dimension, unit, about) }
}

/// A value of the setup that the method reads itself; not required.
pub const fn raw(name: &'static str, about: &'static str) -> Input {
    Input { kind: Kind::Raw, need: Need::Optional, ..number(name, "", "", about) }
}

/// A remark for people, which nothing is computed from.
pub const fn remark(name: &'static str) -> Input {
    Input {
        kind: Kind::Text,
        need: Need::Optional,
        ..number(name, "", "", "a remark; nothing is computed from it")
    }
}

/// A range of the setup; not required.
pub const fn range(
    name: &'static str,
    dimension: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Input {
    Input { kind: Kind::List, need: Need::Optional, ..number(name, dimension, unit, about) }
}

/// One of some words.
pub const fn word(
    name: &'static str,
    words: &'static [&'static str],
    about: &'static str,
) -> Input {
    Input { kind: Kind::Word(words), need: Need::Optional, ..number(name, "", "", about) }
}

impl Input {
    /// Not required.
    pub const fn optional(self) -> Input {
        Input { need: Need::Optional, ..self }
    }

    /// With a value that holds unless another is given.
    pub const fn or(self, value: f64) -> Input {
        Input { need: Need::Default(value), ..self }
    }

    /// With other names.
    pub const fn also(self, also: &'static [&'static str]) -> Input {
        Input { also, ..self }
    }

    /// With a range of plausible values, and what a value outside often means.
    pub const fn within(self, min: f64, max: f64, remark: &'static str) -> Input {
        Input { range: Some((min, max, remark)), ..self }
    }

    /// Of another kind.
    pub const fn kind(self, kind: Kind) -> Input {
        Input { kind, ..self }
    }

    /// The name with its unit as a key or a column has it, such as `thickness_um`.
    pub fn key(&self) -> String {
        let unit: String =
            self.unit.to_lowercase().replace("1/", "per_").replace('/', "_").replace('-', "");
        if unit.is_empty() { self.name.to_owned() } else { format!("{}_{unit}", self.name) }
    }

    /// All its names, the own one first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }
}
