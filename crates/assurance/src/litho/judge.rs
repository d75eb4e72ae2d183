//! Predicts a job before it runs, by the model, or by the physics where the model is unsure; and
//! decides whether the job should run.

use super::NamedJob;
use super::TrustError;
use super::changes::{Step, steps};
use super::profile::{Limit, Profile, Profiles};
use super::targets::{TARGETS, beyond_ranges, class_of};
use libchar_learn::Surrogate;
use libchar_learn::surrogate::{Beyond, Novelty, Prediction};
use libchar_litho::Job;
use libchar_litho::learner::{self, Regime, Row};
use libchar_litho::outputs::Outputs;
use libchar_litho::signals::{Interval, SignalInputs, Signals};
use libchar_litho::simulate::simulate;
use std::collections::BTreeMap;
use std::fmt;

/// Whether a job should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No reason against it.
    Run,
    /// It may miss its constraints, or there is no reliable answer.
    Warn,
    /// It will miss its constraints.
    Block,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Run => "run",
            Verdict::Warn => "warn",
            Verdict::Block => "block",
        })
    }
}

/// Source of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The trained model, with intervals.
    Model,
    /// The simulation, which has no statistical error.
    Physics,
    /// None: the model is unsure and the physics is not allowed.
    Nobody,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Answer::Model => "model",
            Answer::Physics => "physics",
            Answer::Nobody => "nobody",
        })
    }
}

/// One result; the ends are absent where there is no interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Most likely value.
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Estimate {
    /// A result without value and interval.
    pub const NONE: Estimate = Estimate { value: None, low: None, high: None };

    /// Both ends of the interval, if there is one.
    pub fn ends(self) -> Option<(f64, f64)> {
        self.low.zip(self.high)
    }

    /// Whether the interval, if there is one, contains a value.
    pub fn holds(self, value: f64) -> Option<bool> {
        self.ends().map(|(low, high)| (low..=high).contains(&value))
    }
}

/// A constraint that a job will or may miss.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The result that is limited.
    pub target: &'static str,
    /// The limit in words.
    pub limit: String,
    /// The expected value, NaN where there is none.
    pub value: f64,
    /// Probability that it is missed.
    pub probability: f64,
}

/// Everything that is reported about a job.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The job.
    pub id: String,
    /// Whether it should run.
    pub verdict: Verdict,
    /// Source of the answer.
    pub answer: Answer,
    /// Its regime, if the features can express the job.
    pub regime: Option<Regime>,
    /// Results in the order of [`TARGETS`].
    pub results: Vec<Estimate>,
    /// The six trade-off signals, from the results.
    pub signals: Option<Signals>,
    /// How unlike the training jobs it is.
    pub novelty: Option<Novelty>,
    /// Reasons why the model is unsure.
    pub doubts: Vec<String>,
    /// Limits that it will or may miss.
    pub violations: Vec<Violation>,
    /// Changes that would satisfy all constraints, the smallest first.
    pub alternatives: Vec<String>,
}

impl Judgement {
    /// `HIGH`, `LOW` or `NONE`.
    pub fn confidence(&self) -> &'static str {
        match (self.answer, self.doubts.is_empty()) {
            (Answer::Physics, _) | (Answer::Model, true) => "HIGH",
            (Answer::Model, false) => "LOW",
            (Answer::Nobody, _) => "NONE",
        }
    }
}

/// A limit, and the probability with which the model expects it to be missed.
struct Check<'a> {
    limit: &'a Limit,
    beyond: Option<Beyond<'a>>,
}

/// Judges jobs by one model and a set of profiles.
pub struct Judge<'a> {
    model: &'a Surrogate,
    profiles: &'a Profiles,
    checks: BTreeMap<&'a str, Vec<Check<'a>>>,
    /// Whether the simulation may answer where the model is unsure.
    physics: bool,
    /// Width of an interval, in standard deviations of the results, from which on the model is
    /// unsure.
    wide: f64,
    /// Whether to search for changes with which a job that may miss its limits would meet them.
    pub searches: bool,
    /// Index of each of [`TARGETS`] in the model.
    columns: Vec<Option<usize>>,
}

