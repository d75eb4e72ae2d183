//! Propagation of distributions (JCGM 101). The draws of a trial depend only on the seed and the
//! trial's number.

use super::quantity::{Distribution, Uncertain, normal};
use nalgebra::DMatrix;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// Number of trials in one stream: enough to fill the generator's buffer many times, few enough to
/// share the work among threads.
const CHUNK: usize = 4096;

/// The distribution of a result, with its coverage interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Mean of the trials.
    pub mean: f64,
    /// Their standard deviation.
    pub std: f64,
    /// Lower end of the probabilistically symmetric interval.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Share of trials whose sign is not that of the estimate.
    pub other_sign: f64,
    /// Number of trials that gave no finite value; they are excluded from the numbers above.
    pub failed: usize,
}

/// Draws values of the inputs.
pub struct Sampler {
    inputs: Vec<Uncertain>,
    /// Lower Cholesky factor of the correlation matrix, if there are correlations.
    factor: Option<DMatrix<f64>>,
    seed: u64,
}

impl Sampler {
    /// A sampler. Only normal inputs can be correlated.
    ///
    /// # Errors
    /// A correlation of an input that is not normal, or inconsistent coefficients.
    pub fn new(
        inputs: Vec<Uncertain>,
        correlations: &[(usize, usize, f64)],
        seed: u64,
    ) -> Result<Sampler, String> {
        if correlations.is_empty() {
            return Ok(Sampler { inputs, factor: None, seed });
        }
        let mut r = DMatrix::identity(inputs.len(), inputs.len());
        for &(i, j, value) in correlations {
            if [i, j].iter().any(|i| inputs[*i].distribution != Distribution::Normal) {
                return Err("only normal inputs can be drawn with a correlation".to_owned());
            }
            (r[(i, j)], r[(j, i)]) = (value, value);
        }
        let factor = r
            .cholesky()
            .ok_or("the correlation coefficients contradict each other, or one is 1")?
            .l();
        Ok(Sampler { inputs, factor: Some(factor), seed })
    }

    fn fill(&self, rng: &mut ChaCha8Rng, x: &mut [f64], z: &mut [f64]) {
        for (i, input) in self.inputs.iter().enumerate() {
            if input.u == 0.0 {
                x[i] = input.value;
                continue;
            }
            let (a, b) = (uniform(rng), uniform(rng));
            match &self.factor {
                Some(_) if input.distribution == Distribution::Normal => z[i] = normal(a, b),
                _ => x[i] = input.draw(a, b),
            }
        }
        let Some(factor) = &self.factor else { return };
        for (i, input) in self.inputs.iter().enumerate() {
            if input.u > 0.0 && input.distribution == Distribution::Normal {
                let joint: f64 = (0..=i).map(|j| factor[(i, j)] * z[j]).sum();
                x[i] = input.value + input.u * joint;
            }
        }
    }
}

/// A uniform number in the open interval (0, 1).
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
}

/// The distribution of `f` for drawn inputs. The result does not depend on the number of threads.
pub fn distribution(
    f: &(dyn Fn(&[f64]) -> f64 + Sync),
    sampler: &Sampler,
    y: f64,
    trials: usize,
    coverage: f64,
) -> Option<Interval> {
    let chunk = |index: usize| {
        let mut rng = ChaCha8Rng::seed_from_u64(sampler.seed);
        rng.set_stream(index as u64);
        let count = CHUNK.min(trials - index * CHUNK);
        let (mut x, mut z) = (vec![0.0; sampler.inputs.len()], vec![0.0; sampler.inputs.len()]);
        let draw = |_| {
            sampler.fill(&mut rng, &mut x, &mut z);
            f(&x)
        };
        (0..count).map(draw).collect::<Vec<f64>>()
    };
    let mut values: Vec<f64> =
        (0..trials.div_ceil(CHUNK)).into_par_iter().map(chunk).collect::<Vec<_>>().concat();
    values.retain(|v| v.is_finite());
    let n = values.len();
    if n < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    let std = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt();
    let other = values.iter().filter(|v| v.signum() != y.signum()).count();
    let tail = 0.5 * (1.0 - coverage);
    let rank = |p: f64| ((p * n as f64) as usize).min(n - 1);
    let low = *values.select_nth_unstable_by(rank(tail), f64::total_cmp).1;
    let high = *values.select_nth_unstable_by(rank(1.0 - tail), f64::total_cmp).1;
    Some(Interval { mean, std, low, high, other_sign: other as f64 / n as f64, failed: trials - n })
}
