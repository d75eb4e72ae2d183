//! Zone rules as a finite Markov chain (Champ and Woodall 1987, Technometrics 29, 393–399), for any
//! set of zone rules.

use super::Change;
use super::survival::mean_run_length;
use crate::normal;
use crate::rules::Pattern;
use std::collections::HashMap;

/// Largest number of states. Rules that need more are simulated.
const MOST_STATES: usize = 60_000;

/// Successor that stands for an alarm.
const ALARM: u32 = u32::MAX;

/// The smallest Markov chain whose states carry everything that a set of zone rules must remember.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Inner boundaries of the zones in sigma, ascending; zone i lies between boundary i − 1 and i.
    boundaries: Vec<f64>,
    /// Successor of each state in each zone, state by state.
    next: Vec<u32>,
}

impl Chain {
    /// The chain of `patterns`. `None` if there are no patterns, one of them is not a zone rule, or
    /// the chain is too large.
    pub fn new(patterns: &[Pattern]) -> Option<Self> {
        if patterns.is_empty() || !patterns.iter().all(Pattern::is_zonal) {
            return None;
        }
        let mut boundaries: Vec<f64> =
            patterns.iter().filter_map(Pattern::z).flat_map(|z| [-z, z]).collect();
        boundaries.sort_by(f64::total_cmp);
        boundaries.dedup();
        let zones = representatives(&boundaries);
        let start = vec![0u64; 2 * patterns.len()];
        let mut known = HashMap::from([(start.clone(), 0u32)]);
        let mut queue = vec![start];
        let mut next = Vec::new();
        let mut at = 0;
        while at < queue.len() {
            for &z in &zones {
                let mut state = queue[at].clone();
                let alarm = patterns
                    .iter()
                    .zip(state.chunks_exact_mut(2))
                    .fold(false, |alarm, (pattern, memory)| advance(pattern, memory, z) | alarm);
                next.push(if alarm {
                    ALARM
                } else {
                    *known.entry(state).or_insert_with_key(|state| {
                        queue.push(state.clone());
                        queue.len() as u32 - 1
                    })
                });
            }
            at += 1;
            if queue.len() > MOST_STATES {
                return None;
            }
        }
        Some(Self { next: lump(&next, zones.len()), boundaries })
    }

    /// Number of states, alarm excluded.
    pub fn states(&self) -> usize {
        self.next.len() / self.zones()
    }

    fn zones(&self) -> usize {
        self.boundaries.len() + 1
    }

    /// Mean run length under `change`, if in addition every point alarms independently with
    /// probability `other` (such as the range chart beside a mean chart).
    pub fn arl(&self, change: Change, other: f64) -> f64 {
        let mut now = vec![0.0; self.states()];
        now[0] = 1.0;
        let mut then = now.clone();
        let mut odds = self.odds(change.mean(1));
        mean_run_length(change.is_constant(), |t| {
            if t > 1 && !change.is_constant() {
                odds = self.odds(change.mean(t));
            }
            then.fill(0.0);
            let (mut alive, mut absorbed) = (0.0, 0.0);
            for (mass, successors) in now.iter().zip(self.next.chunks_exact(odds.len())) {
                if *mass == 0.0 {
                    continue;
                }
                alive += mass;
                for (&to, p) in successors.iter().zip(&odds) {
                    if to == ALARM {
                        absorbed += mass * p;
                    } else {
                        then[to as usize] += mass * p * (1.0 - other);
                        absorbed += mass * p * other;
                    }
                }
            }
            std::mem::swap(&mut now, &mut then);
            (alive, absorbed)
        })
    }

    /// Probability of each zone if the mean stands at `mean`.
    fn odds(&self, mean: f64) -> Vec<f64> {
        let edge = |i: usize| self.boundaries.get(i).map_or(f64::INFINITY, |b| b - mean);
        (0..self.zones())
            .map(|i| {
                let low = if i == 0 { f64::NEG_INFINITY } else { edge(i - 1) };
                normal::interval(low, edge(i))
            })
            .collect()
    }
}

/// One value inside each zone.
fn representatives(boundaries: &[f64]) -> Vec<f64> {
    let (first, last) = (boundaries[0], boundaries[boundaries.len() - 1]);
    std::iter::once(first - 1.0)
        .chain(boundaries.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])))
        .chain([last + 1.0])
        .collect()
}

