//! Roughness of a profile after a Gaussian filter.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, sorted};
use crate::line::Line;
use crate::method::{Input, Kind, Method, Need, Per, column, number, output};
use std::f64::consts::{LN_2, PI};

/// The method.
pub static METHOD: Method = Method {
    name: "line-profile",
    family: "dimensional",
    about: "roughness of a profile by the Gaussian filter",
    per: Per::File,
    inputs: &[
        column("x", "length", "mm", "place along the profile").also(&["distance", "position"]),
        column("z", "length", "um", "height").also(&["height"]),
        number("cutoff", "length", "mm", "cut-off wavelength")
            .also(&["lambda_c"])
            .within(1e-6, 100.0, ""),
        Input {
            kind: Kind::List,
            need: Need::Optional,
            ..number(
                "evaluation",
                "length",
                "mm",
                "part that is evaluated; without one cut-off at each end unless given",
            )
        },
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("filter", "", "", "a remark on the filter")
        },
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number(
                "form_removal",
                "",
                "",
                "a remark on the form: a line of the whole trace is removed",
            )
        },
    ],
    outputs: &[
        output("ra_um", "um", "arithmetic mean"),
        output("rq_um", "um", "root mean square"),
        output("rp_um", "um", "highest peak"),
        output("rv_um", "um", "deepest valley"),
        output("wavelength_cut_transmission", "", "transmission of the filter at the cut-off"),
    ],
    formula: "roughness = z - Gaussian mean of z, weight exp(-pi (x/(alpha lc))^2), alpha = sqrt(ln 2/pi) = 0.4697, one cut-off to each side",
    standard: "ISO 16610-21, ISO 21920-2 (formerly ISO 4287)",
    traps: &[
        "alpha without the root: 0.2206",
        "the first and last cut-off without end correction are wrong",
    ],
    example: "libchar metro line-profile trace.csv -s cutoff_mm=0.25",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (x, z) = sorted(job.column("x"), job.column("z"));
    let cutoff = job.get("cutoff")?;
    let n = x.len();
    let dx = if n > 1 { (x[n - 1] - x[0]) / (n - 1) as f64 } else { 0.0 };
    if n < 10 || dx <= 0.0 || x.windows(2).any(|p| (p[1] - p[0] - dx).abs() > 0.01 * dx) {
        return refuse("the profile needs ten or more points at equal distances");
    }
    if cutoff < 5.0 * dx {
        return refuse(format!(
            "the cut-off of {cutoff} mm is below five sampling distances of {dx} mm"
        ));
    }
    let (from, to) = job.range("evaluation")?.unwrap_or((x[0] + cutoff, x[n - 1] - cutoff));
    if from < x[0] - dx || to > x[n - 1] + dx || to - from < cutoff {
        return misuse(format!(
            "the evaluated part {from} mm to {to} mm must lie in the profile and hold a cut-off"
        ));
    }
    let Some(line) = Line::fit(&x, &z, None) else { return refuse("the profile has no length") };
    let flat: Vec<f64> = x.iter().zip(&z).map(|(x, z)| z - line.at(*x)).collect();
    let alpha = (LN_2 / PI).sqrt();
    let weights: Vec<f64> = (0..=(cutoff / dx).ceil() as usize)
        .map(|k| (-PI * (k as f64 * dx / (alpha * cutoff)).powi(2)).exp())
        .collect();
    let mean_at = |i: usize| {
        let (low, high) = (i.saturating_sub(weights.len() - 1), (i + weights.len() - 1).min(n - 1));
        let (sum, weight) = (low..=high).fold((0.0, 0.0), |(s, w), j| {
            (s + weights[i.abs_diff(j)] * flat[j], w + weights[i.abs_diff(j)])
        });
        sum / weight
    };
    let inside: Vec<usize> =
        (0..n).filter(|i| x[*i] >= from - 1e-9 && x[*i] <= to + 1e-9).collect();
    let rough: Vec<f64> = inside.iter().map(|i| flat[*i] - mean_at(*i)).collect();
    let m = rough.len() as f64;
    let mut answer = Answer {
        model: format!("Gaussian filter, cut-off {cutoff} mm, {from} mm to {to} mm"),
        ..Answer::default()
    };
    answer
        .number("ra_um", rough.iter().map(|r| r.abs()).sum::<f64>() / m)
        .number("rq_um", (rough.iter().map(|r| r * r).sum::<f64>() / m).sqrt())
        .number("rp_um", rough.iter().copied().fold(0.0, f64::max))
        .number("rv_um", -rough.iter().copied().fold(0.0, f64::min))
        .number("wavelength_cut_transmission", 1.0 - (-PI * alpha * alpha).exp());
    if from - x[0] < cutoff - dx || x[n - 1] - to < cutoff - dx {
        answer.warn("the evaluated part is closer than one cut-off to an end: there the filter sees one side only");
    }
    answer.plots.push(Plot {
        x: "x (mm)".to_owned(),
        y: "z (um)".to_owned(),
        data: inside.iter().map(|i| (x[*i], flat[*i])).collect(),
        fit: inside.iter().zip(&rough).map(|(i, r)| (x[*i], flat[*i] - r)).collect(),
    });
    Ok(answer)
}
