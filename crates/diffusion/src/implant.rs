//! Implanted profiles from tabulated range moments.

use crate::closed_form::gauss_legendre;
use crate::constants::UM_PER_CM;
use crate::parameters::Parameters;
use crate::pearson::{NoPearson, Pearson};
use crate::species::Species;

/// What stops the ions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Silicon.
    Silicon,
    /// Silicon dioxide.
    Oxide,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Target::Silicon => "silicon",
            Target::Oxide => "oxide",
        }
    }
}

/// Shape of the as-implanted profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Two moments.
    Gaussian,
    /// Four moments.
    Pearson,
}

/// The ion that the implanter accelerates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ion {
    /// The dopant itself.
    Atom,
    /// BF2+: boron carries 11/49 of the energy.
    Bf2,
}

/// Range moments, lengths in um.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Projected range.
    pub rp_um: f64,
    /// Projected straggle.
    pub drp_um: f64,
    /// Skewness gamma.
    pub skewness: f64,
    /// Kurtosis beta, 3 for a Gaussian.
    pub kurtosis: f64,
}

/// Why an implant cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImplantError {
    /// No table for the species.
    #[error("no range table for {species} in {target}")]
    NoTable {
        /// The species asked for.
        species: Species,
        /// The target material.
        target: &'static str,
    },
    /// The energy lies outside the rows of the table.
    #[error(
        "energy {energy_kev} keV is outside the {species} range table in {target} ({min_kev} to {max_kev} keV)"
    )]
    Energy {
        /// Energy of the dopant, keV.
        energy_kev: f64,
        /// The species asked for.
        species: Species,
        /// The target material.
        target: &'static str,
        /// Lowest energy of the table, keV.
        min_kev: f64,
        /// Highest energy of the table, keV.
        max_kev: f64,
    },
    /// The moments fit no Pearson distribution.
    #[error(transparent)]
    Shape(#[from] NoPearson),
}

/// Range moments of a species at an energy, linear in the energy between the rows of the table.
///
/// # Errors
/// When there is no table or the energy lies outside it.
pub fn moments(species: Species, energy_kev: f64, target: Target) -> Result<Moments, ImplantError> {
    let rows = Parameters::builtin()
        .moment_rows(target.name(), species.name())
        .ok_or(ImplantError::NoTable { species, target: target.name() })?;
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    if !(first[0]..=last[0]).contains(&energy_kev) {
        return Err(ImplantError::Energy {
            energy_kev,
            species,
            target: target.name(),
            min_kev: first[0],
            max_kev: last[0],
        });
    }
    let upper = rows.iter().position(|row| row[0] >= energy_kev).unwrap_or(rows.len() - 1).max(1);
    let (below, above) = (rows[upper - 1], rows[upper]);
    let share = (energy_kev - below[0]) / (above[0] - below[0]);
    let at = |k: usize| below[k] + share * (above[k] - below[k]);
    Ok(Moments { rp_um: at(1), drp_um: at(2), skewness: at(3), kurtosis: at(4) })
}

/// An implant, ready to be laid into a wafer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Implant {
    /// The dopant.
    pub species: Species,
    /// Dose that reaches the wafer, cm-2. All of it stays: nothing is backscattered.
    pub dose_cm2: f64,
    /// Energy of the ion, keV.
    pub energy_kev: f64,
    /// Angle between the beam and the wafer's normal, degrees.
    pub tilt_deg: f64,
    /// Shape of the profile.
    pub shape: Shape,
    /// The ion.
    pub ion: Ion,
    /// Moments in silicon that replace the table's.
    pub moments: Option<Moments>,
}

/// Nodes of one layer and the length that each stands for, both um.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'a> {
    /// Depths below the top of the layer.
    pub depth_um: &'a [f64],
    /// Lengths.
    pub volume_um: &'a [f64],
}

/// Amounts in the oxide and in the silicon, cm-2 at each node.
pub type Amounts = (Vec<f64>, Vec<f64>);

/// A depth profile in one material.
#[derive(Clone, Copy, Debug)]
struct Distribution {
    shape: Pearson,
    drp_um: f64,
    /// Integral of the relative density over all depths, um.
    area_um: f64,
}

