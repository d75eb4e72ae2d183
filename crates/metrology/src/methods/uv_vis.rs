//! Optical gap (Tauc) and Urbach energy of an absorbing layer from its transmittance.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::HC_EV_NM;
use crate::job::Job;
use crate::line::Line;
use crate::method::{
    Input, Method, Need, Per, column, either, number, output, range, remark, word,
};

const fn optional(input: Input) -> Input {
    Input { need: Need::Optional, ..input }
}

/// The method.
pub static METHOD: Method = Method {
    name: "uv-vis",
    family: "chemical",
    about: "optical gap by Tauc's plot, or Urbach energy, from transmittance",
    per: Per::File,
    inputs: &[
        optional(
            column("wavelength", "length", "nm", "wavelength")
                .also(&["lambda"])
                .within(10.0, 1e6, ""),
        ),
        optional(
            column("energy", "energy", "eV", "photon energy; or wavelength")
                .also(&["e"])
                .within(1e-3, 1e3, ""),
        ),
        column("transmittance", "share", "1", "transmittance").also(&["t"]),
        Input {
            need: Need::Default(0.0),
            ..either("reflectance_surface", "share", "1", "reflectance of one surface")
                .also(&["reflectance", "r"])
                .within(0.0, 0.95, "percent given as a share?")
        },
        number("thickness", "length", "um", "thickness of the layer")
            .also(&["d"])
            .within(1e-4, 1e5, ""),
        word(
            "transition",
            &[
                "direct allowed",
                "indirect allowed",
                "direct forbidden",
                "indirect forbidden",
                "tail",
            ],
            "exponent 2, 1/2, 2/3, 1/3 of (a h nu); tail: Urbach",
        ),
        range(
            "fit_range",
            "energy",
            "eV",
            "range of the line; searched, and printed, unless given",
        ),
        remark("optics"),
    ],
    outputs: &[
        output("eg_ev", "eV", "gap: where the line meets zero"),
        output("urbach_ev", "eV", "Urbach energy of a tail"),
        output("r_squared", "", "of the line"),
        output("points", "", "points of the line"),
    ],
    formula: "T = (1 - R)^2 y/(1 - R^2 y^2), y = exp(-a d), solved exactly; (a h nu)^p = B (h nu - Eg); tail ln a = h nu/E_U + c",
    standard: "Tauc 1966; Urbach 1953",
    traps: &[
        "-ln(T)/d without reflection: Eg 3.265 for 3.28 eV, Urbach energy 0.337 for 0.062 eV",
        "an automatic window that takes the saturated part or the tail",
        "an ascending wavelength is a descending energy",
    ],
    example: "libchar metro uv-vis t.csv -s thickness_um=0.5 -s transition='direct allowed' -s 'fit_range_ev=[3.35, 3.6]'",
    compute,
    summary: None,
};

struct Window {
    line: Line,
    x: Vec<f64>,
    y: Vec<f64>,
    r2: f64,
}

fn fit(points: &[(f64, f64)]) -> Option<Window> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let line = Line::fit(&x, &y, None)?;
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let total: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
    Some(Window { r2: 1.0 - line.chi2 / total, line, x, y })
}

impl Window {
    /// Absorption coefficient at both ends of the line, 1/cm.
    fn ends(&self, power: f64) -> (f64, f64) {
        let alpha = |i: usize| match power > 0.0 {
            true => self.y[i].powf(1.0 / power) / self.x[i],
            false => self.y[i].exp(),
        };
        (alpha(0), alpha(self.y.len() - 1))
    }

    /// Whether the absorption rises like an absorption edge and not like an interference fringe;
    /// `d` is the thickness in cm.
    fn is_edge(&self, power: f64, d: f64) -> bool {
        let (low, high) = self.ends(power);
        high > 1.5 * low && (high - low) * d > 0.2
    }
}

