//! Sheet resistance of a sample of any shape.

use crate::answer::{Answer, Refusal, refuse};
use crate::job::Job;
use crate::method::{Method, Per, number, output};
use std::f64::consts::{LN_2, PI};

/// The method.
pub static METHOD: Method = Method {
    name: "van-der-pauw",
    family: "electrical",
    about: "sheet resistance of a sample of any shape with four contacts on its edge",
    per: Per::Row,
    inputs: &[
        number("ra", "resistance", "ohm", "first resistance, instead of the voltages").optional(),
        number("rb", "resistance", "ohm", "resistance after turning by one contact").optional(),
        number("i", "current", "A", "current").optional(),
        number("v_21_34_pos", "voltage", "V", "V(3,4) with the current from 2 to 1").optional(),
        number("v_21_34_neg", "voltage", "V", "the same, current reversed").optional(),
        number("v_32_41_pos", "voltage", "V", "V(4,1) with the current from 3 to 2").optional(),
        number("v_32_41_neg", "voltage", "V", "the same, current reversed").optional(),
        number("v_43_12_pos", "voltage", "V", "V(1,2) with the current from 4 to 3").optional(),
        number("v_43_12_neg", "voltage", "V", "the same, current reversed").optional(),
        number("v_14_23_pos", "voltage", "V", "V(2,3) with the current from 1 to 4").optional(),
        number("v_14_23_neg", "voltage", "V", "the same, current reversed").optional(),
        number("thickness", "length", "um", "thickness, for the resistivity")
            .optional()
            .within(1e-4, 1e5, ""),
    ],
    outputs: &[
        output("ra_ohm", "ohm", "mean of opposite sides and both polarities"),
        output("rb_ohm", "ohm", "the same, turned by one contact"),
        output("f", "", "van der Pauw's factor"),
        output("rs_ohm_sq", "ohm/sq", "sheet resistance"),
        output("rho_ohm_cm", "ohm cm", "resistivity, where the thickness is known"),
    ],
    formula: "exp(-pi RA/Rs) + exp(-pi RB/Rs) = 1; Rs = pi/ln 2 (RA + RB)/2 f\n\
              RA = mean of [V(+) - V(-)]/(2 I) over 21,34 and 43,12; RB over 32,41 and 14,23",
    standard: "ASTM F76; van der Pauw 1958",
    traps: &[
        "the first two readings as RA and RB: these are opposite sides of one of them",
        "without reversal a thermal voltage of 20 uV stays in the result",
        "RA/RB above 1.5: the sample is not uniform or a contact is bad (ASTM F76)",
    ],
    example: "libchar metro van-der-pauw -s ra_ohm=52.2 -s rb_ohm=47.7 -s thickness_um=2",
    compute,
    summary: None,
};

const READINGS: [(&str, &str, bool); 4] = [
    ("v_21_34_pos", "v_21_34_neg", true),
    ("v_32_41_pos", "v_32_41_neg", false),
    ("v_43_12_pos", "v_43_12_neg", true),
    ("v_14_23_pos", "v_14_23_neg", false),
];

fn resistances(job: &Job, answer: &mut Answer) -> Result<(f64, f64), Refusal> {
    if let (Some(ra), Some(rb)) = (job.opt("ra"), job.opt("rb")) {
        return Ok((ra, rb));
    }
    let i = job.get("i")?;
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for (pos, neg, first) in READINGS {
        let r = (job.get(pos)? - job.get(neg)?) / (2.0 * i);
        if first { a.push(r) } else { b.push(r) }
    }
    for (name, pair) in [("RA", &a), ("RB", &b)] {
        let (mean, difference) = (0.5 * (pair[0] + pair[1]), (pair[0] - pair[1]).abs());
        // ASTM F76 requires that reciprocal configurations agree within 5 %.
        if difference > 0.05 * mean.abs() {
            answer.warn(format!(
                "the two readings of {name} differ by {:.1} %, more than the 5 % of ASTM F76",
                100.0 * difference / mean.abs()
            ));
        }
    }
    Ok((0.5 * (a[0] + a[1]), 0.5 * (b[0] + b[1])))
}

/// The root of `exp(-pi ra/rs) + exp(-pi rb/rs) = 1`.
///
/// In `x = 1/rs` the left side is convex and decreasing, so Newton's method from below converges
/// monotonically.
pub fn sheet_resistance(ra: f64, rb: f64) -> f64 {
    let mut x = 0.0;
    for _ in 0..200 {
        let (ea, eb) = ((-PI * ra * x).exp(), (-PI * rb * x).exp());
        let step = (ea + eb - 1.0) / (PI * (ra * ea + rb * eb));
        x += step;
        if step.abs() <= 1e-16 * x {
            break;
        }
    }
    1.0 / x
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let mut answer = Answer::default();
    let (ra, rb) = resistances(job, &mut answer)?;
    if ra <= 0.0 || rb <= 0.0 {
        return refuse(format!(
            "RA is {ra} ohm and RB {rb} ohm: both must be positive (polarity or contacts exchanged?)"
        ));
    }
    let rs = sheet_resistance(ra, rb);
    let ratio = ra.max(rb) / ra.min(rb);
    if ratio > 1.5 {
        answer.warn(format!("RA/RB is {ratio:.2}, above 1.5: the sample is not uniform, or a contact is bad (ASTM F76)"));
    }
    answer.number("ra_ohm", ra).number("rb_ohm", rb);
    answer.number("f", rs * LN_2 / (PI * 0.5 * (ra + rb))).number("rs_ohm_sq", rs);
    if let Some(t) = job.opt("thickness") {
        answer.number("rho_ohm_cm", rs * t * 1e-4);
    }
    Ok(answer)
}
