//! Describes the methods.

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use libchar_core::{Format, Frame, frame};
use libchar_metrology::method::{Input, Kind, Method, Need, Per};
use libchar_metrology::methods::METHODS;
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

/// Prints everything about one method.
pub fn method(method: &Method, ctx: &Context) -> Result<Outcome> {
    match ctx.format() {
        Format::Json | Format::Jsonl => ctx.write_document("-", &document(method))?,
        _ => ctx.write("-", text(method).as_bytes())?,
    }
    Ok(Outcome::Fine)
}

fn document(method: &Method) -> Value {
    let inputs: Vec<Value> = method
        .inputs
        .iter()
        .map(|input| {
            let words = if let Kind::Word(words) = input.kind { json!(words) } else { Value::Null };
            json!({
                "name": input.key(), "unit": input.unit, "quantity": input.dimension, "also": input.also,
                "from": place(input, method.per), "need": need(input), "words": words, "about": input.about,
            })
        })
        .collect();
    let outputs: Vec<Value> = method
        .outputs
        .iter()
        .map(|o| json!({ "name": o.name, "unit": o.unit, "about": o.about }))
        .collect();
    let body = json!({
        "method": method.name, "family": method.family, "about": method.about, "formula": method.formula,
        "inputs": inputs, "outputs": outputs, "standard": method.standard, "traps": method.traps,
        "example": method.example,
    });
    frame::document("libchar.metro-method", 1, body)
}

fn text(method: &Method) -> String {
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
    let inputs = method.inputs.iter().map(|input| {
        let words = if let Kind::Word(words) = input.kind {
            format!(": {}", words.join(" | "))
        } else {
            String::new()
        };
        format!(
            "{:<28}{}, {}; {}{words}",
            input.key(),
            place(input, method.per),
            need(input),
            input.about
        )
    });
    indent("Inputs", inputs.collect());
    indent(
        "Outputs",
        method.outputs.iter().map(|o| format!("{:<28}{}", o.name, o.about)).collect(),
    );
    indent("Standard", vec![method.standard.to_owned()]);
    indent("Traps", method.traps.iter().map(|trap| (*trap).to_owned()).collect());
    indent("Example", vec![method.example.to_owned()]);
    text
}
