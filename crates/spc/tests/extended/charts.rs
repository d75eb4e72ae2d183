//! Industry charts: Laney, rare events, short runs, three-way, residuals.

use crate::case::{Case, beyond, detail, line, made, numbers};
use libchar_spc::arl::shewhart;
use libchar_spc::chart::{
    ArFit, Data, Design, Given, Kind, Parameters, Part, Parts, RareLimits, SigmaBy, TimeLaw,
    Within, runs_of,
};
use libchar_spc::describe::describe;
use libchar_spc::subgroup::Subgroups;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn laney(run: &mut Case) {
    let chart = if run.inputs["chart"] == "laney-u" { Kind::LaneyU } else { Kind::LaneyP };
    let design = Design::new(chart);
    if run.id == "laney_constant_v" {
        let data = Data::Counts { counts: vec![7.0; 6], sizes: vec![200.0; 6] };
        return run.fails(design.estimate(&data, &Given::default()));
    }
    let data = Data::Counts { counts: run.named("count"), sizes: run.named("units") };
    let given = Given {
        center: run.inputs["center"].as_f64(),
        sigma_z: run.inputs["sigma_z"].as_f64(),
        ..Given::default()
    };
    let (parameters, chart) = made(&design, &data, &given);
    let panel = &chart.panels[0];
    let found = json!({
        "center": parameters.center, "sigma_z": parameters.estimates["sigma_z"],
        "z": detail(&chart, "z"), "ucl": line(panel, |p, i| p.upper.at(i)),
        "lcl": line(panel, |p, i| p.lower.at(i)), "beyond": beyond(panel),
    });
    run.check_all(&found, &[]);
}

