//! Jobs over ranges of their fields.

use super::NamedJob;
use super::answer::Answer;
use super::report::unit_of;
use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_core::told::Kept;
use libchar_core::{Cell, Fault, Faults, Frame, Note, Refused};
use libchar_litho::bossung::Bossung;
use libchar_litho::outputs::Outputs;
use libchar_litho::record::{FIELDS, FieldKind};
use libchar_litho::{JobFault, JobParameters};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Number of points whose results go into the history, which is not the place for a large table.
const KEPT: usize = 2000;

/// Largest number of jobs of one sweep: more is probably a typing error.
const MOST: usize = 1_000_000;

/// Reads values written as FROM:TO:N or A,B,C.
///
/// # Errors
/// Text in another form, and more than a million values.
pub fn values(option: &str, text: &str) -> Result<Vec<f64>, Fault> {
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|v| v.is_finite());
    let parts: Vec<&str> = text.split(':').collect();
    let found = match parts.as_slice() {
        [_] => text.split(',').map(number).collect::<Option<Vec<f64>>>(),
        [from, to, count] => match (number(from), number(to), count.trim().parse::<usize>()) {
            (Some(a), Some(b), Ok(n)) if (1..=MOST).contains(&n) => {
                let share = |i: usize| i as f64 / (n.max(2) - 1) as f64;
                Some((0..n).map(|i| a * (1.0 - share(i)) + b * share(i)).collect())
            }
            _ => None,
        },
        _ => None,
    };
    found.ok_or_else(|| {
        let fault = Fault::of(option, format!("`{text}`"));
        fault.expected("FROM:TO:N, or numbers with commas between")
    })
}

/// One swept field and its values, as written in files.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// The field.
    pub field: String,
    /// Its values.
    pub texts: Vec<String>,
}

/// Reads the fields that `over` sweeps, each with `FROM:TO:N` or `A,B,C`.
///
/// # Errors
/// Every field that a job does not have or that is swept twice, and values that cannot be read.
pub fn axes(over: &[(String, String)]) -> Result<Vec<Swept>, Faults> {
    let mut faults = Vec::new();
    let mut axes = Vec::new();
    for (name, range) in over {
        let Some((_, kind, _)) = FIELDS.iter().find(|f| f.0 == name) else {
            let fault = Fault::of("--over", format!("unknown field `{name}`"));
            faults.push(fault.one_of(name, FIELDS.iter().map(|f| f.0)));
            continue;
        };
        let texts = match kind {
            FieldKind::Number => values("--over", range)?.iter().map(|v| format!("{v}")).collect(),
            _ => range.split(',').map(|v| v.trim().to_owned()).collect(),
        };
        if axes.iter().any(|a: &Swept| a.field == *name) {
            faults.push(Fault::of("--over", format!("`{name}` is swept twice")));
        }
        axes.push(Swept { field: name.clone(), texts });
    }
    Faults::or(axes, faults)
}

/// Every job at every point of the grid, or why a point is not valid.
pub struct Grid {
    /// The swept fields.
    pub axes: Vec<Swept>,
    /// The jobs.
    pub base: Vec<NamedJob>,
    /// Job and index on each axis, the last axis fastest.
    pub points: Vec<(usize, Vec<usize>)>,
    /// The job of each point, or why it is not valid.
    pub named: Vec<Result<NamedJob, String>>,
}

impl Grid {
    /// Combines the jobs with the grid.
    ///
    /// # Errors
    /// More than a million jobs.
    pub fn new(axes: Vec<Swept>, base: Vec<NamedJob>) -> Result<Grid, Refused> {
        let count = axes.iter().map(|a| a.texts.len()).product::<usize>() * base.len();
        if count > MOST {
            return Err(Refused::Usage(format!("{count} jobs: at most {MOST} in one sweep")));
        }
        let mut points: Vec<(usize, Vec<usize>)> =
            (0..base.len()).map(|i| (i, Vec::new())).collect();
        for axis in &axes {
            points = points
                .into_iter()
                .flat_map(|(job, at)| {
                    (0..axis.texts.len())
                        .map(move |i| (job, at.iter().copied().chain([i]).collect()))
                })
                .collect();
        }
        let named = points.par_iter().map(|(job, at)| point(&base[*job], &axes, at)).collect();
        Ok(Grid { axes, base, points, named })
    }

