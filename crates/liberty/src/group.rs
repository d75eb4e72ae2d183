//! The data model: groups contain attributes, comments and groups, in the order of the file.

use crate::value::Value;
use libchar_core::Fault;

/// The content of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The items of the file, in its order; at least one is a `library` group.
    pub items: Vec<Item>,
    /// Constructs that this reader accepts and other tools refuse, each with its place.
    pub remarks: Vec<Fault>,
}

impl Document {
    /// The first library of the file.
    pub fn library(&self) -> &Group {
        let mut groups = self.items.iter().filter_map(Item::as_group);
        groups.find(|group| group.name == "library").unwrap_or(const { &Group::EMPTY })
    }
}

/// One statement of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `name : value;`
    Simple(Simple),
    /// `name (value, value);`, including `define`.
    Complex(Complex),
    /// `name (argument) { … }`
    Group(Group),
    /// A comment, at its place in the file; a comment within a statement is put before it.
    Comment(Comment),
}

impl Item {
    /// The group, if it is one.
    pub fn as_group(&self) -> Option<&Group> {
        match self {
            Item::Group(group) => Some(group),
            _ => None,
        }
    }
}

/// `name : value;`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    /// Name of the attribute.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Byte offset of the name in the file.
    pub at: usize,
}

/// `name (value, value);`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complex {
    /// Name of the attribute.
    pub name: String,
    /// Its values.
    pub values: Vec<Value>,
    /// Byte offset of the name in the file.
    pub at: usize,
}

/// A comment with its marks, `/* … */` or `// …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The text with its marks.
    pub text: String,
    /// Whether it follows a statement on the same line.
    pub trailing: bool,
}

/// A group: `name (argument, …) { items }`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// The name of the group: `library`, `cell`, `pin`, `timing`.
    pub name: String,
    /// The arguments between the parentheses: the name of the cell or pin, or the table's template.
    pub arguments: Vec<Value>,
    /// The items of the group, in the order of the file.
    pub items: Vec<Item>,
    /// Byte offset of the name in the file; 0 for a group that was not read from a file.
    pub at: usize,
}

impl Group {
    const EMPTY: Group =
        Group { name: String::new(), arguments: Vec::new(), items: Vec::new(), at: 0 };

    /// A group without arguments, such as `timing () { }`.
    pub fn new(name: impl Into<String>) -> Group {
        Group { name: name.into(), ..Group::default() }
    }

    /// A group with one argument, such as `cell (inv_1) { }`.
    pub fn named(name: impl Into<String>, argument: &str) -> Group {
        let value = if is_word(argument) { Value::word(argument) } else { Value::string(argument) };
        Group { arguments: vec![value], ..Group::new(name) }
    }

    /// Its first argument; empty if there is none.
    pub fn argument(&self) -> &str {
        self.arguments.first().map_or("", |argument| argument.text.as_str())
    }

    /// Sets `name : value;`: replaces the value, or adds the attribute if there is none.
    pub fn set(&mut self, name: &str, value: Value) {
        for item in &mut self.items {
            if let Item::Simple(simple) = item
                && simple.name == name
            {
                simple.value = value;
                return;
            }
        }
        self.items.push(Item::Simple(Simple { name: name.to_owned(), value, at: 0 }));
    }

    /// Adds `name (value, value);`.
    pub fn add(&mut self, name: &str, values: Vec<Value>) {
        self.items.push(Item::Complex(Complex { name: name.to_owned(), values, at: 0 }));
    }

    /// Adds a group.
    pub fn push(&mut self, group: Group) {
        self.items.push(Item::Group(group));
    }

    /// Adds `/* text */` on a line of its own.
    pub fn comment(&mut self, text: &str) {
        // Nothing inside may end the comment.
        let text = text.replace("*/", "* /").replace(char::is_control, " ");
        self.items.push(Item::Comment(Comment { text: format!("/* {text} */"), trailing: false }));
    }

    /// Its groups with this name, in their order.
    pub fn groups<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Group> {
        self.all_groups().filter(move |group| group.name == name)
    }

    /// All of its groups, in their order.
    pub fn all_groups(&self) -> impl Iterator<Item = &Group> {
        self.items.iter().filter_map(Item::as_group)
    }

    /// Its first group with this name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.all_groups().find(|group| group.name == name)
    }

    /// Its simple attributes, in their order.
    pub fn simples(&self) -> impl Iterator<Item = &Simple> {
        self.items.iter().filter_map(|item| match item {
            Item::Simple(simple) => Some(simple),
            _ => None,
        })
    }

    /// Its complex attributes, in their order.
    pub fn complexes(&self) -> impl Iterator<Item = &Complex> {
        self.items.iter().filter_map(|item| match item {
            Item::Complex(complex) => Some(complex),
            _ => None,
        })
    }

    /// The value of a simple attribute; if it is given several times, the last one counts, as in every tool that reads
    /// Liberty.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.simples().filter(|simple| simple.name == name).last().map(|simple| &simple.value)
    }

    /// The text of a simple attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|value| value.text.as_str())
    }

    /// A simple attribute as a finite number; `None` if it is missing or not a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(Value::as_number)
    }

    /// The first complex attribute with this name.
    pub fn list(&self, name: &str) -> Option<&Complex> {
        self.complexes().find(|complex| complex.name == name)
    }
}

/// Whether a text can be written without quotes as an argument.
pub(crate) fn is_word(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-');
    !text.is_empty() && text.bytes().all(plain)
}
