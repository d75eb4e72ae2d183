//! Calibrated prediction: boosted trees, Gaussian process, conformal intervals, attributions, drift.