impl<'a> Judge<'a> {
    /// Prepares the limits of the jobs' profiles. `physics` says whether the simulation may answer;
    /// `wide` is the width of an interval, in standard deviations of the results, from which on the
    /// model is unsure.
    ///
    /// # Errors
    /// A profile that does not exist.
    pub fn new(
        model: &'a Surrogate,
        profiles: &'a Profiles,
        jobs: &[NamedJob],
        physics: bool,
        wide: f64,
    ) -> Result<Judge<'a>, TrustError> {
        let column = |name: &str| model.targets().position(|target| target.name == name);
        let columns: Vec<_> = TARGETS.iter().map(|(name, ..)| column(name)).collect();
        let mut checks = BTreeMap::new();
        for named in jobs {
            let wanted = named.job.parameters.constraint_profile.as_deref();
            let (name, profile) = profiles.get(&named.id, wanted)?;
            if checks.contains_key(name) {
                continue;
            }
            let own: Result<Vec<Check>, TrustError> = profile
                .limits
                .iter()
                .map(|limit| {
                    let beyond = column(limit.target)
                        .map(|t| model.beyond(t, limit.value, limit.above))
                        .transpose()?;
                    Ok(Check { limit, beyond })
                })
                .collect();
            checks.insert(name, own?);
        }
        Ok(Judge { model, profiles, checks, physics, wide, searches: true, columns })
    }

    /// Judges one job.
    ///
    /// # Errors
    /// [`TrustError`] of the model or the profile.
    pub fn judge(&self, named: &NamedJob) -> Result<Judgement, TrustError> {
        let job = &named.job;
        let (name, profile) =
            self.profiles.get(&named.id, job.parameters.constraint_profile.as_deref())?;
        let checks = &self.checks[name];
        let mut judgement = Judgement {
            id: named.id.clone(),
            verdict: Verdict::Run,
            answer: Answer::Nobody,
            regime: None,
            results: vec![Estimate::NONE; TARGETS.len()],
            signals: None,
            novelty: None,
            doubts: Vec::new(),
            violations: Vec::new(),
            alternatives: Vec::new(),
        };
        let features = match learner::row(job) {
            Ok(features) => Some(features),
            Err(not) => {
                judgement.doubts.push(not.to_string());
                None
            }
        };
        if let Some(features) = &features {
            self.ask_model(job, features, &mut judgement)?;
        }
        for check in checks.iter().filter(|check| check.beyond.is_none()) {
            judgement.doubts.push(format!("{}: the model does not predict it", check.limit.text()));
        }
        if !job.parameters.use_ai_surrogate {
            judgement.doubts.push("the job asks for the physics".to_owned());
        }
        if !judgement.doubts.is_empty() && self.physics {
            let outputs = Outputs::from(&simulate(job));
            judgement.answer = Answer::Physics;
            judgement.results = results_of(&outputs);
            // The full simulation agrees with itself.
            let agreement = Some(Interval::exact(1.0));
            let inputs = SignalInputs { agreement, ..SignalInputs::computed(&outputs, None) };
            judgement.signals = Some(Signals::of(job, &inputs));
            judgement.violations = violations_of(checks, &judgement.results);
        } else if let (Answer::Model, Some(features)) = (judgement.answer, &features) {
            judgement.violations =
                self.probable(checks, features, &judgement.results, profile.warn);
        }
        judgement.verdict = verdict(&judgement, profile);
        if self.searches {
            self.search(job, &mut judgement)?;
        }
        Ok(judgement)
    }

    /// Searches for changes with which a job that may miss its limits would meet them.
    ///
    /// # Errors
    /// [`TrustError`] of the model or the profile.
    pub fn search(&self, job: &Job, judgement: &mut Judgement) -> Result<(), TrustError> {
        if judgement.violations.is_empty() {
            return Ok(());
        }
        let wanted = job.parameters.constraint_profile.as_deref();
        let (name, profile) = self.profiles.get(&judgement.id, wanted)?;
        judgement.alternatives = self.alternatives(job, &self.checks[name], profile)?;
        Ok(())
    }

    fn ask_model(&self, job: &Job, features: &Row, into: &mut Judgement) -> Result<(), TrustError> {
        let model = self.model;
        let predicted = model.predict(&features.values, features.regime as usize)?;
        let novelty = model.novelty(&features.values, class_of(model, job));
        into.answer = Answer::Model;
        into.regime = Some(features.regime);
        into.novelty = Some(novelty);
        into.doubts = doubts(&self.columns, &predicted, &novelty, self.wide);
        into.doubts.extend(beyond_ranges(model, &features.values));
        for (estimate, column) in into.results.iter_mut().zip(&self.columns) {
            if let Some(p) = column.map(|t| &predicted[t]) {
                *estimate = Estimate {
                    value: Some(p.value),
                    low: p.bounded.then_some(p.low),
                    high: p.bounded.then_some(p.high),
                };
            }
        }
        let widest = predicted.iter().map(|p| p.relative_width).fold(0.0, f64::max);
        into.signals = Some(Signals::of(job, &signal_inputs(into, widest)));
        Ok(())
    }

    /// Constraints that the model expects to be missed with at least the probability `warn`.
    fn probable(
        &self,
        checks: &[Check],
        features: &Row,
        results: &[Estimate],
        warn: f64,
    ) -> Vec<Violation> {
        let one = |check: &Check| {
            let probability = check.beyond.as_ref()?.probability(&features.values);
            let value = value_of(results, check.limit.target)?;
            (probability >= warn).then(|| Violation {
                target: check.limit.target,
                limit: check.limit.text(),
                value,
                probability,
            })
        };
        checks.iter().filter_map(one).collect()
    }

    /// The smallest changes after which the model is sure that every constraint is met: of one
    /// field, or else of two.
    fn alternatives(
        &self,
        job: &Job,
        checks: &[Check],
        profile: &Profile,
    ) -> Result<Vec<String>, TrustError> {
        const MOST: usize = 3;
        let steps = steps(job);
        let one = steps.iter().map(|step| (step.size, step.text(), vec![step])).collect();
        let pairs = || {
            let mut pairs = Vec::new();
            for (i, first) in steps.iter().enumerate() {
                for second in steps[i + 1..].iter().filter(|second| second.field != first.field) {
                    let text = format!("{}; {}", first.text(), second.text());
                    pairs.push((first.size + second.size, text, vec![first, second]));
                }
            }
            pairs
        };
        // The smallest changes come first, so that the search can end when there are enough.
        let search =
            |mut changes: Vec<(f64, String, Vec<&Step>)>| -> Result<Vec<String>, TrustError> {
                changes.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
                let mut found = Vec::new();
                for (_, text, steps) in changes {
                    if found.len() == MOST {
                        break;
                    }
                    if self.satisfies(&steps, job, checks, profile)? {
                        found.push(text);
                    }
                }
                Ok(found)
            };
        let found = search(one)?;
        if found.is_empty() { search(pairs()) } else { Ok(found) }
    }

    fn satisfies(
        &self,
        steps: &[&Step],
        job: &Job,
        checks: &[Check],
        profile: &Profile,
    ) -> Result<bool, TrustError> {
        let mut parameters = job.parameters.clone();
        steps.iter().for_each(|step| (step.apply)(&mut parameters, step.value));
        let Ok(changed) = parameters.check() else { return Ok(false) };
        let Ok(features) = learner::row(&changed) else { return Ok(false) };
        let model = self.model;
        let sure = |check: &Check| {
            let beyond = check.beyond.as_ref();
            beyond.is_some_and(|b| b.probability(&features.values) < profile.warn)
        };
        // The cheaper check first.
        if model.novelty(&features.values, class_of(model, &changed)).is_outside()
            || !beyond_ranges(model, &features.values).is_empty()
            || !checks.iter().all(sure)
        {
            return Ok(false);
        }
        let predicted = model.predict(&features.values, features.regime as usize)?;
        Ok(predicted.iter().all(|p| p.relative_width <= self.wide))
    }
}

