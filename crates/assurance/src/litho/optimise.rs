//! Options and results of an optimisation of lens, source and mask.

use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::told::Kept;
use libchar_core::{Cell, Fault, Faults, Frame, Note, Refused};
use libchar_litho::optimise::{FIELDS, Problem, Search, Solution, Term, Variable};
use rayon::prelude::*;
use serde_json::{Value, json};

/// Number of starts that are refined.
const STARTS: usize = 6;

/// Searches the grid of a problem and refines its peaks; `None` where no setting meets the limits.
pub fn search(problem: &Problem) -> Option<Search> {
    let grid: Vec<Option<Solution>> =
        problem.grid().par_iter().map(|values| problem.evaluate(values)).collect();
    let peaks = problem.peaks(&grid);
    let refined: Vec<Solution> = peaks
        .par_iter()
        .take(STARTS)
        .enumerate()
        .map(|(i, start)| problem.refine(start, i as u64))
        .collect();
    problem.conclude(grid, refined)
}

/// A note if no setting meets the limits.
pub fn nothing(problem: &Problem) -> Note {
    let message = format!(
        "none of {} settings keeps the limits: widen the ranges, or loosen a limit",
        problem.grid().len()
    );
    Note::Warning("optimise", message)
}

/// The best setting and its objective, for the history.
pub fn kept(problem: &Problem, search: &Search) -> Vec<Kept> {
    let variables = problem.variables.iter().zip(&search.best.values);
    let own = variables.map(|(variable, value)| Kept::of(variable.field, *value));
    own.chain([Kept::of("objective", search.best.objective)]).collect()
}

/// The variables, and the weights of the terms.
pub type Aims = (Vec<Variable>, Vec<(Term, f64)>);

/// Reads the variables, each `FIELD` with `LOW:HIGH`, and the weighted terms, each `TERM` with its
/// weight. `weighs` says whether the objective takes weights.
///
/// # Errors
/// Every fault of both, and more than five variables.
pub fn asked(
    vary: &[(String, String)],
    weight: &[(String, String)],
    weighs: bool,
) -> Result<Aims, Refused> {
    let mut faults = Vec::new();
    let mut variables: Vec<Variable> = Vec::new();
    for (name, range) in vary {
        let Some(&field) = FIELDS.iter().find(|f| *f == name) else {
            faults
                .push(Fault::of("--vary", format!("unknown field `{name}`")).one_of(name, FIELDS));
            continue;
        };
        let ends = range.split_once(':').and_then(|(a, b)| {
            let number = |t: &str| t.trim().parse::<f64>().ok().filter(|v| v.is_finite());
            Some((number(a)?, number(b)?))
        });
        match ends.filter(|(low, high)| low < high) {
            Some((low, high)) if !variables.iter().any(|v| v.field == field) => {
                variables.push(Variable { field, low, high });
            }
            Some(_) => faults.push(Fault::of("--vary", format!("`{name}` varies twice"))),
            None => {
                let fault = Fault::of("--vary", format!("`{name}={range}`"));
                faults.push(fault.expected("FIELD=LOW:HIGH with LOW below HIGH"));
            }
        }
    }
    let weights = weights(weight, weighs, &mut faults);
    Faults::or((), faults)?;
    if variables.len() > 5 {
        return Err(Refused::Usage(format!("{} fields vary: at most 5", variables.len())));
    }
    Ok((variables, weights))
}

/// Fields of a job at which the search starts: those that are `set`, and a value for each variable.
pub fn start(set: &[(String, String)], variables: &[Variable]) -> Vec<(String, String)> {
    // A job without a varied field is completed by a value inside its range. The dose is not a
    // field of a job's image.
    let mut set = set.to_vec();
    for v in variables.iter().filter(|v| v.field != "dose") {
        let share = match v.field {
            "sigma_in" | "pole_radius" => 0.05,
            "sigma_out" => 0.95,
            _ => 0.5,
        };
        set.push((v.field.to_owned(), (v.low + share * (v.high - v.low)).to_string()));
    }
    set
}

