//! Forecasts every past run from the runs before it.

use super::{MOST_FITTED, Settings, half_widths};
use libchar_learn::LearnError;
use libchar_learn::series::{self, Fitted, Method, Spread, Track};

/// Number of times that parameters are fitted.
const FITS: usize = 40;

/// The performance of a method on the past.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The method.
    pub method: Method,
    /// Its parameters at the last fit.
    pub setting: String,
    /// Errors one run ahead.
    pub errors: Vec<f64>,
    /// Mean squared error h runs ahead; `None` where no run lies so far ahead.
    pub mse: Vec<Option<f64>>,
    /// Share of the values inside their interval h runs ahead.
    pub coverage: Vec<Option<f64>>,
    /// Mean width of the interval one run ahead.
    pub width: f64,
}

impl Tried {
    /// Root mean square error one run ahead.
    pub fn rmse(&self) -> f64 {
        self.mse.first().copied().flatten().unwrap_or(0.0).sqrt()
    }

    /// Mean absolute error one run ahead.
    pub fn mae(&self) -> f64 {
        self.errors.iter().map(|e| e.abs()).sum::<f64>() / self.errors.len().max(1) as f64
    }
}

/// Forecasts every run from `settings.train` on.
pub(super) fn roll(method: Method, y: &[f64], settings: &Settings) -> Result<Tried, LearnError> {
    let origins = y.len() - settings.train;
    let stride = origins.div_ceil(FITS);
    let runs = settings.runs;
    let (mut squares, mut inside, mut counts) =
        (vec![0.0; runs], vec![0usize; runs], vec![0usize; runs]);
    let mut errors = Vec::with_capacity(origins);
    let (mut width, mut setting) = (0.0, String::new());
    for first in (settings.train..y.len()).step_by(stride) {
        let from = first.saturating_sub(MOST_FITTED);
        let fitted = series::fit(method, &y[from..first])?;
        setting = fitted.setting();
        let widths = half_widths(&fitted, &Spread::of(&fitted, &y[from..first]), settings);
        let mut track = follow(&fitted, &y[from..first]);
        for now in first..(first + stride).min(y.len()) {
            for (h, expected) in track.ahead(runs.min(y.len() - now)).into_iter().enumerate() {
                let error = y[now + h] - expected;
                squares[h] += error * error;
                inside[h] += usize::from(error.abs() <= widths[h]);
                counts[h] += 1;
                if h == 0 {
                    errors.push(error);
                    width += 2.0 * widths[0];
                }
            }
            track.learn(y[now]);
        }
    }
    let share = |sum: f64, count: usize| (count > 0).then(|| sum / count as f64);
    Ok(Tried {
        method,
        setting,
        width: width / origins as f64,
        errors,
        mse: squares.iter().zip(&counts).map(|(sum, n)| share(*sum, *n)).collect(),
        coverage: inside.iter().zip(&counts).map(|(sum, n)| share(*sum as f64, *n)).collect(),
    })
}

fn follow<'a>(fitted: &'a Fitted, y: &[f64]) -> Track<'a> {
    let mut track = Track::new(fitted, y.first().copied().unwrap_or(0.0));
    y.iter().for_each(|y| track.learn(*y));
    track
}
