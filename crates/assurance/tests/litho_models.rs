//! The life of a lithography model from its training to its trial, with results of the textbook
//! formulas, which it can learn in a moment.

use libchar_assurance::litho::drift::{self, Drift};
use libchar_assurance::litho::judge::{Judge, Judgement, Verdict};
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::profile::{Limit, Profile, Profiles};
use libchar_assurance::litho::record::Entry;
use libchar_assurance::litho::training::{self, Parts, Trained};
use libchar_assurance::litho::trial::{self, Trial};
use libchar_assurance::litho::{NamedJob, searched};
use libchar_learn::boost::BoostSettings;
use libchar_learn::train::Settings;
use libchar_learn::{Surrogate, artifact};
use libchar_litho::JobParameters;
use libchar_litho::outputs::Outputs;
use libchar_litho::quick::Estimate;
use libchar_numeric::draws::Draws;
use std::sync::OnceLock;

/// EUV jobs with random pitch, width and dose; `coarser` is added to every pitch, in nm.
fn jobs(name: &str, number: u64, coarser: f64) -> Vec<NamedJob> {
    let mut draws = Draws::new(7, &["jobs", name]);
    let one = |i: u64| {
        let pitch = 40.0 + coarser + 20.0 * draws.uniform(3 * i);
        let dose = 30.0 + 30.0 * draws.uniform(3 * i + 1);
        let cd = pitch * (0.45 + 0.1 * draws.uniform(3 * i + 2));
        let parameters = JobParameters {
            sigma: Some(0.8),
            dose_mj_cm2: Some(dose),
            ..JobParameters::new(13.5, 0.33, pitch, cd)
        };
        NamedJob { id: format!("{name}{i}"), job: parameters.check().unwrap() }
    };
    (0..number).map(one).collect()
}

/// The results of the textbook formulas for a job, multiplied by `worse`.
fn truth(named: &NamedJob, worse: f64) -> Vec<f64> {
    let outputs = Outputs::quick(&named.job, &Estimate::of(&named.job));
    vec![worse * outputs.nils.unwrap(), worse * outputs.el_pct.unwrap()]
}

fn known(jobs: Vec<NamedJob>) -> Known {
    let truth = jobs.iter().map(|job| truth(job, 1.0)).collect();
    Known { jobs, truth, targets: vec!["nils", "el_pct"] }
}

/// Small learners: the tests are about their use, not their accuracy.
fn settings(trees: usize) -> Settings {
    let boost = BoostSettings { trees, ..BoostSettings::default() };
    Settings { boost, ..Settings::default() }
}

/// A model of 800 jobs, as trained and as read back from its file. A hundred jobs must calibrate it
/// before it can tell which jobs are unlike its own.
fn trained() -> &'static (Trained, Surrogate) {
    static TRAINED: OnceLock<(Trained, Surrogate)> = OnceLock::new();
    TRAINED.get_or_init(|| {
        let known = known(jobs("train", 800, 0.0));
        let parts = Parts::of(800, [None, None, None]).unwrap();
        let trained = Trained::of(&known, parts, &settings(60)).unwrap();
        let model = artifact::decode(&trained.bytes).unwrap();
        (trained, model)
    })
}

