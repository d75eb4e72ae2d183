//! X-ray fluorescence: thickness of a film by calibration with standards.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::fitting;
use crate::job::Job;
use crate::line::Line;
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, word};
use crate::optics::materials::only;
use crate::setup::as_number;
use libchar_numeric::least_squares::{Options, Parameter};
use toml::Value;

/// The method.
pub static METHOD: Method = Method {
    name: "xrf",
    family: "chemical",
    about: "thickness of a film by fluorescence and a calibration with standards",
    per: Per::File,
    inputs: &[
        column("thickness", "length", "nm", "thickness of a standard").also(&["d"]),
        column("counts", "", "", "counts of the standard"),
        column("live_time", "time", "s", "live time").within(1e-6, 1e9, ""),
        Input {
            kind: Kind::Table,
            ..number("unknown", "", "", "{ counts = [...], live_time_s = [...] } of the sample")
        },
        word("model", &["line", "saturation"], "I = a + b t, or I = a + b t0 (1 - exp(-t/t0))"),
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number(
                "calibration",
                "",
                "",
                "the calibration in words; one with exp( is a saturation",
            )
        },
    ],
    outputs: &[
        output("a_cps", "1/s", "background rate"),
        output("b_cps_nm", "1/s/nm", "rate per thickness"),
        output("t0_nm", "nm", "saturation thickness"),
        output("rate_cps", "1/s", "rate of the sample"),
        output("thickness_nm", "nm", "thickness of the sample"),
        output("reduced_chi2", "", "of the calibration"),
    ],
    formula: "weights 1/u^2, u = sqrt(N)/live time; t = (I - a)/b; u(t)^2 = (u(I)^2 + u(a)^2 + t^2 u(b)^2 + 2 t cov(a, b))/b^2",
    standard: "ISO 3497, ISO/TS 28037",
    traps: &[
        "u without that of the calibration and its correlation",
        "a line beyond saturation",
        "intensity shares called fundamental parameters",
    ],
    example: "libchar metro xrf standards.csv -s 'unknown={counts=[9869], live_time_s=[60]}'",
    compute,
    summary: None,
};

