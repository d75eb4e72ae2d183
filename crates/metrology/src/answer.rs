//! The result of a method: numbers with their uncertainty, words, curves and warnings; or the
//! reason why there is none.

use std::fmt;

/// One number of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its name, unit included.
    pub name: String,
    /// The estimate.
    pub y: f64,
    /// Standard uncertainty from the fit or the scatter of the data, without the part from the
    /// setup; `None` if unknown.
    pub u: Option<f64>,
    /// Degrees of freedom of `u`.
    pub dof: f64,
}

/// A curve of a result, such as a corrected capacitance or a power spectral density.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it is, unit included.
    pub name: String,
    /// Its values.
    pub values: Vec<f64>,
}

/// A chart to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Title of the horizontal axis, with its unit.
    pub x: String,
    /// Title of the vertical axis, with its unit.
    pub y: String,
    /// Measured points.
    pub data: Vec<(f64, f64)>,
    /// The fitted curve at the same abscissae; empty if there is none.
    pub fit: Vec<(f64, f64)>,
}

impl Plot {
    /// Data minus fit, at the abscissae that both have.
    pub fn residuals(&self) -> Vec<(f64, f64)> {
        let pairs = || self.data.iter().zip(&self.fit);
        // Abscissae may repeat, for example for several angles, so points are first compared in
        // order.
        if self.data.len() == self.fit.len() && pairs().all(|(data, fit)| data.0 == fit.0) {
            return pairs().map(|((x, y), (_, fit))| (*x, y - fit)).collect();
        }
        let mut fit = self.fit.clone();
        fit.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |(x, y): &(f64, f64)| {
            let found = fit.binary_search_by(|p| p.0.total_cmp(x)).ok()?;
            Some((*x, y - fit[found].1))
        };
        self.data.iter().filter_map(at).collect()
    }
}

/// One quantity over a wafer.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Name of the quantity, unit included.
    pub quantity: &'static str,
    /// x and y of each site in mm from the centre, and the value there.
    pub sites: Vec<[f64; 3]>,
    /// Diameter of the wafer in mm, if the setup states it.
    pub diameter_mm: Option<f64>,
}

impl Map {
    /// A map of the sites whose position is known; `None` if there are fewer than three of them.
    pub fn of(sites: &[(crate::job::Job, Answer)], quantity: &'static str) -> Option<Map> {
        let place = |(job, answer): &(crate::job::Job, Answer)| {
            Some([job.opt("x")?, job.opt("y")?, answer.get(quantity)?])
        };
        let diameter_mm = sites.first().and_then(|(job, _)| job.opt("diameter"));
        let sites: Vec<[f64; 3]> = sites.iter().filter_map(place).collect();
        (sites.len() > 2).then_some(Map { quantity, sites, diameter_mm })
    }
}

/// A result.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The numbers in the order of the method's outputs.
    pub numbers: Vec<Number>,
    /// Words, such as a conduction type.
    pub words: Vec<(&'static str, String)>,
    /// Curves.
    pub curves: Vec<Curve>,
    /// Correlation of fitted parameters.
    pub correlations: Vec<(String, String, f64)>,
    /// Warnings that a reader must know before using the result.
    pub warnings: Vec<String>,
    /// The model or procedure that was used, for a method that has several.
    pub model: String,
    /// Charts to draw.
    pub plots: Vec<Plot>,
    /// A map, in the summary of all sites.
    pub map: Option<Map>,
    /// The budget of the first number, if the method computed it itself.
    pub budget: Option<crate::gum::Budget>,
}

impl Answer {
    /// Adds a number.
    pub fn number(&mut self, name: impl Into<String>, y: f64) -> &mut Self {
        self.numbers.push(Number { name: name.into(), y, u: None, dof: f64::INFINITY });
        self
    }

    /// Adds a number with its standard uncertainty.
    pub fn uncertain(&mut self, name: impl Into<String>, y: f64, u: f64, dof: f64) -> &mut Self {
        self.numbers.push(Number { name: name.into(), y, u: Some(u), dof });
        self
    }

    /// Adds a number, with its standard uncertainty if that is known and finite.
    pub fn value(
        &mut self,
        name: impl Into<String>,
        y: f64,
        u: impl Into<Option<f64>>,
        dof: f64,
    ) -> &mut Self {
        match u.into().filter(|u| u.is_finite()) {
            Some(u) => self.uncertain(name, y, u, dof),
            None => self.number(name, y),
        }
    }

    /// Adds a word.
    pub fn word(&mut self, name: &'static str, word: impl Into<String>) -> &mut Self {
        self.words.push((name, word.into()));
        self
    }

    /// Adds a curve.
    pub fn curve(&mut self, name: impl Into<String>, values: Vec<f64>) -> &mut Self {
        self.curves.push(Curve { name: name.into(), values });
        self
    }

    /// Adds a warning.
    pub fn warn(&mut self, warning: impl Into<String>) -> &mut Self {
        self.warnings.push(warning.into());
        self
    }

    /// The estimate of the number called `name`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.numbers.iter().find(|n| n.name == name).map(|n| n.y)
    }
}

/// The reason why a method gives no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason: a sentence without a full stop.
    pub reason: String,
    /// Whether the fault lies in the setup rather than in the data.
    pub misuse: bool,
}

impl Refusal {
    /// A refusal because of the data.
    pub fn new(reason: impl Into<String>) -> Refusal {
        Refusal { reason: reason.into(), misuse: false }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Refusal {}

/// Returns a refusal because of the data.
pub fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(reason))
}

/// Returns a refusal because of the setup.
pub fn misuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { reason: reason.into(), misuse: true })
}
