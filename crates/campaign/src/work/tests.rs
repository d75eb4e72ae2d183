use super::Work;
use crate::attempts::Attempts;
use crate::done::Doubt;
use crate::fixture::{self, Domain, Heard, batch_log, log, well};
use crate::job::Job;
use crate::machine::Retries;
use crate::status::{State, Status};
use crate::task::{Subject, Task};
use libchar_engine::Class;
use libchar_runner::breaker::{Breaker, Classes, Thresholds};
use libchar_runner::retry::Backoff;
use libchar_runner::{Ended, Ticket};
use std::fs;
use std::time::Duration;

fn work<'a>(
    domain: &'a Domain,
    jobs: &'a [Job],
    runs: &'a std::path::Path,
    said: &'a Heard,
) -> Work<'a> {
    let classes = Classes { harmless: &["measure", "convergence", "cancelled"], outside: &[] };
    let thresholds = Thresholds { in_a_row: 0, percent: 0.0, least: 20 };
    let retries = Retries { most: 1, backoff: Backoff { first: Duration::ZERO } };
    let attempts = Attempts::open(runs, "run").unwrap();
    let breaker = Breaker::new(thresholds, classes);
    Work::new(said, &domain.engine, jobs, runs, retries, breaker, attempts)
}

fn attempts(domain: &Domain) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(domain.runs().join("attempts.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs a test on the work of a domain with `points` points, each simulated alone.
fn with(points: usize, test: impl FnOnce(&Domain, &[Job], &mut Work<'_>, &Heard)) {
    let mut domain = Domain::new(points);
    domain.engine.batches = false;
    run(&domain, test);
}

fn run(domain: &Domain, test: impl FnOnce(&Domain, &[Job], &mut Work<'_>, &Heard)) {
    let (jobs, runs, said) = (domain.jobs(), domain.runs(), Heard::default());
    let mut work = work(domain, &jobs, &runs, &said);
    work.add(&(0..jobs.len()).collect::<Vec<_>>()).unwrap();
    test(domain, &jobs, &mut work, &said);
}

fn next(work: &mut Work<'_>) -> (Task, Ticket) {
    work.next(usize::MAX).unwrap().expect("something can be started")
}

#[test]
fn a_good_simulation_is_settled_and_leaves_its_outputs_and_a_status() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        assert_eq!(ticket.attempt, "run-1");
        let record = domain.publish(&ticket, &log("2.400000e-11"), well());
        work.ended(&task, &record).unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!((status.status, status.attempts, status.flaky), (State::Done, 1, false));
        assert_eq!(Some(&status), work.settled.get(&0));
        assert_eq!(status.key, jobs[0].deck.key);
        let outputs: Vec<String> = status.outputs.unwrap().into_iter().map(|o| o.name).collect();
        assert_eq!(outputs, ["sim_tx.log"]);
        let here = fixture::names(std::path::Path::new(jobs[0].id()));
        assert_eq!(here, ["sim_tx.log", "sim_tx.sp", "status.json"]);
        assert!(domain.left().is_empty(), "the published folder is gone");
        assert_eq!(*said.0.borrow(), ["done", "settled done"]);
        let attempts = attempts(domain);
        assert_eq!(attempts.len(), 1);
        assert_eq!(attempts[0]["status"], "done");
        assert_eq!((&attempts[0]["try"], &attempts[0]["settled"]), (&1.into(), &1.into()));
        assert!(work.machine().is_over());
    });
}

#[test]
fn a_measure_that_failed_makes_the_point_fail_and_its_outputs_stay() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        let record = domain.publish(&ticket, &log("failed"), well());
        work.ended(&task, &record).unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!((status.status, status.class), (State::Failed, Some(Class::Measure)));
        assert!(jobs[0].place_of_outputs().path("sim_tx.log").exists());
        assert_eq!(*said.0.borrow(), ["failed measure", "settled failed"]);
        assert_eq!(attempts(domain)[0]["class"], "measure");
    });
}

