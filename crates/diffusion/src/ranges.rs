//! Range moments of ions: tables, and values between and beyond their rows.

use crate::implant_error::ImplantError;
use crate::parameters::Parameters;
use crate::species::Species;

/// The material that stops the ions.
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

/// Tables of range moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranges {
    /// Gibbons, Johnson and Mylroie from 10 keV on; below it the Monte Carlo rows for amorphous
    /// silicon, joined to the table.
    #[default]
    Gibbons,
    /// The Monte Carlo rows for amorphous silicon at every energy.
    MonteCarlo,
}

impl Ranges {
    /// Name in recipes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Ranges::Gibbons => "gibbons",
            Ranges::MonteCarlo => "monte_carlo",
        }
    }
}

/// Source of range moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Interpolated between rows of the table.
    Table,
    /// Interpolated between Monte Carlo rows, or between them and the table.
    MonteCarlo,
    /// Moments in silicon, scaled by the ratio of the ranges in both materials at the nearest
    /// energy that the oxide's table has.
    Scaled,
}

/// Lowest energy of any row, keV.
const LEAST_KEV: f64 = 0.2;
/// Highest energy of any row, keV.
const MOST_KEV: f64 = 1000.0;

/// Range moments of a species at an energy in keV, and where they come from. They are linear in the
/// energy between the rows of Gibbons' table, and parabolic in the logarithms between Monte Carlo
/// rows and below the table. In oxide beyond the table they are silicon's moments, scaled by the
/// ratio of the ranges at the table's last row.
///
/// # Errors
/// When there is no table or the energy lies outside it.
pub fn moments(
    species: Species,
    energy_kev: f64,
    target: Target,
    ranges: Ranges,
) -> Result<(Moments, Origin), ImplantError> {
    let parameters = Parameters::builtin();
    let rows = |set| parameters.moment_rows(set, target.name(), species.name());
    let (table, low) = (rows("gibbons"), rows("monte_carlo"));
    let outside = |min_kev: f64, max_kev: f64| ImplantError::Energy {
        energy_kev,
        species,
        target: target.name(),
        min_kev,
        max_kev,
    };
    let Some(table) = table.filter(|_| ranges == Ranges::Gibbons) else {
        let low = low.ok_or(ImplantError::NoTable { species, target: target.name() })?;
        // The rows nearly reach both ends. For heavy ions no table gives a range beyond its last
        // row.
        let top = if species == Species::Indium { low[low.len() - 1][0] } else { MOST_KEV };
        if !(LEAST_KEV..=top).contains(&energy_kev) {
            return Err(outside(LEAST_KEV, top));
        }
        return Ok((parabola(low, energy_kev), Origin::MonteCarlo));
    };
    let (first, last) = (table[0], table[table.len() - 1]);
    if (first[0]..=last[0]).contains(&energy_kev) {
        return Ok((between(table, energy_kev), Origin::Table));
    }
    if energy_kev > last[0] && target == Target::Oxide {
        let (silicon, _) = moments(species, energy_kev, Target::Silicon, ranges)?;
        return Ok((silicon.scaled(oxide_ratio(species, last[0])), Origin::Scaled));
    }
    match low {
        Some(low) if energy_kev < first[0] && energy_kev >= LEAST_KEV => {
            let joined: Vec<[f64; 5]> =
                low.iter().filter(|row| row[0] < first[0]).chain(&table[..2]).copied().collect();
            Ok((parabola(&joined, energy_kev), Origin::MonteCarlo))
        }
        Some(_) => Err(outside(LEAST_KEV, last[0])),
        None => Err(outside(first[0], last[0])),
    }
}

/// Ratio of the projected ranges in oxide and in silicon at an energy; 1 for a species without tables.
pub(crate) fn oxide_ratio(species: Species, energy_kev: f64) -> f64 {
    let rp = |target| {
        let set = Ranges::Gibbons;
        let top = if target == Target::Oxide { energy_kev.min(200.0) } else { energy_kev };
        moments(species, top, target, set).ok().map(|(m, _)| m.rp_um)
    };
    match (rp(Target::Oxide), rp(Target::Silicon)) {
        (Some(oxide), Some(silicon)) => oxide / silicon,
        _ => 1.0,
    }
}

