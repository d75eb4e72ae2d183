//! What is held, what is tried first, and how failures with one cause are counted.

use super::{Class, Event, Next, Run, with};
use crate::task::Task;

/// A run in which corner SS (even points) has just failed twice with a netlist: the breaker opens.
fn broken(points: usize) -> Run {
    let mut run = with(points, 0, 0, 2);
    run.add(0..points);
    let tasks: Vec<Task> = (0..3).map(|_| run.next().unwrap()).collect();
    run.ended(&tasks[1], None);
    run.ended(&tasks[0], Some(Class::Netlist));
    run.ended(&tasks[2], Some(Class::Netlist));
    run
}

#[test]
fn points_that_share_what_failed_are_held_and_the_others_go_on() {
    let mut run = broken(8);
    assert_eq!(run.start_all(), [[3], [5], [7]]);
    assert_eq!(run.machine.held(), Some("2 failures in a row: netlist"));
    assert_eq!(run.machine.waiting(), 0);
    assert!(run.machine.is_over(), "what is held waits for the next run");
}

#[test]
fn nothing_is_held_before_the_breaker_opens() {
    let mut run = with(4, 0, 0, 2);
    run.add(0..4);
    run.run_one(Some(Class::Netlist));
    assert_eq!(run.machine.held(), None);
    assert_eq!(run.start_all(), [[1], [2], [3]]);
}

#[test]
fn failures_of_the_circuit_hold_nothing() {
    let mut run = with(6, 0, 0, 2);
    run.add(0..6);
    for _ in 0..4 {
        run.run_one(Some(Class::Measure));
    }
    assert_eq!(run.machine.held(), None);
    assert_eq!(run.start_all(), [[4], [5]]);
}

#[test]
fn failures_of_the_site_hold_everything() {
    let mut run = with(6, 0, 0, 2);
    run.add(0..6);
    let tasks: Vec<Task> = (0..2).map(|_| run.next().unwrap()).collect();
    run.ended(&tasks[0], Some(Class::Licence));
    run.ended(&tasks[1], Some(Class::Licence));
    assert!(run.start_all().is_empty());
    assert!(run.machine.held().unwrap().contains("licence"));
}

#[test]
fn a_group_that_nobody_knows_is_probed_by_one_point_and_its_success_lets_the_others_go() {
    let mut run = with(7, 0, 0, 2);
    run.add(0..7);
    let tasks: Vec<Task> = [0, 2, 4].map(|_| run.next().unwrap()).into();
    run.ended(&tasks[0], Some(Class::Netlist));
    run.ended(&tasks[2], Some(Class::Netlist));
    // Point 1 of TT runs since before, and 3 is the probe of its corner.
    assert_eq!(run.start_all(), [[3]], "one probe, the others of TT wait");
    assert_eq!(run.machine.waiting(), 1, "5 waits");
    let probe = super::alone(3, crate::task::Kind::Usual);
    run.ended(&probe, None);
    assert_eq!(run.start_all(), [[5]]);
}

/// A run of eight points in which corner SS failed twice before it is known whether TT works: its probe has just started.
fn probing() -> (Run, Task) {
    let mut run = with(8, 0, 0, 2);
    run.add(0..8);
    let tasks: Vec<Task> = [0, 1, 2].map(|_| run.next().unwrap()).into();
    run.ended(&tasks[0], Some(Class::Netlist));
    run.ended(&tasks[2], Some(Class::Netlist));
    let probe = run.next().unwrap();
    (run, probe)
}

#[test]
fn a_probe_that_fails_holds_its_group_too() {
    let (mut run, probe) = probing();
    assert_eq!(probe.jobs, [3]);
    run.ended(&probe, Some(Class::Netlist));
    assert!(run.start_all().is_empty());
    assert_eq!(run.machine.held(), Some("the probe failed too: netlist"));
}

#[test]
fn a_probe_that_was_lost_gives_way_to_another_one() {
    let (mut run, probe) = probing();
    assert!(run.next().is_none());
    run.step(Event::Returned(probe));
    assert_eq!(run.next_jobs(), [5], "the next of its corner is the probe");
    assert!(run.next().is_none());
}

#[test]
fn what_is_known_to_work_starts_before_a_probe() {
    let mut run = with(9, 0, 0, 2);
    run.add([0, 2]);
    let tasks: Vec<Task> = [0, 2].map(|_| run.next().unwrap()).into();
    run.add([1]);
    run.run_one(None);
    run.ended(&tasks[0], Some(Class::Netlist));
    run.ended(&tasks[1], Some(Class::Netlist));
    run.add([4, 3]);
    assert_eq!(run.start_all(), [[3]], "4 is held");
}

#[test]
fn tasks_that_one_cause_took_count_as_one_failure() {
    let mut run = with(8, 0, 0, 2);
    run.add(0..8);
    let tasks: Vec<Task> = [0, 1, 2, 3].map(|_| run.next().unwrap()).into();
    run.step(Event::LostTogether(&tasks));
    assert_eq!((0..4).map(|point| run.follows(point)).collect::<Vec<_>>(), [Some(Next::Failed); 4]);
    assert_eq!(run.machine.held(), None, "one node that was lost is one failure");
    assert_eq!(run.start_all().len(), 4);
}

#[test]
fn tasks_that_were_lost_one_by_one_count_each() {
    let mut run = with(8, 0, 0, 2);
    run.add(0..8);
    let tasks: Vec<Task> = [0, 1].map(|_| run.next().unwrap()).into();
    tasks.iter().for_each(|task| drop(run.step(Event::Lost(task))));
    assert!(run.machine.held().is_some() && run.start_all().is_empty());
}

#[test]
fn what_somebody_stopped_says_nothing() {
    let mut run = with(4, 3, 3, 1);
    run.add(0..4);
    run.run_one(Some(Class::Cancelled));
    assert_eq!((run.follows(0), run.machine.held()), (Some(Next::Cancelled), None));
    assert_eq!(run.start_all().len(), 3, "and is not tried again");
}
