//! Every case of `testdata/spc/reference.json`: values that other programs computed (R qcc and spc,
//! scipy, NIST), each with the tolerance that it states. `LIBCHAR_REFDATA` is the folder of data
//! that cannot be distributed.

use libchar_spc::arl::ewma::EwmaLimits;
use libchar_spc::arl::rules::Conditions;
use libchar_spc::arl::{Chain, Change, MovingRange, cusum, ewma, rules_arl, shewhart, window_rate};
use libchar_spc::capability::{
    Family, Index, QuantileType, Specification, box_cox, capability, percentile_indices,
};
use libchar_spc::chart::{Chart, Data, Design, Given, Kind, Parameters, Phase};
use libchar_spc::constants::{Constants, range_moments};
use libchar_spc::convention::Convention;
use libchar_spc::describe::describe;
use libchar_spc::rules::{Pattern, Thresholds, parse_rules, scan};
use libchar_spc::sigma::Estimator;
use libchar_spc::subgroup::Subgroups;
use serde_json::Value;

fn reference() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/spc/reference.json");
    #[expect(clippy::disallowed_methods, reason = "a test reads its data")]
    let text = std::fs::read_to_string(path).expect("reference.json");
    serde_json::from_str(&text).expect("valid JSON")
}

/// A case that counts its comparisons, so that it cannot pass without comparing anything.
struct Case<'a> {
    id: &'a str,
    input: &'a Value,
    expected: &'a Value,
    tol: &'a Value,
    /// The convention of the program that computed the reference.
    convention: Convention,
    compared: usize,
    failures: Vec<String>,
}

