//! Thickness of an epitaxial layer from its infrared fringes.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Input, Method, Need, Per, column, either, number, output, range};
use libchar_numeric::least_squares::{Options, Parameter, linear};
use std::f64::consts::PI;

/// The method.
pub static METHOD: Method = Method {
    name: "ftir-thickness",
    family: "chemical",
    about: "thickness of an epitaxial layer from infrared fringes",
    per: Per::File,
    inputs: &[
        column("wavenumber", "wavenumber", "cm-1", "wavenumber")
            .also(&["nu"])
            .within(10.0, 50000.0, ""),
        column("reflectance", "share", "1", "reflectance or transmittance")
            .also(&["r", "transmittance"]),
        either(
            "n_film",
            "",
            "",
            "index of the layer: one number, or a column where it is dispersive",
        )
        .also(&["n"])
        .within(1.0, 10.0, ""),
        Input {
            need: Need::Default(0.0),
            ..number("aoi", "angle", "deg", "angle of incidence").within(0.0, 89.0, "")
        },
        range("fit_range", "wavenumber", "cm-1", "range of the fit; all rows unless given"),
    ],
    outputs: &[
        output("d_um", "um", "thickness"),
        output("fringe_period_cm1", "cm-1", "period of the fringes at the mean index"),
        output("fringes", "", "number of periods in the range"),
        output("contrast", "", "amplitude of the fringes at the middle of the range"),
    ],
    formula: "R = baseline + A exp(-g nu) cos(4 pi d nu sqrt(n^2 - sin^2 aoi) + phase), baseline of order two; d = 1/(2 period)\n\
              periods are scanned by linear least squares before the local fit; the phase is constant",
    standard: "SEMI MF95",
    traps: &[
        "d = 1/(2 n dnu) at 30 deg: 1.07 % low",
        "the phase shift of a heavily doped substrate over nu is not modelled: below 2 um it counts",
    ],
    example: "libchar metro ftir-thickness fringes.csv -s n_film=3.42 -s aoi_deg=30",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let count = job.column("wavenumber").len();
    let (low, high) = job.range("fit_range")?.unwrap_or((f64::MIN, f64::MAX));
    let index = job.series("n_film", count).unwrap_or_default();
    let sine = job.get("aoi")?.to_radians().sin();
    let axis: Vec<f64> = job
        .column("wavenumber")
        .iter()
        .zip(&index)
        .map(|(nu, n)| nu * (n * n - sine * sine).sqrt())
        .collect();
    let inside: Vec<usize> =
        (0..count).filter(|i| (low..=high).contains(&job.column("wavenumber")[*i])).collect();
    let pick = |values: &[f64]| -> Vec<f64> { inside.iter().map(|i| values[*i]).collect() };
    let (x, y) = sorted(&pick(&axis), &pick(job.column("reflectance")));
    let n = x.len();
    if n < 12 {
        return refuse(format!("{n} points are too few for fringes"));
    }
    let (first, span) = (x[0], x[n - 1] - x[0]);
    let t: Vec<f64> = x.iter().map(|x| (x - first) / span - 0.5).collect();
    let base: Vec<Vec<f64>> = (0..3).map(|p| t.iter().map(|t| t.powi(p)).collect()).collect();
    let flat = linear(&base, &y, None).map_err(|e| Refusal::new(e.to_string()))?;
    // Number of cycles over the range: from one and a half up to what the grid resolves.
    let most = (0.45 * n as f64).min(4000.0);
    let mut best = (f64::MAX, 0.0);
    let mut cycles = 1.5;
    while cycles < most {
        let mut columns = base.clone();
        columns.push(t.iter().map(|t| (2.0 * PI * cycles * t).cos()).collect());
        columns.push(t.iter().map(|t| (2.0 * PI * cycles * t).sin()).collect());
        if let Ok(fit) = linear(&columns, &y, None)
            && fit.chi2 < best.0
        {
            best = (fit.chi2, cycles);
        }
        cycles += 0.2;
    }
    let gain = 1.0 - best.0 / flat.chi2;
    if gain < 0.3 {
        return refuse(format!(
            "there are no fringes: one period explains {:.0} % of the structure",
            100.0 * gain.max(0.0)
        ));
    }
    let names = ["cycles", "phase", "amplitude", "decay", "b0", "b1", "b2"];
    let wave = |p: &[f64], t: f64| {
        p[2] * (-p[3] * t).exp() * (2.0 * PI * p[0] * t + p[1]).cos()
            + p[4]
            + p[5] * t
            + p[6] * t * t
    };
    let residuals =
        |p: &[f64]| -> Vec<f64> { t.iter().zip(&y).map(|(t, y)| wave(p, *t) - y).collect() };
    let mut found: Option<libchar_numeric::least_squares::Fit> = None;
    for phase in [0.0, PI / 2.0, PI, 1.5 * PI] {
        let start = [best.1, phase, (2.0 * (flat.chi2 - best.0) / n as f64).sqrt(), 0.0];
        let mut parameters = vec![
            Parameter::bounded(start[0], 0.5, most),
            Parameter::free(start[1]),
            Parameter::bounded(start[2], 0.0, 10.0),
            Parameter::bounded(start[3], -20.0, 20.0),
        ];
        parameters.extend(flat.coefficients.iter().map(|c| Parameter::free(*c)));
        if let Ok(fit) = fitting::solve(&names, residuals, &parameters, &Options::default())
            && found.as_ref().is_none_or(|f| fit.chi2 < f.chi2)
        {
            found = Some(fit);
        }
    }
    let Some(fit) = found else { return refuse("the fit of the fringes did not converge") };
    let p = &fit.values;
    // d = cycles/(2 span of nu sqrt(n^2 - sin^2)), converted from cm to um.
    let scale = 1e4 / (2.0 * span);
    let mean = pick(&index).iter().sum::<f64>() / n as f64;
    let mut answer =
        Answer { model: "constant phase, decaying contrast".to_owned(), ..Answer::default() };
    answer.uncertain(
        "d_um",
        p[0] * scale,
        fit.standard_error(0).unwrap_or(0.0) * scale,
        fit.dof as f64,
    );
    let period = span / p[0] / (mean * mean - sine * sine).sqrt();
    answer.uncertain(
        "fringe_period_cm1",
        period,
        period * fit.standard_error(0).unwrap_or(0.0) / p[0],
        fit.dof as f64,
    );
    answer.number("fringes", p[0]).number("contrast", p[2].abs());
    let rms = (fit.chi2 / n as f64).sqrt();
    if p[0] < 3.0 {
        answer.warn(format!(
            "{:.1} fringes only: the thickness depends on the baseline and the phase",
            p[0]
        ));
    }
    if rms > 0.5 * p[2].abs() {
        answer.warn("the residuals are more than half of the fringes' amplitude");
    }
    let order = |i: usize| x[i] / (mean * mean - sine * sine).sqrt();
    answer.plots.push(Plot {
        x: "wavenumber (cm-1)".to_owned(),
        y: "reflectance".to_owned(),
        data: (0..n).map(|i| (order(i), y[i])).collect(),
        fit: (0..n).map(|i| (order(i), wave(p, t[i]))).collect(),
    });
    Ok(answer)
}
