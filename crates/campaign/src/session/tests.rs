use super::{Asked, Display, Ended, Host, Place, Session};
use crate::after::After;
use crate::desk::Hears;
use crate::fixture::{Domain, Heard, config, log};
use crate::held;
use crate::job;
use crate::local;
use crate::news::{News, Say};
use crate::settle;
use crate::size::Room;
use crate::status::{State, Status};
use crate::task::{Kind, PointKey, Subject};
use anyhow::Result;
use libchar_core::Note;
use libchar_history::Input;
use libchar_runner::Signals;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Default)]
struct Ear(Heard);

impl Say for Ear {
    fn say(&self, news: News<'_>) {
        self.0.say(news);
    }
}

impl Hears for Ear {
    fn reads(&self, _path: &Path) {}

    fn notes(&self, _note: Note) {}
}

impl Host for Ear {
    fn begins(&self) -> Result<()> {
        Ok(())
    }

    fn inputs(&self, _inputs: Vec<Input>) {}

    fn display(&self, _points: usize) -> Box<dyn Display + '_> {
        Box::new(Nobody)
    }
}

struct Nobody;

impl Display for Nobody {
    fn show(&mut self, _settled: &BTreeMap<usize, Status>, _running: usize) {}
}

/// Settles a point as if it had been simulated with this log.
fn simulated(domain: &Domain, index: usize, text: &str) {
    let job = &domain.jobs()[index];
    let key = PointKey { point: job.id().to_owned(), key: job.deck.key.clone() };
    let subject =
        Subject { points: vec![key], tries: 0, retries: 0, kind: Kind::Usual, recipe: None };
    let ticket = domain.engine.ticket("e-1", job, &job.deck_path(), &subject).unwrap();
    let record = domain.publish(&ticket, text, crate::fixture::well());
    settle::settle(&domain.runs(), &record, &subject, job, &domain.engine).unwrap();
}

/// A run of all points that starts nothing.
fn run(domain: &Domain, asked: Asked, after: &str) -> (Ended, Vec<String>) {
    let (ear, signals) = (Ear::default(), Signals::watch().unwrap());
    let settings = config(after);
    let after = After::of(&settings, &domain.points).unwrap();
    let runs = domain.runs();
    let mut session = Session {
        asked,
        host: &ear,
        name: "r",
        points: &domain.points,
        after: &after,
        engine: crate::fixture::engine(&config("")),
        place: Place::Here(local::Place { room: Room { cores: 1, mem_gb: None }, most: 1 }),
        runs: &runs,
        signals: &signals,
        breaker: held::breaker(&settings, &runs),
        seen: Default::default(),
    };
    let waves = after.waves(domain.points.clone()).unwrap();
    let ended = session.run(waves).unwrap();
    (ended, ear.0.0.take())
}

fn dry() -> Asked {
    Asked { dry_run: true, ..Asked::default() }
}

#[test]
fn what_is_done_is_not_planned_unless_again() {
    let domain = Domain::new(3);
    simulated(&domain, 1, &log("1.000000e-09"));
    simulated(&domain, 2, &log("failed"));
    let id = |i: usize| domain.points[i].id.clone();
    let (ended, said) = run(&domain, dry(), "");
    assert_eq!(ended.planned, [id(0), id(2)], "one is new, one failed");
    assert!(said.is_empty() && ended.results.is_empty(), "{said:?}");
    let (ended, _) = run(&domain, Asked { again: true, ..dry() }, "");
    assert_eq!(ended.planned.len(), 3);
    let first = Asked { priority: vec!["*/v2".to_owned()], ..dry() };
    assert_eq!(run(&domain, first, "").0.planned, [id(2), id(0)]);
}

#[test]
fn a_run_of_points_that_are_done_starts_nothing_and_gives_their_states() {
    let domain = Domain::new(2);
    (0..2).for_each(|i| simulated(&domain, i, &log("1.000000e-09")));
    let (ended, said) = run(&domain, Asked::default(), "");
    assert_eq!((ended.simulated, ended.kept, ended.results.len()), (0, 0, 2));
    let done = |(_, status): (_, Option<&Status>)| status.unwrap().status == State::Done;
    assert!(ended.results.iter().all(done) && said.is_empty(), "{said:?}");
    assert!(domain.path("runs/seen.json").exists(), "what was read is remembered");
}

#[test]
fn a_deck_that_was_edited_is_told_and_due() {
    let domain = Domain::new(2);
    (0..2).for_each(|i| simulated(&domain, i, &log("1.000000e-09")));
    std::fs::write(&domain.points[0].deck, crate::fixture::deck("9.9")).unwrap();
    let (ended, said) = run(&domain, dry(), "");
    assert_eq!(ended.planned, [domain.points[0].id.clone()]);
    assert_eq!(said, ["1 of 2 are edited"]);
}

#[test]
fn what_an_interrupted_run_published_is_taken_over() {
    let domain = Domain::new(1);
    let job = &domain.jobs()[0];
    let key = PointKey { point: job.id().to_owned(), key: job.deck.key.clone() };
    let subject =
        Subject { points: vec![key], tries: 0, retries: 0, kind: Kind::Usual, recipe: None };
    let ticket = domain.engine.ticket("e-1", job, &job.deck_path(), &subject).unwrap();
    domain.publish(&ticket, &log("1.000000e-09"), crate::fixture::well());
    let (ended, said) = run(&domain, Asked::default(), "");
    assert_eq!((ended.simulated, said), (0, vec!["took over e-1".to_owned()]));
    assert_eq!(job::with_blocks(domain.points.clone()).unwrap().len(), 1);
}
