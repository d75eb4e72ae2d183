//! Widths over dose and focus: the matrices of features that share a dose, with their process
//! windows.

use super::NamedJob;
use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_core::told::Kept;
use libchar_core::{Fault, Faults, Frame, Note, Refused};
use libchar_litho::Job;
use libchar_litho::bossung::{self, Bossung};
use libchar_litho::process::Process;
use libchar_litho::window::farthest_nm;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Options of the matrices.
pub struct Asked<'a> {
    /// Doses: in units of the dose to size of the first feature, or in mJ/cm2 with a process.
    pub doses: Vec<f64>,
    /// Distances from best focus, nm; `None` for 21 values over the range of the image.
    pub foci: Option<Vec<f64>>,
    /// Best focus of jobs by name, nm, as typed.
    pub shifts: &'a [(String, String)],
    /// The process in which all features are exposed.
    pub process: Option<&'a Process>,
}

/// A matrix of one feature.
pub struct Feature {
    /// Its name.
    pub id: String,
    job: Job,
    /// Its widths.
    pub bossung: Bossung,
    /// Points of the matrix, the focus fastest.
    pub cells: Vec<bossung::Cell>,
}

/// The matrices of all features.
pub struct Matrices {
    /// One matrix per feature.
    pub features: Vec<Feature>,
    /// Doses.
    pub doses: Vec<f64>,
    /// Distances from best focus, nm.
    pub foci: Vec<f64>,
    far: f64,
    absolute: bool,
}

/// The shifts of best focus by job.
fn shifts(asked: &[(String, String)], jobs: &[NamedJob]) -> Result<BTreeMap<String, f64>, Faults> {
    let mut faults = Vec::new();
    let mut shifts = BTreeMap::new();
    for (id, text) in asked {
        let ids = || jobs.iter().map(|job| job.id.as_str());
        if !ids().any(|own| own == id) {
            let fault = Fault::of("--focus-shift", format!("unknown job `{id}`"));
            faults.push(fault.one_of(id, ids()));
        }
        match text.parse::<f64>().ok().filter(|v| v.is_finite()) {
            Some(nm) => drop(shifts.insert(id.clone(), nm)),
            None => {
                let fault = Fault::of("--focus-shift", format!("`{id}={text}`"));
                faults.push(fault.expected("JOB=NM with a finite number"));
            }
        }
    }
    Faults::or(shifts, faults)
}

impl Matrices {
    /// Computes the widths of all jobs over dose and focus.
    ///
    /// # Errors
    /// Doses and foci that are not valid, and shifts of jobs that do not exist.
    pub fn of(jobs: Vec<NamedJob>, asked: Asked) -> Result<Matrices, Refused> {
        if let Some(dose) = asked.doses.iter().find(|d| **d <= 0.0) {
            return Err(Refused::Usage(format!("--dose: {dose} is not positive")));
        }
        let far = jobs.iter().map(|j| farthest_nm(&j.job)).fold(f64::INFINITY, f64::min);
        let foci =
            asked.foci.unwrap_or_else(|| (-10..=10).map(|i| far * f64::from(i) / 10.0).collect());
        let shifts = shifts(asked.shifts, &jobs)?;
        let shift_of = |id: &str| shifts.get(id).copied().unwrap_or(0.0);
        let farthest_shift = shifts.values().map(|s| s.abs()).fold(0.0, f64::max);
        let reach = foci.iter().map(|f| f.abs()).fold(0.0, f64::max) + farthest_shift;
        for named in &jobs {
            let most = 20.0 * named.job.optics.wavelength_nm / named.job.optics.na.powi(2);
            if reach > most {
                let message = format!(
                    "--focus: {reach} nm is beyond {most:.0} nm, 20 lambda/NA2 of {}",
                    named.id
                );
                return Err(Refused::Usage(message));
            }
        }
        // Doses are relative to the first feature's dose to size, or to the dose at which the
        // process clears the resist.
        let e0 = asked.process.map(|process| (process.e0_mj_cm2, process.dose_offset_mj_cm2));
        let lead = jobs.first().map(|j| Bossung::new(&j.job, reach).threshold()).unwrap_or(0.3);
        let threshold = e0.map_or(lead, |(e0, _)| e0);
        let offset = e0.map_or(0.0, |(_, offset)| offset);
        let seen: Vec<f64> = asked.doses.iter().map(|d| (d - offset).max(1e-9)).collect();
        let features: Vec<Feature> = jobs
            .into_par_iter()
            .map(|named| {
                let reach = reach.max(far + farthest_shift);
                let bossung = Bossung::new(&named.job, reach)
                    .at_threshold(threshold)
                    .shifted(shift_of(&named.id));
                let cells = bossung.matrix(&seen, &foci);
                Feature { id: named.id, job: named.job, bossung, cells }
            })
            .collect();
        Ok(Matrices { features, doses: asked.doses, foci, far, absolute: e0.is_some() })
    }

