//! Calibration of a process: free and fixed parameters, the optics, and the fit.

use super::job_table;
use super::matrix::Matrix;
use super::process_file::ProcessFile;
use libchar_core::{Fault, Faults, Refused};
use libchar_litho::JobParameters;
use libchar_litho::fem::{self, Judged, Model, PARAMETERS, Predicted, Settings, Values};
use libchar_litho::process::Process;
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Options of a calibration.
pub struct Asked<'a> {
    /// Fields of the optics.
    pub set: &'a [(String, String)],
    /// Parameters to fit; `all`, or empty for the usual ones.
    pub free: &'a [String],
    /// Parameters with a fixed value.
    pub fix: &'a [(String, String)],
    /// Largest share of the measured widths that may be dropped as outliers, in percent.
    pub max_dropped: f64,
    /// The fab's name for the process.
    pub name: Option<&'a str>,
}

/// A fit with its judgement.
pub struct Fitted {
    /// The fit, and how far it can be trusted.
    pub judged: Judged,
    /// The model's prediction for every point.
    pub predicted: Vec<Predicted>,
    /// Reasons not to trust it, one sentence each.
    pub doubts: Vec<String>,
    /// The process as it is written to a file.
    pub file: ProcessFile,
}

impl Asked<'_> {
    /// The optics of the first point: those of a process file, with the fields that are set
    /// replaced.
    ///
    /// # Errors
    /// Fields that the matrix contains or the fit determines, and optics that are not valid.
    pub fn template(
        &self,
        matrix: &Matrix,
        known: Option<&ProcessFile>,
    ) -> Result<JobParameters, Faults> {
        let first = &matrix.points[0];
        let mut set: Vec<(String, String)> = Vec::new();
        for (name, value) in known.iter().flat_map(|file| &file.optics) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            set.push((name.clone(), text));
        }
        set.extend(self.set.iter().cloned());
        let own =
            ["pitch_nm", "cd_nm", "dose_mj_cm2", "defocus_nm", "threshold", "blur_nm", "flare"];
        for (name, _) in self.set {
            if own.contains(&name.as_str()) {
                let fault =
                    Fault::of("--set", format!("`{name}` is the matrix's or is to be found"));
                return Err(fault.expected("a field of the optics or the mask").into());
            }
        }
        set.push(("pitch_nm".to_owned(), first.pitch_nm.to_string()));
        set.push(("cd_nm".to_owned(), first.target_cd_nm.to_string()));
        let jobs = job_table::from_fields(&set)?;
        Ok(jobs[0].job.parameters.clone())
    }

    /// The model of the matrix's points with these optics.
    ///
    /// # Errors
    /// Points that are not valid, with their place in the matrix.
    pub fn model(&self, template: &JobParameters, matrix: &Matrix) -> Result<Model, Faults> {
        Model::new(template, &matrix.points).map_err(|(row, faults)| {
            let describe = |f: libchar_litho::JobFault| {
                let name = if f.field == "cd_nm" { "target_cd_nm" } else { &f.field };
                let found = format!("`{}`: {}", f.field, f.found);
                let fault = match matrix.table.find_column(name) {
                    Some(column) => matrix.table.fault(row, column, found),
                    None => Fault::of("--set", found),
                };
                fault.expected(f.expected)
            };
            Faults::or((), faults.into_iter().map(describe).collect()).err().unwrap_or_else(|| {
                Fault::of(&matrix.table.file, "the optics cannot be computed").into()
            })
        })
    }

    /// The free and the fixed parameters.
    ///
    /// # Errors
    /// Names that are not parameters, and choices that contradict each other or the data.
    pub fn settings(&self, matrix: &Matrix) -> Result<Settings, Refused> {
        let mut faults = Vec::new();
        let mut index = |option: &str, name: &str| {
            let found = PARAMETERS.iter().position(|p| *p == name);
            if found.is_none() {
                let fault = Fault::of(option, format!("unknown parameter `{name}`"));
                faults.push(fault.one_of(name, PARAMETERS));
            }
            found
        };
        let sites: BTreeSet<u64> = matrix.points.iter().map(|p| p.site_x.to_bits()).collect();
        let has_sites = sites.len() > 1;
        let mut free: Vec<usize> = match self.free {
            [] => (0..3).chain(has_sites.then_some(6)).collect(),
            [all] if all == "all" => (0..6).chain(has_sites.then_some(6)).collect(),
            names => names.iter().filter_map(|name| index("--free", name)).collect(),
        };
        free.sort_unstable();
        free.dedup();
        let mut fixed: Values = [0.0; PARAMETERS.len()];
        for (name, text) in self.fix {
            let Some(k) = index("--fix", name) else { continue };
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => fixed[k] = value,
                _ => {
                    let message = format!("--fix {name}={text}: not a finite number");
                    return Err(Refused::Usage(message));
                }
            }
            if self.free.contains(name) {
                let message = format!("--fix {name}: it is named by --free too");
                return Err(Refused::Usage(message));
            }
            free.retain(|f| *f != k);
        }
        Faults::or((), faults)?;
        if !free.contains(&0) && fixed[0] <= 0.0 {
            return Err(Refused::usage("e0_mj_cm2 is neither free nor fixed at a positive dose"));
        }
        if free.contains(&6) && !has_sites {
            return Err(Refused::usage("a tilt of focus needs a column site_x that varies"));
        }
        let most_dropped = self.max_dropped / 100.0;
        Ok(Settings { free, fixed, most_dropped, sigma_known: matrix.sigma_known })
    }

    /// Fits the process and judges the fit: intervals, held-out rows and left-out pitches.
    ///
    /// # Errors
    /// As [`Asked::settings`]; data that do not determine the parameters.
    pub fn fit(
        &self,
        matrix: &Matrix,
        model: &Model,
        template: &JobParameters,
    ) -> Result<Fitted, Refused> {
        let settings = self.settings(matrix)?;
        let found = fem::calibrate(model, &matrix.points, &matrix.fit, &settings)
            .map_err(|why| Refused::Usage(format!("{}: {why}", matrix.table.file)))?;
        let trust = fem::identifiability(&found);
        let rows: BTreeSet<usize> =
            matrix.fit.iter().copied().filter(|i| !found.dropped.contains(i)).collect();
        let intervals = found
            .free
            .par_iter()
            .map(|&k| fem::profile(model, &matrix.points, &rows, &found, k))
            .collect();
        let predicted = model.predict(&matrix.points, &found.values);
        let kept: Vec<usize> = rows.into_iter().collect();
        let left_out = match fem::pitches(&matrix.points) {
            few if few.len() < 2 => Vec::new(),
            pitches => pitches
                .par_iter()
                .map(|p| fem::leave_out(model, &matrix.points, &settings, *p))
                .collect(),
        };
        let rows = (kept.as_slice(), matrix.held_out.as_slice());
        let both = (intervals, left_out);
        let judged = Judged::of(&matrix.points, &predicted, rows, &settings, (found, trust), both);
        let doubts = judged.doubts(&matrix.points, &predicted, self.max_dropped);
        let file = self.process_file(&judged, template)?;
        Ok(Fitted { judged, predicted, doubts, file })
    }

    fn process_file(&self, j: &Judged, template: &JobParameters) -> Result<ProcessFile, Refused> {
        let errors = j
            .fit
            .free
            .iter()
            .zip(&j.trust.standard_errors)
            .filter_map(|(&k, error)| Some((PARAMETERS[k].to_owned(), (*error)?)))
            .collect();
        let mut optics = Map::new();
        if let Value::Object(fields) = serde_json::to_value(template).unwrap_or_default() {
            let is_own = |name: &str| {
                [
                    "pitch_nm",
                    "cd_nm",
                    "mask_bias_nm",
                    "blur_nm",
                    "resist_thickness_nm",
                    "defocus_nm",
                ]
                .contains(&name)
            };
            let given = |name: &str| self.set.iter().any(|(set, _)| set == name);
            optics.extend(fields.into_iter().filter(|(name, _)| !is_own(name) || given(name)));
        }
        Ok(ProcessFile {
            name: self.name.map(str::to_owned),
            process: Process::from(j.fit.values),
            standard_errors: errors,
            optics: toml::Table::try_from(optics).map_err(|e| Refused::Usage(e.to_string()))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::calibrated::picture;
    use crate::litho::matrix;
    use libchar_core::input::Source;
    use serde_json::json;

    /// The noiseless widths of a process with 10 mJ/cm2 and 12 nm of blur.
    fn made(sites: &str) -> Matrix {
        let set = optics();
        let fields: Vec<(String, String)> = set
            .iter()
            .cloned()
            .chain([
                ("pitch_nm".to_owned(), "260".to_owned()),
                ("cd_nm".to_owned(), "130".to_owned()),
            ])
            .collect();
        let template = job_table::from_fields(&fields).unwrap()[0].job.parameters.clone();
        let (mut rows, mut csv) = (String::new(), String::new());
        for pitch in [260, 390] {
            for dose in ["24", "27", "30", "33"] {
                for focus in ["-150", "-75", "0", "75", "150"] {
                    for site in sites.split(',') {
                        rows += &format!("{pitch},130,{dose},{focus},{site},\n");
                    }
                }
            }
        }
        let head = "pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,site_x,cd_nm\n";
        let read = |text: String| {
            matrix::read(&Source { name: "fem.csv".to_owned(), bytes: text.into_bytes() }, false)
        };
        let empty = read(format!("{head}{}", rows.replace(",\n", ",130\n"))).unwrap();
        let model = Model::new(&template, &empty.points).unwrap();
        let values = [10.0, 12.0, 20.0, 0.0, 0.0, 0.0, 0.0];
        let printed = model.predict(&empty.points, &values);
        for (row, width) in rows.lines().zip(&printed) {
            let text = match width {
                Predicted::Line(cd, _) => cd.to_string(),
                Predicted::Nothing => String::new(),
            };
            csv += &format!("{row}{text}\n");
        }
        read(format!("{head}{csv}")).unwrap()
    }

    fn optics() -> Vec<(String, String)> {
        [("wavelength_nm", "193"), ("na", "0.75"), ("sigma", "0.6")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    fn asked<'a>(
        set: &'a [(String, String)],
        free: &'a [String],
        fix: &'a [(String, String)],
    ) -> Asked<'a> {
        Asked { set, free, fix, max_dropped: 2.0, name: Some("fab") }
    }

    #[test]
    fn a_fit_finds_the_process_that_printed_the_matrix() {
        let (matrix, set) = (made("0"), optics());
        let asked = asked(&set, &[], &[]);
        let template = asked.template(&matrix, None).unwrap();
        let model = asked.model(&template, &matrix).unwrap();
        let found = asked.fit(&matrix, &model, &template).unwrap();
        let values = found.judged.fit.values;
        assert!((values[0] - 10.0).abs() < 0.01 && (values[1] - 12.0).abs() < 0.1, "{values:?}");
        assert!((values[2] - 20.0).abs() < 0.5, "{values:?}");
        assert_eq!(
            (found.file.name.as_deref(), found.frame().len()),
            (Some("fab"), PARAMETERS.len())
        );
        // The process file contains the optics, but not the fields that vary in the matrix.
        assert!(found.file.optics.contains_key("na") && !found.file.optics.contains_key("cd_nm"));
        let document = found.document(&matrix);
        assert_eq!(document["rows"], json!(matrix.points.len()));
        assert_eq!(document["parameters"][0]["value"].as_f64(), Some(values[0]));
        let kept = found.kept();
        assert_eq!((kept[0].measure.as_str(), kept[0].value), ("e0_mj_cm2", Some(values[0])));
        assert_eq!(kept.last().map(|k| k.measure.as_str()), Some("held_out_rmse_nm"));
        assert_eq!(found.left_out(&matrix), None);
        assert!(found.sentence().starts_with("chi2 "), "{}", found.sentence());
        assert!(picture(&matrix, &found.predicted).contains("against dose (mJ/cm2)"));
    }

    #[test]
    fn what_is_free_follows_the_data_and_contradictions_are_refused() {
        let (one, two, set) = (made("0"), made("-1,1"), optics());
        let owned = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let of = |matrix: &Matrix, free: &[&str], fix: &[(&str, &str)]| {
            let fix: Vec<(String, String)> =
                fix.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            let settings = asked(&set, &owned(free), &fix).settings(matrix);
            settings.map(|s| (s.free, s.fixed)).map_err(|refused| refused.to_string())
        };
        assert_eq!(of(&one, &[], &[]).unwrap().0, [0, 1, 2]);
        assert_eq!(of(&two, &[], &[]).unwrap().0, [0, 1, 2, 6]);
        assert_eq!(of(&one, &["all"], &[]).unwrap().0, [0, 1, 2, 3, 4, 5]);
        let (free, fixed) = of(&one, &[], &[("blur_nm", "14")]).unwrap();
        assert_eq!((free, fixed[1]), (vec![0, 2], 14.0));
        for (free, fix, words) in [
            (vec!["blur_nm"], vec![("blur_nm", "14")], "--fix blur_nm: it is named by --free too"),
            (vec![], vec![("blur_nm", "x")], "--fix blur_nm=x: not a finite number"),
            (vec!["blurr"], vec![], "did you mean `blur_nm`?"),
            (vec!["blur_nm"], vec![], "e0_mj_cm2 is neither free nor fixed"),
            (vec!["e0_mj_cm2", "focus_tilt_nm"], vec![], "a tilt of focus needs a column site_x"),
        ] {
            let told = of(&one, &free, &fix).unwrap_err();
            assert!(told.contains(words), "{told}");
        }
    }

    #[test]
    fn what_the_matrix_has_is_not_set() {
        let set = [("pitch_nm".to_owned(), "300".to_owned())];
        let told = asked(&set, &[], &[]).template(&made("0"), None).unwrap_err().to_string();
        assert!(told.contains("`pitch_nm` is the matrix's or is to be found"), "{told}");
    }
}
