//! Implanted profiles from tabulated range moments.

use crate::closed_form::gauss_legendre;
use crate::constants::UM_PER_CM;
pub use crate::implant_error::ImplantError;
use crate::pearson::{NoPearson, Pearson};
pub use crate::ranges::{Moments, Origin, Ranges, Target};
use crate::ranges::{energy_of_range, moments, oxide_ratio};
use crate::species::Species;

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

/// An implant with everything that its profile depends on.
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
    /// Moments in oxide that replace the table's.
    pub oxide_moments: Option<Moments>,
    /// Ions that channel: a second profile with a share of the dose.
    pub tail: Option<Tail>,
    /// Tables of the moments.
    pub ranges: Ranges,
    /// Interstitials left behind per implanted ion, after recombination with the vacancies.
    pub damage: f64,
}

/// The part of the dose that channels, as a Pearson distribution of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// Share of the dose, 0 to 1.
    pub share: f64,
    /// Moments in silicon.
    pub moments: Moments,
}

/// Nodes of one layer and the length that each node represents, both in um.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'a> {
    /// Depths below the top of the layer.
    pub depth_um: &'a [f64],
    /// Length that each node represents.
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

    /// Distributes a dose over the nodes of a layer, whose profile begins `hidden_um` below the
    /// profile's own surface.
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
            // The whole layer lies in front of the profile, so the dose goes beyond the last node.
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

    /// Moments of the main profile before tilting, and where they come from.
    ///
    /// # Errors
    /// As [`moments`].
    pub fn moments_in(&self, target: Target) -> Result<(Moments, Origin), ImplantError> {
        match (target, self.moments, self.oxide_moments) {
            (Target::Silicon, Some(own), _) | (Target::Oxide, _, Some(own)) => {
                Ok((own, Origin::Table))
            }
            (Target::Oxide, Some(own), None) => {
                let energy = energy_of_range(self.species, own.rp_um);
                Ok((own.scaled(oxide_ratio(self.species, energy)), Origin::Scaled))
            }
            _ => moments(self.species, self.dopant_kev(), target, self.ranges),
        }
    }

    /// Shares of the dose and their distributions in a material: the main profile, then the tail.
    fn parts(&self, target: Target) -> Result<Vec<(f64, Distribution)>, ImplantError> {
        let (main, _) = self.moments_in(target)?;
        // The lateral straggle is not tabulated. It is taken equal to the straggle along the beam,
        // so that tilting shortens the range and does not change the straggle.
        let cos = self.tilt_deg.to_radians().cos();
        let tilted = |m: Moments| Moments { rp_um: m.rp_um * cos, ..m };
        let first = Distribution::new(tilted(main), self.shape)?;
        let Some(tail) = self.tail else { return Ok(vec![(1.0, first)]) };
        let moments = match target {
            Target::Silicon => tail.moments,
            Target::Oxide => {
                let (silicon, _) = self.moments_in(Target::Silicon)?;
                tail.moments.scaled(main.rp_um / silicon.rp_um)
            }
        };
        let second = Distribution::new(tilted(moments), self.shape)?;
        Ok(vec![(1.0 - tail.share, first), (tail.share, second)])
    }

    /// Range moments in silicon, before tilting.
    ///
    /// # Errors
    /// As [`moments`].
    pub fn silicon_moments(&self) -> Result<Moments, ImplantError> {
        Ok(self.moments_in(Target::Silicon)?.0)
    }

    /// Amounts at the nodes of a wafer, cm-2, in oxide and silicon: each node's volume (um) times
    /// the density there, scaled so that the sum equals the dose. The nodes are depths below the
    /// top of their layer, um; there may be no oxide nodes.
    ///
    /// Under an oxide the silicon's profile is shifted so that the dose in front of it equals the
    /// dose that the oxide stopped (dose matching). `back` says that the last node is the wafer's
    /// back; ions that would come to rest below it then leave the wafer.
    ///
    /// # Errors
    /// As [`moments`], or moments that fit no Pearson distribution.
    pub fn amounts(
        &self,
        oxide: Layer<'_>,
        silicon: Layer<'_>,
        back: bool,
    ) -> Result<Amounts, ImplantError> {
        let in_silicon = self.parts(Target::Silicon)?;
        let in_oxide = match oxide.depth_um.last() {
            Some(thickness_um) => Some((*thickness_um, self.parts(Target::Oxide)?)),
            None => None,
        };
        let mut total: Option<Amounts> = None;
        for (index, (share, profile)) in in_silicon.iter().enumerate() {
            let dose = share * self.dose_cm2;
            let (mut stopped, mut hidden_um) = (0.0, 0.0);
            let mut oxide_amounts = Vec::new();
            if let Some((thickness_um, parts)) = &in_oxide {
                let (_, above) = &parts[index];
                stopped = above.share(0.0, *thickness_um).min(1.0);
                hidden_um = depth_of_share(profile, stopped);
                oxide_amounts = above.lay(oxide, 0.0, stopped * dose);
            }
            let mut reaching = (1.0 - stopped) * dose;
            if back && let Some(end) = silicon.depth_um.last() {
                let passing = profile.share(hidden_um + end, profile.deepest_um()) * dose;
                if passing > 1e-9 * dose {
                    reaching = (reaching - passing).max(0.0);
                }
            }
            let silicon_amounts = profile.lay(silicon, hidden_um, reaching);
            total = Some(match total {
                None => (oxide_amounts, silicon_amounts),
                Some((o, s)) => (sum(o, &oxide_amounts), sum(s, &silicon_amounts)),
            });
        }
        Ok(total.unwrap_or_default())
    }

    /// As-implanted concentration at a depth in bare silicon, cm-3.
    ///
    /// # Errors
    /// As [`Implant::amounts`].
    pub fn conc_cm3(&self, depth_um: f64) -> Result<f64, ImplantError> {
        let parts = self.parts(Target::Silicon)?;
        let density = |(share, part): &(f64, Distribution)| {
            share * part.shape.relative_density(depth_um) / part.area_um
        };
        Ok(self.dose_cm2 * parts.iter().map(density).sum::<f64>() * UM_PER_CM)
    }

    /// Concentration at the peak of the main profile in bare silicon, cm-3.
    ///
    /// # Errors
    /// As [`Implant::amounts`].
    pub fn peak_cm3(&self) -> Result<f64, ImplantError> {
        let parts = self.parts(Target::Silicon)?;
        self.conc_cm3(parts[0].1.shape.mode().max(0.0))
    }

    /// Depth below which at most a part in 1e18 of the dose lies in bare silicon, um.
    ///
    /// # Errors
    /// As [`Implant::amounts`].
    pub fn reach_um(&self) -> Result<f64, ImplantError> {
        let parts = self.parts(Target::Silicon)?;
        Ok(parts.iter().map(|(_, part)| part.deepest_um()).fold(0.0, f64::max))
    }
}