#[test]
fn a_point_that_succeeds_after_a_retry_is_flaky() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        let late = Ended { timed_out: true, ..Ended::default() };
        work.ended(&task, &domain.publish(&ticket, "", late)).unwrap();
        assert_eq!(Status::read(jobs[0].id()).unwrap().status, State::Timeout);
        assert_eq!(work.due(), Some(Duration::ZERO));
        work.tick().unwrap();
        let (task, ticket) = next(work);
        assert!(Status::read(jobs[0].id()).is_none(), "a point that starts has no status");
        work.ended(&task, &domain.publish(&ticket, &log("1.000000e-09"), well())).unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!((status.status, status.attempts, status.flaky), (State::Done, 2, true));
        let expected = ["retry after timeout", "settled timeout", "done", "settled done"];
        assert_eq!(*said.0.borrow(), expected);
    });
}

#[test]
fn what_was_stopped_from_outside_is_lost_and_tried_again() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        let stopped = Ended { stopped_by: Some(15), ..Ended::default() };
        work.ended(&task, &domain.publish(&ticket, "", stopped)).unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!((status.status, status.class), (State::Lost, Some(Class::NodeLoss)));
        assert_eq!(status.reason.as_deref(), Some("it was stopped from outside"));
        assert_eq!(said.0.borrow()[0], "retry after node-loss");
    });
}

#[test]
fn what_we_stop_is_cancelled() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        work.stop().unwrap();
        let stopped = Ended { stopped_by: Some(2), ..Ended::default() };
        work.ended(&task, &domain.publish(&ticket, "", stopped)).unwrap();
        assert_eq!(Status::read(jobs[0].id()).unwrap().status, State::Cancelled);
        assert_eq!(*said.0.borrow(), ["settled cancelled"]);
    });
}

#[test]
fn what_is_lost_has_a_status_with_the_reason() {
    with(1, |_, jobs, work, _| {
        let (task, _) = next(work);
        work.lost(&task, "its supervisor was killed").unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!(status.status, State::Lost);
        assert_eq!(status.reason.as_deref(), Some("its supervisor was killed"));
        work.tick().unwrap();
        let (task, _) = next(work);
        work.lost_together(&[task], "its job is gone without a result").unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!(status.reason.as_deref(), Some("its job is gone without a result"));
        assert_eq!(status.attempts, 2);
        assert!(work.machine().is_over());
    });
}

#[test]
fn a_failure_of_what_is_done_takes_nothing_away() {
    with(1, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        work.ended(&task, &domain.publish(&ticket, &log("1.000000e-09"), well())).unwrap();
        let good = Status::read(jobs[0].id()).unwrap();
        work.again = true;
        work.add(&[0]).unwrap();
        let (task, ticket) = next(work);
        assert_eq!(Status::read(jobs[0].id()).as_ref(), Some(&good), "it is not cleared");
        work.ended(&task, &domain.publish(&ticket, &log("failed"), well())).unwrap();
        assert_eq!(Status::read(jobs[0].id()).as_ref(), Some(&good));
        assert_eq!((work.kept, work.settled.get(&0)), (1, Some(&good)));
        let text = fs::read_to_string(jobs[0].place_of_outputs().path("sim_tx.log")).unwrap();
        assert_eq!(text, log("1.000000e-09"));
        assert_eq!(said.0.borrow()[2..], ["failed measure, stays", "settled failed"]);
        assert!(domain.left().is_empty());
    });
}

#[test]
fn a_better_result_of_what_is_done_replaces_it() {
    with(1, |domain, jobs, work, _| {
        let (task, ticket) = next(work);
        work.ended(&task, &domain.publish(&ticket, &log("1.000000e-09"), well())).unwrap();
        work.again = true;
        work.add(&[0]).unwrap();
        let (task, ticket) = next(work);
        work.ended(&task, &domain.publish(&ticket, &log("2.000000e-09"), well())).unwrap();
        let text = fs::read_to_string(jobs[0].place_of_outputs().path("sim_tx.log")).unwrap();
        assert_eq!((work.kept, text), (0, log("2.000000e-09")));
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!(jobs[0].doubt(Some(&status), &domain.engine, None), None);
    });
}

