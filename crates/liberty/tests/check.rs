//! Each rule, by an edit of a library that has no finding.

use libchar_liberty::check::check;
use libchar_liberty::read;

const GOOD: &str = r#"library (x) {
  delay_model : table_lookup;
  time_unit : "1ns";
  voltage_unit : "1V";
  current_unit : "1mA";
  leakage_power_unit : "1nW";
  capacitive_load_unit (1, pf);
  nom_process : 1;
  nom_temperature : 25;
  nom_voltage : 1.8;
  input_threshold_pct_rise : 50;
  input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50;
  output_threshold_pct_fall : 50;
  slew_lower_threshold_pct_rise : 20;
  slew_lower_threshold_pct_fall : 20;
  slew_upper_threshold_pct_rise : 80;
  slew_upper_threshold_pct_fall : 80;
  voltage_map (VPWR, 1.8);
  voltage_map (VGND, 0);
  operating_conditions (tt) {
    process : 1;
    temperature : 25;
    voltage : 1.8;
  }
  default_operating_conditions : tt;
  lu_table_template (del) {
    variable_1 : input_net_transition;
    variable_2 : total_output_net_capacitance;
    index_1 ("1, 2");
    index_2 ("1, 2");
  }
  cell (nand2) {
    area : 5;
    cell_leakage_power : 0.1;
    leakage_power () { when : "A & B"; value : 1; }
    leakage_power () { when : "!A | !B"; value : 2; }
    pg_pin (VPWR) { pg_type : primary_power; voltage_name : VPWR; }
    pg_pin (VGND) { pg_type : primary_ground; voltage_name : VGND; }
    pin (A) { direction : input; capacitance : 0.002; related_power_pin : VPWR; related_ground_pin : VGND; }
    pin (B) { direction : input; capacitance : 0.002; related_power_pin : VPWR; related_ground_pin : VGND; }
    pin (Y) {
      direction : output;
      max_capacitance : 2;
      related_power_pin : VPWR;
      related_ground_pin : VGND;
      function : "(A B)'";
      timing () {
        related_pin : "A B";
        timing_sense : negative_unate;
        cell_rise (del) { values ("0.1, 0.2", "0.2, 0.3"); }
        cell_fall (del) { values ("0.1, 0.2", "0.2, 0.3"); }
        rise_transition (del) { values ("0.1, 0.2", "0.2, 0.3"); }
        fall_transition (del) { values ("0.1, 0.2", "0.2, 0.3"); }
      }
    }
  }
}
"#;

/// `line severity rule: found | expected` of each finding after an edit.
fn after(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let document = read("x.lib", &text).unwrap_or_else(|e| panic!("{e}"));
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let told = check(&document).into_iter().map(|f| {
        format!("{} {} {}: {} | {}", line(f.at), f.severity.name(), f.rule, f.found, f.expected)
    });
    told.collect()
}

#[test]
fn a_good_library_has_no_finding() {
    assert_eq!(after("library", "library"), [""; 0]);
}

