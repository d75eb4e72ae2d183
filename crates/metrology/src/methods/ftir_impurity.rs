//! Interstitial oxygen and substitutional carbon in silicon from infrared absorption.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, sorted};
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, range};
use crate::optics::materials::{member, only};
use libchar_numeric::interpolate::{Beyond, linear};

/// The inputs of both methods; the calibration factor names its standard.
const fn inputs(calibration: f64) -> [Input; 8] {
    [
        column("wavenumber", "wavenumber", "cm-1", "wavenumber")
            .also(&["nu"])
            .within(10.0, 50000.0, ""),
        column("t_sample", "share", "1", "transmittance of the sample").also(&["transmittance"]),
        column("t_reference", "share", "1", "transmittance of a sample without the impurity")
            .also(&["t_ref"]),
        number("thickness", "length", "mm", "thickness of both samples").also(&["x"]).within(
            0.01,
            50.0,
            "micrometres given as millimetres?",
        ),
        number("reflectance_surface", "share", "1", "reflectance of one surface")
            .or(0.3)
            .within(0.0, 0.9, ""),
        Input {
            kind: Kind::Table,
            need: Need::Optional,
            ..number(
                "lattice_absorption_cm1",
                "",
                "",
                "{ at_peak = 0.85 }: absorption of the lattice at the peak, 1/cm",
            )
        },
        range("baseline", "wavenumber", "cm-1", "ends of the baseline"),
        number("calibration", "calibration factor", "cm-2", "atoms per cm3 and absorption of 1/cm")
            .or(calibration)
            .within(1e15, 1e19, ""),
    ]
}

/// Interstitial oxygen.
pub static OXYGEN: Method = Method {
    name: "ftir-oxygen",
    family: "chemical",
    about: "interstitial oxygen in silicon from the band at 1107 cm-1",
    per: Per::File,
    inputs: &inputs(3.14e17),
    outputs: &[
        output("alpha_peak_cm1", "cm-1", "absorption of the band at its peak, above the baseline"),
        output("peak_cm1", "cm-1", "place of the peak"),
        output("oi_cm3", "cm-3", "density of interstitial oxygen"),
        output("oi_ppma", "ppma", "in atoms per million"),
    ],
    formula: FORMULA,
    standard: "SEMI MF1188 (IOC-88: 3.14e17 cm-2, 6.28 ppma cm)",
    traps: &[
        "decadic absorbance without ln 10",
        "the old factors 4.81e17 (F121-79) and 2.45e17 (F121-83)",
        "multiple reflections left out: 9.1 % high",
    ],
    example: "libchar metro ftir-oxygen ts.csv -s thickness_mm=2",
    compute: |job| {
        compute(job, Band { name: "oi", peak: (1095.0, 1120.0), baseline: (900.0, 1300.0) })
    },
    summary: None,
};

/// Substitutional carbon.
pub static CARBON: Method = Method {
    name: "ftir-carbon",
    about: "substitutional carbon in silicon from the band at 605 cm-1",
    inputs: &inputs(8.2e16),
    outputs: &[
        output("alpha_peak_cm1", "cm-1", "absorption of the band at its peak, above the baseline"),
        output("peak_cm1", "cm-1", "place of the peak"),
        output("cs_cm3", "cm-3", "density of substitutional carbon"),
        output("cs_ppma", "ppma", "in atoms per million"),
    ],
    standard: "SEMI MF1391 (8.2e16 cm-2, 1.64 ppma cm)",
    traps: &[
        "the lattice absorbs strongly beside the band: the reference must have the same thickness and temperature",
    ],
    example: "libchar metro ftir-carbon ts.csv -s thickness_mm=2",
    compute: |job| {
        compute(job, Band { name: "cs", peak: (595.0, 615.0), baseline: (560.0, 640.0) })
    },
    ..OXYGEN
};

const FORMULA: &str = "y = exp(-a x) of R^2 Tn y^2 + (e^{2 aL x} - R^2) y - Tn e^{2 aL x} = 0, Tn = Ts/Tr, aL the lattice's absorption\n\
                       a at the peak less the line between the ends of the baseline, times the calibration";

/// Atoms of silicon per cm3, divided by a million.
const SILICON_PPMA: f64 = 5e16;

struct Band {
    name: &'static str,
    peak: (f64, f64),
    baseline: (f64, f64),
}

