//! Fits against the certified values of the NIST Statistical Reference Datasets, and laws of bounds and weights.

use super::*;
use std::convert::Infallible;

/// A problem of the NIST StRD (nonlinear regression): data, model, both starts, certified values with their standard
/// deviations, and the certified sum of squares.
struct Problem {
    data: &'static [(f64, f64)],
    model: fn(f64, &[f64]) -> f64,
    starts: &'static [&'static [f64]],
    certified: &'static [(f64, f64)],
    chi2: f64,
}

impl Problem {
    fn check(&self) {
        for start in self.starts {
            let parameters: Vec<Parameter> = start.iter().map(|s| Parameter::free(*s)).collect();
            let options = Options { iterations: 2000, ..Options::default() };
            let found = self.fit(&parameters, &options);
            assert_eq!(found.convergence, Convergence::Converged, "{start:?}: {found:?}");
            assert!((found.chi2 / self.chi2 - 1.0).abs() < 1e-9, "{start:?}: {found:?}");
            for (i, (value, sd)) in self.certified.iter().enumerate() {
                let near = (found.values[i] / value - 1.0).abs();
                assert!(near < 1e-6, "b{}: {} against {value}", i + 1, found.values[i]);
                let error = found.standard_error(i).unwrap();
                assert!((error / sd - 1.0).abs() < 1e-5, "sd of b{}: {error} against {sd}", i + 1);
            }
        }
    }

    fn fit(&self, parameters: &[Parameter], options: &Options) -> Fit {
        let residuals = |values: &[f64]| -> Result<Vec<f64>, Infallible> {
            Ok(self.data.iter().map(|(x, y)| y - (self.model)(*x, values)).collect())
        };
        fit(residuals, parameters, options).unwrap()
    }
}

const MISRA1A: Problem = Problem {
    data: &[
        (77.6, 10.07),
        (114.9, 14.73),
        (141.1, 17.94),
        (190.8, 23.93),
        (239.9, 29.61),
        (289.0, 35.18),
        (332.8, 40.02),
        (378.4, 44.82),
        (434.8, 50.76),
        (477.3, 55.05),
        (536.8, 61.01),
        (593.1, 66.40),
        (689.1, 75.47),
        (760.0, 81.78),
    ],
    model: |x, b| b[0] * (1.0 - (-b[1] * x).exp()),
    starts: &[&[500.0, 0.0001], &[250.0, 0.0005]],
    certified: &[(2.3894212918e2, 2.7070075241), (5.5015643181e-4, 7.2668688436e-6)],
    chi2: 1.2455138894e-1,
};

const DANWOOD: Problem = Problem {
    data: &[
        (1.309, 2.138),
        (1.471, 3.421),
        (1.490, 3.597),
        (1.565, 4.340),
        (1.611, 4.882),
        (1.680, 5.660),
    ],
    model: |x, b| b[0] * x.powf(b[1]),
    starts: &[&[1.0, 5.0], &[0.7, 4.0]],
    certified: &[(7.6886226176e-1, 1.8281973860e-2), (3.8604055871, 5.1726610913e-2)],
    chi2: 4.3173084083e-3,
};

const BOXBOD: Problem = Problem {
    data: &[(1.0, 109.0), (2.0, 149.0), (3.0, 149.0), (5.0, 191.0), (7.0, 213.0), (10.0, 224.0)],
    model: |x, b| b[0] * (1.0 - (-b[1] * x).exp()),
    starts: &[&[100.0, 0.75]],
    certified: &[(2.1380940889e2, 1.2354515176e1), (5.4723748542e-1, 1.0455993237e-1)],
    chi2: 1.1680088766e3,
};

const MGH09: Problem = Problem {
    data: &[
        (4.0, 0.1957),
        (2.0, 0.1947),
        (1.0, 0.1735),
        (0.5, 0.16),
        (0.25, 0.0844),
        (0.167, 0.0627),
        (0.125, 0.0456),
        (0.1, 0.0342),
        (0.0833, 0.0323),
        (0.0714, 0.0235),
        (0.0625, 0.0246),
    ],
    model: |x, b| b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3]),
    starts: &[&[0.25, 0.39, 0.415, 0.39]],
    certified: &[
        (1.9280693458e-1, 1.1435312227e-2),
        (1.9128232873e-1, 1.9633220911e-1),
        (1.2305650693e-1, 8.0842031232e-2),
        (1.3606233068e-1, 9.0025542308e-2),
    ],
    chi2: 3.0750560385e-4,
};

