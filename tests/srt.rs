//! `libchar srt` and `libchar report`: results -> creport.

use crate::common::{Sandbox, assert_schema};

const RESULTS: &str = "\
point,corner,extraction,temp_c,supply,alter,measure,value,status
TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,tphl,2.4e-10,ok
TT/typical/typical_m40/v1nom,TT,typical,-40,v1nom,1,tphl,2.1e-10,ok
SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,tphl,3.6e-10,ok
";

const SPECS: &str = "\
[report]
typ = 'TT/typical/typical_25/v1nom'
[specs.tphl]
max = '300p'
unit = 's'
corners.'SS,SF'.max = '400p'
";

fn sandbox(results: &str, config: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("results.csv", results);
    sandbox.write("libchar.toml", config);
    sandbox
}

#[test]
fn the_report_in_its_three_forms() {
    let sandbox = sandbox(RESULTS, SPECS);
    let ran = sandbox.run(&["srt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(
        sandbox.read("creport.txt"),
        "\
libchar creport 1
typ: TT/typical/typical_25/v1nom
points: 3  measures: 1  rows: 3  without a value: 0
result: PASS

measure  alter  ok  failed  missing  min       max       typ       spread    margin    margin_pct  result
tphl     1      3   0       0        210.0 ps  360.0 ps  240.0 ps  150.0 ps  40.00 ps  10.00 %     PASS

measure  alter  extreme  value     point
tphl     1      min      210.0 ps  TT/typical/typical_m40/v1nom
tphl     1      max      360.0 ps  SS/typical/typical_25/v1nom
tphl     1      worst    360.0 ps  SS/typical/typical_25/v1nom

measure tphl  alter 1  unit s  PASS
point                         step  value     lower  upper     margin    result
TT/typical/typical_25/v1nom   -     240.0 ps  -      300.0 ps  60.00 ps  PASS
TT/typical/typical_m40/v1nom  -     210.0 ps  -      300.0 ps  90.00 ps  PASS
SS/typical/typical_25/v1nom   -     360.0 ps  -      400.0 ps  40.00 ps  PASS
"
    );
    assert_eq!(
        sandbox.read("creport.csv").lines().nth(1),
        Some(
            "tphl,1,s,3,3,0,0,2.1e-10,TT/typical/typical_m40/v1nom,3.6e-10,SS/typical/typical_25/v1nom,2.4e-10,\
             1.5e-10,62.5,4e-11,10,SS/typical/typical_25/v1nom,PASS"
        )
    );
    assert_schema(&sandbox.read("creport.json"));
    assert_schema(&sandbox.run(&["srt", "--format", "json"]).stdout);
}

#[test]
fn a_missed_limit_is_a_finding() {
    let sandbox = sandbox(RESULTS, &SPECS.replace("'400p'", "'350p'"));
    let ran = sandbox.run(&["srt"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("tphl: FAIL: a limit is missed by 10.00 ps at SS/typical/typical_25/v1nom"),
        "{}",
        ran.stderr
    );
    assert!(sandbox.read("creport.txt").contains(
        "SS/typical/typical_25/v1nom   -     360.0 ps  -      350.0 ps  -10.00 ps  FAIL\n"
    ));
    assert_eq!(sandbox.run(&["srt", "--exit-zero"]).code, 0);
    assert_eq!(sandbox.run(&["report"]).code, 1);
}

#[test]
fn a_limit_on_a_value_that_failed_or_on_no_measure_is_not_judged() {
    let failed = RESULTS.replace("3.6e-10,ok", ",failed");
    let ran = sandbox(&failed, SPECS).run(&["srt"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("tphl: not judged because a value is missing at 1 point\n"),
        "{}",
        ran.stderr
    );
    let ran = sandbox(RESULTS, "[specs.tplh]\nmax = 1\n").run(&["srt"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("tplh: not judged: a limit is set, and no point has the measure"),
        "{}",
        ran.stderr
    );
}

#[test]
fn limits_that_contradict_and_unknown_points_are_faults() {
    let ran = sandbox(RESULTS, "[specs.tphl]\nmin = '400p'\nmax = '300p'\n").run(&["srt"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with("libchar.toml:")
            && ran.stderr.contains(": specs.tphl: min 4e-10 is above max 3e-10"),
        "{}",
        ran.stderr
    );
    let ran = sandbox(RESULTS, "[report]\ntyp = 'TT/typical/typical_25/v1non'\n").run(&["srt"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "report.typ: unknown point `TT/typical/typical_25/v1non`\n  expected a point of the results\n  \
             did you mean `TT/typical/typical_25/v1nom`?\n"
        )
    );
    let ran = sandbox(&RESULTS.replace("2.4e-10,ok", "2.4e-10,okay"), "").run(&["srt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("results.csv:2:64: unknown status `okay`"), "{}", ran.stderr);
}

#[test]
fn results_come_from_a_pipe_too_and_the_files_are_the_same() {
    let stages = sandbox(RESULTS, SPECS);
    stages.run(&["srt"]);
    let piped = sandbox("", SPECS);
    let ran = piped.pipe(&["srt", "-", "--format", "table"], RESULTS);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, stages.read("creport.txt"));
    for file in ["creport.txt", "creport.csv", "creport.json"] {
        assert_eq!(piped.read(file), stages.read(file), "{file}");
    }
    let ran = piped.pipe(&["srt", "-"], RESULTS);
    assert_eq!(ran.stdout, stages.read("creport.csv"));
}

#[test]
fn a_part_of_the_points_is_labelled_and_never_replaces_the_whole() {
    let stages = sandbox(RESULTS, SPECS);
    let ids = [
        "TT/typical/typical_25/v1nom",
        "TT/typical/typical_m40/v1nom",
        "SS/typical/typical_25/v1nom",
    ];
    let mut points =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    for id in ids {
        let [corner, extraction, temp, supply] = id.split('/').collect::<Vec<_>>()[..] else {
            panic!("{id}")
        };
        let temp_c = if temp.ends_with("m40") { "-40" } else { "25" };
        let hash = "0".repeat(64);
        points += &format!(
            "{id},{corner},{extraction},{temp_c},{supply},{corner},1.1,1.2,{id}/t.sp,{hash}\n"
        );
    }
    stages.write("points.csv", &points);
    assert_eq!(stages.run(&["srt"]).code, 0);
    let whole = stages.read("creport.txt");
    let document: serde_json::Value = serde_json::from_str(&stages.read("creport.json")).unwrap();
    assert_eq!(document["axes"][1]["temp_c"], -40.0);
    assert_eq!(document["axes"][2]["volts"]["vcctx_v"], 1.2);
    let some =
        |n: usize| RESULTS.lines().take(n).map(|line| line.to_owned() + "\n").collect::<String>();
    let ran = stages.pipe(&["srt", "-", "--format", "table"], some(2));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("points: 1 of 3 (chosen)"), "{}", ran.stdout);
    assert!(ran.stderr.contains("1 of 3 points came through the pipe"), "{}", ran.stderr);
    assert_schema(&stages.pipe(&["srt", "-", "--format", "json"], some(2)).stdout);
    assert_eq!(stages.pipe(&["srt", "-"], some(1)).code, 1, "nothing is no result");
    assert_eq!(stages.read("creport.txt"), whole);
    // The same part, as the domain's own results, lacks points that the user did not leave out.
    stages.write("results.csv", some(3));
    let ran = stages.run(&["srt"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(stages.read("creport.txt").contains("points: 2 of 3  measures: 1"));
    assert_eq!(stages.run(&["report"]).code, 1);
}

#[test]
fn a_prefix_of_the_unit_belongs_to_the_limit() {
    for (limit, code) in [
        ("max = 1\nunit = 'ns'", 0),
        ("max = 0.3\nunit = 'ns'", 1),
        ("max = '300'\nunit = 'ps'", 1),
    ] {
        let stages = sandbox(RESULTS, &format!("[specs.tphl]\n{limit}\n"));
        assert_eq!(stages.run(&["srt"]).code, code, "{limit}");
        assert!(stages.read("creport.txt").contains("240.0 ps"), "{limit}");
    }
    let ran = sandbox(RESULTS, "[specs.tphl]\nmax = '300p'\nunit = 'ns'\n").run(&["srt"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("max is `300p` and the unit is \"ns\": one of them may have a prefix"),
        "{}",
        ran.stderr
    );
}

#[test]
fn results_that_do_not_change_along_an_axis_are_told() {
    let alike = RESULTS.replace("3.6e-10", "2.4e-10");
    let stages = sandbox(&alike, "");
    let ran = stages.run(&["srt"]);
    assert!(
        ran.stderr.contains("all results are equal at the 2 values of the corner"),
        "{}",
        ran.stderr
    );
    assert_eq!((ran.code, stages.run(&["srt", "--require-effect"]).code), (0, 1));
}

#[test]
fn a_report_is_read_back_and_a_changed_one_refused() {
    let sandbox = sandbox(RESULTS, SPECS);
    sandbox.run(&["srt"]);
    let ran = sandbox.run(&["report", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout), (0, sandbox.read("creport.json")));
    let ran = sandbox.run(&["report", "--measure", "tplh"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean `tphl`?"), "{}", ran.stderr);
    sandbox.write("creport.txt", sandbox.read("creport.txt").replacen("360.0 ps", "260.0 ps", 1));
    let ran = sandbox.run(&["report"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .starts_with("creport.txt:7:1: the line does not follow from the report's rows\n"),
        "{}",
        ran.stderr
    );
}
