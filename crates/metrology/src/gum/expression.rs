//! Measurement equations as users write them: `pi/ln(2) * v/i * w`.

use crate::constants;

/// One step of an expression in postfix order.
#[derive(Debug, Clone, Copy)]
enum Step {
    Value(f64),
    Input(usize),
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Negate,
    Call(fn(f64) -> f64),
}

/// A parsed expression.
#[derive(Debug, Clone)]
pub struct Expression {
    steps: Vec<Step>,
    depth: usize,
}

type Function = (&'static str, fn(f64) -> f64);

const FUNCTIONS: [Function; 15] = [
    ("sqrt", f64::sqrt),
    ("exp", f64::exp),
    ("ln", f64::ln),
    ("log", f64::ln),
    ("log10", f64::log10),
    ("abs", f64::abs),
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("asin", f64::asin),
    ("acos", f64::acos),
    ("atan", f64::atan),
    ("rad", f64::to_radians),
    ("deg", f64::to_degrees),
    ("cosh", f64::cosh),
];

const CONSTANTS: [(&str, f64); 6] = [
    ("pi", std::f64::consts::PI),
    ("q", constants::Q_C),
    ("k_b", constants::K_J_K),
    ("h_p", constants::H_J_S),
    ("c_0", constants::C_M_S),
    ("eps0", constants::EPS0_F_M),
];

/// A fault in an expression: its position in characters, from 0, and its description.
pub type At = (usize, String);

struct Parser<'a> {
    text: &'a str,
    at: usize,
    names: &'a [String],
    used: Vec<bool>,
    steps: Vec<Step>,
    nesting: usize,
}

impl Expression {
    /// Parses an expression of the named inputs. An input hides a constant of the same name.
    ///
    /// # Errors
    /// Unknown names, inputs that the expression does not use, and text that is not an expression.
    pub fn parse(text: &str, names: &[String]) -> Result<Expression, At> {
        let mut parser = Parser {
            text,
            at: 0,
            names,
            used: vec![false; names.len()],
            steps: Vec::new(),
            nesting: 0,
        };
        parser.sum()?;
        parser.blank();
        if parser.at < text.len() {
            return Err((parser.at, format!("unexpected `{}`", &text[parser.at..])));
        }
        if let Some(unused) = parser.used.iter().position(|used| !used) {
            return Err((0, format!("the quantity `{}` is not in the model", names[unused])));
        }
        let (mut level, mut depth) = (0usize, 0);
        for step in &parser.steps {
            match step {
                Step::Value(_) | Step::Input(_) => level += 1,
                Step::Negate | Step::Call(_) => {}
                _ => level -= 1,
            }
            depth = depth.max(level);
        }
        Ok(Expression { steps: parser.steps, depth })
    }

    /// The value of the expression for these inputs.
    pub fn value(&self, inputs: &[f64]) -> f64 {
        let mut few = [0.0; 16];
        let mut many = if self.depth > few.len() { vec![0.0; self.depth] } else { Vec::new() };
        let stack = if self.depth > few.len() { many.as_mut_slice() } else { &mut few };
        let mut top = 0;
        for step in &self.steps {
            match *step {
                Step::Value(value) => {
                    stack[top] = value;
                    top += 1;
                }
                Step::Input(index) => {
                    stack[top] = inputs[index];
                    top += 1;
                }
                Step::Negate => stack[top - 1] = -stack[top - 1],
                Step::Call(function) => stack[top - 1] = function(stack[top - 1]),
                operator => {
                    let (a, b) = (stack[top - 2], stack[top - 1]);
                    top -= 1;
                    stack[top - 1] = match operator {
                        Step::Add => a + b,
                        Step::Subtract => a - b,
                        Step::Multiply => a * b,
                        Step::Divide => a / b,
                        _ => a.powf(b),
                    };
                }
            }
        }
        stack[0]
    }
}