/// Reads the weights of `--weight`, which belong to the objective `weights`.
fn weights(asked: &[(String, String)], weighs: bool, faults: &mut Vec<Fault>) -> Vec<(Term, f64)> {
    let mut weights: Vec<(Term, f64)> = Vec::new();
    for (name, value) in asked {
        let Some(term) = Term::ALL.into_iter().find(|term| term.name() == name) else {
            let fault = Fault::of("--weight", format!("unknown term `{name}`"));
            faults.push(fault.one_of(name, Term::ALL.map(Term::name)));
            continue;
        };
        match value.parse::<f64>().ok().filter(|v| v.is_finite() && *v != 0.0) {
            Some(_) if weights.iter().any(|(own, _)| *own == term) => {
                faults.push(Fault::of("--weight", format!("`{name}` is weighed twice")));
            }
            Some(weight) => weights.push((term, weight)),
            None => {
                let fault = Fault::of("--weight", format!("`{name}={value}`"));
                faults.push(fault.expected("TERM=WEIGHT with a number that is not 0"));
            }
        }
    }
    match (weighs, asked.is_empty()) {
        (true, true) => {
            let fault = Fault::of("--objective", "`weights` without a weight");
            faults.push(fault.expected("--weight TERM=WEIGHT, such as --weight dof_nm=1"));
        }
        (false, false) => {
            let fault = Fault::of("--weight", "the objective weighs nothing");
            faults.push(fault.expected("--objective weights with it"));
        }
        _ => {}
    }
    weights
}

/// Rows of the best setting, of other local optima, and of settings near the best; no row where
/// nothing meets the limits.
pub fn table(problem: &Problem, search: Option<&Search>) -> Frame {
    let mut frame = frame(problem);
    if let Some(search) = search {
        push(&mut frame, "best", &search.best);
        search.local.iter().for_each(|s| push(&mut frame, "local", s));
        search.near.iter().for_each(|s| push(&mut frame, "near", s));
    }
    frame
}

/// The same results as a document.
pub fn answer(problem: &Problem, search: Option<&Search>) -> Value {
    let Some(search) = search else {
        let body = json!({
            "best": null, "local": [], "near": [], "feasible_points": 0,
            "grid_points": problem.grid().len(),
        });
        return document("libchar.litho-optimise", 1, body);
    };
    let one = |s: &Solution| -> Value {
        let values: serde_json::Map<String, Value> = problem
            .variables
            .iter()
            .zip(&s.values)
            .map(|(v, value)| (v.field.to_owned(), json!(value)))
            .collect();
        let mut document = json!(s);
        document["values"] = Value::Object(values);
        document
    };
    let body = json!({
        "best": one(&search.best),
        "local": search.local.iter().map(one).collect::<Vec<_>>(),
        "near": search.near.iter().map(one).collect::<Vec<_>>(),
        "grid_points": search.tried,
        "feasible_points": search.grid.len(),
    });
    document("libchar.litho-optimise", 1, body)
}

/// A sentence on what limits the best setting.
pub fn sentence(search: &Search) -> String {
    let limited = match search.best.limited_by.as_slice() {
        [] => "nothing but the optics limits it".to_owned(),
        list => format!("limited by {}", list.join(", ")),
    };
    let ends = match search.best.window_ends.as_slice() {
        [] => String::new(),
        ends => format!("; the window ends with {}", ends.join(", ")),
    };
    format!(
        "{limited}{ends}; {} of {} settings of the grid keep the limits, {} come near",
        search.grid.len(),
        search.tried,
        search.near.len()
    )
}

fn frame(problem: &Problem) -> Frame {
    let mut columns: Vec<&str> = vec!["kind"];
    columns.extend(problem.variables.iter().map(|v| v.field));
    columns.extend([
        "objective",
        "dof_nm",
        "el_pct",
        "dose_low",
        "dose_high",
        "limited_by",
        "window_ends",
    ]);
    Frame::new("libchar.litho-optimise", 1, columns)
}

fn push(frame: &mut Frame, kind: &str, s: &Solution) {
    let mut row: Vec<Cell> = vec![kind.into()];
    row.extend(s.values.iter().map(|v| Cell::from(*v)));
    row.extend([s.objective, s.dof_nm, s.el_pct].map(Cell::from));
    row.extend([s.dose_low, s.dose_high].map(Cell::from));
    row.push(s.limited_by.join(" | ").into());
    row.push(s.window_ends.join(" | ").into());
    frame.push(row);
}