    /// Numbers for the history of each feature: how many points print, and the isofocal width.
    pub fn kept(&self) -> Vec<Kept> {
        let of_feature = |f: &Feature| {
            let printed = f.cells.iter().filter(|cell| cell.cd_nm.is_some()).count() as f64;
            let isofocal = f.bossung.isofocal().map(|i| i.cd_nm);
            let isofocal =
                isofocal.map(|cd| Kept::of("isofocal_cd_nm", cd).in_unit(Some("nm")).at(&f.id));
            [Kept::of("printed_cells", printed).at(&f.id)].into_iter().chain(isofocal)
        };
        self.features.iter().flat_map(of_feature).collect()
    }

    /// A note with the number of points that do not print exactly one line, if there are any.
    pub fn missing(&self) -> Option<Note> {
        let cells = || self.features.iter().flat_map(|f| &f.cells);
        let (missing, all) = (cells().filter(|c| c.cd_nm.is_none()).count(), cells().count());
        let message = format!("{missing} of {all} points do not print one line");
        (missing > 0).then_some(Note::Info("not_printing", message))
    }

    /// One row per point.
    pub fn frame(&self) -> Frame {
        let Matrices { features, doses, foci, absolute, .. } = self;
        let dose_name = if *absolute { "dose_mj_cm2" } else { "dose_relative" };
        let columns = [
            "job_id",
            "pitch_nm",
            "target_cd_nm",
            dose_name,
            "focus_nm",
            "cd_nm",
            "nils_at_edge",
            "in_tolerance",
        ];
        let mut frame = Frame::new("libchar.litho-fem", 1, columns);
        for f in features {
            for (i, c) in f.cells.iter().enumerate() {
                let off =
                    c.cd_nm.map(|cd| (cd - f.job.cd_nm).abs() <= f.job.cd_tolerance * f.job.cd_nm);
                frame.push(vec![
                    f.id.as_str().into(),
                    f.job.pitch_nm.into(),
                    f.job.cd_nm.into(),
                    doses[i / foci.len()].into(),
                    c.focus_nm.into(),
                    c.cd_nm.into(),
                    c.nils.into(),
                    off.unwrap_or(false).into(),
                ]);
            }
        }
        frame
    }

    /// The JSON document of the matrices with their process windows.
    pub fn document(&self) -> Value {
        let Matrices { features, foci, far, .. } = self;
        let far = *far;
        let rows = self.frame().document();
        let curve = |own: &[&Bossung]| -> Vec<Value> {
            bossung::el_dof(own, &outward(far))
                .into_iter()
                .map(|(dof, el)| json!({ "dof_nm": dof, "el_pct": el }))
                .collect()
        };
        let own: Vec<Value> = features
        .iter()
        .map(|f| {
            let limits: Vec<Value> = foci
                .iter()
                .map(|focus| {
                    let hull = f.bossung.doses(*focus).hull();
                    json!({ "focus_nm": focus, "dose_low": hull.map(|h| h.0), "dose_high": hull.map(|h| h.1) })
                })
                .collect();
            json!({
                "job_id": f.id,
                "isofocal": f.bossung.isofocal(),
                "limits": limits,
                "el_dof": curve(&[&f.bossung]),
            })
        })
        .collect();
        let all: Vec<&Bossung> = features.iter().map(|f| &f.bossung).collect();
        let body = json!({
            "threshold": features.first().map(|f| f.bossung.threshold()),
            "rows": rows["rows"],
            "features": own,
            "common_el_dof": curve(&all),
            "common_el_dof_best_centre": bossung::el_dof_best_centre(&all, far, CENTRES),
        });
        document("libchar.litho-fem", 1, body)
    }

    /// Width against focus, one line per dose and one panel per feature.
    pub fn bossungs(&self) -> String {
        let Matrices { features, doses, foci, .. } = self;
        let charts: Vec<String> = features
            .iter()
            .map(|f| {
                let (low, high) = (
                    f.job.cd_nm * (1.0 - f.job.cd_tolerance),
                    f.job.cd_nm * (1.0 + f.job.cd_tolerance),
                );
                let widths = f.cells.iter().filter_map(|c| c.cd_nm).chain([low, high]);
                let mut chart = Chart::new(
                    format!(
                        "{}: width against focus, doses {} to {}",
                        f.id,
                        doses[0],
                        doses[doses.len() - 1]
                    ),
                    Axis::linear("focus (nm)", foci.iter().copied()),
                    Axis::linear("CD (nm)", widths),
                );
                chart.level(low, "", "#666666").level(high, "", "#666666");
                for (i, dose) in doses.iter().enumerate() {
                    let own = &f.cells[i * foci.len()..(i + 1) * foci.len()];
                    let points: Vec<(f64, f64)> =
                        own.iter().map(|c| (c.focus_nm, c.cd_nm.unwrap_or(f64::NAN))).collect();
                    chart.line(&points, PALETTE[i % PALETTE.len()], 1.8);
                    if i < 12 {
                        chart.legend(format!("dose {dose:.4}"), PALETTE[i % PALETTE.len()]);
                    }
                }
                chart.render()
            })
            .collect();
        stack_rendered(&charts)
    }