    /// The number of points that are not valid, and a note with the reason of the first of them.
    pub fn impossible(&self) -> (usize, Option<Note>) {
        let mut impossible = self.named.iter().filter_map(|point| point.as_ref().err());
        let Some(first) = impossible.next() else { return (0, None) };
        let (count, all) = (1 + impossible.count(), self.named.len());
        let message = format!("{count} of {all} points are not possible, the first: {first}");
        (count, Some(Note::Warning("impossible", message)))
    }

    /// A note if not all results are kept in the history.
    pub fn kept_note(&self) -> Option<Note> {
        let points = self.points.len();
        let message = format!("results of the first {KEPT} of {points} points enter the history");
        (points > KEPT).then_some(Note::Info("history", message))
    }

    /// The name of a point: its job's name and the values of the swept fields.
    pub fn name(&self, point: usize) -> String {
        let (job, at) = &self.points[point];
        let fields = self.axes.iter().zip(at);
        let fields = fields.map(|(axis, &i)| format!(" {}={}", axis.field, axis.texts[i]));
        format!("{}{}", self.base[*job].id, fields.collect::<String>())
    }

    /// Numbers for the history of the first [`KEPT`] points, by the point's name.
    pub fn kept(&self, answered: &[Option<Answer>]) -> Vec<Kept> {
        let of_point = |(i, answer): (usize, &Option<Answer>)| {
            let outputs = answer.as_ref().map(|a| a.outputs).unwrap_or_default();
            let values = [
                ("nils", outputs.nils),
                ("el_pct", outputs.el_pct),
                ("dof_nm", outputs.dof_nm),
                ("cd_nm", outputs.cd_nm),
            ];
            let kept = |(measure, value): (&'static str, Option<f64>)| {
                Some(Kept::of(measure, value?).at(self.name(i)).in_unit(unit_of(measure)))
            };
            values.into_iter().filter_map(kept).collect::<Vec<_>>()
        };
        answered.iter().enumerate().take(KEPT).flat_map(of_point).collect()
    }

    /// One row per point; `answered` has an answer for each valid one.
    pub fn frame(&self, answered: &[Option<Answer>]) -> Frame {
        let mut frame = Frame::new("libchar.litho-sweep", 1, columns(&self.axes));
        for (i, ((job, at), answer)) in self.points.iter().zip(answered).enumerate() {
            let mut row: Vec<Cell> = vec![self.base[*job].id.as_str().into()];
            row.extend(self.axes.iter().zip(at).map(|(axis, &i)| cell(&axis.texts[i])));
            let o = answer.as_ref().map(|a| a.outputs).unwrap_or_default();
            let status = match (&self.named[i], o.printing) {
                (Err(_), _) => "impossible",
                (Ok(_), Some(printing)) => printing.name(),
                (Ok(_), None) => "unknown",
            };
            let window = answer.as_ref().and_then(|a| a.detail.as_ref()).map(|d| &d.window);
            row.push(status.into());
            let results = [o.cd_nm, o.nils, o.contrast, o.el_pct, o.dof_nm, o.meef, o.ler3s_nm];
            row.extend(results.into_iter().chain([o.yield_risk]).map(Cell::from));
            row.push(window.and_then(|w| w.dose_low_at_dof).into());
            row.push(window.and_then(|w| w.dose_high_at_dof).into());
            frame.push(row);
        }
        frame
    }
}

/// The jobs with the threshold that prints the target of the first one, instead of their own.
///
/// # Errors
/// Jobs for which that threshold is not valid.
pub fn at_dose_of_first(jobs: Vec<NamedJob>) -> Result<Vec<NamedJob>, Faults> {
    let Some(threshold) = jobs.first().map(|j| Bossung::new(&j.job, 0.0).threshold()) else {
        return Ok(jobs);
    };
    let mut faults = Vec::new();
    let mut shared = Vec::new();
    for named in jobs {
        let mut parameters = named.job.parameters.clone();
        parameters.threshold = Some(threshold);
        match parameters.check() {
            Ok(job) => shared.push(NamedJob { id: named.id, job }),
            Err(found) => faults.extend(found.into_iter().map(|f| {
                let what = format!("{}: `{}`: {}", named.id, f.field, f.found);
                Fault::of("--share-dose", what).expected(f.expected)
            })),
        }
    }
    Faults::or(shared, faults)
}

