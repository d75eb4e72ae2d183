//! The mask as a list of diffraction orders (thin mask, Kirchhoff).

use std::f64::consts::PI;

use serde::Serialize;

use crate::complex::Complex;
use crate::job::MaskOrder;

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
    pub(crate) fn order(&self, n: i32, line_nm: f64, pitch_nm: f64) -> Complex {
        let d = line_nm / pitch_nm;
        let k = PI * f64::from(n);
        match self {
            Self::Binary => Complex::real(bar(n, d, 0.0)),
            Self::Attenuated { transmission } => Complex::real(bar(n, d, -transmission.sqrt())),
            Self::Alternating if n % 2 == 0 => Complex::ZERO,
            Self::Alternating => Complex { re: 0.0, im: -2.0 * (k * d / 2.0).cos() / k },
            Self::Orders { orders } => orders
                .iter()
                .find(|o| o.order == n)
                .map_or(Complex::ZERO, |o| Complex { re: o.re, im: o.im }),
        }
    }

    /// Derivative of [`Self::order`] by the width of the line, per nm; zero for orders given one by one.
    pub(crate) fn order_slope(&self, n: i32, line_nm: f64, pitch_nm: f64) -> Complex {
        let d = line_nm / pitch_nm;
        let k = PI * f64::from(n);
        let bar_slope = |t: f64| Complex::real((t - 1.0) * (k * d).cos() / pitch_nm);
        match self {
            Self::Binary => bar_slope(0.0),
            Self::Attenuated { transmission } => bar_slope(-transmission.sqrt()),
            Self::Alternating if n % 2 == 0 => Complex::ZERO,
            Self::Alternating => Complex { re: 0.0, im: (k * d / 2.0).sin() / pitch_nm },
            Self::Orders { .. } => Complex::ZERO,
        }
    }
}

fn bar(n: i32, d: f64, t: f64) -> f64 {
    if n == 0 {
        return 1.0 + (t - 1.0) * d;
    }
    let k = PI * f64::from(n);
    (t - 1.0) * (k * d).sin() / k
}
