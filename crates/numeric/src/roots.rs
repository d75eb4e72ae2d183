//! Roots and minima in one dimension.

/// Where a search ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The argument.
    pub x: f64,
    /// The function there.
    pub value: f64,
    /// Evaluations of the function.
    pub evaluations: usize,
    /// Whether the interval became as small as it was asked to be.
    pub converged: bool,
}

/// Why there is no root.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoRoot<E> {
    /// The function has one sign at both ends (or is not a number there): its values.
    NoSignChange(f64, f64),
    /// The function failed.
    Function(E),
}

/// Root of `f` between `lo` and `hi`, where its signs differ, to a width of `tolerance` (absolute) or some units in the
/// last place: inverse quadratic interpolation, secant and bisection.
///
/// Source: Brent (1973), Algorithms for Minimization without Derivatives, chapter 4.
///
/// # Errors
/// [`NoRoot`] without a change of sign, or the first error of `f`.
pub fn brent<E>(
    mut f: impl FnMut(f64) -> Result<f64, E>,
    lo: f64,
    hi: f64,
    tolerance: f64,
) -> Result<Found, NoRoot<E>> {
    let mut eval = |x: f64| f(x).map_err(NoRoot::Function);
    let (mut a, mut b) = (lo, hi);
    let (mut fa, mut fb) = (eval(a)?, eval(b)?);
    let same_sign = fa != 0.0 && fb != 0.0 && (fa > 0.0) == (fb > 0.0);
    if same_sign || fa.is_nan() || fb.is_nan() {
        return Err(NoRoot::NoSignChange(fa, fb));
    }
    let (mut c, mut fc, mut step, mut before) = (a, fa, b - a, b - a);
    for evaluations in 2..202 {
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let width = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let middle = 0.5 * (c - b);
        if middle.abs() <= width || fb == 0.0 {
            return Ok(Found { x: b, value: fb, evaluations, converged: true });
        }
        let tried = (before.abs() >= width && fa.abs() > fb.abs())
            .then(|| interpolated((a, fa), (b, fb), (c, fc), middle))
            .filter(|d| d.abs() < (1.5 * middle.abs() - 0.5 * width).min(0.5 * before.abs()));
        (before, step) = match tried {
            Some(d) if (d > 0.0) == (middle > 0.0) => (step, d),
            _ => (middle, middle),
        };
        (a, fa) = (b, fb);
        b += if step.abs() > width { step } else { width.copysign(middle) };
        fb = eval(b)?;
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc, step) = (a, fa, b - a);
            before = step;
        }
    }
    Ok(Found { x: b, value: fb, evaluations: 202, converged: false })
}

