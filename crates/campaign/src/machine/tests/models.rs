//! Trimmed models: compared once with the whole ones, and never the cause of a failure.

use super::{Action, Added, Class, Event, Models, Next, alone, run, settled};
use crate::machine::Side;
use crate::task::{Kind, Task};
use libchar_engine::measure::{Measure, Status};

fn measures(value: f64) -> Vec<Measure> {
    let missing = Measure::missing("tphl");
    vec![Measure { value: Some(value), status: Status::Ok, ..missing }]
}

fn compared(point: usize, side: Side, measures: Vec<Measure>) -> Event<'static> {
    Event::Compared { point, side, measures }
}

#[test]
fn the_first_point_of_models_is_simulated_with_both_and_the_others_wait() {
    let mut run = run(3);
    run.add_trimmed(&[0, 1, 2], "m", false);
    let tasks: Vec<Task> = std::iter::from_fn(|| run.next()).collect();
    assert_eq!(tasks, [alone(0, Kind::Whole), alone(0, Kind::Check)]);
    assert!(run.machine.compares(0) && !run.machine.compares(1));
    assert!(!run.machine.is_over(), "1 and 2 wait for the comparison");
}

#[test]
fn models_that_somebody_compared_before_are_used_at_once() {
    let mut run = run(2);
    run.add_trimmed(&[0, 1], "m", true);
    let tasks: Vec<Task> = std::iter::from_fn(|| run.next()).collect();
    assert_eq!(tasks, [alone(0, Kind::Usual), alone(1, Kind::Usual)]);
}

#[test]
fn equal_measures_verify_the_models_and_let_the_others_go() {
    for first in [Side::Whole, Side::Trimmed] {
        let second = if first == Side::Whole { Side::Trimmed } else { Side::Whole };
        let mut run = run(3);
        run.add_trimmed(&[0, 1, 2], "m", false);
        let both = [run.next(), run.next()];
        assert!(both.iter().all(Option::is_some));
        assert!(run.step(compared(0, first, measures(1e-9))).is_empty());
        assert!(run.next().is_none(), "one side says nothing");
        let actions = run.step(compared(0, second, measures(1e-9)));
        assert_eq!(actions, [Action::Verified("m".to_owned())]);
        assert_eq!(run.start_all(), [[1], [2]]);
    }
}

#[test]
fn measures_that_differ_in_the_last_digit_give_the_models_up_for_all_points() {
    let mut run = run(3);
    run.add_trimmed(&[0, 1, 2], "m", false);
    let _ = [run.next(), run.next()];
    run.step(compared(0, Side::Whole, measures(1e-9)));
    let actions = run.step(compared(0, Side::Trimmed, measures(1e-9_f64.next_up())));
    let whole = [1, 2, 0].map(Action::UseWhole);
    assert_eq!(actions, [&whole[..], &[Action::ModelsDiffer]].concat());
    assert_eq!(run.start_all(), [[1], [2]], "with whole models");
    // Trimming was given up, so that this failure cannot be blamed on it.
    assert_eq!(run.ended(&alone(1, Kind::Usual), Some(Class::Netlist)), [settled(1, Next::Failed)]);
}

#[test]
fn a_comparison_without_measures_verifies_nothing() {
    let mut run = run(2);
    run.add_trimmed(&[0, 1], "m", false);
    let _ = [run.next(), run.next()];
    run.step(compared(0, Side::Whole, Vec::new()));
    let actions = run.step(compared(0, Side::Trimmed, Vec::new()));
    assert!(actions.contains(&Action::ModelsDiffer));
}

#[test]
fn a_side_that_was_lost_ends_the_comparison() {
    let mut run = run(2);
    run.add_trimmed(&[0, 1], "m", false);
    let (whole, check) = (run.next().unwrap(), run.next().unwrap());
    assert!(run.step(Event::Lost(&check)).is_empty(), "it settles nothing");
    let actions = run.step(Event::Lost(&whole));
    assert_eq!(actions[0], Action::Lose { point: 0, task: whole });
    assert!(actions.contains(&Action::ModelsDiffer));
    assert_eq!(actions.last(), Some(&settled(0, Next::Failed)));
    assert_eq!(run.start_all(), [[1]]);
}

#[test]
fn a_point_that_fails_with_trimmed_models_is_tried_with_whole_ones() {
    let mut run = run(1);
    run.add_trimmed(&[0], "m", true);
    let task = run.next().unwrap();
    assert_eq!(run.ended(&task, Some(Class::Netlist)), [Action::UseWhole(0)], "not settled yet");
    let task = run.next().unwrap();
    assert_eq!(task, alone(0, Kind::Whole));
    assert_eq!(run.ended(&task, Some(Class::Netlist)), [settled(0, Next::Failed)]);
}

#[test]
fn a_failure_that_may_pass_is_not_blamed_on_trimming() {
    let mut run = super::with(1, 1, 0, 0);
    run.add_trimmed(&[0], "m", true);
    run.run_one(Some(Class::Licence));
    assert!(matches!(run.follows(0), Some(Next::Retry(_))));
    run.wait(1000);
    assert_eq!(run.next().unwrap().kind, Kind::Usual);
}

#[test]
fn points_of_one_kin_with_other_models_do_not_share_a_process() {
    let mut run = run(4);
    let added = |point: usize| Added {
        point,
        kin: Some(0),
        models: Some(Models { hash: format!("m{}", point % 2), is_verified: true }),
    };
    run.step(Event::Add((0..4).map(added).collect()));
    assert_eq!(run.start_all(), [[0, 2], [1, 3]]);
}

#[test]
fn each_kind_of_models_has_its_own_comparison() {
    let mut run = run(4);
    run.add_trimmed(&[0, 1], "m", false);
    run.add_trimmed(&[2, 3], "n", false);
    assert_eq!(run.start_all(), [[0], [0], [2], [2]]);
    run.step(compared(2, Side::Whole, measures(1.0)));
    let actions = run.step(compared(2, Side::Trimmed, measures(1.0)));
    assert_eq!(actions, [Action::Verified("n".to_owned())]);
    assert_eq!(run.start_all(), [[3]], "1 waits for its own");
    assert!(run.machine.compares(0) && !run.machine.compares(2));
}

#[test]
fn a_comparison_that_nobody_began_says_nothing() {
    let mut run = run(1);
    assert!(run.step(compared(0, Side::Whole, measures(1.0))).is_empty());
}