fn sum(mut into: Vec<f64>, other: &[f64]) -> Vec<f64> {
    for (a, b) in into.iter_mut().zip(other) {
        *a += b;
    }
    into
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
            oxide_moments: None,
            tail: None,
            ranges: Ranges::Gibbons,
            damage: 1.0,
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
                    false,
                )
                .unwrap();
            let total = in_oxide.iter().chain(&in_silicon).sum::<f64>();
            assert!((total / 3e14 - 1.0).abs() < 1e-12);
            assert_eq!(in_oxide.is_empty(), oxide.is_empty());
        }
    }

    #[test]
    fn energies_outside_the_table_are_refused() {
        let at = |kev| moments(Species::Arsenic, kev, Target::Silicon, Ranges::Gibbons);
        assert_eq!(
            at(0.1).unwrap_err().to_string(),
            "energy 0.1 keV is outside the arsenic range table in silicon (0.2 to 1000 keV)"
        );
        assert!(moments(Species::Gallium, 50.0, Target::Silicon, Ranges::Gibbons).is_err());
    }

    /// Under a film as thick as half the range, the dose that a Gaussian has beyond the film is
    /// lost.
    #[test]
    fn what_passes_a_thin_film_is_gone() {
        let mut thin = implant(Species::Boron, 1e14, 50.0);
        thin.shape = Shape::Gaussian;
        thin.moments = Some(Moments { rp_um: 0.2, drp_um: 0.05, skewness: 0.0, kurtosis: 3.0 });
        let depth: Vec<f64> = (0..=200).map(|i| f64::from(i) * 0.001).collect();
        let volume = vec![0.001; depth.len()];
        let none = Layer { depth_um: &[], volume_um: &[] };
        let film = Layer { depth_um: &depth, volume_um: &volume };
        let (_, amounts) = thin.amounts(none, film, true).unwrap();
        assert!((amounts.iter().sum::<f64>() / 5e13 - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_tail_adds_its_share_of_the_dose() {
        let mut dual = implant(Species::Boron, 1e14, 20.0);
        let deep = Moments { rp_um: 0.2, drp_um: 0.08, skewness: 0.0, kurtosis: 3.0 };
        dual.tail = Some(Tail { share: 0.1, moments: deep });
        let main = implant(Species::Boron, 0.9e14, 20.0).conc_cm3(0.07).unwrap();
        let tail = 0.1e14 / (0.08 * f64::sqrt(2.0 * std::f64::consts::PI)) * UM_PER_CM;
        let at = |x: f64| tail * (-0.5 * ((x - 0.2) / 0.08_f64).powi(2)).exp();
        let sum = main + at(0.07);
        assert!((dual.conc_cm3(0.07).unwrap() / sum - 1.0).abs() < 0.01);
        assert!((dual.conc_cm3(0.4).unwrap() / at(0.4) - 1.0).abs() < 0.01);
    }
}