fn columns(axes: &[Swept]) -> Vec<String> {
    let results = [
        "printing",
        "cd_nm",
        "nils",
        "contrast",
        "el_pct",
        "dof_nm",
        "meef",
        "ler3s_nm",
        "yield_risk",
        "dose_low_at_dof",
        "dose_high_at_dof",
    ];
    // A swept field and a result may have the same name: the column is the field's.
    let swept = |name: &str| axes.iter().any(|a| a.field == name);
    let own =
        |name: &&str| if swept(name) { format!("printed_{name}") } else { (*name).to_owned() };
    ["job_id".to_owned()]
        .into_iter()
        .chain(axes.iter().map(|a| a.field.clone()))
        .chain(results.iter().map(own))
        .collect()
}

fn cell(text: &str) -> Cell {
    text.parse::<f64>().map_or_else(|_| text.into(), Cell::from)
}

/// The job of one point of the grid, or why it is not valid.
fn point(base: &NamedJob, axes: &[Swept], at: &[usize]) -> Result<NamedJob, String> {
    let Ok(Value::Object(mut record)) = serde_json::to_value(&base.job.parameters) else {
        return Err("the job cannot be written".to_owned());
    };
    for (axis, &i) in axes.iter().zip(at) {
        record.insert(axis.field.clone(), JobParameters::cell(&axis.field, &axis.texts[i]));
    }
    let describe = |faults: Vec<JobFault>| {
        let text = |f: &JobFault| format!("{f}, expected {}", f.expected);
        faults.iter().map(text).collect::<Vec<_>>().join("; ")
    };
    let job = JobParameters::job_of(&record).map_err(describe)?;
    Ok(NamedJob { id: base.id.clone(), job })
}

