//! The results as rows, as JSON document and for the history.

use super::input::{Input, Run};
use libchar_core::{Cell, Frame, frame};
use libchar_history::ResultRow;
use libchar_metrology::answer::{self, Answer, Plot};
use libchar_metrology::gum::Budget;
use libchar_metrology::method::Method;
use serde_json::{Map, Value, json};

/// One row per number.
pub fn rows(method: &Method, run: &Run) -> Frame {
    let columns = ["result", "quantity", "value", "unit", "u", "k", "u_expanded", "status"];
    let mut frame = Frame::new("libchar.metro-rows", 1, columns);
    let mut push = |name: &str,
                    quantity: Cell,
                    value: Cell,
                    unit: Cell,
                    budget: Option<&Budget>,
                    status: &str| {
        frame.push(vec![
            name.into(),
            quantity,
            value,
            unit,
            budget.map(|b| b.u_c).into(),
            budget.map(|b| b.k).into(),
            budget.map(|b| b.expanded).into(),
            status.into(),
        ]);
    };
    for result in &run.results {
        let name = result.name();
        match &result.outcome {
            Err(_) => push(&name, Cell::Null, Cell::Null, Cell::Null, None, "refused"),
            Ok(found) => {
                let status = if found.answer.warnings.is_empty() { "ok" } else { "warn" };
                for (word, text) in &found.answer.words {
                    push(&name, (*word).into(), text.clone().into(), Cell::Null, None, status);
                }
                for (number, budget) in found.answer.numbers.iter().zip(&found.budgets) {
                    let unit = method.unit_of(&number.name);
                    push(
                        &name,
                        number.name.clone().into(),
                        number.y.into(),
                        unit.into(),
                        budget.as_ref(),
                        status,
                    );
                }
            }
        }
    }
    if let Some(summary) = &run.summary {
        for number in &summary.numbers {
            push(
                "all",
                number.name.clone().into(),
                number.y.into(),
                method.unit_of(&number.name).into(),
                None,
                "ok",
            );
        }
    }
    frame
}

fn budget(budget: &Budget) -> Value {
    let rows: Vec<Value> = budget
        .rows
        .iter()
        .map(|row| {
            json!({
                "source": row.source,
                "type": row.quantity.kind(),
                "distribution": row.quantity.distribution.name(),
                "value": row.quantity.value,
                "u": row.quantity.u,
                "dof": row.quantity.dof.is_finite().then_some(row.quantity.dof),
                "sensitivity": row.sensitivity,
                "share_pct": row.share_pct,
            })
        })
        .collect();
    json!(rows)
}

fn numbers(method: &Method, answer: &Answer, budgets: &[Option<Budget>]) -> Vec<Value> {
    let known = |i: usize| budgets.get(i).and_then(Option::as_ref);
    answer
        .numbers
        .iter()
        .enumerate()
        .map(|(i, number)| {
            let b = known(i);
            json!({
                "name": number.name,
                "unit": method.unit_of(&number.name),
                "y": number.y,
                "u": b.map(|b| b.u_c),
                "dof": b.map(|b| b.dof).filter(|dof| dof.is_finite()),
                "k": b.map(|b| b.k),
                "u_expanded": b.map(|b| b.expanded),
                "budget": b.map_or(json!([]), budget),
            })
        })
        .collect()
}

fn object<'a>(members: impl Iterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(members.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

fn plot(plot: &Plot) -> Value {
    json!({ "x": plot.x, "y": plot.y, "data": plot.data, "fit": plot.fit })
}

fn map(map: &answer::Map) -> Value {
    json!({ "quantity": map.quantity, "diameter_mm": map.diameter_mm, "sites": map.sites })
}

/// The JSON document of a run.
pub fn document(method: &Method, input: &Input, run: &Run, coverage: f64) -> Value {
    let results: Vec<Value> = run
        .results
        .iter()
        .map(|result| {
            let tags = object(result.tags.iter().map(|(key, value)| (key.as_str(), json!(value))));
            let found = match &result.outcome {
                Err(reason) => {
                    return json!({ "tags": tags, "outcome": "refused", "reason": reason });
                }
                Ok(found) => found,
            };
            let answer = &found.answer;
            let correlations: Vec<Value> = answer
                .correlations
                .iter()
                .map(|(a, b, r)| json!({ "between": [a, b], "r": r }))
                .collect();
            json!({
                "tags": tags,
                "outcome": if answer.warnings.is_empty() { "ok" } else { "warn" },
                "model": answer.model,
                "words": object(answer.words.iter().map(|(key, word)| (*key, json!(word)))),
                "numbers": numbers(method, answer, &found.budgets),
                "correlations": correlations,
                "curves": object(answer.curves.iter().map(|c| (c.name.as_str(), json!(c.values)))),
                "plots": answer.plots.iter().map(plot).collect::<Vec<_>>(),
                "warnings": answer.warnings,
            })
        })
        .collect();
    let setup =
        object(input.setup.entries.iter().map(|entry| (entry.key.as_str(), json!(entry.value))));
    let body = json!({
        "method": method.name,
        "standard": method.standard,
        "software": format!("libchar {}", env!("CARGO_PKG_VERSION")),
        "input": { "file": input.file, "sha256": input.sha256 },
        "setup": setup,
        "coverage": coverage,
        "results": results,
        "summary": run.summary.as_ref().map(|summary| json!({ "model": summary.model, "numbers": numbers(method, summary, &[]), "map": summary.map.as_ref().map(map) })),
        "unused_columns": run.unused,
    });
    frame::document("libchar.metro", 1, body)
}

/// Numbers for the history, from which charts can be drawn.
pub fn history(method: &Method, run: &Run) -> Vec<ResultRow> {
    let mut rows = Vec::new();
    let mut push = |point: Option<String>, measure: &str, value: Option<f64>, status: &str| {
        let unit = Some(method.unit_of(measure)).filter(|unit| !unit.is_empty()).map(str::to_owned);
        rows.push(ResultRow {
            point,
            measure: measure.to_owned(),
            value,
            unit,
            status: status.to_owned(),
        });
    };
    for result in &run.results {
        let point = Some(result.name()).filter(|name| !name.is_empty());
        match &result.outcome {
            Err(_) => push(point, method.name, None, "failed"),
            Ok(found) => {
                for number in &found.answer.numbers {
                    push(
                        point.clone(),
                        &number.name,
                        Some(number.y),
                        if found.answer.warnings.is_empty() { "ok" } else { "warn" },
                    );
                }
            }
        }
    }
    for number in run.summary.iter().flat_map(|summary| &summary.numbers) {
        push(None, &number.name, Some(number.y), "ok");
    }
    rows
}
