//! Transmission line method: contact resistance.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::job::Job;
use crate::line::Line;
use crate::method::{Method, Per, column, number, output, word};

/// The method.
pub static METHOD: Method = Method {
    name: "tlm",
    family: "electrical",
    about: "sheet and contact resistance from resistances between contacts at several distances",
    per: Per::File,
    inputs: &[
        column("d", "length", "um", "distance of the contacts")
            .also(&["spacing", "distance"])
            .within(0.0, 1e6, ""),
        column("r", "resistance", "ohm", "total resistance").also(&["resistance"]),
        number("width", "length", "um", "width of the contacts").also(&["w"]).within(1e-3, 1e6, ""),
        number("pad_length", "length", "um", "length of the contacts along the current")
            .also(&["l"])
            .within(1e-3, 1e6, ""),
        word(
            "weights",
            &["none", "1/u^2 from the file"],
            "weights of the fit; by the uncertainties where the file has them",
        ),
    ],
    outputs: &[
        output("rs_ohm_sq", "ohm/sq", "sheet resistance"),
        output("rc_ohm", "ohm", "contact resistance"),
        output("lt_um", "um", "transfer length"),
        output("rho_c_ohm_cm2", "ohm cm2", "specific contact resistivity"),
        output("chi2", "", "weighted sum of squared residuals"),
    ],
    formula: "R = 2 Rc + Rs d/W; Rc = Rs L_T/W coth(L/L_T), rho_c = Rs L_T^2",
    standard: "Berger 1972; JCGM 100, 5.2",
    traps: &[
        "the long-pad shortcut L_T = Rc W/Rs is 47.6 % high in rho_c for L = 1.17 L_T",
        "intercept and slope are correlated: leaving that out makes u(rho_c) wrong",
    ],
    example: "libchar metro tlm tlm.csv -s width_um=100 -s pad_length_um=50",
    compute,
    summary: None,
};

/// The transfer length that solves `Rc W/Rs = L_T coth(L/L_T)`; `None` if there is none.
fn transfer_length(reduced: f64, length: f64) -> Option<f64> {
    // The right side increases from 0 with L_T, and is at least L_T.
    if reduced <= 0.0 || reduced.is_nan() {
        return None;
    }
    let excess = |lt: f64| lt / (length / lt).tanh() - reduced;
    let (mut low, mut high) = (0.0, reduced);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if excess(middle) > 0.0 { high = middle } else { low = middle }
    }
    Some(0.5 * (low + high))
}

/// Rs, Rc, L_T (um) and rho_c (ohm cm2) from intercept and slope.
fn quantities(intercept: f64, slope: f64, width: f64, length: f64) -> Option<[f64; 4]> {
    let (rs, rc) = (slope * width, 0.5 * intercept);
    let lt = transfer_length(rc * width / rs, length)?;
    Some([rs, rc, lt, rs * lt * lt * 1e-8])
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (d, r) = (job.column("d"), job.column("r"));
    let (width, length) = (job.get("width")?, job.get("pad_length")?);
    if d.len() < 3 {
        return refuse(format!(
            "{} spacings leave no degree of freedom, at least three are needed",
            d.len()
        ));
    }
    let u = match job.word("weights") {
        Some("none") => None,
        _ => job.u("r"),
    };
    if u.is_some_and(|u| u.iter().any(|u| *u <= 0.0)) {
        return refuse(
            "an uncertainty of a resistance is zero: it would be the only one that counts",
        );
    }
    let Some(line) = Line::fit(d, r, u) else {
        return refuse("all spacings are the same: no line can be fitted");
    };
    if line.slope <= 0.0 {
        return refuse("the resistance does not grow with the distance: no sheet resistance");
    }
    let Some(values) = quantities(line.intercept, line.slope, width, length) else {
        return refuse(format!(
            "the line meets d = 0 at {} ohm: a contact resistance cannot be negative",
            line.intercept
        ));
    };
    let (hi, hs) = (1e-6 * line.intercept.abs().max(line.u_intercept), 1e-6 * line.slope);
    let at = |a: f64, b: f64| {
        quantities(line.intercept + a, line.slope + b, width, length).unwrap_or(values)
    };
    let (pi, mi, ps, ms) = (at(hi, 0.0), at(-hi, 0.0), at(0.0, hs), at(0.0, -hs));
    let mut answer = Answer::default();
    let dof = line.dof_of_u(u.is_some());
    for (k, name) in ["rs_ohm_sq", "rc_ohm", "lt_um", "rho_c_ohm_cm2"].into_iter().enumerate() {
        let (ci, cs) = ((pi[k] - mi[k]) / (2.0 * hi), (ps[k] - ms[k]) / (2.0 * hs));
        let variance = (ci * line.u_intercept).powi(2)
            + (cs * line.u_slope).powi(2)
            + 2.0 * ci * cs * line.covariance;
        answer.uncertain(name, values[k], variance.max(0.0).sqrt(), dof);
    }
    answer.number("chi2", line.chi2);
    let r_is = line.covariance / (line.u_intercept * line.u_slope);
    if r_is.is_finite() {
        answer.correlations.push(("intercept".to_owned(), "slope".to_owned(), r_is));
    }
    if line.intercept < 2.0 * line.u_intercept {
        answer.warn("the contact resistance is below twice its uncertainty");
    }
    answer.plots.push(Plot {
        x: "distance (um)".to_owned(),
        y: "resistance (ohm)".to_owned(),
        data: d.iter().copied().zip(r.iter().copied()).collect(),
        fit: d.iter().map(|d| (*d, line.at(*d))).collect(),
    });
    Ok(answer)
}
