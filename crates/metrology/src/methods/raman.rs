//! Mechanical stress of silicon from the shift of its Raman line.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Input, Method, Need, Per, column, number, output, raw, word};
use crate::setup::as_number;
use libchar_numeric::least_squares::{Fit, Options, Parameter};

const fn optional(input: Input) -> Input {
    Input { need: Need::Optional, ..input }
}

/// The method.
pub static METHOD: Method = Method {
    name: "raman-stress",
    family: "chemical",
    about: "stress of silicon from the shift of its Raman line",
    per: Per::File,
    inputs: &[
        column("shift", "wavenumber", "cm-1", "Raman shift").also(&["raman_shift", "wavenumber"]),
        column("i_sample", "", "", "intensity of the sample").also(&["intensity"]),
        optional(column("i_reference", "", "", "intensity of a sample without stress")),
        raw("w0", "line without stress in 1/cm where there is no reference"),
        word(
            "stress_state",
            &["biaxial", "uniaxial"],
            "biaxial in (001) or uniaxial along [100], backscattering from (001)",
        ),
        word("shape", &["lorentzian", "gaussian"], "of the line; Lorentzian unless given"),
        number("p_over_w0sq", "", "", "phonon deformation potential p/w0^2")
            .or(-1.85)
            .within(-10.0, 0.0, ""),
        number("q_over_w0sq", "", "", "phonon deformation potential q/w0^2")
            .or(-2.31)
            .within(-10.0, 0.0, ""),
        number("s11", "compliance", "1/Pa", "elastic compliance")
            .or(7.68e-12)
            .within(1e-13, 1e-10, ""),
        number("s12", "compliance", "1/Pa", "elastic compliance")
            .or(-2.14e-12)
            .within(-1e-10, 0.0, ""),
    ],
    outputs: &[
        output("w0_cm1", "cm-1", "line without stress"),
        output("shift_cm1", "cm-1", "line of the sample less that"),
        output("mpa_per_cm1", "MPa cm", "stress per shift"),
        output("stress_mpa", "MPa", "stress, tension positive"),
        output("fwhm_cm1", "cm-1", "width of the sample's line"),
    ],
    formula: "dw = w0 s [p S12 + q (S11 + S12)] biaxial, half of it uniaxial; p and q over w0^2",
    standard: "Ganesan 1970; Anastassakis 1970, 1990; De Wolf 1996",
    traps: &[
        "the sign: tension lowers the frequency",
        "-434, -519, -250, -217 and -259 MPa cm are other states or constants: both are printed",
    ],
    example: "libchar metro raman-stress spectra.csv -s stress_state=biaxial",
    compute,
    summary: None,
};

/// Position, half width, height, background and slope of a line.
fn line(x: &[f64], y: &[f64], gaussian: bool, what: &str) -> Result<Fit, Refusal> {
    let (x, y) = sorted(x, y);
    let n = x.len();
    if n < 8 {
        return refuse(format!("{n} points are too few for a line"));
    }
    let top = (0..n).max_by(|a, b| y[*a].total_cmp(&y[*b])).unwrap_or(0);
    let mut levels = y.clone();
    levels.sort_by(f64::total_cmp);
    let (floor, height) = (levels[n / 10], y[top] - levels[n / 10]);
    let above = (0..n).filter(|i| y[*i] > floor + 0.5 * height).count() as f64;
    let half = (0.5 * above * (x[n - 1] - x[0]) / n as f64).max(x[1] - x[0]);
    let centre = 0.5 * (x[0] + x[n - 1]);
    let shape = move |p: &[f64], x: f64| {
        let t = ((x - p[0]) / p[1]).powi(2);
        let peak = if gaussian { (-std::f64::consts::LN_2 * t).exp() } else { 1.0 / (1.0 + t) };
        p[2] * peak + p[3] + p[4] * (x - centre)
    };
    let parameters = [
        Parameter::bounded(x[top], x[0], x[n - 1]),
        Parameter::bounded(half, 0.1 * (x[1] - x[0]), x[n - 1] - x[0]),
        Parameter::bounded(height, 0.0, 100.0 * height.max(1e-300)),
        Parameter::free(floor),
        Parameter::free(0.0),
    ];
    let residuals = |p: &[f64]| x.iter().zip(&y).map(|(x, y)| y - shape(p, *x)).collect();
    let fit = fitting::solve(
        &["position", "half width", "height", "background", "slope"],
        residuals,
        &parameters,
        &Options::default(),
    )?;
    let rms = (fit.chi2 / n as f64).sqrt();
    if fit.values[2] < 5.0 * rms {
        return refuse(format!(
            "no line in `{what}`: its height is {:.2} times the scatter",
            fit.values[2] / rms
        ));
    }
    Ok(fit)
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let Some(state) = job.word("stress_state") else {
        return misuse("`stress_state` is not given: biaxial or uniaxial differ by two");
    };
    let gaussian = job.word("shape") == Some("gaussian");
    let x = job.column("shift");
    let sample = line(x, job.column("i_sample"), gaussian, "i_sample")?;
    let known = job.raw.get("w0").and_then(as_number);
    let (w0, u0) = match (job.find_column("i_reference"), known) {
        (Some(reference), None) => {
            let fit = line(x, reference, gaussian, "i_reference")?;
            (fit.values[0], fit.standard_error(0).unwrap_or(0.0))
        }
        (_, Some(w0)) => (w0, 0.0),
        (None, None) => {
            return misuse(
                "the line without stress is not given: a column `i_reference`, or the number `w0`",
            );
        }
    };
    let u = sample.standard_error(0).unwrap_or(0.0).hypot(u0);
    let (p, q) = (job.get("p_over_w0sq")?, job.get("q_over_w0sq")?);
    let (s11, s12) = (job.get("s11")?, job.get("s12")?);
    let half = if state == "uniaxial" { 0.5 } else { 1.0 };
    // 1/cm per Pa, then MPa per 1/cm.
    let slope = half * w0 * (p * s12 + q * (s11 + s12));
    let per = 1e-6 / slope;
    let shift = sample.values[0] - w0;
    let mut answer = Answer {
        model: format!("{state}, p = {p} w0^2, q = {q} w0^2, S11 = {s11:e}, S12 = {s12:e} 1/Pa"),
        ..Answer::default()
    };
    answer.word("stress_state", state);
    let dof = sample.dof as f64;
    answer
        .uncertain("w0_cm1", w0, u0, dof)
        .uncertain("shift_cm1", shift, u, dof)
        .number("mpa_per_cm1", per)
        .uncertain("stress_mpa", shift * per, u * per.abs(), dof)
        .number("fwhm_cm1", 2.0 * sample.values[1]);
    let y = job.column("i_sample");
    answer.plots.push(Plot {
        x: "Raman shift (1/cm)".to_owned(),
        y: "intensity".to_owned(),
        data: x.iter().copied().zip(y.iter().copied()).collect(),
        fit: {
            let (x, y) = sorted(x, y);
            x.into_iter().zip(y.iter().zip(&sample.residuals).map(|(y, r)| y - r)).collect()
        },
    });
    Ok(answer)
}