impl Distribution {
    fn new(moments: Moments, shape: Shape) -> Result<Self, NoPearson> {
        let (skewness, kurtosis) = match shape {
            Shape::Gaussian => (0.0, 3.0),
            Shape::Pearson => (moments.skewness, moments.kurtosis),
        };
        let pearson = Pearson::new(moments.rp_um, moments.drp_um, skewness, kurtosis)?;
        let mut distribution =
            Distribution { shape: pearson, drp_um: moments.drp_um, area_um: 1.0 };
        distribution.area_um = distribution.share(0.0, distribution.deepest_um());
        Ok(distribution)
    }

    /// Depth beyond which the density is below 1e-18 of the peak.
    fn deepest_um(&self) -> f64 {
        let mut depth = self.shape.mode().max(0.0) + self.drp_um;
        while self.shape.relative_density(depth) > 1e-18 && depth < 1e3 {
            depth += self.drp_um;
        }
        depth.min(self.shape.support().1)
    }

    /// Share of the dose between two depths.
    fn share(&self, from_um: f64, to_um: f64) -> f64 {
        let (low, high) = (from_um.max(0.0), to_um.min(self.shape.support().1));
        if high <= low {
            return 0.0;
        }
        let panels = 1 + ((high - low) / (0.25 * self.drp_um)) as usize;
        gauss_legendre(low, high, panels.min(20_000), |x| self.shape.relative_density(x))
            / self.area_um
    }

    /// Spreads a dose over nodes whose profile starts `hidden_um` below its own surface.
    fn lay(&self, layer: Layer<'_>, hidden_um: f64, dose_cm2: f64) -> Vec<f64> {
        let mut amounts: Vec<f64> = layer
            .depth_um
            .iter()
            .zip(layer.volume_um)
            .map(|(x, volume)| volume * self.shape.relative_density(x + hidden_um))
            .collect();
        let total = amounts.iter().sum::<f64>();
        if total > 0.0 {
            amounts.iter_mut().for_each(|amount| *amount *= dose_cm2 / total);
        } else if let Some(last) = amounts.last_mut() {
            // All of the layer lies in front of the profile: what passes it is beyond the last node.
            *last = dose_cm2;
        }
        amounts
    }
}

impl Implant {
    /// Energy of the dopant, keV.
    pub fn dopant_kev(&self) -> f64 {
        match self.ion {
            Ion::Atom => self.energy_kev,
            Ion::Bf2 => self.energy_kev * 11.0 / 49.0,
        }
    }

    fn distribution(&self, target: Target) -> Result<Distribution, ImplantError> {
        let table = match (self.moments, target) {
            (Some(given), Target::Silicon) => given,
            _ => moments(self.species, self.dopant_kev(), target)?,
        };
        // The straggle across the beam is not tabulated; taken equal to that along it, so that
        // tilting shortens the range and leaves the straggle.
        let tilted = Moments { rp_um: table.rp_um * self.tilt_deg.to_radians().cos(), ..table };
        Ok(Distribution::new(tilted, self.shape)?)
    }

    /// Range moments in silicon, before tilting.
    ///
    /// # Errors
    /// As [`moments`].
    pub fn silicon_moments(&self) -> Result<Moments, ImplantError> {
        self.moments.map_or_else(|| moments(self.species, self.dopant_kev(), Target::Silicon), Ok)
    }

    /// Amounts at the nodes of a wafer, cm-2, oxide and silicon: each node's volume (um) times the
    /// density at it, scaled so that all of it adds up to the dose. Nodes are depths below the top of
    /// their layer, um; the oxide may have none.
    ///
    /// Under an oxide the silicon's profile is shifted so that the dose in front of it equals the dose
    /// that the oxide stopped (dose matching).
    ///
    /// # Errors
    /// As [`moments`], or moments that fit no Pearson distribution.
    pub fn amounts(&self, oxide: Layer<'_>, silicon: Layer<'_>) -> Result<Amounts, ImplantError> {
        let in_silicon = self.distribution(Target::Silicon)?;
        let mut stopped = 0.0;
        let mut hidden_um = 0.0;
        let mut oxide_amounts = Vec::new();
        if let Some(&thickness_um) = oxide.depth_um.last() {
            let in_oxide = self.distribution(Target::Oxide)?;
            stopped = in_oxide.share(0.0, thickness_um).min(1.0);
            hidden_um = depth_of_share(&in_silicon, stopped);
            oxide_amounts = in_oxide.lay(oxide, 0.0, stopped * self.dose_cm2);
        }
        let silicon_amounts = in_silicon.lay(silicon, hidden_um, (1.0 - stopped) * self.dose_cm2);
        Ok((oxide_amounts, silicon_amounts))
    }

