//! Every case of `testdata/spc/extended.json`: industry charts, measurement systems, tolerance
//! intervals, capability, estimated limits. The expected values were computed with R and in closed
//! form, and each case states its tolerance.
//!
//! Attribute agreement and acceptance sampling are in the file but not in the product; those cases
//! are counted as skipped.

mod capability;
mod case;
mod charts;
mod multivariate;
mod systems;

use case::{Case, read};
use serde_json::Value;

#[test]
fn every_extended_case() {
    let reference: Value = serde_json::from_str(&read("extended.json")).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    let (mut failures, mut left, mut compared) = (Vec::new(), 0, 0);
    for case in cases {
        let mut run = Case::new(case);
        match case["group"].as_str().unwrap() {
            "laney" => charts::laney(&mut run),
            "rare-event" => charts::rare(&mut run),
            "short-run" => charts::short_run(&mut run),
            "three-way" => charts::three_way(&mut run),
            "nested" => systems::nested(&mut run),
            "gage-rr" => systems::gage_rr(&mut run),
            "bias" => systems::bias(&mut run),
            "tolerance" => capability::tolerances(&mut run),
            "residual" => charts::residual(&mut run),
            "capability" => capability::capable(&mut run),
            "t2-successive" => multivariate::successive(&mut run),
            "mewma" => multivariate::multivariate(&mut run),
            "estimated" => multivariate::estimates(&mut run),
            "attribute" | "acceptance" => {
                left += 1;
                continue;
            }
            other => panic!("group {other}"),
        }
        assert!(run.compared > 0, "{} compares nothing", run.id);
        compared += run.compared;
        failures.append(&mut run.failures);
    }
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((cases.len(), left), (132, 17));
}
