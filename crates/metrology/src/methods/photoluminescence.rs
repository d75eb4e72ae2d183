//! Photoluminescence: the band gap over temperature, and a peak converted to energy.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::HC_EV_NM;
use crate::fitting;
use crate::job::Job;
use crate::method::{Method, Per, column, output, word};
use libchar_numeric::least_squares::{Options, Parameter};

/// The band gap over temperature.
pub static VARSHNI: Method = Method {
    name: "pl-varshni",
    family: "chemical",
    about: "gap of a semiconductor over its temperature",
    per: Per::File,
    inputs: &[
        column("temperature", "temperature", "K", "temperature")
            .also(&["t"])
            .within(0.0, 1500.0, ""),
        column("e", "energy", "eV", "gap or peak energy")
            .also(&["energy", "eg"])
            .within(0.01, 20.0, ""),
        word("model", &["varshni", "bose-einstein"], "Varshni unless given"),
    ],
    outputs: &[
        output("e0_ev", "eV", "gap at 0 K"),
        output("alpha_ev_k", "eV/K", "Varshni's alpha"),
        output("beta_k", "K", "Varshni's beta"),
        output("a_b_ev", "eV", "coupling of Bose and Einstein's model"),
        output("theta_k", "K", "its mean phonon temperature"),
        output("eg_300k_ev", "eV", "gap at 300 K of the fit"),
        output("rms_ev", "eV", "root mean square of the residuals"),
    ],
    formula: "Varshni E = E0 - alpha T^2/(T + beta); Bose-Einstein E = E0 - 2 aB/(exp(theta/T) - 1)",
    standard: "Varshni 1967; Vina 1984",
    traps: &[
        "alpha and beta are correlated by 0.999: their uncertainties stand with it, the gap at 300 K is better known than both",
    ],
    example: "libchar metro pl-varshni peaks.csv",
    compute: varshni,
    summary: None,
};

fn varshni(job: &Job) -> Result<Answer, Refusal> {
    let (t, e) = (job.column("temperature"), job.column("e"));
    if t.len() < 4 {
        return refuse(format!(
            "{} temperatures leave no degree of freedom, at least four are needed",
            t.len()
        ));
    }
    let bose = job.word("model") == Some("bose-einstein");
    let model = |p: &[f64], t: f64| match bose {
        true if t > 0.0 => p[0] - 2.0 * p[1] / (p[2] / t).exp_m1(),
        true => p[0],
        false => p[0] - p[1] * t * t / (t + p[2]),
    };
    let top = e.iter().copied().fold(0.0, f64::max);
    let start = if bose { [top, 0.05, 200.0] } else { [top, 5e-4, 200.0] };
    let parameters = [
        Parameter::bounded(start[0], 0.0, 2.0 * top),
        Parameter::bounded(start[1], 0.0, 1.0),
        Parameter::bounded(start[2], 0.0, 5000.0),
    ];
    let u = job.u("e").filter(|u| u.iter().all(|u| *u > 0.0));
    let residuals = |p: &[f64]| {
        (0..t.len()).map(|i| (model(p, t[i]) - e[i]) / u.map_or(1.0, |u| u[i])).collect()
    };
    let names: [&str; 3] =
        if bose { ["e0_ev", "a_b_ev", "theta_k"] } else { ["e0_ev", "alpha_ev_k", "beta_k"] };
    let options = Options { known_errors: u.is_some(), iterations: 500, ..Options::default() };
    let fit = fitting::solve(&names, residuals, &parameters, &options)?;
    let mut answer = Answer {
        model: if bose { "Bose-Einstein" } else { "Varshni" }.to_owned(),
        ..Answer::default()
    };
    fitting::report(&mut answer, &names, &fit)?;
    let p = &fit.values;
    for i in 1..3 {
        if fit.standard_error(i).is_some_and(|u| u > 0.5 * p[i]) {
            answer.warn(format!("the uncertainty of `{}` is more than half of it: the temperatures do not determine it", names[i]));
        }
    }
    // By the full covariance, because alpha and beta are correlated.
    let slope = |i: usize| {
        let h = 1e-5 * p[i].abs().max(1e-9);
        let mut moved = p.clone();
        moved[i] += h;
        (model(&moved, 300.0) - model(p, 300.0)) / h
    };
    let variance = fit.covariance.as_ref().map(|c| {
        (0..3)
            .flat_map(|i| (0..3).map(move |j| (i, j)))
            .map(|(i, j)| slope(i) * slope(j) * c[i][j])
            .sum::<f64>()
    });
    answer.value(
        "eg_300k_ev",
        model(p, 300.0),
        variance.map(|v| v.max(0.0).sqrt()),
        fit.dof_of_u(),
    );
    let squares: f64 = (0..t.len()).map(|i| (model(p, t[i]) - e[i]).powi(2)).sum();
    answer.number("rms_ev", (squares / t.len() as f64).sqrt());
    answer.plots.push(Plot {
        x: "temperature (K)".to_owned(),
        y: "energy (eV)".to_owned(),
        data: t.iter().copied().zip(e.iter().copied()).collect(),
        fit: t.iter().map(|t| (*t, model(p, *t))).collect(),
    });
    Ok(answer)
}

