//! Carrier lifetime: photoconductance decay, its surface contribution, and quasi-steady-state
//! photoconductance.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::constants::Q_C;
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Method, Per, column, number, output, remark, word};
use libchar_numeric::least_squares::{Options, Parameter};
use libchar_numeric::quantile::median;
use libchar_numeric::roots::brent;
use std::f64::consts::PI;

/// Photoconductance decay.
pub static DECAY: Method = Method {
    name: "lifetime-decay",
    family: "chemical",
    about: "carrier lifetime from the decay of photoconductance",
    per: Per::File,
    inputs: &[
        column("t", "time", "us", "time").also(&["time"]),
        column("v", "voltage", "V", "signal").also(&["voltage", "signal"]),
        number(
            "window_from",
            "share",
            "1",
            "start of the window, as a share of the peak above the offset",
        )
        .or(0.45)
        .within(0.01, 1.0, ""),
        number("window_to", "share", "1", "its end").or(0.05).within(0.0, 0.9, ""),
        remark("window"),
        remark("note"),
    ],
    outputs: &[
        output("tau_eff_us", "us", "effective lifetime of the primary mode"),
        output("offset_v", "V", "offset, fitted"),
        output("points", "", "points of the window"),
    ],
    formula: "V = offset + A exp(-t/tau) from 45 % of the peak above the offset down to 5 %, the window moving with the offset",
    standard: "SEMI MF28, MF1535",
    traps: &[
        "a fit from t = 0 holds the surface modes: 21.6 us for 24",
        "no offset: 31.9 us",
        "an absolute value makes a rising signal a lifetime",
    ],
    example: "libchar metro lifetime-decay pcd.csv",
    compute: decay,
    summary: None,
};

fn decay(job: &Job) -> Result<Answer, Refusal> {
    let (t, v) = sorted(job.column("t"), job.column("v"));
    let n = v.len();
    if n < 10 {
        return refuse(format!("{n} points are too few for a decay"));
    }
    let tenth = (n / 10).max(1);
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let top = (0..n).max_by(|a, b| v[*a].total_cmp(&v[*b])).unwrap_or(0);
    let mut offset = mean(&v[n - tenth..]);
    if offset >= mean(&v[..tenth]) || top > n / 2 {
        return refuse("the signal rises, or peaks in its second half: there is no decay to fit");
    }
    let (from, to) = (job.get("window_from")?, job.get("window_to")?);
    let mut found = None;
    for _ in 0..30 {
        let height = v[top] - offset;
        let Some(first) = (top..n).find(|i| v[*i] - offset <= from * height) else { break };
        let last = (first..n).find(|i| v[*i] - offset <= to * height).unwrap_or(n);
        if last - first < 6 {
            return refuse(format!(
                "the window from {from} to {to} of the peak holds {} points: too few",
                last - first
            ));
        }
        let (x, y) = (&t[first..last], &v[first..last]);
        let span = x[x.len() - 1] - x[0];
        let model = |p: &[f64], t: f64| p[0] * (-(t - x[0]) / p[1]).exp() + p[2];
        let residuals = |p: &[f64]| (0..x.len()).map(|i| model(p, x[i]) - y[i]).collect();
        let guess = span
            / ((y[0] - offset) / (y[y.len() - 1] - offset).abs().max(1e-3 * height)).ln().max(0.2);
        let parameters = [
            Parameter::bounded(y[0] - offset, 0.0, 10.0 * height),
            Parameter::bounded(guess, 1e-3 * span, 1e3 * span),
            Parameter::free(offset),
        ];
        let fit = fitting::solve(
            &["amplitude", "tau_eff_us", "offset_v"],
            residuals,
            &parameters,
            &Options::default(),
        )?;
        let moved = (fit.values[2] - offset).abs();
        offset = fit.values[2];
        let done = moved < 1e-6 * height;
        let curve: Vec<(f64, f64)> = x.iter().map(|t| (*t, model(&fit.values, *t))).collect();
        found = Some((fit, curve, y[0] - offset));
        if done {
            break;
        }
    }
    let Some((fit, curve, height)) = found else {
        return refuse("the signal never falls to the window");
    };
    let (tau, u) = (fit.values[1], fit.standard_error(1).unwrap_or(f64::NAN));
    if u.is_nan() || u > 0.3 * tau || (fit.chi2 / curve.len() as f64).sqrt() > 0.3 * height {
        return refuse(format!(
            "the decay does not determine a lifetime ({tau:.3} us with an uncertainty of {u:.3} us)"
        ));
    }
    let mut answer = Answer {
        model: format!("window {from} to {to} of the peak above the fitted offset"),
        ..Answer::default()
    };
    let dof = fit.dof as f64;
    answer
        .uncertain("tau_eff_us", tau, u, dof)
        .value("offset_v", fit.values[2], fit.standard_error(2), dof)
        .number("points", curve.len() as f64);
    answer.plots.push(Plot {
        x: "time (us)".to_owned(),
        y: "signal (V)".to_owned(),
        data: t.into_iter().zip(v).collect(),
        fit: curve,
    });
    Ok(answer)
}