#[test]
fn each_rule_finds_its_mistake() {
    let mut wrong = Vec::new();
    for (from, to, finding) in [
        ("\"1ns\"", "\"1s\"", "3 error units: `time_unit` is `1s` | "),
        (
            "(1, pf)",
            "(1, nf)",
            "7 error units: `capacitive_load_unit` is `1, nf` | `capacitive_load_unit (1, pf);` or `(1, ff)`",
        ),
        (
            "_rise : 50",
            "_rise : 0.50",
            "11 error thresholds: `input_threshold_pct_rise` is 0.50, a fraction | a percentage: 50",
        ),
        (
            "slew_lower_threshold_pct_rise : 20",
            "slew_lower_threshold_pct_rise : 90",
            "1 error thresholds: the slew of a rise is measured from 90 to 80 percent | ",
        ),
        (
            "conditions : tt",
            "conditions : tts",
            "26 error conditions: no operating conditions are named `tts` | `tt`, or another of: tt",
        ),
        (
            "nom_voltage : 1.8",
            "nom_voltage : 1.2",
            "21 warning conditions: `nom_voltage` is 1.2, and `voltage` of the default conditions is 1.8 | the same value",
        ),
        ("pin (B)", "pin (A)", "41 error duplicate: a second `pin (A)` | "),
        (
            "area : 5;",
            "area : 5; area : 6;",
            "34 warning duplicate: a second `area` in one group: 5, then 6 | ",
        ),
        (
            "voltage_name : VPWR",
            "voltage_name : VDD",
            "38 error supplies: no `voltage_map` holds `VDD` | ",
        ),
        (
            "related_power_pin : VPWR",
            "related_power_pin : VPW",
            "40 error supplies: `related_power_pin` is `VPW`, which is not a `pg_pin` of the cell | `VPWR`, or another of: VPWR, VGND",
        ),
        (
            "direction : input",
            "direction : inptu",
            "40 error attribute: `direction` is `inptu` | `input`, or another of: input, output, inout, internal",
        ),
        (
            "area : 5",
            "area : -5",
            "34 error attribute: `area` is `-5` | a number that is not negative",
        ),
        (
            "capacitance : 0.002",
            "capacitence : 0.002",
            "40 warning attribute: unknown attribute `capacitence` | `capacitance`, or a `define` of it",
        ),
        (
            "cell_rise (del)",
            "cell_rise (dell)",
            "51 error template: no template is named `dell` | `del`, or another of: del",
        ),
        (
            "total_output_net_capacitance",
            "total_output_capacitance",
            "29 error template: `variable_2` is `total_output_capacitance` | `total_output_net_capacitance`, or another",
        ),
        (
            "index_2 (\"1, 2\")",
            "index_2 (\"2, 2\")",
            "error index: `index_2` does not increase: 2 follows 2 | strictly increasing numbers",
        ),
        (
            "(\"0.1, 0.2\", \"0.2, 0.3\")",
            "(\"0.1, 0.2\", \"0.2\")",
            "51 error table: the table holds 3 values | 4 values, for the indexes are 2 x 2",
        ),
        (
            "(\"0.1, 0.2\", ",
            "(\"0.1, 0.2x\", ",
            "51 error table: `0.2x` in `values` | a decimal number",
        ),
        (
            "(\"0.1, 0.2\", ",
            "(\"0.3, 0.2\", ",
            "51 warning monotone: `cell_rise` falls by 1.000e-1 with more load, at index_1 = 1, index_2 = 2 | ",
        ),
        (
            "(\"0.1, 0.2\", ",
            "(\"-0.1, 0.2\", ",
            "51 error negative-delay: `cell_rise` holds a delay below zero, the least -0.1 at index_1 = 1, index_2 = 1 | a delay above 0 at the fastest input",
        ),
        (
            "(\"0.1, 0.2\", \"0.2",
            "(\"0.1, 0.2\", \"-0.2",
            "51 note negative-delay: `cell_rise` holds a delay below zero, the least -0.2 at index_1 = 2, index_2 = 1 | no change: the input is so slow",
        ),
        (
            "rise_transition (del) { values (\"0.1",
            "rise_transition (del) { values (\"0",
            "53 error sign: `rise_transition` holds 0 at index_1 = 1, index_2 = 1 | a time above 0",
        ),
        (
            "rise_transition (del)",
            "ocv_sigma_cell_rise (del)",
            "48 error arc: an arc of `Y` has `cell_rise` and no `rise_transition` | ",
        ),
        (
            "cell_fall (del)",
            "ocv_sigma_cell_fall (del)",
            "48 error arc: a `combinational` arc of `Y` has no `cell_fall` | `cell_fall`",
        ),
        (
            "related_pin : \"A B\"",
            "related_pin : \"A\"",
            "42 error missing-arc: no arc from `B` to `Y`, whose function holds it | ",
        ),
        (
            "related_pin : \"A B\"",
            "related_pin : \"A B C\"",
            "49 error names: `related_pin` names `C`, which the cell does not have | ",
        ),
        ("(A B)'", "(A C)'", "47 error function: the cell has no pin `C` | "),
        ("(A B)'", "(A B'", "47 error function: the parenthesis that opens here does not close | "),
        (
            "negative_unate",
            "positive_unate",
            "50 error sense: `positive_unate` from `A` to `Y` | `negative_unate`, as the function `(A B)'` is",
        ),
        (
            "timing_sense",
            "when : \"!B\"; timing_sense",
            "48 error sense: `Y` does not follow `A` when `!B` | ",
        ),
        (
            "timing_sense",
            "timing_type : combinatorial; timing_sense",
            "50 error timing-type: `timing_type` is `combinatorial` | `combinational`, or another",
        ),
        ("!A | !B", "!A | B", "37 warning leakage: the state `!A | B` is given twice | "),
    ] {
        let found = after(from, to);
        if !found.iter().any(|told| told.contains(finding)) {
            wrong.push(format!(
                "{finding}
  {}",
                found.join(
                    "
  "
                )
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_flop_needs_its_arcs() {
    let flop = r#"cell (dff) {
    area : 5;
    cell_leakage_power : 0.1;
    ff (IQ, IQ_N) { clocked_on : "CK"; next_state : "D"; clear : "!R"; }
    pin (CK) { direction : input; clock : true; capacitance : 1; }
    pin (D) { direction : input; capacitance : 1; }
    pin (R) { direction : input; capacitance : 1; }
    pin (Q) { direction : output; max_capacitance : 1; function : "IQ"; }
  }
  cell (nand2)"#;
    let found = after("cell (nand2)", flop);
    let found: Vec<&str> =
        found.iter().map(|told| told.split(" | ").next().unwrap_or(told)).collect();
    assert_eq!(
        found,
        [
            "38 error missing-arc: no setup of `D` against the clock `CK`",
            "38 error missing-arc: no hold of `D` against the clock `CK`",
            "40 error missing-arc: no arc from the clock `CK` to `Q`",
            "40 error missing-arc: no `clear` arc from `R` to `Q`",
        ]
    );
}
