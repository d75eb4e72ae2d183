//! Compares the matrix of a new wafer with a known process: what changed, and whether the process
//! still predicts its widths.

use super::matrix::Matrix;
use super::process_file::ProcessFile;
use libchar_core::told::Kept;
use libchar_core::{Frame, Refused};
use libchar_litho::fem::{self, Model, PARAMETERS, Predicted, Settings, Values};

/// Number of standard errors from which on a change of dose or focus counts.
const MOST_ERRORS: f64 = 3.0;

/// Indices of the two parameters that drift with a tool: dose (through the threshold) and focus.
const MOVING: [usize; 2] = [0, 2];

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The parameter or figure.
    pub what: &'static str,
    /// Value of the wafer.
    pub found: f64,
    /// Value of the process.
    pub expected: Option<f64>,
    /// Standard error of the difference.
    pub error: Option<f64>,
    /// Whether the wafer differs here.
    pub differs: bool,
}

/// A wafer compared with a process.
pub struct Checked {
    /// The comparisons: dose, focus, chi2 per row, and the root mean square of the residuals in nm.
    pub lines: Vec<Line>,
    /// The process's prediction for every point.
    pub predicted: Vec<Predicted>,
    /// Number of measured widths.
    pub widths: usize,
}

impl Checked {
    /// Compares a wafer with a process. Dose and focus are fitted, all other parameters fixed, and
    /// at most `max_dropped` percent of the widths are dropped as outliers.
    ///
    /// # Errors
    /// A matrix without a width that the process prints, and one to which dose and focus cannot be
    /// fitted.
    pub fn of(
        matrix: &Matrix,
        model: &Model,
        file: &ProcessFile,
        max_dropped: f64,
    ) -> Result<Checked, Refused> {
        let values = Values::from(&file.process);
        let all: Vec<usize> = (0..matrix.points.len()).collect();
        let predicted = model.predict(&matrix.points, &values);
        let off: Vec<f64> = fem::residuals(&matrix.points, &predicted, 0..matrix.points.len())
            .into_iter()
            .map(|(i, off)| off / matrix.points[i].sigma_nm)
            .collect();
        if off.is_empty() {
            let file = &matrix.table.file;
            return Err(Refused::Usage(format!(
                "{file}: no measured width that the process prints"
            )));
        }
        let chi2: f64 = off.iter().map(|r| r * r).sum();
        let (rmse, widths) = fem::rms(&matrix.points, &predicted, &all);
        let settings = Settings {
            free: MOVING.to_vec(),
            fixed: values,
            most_dropped: max_dropped / 100.0,
            sigma_known: matrix.sigma_known,
        };
        let moved = fem::calibrate(model, &matrix.points, &all, &settings)
            .map_err(|why| Refused::Usage(format!("{}: {why}", matrix.table.file)))?;
        let trust = fem::identifiability(&moved);
        let p_value = matrix.sigma_known.then(|| fem::chi2_p_value(chi2, off.len())).flatten();
        let known = |k: usize| file.standard_errors.get(PARAMETERS[k]).copied().unwrap_or(0.0);
        let mut lines: Vec<Line> = MOVING
            .into_iter()
            .zip(trust.standard_errors)
            .map(|(k, own)| {
                let (found, expected) = (moved.values[k], values[k]);
                let error = own.map(|e| e.hypot(known(k)));
                let differs = error.is_some_and(|e| ((found - expected) / e).abs() > MOST_ERRORS);
                Line { what: PARAMETERS[k], found, expected: Some(expected), error, differs }
            })
            .collect();
        lines.push(Line {
            what: "chi2_per_row",
            found: chi2 / off.len() as f64,
            expected: matrix.sigma_known.then_some(1.0),
            error: None,
            differs: p_value.is_some_and(|p| p < fem::LEAST_P),
        });
        let found = rmse.unwrap_or(f64::NAN);
        lines.push(Line { what: "rmse_nm", found, expected: None, error: None, differs: false });
        Ok(Checked { lines, predicted, widths })
    }

    /// Number of comparisons in which the wafer differs.
    pub fn findings(&self) -> usize {
        self.lines.iter().filter(|line| line.differs).count()
    }

