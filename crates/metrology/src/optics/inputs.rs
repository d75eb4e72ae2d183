//! Inputs that the methods for layered films share, and the common part of their results.

use super::search::Found;
use super::structure::Structure;
use crate::answer::{Answer, Refusal, refuse};
use crate::job::Job;
use crate::method::{Input, Kind, Need, column, either, number, range, raw, word};
use libchar_numeric::least_squares::Bound;

/// Wavelength of a row.
pub const WAVELENGTH: Input = column("wavelength", "length", "nm", "wavelength in vacuum")
    .also(&["lambda", "wl", "nm"])
    .within(10.0, 1e6, "another unit?");
/// Angle of incidence.
pub const AOI: Input = either("aoi", "angle", "deg", "angle of incidence")
    .also(&["angle", "angle_of_incidence", "aoi_angle"])
    .within(0.0, 89.99, "radians given as degrees, or the angle from the surface?");
/// Index of the substrate.
pub const N_SUB: Input = Input {
    need: Need::Optional,
    ..either("n_sub", "", "", "index of the substrate; or `substrate`").within(0.0, 20.0, "")
};
/// Extinction of the substrate.
pub const K_SUB: Input = Input {
    need: Need::Optional,
    ..either("k_sub", "", "", "extinction coefficient of the substrate, n - ik, k >= 0").within(
        0.0,
        50.0,
        "extinction is positive in n - ik",
    )
};
/// Index of the film.
pub const N_FILM: Input = Input {
    need: Need::Optional,
    ..either("n_film", "", "", "index of the film, or the start of its fit").within(0.0, 20.0, "")
};
/// Extinction of the film.
pub const K_FILM: Input = Input {
    need: Need::Optional,
    ..either("k_film", "", "", "extinction coefficient of the film").within(0.0, 50.0, "")
};
/// Indices of further layers.
pub const N_NAMED: Input = Input {
    kind: Kind::Named,
    need: Need::Optional,
    ..number("n", "", "", "columns n_NAME: index of a layer or material NAME")
};
/// Extinctions of further layers.
pub const K_NAMED: Input = Input {
    kind: Kind::Named,
    need: Need::Optional,
    ..number("k", "", "", "columns k_NAME: extinction coefficient of NAME")
};
/// Dispersion model of the film.
pub const MODEL: Input = word(
    "model",
    &["cauchy", "constant index", "sellmeier", "tauc-lorentz", "lorentz", "drude"],
    "the film's model in short form; cauchy unless n_film is given",
);
/// Start value of the thickness.
pub const START: Input =
    number("start", "length", "nm", "thickness that is expected; the scan goes to five times it")
        .also(&["d_start", "start_d"])
        .within(0.0, 1e6, "")
        .optional();
/// Known thickness.
pub const D: Input = number("d", "length", "nm", "thickness of the film where it is not fitted")
    .also(&["forward_d"])
    .within(0.0, 1e6, "")
    .optional();
/// Range of the thickness scan.
pub const D_RANGE: Input = range(
    "d_range",
    "length",
    "nm",
    "range of the thickness scan; 0 to 3000 nm or five times `start` unless given",
);
/// Parameters of the models, and the stack.
pub const RAW: [Input; 10] = [
    raw(
        "cauchy",
        "{ a, b_um2, c_um4, k_amp, k_exp_per_ev, k_edge_ev }: A + B/l^2 + C/l^4, k = k_amp exp(k_exp (E - k_edge))",
    ),
    raw("sellmeier", "{ eps_inf, p_um_2, a, e_um } or terms = [{ a, e_um }, ...]"),
    raw(
        "tauc_lorentz",
        "{ eps_inf, eg_ev, a_ev, e0_ev, c_ev } or terms = [{ a_ev, e0_ev, c_ev, eg_ev }, ...]",
    ),
    raw("lorentz", "{ eps_inf, a, e0_ev, g_ev } or terms"),
    raw("drude", "{ eps_inf, ep_ev, gamma_ev }"),
    raw(
        "fixed",
        "{ NAME_nm = 2 }: thickness of the layer whose index is the column n_NAME; values of parameters",
    ),
    raw("free", "list of the parameters to fit, such as [\"d_nm\", \"cauchy_a\"]"),
    raw(
        "layers",
        "stack from the top: [{ name, d_nm, model | material, ... }]; model may be a mixture with host, inclusion, fraction",
    ),
    raw("substrate", "file with wavelength, n and k, an index, or NAME of columns n_NAME"),
    raw("ambient", "what lies above: a material; air unless given"),
];

