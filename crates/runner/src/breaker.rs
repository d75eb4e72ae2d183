//! Circuit breaker: if failures of one class follow one another, or are too many of all results, it
//! holds back the points that share their cause.
//!
//! Failures that lie outside of the circuits, such as a missing licence, hold everything. Other
//! failures hold the points that have in common what the failures have in common: a corner whose
//! models are broken never keeps another corner from being simulated. Of each other group, one
//! point is tried first.

use serde::{Deserialize, Serialize};

/// When the breaker opens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The number of failures of one class in a row that opens the breaker; 0 never opens it.
    pub in_a_row: usize,
    /// The share of failures of one class among all results, in percent, that opens the breaker; 0
    /// never opens it.
    pub percent: f64,
    /// The number of results from which on the share counts.
    pub least: usize,
}

/// How the breaker treats classes of failures.
#[derive(Debug, Clone, Copy)]
pub struct Classes {
    /// Failures of the circuit: results like any other.
    pub harmless: &'static [&'static str],
    /// Failures of the machine or the site: they hold everything.
    pub outside: &'static [&'static str],
}

/// A point's values on the axes, such as its corner and its supply.
pub type Place = Vec<String>;

/// Whether a point may be simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// It may.
    Go,
    /// It may, as the probe that shows whether its group works.
    Probe,
    /// Another point of its group is tried first.
    Wait,
    /// Its group is held.
    Hold,
}

/// The state of a group of points while the breaker is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Group {
    Works,
    Probing,
    Held,
    /// Held by an earlier run: one point is tried now.
    Again,
}

/// Failures that hold points back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    class: String,
    /// Why, as text.
    pub reason: String,
    /// The axes on which the failures agree; if there are none, everything is held.
    axes: Vec<usize>,
    groups: Vec<(Place, Group)>,
}

/// The breaker of a run.
#[derive(Debug, Clone)]
pub struct Breaker {
    thresholds: Thresholds,
    classes: Classes,
    /// Results in their order: the class of a failure, and the point's place.
    results: Vec<(Option<String>, Place)>,
    open: Vec<Held>,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(thresholds: Thresholds, classes: Classes) -> Breaker {
        Breaker { thresholds, classes, results: Vec::new(), open: Vec::new() }
    }

    /// A breaker that an earlier run left open: one point of each group that it held is tried.
    pub fn half_open(thresholds: Thresholds, classes: Classes, left: Vec<Held>) -> Breaker {
        let mut open = left;
        for held in &mut open {
            for (_, group) in &mut held.groups {
                *group = Group::Again;
            }
        }
        Breaker { open, ..Breaker::new(thresholds, classes) }
    }

    /// A breaker state of earlier versions, which holds everything for a reason.
    pub fn everything(reason: &str) -> Held {
        Held {
            class: String::new(),
            reason: reason.to_owned(),
            axes: Vec::new(),
            groups: vec![(Place::new(), Group::Held)],
        }
    }

    /// Whether anything is held or being tried.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// What is held, for the next run.
    pub fn held(&self) -> Vec<Held> {
        self.open.iter().filter(|held| held.holds()).cloned().collect()
    }

    /// Why something is held.
    pub fn reason(&self) -> Option<&str> {
        self.open.iter().find(|held| held.holds()).map(|held| held.reason.as_str())
    }

    /// Whether a point may be simulated now.
    pub fn gate(&self, place: &[String]) -> Gate {
        self.open.iter().map(|held| held.gate(place)).max().unwrap_or(Gate::Go)
    }

    /// Records that the simulation of a point starts; it is the probe of its group if the gate said
    /// so.
    pub fn started(&mut self, place: &[String]) {
        for held in &mut self.open {
            if held.gate(place) == Gate::Probe {
                held.set(place, Group::Probing);
            }
        }
    }

    /// Records that the probe of a group was not simulated after all, so that another one may be
    /// tried.
    pub fn lost(&mut self, place: &[String]) {
        for held in &mut self.open {
            if held.get(place) == Some(Group::Probing) {
                held.set(place, Group::Again);
            }
        }
    }

    /// Records that a simulation succeeded.
    pub fn succeeded(&mut self, place: &[String]) {
        self.results.push((None, place.to_owned()));
        for held in &mut self.open {
            // A simulation that ran already when its group was held shows nothing new.
            if held.get(place) != Some(Group::Held) {
                held.set(place, Group::Works);
            }
        }
        self.open.retain(|held| !held.is_over());
    }

