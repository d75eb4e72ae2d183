//! A simulation's answers in output form: flat rows for tables, complete objects for JSON.

use super::NamedJob;
use super::answer::Answer;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, frame};
use libchar_litho::Image;
use libchar_litho::extent::Extent;
use libchar_litho::quick::Estimate;
use libchar_litho::signals::{SignalInputs, Signals};
use serde_json::{Map, Value, json};

/// Name of the JSON schema.
pub const SCHEMA: &str = "libchar.litho-simulate";

/// What the results do not take into account.
fn assumptions(simulator: &str) -> Vec<&'static str> {
    match simulator {
        "physics" => vec![
            "thin mask (Kirchhoff): no shadowing, no mask topography",
            "no aberrations, no radiometric or obliquity factor, no reflection in the resist",
            "resist: Gaussian blur and a threshold",
            "roughness and yield count photon noise only: lower bounds",
        ],
        "synthetic" => {
            vec!["Rayleigh and incoherent MTF: source, mask, polarization and resist play no part"]
        }
        _ => vec!["as computed by the configured program"],
    }
}

/// The six signals of a job. The quick formulas are not compared with themselves.
pub fn signals(named: &NamedJob, answer: &Answer) -> Signals {
    let quick = (!answer.is_quick).then(|| Estimate::of(&named.job));
    let inputs = SignalInputs::computed(&answer.outputs, quick.as_ref());
    Signals::of(&named.job, &inputs)
}

/// Unit of a result, from its name.
pub fn unit_of(measure: &str) -> Option<&'static str> {
    match measure {
        "cd_nm" | "dof_nm" | "ler3s_nm" => Some("nm"),
        "el_pct" => Some("%"),
        _ => None,
    }
}

/// Numbers for the history: every result of a job.
pub fn results(named: &NamedJob, answer: &Answer) -> Vec<Kept> {
    let o = &answer.outputs;
    let health = signals(named, answer).overall_health.map(|i| i.value);
    let status = o.printing.map_or("ok", |p| p.name());
    let values = [
        ("cd_nm", o.cd_nm),
        ("nils", o.nils),
        ("el_pct", o.el_pct),
        ("dof_nm", o.dof_nm),
        ("meef", o.meef),
        ("ler3s_nm", o.ler3s_nm),
        ("yield_risk", o.yield_risk),
        ("overall_health", health),
    ];
    let known = values.into_iter().filter(|(_, value)| value.is_some());
    known
        .map(|(measure, value)| {
            let kept = Kept::of(measure, value.unwrap_or(f64::NAN)).at(&named.id);
            kept.in_unit(unit_of(measure)).said(if status == "prints" { "ok" } else { status })
        })
        .collect()
}

/// The known values of each signal over all jobs.
pub fn signal_columns(signals: &[Signals]) -> Vec<(&'static str, Vec<f64>)> {
    let names = signals.first().map(|s| s.named().map(|(name, _)| name)).unwrap_or_default();
    let values =
        |i: usize| signals.iter().filter_map(|s| s.named()[i].1.map(|v| v.value)).collect();
    names
        .into_iter()
        .enumerate()
        .filter(|(_, n)| !n.is_empty())
        .map(|(i, n)| (n, values(i)))
        .collect()
}

/// One row per job: outputs and signals.
pub fn flat<'a>(rows: impl Iterator<Item = (&'a NamedJob, &'a Answer)>) -> Frame {
    let columns = ["job_id", "printing", "cd_nm", "nils", "contrast", "el_pct", "dof_nm", "meef"];
    let more = ["ler3s_nm", "yield_risk", "speed_vs_accuracy", "resolution_vs_dof"];
    let last = ["cost_vs_fidelity", "surrogate_reliability", "overall_health"];
    let doses = ["dose_low_at_dof", "dose_high_at_dof"];
    let columns = columns.into_iter().chain(more).chain(last).chain(doses);
    let mut frame = Frame::new(SCHEMA, 1, columns);
    for (named, answer) in rows {
        let (o, s) = (&answer.outputs, signals(named, answer));
        let value = |i: Option<libchar_litho::signals::Interval>| Cell::from(i.map(|i| i.value));
        frame.push(vec![
            named.id.as_str().into(),
            o.printing.map(|p| p.name()).into(),
            o.cd_nm.into(),
            o.nils.into(),
            o.contrast.into(),
            o.el_pct.into(),
            o.dof_nm.into(),
            o.meef.into(),
            o.ler3s_nm.into(),
            o.yield_risk.into(),
            value(s.speed_vs_accuracy),
            value(s.resolution_vs_dof),
            value(s.cost_vs_fidelity),
            value(s.surrogate_reliability),
            value(s.overall_health),
            answer.detail.as_ref().and_then(|d| d.window.dose_low_at_dof).into(),
            answer.detail.as_ref().and_then(|d| d.window.dose_high_at_dof).into(),
        ]);
    }
    frame
}

