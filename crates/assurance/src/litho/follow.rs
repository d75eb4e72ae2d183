//! Views of the record of jobs: rows of predicted, simulated and measured values, and the trend of
//! one signal.

use super::record::{Entry, SIGNALS, Truth};
use super::report::unit_of;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::told::Kept;
use libchar_core::{Fault, Faults, Frame};

/// The signal with a given name.
///
/// # Errors
/// An unknown name.
pub fn signal(name: &str) -> Result<&'static str, Faults> {
    let own = SIGNALS.into_iter().find(|own| *own == name);
    let fault = || Fault::of("signal", format!("unknown signal `{name}`")).one_of(name, SIGNALS);
    own.ok_or_else(|| fault().into())
}

/// The last entries, at most `limit`.
pub fn newest(entries: &[Entry], limit: Option<usize>) -> &[Entry] {
    &entries[entries.len().saturating_sub(limit.unwrap_or(entries.len()))..]
}

/// A signal of a job.
type Item<'a> = (&'a Entry, &'static str);

/// One row for each job and signal with a known value.
pub fn history(entries: &[Entry], signals: &[&'static str]) -> Frame {
    let is_known = |(entry, name): &Item| {
        entry.predicted.contains_key(*name)
            || entry.simulated.contains_key(*name)
            || entry.measured_mean(name).is_some()
    };
    let items: Vec<Item> = entries
        .iter()
        .flat_map(|entry| signals.iter().map(move |name| (entry, *name)))
        .filter(is_known)
        .collect();
    Frame::of(
        "libchar.litho-record",
        1,
        &items,
        &[
            ("submitted_at", |(e, _)| e.at.as_str().into()),
            ("job_id", |(e, _)| e.id.as_str().into()),
            ("signal", |(_, name)| (*name).into()),
            ("predicted", |(e, name)| e.said(name).value.into()),
            ("predicted_low", |(e, name)| e.said(name).low.into()),
            ("predicted_high", |(e, name)| e.said(name).high.into()),
            ("simulated", |(e, name)| e.simulated.get(*name).copied().into()),
            ("measured", |(e, name)| e.measured_mean(name).into()),
            ("measurements", |(e, name)| e.measured.get(*name).map_or(0, Vec::len).into()),
        ],
    )
}

/// The entries in which a signal has a value.
pub fn knowing(mut entries: Vec<Entry>, name: &str) -> Vec<Entry> {
    entries.retain(|entry| {
        entry.predicted.contains_key(name) || entry.truth(name, Truth::Best).is_some()
    });
    entries
}

/// One row per job, with the error of its prediction and whether its interval contains the truth.
pub fn trend(entries: &[Entry], name: &'static str) -> Frame {
    let items: Vec<Item> = entries.iter().map(|entry| (entry, name)).collect();
    Frame::of(
        "libchar.litho-trend",
        1,
        &items,
        &[
            ("submitted_at", |(e, _)| e.at.as_str().into()),
            ("job_id", |(e, _)| e.id.as_str().into()),
            ("predicted", |(e, name)| e.said(name).value.into()),
            ("predicted_low", |(e, name)| e.said(name).ends().map(|i| i.0).into()),
            ("predicted_high", |(e, name)| e.said(name).ends().map(|i| i.1).into()),
            ("simulated", |(e, name)| e.simulated.get(*name).copied().into()),
            ("measured", |(e, name)| e.measured_mean(name).into()),
            ("error", |(e, name)| {
                let truth = e.truth(name, Truth::Best);
                truth.zip(e.said(name).value).map(|(y, p)| y - p).into()
            }),
            ("within", |(e, name)| {
                let truth = e.truth(name, Truth::Best);
                truth.and_then(|y| e.said(name).holds(y)).into()
            }),
        ],
    )
}

/// Predictions with their intervals, what was simulated and what was measured, in the order of submission, as SVG.
pub fn picture(entries: &[Entry], name: &str) -> String {
    let all = entries.iter().flat_map(|entry| {
        let said = entry.said(name);
        let ends = [said.value, said.low, said.high].into_iter().flatten();
        ends.chain(entry.simulated.get(name).copied()).chain(entry.measured_mean(name))
    });
    let mut chart = Chart::new(
        format!("{name} from job to job"),
        Axis::linear("job", [1.0, entries.len().max(1) as f64]),
        Axis::linear(name, all.filter(|v| v.is_finite())),
    );
    let [band, simulated, measured] = [PALETTE[0], PALETTE[2], PALETTE[1]];
    for (i, entry) in entries.iter().enumerate() {
        let (x, said) = ((i + 1) as f64, entry.said(name));
        if let Some((low, high)) = said.ends() {
            chart.line(&[(x, low), (x, high)], band, 1.0);
        }
        if let Some(value) = said.value {
            chart.dot(x, value, 2.0, band);
        }
        if let Some(value) = entry.simulated.get(name) {
            chart.dot(x, *value, 2.0, simulated);
        }
        if let Some(value) = entry.measured_mean(name) {
            chart.dot(x, value, 3.0, measured);
        }
    }
    chart
        .legend("predicted, with its interval", band)
        .legend("simulated", simulated)
        .legend("measured", measured);
    chart.render()
}

/// Numbers for the history of a job in state `status`: simulated values, else predicted ones, and
/// whether it completed.
pub fn kept(entry: &Entry, status: &str, is_completed: bool) -> Vec<Kept> {
    let known = |name: &'static str| {
        let simulated = entry.truth(name, Truth::Simulated);
        let value = simulated.or(entry.said(name).value)?;
        Some(Kept {
            point: Some(entry.id.clone()),
            measure: name.to_owned(),
            value: Some(value),
            unit: unit_of(name),
            status: status.to_owned(),
        })
    };
    let completed = Kept::of("completed", f64::from(u8::from(is_completed)));
    let completed = completed.at(&entry.id).said(status);
    SIGNALS.into_iter().filter_map(known).chain([completed]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str =
        r#"{"wavelength_nm":13.5,"na":0.33,"sigma":0.8,"pitch_nm":40,"cd_nm":20,"dose_mj_cm2":60}"#;

    fn entries() -> Vec<Entry> {
        let said = r#"{"results": {"nils": {"value": 2.0, "low": 1.9, "high": 2.1}}}"#;
        let mut first = Entry::read(("a", "monday"), JOB, Some(said), Some(r#"{"nils": 2.05}"#));
        first.measured.insert("nils".to_owned(), vec![2.2, 2.4]);
        let second = Entry::read(("b", "tuesday"), JOB, None, Some(r#"{"dof_nm": 80}"#));
        vec![first, second, Entry::read(("c", "friday"), JOB, None, None)]
    }

    fn rows(frame: &Frame) -> Vec<String> {
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        csv.lines().skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn the_history_has_a_row_for_what_is_known() {
        let found = rows(&history(&entries(), &["nils", "dof_nm"]));
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("monday,a,nils,2,1.9,2.1,2.05,2.3"), "{}", found[0]);
        assert_eq!(found[1], "tuesday,b,dof_nm,,,,80,,0");
    }

    #[test]
    fn a_trend_tells_by_how_much_the_truth_missed_the_prediction() {
        let all = knowing(entries(), "nils");
        assert_eq!(all.len(), 1);
        let found = rows(&trend(&all, "nils"));
        assert!(found[0].ends_with(",false"), "2.3 lies above 2.1: {}", found[0]);
        let error: f64 = found[0].split(',').nth(7).unwrap().parse().unwrap();
        assert!((error - 0.3).abs() < 1e-12);
        assert!(picture(&all, "nils").contains("nils from job to job"));
    }

    #[test]
    fn the_newest_stand_last() {
        let all = entries();
        assert_eq!(newest(&all, Some(1))[0].id, "c");
        assert_eq!((newest(&all, Some(9)).len(), newest(&all, None).len()), (3, 3));
    }

    #[test]
    fn an_unknown_signal_is_told_with_the_nearest() {
        assert_eq!(signal("nils").unwrap(), "nils");
        assert!(signal("nills").unwrap_err().to_string().contains("did you mean `nils`?"));
    }

    #[test]
    fn a_simulation_goes_before_a_prediction_into_the_history() {
        let kept = kept(&entries()[0], "completed", true);
        assert_eq!((kept[0].value, kept[0].status.as_str()), (Some(2.05), "completed"));
        assert_eq!((kept[1].measure.as_str(), kept[1].value), ("completed", Some(1.0)));
    }
}
