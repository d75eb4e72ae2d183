//! Bipolar transistor: Gummel plot and Early voltage.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::constants::thermal_voltage_v;
use crate::fitting;
use crate::job::Job;
use crate::line::{Line, interpolate, mean_std};
use crate::method::{Input, Method, Need, Per, column, number, output};
use libchar_numeric::least_squares::{Options, Parameter, Scale};

/// Gummel plot.
pub static GUMMEL: Method = Method {
    name: "bjt-gummel",
    family: "electrical",
    about: "saturation currents, idealities and gain of a bipolar transistor",
    per: Per::File,
    inputs: &[
        column("vbe", "voltage", "V", "base to emitter").also(&["v_be"]),
        column("ic", "current", "A", "collector current").also(&["i_c"]),
        column("ib", "current", "A", "base current").also(&["i_b"]),
        number("temperature", "temperature", "K", "temperature").or(300.0).within(
            50.0,
            800.0,
            "degrees Celsius given as kelvin?",
        ),
        Input {
            need: Need::Optional,
            ..number("vcb", "voltage", "V", "collector to base; a remark")
        },
    ],
    outputs: &[
        output("is_a", "A", "transport saturation current"),
        output("nf", "", "forward ideality"),
        output("bf", "", "ideal gain"),
        output("ise_a", "A", "leakage saturation current of the base"),
        output("ne", "", "its ideality"),
        output("beta_max", "", "largest gain of the rows"),
        output("vbe_at_beta_max_v", "V", "voltage there"),
        output(
            "beta_at_ic_1ua",
            "",
            "gain at 1 uA, interpolated in the logarithm of the collector current",
        ),
    ],
    formula: "Ic = Is (exp(V/(nF kT/q)) - 1), Ib = Ic/BF + Ise (exp(V/(nE kT/q)) - 1); relative residuals",
    standard: "Gummel and Poon 1970",
    traps: &["one slope of the base in the collector's window: 1.41 for 1 and 1.9"],
    example: "libchar metro bjt-gummel gummel.csv -s temperature_k=300",
    compute: gummel,
    summary: None,
};

fn gummel(job: &Job) -> Result<Answer, Refusal> {
    let vt = thermal_voltage_v(job.get("temperature")?);
    let rows = job.column("vbe").len();
    let mut order: Vec<usize> = (0..rows).collect();
    let (vbe, ic, ib) = (job.column("vbe"), job.column("ic"), job.column("ib"));
    let most = ic.iter().copied().fold(0.0f64, |m, i| if i.abs() > m.abs() { i } else { m });
    let sign = most.signum();
    order.sort_by(|a, b| (sign * vbe[*a]).total_cmp(&(sign * vbe[*b])));
    order.retain(|i| sign * ic[*i] > 0.0 && sign * ib[*i] > 0.0 && sign * vbe[*i] > 3.0 * vt);
    if order.len() < 8 {
        return refuse(format!(
            "{} rows have both currents in forward direction, at least eight are needed",
            order.len()
        ));
    }
    let pick = |c: &[f64]| -> Vec<f64> { order.iter().map(|i| sign * c[*i]).collect() };
    let (v, ic, ib) = (pick(vbe), pick(ic), pick(ib));
    let n = v.len();
    let log_ic: Vec<f64> = ic.iter().map(|i| i.ln()).collect();
    let Some(line) = Line::fit(&v[..n / 2], &log_ic[..n / 2], None).filter(|l| l.slope > 0.0)
    else {
        return refuse("the collector current does not rise exponentially");
    };
    let log = |start: f64, low: f64, high: f64| Parameter {
        scale: Scale::Log,
        ..Parameter::bounded(start, low, high)
    };
    let junction = |v: f64, n: f64| (v / (n * vt)).exp_m1();
    let names = ["is_a", "nf"];
    let collector =
        |p: &[f64]| (0..n).map(|i| (p[0] * junction(v[i], p[1]) / ic[i]).ln()).collect();
    let parameters = [
        log(line.intercept.exp(), 1e-40, 1.0),
        Parameter::bounded(1.0 / (line.slope * vt), 0.5, 5.0),
    ];
    let forward = fitting::solve(&names, collector, &parameters, &Options::default())?;
    let base_names = ["bf", "ise_a", "ne"];
    let gain = (0..n).map(|i| ic[i] / ib[i]).fold(0.0, f64::max);
    let base = |p: &[f64]| {
        (0..n)
            .map(|i| {
                let transport = forward.values[0] * junction(v[i], forward.values[1]);
                ((transport / p[0] + p[1] * junction(v[i], p[2])) / ib[i]).ln()
            })
            .collect()
    };
    let first = ib[0] / junction(v[0], 1.8);
    let parameters =
        [log(1.05 * gain, 0.01, 1e6), log(first, 1e-40, 1.0), Parameter::bounded(1.8, 1.05, 5.0)];
    let leak = fitting::solve(
        &base_names,
        base,
        &parameters,
        &Options { iterations: 400, ..Options::default() },
    )?;
    let mut answer = Answer {
        model: "Gummel and Poon without resistances and high injection".to_owned(),
        ..Answer::default()
    };
    answer.word("type", if sign > 0.0 { "npn" } else { "pnp" });
    fitting::report(&mut answer, &names, &forward)?;
    fitting::report(&mut answer, &base_names, &leak)?;
    let rms = ((forward.chi2 + leak.chi2) / (2 * n) as f64).sqrt();
    if rms > 0.1 {
        answer.warn(format!("the residuals are {:.0} % of the currents: resistances or high injection bend the curves; give the rows below", 100.0 * rms));
    }
    let beta: Vec<f64> = (0..n).map(|i| ic[i] / ib[i]).collect();
    let top = (0..n).max_by(|a, b| beta[*a].total_cmp(&beta[*b])).unwrap_or(0);
    answer.number("beta_max", beta[top]).number("vbe_at_beta_max_v", sign * v[top]);
    if let Some(beta) = interpolate(&log_ic, &beta, 1e-6f64.ln()) {
        answer.number("beta_at_ic_1ua", beta);
    }
    answer.plots.push(Plot {
        x: "VBE (V)".to_owned(),
        y: "current (A)".to_owned(),
        data: v.iter().copied().zip(ic).chain(v.iter().copied().zip(ib)).collect(),
        fit: v.iter().map(|v| (*v, forward.values[0] * junction(*v, forward.values[1]))).collect(),
    });
    Ok(answer)
}

