//! `libchar report --html`, `--junit`, `--markdown`: from the judgement of `srt` to the page, CI
//! and merge requests.

use crate::common::{Ran, Sandbox, repository};

const POINTS: &str = "\
point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256
TT/typical/typical_25/v1nom,TT,typical,25,v1nom,TT,1.1,1.1,TT/typical/typical_25/v1nom/sim_tx.sp,0000000000000000000000000000000000000000000000000000000000000000
SS/typical/typical_25/v1nom,SS,typical,25,v1nom,SS,1.1,1.1,SS/typical/typical_25/v1nom/sim_tx.sp,0000000000000000000000000000000000000000000000000000000000000000
";

const CONFIG: &str = "\
[report]
typ = 'TT/typical/typical_25/v1nom'
[specs.tphl]
title = 'delay <of> the inverter'
max = '300p'
unit = 's'
";

fn results(slow: &str) -> String {
    format!(
        "point,corner,extraction,temp_c,supply,alter,measure,value,status\n\
         TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,tphl,2.4e-10,ok\n\
         SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,tphl,{slow},ok\n"
    )
}

/// A domain whose slow corner has this value, judged.
fn judged(slow: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("points.csv", POINTS);
    sandbox.write("results.csv", results(slow));
    sandbox.write("libchar.toml", CONFIG);
    let ran = sandbox.run(&["srt"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    sandbox
}

fn page(sandbox: &Sandbox, args: &[&str]) -> (Ran, String) {
    let ran = sandbox.run(&[&["report", "--html", "page.html"], args].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    // The templates also escape the slash.
    let html = sandbox.read("page.html").replace("&#x2f;", "/");
    (ran, html)
}

#[test]
fn a_missed_limit_stands_first_and_gives_exit_code_1() {
    let sandbox = judged("3.6e-10");
    let (ran, html) = page(&sandbox, &[]);
    assert_eq!(ran.code, 1);
    for part in [
        "1 of 1 limit missed at 1 of 2 points",
        "SS, 25\u{202f}°C, 1.10\u{202f}V",
        "60.00\u{202f}ps, 20.0\u{202f}%",
        "delay &lt;of&gt; the inverter",
        "href=\"SS/typical/typical_25/v1nom/sim_tx.log\"",
    ] {
        assert!(html.contains(part), "{part} is not in the page");
    }
    assert!(!html.contains("http://") && !html.contains("https://"), "a page asks for nothing");
    assert_eq!(page(&sandbox, &[]).1, html, "the same bytes");
}

#[test]
fn kept_limits_pass() {
    let (ran, html) = page(&judged("2.6e-10"), &["--links", "none"]);
    assert_eq!(ran.code, 0);
    assert!(html.contains("1 of 1 limit kept at 2 of 2 points"));
    assert!(!html.contains("sim_tx.log"));
}

#[test]
fn the_baseline_tells_a_moved_value_from_a_moved_limit() {
    let sandbox = judged("3.6e-10");
    let old = judged("2.6e-10");
    sandbox.write("base/creport.json", old.read("creport.json"));
    let html = page(&sandbox, &["--against", "base"]).1;
    assert!(
        html.contains("The value moved: the baseline&#x27;s value keeps this limit."),
        "{html}"
    );
    let loose = judged("3.6e-10");
    loose.write("libchar.toml", CONFIG.replace("300p", "500p"));
    loose.run(&["srt"]);
    sandbox.write("base/creport.json", loose.read("creport.json"));
    assert!(page(&sandbox, &["--against", "base"]).1.contains("The limit moved"));
}

#[test]
fn documents_of_other_commands_get_sections() {
    let sandbox = Sandbox::new();
    sandbox.write("x.csv", "x\n10\n11\n10\n11\n10\n11\n10\n11\n10\n30\n");
    let chart = sandbox.run(&["spc", "chart", "x.csv", "-c", "x", "--format", "json"]);
    sandbox.write("chart.json", &chart.stdout);
    let (ran, html) = page(&sandbox, &["chart.json"]);
    assert_eq!(ran.code, chart.code);
    assert!(html.contains("Process control: chart.json") && html.contains("Out of control since"));
}

#[test]
fn faults_name_the_file() {
    let sandbox = judged("2.6e-10");
    sandbox.write("other.json", "{\"schema\": {\"name\": \"libchar.spc-chrt\", \"version\": 1}}");
    let ran = sandbox.run(&["report", "--html", "page.html", "other.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("other.json: unknown schema `libchar.spc-chrt`"), "{}", ran.stderr);
    sandbox.write("broken.json", "{");
    let ran = sandbox.run(&["report", "--html", "page.html", "broken.json"]);
    assert!(ran.code == 2 && ran.stderr.contains("broken.json:1:"), "{}", ran.stderr);
    let ran = sandbox.run(&["report", "--html", "page.html", "--measure", "tphh"]);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean `tphl`?"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["report", "a", "b"]).code, 2);
    assert_eq!(sandbox.run(&["report", "--against", "base"]).code, 2);
}

#[test]
fn summaries_for_ci() {
    let sandbox = judged("3.6e-10");
    let ran = sandbox.run(&["report", "--junit", "limits.xml", "--markdown"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("| tphl | ✕ missed | −20.0\u{202f}% |"), "{}", ran.stdout);
    let xml = sandbox.read("limits.xml");
    assert!(xml.contains("tests=\"2\" failures=\"1\" errors=\"0\""), "{xml}");
}

/// Each document that a command writes has a section: the page knows the version in its schema.
#[test]
fn the_page_knows_the_versions_that_are_written() {
    for (name, _, newest) in libchar_pages::known::KNOWN {
        let file = format!("docs/schemas/{}.json", name.trim_start_matches("libchar."));
        let Ok(text) = std::fs::read_to_string(repository().join(&file)) else { continue };
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        let written = &schema["properties"]["schema"]["properties"]["version"]["const"];
        assert!(written.as_u64().is_none_or(|version| version == *newest), "{file}: {written}");
    }
}
