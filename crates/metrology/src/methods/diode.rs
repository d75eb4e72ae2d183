//! Current of a diode: saturation current, ideality, series and shunt resistance.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::constants::thermal_voltage_v;
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Input, Method, Need, Per, column, number, output};
use libchar_numeric::least_squares::{Bound, Fit, Options, Parameter, Scale};
use libchar_numeric::quantile::robust_sd;

/// Temperature of the junction; also used for solar cells.
pub const TEMPERATURE: Input =
    number("temperature", "temperature", "K", "temperature of the junction").also(&["t"]).within(
        50.0,
        800.0,
        "degrees Celsius given as kelvin?",
    );

/// The method.
pub static METHOD: Method = Method {
    name: "diode",
    family: "electrical",
    about: "saturation current, ideality, series and shunt resistance of a diode",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "voltage, forward positive").also(&["voltage"]),
        column("i", "current", "A", "current, forward positive").also(&["current"]),
        TEMPERATURE,
        Input {
            need: Need::Optional,
            ..number("compliance", "current", "A", "limit of the source: rows at it are left out")
                .within(0.0, 1e4, "")
        },
    ],
    outputs: &[
        output("is_a", "A", "saturation current"),
        output("n", "", "ideality factor"),
        output("rs_ohm", "ohm", "series resistance"),
        output("rsh_ohm", "ohm", "shunt resistance"),
        output("rms_relative", "", "root mean square of the residuals, relative to the current"),
        output("rows_left_out", "", "rows at the compliance"),
    ],
    formula: "I = Is (exp((V - I Rs)/(n kT/q)) - 1) + (V - I Rs)/Rsh, solved exactly at every voltage\n\
              weights: u_i of the file, otherwise a part in proportion to the current and a floor, both from the residuals",
    standard: "Schroder, Semiconductor Material and Device Characterization, 4.2",
    traps: &[
        "explicit models of the series resistance and polynomial smoothing give n = 2.5 for 1.2",
        "rows at the compliance bend the curve as a resistance does",
        "default values where a fit failed",
    ],
    example: "libchar metro diode iv.csv -s temperature_k=300",
    compute,
    summary: None,
};

/// Current at a voltage, by Newton's method for the voltage across the junction.
pub fn current_a(v: f64, vt: f64, is: f64, rs: f64, rsh: f64) -> f64 {
    let junction = |vd: f64| {
        let e = (vd / vt).min(600.0).exp();
        (is * (e - 1.0) + vd / rsh, is * e / vt + 1.0 / rsh)
    };
    // The equation is increasing and convex, so Newton's method descends to the root from a start
    // above it.
    let mut vd = if v > 0.0 && rs > 0.0 { v.min(vt * (v / (rs * is)).ln_1p()) } else { v };
    for _ in 0..100 {
        let (i, slope) = junction(vd);
        let step = (vd + rs * i - v) / (1.0 + rs * slope);
        vd -= step;
        if step.abs() <= 1e-15 * vd.abs() + 1e-18 {
            break;
        }
    }
    junction(vd).0
}

/// The rows that are not at the current compliance, in ascending order of the voltage, and their
/// indices in the file.
fn rows(job: &Job, answer: &mut Answer) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
    let (v, i) = (job.column("v"), job.column("i"));
    let mut limit = job.opt("compliance").map_or(f64::INFINITY, |limit| 0.999 * limit.abs());
    if limit.is_infinite() {
        let (_, by_voltage) = sorted(v, i);
        let top = by_voltage.last().copied().unwrap_or(0.0);
        let same = by_voltage.iter().rev().take_while(|x| (*x / top - 1.0).abs() < 1e-6).count();
        if same >= 3 && top > 0.0 {
            limit = top * (1.0 - 2e-6);
            answer.warn(format!("{same} rows at the top have the same current of {top} A: taken for the compliance and left out"));
        }
    }
    let mut order: Vec<usize> = (0..v.len()).filter(|k| i[*k].abs() < limit).collect();
    order.sort_by(|a, b| v[*a].total_cmp(&v[*b]));
    (order.iter().map(|k| v[*k]).collect(), order.iter().map(|k| i[*k]).collect(), order)
}

