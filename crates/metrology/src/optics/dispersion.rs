//! Dispersion models: the index as a function of the wavelength.

use super::Complex;
use super::stack::root;
use crate::constants::HC_EV_NM;
use std::f64::consts::PI;

/// A model whose parameters may be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// n and k, the same at all wavelengths.
    Constant,
    /// n = A + B/l^2 + C/l^4 (l in um), k = k_amp exp(k_exp (E - k_edge)): Cauchy with an Urbach
    /// tail.
    Cauchy,
    /// eps = eps_inf + sum of A l^2/(l^2 - E^2) - P l^2, l in um.
    Sellmeier,
    /// Jellison and Modine 1996 with the erratum, as a sum of terms with a common gap or one gap
    /// each.
    TaucLorentz,
    /// eps = eps_inf + sum of A G E0/(E0^2 - E^2 - i G E).
    Lorentz,
    /// eps = eps_inf - Ep^2/(E^2 + i G E).
    Drude,
}

/// The names in a setup. The first one is also the name used for parameters.
pub const FORMS: [(&str, Form); 6] = [
    ("constant index", Form::Constant),
    ("cauchy", Form::Cauchy),
    ("sellmeier", Form::Sellmeier),
    ("tauc-lorentz", Form::TaucLorentz),
    ("lorentz", Form::Lorentz),
    ("drude", Form::Drude),
];

/// A parameter of a form: name, start value (NaN: it must be given or is searched for), least and
/// greatest value.
pub type Key = (&'static str, f64, f64, f64);

impl Form {
    /// Prefix of the parameter names in a result.
    pub fn prefix(self) -> &'static str {
        match self {
            Form::Constant => "",
            Form::Cauchy => "cauchy_",
            Form::Sellmeier => "sellmeier_",
            Form::TaucLorentz => "tl_",
            Form::Lorentz => "lorentz_",
            Form::Drude => "drude_",
        }
    }

    /// Parameters that occur once in the form.
    pub fn keys(self) -> &'static [Key] {
        const EPS_INF: Key = ("eps_inf", 1.0, 0.1, 20.0);
        match self {
            Form::Constant => &[("n", f64::NAN, 0.01, 10.0), ("k", 0.0, 0.0, 20.0)],
            Form::Cauchy => &[
                ("a", f64::NAN, 0.3, 6.0),
                ("b_um2", 0.0, -1.0, 1.0),
                ("c_um4", 0.0, -0.1, 0.1),
                ("k_amp", 0.0, 0.0, 10.0),
                ("k_exp_per_ev", 0.0, -5.0, 20.0),
                ("k_edge_ev", 3.0, 0.0, 20.0),
            ],
            Form::Sellmeier => &[EPS_INF, ("p_um_2", 0.0, -1.0, 1.0)],
            Form::TaucLorentz => &[EPS_INF, ("eg_ev", f64::NAN, 0.0, 15.0)],
            Form::Lorentz => &[EPS_INF],
            Form::Drude => {
                &[EPS_INF, ("ep_ev", f64::NAN, 0.0, 50.0), ("gamma_ev", f64::NAN, 0.0, 20.0)]
            }
        }
    }

    /// Parameters of each term.
    pub fn term_keys(self) -> &'static [Key] {
        match self {
            Form::Constant | Form::Cauchy | Form::Drude => &[],
            Form::Sellmeier => &[("a", f64::NAN, -100.0, 100.0), ("e_um", f64::NAN, 0.0, 100.0)],
            // A term without its own gap (NaN) uses the common one.
            Form::TaucLorentz => &[
                ("a_ev", f64::NAN, 0.0, 1e4),
                ("e0_ev", f64::NAN, 0.1, 30.0),
                ("c_ev", f64::NAN, 1e-3, 30.0),
                ("eg_ev", f64::NAN, 0.0, 15.0),
            ],
            Form::Lorentz => &[
                ("a", f64::NAN, 0.0, 1e4),
                ("e0_ev", f64::NAN, 0.0, 30.0),
                ("g_ev", f64::NAN, 1e-4, 30.0),
            ],
        }
    }

    /// Index n - ik at a wavelength in nm. `p` holds the parameters of [`Form::keys`], then those
    /// of each term.
    pub fn index(self, p: &[f64], wavelength_nm: f64) -> Complex {
        let (e, um) = (HC_EV_NM / wavelength_nm, wavelength_nm * 1e-3);
        match self {
            Form::Constant => Complex::new(p[0], -p[1]),
            Form::Cauchy => {
                let l2 = um * um;
                let k = if p[3] == 0.0 { 0.0 } else { p[3] * (p[4] * (e - p[5])).exp() };
                Complex::new(p[0] + p[1] / l2 + p[2] / (l2 * l2), -k)
            }
            _ => {
                let (e1, e2) = self.permittivity(p, e);
                root(Complex::new(e1, -e2))
            }
        }
    }

    /// eps1 and eps2 at a photon energy in eV.
    pub fn permittivity(self, p: &[f64], e: f64) -> (f64, f64) {
        let terms = p[self.keys().len()..].chunks_exact(self.term_keys().len().max(1));
        let add = |sum: (f64, f64), (a, b): (f64, f64)| (sum.0 + a, sum.1 + b);
        match self {
            Form::Constant | Form::Cauchy => {
                let n = self.index(p, HC_EV_NM / e);
                let eps = n * n;
                (eps.re, -eps.im)
            }
            Form::Sellmeier => {
                let l2 = (HC_EV_NM * 1e-3 / e).powi(2);
                let sum: f64 = terms.map(|t| t[0] * l2 / (l2 - t[1] * t[1])).sum();
                (p[0] + sum - p[1] * l2, 0.0)
            }
            Form::TaucLorentz => terms
                .map(|t| tauc_lorentz(e, t[0], t[1], t[2], if t[3].is_nan() { p[1] } else { t[3] }))
                .fold((p[0], 0.0), add),
            Form::Lorentz => terms
                .map(|t| {
                    let (gap, width) = (t[1] * t[1] - e * e, t[2] * e);
                    let scale = t[0] * t[1] * t[2] / (gap * gap + width * width);
                    (scale * gap, scale * width)
                })
                .fold((p[0], 0.0), add),
            Form::Drude => {
                let scale = p[1] * p[1] / (e * e * e * e + (p[2] * e).powi(2));
                (p[0] - scale * e * e, scale * p[2] * e)
            }
        }
    }
}

