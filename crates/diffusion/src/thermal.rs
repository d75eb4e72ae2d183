//! A linear piece of a furnace step: a temperature that is held or ramped.

/// A temperature over time: constant, or a linear ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thermal {
    /// Temperature at the start, degrees Celsius.
    pub from_c: f64,
    /// Temperature at the end, degrees Celsius.
    pub to_c: f64,
    /// Duration, s.
    pub time_s: f64,
}

impl Thermal {
    /// A constant temperature.
    pub fn hold(temp_c: f64, time_s: f64) -> Self {
        Thermal { from_c: temp_c, to_c: temp_c, time_s }
    }

    /// Temperature at a time, degrees Celsius.
    pub fn at(&self, time_s: f64) -> f64 {
        if self.is_constant() {
            return self.from_c;
        }
        self.from_c + (self.to_c - self.from_c) * (time_s / self.time_s).clamp(0.0, 1.0)
    }

    /// The part of the piece that is hotter than `temp_c`; `None` if there is none.
    pub fn above(&self, temp_c: f64) -> Option<Thermal> {
        if self.hottest_c() <= temp_c {
            return None;
        }
        let span = (self.to_c - self.from_c).abs();
        let below = (temp_c - self.from_c.min(self.to_c)).max(0.0);
        let share = if span > 0.0 { 1.0 - below / span } else { 1.0 };
        Some(Thermal {
            from_c: self.from_c.max(temp_c),
            to_c: self.to_c.max(temp_c),
            time_s: self.time_s * share,
        })
    }

    /// Temperature of the hotter end, degrees Celsius.
    pub fn hottest_c(&self) -> f64 {
        self.from_c.max(self.to_c)
    }

    /// Whether the temperature stays the same.
    pub fn is_constant(&self) -> bool {
        self.from_c == self.to_c
    }
}
