//! Parameters of a solar cell from its illuminated curve, and their translation to standard test conditions.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, sorted};
use crate::method::{Input, Method, Per, column, number, output, word};
use libchar_numeric::least_squares::linear;

/// Sign convention of the generated current.
pub const SIGN: Input = word(
    "sign",
    &["generated current is positive", "generated current is negative"],
    "sign convention of the current; determined by the current at V = 0 unless given",
);

/// The method.
pub static METHOD: Method = Method {
    name: "solar-cell",
    family: "electrical",
    about: "Isc, Voc, Pmax, fill factor and efficiency of a solar cell, and at standard test conditions",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "voltage").also(&["voltage"]),
        column("i", "current", "A", "current").also(&["current"]),
        number("area", "area", "cm2", "area of the cell").also(&["a"]).within(1e-6, 1e6, ""),
        number("irradiance", "irradiance", "W/m2", "irradiance").also(&["g"]).within(
            0.1,
            1e6,
            "suns given as W/m2?",
        ),
        number("temperature", "temperature", "K", "temperature of the cell").within(
            150.0,
            500.0,
            "degrees Celsius given as kelvin?",
        ),
        number("target_irradiance", "irradiance", "W/m2", "irradiance to translate to")
            .optional()
            .within(1.0, 1e6, ""),
        number("target_temperature", "temperature", "K", "temperature to translate to")
            .optional()
            .within(150.0, 500.0, ""),
        number("alpha", "current coefficient", "A/K", "dIsc/dT of the cell").optional(),
        number("beta", "voltage coefficient", "V/K", "dVoc/dT of the cell").optional(),
        number("rs", "resistance", "ohm", "series resistance").optional(),
        number("kappa", "resistance coefficient", "ohm/K", "curve correction factor").or(0.0),
        SIGN,
    ],
    outputs: &[
        output("isc_a", "A", "short-circuit current"),
        output("jsc_ma_cm2", "mA/cm2", "its density"),
        output("voc_v", "V", "open-circuit voltage"),
        output("pmax_w", "W", "largest power"),
        output("vmp_v", "V", "voltage of it"),
        output("imp_a", "A", "current of it"),
        output("ff", "", "fill factor"),
        output("eta_pct", "%", "efficiency"),
        output("isc_stc_a", "A", "translated"),
        output("voc_stc_v", "V", "translated"),
        output("pmax_stc_w", "W", "translated"),
        output("ff_stc", "", "translated"),
        output("eta_stc_pct", "%", "translated"),
    ],
    formula: "Isc and Voc by lines between neighbours, Pmax by a polynomial through P(V) about its top; eta = Pmax/(G A)\n\
              I2 = I1 + Isc (G2/G1 - 1) + alpha (T2 - T1); V2 = V1 - Rs (I2 - I1) - kappa I2 (T2 - T1) + beta (T2 - T1)",
    standard: "IEC 60904-1, IEC 60891 procedure 1",
    traps: &[
        "scaling Isc alone leaves Voc at 0.5835 V for 0.6014 V",
        "alpha and beta of a module used for a cell",
        "a generated current that is counted negative",
    ],
    example: "libchar metro solar-cell iv.csv -s area_cm2=4 -s irradiance_w_m2=1000 -s temperature_c=25",
    compute,
    summary: None,
};

/// Voltages in ascending order, currents with the generated one positive, and the sign convention
/// of the file.
///
/// # Errors
/// A curve without a current at V = 0, or whose sign is not the stated one.
pub fn generated(job: &Job) -> Result<(Vec<f64>, Vec<f64>, &'static str), Refusal> {
    let (v, mut i) = sorted(job.column("v"), job.column("i"));
    let at = crossing(&i, &v, 0.0).or_else(|| {
        let nearest = (0..v.len()).min_by(|a, b| v[*a].abs().total_cmp(&v[*b].abs()))?;
        Some(i[nearest])
    });
    let Some(isc) = at.filter(|isc| *isc != 0.0) else {
        return refuse("the current at V = 0 is zero: no light");
    };
    let words = ["generated current is positive", "generated current is negative"];
    let found = if isc > 0.0 { words[0] } else { words[1] };
    if job.word("sign").is_some_and(|said| said != found) {
        return misuse(format!(
            "the current at V = 0 is {isc} A: {found}, which is not what `sign` says"
        ));
    }
    if isc < 0.0 {
        i.iter_mut().for_each(|i| *i = -*i);
    }
    Ok((v, i, found))
}

/// The value of `wanted` where `key` first crosses `target`, by linear interpolation.
fn crossing(wanted: &[f64], key: &[f64], target: f64) -> Option<f64> {
    let k = (1..key.len())
        .find(|k| (key[k - 1] - target) * (key[*k] - target) <= 0.0 && key[k - 1] != key[*k])?;
    let share = (target - key[k - 1]) / (key[k] - key[k - 1]);
    Some(wanted[k - 1] + share * (wanted[k] - wanted[k - 1]))
}