fn compute(job: &Job, band: Band) -> Result<Answer, Refusal> {
    let (nu, sample) = sorted(job.column("wavenumber"), job.column("t_sample"));
    let (_, reference) = sorted(job.column("wavenumber"), job.column("t_reference"));
    if let Some(bad) = sample.iter().chain(&reference).find(|t| !(**t > 0.0 && **t <= 1.0)) {
        return refuse(format!(
            "a transmittance of {bad} is not between 0 and 1: saturated detector, or percent given as a share"
        ));
    }
    let x = 0.1 * job.get("thickness")?;
    let r2 = job.get("reflectance_surface")?.powi(2);
    let lattice = match job.tables.get("lattice_absorption_cm1") {
        None => 0.0,
        Some(table) => {
            only(table, "`lattice_absorption_cm1`", &["at_peak"])?;
            member(table, "at_peak")?.unwrap_or(0.0)
        }
    };
    let grown = (2.0 * lattice * x).exp();
    let absorption: Vec<f64> = sample
        .iter()
        .zip(&reference)
        .map(|(s, r)| {
            let tn = s / r;
            let b = grown - r2;
            // The positive root, in a form without a difference of nearly equal numbers.
            let y = 2.0 * tn * grown / (b + (b * b + 4.0 * r2 * tn * tn * grown).sqrt());
            -y.ln() / x
        })
        .collect();
    let (low, high) = job.range("baseline")?.unwrap_or(band.baseline);
    let at = |w: f64| match linear(&nu, &absorption, w, Beyond::Nothing) {
        Some(a) => Ok(a),
        None => misuse(format!("the baseline ends at {w} cm-1, beyond the data")),
    };
    let (left, right) = (at(low)?, at(high)?);
    let base = |w: f64| left + (right - left) * (w - low) / (high - low);
    let net = |i: usize| absorption[i] - base(nu[i]);
    let inside: Vec<usize> =
        (0..nu.len()).filter(|i| (band.peak.0..=band.peak.1).contains(&nu[*i])).collect();
    let Some(top) = inside.iter().copied().max_by(|a, b| net(*a).total_cmp(&net(*b))) else {
        return refuse(format!(
            "no data between {} and {} cm-1, where the band lies",
            band.peak.0, band.peak.1
        ));
    };
    // The scatter of the baseline itself, in a tenth of the range at either end.
    let margin = 0.1 * (high - low);
    let quiet: Vec<f64> = (0..nu.len())
        .filter(|i| {
            (low..=high).contains(&nu[*i]) && (nu[*i] < low + margin || nu[*i] > high - margin)
        })
        .map(net)
        .collect();
    let noise = libchar_numeric::quantile::robust_sd(&quiet);
    let alpha = net(top);
    if alpha <= 0.0 || inside.iter().all(|i| net(*i) <= 0.0) {
        return refuse(format!(
            "the absorption at the band is {alpha:.4} 1/cm: no {} is seen, or sample and reference are swapped",
            band.name
        ));
    }
    let factor = job.get("calibration")?;
    let density = factor * alpha;
    let mut answer = Answer {
        model: format!("multiple reflections, calibration {factor:e} cm-2"),
        ..Answer::default()
    };
    for (name, y) in [
        ("alpha_peak_cm1".to_owned(), alpha),
        (format!("{}_cm3", band.name), density),
        (format!("{}_ppma", band.name), density / SILICON_PPMA),
    ] {
        let u = y / alpha * noise;
        if u > 0.0 {
            answer.uncertain(name, y, u, f64::INFINITY)
        } else {
            answer.number(name, y)
        };
    }
    answer.number("peak_cm1", nu[top]);
    if alpha < 3.0 * noise {
        answer.warn(format!("the band of {alpha:.4} 1/cm is below three times the noise of the baseline ({noise:.4} 1/cm): below the limit of detection"));
    }
    if [4.81e17, 2.45e17].iter().any(|old| (factor / old - 1.0f64).abs() < 1e-3) {
        answer.warn("the calibration is an old one (ASTM F121-79: 4.81e17, F121-83 and DIN: 2.45e17): results differ from IOC-88 by its ratio to 3.14e17");
    }
    answer.plots.push(Plot {
        x: "wavenumber (cm-1)".to_owned(),
        y: "absorption (1/cm)".to_owned(),
        data: nu.iter().copied().zip(absorption.iter().copied()).collect(),
        fit: vec![(low, left), (high, right)],
    });
    Ok(answer)
}
