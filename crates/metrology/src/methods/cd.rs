//! Critical dimension from a scanning electron microscope: widths, spaces, pitch.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, Matrix, sorted};
use crate::line::{Line, mean_std};
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, word};

const OUTPUTS: [crate::method::Output; 9] = [
    output("n_lines", "", "complete lines"),
    output("cd_mean_nm", "nm", "mean width of the lines"),
    output("cd_std_nm", "nm", "standard deviation of the widths"),
    output("space_mean_nm", "nm", "mean width of the spaces"),
    output("pitch_nm", "nm", "mean distance of line centres"),
    output("pitch_mean_nm", "nm", "the same"),
    output("pitch_walk_nm", "nm", "half of the difference of the two alternating spaces"),
    output("threshold", "", "level at which edges are found"),
    output(
        "lwr_3sigma_nm",
        "nm",
        "three standard deviations of the width along the lines, noise included",
    ),
];

const EDGE: Input = Input {
    kind: Kind::Text,
    need: Need::Optional,
    ..number(
        "edge",
        "",
        "",
        "upper level of the edge: plateau of the lines, or peak at their edges",
    )
};

const TONE: [&str; 4] = ["bright", "dark", "lines bright", "lines dark"];

const FORMULA: &str = "edges where the grey level crosses (lower + upper)/2, linear between pixels; upper: plateau of the lines, \
                       or the bright peak at their edges (outer flank)\npitch walk = |mean of even spaces - mean of odd spaces|/2";

const TRAPS: [&str; 4] = [
    "lines and spaces averaged together",
    "a pixel exactly on the threshold counted twice or not at all",
    "whole pixels: half a pixel of error per edge",
    "the bloom of an edge moves its 50 % point outwards by 0.6 nm: a threshold is a convention",
];

/// CD from one profile across the lines.
pub static METHOD: Method = Method {
    name: "cd-sem",
    family: "dimensional",
    about: "line width, space and pitch of a grey level profile",
    per: Per::File,
    inputs: &[
        column("x", "length", "nm", "place across the lines").also(&["position"]),
        column("intensity", "", "", "grey level").also(&["grey", "gray", "level"]),
        number("pixel", "length", "nm", "size of a pixel, checked").optional(),
        number("threshold", "", "", "share of the way from the lower to the upper level")
            .or(0.5)
            .within(0.05, 0.95, ""),
        EDGE,
        word("tone", &TONE, "whether lines are bright"),
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("interpolation", "", "", "a remark: linear between pixels")
        },
    ],
    outputs: &OUTPUTS,
    formula: FORMULA,
    standard: "SEMI P35, P48",
    traps: &TRAPS,
    example: "libchar metro cd-sem profile.csv",
    compute,
    summary: None,
};

/// CD from an image.
pub static IMAGE: Method = Method {
    name: "cd-sem-image",
    family: "dimensional",
    about: "line width, roughness, pitch and pitch walk of an image of vertical lines",
    per: Per::Matrix,
    inputs: &[
        number("pixel", "length", "nm", "size of a pixel").within(1e-3, 1e4, ""),
        number("threshold", "", "", "share of the way from the lower to the upper level")
            .or(0.5)
            .within(0.05, 0.95, ""),
        EDGE,
        word(
            "tone",
            &[
                "bright",
                "dark",
                "lines bright",
                "lines dark",
                "lines bright, vertical",
                "lines dark, vertical",
            ],
            "whether lines are bright",
        ),
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("layout", "", "", "a remark on the file")
        },
    ],
    outputs: &OUTPUTS,
    formula: FORMULA,
    standard: "SEMI P35, P48",
    traps: &TRAPS,
    example: "libchar metro cd-sem-image image.csv -s pixel_nm=1",
    compute: image,
    summary: None,
};

/// Lower and upper grey level: medians of the two classes of least variance within (Otsu 1979).
fn levels(values: &[f64]) -> Option<(f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let total: f64 = sorted.iter().sum();
    let (mut below, mut best) = (0.0, (0.0, 0));
    for i in 1..n {
        below += sorted[i - 1];
        let (low, high) = (below / i as f64, (total - below) / (n - i) as f64);
        let between = (high - low).powi(2) * (i * (n - i)) as f64;
        if between > best.0 {
            best = (between, i);
        }
    }
    // Unlike means, medians are not affected by the flanks.
    let middle = |part: &[f64]| part[part.len() / 2];
    (best.1 > 0).then(|| (middle(&sorted[..best.1]), middle(&sorted[best.1..])))
}