fn doubts(
    columns: &[Option<usize>],
    predicted: &[Prediction],
    novelty: &Novelty,
    wide: f64,
) -> Vec<String> {
    let mut doubts = Vec::new();
    match novelty.limit {
        None => doubts.push("no training jobs at this wavelength to compare with".to_owned()),
        Some(limit) if novelty.is_outside() => doubts.push(format!(
            "unlike the training jobs: distance {:.2}, limit {limit:.2}",
            novelty.distance
        )),
        Some(_) => {}
    }
    for ((name, ..), column) in TARGETS.iter().zip(columns) {
        let Some(p) = column.map(|t| &predicted[t]) else { continue };
        if !p.bounded {
            doubts.push(format!("{name}: too few calibration jobs for an interval"));
        } else if p.relative_width > wide {
            doubts.push(format!("{name}: the interval is {:.1} sd wide", p.relative_width));
        }
    }
    doubts
}

/// The model's results as inputs of the signals. The agreement with the full simulation is 1 for a
/// vanishing interval and 1/2 for one as wide as the results' standard deviation; for a job unlike
/// the training jobs it may be as low as 0.
fn signal_inputs(judgement: &Judgement, widest: f64) -> SignalInputs {
    let interval = |name: &str| {
        let at = TARGETS.iter().position(|(target, ..)| *target == name)?;
        let Estimate { value, low, high } = judgement.results[at];
        Some(Interval { value: value?, low: low?, high: high? })
    };
    let agreement = 1.0 / (1.0 + widest);
    let outside = judgement.novelty.is_none_or(|novelty| novelty.is_outside());
    SignalInputs {
        prints: judgement.regime != Some(Regime::NoImage),
        nils: interval("nils"),
        dof_nm: interval("dof_nm"),
        ler3s_nm: interval("ler3s_nm"),
        yield_risk: interval("yield_risk"),
        agreement: Some(Interval {
            value: agreement,
            low: if outside { 0.0 } else { agreement },
            high: agreement,
        }),
    }
}

