//! Changes of a job that may miss its limits, with which it could meet them.

use libchar_litho::{Job, JobParameters};

/// One change of one field of a job.
pub(super) struct Step {
    pub(super) field: &'static str,
    pub(super) value: f64,
    /// Relative size of the change.
    pub(super) size: f64,
    pub(super) apply: fn(&mut JobParameters, f64),
}

impl Step {
    pub(super) fn text(&self) -> String {
        format!("{}={}", self.field, self.value)
    }
}

/// The changes that an engineer could make without another design: lens, source, dose, mask bias.
pub(super) fn steps(job: &Job) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut add = |field, value: Option<f64>, apply: fn(&mut JobParameters, f64)| {
        for size in [-0.3, -0.2, -0.1, -0.05, 0.05, 0.1, 0.2, 0.3] {
            if let Some(value) = value {
                // Tools are set to no more than four digits.
                let value = (value * (1.0 + size) * 1e4).round() / 1e4;
                steps.push(Step { field, value, size: f64::abs(size), apply });
            }
        }
    };
    let p = &job.parameters;
    add("na", Some(p.na), |p, v| p.na = v);
    add("dose_mj_cm2", p.dose_mj_cm2, |p, v| p.dose_mj_cm2 = Some(v));
    add("sigma", p.sigma, |p, v| p.sigma = Some(v));
    add("sigma_out", p.sigma_out, |p, v| p.sigma_out = Some(v));
    add("sigma_in", p.sigma_in.filter(|v| *v > 0.0), |p, v| p.sigma_in = Some(v));
    for share in [-0.1, -0.05, 0.05, 0.1] {
        let value = ((p.mask_bias_nm + share * job.cd_nm) * 1e4).round() / 1e4;
        let apply = |p: &mut JobParameters, v| p.mask_bias_nm = v;
        steps.push(Step { field: "mask_bias_nm", value, size: f64::abs(share), apply });
    }
    steps
}
