//! Deep-level transient spectroscopy: energy, cross-section and density of traps.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::thermal_voltage_v;
use crate::job::Job;
use crate::line::{Line, mean_std};
use crate::method::{Input, Kind, Method, Need, Per, column, number, output, raw, remark};

use super::dlts_emission::Emission;
use super::dlts_peaks::{Peak, peaks};
use super::dlts_transients::rates;

/// The method.
pub static METHOD: Method = Method {
    name: "dlts",
    family: "electrical",
    about: "energy, cross-section and density of deep traps, by rate windows or by transients",
    per: Per::File,
    inputs: &[
        column("temperature", "temperature", "K", "temperature").also(&["t_sample"]),
        Input {
            kind: Kind::Columns,
            need: Need::Optional,
            ..column("s_w", "capacitance", "F", "C(t1) - C(t2) of each rate window, in its order")
        },
        column("t", "time", "s", "time after the pulse, for transients").also(&["time"]).optional(),
        column("c", "capacitance", "F", "capacitance of a transient")
            .also(&["capacitance"])
            .optional(),
        raw("windows_s", "[[t1, t2], ...] of the columns s_w1, s_w2, ... in s"),
        number(
            "c0",
            "capacitance",
            "F",
            "capacitance under reverse bias; \"fitted\" or none: that of the transients",
        )
        .optional()
        .within(1e-16, 1e-3, "pF given as F?"),
        number("n_d", "concentration", "cm-3", "doping of the depleted side")
            .within(1e11, 1e20, ""),
        number("gamma_cm2_s_k2", "", "", "e_n = sigma gamma T^2 exp(-Ea/kT), in 1/(cm2 s K2)")
            .within(1e18, 1e24, "1/(m2 s K2) given for 1/(cm2 s K2)?"),
        remark("signal"),
        remark("emission"),
    ],
    outputs: &[
        output("n_traps", "", "traps found"),
        output("ea_ev", "eV", "apparent activation energy; that of the coldest peak first"),
        output("sigma_cm2", "cm2", "apparent capture cross-section"),
        output("n_t_cm3", "cm-3", "density"),
        output("ea_2_ev", "eV", "of the second trap"),
        output("sigma_2_cm2", "cm2", "of the second trap"),
        output("n_t_2_cm3", "cm-3", "of the second trap"),
        output("ea_3_ev", "eV", "of the third trap"),
        output("sigma_3_cm2", "cm2", "of the third trap"),
        output("n_t_3_cm3", "cm-3", "of the third trap"),
    ],
    formula: "peak of S(T) at e_n = ln(t2/t1)/(t2 - t1); ln(e_n/T^2) = ln(sigma gamma) - Ea/kT;\n\
              N_T = 2 N_D dC/C0, dC = S_max/[r^(-1/(r-1)) - r^(-r/(r-1))], r = t2/t1; transients C0 [1 - N_T/(2 N_D) exp(-e_n t)]",
    standard: "Lang 1974; Schroder 2006, chapter 5",
    traps: &[
        "an energy looked up by the temperature of the peak",
        "ln e_n for ln(e_n/T^2): 0.494 eV for 0.450 eV",
        "S_max for dC: a quarter of the density at t2/t1 = 2",
    ],
    example: "libchar metro dlts dlts.csv --setup dlts.toml",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let transients = job.find_column("t").zip(job.find_column("c"));
    let windows = job.families.get("s_w").filter(|columns| !columns.is_empty());
    match (windows, transients) {
        (Some(columns), None) => by_windows(job, columns),
        (None, Some((t, c))) => by_transients(job, t, c),
        (Some(_), Some(_)) => {
            misuse("the file holds rate windows and transients: give one of them")
        }
        (None, None) => {
            misuse("the file has neither rate windows (s_w1_f, ...) nor transients (t_s, c_f)")
        }
    }
}

/// `windows_s`: one pair of ascending times per column.
fn windows(job: &Job, columns: usize) -> Result<Vec<(f64, f64)>, Refusal> {
    let list = job.raw.get("windows_s").and_then(|v| v.as_array());
    let Some(list) = list else { return misuse("`windows_s` is not given: [[t1, t2], ...] in s") };
    let number = |v: &toml::Value| v.as_float().or(v.as_integer().map(|i| i as f64));
    let mut found = Vec::new();
    for pair in list {
        let times: Vec<f64> = pair.as_array().into_iter().flatten().filter_map(number).collect();
        match times[..] {
            [t1, t2] if t1 > 0.0 && t2 > t1 && t2.is_finite() => found.push((t1, t2)),
            _ => {
                return misuse(format!(
                    "`windows_s` holds {pair}: expected [t1, t2] with 0 < t1 < t2"
                ));
            }
        }
    }
    if found.len() != columns {
        return misuse(format!(
            "`windows_s` has {} windows, the file {columns} columns s_w",
            found.len()
        ));
    }
    Ok(found)
}

