//! Benchmarks the run rules on a million points in one thread, in nanoseconds per point:
//! `cargo bench -p libchar-spc --bench rules`.
//!
//! Prints the minimum of several passes, which other load on the machine disturbs least.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use libchar_spc::normal::quantile;
use libchar_spc::rules::{Monitor, Pattern, Thresholds, events, parse_rules, scan};
use std::hint::black_box;
use std::time::Instant;

const POINTS: usize = 1_000_000;

fn main() {
    let series = normal_series();
    let lines = Thresholds::new(0.0, 1.0);
    for set in ["rule1", "we", "nelson", "aiag", "westgard"] {
        let patterns: Vec<Pattern> =
            parse_rules(set).expect("a named set").iter().map(|rule| rule.pattern).collect();
        report(set, "scan", || {
            black_box(scan(black_box(&series), &patterns, &lines));
        });
        report(set, "scan and events", || {
            let signals = scan(black_box(&series), &patterns, &lines);
            black_box(events::events(&patterns, &signals, false));
        });
        report(set, "stream", || {
            let mut monitor = Monitor::new(&patterns, &lines);
            let fired = series.iter().filter(|x| {
                monitor.push(**x);
                monitor.any()
            });
            black_box(fired.count());
        });
    }
}

fn report(set: &str, what: &str, mut pass: impl FnMut()) {
    let best = (0..15)
        .map(|_| {
            let start = Instant::now();
            pass();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    println!("{set:10} {what:16} {:6.2} ns/point", best * 1e9 / POINTS as f64);
}

/// Normal deviates from a Weyl sequence scrambled by splitmix64, so that every call returns the
/// same series.
fn normal_series() -> Vec<f64> {
    (0..POINTS as u64)
        .map(|i| {
            let mut x = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            quantile(((x >> 11) as f64 + 0.5) / (1u64 << 53) as f64)
        })
        .collect()
}
