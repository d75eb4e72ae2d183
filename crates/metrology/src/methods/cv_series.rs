//! Series resistance in a capacitance measurement.

use crate::answer::{Answer, Refusal, refuse};
use crate::job::Job;
use crate::method::{Method, Per, column, number, output};
use std::f64::consts::PI;

/// The method.
pub static METHOD: Method = Method {
    name: "cv-series-resistance",
    family: "electrical",
    about: "capacitance and conductance without the series resistance of the sample",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "bias").also(&["voltage"]),
        column("c_m", "capacitance", "F", "measured parallel capacitance").also(&["c", "cm"]),
        column("g_m", "conductance", "S", "measured parallel conductance").also(&["g", "gm"]),
        number("frequency", "frequency", "Hz", "frequency").also(&["f"]).within(1.0, 1e10, ""),
        number("accumulation", "voltage", "V", "bias in strong accumulation, a row of the file"),
    ],
    outputs: &[
        output("rs_ohm", "ohm", "series resistance"),
        output("cox_f", "F", "capacitance in accumulation, corrected"),
    ],
    formula: "Rs = Gma/(Gma^2 + w^2 Cma^2); a = Gm - (Gm^2 + w^2 Cm^2) Rs\n\
              Cc = (Gm^2 + w^2 Cm^2) Cm/(a^2 + w^2 Cm^2), Gc = (Gm^2 + w^2 Cm^2) a/(a^2 + w^2 Cm^2)",
    standard: "Nicollian and Brews 1982, 5.6",
    traps: &[
        "the parallel capacitance in accumulation is 0.5 % low at 65 ohm and 1 MHz without it",
    ],
    example: "libchar metro cv-series-resistance cv.csv -s frequency_mhz=1 -s accumulation_v=-3",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (v, c, g) = (job.column("v"), job.column("c_m"), job.column("g_m"));
    let w = 2.0 * PI * job.get("frequency")?;
    let at = job.get("accumulation")?;
    let Some(row) = v.iter().position(|v| (v - at).abs() < 1e-9 + 1e-6 * at.abs()) else {
        return refuse(format!("no row has the bias {at} V of accumulation"));
    };
    let admittance = |i: usize| g[i] * g[i] + w * w * c[i] * c[i];
    let rs = g[row] / admittance(row);
    if rs < 0.0 || !rs.is_finite() {
        return refuse(format!(
            "the conductance in accumulation is {} S: no series resistance",
            g[row]
        ));
    }
    let corrected = |i: usize| {
        let a = g[i] - admittance(i) * rs;
        let scale = admittance(i) / (a * a + w * w * c[i] * c[i]);
        (scale * c[i], scale * a)
    };
    let mut answer = Answer::default();
    answer.number("rs_ohm", rs).number("cox_f", corrected(row).0);
    answer.curve("v_v", v.to_vec());
    answer.curve("c_corrected_f", (0..v.len()).map(|i| corrected(i).0).collect());
    answer.curve("g_corrected_s", (0..v.len()).map(|i| corrected(i).1).collect());
    Ok(answer)
}
