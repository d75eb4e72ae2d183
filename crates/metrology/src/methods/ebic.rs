//! Diffusion length from the electron-beam-induced current (EBIC).

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Method, Per, column, number, output, remark};
use libchar_numeric::least_squares::{Options, Parameter};

/// The method.
pub static METHOD: Method = Method {
    name: "ebic",
    family: "electrical",
    about: "diffusion length from the decay of the electron-beam-induced current",
    per: Per::File,
    inputs: &[
        column("x", "length", "um", "distance from the junction")
            .also(&["distance"])
            .within(0.0, 1e6, ""),
        column("i", "current", "A", "induced current").also(&["current"]),
        number("alpha", "", "", "0 without surface recombination, -0.5 where it is infinite")
            .within(-1.5, 0.5, ""),
        remark("model"),
        remark("weights"),
    ],
    outputs: &[output("l_um", "um", "diffusion length"), output("background_a", "A", "background")],
    formula: "I = A x^alpha exp(-x/L) + background, least squares with uniform weights, or 1/u^2 of u_i",
    standard: "Chan, Ong and Phang 1995",
    traps: &[
        "a line through ln I with the background left in: 13.6 um for 12.5",
        "alpha 0 for -1/2: 2.7 for 5.6",
    ],
    example: "libchar metro ebic line.csv -s alpha=0",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let alpha = job.get("alpha")?;
    let (x, y) = sorted(job.column("x"), job.column("i"));
    let u = job.u("i").filter(|u| u.iter().all(|u| *u > 0.0)).map(|u| sorted(job.column("x"), u).1);
    let n = x.len();
    if n < 5 {
        return refuse(format!("{n} points are too few for a length and a background"));
    }
    if alpha < 0.0 && x[0] <= 0.0 {
        return refuse("x = 0 has no value for a negative alpha");
    }
    let (top, tail) = (y[0], y[n - 1]);
    if top <= tail {
        return refuse("the current does not fall with the distance: no diffusion length");
    }
    // Currents are in units of the first one, so that no parameter is tiny.
    let model = |p: &[f64], x: f64| p[0] * x.powf(alpha) * (-x / p[1]).exp() + p[2];
    let residuals = |p: &[f64]| {
        (0..n)
            .map(|i| (model(p, x[i]) - y[i] / top) / u.as_ref().map_or(1.0, |u| u[i] / top))
            .collect()
    };
    let span = x[n - 1] - x[0];
    let half = (0..n)
        .find(|i| y[*i] - tail < (top - tail) / std::f64::consts::E)
        .map_or(span, |i| x[i] - x[0]);
    let parameters = [
        Parameter::bounded(
            x[0].max(1e-9).powf(-alpha) * (x[0] / half.max(1e-9 * span)).exp().min(1e3),
            0.0,
            1e9,
        ),
        Parameter::bounded(half.max(1e-3 * span), 1e-4 * span, 1e3 * span),
        Parameter::free(tail / top),
    ];
    let options = Options { known_errors: u.is_some(), iterations: 400, ..Options::default() };
    let fit =
        fitting::solve(&["amplitude", "l_um", "background"], residuals, &parameters, &options)?;
    let (l, ul) = (fit.values[1], fit.standard_error(1).unwrap_or(f64::NAN));
    if ul.is_nan() || ul > 0.5 * l {
        return refuse(format!(
            "the data do not determine the diffusion length ({l:.3} um with an uncertainty of {ul:.3} um)"
        ));
    }
    let mut answer = Answer { model: format!("alpha = {alpha}"), ..Answer::default() };
    answer.uncertain("l_um", l, ul, fit.dof_of_u()).value(
        "background_a",
        top * fit.values[2],
        fit.standard_error(2).map(|u| u * top),
        fit.dof_of_u(),
    );
    if let Some(r) = fit.correlation(1, 2) {
        answer.correlations.push(("l_um".to_owned(), "background_a".to_owned(), r));
    }
    if span < 2.0 * l {
        answer.warn(format!("the line is only {:.1} diffusion lengths long: length and background can hardly be told apart", span / l));
    }
    answer.plots.push(Plot {
        x: "distance (um)".to_owned(),
        y: "current (A)".to_owned(),
        data: x.iter().copied().zip(y).collect(),
        fit: x.iter().map(|x| (*x, top * model(&fit.values, *x))).collect(),
    });
    Ok(answer)
}