/// Energy, keV, at which the silicon table has a projected range; it is kept inside the oxide's
/// table.
pub(crate) fn energy_of_range(species: Species, rp_um: f64) -> f64 {
    let (mut low, mut high) = (LEAST_KEV, 200.0);
    for _ in 0..60 {
        let mid = f64::sqrt(low * high);
        let here = moments(species, mid, Target::Silicon, Ranges::Gibbons);
        if here.is_ok_and(|(m, _)| m.rp_um < rp_um) { low = mid } else { high = mid }
    }
    f64::sqrt(low * high)
}

impl Moments {
    /// The moments of the same shape with depths multiplied by `by`.
    pub fn scaled(self, by: f64) -> Moments {
        Moments { rp_um: self.rp_um * by, drp_um: self.drp_um * by, ..self }
    }
}

fn between(rows: &[[f64; 5]], energy_kev: f64) -> Moments {
    let upper = rows.iter().position(|row| row[0] >= energy_kev).unwrap_or(rows.len() - 1).max(1);
    let (below, above) = (rows[upper - 1], rows[upper]);
    let share = (energy_kev - below[0]) / (above[0] - below[0]);
    let at = |k: usize| below[k] + share * (above[k] - below[k]);
    Moments { rp_um: at(1), drp_um: at(2), skewness: at(3), kurtosis: at(4) }
}

/// Lagrange's parabola through the three nearest rows, over the logarithm of the energy; lengths
/// are interpolated by their logarithms.
fn parabola(rows: &[[f64; 5]], energy_kev: f64) -> Moments {
    let upper = rows.iter().position(|row| row[0] >= energy_kev).unwrap_or(rows.len() - 1).max(1);
    let x = energy_kev.ln();
    let near = |i: usize| (rows[i][0].ln() - x).abs();
    // The third row is the nearer neighbour of the interval.
    let start = match upper {
        1 => 0,
        u if u + 1 == rows.len() => u - 2,
        u if near(u - 2) < near(u + 1) => u - 2,
        u => u - 1,
    };
    let three = &rows[start..(start + 3).min(rows.len())];
    let at = |k: usize| {
        let value = |row: &[f64; 5]| if k < 3 { row[k].ln() } else { row[k] };
        let sum: f64 = three
            .iter()
            .map(|row| {
                let others = three.iter().filter(|other| other[0] != row[0]);
                let weight: f64 = others
                    .map(|other| (x - other[0].ln()) / (row[0].ln() - other[0].ln()))
                    .product();
                weight * value(row)
            })
            .sum();
        if k < 3 { sum.exp() } else { sum }
    };
    Moments { rp_um: at(1), drp_um: at(2), skewness: at(3), kurtosis: at(4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At the energy of every row of both tables the row itself is returned, and between them the
    /// range rises with the energy.
    #[test]
    fn rows_are_met_and_ranges_rise() {
        for species in [Species::Boron, Species::Phosphorus, Species::Arsenic, Species::Antimony] {
            for target in [Target::Silicon, Target::Oxide] {
                let rows = Parameters::builtin()
                    .moment_rows("monte_carlo", target.name(), species.name())
                    .unwrap();
                for row in rows {
                    let (all, _) = moments(species, row[0], target, Ranges::MonteCarlo).unwrap();
                    assert!((all.rp_um / row[1] - 1.0).abs() < 1e-9, "{species} {row:?}");
                    if row[0] < 10.0 {
                        let (joined, origin) =
                            moments(species, row[0], target, Ranges::Gibbons).unwrap();
                        assert_eq!(origin, Origin::MonteCarlo);
                        assert!((joined.rp_um / row[1] - 1.0).abs() < 1e-9, "{species} {row:?}");
                        assert!((joined.drp_um / row[2] - 1.0).abs() < 1e-9, "{species} {row:?}");
                    }
                }
                for ranges in [Ranges::Gibbons, Ranges::MonteCarlo] {
                    let mut last = 0.0;
                    let mut energy = LEAST_KEV;
                    while energy < MOST_KEV {
                        let (m, _) = moments(species, energy, target, ranges).unwrap();
                        assert!(m.rp_um > last, "{species} {target:?} {energy} {ranges:?}");
                        last = m.rp_um;
                        energy *= 1.07;
                    }
                }
            }
        }
    }

    #[test]
    fn oxide_beyond_its_table_follows_silicon() {
        let (oxide, origin) =
            moments(Species::Boron, 300.0, Target::Oxide, Ranges::Gibbons).unwrap();
        assert_eq!(origin, Origin::Scaled);
        // 0.5694 and 0.5194 um at 200 keV, 0.6998 um in silicon at 300 keV (Gibbons et al.).
        assert!((oxide.rp_um - 0.6998 * 0.5694 / 0.5194).abs() < 1e-12);
    }
}
