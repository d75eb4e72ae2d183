//! Fault detection and classification: 29 features of a furnace run, computed from its trace, the
//! wafer's place in the boat and the lot's history.
//!
//! A feature that cannot be computed from the recorded data is `None`, never 0.

mod catalogue;
mod history;
mod profile;
mod report;
mod spatial;
mod stability;
pub mod table;
mod thermal;

pub use catalogue::{FEATURES, Feature, Group};
pub use history::{Run, thermal_budget_s};
pub use profile::{Bands, Trace};
pub use report::{catalogue, document, frame};
pub use spatial::Place;

use crate::SpcError;

/// The 29 values of one run (or of one wafer in it, where wafers are known), in the order of
/// [`FEATURES`].
pub type Values = [Option<f64>; FEATURES.len()];

/// One row to compute: a run, and the wafer in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// Index of the run in the list of traces.
    pub run: usize,
    /// Where the wafer stood.
    pub place: Place,
    /// Names and times of the run, lot and wafer.
    pub history: Run,
}

/// Computes every feature of every item, in the given order; the items of a lot must be in the
/// order in which they were processed.
///
/// # Errors
///
/// [`SpcError::Invalid`] for a trace whose columns differ in length, whose time does not rise or
/// that has values that are not finite, [`SpcError::OutOfRange`] for bands that are not above 0.
pub fn features(traces: &[Trace], items: &[Item], bands: Bands) -> Result<Vec<Values>, SpcError> {
    bands.check()?;
    traces.iter().try_for_each(Trace::check)?;
    let histories = history::features(traces, items);
    let loads = spatial::features(items);
    Ok(items
        .iter()
        .zip(histories.into_iter().zip(loads))
        .map(|(item, (history, place))| {
            let mut values: Values = [None; FEATURES.len()];
            let found = traces.get(item.run).map(|trace| {
                let soak = trace.soak(bands);
                (thermal::features(trace, soak, bands), stability::features(trace, soak, bands))
            });
            let (thermal, (stability, tilt)) = found.unwrap_or_default();
            let all =
                thermal.into_iter().chain(stability).chain([tilt]).chain(place).chain(history);
            for (value, computed) in values.iter_mut().zip(all) {
                *value = computed.filter(|x: &f64| x.is_finite());
            }
            values
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10 min from 600 to 1000 °C, 20 min soak, 20 min down to 700 °C; one sample every 10 s.
    fn trace() -> Trace {
        let time_s: Vec<f64> = (0..=300).map(|i| 10.0 * f64::from(i)).collect();
        let temp = |t: f64| {
            if t < 600.0 {
                600.0 + 400.0 * t / 600.0
            } else if t <= 1800.0 {
                1000.0
            } else {
                1000.0 - 300.0 * (t - 1800.0) / 1200.0
            }
        };
        let zone = |offset: f64| time_s.iter().map(|t| temp(*t) + offset).collect::<Vec<_>>();
        Trace {
            name: "R1".into(),
            zones_c: vec![zone(-1.0), zone(0.0), zone(1.0)],
            setpoint_c: Some(time_s.iter().map(|t| temp(*t).min(1000.0)).collect()),
            pressure_pa: Some(time_s.iter().map(|t| 100.0 + 0.6 * t / 60.0).collect()),
            o2_sccm: Some(time_s.iter().map(|_| 2000.0).collect()),
            n2_sccm: None,
            alarm: Some(time_s.iter().map(|t| *t == 50.0 || (100.0..=130.0).contains(t)).collect()),
            time_s,
        }
    }

    fn value(values: &Values, name: &str) -> Option<f64> {
        values[FEATURES.iter().position(|f| f.name == name).unwrap()]
    }

    fn close(values: &Values, name: &str, expected: f64) {
        let found = value(values, name).unwrap_or_else(|| panic!("{name} is null"));
        assert!(
            (found - expected).abs() < 1e-6 * expected.abs().max(1.0),
            "{name}: {found}, not {expected}"
        );
    }

    #[test]
    fn there_are_29_features_in_four_groups() {
        let count = |group| FEATURES.iter().filter(|f| f.group == group).count();
        assert_eq!(
            [Group::Thermal, Group::Stability, Group::Spatial, Group::Historical].map(count),
            [10, 9, 5, 5]
        );
    }

    /// Every value computed by hand from the trapezoid above.
    #[test]
    fn a_trapezoid_gives_the_values_of_its_drawing() {
        let item = Item { place: Place { slot: Some(10), slots: Some(100) }, ..Item::default() };
        let next = Item { place: Place { slot: Some(14), slots: Some(100) }, ..Item::default() };
        let bands = Bands { soak_c: 0.5, peak_c: 0.5 };
        let values = features(&[trace()], &[item, next], bands).unwrap()[0];
        close(&values, "ramp_rate_avg", 40.0);
        close(&values, "ramp_rate_max", 40.0);
        close(&values, "ramp_rate_std", 0.0);
        close(&values, "soak_integral", 1000.0 * 1200.0);
        close(&values, "peak_temperature", 1000.0);
        close(&values, "time_at_peak", 1200.0 + 60.0 * (0.5 / 40.0 + 0.5 / 15.0));
        close(&values, "cooldown_rate", 15.0);
        close(&values, "temperature_uniformity", 100.0 * 2.0 / (2.0 * 1000.0));
        close(&values, "setpoint_deviation_mean", 0.0);
        close(&values, "setpoint_deviation_max", 0.0);
        close(&values, "pressure_mean", 100.0 + 0.6 * 20.0);
        close(&values, "pressure_drift", 0.6);
        close(&values, "gas_flow_o2_mean", 2000.0);
        close(&values, "gas_flow_o2_std", 0.0);
        assert_eq!(value(&values, "gas_flow_n2_mean"), None);
        close(&values, "alarm_count", 2.0);
        close(&values, "recovery_time", 0.0);
        close(&values, "zone_balance", 2.0);
        close(&values, "boat_load_count", 2.0);
        close(&values, "slot_index", 10.0);
        close(&values, "slot_normalized", 9.0 / 99.0);
        close(&values, "neighbor_distance", 4.0);
        assert_eq!(value(&values, "lot_age"), None);
        assert_eq!(value(&values, "wafer_usage_count"), None);
    }

    #[test]
    fn an_excursion_has_a_recovery_time() {
        let mut trace = trace();
        for zone in &mut trace.zones_c {
            zone[100..106].iter_mut().for_each(|t| *t -= 8.0);
        }
        let values = features(&[trace], &[Item::default()], Bands::default()).unwrap()[0];
        close(&values, "recovery_time", 60.0);
        close(&values, "setpoint_deviation_max", 8.0);
    }

    #[test]
    fn a_run_that_ends_hot_has_no_cooldown_and_one_without_a_trace_has_nothing() {
        let mut hot = trace();
        hot.truncate(150);
        let missing = Item { run: 7, ..Item::default() };
        let values = features(&[hot], &[Item::default(), missing], Bands::default()).unwrap();
        assert_eq!(value(&values[0], "cooldown_rate"), None);
        assert!(value(&values[0], "soak_integral").is_some());
        assert!(values[1][..19].iter().all(Option::is_none));
    }

    #[test]
    fn bad_traces_are_refused_with_their_place() {
        let mut back = trace();
        back.time_s[5] = back.time_s[4];
        assert_eq!(
            features(&[back], &[], Bands::default()).unwrap_err().to_string(),
            "run `R1`: time 40 s at sample 6 does not lie after 40 s"
        );
        let mut odd = trace();
        odd.zones_c[1][3] = f64::INFINITY;
        assert!(
            features(&[odd], &[], Bands::default()).unwrap_err().to_string().contains("sample 4")
        );
        let mut short = trace();
        short.o2_sccm = Some(vec![1.0]);
        assert!(features(&[short], &[], Bands::default()).is_err());
        assert!(features(&[], &[], Bands { soak_c: 0.0, peak_c: 1.0 }).is_err());
    }

    #[test]
    fn a_trace_of_one_sample_has_a_peak_and_no_rates() {
        let mut single = trace();
        single.truncate(1);
        let values = features(&[single], &[Item::default()], Bands::default()).unwrap()[0];
        close(&values, "peak_temperature", 600.0);
        for name in [
            "ramp_rate_avg",
            "ramp_rate_max",
            "ramp_rate_std",
            "cooldown_rate",
            "pressure_std",
            "pressure_drift",
        ] {
            assert_eq!(value(&values, name), None, "{name}");
        }
    }
}
