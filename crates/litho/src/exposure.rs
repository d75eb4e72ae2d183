//! Wavelengths, media and apertures of exposure tools.

use serde::{Deserialize, Serialize};

/// What fills the gap between the last lens (or mirror) and the resist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// EUV.
    Vacuum,
    /// Dry deep-UV.
    Air,
    /// Immersion at 193 nm.
    Water,
}

impl Medium {
    /// The name as written in a job.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Vacuum => "vacuum",
            Self::Air => "air",
            Self::Water => "water",
        }
    }
}

/// A wavelength that tools are built for, with the apertures that exist in one medium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// Common name, such as ArF.
    pub name: &'static str,
    /// Nominal vacuum wavelength in nm.
    pub wavelength_nm: f64,
    /// Allowed distance of a job's wavelength from the nominal one, in nm.
    pub band_nm: f64,
    /// The medium.
    pub medium: Medium,
    /// Refractive index of the medium.
    pub index: f64,
    /// Least and greatest numerical aperture.
    pub na: (f64, f64),
    /// Refractive index of a usual resist.
    pub resist_index: f64,
    /// Absorption of a usual resist per um.
    pub absorption_per_um: f64,
}

/// All exposures that a job can name.
///
/// Water: index 1.44 at 193 nm (Burnett and Kaplan, 1.4366 at 21.5 C). Its largest aperture 1.35 and the largest dry
/// one, 0.95, are those of production lenses; EUV has 0.33 and 0.55. A limit of 0.55 for every
/// wavelength would refuse every ArF tool.
pub const EXPOSURES: [Exposure; 6] = [
    Exposure {
        name: "EUV",
        wavelength_nm: 13.5,
        band_nm: 0.5,
        medium: Medium::Vacuum,
        index: 1.0,
        na: (0.1, 0.55),
        resist_index: 1.0,
        absorption_per_um: 5.0,
    },
    Exposure {
        name: "ArF dry",
        wavelength_nm: 193.0,
        band_nm: 1.0,
        medium: Medium::Air,
        index: 1.0,
        na: (0.1, 0.95),
        resist_index: 1.7,
        absorption_per_um: 1.2,
    },
    Exposure {
        name: "ArF immersion",
        wavelength_nm: 193.0,
        band_nm: 1.0,
        medium: Medium::Water,
        index: 1.44,
        na: (0.1, 1.35),
        resist_index: 1.7,
        absorption_per_um: 1.2,
    },
    Exposure {
        name: "KrF",
        wavelength_nm: 248.0,
        band_nm: 1.0,
        medium: Medium::Air,
        index: 1.0,
        na: (0.1, 0.95),
        resist_index: 1.7,
        absorption_per_um: 0.5,
    },
    Exposure {
        name: "i-line",
        wavelength_nm: 365.0,
        band_nm: 1.0,
        medium: Medium::Air,
        index: 1.0,
        na: (0.1, 0.75),
        resist_index: 1.7,
        absorption_per_um: 0.5,
    },
    Exposure {
        name: "g-line",
        wavelength_nm: 436.0,
        band_nm: 1.0,
        medium: Medium::Air,
        index: 1.0,
        na: (0.1, 0.65),
        resist_index: 1.7,
        absorption_per_um: 0.5,
    },
];

/// Exposures whose band contains the wavelength, dry ones first.
pub fn at_wavelength(wavelength_nm: f64) -> impl Iterator<Item = &'static Exposure> {
    EXPOSURES.iter().filter(move |e| (e.wavelength_nm - wavelength_nm).abs() <= e.band_nm)
}

/// The known wavelength that is nearest on a logarithmic scale.
#[must_use]
pub fn nearest_wavelength_nm(wavelength_nm: f64) -> f64 {
    let distance = |e: &Exposure| (e.wavelength_nm / wavelength_nm.max(1e-3)).ln().abs();
    EXPOSURES
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .map_or(193.0, |e| e.wavelength_nm)
}
