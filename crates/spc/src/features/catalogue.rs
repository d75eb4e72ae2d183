//! The features: name, group, unit and formula. The documentation and the JSON output are generated
//! from this table.

/// What a feature describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Temperature over time.
    Thermal,
    /// Pressure, flows, alarms.
    Stability,
    /// Zones, boat and slot.
    Spatial,
    /// Earlier processing of lot and wafer.
    Historical,
}

impl Group {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Group::Thermal => "thermal",
            Group::Stability => "stability",
            Group::Spatial => "spatial",
            Group::Historical => "historical",
        }
    }
}

/// One feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Name of its column.
    pub name: &'static str,
    /// Its group.
    pub group: Group,
    /// Its unit, `1` for counts and ratios.
    pub unit: &'static str,
    /// How it is computed.
    pub formula: &'static str,
}

const fn feature(
    group: Group,
    name: &'static str,
    unit: &'static str,
    formula: &'static str,
) -> Feature {
    Feature { name, group, unit, formula }
}

/// The 29 features in the order of every row. T is the mean over the zones at a sample. The soak
/// lasts from the first to the last sample within the soak band around the highest setpoint (around
/// the peak, if no setpoint was recorded).
pub const FEATURES: [Feature; 29] = [
    feature(
        Group::Thermal,
        "ramp_rate_avg",
        "°C/min",
        "(T(soak start) − T(first)) / (t(soak start) − t(first))",
    ),
    feature(
        Group::Thermal,
        "ramp_rate_max",
        "°C/min",
        "largest ΔT/Δt between neighbouring samples before the soak",
    ),
    feature(Group::Thermal, "ramp_rate_std", "°C/min", "standard deviation (n − 1) of those ΔT/Δt"),
    feature(Group::Thermal, "soak_integral", "°C·s", "∫ T dt over the soak, trapezoidal"),
    feature(Group::Thermal, "peak_temperature", "°C", "largest T"),
    feature(
        Group::Thermal,
        "time_at_peak",
        "s",
        "time with T within the peak band of the peak, by linear interpolation",
    ),
    feature(
        Group::Thermal,
        "cooldown_rate",
        "°C/min",
        "(T(soak end) − T(last)) / (t(last) − t(soak end))",
    ),
    feature(
        Group::Thermal,
        "temperature_uniformity",
        "%",
        "100 · (max − min) / (2 · mean) of the zones' mean temperatures in the soak; two zones or more",
    ),
    feature(Group::Thermal, "setpoint_deviation_mean", "°C", "mean |T − setpoint| in the soak"),
    feature(Group::Thermal, "setpoint_deviation_max", "°C", "largest |T − setpoint| in the soak"),
    feature(Group::Stability, "pressure_mean", "Pa", "mean pressure in the soak"),
    feature(
        Group::Stability,
        "pressure_std",
        "Pa",
        "standard deviation (n − 1) of the pressure in the soak",
    ),
    feature(
        Group::Stability,
        "pressure_drift",
        "Pa/min",
        "least-squares slope of the pressure in the soak",
    ),
    feature(Group::Stability, "gas_flow_o2_mean", "sccm", "mean O2 flow in the soak"),
    feature(
        Group::Stability,
        "gas_flow_o2_std",
        "sccm",
        "standard deviation (n − 1) of the O2 flow in the soak",
    ),
    feature(Group::Stability, "gas_flow_n2_mean", "sccm", "mean N2 flow in the soak"),
    feature(
        Group::Stability,
        "gas_flow_n2_std",
        "sccm",
        "standard deviation (n − 1) of the N2 flow in the soak",
    ),
    feature(
        Group::Stability,
        "alarm_count",
        "1",
        "number of times that the alarm was switched on during the run",
    ),
    feature(
        Group::Stability,
        "recovery_time",
        "s",
        "longest stay outside the soak band between entering the soak and leaving it; needs a setpoint",
    ),
    feature(
        Group::Spatial,
        "zone_balance",
        "°C",
        "mean temperature of the last zone minus that of the first, in the soak",
    ),
    feature(Group::Spatial, "boat_load_count", "1", "wafers listed in the run's boat"),
    feature(Group::Spatial, "slot_index", "1", "slot of the wafer, from 1"),
    feature(Group::Spatial, "slot_normalized", "1", "(slot − 1) / (slots − 1)"),
    feature(
        Group::Spatial,
        "neighbor_distance",
        "slots",
        "distance to the nearest other wafer in the boat",
    ),
    feature(
        Group::Historical,
        "cumulative_thermal_budget",
        "s at 1000 °C",
        "Σ ∫ exp(−Ea/k (1/T − 1/1273.15 K)) dt over the lot's runs up to this one, Ea = 3.46 eV",
    ),
    feature(Group::Historical, "steps_completed", "1", "runs of the lot before this one"),
    feature(
        Group::Historical,
        "time_since_last_process",
        "h",
        "from the end of the lot's previous run to the start of this one",
    ),
    feature(
        Group::Historical,
        "lot_age",
        "h",
        "from the creation of the lot to the start of this run",
    ),
    feature(
        Group::Historical,
        "wafer_usage_count",
        "1",
        "runs of the wafer up to and including this one",
    ),
];
