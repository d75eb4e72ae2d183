use super::*;
use crate::changes::Since;
use serde_json::json;

fn number(place: &str, measure: &str, value: f64) -> Entry {
    Entry::new(place, measure, Content::Number(value))
}

fn judged(value: f64, upper: f64, verdict: &str) -> Entry {
    Entry { limits: (None, Some(upper)), verdict: verdict.to_owned(), ..number("p", "tphl", value) }
}

fn kinds(comparison: &Comparison) -> Vec<(Kind, Option<Since>)> {
    comparison.differences.iter().map(|d| (d.kind, d.since)).collect()
}

#[test]
fn the_limit_and_the_value_that_moved_are_told_apart() {
    let exact = Tolerances::default();
    let limit = compare(vec![judged(2.0, 3.0, "PASS")], vec![judged(2.0, 1.0, "FAIL")], &exact);
    assert_eq!(kinds(&limit), [(Kind::Limit, None), (Kind::Verdict, Some(Since::LimitMoved))]);
    let value = compare(vec![judged(2.0, 3.0, "PASS")], vec![judged(4.0, 3.0, "FAIL")], &exact);
    assert_eq!(kinds(&value), [(Kind::Value, None), (Kind::Verdict, Some(Since::ValueMoved))]);
    let repaired = compare(vec![judged(4.0, 3.0, "FAIL")], vec![judged(2.0, 3.0, "PASS")], &exact);
    assert_eq!(repaired.differences[1].since, Some(Since::ValueMoved));
    let looser = compare(vec![judged(4.0, 3.0, "FAIL")], vec![judged(4.0, 5.0, "PASS")], &exact);
    assert_eq!(looser.differences[1].since, Some(Since::LimitMoved));
    // If one side has no judgement, limits are not compared.
    let bare = compare(vec![judged(2.0, 3.0, "PASS")], vec![number("p", "tphl", 2.0)], &exact);
    assert_eq!((bare.same, bare.differences.len()), (1, 0));
}

#[test]
fn tolerances_units_and_one_sided_entries() {
    let old = vec![number("a", "x", 100.0), number("b", "x", 100.0), number("c", "x", 1.0)];
    let new = vec![number("b", "x", 102.0), number("a", "x", 101.0), number("d", "x", 1.0)];
    let tolerances = Tolerances { rel: 0.015, ..Tolerances::default() };
    let comparison = compare(old, new, &tolerances);
    assert_eq!((comparison.compared, comparison.same), (2, 1));
    assert_eq!(
        kinds(&comparison).iter().map(|k| k.0).collect::<Vec<_>>(),
        [Kind::Value, Kind::Missing, Kind::New]
    );
    let value = &comparison.differences[0];
    assert_eq!((value.delta, value.relative, value.tolerance), (Some(2.0), Some(0.02), Some(1.5)));
    // 1 ns is 1000 ps.
    let ps = Entry { scale: 1e-12, ..number("a", "x", 1000.0) };
    let ns = Entry { scale: 1e-9, ..number("a", "x", 1.0) };
    assert_eq!(compare(vec![ps], vec![ns], &Tolerances::default()).same, 1);
}

#[test]
fn equal_names_meet_in_their_order_and_tables_fold() {
    let twice = |a: f64, b: f64| vec![number("p", "x", a), number("p", "x", b)];
    let comparison = compare(twice(1.0, 2.0), twice(1.0, 3.0), &Tolerances::default());
    assert_eq!((comparison.same, comparison.differences.len()), (1, 1));
    let row =
        |at: &str, value: f64| Entry { at: at.to_owned(), ..number("arc", "cell_rise", value) };
    let mut table = compare(
        vec![row("1", 10.0), row("2", 10.0), row("3", 10.0)],
        vec![row("1", 11.0), row("2", 13.0), row("3", 10.0)],
        &Tolerances::default(),
    );
    table.fold_tables();
    assert_eq!((table.differences.len(), table.differences[0].count), (1, 2));
    assert_eq!(table.differences[0].entry.at, "2");
}

/// ISO 13528:2022, 9.7: a participant's 10.2 with U = 0.3 against 9.9 with U = 0.4 is E_n = 0.3 / 0.5 = 0.6.
#[test]
fn measurements_are_judged_by_their_uncertainty() {
    let result = |y: f64, u: f64| {
        json!({ "results": [{ "tags": { "wafer": "7" }, "outcome": "ok",
            "numbers": [{ "name": "rs", "unit": "ohm", "y": y, "u_expanded": u }] }] })
    };
    let of = |y, u| compare(metro(&result(9.9, 0.4)), metro(&result(y, u)), &Tolerances::default());
    assert_eq!(of(10.2, 0.3).same, 1);
    let apart = of(10.6, 0.3);
    let difference = &apart.differences[0];
    assert!(
        (difference.e_n.unwrap() - 1.4).abs() < 1e-12
            && (difference.expanded.unwrap() - 0.5).abs() < 1e-12
    );
    assert_eq!(difference.entry.place, "wafer=7");
}

#[test]
fn records_are_told_apart_by_their_names() {
    let old = json!({ "schema": { "version": 1 }, "rows": [{ "name": "a", "v": 1 }, { "name": "b", "v": 2, "list": [1, 2] }] });
    let new = json!({ "rows": [{ "name": "b", "v": 2, "list": [1, 3] }, { "name": "a", "v": 1 }] });
    let comparison = compare(document(&old), document(&new), &Tolerances::default());
    assert_eq!(comparison.differences.len(), 1);
    let entry = &comparison.differences[0].entry;
    assert_eq!(entry.key(), ("rows[b]", "2", "list"));
    // Names that are not unique are replaced by numbers.
    let alike = json!({ "rows": [{ "name": "a", "v": 1 }, { "name": "a", "v": 2 }] });
    assert_eq!(document(&alike)[0].place, "rows[1]");
}

#[test]
fn a_waiver_covers_what_fits_until_its_day() {
    let mut comparison = compare(
        vec![number("SS/a", "tphl", 1.0), number("TT/a", "tphl", 1.0)],
        vec![number("SS/a", "tphl", 2.0), number("TT/a", "tphl", 2.0)],
        &Tolerances::default(),
    );
    let waiver = |pattern: &str, expired| Waiver {
        pattern: pattern.to_owned(),
        reason: "r".to_owned(),
        expired,
        line: 1,
        used: 0,
    };
    let mut waivers = [waiver("ss/* tphl", false), waiver("TT/*", true), waiver("FF/*", false)];
    waive(&mut comparison, &mut waivers);
    assert_eq!(comparison.open(), 1);
    assert_eq!(waivers.map(|waiver| waiver.used), [1, 1, 0]);
}

#[test]
fn samples_are_compared_by_their_statistics() {
    let report = |sd: f64| {
        json!({ "measures": [], "statistics": { "measures": [{
            "point": "TT/v1", "measure": "vth", "alter": 1, "unit": "V", "mean": { "value": 0.9 }, "sd": { "value": sd },
            "yield": { "share": { "value": 1.0 } }, "sensitivity": { "linear_sd": null } }] } })
    };
    let compared = compare(
        super::spread(&report(0.01)),
        super::spread(&report(0.015)),
        &Tolerances::default(),
    );
    assert_eq!(compared.compared, 3);
    let found: Vec<&str> = compared.differences.iter().map(|d| d.entry.measure.as_str()).collect();
    assert_eq!(found, ["vth sd"]);
    assert!(super::spread(&json!({ "measures": [] })).is_empty());
}
