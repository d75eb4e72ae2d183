//! The settings that print a set of features best: exact physics over a grid, then a seeded search from its best points.

use serde::Serialize;

use crate::check::Job;
use crate::job::JobParameters;
use crate::mask::Mask;
use crate::source::Source;
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};
use crate::tcc::{TOLERANCE, Tcc};
use crate::window::{farthest_nm, knots, open_until};
use crate::yield_risk::{self, yield_risk};

/// What is to be best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// The depth of focus that all features share at one dose, at the least latitude of the first feature's job.
    CommonDof,
    /// The exposure latitude at best focus that all features share.
    CommonLatitude,
    /// The greatest yield risk of the features by the spread of dose and focus, to be least.
    YieldRisk,
}

impl Objective {
    /// Whether a smaller value is better.
    #[must_use]
    pub fn is_least(self) -> bool {
        self == Self::YieldRisk
    }
}

/// A field that may vary.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
}

/// Fields that can vary: lens and source of all features, the mask's bias of the first (or of all, where the others do not
/// follow their own targets).
pub const FIELDS: [&str; 8] = [
    "na",
    "sigma",
    "sigma_in",
    "sigma_out",
    "pole_center",
    "pole_radius",
    "pole_angle_deg",
    "mask_bias_nm",
];

/// A problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The features; the first sets the dose.
    pub features: Vec<JobParameters>,
    /// What may vary.
    pub variables: Vec<Variable>,
    /// What is to be best.
    pub objective: Objective,
    /// Least normalized image log-slope of every feature at best focus.
    pub nils_min: Option<f64>,
    /// Greatest mask error factor of every feature.
    pub meef_max: Option<f64>,
    /// Whether the mask's bias of every feature but the first is such that it prints its target at the first one's dose.
    pub bias_on_target: bool,
    /// Greatest absolute value of such a bias in nm.
    pub bias_limit_nm: f64,
    /// Least width of a ring, sigma_out - sigma_in.
    pub ring_min: f64,
    /// Greatest distance of a pole's outer edge from the axis.
    pub pole_reach_max: f64,
    /// Seed of the search.
    pub seed: u64,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// Values of the variables, in their order.
    pub values: Vec<f64>,
    /// The objective.
    pub objective: f64,
    /// Depth of focus common to all features in nm.
    pub dof_nm: f64,
    /// Exposure latitude at best focus common to all features, in percent.
    pub el_pct: f64,
    /// Doses at which the depth of focus holds, in units of the first feature's dose to size.
    pub dose_low: Option<f64>,
    /// See `dose_low`.
    pub dose_high: Option<f64>,
    /// Threshold of the resist.
    pub threshold: f64,
    /// Of each feature: the mask's bias in nm.
    pub bias_nm: Vec<f64>,
    /// Of each feature: the normalized image log-slope at best focus.
    pub nils: Vec<f64>,
    /// Of each feature: the mask error factor.
    pub meef: Vec<f64>,
    /// Of each feature: the yield risk by dose and focus.
    pub yield_risk: Vec<f64>,
    /// Bounds and limits that it lies on.
    pub limited_by: Vec<String>,
}

/// All that a search found.
#[derive(Clone, Debug)]
pub struct Search {
    /// The best.
    pub best: Solution,
    /// Other local optima, the best first.
    pub local: Vec<Solution>,
    /// Solutions seen that are within 1 % (yield risk: 5 %) of the best.
    pub near: Vec<Solution>,
    /// Every feasible point of the grid.
    pub grid: Vec<Solution>,
    /// Points of the grid, feasible or not.
    pub tried: usize,
}

/// A feature at one setting of the optics.
struct Imaged {
    job: Job,
    tcc: Tcc,
    stack: ImageStack,
}

impl Imaged {
    fn new(job: Job, far: f64) -> Self {
        let tcc = Tcc::new(&job, far, TOLERANCE);
        let stack = ImageStack::new(&job, &tcc);
        Self { job, tcc, stack }
    }

    fn rebias(&mut self, bias_nm: f64) {
        self.job.mask_cd_nm = self.job.cd_nm + bias_nm;
        self.stack = ImageStack::new(&self.job, &self.tcc);
    }