    /// Records that a simulation failed with a class.
    pub fn failed(&mut self, class: &str, place: &[String]) {
        if self.classes.harmless.contains(&class) {
            return self.succeeded(place);
        }
        let mut known = false;
        for held in &mut self.open {
            match held.get(place) {
                Some(Group::Held) => known = true,
                Some(Group::Works) => {}
                was => {
                    held.set(place, Group::Held);
                    if was == Some(Group::Probing) {
                        held.reason = format!("the probe failed too: {class}");
                    }
                    known = true;
                }
            }
        }
        self.results.push((Some(class.to_owned()), place.to_owned()));
        if !known && let Some(reason) = self.trips(class) {
            self.hold(class, reason);
        }
    }

    /// Why the last failure opens the breaker, if it does. Results of groups that are held already
    /// do not count.
    fn trips(&self, class: &str) -> Option<String> {
        let results: Vec<Option<&str>> = self.counted().map(|(class, _)| class).collect();
        let row = results.iter().rev().take_while(|result| **result == Some(class)).count();
        let Thresholds { in_a_row, percent, least } = self.thresholds;
        if in_a_row > 0 && row >= in_a_row {
            return Some(format!("{row} failures in a row: {class}"));
        }
        let failures = results.iter().filter(|result| **result == Some(class)).count();
        let share = 100.0 * failures as f64 / results.len().max(1) as f64;
        (percent > 0.0 && results.len() >= least && share >= percent)
            .then(|| format!("{failures} of {} simulations failed: {class}", results.len()))
    }

    fn counted(&self) -> impl DoubleEndedIterator<Item = (Option<&str>, &Place)> {
        let is_held =
            |place: &Place| self.open.iter().any(|held| held.get(place) == Some(Group::Held));
        let results = self.results.iter().filter(move |(_, place)| !is_held(place));
        results.map(|(class, place)| (class.as_deref(), place))
    }

    /// Holds the points that agree with the failures of a class; groups that had good results go
    /// on.
    fn hold(&mut self, class: &str, reason: String) {
        let failed: Vec<Place> = self
            .counted()
            .filter(|(result, _)| *result == Some(class))
            .map(|(_, place)| place.clone())
            .collect();
        let Some((first, others)) = failed.split_first() else { return };
        let agree = |axis: &usize| others.iter().all(|place| place.get(*axis) == first.get(*axis));
        let axes: Vec<usize> = match self.classes.outside.contains(&class) {
            true => Vec::new(),
            false => (0..first.len()).filter(agree).collect(),
        };
        let mut held = Held { class: class.to_owned(), reason, axes, groups: Vec::new() };
        for (result, place) in &self.results {
            if result.is_none() {
                held.set(place, Group::Works);
            }
        }
        held.set(first, Group::Held);
        self.open.push(held);
    }
}

impl Held {
    /// The group of a point: its values on the axes that matter.
    fn group(&self, place: &[String]) -> Place {
        self.axes.iter().map(|&axis| place.get(axis).cloned().unwrap_or_default()).collect()
    }

    fn get(&self, place: &[String]) -> Option<Group> {
        let wanted = self.group(place);
        self.groups.iter().find(|(group, _)| *group == wanted).map(|(_, state)| *state)
    }

    fn set(&mut self, place: &[String], state: Group) {
        let wanted = self.group(place);
        match self.groups.iter_mut().find(|(group, _)| *group == wanted) {
            Some((_, known)) => *known = state,
            None => self.groups.push((wanted, state)),
        }
    }

    fn gate(&self, place: &[String]) -> Gate {
        match self.get(place) {
            Some(Group::Works) => Gate::Go,
            Some(Group::Probing) => Gate::Wait,
            Some(Group::Held) => Gate::Hold,
            Some(Group::Again) | None => Gate::Probe,
        }
    }

    fn holds(&self) -> bool {
        self.groups.iter().any(|(_, state)| matches!(state, Group::Held | Group::Again))
    }

    /// Whether no group is held or being tried any more.
    fn is_over(&self) -> bool {
        self.groups.iter().all(|(_, state)| *state == Group::Works)
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, Classes, Gate, Place, Thresholds};

    const THRESHOLDS: Thresholds = Thresholds { in_a_row: 3, percent: 50.0, least: 10 };
    const CLASSES: Classes = Classes { harmless: &["measure"], outside: &["licence"] };

