use super::super::{Packing, Scheduler, Settings, cancel};
use super::Cluster;
use crate::attempts::Attempts;
use crate::fixture::{Domain, Heard, log, well};
use crate::interrupted::Interrupted;
use crate::job::Job;
use crate::machine::Retries;
use crate::status::{State, Status};
use crate::work::Work;
use anyhow::{Result, anyhow};
use libchar_runner::breaker::{Breaker, Classes, Thresholds};
use libchar_runner::cluster::submission::{self, Journal};
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::retry::Backoff;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// The answer of a scheduler to the next command.
enum Answer {
    /// The command succeeds and prints this text.
    Yes(&'static str),
    /// The command fails with this text.
    No(&'static str),
    /// A signal ends the command.
    Signal,
}

/// A simulated scheduler: the commands that it got, and its answers. Without a prepared answer it gives job numbers.
#[derive(Default)]
struct Fake {
    asked: RefCell<Vec<Vec<String>>>,
    answers: RefCell<Vec<Answer>>,
    jobs: RefCell<BTreeSet<Listed>>,
    is_broken: RefCell<bool>,
}

impl Scheduler for Fake {
    fn list(&self) -> Result<BTreeSet<Listed>> {
        if *self.is_broken.borrow() {
            return Err(anyhow!("no route to the controller"));
        }
        Ok(self.jobs.borrow().clone())
    }

    fn call(&self, command: &[String]) -> Result<(bool, String)> {
        self.asked.borrow_mut().push(command.to_vec());
        let number = 100 + self.asked.borrow().len();
        match self.answers.borrow_mut().pop() {
            None => Ok((true, format!("{number}\n"))),
            Some(Answer::Yes(text)) => Ok((true, text.to_owned())),
            Some(Answer::No(text)) => Ok((false, text.to_owned())),
            Some(Answer::Signal) => Err(Interrupted(2).into()),
        }
    }
}

fn job(id: &str, element: usize, name: &str, stuck: Option<&str>) -> Listed {
    let (id, name) = (id.to_owned(), name.to_owned());
    Listed { id, element, name, running: false, stuck: stuck.map(str::to_owned) }
}

/// The objects that a test works with.
struct Test<'t> {
    domain: &'t Domain,
    jobs: &'t [Job],
    fake: &'t Fake,
    said: &'t Heard,
}

/// Runs a test with a cluster on which this number of points is to be simulated; no point is tried again.
fn with(
    points: usize,
    max_submit: Option<usize>,
    test: impl FnOnce(&Test<'_>, &mut Cluster<'_, '_>),
) {
    let mut domain = Domain::new(points);
    domain.engine.batches = false;
    let (fake, said) = (Fake::default(), Heard::default());
    on(&domain, &fake, &said, max_submit, test);
}

fn on(
    domain: &Domain,
    fake: &Fake,
    said: &Heard,
    max_submit: Option<usize>,
    test: impl FnOnce(&Test<'_>, &mut Cluster<'_, '_>),
) {
    let (jobs, runs) = (domain.jobs(), domain.runs());
    let classes = Classes { harmless: &[], outside: &[] };
    let breaker = Breaker::new(Thresholds { in_a_row: 0, percent: 0.0, least: 20 }, classes);
    let retries = Retries { most: 0, backoff: Backoff { first: Duration::ZERO } };
    let attempts = Attempts::open(&runs, "run").unwrap();
    let mut work = Work::new(said, &domain.engine, &jobs, &runs, retries, breaker, attempts);
    let settings = settings(max_submit);
    let todo: Vec<usize> = (0..jobs.len()).collect();
    let journal = Journal::open(&runs).unwrap();
    let mut cluster = Cluster::new(&mut work, ("run", &todo), &settings, journal, fake, said);
    let flying = cluster.flying();
    let rest: Vec<usize> = todo.into_iter().filter(|job| !flying.contains(job)).collect();
    cluster.work.add(&rest).unwrap();
    test(&Test { domain, jobs: &jobs, fake, said }, &mut cluster);
}

fn settings(max_submit: Option<usize>) -> Settings {
    Settings {
        executor: Executor::find("slurm", &toml::Table::new()).unwrap(),
        options: vec!["--partition=fast".to_owned()],
        max_submit,
        packing: Packing { pack: None, max_running: Some(2), max_array: 100 },
        poll: Duration::from_secs(1),
        grace: Duration::from_secs(30),
        user: "me".to_owned(),
        program: "/bin/libchar".into(),
    }
}

impl Test<'_> {
    /// Publishes the results of a submission's elements; returns the attempts.
    fn simulate(&self, name: &str) -> usize {
        let runs = self.domain.runs();
        let mut published = 0;
        for element in submission::elements(&runs, name) {
            for ticket in submission::pack(&runs, name, element).unwrap() {
                self.domain.publish(&ticket, &log("1.000000e-09"), well());
                published += 1;
            }
        }
        published
    }

    fn submissions(&self) -> usize {
        self.fake.asked.borrow().len()
    }

    fn state(&self, point: usize) -> Option<State> {
        Status::read(self.jobs[point].id()).map(|status| status.status)
    }

    fn said(&self) -> Vec<String> {
        self.said.0.borrow().clone()
    }
}

fn later(seconds: u64) -> Instant {
    Instant::now() + Duration::from_secs(seconds)
}

#[test]
fn a_first_wave_tells_how_long_a_point_takes_and_the_rest_is_packed() {
    with(20, None, |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        assert_eq!(
            (test.submissions(), cluster.points()),
            (1, 8),
            "eight elements of a point each"
        );
        let command = test.fake.asked.borrow()[0].join(" ");
        assert!(command.contains("--partition=fast") && command.contains("lc-run-1"), "{command}");
        cluster.turn(Instant::now()).unwrap();
        assert_eq!(test.submissions(), 1, "the first wave is awaited");
        assert_eq!(test.simulate("lc-run-1"), 8);
        cluster.turn(Instant::now()).unwrap();
        assert_eq!((test.submissions(), cluster.points()), (2, 12));
        // Two elements at the same time share what is left.
        assert_eq!(submission::elements(&test.domain.runs(), "lc-run-2"), [1, 2]);
        assert_eq!(test.simulate("lc-run-2"), 12);
        assert!(!cluster.is_over());
        cluster.turn(Instant::now()).unwrap();
        assert!(cluster.is_over());
        cluster.close_finished().unwrap();
        assert!((0..20).all(|point| test.state(point) == Some(State::Done)));
        let (_, open) = Journal::open(&test.domain.runs()).unwrap();
        assert!(open.is_empty());
    });
}

#[test]
fn no_more_elements_are_submitted_than_the_limit_lets() {
    with(20, Some(3), |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        assert_eq!((test.submissions(), cluster.points()), (1, 3));
        test.simulate("lc-run-1");
        cluster.turn(Instant::now()).unwrap();
        cluster.turn(Instant::now()).unwrap();
        let elements = submission::elements(&test.domain.runs(), "lc-run-2").len();
        assert!(elements <= 3 && cluster.points() == 17, "{elements} {}", cluster.points());
    });
}