/// Count rate of the sample and its uncertainty: all counts divided by the total time.
fn unknown(job: &Job) -> Result<(f64, f64), Refusal> {
    let table = &job.tables["unknown"];
    only(table, "`unknown`", &["counts", "live_time_s"])?;
    let sum = |key: &str| -> Option<(f64, usize)> {
        match table.get(key)? {
            Value::Array(items) => {
                let numbers: Option<Vec<f64>> = items.iter().map(as_number).collect();
                numbers.map(|n| (n.iter().sum(), n.len()))
            }
            one => as_number(one).map(|n| (n, 1)),
        }
    };
    match (sum("counts"), sum("live_time_s")) {
        (Some((counts, n)), Some((time, m))) if n == m && counts > 0.0 && time > 0.0 => {
            Ok((counts / time, counts.sqrt() / time))
        }
        _ => misuse("`unknown` needs as many positive `counts` as `live_time_s`"),
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (t, counts, time) =
        (job.column("thickness"), job.column("counts"), job.column("live_time"));
    let n = t.len();
    if let Some(bad) = counts.iter().find(|c| **c < 0.0) {
        return refuse(format!("{bad} counts are negative"));
    }
    let rate: Vec<f64> = (0..n).map(|i| counts[i] / time[i]).collect();
    // Zero counts have an uncertainty of about one count.
    let u: Vec<f64> = (0..n).map(|i| counts[i].max(1.0).sqrt() / time[i]).collect();
    let said = job.word("calibration").is_some_and(|text| text.contains("exp("));
    let saturating = job.word("model") == Some("saturation") || said;
    let count = if saturating { 3 } else { 2 };
    if n <= count {
        return refuse(format!("{n} standards leave no degree of freedom for {count} parameters"));
    }
    let Some(line) = Line::fit(t, &rate, Some(&u)) else {
        return refuse("all standards have the same thickness");
    };
    let thickest = t.iter().copied().fold(0.0, f64::max);
    let model = |p: &[f64], t: f64| match saturating {
        true => p[0] - p[1] * p[2] * (-t / p[2]).exp_m1(),
        false => p[0] + p[1] * t,
    };
    let parameters = [
        Parameter::free(line.intercept),
        Parameter::bounded(1.3 * line.slope.abs(), 0.0, 1e12),
        Parameter::bounded(thickest, 1e-3 * thickest, 1e4 * thickest),
    ];
    let residuals = |p: &[f64]| (0..n).map(|i| (model(p, t[i]) - rate[i]) / u[i]).collect();
    let names = ["a_cps", "b_cps_nm", "t0_nm"];
    let fit = fitting::solve(
        &names[..count],
        residuals,
        &parameters[..count],
        &Options { known_errors: true, ..Options::default() },
    )?;
    let p = &fit.values;
    if p[1] <= 0.0 {
        return refuse("the rate does not grow with the thickness: no calibration");
    }
    let (y, uy) = unknown(job)?;
    let (low, high) = (model(p, 0.0), model(p, thickest));
    let thickness = match saturating {
        true => {
            let left = 1.0 - (y - p[0]) / (p[1] * p[2]);
            if left <= 0.02 {
                return refuse(format!(
                    "the rate of {y:.3} 1/s lies at or beyond saturation ({:.3} 1/s): every thick film gives it",
                    p[0] + p[1] * p[2]
                ));
            }
            -p[2] * left.ln()
        }
        false => (y - p[0]) / p[1],
    };
    let mut answer = Answer {
        model: if saturating { "saturation" } else { "line" }.to_owned(),
        ..Answer::default()
    };
    fitting::report(&mut answer, &names[..count], &fit)?;
    let slope = if saturating { p[1] * (-thickness / p[2]).exp() } else { p[1] };
    let gradient = match saturating {
        true => {
            let e = (-thickness / p[2]).exp();
            vec![1.0, p[2] * (1.0 - e), p[1] * (1.0 - e - thickness / p[2] * e)]
        }
        false => vec![1.0, thickness],
    };
    let calibration: f64 = fit.covariance.as_ref().map_or(0.0, |c| {
        (0..count)
            .flat_map(|i| (0..count).map(move |j| (i, j)))
            .map(|(i, j)| gradient[i] * gradient[j] * c[i][j])
            .sum()
    });
    answer.uncertain("rate_cps", y, uy, f64::INFINITY);
    answer.uncertain(
        "thickness_nm",
        thickness,
        (uy * uy + calibration.max(0.0)).sqrt() / slope,
        f64::INFINITY,
    );
    let reduced = fit.chi2 / fit.dof as f64;
    answer.number("reduced_chi2", reduced);
    if y < low - 3.0 * uy {
        return refuse(format!("the rate of {y:.3} 1/s lies below that of no film ({low:.3} 1/s)"));
    }
    if y > high + 3.0 * uy {
        if !saturating && y > 1.5 * high {
            return refuse(format!(
                "the rate of {y:.3} 1/s lies far beyond that of the thickest standard ({high:.3} 1/s): the line is not extrapolated into saturation"
            ));
        }
        answer.warn(format!("the sample is thicker than the thickest standard ({thickest} nm): the calibration is extrapolated"));
    }
    if reduced > 1.0 + 4.0 * (2.0 / fit.dof as f64).sqrt() {
        answer.warn(format!("chi2 per degree of freedom of the calibration is {reduced:.1}: the standards do not lie on the {}; saturation?", answer.model));
    }
    answer.plots.push(Plot {
        x: "thickness (nm)".to_owned(),
        y: "rate (1/s)".to_owned(),
        data: t.iter().copied().zip(rate.iter().copied()).collect(),
        fit: t.iter().map(|t| (*t, model(p, *t))).collect(),
    });
    Ok(answer)
}
