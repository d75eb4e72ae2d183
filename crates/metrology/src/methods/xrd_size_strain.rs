//! Size of crystallites and microstrain from the breadth of diffraction peaks.

use super::xrd_lattice::LAMBDA;
use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::job::Job;
use crate::line::Line;
use crate::method::{Method, Per, column, either, number, output, word};

/// The method.
pub static METHOD: Method = Method {
    name: "xrd-size-strain",
    family: "structural",
    about: "crystallite size and microstrain by Williamson and Hall",
    per: Per::File,
    inputs: &[
        column("two_theta", "angle", "deg", "peak position").also(&["2theta", "tt", "2_theta"]),
        column("fwhm", "angle", "deg", "full width at half maximum, or integral breadth")
            .also(&["breadth", "beta"]),
        LAMBDA,
        either("instrument_fwhm", "angle", "deg", "breadth of the instrument: one, or a column")
            .also(&["instrument"])
            .within(0.0, 5.0, ""),
        word(
            "shape",
            &["lorentzian", "gaussian"],
            "breadths of Lorentzians add, those of Gaussians by squares; size and strain too",
        ),
        number("scherrer_k", "", "", "shape factor K").also(&["k"]).or(0.9).within(0.5, 2.0, ""),
    ],
    outputs: &[
        output("size_nm", "nm", "size of crystallites"),
        output("microstrain", "", "root mean square strain e of 4 e tan(theta)"),
        output("size_scherrer_nm", "nm", "mean over the peaks if all breadth were size"),
        output("chi2", "", "sum of squared residuals, weighted where u_fwhm is given"),
    ],
    formula: "Lorentzian: b cos(theta) = K lambda/L + 4 e sin(theta), b = fwhm - instrument\n\
              Gaussian: (b cos(theta))^2 = (K lambda/L)^2 + (4 e sin(theta))^2, b^2 = fwhm^2 - instrument^2, b in radians",
    standard: "Williamson and Hall 1953; EN 13925-1",
    traps: &["breadths in degrees: 57.3 times", "no correction for the instrument: 22 nm for 30"],
    example: "libchar metro xrd-size-strain peaks.csv -s lambda_a=1.5405929 -s instrument_fwhm_deg=0.08 -s shape=lorentzian",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (angle, fwhm) = (job.column("two_theta"), job.column("fwhm"));
    let n = angle.len();
    let instrument = job.series("instrument_fwhm", n).unwrap_or_default();
    let Some(shape) = job.word("shape") else {
        return crate::answer::misuse("`shape` is not given: lorentzian or gaussian");
    };
    let gaussian = shape == "gaussian";
    let narrow = (0..n).filter(|i| fwhm[*i] <= instrument[*i]).count();
    if angle.iter().all(|a| *a < 4.0) {
        return refuse(format!(
            "every angle is below 4 deg and {narrow} of {n} breadths are below the instrument's: radians given as degrees?"
        ));
    }
    if let Some(bad) = angle.iter().find(|a| !(2.0..179.0).contains(*a)) {
        return refuse(format!("two theta of {bad} deg is not plausible"));
    }
    if narrow > 0 {
        return refuse(format!(
            "{narrow} of {n} breadths are not above that of the instrument: nothing is left to be size or strain"
        ));
    }
    if n < 3 {
        return refuse(format!(
            "{n} peaks leave no degree of freedom for size and strain, at least three are needed"
        ));
    }
    let lambda_nm = 0.1 * job.get("lambda")?;
    let k = job.get("scherrer_k")?;
    let power = if gaussian { 2.0 } else { 1.0 };
    let (mut x, mut y, mut u) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..n {
        let theta = (0.5 * angle[i]).to_radians();
        let b = (fwhm[i].powf(power) - instrument[i].powf(power)).powf(1.0 / power).to_radians();
        x.push((4.0 * theta.sin()).powf(power));
        y.push((b * theta.cos()).powf(power));
        if let Some(known) = job.u("fwhm") {
            let slope = if gaussian { 2.0 * fwhm[i].to_radians() } else { 1.0 };
            u.push(slope * known[i].to_radians() * theta.cos().powf(power));
        }
    }
    let weights = (u.len() == n && u.iter().all(|u| *u > 0.0)).then_some(u.as_slice());
    let Some(line) = Line::fit(&x, &y, weights) else {
        return refuse("all peaks lie at the same angle: size and strain cannot be told apart");
    };
    let dof = line.dof_of_u(weights.is_some());
    let mut answer = Answer { model: format!("{shape} breadths"), ..Answer::default() };
    let root = |v: f64| if gaussian { v.sqrt() } else { v };
    // The relative uncertainty of a square root is half of that of the square.
    let half = if gaussian { 0.5 } else { 1.0 };
    if line.intercept > 2.0 * line.u_intercept.max(0.0)
        || line.intercept > 0.0 && line.u_intercept.is_nan()
    {
        let size = k * lambda_nm / root(line.intercept);
        answer.uncertain("size_nm", size, half * size * line.u_intercept / line.intercept, dof);
    } else {
        answer.warn("the line meets zero within twice its uncertainty: the breadth does not determine the size, which is too large");
    }
    let floor = 1e-9 * y.iter().copied().fold(0.0, f64::max);
    if line.slope > 2.0 * line.u_slope && line.slope * x[n - 1] > floor {
        let strain = root(line.slope);
        answer.uncertain("microstrain", strain, half * strain * line.u_slope / line.slope, dof);
    } else {
        answer.warn("the breadth does not grow with the angle beyond twice its uncertainty: no microstrain is given");
    }
    if answer.numbers.is_empty() {
        return refuse("the breadths determine neither size nor strain");
    }
    let sizes: Vec<f64> = y.iter().map(|y| k * lambda_nm / root(*y)).collect();
    answer.number("size_scherrer_nm", crate::line::mean_std(&sizes).0).number("chi2", line.chi2);
    answer.correlations.push((
        "size".to_owned(),
        "microstrain".to_owned(),
        line.covariance / (line.u_intercept * line.u_slope),
    ));
    answer.correlations.retain(|c| c.2.is_finite());
    answer.plots.push(Plot {
        x: if gaussian { "(4 sin(theta))^2" } else { "4 sin(theta)" }.to_owned(),
        y: if gaussian { "(b cos(theta))^2" } else { "b cos(theta) (rad)" }.to_owned(),
        data: x.iter().copied().zip(y).collect(),
        fit: x.iter().map(|x| (*x, line.at(*x))).collect(),
    });
    Ok(answer)
}
