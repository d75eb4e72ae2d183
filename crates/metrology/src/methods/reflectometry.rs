//! Reflectometry: thickness of a film from the spectrum of its reflectance.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::job::Job;
use crate::method::{Input, Method, Need, Per, column, output, remark, word};
use crate::optics::Complex;
use crate::optics::inputs::{
    AOI, D, D_RANGE, K_FILM, K_NAMED, K_SUB, MODEL, N_FILM, N_NAMED, N_SUB, RAW, START, WAVELENGTH,
    opaque, report, scan_range, structure,
};
use crate::optics::search::search;

/// The method.
pub static METHOD: Method = Method {
    name: "reflectometry",
    family: "optical",
    about: "thickness and index of a film from its reflectance",
    per: Per::File,
    inputs: &[
        WAVELENGTH,
        column("reflectance", "share", "1", "reflectance of the stack").also(&["r"]).within(
            0.0,
            1.2,
            "percent given as a share?",
        ),
        Input { need: Need::Optional, ..AOI },
        N_SUB,
        K_SUB,
        N_FILM,
        K_FILM,
        N_NAMED,
        K_NAMED,
        MODEL,
        START,
        D,
        D_RANGE,
        word("polarization", &["unpolarized", "p", "s"], "of the light; unpolarized unless given"),
        RAW[0],
        RAW[1],
        RAW[2],
        RAW[3],
        RAW[4],
        RAW[5],
        RAW[6],
        RAW[7],
        RAW[8],
        RAW[9],
        remark("convention"),
    ],
    outputs: &[
        output(
            "d_nm",
            "nm",
            "thickness of the film; further parameters have the names of their model",
        ),
        output("reduced_chi2", "", "chi2 per degree of freedom, where the data have u_reflectance"),
        output("rms_reflectance", "", "root mean square of the residuals"),
    ],
    formula: "R = (|rp|^2 + |rs|^2)/2 of the stack (Airy; Rouard's recursion), normal incidence unless aoi_deg is given\n\
              the thickness is scanned over its whole range before the local fit; only the thickness is free unless `free` says more",
    standard: "Heavens, Optical Properties of Thin Solid Films, 1955",
    traps: &["counting fringes with a constant n: 515 nm for 487 nm of silica, 188 for 144"],
    example: "libchar metro reflectometry r.csv -s n_film=1.46 -s substrate=silicon.csv",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let mut job = job.clone();
    // Reflectance alone determines an index only from good spectra, so the index is fitted only if
    // the user asks for it.
    if !job.raw.contains_key("free") && !job.raw.contains_key("layers") {
        job.raw.insert("free", toml::Value::Array(vec!["d_nm".into()]));
    }
    let (structure, _) = structure(&job)?;
    let (data, u) = (job.column("reflectance"), job.u("reflectance"));
    if u.is_some_and(|u| u.iter().any(|u| *u <= 0.0)) {
        return refuse(
            "an uncertainty of the reflectance is zero: that point would be the only one that counts",
        );
    }
    let polarization = job.word("polarization").unwrap_or("unpolarized").to_owned();
    let reflectance = |(rp, rs): (Complex, Complex)| match polarization.as_str() {
        "p" => rp.norm_sqr(),
        "s" => rs.norm_sqr(),
        _ => 0.5 * (rp.norm_sqr() + rs.norm_sqr()),
    };
    let misfit = |i: usize, r: (Complex, Complex), out: &mut Vec<f64>| {
        out.push((data[i] - reflectance(r)) / u.map_or(1.0, |u| u[i]));
    };
    let mut answer =
        Answer { model: format!("coherent stack, {polarization}"), ..Answer::default() };
    let mut values: Vec<f64> = structure.params.iter().map(|p| p.value).collect();
    let spectrum = |values: &[f64]| {
        let mut fit = vec![0.0; data.len()];
        structure.reflect(&structure.all_points(), values, |i, r| fit[i] = reflectance(r));
        fit
    };
    if structure.params.iter().any(|p| p.free) {
        let found = search(&structure, &misfit, scan_range(&job, &structure)?, u.is_some())?;
        values.clone_from(&found.values);
        let here = spectrum(&values);
        for (_, place) in structure.layers.iter().filter(|l| structure.params[l.1].free) {
            let mut moved = values.clone();
            moved[*place] = 1.1 * values[*place] + 10.0;
            let shift =
                spectrum(&moved).iter().zip(&here).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            opaque(&structure.params[*place].name, shift, 1e-4)?;
        }
        report(&mut answer, &structure, &found)?;
        if let (Some(reduced), true) = (found.fit.reduced_chi2(), u.is_some()) {
            answer.number("reduced_chi2", reduced);
            if reduced > 1.0 + 6.0 * (2.0 / found.fit.dof as f64).sqrt() {
                answer.warn(format!("chi2 per degree of freedom is {reduced:.3}: the model does not describe the data within their uncertainties"));
            }
        }
    }
    let fit = spectrum(&values);
    let squares: f64 = fit.iter().zip(data).map(|(f, d)| (f - d).powi(2)).sum();
    let rms = (squares / data.len() as f64).sqrt();
    answer.number("rms_reflectance", rms);
    let (mean, _) = crate::line::mean_std(data);
    let spread = data.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / data.len() as f64;
    if rms * rms > 0.5 * spread {
        return refuse(format!(
            "no thickness describes the spectrum: the best leaves {rms:.4} of a spread of {:.4}",
            spread.sqrt()
        ));
    }
    answer.curve("residual_reflectance", data.iter().zip(&fit).map(|(d, f)| d - f).collect());
    let x = job.column("wavelength");
    answer.plots.push(Plot {
        x: "wavelength (nm)".to_owned(),
        y: "reflectance".to_owned(),
        data: x.iter().copied().zip(data.iter().copied()).collect(),
        fit: x.iter().copied().zip(fit).collect(),
    });
    Ok(answer)
}
