//! Uncertainty of a measurement equation with uncertain inputs, by JCGM 100 and 101.

use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::gum::{self, Distribution, Expression, Sampler, Uncertain};
use crate::job::Job;
use crate::keys::quantity;
use crate::method::{Input, Kind, Method, Need, Per, number, output};
use crate::setup::as_number;

/// The method.
pub static METHOD: Method = Method {
    name: "gum",
    family: "uncertainty",
    about: "uncertainty of any measurement equation: first order, Monte Carlo, and whether they agree",
    per: Per::File,
    inputs: &[
        Input {
            kind: Kind::Text,
            ..number("model", "", "", "the measurement equation, such as v/i * w")
        },
        Input {
            kind: Kind::Table,
            ..number("quantities", "", "", "value with u (and dof), or half_width, of every input")
        },
        Input {
            kind: Kind::Table,
            need: Need::Optional,
            ..number("correlations", "", "", "coefficients by pairs, as in \"a,b\" = 0.3")
        },
        number("coverage", "", "", "coverage probability").or(0.95).within(0.5, 0.9999, ""),
        number("trials", "", "", "Monte Carlo trials").or(1e6).within(1e4, 1e8, ""),
        number("seed", "", "", "seed of the draws").or(1.0).within(0.0, 9e15, ""),
    ],
    outputs: &[
        output("y", "", "the estimate"),
        output("u_c", "", "combined standard uncertainty, first order"),
        output("nu_eff", "", "effective degrees of freedom"),
        output("k", "", "coverage factor"),
        output("u_expanded", "", "expanded uncertainty"),
        output("mc_mean", "", "mean of the trials"),
        output("mc_std", "", "standard deviation of the trials"),
        output("mc_low", "", "lower end of the Monte Carlo interval"),
        output("mc_high", "", "upper end of the Monte Carlo interval"),
        output("jcgm101_delta", "", "numerical tolerance of the comparison"),
        output("d_low", "", "distance of the lower ends"),
        output("d_high", "", "distance of the upper ends"),
        output("probability_of_wrong_sign", "", "share of trials with the other sign"),
    ],
    formula: "u_c^2 = sum (c_i u_i)^2 + 2 sum c_i c_j u_i u_j r_ij, c_i = df/dx_i; U = k u_c, k from t at nu_eff\n\
              nu_eff = u_c^4 / sum ((c_i u_i)^4/nu_i); Monte Carlo: t scaled and shifted for inputs with dof",
    standard: "JCGM 100:2008 (5.1.2, 5.2.2, G.4), JCGM 101:2008 (6.4.9, 7.7, 8.1)",
    traps: &[
        "readings drawn as normal: the tails of 5 readings are 1.4 times wider",
        "a sensitivity of zero is not an absence of uncertainty: a cosine error of 2 degrees biases 180 nm by 0.11 nm and u_c does not see it",
        "1/x of an x near its noise has no finite variance: only the interval of Monte Carlo means anything",
    ],
    example: "libchar metro gum budget.toml",
    compute,
    summary: None,
};

fn quantities(job: &Job) -> Result<(Vec<String>, Vec<Uncertain>), Refusal> {
    let mut names = Vec::new();
    let mut inputs = Vec::new();
    for (name, value) in &job.tables["quantities"] {
        match quantity(value) {
            Ok(input) => inputs.push(input),
            Err(fault) => {
                return misuse(format!(
                    "quantity `{name}`: {}",
                    fault.to_string().trim_start_matches(": ")
                ));
            }
        }
        names.push(name.clone());
    }
    Ok((names, inputs))
}

fn correlations(job: &Job, names: &[String]) -> Result<Vec<(usize, usize, f64)>, Refusal> {
    let mut pairs = Vec::new();
    for (key, value) in job.tables.get("correlations").into_iter().flatten() {
        let index = |name: &str| names.iter().position(|known| known == name.trim());
        let pair =
            key.split_once(',').and_then(|(a, b)| index(a).zip(index(b))).filter(|(a, b)| a != b);
        match (pair, as_number(value).filter(|r| r.abs() <= 1.0)) {
            (Some((i, j)), Some(r)) => pairs.push((i, j, r)),
            _ => {
                return misuse(format!(
                    "correlation `{key}` = {value}: expected two quantities, as in \"a,b\" = 0.3, and -1 to 1"
                ));
            }
        }
    }
    Ok(pairs)
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let model = job.word("model").unwrap_or_default();
    let (names, inputs) = quantities(job)?;
    let pairs = correlations(job, &names)?;
    let f = match Expression::parse(model, &names) {
        Ok(expression) => expression,
        Err((at, found)) => return misuse(format!("model, character {}: {found}", at + 1)),
    };
    let coverage = job.get("coverage")?;
    let named: Vec<(String, Uncertain)> = names.into_iter().zip(inputs.iter().copied()).collect();
    let budget = gum::propagate(&|x| f.value(x), &named, &pairs, coverage);
    if !budget.y.is_finite() || !budget.u_c.is_finite() {
        return refuse("the model has no finite value, or no derivative, at the estimates");
    }
    let mut answer = Answer { model: model.to_owned(), ..Answer::default() };
    answer.number("y", budget.y).number("u_c", budget.u_c);
    match budget.dof.is_finite() {
        true => answer.number("nu_eff", budget.dof),
        false => answer.word("nu_eff", "inf"),
    };
    answer.number("k", budget.k).number("u_expanded", budget.expanded);
    let sampler = match Sampler::new(inputs, &pairs, job.get("seed")? as u64) {
        Ok(sampler) => sampler,
        Err(why) => return misuse(why),
    };
    let trials = job.get("trials")? as usize;
    let Some(mc) = gum::distribution(&|x: &[f64]| f.value(x), &sampler, budget.y, trials, coverage)
    else {
        return refuse("no Monte Carlo trial gave a finite value");
    };
    let check = gum::validate(budget.y, budget.u_c, budget.expanded, &mc);
    answer
        .number("mc_mean", mc.mean)
        .number("mc_std", mc.std)
        .number("mc_low", mc.low)
        .number("mc_high", mc.high)
        .number("jcgm101_delta", check.delta)
        .number("d_low", check.low)
        .number("d_high", check.high)
        .number("probability_of_wrong_sign", mc.other_sign)
        .word("first_order_validated", check.valid.to_string())
        .word("interval", if check.valid { "first order" } else { "Monte Carlo" });
    if !check.valid {
        answer.warn(format!(
            "first order is not confirmed (JCGM 101, 8.1): its interval differs from that of Monte Carlo by {:.2e} and {:.2e}, \
             more than the tolerance {:.0e}; the result is the Monte Carlo interval {} to {}",
            check.low, check.high, check.delta, mc.low, mc.high
        ));
    }
    if mc.other_sign > 0.0 {
        answer.warn(format!(
            "the sign of the result is not certain: {:.3} % of the trials have the other one",
            100.0 * mc.other_sign
        ));
    }
    if mc.failed > 0 {
        answer.warn(format!(
            "{} of {trials} trials gave no finite value and are left out",
            mc.failed
        ));
    }
    if named.iter().any(|(_, q)| q.distribution == Distribution::T && q.dof <= 2.0) {
        answer.warn(
            "an input has two degrees of freedom or fewer: its distribution has no finite variance",
        );
    }
    answer.budget = Some(budget);
    Ok(answer)
}