#[test]
fn a_refusal_that_passes_is_tried_again_later_and_another_ends_the_run() {
    with(2, None, |test, cluster| {
        let limit = "sbatch: error: QOSMaxSubmitJobPerUserLimit\nmore";
        test.fake.answers.borrow_mut().extend([Answer::No(limit), Answer::No(limit)]);
        let now = Instant::now();
        cluster.turn(now).unwrap();
        assert_eq!((test.submissions(), cluster.points()), (1, 0));
        assert_eq!(test.said(), ["refused: sbatch: error: QOSMaxSubmitJobPerUserLimit"]);
        cluster.turn(now).unwrap();
        assert_eq!(test.submissions(), 1, "too early");
        cluster.turn(later(10)).unwrap();
        assert_eq!((test.submissions(), test.said().len()), (2, 1), "said once");
        cluster.turn(later(100)).unwrap();
        assert_eq!((test.submissions(), cluster.points()), (3, 2));
    });
    with(1, None, |test, cluster| {
        test.fake.answers.borrow_mut().push(Answer::No("sbatch: error: Invalid partition name"));
        let error = cluster.turn(Instant::now()).unwrap_err().to_string();
        assert!(error.contains("refused the jobs: sbatch: error: Invalid partition"), "{error}");
        let (_, open) = Journal::open(&test.domain.runs()).unwrap();
        assert!(open.is_empty(), "nothing of it is awaited");
    });
}

#[test]
fn refusals_that_never_pass_end_the_run() {
    with(1, None, |test, cluster| {
        let limit = "QOSMaxSubmitJobPerUserLimit";
        test.fake.answers.borrow_mut().extend((0..20).map(|_| Answer::No(limit)));
        let ended = (1..20).find(|i| cluster.turn(later(i * 1000)).is_err());
        assert_eq!(ended, Some(9), "eight are borne");
    });
}

#[test]
fn a_submission_whose_number_nobody_read_is_found_by_its_name() {
    with(2, None, |test, cluster| {
        test.fake.answers.borrow_mut().push(Answer::Yes("queued, probably"));
        cluster.turn(Instant::now()).unwrap();
        assert_eq!(test.said(), ["no number: queued, probably"]);
        let listed = [1, 2].map(|element| job("77", element, "lc-run-1", None));
        test.fake.jobs.borrow_mut().extend(listed);
        cluster.poll(Instant::now()).unwrap();
        let (_, open) = Journal::open(&test.domain.runs()).unwrap();
        assert_eq!(open[0].id.as_deref(), Some("77"));
        assert_eq!(cluster.points(), 2);
    });
}

