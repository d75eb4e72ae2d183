//! Which task may start, and when the work is over.

use super::{Event, Next, SMALL, run, settled};
use crate::task::Kind;

#[test]
fn points_start_in_the_order_in_which_they_came() {
    let mut run = run(3);
    run.add([2, 0, 1]);
    assert_eq!(run.machine.waiting(), 3);
    assert_eq!(run.machine.next_need(), Some(SMALL));
    assert_eq!(run.start_all(), [[2], [0], [1]]);
    assert_eq!((run.machine.waiting(), run.machine.next_need()), (0, None));
}

#[test]
fn the_first_try_is_the_usual_one_without_a_recipe() {
    let mut run = run(1);
    run.add([0]);
    let task = run.next().unwrap();
    assert_eq!((task.tries, task.retries, task.kind, task.recipe), (0, 0, Kind::Usual, 0));
}

#[test]
fn a_point_that_is_done_is_done() {
    let mut run = run(1);
    run.add([0]);
    assert!(!run.machine.is_over(), "it waits for its start");
    assert_eq!(run.run_one(None), [settled(0, Next::Done)]);
    assert!(run.machine.is_over() && run.next().is_none());
}

#[test]
fn a_machine_without_points_is_over() {
    let mut run = run(1);
    assert!(run.machine.is_over() && run.next().is_none());
    run.add([]);
    assert!(run.machine.is_over());
    assert_eq!(run.machine.held(), None);
}

#[test]
fn what_was_not_started_after_all_starts_again() {
    let mut run = run(2);
    run.add([0, 1]);
    let task = run.next().unwrap();
    run.step(Event::Returned(task.clone()));
    assert_eq!(run.start_all(), [[1], [0]]);
    assert!(run.actions.is_empty(), "nothing came of it");
}

#[test]
fn a_task_that_comes_back_keeps_its_tries() {
    let mut run = super::with(1, 3, 0, 0);
    run.add([0]);
    run.run_one(Some(libchar_engine::Class::Licence));
    run.wait(1000);
    let task = run.next().unwrap();
    run.step(Event::Returned(task.clone()));
    assert_eq!(run.next().unwrap(), task);
    assert_eq!((task.tries, task.retries), (1, 1));
}

#[test]
fn the_seconds_of_a_point_are_an_average_that_follows() {
    let mut run = run(2);
    run.add([0, 1]);
    assert_eq!(run.machine.seconds_a_point(), None);
    let task = run.next().unwrap();
    run.step(Event::Ended { task: &task, seconds: 10.0, class: None });
    assert_eq!(run.machine.seconds_a_point(), Some(10.0));
    let task = run.next().unwrap();
    run.step(Event::Ended { task: &task, seconds: 20.0, class: None });
    // The newest point counts 30 %, what was known 70 %: 0.7 * 10 + 0.3 * 20.
    assert!((run.machine.seconds_a_point().unwrap() - 13.0).abs() < 1e-12);
}
