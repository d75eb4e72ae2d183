//! Six trade-off signals of a job, 0 to 1, computed from the results of a simulator or a model.

use serde::Serialize;

use crate::check::Job;
use crate::job::PatternComplexity;
use crate::outputs::Outputs;
use crate::printing::Printing;
use crate::quick::Estimate;

/// A value and the interval that contains it; all three numbers are equal for a computed value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The value.
    pub value: f64,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
}

impl Interval {
    /// A value without uncertainty.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// Applies an increasing function to value and interval.
    fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        Self { value: f(self.value), low: f(self.low), high: f(self.high) }
    }

    /// Applies a decreasing function to value and interval.
    fn falling(self, f: impl Fn(f64) -> f64) -> Self {
        Self { value: f(self.value), low: f(self.high), high: f(self.low) }
    }
}

/// Inputs of the signals, each with its interval. If an input is absent, the signals that need it
/// are absent too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalInputs {
    /// Whether the line prints.
    pub prints: bool,
    /// Normalized image log-slope.
    pub nils: Option<Interval>,
    /// Depth of focus in nm.
    pub dof_nm: Option<Interval>,
    /// Three-sigma roughness of an edge in nm.
    pub ler3s_nm: Option<Interval>,
    /// Share of lines out of tolerance.
    pub yield_risk: Option<Interval>,
    /// Agreement of the quick formulas with the full result, 0 to 1.
    pub agreement: Option<Interval>,
}

impl SignalInputs {
    /// Inputs from a simulator's outputs, without uncertainty. `quick` are the estimates by
    /// formula; it is `None` if there is no other result to compare them with.
    ///
    /// Agreement is the ratio of the quick to the computed depth of focus, the smaller over the
    /// larger: at ArF NA 0.75 and pitch 260, 142 nm by formula against 361 nm (sigma 0.3) give 0.4.
    #[must_use]
    pub fn computed(outputs: &Outputs, quick: Option<&Estimate>) -> Self {
        let agreement = outputs.dof_nm.zip(quick).map(|(dof, quick)| {
            let (a, b) = (dof.min(quick.dof_nm), dof.max(quick.dof_nm));
            if b > 0.0 { a / b } else { 0.0 }
        });
        Self {
            prints: outputs.printing.is_none_or(|p| p == Printing::Prints),
            nils: outputs.nils.map(Interval::exact),
            dof_nm: outputs.dof_nm.map(Interval::exact),
            ler3s_nm: outputs.ler3s_nm.map(Interval::exact),
            yield_risk: outputs.yield_risk.map(Interval::exact),
            agreement: agreement.map(Interval::exact),
        }
    }
}

/// Six trade-off signals; higher is better in all but `yield_risk`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Signals {
    /// Balance of a simulation's speed and its accuracy on the job's grid.
    pub speed_vs_accuracy: Option<Interval>,
    /// Balance of edge slope and depth of focus.
    pub resolution_vs_dof: Option<Interval>,
    /// Balance of dose (throughput) and edge roughness.
    pub cost_vs_fidelity: Option<Interval>,
    /// How well the quick formulas can replace the full result.
    pub surrogate_reliability: Option<Interval>,
    /// Share of lines out of tolerance.
    pub yield_risk: Option<Interval>,
    /// Overall quality of the job, 0 to 1; 0 for a job that does not print.
    pub overall_health: Option<Interval>,
}

/// Clear-field dose in mJ/cm2 at which the dose score is one half.
const DOSE_HALF: f64 = 30.0;

/// NILS at which the resolution score is one half: the usual requirement is 1.5 to 2.
const NILS_HALF: f64 = 1.5;

