//! The mask as a list of diffraction orders (thin mask, Kirchhoff).

use std::f64::consts::PI;

use serde::Serialize;

use crate::complex::Complex;
use crate::job::{MaskOrder, Tone};

/// A mask that was checked; one dark line a pitch, centred at x = 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Mask {
    /// Opaque line in a clear field.
    Binary,
    /// Line of transmission `transmission` (of intensity, 0 < T < 1) and phase 180 degrees.
    Attenuated {
        /// Intensity that the line lets through, in units of the clear field.
        transmission: f64,
    },
    /// Opaque line between spaces of phase 0 and 180 degrees in turn.
    Alternating,
    /// Orders given one by one.
    Orders {
        /// Amplitude of each order that is not zero.
        orders: Vec<MaskOrder>,
    },
}

impl Mask {
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
