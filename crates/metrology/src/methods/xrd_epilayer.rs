//! Composition and strain of an alloy layer on its substrate.

use super::xrd_lattice::LAMBDA;
use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::job::Job;
use crate::method::{Input, Kind, Method, Per, number, output, raw, remark};
use crate::setup::as_number;
use libchar_numeric::roots::brent;
use toml::Value;

/// The method.
pub static METHOD: Method = Method {
    name: "xrd-epilayer",
    family: "structural",
    about: "composition, lattice and strain of an alloy layer from its peak",
    per: Per::Row,
    inputs: &[
        Input {
            kind: Kind::List,
            ..number("reflection", "", "", "indices h, k, l of the reflection, such as [0, 0, 4]")
        },
        number(
            "omega_split",
            "angle of arc",
            "arcsec",
            "peak of the layer less that of the substrate, symmetric reflection",
        )
        .optional()
        .within(-40000.0, 40000.0, ""),
        number("two_theta", "angle", "deg", "peak of the layer; or omega_split").optional().within(
            2.0,
            179.9,
            "radians given as degrees?",
        ),
        LAMBDA,
        number(
            "a_substrate",
            "length",
            "A",
            "lattice parameter of the substrate and of the alloy at x = 0",
        )
        .within(2.0, 20.0, "nanometres given as angstroms?"),
        number("a_ge", "length", "A", "lattice parameter at x = 1")
            .also(&["a_end", "a_one"])
            .within(2.0, 20.0, "nanometres given as angstroms?"),
        number("bowing", "length", "A", "b of a(x) = a0 (1 - x) + a1 x + b x (1 - x)")
            .or(0.0)
            .within(-1.0, 1.0, ""),
        number("relaxation", "", "", "0: fully strained, 1: relaxed").within(
            0.0,
            1.0,
            "percent given as a share?",
        ),
        raw(
            "c11_gpa",
            "elastic constant: a number, or \"165.8 - 37.3 x\"; needed below a relaxation of 1",
        ),
        raw("c12_gpa", "elastic constant"),
        remark("vegard"),
    ],
    outputs: &[
        output("x_ge", "", "composition"),
        output("a_a", "A", "lattice parameter of the relaxed alloy"),
        output("a_perp_a", "A", "lattice parameter across the layer"),
        output("a_parallel_a", "A", "lattice parameter in the plane"),
        output("strain_parallel", "", "strain in the plane"),
        output("strain_perp", "", "strain across"),
    ],
    formula: "a(x) = a0 (1 - x) + a1 x + b x (1 - x); a_par = a_sub + R (a - a_sub), e = (a_par - a)/a, a_perp = a (1 - 2 C12/C11 e)\n\
              2 d sin(theta) = lambda, theta of the layer = theta of the substrate + omega_split",
    standard: "Dismukes 1964 (SiGe: b = -0.0273 A); Fewster 2000",
    traps: &["no strain: x too large by 1 + 2 C12/C11", "linear Vegard: x = 0.323 for 0.350"],
    example: "libchar metro xrd-epilayer -s 'reflection=[0,0,4]' -s omega_split_arcsec=-1367.5 -s lambda_a=1.5405929 -s a_substrate_a=5.43105 -s a_ge_a=5.6576 -s relaxation=0 -s c11_gpa='165.8 - 37.3 x' -s c12_gpa='63.9 - 15.6 x'",
    compute,
    summary: None,
};

/// The constant and the coefficient of x, from a number or a text such as `165.8 - 37.3 x`.
fn elastic(job: &Job, name: &'static str) -> Result<(f64, f64), Refusal> {
    let wrong = |value: &Value| {
        misuse(format!(
            "`{name}` is {value}, expected a number or a text such as \"165.8 - 37.3 x\""
        ))
    };
    match job.raw.get(name) {
        None => misuse(format!("`{name}` is not given, and a strained layer needs it")),
        Some(Value::String(text)) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
            let cut = plain
                .char_indices()
                .skip(1)
                .find(|(i, c)| "+-".contains(*c) && !plain[..*i].ends_with(['e', 'E']))
                .map(|(i, _)| i);
            let (constant, slope) = plain.split_at(cut.unwrap_or(plain.len()));
            let slope = if slope.is_empty() { Some("0") } else { slope.strip_suffix('x') };
            match (constant.parse(), slope.map(str::parse)) {
                (Ok(constant), Some(Ok(slope))) => Ok((constant, slope)),
                _ => wrong(&Value::String(text.clone())),
            }
        }
        Some(value) => as_number(value).map_or_else(|| wrong(value), |c| Ok((c, 0.0))),
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let Some(&[h, k, l]) = job.lists.get("reflection").map(Vec::as_slice) else {
        return misuse("`reflection` is not a list of three indices");
    };
    let (lambda, sub, end) = (job.get("lambda")?, job.get("a_substrate")?, job.get("a_ge")?);
    let (bowing, relaxation) = (job.get("bowing")?, job.get("relaxation")?);
    let norm = (h * h + k * k + l * l).sqrt();
    let sine = lambda * norm / (2.0 * sub);
    if sine >= 1.0 {
        return refuse(format!(
            "the reflection cannot be reached: sin(theta) of the substrate would be {sine:.3}"
        ));
    }
    let theta = match (job.opt("omega_split"), job.opt("two_theta")) {
        (Some(split), None) => sine.asin() + (split / 3600.0).to_radians(),
        (None, Some(two_theta)) => (0.5 * two_theta).to_radians(),
        _ => return misuse("one of `omega_split_arcsec` and `two_theta_deg` is needed"),
    };
    let strained = relaxation < 1.0;
    if strained && (h != 0.0 || k != 0.0) {
        return refuse(
            "a strained layer needs a symmetric reflection 0 0 l: another one mixes both lattice parameters",
        );
    }
    let measured = lambda * norm / (2.0 * theta.sin());
    let constants = if strained {
        (elastic(job, "c11_gpa")?, elastic(job, "c12_gpa")?)
    } else {
        ((1.0, 0.0), (0.0, 0.0))
    };
    let layer = |x: f64| {
        let a = sub * (1.0 - x) + end * x + bowing * x * (1.0 - x);
        let parallel = sub + relaxation * (a - sub);
        let strain = (parallel - a) / a;
        let ratio = (constants.1.0 + constants.1.1 * x) / (constants.0.0 + constants.0.1 * x);
        (a, parallel, strain, -2.0 * ratio * strain)
    };
    let perp = |x: f64| {
        let (a, _, _, across) = layer(x);
        a * (1.0 + across)
    };
    let Ok(found) = brent(|x| Ok::<_, ()>(perp(x) - measured), -0.02, 1.02, 1e-13) else {
        return refuse(format!(
            "no composition has a lattice parameter of {measured:.5} A across: expected {:.5} to {:.5}",
            perp(0.0),
            perp(1.0)
        ));
    };
    let x = found.x;
    let (a, parallel, strain, across) = layer(x);
    let mut answer = Answer {
        model: format!("relaxation {relaxation}, bowing {bowing} A"),
        ..Answer::default()
    };
    answer
        .number("x_ge", x)
        .number("a_a", a)
        .number("a_perp_a", measured)
        .number("a_parallel_a", parallel)
        .number("strain_parallel", strain)
        .number("strain_perp", across);
    if !(0.0..=1.0).contains(&x) {
        answer.warn(format!("a composition of {x:.4} lies outside of 0 to 1"));
    }
    Ok(answer)
}