/// Results against the first swept field, with one line for each job and each combination of the
/// other fields.
pub fn curves(grid: &Grid, answers: &[Option<Answer>]) -> String {
    let Grid { axes, points, .. } = grid;
    let x = |i: usize| axes[0].texts[i].parse::<f64>().unwrap_or(i as f64);
    // The key of a line is its job and the levels of its other fields; each of its points is the
    // level of the first field and the row.
    let mut lines = BTreeMap::<_, Vec<(usize, usize)>>::new();
    for (row, (job, at)) in points.iter().enumerate() {
        lines.entry((*job, at[1..].to_vec())).or_default().push((at[0], row));
    }
    type Result = fn(&Outputs) -> Option<f64>;
    let results: [(&str, Result); 4] = [
        ("NILS", |o| o.nils),
        ("exposure latitude (%)", |o| o.el_pct),
        ("depth of focus (nm)", |o| o.dof_nm),
        ("CD (nm)", |o| o.cd_nm),
    ];
    let charts: Vec<String> = results
        .iter()
        .map(|(title, value)| {
            let of = |row: usize| {
                answers[row].as_ref().and_then(|a| value(&a.outputs)).unwrap_or(f64::NAN)
            };
            let mut chart = Chart::new(
                format!("{title} against {}", axes[0].field),
                Axis::linear(axes[0].field.as_str(), (0..axes[0].texts.len()).map(x)),
                Axis::linear(*title, (0..points.len()).map(of)),
            );
            for (i, line) in lines.values().enumerate() {
                let points: Vec<(f64, f64)> =
                    line.iter().map(|&(at, row)| (x(at), of(row))).collect();
                chart.line(&points, PALETTE[i % PALETTE.len()], 1.8);
            }
            chart.render()
        })
        .collect();
    stack_rendered(&charts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::from_fields;

    fn job(more: &[(&str, &str)]) -> Vec<NamedJob> {
        let fields = [("wavelength_nm", "193"), ("na", "0.75"), ("pitch_nm", "260")];
        let fields = fields.into_iter().chain([("cd_nm", "130"), ("sigma", "0.6")]);
        let fields: Vec<(String, String)> = fields
            .chain(more.iter().copied())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        from_fields(&fields).unwrap()
    }

    fn over(ranges: &[(&str, &str)]) -> Result<Vec<Swept>, String> {
        let ranges: Vec<(String, String)> =
            ranges.iter().map(|(name, range)| ((*name).to_owned(), (*range).to_owned())).collect();
        axes(&ranges).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_range_has_both_ends_and_a_list_what_it_lists() {
        assert_eq!(values("--dose", "0.8:1.2:3"), Ok(vec![0.8, 1.0, 1.2]));
        assert_eq!(values("--dose", "5:9:1"), Ok(vec![5.0]));
        assert_eq!(values("--focus", "-1, 0,2"), Ok(vec![-1.0, 0.0, 2.0]));
        for wrong in ["", "1:2", "1:2:0", "1:2:x", "1:2:1000001", "a,b", "nan", "1:2:3:4"] {
            assert!(values("--dose", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_that_no_job_has_or_that_is_swept_twice_is_named() {
        let unknown = over(&[("sigmaa", "0.1:0.2:2")]).unwrap_err();
        assert!(unknown.contains("did you mean `sigma`?"), "{unknown}");
        let twice = over(&[("na", "0.5,0.6"), ("na", "0.7")]).unwrap_err();
        assert!(twice.contains("`na` is swept twice"));
        let words = over(&[("source", "dipole, circular")]).unwrap();
        assert_eq!(words[0].texts, ["dipole", "circular"]);
    }

    #[test]
    fn the_last_axis_is_the_fastest_and_a_point_that_cannot_be_says_why() {
        let axes = over(&[("pitch_nm", "260,100"), ("sigma", "0.5,0.7")]).unwrap();
        let grid = Grid::new(axes, job(&[])).unwrap();
        let names: Vec<String> = (0..4).map(|i| grid.name(i)).collect();
        assert_eq!(names[1], "job_1 pitch_nm=260 sigma=0.7");
        assert_eq!(names[2], "job_1 pitch_nm=100 sigma=0.5");
        // A line of 130 nm does not fit into a pitch of 100.
        let (count, Some(Note::Warning(_, why))) = grid.impossible() else { panic!("no note") };
        assert!(
            count == 2 && why.starts_with("2 of 4 points are not possible, the first: "),
            "{why}"
        );
        assert!(why.contains("cd_nm") && grid.kept_note().is_none(), "{why}");
        let answered: Vec<Option<Answer>> = (0..4).map(|_| None).collect();
        let mut csv = Vec::new();
        grid.frame(&answered).write(libchar_core::Format::Csv, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(
            csv.contains("job_1,260,0.5,unknown,") && csv.contains("job_1,100,0.5,impossible,")
        );
        let answers: Vec<Option<Answer>> =
            (0..2).map(|_| Some(Answer::quick(&job(&[])[0].job))).collect();
        let kept = grid.kept(&answers[..1]);
        let found: Vec<&str> = kept.iter().map(|k| k.measure.as_str()).collect();
        assert_eq!(found, ["nils", "el_pct", "dof_nm"], "the quick formulas know no width");
        assert_eq!(kept[2].point.as_deref(), Some("job_1 pitch_nm=260 sigma=0.5"));
        assert_eq!(kept[2].unit, Some("nm"));
        let many = over(&[("sigma", "0.1:0.9:1000"), ("pitch_nm", "260:900:1001")]).unwrap();
        let refused = Grid::new(many, job(&[])).map(drop).unwrap_err().to_string();
        assert_eq!(refused, "1001000 jobs: at most 1000000 in one sweep");
    }

    #[test]
    fn all_jobs_get_the_threshold_that_sizes_the_first() {
        let mut jobs = job(&[]);
        jobs.extend(job(&[("pitch_nm", "800")]));
        let lead = Bossung::new(&jobs[0].job, 0.0).threshold();
        let shared = at_dose_of_first(jobs).unwrap();
        assert!(shared.iter().all(|named| named.job.parameters.threshold == Some(lead)));
        assert!(at_dose_of_first(Vec::new()).unwrap().is_empty());
    }

    #[test]
    fn a_result_gives_way_to_a_swept_field_of_its_name() {
        let axes = over(&[("cd_nm", "100,130")]).unwrap();
        let names = columns(&axes);
        assert!(names.contains(&"cd_nm".to_owned()) && names.contains(&"printed_cd_nm".to_owned()));
    }
}
