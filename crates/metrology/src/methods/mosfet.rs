//! Transfer curve of a MOSFET: threshold by four procedures, transconductance, subthreshold swing.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::thermal_voltage_v;
use crate::job::{Job, sorted};
use crate::line::Line;
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, word};

/// Channel width.
pub(super) const WIDTH: Input =
    number("w", "length", "um", "channel width").also(&["width"]).within(1e-3, 1e6, "");

/// Channel length.
pub(super) const LENGTH: Input =
    number("l", "length", "um", "channel length").also(&["length"]).within(1e-3, 1e6, "");

/// The current that defines a threshold.
pub(super) const CONSTANT_CURRENT: Input = number(
    "constant_current",
    "current",
    "A",
    "drain current at threshold; 100 nA W/L unless given",
)
.optional();

/// Range of currents in which the subthreshold swing is fitted.
pub(super) const SS_WINDOW: Input = Input {
    kind: Kind::List,
    need: Need::Optional,
    ..number("ss_window", "current", "A", "currents between which the swing is fitted")
};

/// Polarity: n or p.
pub(super) const POLARITY: Input =
    word("type", &["n", "p"], "polarity, unless the signs determine it");

/// The method.
pub static METHOD: Method = Method {
    name: "mosfet",
    family: "electrical",
    about: "threshold voltage by four procedures, transconductance and subthreshold swing of a transfer curve",
    per: Per::File,
    inputs: &[
        column("vg", "voltage", "V", "gate voltage").also(&["vgs", "gate_voltage", "v_g"]),
        column("id", "current", "A", "drain current").also(&["ids", "drain_current", "i_d"]),
        number("vd", "voltage", "V", "drain voltage, small").also(&["vds"]),
        WIDTH,
        LENGTH,
        number("temperature", "temperature", "K", "temperature").or(300.0).within(
            1.0,
            1000.0,
            "degrees Celsius given as kelvin?",
        ),
        CONSTANT_CURRENT,
        SS_WINDOW,
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number(
                "y_window",
                "",
                "",
                "where the Y function is fitted: +0.2 V to +0.7 V above the gate voltage of the largest transconductance",
            )
        },
        POLARITY,
    ],
    outputs: &[
        output("vth_elr_v", "V", "extrapolation in the linear region: intercept - VD/2"),
        output("vg_intercept_v", "V", "intercept of the tangent at the largest transconductance"),
        output("gm_max_s", "S", "largest transconductance"),
        output("vg_at_gm_max_v", "V", "gate voltage of it"),
        output("vth_cc_v", "V", "constant current, interpolated in log I"),
        output("vth_y_v", "V", "Y function I/sqrt(gm): intercept - VD/2"),
        output("beta_y_a_v2", "A/V2", "gain factor by the Y function"),
        output("vth_sd_v", "V", "second derivative: its largest value"),
        output("ss_mv_dec", "mV/dec", "subthreshold swing"),
        output("ss_ideal_mv_dec", "mV/dec", "kT/q ln 10, the least possible"),
    ],
    formula: "gm = dI/dV by central differences; ELR: Vg - I/gm at gm max, - VD/2; CC: I = 100 nA W/L\n\
              Y = I/sqrt(gm) = sqrt(beta VD) (Vg - Vth - VD/2); SD: max d2I/dV2; SS = dVg/d log10 I",
    standard: "IEC 62417; Ortiz-Conde 2002 and 2013; Ghibaudo 1988",
    traps: &[
        "the gate voltage of the largest transconductance is not a threshold: 0.745 V for 0.50 V",
        "ELR without VD/2; a constant current that is not scaled by W/L",
        "a swing fitted into the noise floor or up to the threshold is too large",
        "the procedures differ by tens of mV: a threshold without its procedure means nothing",
    ],
    example: "libchar metro mosfet transfer.csv -s vd_v=0.05 -s w_um=10 -s l_um=1",
    compute,
    summary: None,
};