    /// The bias with which the line prints its target at a threshold: Newton's method on the edge's intensity.
    fn solve_bias(&mut self, threshold: f64, limit: f64) -> Option<f64> {
        let edge = self.job.cd_nm / 2.0;
        for _ in 0..30 {
            let off = self.stack.image(0.0).at(edge) - threshold;
            let slope = ImageStack::mask_slope(&self.job, &self.tcc).image(0.0).at(edge);
            let step = -off / slope;
            let next = self.job.mask_cd_nm - self.job.cd_nm + step;
            let room = next + self.job.cd_nm;
            if !next.is_finite()
                || next.abs() > 4.0 * limit + self.job.cd_nm
                || room <= 0.0
                || room >= self.job.pitch_nm
            {
                return None;
            }
            self.rebias(next);
            if step.abs() < 1e-10 * self.job.cd_nm {
                return (next.abs() <= limit).then_some(next);
            }
        }
        None
    }
}

fn set(job: &mut JobParameters, field: &str, value: f64) {
    match field {
        "na" => job.na = value,
        "sigma" => job.sigma = Some(value),
        "sigma_in" => job.sigma_in = Some(value),
        "sigma_out" => job.sigma_out = Some(value),
        "pole_center" => job.pole_center = Some(value),
        "pole_radius" => job.pole_radius = Some(value),
        "pole_angle_deg" => job.pole_angle_deg = Some(value),
        _ => job.mask_bias_nm = value,
    }
}

impl Problem {
    /// The features at a setting; `None` where some is no sound job.
    fn jobs(&self, values: &[f64]) -> Option<Vec<Job>> {
        let one = |p: &JobParameters| {
            let mut p = p.clone();
            for (variable, value) in self.variables.iter().zip(values) {
                set(&mut p, variable.field, *value);
            }
            let job = p.check().ok()?;
            let fits = match job.source {
                Source::Annular { sigma_in, sigma_out } => {
                    sigma_out - sigma_in >= self.ring_min - 1e-12
                }
                Source::Dipole { pole_center, pole_radius, .. }
                | Source::Quadrupole { pole_center, pole_radius, .. } => {
                    pole_center + pole_radius <= self.pole_reach_max + 1e-12
                }
                _ => true,
            };
            fits.then_some(job)
        };
        self.features.iter().map(one).collect()
    }

    /// What a setting gives; `None` if it breaks a limit.
    #[must_use]
    pub fn evaluate(&self, values: &[f64]) -> Option<Solution> {
        let jobs = self.jobs(values)?;
        let far =
            jobs.iter().map(|j| farthest_nm(j).max(yield_risk::farthest_nm(j))).fold(0.0, f64::max);
        let mut features: Vec<Imaged> = jobs.into_iter().map(|j| Imaged::new(j, far)).collect();
        let first = features.first()?;
        let edge = first.job.cd_nm / 2.0;
        let threshold =
            first.job.resist.threshold.unwrap_or_else(|| first.stack.image(0.0).at(edge));
        let mut bias_nm = vec![first.job.mask_cd_nm - first.job.cd_nm];
        for feature in features.iter_mut().skip(1) {
            if self.bias_on_target && !matches!(feature.job.mask, Mask::Orders { .. }) {
                bias_nm.push(feature.solve_bias(threshold, self.bias_limit_nm)?);
            } else {
                bias_nm.push(feature.job.mask_cd_nm - feature.job.cd_nm);
            }
        }
        let mut nils = Vec::new();
        let mut meef = Vec::new();
        for f in &features {
            let best = f.stack.image(0.0);
            let x = f.job.cd_nm / 2.0;
            nils.push(best.nils(f.job.cd_nm).unwrap_or(0.0));
            let by_mask = ImageStack::mask_slope(&f.job, &f.tcc).image(0.0).at(x);
            meef.push(-2.0 * by_mask / best.slope(x));
        }
        if self.nils_min.is_some_and(|least| nils.iter().any(|n| *n < least))
            || self.meef_max.is_some_and(|most| meef.iter().any(|m| m.is_nan() || *m > most))
        {
            return None;
        }
        let at = |focus: f64| {
            let mut common = Doses(vec![(0.0, f64::INFINITY)]);
            for f in &features {
                if common.0.is_empty() {
                    break;
                }
                common = common.intersect(&allowed(&f.stack.image(focus), &f.job, threshold));
            }
            common
        };
        let lead = &features[0].job;
        let step = farthest_nm(lead) / (FOCI - 1) as f64;
        let focus: Vec<f64> = (0..FOCI).map(|i| step * i as f64).collect();
        let mut grid: Vec<Doses> = Vec::new();
        for f in &focus {
            grid.push(at(*f));
            if grid.last().is_some_and(|d| d.0.is_empty()) {
                break;
            }
        }
        let el_pct = 100.0 * grid.first().map_or(0.0, Doses::latitude);
        let knots = knots(&at, &focus[..grid.len()], &grid);
        let (reach, common) = open_until(&at, &knots, lead.el_min);
        let doses = common.as_ref().and_then(Doses::widest);
        let risks: Vec<f64> = if self.objective == Objective::YieldRisk {
            features.iter().map(|f| yield_risk(&f.job, &f.stack, threshold, 0.0)).collect()
        } else {
            Vec::new()
        };
        let objective = match self.objective {
            Objective::CommonDof => 2.0 * reach,
            Objective::CommonLatitude => el_pct,
            Objective::YieldRisk => risks.iter().copied().fold(0.0, f64::max),
        };
        Some(Solution {
            values: values.to_vec(),
            objective,
            dof_nm: 2.0 * reach,
            el_pct,
            dose_low: doses.map(|d| d.0),
            dose_high: doses.map(|d| d.1),
            threshold,
            bias_nm,
            nils,
            meef,
            yield_risk: risks,
            limited_by: Vec::new(),
        })
    }

