//! The reference cases: every expected value with its tolerance and every outcome; kinds that are
//! not supported yet are listed by name.

#![allow(clippy::print_stderr, reason = "a test says what it skips")]
#![allow(clippy::disallowed_methods, reason = "a test reads its data")]

use libchar_core::Table;
use libchar_core::table::Header;
use libchar_metrology::answer::Answer;
use libchar_metrology::bind::bind;
use libchar_metrology::evaluate::{Evaluated, evaluate};
use libchar_metrology::job::Job;
use libchar_metrology::method::{Method, Per};
use libchar_metrology::methods;
use libchar_metrology::setup::Setup;
use serde_json::Value;
use std::path::PathBuf;

/// The methods by the kinds of the cases.
const METHODS: &[(&str, &str)] = &[
    ("four-point-probe", "four-point-probe"),
    ("four-point-probe map", "four-point-probe"),
    ("van-der-pauw", "van-der-pauw"),
    ("hall", "hall"),
    ("tlm", "tlm"),
    ("mosfet transfer", "mosfet"),
    ("mosfet dibl", "mosfet-dibl"),
    ("cv schottky", "cv-schottky"),
    ("cv series resistance", "cv-series-resistance"),
    ("ler", "ler"),
    ("areal roughness", "areal-roughness"),
    ("step height", "step-height"),
    ("line profile", "line-profile"),
    ("line profile of a map", "map-line"),
    ("cd-sem", "cd-sem"),
    ("cd-sem image", "cd-sem-image"),
    ("gum four-point-probe", "gum"),
    ("gum hall", "gum"),
    ("gum ftir thickness", "gum"),
    ("gum step height", "gum"),
    ("compare", "compare"),
    ("ellipsometry", "ellipsometry"),
    ("ellipsometry forward", "ellipsometry-forward"),
    ("ellipsometry dispersion", "dispersion"),
    ("ellipsometry dispersion against CompleteEASE", "dispersion"),
    ("ellipsometry forward against WVASE", "ellipsometry"),
    ("ellipsometry against WVASE", "ellipsometry"),
    ("reflectometry", "reflectometry"),
    ("rbs", "rbs"),
    ("naa", "naa"),
    ("uv-vis", "uv-vis"),
    ("raman stress", "raman-stress"),
    ("pl varshni", "pl-varshni"),
    ("pl peak", "pl-peak"),
    ("xrf", "xrf"),
    ("sims", "sims"),
    ("etch map", "etch-map"),
    ("pcd", "lifetime-decay"),
    ("pcd surface", "lifetime-surface"),
    ("pcd qsspc", "lifetime-qsspc"),
    ("bjt gummel", "bjt-gummel"),
    ("bjt early", "bjt-early"),
    ("ebic", "ebic"),
    ("xrd lattice", "xrd-lattice"),
    ("xrd size-strain", "xrd-size-strain"),
    ("xrd epilayer", "xrd-epilayer"),
    ("xrd sin2psi", "xrd-stress"),
    ("ftir thickness", "ftir-thickness"),
    ("ftir interstitial oxygen", "ftir-oxygen"),
    ("ftir substitutional carbon", "ftir-carbon"),
    ("xps", "xps"),
    ("iv diode", "diode"),
    ("iv solar single diode", "solar-diode"),
    ("solar-cell", "solar-cell"),
    ("solar-cell spectral mismatch", "spectral-mismatch"),
    ("cv mos", "cv-mos"),
    ("dlts", "dlts"),
];