/// Bulk lifetime between surfaces of known recombination velocity.
pub static SURFACE: Method = Method {
    name: "lifetime-surface",
    about: "bulk lifetime of a wafer from its effective lifetime and surface recombination",
    per: Per::Row,
    inputs: &[
        number("tau_eff", "time", "us", "effective lifetime").within(1e-4, 1e7, ""),
        number("s", "velocity", "cm/s", "surface recombination velocity of each side")
            .within(0.0, 1e8, ""),
        number("thickness", "length", "um", "thickness of the wafer")
            .also(&["w"])
            .within(1.0, 1e5, ""),
        number("d", "diffusivity", "cm2/s", "diffusivity of the minority carriers")
            .within(0.01, 1000.0, ""),
    ],
    outputs: &[
        output("tau_bulk_us", "us", "bulk lifetime"),
        output("tau_surface_us", "us", "lifetime of the first surface mode"),
        output("tau_bulk_by_approximation_us", "us", "by 1/tau_s = 1/(W/2S + W^2/(pi^2 D))"),
    ],
    formula: "a D tan(a W/2) = S, 1/tau_eff = 1/tau_b + a^2 D, both sides alike",
    standard: "Sproul 1994 (the approximation is within 5 %)",
    traps: &["S counted on one side", "tau_bulk = 1.5 tau_eff and such factors"],
    example: "libchar metro lifetime-surface -s tau_eff_us=67.1 -s s_cm_s=250 -s thickness_um=500 -s d_cm2_s=30",
    compute: surface,
    ..DECAY
};

fn surface(job: &Job) -> Result<Answer, Refusal> {
    let (tau, s, w, d) =
        (job.get("tau_eff")? * 1e-6, job.get("s")?, job.get("thickness")? * 1e-4, job.get("d")?);
    let reduced = s * w / (2.0 * d);
    // x tan(x) = S W/2D with x = a W/2 below pi/2, in a form without the pole.
    let root = brent(|x: f64| Ok::<_, ()>(x * x.sin() - reduced * x.cos()), 0.0, PI / 2.0, 1e-15);
    let Ok(root) = root else { return refuse("the surface mode has no root") };
    let a = 2.0 * root.x / w;
    let rate = a * a * d;
    let simple = if s > 0.0 { 1.0 / (w / (2.0 * s) + w * w / (PI * PI * d)) } else { 0.0 };
    let bulk = 1.0 / tau - rate;
    if bulk <= 0.0 {
        return refuse(format!(
            "the surfaces alone give {:.4} us, less than the effective lifetime: S is too large",
            1e6 / rate
        ));
    }
    let mut answer = Answer::default();
    answer.number("tau_bulk_us", 1e6 / bulk);
    if rate > 0.0 {
        answer.number("tau_surface_us", 1e6 / rate);
    }
    if 1.0 / tau > simple {
        answer.number("tau_bulk_by_approximation_us", 1e6 / (1.0 / tau - simple));
    }
    if bulk * tau < 0.05 {
        answer.warn(
            "the surfaces take more than 95 % of the recombination: the bulk lifetime depends on S",
        );
    }
    Ok(answer)
}