#[test]
fn a_submission_that_the_scheduler_does_not_know_was_not_submitted() {
    with(2, None, |test, cluster| {
        test.fake.answers.borrow_mut().push(Answer::Yes("?"));
        cluster.turn(Instant::now()).unwrap();
        cluster.poll(Instant::now()).unwrap();
        assert_eq!(cluster.points(), 2, "it may just be late");
        cluster.poll(later(60)).unwrap();
        assert_eq!((cluster.points(), cluster.work.machine().waiting()), (0, 2), "again");
        assert!(submission::elements(&test.domain.runs(), "lc-run-1").is_empty());
    });
}

#[test]
fn a_signal_while_it_submits_leaves_the_submission_in_doubt() {
    with(1, None, |test, cluster| {
        test.fake.answers.borrow_mut().push(Answer::Signal);
        let error = cluster.turn(Instant::now()).unwrap_err();
        assert!(error.is::<Interrupted>());
        assert_eq!(test.said(), ["in doubt: false"]);
        let (_, open) = Journal::open(&test.domain.runs()).unwrap();
        assert_eq!((open.len(), open[0].id.is_none()), (1, true), "the next run looks for it");
    });
}

#[test]
fn a_job_that_is_gone_without_a_result_is_lost() {
    with(1, None, |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        test.fake.jobs.borrow_mut().insert(job("101", 1, "lc-run-1", None));
        cluster.poll(Instant::now()).unwrap();
        test.fake.jobs.borrow_mut().clear();
        cluster.poll(Instant::now()).unwrap();
        assert_eq!(cluster.points(), 1);
        cluster.poll(later(60)).unwrap();
        assert_eq!((cluster.points(), test.state(0)), (0, Some(State::Lost)));
        let status = Status::read(test.jobs[0].id()).unwrap();
        assert_eq!(status.reason.as_deref(), Some("its job is gone without a result"));
    });
}

#[test]
fn a_result_that_comes_with_the_end_of_its_job_counts() {
    with(1, None, |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        cluster.poll(Instant::now()).unwrap();
        test.simulate("lc-run-1");
        cluster.poll(later(60)).unwrap();
        assert_eq!((cluster.points(), test.state(0)), (0, Some(State::Done)));
    });
}

#[test]
fn a_list_that_cannot_be_had_says_nothing_of_the_jobs() {
    with(1, None, |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        *test.fake.is_broken.borrow_mut() = true;
        for seconds in [0, 60, 120] {
            cluster.poll(later(seconds)).unwrap();
        }
        assert_eq!(cluster.points(), 1);
        assert_eq!(test.said()[0], "no list: no route to the controller");
    });
}

#[test]
fn a_job_that_only_a_person_frees_is_cancelled_and_its_points_are_lost() {
    with(2, None, |test, cluster| {
        cluster.turn(Instant::now()).unwrap();
        let stuck = |element| job("101", element, "lc-run-1", Some("SE"));
        test.fake.jobs.borrow_mut().extend([1, 2].map(stuck));
        cluster.poll(Instant::now()).unwrap();
        cluster.poll(later(60)).unwrap();
        assert!(test.said().contains(&"stuck: 101 SE 2".to_owned()), "{:?}", test.said());
        assert_eq!(test.submissions(), 2, "scancel");
        let command = test.fake.asked.borrow()[1].join(" ");
        assert!(command.contains("scancel"), "{command}");
        let status = Status::read(test.jobs[0].id()).unwrap();
        assert_eq!(status.reason.as_deref(), Some("its job was held in the state SE"));
    });
}

#[test]
fn what_an_earlier_run_submitted_is_taken_over() {
    let mut domain = Domain::new(2);
    domain.engine.batches = false;
    let (fake, said) = (Fake::default(), Heard::default());
    on(&domain, &fake, &said, None, |_, cluster| cluster.turn(Instant::now()).unwrap());
    assert_eq!(fake.asked.borrow().len(), 1);
    on(&domain, &fake, &said, None, |test, cluster| {
        assert_eq!(cluster.flying(), [0, 1].into());
        test.simulate("lc-run-1");
        cluster.turn(Instant::now()).unwrap();
        assert!(cluster.is_over());
        assert_eq!((test.submissions(), test.state(1)), (1, Some(State::Done)));
    });
}

#[test]
fn all_that_is_submitted_can_be_cancelled() {
    let mut domain = Domain::new(2);
    domain.engine.batches = false;
    let (fake, said) = (Fake::default(), Heard::default());
    on(&domain, &fake, &said, None, |_, cluster| cluster.turn(Instant::now()).unwrap());
    fake.answers.borrow_mut().push(Answer::No("no such job"));
    let executor = settings(None).executor;
    let runs = domain.runs();
    let runs: &Path = &runs;
    assert_eq!(cancel(&executor, runs, "me", &fake, &said).unwrap(), 1);
    assert_eq!(*said.0.borrow(), ["not cancelled: no such job"]);
    assert!(fake.asked.borrow()[1].join(" ").contains("lc-run-1"));
    assert_eq!(cancel(&executor, runs, "me", &fake, &said).unwrap(), 0);
}
