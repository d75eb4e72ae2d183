//! Plane waves as Chebyshev series, which separate the focus from the integral over the source.

/// Number of terms of [`wave`] that exceed `tolerance` for |phase| up to `phase`; at least 1.
///
/// By the bound |J_j(z)| <= (z/2)^j / j!.
pub(crate) fn terms(phase: f64, tolerance: f64) -> usize {
    let (mut count, mut bound) = (0, 2.0);
    while bound > tolerance {
        count += 1;
        bound *= phase.abs() / (2.0 * count as f64);
    }
    count.max(1)
}

/// Coefficients of exp(i z t) = Σ_j i^j c_j T_j(t) on |t| <= 1: all that exceed `tolerance`, and a
/// few more.
///
/// # Formula
///
/// c_0 = J_0(z), c_j = 2 J_j(z) (Jacobi and Anger; Abramowitz and Stegun 9.1.44-45). The Bessel functions come from the
/// recurrence J_{j-1} = 2j/z J_j - J_{j+1}, run downward and normalized by J_0 + 2 J_2 + 2 J_4 + ... = 1 (Miller).
pub(crate) fn wave(z: f64, tolerance: f64) -> Vec<f64> {
    let size = z.abs();
    let last = terms(size, 1e-3 * tolerance);
    let mut bessel = vec![0.0; last + 1];
    if size < 1e-30 {
        bessel[0] = 1.0;
        return bessel;
    }
    bessel[last] = 1.0;
    let (mut above, step) = (0.0, 2.0 / size);
    for j in (1..=last).rev() {
        let below = step * j as f64 * bessel[j] - above;
        above = bessel[j];
        bessel[j - 1] = below;
    }
    let norm = 2.0 * bessel.iter().step_by(2).sum::<f64>() - bessel[0];
    for (j, value) in bessel.iter_mut().enumerate() {
        let odd_sign = if j % 2 == 1 && z < 0.0 { -1.0 } else { 1.0 };
        *value *= odd_sign * if j == 0 { 1.0 } else { 2.0 } / norm;
    }
    bessel
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz and Stegun, tables 9.1, 9.2 and 9.4.
    #[test]
    fn coefficients_are_bessel_functions() {
        let cases = [
            (1.0, 0, 0.765_197_686_557_966_6),
            (1.0, 1, 0.440_050_585_744_933_5),
            (5.0, 0, -0.177_596_771_314_338_3),
            (5.0, 2, 0.046_565_116_277_752_2),
            (10.0, 10, 0.207_486_106_633_358_9),
            (50.0, 0, 0.055_812_327_669_252),
        ];
        for (z, j, expected) in cases {
            let found = wave(z, 1e-16)[j] / if j == 0 { 1.0 } else { 2.0 };
            assert!((found - expected).abs() < 1e-14, "J_{j}({z}): {found} against {expected}");
        }
    }

    #[test]
    fn the_series_is_the_wave() {
        for z in [0.0, 1e-200, 1e-9, -0.3, 2.0, -4.9, 17.0, 65.0] {
            for t in [-1.0, -0.83, -0.1, 0.0, 0.5, 1.0_f64] {
                let (mut re, mut im) = (0.0, 0.0);
                for (j, c) in wave(z, 1e-16).iter().enumerate() {
                    let term = c * (j as f64 * t.acos()).cos();
                    match j % 4 {
                        0 => re += term,
                        1 => im += term,
                        2 => re -= term,
                        _ => im -= term,
                    }
                }
                let (sine, cosine) = (z * t).sin_cos();
                assert!((re - cosine).hypot(im - sine) < 1e-14, "z {z}, t {t}");
            }
        }
    }
}
