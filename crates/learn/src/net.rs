//! A small neural network with one output per target, trained by Adam.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::{LearnError, Matrix};

/// How the network is built and trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetSettings {
    /// Number of units in each of the two hidden layers.
    pub hidden: usize,
    /// Number of passes over the rows.
    pub epochs: usize,
    /// Number of rows per step.
    pub batch: usize,
    /// Initial step size of Adam; it decreases to zero along half a cosine.
    pub learning_rate: f64,
    /// Decay of the weights per unit of learning rate.
    pub decay: f64,
    /// Seed for the weights and the order of rows.
    pub seed: u64,
}

impl Default for NetSettings {
    fn default() -> Self {
        NetSettings { hidden: 32, epochs: 60, batch: 32, learning_rate: 4e-3, decay: 0.05, seed: 1 }
    }
}

/// One dense layer, weights row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layer {
    pub inputs: usize,
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Layer {
    fn random(inputs: usize, outputs: usize, gain: f32, random: &mut ChaCha8Rng) -> Self {
        let reach = gain * (3.0 / inputs.max(1) as f32).sqrt();
        let mut uniform = || (random.next_u32() as f32 / u32::MAX as f32 * 2.0 - 1.0) * reach;
        Layer {
            inputs,
            weights: (0..inputs * outputs).map(|_| uniform()).collect(),
            bias: vec![0.0; outputs],
        }
    }

    fn forward(&self, x: &[f32], out: &mut [f32]) {
        let rows = self.weights.chunks_exact(self.inputs);
        for ((row, bias), out) in rows.zip(&self.bias).zip(out) {
            *out = bias + dot(row, x);
        }
    }

    /// Adds the gradient of this row to `grad` and, if `back` is given, computes the gradient with
    /// respect to the inputs.
    fn backward(&self, x: &[f32], delta: &[f32], grad: &mut Layer, back: Option<&mut [f32]>) {
        let rows = grad.weights.chunks_exact_mut(self.inputs);
        for ((row, bias), d) in rows.zip(&mut grad.bias).zip(delta) {
            *bias += d;
            row.iter_mut().zip(x).for_each(|(g, v)| *g += d * v);
        }
        if let Some(back) = back {
            back.fill(0.0);
            for (row, d) in self.weights.chunks_exact(self.inputs).zip(delta) {
                back.iter_mut().zip(row).for_each(|(b, w)| *b += d * w);
            }
        }
    }

    fn zeros(&self) -> Layer {
        Layer {
            inputs: self.inputs,
            weights: vec![0.0; self.weights.len()],
            bias: vec![0.0; self.bias.len()],
        }
    }

    fn values(&self) -> impl Iterator<Item = &f32> {
        self.weights.iter().chain(&self.bias)
    }

    fn values_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        self.weights.iter_mut().chain(&mut self.bias)
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a8.zip(b8) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + tail
}

/// `x` times its logistic function: smooth, and close to a hinge.
fn swish(x: f32) -> f32 {
    x / (1.0 + (-x).exp())
}

fn swish_slope(x: f32) -> f32 {
    let s = 1.0 / (1.0 + (-x).exp());
    s * (1.0 + x * (1.0 - s))
}

/// A fitted network: two hidden layers.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    pub(crate) layers: [Layer; 3],
}

/// Intermediate values of one row, which the gradient needs.
struct Trace {
    input: Vec<f32>,
    sums: [Vec<f32>; 2],
    hidden: [Vec<f32>; 2],
    output: Vec<f32>,
    delta: [Vec<f32>; 2],
}

impl Network {
    /// Fits all columns of `y` at once; `z` and `y` are standardised.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when the row counts differ, [`LearnError::TooFewRows`] below ten rows.
    pub fn fit(z: &Matrix, y: &Matrix, settings: &NetSettings) -> Result<Self, LearnError> {
        let n = z.rows();
        if y.rows() != n {
            return Err(LearnError::Shape { what: "target", expected: n, found: y.rows() });
        }
        if n < 10 {
            return Err(LearnError::TooFewRows { what: "a network", needed: 10, found: n });
        }
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let (hidden, batch) = (settings.hidden.max(1), settings.batch.max(1));
        let mut net = Network {
            layers: [
                Layer::random(z.cols(), hidden, 1.4, &mut random),
                Layer::random(hidden, hidden, 1.4, &mut random),
                // The target is the residual of a linear fit, so the output starts near zero.
                Layer::random(hidden, y.cols(), 0.1, &mut random),
            ],
        };
        let mut adam = Adam::new(&net);
        let mut trace = net.trace();
        let mut order: Vec<usize> = (0..n).collect();
        let steps = settings.epochs * n.div_ceil(batch);
        let mut step = 0;
        for _ in 0..settings.epochs {
            for i in (1..n).rev() {
                order.swap(i, (random.next_u64() % (i as u64 + 1)) as usize);
            }
            for rows in order.chunks(batch) {
                let mut grad = net.layers.each_ref().map(Layer::zeros);
                for &i in rows {
                    net.learn_row(z.row(i), y.row(i), rows.len(), &mut trace, &mut grad);
                }
                let phase = std::f64::consts::PI * f64::from(step) / steps as f64;
                let rate = 0.5 * settings.learning_rate * (1.0 + phase.cos());
                step += 1;
                adam.step(&mut net, &grad, rate, settings.decay, step);
            }
        }
        Ok(net)
    }