    /// Exposure latitude against depth of focus, for each feature and for all together.
    pub fn el_dof_chart(&self) -> String {
        let features = &self.features;
        let foci = outward(self.far);
        let mut curves: Vec<(String, Vec<(f64, f64)>)> = features
            .iter()
            .map(|f| (f.id.clone(), bossung::el_dof(&[&f.bossung], &foci)))
            .collect();
        if features.len() > 1 {
            let all: Vec<&Bossung> = features.iter().map(|f| &f.bossung).collect();
            curves.push(("all together".to_owned(), bossung::el_dof(&all, &foci)));
        }
        let mut chart = Chart::new(
            "Exposure latitude against depth of focus",
            Axis::linear("depth of focus (nm)", foci.iter().map(|f| 2.0 * f)),
            Axis::linear("exposure latitude (%)", curves.iter().flat_map(|c| &c.1).map(|p| p.1)),
        );
        for (i, (name, points)) in curves.iter().enumerate() {
            chart.line(points, PALETTE[i % PALETTE.len()], 2.0);
            chart.legend(name.chars().take(18).collect::<String>(), PALETTE[i % PALETTE.len()]);
        }
        chart.render()
    }
}

/// Foci from 0 at which a latitude curve is drawn.
fn outward(far: f64) -> Vec<f64> {
    (0..=60).map(|i| far * f64::from(i) / 60.0).collect()
}

/// Number of focus steps among which the centre of a common window is searched.
const CENTRES: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::from_fields;

    fn jobs() -> Vec<NamedJob> {
        let fields = [("wavelength_nm", "193"), ("na", "0.75"), ("pitch_nm", "260")];
        let fields = fields.into_iter().chain([("cd_nm", "130"), ("sigma", "0.6")]);
        let fields: Vec<(String, String)> =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        from_fields(&fields).unwrap()
    }

    fn asked<'a>(doses: &[f64], foci: &[f64], shifts: &'a [(String, String)]) -> Asked<'a> {
        Asked { doses: doses.to_vec(), foci: Some(foci.to_vec()), shifts, process: None }
    }

    #[test]
    fn the_dose_to_size_prints_the_target_at_best_focus() {
        let found = Matrices::of(jobs(), asked(&[0.9, 1.0], &[0.0, 50.0], &[])).unwrap();
        let widths: Vec<f64> = found.features[0].cells.iter().filter_map(|c| c.cd_nm).collect();
        assert_eq!((widths.len(), found.missing(), found.frame().len()), (4, None, 4));
        assert!((widths[2] - 130.0).abs() < 1e-6 && (widths[0] - widths[2]).abs() > 1.0);
        let kept = found.kept();
        assert_eq!((kept[0].measure.as_str(), kept[0].value), ("printed_cells", Some(4.0)));
        assert!(kept.iter().all(|k| k.point.as_deref() == Some("job_1")));
        let document = found.document();
        let row = &document["rows"][2];
        assert!((row["cd_nm"].as_f64().unwrap() - widths[2]).abs() < 1e-9);
        assert_eq!((&row["in_tolerance"], &row["dose_relative"]), (&json!(true), &json!(1.0)));
        assert!(
            found.bossungs().contains("doses 0.9 to 1") && found.el_dof_chart().contains("job_1")
        );
    }

    #[test]
    fn a_shift_moves_best_focus_of_its_job() {
        let shift = [("job_1".to_owned(), "40".to_owned())];
        let at = |foci: &[f64], shifts| {
            let found = Matrices::of(jobs(), asked(&[1.0], foci, shifts)).unwrap();
            found.features[0].cells[0].cd_nm.unwrap()
        };
        assert!((at(&[40.0], &shift) - at(&[0.0], &[])).abs() < 1e-6);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |doses: &[f64], foci: &[f64], shifts: &[(&str, &str)]| {
            let shifts: Vec<(String, String)> =
                shifts.iter().map(|(id, nm)| ((*id).to_owned(), (*nm).to_owned())).collect();
            Matrices::of(jobs(), asked(doses, foci, &shifts)).map(drop).unwrap_err().to_string()
        };
        assert_eq!(refused(&[1.0, 0.0], &[0.0], &[]), "--dose: 0 is not positive");
        let far = refused(&[1.0], &[1e6], &[]);
        assert!(far.ends_with("20 lambda/NA2 of job_1"), "{far}");
        let shifts = refused(&[1.0], &[0.0], &[("job_2", "1"), ("job_1", "x")]);
        assert!(shifts.contains("unknown job `job_2`") && shifts.contains("JOB=NM with a finite"));
    }
}
