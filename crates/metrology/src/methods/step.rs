//! Step height of a groove or line.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::Job;
use crate::method::{Input, Kind, Method, Per, column, number, output, word};
use nalgebra::{Matrix3, Vector3};

/// The method.
pub static METHOD: Method = Method {
    name: "step-height",
    family: "dimensional",
    about: "depth of a groove or height of a line in a profile",
    per: Per::File,
    inputs: &[
        column("x", "length", "um", "place along the profile").also(&["distance", "position"]),
        column("z", "length", "nm", "height").also(&["height"]),
        Input {
            kind: Kind::List,
            ..number("edges", "length", "um", "both edges of the groove or line")
        },
        word("method", &["ISO 5436-1"], "the procedure"),
    ],
    outputs: &[
        output("step_nm", "nm", "depth of a groove or height of a line, positive"),
        output("u_fit_nm", "nm", "its standard uncertainty from the scatter"),
    ],
    formula: "z = a x + b + h s, s = +1 from W/3 to W outside of each edge, -1 on the middle third of the width W; d = 2 |h|",
    standard: "ISO 5436-1, type A1",
    traps: &[
        "a difference of means without the common tilt",
        "the slopes of the edges among the points",
    ],
    example: "libchar metro step-height profile.csv -s edges_um='[120, 220]'",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let Some((left, right)) = job.range("edges")? else { return misuse("`edges` is not given") };
    let (x, z) = (job.column("x"), job.column("z"));
    let third = (right - left) / 3.0;
    let (wide, eps) = (right - left, 1e-9 * (right - left));
    let side = |x: f64| {
        let outside = (left - x).max(x - right);
        match () {
            () if outside >= third - eps && outside <= wide + eps => Some(1.0),
            () if x >= left + third - eps && x <= right - third + eps => Some(-1.0),
            () => None,
        }
    };
    let points: Vec<(f64, f64, f64)> = x
        .iter()
        .zip(z)
        .filter_map(|(x, z)| side(*x).map(|s| (x - 0.5 * (left + right), s, *z)))
        .collect();
    let count = |test: &dyn Fn(&(f64, f64, f64)) -> bool| points.iter().filter(|p| test(p)).count();
    let parts = [
        count(&|p| p.1 > 0.0 && p.0 < 0.0),
        count(&|p| p.1 < 0.0),
        count(&|p| p.1 > 0.0 && p.0 > 0.0),
    ];
    if parts.iter().any(|n| *n < 3) {
        return refuse(format!(
            "the areas left, inside and right of the edges hold {parts:?} points; each needs at least 3"
        ));
    }
    let (mut normal, mut side) = (Matrix3::zeros(), Vector3::zeros());
    for (x, s, z) in &points {
        let row = Vector3::new(*x, 1.0, *s);
        normal += row * row.transpose();
        side += row * *z;
    }
    let Some(inverse) = normal.try_inverse() else {
        return refuse("the areas do not determine a step");
    };
    let solution = inverse * side;
    let fitted = |x: f64, s: f64| solution[0] * x + solution[1] + solution[2] * s;
    let squares: f64 = points.iter().map(|(x, s, z)| (z - fitted(*x, *s)).powi(2)).sum();
    let dof = points.len() as f64 - 3.0;
    let u = 2.0 * (squares / dof * inverse[(2, 2)]).sqrt();
    let step = 2.0 * solution[2];
    let mut answer = Answer { model: "ISO 5436-1 type A1".to_owned(), ..Answer::default() };
    answer.word("sign", if step > 0.0 { "groove" } else { "line" });
    answer.uncertain("step_nm", step.abs(), u, dof).number("u_fit_nm", u);
    if step.abs() < 2.0 * u {
        answer.warn("the step is below twice its uncertainty: its sign is not certain");
    }
    answer.plots.push(Plot {
        x: "x (um)".to_owned(),
        y: "z (nm)".to_owned(),
        data: x.iter().copied().zip(z.iter().copied()).collect(),
        fit: points.iter().map(|(x, s, _)| (x + 0.5 * (left + right), fitted(*x, *s))).collect(),
    });
    Ok(answer)
}
