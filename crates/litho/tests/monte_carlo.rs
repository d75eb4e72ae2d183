//! Roughness and yield compared with simulations that share no formula with them.

use std::f64::consts::PI;

use libchar_litho::noise::Noise;
use libchar_litho::simulate::simulate;
use libchar_litho::{Image, JobParameters};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal};

fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A Poisson count by multiplying uniforms (Knuth).
fn poisson(rng: &mut ChaCha8Rng, mean: f64) -> f64 {
    let limit = (-mean).exp();
    let (mut product, mut count) = (uniform(rng), 0.0);
    while product > limit {
        product *= uniform(rng);
        count += 1.0;
    }
    count
}

/// Photons fall on 1 nm cells beside an edge and are blurred; the edge is where the exposure
/// crosses its threshold.
#[test]
fn edge_roughness_is_that_of_poisson_photons() {
    let (blur, cd, nils, edge) = (3.0, 16.0, 2.5, 0.3);
    let mut p = JobParameters::new(13.5, 0.33, 32.0, cd);
    (p.blur_nm, p.resist_thickness_nm) = (blur, 30.0);
    (p.absorption_per_um, p.dose_mj_cm2, p.segment_nm) = (Some(20.0), Some(80.0), Some(50.0));
    let noise = Noise::of(&p.check().expect("a sound job"), edge, Some(nils)).expect("noise");

    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let reach = 12_i32; // 4 blurs
    let kernel: Vec<f64> = (-reach..=reach)
        .map(|i| (-f64::from(i * i) / (2.0 * blur * blur)).exp() / (blur * (2.0 * PI).sqrt()))
        .collect();
    let (half, length) = (4_i32, 50_i32);
    let columns = (2 * (half + reach) + 1) as usize;
    let rows = (length + 2 * reach) as usize;
    let (mut single, mut segment) = (Vec::new(), Vec::new());
    for _ in 0..1500 {
        let mut cells = vec![0.0; rows * columns];
        for (i, cell) in cells.iter_mut().enumerate() {
            let x = (i % columns) as f64 - f64::from(half + reach);
            *cell = poisson(&mut rng, noise.photons_edge_nm2 * (1.0 + nils / cd * x).max(0.0));
        }
        let blurred_x: Vec<Vec<f64>> = cells
            .chunks(columns)
            .map(|row| row.windows(kernel.len()).map(|w| dot(w, &kernel)).collect())
            .collect();
        let mut edges = Vec::new();
        for y in 0..length as usize {
            let exposure: Vec<f64> = (0..=2 * half as usize)
                .map(|x| (0..kernel.len()).map(|k| kernel[k] * blurred_x[y + k][x]).sum())
                .collect();
            edges.push(crossing(&exposure, noise.photons_edge_nm2) - f64::from(half));
        }
        single.push(edges[length as usize / 2]);
        segment.push(edges.iter().sum::<f64>() / edges.len() as f64);
    }
    // 1500 samples determine a standard deviation to 1.8 %; the nonlinear response to 4 % noise
    // adds a little.
    let ler = noise.ler3s_nm.expect("a slope");
    let simulated = 3.0 * deviation(&single);
    assert!((simulated / ler - 1.0).abs() < 0.06, "{simulated} against {ler}");
    let sigma_cd = noise.sigma_cd_segment_nm.expect("a slope");
    let simulated = deviation(&segment) * 2.0_f64.sqrt();
    assert!((simulated / sigma_cd - 1.0).abs() < 0.06, "{simulated} against {sigma_cd}");
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Position nearest the middle at which the samples cross a level from below.
fn crossing(samples: &[f64], level: f64) -> f64 {
    let middle = (samples.len() - 1) as f64 / 2.0;
    (1..samples.len())
        .filter(|&i| samples[i - 1] < level && samples[i] >= level)
        .map(|i| i as f64 - (samples[i] - level) / (samples[i] - samples[i - 1]))
        .min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()))
        .expect("an edge within a few standard deviations")
}

fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// Finds the line's width for every dose and focus and adds noise to it, without dose limits and
/// linearization.
#[test]
fn yield_risk_is_the_share_of_lines_out_of_tolerance() {
    let mut p = JobParameters::new(13.5, 0.33, 32.0, 16.0);
    (p.sigma, p.blur_nm, p.resist_thickness_nm) = (Some(0.8), 4.0, 30.0);
    (p.dose_mj_cm2, p.focus_sigma_nm, p.mask_bias_nm) = (Some(30.0), Some(40.0), 0.5);
    let job = p.check().expect("a sound job");
    let s = simulate(&job);
    let sigma_cd = s.noise.and_then(|n| n.sigma_cd_segment_nm).expect("noise");
    let normal = Normal::standard();
    let steps: Vec<f64> = (-20..=20).map(|i| f64::from(i) / 4.0).collect();
    let (mut lost, mut all) = (0.0, 0.0);
    for focus in &steps {
        let mut at = p.clone();
        at.defocus_nm = focus * 40.0;
        let image = Image::of(&at.check().expect("a sound job"));
        for dose in &steps {
            let weight = (-(focus * focus + dose * dose) / 2.0).exp();
            let width =
                image.line(s.threshold / (1.0 + 0.015 * dose)).map_or(0.0, |l| l.width_nm());
            let (low, high) = (0.9 * 16.0, 1.1 * 16.0);
            lost += weight
                * (normal.cdf((low - width) / sigma_cd) + normal.cdf((width - high) / sigma_cd));
            all += weight;
        }
    }
    let (exact, risk) = (lost / all, s.yield_risk.expect("a risk"));
    assert!((risk / exact - 1.0).abs() < 0.03, "{risk} against {exact}");
}
