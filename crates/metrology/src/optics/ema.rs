//! Effective index of a mixture whose structure is finer than the wavelength.

use super::Complex;

/// The rule by which the permittivities of two constituents are mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mixture {
    /// Both constituents are treated alike, as spheres in the effective medium (Bruggeman 1935).
    Bruggeman,
    /// The inclusion forms spheres in the host (Maxwell Garnett 1904).
    MaxwellGarnett,
    /// The mean of the permittivities.
    Linear,
}

impl Mixture {
    /// The rule of this name in a setup.
    pub fn named(name: &str) -> Option<Mixture> {
        match name {
            "bruggeman" => Some(Mixture::Bruggeman),
            "maxwell-garnett" => Some(Mixture::MaxwellGarnett),
            "linear mixture" => Some(Mixture::Linear),
            _ => None,
        }
    }

    /// Index n - ik of `host` with a volume `fraction` (0 to 1) of `inclusion`.
    pub fn index(self, host: Complex, inclusion: Complex, fraction: f64) -> Complex {
        let (h, i) = (host * host, inclusion * inclusion);
        let eps = match self {
            Mixture::Linear => h * (1.0 - fraction) + i * fraction,
            Mixture::MaxwellGarnett => {
                let polar = (i - h) / (i + h * 2.0) * fraction;
                h * (polar * 2.0 + 1.0) / (-polar + 1.0)
            }
            Mixture::Bruggeman => {
                // 2 e^2 - b e - h i = 0, b = h (2 - 3 f) + i (3 f - 1); the root that lies between the constituents.
                let b = h * (2.0 - 3.0 * fraction) + i * (3.0 * fraction - 1.0);
                let root = (b * b + h * i * 8.0).sqrt();
                let (plus, minus) = ((b + root) * 0.25, (b - root) * 0.25);
                let mean = h * (1.0 - fraction) + i * fraction;
                if (plus - mean).norm() <= (minus - mean).norm() { plus } else { minus }
            }
        };
        super::stack::root(eps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixtures_end_at_their_constituents_and_solve_their_equation() {
        let (silica, metal) = (Complex::new(1.46, 0.0), Complex::new(0.4, -4.1));
        for mixture in [Mixture::Bruggeman, Mixture::MaxwellGarnett, Mixture::Linear] {
            assert!((mixture.index(silica, metal, 0.0) - silica).norm() < 1e-12);
            assert!((mixture.index(silica, metal, 1.0) - metal).norm() < 1e-9);
        }
        let n = Mixture::Bruggeman.index(silica, metal, 0.3);
        let (e, h, i) = (n * n, silica * silica, metal * metal);
        let balance = (h - e) / (h + e * 2.0) * 0.7 + (i - e) / (i + e * 2.0) * 0.3;
        assert!(balance.norm() < 1e-12);
    }
}