/// The stack of a job, and the angles of its rows.
///
/// # Errors
/// A file without rows, and [`Structure::read`].
pub fn structure(job: &Job) -> Result<(Structure, Vec<f64>), Refusal> {
    let wavelength = job.column("wavelength");
    let aoi = job.series("aoi", wavelength.len());
    let aoi = aoi.unwrap_or_else(|| vec![0.0; wavelength.len()]);
    Ok((Structure::read(job, wavelength, &aoi)?, aoi))
}

/// Range of the thickness scan.
///
/// # Errors
/// A list that is not a range.
pub fn scan_range(job: &Job, structure: &Structure) -> Result<(f64, f64), Refusal> {
    let first = structure.layers.iter().map(|l| &structure.params[l.1]).find(|p| p.free);
    let start = first.map_or(f64::NAN, |p| p.value);
    let usual = if start > 0.0 { (5.0 * start).max(300.0) } else { 3000.0 };
    Ok(job.range("d_range")?.unwrap_or((0.0, usual)))
}

/// Refuses a layer whose thickness does not affect the data, for example because it absorbs all
/// light. `shift` is the largest change of a reading, in its own unit, when the thickness changes
/// by a tenth and by 10 nm.
pub fn opaque(name: &str, shift: f64, least: f64) -> Result<(), Refusal> {
    if shift < least {
        return refuse(format!(
            "`{name}` is not determined: the film is opaque, or changes nothing that was measured (a change of it moves no reading by more than {shift:.2e})"
        ));
    }
    Ok(())
}

/// Adds the fitted parameters with their uncertainties and correlations to an answer.
///
/// # Errors
/// A parameter that the data do not determine.
pub fn report(answer: &mut Answer, structure: &Structure, found: &Found) -> Result<(), Refusal> {
    let names: Vec<&str> = found.free.iter().map(|i| structure.params[*i].name.as_str()).collect();
    crate::fitting::report(answer, &names, &found.fit)?;
    for (i, place) in found.free.iter().enumerate() {
        let p = &structure.params[*place];
        let is_thickness = structure.layers.iter().any(|l| l.1 == *place);
        if is_thickness && found.fit.bounds[i] == Bound::Low {
            answer.warn(format!("`{}` ended at 0: the data show no such layer", p.name));
        }
        if is_thickness && found.fit.bounds[i] == Bound::High {
            answer.warn(format!(
                "`{}` ended at the end of its range: give a wider d_range_nm",
                p.name
            ));
        }
        for (j, other) in found.free.iter().enumerate() {
            let index = structure.params[*other].name.as_str();
            let of_index =
                index == "cauchy_a" || index.starts_with("n_") || index.ends_with("_fraction");
            if let Some(r) =
                found.fit.correlation(i, j).filter(|r| is_thickness && of_index && r.abs() > 0.98)
            {
                answer.warn(format!(
                    "`{}` and `{index}` are correlated by {r:.4}: the data determine hardly more than their product; hold one of them",
                    p.name
                ));
            }
        }
    }
    if let Some(most) = found.rivals.first() {
        let list: Vec<String> = found.rivals.iter().map(|d| format!("{d:.1}")).collect();
        answer.warn(format!(
            "other thicknesses describe the data as well ({} nm): another fringe order than {} nm cannot be excluded",
            list.join(", "),
            most
        ));
    }
    for p in structure.params.iter().filter(|p| !p.free && p.value.is_finite()) {
        answer.word("held", format!("{} = {}", p.name, p.value));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The thickness is fitted to 99 and 101 nm; the parameters of the model are given.
    #[test]
    fn only_what_is_given_is_told_as_held() {
        use libchar_numeric::least_squares::{Options, Parameter, fit};
        let given: toml::Table = "cauchy = { a = 1.46, b_um2 = 0.0036 }".parse().unwrap();
        let mut job = Job::default();
        job.raw.insert("cauchy", given["cauchy"].clone());
        job.raw.insert("substrate", toml::Value::Float(3.9));
        job.numbers.insert("start", crate::gum::Uncertain::exact(90.0));
        let structure = Structure::read(&job, &[500.0, 600.0], &[0.0, 0.0]).unwrap();
        let free: Vec<usize> =
            (0..structure.params.len()).filter(|i| structure.params[*i].free).collect();
        let residuals = |p: &[f64]| Ok::<_, String>(vec![p[0] - 99.0, p[0] - 101.0]);
        let fit = fit(residuals, &[Parameter::free(90.0)], &Options::default()).unwrap();
        let values = structure.params.iter().map(|p| p.value).collect();
        let found = Found { fit, free, values, rivals: Vec::new() };
        let mut answer = Answer::default();
        report(&mut answer, &structure, &found).unwrap();
        let held: Vec<&str> = answer.words.iter().map(|word| word.1.as_str()).collect();
        assert!(held.contains(&"cauchy_a = 1.46"), "{held:?}");
        assert!(!held.iter().any(|word| word.starts_with("d_nm")), "{held:?}");
    }
}
