//! Run lengths computed from the probability that no alarm has come yet.

/// Σ P(no alarm in the first t points) over t ≥ 0, which is the mean run length.
///
/// `step` advances by one point and returns the probability mass before it and the part of that
/// mass that it absorbed. Only their ratio, the hazard, is used, so a quadrature that loses a
/// little mass does no harm. Once the hazard is constant, the rest is a geometric tail with a
/// closed sum. The sum therefore converges within a few multiples of the chart's memory, however
/// long its run length, and loses no digits to cancellation.
///
/// If `steady` is false (the mean keeps moving) there is no such tail; the sum runs until no
/// probability is left.
pub(super) fn mean_run_length(steady: bool, mut step: impl FnMut(usize) -> (f64, f64)) -> f64 {
    // A rule that looks back over 64 points can leave the hazard constant for 63 points, so the
    // hazard must stay constant for longer than that.
    const STILL: usize = 70;
    // After so many points without an alarm, no alarm has a probability that a double can
    // represent.
    const NEVER: usize = 20_000;
    const LONGEST: usize = 2_000_000;
    let (mut alive, mut sum, mut last_hazard, mut still) = (1.0f64, 0.0f64, f64::NAN, 0);
    for t in 1..=LONGEST {
        sum += alive;
        let (mass, absorbed) = step(t);
        let hazard = absorbed / mass;
        alive *= 1.0 - hazard;
        if alive <= 1e-14 {
            return sum;
        }
        if steady {
            if t >= NEVER && hazard == 0.0 {
                return f64::INFINITY;
            }
            let moved = (hazard - last_hazard).abs();
            still = if hazard > 0.0 && moved <= 2e-13 * hazard { still + 1 } else { 0 };
            if still >= STILL {
                return sum + alive / hazard;
            }
        }
        last_hazard = hazard;
    }
    if last_hazard > 0.0 { sum + alive / last_hazard } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_hazard_gives_its_reciprocal() {
        for hazard in [0.5, 1e-3, 1e-12] {
            let arl = mean_run_length(true, |_| (1.0, hazard));
            assert!((arl * hazard - 1.0).abs() < 1e-9, "{arl}");
        }
        assert_eq!(mean_run_length(true, |_| (1.0, 0.0)), f64::INFINITY);
    }
}
