//! Comparison of two results for one quantity by E_n.

use crate::answer::{Answer, Refusal, misuse};
use crate::gum;
use crate::job::Job;
use crate::method::{Method, Per, number, output};

/// The method.
pub static METHOD: Method = Method {
    name: "compare",
    family: "uncertainty",
    about: "whether two results with expanded uncertainties agree",
    per: Per::Row,
    inputs: &[
        number("a", "", "", "first result"),
        number("u_expanded_a", "", "", "its expanded uncertainty"),
        number("b", "", "", "second result, in the same unit"),
        number("u_expanded_b", "", "", "its expanded uncertainty"),
    ],
    outputs: &[
        output("e_n", "", "difference over its expanded uncertainty"),
        output("difference", "", "a - b"),
        output("u_expanded_difference", "", "expanded uncertainty of the difference"),
    ],
    formula: "E_n = |a - b| / sqrt(U_a^2 + U_b^2); agreement for E_n <= 1",
    standard: "ISO 13528, ISO/IEC 17043",
    traps: &["E_n with standard instead of expanded uncertainties is twice as large"],
    example: "libchar metro compare -s a=101.35 -s u_expanded_a=0.42 -s b=100.6 -s u_expanded_b=0.5",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (a, b) = (job.get("a")?, job.get("b")?);
    let Some(result) = gum::compare(a, job.get("u_expanded_a")?, b, job.get("u_expanded_b")?)
    else {
        return misuse("the uncertainties must not be negative, nor both zero");
    };
    let mut answer = Answer::default();
    answer
        .number("e_n", result.e_n)
        .number("difference", result.difference)
        .number("u_expanded_difference", result.expanded)
        .word("agree", result.agree.to_string());
    Ok(answer)
}
