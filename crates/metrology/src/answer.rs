//! What a method says: numbers with their uncertainty, words, curves, warnings; or why there is no result.

use std::fmt;

/// One number of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its name, unit included.
    pub name: String,
    /// The estimate.
    pub y: f64,
    /// Standard uncertainty from the fit or the scatter of the data, before that of the setup; none if unknown.
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

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Titles of the axes with units.
    pub x: String,
    /// Title of the other axis.
    pub y: String,
    /// Measured points.
    pub data: Vec<(f64, f64)>,
    /// The fitted curve at the same abscissae; empty if there is none.
    pub fit: Vec<(f64, f64)>,
}

impl Plot {
    /// Data less fit at the abscissae that both have.
    pub fn residuals(&self) -> Vec<(f64, f64)> {
        let pairs = || self.data.iter().zip(&self.fit);
        // Abscissae may repeat, as those of several angles do.
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
    /// Diameter of the wafer in mm, where the setup tells it.
    pub diameter_mm: Option<f64>,
}

impl Map {
    /// The sites whose place is known; none where there are fewer than three of them.
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
    /// What a reader must know before using the result.
    pub warnings: Vec<String>,
    /// The model or procedure that was used, where the method has several.
    pub model: String,
    /// What to draw.
    pub plots: Vec<Plot>,
    /// A map of all sites, in what they give together.
    pub map: Option<Map>,
    /// The budget of the first number, where the method made its own.
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

    /// Adds a number with its standard uncertainty where one is known and finite.
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

    /// The value of a number.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.numbers.iter().find(|n| n.name == name).map(|n| n.y)
    }
}

/// Why there is no result; no number stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, a sentence without its full stop.
    pub reason: String,
    /// Whether the setup is at fault rather than the data.
    pub misuse: bool,
}

impl Refusal {
    /// The data give no result.
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

/// The data give no result, for this reason.
pub fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(reason))
}

/// The setup is wrong, for this reason.
pub fn misuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { reason: reason.into(), misuse: true })
}
