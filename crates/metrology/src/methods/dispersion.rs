//! Index and permittivity of a dispersion model, compared with tabulated values if a table is
//! given.

use crate::answer::{Answer, Plot, Refusal, misuse};
use crate::constants::HC_EV_NM;
use crate::job::Job;
use crate::method::{Input, Method, Need, Per, column, output, raw, word};
use crate::optics::Complex;
use crate::optics::dispersion::{FORMS, Form};
use crate::optics::materials::{form_named, parameters};
use crate::optics::stack::root;

/// The method.
pub static METHOD: Method = Method {
    name: "dispersion",
    family: "optical",
    about: "index and permittivity of a dispersion model, and how far a table differs from it",
    per: Per::File,
    inputs: &[
        Input {
            need: Need::Optional,
            ..column("energy", "energy", "eV", "photon energy").also(&["e"]).within(1e-3, 1e3, "")
        },
        Input {
            need: Need::Optional,
            ..column("wavelength", "length", "nm", "wavelength; or `energy`")
                .also(&["lambda"])
                .within(1.0, 1e7, "")
        },
        Input { need: Need::Optional, ..column("n", "", "", "index to compare with") },
        Input {
            need: Need::Optional,
            ..column("k", "", "", "extinction coefficient to compare with")
        },
        Input {
            need: Need::Optional,
            ..column("eps1", "", "", "real part of the permittivity to compare with").also(&["e1"])
        },
        Input {
            need: Need::Optional,
            ..column("eps2", "", "", "imaginary part to compare with").also(&["e2"])
        },
        word(
            "model",
            &[
                "tauc-lorentz",
                "sum of tauc-lorentz",
                "cauchy",
                "sellmeier",
                "lorentz",
                "drude",
                "constant index",
                "n^2",
            ],
            "the model (n^2: Sellmeier)",
        ),
        raw("terms", "terms of a sum, [{ a_ev, e0_ev, c_ev }, ...]"),
        raw("a", "amplitude, or A of Cauchy"),
        raw("b_um2", "B of Cauchy"),
        raw("c_um4", "C of Cauchy"),
        raw("k_amp", "extinction at k_edge_ev"),
        raw("k_exp_per_ev", "its exponent"),
        raw("k_edge_ev", "its edge"),
        raw("a_ev", "amplitude of Tauc-Lorentz"),
        raw("e0_ev", "peak energy"),
        raw("c_ev", "broadening"),
        raw("eg_ev", "gap"),
        raw("eps_inf", "permittivity at high energy, 1 unless given"),
        raw("e_um", "pole of Sellmeier"),
        raw("p_um_2", "infrared term of Sellmeier"),
        raw("g_ev", "broadening of Lorentz"),
        raw("ep_ev", "plasma energy of Drude"),
        raw("gamma_ev", "broadening of Drude"),
        raw("n_constant", "index of the constant model"),
        raw("k_constant", "its extinction"),
    ],
    outputs: &[
        output("max_rel_n", "", "largest relative difference of n"),
        output("max_abs_k", "", "largest difference of k"),
        output("max_rel_eps1", "", "largest difference of eps1, relative to |eps|"),
        output("max_rel_eps2", "", "largest difference of eps2, relative to |eps|"),
    ],
    formula: "Cauchy n = A + B/l^2 + C/l^4; Sellmeier eps = eps_inf + sum A l^2/(l^2 - E^2) - P l^2, l in um\n\
              Tauc-Lorentz eps2 = A E0 C (E - Eg)^2/((E^2 - E0^2)^2 + C^2 E^2)/E above Eg, eps1 by Kramers and Kronig in closed form\n\
              curves e_ev, n, k, eps1, eps2 with k and eps2 positive",
    standard: "Jellison and Modine, Appl. Phys. Lett. 69, 371 and erratum 2137 (1996)",
    traps: &["the sign errors of the 1996 print", "eps1 as a constant beside eps2"],
    example: "libchar metro dispersion nk.csv -s model=tauc-lorentz -s a_ev=101 -s e0_ev=3.45 -s c_ev=2.2 -s eg_ev=1.2",
    compute,
    summary: None,
};

fn form(job: &Job) -> Result<Form, Refusal> {
    match job.word("model") {
        Some("sum of tauc-lorentz") => Ok(Form::TaucLorentz),
        Some("n^2") => Ok(Form::Sellmeier),
        Some(name) => {
            form_named(name).map_or_else(|| misuse(format!("unknown model `{name}`")), Ok)
        }
        None => {
            let names: Vec<&str> = FORMS.iter().map(|f| f.0).collect();
            misuse(format!("`model` is not given, expected one of: {}", names.join(", ")))
        }
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let form = form(job)?;
    let mut table = toml::Table::new();
    for (key, value) in &job.raw {
        table.insert(key.trim_end_matches("_constant").to_owned(), value.clone());
    }
    // With several terms, the keys outside of `terms` are those that occur once in the model.
    let params = parameters(form, &table, false)?;
    let values: Vec<f64> = params.iter().map(|p| p.value).collect();
    let energy: Vec<f64> = match (job.find_column("energy"), job.find_column("wavelength")) {
        (Some(energy), None) => energy.to_vec(),
        (None, Some(wavelength)) => wavelength.iter().map(|w| HC_EV_NM / w).collect(),
        _ => {
            return misuse(
                "one of `energy_ev` and `wavelength_nm` is needed, as a column or a list",
            );
        }
    };
    let eps: Vec<(f64, f64)> = energy.iter().map(|e| form.permittivity(&values, *e)).collect();
    if let Some(i) = eps.iter().position(|e| !(e.0.is_finite() && e.1.is_finite())) {
        return misuse(format!(
            "the model has no value at {} eV: Tauc-Lorentz needs c below 2 e0",
            energy[i]
        ));
    }
    let index: Vec<Complex> = eps.iter().map(|(a, b)| root(Complex::new(*a, -b))).collect();
    let mut answer =
        Answer { model: job.word("model").unwrap_or_default().to_owned(), ..Answer::default() };
    let size = |i: usize| eps[i].0.hypot(eps[i].1);
    let mut most = |name: &str, column: &'static str, off: &dyn Fn(usize, f64) -> f64| {
        if let Some(data) = job.find_column(column) {
            let most = data.iter().enumerate().map(|(i, v)| off(i, *v).abs()).fold(0.0, f64::max);
            answer.number(name, most);
        }
    };
    most("max_rel_n", "n", &|i, v| v / index[i].re - 1.0);
    most("max_abs_k", "k", &|i, v| v + index[i].im);
    most("max_rel_eps1", "eps1", &|i, v| (v - eps[i].0) / size(i));
    most("max_rel_eps2", "eps2", &|i, v| (v - eps[i].1) / size(i));
    answer.plots.push(Plot {
        x: "photon energy (eV)".to_owned(),
        y: "n".to_owned(),
        data: job
            .find_column("n")
            .map_or_else(Vec::new, |n| energy.iter().copied().zip(n.iter().copied()).collect()),
        fit: energy.iter().copied().zip(index.iter().map(|n| n.re)).collect(),
    });
    answer.curve("e_ev", energy);
    answer.curve("n", index.iter().map(|n| n.re).collect());
    answer.curve("k", index.iter().map(|n| -n.im).collect());
    answer.curve("eps1", eps.iter().map(|e| e.0).collect());
    answer.curve("eps2", eps.iter().map(|e| e.1).collect());
    Ok(answer)
}