/// Crossings of a level: position, and whether the values rise there. A value equal to the level
/// counts as above it.
fn crossings(x: &[f64], y: &[f64], level: f64) -> Vec<(f64, bool)> {
    (1..y.len())
        .filter(|i| (y[i - 1] >= level) != (y[*i] >= level))
        .map(|i| {
            (x[i - 1] + (level - y[i - 1]) / (y[i] - y[i - 1]) * (x[i] - x[i - 1]), y[i] >= level)
        })
        .collect()
}

/// Left and right edges of the lines that lie completely in the profile.
fn complete(crossings: &[(f64, bool)]) -> Vec<(f64, f64)> {
    crossings
        .windows(2)
        .filter(|pair| pair[0].1 && !pair[1].1)
        .map(|pair| (pair[0].0, pair[1].0))
        .collect()
}

/// The grey level that defines the edges, for bright lines.
fn threshold(job: &Job, y: &[f64]) -> Result<f64, Refusal> {
    let Some((low, high)) = levels(y) else {
        return refuse("all grey levels are the same: there are no lines");
    };
    let share = job.get("threshold")?;
    let upper = match job.word("edge") {
        Some(edge) if edge.contains("peak") => edge_peak(y, 0.5 * (low + high)),
        Some(edge) if !edge.contains("plateau") => {
            return misuse(format!("`edge` is `{edge}`, expected plateau or peak"));
        }
        _ => high,
    };
    Ok(low + share * (upper - low))
}

/// Mean of the peaks at the edges: in each bright run, the largest values of its first and of its
/// second half.
fn edge_peak(y: &[f64], middle: f64) -> f64 {
    let mut peaks = Vec::new();
    let mut i = 0;
    while i < y.len() {
        let end = (i..y.len()).find(|j| (y[*j] >= middle) != (y[i] >= middle)).unwrap_or(y.len());
        if y[i] >= middle && i > 0 && end < y.len() {
            let run = &y[i..end];
            for half in [&run[..run.len().div_ceil(2)], &run[run.len() / 2..]] {
                peaks.push(half.iter().copied().fold(f64::MIN, f64::max));
            }
        }
        i = end;
    }
    peaks.iter().sum::<f64>() / peaks.len().max(1) as f64
}

/// Joins pairs of bright edges into lines: if all bright runs are narrow, those with a narrow gap
/// between them belong to one line.
fn merged(lines: Vec<(f64, f64)>, peak: bool) -> Vec<(f64, f64)> {
    if !peak || lines.len() < 4 {
        return lines;
    }
    let mut gaps: Vec<f64> = lines.windows(2).map(|p| p[1].0 - p[0].1).collect();
    gaps.sort_by(f64::total_cmp);
    let widest = gaps[gaps.len() - 1];
    let narrow: Vec<f64> = lines.iter().map(|(a, b)| b - a).collect();
    // A line appears as two bright edges if all bright runs are much narrower than the widest gap.
    let split = narrow.iter().all(|w| *w < 0.4 * widest);
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if split && line.0 - last.1 < 0.8 * widest => last.1 = line.1,
            _ => joined.push(line),
        }
    }
    joined
}

/// The results for these edges.
fn figures(lines: &[(f64, f64)], level: f64) -> Result<Answer, Refusal> {
    if lines.is_empty() {
        return refuse("no complete line lies in the range");
    }
    let widths: Vec<f64> = lines.iter().map(|(a, b)| b - a).collect();
    let (cd, std) = mean_std(&widths);
    let mut answer = Answer::default();
    answer.number("n_lines", lines.len() as f64);
    let n = lines.len() as f64;
    match lines.len() {
        1 => answer.number("cd_mean_nm", cd),
        _ => answer.uncertain("cd_mean_nm", cd, std / n.sqrt(), n - 1.0).number("cd_std_nm", std),
    };
    answer.number("threshold", level);
    if lines.len() > 1 {
        let spaces: Vec<f64> = lines.windows(2).map(|p| p[1].0 - p[0].1).collect();
        let centres: Vec<f64> = lines.iter().map(|(a, b)| 0.5 * (a + b)).collect();
        let pitch = (centres[centres.len() - 1] - centres[0]) / (n - 1.0);
        answer
            .number("space_mean_nm", mean_std(&spaces).0)
            .number("pitch_nm", pitch)
            .number("pitch_mean_nm", pitch);
        if spaces.len() > 1 {
            let mean = |odd: usize| {
                mean_std(&spaces.iter().copied().skip(odd).step_by(2).collect::<Vec<_>>()).0
            };
            answer.number("pitch_walk_nm", 0.5 * (mean(0) - mean(1)).abs());
        }
    }
    Ok(answer)
}

