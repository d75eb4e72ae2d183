//! The mask as a list of diffraction orders (thin mask, Kirchhoff).

use std::f64::consts::PI;

use serde::Serialize;

use crate::complex::Complex;
use crate::job::{MaskOrder, Tone};

/// A checked mask; one dark line a pitch, centred at x = 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Mask {
    /// Opaque line in a clear field.
    Binary,
    /// Line of intensity transmission `transmission` (0 < T < 1) and phase 180 degrees.
    Attenuated {
        /// Intensity that the line lets through, in units of the clear field.
        transmission: f64,
    },
    /// Opaque line between spaces of phase 0 and 180 degrees in turn.
    Alternating,
    /// Diffraction orders given one by one.
    Orders {
        /// Amplitude of each order that is not zero.
        orders: Vec<MaskOrder>,
    },
}

/// Assist features: bars beside the line on the mask, too narrow to print, with the same amplitude
/// as the line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Assist {
    /// Width of a bar at wafer scale.
    pub width_nm: f64,
    /// Distance of a bar's centre from the line's. At half the pitch there is one bar between two
    /// lines, at smaller distances there are two.
    pub offset_nm: f64,
}

impl Assist {
    /// Whether neighbouring lines share a bar.
    pub(crate) fn is_single(&self, pitch_nm: f64) -> bool {
        (self.offset_nm - pitch_nm / 2.0).abs() <= 1e-9 * pitch_nm
    }
}

impl Mask {
    /// Amplitude that the assist features add to order `n`.
    ///
    /// # Formula
    ///
    /// A bar of share d = width/pitch at offset o adds (t - 1) sin(pi n d)/(pi n) exp(-2 pi i n o/pitch), so bars at +o and -o add
    /// twice that with cos(2 pi n o/pitch); of a trench the bars are clear, with 1 - t in place of t - 1.
    pub(crate) fn assist_order(&self, tone: Tone, n: i32, assist: &Assist, pitch_nm: f64) -> f64 {
        let t = match self {
            Self::Binary => 0.0,
            Self::Attenuated { transmission } => -transmission.sqrt(),
            // The check refuses assist features on these masks.
            Self::Alternating | Self::Orders { .. } => return 0.0,
        };
        let step = if tone == Tone::Line { t - 1.0 } else { 1.0 - t };
        let phase = 2.0 * PI * f64::from(n) * assist.offset_nm / pitch_nm;
        let bars = if assist.is_single(pitch_nm) { phase.cos() } else { 2.0 * phase.cos() };
        // The amplitude of the bars alone, without a background field.
        step * bars * (bar(n, assist.width_nm / pitch_nm, 0.0, 1.0))
    }

    /// Period of the mask's transmission for lines at `pitch_nm`: an alternating mask repeats after two lines.
    #[must_use]
    pub fn period_nm(&self, pitch_nm: f64) -> f64 {
        if matches!(self, Self::Alternating) { 2.0 * pitch_nm } else { pitch_nm }
    }

    /// Amplitude of order `n` (spatial frequency n / period) for lines of width `line_nm` at `pitch_nm`.
    ///
    /// # Formula
    ///
    /// With d = line/pitch and background amplitude t (0 opaque, -sqrt(T) attenuated):
    /// a_0 = 1 + (t - 1) d, a_n = (t - 1) sin(pi n d) / (pi n).
    /// Alternating, period two pitches: a_n = -2i cos(pi n d / 2) / (pi n) for odd n, else 0.
    /// A trench is clear in a field of amplitude t: a_0 = t + (1 - t) d, a_n = (1 - t) sin(pi n d) / (pi n); alternating
    /// trenches: a_n = 2 sin(pi n d / 2) / (pi n) for odd n, else 0.
    pub(crate) fn order(&self, tone: Tone, n: i32, line_nm: f64, pitch_nm: f64) -> Complex {
        let d = line_nm / pitch_nm;
        let k = PI * f64::from(n);
        let bar = |t: f64| match tone {
            Tone::Line => Complex::real(bar(n, d, 1.0, t)),
            Tone::Trench => Complex::real(bar(n, d, t, 1.0)),
        };
        match self {
            Self::Binary => bar(0.0),
            Self::Attenuated { transmission } => bar(-transmission.sqrt()),
            Self::Alternating if n % 2 == 0 => Complex::ZERO,
            Self::Alternating => match tone {
                Tone::Line => Complex { re: 0.0, im: -2.0 * (k * d / 2.0).cos() / k },
                Tone::Trench => Complex::real(2.0 * (k * d / 2.0).sin() / k),
            },
            Self::Orders { orders } => orders
                .iter()
                .find(|o| o.order == n)
                .map_or(Complex::ZERO, |o| Complex { re: o.re, im: o.im }),
        }
    }