    /// One row per comparison; `deviation` is in standard errors.
    pub fn frame(&self) -> Frame {
        Frame::of(
            "libchar.litho-calibrate-check",
            1,
            &self.lines,
            &[
                ("what", |l| l.what.into()),
                ("found", |l| l.found.into()),
                ("expected", |l| l.expected.into()),
                ("error", |l| l.error.into()),
                ("deviation", |l| l.expected.zip(l.error).map(|(x, e)| (l.found - x) / e).into()),
                ("differs", |l| l.differs.into()),
            ],
        )
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Vec<Kept> {
        [("chi2_per_row", None), ("focus_offset_nm", Some("nm")), ("e0_mj_cm2", Some("mJ/cm2"))]
            .into_iter()
            .filter_map(|(what, unit)| {
                let line = self.lines.iter().find(|line| line.what == what)?;
                Some(Kept::of(what, line.found).in_unit(unit))
            })
            .collect()
    }

    /// The verdict as a sentence; `name` is the fab's name for the process.
    pub fn sentence(&self, name: Option<&str>) -> String {
        let verdict = if self.findings() > 0 { "differs from" } else { "agrees with" };
        let name = name.unwrap_or("the process");
        format!("the wafer ({} widths) {verdict} {name}", self.widths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::calibration::Asked;
    use crate::litho::{matrix, process_file};
    use libchar_core::input::Source;

    const FAB: &str = "[process]\ne0_mj_cm2 = 10\nblur_nm = 12\nfocus_offset_nm = 0\ndose_offset_mj_cm2 = 0\nmask_bias_nm = 0\nflare = 0\nfocus_tilt_nm = 0\n\
        [optics]\nwavelength_nm = 193\nna = 0.75\nsigma = 0.6\n";

    fn source(name: &str, text: String) -> Source {
        Source { name: name.to_owned(), bytes: text.into_bytes() }
    }

    /// A wafer whose widths are those of the process at a dose that is `turned` times as high.
    fn checked(turned: f64) -> Checked {
        let file = process_file::read(&source("fab.toml", FAB.to_owned())).unwrap();
        let mut text = "pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,cd_nm,sigma_nm\n".to_owned();
        let places: Vec<(f64, f64)> = [28.0, 30.0, 32.0, 34.0]
            .into_iter()
            .flat_map(|dose| [-120.0, -60.0, 0.0, 60.0, 120.0].map(|focus| (dose, focus)))
            .collect();
        for (dose, focus) in &places {
            text.push_str(&format!("260,130,{},{focus},130,0.5\n", dose * turned));
        }
        let asked = Asked { set: &[], free: &[], fix: &[], max_dropped: 2.0, name: None };
        let model = |text: &str| {
            let matrix = matrix::read(&source("w.csv", text.to_owned()), false).unwrap();
            let template = asked.template(&matrix, Some(&file)).unwrap();
            (asked.model(&template, &matrix).unwrap(), matrix)
        };
        let (truth, matrix) = model(&text);
        let widths = truth.predict(&matrix.points, &Values::from(&file.process));
        let mut wafer = "pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,cd_nm,sigma_nm\n".to_owned();
        for ((dose, focus), width) in places.iter().zip(&widths) {
            let Predicted::Line(cd, _) = width else { panic!("{dose} {focus} prints a line") };
            wafer.push_str(&format!("260,130,{dose},{focus},{cd},0.5\n"));
        }
        let (own, matrix) = model(&wafer);
        Checked::of(&matrix, &own, &file, 2.0).unwrap()
    }

    #[test]
    fn the_wafer_of_the_process_agrees_with_it() {
        let found = checked(1.0);
        assert_eq!((found.findings(), found.widths), (0, 20));
        assert!((found.lines[0].found - 10.0).abs() < 1e-3, "{:?}", found.lines);
        assert_eq!(found.sentence(Some("fab")), "the wafer (20 widths) agrees with fab");
        assert_eq!(
            found.kept().iter().map(|k| k.unit).collect::<Vec<_>>(),
            [None, Some("nm"), Some("mJ/cm2")]
        );
    }

    /// A dose that is 5 % higher gives the same widths as a resist that needs 5 % less dose.
    #[test]
    fn a_dose_that_moved_is_found_by_its_size() {
        let found = checked(1.05);
        assert!(found.lines[0].differs && found.findings() >= 1);
        assert!((found.lines[0].found - 10.0 / 1.05).abs() < 0.02, "{:?}", found.lines[0]);
        assert!(!found.lines[1].differs, "{:?}", found.lines[1]);
        assert!(found.sentence(None).ends_with("differs from the process"));
    }
}
