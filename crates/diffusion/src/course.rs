//! The temperature of a furnace step over time: linear pieces, and how measured samples are reduced
//! to them.

use crate::constants::{K_EV_PER_K, kelvin};
use crate::thermal::Thermal;

/// The temperature of a step: one or more linear pieces, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The pieces.
    pub pieces: Vec<Thermal>,
    /// Where they come from, if from a measurement.
    pub measured: Option<Measured>,
}

/// How a measured temperature profile was reduced to pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Name of the file or list, and what its reader detected.
    pub notes: Vec<String>,
    /// Number of samples.
    pub samples: usize,
    /// Largest distance of a sample from the pieces, degrees.
    pub error_c: f64,
    /// Relative difference of `integral exp(-3.46 eV/kT) dt` over the pieces from that over the samples.
    pub budget_error: f64,
    /// Added to every sample, degrees.
    pub offset_c: f64,
}

impl From<Thermal> for Course {
    fn from(piece: Thermal) -> Course {
        Course { pieces: vec![piece], measured: None }
    }
}

/// Activation energy of boron's diffusion, which converts an error of the temperature to one of the
/// thermal budget, eV.
const ENERGY_EV: f64 = 3.46;

impl Course {
    /// Approximates samples of (time s, temperature C) by as few pieces as keep every sample within
    /// `tolerance_c`. A piece is divided at the sample that is farthest from it (Ramer 1972;
    /// Douglas and Peucker 1973).
    ///
    /// Needs two or more samples with rising times.
    pub fn through(samples: &[(f64, f64)], tolerance_c: f64, offset_c: f64) -> Course {
        let mut kept = vec![0];
        let mut open = vec![(0, samples.len() - 1)];
        let mut error_c: f64 = 0.0;
        while let Some((first, last)) = open.pop() {
            let (at, off) = farthest(samples, first, last);
            if off > tolerance_c {
                // The earlier half is pushed last and popped first, so that the pieces come out in
                // order.
                open.extend([(at, last), (first, at)]);
            } else {
                error_c = error_c.max(off);
                kept.push(last);
            }
        }
        let pieces: Vec<Thermal> = kept
            .windows(2)
            .map(|pair| {
                let ((t0, from), (t1, to)) = (samples[pair[0]], samples[pair[1]]);
                Thermal { from_c: from + offset_c, to_c: to + offset_c, time_s: t1 - t0 }
            })
            .collect();
        let chords = samples.windows(2).map(|pair| Thermal {
            from_c: pair[0].1 + offset_c,
            to_c: pair[1].1 + offset_c,
            time_s: pair[1].0 - pair[0].0,
        });
        let wanted: f64 = chords.map(budget).sum();
        let budget_error = pieces.iter().copied().map(budget).sum::<f64>() / wanted - 1.0;
        let measured =
            Measured { notes: Vec::new(), samples: samples.len(), error_c, budget_error, offset_c };
        Course { pieces, measured: Some(measured) }
    }
}

/// Finds the sample between two others that is farthest from the line through them, with its
/// distance in degrees.
fn farthest(samples: &[(f64, f64)], first: usize, last: usize) -> (usize, f64) {
    let ((t0, from), (t1, to)) = (samples[first], samples[last]);
    let mut most = (first, 0.0);
    for (i, (t, temp_c)) in samples.iter().enumerate().take(last).skip(first + 1) {
        let off = (temp_c - from - (to - from) * (t - t0) / (t1 - t0)).abs();
        if off > most.1 {
            most = (i, off);
        }
    }
    most
}

/// `integral exp(-E/kT) dt` of a piece, s.
fn budget(piece: Thermal) -> f64 {
    let panels = 1 + ((piece.to_c - piece.from_c).abs() / 10.0) as usize;
    let rate = |share: f64| {
        let temp_c = piece.from_c + share * (piece.to_c - piece.from_c);
        (-ENERGY_EV / (K_EV_PER_K * kelvin(temp_c))).exp()
    };
    piece.time_s * crate::closed_form::gauss_legendre(0.0, 1.0, panels, rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spike of a lamp furnace: up at 150 K/s, 1 s around the top, down at 70 K/s, sampled at 10 Hz.
    fn spike(t: f64) -> f64 {
        if t < 4.0 {
            450.0 + 150.0 * t
        } else if t < 5.0 {
            1050.0
        } else {
            1050.0 - 70.0 * (t - 5.0)
        }
    }

    #[test]
    fn straight_pieces_are_found_again() {
        let samples: Vec<(f64, f64)> =
            (0..=120).map(|i| 0.1 * f64::from(i)).map(|t| (t, spike(t))).collect();
        let course = Course::through(&samples, 0.5, 0.0);
        let ends: Vec<f64> = course.pieces.iter().map(|p| p.to_c).collect();
        assert_eq!(course.pieces.len(), 3);
        for (found, expected) in ends.iter().zip([1050.0, 1050.0, 560.0]) {
            assert!((found - expected).abs() < 1e-9, "{found}");
        }
        let measured = course.measured.unwrap();
        assert_eq!(measured.samples, 121);
        assert!(measured.error_c < 1e-9 && measured.budget_error.abs() < 1e-9, "{measured:?}");
    }

    /// Every sample is within the tolerance, the pieces last as long as the samples, and the
    /// reported error is the true one.
    #[test]
    fn noise_below_the_tolerance_is_bridged_and_its_size_told() {
        let samples: Vec<(f64, f64)> =
            (0..600).map(f64::from).map(|t| (t, 1000.0 + 0.4 * (1.7 * t).sin())).collect();
        for tolerance in [0.1, 0.5, 1.0] {
            let course = Course::through(&samples, tolerance, 2.0);
            let measured = course.measured.as_ref().unwrap();
            assert!(measured.error_c <= tolerance);
            assert!((course.pieces.iter().map(|p| p.time_s).sum::<f64>() - 599.0).abs() < 1e-9);
            let mut t = 0.0;
            let mut worst: f64 = 0.0;
            for piece in &course.pieces {
                for (s, temp) in samples.iter().filter(|(s, _)| (t..=t + piece.time_s).contains(s))
                {
                    worst = worst.max((piece.at(s - t) - temp - 2.0).abs());
                }
                t += piece.time_s;
            }
            assert!((worst - measured.error_c).abs() < 1e-9, "{worst} {measured:?}");
            assert!(measured.budget_error.abs() < 0.02, "{measured:?}");
        }
        assert!(Course::through(&samples, 1.0, 0.0).pieces.len() < 4);
    }
}
