//! X-ray photoelectron spectroscopy: areas above a background and atomic fractions.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, sorted};
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, remark, word};
use crate::setup::as_number;

const fn table(name: &'static str, about: &'static str) -> Input {
    Input { kind: Kind::Table, need: Need::Optional, ..number(name, "", "", about) }
}

/// The method.
pub static METHOD: Method = Method {
    name: "xps",
    family: "chemical",
    about: "areas above a Shirley background and atomic percentages",
    per: Per::File,
    inputs: &[
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("region", "", "", "name of the region of a row")
        },
        column("binding_energy", "energy", "eV", "binding energy").also(&["be", "energy"]).within(
            -20.0,
            5000.0,
            "kinetic energy?",
        ),
        column("counts", "rate", "cps", "intensity").also(&["intensity"]),
        Input {
            need: Need::Required,
            ..table("rsf", "{ o1s = 2.93 }: relative sensitivity factor of every region")
        },
        table(
            "transmission",
            "{ o1s = 1 }: transmission of the analyser at every region; 1 unless given",
        ),
        table("imfp", "{ o1s = 2.9 }: attenuation length of every region; 1 unless given"),
        word(
            "background",
            &["iterative shirley", "shirley", "linear", "none"],
            "background between the ends of a region; iterative Shirley unless given",
        ),
        number("end_points", "", "", "points whose mean is the level at each end")
            .or(1.0)
            .within(1.0, 100.0, ""),
        remark("area_weights"),
    ],
    outputs: &[
        output("area_REGION", "eV/s", "area above the background"),
        output("at_pct_REGION", "%", "atomic percentage, A/(RSF T lambda) over their sum"),
        output(
            "REGION_high_be_share_pct",
            "%",
            "share of the peak at higher binding energy, where a region holds two: split at the minimum between",
        ),
        output("peak_REGION_ev", "eV", "place of the largest intensity above the background"),
    ],
    formula: "Shirley: B(E) = I_low + (I_high - I_low) int_{E_low}^{E} (I - B)/int (I - B), iterated, energy as binding energy, trapezoid",
    standard: "ISO 18118, ISO 20903; Shirley 1972",
    traps: &[
        "a straight background: 1 at.%",
        "a background that runs the wrong way on a kinetic energy scale",
        "u of a fraction without the correlation through the sum",
    ],
    example: "libchar metro xps regions.csv -s 'rsf={o1s=2.93, si2p=0.82, c1s=1}'",
    compute,
    summary: None,
};

struct Region {
    name: String,
    area: f64,
    u: f64,
    weight: f64,
}

