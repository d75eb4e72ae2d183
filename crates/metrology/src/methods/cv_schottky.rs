//! Schottky contact: doping and built-in voltage from 1/C².

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::{EPS0_F_M, Q_C, thermal_voltage_v};
use crate::job::Job;
use crate::line::Line;
use crate::method::{Input, Kind, Method, Need, Per, column, number, output};

/// The method.
pub static METHOD: Method = Method {
    name: "cv-schottky",
    family: "electrical",
    about: "doping and built-in voltage of a Schottky contact",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "bias on the metal").also(&["voltage"]),
        column("c", "capacitance", "F", "capacitance").also(&["capacitance"]),
        number("area", "area", "m2", "area of the contact").also(&["a"]).within(1e-14, 1.0, ""),
        number("temperature", "temperature", "K", "temperature").or(300.0).within(
            1.0,
            1000.0,
            "degrees Celsius given as kelvin?",
        ),
        number("eps_s", "", "", "relative permittivity of the semiconductor")
            .or(11.7)
            .within(1.0, 1000.0, ""),
        Input {
            kind: Kind::List,
            need: Need::Optional,
            ..number("fit_range", "voltage", "V", "bias range of the line; all rows unless given")
        },
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("bias", "", "", "a remark on the sign of the bias")
        },
    ],
    outputs: &[
        output("n_cm3", "cm-3", "net doping"),
        output("vi_v", "V", "intercept of 1/C^2 with the voltage axis"),
        output("vbi_v", "V", "built-in voltage, intercept + kT/q"),
    ],
    formula: "1/C^2 = 2 (Vbi - V - kT/q)/(q eps N A^2); n-type: V on the metal, falling towards forward bias",
    standard: "Schroder, Semiconductor Material and Device Characterization, 2.2",
    traps: &["a negative slope of 1/C^2 is n-type, not an error", "Vbi without kT/q is 26 mV low"],
    example: "libchar metro cv-schottky cv.csv -s area_mm2=1 -s temperature_k=300",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let range = job.range("fit_range")?.unwrap_or((f64::MIN, f64::MAX));
    let points = job
        .column("v")
        .iter()
        .zip(job.column("c"))
        .filter(|(v, _)| (range.0..=range.1).contains(v));
    let (v, c): (Vec<f64>, Vec<f64>) = points.unzip();
    if v.len() < 3 {
        return refuse(format!(
            "{} points are too few for a line and its uncertainty, at least three are needed",
            v.len()
        ));
    }
    if let Some(bad) = c.iter().find(|c| **c <= 0.0) {
        return refuse(format!("a capacitance of {bad} F is not positive"));
    }
    if job.get("eps_s")? <= 0.0 {
        return misuse("`eps_s` must be positive");
    }
    let y: Vec<f64> = c.iter().map(|c| 1.0 / (c * c)).collect();
    let Some(line) = Line::fit(&v, &y, None).filter(|line| line.slope != 0.0) else {
        return refuse("1/C^2 does not depend on the bias: no depletion");
    };
    // The scatter of 1/C² about the line, compared with its total change: for a MOS capacitor or a
    // fully depleted layer the curve is not a line.
    let spread = y.iter().fold(0.0f64, |most, y| most.max((y - line.at(v[0])).abs()));
    let rms = (line.chi2 / y.len() as f64).sqrt();
    let sign = -line.slope.signum();
    let kt = thermal_voltage_v(job.get("temperature")?);
    let eps = job.get("eps_s")? * EPS0_F_M;
    let n = 2.0 / (Q_C * eps * job.get("area")?.powi(2) * line.slope.abs()) * 1e-6;
    let at = -line.intercept / line.slope;
    let vi = sign * at;
    if vi + kt <= 0.0 {
        return refuse(format!(
            "1/C^2 reaches zero at {at} V, on the side of reverse bias: no depletion layer"
        ));
    }
    let (ca, cb) = (-1.0 / line.slope, line.intercept / (line.slope * line.slope));
    let variance = (ca * line.u_intercept).powi(2)
        + (cb * line.u_slope).powi(2)
        + 2.0 * ca * cb * line.covariance;
    let (u_v, dof) = (variance.max(0.0).sqrt(), line.dof as f64);
    let mut answer =
        Answer { model: "uniform doping, full depletion".to_owned(), ..Answer::default() };
    answer.word("type", if sign > 0.0 { "n" } else { "p" });
    answer
        .uncertain("n_cm3", n, n * line.u_slope / line.slope.abs(), dof)
        .uncertain("vi_v", vi, u_v, dof)
        .uncertain("vbi_v", vi + kt, u_v, dof);
    if rms > 0.02 * spread {
        answer.warn("1/C^2 is not a line within 2 % of its change: the doping is not uniform, or the layer is depleted through");
    }
    answer.plots.push(Plot {
        x: "bias (V)".to_owned(),
        y: "1/C^2 (1/F^2)".to_owned(),
        data: v.iter().copied().zip(y).collect(),
        fit: v.iter().map(|v| (*v, line.at(*v))).collect(),
    });
    Ok(answer)
}
