//! Features of the temperature over time.

use super::profile::{Bands, Soak, Trace};
use super::stability::{mean, standard_deviation};

const SECONDS_PER_MINUTE: f64 = 60.0;

/// The ten thermal features, in the order of the catalogue.
pub(super) fn features(trace: &Trace, soak: Soak, bands: Bands) -> [Option<f64>; 10] {
    let temps = trace.temps_c();
    let time = &trace.time_s;
    if temps.is_empty() {
        return [None; 10];
    }
    let rates: Vec<f64> = soak
        .map(|(start, _)| (1..=start).map(|i| rate(time, &temps, i - 1, i)).collect())
        .unwrap_or_default();
    let last = temps.len() - 1;
    let deviations: Option<Vec<f64>> =
        trace.setpoint_c.as_ref().zip(soak).map(|(setpoint, (start, end))| {
            (start..=end).map(|i| (temps[i] - setpoint[i]).abs()).collect()
        });
    let peak = temps.iter().copied().reduce(f64::max);
    [
        soak.filter(|(start, _)| *start > 0).map(|(start, _)| rate(time, &temps, 0, start)),
        rates.iter().copied().reduce(f64::max),
        standard_deviation(&rates),
        soak.filter(|(start, end)| end > start)
            .map(|(start, end)| integral(&time[start..=end], &temps[start..=end])),
        peak,
        peak.filter(|_| last > 0).map(|peak| time_above(time, &temps, peak - bands.peak_c)),
        soak.filter(|(_, end)| *end < last).map(|(_, end)| -rate(time, &temps, end, last)),
        uniformity(trace, soak),
        deviations.as_deref().and_then(mean),
        deviations.and_then(|d| d.into_iter().reduce(f64::max)),
    ]
}

/// °C/min between two samples.
fn rate(time_s: &[f64], temps_c: &[f64], from: usize, to: usize) -> f64 {
    (temps_c[to] - temps_c[from]) / (time_s[to] - time_s[from]) * SECONDS_PER_MINUTE
}

/// Trapezoidal integral.
fn integral(time_s: &[f64], values: &[f64]) -> f64 {
    time_s
        .windows(2)
        .zip(values.windows(2))
        .map(|(t, v)| (t[1] - t[0]) * f64::midpoint(v[0], v[1]))
        .sum()
}

/// Time spent at or above a level, with straight lines between samples.
fn time_above(time_s: &[f64], values: &[f64], level: f64) -> f64 {
    let part = |a: f64, b: f64| match (a >= level, b >= level) {
        (true, true) => 1.0,
        (false, false) => 0.0,
        (true, false) => (a - level) / (a - b),
        (false, true) => (b - level) / (b - a),
    };
    time_s.windows(2).zip(values.windows(2)).map(|(t, v)| (t[1] - t[0]) * part(v[0], v[1])).sum()
}

/// Half the range of the zones' soak means, in percent of their mean.
fn uniformity(trace: &Trace, soak: Soak) -> Option<f64> {
    let (start, end) = soak?;
    if trace.zones_c.len() < 2 {
        return None;
    }
    let zones: Vec<f64> =
        trace.zones_c.iter().filter_map(|zone| mean(&zone[start..=end])).collect();
    let (low, high) =
        (zones.iter().copied().reduce(f64::min)?, zones.iter().copied().reduce(f64::max)?);
    mean(&zones).filter(|m| *m > 0.0).map(|m| 100.0 * (high - low) / (2.0 * m))
}