/// The iterated background; `None` if the iteration does not converge.
fn shirley(e: &[f64], y: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    let n = e.len();
    let mut b: Vec<f64> =
        (0..n).map(|i| low + (high - low) * (e[i] - e[0]) / (e[n - 1] - e[0])).collect();
    for _ in 0..500 {
        let mut sum = vec![0.0; n];
        for i in 1..n {
            sum[i] = sum[i - 1] + 0.5 * (e[i] - e[i - 1]) * (y[i] - b[i] + y[i - 1] - b[i - 1]);
        }
        let total = sum[n - 1];
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let next: Vec<f64> = sum.iter().map(|s| low + (high - low) * s / total).collect();
        let change = next.iter().zip(&b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        b = next;
        if change <= 1e-10 * (high.abs() + low.abs()) {
            return Some(b);
        }
    }
    None
}

fn factor(
    job: &Job,
    table: &'static str,
    region: &str,
    usual: Option<f64>,
) -> Result<f64, Refusal> {
    let given = job.tables.get(table).and_then(|t| t.get(region));
    match (given.map(as_number), usual) {
        (Some(Some(value)), _) if value > 0.0 => Ok(value),
        (Some(_), _) => misuse(format!("`{table}` of `{region}` is not a positive number")),
        (None, Some(usual)) => Ok(usual),
        (None, None) => misuse(format!("`{table}` has no `{region}`, a region of the file")),
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (energy, counts) = (job.column("binding_energy"), job.column("counts"));
    let names: Vec<String> =
        job.texts.get("region").cloned().unwrap_or_else(|| vec!["region".to_owned(); energy.len()]);
    let mut order: Vec<String> = Vec::new();
    for name in &names {
        if !order.contains(name) {
            order.push(name.clone());
        }
    }
    if let Some(unknown) = job.tables["rsf"].keys().find(|key| !order.contains(key)) {
        return misuse(format!(
            "`rsf` names `{unknown}`, which is not a region of the file: {}",
            order.join(", ")
        ));
    }
    let background = job.word("background").unwrap_or("iterative shirley");
    let ends = job.get("end_points")? as usize;
    let mut answer =
        Answer { model: format!("{background} background, A/(RSF T lambda)"), ..Answer::default() };
    let mut regions = Vec::new();
    for name in &order {
        let rows: Vec<usize> = (0..names.len()).filter(|i| names[*i] == *name).collect();
        let pick = |values: &[f64]| -> Vec<f64> { rows.iter().map(|i| values[*i]).collect() };
        let (e, y) = sorted(&pick(energy), &pick(counts));
        let u = job.u("counts").map(|u| sorted(&pick(energy), &pick(u)).1);
        let n = e.len();
        if n < 2 * ends + 3 {
            return refuse(format!("region `{name}` has {n} points: too few"));
        }
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        let (low, high) = (mean(&y[..ends]), mean(&y[n - ends..]));
        let line = |i: usize| low + (high - low) * (e[i] - e[0]) / (e[n - 1] - e[0]);
        let base: Vec<f64> = match background {
            "none" => vec![0.0; n],
            "linear" => (0..n).map(line).collect(),
            _ => match shirley(&e, &y, low, high) {
                Some(base) => base,
                None => {
                    return refuse(format!(
                        "region `{name}`: the Shirley background does not converge; the ends do not lie beside a peak"
                    ));
                }
            },
        };
        if high < low
            && background.contains("shirley")
            && (low - high) > 0.02 * y.iter().copied().fold(0.0, f64::max)
        {
            answer.warn(format!("region `{name}`: the level falls from {low:.4} to {high:.4} towards higher binding energy: kinetic energies, or another peak beside it"));
        }
        let net: Vec<f64> = y.iter().zip(&base).map(|(y, b)| y - b).collect();
        let area = super::spectral_mismatch::trapezoid(&e, &net);
        if area <= 0.0 {
            return refuse(format!("region `{name}` has no area above its background"));
        }
        let width = |i: usize| 0.5 * (e[(i + 1).min(n - 1)] - e[i.saturating_sub(1)]);
        let u =
            u.map_or(f64::NAN, |u| (0..n).map(|i| (width(i) * u[i]).powi(2)).sum::<f64>().sqrt());
        let weight = factor(job, "rsf", name, None)?
            * factor(job, "transmission", name, Some(1.0))?
            * factor(job, "imfp", name, Some(1.0))?;
        let top = (0..n).max_by(|a, b| net[*a].total_cmp(&net[*b])).unwrap_or(0);
        if u.is_finite() {
            answer.uncertain(format!("area_{name}"), area, u, f64::INFINITY)
        } else {
            answer.number(format!("area_{name}"), area)
        };
        answer.number(format!("peak_{name}_ev"), e[top]);
        if let Some(share) = upper_share(&e, &net, top) {
            answer.number(format!("{name}_high_be_share_pct"), 100.0 * share);
        }
        answer.curve(format!("background_{name}"), base.clone());
        answer.plots.push(Plot {
            x: "binding energy (eV)".to_owned(),
            y: "counts per second".to_owned(),
            data: e.iter().copied().zip(y).collect(),
            fit: e.iter().copied().zip(base).collect(),
        });
        regions.push(Region { name: name.clone(), area, u, weight });
    }
    let total: f64 = regions.iter().map(|r| r.area / r.weight).sum();
    for r in &regions {
        let share = r.area / r.weight / total;
        // d share/d A_j = (delta - share)/(weight_j total): every area contributes, and the
        // region's own area contributes twice.
        let variance: f64 = regions
            .iter()
            .map(|other| {
                let own = if other.name == r.name { 1.0 } else { 0.0 };
                ((own - share) / (other.weight * total) * other.u).powi(2)
            })
            .sum();
        let name = format!("at_pct_{}", r.name);
        answer.value(name, 100.0 * share, 100.0 * variance.sqrt(), f64::INFINITY);
    }
    Ok(answer)
}

/// Share of the area above the minimum between two maxima; `None` if there is only one peak.
fn upper_share(e: &[f64], net: &[f64], top: usize) -> Option<f64> {
    let n = e.len();
    let mean = |i: usize| {
        let (a, b) = (i.saturating_sub(2), (i + 3).min(n));
        net[a..b].iter().sum::<f64>() / (b - a) as f64
    };
    // The second peak is where the intensity rises most above the lowest point between it and the
    // first peak.
    let mut best: Option<(f64, usize)> = None;
    for i in 0..n {
        let between = if i < top { i..top } else { top..i };
        let Some(valley) = between.min_by(|a, b| mean(*a).total_cmp(&mean(*b))) else { continue };
        let rise = mean(i) - mean(valley);
        if valley != i && best.is_none_or(|(most, _)| rise > most) {
            best = Some((rise, valley));
        }
    }
    let (_, valley) = best.filter(|(rise, _)| *rise > 0.1 * net[top])?;
    let area =
        |from: usize, to: usize| super::spectral_mismatch::trapezoid(&e[from..to], &net[from..to]);
    Some(area(valley, n) / area(0, n))
}