impl Signals {
    /// The signals of a job.
    ///
    /// # Formula
    ///
    /// balance(a, b) = 2ab/(a + b) is low if either is low. It rises in both, so the ends of
    /// intervals map to each other.
    /// * `resolution_vs_dof` = balance(NILS/(NILS + 1.5), DoF/(DoF + 6 s_f)), s_f the spread of focus.
    /// * `cost_vs_fidelity` = balance(30/(30 + dose), 1/(1 + LER/(tolerance cd))).
    /// * `speed_vs_accuracy` = balance(1/(1 + w/q²), 1/(1 + q²) r): q = grid 4 NA/lambda is the step in units of the image's
    ///   Nyquist step, w = 0.1, 0.3, 1 for simple, moderate, complex layouts; a job that lets a surrogate answer has speed 1
    ///   and takes r, the agreement, as a factor of accuracy (else r = 1). Without `grid_size_nm` q = 1/2.
    /// * `surrogate_reliability` = agreement. `yield_risk` as computed.
    /// * `overall_health` = geometric mean of `resolution_vs_dof`, `cost_vs_fidelity` and 1 - risk; 0 if the job does not print.
    ///   It describes the job alone, not how far an answer can be trusted or what it cost.
    #[must_use]
    pub fn of(job: &Job, inputs: &SignalInputs) -> Self {
        let unit = |i: Interval| Interval {
            value: i.value.clamp(0.0, 1.0),
            low: i.low.clamp(0.0, 1.0),
            high: i.high.clamp(0.0, 1.0),
        };
        let share = |half: f64| move |x: f64| x.max(0.0) / (x.max(0.0) + half);
        let resolution = inputs.nils.map(|i| i.rising(share(NILS_HALF)));
        let needed = (6.0 * job.focus_sigma_nm).max(f64::MIN_POSITIVE);
        let depth = inputs.dof_nm.map(|i| i.rising(share(needed)));
        let throughput = job.dose_mj_cm2.map(|d| Interval::exact(DOSE_HALF / (DOSE_HALF + d)));
        let allowed = job.cd_tolerance * job.cd_nm;
        let fidelity = inputs.ler3s_nm.map(|i| i.falling(|l| 1.0 / (1.0 + l.max(0.0) / allowed)));
        let agreement = inputs.agreement.map(unit);
        let risk = inputs.yield_risk.map(unit);
        let resolution_vs_dof = balance(resolution, depth);
        let cost_vs_fidelity = balance(throughput, fidelity);
        let speed_vs_accuracy = speed_vs_accuracy(job, agreement);
        let parts = [resolution_vs_dof, cost_vs_fidelity];
        let health = if inputs.prints {
            parts
                .into_iter()
                .chain([risk.map(|r| r.falling(|r| 1.0 - r))])
                .collect::<Option<Vec<_>>>()
                .map(|all| geometric_mean(&all))
        } else {
            Some(Interval::exact(0.0))
        };
        Self {
            speed_vs_accuracy,
            resolution_vs_dof,
            cost_vs_fidelity,
            surrogate_reliability: agreement,
            yield_risk: risk,
            overall_health: health,
        }
    }

    /// Names and values, in the order of the fields.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Option<Interval>); 6] {
        [
            ("speed_vs_accuracy", self.speed_vs_accuracy),
            ("resolution_vs_dof", self.resolution_vs_dof),
            ("cost_vs_fidelity", self.cost_vs_fidelity),
            ("surrogate_reliability", self.surrogate_reliability),
            ("yield_risk", self.yield_risk),
            ("overall_health", self.overall_health),
        ]
    }
}

fn speed_vs_accuracy(job: &Job, agreement: Option<Interval>) -> Option<Interval> {
    let nyquist = job.optics.wavelength_nm / (4.0 * job.optics.na);
    let q2 = job.parameters.grid_size_nm.map_or(0.25, |g| (g / nyquist).powi(2));
    let sampled = 1.0 / (1.0 + q2);
    if job.parameters.use_ai_surrogate {
        return balance(Some(Interval::exact(1.0)), agreement.map(|i| i.rising(|r| r * sampled)));
    }
    let work = match job.parameters.pattern_complexity {
        PatternComplexity::Simple => 0.1,
        PatternComplexity::Moderate => 0.3,
        PatternComplexity::Complex => 1.0,
    };
    balance(Some(Interval::exact(1.0 / (1.0 + work / q2))), Some(Interval::exact(sampled)))
}