/// Quasi-steady-state photoconductance.
pub static QSSPC: Method = Method {
    name: "lifetime-qsspc",
    about: "carrier lifetime from photoconductance under a flash",
    inputs: &[
        column("t", "time", "s", "time").also(&["time"]),
        column("photon_flux", "photon flux", "cm2_s", "photons per cm2 and s").also(&["flux"]),
        column("dsigma", "conductance", "S", "excess sheet conductance").also(&["d_sigma"]),
        number("thickness", "length", "um", "thickness of the wafer")
            .also(&["w"])
            .within(1.0, 1e5, ""),
        number("reflectance", "share", "1", "reflectance of the surface")
            .or(0.0)
            .within(0.0, 0.99, ""),
        number("mobility_sum", "mobility", "cm2/Vs", "sum of both mobilities").within(1.0, 1e5, ""),
        word(
            "analysis",
            &["generalised", "generalized", "quasi-static", "transient"],
            "generalised unless given",
        ),
        remark("absorbed_fraction"),
    ],
    outputs: &[
        output("tau_eff_us", "us", "median over the rows"),
        output("dn_max_cm3", "cm-3", "largest excess density"),
    ],
    formula: "dn = dsigma/(q W (mu_n + mu_p)), G = flux (1 - R)/W; generalised tau = dn/(G - d dn/dt), quasi-static dn/G, transient -dn/(d dn/dt)",
    standard: "SEMI MF1535, PV13; Nagel, Berge, Aberle 1999",
    traps: &["flux for G = flux (1 - R)/W", "quasi-static 127 us for 120 under a flash of 2.1 ms"],
    example: "libchar metro lifetime-qsspc flash.csv -s thickness_um=280 -s reflectance=0.33 -s mobility_sum_cm2_vs=1580",
    compute: qsspc,
    ..DECAY
};

fn qsspc(job: &Job) -> Result<Answer, Refusal> {
    let (t, sigma) = sorted(job.column("t"), job.column("dsigma"));
    let (_, flux) = sorted(job.column("t"), job.column("photon_flux"));
    let n = t.len();
    if n < 5 {
        return refuse(format!("{n} rows are too few for a derivative"));
    }
    let w = job.get("thickness")? * 1e-4;
    let scale = 1.0 / (Q_C * w * job.get("mobility_sum")?);
    let absorbed = 1.0 - job.get("reflectance")?;
    let dn: Vec<f64> = sigma.iter().map(|s| s * scale).collect();
    if dn.iter().all(|d| *d <= 0.0) {
        return refuse("the excess conductance is nowhere positive");
    }
    let generation = |i: usize| flux[i] * absorbed / w;
    let slope = |i: usize| {
        let (a, b) = (i.saturating_sub(1), (i + 1).min(n - 1));
        (dn[b] - dn[a]) / (t[b] - t[a])
    };
    let analysis = job.word("analysis").unwrap_or("generalised").replace("ized", "ised");
    let tau = |i: usize| match analysis.as_str() {
        "quasi-static" => dn[i] / generation(i),
        "transient" => -dn[i] / slope(i),
        _ => dn[i] / (generation(i) - slope(i)),
    };
    // The derivatives at both ends are one-sided, so the ends are left out.
    let inner: Vec<f64> = (1..n - 1).map(tau).filter(|tau| tau.is_finite() && *tau > 0.0).collect();
    if inner.len() < n / 2 {
        return refuse(format!("{} of {n} rows give no positive lifetime", n - inner.len()));
    }
    let mut answer = Answer { model: format!("{analysis} analysis"), ..Answer::default() };
    answer
        .number("tau_eff_us", 1e6 * median(&inner))
        .number("dn_max_cm3", dn.iter().copied().fold(0.0, f64::max));
    answer.curve("t_s", t.clone());
    answer.curve("tau_us", (0..n).map(|i| 1e6 * tau(i)).collect());
    answer.curve("tau_quasi_static_us", (0..n).map(|i| 1e6 * dn[i] / generation(i)).collect());
    answer.plots.push(Plot {
        x: "excess density (1/cm3)".to_owned(),
        y: "lifetime (us)".to_owned(),
        data: (1..n - 1).map(|i| (dn[i], 1e6 * tau(i))).collect(),
        fit: Vec::new(),
    });
    answer.curve("dn_cm3", dn);
    Ok(answer)
}