/// Entries of a record with the results of the formulas, multiplied by `worse`.
fn record(jobs: &[NamedJob], worse: f64) -> Vec<Entry> {
    let one = |named: &NamedJob| {
        let truth = truth(named, worse);
        let outputs = format!(r#"{{"nils": {}, "el_pct": {}}}"#, truth[0], truth[1]);
        let parameters = serde_json::to_string(&named.job.parameters).unwrap();
        Entry::read((&named.id, "t"), &parameters, None, Some(&outputs))
    };
    jobs.iter().map(one).collect()
}

#[test]
fn the_three_parts_are_what_the_report_counts_and_smooth_results_are_learned() {
    let (trained, model) = trained();
    let report = &trained.report;
    assert_eq!((report.train_rows, report.calibration_rows, report.test_rows), (480, 120, 200));
    assert_eq!(model.targets().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["nils", "el_pct"]);
    assert!(report.r2_mean.unwrap() > 0.95, "{:?}", report.r2_mean);
    assert_eq!(report.known_jobs.len(), 800);
    let kept = training::kept(report);
    assert_eq!((kept[0].measure.as_str(), kept[0].value), ("r2_mean", report.r2_mean));
    assert_eq!(kept.len(), 3 + 2 * 3);
}

#[test]
fn jobs_of_the_same_kind_do_not_drift_and_coarser_ones_do() {
    let (trained, model) = trained();
    let compare = |jobs: &[NamedJob]| {
        let (values, _) = drift::features(jobs.iter().map(|named| &named.job));
        Drift::of(model, &values, 0.99, None).unwrap()
    };
    assert_eq!(compare(&jobs("same", 100, 0.0)).findings(), 0);
    let moved = compare(&jobs("coarse", 100, 15.0));
    let drifted: Vec<&str> =
        moved.shifts.iter().filter(|s| s.drifted()).map(|s| s.name.as_str()).collect();
    assert!(drifted.contains(&"pitch_nm") && drifted.contains(&"nils"), "{drifted:?}");
    assert!(!drifted.contains(&"dose_mj_cm2"), "{drifted:?}");
    // Jobs that the model has seen do not count in a test of its predictions.
    let seen = record(&jobs("train", 800, 0.0), 1.0);
    assert_eq!(drift::arrivals(model, &trained.report, &seen).unwrap().jobs, 0);
}

#[test]
fn results_that_are_not_what_was_promised_break_a_promise() {
    let (trained, model) = trained();
    let (report, new) = (&trained.report, jobs("new", 80, 0.0));
    let (values, _) = drift::features(new.iter().map(|named| &named.job));
    let found = |worse: f64| {
        let arrived = drift::arrivals(model, report, &record(&new, worse)).unwrap();
        Drift::of(model, &values, 0.99, Some((&arrived, report))).unwrap()
    };
    let kept = found(1.0);
    assert!(!kept.tests.is_empty() && kept.alerts("v1").is_empty(), "{:?}", kept.tests);
    let broken = found(1.3);
    let kinds: Vec<&str> = broken.alerts("v1").iter().map(|alert| alert.kind).collect();
    assert!(kinds.contains(&"coverage") && kinds.contains(&"error"), "{kinds:?}");
}

#[test]
fn a_better_model_wins_its_trial_on_jobs_that_neither_has_seen() {
    let (trained, model) = trained();
    // The other model learned from results that were ten percent too large.
    let mut wrong = known(jobs("old", 800, 0.0));
    wrong.truth.iter_mut().flatten().for_each(|value| *value *= 1.1);
    let parts = Parts::of(800, [None, None, None]).unwrap();
    let other = Trained::of(&wrong, parts, &settings(60)).unwrap();
    let other_model = artifact::decode(&other.bytes).unwrap();
    let all = known(jobs("trial", 200, 0.0).into_iter().chain(jobs("old", 5, 0.0)).collect());
    let new = all.unseen(&trial::seen([&trained.report, &other.report]));
    assert_eq!(new.jobs.len(), 200, "five of them were seen");
    let of = |ours, theirs| Trial::of(&trial::compare(&new, ours, theirs).unwrap()).unwrap();
    assert_eq!(of(model, model).verdict(), "no difference");
    assert_eq!(of(model, &other_model).verdict(), "better");
    let worse = of(&other_model, model);
    assert_eq!((worse.verdict(), worse.is_good()), ("worse", false));
    let failed = worse.gates(&other.report).into_iter().filter(|gate| !gate.passed);
    assert!(failed.map(|gate| gate.gate).any(|gate| gate == "shadow_p_value_against_worse"));
}

#[test]
fn changes_are_searched_for_the_first_jobs_that_may_miss_their_limits() {
    let (_, model) = trained();
    let limits = vec![Limit { target: "nils", value: 1e3, above: false }];
    let profiles = Profiles::only("default", Profile { limits, warn: 0.1, block: 0.5 });
    let jobs = jobs("same", 25, 0.0);
    let mut judge = Judge::new(model, &profiles, &jobs, false, 1e9).unwrap();
    judge.searches = false;
    let mut judged: Vec<Judgement> = jobs.iter().map(|job| judge.judge(job).unwrap()).collect();
    let missing = judged.iter().filter(|j| j.verdict == Verdict::Block).count();
    assert_eq!(searched::first(&judge, &jobs, &mut judged).unwrap(), missing);
    assert!(missing > searched::MOST, "no image of light has a log-slope of 1000: {missing}");
    assert!(judged.iter().all(|j| j.alternatives.is_empty()), "and no change gives it one");
}
