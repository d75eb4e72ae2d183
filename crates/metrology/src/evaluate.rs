//! Computes a result with the uncertainty that all its inputs contribute.

use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::gum::{Budget, Uncertain};
use crate::job::Job;
use crate::method::Method;

/// A method's answer, with a budget for each of its numbers (in the same order) whose uncertainty
/// is known.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The answer of the method.
    pub answer: Answer,
    /// One budget per number.
    pub budgets: Vec<Option<Budget>>,
}

/// Computes the answer, then propagates the uncertainties of the setup through the whole
/// computation by central differences and combines them with those from the fit.
///
/// # Errors
/// The reason why there is no result.
pub fn evaluate(method: &Method, job: &Job, coverage: f64) -> Result<Evaluated, Refusal> {
    if let Some((name, _)) = job.numbers.iter().find(|(_, number)| number.value.is_nan()) {
        return misuse(format!("`u_{name}` is given and `{name}` is not"));
    }
    let answer = (method.compute)(job)?;
    if let Some(number) = answer.numbers.iter().find(|n| !n.y.is_finite()) {
        return refuse(format!("`{}` has no finite value for these data", number.name));
    }
    let mut inputs: Vec<Vec<(String, Uncertain, f64)>> = answer
        .numbers
        .iter()
        .map(|n| {
            n.u.map(|u| {
                ("data".to_owned(), Uncertain { u, dof: n.dof, ..Uncertain::exact(n.y) }, 1.0)
            })
            .into_iter()
            .collect()
        })
        .collect();
    for (name, quantity) in job.numbers.iter().filter(|(_, q)| q.u > 0.0) {
        let h = crate::gum::difference_step(quantity);
        let moved = |shift: f64| (method.compute)(&job.with(name, quantity.value + shift));
        let (up, down) = (moved(h)?, moved(-h)?);
        for (i, number) in answer.numbers.iter().enumerate() {
            if let (Some(up), Some(down)) = (up.get(&number.name), down.get(&number.name)) {
                inputs[i].push(((*name).to_owned(), *quantity, (up - down) / (2.0 * h)));
            }
        }
    }
    let budget = |(rows, y): (Vec<(String, Uncertain, f64)>, f64)| {
        (!rows.is_empty()).then(|| Budget::new(y, rows, &[], coverage))
    };
    let values = answer.numbers.iter().map(|n| n.y);
    let mut budgets: Vec<Option<Budget>> = inputs.into_iter().zip(values).map(budget).collect();
    if let (Some(own), Some(first)) = (&answer.budget, budgets.first_mut()) {
        *first = Some(own.clone());
    }
    Ok(Evaluated { answer, budgets })
}
