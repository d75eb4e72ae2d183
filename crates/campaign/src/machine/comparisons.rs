//! The comparisons of a run that show whether trimmed models give correct results.

use libchar_engine::measure::Measure;

/// How the simulation of a point begins.
#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// It is simulated with whole and with trimmed models, to compare them.
    Compares,
    /// It waits for the comparison of another point that uses the same models.
    Waits,
}

/// The models that a simulation of a comparison used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whole ones.
    Whole,
    /// Trimmed ones.
    Trimmed,
}

/// The result of a finished comparison.
#[derive(Debug, PartialEq, Eq)]
pub struct Compared {
    /// Whether trimmed models gave the same measures, to the last digit.
    pub same: bool,
    /// The hash of the models.
    pub models: String,
    /// The points that waited.
    pub waiting: Vec<usize>,
}

/// A comparison of trimmed models with whole ones at one point.
#[derive(Debug)]
struct Comparison {
    point: usize,
    models: String,
    whole: Option<Vec<Measure>>,
    trimmed: Option<Vec<Measure>>,
    waiting: Vec<usize>,
}

/// The comparisons of a run.
#[derive(Debug, Default)]
pub struct Comparisons(Vec<Comparison>);

impl Comparisons {
    /// Begins a comparison at a point whose deck has these trimmed models, which have not been compared yet.
    pub fn begin(&mut self, point: usize, models: &str) -> Start {
        if let Some(comparison) = self.0.iter_mut().find(|c| c.models == models) {
            comparison.waiting.push(point);
            return Start::Waits;
        }
        let models = models.to_owned();
        let (whole, trimmed, waiting) = (None, None, Vec::new());
        self.0.push(Comparison { point, models, whole, trimmed, waiting });
        Start::Compares
    }

    /// Whether a comparison is in progress.
    pub fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether a comparison is in progress at a point.
    pub fn is_at(&self, point: usize) -> bool {
        self.0.iter().any(|comparison| comparison.point == point)
    }

    /// Takes the measures of one side of a comparison, or `None` if the simulation was lost. When both sides are there,
    /// the comparison is finished.
    pub fn take(&mut self, point: usize, side: Side, measures: Vec<Measure>) -> Option<Compared> {
        let place = self.0.iter().position(|comparison| comparison.point == point)?;
        let comparison = &mut self.0[place];
        match side {
            Side::Trimmed => comparison.trimmed = Some(measures),
            Side::Whole => comparison.whole = Some(measures),
        }
        let (Some(whole), Some(trimmed)) = (&comparison.whole, &comparison.trimmed) else {
            return None;
        };
        let digits = |row: &Measure| (row.name.clone(), row.value.map(f64::to_bits), row.status);
        let same = !whole.is_empty() && whole.iter().map(digits).eq(trimmed.iter().map(digits));
        let Comparison { models, waiting, .. } = self.0.swap_remove(place);
        Some(Compared { same, models, waiting })
    }

    /// Removes all comparisons: nothing more is simulated.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