/// Early voltage.
pub static EARLY: Method = Method {
    name: "bjt-early",
    about: "Early voltage of a bipolar transistor from its output curves",
    inputs: &[
        Input {
            need: Need::Optional,
            ..column("ib", "current", "A", "base current of the curve").also(&["i_b"])
        },
        column("vce", "voltage", "V", "collector to emitter").also(&["v_ce"]),
        column("ic", "current", "A", "collector current").also(&["i_c"]),
        number("active_from_vce", "voltage", "V", "the active region begins here")
            .within(0.0, 1000.0, ""),
    ],
    outputs: &[
        output("va_v", "V", "Early voltage, mean over the curves"),
        output("curves", "", "number of curves"),
    ],
    formula: "Ic = I0 (1 + VCE/VA) in the active region of each base current: VA = intercept/slope, mean over the curves",
    standard: "Early 1952",
    traps: &["the saturation region among the rows", "the intercept -VA with its sign"],
    example: "libchar metro bjt-early output.csv -s active_from_vce_v=1",
    compute: early,
    ..GUMMEL
};

fn early(job: &Job) -> Result<Answer, Refusal> {
    let (vce, ic) = (job.column("vce"), job.column("ic"));
    let from = job.get("active_from_vce")?;
    let ib = job.find_column("ib").map_or_else(|| vec![0.0; vce.len()], <[f64]>::to_vec);
    let mut steps: Vec<f64> = ib.clone();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let (mut found, mut u) = (Vec::new(), Vec::new());
    let (mut data, mut fit) = (Vec::new(), Vec::new());
    for step in &steps {
        let rows: Vec<usize> =
            (0..vce.len()).filter(|i| ib[*i] == *step && vce[*i].abs() >= from).collect();
        let pick = |c: &[f64]| -> Vec<f64> { rows.iter().map(|i| c[*i].abs()).collect() };
        let (x, y) = (pick(vce), pick(ic));
        let Some(line) = Line::fit(&x, &y, None).filter(|_| rows.len() >= 3) else { continue };
        if line.slope <= 2.0 * line.u_slope {
            continue;
        }
        found.push(line.intercept / line.slope);
        let (a, b) = (1.0 / line.slope, -line.intercept / line.slope.powi(2));
        u.push(
            (a * line.u_intercept).powi(2)
                + (b * line.u_slope).powi(2)
                + 2.0 * a * b * line.covariance,
        );
        fit.extend(x.iter().map(|x| (*x, line.at(*x))));
        data.extend(x.into_iter().zip(y));
    }
    if found.is_empty() {
        return refuse(format!("no curve rises with VCE from {from} V on: no Early voltage"));
    }
    let (mean, scatter) = mean_std(&found);
    let k = found.len() as f64;
    let own = u.iter().sum::<f64>().max(0.0).sqrt() / k;
    let mut answer = Answer { model: "mean over the curves".to_owned(), ..Answer::default() };
    answer
        .uncertain("va_v", mean, own.max(scatter / k.sqrt()), (k - 1.0).max(1.0))
        .number("curves", k);
    if found.len() < steps.len() {
        answer.warn(format!(
            "{} of {} curves have no slope beyond twice its uncertainty and are left out",
            steps.len() - found.len(),
            steps.len()
        ));
    }
    if mean <= 0.0 {
        return refuse("the curves meet at a positive voltage: rows of saturation, or breakdown");
    }
    answer.plots.push(Plot {
        x: "VCE (V)".to_owned(),
        y: "collector current (A)".to_owned(),
        data,
        fit,
    });
    Ok(answer)
}