/// Updates the two words of a pattern's memory by a point at `at`; returns true if the pattern is
/// complete.
fn advance(pattern: &Pattern, memory: &mut [u64], at: f64) -> bool {
    match *pattern {
        Pattern::Beyond { k, m, z } => {
            let upper = count(&mut memory[0], at > z, k, m);
            count(&mut memory[1], at < -z, k, m) | upper
        }
        Pattern::Within { n, z } => count(&mut memory[0], at.abs() < z, n, n),
        Pattern::Outside { n, z, both_sides: false } => count(&mut memory[0], at.abs() > z, n, n),
        Pattern::Outside { n, z, both_sides: true } => {
            // First word: length of the run of points outside. Second word: length of the run on
            // the side of the last point, doubled, plus that side.
            if at.abs() <= z {
                memory.fill(0);
                return false;
            }
            let side = u64::from(at > 0.0);
            let same = if memory[1] & 1 == side { (memory[1] >> 1) + 1 } else { 1 };
            let length = memory[0] + 1;
            let cap = n as u64;
            memory[0] = length.min(cap);
            memory[1] = same.min(cap) << 1 | side;
            length >= cap && same < cap
        }
        Pattern::Opposite { z } => {
            let now = if at > z {
                1
            } else if at < -z {
                2
            } else {
                0
            };
            let before = std::mem::replace(&mut memory[0], now);
            now + before == 3 && now != 0 && before != 0
        }
        Pattern::Trend { .. } | Pattern::Alternate { .. } => false,
    }
}

/// Adds a point to `history` and returns whether `k` of the last `m` points count. The history
/// keeps only the bits that can still help to complete the pattern.
fn count(history: &mut u64, yes: bool, k: usize, m: usize) -> bool {
    let window = u64::MAX >> (64 - m);
    let bits = (*history << 1 | u64::from(yes)) & window;
    if yes && bits.count_ones() as usize >= k {
        return true;
    }
    let mut useful = bits & window >> 1;
    for age in (1..m).rev() {
        let bit = 1u64 << (age - 1);
        let held = (useful & (bit | (bit - 1))).count_ones() as usize;
        if useful & bit != 0 && held + (m - age) < k {
            useful &= !bit;
        }
    }
    *history = useful;
    false
}

/// Merges states that no future can distinguish (Moore's partition refinement). State 0 stays
/// state 0.
fn lump(next: &[u32], zones: usize) -> Vec<u32> {
    let states = next.len() / zones;
    let mut class = vec![0u32; states];
    let mut classes = 1;
    loop {
        let mut signatures: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut refined = Vec::with_capacity(states);
        for (own, successors) in class.iter().zip(next.chunks_exact(zones)) {
            let class_of = |to: &u32| if *to == ALARM { ALARM } else { class[*to as usize] };
            let signature: Vec<u32> =
                std::iter::once(*own).chain(successors.iter().map(class_of)).collect();
            let fresh = signatures.len() as u32;
            refined.push(*signatures.entry(signature).or_insert(fresh));
        }
        let found = signatures.len();
        class = refined;
        if found == classes {
            break;
        }
        classes = found;
    }
    let mut merged = vec![ALARM; classes * zones];
    for (own, successors) in class.iter().zip(next.chunks_exact(zones)) {
        for (zone, to) in successors.iter().enumerate() {
            merged[*own as usize * zones + zone] =
                if *to == ALARM { ALARM } else { class[*to as usize] };
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_rules;

    fn arl(rules: &str, sigma: f64) -> f64 {
        let patterns: Vec<Pattern> =
            parse_rules(rules).unwrap().iter().map(|rule| rule.pattern).collect();
        Chain::new(&patterns).unwrap().arl(Change::Step { sigma }, 0.0)
    }

    /// Champ and Woodall (1987), table 1, as printed to two decimals.
    #[test]
    fn champ_woodall_table_1() {
        for (rules, shift, printed) in [
            ("we1", 0.0, 370.40),
            ("we12", 0.0, 225.44),
            ("we14", 0.2, 110.52),
            ("we1234", 0.0, 91.75),
        ] {
            assert!((arl(rules, shift) - printed).abs() < 0.006, "{rules} {}", arl(rules, shift));
        }
    }

    /// A run of n on one side of the median: ARL = 2ⁿ⁻¹ + 2ⁿ⁻² + … + 1 = 2ⁿ − 1 for either side of a fair coin.
    #[test]
    fn runs_of_a_fair_coin() {
        for n in [2, 7, 9, 20] {
            assert!((arl(&format!("run{n}"), 0.0) / (f64::powi(2.0, n) - 1.0) - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn huge_run_lengths_keep_their_digits() {
        let p = 2.0 * normal::sf(7.0);
        assert!((arl("1of1@7", 0.0) * p - 1.0).abs() < 1e-10);
    }

    #[test]
    fn trends_have_no_zone_chain() {
        assert!(Chain::new(&[Pattern::Trend { n: 6 }]).is_none() && Chain::new(&[]).is_none());
    }
}
