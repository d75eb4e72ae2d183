//! A signal: nothing more is started, and what ends still counts.

use super::{Action, Class, Event, Next, run, settled, with};

#[test]
fn after_a_stop_nothing_starts_and_the_work_is_over() {
    let mut run = with(6, 1, 0, 0);
    run.add([0, 1]);
    run.add_kin([2, 3], Some(0));
    run.add_trimmed(&[4, 5], "m", false);
    run.run_one(Some(Class::Licence));
    assert!(!run.machine.is_stopped());
    run.step(Event::Stop);
    assert!(run.machine.is_stopped() && run.machine.is_over());
    run.wait(1000);
    assert!(run.next().is_none() && run.machine.due(run.now).is_none());
}

#[test]
fn what_ends_after_a_stop_is_settled_and_not_tried_again() {
    let mut run = with(3, 5, 5, 0);
    run.add(0..3);
    let tasks = [0, 1, 2].map(|_| run.next().unwrap());
    run.step(Event::Stop);
    assert_eq!(run.ended(&tasks[0], None), [settled(0, Next::Done)]);
    assert_eq!(run.ended(&tasks[1], Some(Class::Licence)), [settled(1, Next::Failed)]);
    assert_eq!(run.ended(&tasks[2], Some(Class::Convergence)), [settled(2, Next::Failed)]);
    assert!(run.next().is_none());
}

#[test]
fn what_is_lost_after_a_stop_is_not_written_as_lost() {
    let mut run = run(1);
    run.add([0]);
    let task = run.next().unwrap();
    run.step(Event::Stop);
    assert!(run.step(Event::Lost(&task)).is_empty());
}

#[test]
fn of_a_batch_that_ends_after_a_stop_only_whole_parts_count() {
    let mut run = run(2);
    run.add_kin([0, 1], Some(0));
    let task = run.next().unwrap();
    run.step(Event::Stop);
    let found = [(0, false), (1, true)];
    let actions = run.step(Event::EndedBatch { task: &task, seconds: 1.0, found: &found });
    assert_eq!(actions, [settled(1, Next::Done)]);
    assert!(run.next().is_none());
}

#[test]
fn trimmed_models_are_not_given_up_after_a_stop() {
    let mut run = run(1);
    run.add_trimmed(&[0], "m", true);
    let task = run.next().unwrap();
    run.step(Event::Stop);
    assert_eq!(run.ended(&task, Some(Class::Netlist)), [settled(0, Next::Failed)]);
    assert!(!run.actions.iter().any(|action| matches!(action, Action::UseWhole(_))));
}
