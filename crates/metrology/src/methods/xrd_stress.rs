//! Residual stress from the lattice spacing over the tilt.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::Job;
use crate::method::{Input, Method, Need, Per, column, number, output};
use libchar_numeric::least_squares::linear;

const fn optional(input: Input) -> Input {
    Input { need: Need::Optional, ..input }
}

/// The method.
pub static METHOD: Method = Method {
    name: "xrd-stress",
    family: "structural",
    about: "residual stress by sin2 psi",
    per: Per::File,
    inputs: &[
        column("psi", "angle", "deg", "tilt").within(-90.0, 90.0, ""),
        optional(column("d", "length", "A", "lattice spacing").within(0.1, 50.0, "")),
        optional(column("two_theta", "angle", "deg", "peak position; or `d`").within(
            2.0,
            179.9,
            "radians given as degrees?",
        )),
        optional(
            number("lambda", "length", "A", "wavelength, with two_theta").within(0.05, 30.0, ""),
        ),
        number("e", "stress", "GPa", "Young's modulus, or that of the planes").within(
            0.1,
            2000.0,
            "pascals given as gigapascals?",
        ),
        number("nu", "", "", "Poisson's ratio").within(-0.5, 0.5, ""),
        optional(
            number(
                "d0",
                "length",
                "A",
                "spacing without stress; the one at the strain-free tilt unless given",
            )
            .within(0.1, 50.0, ""),
        ),
    ],
    outputs: &[
        output("stress_mpa", "MPa", "stress along the tilt, tension positive"),
        output("shear_mpa", "MPa", "shear stress, where both signs of the tilt were measured"),
        output("d0_a", "A", "spacing without stress that was used"),
    ],
    formula: "d = d0 [1 + (1 + nu)/E s sin^2(psi) - 2 nu/E s] + d0 (1 + nu)/E t sin(2 psi), linear least squares in sin^2(psi) and sin(2 psi)",
    standard: "EN 15305",
    traps: &[
        "tilts of both signs averaged where shear splits them",
        "E of the bulk for the constants of the planes",
    ],
    example: "libchar metro xrd-stress tilt.csv -s e_gpa=169 -s nu=0.22",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let psi = job.column("psi");
    let d: Vec<f64> = match (job.find_column("d"), job.find_column("two_theta"), job.opt("lambda"))
    {
        (Some(d), None, _) => d.to_vec(),
        (None, Some(angles), Some(lambda)) => {
            angles.iter().map(|t| lambda / (2.0 * (0.5 * t).to_radians().sin())).collect()
        }
        _ => return misuse("one column of `d_a` and `two_theta_deg` (with `lambda_a`) is needed"),
    };
    let u = if job.find_column("d").is_some() { job.u("d") } else { None };
    let tilt: Vec<f64> = psi.iter().map(|p| p.to_radians().sin().powi(2)).collect();
    let spread =
        tilt.iter().copied().fold(0.0, f64::max) - tilt.iter().copied().fold(1.0, f64::min);
    if spread < 0.05 {
        return refuse(format!("sin^2(psi) spans {spread:.3} only: the slope is not determined"));
    }
    let both = psi.iter().any(|p| *p < -1.0) && psi.iter().any(|p| *p > 1.0);
    let mut columns = vec![vec![1.0; d.len()], tilt.clone()];
    if both && d.len() > 4 {
        columns.push(psi.iter().map(|p| (2.0 * p.to_radians()).sin()).collect());
    }
    let weights: Option<Vec<f64>> =
        u.filter(|u| u.iter().all(|u| *u > 0.0)).map(|u| u.iter().map(|u| 1.0 / (u * u)).collect());
    let fit = match linear(&columns, &d, weights.as_deref()) {
        Ok(fit) => fit,
        Err(error) => return refuse(error.to_string()),
    };
    let Some(covariance) = &fit.covariance else {
        return refuse(format!("{} tilts leave no degree of freedom", d.len()));
    };
    // With known uncertainties the covariance comes from them, not from the scatter.
    let scale = if weights.is_some() { fit.dof as f64 / fit.chi2.max(1e-300) } else { 1.0 };
    let (e, nu) = (1e3 * job.get("e")?, job.get("nu")?);
    let free = 2.0 * nu / (1.0 + nu);
    let d0 = job.opt("d0").unwrap_or(fit.coefficients[0] + fit.coefficients[1] * free);
    let to_stress = e / ((1.0 + nu) * d0);
    let error = |i: usize| to_stress * (covariance[i][i] * scale).sqrt();
    let dof = if weights.is_some() { f64::INFINITY } else { fit.dof as f64 };
    let mut answer =
        Answer { model: "biaxial stress, elastic isotropy".to_owned(), ..Answer::default() };
    let stress = to_stress * fit.coefficients[1];
    answer.uncertain("stress_mpa", stress, error(1), dof);
    if columns.len() > 2 {
        let shear = to_stress * fit.coefficients[2];
        answer.uncertain("shear_mpa", shear, error(2), dof);
        if shear.abs() > 4.0 * error(2) && shear.abs() > 0.02 * stress.abs() {
            answer.warn(format!("tilts of both signs differ: a shear stress of {shear:.1} MPa, or the sample is out of the axis"));
        }
    }
    answer.number("d0_a", d0);
    let rms = (fit.residuals.iter().map(|r| r * r).sum::<f64>() / d.len() as f64).sqrt();
    if rms > 0.2 * (fit.coefficients[1] * spread).abs() && rms > 1e-6 * d0 {
        answer.warn("the spacing is not a line over sin^2(psi): texture or a gradient of stress");
    }
    answer.plots.push(Plot {
        x: "sin^2(psi)".to_owned(),
        y: "d (A)".to_owned(),
        data: tilt.iter().copied().zip(d.iter().copied()).collect(),
        fit: tilt.iter().copied().zip(d.iter().zip(&fit.residuals).map(|(d, r)| d - r)).collect(),
    });
    Ok(answer)
}