    fn is_better(&self, a: f64, b: f64) -> bool {
        if self.objective.is_least() { a < b } else { a > b }
    }

    /// Points of the grid each way.
    #[must_use]
    pub fn grid_points(&self) -> usize {
        match self.variables.len() {
            0 | 1 => 121,
            2 => 31,
            3 => 11,
            4 => 6,
            _ => 4,
        }
    }

    /// The settings of the grid.
    #[must_use]
    pub fn grid(&self) -> Vec<Vec<f64>> {
        let n = self.grid_points();
        let mut all = vec![Vec::new()];
        for v in &self.variables {
            let steps = (0..n).map(|i| v.low + (v.high - v.low) * i as f64 / (n - 1) as f64);
            all = all
                .into_iter()
                .flat_map(|head: Vec<f64>| {
                    steps.clone().map(move |x| {
                        let mut own = head.clone();
                        own.push(x);
                        own
                    })
                })
                .collect();
        }
        all
    }

    /// Points of a grid that no neighbour betters, the best first.
    #[must_use]
    pub fn peaks(&self, grid: &[Option<Solution>]) -> Vec<Solution> {
        let (n, k) = (self.grid_points(), self.variables.len());
        let place = |mut i: usize| {
            let mut at = vec![0; k];
            for a in at.iter_mut().rev() {
                (*a, i) = (i % n, i / n);
            }
            at
        };
        let mut found: Vec<Solution> = Vec::new();
        for (i, here) in grid.iter().enumerate() {
            let Some(here) = here else { continue };
            let at = place(i);
            let neighbours = (0..3_usize.pow(k as u32)).filter_map(|mut code| {
                let mut index = 0;
                for &a in &at {
                    let b = (a + code % 3).checked_sub(1).filter(|b| *b < n)?;
                    (index, code) = (index * n + b, code / 3);
                }
                Some(index)
            });
            let is_peak = neighbours
                .filter_map(|j| grid[j].as_ref())
                .all(|other| !self.is_better(other.objective, here.objective));
            if is_peak {
                found.push(here.clone());
            }
        }
        self.sort(&mut found);
        found
    }

    fn sort(&self, solutions: &mut [Solution]) {
        let sign = if self.objective.is_least() { 1.0 } else { -1.0 };
        solutions.sort_by(|a, b| (sign * a.objective).total_cmp(&(sign * b.objective)));
    }

