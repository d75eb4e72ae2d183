//! Several variables, and limits from estimated parameters.

use crate::case::{Case, detail, made};
use libchar_spc::arl::ewma::EwmaLimits;
use libchar_spc::arl::{Change, ewma, multivariate};
use libchar_spc::chart::{
    CovarianceEstimator, Data, Design, Given, Kind, Parameters, Phase, covariance, t2, t2_limit,
};
use libchar_spc::estimated::{self, Spread};
use serde_json::{Value, json};

pub fn successive(run: &mut Case) {
    if run.columns.is_empty() {
        let (m, p, confidence) =
            (run.input("m") as usize, run.input("p") as usize, run.input("confidence"));
        let at = |phase| t2_limit(p, m, confidence, phase, CovarianceEstimator::Successive);
        run.check("phase1_ucl", at(Phase::One));
        run.check("phase2_ucl", at(Phase::Two));
        return;
    }
    let names: Vec<&str> =
        run.inputs["columns"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    let rows = run.rows(&names);
    let (means, matrix) = covariance(&rows, CovarianceEstimator::Successive);
    let parameters =
        Parameters { means: means.clone(), covariance: matrix.clone(), ..Parameters::default() };
    let found =
        json!({ "mean": means, "covariance": matrix, "t2": t2(&rows, &parameters).unwrap() });
    run.check_all(&found, &[]);
}

pub fn multivariate(run: &mut Case) {
    let id = run.id.clone();
    if id.starts_with("mewma_arl") {
        let (p, lambda, h) = (run.input("p") as usize, run.input("lambda"), run.input("h"));
        for key in run.expected.as_object().unwrap().keys().cloned().collect::<Vec<_>>() {
            let shift: f64 = key.strip_prefix("arl_shift_").unwrap().parse().unwrap();
            run.check(&key, multivariate::mewma_arl(p, lambda, h, shift).unwrap());
        }
        return;
    }
    if id.starts_with("mcusum_arl") {
        let arl = multivariate::mcusum_arl(run.input("p") as usize, run.input("k"), run.input("h"));
        return run.check("arl", arl.unwrap());
    }
    let vector = |value: &Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    let given = Given {
        means: vector(&run.inputs["mean"]),
        covariance: run.inputs["covariance"].as_array().unwrap().iter().map(vector).collect(),
        ..Given::default()
    };
    let names: Vec<String> = run.inputs["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap().to_owned())
        .collect();
    let data = Data::Vectors(run.rows(&names.iter().map(String::as_str).collect::<Vec<_>>()));
    let first = |values: &[f64], limit: f64| values.iter().position(|v| *v > limit).map(|i| i + 1);
    if id.starts_with("mcusum") {
        let design = Design { k: run.input("k"), h: run.input("h"), ..Design::new(Kind::Mcusum) };
        let (_, chart) = made(&design, &data, &given);
        let crosier = detail(&chart, "crosier");
        let found = json!({
            "first_alarm_crosier": first(&crosier, design.h), "crosier": crosier,
            "mc1": detail(&chart, "mc1"),
        });
        return run.check_all(&found, &[]);
    }
    let mut design = Design { lambda: run.input("lambda"), ..Design::new(Kind::Mewma) };
    design.options.target_arl = run.input("target_arl");
    let (parameters, chart) = made(&design, &data, &given);
    let h = parameters.estimates["h"];
    let (asymptotic, exact) = (detail(&chart, "t2_asymptotic"), detail(&chart, "t2_exact"));
    let found = json!({
        "h": h, "first_alarm_asymptotic": first(&asymptotic, h),
        "first_alarm_exact": first(&exact, h), "t2_asymptotic": asymptotic, "t2_exact": exact,
    });
    run.check_all(&found, &[]);
}

pub fn estimates(run: &mut Case) {
    let id = run.id.clone();
    let m = run.input("m") as usize;
    if id.starts_with("est_xbar") {
        let freedom = m as f64 * (run.input("n") - 1.0);
        let at =
            |unbiased| estimated::shewhart(m, Spread::Sd { freedom, unbiased }, 3.0, 0.9).unwrap();
        let (plain, unbiased) = (at(false), at(true));
        let found = json!({
            "df": freedom as u64,
            "width_for_nominal_alpha_with_s_pooled": plain.width_for_average_rate,
            "width_with_unbiased_sigma": unbiased.width_for_average_rate,
            "false_alarm_rate_of_3_sigma_unbiased": unbiased.false_alarm_rate,
            "false_alarm_rate_of_3_sigma_s_pooled": plain.false_alarm_rate,
        });
        run.check_all(&found, &[]);
    } else if id.starts_with("est_individuals_mr") {
        let found = estimated::shewhart(m, Spread::MovingRange(m), 3.0, 0.9).unwrap();
        let document = json!({
            "false_alarm_rate_of_3_sigma": found.false_alarm_rate,
            "width_unconditional": found.width_for_average_rate,
            "width_guaranteed_90": found.width_guaranteed,
            "median_conditional_arl": found.median_arl,
            "share_of_charts_with_arl_below_200": found.share_below_200,
        });
        run.check_all(&document, &[]);
    } else if id.starts_with("est_individuals") {
        let spread = Spread::Sd { freedom: m as f64 - 1.0, unbiased: false };
        let at = |guarantee| estimated::shewhart(m, spread, 3.0, guarantee).unwrap();
        let found = json!({
            "width_unconditional": at(0.9).width_for_average_rate,
            "width_guaranteed_90": at(0.9).width_guaranteed,
            "width_guaranteed_95": at(0.95).width_guaranteed,
            "false_alarm_rate_of_3s": at(0.9).false_alarm_rate,
        });
        run.check_all(&found, &[]);
    } else {
        let (lambda, c, freedom) = (run.input("lambda"), run.input("c"), run.input("df"));
        let known = ewma::ewma_arl(lambda, c, EwmaLimits::Asymptotic, Change::NONE).unwrap();
        let found = estimated::ewma(lambda, c, m, freedom, 0.0).unwrap();
        assert!((found.arl_known / known - 1.0).abs() < 1e-9);
        let mut document = json!(found);
        document["arl_both_shift_1"] =
            json!(estimated::ewma_both(lambda, c, m, freedom, 1.0).unwrap());
        document["c_for_370_both"] =
            json!(estimated::ewma_width(lambda, m, freedom, 370.0).unwrap());
        run.check_all(&document, &[]);
    }
}