/// The measurement equations of cases that describe them in words.
const MODELS: &[(&str, &str)] = &[
    ("gum-01", "pi/ln(2) * v/i * w*1e-4 * f * (1 - ct*(t - 23))"),
    ("gum-02", "i*b/(q*vh*t)*1e-4"),
    ("gum-04", "1e4/(2*dn*sqrt(n^2 - sin(rad(th))^2))"),
    ("gum-06", "h*cos(rad(p))"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/metro")
}

/// The setup and file of cases that describe them in words, as a user would type them.
const AS_TYPED: &[(&str, &str)] = &[
    (
        "ell-07",
        "model = 'tauc-lorentz'\na_ev = 101.0\ne0_ev = 3.45\nc_ev = 2.2\neg_ev = 1.2\neps_inf = 1.0\nenergy_ev = [1.5, 2.5, 4.5]",
    ),
    ("ell-08", "layers = []\nfree = []\nsubstrate = 'silicon.csv'"),
    (
        "ell-09",
        "layers = [{ name = 'top', d_nm = 65.0, material = 'aluminium_oxide.csv' }, { name = 'oxide', d_nm = 2.0, material = 'silica.csv' }]\nfree = []\nsubstrate = 'silicon.csv'",
    ),
    (
        "ell-14",
        "delta_range_deg = [0, 180]\nsubstrate = 'silicon.csv'\ncauchy = { a = 1.47, b_um2 = 0.00495, c_um4 = 0.0 }\nfree = ['d_nm']",
    ),
];

/// A file of the public data, which is never committed. Its columns are named by `columns`, because
/// its own first line is not a header.
fn external(name: &str, columns: &str) -> Option<Table> {
    let path = libchar_testing::reference_data()?.join("ellipsometry").join(name);
    let bytes = std::fs::read(path).unwrap();
    if columns.is_empty() {
        return Some(Table::parse_csv_with(name, &bytes, Header::Required).unwrap());
    }
    let text = String::from_utf8(bytes).unwrap();
    let mut csv = format!("{columns}\n");
    for line in text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        if cells.first().is_some_and(|cell| cell.parse::<f64>().is_ok()) {
            csv.push_str(&format!("{}\n", cells.join(",")));
        }
    }
    Some(Table::parse_csv_with(name, csv.as_bytes(), Header::Required).unwrap())
}

struct Outcome {
    results: Vec<(Job, Evaluated)>,
    summary: Option<Answer>,
}

/// The result of the case's inputs, or the reason why there is none.
fn run(case: &Value, method: &'static Method) -> Result<Outcome, String> {
    let mut setup = Setup::default();
    let id = case["id"].as_str().unwrap();
    let (mut file, mut table) = (None, None);
    let typed = AS_TYPED.iter().find(|(known, _)| *known == id).map(|(_, text)| *text);
    if let Some(text) = typed {
        setup.read("setup.toml", text).map_err(|e| e.to_string())?;
    }
    for (key, value) in case["inputs"].as_object().unwrap() {
        if let ("file", Some(name)) =
            (key.as_str(), value.as_str().and_then(|v| v.strip_prefix("../external/ellipsometry/")))
        {
            let columns = match id {
                "ell-13" => "energy_ev,eps1,eps2",
                "ell-16" => "wavelength_nm,n,k",
                _ => "wavelength_nm,aoi_deg,psi_deg,delta_deg",
            };
            table = Some(external(name, columns).ok_or("skipped: LIBCHAR_REFDATA is not set")?);
            continue;
        }
        if typed.is_some() || key == "columns" {
            continue;
        }
        match (key.as_str(), value) {
            ("file", Value::String(name)) => file = Some(name.clone()),
            ("files", Value::Object(files)) => {
                let standard = files["standard"].as_str().unwrap();
                file = files["unknown"].as_str().map(str::to_owned);
                setup.assign(&format!("standard={standard}")).unwrap();
            }
            // The true parameters of the simulated edge, which the program must not know.
            ("model", _) if method.name == "ler" => {}
            ("model", _) if method.name == "gum" => {
                let model = MODELS.iter().find(|(known, _)| *known == id).expect("a model").1;
                setup.assign(&format!("model={model}")).unwrap();
            }
            (key, value) => {
                let mut table = toml::Table::new();
                table.insert(key.to_owned(), toml::Value::try_from(value).unwrap());
                setup.read("setup.toml", &table.to_string()).map_err(|e| e.to_string())?;
            }
        }
    }
    for (name, _) in setup.files_named(method) {
        if name.starts_with("case_data") {
            let bytes = std::fs::read(folder().join(&name)).unwrap();
            let read = Table::parse_csv_with(&name, &bytes, Header::Required).unwrap();
            setup.files.insert(name, read);
            continue;
        }
        let Some(read) = external(&name, "") else {
            return Err("skipped: LIBCHAR_REFDATA is not set".to_owned());
        };
        setup.files.insert(name, read);
    }
    let table = match file {
        None => table,
        Some(name) => {
            let bytes = std::fs::read(folder().join(&name)).unwrap();
            let header =
                if method.per == Per::Matrix { Header::UnlessNumbers } else { Header::Required };
            Some(Table::parse_csv_with(&name, &bytes, header).map_err(|e| e.to_string())?)
        }
    };
    let bound = bind(method, table.as_ref(), &setup, None).map_err(|faults| faults.to_string())?;
    let mut results = Vec::new();
    for job in bound.jobs {
        let job = job.map_err(|(_, reason)| reason)?;
        let found = evaluate(method, &job, 0.95).map_err(|refusal| refusal.reason)?;
        results.push((job, found));
    }
    let pairs: Vec<(Job, Answer)> =
        results.iter().map(|(job, e)| (job.clone(), e.answer.clone())).collect();
    let summary = method.summary.filter(|_| results.len() > 1).map(|summary| summary(&pairs));
    Ok(Outcome { results, summary })
}

