//! What the methods are: their list, and everything about one of them as text and as a document.

use crate::method::{Input, Kind, Method, Need, Per};
use crate::methods::METHODS;
use libchar_core::{Fault, Faults, Frame, frame};
use serde_json::{Value, json};
use std::fmt::Write;

/// One row per method.
pub fn list() -> Frame {
    Frame::of(
        "libchar.metro-methods",
        1,
        METHODS,
        &[
            ("method", |m| m.name.into()),
            ("family", |m| m.family.into()),
            ("about", |m| m.about.into()),
            ("standard", |m| m.standard.into()),
        ],
    )
}

/// A method that nobody wrote, with the name that is nearest.
pub fn unknown(name: &str) -> Faults {
    let names = METHODS.iter().map(|method| method.name).chain(["list"]);
    Fault::of("metro", format!("unknown method `{name}`")).one_of(name, names).into()
}

/// Where the values of an input come from.
fn place(input: &Input, per: Per) -> &'static str {
    match input.kind {
        Kind::Column | Kind::Columns => "column",
        Kind::Number if per == Per::Row => "column or setup",
        _ => "setup",
    }
}

fn need(input: &Input) -> String {
    match input.need {
        Need::Required => "required".to_owned(),
        Need::Optional => "optional".to_owned(),
        Need::Default(value) => format!("default {value}"),
    }
}

/// Everything about one method, as JSON.
pub fn document(method: &Method) -> Value {
    let input = |input: &Input| {
        let words = if let Kind::Word(words) = input.kind { json!(words) } else { Value::Null };
        json!({
            "name": input.key(), "unit": input.unit, "quantity": input.dimension, "also": input.also,
            "from": place(input, method.per), "need": need(input), "words": words, "about": input.about,
        })
    };
    let outputs = method.outputs.iter();
    let outputs = outputs.map(|o| json!({ "name": o.name, "unit": o.unit, "about": o.about }));
    let body = json!({
        "method": method.name, "family": method.family, "about": method.about, "formula": method.formula,
        "inputs": method.inputs.iter().map(input).collect::<Vec<_>>(),
        "outputs": outputs.collect::<Vec<_>>(), "standard": method.standard, "traps": method.traps,
        "example": method.example,
    });
    frame::document("libchar.metro-method", 1, body)
}

/// The same for people: a title, and below it the lines, indented.
pub fn text(method: &Method) -> String {
    let mut text = format!("{}: {}\n\nFormula\n", method.name, method.about);
    let mut indent = |title: &str, lines: Vec<String>| {
        if !title.is_empty() {
            let _ = writeln!(text, "\n{title}");
        }
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    };
    indent("", method.formula.lines().map(str::to_owned).collect());
    let input = |input: &Input| {
        let words = match input.kind {
            Kind::Word(words) => format!(": {}", words.join(" | ")),
            _ => String::new(),
        };
        let (place, need) = (place(input, method.per), need(input));
        format!("{:<28}{place}, {need}; {}{words}", input.key(), input.about)
    };
    indent("Inputs", method.inputs.iter().map(input).collect());
    let outputs = method.outputs.iter();
    indent("Outputs", outputs.map(|o| format!("{:<28}{}", o.name, o.about)).collect());
    indent("Standard", vec![method.standard.to_owned()]);
    indent("Traps", method.traps.iter().map(|trap| (*trap).to_owned()).collect());
    indent("Example", vec![method.example.to_owned()]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::method::{column, number, output, word};

    static METHOD: Method = Method {
        name: "m",
        family: "f",
        about: "half of a length",
        per: Per::Row,
        inputs: &[
            number("l", "length", "um", "length of it"),
            word("kind", &["a", "b"], "which one"),
        ],
        outputs: &[output("half_um", "um", "half")],
        formula: "h = l/2\nl > 0",
        standard: "none",
        traps: &["one", "two"],
        example: "libchar metro m",
        compute: |_| Ok(Answer::default()),
        summary: None,
    };

    #[test]
    fn a_number_may_stand_in_a_column_only_where_each_row_is_a_result() {
        let (number, column) = (number("l", "length", "um", ""), column("x", "length", "um", ""));
        assert_eq!(place(&number, Per::Row), "column or setup");
        assert_eq!(place(&number, Per::File), "setup");
        assert_eq!(place(&column, Per::File), "column");
    }

    #[test]
    fn text_and_document_say_the_same_of_each_input() {
        let (text, document) = (text(&METHOD), document(&METHOD));
        assert!(text.starts_with("m: half of a length\n\nFormula\n  h = l/2\n  l > 0\n\nInputs\n"));
        for input in document["inputs"].as_array().unwrap() {
            let said = |key: &str| input[key].as_str().unwrap().to_owned();
            let line = text.lines().find(|line| line.trim_start().starts_with(&said("name")));
            let rest = format!("{}, {}; {}", said("from"), said("need"), said("about"));
            assert!(line.unwrap().contains(&rest), "{line:?} {rest}");
        }
        assert!(text.contains("which one: a | b\n"));
        assert_eq!(document["inputs"][1]["words"], json!(["a", "b"]));
        assert!(text.ends_with("Traps\n  one\n  two\n\nExample\n  libchar metro m\n"));
    }

    #[test]
    fn the_nearest_method_is_offered() {
        let told = unknown("mosfett").to_string();
        assert!(told.contains("did you mean `mosfet`?"), "{told}");
    }
}
