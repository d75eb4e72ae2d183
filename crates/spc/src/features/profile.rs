//! The trace of one run and its soak.

use crate::SpcError;

/// What the furnace recorded, with one value per sample in every column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    /// The run's name in messages.
    pub name: String,
    /// Seconds, strictly rising.
    pub time_s: Vec<f64>,
    /// Temperature of each zone, in the order of the tube, °C; empty if not recorded.
    pub zones_c: Vec<Vec<f64>>,
    /// Temperature setpoint, °C.
    pub setpoint_c: Option<Vec<f64>>,
    /// Tube pressure, Pa.
    pub pressure_pa: Option<Vec<f64>>,
    /// Oxygen flow, sccm.
    pub o2_sccm: Option<Vec<f64>>,
    /// Nitrogen flow, sccm.
    pub n2_sccm: Option<Vec<f64>>,
    /// Whether an alarm was on.
    pub alarm: Option<Vec<bool>>,
}

/// How close to the setpoint and to the peak a sample must be to belong to the soak and to the
/// peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Half width of the soak band, °C, above 0.
    pub soak_c: f64,
    /// Depth of the peak band, °C, above 0.
    pub peak_c: f64,
}

impl Default for Bands {
    fn default() -> Self {
        Self { soak_c: 5.0, peak_c: 2.0 }
    }
}

impl Bands {
    pub(super) fn check(self) -> Result<(), SpcError> {
        for (name, value) in [("soak band", self.soak_c), ("peak band", self.peak_c)] {
            if !(value.is_finite() && value > 0.0) {
                return Err(SpcError::OutOfRange {
                    name,
                    value,
                    expected: "a finite number of °C above 0",
                });
            }
        }
        Ok(())
    }
}

/// First and last sample of the soak.
pub(super) type Soak = Option<(usize, usize)>;

impl Trace {
    /// Keeps the first `n` samples.
    pub fn truncate(&mut self, n: usize) {
        self.time_s.truncate(n);
        self.zones_c.iter_mut().for_each(|zone| zone.truncate(n));
        let columns =
            [&mut self.setpoint_c, &mut self.pressure_pa, &mut self.o2_sccm, &mut self.n2_sccm];
        columns.into_iter().flatten().for_each(|values| values.truncate(n));
        if let Some(values) = &mut self.alarm {
            values.truncate(n);
        }
    }

    pub(super) fn check(&self) -> Result<(), SpcError> {
        let invalid = |text: String| Err(SpcError::Invalid(format!("run `{}`: {text}", self.name)));
        let n = self.time_s.len();
        let columns = [
            Some(&self.time_s),
            self.setpoint_c.as_ref(),
            self.pressure_pa.as_ref(),
            self.o2_sccm.as_ref(),
            self.n2_sccm.as_ref(),
        ];
        for column in columns.into_iter().flatten().chain(&self.zones_c) {
            if column.len() != n {
                return invalid(format!("a column has {} samples, the time {n}", column.len()));
            }
            if let Some(i) = column.iter().position(|x| !x.is_finite()) {
                return invalid(format!("sample {} is {}, not a finite number", i + 1, column[i]));
            }
        }
        if self.alarm.as_ref().is_some_and(|alarm| alarm.len() != n) {
            return invalid(
                "the alarm column does not have the length of the time column".to_owned(),
            );
        }
        if let Some(i) = self.time_s.windows(2).position(|w| w[1] <= w[0]) {
            let (before, after) = (self.time_s[i], self.time_s[i + 1]);
            return invalid(format!(
                "time {after} s at sample {} does not lie after {before} s",
                i + 2
            ));
        }
        Ok(())
    }

    /// Mean over the zones at a sample; `None` without temperatures.
    pub(super) fn temp_c(&self, sample: usize) -> Option<f64> {
        let zones = self.zones_c.len();
        (zones > 0)
            .then(|| self.zones_c.iter().map(|zone| zone[sample]).sum::<f64>() / zones as f64)
    }

    /// The temperature at every sample; empty without temperatures.
    pub(super) fn temps_c(&self) -> Vec<f64> {
        (0..self.time_s.len()).filter_map(|i| self.temp_c(i)).collect()
    }

    /// The soak temperature: the highest setpoint, or the peak if there is no setpoint.
    fn soak_target_c(&self) -> Option<f64> {
        let temps = self.temps_c();
        self.setpoint_c.as_ref().unwrap_or(&temps).iter().copied().reduce(f64::max)
    }

    /// Whether a sample lies in the soak band.
    pub(super) fn in_band(&self, sample: usize, bands: Bands) -> bool {
        let near =
            |target: f64| self.temp_c(sample).is_some_and(|t| (t - target).abs() <= bands.soak_c);
        self.soak_target_c().is_some_and(near)
    }

    /// First to last sample in the soak band; `None` if the run never got there.
    pub(super) fn soak(&self, bands: Bands) -> Soak {
        let target = self.soak_target_c()?;
        let near = |t: &f64| (t - target).abs() <= bands.soak_c;
        let temps = self.temps_c();
        Some((temps.iter().position(near)?, temps.iter().rposition(near)?))
    }
}
