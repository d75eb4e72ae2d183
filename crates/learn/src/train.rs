//! Training: members are fitted on the training rows, their weights on rows that they were not
//! fitted on, and intervals on rows that nothing was fitted on.

use rayon::prelude::*;

use crate::boost::{BoostSettings, BoostedTrees};
use crate::gp::{GaussianProcess, GpSettings};
use crate::kernel::Kernel;
use crate::net::{NetSettings, Network};
use crate::outlier::OutlierTest;
use crate::psi::Bins;
use crate::ridge::Ridge;
use crate::scale::Scale;
use crate::score::sd;
use crate::surrogate::{HeldOut, Surrogate, Target, TargetModel, Transform};
use crate::{LearnError, Matrix, conformal, stack};

/// Training data: features, targets, and the group and class of each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// One row per job, one column per feature.
    pub features: Matrix,
    /// One row per job, one column per target.
    pub targets: Matrix,
    /// Index of each row's group; coverage is guaranteed within each group.
    pub group: Vec<usize>,
    /// Index of each row's class; outliers are judged within each class.
    pub class: Vec<usize>,
}

/// Names for the columns, groups and classes of [`Rows`].
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// The features.
    pub features: Vec<String>,
    /// The targets with their possible ranges.
    pub targets: Vec<Target>,
    /// The groups.
    pub groups: Vec<String>,
    /// The classes.
    pub classes: Vec<String>,
    /// Columns that the outlier test uses.
    pub outlier_columns: Vec<usize>,
}

/// Settings of the training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Miss rate of the intervals.
    pub alpha: f64,
    /// Rate at which ordinary rows may be called outliers.
    pub outlier_alpha: f64,
    /// Number of parts of the training rows for fitting weights; each part is predicted by members
    /// that were not fitted on it.
    pub folds: usize,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Penalty of the linear start.
    pub ridge: f64,
    /// The boosted trees.
    pub boost: BoostSettings,
    /// The trees that predict how large errors are.
    pub spread: BoostSettings,
    /// The network.
    pub net: NetSettings,
    /// The Gaussian process.
    pub gp: GpSettings,
}

impl Default for Settings {
    fn default() -> Self {
        let spread =
            BoostSettings { trees: 80, depth: 3, leaf_rows: 25, ..BoostSettings::default() };
        Settings {
            alpha: 0.05,
            outlier_alpha: 0.01,
            folds: 3,
            seed: 1,
            ridge: 1e-4,
            boost: BoostSettings::default(),
            spread,
            net: NetSettings::default(),
            gp: GpSettings::default(),
        }
    }
}

/// Smallest number of training rows; fewer are not enough for the trees of every fold.
const LEAST_ROWS: usize = 100;

/// Trains on `train` and calibrates on `calibrate`. The same rows and settings give the same model.
///
/// # Errors
/// [`LearnError::Shape`] when lengths disagree, [`LearnError::NotFinite`] for a value that is not a
/// number, [`LearnError::TooFewRows`] for fewer than 100 training rows or no calibration row,
/// [`LearnError::OutOfRange`] for settings that make no sense.
pub fn train(
    names: &Names,
    train: &Rows,
    calibrate: &Rows,
    settings: &Settings,
) -> Result<Surrogate, LearnError> {
    train.check(names)?;
    calibrate.check(names)?;
    let n = train.features.rows();
    if n < LEAST_ROWS {
        return Err(LearnError::TooFewRows { what: "training", needed: LEAST_ROWS, found: n });
    }
    let found = calibrate.features.rows();
    if found == 0 {
        return Err(LearnError::TooFewRows { what: "calibration", needed: 1, found });
    }
    if !(2..=20).contains(&settings.folds) {
        let value = settings.folds as f64;
        return Err(LearnError::OutOfRange { what: "folds", value, expected: "2 to 20" });
    }
    conformal::rank(found, settings.alpha)?;

    let problem = Problem::of(names, train, settings)?;
    let fold_of: Vec<usize> = (0..n).map(|i| i % settings.folds).collect();
    let mut held_out = vec![Members::default(); n];
    for fold in 0..settings.folds {
        let (inside, outside): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| fold_of[i] != fold);
        let fitted = problem.fit(&inside)?;
        for (i, members) in outside.iter().zip(fitted.predict(&problem, &outside)) {
            held_out[*i] = members;
        }
    }
    let full = problem.fit(&(0..n).collect::<Vec<_>>())?;
    let mut surrogate = problem.assemble(names, full, &held_out, train)?;
    surrogate.calibrate(calibrate)?;
    let centres = surrogate.centres(&train.features);
    for (t, model) in surrogate.targets.iter_mut().enumerate() {
        let predicted: Vec<f64> = centres.iter().map(|row| model.natural(row[t].0)).collect();
        model.reference = Bins::of(&predicted, 10)?;
    }
    surrogate.outliers = outlier_tests(names, train, calibrate, settings.outlier_alpha);
    surrogate.reference = (0..names.features.len())
        .map(|j| Bins::of(&train.features.column(j), 10))
        .collect::<Result<_, _>>()?;
    Ok(surrogate)
}

