//! What is tried again, when, and with which options.

use super::{Class, Event, Next, START, alone, run, settled, with};
use crate::machine::Action;
use crate::task::Kind;
use std::time::Duration;

#[test]
fn a_failure_that_may_pass_is_tried_again_after_the_back_off() {
    let mut run = with(1, 2, 0, 0);
    run.add([0]);
    let Some(Action::Settle { point: 0, next: Next::Retry(wait) }) =
        run.run_one(Some(Class::Licence)).pop()
    else {
        panic!("no retry")
    };
    // First wait of 1 s, with a jitter from half to one and a half.
    assert!(wait >= Duration::from_millis(500) && wait <= Duration::from_millis(1500), "{wait:?}");
    assert!(run.next().is_none() && !run.machine.is_over(), "it waits");
    assert_eq!(run.machine.due(START), Some(wait));
    run.now = START + wait - Duration::from_millis(1);
    run.step(Event::Tick);
    assert!(run.next().is_none(), "too early");
    run.now = START + wait;
    run.step(Event::Tick);
    let task = run.next().unwrap();
    assert_eq!((task.tries, task.retries), (1, 1));
}

#[test]
fn each_wait_is_longer_than_the_one_before_by_the_same_factor() {
    let mut run = with(1, 3, 0, 0);
    run.add([0]);
    for (retry, plain) in [(0, 1.0), (1, 2.0), (2, 4.0)] {
        run.run_one(Some(Class::FileSystem));
        let Some(Next::Retry(wait)) = run.follows(0) else { panic!("retry {retry}") };
        let wait = wait.as_secs_f64();
        assert!((plain * 0.5..=plain * 1.5).contains(&wait), "{retry}: {wait}");
        run.wait(10);
    }
}

#[test]
fn retries_end() {
    let mut run = with(1, 2, 0, 0);
    run.add([0]);
    for expected in [true, true, false] {
        run.run_one(Some(Class::NodeLoss));
        assert_eq!(matches!(run.follows(0), Some(Next::Retry(_))), expected);
        run.wait(1000);
    }
    assert_eq!(run.follows(0), Some(Next::Failed));
    assert!(run.machine.is_over());
}

#[test]
fn only_failures_of_the_site_may_pass() {
    use Class::{FileSystem, Licence, Measure, Netlist, NodeLoss, Timeout};
    for (class, passes) in [
        (Licence, true),
        (FileSystem, true),
        (NodeLoss, true),
        (Timeout, true),
        (Measure, false),
        (Netlist, false),
    ] {
        let mut run = with(1, 1, 0, 0);
        run.add([0]);
        run.run_one(Some(class));
        assert_eq!(matches!(run.follows(0), Some(Next::Retry(_))), passes, "{class}");
    }
}

#[test]
fn what_does_not_converge_is_tried_with_each_recipe_in_order() {
    let mut run = with(1, 5, 2, 0);
    run.add([0]);
    for (recipe, next) in [(0, Next::Recipe(1)), (1, Next::Recipe(2)), (2, Next::Failed)] {
        let task = run.next().unwrap();
        assert_eq!((task.recipe, task.tries, task.retries), (recipe, recipe as u32, 0));
        assert_eq!(run.ended(&task, Some(Class::Convergence)), [settled(0, next)]);
    }
    assert!(run.machine.is_over());
}

#[test]
fn a_recipe_that_helps_is_the_last_one() {
    let mut run = with(1, 0, 2, 0);
    run.add([0]);
    run.run_one(Some(Class::Singular));
    assert_eq!(run.run_one(None), [settled(0, Next::Done)]);
    assert!(run.machine.is_over());
}

#[test]
fn a_failure_that_options_do_not_mend_gets_no_recipe() {
    let mut run = with(1, 0, 2, 0);
    run.add([0]);
    assert_eq!(run.run_one(Some(Class::Measure)), [settled(0, Next::Failed)]);
}

#[test]
fn a_retry_keeps_the_recipe_and_a_recipe_the_retries() {
    let mut run = with(1, 2, 2, 0);
    run.add([0]);
    run.run_one(Some(Class::Licence));
    run.wait(1000);
    run.run_one(Some(Class::Convergence));
    let task = run.next().unwrap();
    assert_eq!((task.tries, task.retries, task.recipe), (2, 1, 1));
    run.ended(&task, Some(Class::Licence));
    run.wait(1000);
    let task = run.next().unwrap();
    assert_eq!((task.tries, task.retries, task.recipe), (3, 2, 1));
}

#[test]
fn what_was_lost_is_written_and_tried_again() {
    let mut run = with(1, 1, 0, 0);
    run.add([0]);
    let task = run.next().unwrap();
    let actions = run.step(Event::Lost(&task));
    assert_eq!(actions[0], Action::Lose { point: 0, task: task.clone() });
    assert!(matches!(actions[1], Action::Settle { point: 0, next: Next::Retry(_) }));
    run.wait(1000);
    let task = run.next().unwrap();
    run.step(Event::Lost(&task));
    assert_eq!(run.follows(0), Some(Next::Failed));
}

#[test]
fn delayed_tasks_come_in_the_order_in_which_they_are_due() {
    let mut run = with(2, 1, 0, 0);
    run.add([0, 1]);
    run.run_one(Some(Class::Timeout));
    run.now += Duration::from_secs(100);
    run.run_one(Some(Class::Timeout));
    assert_eq!(run.machine.due(run.now), Some(Duration::ZERO), "the first is due long since");
    run.step(Event::Tick);
    assert_eq!(run.start_all(), [[0]]);
    run.wait(2);
    assert_eq!(run.start_all(), [[1]]);
}

#[test]
fn a_lost_batch_is_tried_point_by_point_and_costs_no_retry() {
    let mut run = run(3);
    run.add_kin([0, 1, 2], Some(0));
    let task = run.next().unwrap();
    assert!(run.step(Event::Lost(&task)).is_empty());
    let tasks: Vec<_> = std::iter::from_fn(|| run.next()).collect();
    assert_eq!(tasks, [0, 1, 2].map(|point| alone(point, Kind::Usual)));
}
