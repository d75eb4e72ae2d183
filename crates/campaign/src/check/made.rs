//! Checks the outputs of the stages: are the points simulated with the present inputs, are their
//! outputs complete, and are results and report up to date?

use super::report::{Report, Status};
use crate::ask;
use crate::desk::Desk;
use crate::domain::read_points;
use crate::done::Doubt;
use crate::engine::Engine;
use crate::fresh;
use crate::job::{self, Job};
use crate::samples;
use crate::status::Status as RunStatus;
use libchar_core::words::{are, count};
use libchar_pvt::{Point, RunConfig, points};
use libchar_report::{FILE, Report as Shown, Results};
use libchar_runner::Signals;
use std::collections::BTreeSet;
use std::fs;

/// Number of damaged outputs that are named; the others are only counted.
const MOST_NAMED: usize = 10;

/// Who is told of points, and who knows how a report is made.
pub struct Ear<'a> {
    /// Hears an event, its point, and why.
    pub point: &'a dyn Fn(&'static str, &str, &str),
    /// Whether a report would be another one now.
    pub differs: &'a dyn Fn(&Results, &Shown) -> bool,
}

/// Adds what the stages made of a domain.
pub fn made(config: &RunConfig, desk: &Desk<'_>, ear: &Ear<'_>, report: &mut Report) {
    if !desk.has(points::FILE) {
        return;
    }
    let Ok(listed) = read_points(desk) else { return };
    // A simulator that does not answer is reported in a line of its own.
    if let Ok(signals) = Signals::watch()
        && let Ok(engine) = ask::engine(config, desk.config, &desk.environment, &signals)
    {
        simulations(&listed, &engine, ear, report);
    }
    results(&listed, desk, ear, report);
}

fn simulations(listed: &[Point], engine: &Engine, ear: &Ear<'_>, report: &mut Report) {
    let mut keys = engine.keys();
    let all = match job::with_blocks(listed.to_vec()) {
        Ok(all) => all,
        Err(error) => return report.fail("simulations", &error.into()),
    };
    let (mut damaged, mut due) = (Vec::new(), Vec::new());
    let mut not_done = BTreeSet::new();
    for point in &all {
        // A missing deck is reported with the decks.
        let Ok(job) = Job::read(point.clone(), &engine.sizes, &mut keys) else { continue };
        let doubt = job.doubt(RunStatus::read(&point.id).as_ref(), engine, None);
        if doubt.is_some() {
            not_done.insert(samples::point_id(&point.id));
        }
        match doubt {
            None => {}
            Some(Doubt::Damaged(what)) => damaged.push(what),
            Some(doubt) => due.push((point.id.as_str(), doubt.to_string())),
        }
    }
    for what in damaged.iter().take(MOST_NAMED) {
        report.add(Status::Fail, "outputs", what.clone());
    }
    if damaged.len() > MOST_NAMED {
        let more = damaged.len() - MOST_NAMED;
        report.add(Status::Fail, "outputs", format!("and {more} more points with such outputs"));
    }
    for (id, why) in &due {
        (ear.point)("due", id, why);
    }
    let of = listed.len();
    let said = format!("{} of {} {} done", of - not_done.len(), count(of, "point"), are(of));
    match due.first() {
        None if damaged.is_empty() => report.add(Status::Pass, "simulations", said),
        None => {}
        Some((id, why)) => {
            let others = "`libchar run` simulates the others; the first is";
            report.add(Status::Warn, "simulations", format!("{said}: {others} {id}, {why}"));
        }
    }
}

fn results(listed: &[Point], desk: &Desk<'_>, ear: &Ear<'_>, report: &mut Report) {
    let Ok(bytes) = fs::read(desk.path(FILE)) else { return };
    let results = match Results::parse(FILE, &bytes) {
        Ok(results) => results,
        Err(error) => return report.fail("results", &error.into()),
    };
    match fresh::results_csv(desk, listed, &results) {
        None => report.add(Status::Pass, "results", "results.csv agrees with the outputs"),
        Some(older) => report.add(Status::Warn, "results", older.message()),
    }
    let Ok(text) = fs::read(desk.path("creport.txt")) else { return };
    match libchar_report::parse("creport.txt", &String::from_utf8_lossy(&text)) {
        Err(error) => report.fail("report", &error.into()),
        Ok(shown) if (ear.differs)(&results, &shown) => {
            report.add(Status::Warn, "report", fresh::REPORT_DIFFERS);
        }
        Ok(_) => {
            report.add(Status::Pass, "report", "creport.txt agrees with the results and limits")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::{Ear, simulations};
    use crate::fixture::{self, Domain, log};
    use crate::settle;
    use crate::task::{Kind, PointKey, Subject};
    use std::cell::RefCell;
    use std::fs;

    fn simulate(domain: &Domain, index: usize) {
        let job = &domain.jobs()[index];
        let key = PointKey { point: job.id().to_owned(), key: job.deck.key.clone() };
        let subject =
            Subject { points: vec![key], tries: 0, retries: 0, kind: Kind::Usual, recipe: None };
        let ticket = domain.engine.ticket("e-1", job, &job.deck_path(), &subject).unwrap();
        let record = domain.publish(&ticket, &log("1.000000e-09"), fixture::well());
        settle::settle(&domain.runs(), &record, &subject, job, &domain.engine).unwrap();
    }

    #[test]
    fn points_are_done_due_or_damaged() {
        let domain = Domain::new(2);
        let heard = RefCell::new(Vec::new());
        let point = |event: &'static str, _: &str, why: &str| {
            heard.borrow_mut().push(format!("{event}: {why}"));
        };
        let ear = Ear { point: &point, differs: &|_, _| false };
        let lines = || {
            let mut report = Report::default();
            simulations(&domain.points, &domain.engine, &ear, &mut report);
            report.lines()
        };
        simulate(&domain, 0);
        let said = lines();
        assert!(said[0].starts_with("WARN simulations: 1 of 2 points are done: "), "{said:?}");
        assert_eq!(heard.borrow().len(), 1, "the other is due");
        simulate(&domain, 1);
        assert_eq!(lines(), ["PASS simulations: 2 of 2 points are done"]);
        fs::write(format!("{}/sim_tx.log", domain.points[0].id), "cut").unwrap();
        let said = lines();
        assert_eq!(said.len(), 1, "what is damaged is no count: {said:?}");
        assert!(said[0].starts_with("FAIL outputs: "), "{said:?}");
    }
}