impl Rows {
    fn check(&self, names: &Names) -> Result<(), LearnError> {
        let n = self.features.rows();
        let same = |what, found, expected| {
            if found == expected {
                Ok(())
            } else {
                Err(LearnError::Shape { what, expected, found })
            }
        };
        self.features.check_finite(&names.features)?;
        let targets: Vec<String> = names.targets.iter().map(|t| t.name.clone()).collect();
        self.targets.check_finite(&targets)?;
        same("rows of targets", self.targets.rows(), n)?;
        same("groups of rows", self.group.len(), n)?;
        same("classes of rows", self.class.len(), n)?;
        let beyond = |values: &[usize], names: &[String]| {
            values.iter().find(|v| **v >= names.len()).map(|v| (*v + 1, names.len()))
        };
        if let Some((found, expected)) = beyond(&self.group, &names.groups)
            .or(beyond(&self.class, &names.classes))
            .or(beyond(&names.outlier_columns, &names.features))
        {
            return Err(LearnError::Shape { what: "names of groups", expected, found });
        }
        Ok(())
    }
}

/// Predictions for one row: for each target the linear start and the three members.
#[derive(Clone, Debug, Default)]
struct Members {
    start: Vec<f64>,
    of: Vec<[f64; 3]>,
}

/// Everything that is the same for all folds.
struct Problem<'a> {
    x: &'a Matrix,
    z: Matrix,
    scale: Scale,
    /// Targets on the scale of the model, one vector per target.
    y: Vec<Vec<f64>>,
    transforms: Vec<Transform>,
    units: Vec<f64>,
    kernels: Vec<Kernel>,
    settings: &'a Settings,
}

/// The members, fitted on some of the rows.
struct Fitted {
    starts: Vec<Ridge>,
    trees: Vec<BoostedTrees>,
    gps: Vec<GaussianProcess>,
    net: Network,
}

impl<'a> Problem<'a> {
    fn of(names: &Names, rows: &'a Rows, settings: &'a Settings) -> Result<Self, LearnError> {
        let scale = Scale::fit(&rows.features);
        let z = scale.apply_all(&rows.features);
        let mut y = Vec::new();
        let mut transforms = Vec::new();
        for t in 0..names.targets.len() {
            let column = rows.targets.column(t);
            let transform = choose_transform(&column);
            y.push(column.iter().map(|v| transform.apply(*v)).collect::<Vec<_>>());
            transforms.push(transform);
        }
        let mut problem = Problem {
            x: &rows.features,
            z,
            scale,
            y,
            transforms,
            units: Vec::new(),
            kernels: Vec::new(),
            settings,
        };
        let left: Vec<Vec<f64>> = problem
            .y
            .iter()
            .map(|y| {
                let start = Ridge::fit(&problem.z, y, settings.ridge)?;
                Ok(problem.z.iter().zip(y).map(|(z, v)| v - start.predict(z)).collect())
            })
            .collect::<Result<_, LearnError>>()?;
        // A target that the linear start explains completely still needs a unit above 0.
        problem.units = left.iter().map(|r| sd(r).max(1e-12)).collect();
        let gp = GpSettings { seed: settings.seed, ..settings.gp };
        problem.kernels = left
            .par_iter()
            .zip(&problem.units)
            .map(|(left, unit)| {
                let scaled: Vec<f64> = left.iter().map(|v| v / unit).collect();
                GaussianProcess::tune(&problem.z, &scaled, &gp)
            })
            .collect::<Result<_, _>>()?;
        Ok(problem)
    }