    /// As-implanted concentration at a depth in bare silicon, cm-3.
    ///
    /// # Errors
    /// As [`Implant::amounts`].
    pub fn conc_cm3(&self, depth_um: f64) -> Result<f64, ImplantError> {
        let distribution = self.distribution(Target::Silicon)?;
        Ok(self.dose_cm2 * distribution.shape.relative_density(depth_um) / distribution.area_um
            * UM_PER_CM)
    }

    /// Depth that holds all but a part in 1e18 of the dose in bare silicon, um.
    ///
    /// # Errors
    /// As [`Implant::amounts`].
    pub fn reach_um(&self) -> Result<f64, ImplantError> {
        Ok(self.distribution(Target::Silicon)?.deepest_um())
    }
}

/// Depth above which the given share of the dose lies, um.
fn depth_of_share(distribution: &Distribution, share: f64) -> f64 {
    let (mut low, mut high) = (0.0, distribution.deepest_um());
    for _ in 0..60 {
        let mid = 0.5 * (low + high);
        if distribution.share(0.0, mid) < share { low = mid } else { high = mid }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn implant(species: Species, dose_cm2: f64, energy_kev: f64) -> Implant {
        Implant {
            species,
            dose_cm2,
            energy_kev,
            tilt_deg: 0.0,
            shape: Shape::Pearson,
            ion: Ion::Atom,
            moments: None,
        }
    }

    /// SUPREM-IV.GS as-implanted peaks; its 2 nm grid samples them within 0.1 %.
    #[test]
    fn peaks_match_suprem() {
        let cases = [
            (Species::Boron, 1e14, 50.0, 8.225903e18, 0.18253402),
            (Species::Phosphorus, 1e14, 100.0, 7.821764e18, 0.13172031),
            (Species::Arsenic, 5e15, 80.0, 1.071484e21, 0.04905739),
            (Species::Antimony, 1e15, 100.0, 2.540579e20, 0.04905739),
        ];
        for (species, dose, energy, peak, depth) in cases {
            let c = implant(species, dose, energy).conc_cm3(depth).unwrap();
            assert!((c / peak - 1.0).abs() < 5e-3, "{species}: {c:e} is not {peak:e}");
        }
    }

    #[test]
    fn doses_add_up_with_and_without_oxide() {
        let boron = implant(Species::Boron, 3e14, 70.0);
        let silicon: Vec<f64> = (0..=200).map(|i| f64::from(i) * 0.005).collect();
        let oxide: Vec<f64> = (0..=20).map(|i| f64::from(i) * 0.00375).collect();
        for oxide in [&[][..], &oxide[..]] {
            let volumes = [vec![0.00375; oxide.len()], vec![0.005; silicon.len()]];
            let (in_oxide, in_silicon) = boron
                .amounts(
                    Layer { depth_um: oxide, volume_um: &volumes[0] },
                    Layer { depth_um: &silicon, volume_um: &volumes[1] },
                )
                .unwrap();
            let total = in_oxide.iter().chain(&in_silicon).sum::<f64>();
            assert!((total / 3e14 - 1.0).abs() < 1e-12);
            assert_eq!(in_oxide.is_empty(), oxide.is_empty());
        }
    }

    #[test]
    fn energies_outside_the_table_are_refused() {
        let error = moments(Species::Arsenic, 5.0, Target::Silicon).unwrap_err();
        assert_eq!(
            error.to_string(),
            "energy 5 keV is outside the arsenic range table in silicon (10 to 1000 keV)"
        );
        assert!(moments(Species::Gallium, 50.0, Target::Silicon).is_err());
    }
}
