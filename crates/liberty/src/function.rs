//! Boolean functions of pins: `(!A & B) | C'`.

use std::collections::BTreeMap;

/// The most levels of parentheses in a function.
const DEEPEST: usize = 100;

/// A function of named pins, as it stands in `function`, `when`, `next_state` and similar attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The names in the order in which they first appear.
    pub names: Vec<String>,
    root: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Constant(bool),
    Name(usize),
    Not(Box<Node>),
    Xor(Vec<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

/// The place and the reason of an error in a function.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found}")]
pub struct FunctionError {
    /// Byte offset in the text.
    pub at: usize,
    /// A description of the error, such as ``no operand after `&` ``.
    pub found: String,
}

impl Function {
    /// Parses a function: `!A` and `A'` invert. The operators in falling precedence are `^`, then `*`, `&` or a blank,
    /// then `+` or `|`; 0 and 1 are constants.
    ///
    /// # Errors
    /// The first place that does not fit this syntax.
    pub fn parse(text: &str) -> Result<Function, FunctionError> {
        let mut parser = Parser { text, at: 0, names: Vec::new(), depth: 0 };
        let root = parser.or()?;
        match parser.peek() {
            None => Ok(Function { names: parser.names, root }),
            Some(c) => Err(parser.error(format!("`{c}` where the function should end"))),
        }
    }

    /// Its value for these values of its names, given in the order of the names.
    pub fn value(&self, inputs: &[bool]) -> bool {
        self.root.value(inputs)
    }

    /// Its value if names have these values; `None` if a value is missing.
    pub fn value_of(&self, values: &BTreeMap<&str, bool>) -> Option<bool> {
        let inputs: Option<Vec<bool>> =
            self.names.iter().map(|name| values.get(name.as_str()).copied()).collect();
        inputs.map(|inputs| self.value(&inputs))
    }
}

impl Node {
    fn value(&self, inputs: &[bool]) -> bool {
        match self {
            Node::Constant(value) => *value,
            Node::Name(i) => inputs.get(*i).copied().unwrap_or_default(),
            Node::Not(node) => !node.value(inputs),
            Node::Xor(nodes) => nodes.iter().fold(false, |value, node| value ^ node.value(inputs)),
            Node::And(nodes) => nodes.iter().all(|node| node.value(inputs)),
            Node::Or(nodes) => nodes.iter().any(|node| node.value(inputs)),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    names: Vec<String>,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, found: String) -> FunctionError {
        FunctionError { at: self.at, found }
    }

    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, marks: &[char]) -> bool {
        match self.peek() {
            Some(c) if marks.contains(&c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn or(&mut self) -> Result<Node, FunctionError> {
        let mut nodes = vec![self.and()?];
        while self.take(&['+', '|']) {
            nodes.push(self.and()?);
        }
        Ok(one_or(nodes, Node::Or))
    }

    fn and(&mut self) -> Result<Node, FunctionError> {
        let mut nodes = vec![self.xor()?];
        // A blank between two operands is `and`, too.
        while self.take(&['*', '&']) || matches!(self.peek(), Some(c) if starts_operand(c)) {
            nodes.push(self.xor()?);
        }
        Ok(one_or(nodes, Node::And))
    }

    fn xor(&mut self) -> Result<Node, FunctionError> {
        let mut nodes = vec![self.operand()?];
        while self.take(&['^']) {
            nodes.push(self.operand()?);
        }
        Ok(one_or(nodes, Node::Xor))
    }

    fn operand(&mut self) -> Result<Node, FunctionError> {
        let mut inverted = false;
        while self.take(&['!']) {
            inverted = !inverted;
        }
        let node = match self.peek() {
            Some('(') => self.parenthesis()?,
            Some(c) if starts_operand(c) => self.name(),
            Some(c) => return Err(self.error(format!("`{c}` where a pin should be"))),
            None => return Err(self.error("the function ends where a pin should be".to_owned())),
        };
        while self.take(&['\'']) {
            inverted = !inverted;
        }
        Ok(if inverted { Node::Not(Box::new(node)) } else { node })
    }

    fn parenthesis(&mut self) -> Result<Node, FunctionError> {
        let opened = self.at;
        if self.depth == DEEPEST {
            return Err(self.error(format!("parentheses deeper than {DEEPEST}")));
        }
        self.at += 1;
        self.depth += 1;
        let node = self.or()?;
        self.depth -= 1;
        match self.take(&[')']) {
            true => Ok(node),
            false => {
                let found = "the parenthesis that opens here does not close".to_owned();
                Err(FunctionError { at: opened, found })
            }
        }
    }

    fn name(&mut self) -> Node {
        let rest = &self.text[self.at..];
        let is_part =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '[' | ']' | '.' | '$' | ':');
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let (name, quotes) = match rest.strip_prefix("\\\"") {
            Some(inner) => (inner.split("\\\"").next().unwrap_or(inner), 4),
            None => (&rest[..length.max(1)], 0),
        };
        self.at = (self.at + name.len() + quotes).min(self.text.len());
        match name {
            "0" => return Node::Constant(false),
            "1" => return Node::Constant(true),
            _ => {}
        }
        let known = self.names.iter().position(|known| known == name);
        Node::Name(known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }))
    }
}

fn starts_operand(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '(' | '!' | '\\' | '$')
}

fn one_or(mut nodes: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        1 => nodes.remove(0),
        _ => many(nodes),
    }
}

#[cfg(test)]
mod tests {
    use super::Function;

    /// The truth table; the first name changes slowest.
    fn table(text: &str) -> String {
        let function = Function::parse(text).unwrap();
        let n = function.names.len();
        let row = |row: usize| (0..n).map(|i| row >> (n - 1 - i) & 1 == 1).collect::<Vec<_>>();
        (0..1 << n).map(|r| if function.value(&row(r)) { '1' } else { '0' }).collect()
    }

    #[test]
    fn operators_bind_as_the_format_says() {
        assert_eq!(table("A"), "01");
        assert_eq!(table("!A"), "10");
        assert_eq!(table("A'"), "10");
        assert_eq!(table("!A'"), "01");
        assert_eq!(table("(A B)"), "0001");
        assert_eq!(table("A+B"), "0111");
        // Exclusive or binds before and, and before or.
        assert_eq!(table("A ^ B & C"), "00010100");
        assert_eq!(table("A | B ^ C"), "01101111");
        assert_eq!(table("A | B * C"), "00011111");
        assert_eq!(table("(A+B)' C"), "01000000");
        assert_eq!(table("1"), "1");
        assert_eq!(Function::parse("D[0] & \\\"a b\\\"").unwrap().names, ["D[0]", "a b"]);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_is() {
        for (text, at, found) in [
            ("A &", 3, "the function ends where a pin should be"),
            ("", 0, "the function ends where a pin should be"),
            ("A & | B", 4, "`|` where a pin should be"),
            ("(A & B", 0, "the parenthesis that opens here does not close"),
            ("A) B", 1, "`)` where the function should end"),
            ("é % B", 3, "`%` where the function should end"),
        ] {
            let error = Function::parse(text).unwrap_err();
            assert_eq!((error.at, error.found.as_str()), (at, found), "{text}");
        }
        assert!(Function::parse(&"(".repeat(1_000_000)).is_err());
        assert!(Function::parse(&"!".repeat(1_000_000)).is_err());
        assert!(Function::parse(&format!("A{}", "'".repeat(1_000_000))).is_ok());
    }
}