const MGH10: Problem = Problem {
    data: &[
        (50.0, 34780.0),
        (55.0, 28610.0),
        (60.0, 23650.0),
        (65.0, 19630.0),
        (70.0, 16370.0),
        (75.0, 13720.0),
        (80.0, 11540.0),
        (85.0, 9744.0),
        (90.0, 8261.0),
        (95.0, 7030.0),
        (100.0, 6005.0),
        (105.0, 5147.0),
        (110.0, 4427.0),
        (115.0, 3820.0),
        (120.0, 3307.0),
        (125.0, 2872.0),
    ],
    model: |x, b| b[0] * (b[1] / (x + b[2])).exp(),
    starts: &[&[0.02, 4000.0, 250.0]],
    certified: &[
        (5.6096364710e-3, 1.5687892471e-4),
        (6.1813463463e3, 2.3309021107e1),
        (3.4522363462e2, 7.8486103508e-1),
    ],
    chi2: 8.7945855171e1,
};

#[test]
fn certified_values_of_nist() {
    for problem in [MISRA1A, DANWOOD, BOXBOD, MGH09, MGH10] {
        problem.check();
    }
}

#[test]
fn logarithms_lead_to_the_same_values_and_errors() {
    let log = |start| Parameter { start, low: 1e-9, high: 1e9, scale: Scale::Log };
    let found = MISRA1A.fit(&[log(500.0), log(1e-4)], &Options::default());
    for (i, (value, sd)) in MISRA1A.certified.iter().enumerate() {
        assert!((found.values[i] / value - 1.0).abs() < 1e-6);
        assert!((found.standard_error(i).unwrap() / sd - 1.0).abs() < 1e-4);
    }
}

/// With b1 held at 250 the other parameter is what the fit of one parameter finds, and only it has an error.
#[test]
fn a_parameter_at_its_bound_is_held_and_told() {
    let bounded = [Parameter::bounded(300.0, 250.0, 400.0), Parameter::free(5e-4)];
    let found = MISRA1A.fit(&bounded, &Options::default());
    assert_eq!((found.values[0], &found.bounds[..]), (250.0, &[Bound::Low, Bound::Within][..]));
    let alone = Problem { model: |x, b| 250.0 * (1.0 - (-b[0] * x).exp()), ..MISRA1A };
    let alone = alone.fit(&[Parameter::free(5e-4)], &Options::default());
    assert!((found.values[1] / alone.values[0] - 1.0).abs() < 1e-7);
    assert!(
        (found.standard_error(1).unwrap() / alone.standard_error(0).unwrap() - 1.0).abs() < 1e-5
    );
    assert_eq!((found.standard_error(0), found.correlation(0, 1)), (None, None));
    assert_eq!((found.dof, found.convergence), (13, Convergence::Converged));
    let above = [Parameter::bounded(100.0, 1.0, 200.0), Parameter::free(5e-4)];
    assert_eq!(MISRA1A.fit(&above, &Options::default()).bounds[0], Bound::High);
}

/// The weighted mean of 0 ± 1 and 10 ± 0.5 is 8 with the error (1 + 4)^-1/2, whatever χ² is.
#[test]
fn known_errors_are_not_scaled() {
    let model = |v: &[f64]| Ok::<_, Infallible>(vec![v[0], (v[0] - 10.0) / 0.5]);
    let options = Options { known_errors: true, ..Options::default() };
    let found = fit(model, &[Parameter::free(1.0)], &options).unwrap();
    assert!((found.values[0] - 8.0).abs() < 1e-9 && (found.chi2 - 80.0).abs() < 1e-9);
    assert!((found.standard_error(0).unwrap() - 0.2f64.sqrt()).abs() < 1e-9);
    let scaled = fit(model, &[Parameter::free(1.0)], &Options::default()).unwrap();
    assert!((scaled.standard_error(0).unwrap() - 16f64.sqrt()).abs() < 1e-7);
}

