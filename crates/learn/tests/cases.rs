//! Reference cases of drift, conformal ranks, attributions and distances, each with its own
//! tolerance.

use libchar_learn::outlier::Cloud;
use libchar_learn::tree::{Node, Tree};
use libchar_learn::{Matrix, conformal, psi, shap};
use serde_json::Value;
use statrs::distribution::{ContinuousCDF, Normal};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect()
}

/// Parses text such as `N(0,1.5)`: mean and standard deviation.
fn normal(text: &str) -> Normal {
    let inner = text.trim_start_matches("N(").trim_end_matches(')');
    let (mean, sd) = inner.split_once(',').unwrap();
    Normal::new(mean.parse().unwrap(), sd.parse().unwrap()).unwrap()
}

fn psi_of(inputs: &Value) -> f64 {
    if let Some(reference) = inputs.get("ref_counts") {
        let (reference, window) = (counts(reference), counts(&inputs["cur_counts"]));
        return psi::from_counts(&reference, &window, psi::ZeroBins::AddHalf).unwrap();
    }
    if inputs["ref"].is_array() {
        return psi::from_shares(&numbers(&inputs["ref"]), &numbers(&inputs["cur"])).unwrap();
    }
    // Bins at the exact deciles of the standard normal; the other distribution's shares in these
    // bins.
    let current = normal(inputs["cur"].as_str().unwrap());
    let edge = |k: usize| Normal::standard().inverse_cdf(k as f64 / 10.0);
    let below = |k: usize| match k {
        0 => 0.0,
        10 => 1.0,
        _ => current.cdf(edge(k)),
    };
    let shares: Vec<f64> = (0..10).map(|k| below(k + 1) - below(k)).collect();
    psi::from_shares(&[0.1; 10], &shares).unwrap()
}

fn tree(value: &Value) -> Tree {
    let mut nodes = vec![None];
    let mut open = vec![(0usize, value)];
    while let Some((at, value)) = open.pop() {
        let cover = value["cover"].as_f64().unwrap() as f32;
        nodes[at] = Some(match value.get("f") {
            None => Node::leaf(value["v"].as_f64().unwrap(), cover),
            Some(feature) => {
                let left = nodes.len();
                nodes.extend([None, None]);
                open.push((left, &value["l"]));
                open.push((left + 1, &value["r"]));
                Node {
                    feature: Some(feature.as_u64().unwrap() as u16),
                    value: value["t"].as_f64().unwrap(),
                    left: left as u16,
                    cover,
                }
            }
        });
    }
    Tree::new(nodes.into_iter().map(Option::unwrap).collect(), 64).unwrap()
}

/// The computed and the expected values of a case, in pairs.
fn values(kind: &str, inputs: &Value, expected: &Value) -> Vec<(f64, f64)> {
    let number = |name: &str| inputs[name].as_f64().unwrap();
    let whole = |name: &str| inputs[name].as_u64().unwrap() as usize;
    let wanted = |name: &str| expected[name].as_f64().unwrap();
    match kind {
        "psi" => vec![(psi_of(inputs), expected.as_f64().unwrap())],
        "psi_critical" => {
            let found = psi::critical(whole("bins"), whole("n"), whole("m"), number("level"));
            vec![(found.unwrap(), expected.as_f64().unwrap())]
        }
        "conformal_rank" => {
            let rank = conformal::rank(whole("n"), number("alpha")).unwrap();
            assert_eq!(rank.k.map(|k| k as u64), expected["k"].as_u64());
            assert_eq!(rank.k.is_none(), expected["infinite"].as_bool().unwrap());
            vec![(rank.coverage_mean, wanted("cov_mean")), (rank.coverage_sd, wanted("cov_sd"))]
        }
        "conformal" => {
            let found = conformal::bound(&numbers(&inputs["abs_residuals"]), number("alpha"));
            vec![(found.unwrap(), expected.as_f64().unwrap())]
        }
        "treeshap" => {
            let (tree, x) = (tree(&inputs["tree"]), numbers(&inputs["x"]));
            let mut all = vec![(tree.expected(), wanted("base")), (tree.predict(&x), wanted("f"))];
            all.extend(shap::attributions(&tree, &x).into_iter().zip(numbers(&expected["phi"])));
            all
        }
        "mahalanobis" => {
            let rows: Vec<Vec<f64>> = inputs["X"].as_array().unwrap().iter().map(numbers).collect();
            let cloud = Cloud::fit(&Matrix::from_rows(&rows).unwrap()).unwrap();
            vec![(cloud.distance(&numbers(&inputs["x"])), expected.as_f64().unwrap())]
        }
        other => panic!("unknown kind of case: {other}"),
    }
}

#[test]
fn every_case_at_its_tolerance() {
    let text = include_str!("../../../testdata/litho/learn_cases.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 15, "{}", cases.len());
    for case in cases {
        let tolerance = case["rel_tol"].as_f64().unwrap();
        let kind = case["kind"].as_str().unwrap();
        for (found, wanted) in values(kind, &case["inputs"], &case["expected"]) {
            let close = (found - wanted).abs() <= tolerance * wanted.abs().max(1e-9);
            assert!(close, "{}: {found} instead of {wanted}", case["id"]);
        }
    }
}
