//! Features of pressure, flows, alarms and recovery, and the tilt between the zones.

use super::profile::{Bands, Soak, Trace};

/// The nine stability features in the order of the catalogue, and the zone balance.
pub(super) fn features(trace: &Trace, soak: Soak, bands: Bands) -> ([Option<f64>; 9], Option<f64>) {
    let in_soak = |column: &Option<Vec<f64>>| {
        column
            .as_ref()
            .zip(soak)
            .map(|(values, (start, end))| values[start..=end].to_vec())
            .unwrap_or_default()
    };
    let (pressure, o2, n2) =
        (in_soak(&trace.pressure_pa), in_soak(&trace.o2_sccm), in_soak(&trace.n2_sccm));
    let times = in_soak(&Some(trace.time_s.clone()));
    let values = [
        mean(&pressure),
        standard_deviation(&pressure),
        slope(&times, &pressure).map(|per_second| 60.0 * per_second),
        mean(&o2),
        standard_deviation(&o2),
        mean(&n2),
        standard_deviation(&n2),
        trace.alarm.as_deref().map(rising_edges),
        recovery_time(trace, soak, bands),
    ];
    (values, zone_balance(trace, soak))
}

/// Mean; `None` if there are no values.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation with n − 1; `None` for fewer than two values.
pub(super) fn standard_deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

/// Least-squares slope; `None` for fewer than two points.
fn slope(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mean_x, mean_y) = (mean(x)?, mean(y)?);
    let squares: f64 = x.iter().map(|x| (x - mean_x) * (x - mean_x)).sum();
    let products: f64 = x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    (squares > 0.0).then(|| products / squares)
}

fn rising_edges(alarm: &[bool]) -> f64 {
    let first = usize::from(alarm.first().copied().unwrap_or(false));
    (first + alarm.windows(2).filter(|w| !w[0] && w[1]).count()) as f64
}

/// Longest time from the first sample outside the soak band to the first sample back inside. `None`
/// without a setpoint, because the band would follow the excursion.
fn recovery_time(trace: &Trace, soak: Soak, bands: Bands) -> Option<f64> {
    let (start, end) = soak?;
    trace.setpoint_c.as_ref()?;
    let mut longest = 0.0_f64;
    let mut left_at = None;
    for i in start..=end {
        match (trace.in_band(i, bands), left_at) {
            (false, None) => left_at = Some(trace.time_s[i]),
            (true, Some(left)) => {
                longest = longest.max(trace.time_s[i] - left);
                left_at = None;
            }
            _ => {}
        }
    }
    Some(longest)
}

/// Soak mean of the last zone minus that of the first.
fn zone_balance(trace: &Trace, soak: Soak) -> Option<f64> {
    let (start, end) = soak?;
    let [first, .., last] = &trace.zones_c[..] else { return None };
    Some(mean(&last[start..=end])? - mean(&first[start..=end])?)
}
