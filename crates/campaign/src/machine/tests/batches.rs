//! Points that share a process.

use super::{Class, Event, Next, alone, run, settled, with};
use crate::task::Kind;

#[test]
fn points_of_one_kin_share_a_process_and_others_do_not() {
    let mut run = run(5);
    run.add_kin([0, 2], Some(7));
    run.add_kin([1, 3], Some(8));
    run.add([4]);
    assert_eq!(run.machine.waiting(), 5);
    // What runs alone comes first.
    assert_eq!(run.start_all(), [vec![4], vec![0, 2], vec![1, 3]]);
}

#[test]
fn the_first_batch_is_small_while_nobody_knows_how_long_a_point_takes() {
    let mut run = run(10);
    run.add_kin(0..10, Some(0));
    assert_eq!(run.next_jobs(), [0, 1, 2, 3]);
    assert_eq!(run.next_jobs(), [4, 5, 6, 7]);
    assert_eq!(run.machine.waiting(), 2);
}

#[test]
fn later_batches_last_about_two_seconds() {
    for (seconds, points) in [(0.1, 20), (1.0, 2), (3.0, 1), (1e-9, 64)] {
        let mut run = run(101);
        run.add([100]);
        run.add_kin(0..100, Some(0));
        let task = run.next().unwrap();
        run.step(Event::Ended { task: &task, seconds, class: None });
        assert_eq!(run.next_jobs().len(), points, "{seconds} s a point");
    }
}

#[test]
fn a_batch_is_no_larger_than_what_is_asked_for() {
    let mut run = run(4);
    run.add_kin(0..4, Some(0));
    let task = run.machine.next(3, |_| true).unwrap();
    assert_eq!(task.jobs, [0, 1, 2]);
    assert_eq!(run.machine.next(0, |_| true).unwrap().jobs, [3], "at least one");
}

#[test]
fn points_that_cannot_share_after_all_run_each_alone() {
    let mut run = run(3);
    run.add_kin(0..3, Some(0));
    let asked = std::cell::RefCell::new(Vec::new());
    let task = run.machine.next(9, |points| {
        asked.borrow_mut().extend_from_slice(points);
        false
    });
    assert_eq!(*asked.borrow(), [0, 1, 2]);
    assert_eq!(task, Some(alone(0, Kind::Usual)));
    assert_eq!(run.start_all(), [[1], [2]]);
}

#[test]
fn nobody_is_asked_whether_one_point_can_share() {
    let mut run = run(1);
    run.add_kin([0], Some(0));
    let task = run.machine.next(9, |_| unreachable!("one point shares with nobody"));
    assert_eq!(task, Some(alone(0, Kind::Usual)));
}

#[test]
fn each_whole_part_of_a_batch_is_done_and_the_others_run_alone() {
    let mut run = run(3);
    run.add_kin(0..3, Some(0));
    let task = run.next().unwrap();
    let found = [(0, true), (1, false), (2, true)];
    let actions = run.step(Event::EndedBatch { task: &task, seconds: 0.5, found: &found });
    assert_eq!(actions, [settled(0, Next::Done), settled(2, Next::Done)]);
    assert_eq!(run.machine.seconds_a_point(), Some(0.5));
    assert_eq!(run.next(), Some(alone(1, Kind::Usual)));
}

#[test]
fn a_batch_that_comes_back_is_started_point_by_point() {
    let mut run = run(3);
    run.add_kin(0..3, Some(0));
    let task = run.next().unwrap();
    run.step(Event::Returned(task));
    assert_eq!(run.machine.waiting(), 3);
    assert_eq!(run.start_all(), [[0], [1], [2]]);
}

#[test]
fn points_of_batches_that_are_held_leave_their_batch() {
    // Corner SS (even points) fails twice: its points leave the batches, those of TT stay.
    let mut run = with(10, 0, 0, 2);
    run.add([0, 2, 1]);
    run.add_kin(3..10, Some(0));
    let tasks: Vec<_> = (0..3).map(|_| run.next().unwrap()).collect();
    run.ended(&tasks[2], None);
    run.ended(&tasks[0], Some(Class::Netlist));
    run.ended(&tasks[1], Some(Class::Netlist));
    assert_eq!(run.start_all(), [[3, 5], [7, 9]], "TT works; two seconds last for two of it");
    assert_eq!(run.machine.waiting(), 0);
    assert_eq!(run.machine.held(), Some("2 failures in a row: netlist"));
}