/// Step from `b` by the secant through two points, or inverse quadratic interpolation through three.
fn interpolated((a, fa): (f64, f64), (b, fb): (f64, f64), (c, fc): (f64, f64), middle: f64) -> f64 {
    let s = fb / fa;
    let (p, q) = if a == c {
        (2.0 * middle * s, 1.0 - s)
    } else {
        let (q, r) = (fa / fc, fb / fc);
        (s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
    };
    -p / q
}

/// Where a rising `f` passes `target` between `lo` and `hi`, down to neighbouring doubles: slow by some microseconds,
/// never wrong. It is an end of the interval where `f` does not pass the target within.
pub fn bisect(f: impl Fn(f64) -> f64, target: f64, mut lo: f64, mut hi: f64) -> f64 {
    for _ in 0..1100 {
        let middle = f64::midpoint(lo, hi);
        if middle <= lo || middle >= hi {
            break;
        }
        if f(middle) < target {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    f64::midpoint(lo, hi)
}

/// Minimum of `f` between `lo` and `hi` by golden sections and parabolas, to `tolerance` (absolute, not below √ε |x|);
/// one of the minima if there are several.
///
/// Source: Brent (1973), chapter 5.
///
/// # Errors
/// The first error of `f`.
pub fn minimum<E>(
    mut f: impl FnMut(f64) -> Result<f64, E>,
    lo: f64,
    hi: f64,
    tolerance: f64,
) -> Result<Found, E> {
    const GOLDEN: f64 = 0.381_966_011_250_105_1;
    let (mut a, mut b) = (lo.min(hi), lo.max(hi));
    let mut x = a + GOLDEN * (b - a);
    let mut fx = f(x)?;
    let ((mut w, mut fw), (mut v, mut fv)) = ((x, fx), (x, fx));
    let (mut step, mut before) = (0.0f64, 0.0f64);
    for evaluations in 1..=300 {
        let middle = 0.5 * (a + b);
        let width = f64::EPSILON.sqrt() * x.abs() + tolerance / 3.0;
        if (x - middle).abs() <= 2.0 * width - 0.5 * (b - a) {
            return Ok(Found { x, value: fx, evaluations, converged: true });
        }
        let parabola = parabola((x, fx), (w, fw), (v, fv)).filter(|d| {
            before.abs() > width
                && d.abs() < 0.5 * before.abs()
                && x + d > a + width
                && x + d < b - width
        });
        (before, step) = match parabola {
            Some(d) => (step, d),
            None => {
                let side = if x < middle { b - x } else { a - x };
                (side, GOLDEN * side)
            }
        };
        let u = x + if step.abs() >= width { step } else { width.copysign(step) };
        let fu = f(u)?;
        if fu <= fx {
            *(if u < x { &mut b } else { &mut a }) = x;
            ((v, fv), (w, fw), (x, fx)) = ((w, fw), (x, fx), (u, fu));
        } else {
            *(if u < x { &mut a } else { &mut b }) = u;
            if fu <= fw || w == x {
                ((v, fv), (w, fw)) = ((w, fw), (u, fu));
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    Ok(Found { x, value: fx, evaluations: 300, converged: false })
}

/// Where `f` is least between `lo` and `hi`: the best of `steps` + 1 places, then [`minimum`] between its neighbours, for
/// functions with several minima. A NaN counts as greater than all.
pub fn least_of_grid(
    f: impl Fn(f64) -> f64,
    lo: f64,
    hi: f64,
    steps: usize,
    tolerance: f64,
) -> f64 {
    let at = |k: usize| lo + (hi - lo) * k as f64 / steps.max(1) as f64;
    let value = |x: f64| Some(f(x)).filter(|v| !v.is_nan()).unwrap_or(f64::INFINITY);
    let places: Vec<f64> = (0..=steps).map(|k| value(at(k))).collect();
    let best = (0..=steps).min_by(|a, b| places[*a].total_cmp(&places[*b])).unwrap_or(0);
    let (low, high) = (at(best.saturating_sub(1)), at((best + 1).min(steps)));
    match minimum(|x| Ok::<f64, ()>(value(x)), low, high, tolerance) {
        Ok(found) if found.value < places[best] => found.x,
        _ => at(best),
    }
}

/// Step from the first point to the vertex of the parabola through three.
fn parabola((x, fx): (f64, f64), (w, fw): (f64, f64), (v, fv): (f64, f64)) -> Option<f64> {
    let (r, q) = ((x - w) * (fx - fv), (x - v) * (fx - fw));
    let below = 2.0 * (q - r);
    let above = (x - v) * q - (x - w) * r;
    (below != 0.0).then(|| -above / below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::convert::Infallible;

    fn fine(f: impl Fn(f64) -> f64) -> impl Fn(f64) -> Result<f64, Infallible> {
        move |x| Ok(f(x))
    }

    /// Kepler's equation E − 0.2 sin E = 0.8, and the real root of x³ − 2x − 5 (Wallis 1685; de Morgan's digits).
    #[test]
    fn published_roots() {
        let wallis = brent(fine(|x| x * x * x - 2.0 * x - 5.0), 2.0, 3.0, 0.0).unwrap();
        assert!((wallis.x - 2.094_551_481_542_326_6).abs() < 1e-15 && wallis.converged);
        assert!(wallis.evaluations < 12, "{wallis:?}");
        let fixed = brent(fine(|x| x - x.cos()), 0.0, 1.0, 0.0).unwrap();
        assert!((fixed.x - 0.739_085_133_215_160_6).abs() < 1e-15);
    }

    #[test]
    fn ends_and_faults() {
        assert_eq!(brent(fine(|x| x), 0.0, 3.0, 0.0).unwrap().x, 0.0);
        assert_eq!(brent(fine(|x| x - 3.0), 0.0, 3.0, 0.0).unwrap().x, 3.0);
        let none = brent(fine(|x| x * x + 1.0), -1.0, 1.0, 0.0).unwrap_err();
        assert_eq!(none, NoRoot::NoSignChange(2.0, 2.0));
        assert!(brent(fine(|_| f64::NAN), 0.0, 1.0, 0.0).is_err());
        assert_eq!(brent(|_| Err("no"), 0.0, 1.0, 0.0).unwrap_err(), NoRoot::Function("no"));
    }

    #[test]
    fn flat_and_steep_functions_end() {
        let flat = brent(fine(|x| (x - 0.3).powi(9)), -1.0, 2.0, 1e-12).unwrap();
        assert!((flat.x - 0.3).abs() < 1e-2 && flat.evaluations < 202);
        let step = brent(fine(|x| if x < 0.7 { -1.0 } else { 1e9 }), 0.0, 1.0, 1e-12).unwrap();
        assert!((step.x - 0.7).abs() < 1e-11);
    }

    #[test]
    fn bisection_ends_at_neighbours() {
        let root = bisect(|x| x * x, 2.0, 0.0, 2.0);
        assert!((root - std::f64::consts::SQRT_2).abs() <= 2.0 * f64::EPSILON);
        assert_eq!(bisect(|x| x, 9.0, 0.0, 1.0), 1.0);
    }

    /// x^x has its minimum at 1/e.
    #[test]
    fn minima() {
        let found = minimum(fine(|x| x.powf(x)), 0.01, 2.0, 1e-10).unwrap();
        assert!((found.x - (-1f64).exp()).abs() < 1e-8 && found.converged);
        let end = minimum(fine(|x| x), 1.0, 2.0, 1e-9).unwrap();
        assert!((end.x - 1.0).abs() < 1e-6);
        let corner = minimum(fine(|x| (x - 0.4).abs()), 0.0, 1.0, 1e-9).unwrap();
        assert!((corner.x - 0.4).abs() < 1e-7, "{corner:?}");
    }

    /// cos x − x/10 has minima at π + asin(1/10) and, deeper, one period on.
    #[test]
    fn the_deepest_of_several_minima() {
        let found = least_of_grid(|x| x.cos() - x / 10.0, 0.0, 11.0, 40, 1e-9);
        let expected = 3.0 * std::f64::consts::PI + 0.1f64.asin();
        assert!((found - expected).abs() < 1e-6, "{found}");
        assert_eq!(least_of_grid(|x| -x, 0.0, 1.0, 10, 1e-9), 1.0);
    }

    proptest! {
        #[test]
        fn the_root_of_a_cubic_is_found(root in -5.0..5.0f64, slope in 0.01..10.0f64) {
            let f = fine(|x| (x - root).powi(3) + slope * (x - root));
            let found = brent(f, -6.0, 7.0, 1e-13).unwrap();
            prop_assert!((found.x - root).abs() < 1e-11, "{found:?}");
        }
    }

    #[test]
    fn a_scale_that_is_a_power_of_two_changes_no_step_of_a_search() {
        let f = |x: f64| (x - 0.3).powi(2) + 0.1 * (3.0 * x).sin();
        let scaled = |scale: f64| {
            minimum(fine(move |x: f64| f(x / scale)), 0.0, scale, 1e-6 * scale).unwrap()
        };
        let (plain, large, small) = (scaled(1.0), scaled(1_048_576.0), scaled(1.0 / 1_048_576.0));
        assert_eq!((plain.x, plain.value), (large.x / 1_048_576.0, large.value));
        assert_eq!((plain.evaluations, plain.evaluations), (large.evaluations, small.evaluations));
        // Golden sections alone take 29 evaluations to narrow an interval to 1e-6 of itself.
        assert!(plain.evaluations < 20, "{}", plain.evaluations);
    }

    /// x = y² + y + 3 passes (9, 2), (5, 1) and (3, −1), and is 3 at y = 0: two below the second point. The secant through (9, 2) and
    /// (5, −2) passes zero at 7.
    #[test]
    fn a_parabola_on_its_side_and_a_secant_are_followed_exactly() {
        assert_eq!(interpolated((9.0, 2.0), (5.0, 1.0), (3.0, -1.0), -1.0), -2.0);
        assert_eq!(interpolated((9.0, 2.0), (5.0, -2.0), (9.0, 2.0), 2.0), 2.0);
    }
}
