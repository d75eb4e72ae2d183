//! Line edge roughness without the noise of the microscope.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::fft;
use crate::job::Job;
use crate::method::{Input, Kind, Method, Need, Per, number, output, word};

/// The method.
pub static METHOD: Method = Method {
    name: "ler",
    family: "dimensional",
    about: "line edge roughness: biased, noise floor, unbiased, power spectral density",
    per: Per::File,
    inputs: &[
        Input {
            kind: Kind::Columns,
            ..number(
                "e",
                "length",
                "nm",
                "place of an edge along its line, one column per edge: e01_nm, e02_nm …",
            )
        },
        number("dy", "length", "nm", "distance of neighbouring points along an edge")
            .within(1e-3, 1e4, ""),
        number("floor_frequencies", "", "", "highest frequencies whose mean is the noise floor")
            .or(32.0)
            .within(4.0, 1e6, ""),
        number("edges", "", "", "number of edges, checked").optional(),
        number("points", "", "", "number of points per edge, checked").optional(),
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("floor_from", "", "", "a remark on the floor")
        },
        word("detrend", &["mean of every edge", "line"], "what is removed from every edge"),
    ],
    outputs: &[
        output("biased_3sigma_nm", "nm", "three standard deviations as measured"),
        output("noise_floor_sigma_nm", "nm", "standard deviation of the noise"),
        output("unbiased_3sigma_nm", "nm", "three standard deviations without noise"),
        output("parseval_sigma_nm", "nm", "standard deviation by the integral of the spectrum"),
        output("psd_floor_nm3", "nm3", "noise floor of the spectrum, both sides"),
    ],
    formula: "PSD = dy/N |sum x exp(-2 pi i k n/N)|^2, mean of the edges; sigma_noise^2 = floor/dy; unbiased^2 = biased^2 - noise^2",
    standard: "SEMI P47; Mack 2018",
    traps: &[
        "the biased number quoted: 4.23 nm for 3.50 nm at a noise of 0.8 nm",
        "a window, or a one-sided spectrum without its factor, breaks Parseval",
    ],
    example: "libchar metro ler edges.csv -s dy_nm=1",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let edges = &job.families["e"];
    let n = edges[0].1.len();
    let dy = job.get("dy")?;
    let top = job.get("floor_frequencies")? as usize;
    for (name, expected, found) in
        [("edges", job.opt("edges"), edges.len()), ("points", job.opt("points"), n)]
    {
        if expected.is_some_and(|expected| expected != found as f64) {
            return refuse(format!(
                "the file has {found} {name}, not the number that the setup gives"
            ));
        }
    }
    if n < 4 * top {
        return refuse(format!(
            "{n} points per edge are too few for a floor from the highest {top} frequencies"
        ));
    }
    let mut psd = vec![0.0; n];
    let mut variances = Vec::with_capacity(edges.len());
    let line = job.word("detrend") == Some("line");
    for (_, edge) in edges {
        let flat = detrended(edge, line);
        variances.push(flat.iter().map(|x| x * x).sum::<f64>() / n as f64);
        for (sum, p) in psd.iter_mut().zip(fft::power(&flat)) {
            *sum += p * dy / (n * edges.len()) as f64;
        }
    }
    let count = variances.len() as f64;
    let biased2 = variances.iter().sum::<f64>() / count;
    let half = n / 2;
    let floor = psd[half + 1 - top..=half].iter().sum::<f64>() / top as f64;
    let noise2 = floor / dy;
    let unbiased2 = biased2 - noise2;
    if unbiased2 <= 0.0 || unbiased2.is_nan() {
        return refuse("the noise is as large as the roughness: no unbiased value");
    }
    // The uncertainty is the scatter of the edges about their mean, which needs no assumption about
    // the correlation along an edge.
    let scatter = variances.iter().map(|v| (v - biased2).powi(2)).sum::<f64>() / (count - 1.0);
    let u_variance = (scatter / count).sqrt();
    let mut answer =
        Answer { model: format!("floor from the highest {top} frequencies"), ..Answer::default() };
    if edges.len() > 1 {
        answer.uncertain(
            "biased_3sigma_nm",
            3.0 * biased2.sqrt(),
            1.5 * u_variance / biased2.sqrt(),
            count - 1.0,
        );
    } else {
        answer.number("biased_3sigma_nm", 3.0 * biased2.sqrt());
        answer.warn("one edge gives no uncertainty");
    }
    answer.number("noise_floor_sigma_nm", noise2.sqrt());
    if edges.len() > 1 {
        answer.uncertain(
            "unbiased_3sigma_nm",
            3.0 * unbiased2.sqrt(),
            1.5 * u_variance / unbiased2.sqrt(),
            count - 1.0,
        );
    } else {
        answer.number("unbiased_3sigma_nm", 3.0 * unbiased2.sqrt());
    }
    answer
        .number("parseval_sigma_nm", (psd.iter().sum::<f64>() / (n as f64 * dy)).sqrt())
        .number("psd_floor_nm3", floor);
    if noise2 > 0.5 * biased2 {
        answer.warn("more than half of the measured variance is noise");
    }
    let frequency: Vec<f64> = (1..=half).map(|k| k as f64 / (n as f64 * dy)).collect();
    answer.plots.push(Plot {
        x: "frequency (1/nm)".to_owned(),
        y: "power spectral density (nm3)".to_owned(),
        data: frequency.iter().copied().zip(psd[1..=half].iter().copied()).collect(),
        fit: frequency.iter().map(|f| (*f, floor)).collect(),
    });
    answer.curve("frequency_per_nm", frequency).curve("psd_nm3", psd[1..=half].to_vec());
    Ok(answer)
}

fn detrended(edge: &[f64], line: bool) -> Vec<f64> {
    let n = edge.len() as f64;
    let mean = edge.iter().sum::<f64>() / n;
    let at = |i: usize| i as f64 - 0.5 * (n - 1.0);
    let square: f64 = (0..edge.len()).map(|i| at(i) * at(i)).sum();
    let slope =
        if line { (0..edge.len()).map(|i| at(i) * edge[i]).sum::<f64>() / square } else { 0.0 };
    edge.iter().enumerate().map(|(i, x)| x - mean - slope * at(i)).collect()
}
