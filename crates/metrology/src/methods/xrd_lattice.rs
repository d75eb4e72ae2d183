//! Lattice parameter of a cubic crystal from its diffraction peaks, with correction for the
//! displacement of the sample.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::fitting;
use crate::job::Job;
use crate::method::{Input, Method, Need, Per, column, number, output, raw, word};
use crate::setup::as_number;
use libchar_numeric::least_squares::{Options, Parameter};
use toml::Value;

/// Wavelength of the X-rays.
pub const LAMBDA: Input = number("lambda", "length", "A", "wavelength; Cu K alpha1 is 1.5405929")
    .also(&["wavelength"])
    .within(0.05, 30.0, "nanometres given as angstroms?");

const fn optional(input: Input) -> Input {
    Input { need: Need::Optional, ..input }
}

/// The method.
pub static METHOD: Method = Method {
    name: "xrd-lattice",
    family: "structural",
    about: "lattice parameter of a cubic crystal from peak positions",
    per: Per::File,
    inputs: &[
        optional(column("h", "", "", "Miller index h")),
        optional(column("k", "", "", "Miller index k")),
        optional(column("l", "", "", "Miller index l")),
        optional(
            column("two_theta", "angle", "deg", "peak position")
                .also(&["2theta", "tt", "2_theta"])
                .within(2.0, 179.9, "radians given as degrees?"),
        ),
        raw("peaks", "[{ hkl = [1, 1, 1], two_theta_deg = 28.44 }, ...] instead of columns"),
        LAMBDA,
        word(
            "correction",
            &["none", "displacement", "zero shift"],
            "what is fitted beside the lattice; displacement if a radius is given, none otherwise",
        ),
        optional(
            number("radius", "length", "mm", "radius of the goniometer, for the displacement")
                .also(&["goniometer_radius", "r"])
                .within(10.0, 2000.0, ""),
        ),
    ],
    outputs: &[
        output("a_a", "A", "lattice parameter"),
        output(
            "displacement_um",
            "um",
            "displacement of the sample, positive away from the axis towards the source",
        ),
        output("displacement_mm", "mm", "the same"),
        output("zero_shift_deg", "deg", "zero shift of two theta"),
        output("a_uncorrected_a", "A", "mean lattice parameter without correction"),
        output("rms_two_theta_deg", "deg", "root mean square of the residuals"),
    ],
    formula: "lambda = 2 d sin(theta), d = a/sqrt(h^2 + k^2 + l^2); two theta = 2 asin(lambda/2d) - (2 s/R) cos(theta) or + z\n\
              least squares in two theta, weights 1/u^2 of u_two_theta",
    standard: "Bragg; EN 13925-3",
    traps: &[
        "degrees for radians, 57.3",
        "a displacement left out: +3e-3 A at 0.1 mm",
        "a lattice parameter of a reference material without its lot",
    ],
    example: "libchar metro xrd-lattice peaks.csv -s lambda_a=1.5405929 -s radius_mm=173",
    compute,
    summary: None,
};

