//! Explains why a setting is no better: the bounds and limits that it lies on, and the features
//! that end its window.

use super::{Problem, Solution};
use crate::source::Source;
use crate::strict::allowed;

impl Problem {
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

    /// Names the features that end the common window at a solution's depth of focus, with the side
    /// of the dose.
    #[must_use]
    pub fn window_ends(&self, s: &Solution) -> Vec<String> {
        let Some((features, threshold, _)) =
            self.jobs(&s.values).and_then(|jobs| self.imaged(jobs, &s.values))
        else {
            return Vec::new();
        };
        let focus = s.dof_nm / 2.0;
        let doses: Vec<Option<(f64, f64)>> = features
            .iter()
            .map(|f| allowed(&f.stack.image(focus), &f.job, threshold).widest())
            .collect();
        let name = |i: usize| {
            let job = &features[i].job;
            let own = job.parameters.job_id.clone();
            own.unwrap_or_else(|| format!("pitch {} nm", job.pitch_nm))
        };
        if let Some(closed) = doses.iter().position(Option::is_none) {
            return vec![format!("{} does not print at {focus:.1} nm defocus", name(closed))];
        }
        let ends = || doses.iter().copied().enumerate().filter_map(|(i, d)| Some((i, d?)));
        let low = ends().max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        let high = ends().min_by(|a, b| a.1.1.total_cmp(&b.1.1));
        let mut on = Vec::new();
        if let (Some((low, _)), Some((high, _))) = (low, high) {
            on.push(format!("{} at low dose", name(low)));
            on.push(format!("{} at high dose", name(high)));
        }
        on
    }
}