/// eps1 (without eps_inf) and eps2 of one term at energy `e`, all in eV; NaN where `c` is not below 2 `e0`.
///
/// # Formula
/// eps2 = A E0 C (E - Eg)^2/((E^2 - E0^2)^2 + C^2 E^2)/E above the gap; eps1 its Kramers-Kronig transform in closed form.
/// Source: Jellison and Modine, Appl. Phys. Lett. 69, 371 (1996), with the erratum 69, 2137.
fn tauc_lorentz(e: f64, a: f64, e0: f64, c: f64, eg: f64) -> (f64, f64) {
    let (e_2, e0_2, eg_2, c_2) = (e * e, e0 * e0, eg * eg, c * c);
    let eps2 = if e > eg {
        a * e0 * c * (e - eg).powi(2) / ((e_2 - e0_2).powi(2) + c_2 * e_2) / e
    } else {
        0.0
    };
    let alpha = (4.0 * e0_2 - c_2).sqrt();
    let gamma_2 = e0_2 - 0.5 * c_2;
    let zeta_4 = (e_2 - gamma_2).powi(2) + 0.25 * alpha * alpha * c_2;
    let a_ln = (eg_2 - e0_2) * e_2 + eg_2 * c_2 - e0_2 * (e0_2 + 3.0 * eg_2);
    let a_atan = (e_2 - e0_2) * (e0_2 + eg_2) + eg_2 * c_2;
    // At the gap both logarithms diverge and their sum is finite.
    let from_gap = (e - eg).abs().max(1e-12 * e);
    let eps1 = a * c * a_ln / (2.0 * PI * zeta_4 * alpha * e0)
        * ((e0_2 + eg_2 + alpha * eg) / (e0_2 + eg_2 - alpha * eg)).ln()
        - a * a_atan / (PI * zeta_4 * e0)
            * (PI - ((2.0 * eg + alpha) / c).atan() + ((alpha - 2.0 * eg) / c).atan())
        + 2.0 * a * e0 * eg * (e_2 - gamma_2) / (PI * zeta_4 * alpha)
            * (PI + 2.0 * (2.0 * (gamma_2 - eg_2) / (alpha * c)).atan())
        - a * e0 * c * (e_2 + eg_2) / (PI * zeta_4 * e) * (from_gap / (e + eg)).ln()
        + 2.0 * a * e0 * c * eg / (PI * zeta_4)
            * (from_gap * (e + eg) / ((e0_2 - eg_2).powi(2) + eg_2 * c_2).sqrt()).ln();
    (eps1, eps2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests a physical law instead of stored digits: the real part is the Kramers-Kronig integral
    /// of the imaginary part.
    #[test]
    fn tauc_lorentz_obeys_kramers_and_kronig() {
        let p = [1.0, 1.2, 101.0, 3.45, 2.2, f64::NAN];
        let eps2 = |e: f64| Form::TaucLorentz.permittivity(&p, e).1;
        for e in [0.8, 1.2, 1.5, 2.5, 4.5] {
            // 2/pi P int x eps2(x)/(x^2 - e^2) dx, with the value at e subtracted and x = e0
            // tan(t).
            let steps = 400_000;
            let mut sum = 0.0;
            for i in 0..steps {
                let t = (i as f64 + 0.5) / f64::from(steps) * (PI / 2.0);
                let (x, w) = (3.0 * t.tan(), 3.0 / t.cos().powi(2) * (PI / 2.0) / f64::from(steps));
                if (x - e).abs() > 1e-9 {
                    sum += w * (x * eps2(x) - e * eps2(e)) / (x * x - e * e);
                }
            }
            let eps1 = Form::TaucLorentz.permittivity(&p, e).0;
            assert!((1.0 + 2.0 / PI * sum - eps1).abs() < 2e-3, "{e}: {sum} {eps1}");
        }
    }
}
