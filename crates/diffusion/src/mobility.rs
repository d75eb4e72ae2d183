//! Carrier mobility and resistivity of doped silicon at 300 K.

use crate::constants::Q_C;
use crate::species::{Kind, Species};
use libchar_core::{Frame, Refused};

/// A mobility model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mobility {
    /// Masetti, Severi and Solmi, IEEE Trans. Electron Devices 30, 764 (1983), table I.
    Masetti,
    /// Arora, Hauser and Roulston, IEEE Trans. Electron Devices 29, 292 (1982):
    /// `mu_min + d / (1 + (N / N_ref)^0.88)` at 300 K.
    Arora,
    /// ASTM F723, resistivity of boron- and phosphorus-doped silicon at 296 K.
    AstmF723,
}

/// Masetti's constants; `mu_min2` is the constant that the second term subtracts.
struct Masetti {
    mu_min: f64,
    mu_min2: f64,
    mu_max: f64,
    mu_1: f64,
    c_r: f64,
    c_s: f64,
    a: f64,
    b: f64,
    p_c: f64,
}

const MASETTI_ARSENIC: Masetti = Masetti {
    mu_min: 52.2,
    mu_min2: 52.2,
    mu_max: 1417.0,
    mu_1: 43.4,
    c_r: 9.68e16,
    c_s: 3.43e20,
    a: 0.680,
    b: 2.00,
    p_c: 0.0,
};
const MASETTI_PHOSPHORUS: Masetti = Masetti {
    mu_min: 68.5,
    mu_min2: 68.5,
    mu_max: 1414.0,
    mu_1: 56.1,
    c_r: 9.20e16,
    c_s: 3.41e20,
    a: 0.711,
    b: 1.98,
    p_c: 0.0,
};
const MASETTI_BORON: Masetti = Masetti {
    mu_min: 44.9,
    mu_min2: 0.0,
    mu_max: 470.5,
    mu_1: 29.0,
    c_r: 2.23e17,
    c_s: 6.10e20,
    a: 0.719,
    b: 2.00,
    p_c: 9.23e16,
};

impl Masetti {
    fn at(&self, n: f64) -> f64 {
        self.mu_min * (-self.p_c / n).exp()
            + (self.mu_max - self.mu_min2) / (1.0 + (n / self.c_r).powf(self.a))
            - self.mu_1 / (1.0 + (self.c_s / n).powf(self.b))
    }
}

impl Mobility {
    /// Every model, the default first.
    pub const ALL: [Mobility; 3] = [Mobility::Masetti, Mobility::Arora, Mobility::AstmF723];

    /// Name in recipes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Mobility::Masetti => "masetti",
            Mobility::Arora => "arora",
            Mobility::AstmF723 => "astm_f723",
        }
    }

    /// Mobility of the majority carriers of `species`, cm2/Vs, where `total_cm3` ionized impurities
    /// of both kinds scatter. Species without constants of their own use those of arsenic (donors)
    /// or boron (acceptors). Meant for 1e13 to 5e21 cm-3.
    pub fn cm2_vs(self, species: Species, total_cm3: f64) -> f64 {
        let n = total_cm3.max(1e10);
        match self {
            Mobility::Masetti => match (species, species.kind()) {
                (Species::Phosphorus, _) => MASETTI_PHOSPHORUS.at(n),
                (_, Kind::Donor) => MASETTI_ARSENIC.at(n),
                (_, Kind::Acceptor) => MASETTI_BORON.at(n),
            },
            Mobility::Arora => match species.kind() {
                Kind::Donor => 88.0 + 1252.0 / (1.0 + (n / 1.26e17).powf(0.88)),
                Kind::Acceptor => 54.3 + 406.9 / (1.0 + (n / 2.35e17).powf(0.88)),
            },
            Mobility::AstmF723 => 1.0 / (Q_C * n * astm_f723_ohm_cm(species.kind(), n)),
        }
    }

    /// Resistivity of uniformly doped, fully ionized, uncompensated silicon, ohm cm.
    pub fn resistivity_ohm_cm(self, species: Species, conc_cm3: f64) -> f64 {
        1.0 / (Q_C * conc_cm3 * self.cm2_vs(species, conc_cm3))
    }
}