#[test]
fn points_of_a_batch_are_settled_each_and_a_part_that_is_not_whole_runs_alone() {
    let domain = Domain::new(3);
    assert!(domain.engine.batches);
    run(&domain, |domain, jobs, work, _| {
        let (task, ticket) = next(work);
        assert_eq!(task.jobs, [0, 1, 2]);
        assert!(ticket.files.values().all(|deck| deck.contains("alterparam")));
        let all = batch_log(&[log("1.000000e-09"), log("failed"), log("3.000000e-09")]);
        work.ended(&task, &domain.publish(&ticket, &all, well())).unwrap();
        assert_eq!(work.settled.keys().collect::<Vec<_>>(), [&0, &2]);
        for (point, value) in [(0, "1.000000e-09"), (2, "3.000000e-09")] {
            let place = jobs[point].place_of_outputs();
            let text = fs::read_to_string(place.path("sim_tx.log")).unwrap();
            assert!(text.contains(value) && !text.contains("failed"), "{text}");
            assert!(Status::good(&jobs[point], &domain.engine).is_some());
        }
        assert!(Status::read(jobs[1].id()).is_none());
        let attempts = attempts(domain);
        assert_eq!(
            (&attempts[0]["settled"], attempts[0]["points"].as_array().unwrap().len()),
            (&2.into(), 3)
        );
        let (task, ticket) = next(work);
        assert_eq!((task.jobs, ticket.files.len()), (vec![1], 0));
    });
}

#[test]
fn what_an_earlier_run_handed_out_is_recalled_as_far_as_it_is_the_same() {
    with(3, |_, jobs, work, _| {
        let (task, ticket) = next(work);
        let subject: Subject = serde_json::from_value(ticket.subject).unwrap();
        assert_eq!(work.recall(&subject, &[0, 1]).as_ref(), Some(&task));
        assert_eq!(work.recall(&subject, &[1, 2]), None, "it is not to be done");
        let mut changed = subject.clone();
        changed.points[0].key = "other".to_owned();
        assert_eq!(work.recall(&changed, &[0]), None);
        let unknown = Subject { recipe: Some("gone".to_owned()), ..subject.clone() };
        assert_eq!(work.recall(&unknown, &[0]), None);
        let check = Subject { kind: crate::task::Kind::Check, ..subject };
        assert_eq!(work.recall(&check, &[0]), None, "a comparison settles nothing");
        assert!(jobs.len() == 3);
    });
}

#[test]
fn a_point_that_does_not_converge_is_simulated_with_the_options_of_a_recipe() {
    let mut domain = Domain::new(1);
    let config =
        fixture::config("run = { recipes = ['gear'] }\nrecipes = { gear = { method = 'gear' } }");
    domain.engine = fixture::engine(&config);
    domain.engine.batches = false;
    run(&domain, |domain, jobs, work, said| {
        let (task, ticket) = next(work);
        let text = "Circuit: * inverter\nDoing analysis at TEMP = 25.000000 and TNOM = 27.000000\n\
                    doAnalyses: TRAN:  Timestep too small\n";
        let failed = Ended { code: Some(1), ..Ended::default() };
        work.ended(&task, &domain.publish(&ticket, text, failed)).unwrap();
        assert_eq!(said.0.borrow()[0], "recipe gear after convergence");
        let (task, ticket) = next(work);
        let deck = ticket.args.iter().find_map(|arg| match arg {
            libchar_runner::Text::Plain(path) if path.ends_with(".sp") => Some(path.clone()),
            _ => None,
        });
        let deck = fs::read_to_string(deck.unwrap()).unwrap();
        assert!(deck.contains(".options method=gear"), "{deck}");
        work.ended(&task, &domain.publish(&ticket, &log("1.000000e-09"), well())).unwrap();
        let status = Status::read(jobs[0].id()).unwrap();
        assert_eq!(
            (status.recipe.as_deref(), status.attempts, status.flaky),
            (Some("gear"), 2, false)
        );
        assert_ne!(status.key, jobs[0].deck.key, "other options, another key");
        assert_eq!(jobs[0].doubt(Some(&status), &domain.engine, None), None);
        let without = fixture::engine(&libchar_core::config::Config::defaults());
        assert_eq!(jobs[0].doubt(Some(&status), &without, None), Some(Doubt::Changed));
        work.clear_decks();
        assert!(domain.left().is_empty());
    });
}
