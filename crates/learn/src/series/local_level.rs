//! A random walk observed with noise: y = level + noise, level = previous level + step.

use super::{Fitted, Track};
use libchar_numeric::roots;

/// Range in which the logarithm of the ratio is searched for: at the lower end the walk is
/// negligible, at the upper end the noise.
const LOG_RATIO: (f64, f64) = (-12.0, 6.0);

/// Fits the ratio of the variances of steps and noise by maximum likelihood.
pub(super) fn fit(y: &[f64]) -> Fitted {
    let against = |log: f64| -log_likelihood(log.exp(), y);
    let log = roots::least_of_grid(against, LOG_RATIO.0, LOG_RATIO.1, 60, 1e-9);
    Fitted::LocalLevel { ratio: log.exp() }
}

/// The steady-state gain of the filter; the local level then is an EWMA with this weight.
///
/// # Formula
///
/// P = P/(P + 1) + q has the root P = (q + sqrt(q^2 + 4 q))/2, and the gain is P/(P + 1).
pub(super) fn settled_gain(ratio: f64) -> f64 {
    let settled = 0.5 * (ratio + (ratio * ratio + 4.0 * ratio).sqrt());
    settled / (settled + 1.0)
}

/// Log likelihood of a ratio, maximized over the variance of the noise and without its constant
/// (Durbin and Koopman 2012, section 2.10.2).
fn log_likelihood(ratio: f64, y: &[f64]) -> f64 {
    let fitted = Fitted::LocalLevel { ratio };
    let mut track = Track::new(&fitted, y[0]);
    let (mut squares, mut logs, mut n) = (0.0, 0.0, 0.0);
    for y in y {
        if let Some(variance) = track.variance() {
            squares += (y - track.expected()).powi(2) / variance;
            logs += variance.ln();
            n += 1.0;
        }
        track.learn(*y);
    }
    -0.5 * (n * (squares / n).max(f64::MIN_POSITIVE).ln() + logs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The flow of the Nile (Durbin and Koopman 2012, section 2.10): variances 1469.1 and 15099, a
    /// ratio of 0.0973.
    #[test]
    fn the_local_level_of_the_nile() {
        let text = "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 \
            1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 \
            832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 \
            801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740";
        let y: Vec<f64> = text.split_whitespace().map(|v| v.parse().unwrap()).collect();
        let Fitted::LocalLevel { ratio } = fit(&y) else { panic!() };
        assert!((ratio - 1469.1 / 15099.0).abs() < 2e-3, "{ratio}");
    }

    #[test]
    fn the_filter_settles_at_the_gain() {
        let fitted = Fitted::LocalLevel { ratio: 0.2 };
        let mut track = Track::new(&fitted, 0.0);
        (0..200).for_each(|_| track.learn(0.0));
        let gain = (track.variance().unwrap() - 1.0) / track.variance().unwrap();
        assert!((gain - settled_gain(0.2)).abs() < 1e-12);
    }
}