    /// Corner and supply.
    fn at(corner: &str, supply: &str) -> Place {
        vec![corner.to_owned(), supply.to_owned()]
    }

    fn breaker() -> Breaker {
        Breaker::new(THRESHOLDS, CLASSES)
    }

    #[test]
    fn failures_in_a_row_open_it() {
        let mut breaker = breaker();
        for class in ["licence", "licence", "crash", "licence", "measure", "licence", "licence"] {
            breaker.failed(class, &at("TT", "v1"));
            assert!(!breaker.is_open(), "{class}");
        }
        breaker.failed("licence", &at("TT", "v1"));
        assert_eq!(breaker.reason(), Some("3 failures in a row: licence"));
        assert_eq!(breaker.gate(&at("FF", "v2")), Gate::Hold, "a licence is everybody's");
    }

    #[test]
    fn a_large_share_of_one_class_opens_it() {
        let mut breaker = breaker();
        for i in 0..5 {
            assert!(!breaker.is_open(), "{i}");
            breaker.succeeded(&at("TT", "v1"));
            breaker.failed("crash", &at("TT", "v2"));
        }
        assert_eq!(breaker.reason(), Some("5 of 10 simulations failed: crash"));
        let gates = ["v1", "v2"].map(|supply| breaker.gate(&at("FF", supply)));
        assert_eq!(gates, [Gate::Probe, Gate::Probe], "another corner may or may not work");
        assert_eq!(breaker.gate(&at("TT", "v1")), Gate::Go);
        assert_eq!(breaker.gate(&at("TT", "v2")), Gate::Hold);
    }

    #[test]
    fn a_bad_corner_starves_no_other() {
        let mut breaker = breaker();
        for supply in ["v1", "v2", "v3"] {
            breaker.failed("netlist", &at("AA", supply));
        }
        assert_eq!(breaker.gate(&at("AA", "v4")), Gate::Hold);
        assert_eq!(breaker.gate(&at("TT", "v1")), Gate::Probe);
        breaker.started(&at("TT", "v1"));
        assert_eq!(breaker.gate(&at("TT", "v2")), Gate::Wait);
        assert_eq!(breaker.gate(&at("FF", "v1")), Gate::Probe, "another group");
        breaker.succeeded(&at("TT", "v1"));
        assert_eq!(breaker.gate(&at("TT", "v2")), Gate::Go);
        breaker.started(&at("FF", "v1"));
        breaker.failed("netlist", &at("FF", "v1"));
        assert_eq!(breaker.gate(&at("FF", "v2")), Gate::Hold);
        // Results of groups that are held open nothing more.
        breaker.failed("netlist", &at("AA", "v5"));
        assert_eq!(breaker.held().len(), 1);
    }

    #[test]
    fn what_an_earlier_run_held_is_tried_once() {
        let mut first = breaker();
        (0..3).for_each(|_| first.failed("netlist", &at("AA", "v1")));
        let mut breaker = Breaker::half_open(THRESHOLDS, CLASSES, first.held());
        assert_eq!(breaker.gate(&at("AA", "v1")), Gate::Probe);
        breaker.started(&at("AA", "v1"));
        breaker.lost(&at("AA", "v1"));
        assert_eq!(breaker.gate(&at("AA", "v1")), Gate::Probe, "the probe was lost");
        breaker.started(&at("AA", "v1"));
        breaker.failed("crash", &at("AA", "v1"));
        assert_eq!(breaker.reason(), Some("the probe failed too: crash"));
        let mut breaker = Breaker::half_open(THRESHOLDS, CLASSES, breaker.held());
        breaker.started(&at("AA", "v1"));
        breaker.succeeded(&at("AA", "v1"));
        assert!(!breaker.is_open());
    }

    #[test]
    fn what_0_1_left_holds_everything_until_a_probe() {
        let left = vec![Breaker::everything("x")];
        let mut breaker = Breaker::half_open(THRESHOLDS, CLASSES, left);
        breaker.started(&at("TT", "v1"));
        assert_eq!(breaker.gate(&at("FF", "v9")), Gate::Wait);
        breaker.succeeded(&at("TT", "v1"));
        assert_eq!((breaker.gate(&at("FF", "v9")), breaker.is_open()), (Gate::Go, false));
    }
}