    /// A better setting near one: steps in directions that turn from round to round, clipped to the bounds, half as long
    /// when none helps. The number of the start decides the directions, so the same problem has the same answer.
    #[must_use]
    pub fn refine(&self, start: &Solution, number: u64) -> Solution {
        let k = self.variables.len();
        let spans: Vec<f64> = self.variables.iter().map(|v| v.high - v.low).collect();
        let mut best = start.clone();
        let mut size = 1.5 / (self.grid_points() - 1) as f64;
        let mut state = self.seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut draw = move || {
            // SplitMix64 (Steele, Lea and Flood 2014).
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        let mut last: Option<Vec<f64>> = None;
        let mut left = 400 * k.max(1);
        while size > 2e-5 && left > 0 {
            let mut directions: Vec<Vec<f64>> = last.take().into_iter().collect();
            for i in 0..k {
                for sign in [1.0, -1.0] {
                    directions.push((0..k).map(|j| if i == j { sign } else { 0.0 }).collect());
                }
            }
            for _ in 0..4 * k {
                let d: Vec<f64> = (0..k).map(|_| draw()).collect();
                let length = d.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-9);
                directions.push(d.iter().map(|x| x / length).collect());
            }
            let mut moved = false;
            for d in directions {
                let values: Vec<f64> = (0..k)
                    .map(|i| {
                        let v = &self.variables[i];
                        (best.values[i] + size * spans[i] * d[i]).clamp(v.low, v.high)
                    })
                    .collect();
                if values == best.values {
                    continue;
                }
                left = left.saturating_sub(1);
                if let Some(next) = self.evaluate(&values)
                    && self.is_better(next.objective, best.objective)
                {
                    best = next;
                    last = Some(d);
                    moved = true;
                    break;
                }
            }
            if !moved {
                size *= 0.5;
            }
        }
        best
    }

    /// Bounds and limits that a solution lies on.
    #[must_use]
    pub fn limits_of(&self, s: &Solution) -> Vec<String> {
        let mut on = Vec::new();
        for (v, value) in self.variables.iter().zip(&s.values) {
            let near = 1e-3 * (v.high - v.low);
            if value - v.low <= near {
                on.push(format!("{} at its lower bound {}", v.field, v.low));
            } else if v.high - value <= near {
                on.push(format!("{} at its upper bound {}", v.field, v.high));
            }
        }
        if let Some(least) = self.nils_min
            && s.nils.iter().any(|n| *n < least * 1.003)
        {
            on.push(format!("NILS at its limit {least}"));
        }
        if let Some(most) = self.meef_max
            && s.meef.iter().any(|m| *m > most * 0.997)
        {
            on.push(format!("MEEF at its limit {most}"));
        }
        if self.bias_on_target
            && s.bias_nm.iter().skip(1).any(|b| b.abs() > 0.997 * self.bias_limit_nm)
        {
            on.push(format!("mask bias at its limit {} nm", self.bias_limit_nm));
        }
        match self.jobs(&s.values).and_then(|jobs| Some(jobs.first()?.source)) {
            Some(Source::Annular { sigma_in, sigma_out })
                if sigma_out - sigma_in < self.ring_min + 1e-3 =>
            {
                on.push(format!("ring at its least width {}", self.ring_min));
            }
            Some(
                Source::Dipole { pole_center, pole_radius, .. }
                | Source::Quadrupole { pole_center, pole_radius, .. },
            ) if pole_center + pole_radius > self.pole_reach_max - 1e-3 => {
                on.push(format!("poles at their greatest reach {}", self.pole_reach_max));
            }
            _ => {}
        }
        on
    }

    /// The best of refined starts, local optima told apart, and all that come near.
    #[must_use]
    pub fn conclude(
        &self,
        grid: Vec<Option<Solution>>,
        mut refined: Vec<Solution>,
    ) -> Option<Search> {
        self.sort(&mut refined);
        let tried = grid.len();
        let grid: Vec<Solution> = grid.into_iter().flatten().collect();
        let mut distinct: Vec<Solution> = Vec::new();
        for s in refined {
            let same = |o: &Solution| {
                self.variables
                    .iter()
                    .enumerate()
                    .all(|(i, v)| (o.values[i] - s.values[i]).abs() < 0.02 * (v.high - v.low))
            };
            if !distinct.iter().any(same) {
                distinct.push(s);
            }
        }
        for s in &mut distinct {
            s.limited_by = self.limits_of(s);
        }
        let best = distinct.first()?.clone();
        let share = if self.objective.is_least() { 1.05 } else { 0.99 };
        let is_near = |s: &&Solution| !self.is_better(share * best.objective, s.objective);
        let near = grid.iter().filter(is_near).cloned().collect();
        Some(Search { local: distinct.split_off(1), best, near, grid, tried })
    }
}

/// Focus values of a common window.
const FOCI: usize = 31;
