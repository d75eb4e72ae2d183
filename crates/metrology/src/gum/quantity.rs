//! An input quantity: its estimate, standard uncertainty and distribution.

use std::f64::consts::PI;

/// The distribution of a quantity (JCGM 101, 6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// Gaussian, such as from a calibration certificate.
    Normal,
    /// Student's t, shifted and scaled by `u`, such as from repeated readings (JCGM 101, 6.4.9).
    T,
    /// Uniform between two limits.
    Rectangular,
    /// Triangular between two limits.
    Triangular,
}

impl Distribution {
    /// All of them with their names.
    pub const ALL: [(&'static str, Distribution); 4] = [
        ("normal", Distribution::Normal),
        ("t", Distribution::T),
        ("rectangular", Distribution::Rectangular),
        ("triangular", Distribution::Triangular),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, d)| *d == self).map_or("normal", |(name, _)| name)
    }
}

/// A number with its uncertainty and distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertain {
    /// Best estimate.
    pub value: f64,
    /// Standard uncertainty; 0 for a constant.
    pub u: f64,
    /// Degrees of freedom; infinite for type B.
    pub dof: f64,
    /// Its distribution.
    pub distribution: Distribution,
}

impl Uncertain {
    /// A number that is known exactly.
    pub fn exact(value: f64) -> Uncertain {
        Uncertain { value, u: 0.0, dof: f64::INFINITY, distribution: Distribution::Normal }
    }

    /// A normal distribution with a standard uncertainty.
    pub fn normal(value: f64, u: f64) -> Uncertain {
        Uncertain { u, ..Uncertain::exact(value) }
    }

    /// A distribution between two limits.
    pub fn limits(value: f64, half_width: f64, distribution: Distribution) -> Uncertain {
        let divisor =
            if distribution == Distribution::Triangular { 6f64.sqrt() } else { 3f64.sqrt() };
        Uncertain { u: half_width / divisor, distribution, ..Uncertain::exact(value) }
    }

    /// `A` for readings, `B` for everything else.
    pub fn kind(&self) -> &'static str {
        if self.dof.is_finite() { "A" } else { "B" }
    }

    /// A draw, computed from two numbers in (0, 1).
    pub fn draw(&self, a: f64, b: f64) -> f64 {
        self.value + self.u * self.standard_draw(a, b)
    }

    /// A draw with mean 0, in units of `u`.
    fn standard_draw(&self, a: f64, b: f64) -> f64 {
        match self.distribution {
            Distribution::Normal => normal(a, b),
            // Bailey (1994): polar method for Student's t, exact for any degrees of freedom.
            Distribution::T if self.dof.is_finite() => {
                (self.dof * (a.powf(-2.0 / self.dof) - 1.0)).sqrt() * (2.0 * PI * b).cos()
            }
            Distribution::T => normal(a, b),
            Distribution::Rectangular => 3f64.sqrt() * (2.0 * a - 1.0),
            Distribution::Triangular => 6f64.sqrt() * (a + b - 1.0),
        }
    }
}

/// A standard normal number, computed from two uniform ones (Box and Muller 1958).
pub fn normal(a: f64, b: f64) -> f64 {
    (-2.0 * a.ln()).sqrt() * (2.0 * PI * b).cos()
}
