//! `libchar diff`: the one command that compares.

use crate::common::{Ran, Sandbox, assert_schema, repository};

const HEADER: &str = "point,corner,extraction,temp_c,supply,alter,measure,value,status\n";

fn results(rows: &[(&str, &str, &str)]) -> String {
    let rows = rows.iter().map(|(corner, measure, value)| {
        let status = if value.is_empty() { "failed" } else { "ok" };
        format!("{corner}/a/a_25/v1,{corner},a,25,v1,1,{measure},{value},{status}\n")
    });
    HEADER.to_owned() + &rows.collect::<String>()
}

fn diff(sandbox: &Sandbox, args: &[&str]) -> Ran {
    sandbox.run(&[&["diff"], args].concat())
}

/// Kind, place and measure of each row.
fn kinds(ran: &Ran) -> Vec<String> {
    ran.stdout
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{} {} {}", cells[0], cells[1], cells[3])
        })
        .collect()
}

#[test]
fn a_golden_file_is_a_copied_results_csv() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "golden.csv",
        results(&[
            ("TT", "tphl", "1e-10"),
            ("SS", "tphl", "2e-10"),
            ("FF", "tphl", ""),
            ("TT", "iq", "5"),
        ]),
    );
    sandbox.write(
        "results.csv",
        results(&[
            ("SS", "tphl", "2.02e-10"),
            ("TT", "tphl", "1.000001e-10"),
            ("FF", "tphl", "1e-11"),
            ("SF", "tphl", "1"),
        ]),
    );
    let exact = diff(&sandbox, &["golden.csv", "results.csv"]);
    assert_eq!(exact.code, 1);
    assert_eq!(
        kinds(&exact),
        [
            "value TT/a/a_25/v1 tphl",
            "value SS/a/a_25/v1 tphl",
            "status FF/a/a_25/v1 tphl",
            "missing TT/a/a_25/v1 iq",
            "new SF/a/a_25/v1 tphl"
        ]
    );
    assert!(
        exact.stderr.contains("3 values compared, 0 equal or within tolerance, 5 differences"),
        "{}",
        exact.stderr
    );
    let near = diff(&sandbox, &["golden.csv", "results.csv", "--rel", "2%", "--measure", "tphl"]);
    assert_eq!(kinds(&near), ["status FF/a/a_25/v1 tphl", "new SF/a/a_25/v1 tphl"]);
    // The tolerance of one measure replaces the common one.
    let own =
        diff(&sandbox, &["golden.csv", "results.csv", "--rel", "2%", "--tolerance", "tp*=1ps"]);
    assert!(kinds(&own).contains(&"value SS/a/a_25/v1 tphl".to_owned()), "{}", own.stdout);
    let own =
        diff(&sandbox, &["golden.csv", "results.csv", "--rel", "2%", "--tolerance", "tp*=2.1ps"]);
    assert!(!kinds(&own).contains(&"value SS/a/a_25/v1 tphl".to_owned()));
    let own =
        diff(&sandbox, &["golden.csv", "results.csv", "--rel", "2%", "--tolerance", "tp*=0.1ps"]);
    assert!(kinds(&own).contains(&"value SS/a/a_25/v1 tphl".to_owned()));
    assert_eq!(diff(&sandbox, &["golden.csv", "golden.csv"]).code, 0);
}

