//! `libchar lib check`.

use crate::common::{Sandbox, assert_schema, repository};

fn example() -> String {
    std::fs::read_to_string(repository().join("examples/lib-check/inv.lib")).expect("an example")
}

#[test]
fn findings_stand_where_they_are() {
    let sandbox = Sandbox::new();
    sandbox.write("inv.lib", example());
    let ran = sandbox.run(&["lib", "check", "inv.lib", "--format", "table"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let places: Vec<&str> =
        ran.stdout.lines().filter(|line| line.starts_with("inv.lib:")).collect();
    assert_eq!(
        places,
        [
            "inv.lib:12:30: error: `input_threshold_pct_rise` is 0.50, a fraction [thresholds]",
            "inv.lib:53:24: error: inv_1: `positive_unate` from `A` to `Y` [sense]",
            "inv.lib:58:14: note: inv_1: `cell_rise` holds a delay below zero, the least -0.02 at index_1 = 1.5, index_2 = 0.0005 [negative-delay]",
            "inv.lib:65:14: note: inv_1: `cell_fall` holds a delay below zero, the least -0.1 at index_1 = 1.5, index_2 = 0.0005 [negative-delay]",
            "inv.lib:78:20: warning: inv_1: `fall_transition` falls by 1.000e-2 with more load, at index_1 = 0.1, index_2 = 0.01 [monotone]",
        ]
    );
    assert!(ran.stderr.contains("1 file: 2 errors, 1 warning, 2 notes"), "{}", ran.stderr);
}

#[test]
fn documents_hold_to_the_schema_and_rules_are_chosen() {
    let sandbox = Sandbox::new();
    let ran = sandbox
        .pipe(&["lib", "check", "-", "--format", "json", "--rule", "negative-delay"], example());
    assert_eq!(ran.code, 0, "notes do not count: {}", ran.stdout);
    assert_schema(&ran.stdout);
    assert_eq!(ran.stdout.matches("negative-delay").count(), 2);
    let ran = sandbox.pipe(&["lib", "check", "-", "--rule", "monoton"], example());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean `monotone`?"), "{}", ran.stderr);
}

#[test]
fn a_file_that_cannot_be_read_ends_with_all_its_faults() {
    let sandbox = Sandbox::new();
    sandbox.write("inv.lib", example());
    sandbox.write("cut.lib", &example()[..1500]);
    sandbox.write("latin.lib", b"library (x) {\n /* \xb5m */\n}\n");
    let ran = sandbox.run(&["lib", "check", "inv.lib", "cut.lib", "latin.lib", "no.lib"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    for part in ["cut.lib:", "does not close", "latin.lib:2:5: byte 0xb5 is not UTF-8"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

#[test]
fn whatever_it_is_given_it_ends_with_a_code_of_its_own() {
    let sandbox = Sandbox::new();
    for bytes in [
        &b""[..],
        b"\0\0\0",
        b"\xff\xfe",
        b"{}",
        b"library",
        b"point,measure\n",
        b"library(x){cell(a){pin(A){timing(){}}}}",
    ] {
        sandbox.write("x.lib", bytes);
        let ran = sandbox.run(&["lib", "check", "x.lib"]);
        assert!([1, 2].contains(&ran.code) && !ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert!((ran.stdout + &ran.stderr).contains("x.lib"));
    }
}
