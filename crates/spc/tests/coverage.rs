//! 95 % intervals contain the true value in at least 93 % of simulated studies, and the false-alarm
//! rates with estimated limits are those that are printed. Draws are ChaCha8, so every run is the
//! same.

#![allow(clippy::print_stdout, reason = "a test says what it measured")]

use libchar_numeric::draws::Draws;
use libchar_spc::capability::{Specification, capability};
use libchar_spc::chart::{Data, Design, Given, Kind, Phase};
use libchar_spc::components::components;
use libchar_spc::convention::Convention;
use libchar_spc::estimated;
use libchar_spc::gage::{self, Cells, Options, drift};
use libchar_spc::subgroup::Subgroups;
use libchar_spc::tolerance;
use std::collections::BTreeMap;

const STUDIES: u64 = 1500;

/// Normal draws of one study.
struct Study(Draws, u64);

impl Study {
    fn new(name: &str, study: u64) -> Self {
        Study(Draws::new(study, &["coverage", name]), 0)
    }

    fn next(&mut self) -> f64 {
        self.1 += 1;
        self.0.normal(self.1)
    }
}

/// Counts how often intervals contain the true value.
#[derive(Default)]
struct Held(BTreeMap<String, (u64, u64)>);

impl Held {
    fn note(&mut self, name: &str, interval: [f64; 2], truth: f64) {
        let (held, all) = self.0.entry(name.to_owned()).or_default();
        *held += u64::from(interval[0] <= truth && truth <= interval[1]);
        *all += 1;
    }

    fn check(&self) {
        for (name, (held, all)) in &self.0 {
            let share = *held as f64 / *all as f64;
            println!("{name}: {:.1} %", 100.0 * share);
            assert!(share >= 0.93, "{name}: {held} of {all}");
        }
    }
}

/// 10 parts, 3 operators, 3 trials; sigma is 3 (parts), 0.6 (operators), 0.4 (interaction) and 1
/// (repeatability).
#[test]
fn gage_studies_cover() {
    let mut held = Held::default();
    for study in 0..STUDIES {
        let mut draw = Study::new("gage", study);
        let parts: Vec<f64> = (0..10).map(|_| 3.0 * draw.next()).collect();
        let (mut values, mut part, mut operator) = (Vec::new(), Vec::new(), Vec::new());
        for o in 0..3 {
            let own = 0.6 * draw.next();
            for (p, level) in parts.iter().enumerate() {
                let both = 0.4 * draw.next();
                for _ in 0..3 {
                    values.push(level + own + both + draw.next());
                    part.push(format!("P{p:02}"));
                    operator.push(format!("O{o}"));
                }
            }
        }
        let cells = Cells::new(&values, &part, Some(&operator), gage::Design::Crossed).unwrap();
        let options = Options { interaction: gage::Interaction::Always, ..Options::default() };
        let found = gage::anova(&cells, gage::Design::Crossed, &options).unwrap();
        for (name, truth) in [("repeatability", 1.0), ("grr", 1.52), ("part", 9.0)] {
            held.note(name, found.intervals[name], truth);
        }
    }
    held.check();
}

#[test]
fn components_capability_and_lines_cover() {
    let mut held = Held::default();
    let limits = Specification::new(Some(-4.0), Some(5.0), None).unwrap();
    for study in 0..STUDIES {
        let mut draw = Study::new("others", study);
        let (mut values, mut lot, mut wafer) = (Vec::new(), Vec::new(), Vec::new());
        for l in 0..12 {
            let own = 2.0 * draw.next();
            for w in 0..4 {
                let of_wafer = draw.next();
                for _ in 0..5 {
                    values.push(own + of_wafer + 0.5 * draw.next());
                    lot.push(l.to_string());
                    wafer.push(w.to_string());
                }
            }
        }
        let names = ["lot", "wafer"].map(str::to_owned);
        let found = components(&values, &names, &[lot, wafer], None, false, 0.95).unwrap();
        for (level, truth) in found.levels.iter().zip([4.0, 1.0, 0.25]) {
            held.note(&level.name, level.interval.unwrap(), truth);
        }
        let values: Vec<f64> = (0..60).map(|_| draw.next()).collect();
        let groups = Subgroups::individuals(values.clone()).unwrap();
        let sd = libchar_spc::describe::sd(&values).unwrap();
        let found = capability(&groups, &limits, sd, 0.95, Convention::Exact).unwrap();
        for (name, index, truth) in
            [("pp", found.overall.both, 1.5), ("ppk", Some(found.overall.worst), 4.0 / 3.0)]
        {
            let index = index.unwrap();
            held.note(name, [index.lower, index.upper], truth);
        }
        let readings: Vec<f64> = (0..20).map(|_| draw.next()).collect();
        held.note("bias", gage::bias(&readings, 0.25, 0.95).unwrap().ci, -0.25);
        let times: Vec<f64> = (0..20).map(f64::from).collect();
        let moved: Vec<f64> = times.iter().zip(&readings).map(|(t, x)| 0.1 * t + x).collect();
        held.note("drift", drift(&times, &moved, 0.95).unwrap().ci, 0.1);
        // The interval should contain at least 90 % of the process with 95 % confidence.
        let normal = libchar_spc::normal::interval;
        let [low, high] = tolerance::interval(&readings, 0.9, 0.95, false).unwrap().two_sided;
        held.note("tolerance", [0.9, 1.0], normal(low, high));
    }
    held.check();
}

/// The alarm rate of Phase II points for a chart of each kind, with rule 1 on every panel, compared
/// with the printed rate.
#[test]
fn false_alarms_with_estimated_limits_are_those_printed() {
    for (kind, points, size) in [(Kind::IMr, 30, 1), (Kind::XbarR, 25, 5), (Kind::XbarS, 20, 4)] {
        let design = Design::new(kind);
        let rules = libchar_spc::rules::parse_rules("rule1").unwrap();
        let patterns: Vec<_> = rules.iter().map(|rule| rule.pattern).collect();
        let (mut alarms, mut judged, mut printed) = (0usize, 0usize, 0.0);
        let charts = 3000u64;
        for chart in 0..charts {
            let mut draw = Study::new(kind.name(), chart);
            let group = |draw: &mut Study, count: usize| {
                let values = (0..count * size).map(|_| draw.next()).collect();
                Data::Measured(Subgroups::by_size(values, size).unwrap())
            };
            let known = group(&mut draw, points);
            let parameters = design.estimate(&known, &Given::default()).unwrap();
            let later = group(&mut draw, 60);
            let judged_chart = design.chart(&parameters, &later, Phase::Two).unwrap();
            if chart == 0 {
                let found = estimated::of_chart(&design, &patterns, &parameters, size);
                printed = found.expect("a rate").rate;
            }
            // As for the printed rate, the chart restarts after each alarm, so the next point has
            // no moving range.
            let mut anew = true;
            for at in 0..60 {
                judged += 1;
                let panels = judged_chart.panels.iter().enumerate();
                let alarm = panels.filter(|(place, _)| !(anew && kind == Kind::IMr && *place == 1));
                let alarm =
                    alarm.map(|(_, panel)| panel.beyond(at)).any(|beyond| beyond != (false, false));
                alarms += usize::from(alarm);
                anew = alarm;
            }
        }
        let rate = alarms as f64 / judged as f64;
        println!("{}: {rate:.5}, printed {printed:.5}", kind.name());
        assert!((rate / printed - 1.0).abs() < 0.1, "{}: {rate} for {printed}", kind.name());
    }
}
