//! Random subsets.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// A sorted sample of `take` elements of `0..n` without replacement; all of them if `take` is n or
/// more.
pub(crate) fn sample(random: &mut ChaCha8Rng, n: usize, take: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    if take < n {
        for i in 0..take {
            let j = i + (random.next_u64() % (n - i) as u64) as usize;
            all.swap(i, j);
        }
        all.truncate(take);
        all.sort_unstable();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::sample;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn every_element_comes_once_and_as_often_as_the_others() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut counts = [0_u32; 10];
        for _ in 0..10_000 {
            let subset = sample(&mut random, 10, 3);
            assert!(subset.len() == 3 && subset.windows(2).all(|pair| pair[0] < pair[1]));
            subset.iter().for_each(|i| counts[*i] += 1);
        }
        // 3000 expected of each, standard deviation 46.
        assert!(counts.iter().all(|count| count.abs_diff(3000) < 230), "{counts:?}");
        assert_eq!(sample(&mut random, 3, 5), [0, 1, 2]);
    }
}
