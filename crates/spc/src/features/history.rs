//! Features of the earlier processing of lot and wafer.

use super::{Item, Trace};
use std::collections::BTreeMap;

/// Boltzmann constant, eV/K (CODATA 2018, exact).
const BOLTZMANN_EV_K: f64 = 8.617_333_262e-5;
/// Activation energy of intrinsic boron diffusion, eV (Fair 1981), the main effect of a thermal
/// budget.
const ACTIVATION_EV: f64 = 3.46;
const REFERENCE_K: f64 = 1273.15;
const CELSIUS_K: f64 = 273.15;
const SECONDS_PER_HOUR: f64 = 3600.0;

/// Names and times of one run, where they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// The lot that ran.
    pub lot: Option<String>,
    /// The wafer.
    pub wafer: Option<String>,
    /// Start of the run, in seconds since any fixed moment.
    pub start_s: Option<f64>,
    /// Creation of the lot, in seconds since the same moment.
    pub lot_created_s: Option<f64>,
}

/// The processing of a lot so far.
#[derive(Default)]
struct Past {
    runs: Vec<usize>,
    budget_s: Option<f64>,
    last_end_s: Option<f64>,
}

/// Time at 1000 °C that would diffuse dopants as far as this run did: ∫ exp(−Ea/k (1/T − 1/T₀)) dt
/// by the trapezoidal rule, in seconds. `None` for a trace without two temperatures or below
/// absolute zero.
pub fn thermal_budget_s(trace: &Trace) -> Option<f64> {
    let speed = |t_c: f64| {
        let kelvin = t_c + CELSIUS_K;
        (kelvin > 0.0)
            .then(|| (-ACTIVATION_EV / BOLTZMANN_EV_K * (1.0 / kelvin - 1.0 / REFERENCE_K)).exp())
    };
    let speeds = trace.temps_c().into_iter().map(speed).collect::<Option<Vec<f64>>>()?;
    (speeds.len() > 1).then(|| {
        trace
            .time_s
            .windows(2)
            .zip(speeds.windows(2))
            .map(|(t, v)| (t[1] - t[0]) * f64::midpoint(v[0], v[1]))
            .sum()
    })
}

/// Thermal budget, steps, time since the last process, lot age and wafer use of each item.
pub(super) fn features(traces: &[Trace], items: &[Item]) -> Vec<[Option<f64>; 5]> {
    let mut lots: BTreeMap<&str, Past> = BTreeMap::new();
    let mut wafers: BTreeMap<&str, f64> = BTreeMap::new();
    // All wafers of one run have the same past of their lot, so that past is updated once per run.
    let mut known: BTreeMap<(&str, usize), [Option<f64>; 3]> = BTreeMap::new();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let Run { lot, wafer, start_s, lot_created_s } = &item.history;
        let shared = lot.as_deref().map(|lot| {
            *known.entry((lot, item.run)).or_insert_with(|| {
                let past = lots.entry(lot).or_default();
                let steps = past.runs.len();
                let gap = start_s
                    .zip(past.last_end_s)
                    .map(|(start, end)| (start - end) / SECONDS_PER_HOUR);
                let trace = traces.get(item.run);
                let own = trace.and_then(thermal_budget_s);
                // After a run without temperatures the sum is unknown.
                past.budget_s = if steps == 0 {
                    own
                } else {
                    past.budget_s.zip(own).map(|(sum, own)| sum + own)
                };
                let length =
                    trace.and_then(|trace| Some(trace.time_s.last()? - trace.time_s.first()?));
                past.last_end_s = start_s.zip(length).map(|(start, length)| start + length);
                past.runs.push(item.run);
                [past.budget_s, Some(steps as f64), gap]
            })
        });
        let [budget, steps, gap] = shared.unwrap_or_default();
        let age = start_s
            .zip(*lot_created_s)
            .map(|(start, created)| (start - created) / SECONDS_PER_HOUR);
        let uses = wafer.as_deref().map(|wafer| {
            let uses = wafers.entry(wafer).or_insert(0.0);
            *uses += 1.0;
            *uses
        });
        rows.push([budget, steps, gap, age, uses]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour_at(temp_c: f64) -> Trace {
        Trace { time_s: vec![0.0, 3600.0], zones_c: vec![vec![temp_c; 2]], ..Trace::default() }
    }

    fn item(run: usize, wafer: &str, start_h: f64) -> Item {
        let history = Run {
            lot: Some("L1".into()),
            wafer: Some(wafer.into()),
            start_s: Some(3600.0 * start_h),
            lot_created_s: Some(-7200.0),
        };
        Item { run, history, ..Item::default() }
    }

    #[test]
    fn the_budget_at_the_reference_is_the_time_there() {
        assert!((thermal_budget_s(&hour_at(1000.0)).unwrap() - 3600.0).abs() < 1e-6);
        // Computed by hand: exp(−3.46 eV / k · (1/1373.15 K − 1/1273.15 K)).
        let ratio = (3.46 / 8.617_333_262e-5 * (1.0 / 1273.15 - 1.0 / 1373.15_f64)).exp();
        assert!((thermal_budget_s(&hour_at(1100.0)).unwrap() / 3600.0 - ratio).abs() < 1e-9);
        assert_eq!(thermal_budget_s(&hour_at(-300.0)), None);
    }

    #[test]
    fn a_lot_carries_its_past() {
        let traces = [hour_at(1000.0), hour_at(1000.0)];
        let items = [item(0, "W1", 0.0), item(0, "W2", 0.0), item(1, "W1", 5.0)];
        let rows = features(&traces, &items);
        assert_eq!(rows[0], [Some(3600.0), Some(0.0), None, Some(2.0), Some(1.0)]);
        assert_eq!(rows[1], rows[0]);
        assert_eq!(rows[2], [Some(7200.0), Some(1.0), Some(4.0), Some(7.0), Some(2.0)]);
        assert_eq!(features(&traces, &[Item::default()])[0], [None; 5]);
    }
}
