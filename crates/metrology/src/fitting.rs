//! The common part of all fits: parameters with uncertainty and correlation, and the fits that are
//! refused.

use crate::answer::{Answer, Refusal, refuse};
use libchar_numeric::least_squares::{Bound, Convergence, Fit, FitError, Options, Parameter, fit};

/// Fits by residuals; refuses a fit without a minimum and one that leaves a parameter undetermined.
///
/// # Errors
/// Too few points, a model without value, no convergence, dependent parameters.
pub fn solve(
    names: &[&str],
    mut residuals: impl FnMut(&[f64]) -> Vec<f64>,
    parameters: &[Parameter],
    options: &Options,
) -> Result<Fit, Refusal> {
    let found = fit(|p: &[f64]| Ok::<_, String>(residuals(p)), parameters, options);
    let found = match found {
        Ok(found) => found,
        Err(error @ FitError::TooFewPoints { .. }) => return refuse(error.to_string()),
        Err(error) => return refuse(format!("no fit: {error}")),
    };
    if found.convergence == Convergence::IterationLimit {
        return refuse(format!("the fit did not converge within {} steps", found.iterations));
    }
    determined(names, &found)?;
    Ok(found)
}

/// Refuses a fit that leaves a parameter undetermined.
///
/// # Errors
/// The parameters that the data do not determine.
pub fn determined(names: &[&str], fit: &Fit) -> Result<(), Refusal> {
    if fit.covariance.is_some() {
        return Ok(());
    }
    if fit.dof == 0 {
        return refuse(
            "there are as many parameters as measured values: no degree of freedom is left",
        );
    }
    let weak = fit.undetermined.iter().map(|i| format!("`{}`", names[*i])).collect::<Vec<_>>();
    match weak.is_empty() {
        true => refuse("the data do not determine the parameters: one depends on the others"),
        false => refuse(format!("the data do not determine {}", weak.join(", "))),
    }
}

/// Adds the parameters, their correlations, and a warning for each parameter that ended at a bound.
///
/// # Errors
/// As [`determined`].
pub fn report(answer: &mut Answer, names: &[&str], fit: &Fit) -> Result<(), Refusal> {
    determined(names, fit)?;
    for (i, name) in names.iter().enumerate() {
        match fit.standard_error(i) {
            Some(u) => answer.uncertain(*name, fit.values[i], u, fit.dof_of_u()),
            None => answer.number(*name, fit.values[i]),
        };
        if fit.bounds[i] != Bound::Within && !name.ends_with("d_nm") {
            let side = if fit.bounds[i] == Bound::Low { "least" } else { "greatest" };
            answer
                .warn(format!("`{name}` ended at its {side} value: the data do not determine it"));
        }
        for (j, other) in names.iter().enumerate().take(i) {
            if let Some(r) = fit.correlation(j, i) {
                answer.correlations.push(((*other).to_owned(), (*name).to_owned(), r));
            }
        }
    }
    Ok(())
}