/// The number that the case calls `name`, under the name that our output gives it.
fn number(outcome: &Outcome, name: &str) -> Option<f64> {
    let (_, found) = &outcome.results[0];
    let renamed = match name {
        "k_95" => "k",
        "u_expanded_95" => "u_expanded",
        "mean_mc" => "mc_mean",
        "true_3sigma_nm" => "unbiased_3sigma_nm",
        "si2p_oxide_share_pct" => "si2p_high_be_share_pct",
        "max_abs_delta_folded_deg" => "max_abs_delta_deg",
        other => other,
    };
    if let Some(value) = outcome.summary.as_ref().and_then(|s| s.get(renamed)) {
        return Some(value);
    }
    if let Some(value) = found.answer.get(renamed) {
        return Some(value);
    }
    if name == "corr_intercept_slope" || name == "corr_a_b" {
        return found.answer.correlations.first().map(|c| c.2);
    }
    if name == "g_corrected_s_at_1p4" {
        let curve =
            |name: &str| &found.answer.curves.iter().find(|c| c.name == name).unwrap().values;
        let row = curve("v_v").iter().position(|v| (v.abs() - 1.4).abs() < 1e-9);
        return row.map(|row| curve("g_corrected_s")[row]);
    }
    if let Some(of) = name.strip_suffix("_at_3ms") {
        let curve =
            |name: &str| &found.answer.curves.iter().find(|c| c.name == name).unwrap().values;
        let row = curve("t_s").iter().position(|t| (t - 3e-3).abs() < 1e-9);
        return row.map(|row| curve(of)[row]);
    }
    if name == "z_at_20_nm" {
        return found.answer.curves.iter().find(|c| c.name == "z_nm").map(|c| c.values[20]);
    }
    let of = name.strip_prefix("u_")?;
    let index = found.answer.numbers.iter().position(|n| n.name == of)?;
    found.budgets[index].as_ref().map(|b| b.u_c)
}

fn near(found: f64, expected: f64, check: &Value) -> bool {
    if let Some(factor) = check["factor"].as_f64() {
        return found >= expected / factor && found <= expected * factor;
    }
    let (rel, abs) = (check["rel"].as_f64().unwrap_or(0.0), check["abs"].as_f64().unwrap_or(0.0));
    (found - expected).abs() <= rel * expected.abs() + abs
}

