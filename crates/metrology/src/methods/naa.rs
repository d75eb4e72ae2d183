//! Neutron activation analysis by a comparator.

use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::job::Job;
use crate::method::{Input, Kind, Method, Per, number, output, raw};
use crate::optics::materials::{member, only};
use toml::{Table, Value};

/// The method.
pub static METHOD: Method = Method {
    name: "naa",
    family: "chemical",
    about: "mass and concentration of an element by activation and a comparator",
    per: Per::Row,
    inputs: &[
        number("half_life", "time", "s", "half-life of the nuclide").within(1e-3, 1e12, ""),
        number("irradiation", "time", "s", "time of irradiation").within(1e-3, 1e10, ""),
        Input {
            kind: Kind::Table,
            ..number(
                "comparator",
                "",
                "",
                "{ mass_ug, decay_s, live_time_s, real_time_s, net_counts }",
            )
        },
        Input {
            kind: Kind::Table,
            ..number("sample", "", "", "{ mass_mg, decay_s, live_time_s, real_time_s, net_counts }")
        },
        raw("same_irradiation", "true: saturation and flux cancel, which is what is computed"),
    ],
    outputs: &[
        output("mass_ug", "ug", "mass of the element in the sample"),
        output("conc_ug_g", "ug/g", "its concentration"),
        output("u_rel_counting", "", "relative uncertainty of both counts"),
        output("saturation", "", "1 - exp(-lambda t_irradiation)"),
    ],
    formula: "A = N/t_live lambda t_real/(1 - exp(-lambda t_real)) exp(lambda t_decay); m = m_c A/A_c",
    standard: "IAEA-TECDOC-1215",
    traps: &[
        "no decay to a common time: 5.17 ug for 6.63",
        "no decay during the count",
        "the dead time twice",
    ],
    example: "libchar metro naa naa.toml",
    compute,
    summary: None,
};

/// Activity at the end of irradiation and counts.
fn activity(table: &Table, what: &str, lambda: f64) -> Result<(f64, f64), Refusal> {
    only(
        table,
        what,
        &["mass_ug", "mass_mg", "decay_s", "live_time_s", "real_time_s", "net_counts"],
    )?;
    let get = |key: &str| match member(table, key)? {
        Some(value) if value >= 0.0 => Ok(value),
        _ => misuse(format!("{what} has no `{key}` of 0 or more")),
    };
    let (decay, live, real, counts) =
        (get("decay_s")?, get("live_time_s")?, get("real_time_s")?, get("net_counts")?);
    if live <= 0.0 || real < live {
        return misuse(format!("{what}: a live time of {live} s in a real time of {real} s"));
    }
    if counts <= 0.0 {
        return refuse(format!("{what} has no net counts"));
    }
    Ok((
        counts / live * lambda * real / -(-lambda * real).exp_m1() * (lambda * decay).exp(),
        counts,
    ))
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let lambda = std::f64::consts::LN_2 / job.get("half_life")?;
    if job.raw.get("same_irradiation").is_some_and(|v| v != &Value::Boolean(true)) {
        return refuse(
            "sample and comparator are from different irradiations: flux and saturation do not cancel",
        );
    }
    let (comparator, sample) = (&job.tables["comparator"], &job.tables["sample"]);
    let (a, n) = activity(comparator, "`comparator`", lambda)?;
    let (b, m) = activity(sample, "`sample`", lambda)?;
    let Some(known) = member(comparator, "mass_ug")?.filter(|mass| *mass > 0.0) else {
        return misuse("`comparator` has no positive `mass_ug`");
    };
    let mass = known * b / a;
    let relative = (1.0 / n + 1.0 / m).sqrt();
    let mut answer = Answer::default();
    answer.uncertain("mass_ug", mass, mass * relative, f64::INFINITY);
    if let Some(whole) = member(sample, "mass_mg")?.filter(|mass| *mass > 0.0) {
        let share = 1e3 * mass / whole;
        answer.uncertain("conc_ug_g", share, share * relative, f64::INFINITY);
    }
    answer
        .number("u_rel_counting", relative)
        .number("saturation", -(-lambda * job.get("irradiation")?).exp_m1());
    Ok(answer)
}
