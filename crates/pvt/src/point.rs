//! One PVT point: a corner, an extraction, a temperature and a supply.

use crate::temperature;

/// The voltages of one supply group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supply {
    /// Core-side supply in volts: `vccn`, `vccn2` or `vccn3` of a template.
    pub vccn_v: f64,
    /// Transmitter-side supply in volts: `vcctx`, `vcctx2` or `vcctx3`.
    pub vcctx_v: f64,
}

/// A value of an axis of `table_sweep.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// Name of the axis: `cload`.
    pub name: String,
    /// The value's name in the point's folder: `5f`.
    pub label: String,
    /// The value, in SI units.
    pub value: f64,
}

/// One point of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The point's id and its folder below the domain: `<corner>/<extraction>/<extraction>_<temp>/<supply>`,
    /// such as `TT/typical/typical_m40/v1min`; each swept axis adds a level: `.../v1min/cload_5f`.
    pub id: String,
    /// Process corner.
    pub corner: String,
    /// Parasitic extraction.
    pub extraction: String,
    /// Simulated temperature in degrees Celsius.
    pub temp_c: f64,
    /// Name of the supply; the names of crossed groups are joined: `v1min_v2max`.
    pub supply: String,
    /// Section of the model library: the corner's own or its substitute.
    pub section: String,
    /// Voltages of the swept groups, from v1: 1 to 3.
    pub supplies: Vec<Supply>,
    /// Values of the swept axes, in the order of the folders; none where nothing is swept.
    pub sweep: Vec<Swept>,
    /// The deck, relative to the domain: the template's file name in the point's folder.
    pub deck: String,
    /// SHA-256 of the deck, lower-case hexadecimal.
    pub deck_sha256: String,
}

/// The id of a point, which is its folder.
pub fn id(corner: &str, extraction: &str, temp_c: f64, supply: &str, sweep: &[Swept]) -> String {
    let temp = temperature::label(temp_c);
    let mut id = format!("{corner}/{extraction}/{extraction}_{temp}/{supply}");
    for swept in sweep {
        id.push('/');
        id.push_str(&swept.folder());
    }
    id
}

impl Swept {
    /// The folder of the value: `cload_5f`.
    pub fn folder(&self) -> String {
        format!("{}_{}", self.name, self.label)
    }
}

impl Point {
    /// The deck's file name, the template's.
    pub fn deck_name(&self) -> &str {
        self.deck.rsplit('/').next().unwrap_or(&self.deck)
    }
}