fn check(outcome: &Outcome, name: &str, check: &Value, faults: &mut Vec<String>) {
    if check.get("info").is_some() {
        return;
    }
    let (_, found) = &outcome.results[0];
    let word =
        |name: &str| found.answer.words.iter().find(|(n, _)| *n == name).map(|(_, w)| w.clone());
    let mut fail = |text: String| faults.push(format!("{name}: {text}"));
    match name {
        "parseval_equals_biased" | "psd_integral_equals_sq_squared" => {
            let (a, b) = match name {
                "parseval_equals_biased" => (
                    3.0 * number(outcome, "parseval_sigma_nm").unwrap(),
                    number(outcome, "biased_3sigma_nm").unwrap(),
                ),
                _ => (
                    number(outcome, "psd_integral_nm2").unwrap(),
                    number(outcome, "sq_nm").unwrap().powi(2),
                ),
            };
            if !near(a, b, check) {
                fail(format!("{a} is not {b}"));
            }
            return;
        }
        "sensitivity" | "share_pct" => {
            let budget = found.budgets[0].as_ref().expect("a budget");
            for (input, expected) in check["values"].as_object().unwrap() {
                let row = budget.rows.iter().find(|row| row.source == *input).expect("a row");
                let value = if name == "sensitivity" { row.sensitivity } else { row.share_pct };
                if !near(value, expected.as_f64().unwrap(), check) {
                    fail(format!("{input}: {value}, expected {expected}"));
                }
            }
            return;
        }
        _ => {}
    }
    if let Some(rows) = check["rows"].as_array() {
        for (i, row) in rows.iter().enumerate() {
            for (column, expected) in row.as_object().unwrap() {
                let curve =
                    found.answer.curves.iter().find(|c| c.name == *column).expect("a curve");
                if !near(curve.values[i], expected.as_f64().unwrap(), check) {
                    fail(format!("{column} of row {i}: {}, expected {expected}", curve.values[i]));
                }
            }
        }
        return;
    }
    if let Some(expected) = check.get("equals") {
        let expected = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
        if word(name) != Some(expected.clone()) {
            fail(format!("{:?}, expected {expected}", word(name)));
        }
        return;
    }
    if let Some(values) = check["values"].as_array() {
        let found: Vec<f64> = match name {
            "mc_interval_95" => {
                vec![number(outcome, "mc_low").unwrap(), number(outcome, "mc_high").unwrap()]
            }
            _ => found
                .answer
                .curves
                .iter()
                .find(|c| c.name == name)
                .map(|c| c.values.clone())
                .unwrap_or_default(),
        };
        let same = found.len() == values.len()
            && found.iter().zip(values).all(|(f, e)| near(*f, e.as_f64().unwrap(), check));
        if !same {
            fail(format!("{found:?}, expected {values:?}"));
        }
        return;
    }
    let Some(value) = number(outcome, name) else { return fail("is not in the result".to_owned()) };
    if let Some(expected) = check["value"].as_f64()
        && !near(value, expected, check)
    {
        fail(format!("{value}, expected {expected}"));
    }
    if check["min"].as_f64().is_some_and(|min| value < min)
        || check["max"].as_f64().is_some_and(|max| value > max)
    {
        fail(format!("{value} is outside"));
    }
}

#[test]
fn every_case_has_its_value_and_outcome() {
    let text = std::fs::read_to_string(folder().join("cases.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let (mut checked, mut faults) = (0, Vec::new());
    for case in document["cases"].as_array().unwrap() {
        let (id, kind) = (case["id"].as_str().unwrap(), case["method"].as_str().unwrap());
        let Some((_, name)) = METHODS.iter().find(|(known, _)| *known == kind) else {
            panic!("{id}: no method computes the kind `{kind}`");
        };
        checked += 1;
        let method = methods::find(name).expect("a method");
        let mut wrong = Vec::new();
        match (run(case, method), case["outcome"].as_str().unwrap()) {
            (Ok(outcome), expected @ ("ok" | "warn")) => {
                let warned = outcome.results.iter().any(|(_, e)| !e.answer.warnings.is_empty());
                if warned != (expected == "warn") {
                    let warnings: Vec<_> = outcome
                        .results
                        .iter()
                        .flat_map(|(_, e)| e.answer.warnings.clone())
                        .collect();
                    wrong.push(format!("expected {expected}, warnings {warnings:?}"));
                }
                for (name, expected) in case["expected"].as_object().unwrap() {
                    check(&outcome, name, expected, &mut wrong);
                }
            }
            (Err(reason), _) if reason.starts_with("skipped") => {
                eprintln!("{id} {reason}");
                checked -= 1;
            }
            (Err(_), "refuse") => {}
            (Err(reason), _) => wrong.push(format!("refused: {reason}")),
            (Ok(_), _) => wrong.push("not refused".to_owned()),
        }
        faults.extend(wrong.into_iter().map(|fault| format!("{id} {fault}")));
    }
    eprintln!("{checked} cases checked");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