/// All results as one document, with the assumptions behind them.
pub fn document<'a>(
    simulator: &str,
    rows: impl Iterator<Item = (&'a NamedJob, &'a Answer)>,
    samples: Option<u32>,
) -> Value {
    let rows: Vec<Value> =
        rows.map(|(job, answer)| full(simulator, job, answer, samples)).collect();
    let body = json!({ "assumptions": assumptions(simulator), "rows": rows });
    frame::document(SCHEMA, 1, body)
}

/// All results of a job.
pub fn full(simulator: &str, named: &NamedJob, answer: &Answer, samples: Option<u32>) -> Value {
    let job = &named.job;
    let mut row = Map::new();
    row.insert("job_id".into(), json!(named.id));
    row.insert("simulator".into(), json!(simulator));
    row.insert("parameters".into(), json!(job.parameters));
    row.insert(
        "model".into(),
        json!({
            "imaging": if job.optics.vector.is_some() { "vector" } else { "scalar" },
            "polarization": job.optics.vector,
            "medium": job.optics.medium,
            "medium_index": job.optics.medium_index,
            "source": job.source,
            "mask": job.mask,
            "mask_cd_nm": job.mask_cd_nm,
            "tone": job.tone,
            "flare": job.flare,
            "resist": job.resist,
            "dose_sigma_pct": 100.0 * job.dose_sigma,
            "focus_sigma_nm": job.focus_sigma_nm,
            "cd_tolerance_pct": 100.0 * job.cd_tolerance,
            "el_min_pct": 100.0 * job.el_min,
            "segment_nm": job.segment_nm,
        }),
    );
    row.insert("reason".into(), json!(answer.outputs.printing.map(|p| p.reason())));
    if let Value::Object(outputs) = json!(answer.outputs) {
        row.extend(outputs);
    }
    if let Some(Value::Object(detail)) = answer.detail.as_ref().map(|d| json!(d)) {
        // The outputs above already contain these two.
        row.extend(detail.into_iter().filter(|(k, _)| k != "meef" && k != "yield_risk"));
    }
    if answer.detail.is_some()
        && let Some(window) = row.get_mut("window").and_then(Value::as_object_mut)
        && let Value::Object(extent) = json!(Extent::of(job))
    {
        window.extend(extent);
    }
    row.insert("quick".into(), json!(Estimate::of(job)));
    row.insert("signals".into(), json!(signals(named, answer)));
    if let (Some(n), true) = (samples, answer.detail.is_some()) {
        let image = Image::of(job);
        let x = (0..n).map(|i| job.pitch_nm * (f64::from(i) / f64::from(n) - 0.5));
        let samples: Vec<Value> =
            x.map(|x| json!({ "x_nm": x, "intensity": image.at(x) })).collect();
        row.insert("samples".into(), samples.into());
    }
    Value::Object(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::from_fields;
    use libchar_core::Format;

    fn answered() -> (NamedJob, Answer) {
        let fields = [("wavelength_nm", "193"), ("na", "0.75"), ("pitch_nm", "260")];
        let fields = fields.into_iter().chain([("cd_nm", "130"), ("sigma", "0.6")]);
        let fields: Vec<(String, String)> =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let named = from_fields(&fields).unwrap().remove(0);
        let answer = Answer::physics(&named.job);
        (named, answer)
    }

    #[test]
    fn rows_objects_and_the_journal_say_the_same() {
        let (named, answer) = answered();
        let object = full("physics", &named, &answer, Some(4));
        let mut csv = Vec::new();
        flat(std::iter::once((&named, &answer))).write(Format::Csv, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        let (head, row) = csv.trim_end().split_once('\n').unwrap();
        let cells: Vec<(&str, &str)> = head.split(',').zip(row.split(',')).collect();
        for kept in results(&named, &answer) {
            let cell = cells.iter().find(|(name, _)| *name == kept.measure).unwrap().1;
            assert_eq!(cell.parse::<f64>().ok(), kept.value, "{}", kept.measure);
            assert_eq!((kept.status.as_str(), kept.point.as_deref()), ("ok", Some("job_1")));
            if kept.measure != "overall_health" {
                assert_eq!(object[&kept.measure].as_f64(), kept.value, "{}", kept.measure);
            }
        }
        for figure in ["meef", "yield_risk"] {
            assert_eq!(object[figure], json!(answer.outputs)[figure], "told once, as in the table");
        }
        let window = object["window"].as_object().unwrap();
        assert!(
            json!(Extent::of(&named.job)).as_object().unwrap().iter().all(|(k, v)| window[k] == *v)
        );
        assert_eq!(object["samples"].as_array().map(Vec::len), Some(4));
        let document = document("physics", std::iter::once((&named, &answer)), None);
        assert!(document["rows"][0].get("samples").is_none());
    }

    #[test]
    fn the_quick_formulas_do_not_vouch_for_themselves() {
        let (named, answer) = answered();
        let quick = Answer { is_quick: true, ..answer };
        assert!(signals(&named, &quick).surrogate_reliability.is_none());
    }
}