/// The sums h^2 + k^2 + l^2, and two theta in degrees.
fn peaks(job: &Job) -> Result<(Vec<f64>, Vec<f64>), Refusal> {
    let Some(list) = job.raw.get("peaks") else {
        let columns = ["h", "k", "l", "two_theta"].map(|name| job.find_column(name));
        let [Some(h), Some(k), Some(l), Some(t)] = columns else {
            return misuse(
                "the peaks are not given: columns h, k, l and two_theta_deg, or `peaks`",
            );
        };
        let sums = (0..t.len()).map(|i| h[i] * h[i] + k[i] * k[i] + l[i] * l[i]).collect();
        return Ok((sums, t.to_vec()));
    };
    let wrong = |item: &Value| Refusal {
        reason: format!("a peak is {item}, expected {{ hkl = [1, 1, 1], two_theta_deg = 28.44 }}"),
        misuse: true,
    };
    let items = list.as_array().ok_or_else(|| wrong(list))?;
    let (mut sums, mut angles) = (Vec::new(), Vec::new());
    for item in items {
        let hkl: Option<Vec<f64>> = item
            .get("hkl")
            .and_then(Value::as_array)
            .map(|a| a.iter().filter_map(as_number).collect());
        let angle = item.get("two_theta_deg").and_then(as_number);
        match (hkl, angle) {
            (Some(hkl), Some(angle)) if hkl.len() == 3 => {
                if !(2.0..179.9).contains(&angle) {
                    return misuse(format!(
                        "two theta of {angle} deg is not plausible (radians given as degrees?)"
                    ));
                }
                sums.push(hkl.iter().map(|x| x * x).sum());
                angles.push(angle);
            }
            _ => return Err(wrong(item)),
        }
    }
    Ok((sums, angles))
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (sums, angles) = peaks(job)?;
    let (lambda, radius) = (job.get("lambda")?, job.opt("radius"));
    let correction =
        job.word("correction").unwrap_or(if radius.is_some() { "displacement" } else { "none" });
    if angles.is_empty() {
        return refuse("there is no peak");
    }
    if let Some(i) = sums.iter().position(|s| *s <= 0.0) {
        return misuse(format!("peak {} has the indices 0 0 0", i + 1));
    }
    let alone: Vec<f64> = (0..sums.len())
        .map(|i| lambda * sums[i].sqrt() / (2.0 * (0.5 * angles[i]).to_radians().sin()))
        .collect();
    let (mean, scatter) = crate::line::mean_std(&alone);
    let mut answer =
        Answer { model: format!("cubic, correction: {correction}"), ..Answer::default() };
    if scatter > 0.05 * mean {
        return refuse(format!(
            "the peaks give lattice parameters that scatter by {:.1} %: wrong indices, or not cubic",
            100.0 * scatter / mean
        ));
    }
    let u = job.u("two_theta");
    let second = match correction {
        "none" => (0.0, 0.0),
        _ => (-90.0, 90.0),
    };
    if correction == "displacement" && radius.is_none() {
        return misuse("`radius_mm` is not given, and the displacement needs it");
    }
    let at = |p: &[f64], i: usize| {
        let sine = lambda * sums[i].sqrt() / (2.0 * p[0]);
        let theta = sine.asin();
        let shift = if correction == "displacement" { p[1] * theta.cos() } else { p[1] };
        2.0 * theta.to_degrees() + shift
    };
    let residuals = |p: &[f64]| -> Vec<f64> {
        (0..sums.len()).map(|i| (at(p, i) - angles[i]) / u.map_or(1.0, |u| u[i])).collect()
    };
    let low = sums.iter().map(|s| lambda * s.sqrt() / 2.0).fold(0.0, f64::max) * (1.0 + 1e-9);
    let parameters =
        [Parameter::bounded(mean, low, 10.0 * mean), Parameter::bounded(0.0, second.0, second.1)];
    let count = if correction == "none" { 1 } else { 2 };
    let with_zero = |p: &[f64]| if count == 1 { residuals(&[p[0], 0.0]) } else { residuals(p) };
    let names = ["a_a", "zero_shift_deg"];
    let options = Options { known_errors: u.is_some(), tolerance: 1e-13, ..Options::default() };
    let (p, rms) = if sums.len() == 1 && count == 1 {
        answer.number("a_a", mean);
        (vec![mean, 0.0], 0.0)
    } else {
        let fit = fitting::solve(&names[..count], with_zero, &parameters[..count], &options)?;
        let error = |i: usize| fit.standard_error(i).unwrap_or(0.0);
        answer.uncertain("a_a", fit.values[0], error(0), fit.dof_of_u());
        if count == 2 {
            let (value, u) = (fit.values[1], error(1));
            match radius.filter(|_| correction == "displacement") {
                Some(radius) => {
                    // A displacement s changes two theta by -(2 s/R) cos(theta).
                    let scale = -0.5 * radius * std::f64::consts::PI / 180.0;
                    answer
                        .uncertain(
                            "displacement_um",
                            1e3 * scale * value,
                            (1e3 * scale * u).abs(),
                            fit.dof_of_u(),
                        )
                        .uncertain(
                            "displacement_mm",
                            scale * value,
                            (scale * u).abs(),
                            fit.dof_of_u(),
                        );
                }
                None => drop(answer.uncertain("zero_shift_deg", value, u, fit.dof_of_u())),
            }
            if let Some(r) = fit.correlation(0, 1) {
                answer.correlations.push(("a_a".to_owned(), "shift".to_owned(), r));
            }
        }
        let p = if count == 1 { vec![fit.values[0], 0.0] } else { fit.values };
        let rms = ((0..sums.len()).map(|i| (at(&p, i) - angles[i]).powi(2)).sum::<f64>()
            / sums.len() as f64)
            .sqrt();
        (p, rms)
    };
    answer.number("a_uncorrected_a", mean).number("rms_two_theta_deg", rms);
    let trend = crate::line::Line::fit(&angles, &alone, None);
    if let Some(line) = trend
        .filter(|l| count == 1 && angles.len() > 3 && rms > 1e-3 && l.slope.abs() > 5.0 * l.u_slope)
    {
        answer.warn(format!("the lattice parameter drifts by {:.1e} A per degree: a displacement or zero shift is left out (correction = \"displacement\" with radius_mm)", line.slope));
    }
    answer.plots.push(Plot {
        x: "two theta (deg)".to_owned(),
        y: "two theta, measured less fitted (deg)".to_owned(),
        data: (0..sums.len()).map(|i| (angles[i], angles[i] - at(&p, i))).collect(),
        fit: Vec::new(),
    });
    Ok(answer)
}
