//! Single-diode model under illumination: photocurrent, saturation current, ideality factor, series
//! and shunt resistance of a solar cell.

use super::diode::{TEMPERATURE, current_a};
use super::solar_cell::{SIGN, generated};
use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::constants::thermal_voltage_v;
use crate::fitting;
use crate::job::Job;
use crate::method::{Method, Per, column, number, output, word};
use libchar_numeric::least_squares::{Options, Parameter, Scale};

/// The method.
pub static METHOD: Method = Method {
    name: "solar-diode",
    family: "electrical",
    about: "single-diode parameters of an illuminated solar cell",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "voltage").also(&["voltage"]),
        column("i", "current", "A", "current").also(&["current"]),
        TEMPERATURE,
        number("cells", "", "", "cells in series").or(1.0).within(1.0, 1000.0, ""),
        SIGN,
        word(
            "residual",
            &["explicit", "implicit"],
            "explicit, as the literature reports: measured current on the right side; implicit: the equation solved",
        ),
    ],
    outputs: &[
        output("iph_a", "A", "photocurrent"),
        output("is_a", "A", "saturation current"),
        output("n", "", "ideality factor"),
        output("rs_ohm", "ohm", "series resistance"),
        output("rsh_ohm", "ohm", "shunt resistance"),
        output("rmse_a", "A", "root mean square of the residuals that were minimized"),
        output(
            "rmse_implicit_a",
            "A",
            "root mean square of the currents' residuals with the equation solved",
        ),
    ],
    formula: "I = Iph - Is (exp((V + I Rs)/(n N kT/q)) - 1) - (V + I Rs)/Rsh",
    standard: "Easwarakhanthan et al. 1986 (RTC France: RMSE 9.8602e-4 A)",
    traps: &[
        "explicit and implicit residuals have different optima: 9.8602e-4 and 7.73e-4 A, Is 4 % apart, on the RTC cell",
    ],
    example: "libchar metro solar-diode iv.csv -s temperature_c=33",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (v, i, sign) = generated(job)?;
    if v.len() < 6 {
        return refuse(format!("{} points cannot determine five parameters", v.len()));
    }
    let vt = thermal_voltage_v(job.get("temperature")?) * job.get("cells")?;
    let explicit = job.word("residual") != Some("implicit");
    let solved = |p: &[f64], v: f64| p[0] - current_a_light(v, vt, p);
    let residuals = |p: &[f64]| -> Vec<f64> {
        let one = |(v, i): (&f64, &f64)| match explicit {
            true => {
                let at = v + i * p[3];
                p[0] - p[1] * ((at / (p[2] * vt)).exp() - 1.0) - at / p[4] - i
            }
            false => solved(p, *v) - i,
        };
        v.iter().zip(&i).map(one).collect()
    };
    let isc = i.iter().copied().fold(0.0, f64::max);
    let voc = (0..i.len()).filter(|k| i[*k] > 0.0).map(|k| v[k]).fold(0.0, f64::max);
    let log = |start: f64, low: f64, high: f64| Parameter {
        scale: Scale::Log,
        ..Parameter::bounded(start, low, high)
    };
    let names = ["iph_a", "is_a", "n", "rs_ohm", "rsh_ohm"];
    let mut best: Option<libchar_numeric::least_squares::Fit> = None;
    let mut why = None;
    for n in [1.0, 1.3, 1.7, 2.2] {
        let is = isc / (voc / (n * vt)).exp();
        let parameters = [
            Parameter::bounded(isc, 0.0, 10.0 * isc),
            log(is.max(1e-38), 1e-40, isc),
            Parameter::bounded(n, 0.3, 10.0),
            Parameter::bounded(0.02 * voc / isc, 0.0, voc / isc),
            log(50.0 * voc / isc, 0.1 * voc / isc, 1e9 * voc / isc),
        ];
        let options = Options { iterations: 500, ..Options::default() };
        match fitting::solve(&names, residuals, &parameters, &options) {
            Ok(fit) if best.as_ref().is_none_or(|b| fit.chi2 < b.chi2) => best = Some(fit),
            Ok(_) => {}
            Err(refusal) => why = Some(refusal),
        }
    }
    let Some(fit) = best else {
        return Err(why.unwrap_or_else(|| Refusal::new("no fit")));
    };
    let p = &fit.values;
    let mut answer = Answer {
        model: format!("single diode, {} residual", if explicit { "explicit" } else { "implicit" }),
        ..Answer::default()
    };
    answer.word("sign", sign);
    fitting::report(&mut answer, &names, &fit)?;
    let root = |squares: f64| (squares / v.len() as f64).sqrt();
    let implicit: f64 = v.iter().zip(&i).map(|(v, i)| (solved(p, *v) - i).powi(2)).sum();
    answer.number("rmse_a", root(fit.chi2)).number("rmse_implicit_a", root(implicit));
    if root(implicit) > 0.05 * isc {
        return refuse(format!(
            "no single diode describes the curve: the residuals are {:.1} % of the short-circuit current",
            100.0 * root(implicit) / isc
        ));
    }
    answer.plots.push(Plot {
        x: "voltage (V)".to_owned(),
        y: "generated current (A)".to_owned(),
        data: v.iter().copied().zip(i.iter().copied()).collect(),
        fit: v.iter().map(|v| (*v, solved(p, *v))).collect(),
    });
    Ok(answer)
}

/// The part of the photocurrent that flows through the junction and the shunt at a terminal
/// voltage.
fn current_a_light(v: f64, vt: f64, p: &[f64]) -> f64 {
    // In the equation of the dark diode the source voltage is V + Iph Rs, and the current has the
    // opposite direction.
    current_a(v + p[0] * p[3], p[2] * vt, p[1], p[3], p[4])
}