/// Ideality factor and saturation current where the logarithm of the current rises most steeply.
fn start(v: &[f64], i: &[f64], vt: f64) -> Result<(f64, f64), Refusal> {
    let forward: Vec<usize> = (0..v.len()).filter(|k| v[*k] > 0.0).collect();
    let positive: Vec<usize> = forward.iter().copied().filter(|k| i[*k] > 0.0).collect();
    if forward.len() < 5 {
        return refuse(format!(
            "{} points have a forward voltage, at least five are needed",
            forward.len()
        ));
    }
    if positive.len() * 10 < forward.len() {
        return refuse(
            "the current is negative at forward voltage: wrong sign, or the polarity is reversed",
        );
    }
    let most = |part: &[usize]| part.iter().map(|k| i[*k]).fold(0.0, f64::max);
    let (low, high) = positive.split_at(positive.len() / 2);
    let noise = forward.iter().map(|k| -i[*k]).fold(0.0, f64::max);
    if positive.len() * 10 < forward.len() * 7
        || most(high) < 3.0 * most(low)
        || most(high) < 20.0 * noise
    {
        return refuse(
            "the current does not rise exponentially with the voltage: noise around zero or a resistor, no diode (open contact?)",
        );
    }
    let mut best: Option<(f64, f64)> = None;
    let wide = (positive.len() / 8).clamp(2, 12);
    for w in positive.windows(wide + 1) {
        let (a, b) = (w[0], w[wide]);
        let slope = (i[b] / i[a]).ln() / (v[b] - v[a]);
        // The first thermal voltages are affected by the -1 in the diode equation, and the lowest
        // currents by noise.
        let usable = v[a] > 2.0 * vt && i[a] > 3.0 * noise && slope.is_finite();
        if usable && best.is_none_or(|(most, _)| slope > most) {
            best = Some((slope, i[b].ln() - slope * v[b]));
        }
    }
    match best {
        Some((slope, at)) if slope > 0.0 && 1.0 / (slope * vt) < 12.0 => {
            Ok((1.0 / (slope * vt), at.exp()))
        }
        _ => refuse("the current does not rise exponentially with the voltage: no diode"),
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let vt = thermal_voltage_v(job.get("temperature")?);
    let mut answer = Answer { model: "single diode, implicit".to_owned(), ..Answer::default() };
    let (v, i, order) = rows(job, &mut answer);
    let left_out = job.column("v").len() - v.len();
    let (n0, is0) = start(&v, &i, vt)?;
    let u: Option<Vec<f64>> = job.u("i").map(|u| order.iter().map(|k| u[*k]).collect());
    if u.as_ref().is_some_and(|u| u.iter().any(|u| *u <= 0.0)) {
        return refuse(
            "an uncertainty of a current is zero: that row would be the only one that counts",
        );
    }
    let last = v.len() - 1;
    let steepest = (v[last] - v[last - 1]) / (i[last] - i[last - 1]).abs().max(1e-300);
    let rs0 = (steepest - n0 * vt / i[last]).clamp(1e-3 * steepest, steepest);
    let lowest = (0..v.len())
        .filter(|k| v[*k] < 0.0 && i[*k] < 0.0)
        .map(|k| v[k] / i[k])
        .fold(0.0, f64::max);
    let rsh0 = if lowest > 0.0 { lowest } else { v[last] / is0 };
    let log = |start: f64, low: f64, high: f64| Parameter {
        scale: Scale::Log,
        ..Parameter::bounded(start, low, high)
    };
    let names = ["is_a", "n", "rs_ohm", "rsh_ohm"];
    let fit_with = |sigma: &[f64], p: [f64; 4], known_errors: bool| -> Result<Fit, Refusal> {
        let parameters = [
            log(p[0], 1e-40, 1.0),
            Parameter::bounded(p[1], 0.2, 20.0),
            Parameter::bounded(p[2], 0.0, 1e9),
            log(p[3], 1e-3, 1e18),
        ];
        let residuals = |p: &[f64]| -> Vec<f64> {
            let model = v.iter().map(|v| current_a(*v, p[1] * vt, p[0], p[2], p[3]));
            model.zip(&i).zip(sigma).map(|((m, i), s)| (i - m) / s).collect()
        };
        let options = Options { known_errors, iterations: 400, ..Options::default() };
        fitting::solve(&names, residuals, &parameters, &options)
    };
    let floor = i.iter().map(|i| i.abs()).filter(|i| *i > 0.0).fold(f64::MAX, f64::min);
    let rough: Vec<f64> = i.iter().map(|i| i.abs().max(floor)).collect();
    let first = match &u {
        Some(u) => fit_with(u, [is0, n0, rs0, rsh0], true)?,
        None => fit_with(&rough, [is0, n0, rs0, rsh0], false)?,
    };
    let fit = match &u {
        Some(_) => first,
        None => reweighted(&v, &i, vt, first, &fit_with)?,
    };
    let p = fit.values.clone();
    let model: Vec<f64> = v.iter().map(|v| current_a(*v, p[1] * vt, p[0], p[2], p[3])).collect();
    let strong = 1e-3 * i[last].abs();
    let relative: Vec<f64> =
        (0..v.len()).filter(|k| i[*k].abs() > strong).map(|k| model[k] / i[k] - 1.0).collect();
    let rms = (relative.iter().map(|r| r * r).sum::<f64>() / relative.len() as f64).sqrt();
    if rms > 0.5 {
        return refuse(format!(
            "no single diode describes the curve: the residuals are {:.0} % of the current",
            100.0 * rms
        ));
    }
    for (k, name) in names.iter().enumerate() {
        let known =
            fit.standard_error(k).filter(|u| *u < 0.5 * p[k] && fit.bounds[k] == Bound::Within);
        match known {
            Some(u) => drop(answer.uncertain(*name, p[k], u, fit.dof_of_u())),
            None if k < 2 => return refuse(format!("the data do not determine `{name}`")),
            None => {
                answer.warn(format!("the data do not determine `{name}`: no value is given"));
            }
        }
        for (j, other) in names.iter().enumerate().take(k) {
            if let Some(r) = fit.correlation(j, k) {
                answer.correlations.push(((*other).to_owned(), (*name).to_owned(), r));
            }
        }
    }
    if !(0.9..=3.0).contains(&p[1]) {
        answer.warn(format!(
            "an ideality of {:.3} is not that of one junction: check temperature and units",
            p[1]
        ));
    }
    answer.number("rms_relative", rms);
    if left_out > 0 {
        answer.number("rows_left_out", left_out as f64);
    }
    answer.plots.push(Plot {
        x: "voltage (V)".to_owned(),
        y: "current (A)".to_owned(),
        data: v.iter().copied().zip(i).collect(),
        fit: v.iter().copied().zip(model).collect(),
    });
    Ok(answer)
}

/// A fit with given standard deviations from a given start; the flag tells whether they are known
/// errors.
type Fitter<'a> = dyn Fn(&[f64], [f64; 4], bool) -> Result<Fit, Refusal> + 'a;

/// Fits again with the standard deviations that the residuals show: a share of the current, and a
/// floor.
fn reweighted(
    v: &[f64],
    i: &[f64],
    vt: f64,
    mut fit: Fit,
    fit_with: &Fitter<'_>,
) -> Result<Fit, Refusal> {
    let mut order: Vec<usize> = (0..i.len()).collect();
    order.sort_by(|a, b| i[*a].abs().total_cmp(&i[*b].abs()));
    for _ in 0..3 {
        let p = [fit.values[0], fit.values[1], fit.values[2], fit.values[3]];
        let off: Vec<f64> =
            v.iter().zip(i).map(|(v, i)| i - current_a(*v, p[1] * vt, p[0], p[2], p[3])).collect();
        let (small, large) = order.split_at(i.len() / 4);
        let relative: Vec<f64> = large[large.len() / 3..].iter().map(|k| off[*k] / i[*k]).collect();
        let share = robust_sd(&relative).max(1e-9);
        let floor = robust_sd(&small.iter().map(|k| off[*k]).collect::<Vec<f64>>()).max(1e-300);
        let sigma: Vec<f64> = i.iter().map(|i| (share * i).hypot(floor)).collect();
        fit = fit_with(&sigma, p, false)?;
    }
    Ok(fit)
}