fn value_of(results: &[Estimate], target: &str) -> Option<f64> {
    let at = TARGETS.iter().position(|(name, ..)| *name == target)?;
    results[at].value
}

/// A simulator's results in the order of [`TARGETS`], without intervals. A job that does not print
/// has no slope, and its mask error and edge noise are not numbers.
pub fn results_of(outputs: &Outputs) -> Vec<Estimate> {
    [
        Some(outputs.nils.unwrap_or(0.0).max(0.0)),
        outputs.el_pct,
        outputs.dof_nm,
        outputs.meef,
        outputs.ler3s_nm,
        outputs.yield_risk,
    ]
    .map(|value| Estimate { value: value.filter(|v| v.is_finite()), low: None, high: None })
    .to_vec()
}

/// Constraints that computed results miss; a result that is not a number misses its limit.
fn violations_of(checks: &[Check], results: &[Estimate]) -> Vec<Violation> {
    let one = |check: &Check| {
        let value = value_of(results, check.limit.target);
        value.is_none_or(|v| check.limit.violated(v)).then(|| Violation {
            target: check.limit.target,
            limit: check.limit.text(),
            value: value.unwrap_or(f64::NAN),
            probability: 1.0,
        })
    };
    checks.iter().filter_map(one).collect()
}

/// Fails safe: a job without a reliable answer gets at best a warning.
fn verdict(judgement: &Judgement, profile: &Profile) -> Verdict {
    let worst = judgement.violations.iter().map(|v| v.probability).fold(0.0, f64::max);
    let unsure = judgement.answer != Answer::Physics && !judgement.doubts.is_empty();
    if !judgement.violations.is_empty() && worst >= profile.block {
        Verdict::Block
    } else if !judgement.violations.is_empty() || unsure {
        Verdict::Warn
    } else {
        Verdict::Run
    }
}
