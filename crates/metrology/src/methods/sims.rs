//! Secondary ion mass spectrometry: concentration over depth, calibrated by an implanted standard.

use super::spectral_mismatch::trapezoid;
use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::job::{Job, sorted};
use crate::method::{Input, Kind, Method, Per, column, number, output, raw, remark};
use crate::optics::materials::{member, only};

const T: Input = column("t", "time", "s", "sputter time").also(&["time"]);
const I: Input =
    column("i_impurity", "rate", "cps", "rate of the impurity").also(&["i", "impurity"]);
const I_M: Input = column("i_matrix", "rate", "cps", "rate of the matrix").also(&["i_m", "matrix"]);
static COLUMNS: [Input; 3] = [T, I, I_M];

/// The method.
pub static METHOD: Method = Method {
    name: "sims",
    family: "chemical",
    about: "concentration profile, dose and junction depth by an implanted standard",
    per: Per::File,
    inputs: &[
        T,
        I,
        I_M,
        raw("standard", "file of the implanted standard with the same columns"),
        number("implant_dose", "areal density", "cm-2", "dose of the standard")
            .also(&["dose"])
            .within(1e8, 1e19, ""),
        Input {
            kind: Kind::Table,
            ..number(
                "crater_nm",
                "",
                "",
                "{ standard = 800, unknown = 600 }: depths of the craters in nm",
            )
        },
        number("background", "rate", "cps", "background of the impurity's rate")
            .or(0.0)
            .within(0.0, 1e9, ""),
        number(
            "substrate_conc",
            "concentration",
            "cm-3",
            "doping of the substrate, for the junction",
        )
        .optional()
        .within(1e8, 1e22, ""),
        remark("depth"),
        remark("integration"),
    ],
    outputs: &[
        output("rsf_cm3", "cm-3", "relative sensitivity factor"),
        output("dose_standard_reintegrated_cm2", "cm-2", "dose of the standard by its own factor"),
        output("peak_conc_standard_cm3", "cm-3", "peak of the standard"),
        output("dose_unknown_cm2", "cm-2", "dose of the sample"),
        output("conc_unknown_first_cm3", "cm-3", "concentration of the first row"),
        output("peak_conc_unknown_cm3", "cm-3", "peak of the sample"),
        output("xj_nm", "nm", "depth at which the concentration falls below that of the substrate"),
    ],
    formula: "z = crater t/t_end; RSF = dose/int (I - I_bg)/I_m dz; N = RSF (I - I_bg)/I_m; trapezoid; x_j logarithmically between rows",
    standard: "ISO 18114, ISO 14237, ISO 17109; Wilson, Stevie, Magee 1989",
    traps: &[
        "the matrix ratio left out: its drift (22 %) goes into the profile",
        "cm and nm mixed: 1e15 re-integrates to 5e7",
    ],
    example: "libchar metro sims unknown.csv -s standard=standard.csv -s implant_dose_cm2=1e15 -s 'crater_nm={standard=800, unknown=600}'",
    compute,
    summary: None,
};

/// Depth in nm and the ratio (I - background)/I_m.
fn profile(
    t: &[f64],
    i: &[f64],
    matrix: &[f64],
    crater: f64,
    background: f64,
) -> Result<(Vec<f64>, Vec<f64>), Refusal> {
    if t.len() < 3 {
        return refuse(format!("{} rows make no profile", t.len()));
    }
    if let Some(bad) = matrix.iter().find(|m| **m <= 0.0) {
        return refuse(format!("a rate of the matrix of {bad} 1/s is not positive"));
    }
    let ratio: Vec<f64> = i.iter().zip(matrix).map(|(i, m)| (i - background) / m).collect();
    let (t, ratio) = sorted(t, &ratio);
    let end = t[t.len() - 1];
    if end <= 0.0 {
        return refuse("the last sputter time is not positive");
    }
    Ok((t.iter().map(|t| t / end * crater).collect(), ratio))
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let name = job.raw.get("standard").and_then(toml::Value::as_str);
    let Some(sheet) = name.and_then(|name| job.files.get(name)) else {
        return misuse(
            "`standard` names no file: the implanted standard, as in -s standard=standard.csv",
        );
    };
    let crater = &job.tables["crater_nm"];
    only(crater, "`crater_nm`", &["standard", "unknown"])?;
    let depth = |key: &str| match member(crater, key)? {
        Some(depth) if depth > 0.0 => Ok(depth),
        _ => misuse(format!("`crater_nm` has no positive `{key}`")),
    };
    let background = job.get("background")?;
    let columns: Vec<Vec<f64>> =
        COLUMNS.iter().map(|c| sheet.column(c)).collect::<Result<_, _>>()?;
    let (z0, r0) = profile(&columns[0], &columns[1], &columns[2], depth("standard")?, background)?;
    let (z, r) = profile(
        job.column("t"),
        job.column("i_impurity"),
        job.column("i_matrix"),
        depth("unknown")?,
        background,
    )?;
    let dose = job.get("implant_dose")?;
    // nm to cm.
    let integral = |z: &[f64], r: &[f64]| 1e-7 * trapezoid(z, r);
    let area = integral(&z0, &r0);
    if area <= 0.0 {
        return refuse("the standard has no signal above the background");
    }
    let rsf = dose / area;
    let conc: Vec<f64> = r.iter().map(|r| rsf * r).collect();
    let most = |v: &[f64]| v.iter().copied().fold(f64::MIN, f64::max);
    let mut answer = Answer::default();
    answer
        .number("rsf_cm3", rsf)
        .number("dose_standard_reintegrated_cm2", rsf * area)
        .number("peak_conc_standard_cm3", rsf * most(&r0))
        .number("dose_unknown_cm2", rsf * integral(&z, &r))
        .number("conc_unknown_first_cm3", conc[0])
        .number("peak_conc_unknown_cm3", most(&conc));
    let edge = r0[r0.len() - 1] / most(&r0);
    if edge > 0.01 {
        answer.warn(format!(
            "the standard ends at {:.1} % of its peak: its dose is not inside of the crater",
            100.0 * edge
        ));
    }
    if let Some(level) = job.opt("substrate_conc") {
        let below = (1..z.len()).rev().find(|k| conc[*k] < level && conc[k - 1] >= level);
        match below {
            Some(k) => {
                // Interpolated logarithmically, because profiles fall exponentially; a row at or
                // below zero has no logarithm.
                let (a, b) = (conc[k - 1], conc[k]);
                let share =
                    if b > 0.0 { (a / level).ln() / (a / b).ln() } else { (a - level) / (a - b) };
                answer.number("xj_nm", z[k - 1] + share * (z[k] - z[k - 1]));
            }
            None => drop(
                answer.warn(format!("the profile does not fall below {level:e} cm-3: no junction")),
            ),
        }
    }
    answer.curve("depth_nm", z.clone());
    answer.curve("conc_cm3", conc.clone());
    answer.plots.push(Plot {
        x: "depth (nm)".to_owned(),
        y: "concentration (1/cm3)".to_owned(),
        data: z.into_iter().zip(conc).collect(),
        fit: Vec::new(),
    });
    Ok(answer)
}