/// Draws every setting of the grid by latitude and depth of focus, and the Pareto front.
pub fn pareto(search: &Search) -> String {
    let mut points: Vec<(f64, f64)> = search.grid.iter().map(|s| (s.el_pct, s.dof_nm)).collect();
    points.push((search.best.el_pct, search.best.dof_nm));
    let mut sorted = points.clone();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let mut front: Vec<(f64, f64)> = Vec::new();
    for p in sorted {
        if front.last().is_none_or(|last| p.1 > last.1) {
            front.push(p);
        }
    }
    let mut chart = Chart::new(
        "Depth of focus against latitude: every setting, and those that no other setting surpasses in both",
        Axis::linear("exposure latitude at best focus (%)", points.iter().map(|p| p.0)),
        Axis::linear("depth of focus (nm)", points.iter().map(|p| p.1)),
    );
    for (x, y) in &points {
        chart.dot(*x, *y, 2.0, PALETTE[5]);
    }
    chart.line(&front, PALETTE[1], 2.0);
    chart.dot(search.best.el_pct, search.best.dof_nm, 5.0, PALETTE[1]);
    chart.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vary: &[(&str, &str)], weight: &[(&str, &str)], weighs: bool) -> Result<Aims, String> {
        let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        asked(&owned(vary), &owned(weight), weighs).map_err(|refused| refused.to_string())
    }

    #[test]
    fn what_varies_has_two_ends_and_varies_once() {
        let (variables, _) = of(&[("na", "0.5:0.8"), ("dose", "0.9:1.1")], &[], false).unwrap();
        assert_eq!((variables[0].field, variables[0].low, variables[0].high), ("na", 0.5, 0.8));
        for (vary, words) in [
            (vec![("na", "0.8:0.5")], "FIELD=LOW:HIGH with LOW below HIGH"),
            (vec![("na", "0.5")], "FIELD=LOW:HIGH with LOW below HIGH"),
            (vec![("na", "0.5:0.8"), ("na", "0.6:0.7")], "`na` varies twice"),
            (vec![("sigmain", "0.5:0.8")], "did you mean `sigma_in`?"),
        ] {
            let told = of(&vary, &[], false).map(drop).unwrap_err();
            assert!(told.contains(words), "{told}");
        }
        let six = ["na", "sigma_in", "sigma_out", "pole_center", "pole_radius", "mask_bias_nm"];
        let six: Vec<(&str, &str)> = six.into_iter().map(|field| (field, "0.1:0.2")).collect();
        assert_eq!(of(&six, &[], false).map(drop).unwrap_err(), "6 fields vary: at most 5");
    }

    #[test]
    fn weights_go_with_the_objective_that_weighs() {
        let vary = [("na", "0.5:0.8")];
        let (_, weights) = of(&vary, &[("dof_nm", "1"), ("nils", "-50")], true).unwrap();
        assert_eq!(
            weights.iter().map(|(term, w)| (term.name(), *w)).collect::<Vec<_>>(),
            [("dof_nm", 1.0), ("nils", -50.0)]
        );
        for (weight, weighs, words) in [
            (vec![], true, "`weights` without a weight"),
            (vec![("nils", "1")], false, "the objective weighs nothing"),
            (vec![("nils", "0")], true, "a number that is not 0"),
            (vec![("nils", "1"), ("nils", "2")], true, "`nils` is weighed twice"),
            (vec![("nil", "1")], true, "did you mean `nils`?"),
        ] {
            let told = of(&vary, &weight, weighs).map(drop).unwrap_err();
            assert!(told.contains(words), "{told}");
        }
    }

    #[test]
    fn a_ring_starts_open_and_the_dose_is_no_field_of_a_job() {
        let vary = [("sigma_in", "0.2:0.8"), ("sigma_out", "0.4:0.9"), ("dose", "0.9:1.1")];
        let (variables, _) = of(&vary, &[], false).unwrap();
        let set = start(&[("na".to_owned(), "0.75".to_owned())], &variables);
        let names: Vec<&str> = set.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["na", "sigma_in", "sigma_out"]);
        let value = |i: usize| set[i].1.parse::<f64>().unwrap();
        assert!((value(1) - 0.23).abs() < 1e-12 && (value(2) - 0.875).abs() < 1e-12);
    }
}
