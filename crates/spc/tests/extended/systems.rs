//! Measurement systems: nested components, gage R&R, bias.

use crate::case::{Case, beyond, made};
use libchar_spc::chart::{Data, Design, Given, Kind};
use libchar_spc::components::{Method, components};
use libchar_spc::gage::{self, Cells, Comparison, Options};
use libchar_spc::subgroup::Subgroups;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn nested(run: &mut Case) {
    let names = ["lot", "wafer"].map(str::to_owned);
    let factors = [run.text("lot"), run.text("wafer")];
    let method = if run.inputs["method"] == "reml" { Method::Reml } else { Method::Anova };
    let values = run.column("thk_nm");
    let found = components(&values, &names, &factors, Some(method), false, 0.95).unwrap();
    let label = |i: usize| ["lot", "wafer", "site"][i];
    let map = |f: &dyn Fn(&libchar_spc::components::Level) -> Value| {
        let pairs = found.levels.iter().enumerate().map(|(i, l)| (label(i).to_owned(), f(l)));
        json!(pairs.collect::<BTreeMap<_, _>>())
    };
    let k: Vec<f64> = [found.levels[1].k[0], found.levels[0].k[1], found.levels[0].k[0]].to_vec();
    let document = json!({
        "anova": map(&|l| json!({ "df": l.df, "ss": l.ss, "ms": l.ms, "f": l.f, "p": l.p })),
        "variance_untruncated": map(&|l| json!(l.variance_untruncated)),
        "variance": map(&|l| json!(l.variance)), "percent": map(&|l| json!(l.percent)),
        "sd_total": found.sd_total, "site_variance_ci95": found.levels[2].interval,
        "df": found.levels.iter().map(|l| l.df).collect::<Vec<_>>(),
        "ss": found.levels.iter().map(|l| l.ss).collect::<Vec<_>>(), "k": k,
    });
    run.check_all(&document, &[]);
}

pub fn gage_rr(run: &mut Case) {
    let mut values = run.column("x");
    let mut part = run.text("part");
    let mut operator = run.columns.get("operator").cloned();
    if run.id == "grr_unbalanced_v" {
        values.pop();
        part.pop();
        operator.as_mut().unwrap().pop();
        return run.fails(Cells::new(&values, &part, operator.as_deref(), gage::Design::Crossed));
    }
    let nested = run.inputs["method"] == "nested";
    let design = if nested { gage::Design::Nested } else { gage::Design::Crossed };
    let cells = Cells::new(&values, &part, operator.as_deref(), design).unwrap();
    let options = Options {
        interaction: match run.inputs["model"].as_str() {
            Some("with interaction") => gage::Interaction::Always,
            _ => gage::Interaction::Tested,
        },
        against: Comparison {
            tolerance: run.inputs["tolerance"].as_f64(),
            usl: run.inputs["usl"].as_f64(),
            historical_sigma: run.inputs["historical_sigma"].as_f64(),
            ..Comparison::default()
        },
        ..Options::default()
    };
    if run.inputs["method"] == "xbar-r" {
        let found = json!(gage::xbar_r(&cells, &options, false).unwrap());
        return run.check_all(&found, &[]);
    }
    let found = gage::anova(&cells, design, &options).unwrap();
    let mut document = json!(found);
    if run.id.starts_with("grr_ci") {
        document = json!(found.intervals);
    }
    run.check_all(&document, &[]);
}

pub fn bias(run: &mut Case) {
    let id = run.id.clone();
    if id.starts_with("type1") {
        let found = gage::type_one(
            &run.named("column"),
            run.input("reference"),
            run.input("tolerance"),
            run.input("percent"),
            run.input("multiplier"),
            0.95,
        );
        let found = found.unwrap();
        let mut document = json!(found);
        document["s"] = json!(found.bias.sigma_r);
        document["bias_ci95"] = json!(found.bias.ci);
        run.check_all(&document, &[]);
    } else if id.starts_with("bias") {
        let found = gage::bias(&run.named("column"), run.input("reference"), 0.95).unwrap();
        run.check_all(&json!(found), &[]);
    } else if id.starts_with("linearity") {
        let found = gage::linearity(
            &run.named("measure"),
            &run.named("reference"),
            run.inputs["process_variation"].as_f64(),
            0.95,
        );
        let mut document = json!(found.unwrap());
        let bands: BTreeMap<String, Value> = document["bias_by_reference"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(k, v)| (k.clone(), v["band"].clone()))
            .collect();
        document["band95"] = json!(bands);
        run.check_all(&document, &[]);
    } else {
        let names: Vec<String> = run.order.iter().filter(|n| *n != "day").cloned().collect();
        let rows = run.rows(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let groups = Subgroups::by_size(rows.concat(), names.len()).unwrap();
        let days = run.column("day");
        let drift = gage::drift(&days, &groups.means(), 0.95).unwrap();
        let (parameters, chart) =
            made(&Design::new(Kind::XbarR), &Data::Measured(groups), &Given::default());
        let panel = &chart.panels[0];
        let found = json!({
            "center": parameters.center, "sigma": parameters.sigma, "ucl": panel.upper.at(0),
            "lcl": panel.lower.at(0), "beyond": beyond(panel),
            "drift_per_day": drift.slope, "p_drift": drift.p,
        });
        run.check_all(&found, &[]);
    }
}