fn is_dark(job: &Job) -> bool {
    job.word("tone").is_some_and(|tone| tone.contains("dark"))
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (x, mut y) = sorted(job.column("x"), job.column("intensity"));
    if is_dark(job) {
        y.iter_mut().for_each(|y| *y = -*y);
    }
    if let (Some(pixel), [first, second, ..]) = (job.opt("pixel"), x.as_slice())
        && (second - first - pixel).abs() > 0.01 * pixel
    {
        return refuse(format!(
            "the file's points are {} nm apart, not {pixel} nm",
            second - first
        ));
    }
    let level = threshold(job, &y)?;
    let peak = job.word("edge").is_some_and(|edge| edge.contains("peak"));
    let lines = merged(complete(&crossings(&x, &y, level)), peak);
    let mut answer = figures(&lines, if is_dark(job) { -level } else { level })?;
    answer.model = job.word("edge").unwrap_or("50 % between plateaus").to_owned();
    answer.plots.push(Plot {
        x: "x (nm)".to_owned(),
        y: "grey level".to_owned(),
        data: x.iter().copied().zip(job.column("intensity").iter().copied()).collect(),
        fit: Vec::new(),
    });
    Ok(answer)
}

/// Where a noisy row crosses the level near an expected edge, by a straight line fitted to the
/// pixels of the flank.
fn edge_near(row: &[f64], expected: f64, level: f64, rising: bool) -> Option<f64> {
    const REACH: f64 = 2.5;
    let (from, to) = (
        (expected - REACH).ceil().max(0.0) as usize,
        ((expected + REACH).floor() as usize).min(row.len() - 1),
    );
    let (x, y): (Vec<f64>, Vec<f64>) = (from..=to).map(|i| (i as f64, row[i])).unzip();
    let line = Line::fit(&x, &y, None).filter(|line| (line.slope > 0.0) == rising)?;
    let edge = (level - line.intercept) / line.slope;
    ((edge - expected).abs() <= 2.0 * REACH).then_some(edge)
}

fn image(job: &Job) -> Result<Answer, Refusal> {
    let pixel = job.get("pixel")?;
    let sign = if is_dark(job) { -1.0 } else { 1.0 };
    let map = Matrix {
        width: job.matrix.width,
        values: job.matrix.values.iter().map(|v| sign * v).collect(),
    };
    if map.width < 10 || map.height() < 2 {
        return refuse("the image is too small for lines");
    }
    let mean: Vec<f64> = (0..map.width)
        .map(|c| (0..map.height()).map(|r| map.at(r, c)).sum::<f64>() / map.height() as f64)
        .collect();
    let level = threshold(job, &mean)?;
    let x: Vec<f64> = (0..map.width).map(|i| i as f64).collect();
    let mean_lines = complete(&crossings(&x, &mean, level));
    let mut lost = 0;
    let mut widths: Vec<Vec<f64>> = vec![Vec::new(); mean_lines.len()];
    let mut lines = Vec::new();
    for (k, (left, right)) in mean_lines.iter().enumerate() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for r in 0..map.height() {
            let edges = (
                edge_near(map.row(r), *left, level, true),
                edge_near(map.row(r), *right, level, false),
            );
            let (Some(l), Some(r)) = edges else {
                lost += 1;
                continue;
            };
            a.push(l * pixel);
            b.push(r * pixel);
            widths[k].push((r - l) * pixel);
        }
        if !a.is_empty() {
            lines.push((mean_std(&a).0, mean_std(&b).0));
        }
    }
    let mut answer = figures(&lines, sign * level)?;
    answer.model = "50 % between plateaus, edges of every row".to_owned();
    let variance: Vec<f64> =
        widths.iter().filter(|w| w.len() > 1).map(|w| mean_std(w).1.powi(2)).collect();
    if !variance.is_empty() {
        answer.number("lwr_3sigma_nm", 3.0 * mean_std(&variance).0.sqrt());
    }
    if lost > 0 {
        answer.warn(format!(
            "{lost} of {} edges of single rows were not found and are left out",
            mean_lines.len() * map.height()
        ));
    }
    let data = x.iter().zip(&mean).map(|(x, y)| (x * pixel, sign * y)).collect();
    answer.plots.push(Plot {
        x: "x (nm)".to_owned(),
        y: "mean grey level".to_owned(),
        data,
        fit: Vec::new(),
    });
    Ok(answer)
}