#[test]
fn waivers_need_a_reason_and_end() {
    let sandbox = Sandbox::new();
    sandbox.write("old.csv", results(&[("TT", "tphl", "1"), ("SS", "tphl", "1")]));
    sandbox.write("new.csv", results(&[("TT", "tphl", "2"), ("SS", "tphl", "2")]));
    sandbox.write("w.toml", "[[waive]]\npattern = 'SS/* tphl'\nreason = 'new model'\nexpires = 2999-12-31\n\n[[waive]]\npattern = 'TT/*'\nreason = 'known'\n\n[[waive]]\npattern = 'XX/*'\nreason = 'gone'\n");
    let ran = diff(&sandbox, &["old.csv", "new.csv", "--waive", "w.toml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("new model")
            && ran.stderr.contains("w.toml:11: the waiver `XX/*` matches no difference"),
        "{}",
        ran.stderr
    );
    sandbox.write("w.csv", "pattern,reason,expires\nSS/*,old,2020-01-31\nTT/*,known,\n");
    let ran = diff(&sandbox, &["old.csv", "new.csv", "--waive", "w.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("w.csv:2: the waiver `SS/*` has expired: old"), "{}", ran.stderr);
    for (text, fault) in [
        ("[[waive]]\npattern = 'a'\nreason = ''\n", "w.toml:2: a waiver without a reason"),
        ("[[waive]]\npattern = 'a'\nreason = 'b'\nexpires = 'soon'\n", "`expires` is `soon`"),
        ("[[waive]]\npatern = 'a'\n", "w.toml:2:1: unknown field `patern`"),
        ("[[waive", "w.toml:1"),
    ] {
        sandbox.write("w.toml", text);
        let ran = diff(&sandbox, &["old.csv", "new.csv", "--waive", "w.toml"]);
        assert!(ran.code == 2 && ran.stderr.contains(fault), "{fault}: {}", ran.stderr);
    }
}

#[test]
fn domains_tell_the_limit_from_the_value_and_why() {
    let sandbox = Sandbox::new();
    for (domain, value, limit) in
        [("old", "2e-10", "3e-10"), ("limit", "2e-10", "1e-10"), ("value", "4e-10", "3e-10")]
    {
        let file = |name: &str| format!("{domain}/{name}");
        sandbox.write(&file("results.csv"), results(&[("TT", "tphl", value)]));
        sandbox
            .write(&file("libchar.toml"), format!("[specs.tphl]\nmax = '{limit}'\nunit = 's'\n"));
        let ran = sandbox.run(&["-C", domain, "srt"]);
        assert!(ran.code < 2, "{}", ran.stderr);
    }
    let limit = diff(&sandbox, &["old", "limit"]);
    assert_eq!(kinds(&limit), ["limit TT/a/a_25/v1 tphl", "verdict TT/a/a_25/v1 tphl"]);
    assert!(limit.stdout.contains("the limit moved"), "{}", limit.stdout);
    assert!(limit.stderr.contains("why: settings `libchar.toml` differs"), "{}", limit.stderr);
    let value = diff(&sandbox, &["old", "value", "--format", "json"]);
    assert_schema(&value.stdout);
    assert!(value.stdout.contains("the value moved") && value.code == 1);
    // A report is compared with bare results by the values alone, with a message.
    let bare = diff(&sandbox, &["old/results.csv", "limit"]);
    assert_eq!(bare.code, 0);
    assert!(bare.stderr.contains("limits and verdicts were not compared"), "{}", bare.stderr);
    // The page that is made from the document.
    sandbox.write("diff.json", &value.stdout);
    let page = sandbox.run(&["report", "diff.json", "--html", "page.html"]);
    assert!(
        page.code < 2 && sandbox.read("page.html").contains("the value moved"),
        "{}",
        page.stderr
    );
}

#[test]
fn tables_and_templates_are_looked_for_where_the_domain_has_them() {
    let sandbox = Sandbox::new();
    let rows = results(&[("TT", "tphl", "2e-10")]);
    for (domain, settings, files) in [
        (
            "old",
            "[tables]\npath = 'pvt'\n[template]\npath = 'deck.sp'\n",
            ["pvt/corner.csv", "deck.sp"],
        ),
        (
            "new",
            "[tables]\npath = 'pvt'\n[template]\npath = 'deck.sp'\n",
            ["pvt/corner.csv", "deck.sp"],
        ),
        ("plain", "", ["configuration/corner.csv", "template/deck.sp"]),
    ] {
        sandbox.write(&format!("{domain}/results.csv"), &rows);
        sandbox.write(&format!("{domain}/libchar.toml"), settings);
        for file in files {
            sandbox.write(&format!("{domain}/{file}"), format!("{domain}\n"));
        }
    }
    let ran = diff(&sandbox, &["old", "new"]);
    for said in ["why: tables `pvt/corner.csv` differs", "why: template `deck.sp` differs"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    let ran = diff(&sandbox, &["old", "plain"]);
    assert!(ran.stderr.contains("`configuration/corner.csv`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`template/deck.sp`"), "{}", ran.stderr);
}

#[test]
fn two_of_different_kinds_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("results.csv", results(&[("TT", "tphl", "1")]));
    sandbox.write(
        "x.lib",
        std::fs::read(repository().join("examples/lib-check/inv.lib")).expect("an example"),
    );
    sandbox
        .write("a.json", "{\"schema\":{\"name\":\"libchar.spc-baseline\",\"version\":1},\"a\":1}");
    sandbox.write("empty", "");
    for (old, new, words) in [
        (
            "results.csv",
            "x.lib",
            "results.csv is a results table, and x.lib is a Liberty library: these are not compared",
        ),
        (
            "a.json",
            "results.csv",
            "a.json is a document libchar.spc-baseline, and results.csv is a results table",
        ),
        ("results.csv", "no.csv", "no.csv: cannot be read"),
        ("results.csv", "empty", "empty"),
        ("results.csv", ".", ""),
        ("results.csv", "20260101", "20260101"),
    ] {
        let ran = diff(&sandbox, &[old, new]);
        assert!(ran.code == 2 || new == ".", "{new}: {}", ran.stdout);
        assert!(ran.stderr.contains(words), "{new}: {}", ran.stderr);
    }
}

#[test]
fn libraries_are_compared_in_the_units_of_people() {
    let sandbox = Sandbox::new();
    let text = std::fs::read_to_string(repository().join("examples/lib-check/inv.lib"))
        .expect("an example");
    sandbox.write("old.lib", &text);
    sandbox.write(
        "new.lib",
        text.replace("0.015, 0.1, 0.8", "0.016, 0.1, 0.82")
            .replace("capacitance : 0.0023", "capacitance : 0.0024")
            .replace("\"!A\"", "\"A'\""),
    );
    let ran = diff(&sandbox, &["old.lib", "new.lib"]);
    assert_eq!(
        ran.stdout
            .lines()
            .skip(1)
            .map(|line| line.split(',').take(7).collect::<Vec<_>>().join(","))
            .collect::<Vec<_>>(),
        [
            "value,inv_1/A,,capacitance,2.3,2.4,fF",
            "text,inv_1/Y,,function,!A,A',",
            "value,inv_1/Y from A positive_unate,0.01 x 0.0005,cell_rise,15,16,ps",
        ]
    );
    let near = diff(
        &sandbox,
        &[
            "old.lib",
            "new.lib",
            "--tolerance",
            "cell_*=1.5ps,3%",
            "--tolerance",
            "capacitance=0.2fF",
            "--measure",
            "cell_*",
            "--measure",
            "capacitance",
        ],
    );
    assert_eq!(near.code, 0, "{}", near.stdout);
    // The same library in other units is the same library.
    let ps = text.replace("\"1ns\"", "\"1ns\" ");
    sandbox.write("same.lib", ps);
    assert_eq!(diff(&sandbox, &["old.lib", "same.lib"]).code, 0);
}

/// A run's profile against a SIMS export of another tool: 7 % more boron, the same depths.
#[test]
fn depth_profiles_are_compared_by_what_is_read_from_them() {
    let sandbox = Sandbox::new();
    let conc = |x: f64| 1e19 * (-x / 0.05).exp();
    let mut run = "material,depth_um,boron_cm3,phosphorus_cm3\n".to_owned();
    let mut sims = "SIMS;W 4\n\nDepth (nm);Conc (at/cm3)\n".to_owned();
    for i in 0..60 {
        let x = 0.01 * f64::from(i);
        run += &format!("silicon,{x},{:e},1e16\n", conc(x));
        let row = format!("{};{:e}\n", 13.0 * f64::from(i), 1.07 * conc(1.3 * x));
        sims += &row.replace('.', ",");
    }
    sandbox.write("run.csv", run);
    sandbox.write("sims.csv", sims);
    let args =
        ["diff", "run.csv", "sims.csv", "--species", "boron", "--level", "1e17", "--svg", "p.svg"];
    let ran = sandbox.run(&[&args[..], &["--rel", "8%"]].concat());
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1), "{}{}", ran.stdout, ran.stderr);
    for said in [
        "xj_nm 345.4 -> 348.8 nm (+0.98 %)",
        "dose_cm2 5.000e13 -> 5.350e13 cm-2 (+7.00 %)",
        "ratio_rms 1.000 -> 1.070",
        "not compared: phosphorus",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    let picture = sandbox.read("p.svg");
    assert!(picture.contains("new / old") && picture.contains("old xj 0.3454 um"), "{picture}");
    let tight = sandbox.run(&[&args[..], &["--rel", "8%", "--tolerance", "xj_nm=3nm"]].concat());
    assert_eq!(tight.code, 1);
    assert!(
        tight.stdout.lines().nth(1).unwrap().starts_with("value,boron,,xj_nm,345.38"),
        "{}",
        tight.stdout
    );
    let nameless = sandbox.run(&["diff", "run.csv", "sims.csv"]);
    assert_eq!(nameless.code, 2);
    assert!(nameless.stderr.contains("expected --species"), "{}", nameless.stderr);
    sandbox.write("bad.csv", "depth_um,boron_cm3\n0,1e18\n0.1,-5\n");
    let bad = sandbox.run(&["diff", "run.csv", "bad.csv"]);
    assert!(bad.stderr.contains("bad.csv:3:5: negative concentration -5"), "{}", bad.stderr);
    sandbox.write("t.csv", "name,value\na,1\n");
    let other = sandbox.run(&["diff", "t.csv", "t.csv", "--svg", "p.svg"]);
    assert_eq!(other.code, 2);
    assert!(
        other.stderr.contains("are for depth profiles, and t.csv is a table of name"),
        "{}",
        other.stderr
    );
}

#[test]
fn profiles_and_measurements() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "depth_nm,boron\n0,1e18\n10,5e17\n20,1e16\n");
    sandbox.write("b.csv", "depth_nm,boron\n0,1e18\n10,6e17\n20,1.1e16\n");
    let ran = diff(&sandbox, &["a.csv", "b.csv", "--rel", "0.05"]);
    let row = ran.stdout.lines().nth(1).expect("a row");
    assert!(
        row.starts_with("value,,depth_nm=10,boron,5") && row.contains(",2,"),
        "the worst of two: {row}"
    );
    assert_eq!(
        diff(&sandbox, &["a.csv", "b.csv", "--rel", "0.05", "--each"]).stdout.lines().count(),
        3
    );
    let metro = |y: f64| {
        format!(
            "{{\"schema\":{{\"name\":\"libchar.metro\",\"version\":1}},\"method\":\"tlm\",\"results\":[{{\"tags\":{{}},\"outcome\":\"ok\",\"numbers\":[{{\"name\":\"rs\",\"unit\":\"ohm\",\"y\":{y},\"u_expanded\":0.3}}]}}]}}"
        )
    };
    sandbox.write("m1.json", metro(10.0));
    sandbox.write("m2.json", metro(10.4));
    sandbox.write("m3.json", metro(10.5));
    assert_eq!(diff(&sandbox, &["m1.json", "m2.json"]).code, 0);
    let apart = diff(&sandbox, &["m1.json", "m3.json", "--format", "table"]);
    assert!(
        apart.code == 1 && apart.stdout.contains("E_n 1.18, U of the difference 0.424"),
        "{}",
        apart.stdout
    );
}

