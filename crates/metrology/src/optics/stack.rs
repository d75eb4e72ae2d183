//! Reflection of a stack of homogeneous, isotropic, coherent layers.

use super::Complex;
use std::f64::consts::PI;

/// The square root without a positive imaginary part, which for n - ik is a wave that decays in its
/// direction; `z` belongs to a medium without gain.
pub fn root(z: Complex) -> Complex {
    // Indices and amplitudes are of order one, so the overflow protection of `hypot` is not needed.
    let size = z.norm_sqr().sqrt();
    // The larger part is computed first. The smaller one follows from the product of both, because
    // a subtraction would lose digits.
    let large = (0.5 * (size + z.re.abs())).sqrt();
    let small = if large > 0.0 { 0.5 * z.im.abs() / large } else { 0.0 };
    if z.re >= 0.0 { Complex::new(large, -small) } else { Complex::new(small, -large) }
}

/// Amplitudes of reflection (rp, rs) at a wavelength and an angle of incidence. `indices` lists the
/// media from the ambient down to the substrate, `thicknesses_nm` their thicknesses (that of the
/// ambient is not used).
///
/// # Formula
/// r = (r_ij + r_below e^{-2i beta})/(1 + r_ij r_below e^{-2i beta}), beta = 2 pi d n
/// cos(theta)/lambda, computed from the substrate upwards (Rouard). This equals the product of
/// transfer matrices, but does not overflow in thick absorbing layers.
/// Source: Azzam and Bashara, Ellipsometry and Polarized Light, chapter 4.
pub fn amplitudes(
    indices: &[Complex],
    thicknesses_nm: &[f64],
    wavelength_nm: f64,
    aoi_rad: f64,
) -> (Complex, Complex) {
    let across = indices[0] * indices[0] * aoi_rad.sin().powi(2);
    // n cos(theta) in a medium; n sin(theta) is the same in all media.
    let axial = |n: Complex| root(n * n - across);
    let fresnel = |a: (Complex, Complex), b: (Complex, Complex)| {
        let ((na, qa), (nb, qb)) = (a, b);
        let (pa, pb) = (nb * nb * qa, na * na * qb);
        ((pa - pb) / (pa + pb), (qa - qb) / (qa + qb))
    };
    let last = indices.len() - 1;
    let mut below = (indices[last], axial(indices[last]));
    let mut r = None;
    for i in (0..last).rev() {
        let here = (indices[i], axial(indices[i]));
        let (fp, fs) = fresnel(here, below);
        r = Some(match r {
            None => (fp, fs),
            Some((rp, rs)) => {
                let beta = below.1 * (4.0 * PI * thicknesses_nm[i + 1] / wavelength_nm);
                // exp(-i beta): beta has no positive imaginary part, so this never grows.
                let size = if beta.im == 0.0 { 1.0 } else { beta.im.exp() };
                let turn = Complex::from_polar(size, -beta.re);
                let one = Complex::new(1.0, 0.0);
                let join = |f: Complex, r: Complex| (f + r * turn) / (one + f * r * turn);
                (join(fp, rp), join(fs, rs))
            }
        });
        below = here;
    }
    r.unwrap_or_default()
}

/// Psi and delta in degrees, delta in 0 to 360.
pub fn psi_delta_deg((rp, rs): (Complex, Complex)) -> (f64, f64) {
    let rho = rp * rs.conj();
    let psi = rp.norm_sqr().sqrt().atan2(rs.norm_sqr().sqrt()).to_degrees();
    (psi, rho.im.atan2(rho.re).to_degrees().rem_euclid(360.0))
}

/// Thickness after which the reflection of a transparent film repeats: lambda/(2 sqrt(n^2 - sin^2
/// aoi)).
pub fn period_nm(wavelength_nm: f64, n: f64, sine: f64) -> f64 {
    wavelength_nm / (2.0 * (n * n - sine * sine).max(1e-6).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_decay() {
        for (re, im) in [(2.0, -3.0), (-2.0, -1e-9), (-1.0, 0.0), (4.0, 0.0), (1e-20, -1.0)] {
            let z = Complex::new(re, im);
            let w = root(z);
            assert!((w * w - z).norm() < 1e-12 * z.norm() && w.im <= 0.0 && w.re >= 0.0, "{z} {w}");
        }
    }

    #[test]
    fn light_that_is_not_absorbed_is_reflected_whole_beyond_the_critical_angle() {
        let glass = [Complex::new(1.5, 0.0), Complex::new(1.0, 0.0)];
        let (rp, rs) = amplitudes(&glass, &[], 500.0, 60f64.to_radians());
        assert!((rp.norm() - 1.0).abs() < 1e-12 && (rs.norm() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn brewster_and_the_sign_of_rho() {
        let glass = [Complex::new(1.0, 0.0), Complex::new(1.5, 0.0)];
        let angle = 1.5f64.atan();
        let (rp, _) = amplitudes(&glass, &[], 500.0, angle);
        assert!(rp.norm() < 1e-12);
        let (_, delta) = psi_delta_deg(amplitudes(&glass, &[], 500.0, angle - 0.1));
        assert!((delta - 180.0).abs() < 1e-9);
    }
}