/// Derivative on any ascending grid; exact for parabolas except at the ends.
pub fn gradient(x: &[f64], y: &[f64]) -> Vec<f64> {
    let n = x.len();
    let slope = |i: usize| (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
    (0..n)
        .map(|i| match i {
            0 => slope(0),
            i if i + 1 == n => slope(n - 2),
            i => {
                let (before, after) = (x[i] - x[i - 1], x[i + 1] - x[i]);
                (before * slope(i) + after * slope(i - 1)) / (before + after)
            }
        })
        .collect()
}

/// A transfer curve of a transistor, mirrored to an n-channel one and sorted by ascending gate
/// voltage.
pub struct Transfer {
    pub vg: Vec<f64>,
    pub id: Vec<f64>,
    /// 1 for n-channel, -1 for p-channel.
    pub sign: f64,
}

impl Transfer {
    /// Sorts and mirrors a curve.
    pub fn new(vg: &[f64], id: &[f64], vd: f64, told: Option<&str>) -> Result<Transfer, Refusal> {
        let strongest = id
            .iter()
            .copied()
            .fold(0.0, |most: f64, i| if i.abs() > most.abs() { i } else { most });
        let sign = match told {
            Some("p") => -1.0,
            Some(_) => 1.0,
            None if vd != 0.0 => vd.signum(),
            None => strongest.signum(),
        };
        if vg.len() < 10 {
            return refuse(format!(
                "{} points are too few for a transfer curve, at least 10 are needed",
                vg.len()
            ));
        }
        if strongest * sign < 0.0 && vd != 0.0 {
            return misuse("the drain current and the drain voltage have opposite signs");
        }
        let mirrored: (Vec<f64>, Vec<f64>) =
            (vg.iter().map(|v| v * sign).collect(), id.iter().map(|i| i * sign).collect());
        let (vg, id) = sorted(&mirrored.0, &mirrored.1);
        if vg.windows(2).any(|pair| pair[0] == pair[1]) {
            return refuse(
                "a gate voltage occurs twice: is the file a sweep up and down, or several drain voltages?",
            );
        }
        Ok(Transfer { vg, id, sign })
    }

    /// The gate voltage at a current, interpolated in the logarithm of the current, at the first
    /// crossing from below.
    pub fn gate_at(&self, current: f64) -> Option<f64> {
        let i = (1..self.id.len())
            .find(|i| self.id[i - 1] < current && self.id[*i] >= current && self.id[i - 1] > 0.0)?;
        let (a, b) = (self.id[i - 1].ln(), self.id[i].ln());
        Some(self.vg[i - 1] + (current.ln() - a) / (b - a) * (self.vg[i] - self.vg[i - 1]))
    }

    /// Volts per decade between two currents, with the uncertainty and degrees of freedom.
    pub fn swing(&self, low: f64, high: f64) -> Option<(f64, f64, f64)> {
        let end = self.id.iter().position(|i| *i > high).unwrap_or(self.id.len());
        let start = self.id[..end].iter().rposition(|i| *i < low).map_or(0, |i| i + 1);
        let (vg, log): (Vec<f64>, Vec<f64>) =
            (start..end).map(|i| (self.vg[i], self.id[i].log10())).unzip();
        let line = Line::fit(&log, &vg, None).filter(|line| line.dof > 0)?;
        Some((line.slope, line.u_slope, line.dof as f64))
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let vd = job.get("vd")?;
    let curve = Transfer::new(job.column("vg"), job.column("id"), vd, job.word("type"))?;
    let (vg, id, sign) = (&curve.vg, &curve.id, curve.sign);
    let vd = vd.abs();
    let gm = gradient(vg, id);
    let peak = (0..gm.len()).fold(0, |best, i| if gm[i] > gm[best] { i } else { best });
    if gm[peak] <= 0.0 || id[peak] <= 0.0 {
        return refuse("the drain current does not grow with the gate voltage: no transistor");
    }
    let mut answer = Answer {
        model: "ELR, constant current, Y function, second derivative".to_owned(),
        ..Answer::default()
    };
    answer.word("type", if sign > 0.0 { "n" } else { "p" });
    if peak + 1 == gm.len() {
        answer.warn("the transconductance still grows at the end of the sweep: ELR and Y need a higher gate voltage");
    }
    let intercept = vg[peak] - id[peak] / gm[peak];
    answer
        .number("vth_elr_v", sign * (intercept - 0.5 * vd))
        .number("vg_intercept_v", sign * intercept)
        .number("gm_max_s", gm[peak])
        .number("vg_at_gm_max_v", sign * vg[peak]);
    constant_current(job, &curve, &mut answer)?;
    y_function(&curve, &gm, peak, vd, &mut answer);
    let second = gradient(vg, &gm);
    let at = (0..second.len()).fold(0, |best, i| if second[i] > second[best] { i } else { best });
    answer.number("vth_sd_v", sign * vg[at]);
    answer.number(
        "ss_ideal_mv_dec",
        1e3 * thermal_voltage_v(job.get("temperature")?) * std::f64::consts::LN_10,
    );
    let tangent = |v: f64| gm[peak] * (v - intercept).max(0.0);
    answer.plots.push(Plot {
        x: "gate voltage (V)".to_owned(),
        y: "drain current (A)".to_owned(),
        data: vg.iter().zip(id).map(|(v, i)| (sign * v, sign * i)).collect(),
        fit: vg.iter().map(|v| (sign * v, sign * tangent(*v))).collect(),
    });
    Ok(answer)
}

/// Threshold voltage by constant current, and the swing below it.
fn constant_current(job: &Job, curve: &Transfer, answer: &mut Answer) -> Result<(), Refusal> {
    let current =
        job.opt("constant_current").map_or(1e-7 * job.get("w")? / job.get("l")?, f64::abs);
    match curve.gate_at(current) {
        Some(vg) => {
            answer.number("vth_cc_v", curve.sign * vg);
        }
        None => {
            answer.warn(format!(
                "the curve does not cross {current} A from below: no threshold by constant current"
            ));
        }
    }
    let (low, high) = match job.range("ss_window")? {
        Some(window) => window,
        None => default_window(curve, current),
    };
    match curve.swing(low, high) {
        Some((swing, u, dof)) if swing > 0.0 => {
            answer.uncertain("ss_mv_dec", 1e3 * swing, 1e3 * u, dof);
        }
        _ => {
            answer.warn(format!(
                "fewer than three points lie between {low} A and {high} A: no subthreshold swing"
            ));
        }
    }
    Ok(())
}

/// Currents from five to three decades below the threshold current, but not within a factor of 30
/// of the noise floor.
pub fn default_window(curve: &Transfer, threshold_a: f64) -> (f64, f64) {
    let lowest: Vec<f64> =
        curve.id.iter().take(curve.id.len().div_ceil(20)).map(|i| i.abs()).collect();
    let floor = lowest.iter().sum::<f64>() / lowest.len() as f64;
    let flat = curve.id.iter().filter(|i| i.abs() < 2.0 * floor).count() > 4;
    let low = if flat { (1e-5 * threshold_a).max(30.0 * floor) } else { 1e-5 * threshold_a };
    (low, (1e-3 * threshold_a).max(30.0 * low))
}

/// The Y function `I/sqrt(gm)`, whose slope does not depend on the series resistance or the
/// decrease of the mobility.
fn y_function(curve: &Transfer, gm: &[f64], peak: usize, vd: f64, answer: &mut Answer) {
    let (from, to) = (curve.vg[peak] + 0.2 - 1e-9, curve.vg[peak] + 0.7 + 1e-9);
    let inside = |i: &usize| {
        (from..=to).contains(&curve.vg[*i]) && gm[*i] > 0.0 && *i > 0 && i + 1 < gm.len()
    };
    let (x, y): (Vec<f64>, Vec<f64>) =
        (0..gm.len()).filter(inside).map(|i| (curve.vg[i], curve.id[i] / gm[i].sqrt())).unzip();
    match Line::fit(&x, &y, None).filter(|line| line.slope > 0.0 && vd > 0.0 && x.len() > 2) {
        Some(line) => {
            answer.number("vth_y_v", curve.sign * (-line.intercept / line.slope - 0.5 * vd));
            answer.number("beta_y_a_v2", line.slope * line.slope / vd);
        }
        None => {
            answer.warn("fewer than three points lie 0.2 V to 0.7 V above the largest transconductance: no Y function");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gradient;

    #[test]
    fn a_parabola_has_its_derivative_on_an_uneven_grid() {
        let x = [0.0, 0.1, 0.3, 0.35, 0.7, 1.0];
        let y: Vec<f64> = x.iter().map(|x| 3.0 * x * x - x).collect();
        for (i, d) in gradient(&x, &y).iter().enumerate().skip(1).take(4) {
            assert!((d - (6.0 * x[i] - 1.0)).abs() < 1e-12);
        }
    }
}