/// A peak converted to energy.
pub static PEAK: Method = Method {
    name: "pl-peak",
    about: "energy and width of an emission measured over the wavelength",
    inputs: &[
        column("wavelength", "length", "nm", "wavelength").also(&["lambda"]).within(10.0, 1e5, ""),
        column("intensity_per_nm", "", "", "intensity per wavelength")
            .also(&["intensity", "counts"]),
        word("shape", &["gaussian", "lorentzian"], "of the peak in energy; Gaussian unless given"),
        word("background", &["constant per nm", "none"], "constant per nm unless given"),
    ],
    outputs: &[
        output("e_peak_ev", "eV", "peak in energy"),
        output("fwhm_ev", "eV", "full width at half maximum in energy"),
        output(
            "e_of_wavelength_peak_ev",
            "eV",
            "h c/lambda of the largest intensity per nm, which is not the peak",
        ),
        output("background_per_nm", "", "background"),
    ],
    formula: "I(lambda) = background + A g(E) h c/lambda^2, fitted as measured: the peak is that of g(E) = I(lambda) lambda^2/(h c)",
    standard: "Mooney and Kambhampati 2013",
    traps: &["h c/lambda of the peak in wavelength: 23 meV off at 0.3 eV of width"],
    example: "libchar metro pl-peak pl.csv",
    compute: peak,
    ..VARSHNI
};

fn peak(job: &Job) -> Result<Answer, Refusal> {
    let (w, y) = (job.column("wavelength"), job.column("intensity_per_nm"));
    let n = w.len();
    if n < 8 {
        return refuse(format!("{n} points are too few for a peak"));
    }
    let lorentzian = job.word("shape") == Some("lorentzian");
    let none = job.word("background") == Some("none");
    let Some(top) = (0..n).max_by(|a, b| y[*a].total_cmp(&y[*b])) else {
        return misuse("no points");
    };
    let mut levels = y.to_vec();
    levels.sort_by(f64::total_cmp);
    let (floor, height) = (levels[n / 20], y[top] - levels[n / 20]);
    let wide: Vec<f64> =
        (0..n).filter(|i| y[*i] > floor + 0.5 * height).map(|i| HC_EV_NM / w[i]).collect();
    let (low, high) = wide.iter().fold((f64::MAX, 0.0f64), |(l, h), e| (l.min(*e), h.max(*e)));
    let e0 = HC_EV_NM / w[top];
    // The factor is 1 at the maximum, so that all parameters are of the order of the data.
    let model = |p: &[f64], w: f64| {
        let e = HC_EV_NM / w;
        let t = 4.0 * ((e - p[0]) / p[1]).powi(2);
        let shape = if lorentzian { 1.0 / (1.0 + t) } else { (-std::f64::consts::LN_2 * t).exp() };
        p[2] * shape * (e / e0).powi(2) + p[3]
    };
    let parameters = [
        Parameter::bounded(e0, 0.3 * e0, 3.0 * e0),
        Parameter::bounded((high - low).max(1e-4 * e0), 1e-6 * e0, 3.0 * e0),
        Parameter::bounded(height, 0.0, 100.0 * height.max(1e-300)),
        if none { Parameter::bounded(0.0, 0.0, 0.0) } else { Parameter::free(floor) },
    ];
    let names = ["e_peak_ev", "fwhm_ev", "height", "background_per_nm"];
    let residuals = |p: &[f64]| (0..n).map(|i| model(p, w[i]) - y[i]).collect();
    let fit = fitting::solve(&names, residuals, &parameters, &Options::default())?;
    let rms = (fit.chi2 / n as f64).sqrt();
    if fit.values[2] < 5.0 * rms {
        return refuse(format!(
            "no peak: its height is {:.2} times the scatter",
            fit.values[2] / rms
        ));
    }
    let mut answer = Answer {
        model: if lorentzian { "Lorentzian in energy" } else { "Gaussian in energy" }.to_owned(),
        ..Answer::default()
    };
    let dof = fit.dof as f64;
    answer
        .value("e_peak_ev", fit.values[0], fit.standard_error(0), dof)
        .value("fwhm_ev", fit.values[1], fit.standard_error(1), dof)
        .number("e_of_wavelength_peak_ev", e0)
        .value("background_per_nm", fit.values[3], fit.standard_error(3), dof);
    if rms > 0.05 * fit.values[2] {
        answer.warn(
            "the residuals exceed 5 % of the peak: it is not of this shape, or there are several",
        );
    }
    answer.plots.push(Plot {
        x: "wavelength (nm)".to_owned(),
        y: "intensity per nm".to_owned(),
        data: w.iter().copied().zip(y.iter().copied()).collect(),
        fit: w.iter().map(|w| (*w, model(&fit.values, *w))).collect(),
    });
    Ok(answer)
}
