//! Repeatable draws: a number depends on a seed, on names and on its sample's index alone.
//!
//! The generator is ChaCha8. Its key holds the seed and a hash of the names (point, cell, instance, parameter …), its
//! counter is the sample: any sample can be drawn alone, in any order and by any thread, and one more parameter or
//! sample leaves all others as they were.

use crate::normal;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The stream of random numbers of a named quantity: one draw for each sample.
#[derive(Debug, Clone)]
pub struct Draws {
    generator: ChaCha8Rng,
    /// The sample that the generator gives next.
    next: u64,
}

impl Draws {
    /// The stream of the quantity that `names` lead to. The order of the names counts, and so do
    /// the boundaries between them: (`a`, `bc`) is another quantity than (`ab`, `c`).
    pub fn new(seed: u64, names: &[&str]) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..24].copy_from_slice(&hash(names).to_le_bytes());
        key[24..].copy_from_slice(b"libchar1");
        Self { generator: ChaCha8Rng::from_seed(key), next: 0 }
    }

    /// 64 random bits of a sample.
    pub fn bits(&mut self, sample: u64) -> u64 {
        if sample != self.next {
            // A sample takes two words of 32 bits.
            self.generator.set_word_pos(u128::from(sample) * 2);
        }
        self.next = sample.wrapping_add(1);
        self.generator.next_u64()
    }

    /// Uniform on the open interval (0, 1).
    pub fn uniform(&mut self, sample: u64) -> f64 {
        unit(self.bits(sample))
    }

    /// Standard normal, by inversion.
    pub fn normal(&mut self, sample: u64) -> f64 {
        normal::quantile(self.uniform(sample))
    }
}

/// `samples` numbers on (0, 1), one in each of as many equal parts, in random order: one column of a Latin hypercube.
/// Columns of other names are independent of it, so each parameter of a design has its own.
///
/// Source: McKay, Beckman and Conover (1979), Technometrics 21, 239–245.
pub fn latin_hypercube(seed: u64, names: &[&str], samples: usize) -> Vec<f64> {
    let mut within = Draws::new(seed, &[names, &["within the part"]].concat());
    shuffled(seed, names, samples)
        .into_iter()
        .zip(0..)
        .map(|(part, sample)| {
            let u = (part as f64 + within.uniform(sample)) / samples as f64;
            u.min(1.0 - f64::EPSILON / 2.0)
        })
        .collect()
}

/// 0 … `count` − 1 in random order (Fisher and Yates), each order as likely as the others.
pub fn shuffled(seed: u64, names: &[&str], count: usize) -> Vec<usize> {
    let mut draws = Draws::new(seed, &[names, &["order"]].concat());
    let mut order: Vec<usize> = (0..count).collect();
    let mut sample = 0;
    for i in (1..count).rev() {
        let j = below(&mut draws, &mut sample, i as u64 + 1);
        order.swap(i, j as usize);
    }
    order
}

/// Whole number below `bound`, without bias (Lemire 2019, ACM TOMACS 29, 3).
fn below(draws: &mut Draws, sample: &mut u64, bound: u64) -> u64 {
    let threshold = bound.wrapping_neg() % bound;
    loop {
        let product = u128::from(draws.bits(*sample)) * u128::from(bound);
        *sample += 1;
        if product as u64 >= threshold {
            return (product >> 64) as u64;
        }
    }
}

/// The middle of one of 2⁵³ equal parts of (0, 1), so that neither end is ever drawn.
///
/// In the last part the middle would round to 1; the greatest number below 1 stands for it.
pub fn unit(bits: u64) -> f64 {
    (((bits >> 11) as f64 + 0.5) / (1_u64 << 53) as f64).min(1.0 - f64::EPSILON / 2.0)
}