/// Harmonic mean of two scores. It rises with either, so the lower ends of the intervals give the
/// lower end.
fn balance(a: Option<Interval>, b: Option<Interval>) -> Option<Interval> {
    let (a, b) = (a?, b?);
    let mean = |x: f64, y: f64| if x + y > 0.0 { 2.0 * x * y / (x + y) } else { 0.0 };
    Some(Interval {
        value: mean(a.value, b.value),
        low: mean(a.low, b.low),
        high: mean(a.high, b.high),
    })
}

fn geometric_mean(parts: &[Interval]) -> Interval {
    let mean = |end: fn(&Interval) -> f64| {
        parts.iter().map(end).product::<f64>().powf(1.0 / parts.len() as f64)
    };
    Interval { value: mean(|i| i.value), low: mean(|i| i.low), high: mean(|i| i.high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JobParameters;

    fn job() -> Job {
        let mut p = JobParameters::new(13.5, 0.33, 32.0, 16.0);
        (p.dose_mj_cm2, p.resist_thickness_nm, p.blur_nm) = (Some(30.0), 30.0, 4.0);
        p.focus_sigma_nm = Some(10.0);
        p.check().expect("a sound job")
    }

    fn inputs(doubt: f64) -> SignalInputs {
        let around =
            |v: f64| Some(Interval { value: v, low: v * (1.0 - doubt), high: v * (1.0 + doubt) });
        SignalInputs {
            prints: true,
            nils: around(1.5),
            dof_nm: around(60.0),
            ler3s_nm: around(1.6),
            yield_risk: around(0.1),
            agreement: around(0.5),
        }
    }

    #[test]
    fn halves_where_the_formulas_say_so() {
        let s = Signals::of(&job(), &inputs(0.0));
        // NILS and dose at the values that score one half, DoF at 6 focus sigmas, LER at the
        // tolerance.
        assert!((s.resolution_vs_dof.unwrap().value - 0.5).abs() < 1e-15);
        assert!((s.cost_vs_fidelity.unwrap().value - 0.5).abs() < 1e-15);
        // The speed is 1 with a surrogate. The accuracy at half a Nyquist step is 0.8, times the
        // agreement of 0.5.
        assert!((s.speed_vs_accuracy.unwrap().value - 0.8 / 1.4).abs() < 1e-15);
        let health = (0.5 * 0.5 * 0.9_f64).cbrt();
        assert!((s.overall_health.unwrap().value - health).abs() < 1e-15);
    }

    #[test]
    fn intervals_hold_the_value_and_grow_with_doubt() {
        for ((name, narrow), (_, wide)) in Signals::of(&job(), &inputs(0.05))
            .named()
            .into_iter()
            .zip(Signals::of(&job(), &inputs(0.2)).named())
        {
            let (narrow, wide) = (narrow.unwrap(), wide.unwrap());
            assert!(narrow.low < narrow.value && narrow.value < narrow.high, "{name}");
            assert!(wide.low < narrow.low && narrow.high < wide.high, "{name}");
            assert!(wide.low >= 0.0 && wide.high <= 1.0, "{name}");
        }
    }

    #[test]
    fn a_job_that_does_not_print_has_no_health() {
        let s = Signals::of(&job(), &SignalInputs { prints: false, ..inputs(0.1) });
        assert_eq!(s.overall_health, Some(Interval::exact(0.0)));
    }

    /// The smaller depth of focus over the larger, whichever is the quick one.
    #[test]
    fn agreement_is_the_ratio_of_the_depths_of_focus() {
        let quick = Estimate::of(&job());
        let of = |factor: f64| {
            let dof_nm = Some(factor * quick.dof_nm);
            let outputs = Outputs { dof_nm, ..Outputs::quick(&job(), &quick) };
            SignalInputs::computed(&outputs, Some(&quick)).agreement.unwrap().value
        };
        assert_eq!((of(1.0), of(2.0), of(0.5), of(0.0)), (1.0, 0.5, 0.5, 0.0));
    }
}
