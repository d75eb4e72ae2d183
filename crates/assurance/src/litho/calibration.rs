//! Calibration of a process: what is free and fixed, with which optics, and how the fit is written.

use super::job_table;
use super::matrix::Matrix;
use super::process_file::ProcessFile;
use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_core::{Fault, Faults, Frame, Refused};
use libchar_litho::JobParameters;
use libchar_litho::fem::{self, Judged, Model, PARAMETERS, Predicted, Settings, Values};
use libchar_litho::process::Process;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What is asked.
pub struct Asked<'a> {
    /// Fields of the optics.
    pub set: &'a [(String, String)],
    /// Parameters to fit; `all`, or none for the usual ones.
    pub free: &'a [String],
    /// Parameters held at a value.
    pub fix: &'a [(String, String)],
    /// Most rows that may be dropped as outliers, in percent of the measured widths.
    pub max_dropped: f64,
    /// What the fab calls the process.
    pub name: Option<&'a str>,
}

/// A fit, judged.
pub struct Fitted {
    /// What was found, and how far it can be trusted.
    pub judged: Judged,
    /// What the model says of every point.
    pub predicted: Vec<Predicted>,
    /// Why it is not to be trusted, one sentence each.
    pub doubts: Vec<String>,
    /// The process as it stands in a file.
    pub file: ProcessFile,
}

impl Asked<'_> {
    /// The optics of the first point; those of a process file unless they are set anew.
    ///
    /// # Errors
    /// Fields that the matrix has or the fit finds, and optics that cannot be.
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

    /// The model of the matrix's points in these optics.
    ///
    /// # Errors
    /// Points that cannot be, at their place in the matrix.
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

    /// What is free and what is fixed.
    ///
    /// # Errors
    /// Names of no parameter, and choices that contradict each other or the data.
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
                let message = format!("--fix {name}: --free wants it found");
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

    /// Fits the process and judges the fit: intervals, rows and pitches held out.
    ///
    /// # Errors
    /// As [`Asked::settings`]; data that determine nothing.
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

impl Fitted {
    /// One row a parameter.
    pub fn frame(&self) -> Frame {
        let j = &self.judged;
        let columns = ["parameter", "value", "standard_error", "low", "high", "note"];
        let mut frame = Frame::new("libchar.litho-calibrate", 1, columns);
        let fit = &j.fit;
        for (k, name) in PARAMETERS.iter().enumerate() {
            let place = fit.free.iter().position(|f| *f == k);
            let error = place.and_then(|i| j.trust.standard_errors[i]);
            let interval = place.map(|i| j.intervals[i]);
            let note = match place {
                None => "fixed",
                Some(_) if fit.at_limit.contains(&k) => "on its limit",
                Some(_) if j.trust.weak.contains(name) => "not told by these data",
                Some(_) => "",
            };
            frame.push(vec![
                (*name).into(),
                fit.values[k].into(),
                error.into(),
                interval.and_then(|i| i.low).into(),
                interval.and_then(|i| i.high).into(),
                note.into(),
            ]);
        }
        frame
    }