    /// Values of all targets at one standardised row.
    pub fn predict(&self, z: &[f64]) -> Vec<f64> {
        let mut trace = self.trace();
        self.forward(z, &mut trace);
        trace.output.iter().map(|v| f64::from(*v)).collect()
    }

    fn trace(&self) -> Trace {
        let [first, second, last] = &self.layers;
        let pair = || [vec![0.0; first.bias.len()], vec![0.0; second.bias.len()]];
        Trace {
            input: vec![0.0; first.inputs],
            sums: pair(),
            hidden: pair(),
            output: vec![0.0; last.bias.len()],
            delta: pair(),
        }
    }

    fn forward(&self, z: &[f64], t: &mut Trace) {
        t.input.iter_mut().zip(z).for_each(|(to, from)| *to = *from as f32);
        self.layers[0].forward(&t.input, &mut t.sums[0]);
        t.hidden[0].iter_mut().zip(&t.sums[0]).for_each(|(h, s)| *h = swish(*s));
        self.layers[1].forward(&t.hidden[0], &mut t.sums[1]);
        t.hidden[1].iter_mut().zip(&t.sums[1]).for_each(|(h, s)| *h = swish(*s));
        self.layers[2].forward(&t.hidden[1], &mut t.output);
    }

    fn learn_row(&self, z: &[f64], y: &[f64], rows: usize, t: &mut Trace, grad: &mut [Layer; 3]) {
        self.forward(z, t);
        let share = 1.0 / (rows * y.len()) as f32;
        t.output.iter_mut().zip(y).for_each(|(o, v)| *o = (*o - *v as f32) * share);
        let [near, far] = &mut t.delta;
        self.layers[2].backward(&t.hidden[1], &t.output, &mut grad[2], Some(&mut far[..]));
        far.iter_mut().zip(&t.sums[1]).for_each(|(d, s)| *d *= swish_slope(*s));
        self.layers[1].backward(&t.hidden[0], far, &mut grad[1], Some(&mut near[..]));
        near.iter_mut().zip(&t.sums[0]).for_each(|(d, s)| *d *= swish_slope(*s));
        self.layers[0].backward(&t.input, near, &mut grad[0], None);
    }
}

/// Kingma and Ba, "Adam" (2015), with the decay decoupled as in Loshchilov and Hutter (2019).
struct Adam {
    mean: [Layer; 3],
    square: [Layer; 3],
}

impl Adam {
    fn new(net: &Network) -> Self {
        let zeros = || net.layers.each_ref().map(Layer::zeros);
        Adam { mean: zeros(), square: zeros() }
    }

    fn step(&mut self, net: &mut Network, grad: &[Layer; 3], rate: f64, decay: f64, step: i32) {
        let (b1, b2) = (0.9f32, 0.999f32);
        let (fix1, fix2) = (1.0 - b1.powi(step), 1.0 - b2.powi(step));
        let (rate, keep) = (rate as f32, 1.0 - (rate * decay) as f32);
        for (((layer, grad), mean), square) in
            net.layers.iter_mut().zip(grad).zip(&mut self.mean).zip(&mut self.square)
        {
            let values = layer.values_mut().zip(grad.values());
            for (((w, g), m), v) in values.zip(mean.values_mut()).zip(square.values_mut()) {
                *m = b1 * *m + (1.0 - b1) * g;
                *v = b2 * *v + (1.0 - b2) * g * g;
                *w = *w * keep - rate * (*m / fix1) / ((*v / fix2).sqrt() + 1e-8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_two_targets_and_repeats_itself() {
        let rows: Vec<[f64; 2]> = (0..400)
            .map(|i| [(i % 20) as f64 / 5.8 - 1.64, (i / 20) as f64 / 5.8 - 1.64])
            .collect();
        let z = Matrix::from_rows(&rows).unwrap();
        let y: Vec<[f64; 2]> = rows.iter().map(|r| [(2.0 * r[0]).sin(), r[0] * r[1]]).collect();
        let y = Matrix::from_rows(&y).unwrap();
        let net = Network::fit(&z, &y, &NetSettings::default()).unwrap();
        let error: f64 = z
            .iter()
            .zip(y.iter())
            .map(|(z, y)| net.predict(z).iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum::<f64>())
            .sum::<f64>()
            / 800.0;
        assert!(error < 0.01, "{error}");
        assert_eq!(net, Network::fit(&z, &y, &NetSettings::default()).unwrap());
    }
}