pub fn rare(run: &mut Case) {
    let kind = if run.inputs["chart"] == "g" { Kind::G } else { Kind::T };
    let mut design = Design::new(kind);
    if run.inputs["limits"] == "sigma" {
        design.options.rare_limits = RareLimits::Sigma;
    }
    if run.inputs["method"] == "nelson" {
        design.options.time_law = TimeLaw::Nelson;
    }
    if run.id.starts_with("t_zero") {
        let data = run.individuals(vec![3.0, 0.0, 5.0, 1.0, 2.0, 8.0]);
        run.fails(design.estimate(&data, &Given::default()));
        design.options.time_law = TimeLaw::Nelson;
        assert!(design.estimate(&data, &Given::default()).is_ok());
        return;
    }
    let values = if run.id.starts_with("t_times") {
        // The command line parses times; this test uses the differences that it passes on.
        run.expected["days"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    } else {
        run.named("column")
    };
    let points = values.len();
    let data = run.individuals(values);
    let (parameters, chart) = made(&design, &data, &Given::default());
    let panel = &chart.panels[0];
    let mut found = json!({
        "center": panel.center.at(0), "ucl": panel.upper.at(0), "lcl": panel.lower.at(0),
        "center_median": panel.center.at(0), "beyond": beyond(panel), "points": points,
    });
    for (name, value) in &parameters.estimates {
        found[name.as_str()] = json!(value);
    }
    for (name, values) in &chart.details {
        found[*name] = json!(values[0]);
    }
    run.check_all(&found, &["days"]);
}

/// A value of each part, by the name of the part.
fn by_part<T: Serialize>(parameters: &Parameters, of: impl Fn(&Part) -> T) -> Value {
    json!(parameters.parts.iter().map(|(k, p)| (k.clone(), of(p))).collect::<BTreeMap<_, _>>())
}

pub fn short_run(run: &mut Case) {
    let name = run.inputs["chart"].as_str().unwrap().to_owned();
    let columns = ["x1", "x2", "x3", "x4"];
    match name.as_str() {
        "dnom-i-mr" | "dnom-xbar-r" => {
            let nominal = run.named("nominal");
            let (kind, data) = if name == "dnom-i-mr" {
                let x = run.named("column");
                let moved = x.iter().zip(&nominal).map(|(x, n)| x - n).collect();
                (Kind::IMr, run.individuals(moved))
            } else {
                let rows = run.rows(&columns);
                let moved =
                    rows.iter().zip(&nominal).flat_map(|(r, n)| r.iter().map(move |x| x - n));
                let groups = Subgroups::by_size(moved.collect(), 4).unwrap();
                (Kind::XbarR, Data::Measured(groups))
            };
            let (parameters, chart) = made(&Design::new(kind), &data, &Given::default());
            let (main, companion) = (&chart.panels[0], &chart.panels[1]);
            let last = companion.values.len() - 1;
            let found = json!({
                "plotted": main.values, "center": parameters.center, "sigma": parameters.sigma,
                "ucl": main.upper.at(0), "lcl": main.lower.at(0), "beyond": beyond(main),
                "mr_center": companion.center.at(last), "mr_ucl": companion.upper.at(last),
                "r_center": companion.center.at(last), "r_ucl": companion.upper.at(last),
            });
            run.check_all(&found, &[]);
        }
        "short-xbar-r" => {
            let rows = run.rows(&columns);
            let part = run.text("part");
            let groups = Subgroups::by_size(rows.concat(), 4).unwrap();
            let data = Data::Parts(Parts { groups, run: runs_of(&part), part });
            let (parameters, chart) =
                made(&Design::new(Kind::ShortXbarR), &data, &Given::default());
            let found = json!({
                "part_mean": by_part(&parameters, |p| p.mean), "part_rbar": by_part(&parameters, |p| p.range.unwrap()),
                "plotted": chart.panels[0].values, "ucl": chart.panels[0].upper.at(0),
                "lcl": chart.panels[0].lower.at(0), "r_plotted": chart.panels[1].values,
                "r_center": chart.panels[1].center.at(0), "r_ucl": chart.panels[1].upper.at(0),
                "z": detail(&chart, "z"),
            });
            run.check_all(&found, &[]);
        }
        "z-mr" => {
            let mut design = Design::new(Kind::ZMr);
            design.options.sigma_by = match run.inputs["sigma_by"].as_str().unwrap() {
                "run" => SigmaBy::Run,
                "all" => SigmaBy::All,
                "size" => SigmaBy::Size,
                _ => SigmaBy::Part,
            };
            let groups = Subgroups::individuals(run.named("column")).unwrap();
            let data = Data::Parts(Parts { groups, part: run.text("part"), run: run.text("run") });
            let (parameters, chart) = made(&design, &data, &Given::default());
            let runs: BTreeMap<&str, f64> = parameters
                .estimates
                .iter()
                .filter_map(|(k, v)| Some((k.strip_prefix("sigma_run_")?, *v)))
                .collect();
            let (main, companion) = (&chart.panels[0], &chart.panels[1]);
            let found = json!({
                "part_mean": by_part(&parameters, |p| Some(p.mean)), "part_sigma": by_part(&parameters, |p| p.sigma),
                "run_sigma": runs, "sigma": parameters.sigma,
                "sigma_ln": parameters.estimates.get("sigma_ln"),
                "z": main.values, "z_mr": numbers(&companion.values),
                "ucl": main.upper.at(0), "lcl": main.lower.at(0), "beyond": beyond(main),
                "mr_center": companion.center.at(0), "mr_ucl": companion.upper.at(0),
            });
            run.check_all(&found, &[]);
        }
        _ => {
            let data = Data::Shares {
                counts: run.named("count"),
                sizes: run.named("units"),
                targets: run.named("target"),
            };
            let (_, chart) = made(&Design::new(Kind::ZP), &data, &Given::default());
            let panel = &chart.panels[0];
            let found = json!({
                "z": panel.values, "ucl": panel.upper.at(0), "lcl": panel.lower.at(0),
                "beyond": beyond(panel),
            });
            run.check_all(&found, &[]);
        }
    }
}

pub fn three_way(run: &mut Case) {
    let mut design = Design::new(Kind::ThreeWay);
    if run.inputs["within"] == "sd" {
        design.options.within = Within::Sd;
    }
    let data = Data::Measured(run.grouped("thk", "lot"));
    let (parameters, chart) = made(&design, &data, &Given::default());
    let [main, ranges, spread] = &chart.panels[..] else { panic!("three panels") };
    let mut found = json!({
        "center": parameters.center, "ucl": main.upper.at(0), "lcl": main.lower.at(0),
        "mr_center": ranges.center.at(0), "mr_ucl": ranges.upper.at(0), "beyond": beyond(main),
        "xbar_chart_beyond": detail(&chart, "xbar_chart_beyond"),
        "r_center": spread.center.at(0), "r_ucl": spread.upper.at(0), "r_lcl": spread.lower.at(0),
        "s_center": spread.center.at(0), "s_ucl": spread.upper.at(0), "s_lcl": spread.lower.at(0),
    });
    for (name, value) in &parameters.estimates {
        found[name.as_str()] = json!(value);
    }
    run.check_all(&found, &[]);
}

pub fn residual(run: &mut Case) {
    let id = run.id.clone();
    if id.starts_with("residual_arl") {
        let phi = run.input("phi");
        for (key, shift) in [
            ("residual_arl_0", 0.0),
            ("residual_arl_1", 1.0),
            ("residual_arl_2", 2.0),
            ("residual_arl_3", 3.0),
        ] {
            run.check_if(key, shewhart::residual(phi, 3.0, shift));
        }
        run.check_if("modified_shewhart_arl_0", shewhart::autocorrelated(phi, 3.0));
        run.check_if("modified_shewhart_arl_1", shewhart::autocorrelated_shifted(phi, 3.0, 1.0));
    } else if id.starts_with("residual_shift") {
        let (phi, step) = (run.input("phi"), run.input("step"));
        let given =
            Given { center: Some(0.0), sigma: Some(1.0), phi: Some(phi), ..Given::default() };
        let data = run.individuals(vec![0.0, 0.0, step, step, step]);
        let (parameters, chart) = made(&Design::new(Kind::Residual), &data, &given);
        run.check("first_residual", chart.panels[0].values[2]);
        run.check("later_residuals", chart.panels[0].values[4]);
        run.check("process_sigma_over_innovation_sigma", parameters.estimates["process_sigma"]);
    } else if id.starts_with("ewma_forecast") {
        let data = run.individuals(run.column("x"));
        let (parameters, chart) =
            made(&Design::new(Kind::MovingCenterline), &data, &Given::default());
        let panel = &chart.panels[0];
        let tail = |level: &dyn Fn(usize) -> f64| {
            json!((1..panel.values.len()).map(level).collect::<Vec<_>>())
        };
        let mut found = json!({
            "errors": detail(&chart, "errors")[1..], "ucl": tail(&|i| panel.upper.at(i)),
            "lcl": tail(&|i| panel.lower.at(i)), "beyond": beyond(panel),
        });
        for (name, value) in &parameters.estimates {
            found[name.as_str()] = json!(value);
        }
        run.check_all(&found, &[]);
    } else {
        let mut design = Design::new(Kind::Residual);
        design.options.fit = ArFit::Ml;
        let given = Given {
            center: run.inputs["mean"].as_f64(),
            sigma: run.inputs["sigma"].as_f64(),
            phi: run.inputs["phi"].as_f64(),
            ..Given::default()
        };
        let x = run.column("x");
        let data = run.individuals(x.clone());
        let (parameters, chart) = made(&design, &data, &given);
        let panel = &chart.panels[0];
        let (_, usual) = made(&Design::new(Kind::IMr), &data, &Given::default());
        let mut found = json!({
            "residuals": panel.values[1..], "ucl": panel.upper.at(0), "lcl": panel.lower.at(0),
            "beyond": beyond(panel), "sigma_mr": parameters.sigma,
            "acf1": describe(&x).unwrap().lag1_autocorr,
            "i_chart_beyond": beyond(&usual.panels[0]).as_array().unwrap().len(),
        });
        for (name, value) in &parameters.estimates {
            found[name.as_str()] = json!(value);
        }
        run.check_all(&found, &[]);
    }
}