/// The model of a name.
///
/// # Errors
/// A name that no model has.
pub fn named(name: &str) -> Result<Mobility, Refused> {
    Mobility::ALL.into_iter().find(|model| model.name() == name).ok_or_else(|| {
        let valid = Mobility::ALL.map(Mobility::name).join(", ");
        Refused::Usage(format!("unknown mobility `{name}`; expected one of: {valid}"))
    })
}

/// Refuses concentrations, cm-3, at which the models say nothing.
///
/// # Errors
/// The first outside 1e10 to 5e22.
pub fn check(conc_cm3: &[f64]) -> Result<(), Refused> {
    match conc_cm3.iter().find(|n| !(**n >= 1e10 && **n <= 5e22)) {
        Some(bad) => Err(Refused::Usage(format!("{bad} cm-3: expected 1e10 to 5e22"))),
        None => Ok(()),
    }
}

/// One row for each concentration, cm-3, and model: mobility and resistivity.
pub fn frame(species: Species, conc_cm3: &[f64]) -> Frame {
    let rows = conc_cm3.iter().flat_map(|conc| Mobility::ALL.map(|model| (*conc, model)));
    let columns = ["species", "conc_cm3", "mobility", "mobility_cm2_vs", "resistivity_ohm_cm"];
    let mut frame = Frame::new("libchar.diffuse-resistivity", 1, columns);
    for (conc, model) in rows {
        frame.push(vec![
            species.name().into(),
            conc.into(),
            model.name().into(),
            model.cm2_vs(species, conc).into(),
            model.resistivity_ohm_cm(species, conc).into(),
        ]);
    }
    frame
}

/// Concentration of a resistivity by Masetti's mobility, cm-3.
pub(crate) fn conc_of_resistivity(species: Species, rho_ohm_cm: f64) -> f64 {
    let (mut low, mut high) = (10.0_f64, 22.0_f64);
    for _ in 0..100 {
        let mid = 0.5 * (low + high);
        if Mobility::Masetti.resistivity_ohm_cm(species, 10f64.powf(mid)) > rho_ohm_cm {
            low = mid;
        } else {
            high = mid;
        }
    }
    10f64.powf(0.5 * (low + high))
}

/// ASTM F723 resistivity against dopant density: boron for acceptors, phosphorus for donors.
fn astm_f723_ohm_cm(kind: Kind, n: f64) -> f64 {
    match kind {
        Kind::Acceptor => 1.305e16 / n + 1.133e17 / (n * (1.0 + (2.58e-19 * n).powf(-0.737))),
        Kind::Donor => {
            let x = n.log10() - 16.0;
            let z = (-3.0769 + (2.2108 + (-0.62272 + 0.057501 * x) * x) * x)
                / (1.0 + (-0.68157 + (0.19833 - 0.018376 * x) * x) * x);
            6.242e18 / n * 10f64.powf(z)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_has_a_row_of_each_concentration() {
        let frame = frame(Species::Boron, &[1e15, 1e19]);
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        for line in csv.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells[i].parse::<f64>().unwrap();
            // rho = 1 / (q mu N)
            assert!((number(1) * number(3) * number(4) * Q_C - 1.0).abs() < 1e-12, "{line}");
            assert_eq!(named(cells[2]).map(Mobility::name), Ok(cells[2]));
        }
        assert_eq!(csv.lines().count(), 1 + 2 * Mobility::ALL.len());
    }

    #[test]
    fn what_no_model_knows_is_refused() {
        let told = named("fast").unwrap_err().to_string();
        assert_eq!(told, "unknown mobility `fast`; expected one of: masetti, arora, astm_f723");
        assert!(check(&[1e10, 5e22]).is_ok() && check(&[1e15, f64::NAN]).is_err());
        assert_eq!(
            check(&[9e9]).unwrap_err().to_string(),
            "9000000000 cm-3: expected 1e10 to 5e22"
        );
    }
}