    fn fit(&self, rows: &[usize]) -> Result<Fitted, LearnError> {
        let (x, z) = (self.x.select(rows), self.z.select(rows));
        let targets: Vec<Vec<f64>> =
            self.y.iter().map(|y| rows.iter().map(|&i| y[i]).collect()).collect();
        let starts: Vec<Ridge> = targets
            .iter()
            .map(|y| Ridge::fit(&z, y, self.settings.ridge))
            .collect::<Result<_, _>>()?;
        let left: Vec<Vec<f64>> = targets
            .iter()
            .zip(&starts)
            .zip(&self.units)
            .map(|((y, start), unit)| {
                z.iter().zip(y).map(|(z, v)| (v - start.predict(z)) / unit).collect()
            })
            .collect();
        let boost = BoostSettings { seed: self.settings.seed, ..self.settings.boost };
        let gp = GpSettings { seed: self.settings.seed, ..self.settings.gp };
        let net = NetSettings { seed: self.settings.seed, ..self.settings.net };
        let per_target = || -> Result<Vec<(BoostedTrees, GaussianProcess)>, LearnError> {
            left.par_iter()
                .zip(&self.kernels)
                .map(|(y, kernel)| {
                    Ok((
                        BoostedTrees::fit(&x, y, &boost)?,
                        GaussianProcess::fit(&z, y, kernel, &gp)?,
                    ))
                })
                .collect()
        };
        let all_left: Vec<f64> =
            (0..rows.len()).flat_map(|i| left.iter().map(move |y| y[i])).collect();
        let network = || Network::fit(&z, &Matrix::from_parts(left.len(), all_left), &net);
        let (per_target, net) = rayon::join(per_target, network);
        let (trees, gps) = per_target?.into_iter().unzip();
        Ok(Fitted { starts, trees, gps, net: net? })
    }

    /// Fits the weights to the held-out rows, and the trees that predict the size of errors.
    fn assemble(
        &self,
        names: &Names,
        fitted: Fitted,
        held_out: &[Members],
        rows: &Rows,
    ) -> Result<Surrogate, LearnError> {
        let spread = BoostSettings { seed: self.settings.seed, ..self.settings.spread };
        let parts: Vec<_> = fitted.starts.into_iter().zip(fitted.trees).zip(fitted.gps).collect();
        let targets = parts
            .into_par_iter()
            .enumerate()
            .map(|(t, ((start, trees), gp))| {
                let unit = self.units[t];
                let members: Vec<Vec<f64>> =
                    (0..3).map(|m| held_out.iter().map(|h| h.of[t][m]).collect()).collect();
                let wanted: Vec<f64> =
                    held_out.iter().zip(&self.y[t]).map(|(h, y)| (y - h.start[t]) / unit).collect();
                let found = stack::weights(&members, &wanted);
                let weights = [found[0], found[1], found[2]];
                let errors: Vec<f64> = wanted
                    .iter()
                    .enumerate()
                    .map(|(i, y)| {
                        unit * (y - (0..3).map(|m| weights[m] * members[m][i]).sum::<f64>())
                    })
                    .collect();
                let size = log_sizes(&errors);
                Ok(TargetModel {
                    target: names.targets[t].clone(),
                    transform: self.transforms[t],
                    start,
                    unit,
                    weights,
                    trees: (weights[0] > 0.0).then_some(trees),
                    gp: (weights[2] > 0.0).then_some(gp),
                    spread: BoostedTrees::fit(&rows.features, &size, &spread)?,
                    bounds: vec![f64::INFINITY; names.groups.len()],
                    held_out: Vec::new(),
                    truth_sd: 1.0,
                    reference: Bins::of(&rows.targets.column(t), 10)?,
                })
            })
            .collect::<Result<Vec<_>, LearnError>>()?;
        let net_helps = targets.iter().any(|t| t.weights[1] > 0.0);
        Ok(Surrogate {
            features: names.features.clone(),
            alpha: self.settings.alpha,
            groups: names.groups.clone(),
            classes: names.classes.clone(),
            scale: self.scale.clone(),
            net: net_helps.then_some(fitted.net),
            targets,
            outlier_columns: names.outlier_columns.iter().map(|&j| j as u16).collect(),
            outliers: Vec::new(),
            reference: Vec::new(),
        })
    }
}