    /// How well the fit describes the matrix, in a sentence.
    pub fn sentence(&self) -> String {
        let (j, fit) = (&self.judged, &self.judged.fit);
        let per = fit.chi2 / fit.degrees_of_freedom as f64;
        let p = j.p_value.map_or("not known without sigmas".to_owned(), |p| format!("{p:.3}"));
        let error = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.3} nm"));
        let mut text = format!(
            "chi2 {per:.3} per degree of freedom ({} of them), p {p}; rms {} of the fit, {} on {} rows held out",
            fit.degrees_of_freedom,
            error(j.fit_rmse_nm),
            error(j.held_out.0),
            j.held_out.1
        );
        for left in &j.pitches {
            text.push_str(&format!(
                "; pitch {} left out: {} (mean {})",
                left.pitch_nm,
                error(left.rmse_nm),
                error(left.bias_nm)
            ));
        }
        text
    }

    /// All that was found.
    pub fn document(&self, matrix: &Matrix) -> Value {
        let Fitted { judged: j, doubts, file, .. } = self;
        let fit = &j.fit;
        let names = |list: &[usize]| list.iter().map(|&k| PARAMETERS[k]).collect::<Vec<_>>();
        let lines = |list: &[usize]| list.iter().map(|&i| matrix.table.line(i)).collect::<Vec<_>>();
        let parameters: Vec<Value> = fit
            .free
            .iter()
            .enumerate()
            .map(|(i, &k)| {
                json!({
                    "parameter": PARAMETERS[k],
                    "value": fit.values[k],
                    "standard_error": j.trust.standard_errors[i],
                    "low": j.intervals[i].low,
                    "high": j.intervals[i].high,
                })
            })
            .collect();
        let pitches: Vec<Value> = j
        .pitches
        .iter()
        .map(|l| {
            json!({ "pitch_nm": l.pitch_nm, "rmse_nm": l.rmse_nm, "bias_nm": l.bias_nm, "rows": l.rows })
        })
        .collect();
        let body = json!({
            "process": file.process,
            "optics": file.optics,
            "parameters": parameters,
            "correlation": { "names": names(&fit.free), "matrix": j.trust.correlation },
            "condition": Some(j.trust.condition).filter(|c| c.is_finite()),
            "null_direction": j.trust.null_direction,
            "strong_correlations": j.trust.strong,
            "weak_parameters": j.trust.weak,
            "at_limit": names(&fit.at_limit),
            "rows": matrix.points.len(),
            "fitted_rows": matrix.fit.len() - fit.dropped.len(),
            "blank_rows": matrix.blank,
            "dropped_lines": lines(&fit.dropped),
            "outlier_lines": lines(&fit.outliers),
            "sigma_known": matrix.sigma_known,
            "sigma_scale": fit.scale,
            "chi2": fit.chi2,
            "degrees_of_freedom": fit.degrees_of_freedom,
            "p_value": j.p_value,
            "fit_rmse_nm": j.fit_rmse_nm,
            "held_out_rmse_nm": j.held_out.0,
            "held_out_rows": j.held_out.1,
            "leave_one_pitch_out": pitches,
            "warnings": doubts,
        });
        document("libchar.litho-calibrate", 1, body)
    }
}

/// Residuals against pitch, dose, focus and, where it varies, site.
pub fn picture(matrix: &Matrix, predicted: &[Predicted]) -> String {
    let rows = fem::residuals(&matrix.points, predicted, 0..matrix.points.len());
    let p = &matrix.points;
    let mut panels: Vec<(&str, Vec<f64>)> = vec![
        ("pitch (nm)", rows.iter().map(|r| p[r.0].pitch_nm).collect()),
        ("dose (mJ/cm2)", rows.iter().map(|r| p[r.0].dose_mj_cm2).collect()),
        ("focus (nm)", rows.iter().map(|r| p[r.0].focus_nm).collect()),
    ];
    if rows.iter().any(|r| p[r.0].site_x != p[0].site_x) {
        panels.push(("site_x", rows.iter().map(|r| p[r.0].site_x).collect()));
    }
    let charts: Vec<String> = panels
        .iter()
        .map(|(title, x)| {
            let mut chart = Chart::new(
                format!("Measured less modelled width against {title}"),
                Axis::linear(*title, x.iter().copied()),
                Axis::linear("residual (nm)", rows.iter().map(|r| r.1).chain([0.0])),
            );
            chart.level(0.0, "", "#666666");
            for (x, (_, off)) in x.iter().zip(&rows) {
                chart.dot(*x, *off, 2.5, PALETTE[0]);
            }
            chart.render()
        })
        .collect();
    stack_rendered(&charts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::matrix;
    use libchar_core::input::Source;

    /// A matrix that a process of 10 mJ/cm2 and 12 nm of blur printed, without noise.
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
        // The optics go with the process, what the matrix varies does not.
        assert!(found.file.optics.contains_key("na") && !found.file.optics.contains_key("cd_nm"));
        let document = found.document(&matrix);
        assert_eq!(document["rows"], json!(matrix.points.len()));
        assert_eq!(document["parameters"][0]["value"].as_f64(), Some(values[0]));
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
            (vec!["blur_nm"], vec![("blur_nm", "14")], "--fix blur_nm: --free wants it found"),
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
