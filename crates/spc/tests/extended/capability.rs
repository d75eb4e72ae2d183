//! Tolerance intervals and capability.

use crate::case::Case;
use libchar_spc::capability::{
    Capability, Family, QuantileType, Specification, capability, percentile_indices,
};
use libchar_spc::convention::Convention;
use libchar_spc::describe::describe;
use libchar_spc::sigma::Estimator;
use libchar_spc::subgroup::Subgroups;
use libchar_spc::tolerance::{self, Sides};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn tolerances(run: &mut Case) {
    let share = |run: &Case, name: &str| run.inputs[name].as_f64().unwrap_or(0.5);
    let (content, confidence) = (share(run, "content"), share(run, "confidence"));
    if run.id.starts_with("tol_k") {
        let n = run.input("n");
        let freedom = run.inputs["df"].as_f64().unwrap_or(n - 1.0);
        let at = |sides| tolerance::factor(n, freedom, content, confidence, sides).unwrap();
        let sides = if run.inputs["sides"] == 1 { Sides::One } else { Sides::Two };
        let found = json!({ "k": at(sides), "k_one_sided": at(Sides::One) });
        run.check_all(&found, &[]);
    } else if run.id.starts_with("tol_wilks") {
        let table: BTreeMap<String, Value> = run.inputs["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| {
                let pair = pair.as_str().unwrap();
                let (p, c) = pair.split_once('_').unwrap();
                let at = |sides| {
                    tolerance::needed(p.parse().unwrap(), c.parse().unwrap(), sides).unwrap()
                };
                (
                    pair.to_owned(),
                    json!({ "one_sided": at(Sides::One), "two_sided": at(Sides::Two) }),
                )
            })
            .collect();
        run.check("table", json!(table));
    } else if run.id.starts_with("tol_np_short") {
        let values: Vec<f64> = (0..20).map(f64::from).collect();
        let found = tolerance::nonparametric(&values, content, confidence).unwrap();
        assert!(found.two_sided.is_none());
        run.check("attained_by_min_max", found.attained_by_min_max);
        run.check("n_needed", found.n_needed_two_sided);
    } else if run.id.starts_with("tol_np") {
        let found = tolerance::nonparametric(&run.named("column"), content, confidence).unwrap();
        run.check_all(&json!(found), &[]);
    } else {
        let logarithmic = run.inputs["distribution"] == "lognormal";
        let found =
            tolerance::interval(&run.named("column"), content, confidence, logarithmic).unwrap();
        run.check_all(&json!(found), &[]);
    }
}

pub fn specification(spec: &Value) -> Specification {
    Specification::new(spec["lsl"].as_f64(), spec["usl"].as_f64(), spec["target"].as_f64()).unwrap()
}

pub fn capable(run: &mut Case) {
    let id = run.id.clone();
    if id.starts_with("cap_many") {
        let spec = run.inputs["spec"].clone();
        let mut table = BTreeMap::new();
        for (name, limits) in spec.as_object().unwrap() {
            let groups = run.grouped(name, "lot");
            let row = match Estimator::Pooled.estimate(&groups, 2, Convention::Exact) {
                Err(_) => {
                    let d = describe(groups.values()).unwrap();
                    json!({ "n": d.n, "mean": d.mean, "indices": null })
                }
                Ok(sigma) => {
                    let found =
                        capability(&groups, &specification(limits), sigma, 0.95, Convention::Exact);
                    many_row(&found.unwrap())
                }
            };
            table.insert(name.clone(), row);
        }
        run.check_all(&json!(table), &[]);
    } else if id.starts_with("cap_short_long") {
        let groups = run.grouped("vth_mv", "lot");
        let limits = specification(&json!({ "lsl": 400.0, "usl": 500.0 }));
        let found = libchar_spc::capability::sigmas(&groups, &limits, Convention::Exact).unwrap();
        run.check_all(&json!(found), &[]);
    } else if id.starts_with("cap_one_value") {
        let groups = Subgroups::individuals(vec![3.2]).unwrap();
        let limits = specification(&json!({ "lsl": 3.0, "usl": 5.0 }));
        run.fails(capability(&groups, &limits, 1.0, 0.95, Convention::Exact));
    } else {
        fitted(run);
    }
}

pub fn many_row(found: &Capability) -> Value {
    let value = |index: Option<libchar_spc::capability::Index>| index.map(|i| i.value);
    json!({
        "n": found.n, "mean": found.mean, "sigma_within": found.sigma_within,
        "sigma_overall": found.sigma_overall, "cp": value(found.within.both),
        "cpk": found.within.worst.value, "pp": value(found.overall.both),
        "ppk": found.overall.worst.value, "cpm_overall": found.cpm_deviations,
        "cpm_mean_variance": value(found.cpm), "ppm_within": found.within.expected_ppm,
        "ppm_overall": found.overall.expected_ppm,
        "observed_beyond": (found.observed_ppm * found.n as f64 / 1e6).round() as u64,
    })
}

pub fn fitted(run: &mut Case) {
    let values = run.named("column");
    let limits = specification(&run.inputs);
    let family = match run.inputs["method"].as_str().unwrap() {
        "weibull" => Family::Weibull,
        "weibull3" => Family::Weibull3,
        "lognormal" => Family::Lognormal,
        "johnson" => Family::Johnson,
        "pearson" => Family::Pearson,
        _ => Family::Empirical,
    };
    let fit = |kind| percentile_indices(&values, &limits, family, kind).unwrap();
    if family == Family::Empirical {
        let row = |kind| {
            let f = fit(kind);
            json!({ "quantiles": [f.x_low, f.x_median, f.x_high], "pp": f.pp, "ppu": f.ppu, "ppl": f.ppl })
        };
        let found = json!({ "type6": row(QuantileType::Six), "type7": row(QuantileType::Seven) });
        return run.check_all(&found, &[]);
    }
    let f = fit(QuantileType::Seven);
    let p = &f.parameters;
    let mut found = json!({
        "x00135": f.x_low, "x50": f.x_median, "x99865": f.x_high, "pp": f.pp, "ppu": f.ppu,
        "ppl": f.ppl, "ppm": f.expected_ppm, "ppu_percentile": f.ppu, "ppk_percentile": f.ppk,
        "ppu_zscore": f.z_score.ppu, "type": f.curve, "sigma_ml": p.get("sigma"),
        "sd_n": p.get("sd"), "loglik": p.get("log_likelihood"),
        "quantiles": [p.get("q_minus_3z"), p.get("q_minus_z"), p.get("q_plus_z"), p.get("q_plus_3z")],
    });
    for (name, value) in p {
        found[*name] = json!(value);
    }
    run.check_all(&found, &[]);
}