    /// Derivative of [`Self::order`] by the width of the line, per nm; zero for orders given one by one.
    pub(crate) fn order_slope(&self, tone: Tone, n: i32, line_nm: f64, pitch_nm: f64) -> Complex {
        let d = line_nm / pitch_nm;
        let k = PI * f64::from(n);
        let sign = if tone == Tone::Line { 1.0 } else { -1.0 };
        let bar_slope = |t: f64| Complex::real(sign * (t - 1.0) * (k * d).cos() / pitch_nm);
        match self {
            Self::Binary => bar_slope(0.0),
            Self::Attenuated { transmission } => bar_slope(-transmission.sqrt()),
            Self::Alternating if n % 2 == 0 => Complex::ZERO,
            Self::Alternating => match tone {
                Tone::Line => Complex { re: 0.0, im: (k * d / 2.0).sin() / pitch_nm },
                Tone::Trench => Complex::real((k * d / 2.0).cos() / pitch_nm),
            },
            Self::Orders { .. } => Complex::ZERO,
        }
    }
}

/// Order of a bar of amplitude `t`, a share `d` of the period, in a field of amplitude `field`.
fn bar(n: i32, d: f64, field: f64, t: f64) -> f64 {
    if n == 0 {
        return field + (t - field) * d;
    }
    let k = PI * f64::from(n);
    (t - field) * (k * d).sin() / k
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Orders of line and bars against the Fourier integral of the transmission itself, sampled finely.
    #[test]
    fn orders_are_those_of_the_transmission() {
        let (pitch, line, samples) = (400.0, 100.0, 400_000);
        for (mask, t) in
            [(Mask::Binary, 0.0), (Mask::Attenuated { transmission: 0.06 }, -(0.06_f64.sqrt()))]
        {
            for (tone, field, dark) in [(Tone::Line, 1.0, t), (Tone::Trench, t, 1.0)] {
                for offset_nm in [130.0, 200.0] {
                    let assist = Assist { width_nm: 30.0, offset_nm };
                    let value = |x: f64| {
                        let near = |centre: f64, width: f64| (x - centre).abs() < width / 2.0;
                        let bar = near(offset_nm, 30.0)
                            || near(-offset_nm, 30.0)
                            || near(offset_nm - pitch, 30.0);
                        if near(0.0, line) || bar { dark } else { field }
                    };
                    for n in 0..4 {
                        let sum: f64 = (0..samples)
                            .map(|i| pitch * ((f64::from(i) + 0.5) / f64::from(samples) - 0.5))
                            .map(|x| value(x) * (2.0 * PI * f64::from(n) * x / pitch).cos())
                            .sum();
                        let found = mask.order(tone, n, line, pitch).re
                            + mask.assist_order(tone, n, &assist, pitch);
                        let off = found - sum / f64::from(samples);
                        assert!(off.abs() < 1e-4, "{mask:?} {tone:?} {offset_nm} {n}: {off}");
                    }
                }
            }
        }
    }
}
