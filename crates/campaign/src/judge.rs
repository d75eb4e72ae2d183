//! Judges the outputs of a simulation: measures without any fault, or a failure with its first cause.

use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::{outputs, samples};
use anyhow::Result;
use libchar_core::Fault;
use libchar_engine::log::{self, Exit};
use libchar_engine::measure::Status::Failed;
use libchar_engine::measure::{Measure, Measures};
use libchar_engine::simulator::MeasureSource;
use libchar_engine::{Class, Failure};
use libchar_runner::{Ended, Record};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The verdict on the outputs of a job: measures without any fault, or a failure.
pub fn judge(
    record: &Record,
    place: outputs::Place<'_>,
    job: &Job,
    engine: &Engine,
) -> Result<Result<Measures, Failure>> {
    let mut text = text_of(&place.path(&place.log_name()))?.unwrap_or_default();
    for more in &engine.simulator.logs {
        let path = place.path(&more.replace("{stem}", place.stem));
        text.push_str(&text_of(&path)?.unwrap_or_default());
    }
    let exit = Exit {
        code: record.ended.code,
        signal: record.ended.signal,
        timed_out: record.ended.timed_out,
        cancelled: record.ended.stopped_by.is_some(),
        not_started: record.not_started.as_deref(),
    };
    if let Some(failure) = log::judge(&engine.simulator, &exit, &text, job.about()) {
        return Ok(Err(failure));
    }
    Ok(match engine.simulator.measures {
        MeasureSource::Log => judge_samples(&place.log_name(), &text, job),
        MeasureSource::Files => match outputs::of_files(place, job.wanted()) {
            Ok(Some(found)) => held(found.measures, job),
            // A deck that asks for nothing leaves no file.
            Ok(None) => {
                let mut measures = Measures::default();
                measures.complete(job.deck.asked.iter().map(String::as_str));
                held(measures, job)
            }
            Err(faults) => Err(faulty_files(&faults)),
        },
    })
}

/// The verdict on the outputs of a simulation that ended well, for a point that takes them over from another.
pub fn judge_taken(job: &Job, engine: &Engine) -> Result<Option<Failure>> {
    let record = Record { ended: Ended { code: Some(0), ..Ended::default() }, ..Record::default() };
    Ok(judge(&record, job.place_of_outputs(), job, engine)?.err())
}

/// The same for a log into which the simulator printed its measures.
pub fn judge_log(
    exit: &Exit<'_>,
    text: &str,
    job: &Job,
    engine: &Engine,
) -> Result<Measures, Failure> {
    match log::judge(&engine.simulator, exit, text, job.about()) {
        Some(failure) => Err(failure),
        None => judge_measures(&job.log_name(), text, job),
    }
}

/// The measures of a log, or of each sample in it; the first one that is not good is the reason of the failure.
fn judge_samples(name: &str, text: &str, job: &Job) -> Result<Measures, Failure> {
    let Some(block) = job.block.filter(|block| block.samples > 1) else {
        return judge_measures(name, text, job);
    };
    let mut last = Ok(Measures::default());
    for (sample, part) in block.numbers().zip(samples::parts(text, block)) {
        last = match part {
            Some(part) => judge_measures(name, part, job),
            None => Err(Failure::new(Class::Measure, "no result")),
        };
        if let Err(failure) = last {
            let reason = format!("sample {sample}: {}", failure.reason);
            return Err(Failure { reason, ..failure });
        }
    }
    last
}

fn judge_measures(name: &str, text: &str, job: &Job) -> Result<Measures, Failure> {
    match outputs::of_log(name, text, job.wanted()) {
        Ok(measures) => held(measures, job),
        Err(faults) => Err(faulty_files(&faults.into_vec())),
    }
}

fn faulty_files(faults: &[Fault]) -> Failure {
    let reasons: Vec<String> =
        faults.iter().map(|fault| fault.to_string().replace('\n', ";")).collect();
    Failure::new(Class::Measure, reasons.join("; "))
}

/// The measures, if each of them is good.
fn held(measures: Measures, job: &Job) -> Result<Measures, Failure> {
    let temp_c = job.point.temp_c;
    let others = |stated: &f64| (stated - temp_c).abs() > log::TEMPERATURE_TOLERANCE_C;
    let of_another = |row: &Measure| {
        row.status == Failed && row.reason.as_ref().is_some_and(|r| r.starts_with("simulated at"))
    };
    if let Some(row) = measures.rows.iter().find(|row| row.temp_c.as_ref().is_some_and(others))
        && of_another(row)
    {
        return Err(Failure::new(Class::Temperature, row.reason.clone().unwrap_or_default()));
    }
    faulty(&measures).map_or(Ok(measures), Err)
}

fn faulty(measures: &Measures) -> Option<Failure> {
    let mut seen = BTreeSet::new();
    let mut rows: Vec<_> = measures.faulty().filter(|row| seen.insert(row.name.as_str())).collect();
    // One that fails because it uses another tells no reason.
    rows.sort_by_key(|row| row.reason.is_none());
    let words: Vec<String> = rows
        .into_iter()
        .map(|row| match &row.reason {
            Some(reason) => format!("{} {} ({reason})", row.name, row.status),
            None => format!("{} {}", row.name, row.status),
        })
        .collect();
    if words.is_empty() {
        return None;
    }
    let shown = words.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = words.len().saturating_sub(4);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Some(Failure::new(Class::Measure, format!("measure {shown}{more}")))
}