impl Parser<'_> {
    fn blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, signs: &[&str]) -> Option<usize> {
        self.blank();
        let found = signs.iter().position(|sign| self.text[self.at..].starts_with(sign))?;
        self.at += signs[found].len();
        Some(found)
    }

    fn sum(&mut self) -> Result<(), At> {
        self.product()?;
        while let Some(sign) = self.take(&["+", "-"]) {
            self.product()?;
            self.steps.push([Step::Add, Step::Subtract][sign]);
        }
        Ok(())
    }

    fn product(&mut self) -> Result<(), At> {
        self.signed()?;
        loop {
            self.blank();
            // `**` is not a multiplication: `signed` has already consumed every power.
            let Some(sign) = self.take(&["*", "/"]) else { return Ok(()) };
            self.signed()?;
            self.steps.push([Step::Multiply, Step::Divide][sign]);
        }
    }

    fn signed(&mut self) -> Result<(), At> {
        self.nesting += 1;
        if self.nesting > 200 {
            return Err((self.at, "the expression is nested too deeply".to_owned()));
        }
        match self.take(&["-", "+"]) {
            Some(0) => {
                self.signed()?;
                self.steps.push(Step::Negate);
            }
            Some(_) => self.signed()?,
            None => self.power()?,
        }
        self.nesting -= 1;
        Ok(())
    }

    fn power(&mut self) -> Result<(), At> {
        self.atom()?;
        if self.take(&["**", "^"]).is_some() {
            self.signed()?;
            self.steps.push(Step::Power);
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), At> {
        if self.take(&["("]).is_some() {
            return self.closed();
        }
        let (start, rest) = (self.at, &self.text[self.at..]);
        let word = |c: char| c.is_alphanumeric() || c == '_';
        if rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let mut end = rest.find(|c: char| !word(c) && c != '.').unwrap_or(rest.len());
            // `1e-4`: the sign belongs to the number.
            if rest[..end].ends_with(['e', 'E']) && rest[end..].starts_with(['-', '+']) {
                let digits = &rest[end + 1..];
                end += 1 + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            }
            let value = libchar_core::number::parse_decimal(&rest[..end]);
            self.steps.push(Step::Value(
                value.ok_or_else(|| (start, format!("`{}` is not a number", &rest[..end])))?,
            ));
            self.at += end;
            return Ok(());
        }
        let end = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        self.at += end;
        if let Some(index) = self.names.iter().position(|known| known == name) {
            self.used[index] = true;
            self.steps.push(Step::Input(index));
        } else if let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
            if self.take(&["("]).is_none() {
                return Err((start, format!("`{name}` needs its argument in brackets")));
            }
            self.closed()?;
            self.steps.push(Step::Call(*function));
        } else if let Some((_, value)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
            self.steps.push(Step::Value(*value));
        } else if name.is_empty() {
            return Err((start, "a number, a name or `(` is missing".to_owned()));
        } else {
            let known = self
                .names
                .iter()
                .map(String::as_str)
                .chain(FUNCTIONS.map(|f| f.0))
                .chain(CONSTANTS.map(|c| c.0));
            let near = libchar_core::nearest::nearest(name, known)
                .map(|near| format!("; did you mean `{near}`?"));
            return Err((start, format!("unknown name `{name}`{}", near.unwrap_or_default())));
        }
        Ok(())
    }

    fn closed(&mut self) -> Result<(), At> {
        self.nesting += 1;
        self.sum()?;
        self.nesting -= 1;
        match self.take(&[")"]) {
            Some(_) => Ok(()),
            None => Err((self.at, "`)` is missing".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    fn value(text: &str) -> f64 {
        let names = ["a".to_owned(), "b".to_owned()];
        Expression::parse(&format!("{text} + 0*(a+b)"), &names).unwrap().value(&[2.0, 3.0])
    }

    #[test]
    fn precedence_is_that_of_algebra() {
        for (text, expected) in [
            ("1 + a*b", 7.0),
            ("-a^2", -4.0),
            ("2^3^2", 512.0),
            ("2**-1", 0.5),
            ("a - b - 1", -2.0),
            ("(1e-2 + .5)*2", 1.02),
            ("8/a/2", 2.0),
            ("sqrt(a*8) - log10(100)", 2.0),
            ("cos(rad(60))*2", 1.0),
        ] {
            assert!((value(text) - expected).abs() < 1e-12, "{text}: {}", value(text));
        }
    }

    #[test]
    fn slips_are_named() {
        let names = ["v".to_owned(), "width".to_owned()];
        for (text, at, found) in [
            ("v*widht", 2, "unknown name `widht`; did you mean `width`?"),
            ("v*(width", 8, "`)` is missing"),
            ("v", 0, "the quantity `width` is not in the model"),
            ("v*width)", 7, "unexpected `)`"),
            ("v*+", 3, "a number, a name or `(` is missing"),
            ("1.2.3*v*width", 0, "`1.2.3` is not a number"),
        ] {
            assert_eq!(
                Expression::parse(text, &names).unwrap_err(),
                (at, found.to_owned()),
                "{text}"
            );
        }
        assert!(Expression::parse(&"(".repeat(10_000), &names).is_err());
    }
}
