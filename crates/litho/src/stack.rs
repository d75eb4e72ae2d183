//! The images of one job at every focus.

use std::f64::consts::PI;

use crate::chebyshev::wave;
use crate::check::Job;
use crate::complex::Complex;
use crate::image::Image;
use crate::job::Tone;
use crate::tcc::{TOLERANCE, Tcc};

/// The image as a function of focus: every Fourier coefficient of the image as a Chebyshev series.
///
/// # Formula
///
/// With the moments M_j of the transmission coefficients, coefficient k of the image at focus f is
/// Σ_j i^j <c_j(R (f + z))>_z Σ_(n - m = k) a_n a_m* M_j(n, m); <>_z is the three-point Gauss-Legendre mean over the resist,
/// z = ±thickness/(2 n_resist). Blur multiplies it by exp(-2 pi² sigma² k²/period²). Flare F leaves 1 - F of the image and adds F.
pub(crate) struct ImageStack {
    period_nm: f64,
    pitch_nm: f64,
    rate: f64,
    tolerance: f64,
    resist_node_nm: f64,
    tone: Tone,
    /// Intensity that flare adds everywhere.
    haze: f64,
    /// i^j times the sum over pairs of orders: for each coefficient k the terms j.
    series: Vec<Vec<Complex>>,
}

impl ImageStack {
    /// Computes the job's images at any focus for which the coefficients were computed.
    pub fn new(job: &Job, tcc: &Tcc) -> Self {
        let order = |n| job.order(n);
        let image = Self::assemble(job, tcc, |n, m| order(n) * order(m).conj());
        Self { haze: job.flare, ..image }
    }

    /// Derivatives of the images by the line width on the mask, per nm, in the form of images.
    pub fn mask_slope(job: &Job, tcc: &Tcc) -> Self {
        let order = |n| job.order(n);
        let slope = |n| job.mask.order_slope(job.tone, n, job.mask_cd_nm, job.pitch_nm);
        Self::assemble(job, tcc, |n, m| slope(n) * order(m).conj() + order(n) * slope(m).conj())
    }

    fn assemble(job: &Job, tcc: &Tcc, product: impl Fn(i32, i32) -> Complex) -> Self {
        let period_nm = job.mask.period_nm(job.pitch_nm);
        let highest = tcc.pairs.iter().map(|p| p.n - p.m).max().unwrap_or(0);
        let terms = tcc.pairs.first().map_or(1, |p| p.moments.len());
        let mut series = vec![vec![Complex::ZERO; terms]; highest as usize + 1];
        for pair in &tcc.pairs {
            let amplitude = product(pair.n, pair.m);
            for (sum, moment) in series[(pair.n - pair.m) as usize].iter_mut().zip(&pair.moments) {
                *sum += amplitude.scale(*moment);
            }
        }
        for (k, terms) in series.iter_mut().enumerate() {
            let damping = -2.0 * (PI * job.resist.blur_nm * k as f64 / period_nm).powi(2);
            let mut factor = Complex::real((1.0 - job.flare) * damping.exp());
            for term in terms {
                *term = *term * factor;
                factor = factor * Complex { re: 0.0, im: 1.0 };
            }
        }
        Self {
            period_nm,
            pitch_nm: job.pitch_nm,
            rate: tcc.rate,
            tolerance: tcc.tolerance,
            resist_node_nm: job.resist.node_nm(),
            tone: job.tone,
            haze: 0.0,
            series,
        }
    }

    /// The image at a distance from best focus.
    pub fn image(&self, focus_nm: f64) -> Image {
        let coefficients = self.coefficients(focus_nm);
        let value = |terms: &Vec<Complex>| {
            let weighted = terms.iter().zip(&coefficients).map(|(term, c)| term.scale(*c));
            weighted.fold(Complex::ZERO, |sum, term| sum + term)
        };
        let mut coefficients: Vec<Complex> = self.series.iter().map(value).collect();
        if let Some(mean) = coefficients.first_mut() {
            mean.re += self.haze;
        }
        Image { period_nm: self.period_nm, pitch_nm: self.pitch_nm, tone: self.tone, coefficients }
    }

    /// c_j of the wave at a focus, averaged over the resist.
    fn coefficients(&self, focus_nm: f64) -> Vec<f64> {
        let at = |f: f64| wave(self.rate * f, self.tolerance);
        if self.resist_node_nm == 0.0 {
            return at(focus_nm);
        }
        let mut mean = vec![0.0; self.series.first().map_or(0, Vec::len)];
        for (offset, weight) in [(-1.0, 5.0 / 18.0), (0.0, 4.0 / 9.0), (1.0, 5.0 / 18.0)] {
            let wave = at(focus_nm + offset * self.resist_node_nm);
            mean.iter_mut().zip(wave).for_each(|(sum, c)| *sum += weight * c);
        }
        mean
    }
}
impl Image {
    /// The image of a job at its own defocus.
    #[must_use]
    pub fn of(job: &Job) -> Self {
        let tcc = Tcc::new(job, job.defocus_nm, TOLERANCE);
        ImageStack::new(job, &tcc).image(job.defocus_nm)
    }
}