/// The text of a file; `None` if the file does not exist.
pub fn text_of(path: &PathBuf) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(cannot("read", path, e)),
    }
}

#[cfg(test)]
mod tests {
    use super::{judge, judge_taken};
    use crate::fixture::{self, Domain, log, well};
    use crate::job::Job;
    use libchar_engine::{Class, Failure};
    use libchar_runner::{Ended, Record};
    use std::fs;

    fn of(text: &str, ended: Ended) -> Result<usize, Failure> {
        let domain = Domain::new(1);
        verdict(&domain, &domain.jobs()[0], text, ended)
    }

    fn verdict(domain: &Domain, job: &Job, text: &str, ended: Ended) -> Result<usize, Failure> {
        let place = job.place_of_outputs();
        fs::write(place.path(&place.log_name()), text).unwrap();
        let record = Record { ended, ..Record::default() };
        let measures = judge(&record, place, job, &domain.engine).unwrap()?;
        Ok(measures.rows.len())
    }

    #[test]
    fn a_log_with_good_measures_is_good() {
        assert_eq!(of(&log("1.000000e-09"), well()), Ok(1));
    }

    #[test]
    fn how_the_simulator_ended_counts_before_what_it_wrote() {
        let good = log("1.000000e-09");
        let class = |ended| of(&good, ended).unwrap_err().class;
        assert_eq!(class(Ended { timed_out: true, ..Ended::default() }), Class::Timeout);
        assert_eq!(class(Ended { stopped_by: Some(2), ..Ended::default() }), Class::Cancelled);
        assert_eq!(class(Ended { signal: Some(11), ..Ended::default() }), Class::Crash);
        assert_eq!(class(Ended { code: Some(3), ..Ended::default() }), Class::Exit);
        let domain = Domain::new(1);
        let record = Record { not_started: Some("no such file".to_owned()), ..Record::default() };
        let job = &domain.jobs()[0];
        let failure =
            judge(&record, job.place_of_outputs(), job, &domain.engine).unwrap().unwrap_err();
        assert_eq!(failure.class, Class::Start);
    }

    #[test]
    fn a_measure_that_is_not_there_names_itself() {
        let failure = of(&log("failed"), well()).unwrap_err();
        assert_eq!(failure.class, Class::Measure);
        assert!(failure.reason.starts_with("measure tphl failed"), "{}", failure.reason);
        let none = log("1.000000e-09").replace("tphl", "other");
        assert_eq!(of(&none, well()).unwrap_err().reason, "measure tphl missing");
    }

    #[test]
    fn a_value_that_is_cut_is_no_measure() {
        let failure = of(&log("1.0"), well()).unwrap_err();
        assert_eq!(failure.class, Class::Measure);
        assert!(failure.reason.contains("is cut"), "{}", failure.reason);
        assert!(!failure.reason.contains('\n'));
    }

    #[test]
    fn four_measures_are_named_and_the_others_counted() {
        let mut domain = Domain::new(0);
        let names = ["a1", "b1", "c1", "d1", "e1", "f1"];
        let asked: String =
            names.iter().map(|name| format!(".meas tran {name} max v(a)\n")).collect();
        domain.add("p", &fixture::deck("1").replace(".meas tran tphl max v(a)\n", &asked));
        let job = &domain.jobs()[0];
        let text = log("1.000000e-09");
        let failure = verdict(&domain, job, &text, well()).unwrap_err();
        assert_eq!(
            failure.reason,
            "measure a1 missing, b1 missing, c1 missing, d1 missing and 2 more"
        );
    }

    #[test]
    fn another_temperature_is_the_reason() {
        let other = log("1.000000e-09").replace("25.000000", "85.000000");
        let failure = of(&other, well()).unwrap_err();
        assert_eq!(failure.class, Class::Temperature);
    }

    #[test]
    fn the_first_sample_of_a_block_that_is_not_good_is_the_reason() {
        let mut domain = Domain::new(0);
        domain.add("p/mc_1-3", &fixture::deck("1"));
        let job = &domain.jobs()[0];
        assert_eq!(job.block.map(|block| block.samples), Some(3));
        let good = log("1.000000e-09");
        let parts = |texts: [&String; 3]| fixture::batch_log(&texts.map(String::clone));
        assert_eq!(verdict(&domain, job, &parts([&good, &good, &good]), well()), Ok(1));
        let bad = parts([&good, &log("failed"), &log("failed")]);
        let failure = verdict(&domain, job, &bad, well()).unwrap_err();
        assert!(failure.reason.starts_with("sample 2: measure tphl failed"), "{}", failure.reason);
        let two = fixture::batch_log(&[good.clone(), good]);
        let failure = verdict(&domain, job, &two, well()).unwrap_err();
        assert_eq!(
            (failure.class, failure.reason.as_str()),
            (Class::Measure, "sample 3: no result")
        );
    }

    #[test]
    fn outputs_that_are_taken_over_are_judged_as_those_of_a_good_end() {
        let domain = Domain::new(1);
        let job = &domain.jobs()[0];
        let path = job.place_of_outputs().path("sim_tx.log");
        fs::write(&path, log("1.000000e-09")).unwrap();
        assert_eq!(judge_taken(job, &domain.engine).unwrap(), None);
        fs::write(&path, log("failed")).unwrap();
        assert_eq!(judge_taken(job, &domain.engine).unwrap().unwrap().class, Class::Measure);
    }
}