/// FNV-1a of 128 bits over names, each preceded by its length.
///
/// Source: Fowler, Noll and Vo, RFC 9923.
fn hash(names: &[&str]) -> u128 {
    names.iter().fold(FNV_BASIS, |state, name| {
        fnv(fnv(state, &(name.len() as u64).to_le_bytes()), name.as_bytes())
    })
}

const FNV_BASIS: u128 = 0x6c62272e07bb014262b821756295c58d;

fn fnv(state: u128, bytes: &[u8]) -> u128 {
    const PRIME: u128 = (1 << 88) + 0x13b;
    bytes.iter().fold(state, |state, byte| (state ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moments;

    /// FNV-1a 128 of "a" and "foobar", from the authors' test vectors.
    #[test]
    fn the_hash_is_fnv() {
        assert_eq!(fnv(FNV_BASIS, b"a"), 0xd228cb696f1a8caf78912b704e4a8964);
        assert_eq!(fnv(FNV_BASIS, b"foobar"), 0x343e1662793c64bf6f0d3597ba446f18);
    }

    #[test]
    fn a_sample_is_the_same_in_any_order() {
        let mut forward = Draws::new(7, &["tt", "nand2", "mn1", "vth0"]);
        let rising: Vec<f64> = (0..40).map(|sample| forward.normal(sample)).collect();
        let mut backward = Draws::new(7, &["tt", "nand2", "mn1", "vth0"]);
        for sample in (0..40).rev() {
            assert_eq!(backward.normal(sample), rising[sample as usize]);
        }
        assert!(Draws::new(7, &["x"]).uniform(u64::MAX) < 1.0);
    }

    #[test]
    fn seed_names_and_their_borders_count() {
        let first = |seed, names: &[&str]| Draws::new(seed, names).bits(0);
        let all = [
            first(1, &["a", "bc"]),
            first(1, &["ab", "c"]),
            first(1, &["abc"]),
            first(1, &["bc", "a"]),
            first(2, &["a", "bc"]),
            first(1, &[]),
            first(1, &[""]),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(!all[..i].contains(a), "{i}");
        }
    }

    /// Mean 0 ± 5/√n and variance 1 ± 5√(2/n); two names do not correlate beyond 5/√n.
    #[test]
    fn draws_are_standard_normal_and_independent() {
        let n = 20_000;
        let series = |name| {
            let mut draws = Draws::new(3, &[name]);
            (0..n).map(|sample| draws.normal(sample)).collect::<Vec<f64>>()
        };
        let (a, b) = (series("a"), series("b"));
        let root = (n as f64).sqrt();
        assert!(moments::mean(&a).abs() < 5.0 / root);
        assert!((moments::variance(&a).unwrap() - 1.0).abs() < 5.0 * 2f64.sqrt() / root);
        assert!(moments::correlation(&a, &b).unwrap().abs() < 5.0 / root);
        assert!(moments::correlation(&a[1..], &a[..a.len() - 1]).unwrap().abs() < 5.0 / root);
    }

    #[test]
    fn neither_end_is_drawn() {
        assert!(unit(0) > 0.0 && unit(u64::MAX) < 1.0);
    }

    #[test]
    fn a_column_of_a_hypercube_has_one_number_a_part() {
        for n in [1, 2, 7, 1000] {
            let mut column = latin_hypercube(5, &["rs"], n);
            assert!(n < 1000 || !column.is_sorted());
            column.sort_by(f64::total_cmp);
            for (part, u) in column.iter().enumerate() {
                assert_eq!((u * n as f64).floor() as usize, part);
            }
        }
        assert!(latin_hypercube(5, &[], 0).is_empty());
    }

    /// Six orders of three, 1000 expected of each, standard deviation 29.
    #[test]
    fn every_order_is_as_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..6000 {
            *counts.entry(shuffled(seed, &["x"], 3)).or_insert(0_u32) += 1;
        }
        assert!(counts.len() == 6 && counts.values().all(|n| n.abs_diff(1000) < 145), "{counts:?}");
    }
}