/// The longest interval in which the points form a rising line that covers at least a third of
/// their total height.
fn searched(points: &[(f64, f64)], power: f64, d: f64) -> Option<Window> {
    let height = points.iter().map(|p| p.1).fold(f64::MIN, f64::max)
        - points.iter().map(|p| p.1).fold(f64::MAX, f64::min);
    let least = (points.len() / 12).max(6);
    let mut best: Option<Window> = None;
    // Windows start and end on a grid of about 80 points, which bounds the work for long spectra.
    let raster = (points.len() / 80).max(1);
    for from in (0..points.len().saturating_sub(least)).step_by(raster) {
        for to in (from + least..=points.len()).step_by(2 * raster) {
            let Some(found) = fit(&points[from..to]) else { continue };
            let rise = found.line.slope * (points[to - 1].0 - points[from].0);
            let longer = best.as_ref().is_none_or(|b| found.x.len() > b.x.len());
            if found.r2 > 0.998 && rise > 0.33 * height && longer && found.is_edge(power, d) {
                best = Some(found);
            }
        }
    }
    best
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let energy: Vec<f64> = match (job.find_column("energy"), job.find_column("wavelength")) {
        (Some(energy), None) => energy.to_vec(),
        (None, Some(wavelength)) => wavelength.iter().map(|w| HC_EV_NM / w).collect(),
        _ => return misuse("one column of `wavelength_nm` and `energy_ev` is needed"),
    };
    let Some(transition) = job.word("transition") else {
        return misuse(
            "`transition` is not given: direct allowed, indirect allowed, direct forbidden, indirect forbidden, tail",
        );
    };
    let n = energy.len();
    let d = job.get("thickness")? * 1e-4;
    let (t, r) =
        (job.column("transmittance"), job.series("reflectance_surface", n).unwrap_or_default());
    let range = job.range("fit_range")?;
    let power = match transition {
        "direct allowed" => 2.0,
        "indirect allowed" => 0.5,
        "direct forbidden" => 2.0 / 3.0,
        "indirect forbidden" => 1.0 / 3.0,
        _ => 0.0,
    };
    let mut points = Vec::new();
    let (mut dark, mut bright) = (0, 0);
    for i in 0..n {
        let inside = range.is_none_or(|(low, high)| (low..=high).contains(&energy[i]));
        if !inside {
            continue;
        }
        let once = (1.0 - r[i]).powi(2);
        let y = 2.0 * t[i] / (once + (once * once + 4.0 * r[i] * r[i] * t[i] * t[i]).sqrt());
        if t[i] <= 0.0 {
            dark += 1;
        } else if y >= 1.0 {
            bright += 1;
        } else {
            let alpha = -y.ln() / d;
            points.push((
                energy[i],
                if power > 0.0 { (alpha * energy[i]).powf(power) } else { alpha.ln() },
            ));
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    if range.is_some() && dark > 0 {
        return refuse(format!(
            "{dark} rows of the fit range have no transmittance: the detector is at its limit there"
        ));
    }
    if points.len() < 4 {
        return refuse(format!(
            "{} points with absorption are too few for a line ({bright} rows transmit more than the surfaces allow)",
            points.len()
        ));
    }
    let found = match range {
        Some(_) => fit(&points),
        None => searched(&points, power, d),
    };
    let Some(found) = found else {
        return refuse("no absorption edge in the range: no part of the plot is a rising line");
    };
    let line = found.line;
    let (first, last) = (found.x[0], found.x[found.x.len() - 1]);
    let (low, high) = found.ends(power);
    if line.slope <= 4.0 * line.u_slope || found.r2 < 0.8 || (high - low) * d < 0.02 {
        return refuse(format!(
            "no absorption edge between {first:.3} and {last:.3} eV: the absorption does not rise as a line (r^2 = {:.3})",
            found.r2
        ));
    }
    let mut answer = Answer {
        model: format!("{transition}, line from {first:.4} to {last:.4} eV"),
        ..Answer::default()
    };
    let dof = line.dof as f64;
    if power > 0.0 {
        let (a, b) = (-1.0 / line.slope, line.intercept / line.slope.powi(2));
        let variance = (a * line.u_intercept).powi(2)
            + (b * line.u_slope).powi(2)
            + 2.0 * a * b * line.covariance;
        let eg = -line.intercept / line.slope;
        if eg <= 0.0 {
            return refuse(format!("the line meets zero at {eg:.3} eV: no gap"));
        }
        answer.uncertain("eg_ev", eg, variance.max(0.0).sqrt(), dof);
        if eg > last || first - eg > 0.5 * eg {
            answer.warn(format!("the gap of {eg:.3} eV lies far from the fit range"));
        }
    } else {
        let urbach = 1.0 / line.slope;
        answer.uncertain("urbach_ev", urbach, urbach * urbach * line.u_slope, dof);
    }
    answer.number("r_squared", found.r2).number("points", found.x.len() as f64);
    if found.r2 < 0.99 {
        answer.warn(format!("the plot is not a line in the fit range (r^2 = {:.4}): saturation, a tail, or another transition", found.r2));
    }
    answer.plots.push(Plot {
        x: "photon energy (eV)".to_owned(),
        y: if power > 0.0 { "(a h nu)^p" } else { "ln a" }.to_owned(),
        data: points,
        fit: found.x.iter().zip(&found.y).map(|(x, _)| (*x, line.at(*x))).collect(),
    });
    Ok(answer)
}