impl Case<'_> {
    fn close(&mut self, what: &str, found: f64, expected: f64) {
        self.compared += 1;
        let slack = if let Some(abs) = self.tol["abs"].as_f64() {
            // The expected values are printed with about 13 digits.
            abs + 1e-12 * expected.abs()
        } else if let Some(rel) = self.tol["rel"].as_f64() {
            rel * expected.abs()
        } else if let Some(digits) = self.tol["digits"].as_f64() {
            10f64.powf(-digits) * expected.abs()
        } else {
            panic!("{}: no tolerance", self.id)
        };
        if (found - expected).abs() > slack || found.is_nan() {
            self.failures.push(format!("{} {what}: {found} for {expected}", self.id));
        }
    }

    fn number(&mut self, key: &str, found: f64) {
        let expected = self.expected[key].as_f64().unwrap_or_else(|| panic!("{} {key}", self.id));
        self.close(key, found, expected);
    }

    fn series(&mut self, key: &str, found: &[f64]) {
        let expected = numbers(&self.expected[key]);
        assert_eq!(found.len(), expected.len(), "{} {key}", self.id);
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            self.close(&format!("{key}[{i}]"), *found, expected);
        }
    }

    fn points(&mut self, what: &str, found: &[usize], expected: &Value) {
        self.compared += 1;
        let expected: Vec<usize> =
            numbers(expected).into_iter().map(|index| index as usize).collect();
        if found != expected {
            self.failures.push(format!("{} {what}: {found:?} for {expected:?}", self.id));
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().map_or_else(
        || value.as_f64().into_iter().collect(),
        |list| list.iter().map(|item| item.as_f64().unwrap_or(f64::NAN)).collect(),
    )
}

fn patterns(rules: &str) -> Vec<Pattern> {
    parse_rules(rules)
        .unwrap_or_else(|e| panic!("{rules}: {e}"))
        .iter()
        .map(|r| r.pattern)
        .collect()
}

#[test]
fn every_reference_case() {
    let reference = reference();
    let cases = reference["cases"].as_array().expect("cases");
    assert_eq!(cases.len() as u64, reference["n_cases"].as_u64().unwrap());
    let mut failures = Vec::new();
    for case in cases {
        let mut run = Case {
            id: case["id"].as_str().unwrap(),
            input: &case["input"],
            expected: &case["expected"],
            tol: &case["tol"],
            convention: match case["source"].as_str().unwrap().contains("R qcc") {
                true => Convention::Qcc,
                false => Convention::Exact,
            },
            compared: 0,
            failures: Vec::new(),
        };
        match case["group"].as_str().unwrap() {
            "constants" => constants(&mut run),
            "ewma" => ewma_chart(&mut run),
            "attributes" => attributes(&mut run),
            "xbar" => xbar(&mut run),
            "capability" => capable(&mut run),
            "cusum" => cusum_chart(&mut run),
            "multivariate" => {
                if !hotelling(&mut run) {
                    continue;
                }
            }
            "oc" => operating_characteristic(&mut run),
            "arl_rules" => rules_exact(&mut run),
            "arl_rules_mc" => rules_simulated(&mut run),
            "false_alarm" => window_rates(&mut run),
            "arl_ewma" => ewma_arls(&mut run),
            "arl_cusum" => cusum_arls(&mut run),
            "arl_drift" => drifting(&mut run),
            "arl_ar1" => autocorrelated(&mut run),
            "arl_imr" => individuals_pair(&mut run),
            "univariate" => univariate(&mut run),
            "univariate+rules" => univariate_and_rules(&mut run),
            "rules" => rule_points(&mut run),
            group => panic!("{}: unknown group {group}", run.id),
        }
        assert!(run.compared > 0, "{} compared nothing", run.id);
        failures.extend(run.failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn constants(case: &mut Case) {
    let n = case.input["n"].as_u64().unwrap() as usize;
    for (name, value) in Constants::new(n).unwrap().named() {
        case.number(name, value);
    }
}

fn groups(case: &Case) -> Subgroups {
    let rows: Vec<Vec<f64>> =
        case.input["groups"].as_array().unwrap().iter().map(numbers).collect();
    let sizes: Vec<usize> = rows.iter().map(Vec::len).collect();
    Subgroups::by_sizes(rows.concat(), &sizes).unwrap()
}

/// Estimates Phase I from the first `phase1` subgroups (or all), then charts the whole series
/// against those parameters.
fn phases(case: &Case, design: &Design, groups: Subgroups) -> (Parameters, Chart) {
    let count = case.input["phase1"].as_u64().map_or(groups.len(), |n| n as usize);
    let data = Data::Measured(groups);
    let parameters = design.estimate(&data.slice(0, count), &Given::default()).unwrap();
    let chart = design.chart(&parameters, &data, Phase::Two).unwrap();
    (parameters, chart)
}

fn ewma_chart(case: &mut Case) {
    let input = |key: &str| case.input[key].as_f64().unwrap();
    let design = Design { lambda: input("lambda"), width: input("L"), ..Design::new(Kind::Ewma) };
    let given =
        Given { center: Some(input("target")), sigma: Some(input("sigma")), ..Given::default() };
    let data = Data::Measured(Subgroups::individuals(numbers(&case.input["x"])).unwrap());
    let parameters = design.estimate(&data, &given).unwrap();
    let exact = design.chart(&parameters, &data, Phase::Two).unwrap();
    let flat = Design { exact_limits: false, ..design };
    let flat = flat.chart(&parameters, &data, Phase::Two).unwrap();
    let (exact, flat) = (&exact.panels[0], &flat.panels[0]);
    case.series("z", &exact.values);
    for (i, pair) in case.expected["limits_exact"].as_array().unwrap().iter().enumerate() {
        let pair = numbers(pair);
        case.close("lower", exact.lower.at(i), pair[0]);
        case.close("upper", exact.upper.at(i), pair[1]);
    }
    case.number("UCL_asymptotic", flat.upper.at(0));
    case.number("LCL_asymptotic", flat.lower.at(0));
    let beyond: Vec<usize> = (0..exact.values.len())
        .filter(|i| exact.beyond(*i) != (false, false))
        .map(|i| i + 1)
        .collect();
    case.points("signals", &beyond, &case.expected["signals"]);
}

fn attributes(case: &mut Case) {
    let kind = match case.input["chart"].as_str().unwrap() {
        "p" => Kind::P,
        "np" => Kind::Np,
        "u" => Kind::U,
        _ => Kind::C,
    };
    let counts = numbers(&case.input["counts"]);
    let sizes = match numbers(&case.input["n"]) {
        none if none.is_empty() => vec![1.0; counts.len()],
        one if one.len() == 1 => vec![one[0]; counts.len()],
        many => many,
    };
    let design = Design::new(kind);
    let data = Data::Counts { counts, sizes };
    let parameters = design.estimate(&data, &Given::default()).unwrap();
    let chart = design.chart(&parameters, &data, Phase::One).unwrap();
    let panel = &chart.panels[0];
    case.number("center", panel.center.at(0));
    for (key, level) in [("LCL", &panel.lower), ("UCL", &panel.upper)] {
        if case.expected[key].is_array() {
            let found: Vec<f64> = (0..panel.values.len()).map(|i| level.at(i)).collect();
            case.series(key, &found);
        } else {
            case.number(key, level.at(0));
        }
    }
    if let Some(expected) = case.expected.get("beyond_1based") {
        let found = panel.scan(&patterns("n1")).rules[0].points();
        case.points("beyond", &found, expected);
    }
}

fn xbar(case: &mut Case) {
    let method = case.input["sigma_method"].as_str();
    let spread = case.id.ends_with("_S") || case.id.ends_with("_R");
    let kind = if case.id.ends_with("_S") { Kind::XbarS } else { Kind::XbarR };
    let mut design = Design { convention: case.convention, ..Design::new(kind) };
    if let Some(method) = method {
        design.estimator = Estimator::parse(method).unwrap();
    }
    let (parameters, chart) = phases(case, &design, groups(case));
    let panel = &chart.panels[usize::from(spread)];
    if case.expected.get("center").is_some() {
        case.number("center", panel.center.at(0));
        case.number("LCL", panel.lower.at(0));
        case.number("UCL", panel.upper.at(0));
    }
    if case.expected.get("std.dev").is_some() {
        case.number("std.dev", parameters.sigma.unwrap());
    }
    if let Some(expected) = case.expected.get("beyond_1based") {
        let found = panel.scan(&patterns("n1")).rules[0].points();
        case.points("beyond", &found, expected);
    }
}

fn capable(case: &mut Case) {
    let limit = |key: &str| case.input[key].as_f64();
    let specification = Specification::new(limit("LSL"), limit("USL"), limit("target")).unwrap();
    if case.input.get("x").is_some() {
        let x = numbers(&case.input["x"]);
        let transformed = box_cox(&x, &specification, 0.95).unwrap();
        case.number("lambda_ML", transformed.lambda);
        case.number("Ppu_boxcox", transformed.overall.upper.unwrap().value);
        let fitted =
            percentile_indices(&x, &specification, Family::Lognormal, QuantileType::Seven).unwrap();
        case.number("Ppu_lognormal_percentile", fitted.ppu.unwrap());
        return;
    }
    let groups = groups(case);
    let estimator = Estimator::parse(case.input["sigma"].as_str().unwrap()).unwrap();
    let sigma = estimator.estimate(&groups, 2, case.convention).unwrap();
    let confidence = case.input["conf"].as_f64().unwrap();
    let found = capability(&groups, &specification, sigma, confidence, case.convention).unwrap();
    let within = found.within;
    for (key, index) in [
        ("Cp", within.both),
        ("Cp_l", within.lower),
        ("Cp_u", within.upper),
        ("Cp_k", Some(within.worst)),
        ("Cpm", found.cpm),
    ] {
        let Index { value, lower, upper } = index.unwrap();
        case.series(key, &[value, lower, upper]);
    }
}

fn cusum_chart(case: &mut Case) {
    let input = |key: &str| case.input[key].as_f64();
    let design = Design {
        k: input("k").unwrap(),
        h: input("h").unwrap(),
        head_start: input("head_start").unwrap_or(0.0),
        convention: case.convention,
        ..Design::new(Kind::Cusum)
    };
    let (_, chart) = phases(case, &design, groups(case));
    for (panel, key) in chart.panels.iter().zip(["pos", "neg"]) {
        case.series(key, &panel.values);
    }
    if let Some(signals) = case.expected.get("signals") {
        for (panel, key) in chart.panels.iter().zip(["upper", "lower"]) {
            let found: Vec<usize> = (0..panel.values.len())
                .filter(|i| panel.beyond(*i) != (false, false))
                .map(|i| i + 1)
                .collect();
            case.points(key, &found, &signals[key]);
        }
    }
}

/// Returns false if the data are not available.
fn hotelling(case: &mut Case) -> bool {
    let Some(folder) = libchar_testing::reference_data() else { return false };
    let name = case.input["data"].as_str().unwrap().trim_start_matches("external/");
    let output = std::process::Command::new("gzip")
        .args(["-dc", &format!("{}/{name}", folder.display())])
        .output()
        .expect("gzip runs");
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<f64>> = text
        .lines()
        .map(|line| line.split_whitespace().filter_map(|cell| cell.parse().ok()).collect())
        .filter(|row: &Vec<f64>| !row.is_empty())
        .collect();
    let design =
        Design { confidence: case.input["confidence"].as_f64().unwrap(), ..Design::new(Kind::T2) };
    let data = Data::Vectors(rows);
    let parameters = design.estimate(&data, &Given::default()).unwrap();
    let chart = design.chart(&parameters, &data, Phase::One).unwrap();
    case.series("center", &parameters.means);
    case.series("T2", &chart.panels[0].values);
    let limits = numbers(&case.expected["limits"][0]);
    case.close("lower", chart.panels[0].lower.at(0), limits[0]);
    case.close("upper", chart.panels[0].upper.at(0), limits[1]);
    true
}

fn operating_characteristic(case: &mut Case) {
    let shifts = numbers(&case.input["shift"]);
    for n in numbers(&case.input["n"]) {
        let found: Vec<f64> =
            shifts.iter().map(|shift| shewhart::beta_risk(*shift, n as usize, 3.0)).collect();
        case.series(&format!("n={n}"), &found);
    }
}

fn rules_exact(case: &mut Case) {
    let rules = patterns(case.input["rules"].as_str().unwrap());
    let chain = Chain::new(&rules).unwrap();
    let found: Vec<f64> = numbers(&case.input["shift_sigma"])
        .iter()
        .map(|sigma| chain.arl(Change::Step { sigma: *sigma }, 0.0))
        .collect();
    case.series("arl", &found);
    let published = numbers(&case.expected["champ_woodall_1987_table1"]);
    for (found, published) in found.iter().zip(published) {
        let slack = case.tol["published_abs"].as_f64().unwrap();
        assert!((found - published).abs() < slack, "{}: {found} {published}", case.id);
    }
}

/// Both values are simulated, so the errors of both are allowed for.
fn rules_simulated(case: &mut Case) {
    let rules = patterns(case.input["rules"].as_str().unwrap());
    let multiple = case.tol["se_multiple"].as_f64().unwrap();
    let expected = case.expected["arl0"].as_f64().unwrap();
    let relative = case.expected["se"].as_f64().unwrap() / expected;
    let mut check = |sigma: f64, expected: f64| {
        let change = Change::Step { sigma };
        let conditions = Conditions { change, runs: 40_000, ..Conditions::default() };
        let found = rules_arl(&rules, &conditions).unwrap();
        let error = (relative * expected).hypot(found.standard_error);
        case.compared += 1;
        if (found.arl - expected).abs() > multiple * error {
            case.failures.push(format!("{} at {sigma}: {found:?} for {expected}", case.id));
        }
    };
    check(0.0, expected);
    for (shift, arl) in case.expected["shift"].as_object().unwrap() {
        // A trend does not depend on the level, so the reference has the same value for every
        // shift.
        check(shift.parse().unwrap(), arl.as_f64().unwrap());
    }
}

fn window_rates(case: &mut Case) {
    let names: Vec<String> = case.expected.as_object().unwrap().keys().cloned().collect();
    for name in names {
        let rate = window_rate(&patterns(&name)[0]);
        case.number(&name, rate);
    }
}

fn ewma_arls(case: &mut Case) {
    if let Some(target) = case.input["arl0"].as_f64() {
        let found: Vec<f64> = numbers(&case.input["lambda"])
            .iter()
            .map(|lambda| ewma::ewma_width(*lambda, target, EwmaLimits::Asymptotic).unwrap())
            .collect();
        return case.series("L", &found);
    }
    let spec = case.input["spec"].as_str().unwrap();
    let parts: Vec<&str> = spec.split('_').collect();
    let limits = if parts[1] == "vacl" { EwmaLimits::Exact } else { EwmaLimits::Asymptotic };
    let lambda = parts[2][1..].parse().unwrap();
    let width = parts[3][1..].parse().unwrap();
    let found: Vec<f64> = numbers(&case.input["shift_sigma"])
        .iter()
        .map(|sigma| ewma::ewma_arl(lambda, width, limits, Change::Step { sigma: *sigma }).unwrap())
        .collect();
    case.series("arl", &found);
}

fn cusum_arls(case: &mut Case) {
    if let Some(target) = case.input["arl0"].as_f64() {
        let found: Vec<f64> = numbers(&case.input["k"])
            .iter()
            .map(|k| cusum::cusum_interval(*k, target).unwrap())
            .collect();
        return case.series("h", &found);
    }
    let spec = case.input["spec"].as_str().unwrap();
    let parts: Vec<&str> = spec.split('_').collect();
    let (k, h): (f64, f64) = (parts[1][1..].parse().unwrap(), parts[2][1..].parse().unwrap());
    let head = if parts.get(3) == Some(&"fir") { h / 2.0 } else { 0.0 };
    let found: Vec<f64> = numbers(&case.input["shift_sigma"])
        .iter()
        .map(|shift| cusum::cusum_arl(k, h, head, *shift).unwrap())
        .collect();
    case.series("arl", &found);
}

fn drifting(case: &mut Case) {
    let slopes = numbers(&case.input["slope_sigma_per_point"]);
    let width = ewma::ewma_width(0.2, 370.0, EwmaLimits::Asymptotic).unwrap();
    let ramp = |slope: &f64| Change::Ramp { slope: *slope };
    let found: Vec<f64> = slopes
        .iter()
        .map(|slope| ewma::ewma_arl(0.2, width, EwmaLimits::Asymptotic, ramp(slope)).unwrap())
        .collect();
    case.series("ewma_l0.2_arl0_370", &found);
    for (key, rules) in [
        ("shewhart", "we1"),
        ("shewhart_12", "we12"),
        ("shewhart_13", "we13"),
        ("shewhart_14", "we14"),
    ] {
        let chain = Chain::new(&patterns(rules)).unwrap();
        let found: Vec<f64> = slopes.iter().map(|slope| chain.arl(ramp(slope), 0.0)).collect();
        case.series(key, &found);
    }
}

fn autocorrelated(case: &mut Case) {
    let limit = case.input["limit"].as_f64().unwrap();
    let found: Vec<f64> = numbers(&case.input["phi"])
        .iter()
        .map(|phi| shewhart::autocorrelated(*phi, limit))
        .collect();
    case.series("arl0", &found);
}

fn individuals_pair(case: &mut Case) {
    let limit = case.input["I_limit"].as_f64().unwrap();
    let printed = case.input["MR_UCL_sigma"].as_f64().unwrap();
    let (d2, d3) = range_moments(2).unwrap();
    assert!((d2 + 3.0 * d3 - printed).abs() < 1e-3);
    let moving_range = Some(MovingRange { upper_sigma: printed });
    let conditions = Conditions { moving_range, ..Conditions::default() };
    let rule = [Pattern::Beyond { k: 1, m: 1, z: limit }];
    case.number("arl0", rules_arl(&rule, &conditions).unwrap().arl);
}

fn univariate(case: &mut Case) {
    let x = &case.input["x"];
    let values = if x.is_array() {
        numbers(x)
    } else {
        let turns = numbers(&x["then_alternate"]);
        let rest = x["n"].as_u64().unwrap() as usize - 1;
        std::iter::once(x["first"].as_f64().unwrap())
            .chain((0..rest).map(|i| turns[i % 2]))
            .collect()
    };
    let found = describe(&values).unwrap();
    case.number("mean", found.mean);
    case.number("sd", found.sd.unwrap());
    case.number("lag1_autocorr", found.lag1_autocorr.unwrap());
}

fn univariate_and_rules(case: &mut Case) {
    univariate(case);
    let values = numbers(&case.input["x"]);
    let groups = Subgroups::individuals(values.clone()).unwrap();
    let sigma = Estimator::Mr.estimate(&groups, 2, case.convention).unwrap();
    case.number("sigma_mr", sigma);
    case.number("mr_bar", sigma * range_moments(2).unwrap().0);
    let lines = Thresholds::new(describe(&values).unwrap().mean, sigma);
    let expected = case.expected["nelson_completion_points_1based"].clone();
    nelson(case, &values, &lines, &expected);
}

fn rule_points(case: &mut Case) {
    let z = numbers(&case.input["z"]);
    let lines = Thresholds::new(0.0, 1.0);
    let expected = case.expected["nelson"].clone();
    nelson(case, &z, &lines, &expected);
    let found = scan(&z, &patterns("we4"), &lines).rules[0].points();
    case.points("WE4", &found, &case.expected["WE4"]);
}

fn nelson(case: &mut Case, values: &[f64], lines: &Thresholds, expected: &Value) {
    let signals = scan(values, &patterns("nelson"), lines);
    for (i, rule) in signals.rules.iter().enumerate() {
        let key = format!("N{}", i + 1);
        case.points(&key, &rule.points(), &expected[&key]);
    }
}
