//! Evaluates one setting: exact images of every feature, and the window that they share.

use super::{Objective, Problem, Solution, Term};
use crate::check::Job;
use crate::job::JobParameters;
use crate::mask::Mask;
use crate::source::Source;
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};
use crate::tcc::{TOLERANCE, Tcc};
use crate::window::{farthest_nm, knots, open_until};
use crate::yield_risk::{self, yield_risk};

/// Focus values of a common window.
const FOCI: usize = 31;

/// A feature at one setting of the optics.
pub(super) struct Imaged {
    pub(super) job: Job,
    tcc: Tcc,
    pub(super) stack: ImageStack,
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

    /// The bias with which the line prints its target at a threshold, by Newton's method on the
    /// intensity at the edge.
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
        "assist_nm" => job.assist_nm = job.assist_nm.map(|_| value),
        "assist_offset_nm" => job.assist_offset_nm = job.assist_nm.map(|_| value),
        "mask_bias_nm" => job.mask_bias_nm = value,
        // The dose is not a field of a job: it changes the threshold.
        _ => {}
    }
}

impl Problem {
    /// The features at a setting; `None` if one is not a valid job.
    pub(super) fn jobs(&self, values: &[f64]) -> Option<Vec<Job>> {
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

    /// Evaluates a setting; `None` if it violates a limit.
    #[must_use]
    pub fn evaluate(&self, values: &[f64]) -> Option<Solution> {
        let jobs = self.jobs(values)?;
        let (features, threshold, bias_nm) = self.imaged(jobs, values)?;
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
        let risks: Vec<f64> = if self.objective.asks_risk() {
            features.iter().map(|f| yield_risk(&f.job, &f.stack, threshold, 0.0)).collect()
        } else {
            Vec::new()
        };
        let worst = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let term = |term: &Term| match term {
            Term::Dof => 2.0 * reach,
            Term::Latitude => el_pct,
            Term::Nils => nils.iter().copied().fold(f64::INFINITY, f64::min),
            Term::Meef => worst(&meef),
            Term::YieldRisk => worst(&risks),
        };
        let objective = match &self.objective {
            Objective::CommonDof => term(&Term::Dof),
            Objective::CommonLatitude => term(&Term::Latitude),
            Objective::YieldRisk => term(&Term::YieldRisk),
            Objective::Weights(weights) => {
                let sum: f64 = weights.iter().map(|(of, weight)| weight * term(of)).sum();
                Some(sum).filter(|sum| sum.is_finite())?
            }
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
            window_ends: Vec::new(),
        })
    }

    /// The dose of a setting, in units of the first feature's dose to size.
    fn dose(&self, values: &[f64]) -> f64 {
        let at = self.variables.iter().position(|v| v.field == "dose");
        at.map_or(1.0, |at| values[at])
    }

    /// The features of a setting with their images and biased masks, the threshold, and the biases
    /// in nm.
    pub(super) fn imaged(
        &self,
        jobs: Vec<Job>,
        values: &[f64],
    ) -> Option<(Vec<Imaged>, f64, Vec<f64>)> {
        let far =
            jobs.iter().map(|j| farthest_nm(j).max(yield_risk::farthest_nm(j))).fold(0.0, f64::max);
        let mut features: Vec<Imaged> = jobs.into_iter().map(|j| Imaged::new(j, far)).collect();
        let first = features.first()?;
        let edge = first.job.cd_nm / 2.0;
        let to_size = first.job.resist.threshold.unwrap_or_else(|| first.stack.image(0.0).at(edge));
        let threshold = to_size / self.dose(values);
        let mut bias_nm = vec![first.job.mask_cd_nm - first.job.cd_nm];
        for feature in features.iter_mut().skip(1) {
            if self.bias_on_target && !matches!(feature.job.mask, Mask::Orders { .. }) {
                bias_nm.push(feature.solve_bias(threshold, self.bias_limit_nm)?);
            } else {
                bias_nm.push(feature.job.mask_cd_nm - feature.job.cd_nm);
            }
        }
        Some((features, threshold, bias_nm))
    }
}