impl Fitted {
    fn predict(&self, problem: &Problem, rows: &[usize]) -> Vec<Members> {
        rows.par_iter()
            .map(|&i| {
                let (x, z) = (problem.x.row(i), problem.z.row(i));
                let net = self.net.predict(z);
                Members {
                    start: self.starts.iter().map(|s| s.predict(z)).collect(),
                    of: (0..self.starts.len())
                        .map(|t| [self.trees[t].predict(x), net[t], self.gps[t].predict(z)])
                        .collect(),
                }
            })
            .collect()
    }
}

impl Surrogate {
    /// Sets the conformal bounds from rows that nothing was fitted on, and stores the predictions
    /// for them. [`train`] calls it at the end; calling it again calibrates the intervals on other
    /// rows.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when groups and rows disagree.
    pub fn calibrate(&mut self, rows: &Rows) -> Result<(), LearnError> {
        let centres = self.centres(&rows.features);
        let (groups, alpha) = (self.groups.len(), self.alpha);
        for (t, model) in self.targets.iter_mut().enumerate() {
            model.held_out = centres
                .iter()
                .zip(rows.targets.iter())
                .map(|(row, truth)| HeldOut {
                    truth: model.transform.apply(truth[t]).max(f64::MIN),
                    predicted: row[t].0,
                    spread: row[t].1,
                })
                .collect();
            let truth: Vec<f64> = model.held_out.iter().map(|h| h.truth).collect();
            // Results that never vary have no spread; any error is then large in comparison.
            model.truth_sd = sd(&truth).max(1e-12);
            let scores: Vec<f64> =
                model.held_out.iter().map(|h| (h.truth - h.predicted).abs() / h.spread).collect();
            model.bounds = conformal::bound_by_group(&scores, &rows.group, groups, alpha)?;
        }
        Ok(())
    }
}

/// Uses the logarithm for a positive target whose values span more than a factor of fifty.
fn choose_transform(y: &[f64]) -> Transform {
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    let high = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > 0.0 && high > 50.0 * low { Transform::Log } else { Transform::Identity }
}

/// Logarithms of absolute errors, with a floor, because an error that is tiny by chance says little
/// about the spread around it.
fn log_sizes(errors: &[f64]) -> Vec<f64> {
    let mut sizes: Vec<f64> = errors.iter().map(|e| e.abs()).collect();
    let mut sorted = sizes.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let floor = (0.1 * sorted[sorted.len() / 2]).max(1e-9 * sorted[sorted.len() - 1]).max(1e-300);
    sizes.iter_mut().for_each(|s| *s = (*s + floor).ln());
    sizes
}

/// One outlier test per class; `None` for a class with too few rows.
fn outlier_tests(
    names: &Names,
    train: &Rows,
    calibrate: &Rows,
    alpha: f64,
) -> Vec<Option<OutlierTest>> {
    let of_class = |rows: &Rows, class: usize| {
        let own: Vec<Vec<f64>> = rows
            .features
            .iter()
            .zip(&rows.class)
            .filter(|(_, c)| **c == class)
            .map(|(row, _)| names.outlier_columns.iter().map(|&j| row[j]).collect())
            .collect();
        Matrix::from_rows(&own)
    };
    (0..names.classes.len())
        .map(|class| {
            let (fit, limit) = (of_class(train, class).ok()?, of_class(calibrate, class).ok()?);
            OutlierTest::fit(&fit, &limit, alpha).ok()
        })
        .collect()
}