/// Isc, Voc, Pmax, Vmp of a curve.
fn quantities(v: &[f64], i: &[f64]) -> Result<[f64; 4], Refusal> {
    let Some(isc) = crossing(i, v, 0.0) else {
        return refuse(format!(
            "the curve begins at {} V: the short-circuit current is not extrapolated",
            v[0]
        ));
    };
    // Searched from the end, because a noisy curve may cross zero earlier, too.
    let (back_v, back_i): (Vec<f64>, Vec<f64>) =
        (v.iter().rev().copied().collect(), i.iter().rev().copied().collect());
    let Some(voc) = crossing(&back_v, &back_i, 0.0) else {
        return refuse(format!(
            "the current is still {} A at {} V: the open-circuit voltage is not extrapolated",
            i[i.len() - 1],
            v[v.len() - 1]
        ));
    };
    if !(isc > 0.0 && voc > 0.0) {
        return refuse(format!("Isc is {isc} A and Voc {voc} V: no generator"));
    }
    let power: Vec<f64> = v.iter().zip(i).map(|(v, i)| v * i).collect();
    let top = (0..v.len()).max_by(|a, b| power[*a].total_cmp(&power[*b])).unwrap_or(0);
    let (vmp, pmax) = summit(v, &power, top).unwrap_or((v[top], power[top]));
    Ok([isc, voc, pmax, vmp])
}

/// The maximum of the power, by a polynomial of order four through the points above 95 % of it.
fn summit(v: &[f64], power: &[f64], top: usize) -> Option<(f64, f64)> {
    let near: Vec<usize> = (0..v.len()).filter(|k| power[*k] > 0.95 * power[top]).collect();
    let order = match near.len() {
        0..3 => return None,
        3..7 => 2,
        _ => 4,
    };
    let scale = (v[near[near.len() - 1]] - v[near[0]]).abs();
    let x: Vec<f64> = near.iter().map(|k| (v[*k] - v[top]) / scale).collect();
    let columns: Vec<Vec<f64>> =
        (0..=order).map(|p| x.iter().map(|x| x.powi(p)).collect()).collect();
    let y: Vec<f64> = near.iter().map(|k| power[*k]).collect();
    let c = linear(&columns, &y, None).ok()?.coefficients;
    let value = |x: f64| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    let (low, high) = (x[0], x[x.len() - 1]);
    let found =
        libchar_numeric::roots::minimum(|x| Ok::<_, ()>(-value(x)), low, high, 1e-9).ok()?;
    Some((v[top] + scale * found.x, value(found.x)))
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (v, i, sign) = generated(job)?;
    let (area, g) = (job.get("area")?, job.get("irradiance")?);
    let [isc, voc, pmax, vmp] = quantities(&v, &i)?;
    let eta = |pmax: f64, g: f64| 100.0 * pmax / (g * area * 1e-4);
    let mut answer = Answer::default();
    answer.word("sign", sign);
    answer
        .number("isc_a", isc)
        .number("jsc_ma_cm2", 1e3 * isc / area)
        .number("voc_v", voc)
        .number("pmax_w", pmax)
        .number("vmp_v", vmp)
        .number("imp_a", pmax / vmp)
        .number("ff", pmax / (isc * voc))
        .number("eta_pct", eta(pmax, g));
    let efficiency = eta(pmax, g);
    if efficiency > 50.0 {
        answer.warn(format!(
            "an efficiency of {efficiency:.1} % is not plausible: check area and irradiance"
        ));
    }
    let points: Vec<(f64, f64)> = v.iter().copied().zip(i.iter().copied()).collect();
    let mut fit = Vec::new();
    if job.opt("target_irradiance").is_some() || job.opt("target_temperature").is_some() {
        let target = job.opt("target_irradiance").unwrap_or(g);
        let warmer =
            job.opt("target_temperature").map_or(Ok(0.0), |t| Ok(t - job.get("temperature")?))?;
        let given = |name: &'static str| {
            job.opt(name).map_or_else(
                || misuse(format!("`{name}` is not given, and the translation needs it")),
                Ok,
            )
        };
        let (alpha, beta, rs) = (given("alpha")?, given("beta")?, given("rs")?);
        let kappa = job.get("kappa")?;
        let i2: Vec<f64> =
            i.iter().map(|i| i + isc * (target / g - 1.0) + alpha * warmer).collect();
        let v2: Vec<f64> = (0..v.len())
            .map(|k| v[k] - rs * (i2[k] - i[k]) - kappa * i2[k] * warmer + beta * warmer)
            .collect();
        let [isc, voc, pmax, _] = quantities(&v2, &i2)?;
        answer
            .number("isc_stc_a", isc)
            .number("voc_stc_v", voc)
            .number("pmax_stc_w", pmax)
            .number("ff_stc", pmax / (isc * voc))
            .number("eta_stc_pct", eta(pmax, target));
        fit = v2.into_iter().zip(i2).collect();
        answer.model = "IEC 60891 procedure 1".to_owned();
    }
    answer.plots.push(Plot {
        x: "voltage (V)".to_owned(),
        y: "generated current (A)".to_owned(),
        data: points,
        fit,
    });
    Ok(answer)
}