/// The errors of intercept and slope through 0, 1, 2 correlate by −√(3/5) (normal equations 3, 3; 3, 5).
#[test]
fn correlations_of_a_line() {
    let model = |v: &[f64]| {
        Ok::<_, Infallible>(
            [0.0, 1.1, 1.9].iter().zip([0.0, 1.0, 2.0]).map(|(y, x)| v[0] + v[1] * x - y).collect(),
        )
    };
    let found =
        fit(model, &[Parameter::free(1.0), Parameter::free(3.0)], &Options::default()).unwrap();
    assert!((found.correlation(0, 1).unwrap() + 0.6f64.sqrt()).abs() < 1e-7);
    assert!((found.values[1] - 0.95).abs() < 1e-9 && (found.values[0] - 0.05).abs() < 1e-9);
}

#[test]
fn what_the_data_do_not_determine_has_no_error() {
    let model =
        |v: &[f64]| Ok::<_, Infallible>(vec![v[0] + v[1] - 1.0, v[0] + v[1] - 2.0, v[0] + v[1]]);
    let found =
        fit(model, &[Parameter::free(1.0), Parameter::free(3.0)], &Options::default()).unwrap();
    assert!(found.covariance.is_none() && (found.values[0] + found.values[1] - 1.0).abs() < 1e-8);
    let blind = |v: &[f64]| Ok::<_, Infallible>(vec![v[0] - 1.0, v[0] - 2.0, 0.0]);
    let found =
        fit(blind, &[Parameter::free(1.0), Parameter::free(3.0)], &Options::default()).unwrap();
    assert!(found.covariance.is_none() && found.standard_error(0).is_none());
}

#[test]
fn faults() {
    let one = |v: &[f64]| Ok::<_, String>(vec![v[0]]);
    let free = Parameter::free(1.0);
    let options = Options::default();
    let few = FitError::TooFewPoints { points: 1, parameters: 2 };
    assert_eq!(fit(one, &[free, free], &options), Err(few));
    assert_eq!(fit(one, &[Parameter::bounded(1.0, 2.0, 1.0)], &options), Err(FitError::Bounds(0)));
    let log = Parameter { scale: Scale::Log, ..Parameter::bounded(1.0, 0.0, 2.0) };
    assert_eq!(fit(one, &[log], &options), Err(FitError::Bounds(0)));
    assert_eq!(fit(|_| Ok::<_, String>(vec![f64::NAN]), &[free], &options), Err(FitError::Start));
    let failed = fit(|_| Err::<Vec<f64>, _>("no model".to_owned()), &[free], &options).unwrap_err();
    assert_eq!(failed.to_string(), "no model");
    let mut calls = 0;
    let grows = |_: &[f64]| {
        calls += 1;
        Ok::<_, String>(vec![1.0; calls])
    };
    assert_eq!(fit(grows, &[free], &options), Err(FitError::Shape));
}

/// The model ends at x = 0; a step that leads there is taken back, not followed.
#[test]
fn a_step_into_nothing_is_taken_back() {
    let model = |v: &[f64]| Ok::<_, Infallible>(vec![v[0].ln() + 5.0, (v[0].ln() + 5.0) * 2.0]);
    let found = fit(model, &[Parameter::free(3.0)], &Options::default()).unwrap();
    assert!((found.values[0] / (-5f64).exp() - 1.0).abs() < 1e-8, "{found:?}");
}

#[test]
fn columns_that_are_combinations_of_others_are_undetermined() {
    let column = |values: [f64; 3]| values.to_vec();
    let jacobian = [column([1.0, 2.0, 3.0]), column([2.0, 4.0, 6.0]), column([1.0, 0.0, 1.0])];
    assert_eq!(undetermined(&[0, 1, 2], &jacobian), [0, 1]);
    assert_eq!(undetermined(&[0, 2], &jacobian), Vec::<usize>::new());
    let flat = [column([1.0, 2.0, 3.0]), column([0.0, 0.0, 0.0])];
    assert_eq!(undetermined(&[0, 1], &flat), [1]);
}
