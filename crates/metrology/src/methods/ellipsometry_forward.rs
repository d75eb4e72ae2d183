//! Psi, delta and reflectance of a film of known thickness and index.

use crate::answer::{Answer, Refusal, refuse};
use crate::job::Job;
use crate::method::{Method, Per, number, output, remark};
use crate::optics::Complex;
use crate::optics::stack::{amplitudes, period_nm, psi_delta_deg};

/// The method.
pub static METHOD: Method = Method {
    name: "ellipsometry-forward",
    family: "optical",
    about: "psi, delta and reflectance of a film of known thickness and index",
    per: Per::Row,
    inputs: &[
        number("wavelength", "length", "nm", "wavelength in vacuum")
            .also(&["lambda"])
            .within(10.0, 1e6, ""),
        number("aoi", "angle", "deg", "angle of incidence").within(0.0, 89.99, ""),
        number("n_film", "", "", "index of the film").optional().within(0.01, 20.0, ""),
        number("k_film", "", "", "extinction coefficient of the film, n - ik")
            .or(0.0)
            .within(0.0, 50.0, ""),
        number("n_sub", "", "", "index of the substrate").within(0.01, 20.0, ""),
        number("k_sub", "", "", "extinction coefficient of the substrate")
            .or(0.0)
            .within(0.0, 50.0, ""),
        number("n_ambient", "", "", "index above the film").or(1.0).within(0.5, 5.0, ""),
        number("d", "length", "nm", "thickness of the film")
            .also(&["thickness"])
            .or(0.0)
            .within(0.0, 1e9, ""),
        remark("convention"),
    ],
    outputs: &[
        output("psi_deg", "deg", "tan(psi) = |rp/rs|"),
        output("delta_deg", "deg", "arg(rp/rs), 0 to 360"),
        output("reflectance_p", "", "of p-polarized light"),
        output("reflectance_s", "", "of s-polarized light"),
        output(
            "thickness_period_nm",
            "nm",
            "thickness after which a transparent film repeats its psi and delta",
        ),
    ],
    formula: "rho = rp/rs = tan(psi) exp(i delta), Fresnel and Airy, n - ik, exp(+i w t); period lambda/(2 sqrt(n^2 - sin^2 aoi))",
    standard: "Azzam and Bashara 1977",
    traps: &[
        "with the other sign of k or of time delta becomes 360 - delta",
        "a bare dielectric below the Brewster angle has delta = 180 in this convention, 0 in the other of rp",
    ],
    example: "libchar metro ellipsometry-forward -s wavelength_nm=632.8 -s aoi_deg=70 -s n_film=1.457 -s n_sub=3.882 -s k_sub=0.019 -s d_nm=100",
    compute,
    summary: None,
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (wavelength, aoi, d) = (job.get("wavelength")?, job.get("aoi")?, job.get("d")?);
    let ambient = job.get("n_ambient")?;
    let substrate = Complex::new(job.get("n_sub")?, -job.get("k_sub")?);
    let film = job.opt("n_film");
    let mut indices = vec![Complex::new(ambient, 0.0)];
    if let Some(n) = film {
        indices.push(Complex::new(n, -job.get("k_film")?));
    } else if d > 0.0 {
        return refuse("a thickness is given and `n_film` is not");
    }
    indices.push(substrate);
    let r = amplitudes(&indices, &[0.0, d], wavelength, aoi.to_radians());
    let (psi, delta) = psi_delta_deg(r);
    let mut answer =
        Answer { model: "n - ik, exp(+i w t), delta = arg(rp/rs)".to_owned(), ..Answer::default() };
    answer
        .number("psi_deg", psi)
        .number("delta_deg", delta)
        .number("reflectance_p", r.0.norm_sqr())
        .number("reflectance_s", r.1.norm_sqr());
    if let Some(n) = film {
        let sine = ambient * aoi.to_radians().sin();
        if n > sine {
            answer.number("thickness_period_nm", period_nm(wavelength, n, sine));
        }
    }
    Ok(answer)
}
