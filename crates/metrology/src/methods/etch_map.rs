//! Etch rate over a wafer, its non-uniformity and selectivity.

use crate::answer::{Answer, Map, Refusal, refuse};
use crate::job::Job;
use crate::line::mean_std;
use crate::method::{Method, Per, number, output};

/// The method.
pub static METHOD: Method = Method {
    name: "etch-map",
    family: "dimensional",
    about: "etch rate of every site, non-uniformity by all three definitions, selectivity",
    per: Per::Row,
    inputs: &[
        number("pre", "length", "nm", "thickness before").also(&["before"]).within(0.0, 1e9, ""),
        number("post", "length", "nm", "thickness after").also(&["after"]).within(0.0, 1e9, ""),
        number("etch_time", "time", "s", "time of the etch").also(&["time"]).within(1e-3, 1e7, ""),
        number("mask_loss", "length", "nm", "loss of the mask in the same etch")
            .optional()
            .within(1e-6, 1e9, ""),
        number("x", "length", "mm", "place").optional(),
        number("y", "length", "mm", "place").optional(),
    ],
    outputs: &[
        output("rate_nm_min", "nm/min", "rate of the site"),
        output("removed_nm", "nm", "removed at the site"),
        output("n", "", "sites"),
        output("rate_mean_nm_min", "nm/min", "mean"),
        output("rate_std_nm_min", "nm/min", "standard deviation with n - 1"),
        output("nonuniformity_1sigma_pct", "%", "std/mean"),
        output("nonuniformity_range_pct", "%", "(max - min)/(2 mean)"),
        output("nonuniformity_max_min_pct", "%", "(max - min)/(max + min)"),
        output("nonuniformity_full_range_pct", "%", "(max - min)/mean"),
        output("selectivity", "", "mean removed over the loss of the mask"),
    ],
    formula: "rate = (pre - post)/time; non-uniformity std/mean, (max - min)/(2 mean), (max - min)/(max + min), (max - min)/mean, each by name",
    standard: "SEMI M43 (terms)",
    traps: &["three definitions of non-uniformity differ by a factor of two: all are printed"],
    example: "libchar metro etch-map etch.csv -s etch_time_s=60 -s mask_loss_nm=24.25",
    compute,
    summary: Some(summary),
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let removed = job.get("pre")? - job.get("post")?;
    if removed < 0.0 {
        return refuse(format!(
            "the film is {} nm thicker after the etch: pre and post swapped?",
            -removed
        ));
    }
    let mut answer = Answer::default();
    answer
        .number("rate_nm_min", 60.0 * removed / job.get("etch_time")?)
        .number("removed_nm", removed);
    if job.get("post")? == 0.0 {
        answer
            .warn("nothing is left at this site: it was etched through, its rate is a lower limit");
    }
    Ok(answer)
}

fn summary(sites: &[(Job, Answer)]) -> Answer {
    let of = |name: &str| -> Vec<f64> { sites.iter().filter_map(|(_, a)| a.get(name)).collect() };
    let rates = of("rate_nm_min");
    let (mean, std) = mean_std(&rates);
    let (min, max) =
        rates.iter().fold((f64::MAX, f64::MIN), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
    let mut answer = Answer { model: "unweighted over all sites".to_owned(), ..Answer::default() };
    answer
        .number("n", rates.len() as f64)
        .number("rate_mean_nm_min", mean)
        .number("rate_std_nm_min", std)
        .number("nonuniformity_1sigma_pct", 100.0 * std / mean)
        .number("nonuniformity_range_pct", 50.0 * (max - min) / mean)
        .number("nonuniformity_max_min_pct", 100.0 * (max - min) / (max + min))
        .number("nonuniformity_full_range_pct", 100.0 * (max - min) / mean);
    if let Some(loss) = sites.first().and_then(|(job, _)| job.opt("mask_loss")) {
        answer.number("selectivity", mean_std(&of("removed_nm")).0 / loss);
    }
    answer.map = Map::of(sites, "rate_nm_min");
    answer
}