fn by_windows(job: &Job, columns: &[(String, Vec<f64>)]) -> Result<Answer, Refusal> {
    let windows = windows(job, columns.len())?;
    if windows.len() < 3 {
        return refuse(format!(
            "{} rate windows make no Arrhenius line: it needs 3",
            windows.len()
        ));
    }
    let Some(c0) = job.opt("c0") else {
        return misuse("`c0_f` is not given: the capacitance under reverse bias in F");
    };
    let temperature = job.column("temperature");
    let mut answer = Answer { model: "rate windows".to_owned(), ..Answer::default() };
    let mut traps = Vec::new();
    for sign in [1.0, -1.0] {
        let found: Vec<Vec<Peak>> = columns
            .iter()
            .map(|(_, s)| peaks(temperature, &s.iter().map(|s| sign * s).collect::<Vec<_>>()))
            .collect();
        let counts: Vec<usize> = found.iter().map(Vec::len).collect();
        // Peaks may lie outside the temperature range for some windows, so the number of peaks that
        // most windows show is taken as the number of traps.
        let times = |n: usize| counts.iter().filter(|c| **c == n).count();
        let Some(count) = counts.iter().copied().max_by_key(|n| (times(*n), *n)) else { continue };
        if count > 0 && times(count) < found.len() {
            answer.warn(format!(
                "{} of {} windows show a different number of peaks and are left out",
                found.len() - times(count),
                found.len()
            ));
        }
        for trap in 0..count {
            let mut emission = Emission::default();
            for (peaks, (t1, t2)) in found.iter().zip(&windows).filter(|(p, _)| p.len() == count) {
                let r = t2 / t1;
                let of_step = r.powf(-1.0 / (r - 1.0)) - r.powf(-r / (r - 1.0));
                emission.temperature_k.push(peaks[trap].at);
                emission.rate_per_s.push(r.ln() / (t2 - t1));
                emission.share.push(sign * peaks[trap].height / of_step / c0);
            }
            if emission.temperature_k.len() < 3 {
                return refuse(format!(
                    "a peak occurs in {} windows: an Arrhenius line needs 3",
                    emission.temperature_k.len()
                ));
            }
            traps.push(emission);
        }
    }
    report(job, traps, answer)
}

fn by_transients(job: &Job, t: &[f64], c: &[f64]) -> Result<Answer, Refusal> {
    let mut answer = Answer { model: "isothermal transients".to_owned(), ..Answer::default() };
    let emission = rates(job.column("temperature"), t, c, job.opt("c0"), &mut answer)?;
    report(job, vec![emission], answer)
}

/// Arrhenius line and density of every trap, ordered by temperature.
fn report(job: &Job, mut traps: Vec<Emission>, mut answer: Answer) -> Result<Answer, Refusal> {
    const NAMES: [[&str; 3]; 3] = [
        ["ea_ev", "sigma_cm2", "n_t_cm3"],
        ["ea_2_ev", "sigma_2_cm2", "n_t_2_cm3"],
        ["ea_3_ev", "sigma_3_cm2", "n_t_3_cm3"],
    ];
    if traps.is_empty() {
        return refuse("no window has a peak inside of the temperatures");
    }
    traps.sort_by(|a, b| a.temperature_k[0].total_cmp(&b.temperature_k[0]));
    answer.number("n_traps", traps.len() as f64);
    if traps.len() > NAMES.len() {
        answer.warn(format!(
            "{} traps are found, the first {} are given",
            traps.len(),
            NAMES.len()
        ));
    }
    let (n_d, gamma) = (job.get("n_d")?, job.get("gamma_cm2_s_k2")?);
    for (trap, [ea, sigma, n_t]) in traps.iter().zip(NAMES) {
        let x: Vec<f64> = trap.temperature_k.iter().map(|t| 1.0 / thermal_voltage_v(*t)).collect();
        let y: Vec<f64> = (trap.rate_per_s.iter().zip(&trap.temperature_k))
            .map(|(e, t)| (e / (t * t)).ln())
            .collect();
        let Some(line) = Line::fit(&x, &y, trap.u_relative.as_deref()) else {
            return refuse("all rates are at the same temperature");
        };
        if line.slope >= 0.0 {
            return refuse(
                "the emission rate falls with temperature: this is not thermal emission",
            );
        }
        let dof = line.dof_of_u(trap.u_relative.is_some());
        let cross_section = line.intercept.exp() / gamma;
        let (share, scatter) = mean_std(&trap.share);
        let n = (trap.share.len() as f64).sqrt();
        answer
            .value(ea, -line.slope, line.u_slope, dof)
            .value(sigma, cross_section, cross_section * line.u_intercept, dof)
            .uncertain(n_t, 2.0 * n_d * share.abs(), 2.0 * n_d * scatter / n, n * n - 1.0);
        if share.abs() > 0.05 {
            answer.warn(format!(
                "`{n_t}` is {:.0} % of the doping: the linear formula holds for few traps",
                200.0 * share.abs()
            ));
        }
        if share < 0.0 {
            answer.warn(format!("`{n_t}` has the sign of a minority trap"));
        }
        answer.plots.push(Plot {
            x: "1/kT (1/eV)".to_owned(),
            y: "ln(e/T^2)".to_owned(),
            data: x.iter().copied().zip(y).collect(),
            fit: x.iter().map(|x| (*x, line.at(*x))).collect(),
        });
    }
    Ok(answer)
}
