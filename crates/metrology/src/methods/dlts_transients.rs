//! Emission rates by an exponential fit of each isothermal transient.

use super::dlts_emission::Emission;
use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::fitting;
use libchar_numeric::least_squares::{Options, Parameter};

/// Fits `C0 (1 - a exp(-e t))` at every temperature. A transient that determines no rate is left
/// out with a warning.
pub(super) fn rates(
    temperature: &[f64],
    t: &[f64],
    c: &[f64],
    c0: Option<f64>,
    answer: &mut Answer,
) -> Result<Emission, Refusal> {
    let mut all: Vec<f64> = temperature.to_vec();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let mut found = Emission { u_relative: Some(Vec::new()), ..Emission::default() };
    for at in all {
        let rows = (0..t.len()).filter(|i| temperature[*i] == at);
        let mut points: Vec<(f64, f64)> = rows.map(|i| (t[i], c[i])).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        match transient(&points, c0) {
            Ok((rate, u, share, fit)) => {
                found.temperature_k.push(at);
                found.rate_per_s.push(rate);
                found.share.push(share);
                found.u_relative.get_or_insert_default().push(u / rate);
                answer.plots.push(Plot {
                    x: "time (s)".to_owned(),
                    y: format!("capacitance at {at} K (F)"),
                    data: points,
                    fit,
                });
            }
            Err(reason) => {
                answer.warn(format!("the transient at {at} K is left out: {reason}"));
            }
        }
    }
    if found.temperature_k.len() < 3 {
        return refuse(format!(
            "{} transients determine a rate: an Arrhenius line needs 3 temperatures",
            found.temperature_k.len()
        ));
    }
    Ok(found)
}

type Transient = (f64, f64, f64, Vec<(f64, f64)>);

/// Rate, its uncertainty, dC/C0, and the fitted curve.
fn transient(points: &[(f64, f64)], c0: Option<f64>) -> Result<Transient, Refusal> {
    let n = points.len();
    if n < 6 {
        return refuse(format!("it has {n} points"));
    }
    let (start, end) = (points[0].1, c0.unwrap_or(points[n - 1].1));
    let (first, span) = (points[0].0, points[n - 1].0 - points[0].0);
    if span <= 0.0 || end <= 0.0 || start == end {
        return refuse("it does not change");
    }
    // The starting value of the rate is the reciprocal of the time at which 63 % of the change is
    // complete.
    let over = |(_, c): &&(f64, f64)| (c - end) / (start - end) < (-1.0f64).exp();
    let tau = points.iter().find(over).map_or(span, |(t, _)| (t - first).max(span / n as f64));
    let scale = (start - end).abs();
    let model = |p: &[f64], t: f64| {
        let settled = end + if c0.is_some() { 0.0 } else { p[2] * scale };
        settled + p[0] * scale * (-p[1] * (t - first) / tau).exp()
    };
    let residuals = |p: &[f64]| points.iter().map(|(t, c)| (model(p, *t) - c) / scale).collect();
    let mut parameters = vec![
        Parameter::free((start - end) / scale),
        Parameter::bounded(1.0, 1e-6, 1e6),
        Parameter::free(0.0),
    ];
    let names = ["amplitude", "rate", "c0"];
    if c0.is_some() {
        parameters.pop();
    }
    let fit =
        fitting::solve(&names[..parameters.len()], residuals, &parameters, &Options::default())?;
    fitting::determined(&names[..parameters.len()], &fit)?;
    let rate = fit.values[1] / tau;
    let u = fit.standard_error(1).unwrap_or(f64::NAN) / tau;
    if !(u > 0.0 && u < 0.2 * rate) {
        return refuse(format!("its rate is {rate:.3e} 1/s with an uncertainty of {u:.1e}"));
    }
    // The amplitude extrapolated to the end of the pulse, time 0.
    let amplitude = fit.values[0] * scale * (rate * first).exp();
    let settled = end + if c0.is_some() { 0.0 } else { fit.values[2] * scale };
    let curve = points.iter().map(|(t, _)| (*t, model(&fit.values, *t))).collect();
    Ok((rate, u, -amplitude / settled, curve))
}
