//! Judges a fit: its errors on data that it did not use, and warnings about its numbers.

use std::collections::BTreeSet;

use super::{
    Calibration, Interval, Model, PARAMETERS, Point, Predicted, Seen, Settings, Trust, calibrate,
    chi2_p_value,
};

/// Significance level of the chi2 test: with a smaller p value a fit or a wafer counts as
/// inconsistent with the model.
pub const LEAST_P: f64 = 0.01;

/// Root mean square of measured minus modelled widths over rows, in nm, and the number of rows with
/// both.
#[must_use]
pub fn rms(points: &[Point], predicted: &[Predicted], rows: &[usize]) -> (Option<f64>, usize) {
    let off = residuals(points, predicted, rows.iter().copied());
    let mean = off.iter().map(|(_, d)| d * d).sum::<f64>() / off.len().max(1) as f64;
    ((!off.is_empty()).then(|| mean.sqrt()), off.len())
}

/// Measured minus modelled widths in nm by row, for rows with both.
#[must_use]
pub fn residuals(
    points: &[Point],
    predicted: &[Predicted],
    rows: impl Iterator<Item = usize>,
) -> Vec<(usize, f64)> {
    let one = |i: usize| match (points[i].seen, predicted[i]) {
        (Seen::Width(width), Predicted::Line(cd, _)) => Some((i, width - cd)),
        _ => None,
    };
    rows.filter_map(one).collect()
}

/// The error on one pitch of a fit to all other pitches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeftOut {
    /// The pitch in nm.
    pub pitch_nm: f64,
    /// Root mean square in nm; `None` where nothing could be fitted or compared.
    pub rmse_nm: Option<f64>,
    /// Mean of modelled minus measured widths in nm.
    pub bias_nm: Option<f64>,
    /// Number of rows of the pitch with both widths.
    pub rows: usize,
}

/// The pitches of a matrix, ascending. One can be left out if there are at least two.
#[must_use]
pub fn pitches(points: &[Point]) -> Vec<f64> {
    let bits: BTreeSet<u64> = points.iter().map(|p| p.pitch_nm.to_bits()).collect();
    let mut pitches: Vec<f64> = bits.into_iter().map(f64::from_bits).collect();
    pitches.sort_by(f64::total_cmp);
    pitches
}

/// Fits every row of all other pitches, and judges by every row of this one, including outliers.
#[must_use]
pub fn leave_out(model: &Model, points: &[Point], settings: &Settings, pitch_nm: f64) -> LeftOut {
    let own = |i: &usize| points[*i].pitch_nm == pitch_nm;
    let others: Vec<usize> = (0..points.len()).filter(|i| !own(i)).collect();
    let Ok(found) = calibrate(model, points, &others, settings) else {
        return LeftOut { pitch_nm, rmse_nm: None, bias_nm: None, rows: 0 };
    };
    let rows: Vec<usize> = (0..points.len()).filter(|i| own(i)).collect();
    let predicted = model.predict(points, &found.values);
    let (rmse_nm, seen) = rms(points, &predicted, &rows);
    let off = residuals(points, &predicted, rows.into_iter());
    let sum: f64 = off.iter().map(|(_, d)| -d).sum();
    let bias_nm = rmse_nm.map(|_| sum / seen.max(1) as f64);
    LeftOut { pitch_nm, rmse_nm, bias_nm, rows: seen }
}

/// A fit with everything that is reported about it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The fit.
    pub fit: Calibration,
    /// How well the data determine its parameters.
    pub trust: Trust,
    /// 95 % intervals of the free parameters by their profiles.
    pub intervals: Vec<Interval>,
    /// Probability of a chi2 at least as large; `None` where sigmas are not known.
    pub p_value: Option<f64>,
    /// Error on the rows that were fitted, in nm.
    pub fit_rmse_nm: Option<f64>,
    /// Error on rows that were held out, in nm, and their number.
    pub held_out: (Option<f64>, usize),
    /// Errors on pitches that were left out.
    pub pitches: Vec<LeftOut>,
}

impl Judged {
    /// Judges a fit of `rows`; `held_out` are rows that the fit did not use.
    #[must_use]
    pub fn of(
        points: &[Point],
        predicted: &[Predicted],
        (rows, held_out): (&[usize], &[usize]),
        settings: &Settings,
        (fit, trust): (Calibration, Trust),
        (intervals, pitches): (Vec<Interval>, Vec<LeftOut>),
    ) -> Judged {
        let p_value =
            settings.sigma_known.then(|| chi2_p_value(fit.chi2, fit.degrees_of_freedom)).flatten();
        Judged {
            p_value,
            fit_rmse_nm: rms(points, predicted, rows).0,
            held_out: rms(points, predicted, held_out),
            intervals,
            pitches,
            trust,
            fit,
        }
    }

    /// Warnings about the numbers; `most_dropped_pct` is the share of rows that the fit was allowed
    /// to drop.
    #[must_use]
    pub fn doubts(
        &self,
        points: &[Point],
        predicted: &[Predicted],
        most_dropped_pct: f64,
    ) -> Vec<String> {
        let mut warnings = Vec::new();
        let fit = &self.fit;
        if !fit.converged {
            warnings.push("the fit did not converge".to_owned());
        }
        if let Some(p) = self.p_value.filter(|p| *p < LEAST_P) {
            let reduced = fit.chi2 / fit.degrees_of_freedom as f64;
            warnings.push(format!(
                "the model does not explain the widths: chi2 {reduced:.2} per degree of freedom, p {p:.1e}: sigmas are too small, or the optics or free parameters are not those of the fab"
            ));
        }
        if fit.outliers.len() > fit.dropped.len() {
            warnings.push(format!(
                "{} of the widths are outliers, more than {most_dropped_pct} %: none was dropped; check the residuals, or allow it with --max-dropped",
                fit.outliers.len()
            ));
        }
        for &k in &fit.at_limit {
            warnings.push(format!("{} ended on the limit of its range", PARAMETERS[k]));
        }
        for pair in &self.trust.strong {
            warnings.push(format!(
                "{} and {} can hardly be told apart: correlation {:.3}",
                pair.a, pair.b, pair.correlation
            ));
        }
        if !self.trust.weak.is_empty() {
            let direction: Vec<String> = fit
                .free
                .iter()
                .zip(&self.trust.null_direction)
                .filter(|(_, share)| share.abs() > 0.2)
                .map(|(&k, share)| format!("{share:+.2} {}", PARAMETERS[k]))
                .collect();
            warnings.push(format!(
                "{} cannot be determined from these data with the others free; the data determine {} least (each in units of its own error)",
                self.trust.weak.join(", "),
                direction.join(" ")
            ));
        }
        let unseen = (0..points.len())
            .filter(|&i| matches!(points[i].seen, Seen::Width(_)))
            .filter(|&i| predicted[i] == Predicted::Nothing)
            .count();
        if unseen > 0 {
            warnings
                .push(format!("{unseen} points with a measured width do not print in the model"));
        }
        warnings
    }
}
