//! The results as rows, as JSON document and for the history.

use crate::answer::{self, Answer, Plot};
use crate::gum::Budget;
use crate::method::Method;
use crate::run::{Input, Measured, Run};
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, frame};
use serde_json::{Map, Value, json};

/// One row per number.
pub fn rows(method: &Method, run: &Run) -> Frame {
    let columns = ["result", "quantity", "value", "unit", "u", "k", "u_expanded", "status"];
    let mut frame = Frame::new("libchar.metro-rows", 1, columns);
    let mut push = |name: &str, of: [Cell; 3], budget: Option<&Budget>, status: &str| {
        let spread = [budget.map(|b| b.u_c), budget.map(|b| b.k), budget.map(|b| b.expanded)];
        let mut row = vec![name.into()];
        row.extend(of.into_iter().chain(spread.map(Cell::from)));
        row.push(status.into());
        frame.push(row);
    };
    let number = |number: &answer::Number| {
        [number.name.clone().into(), number.y.into(), method.unit_of(&number.name).into()]
    };
    for result in &run.results {
        let (name, status) = (result.name(), result.status());
        let Ok(found) = &result.outcome else {
            push(&name, [Cell::Null, Cell::Null, Cell::Null], None, status);
            continue;
        };
        for (word, text) in &found.answer.words {
            push(&name, [(*word).into(), text.clone().into(), Cell::Null], None, status);
        }
        for (own, budget) in found.answer.numbers.iter().zip(&found.budgets) {
            push(&name, number(own), budget.as_ref(), status);
        }
    }
    for own in run.summary.iter().flat_map(|summary| &summary.numbers) {
        push("all", number(own), None, "ok");
    }
    frame
}

fn budget(budget: &Budget) -> Value {
    let rows = budget.rows.iter().map(|row| {
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
    });
    rows.collect()
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

/// One result, or the reason why there is none.
fn result(method: &Method, result: &Measured) -> Value {
    let tags = object(result.tags.iter().map(|(key, value)| (key.as_str(), json!(value))));
    let found = match &result.outcome {
        Err(reason) => {
            return json!({ "tags": tags, "outcome": result.status(), "reason": reason });
        }
        Ok(found) => found,
    };
    let answer = &found.answer;
    let correlations = answer.correlations.iter();
    let correlations = correlations.map(|(a, b, r)| json!({ "between": [a, b], "r": r }));
    json!({
        "tags": tags,
        "outcome": result.status(),
        "model": answer.model,
        "words": object(answer.words.iter().map(|(key, word)| (*key, json!(word)))),
        "numbers": numbers(method, answer, &found.budgets),
        "correlations": correlations.collect::<Vec<_>>(),
        "curves": object(answer.curves.iter().map(|c| (c.name.as_str(), json!(c.values)))),
        "plots": answer.plots.iter().map(plot).collect::<Vec<_>>(),
        "warnings": answer.warnings,
    })
}

/// The JSON document of a run.
pub fn document(method: &Method, input: &Input, run: &Run, coverage: f64) -> Value {
    let results: Vec<Value> = run.results.iter().map(|own| result(method, own)).collect();
    let setup =
        object(input.setup.entries.iter().map(|entry| (entry.key.as_str(), json!(entry.value))));
    let summary = run.summary.as_ref().map(|summary| {
        json!({ "model": summary.model, "numbers": numbers(method, summary, &[]), "map": summary.map.as_ref().map(map) })
    });
    let body = json!({
        "method": method.name,
        "standard": method.standard,
        "software": format!("libchar {}", env!("CARGO_PKG_VERSION")),
        "input": { "file": input.file, "sha256": input.sha256 },
        "setup": setup,
        "coverage": coverage,
        "results": results,
        "summary": summary,
        "unused_columns": run.unused,
    });
    frame::document("libchar.metro", 1, body)
}

/// Numbers for the history, from which charts can be drawn.
pub fn kept(method: &Method, run: &Run) -> Vec<Kept> {
    let mut all = Vec::new();
    let mut keep = |point: Option<String>, measure: &str, value: Option<f64>, status: &str| {
        let unit = Some(method.unit_of(measure)).filter(|unit| !unit.is_empty());
        let (measure, status) = (measure.to_owned(), status.to_owned());
        all.push(Kept { point, measure, value, unit, status });
    };
    for result in &run.results {
        let point = Some(result.name()).filter(|name| !name.is_empty());
        match &result.outcome {
            Err(_) => keep(point, method.name, None, "failed"),
            Ok(found) => found.answer.numbers.iter().for_each(|number| {
                keep(point.clone(), &number.name, Some(number.y), result.status());
            }),
        }
    }
    for number in run.summary.iter().flat_map(|summary| &summary.numbers) {
        keep(None, &number.name, Some(number.y), "ok");
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::tests::{HALF, measured};

    #[test]
    fn rows_document_and_history_tell_the_same_results() {
        let (input, run) = measured("l_um\n2\n11\n6\n", &[]);
        let run = run.unwrap();
        let csv = String::from_utf8(rows(&HALF, &run).to_csv()).unwrap();
        let expected = "result,quantity,value,unit,u,k,u_expanded,status\n\
            row=1,half_um,1,um,,,,ok\n\
            row=2,,,,,,,refused\n\
            row=3,half_um,3,um,,,,warn\n\
            all,mean_um,2,um,,,,ok\n";
        assert_eq!(csv, expected);
        let document = document(&HALF, &input, &run, 0.95);
        let outcomes: Vec<&str> =
            (0..3).map(|i| document["results"][i]["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, ["ok", "refused", "warn"]);
        assert_eq!(document["results"][1]["reason"], "it is too long");
        assert_eq!(document["summary"]["numbers"][0]["y"], 2.0);
        let kept = kept(&HALF, &run);
        let told: Vec<_> = kept.iter().map(|k| (k.value, k.unit, k.status.as_str())).collect();
        let um = Some("um");
        let expected = [
            (Some(1.0), um, "ok"),
            (None, None, "failed"),
            (Some(3.0), um, "warn"),
            (Some(2.0), um, "ok"),
        ];
        assert_eq!(told, expected);
        assert_eq!((kept[1].measure.as_str(), kept[3].point.as_deref()), ("half", None));
    }

    #[test]
    fn an_uncertain_input_is_a_row_of_the_budget() {
        // h = l/2, so the sensitivity is 1/2 and u(h) = u(l)/2 = 0.05.
        let run = measured("l_um,u_l_um\n4,0.1\n", &[]).1.unwrap();
        let found = run.results[0].outcome.as_ref().unwrap();
        let number = &numbers(&HALF, &found.answer, &found.budgets)[0];
        assert!((number["u"].as_f64().unwrap() - 0.05).abs() < 1e-12, "{number}");
        assert!((number["budget"][0]["sensitivity"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    }
}
