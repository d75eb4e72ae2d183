//! Transfer curves at a low and a high drain voltage: DIBL, on and off current.

use super::mosfet::{
    CONSTANT_CURRENT, LENGTH, POLARITY, SS_WINDOW, Transfer, WIDTH, default_window,
};
use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::job::Job;
use crate::line::interpolate;
use crate::method::{Method, Per, column, number, output};

/// The method.
pub static METHOD: Method = Method {
    name: "mosfet-dibl",
    family: "electrical",
    about: "drain-induced barrier lowering, on and off current from transfer curves at two drain voltages",
    per: Per::File,
    inputs: &[
        column("vd", "voltage", "V", "drain voltage").also(&["vds"]),
        column("vg", "voltage", "V", "gate voltage").also(&["vgs", "gate_voltage"]),
        column("id", "current", "A", "drain current").also(&["ids", "drain_current"]),
        number(
            "vd_lin",
            "voltage",
            "V",
            "the low drain voltage; the lowest of the file unless given",
        )
        .optional(),
        number(
            "vd_sat",
            "voltage",
            "V",
            "the high drain voltage; the highest of the file unless given",
        )
        .optional(),
        WIDTH,
        LENGTH,
        number("temperature", "temperature", "K", "temperature").or(300.0).within(1.0, 1000.0, ""),
        CONSTANT_CURRENT,
        SS_WINDOW,
        POLARITY,
    ],
    outputs: &[
        output("vth_lin_cc_v", "V", "threshold by constant current at the low drain voltage"),
        output("vth_sat_cc_v", "V", "threshold by constant current at the high drain voltage"),
        output("dibl_mv_v", "mV/V", "shift of the threshold per volt of drain voltage"),
        output("ss_mv_dec", "mV/dec", "subthreshold swing at the low drain voltage"),
        output("ion_a", "A", "current where gate and drain are at the high drain voltage"),
        output("ioff_a", "A", "current at zero gate voltage and the high drain voltage"),
        output("on_off_ratio", "", "ratio of both"),
    ],
    formula: "DIBL = (Vth_lin - Vth_sat)/(Vd_sat - Vd_lin); thresholds at one constant current, interpolated in log I",
    standard: "IEC 62417",
    traps: &[
        "a swing fitted down into the noise floor is too large",
        "thresholds of different procedures subtracted",
    ],
    example: "libchar metro mosfet-dibl transfer.csv -s w_um=20 -s l_um=1",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (vd, vg, id) = (job.column("vd"), job.column("vg"), job.column("id"));
    let extreme = |most: bool| {
        vd.iter().copied().fold(vd[0], |a, b| if (b.abs() > a.abs()) == most { b } else { a })
    };
    let (lin, sat) =
        (job.opt("vd_lin").unwrap_or(extreme(false)), job.opt("vd_sat").unwrap_or(extreme(true)));
    let curve = |at: f64| {
        let rows: Vec<usize> =
            (0..vd.len()).filter(|i| (vd[*i] - at).abs() < 1e-6 * at.abs().max(1e-3)).collect();
        if rows.is_empty() {
            return misuse(format!("the file has no rows at a drain voltage of {at} V"));
        }
        let pick = |of: &[f64]| rows.iter().map(|i| of[*i]).collect::<Vec<f64>>();
        Transfer::new(&pick(vg), &pick(id), at, job.word("type"))
    };
    if lin == sat {
        return refuse(format!("the file has one drain voltage only, {lin} V: two are needed"));
    }
    let (low, high) = (curve(lin)?, curve(sat)?);
    let current =
        job.opt("constant_current").map_or(1e-7 * job.get("w")? / job.get("l")?, f64::abs);
    let (Some(vth_lin), Some(vth_sat)) = (low.gate_at(current), high.gate_at(current)) else {
        return refuse(format!(
            "a curve does not cross {current} A from below: no threshold by constant current"
        ));
    };
    let mut answer =
        Answer { model: format!("constant current, {current} A"), ..Answer::default() };
    let sign = low.sign;
    answer
        .word("type", if sign > 0.0 { "n" } else { "p" })
        .number("vth_lin_cc_v", sign * vth_lin)
        .number("vth_sat_cc_v", sign * vth_sat)
        .number("dibl_mv_v", 1e3 * (vth_lin - vth_sat) / (sat.abs() - lin.abs()));
    let (from, to) = job.range("ss_window")?.unwrap_or_else(|| default_window(&low, current));
    match low.swing(from, to) {
        Some((swing, u, dof)) => {
            answer.uncertain("ss_mv_dec", 1e3 * swing, 1e3 * u, dof);
        }
        None => {
            answer.warn(format!(
                "fewer than three points lie between {from} A and {to} A: no subthreshold swing"
            ));
        }
    }
    let on = match interpolate(&high.vg, &high.id, sat.abs()) {
        Some(on) => on,
        None => {
            answer.warn(format!("the sweep does not reach a gate voltage of {sat} V: the on current is that of its end"));
            high.id[high.id.len() - 1]
        }
    };
    answer.number("ion_a", sign * on);
    match off_current(&high) {
        Some(off) => {
            answer.number("ioff_a", sign * off).number("on_off_ratio", on / off);
        }
        None => {
            answer.warn("the sweep does not reach a gate voltage of 0 V: no off current");
        }
    }
    Ok(answer)
}

/// The current at zero gate voltage, interpolated in its logarithm.
fn off_current(curve: &Transfer) -> Option<f64> {
    let i = curve.vg.iter().position(|v| *v >= -1e-9)?;
    if curve.vg[i].abs() < 1e-9 {
        return Some(curve.id[i]);
    }
    let before = i.checked_sub(1)?;
    let t = -curve.vg[before] / (curve.vg[i] - curve.vg[before]);
    let (a, b) = (curve.id[before], curve.id[i]);
    (a > 0.0 && b > 0.0).then(|| (a.ln() + t * (b / a).ln()).exp())
}