#[test]
fn usage_is_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", results(&[("TT", "tphl", "1")]));
    for (args, words) in [
        (&["--abs", "2%"][..], "--rel"),
        (&["--rel", "-1"], "--rel"),
        (&["--tolerance", "tphl"], "NAME=VALUE"),
        (&["--measure", "tphx"], "did you mean `tphl`?"),
    ] {
        let ran = diff(&sandbox, &[&["a.csv", "a.csv"], args].concat());
        assert!(ran.code == 2 && ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn runs_of_the_history_are_compared_and_say_why() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let budget = std::fs::read_to_string(repository().join("examples/metro/budget.toml"))
        .expect("an example");
    for text in [budget.clone(), budget.replace("value = 0.010", "value = 0.011")] {
        sandbox.write("budget.toml", text);
        let ran = sandbox.run(&["metro", "gum", "budget.toml"]);
        assert!(ran.code < 2, "{}", ran.stderr);
    }
    let listed = sandbox.run(&["history", "list", "--format", "csv"]).stdout;
    let ids: Vec<&str> = listed.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids.len(), 2, "{listed}");
    // The newest is listed first.
    let ran = diff(&sandbox, &[ids[1], "latest", "--format", "json"]);
    assert_schema(&ran.stdout);
    assert!(ran.code == 1 && ran.stderr.contains("why: recipe"), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains(&format!("run {} of `metro`", ids[1])), "{}", ran.stdout);
    let same = diff(&sandbox, &[ids[1], ids[1]]);
    assert_eq!(same.code, 0, "{}", same.stdout);
    let no = diff(&sandbox, &["1999", "latest"]);
    assert!(
        no.code == 2 && no.stderr.contains("neither a file nor the number of one run"),
        "{}",
        no.stderr
    );
}
