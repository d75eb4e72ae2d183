//! The life of a lithography model from its training to its trial, with results of the textbook
//! formulas, which it can learn in a moment.

use libchar_assurance::litho::drift::{self, Drift};
use libchar_assurance::litho::judge::{Answer, Estimate as Judged, Judge, Judgement, Verdict};
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::profile::{Limit, Profile, Profiles};
use libchar_assurance::litho::record::Entry;
use libchar_assurance::litho::training::{self, Parts, Trained};
use libchar_assurance::litho::trial::{self, Trial};
use libchar_assurance::litho::{NamedJob, searched};
use libchar_core::Note;
use libchar_learn::boost::BoostSettings;
use libchar_learn::surrogate::Prediction;
use libchar_learn::train::Settings;
use libchar_learn::{Surrogate, artifact};
use libchar_litho::JobParameters;
use libchar_litho::learner;
use libchar_litho::outputs::Outputs;
use libchar_litho::quick::Estimate;
use libchar_litho::simulate::simulate;
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
    let note = searched::first(&judge, &jobs, &mut judged).unwrap();
    let of = format!("{} of {missing} jobs", searched::MOST);
    assert!(matches!(&note, Some(Note::Info(_, text)) if text.contains(&of)), "{note:?}");
    assert!(missing > searched::MOST, "no image of light has a log-slope of 1000: {missing}");
    assert!(judged.iter().all(|j| j.alternatives.is_empty()), "and no change gives it one");
}

fn predicted(model: &Surrogate, named: &NamedJob) -> Vec<Prediction> {
    let row = learner::row(&named.job).unwrap();
    model.predict(&row.values, row.regime as usize).unwrap()
}

/// Every figure of the report, computed anew from the predictions of the last 200 jobs.
#[test]
fn the_report_says_what_the_predictions_of_the_test_jobs_are_worth() {
    let (trained, model) = trained();
    let report = &trained.report;
    let test: Vec<NamedJob> = jobs("train", 800, 0.0).split_off(600);
    let n = test.len() as f64;
    let pairs: Vec<(Vec<f64>, Vec<Prediction>)> =
        test.iter().map(|named| (truth(named, 1.0), predicted(model, named))).collect();
    let mut errors = vec![0.0; test.len()];
    for (t, own) in report.targets.iter().enumerate() {
        let (mut squares, mut inside, mut good) = (0.0, 0.0, 0.0);
        for (i, (truth, predicted)) in pairs.iter().enumerate() {
            squares += (truth[t] - predicted[t].value).powi(2);
            inside += f64::from(predicted[t].low <= truth[t] && truth[t] <= predicted[t].high);
            let scaled = model.scaled_error(t, truth[t], predicted[t].value);
            good += f64::from(scaled <= 0.25);
            errors[i] += scaled / 2.0;
        }
        assert!((own.rmse - (squares / n).sqrt()).abs() < 1e-9, "{own:?}");
        assert!((own.coverage - inside / n).abs() < 1e-12, "{own:?}");
        assert!((own.within_tolerance - good / n).abs() < 1e-12, "{own:?}");
        assert!(own.r2.unwrap() > 0.9 && own.winkler_over_sd.unwrap() > 0.0, "{own:?}");
        assert_eq!(own.regimes.iter().map(|regime| regime.rows).sum::<usize>(), 200);
        assert_eq!(own.regimes.iter().map(|regime| regime.calibration_rows).sum::<usize>(), 120);
        for regime in &own.regimes {
            let (rows, held) = (regime.rows as f64, regime.calibration_rows as f64);
            let square = report.alpha * (1.0 - report.alpha) * (1.0 / rows + 1.0 / (held + 1.0));
            assert!((regime.standard_error - square.sqrt()).abs() < 1e-12, "{regime:?}");
        }
    }
    let of_targets = |value: fn(&libchar_assurance::litho::evaluate::TargetReport) -> f64| {
        report.targets.iter().map(value).sum::<f64>() / 2.0
    };
    assert!((report.within_tolerance - of_targets(|t| t.within_tolerance)).abs() < 1e-12);
    assert!((report.r2_mean.unwrap() - of_targets(|t| t.r2.unwrap())).abs() < 1e-12);
    let mean = errors.iter().sum::<f64>() / n;
    assert!((report.error_mean - mean).abs() < 1e-9);
    let spread: f64 = errors.iter().map(|error| (error - mean).powi(2)).sum();
    let sd = report.error_sd;
    assert!(sd >= (spread / n).sqrt() - 1e-9 && sd <= (spread / (n - 1.0)).sqrt() + 1e-9, "{sd}");
    // Lines of 18 nm and more at 13.5 nm and NA 0.33 have a k1 of 0.44 and more.
    assert_eq!((report.critical_rows, report.critical_within_tolerance), (0, None));
    let gates: Vec<(&str, f64)> =
        report.gates.iter().map(|gate| (gate.gate.as_str(), gate.limit)).collect();
    assert_eq!(
        gates,
        [
            ("r2_mean", 0.975),
            ("within_tolerance", 0.975),
            ("critical_within_tolerance", 0.985),
            ("coverage_joint_p_value", 0.025)
        ]
    );
    assert!(!report.gates[2].passed && report.gates[3].passed, "{:?}", report.gates);
}

fn profiles(nils: f64) -> Profiles {
    let limits = vec![Limit { target: "nils", value: nils, above: false }];
    Profiles::only("default", Profile { limits, warn: 0.1, block: 0.9 })
}

#[test]
fn jobs_like_those_of_the_training_are_answered_with_intervals_that_hold() {
    let (_, model) = trained();
    let jobs = jobs("judged", 60, 0.0);
    let easy = profiles(1e-3);
    let judge = Judge::new(model, &easy, &jobs, true, 1e9).unwrap();
    let judged: Vec<Judgement> = jobs.iter().map(|job| judge.judge(job).unwrap()).collect();
    let mut held = [0, 0];
    let alike: Vec<(&NamedJob, &Judgement)> =
        jobs.iter().zip(&judged).filter(|(_, j)| j.answer == Answer::Model).collect();
    assert!(alike.len() >= 50, "nearly all are like the jobs of the training: {}", alike.len());
    for (job, j) in &alike {
        assert_eq!(
            (j.verdict, j.confidence(), j.id.as_str()),
            (Verdict::Run, "HIGH", job.id.as_str())
        );
        assert!(j.violations.is_empty() && j.alternatives.is_empty() && j.doubts.is_empty());
        assert!(!j.novelty.unwrap().is_outside() && j.regime.is_some());
        let (own, truth) = (predicted(model, job), truth(job, 1.0));
        for t in 0..2 {
            let found = j.results[t];
            assert_eq!(found.value, Some(own[t].value));
            assert_eq!(found.ends(), Some((own[t].low, own[t].high)));
            held[t] += usize::from(found.holds(truth[t]).unwrap());
        }
        assert!(j.results[2..].iter().all(|result| *result == Judged::NONE));
        assert_eq!(j.results[2].holds(1.0), None);
        // A vanishing interval is full agreement, one as wide as the results half of it.
        let widest = own[0].relative_width.max(own[1].relative_width);
        let agreement = j.signals.as_ref().unwrap().surrogate_reliability.unwrap();
        assert!((0.0..=1.0).contains(&agreement.value) && widest > 0.0);
    }
    // The intervals are to hold 90 % of the results; of 60 jobs, fewer than 45 are improbable.
    assert!(held.iter().all(|held| held * 4 >= 3 * alike.len()), "{held:?}");
}

#[test]
fn jobs_unlike_those_of_the_training_are_left_to_the_physics() {
    let (_, model) = trained();
    let jobs = jobs("far", 3, 60.0);
    let easy = profiles(1e-3);
    let alone = Judge::new(model, &easy, &jobs, false, 1e9).unwrap();
    let with_physics = Judge::new(model, &easy, &jobs, true, 1e9).unwrap();
    for job in &jobs {
        let unsure = alone.judge(job).unwrap();
        assert_eq!((unsure.verdict, unsure.confidence()), (Verdict::Warn, "LOW"));
        assert!(unsure.doubts.iter().any(|d| d.starts_with("pitch_na: ")), "{:?}", unsure.doubts);
        assert!(unsure.novelty.unwrap().is_outside());
        let sure = with_physics.judge(job).unwrap();
        assert_eq!((sure.verdict, sure.confidence()), (Verdict::Run, "HIGH"));
        let outputs = Outputs::from(&simulate(&job.job));
        let values: Vec<Option<f64>> = sure.results.iter().map(|result| result.value).collect();
        assert_eq!(values[..3], [outputs.nils, outputs.el_pct, outputs.dof_nm]);
        assert!(sure.results.iter().all(|result| result.ends().is_none()));
    }
    // An interval may be too wide to rely on.
    let near = self::jobs("judged", 3, 0.0);
    let strict = Judge::new(model, &easy, &near, false, 0.0).unwrap();
    let doubts = strict.judge(&near[0]).unwrap().doubts;
    assert!(doubts.iter().any(|doubt| doubt.ends_with(" sd wide")), "{doubts:?}");
    // The simulation is certain that a limit is missed, and so is the model of a limit far away.
    let hard = profiles(1e3);
    let physics = Judge::new(model, &hard, &jobs, true, 1e9).unwrap();
    let missed = physics.judge(&jobs[0]).unwrap();
    assert_eq!((missed.verdict, missed.violations.len()), (Verdict::Block, 1));
    let violation = &missed.violations[0];
    assert_eq!((violation.limit.as_str(), violation.probability), ("nils >= 1000", 1.0));
    assert_eq!(Some(violation.value), missed.results[0].value);
    // A result that the model does not know is a doubt.
    let limits = vec![Limit { target: "meef", value: 4.0, above: true }];
    let unknown = Profiles::only("default", Profile { limits, warn: 0.1, block: 0.9 });
    let judge = Judge::new(model, &unknown, &near, false, 1e9).unwrap();
    let judged = judge.judge(&near[0]).unwrap();
    assert_eq!(judged.doubts, ["meef <= 4: the model does not predict it"]);
}

/// A limit at the median of the results: about half of the jobs are warned of or blocked, each with
/// a probability that is large where its own result is small; a change helps some of them.
#[test]
fn a_limit_in_the_middle_divides_the_jobs() {
    // Lenses differ, so that a larger one may help.
    let varied = |name: &str, number: u64| -> Vec<NamedJob> {
        let mut draws = Draws::new(7, &["lenses", name]);
        let change = |(named, i): (NamedJob, u64)| {
            let na = 0.33 * (0.85 + 0.3 * draws.uniform(i));
            let parameters = JobParameters { na, ..named.job.parameters };
            NamedJob { id: named.id, job: parameters.check().unwrap() }
        };
        jobs(name, number, 0.0).into_iter().zip(0..).map(change).collect()
    };
    let parts = Parts::of(800, [None, None, None]).unwrap();
    let trained = Trained::of(&known(varied("train", 800)), parts, &settings(60)).unwrap();
    let (model, jobs) = (&artifact::decode(&trained.bytes).unwrap(), varied("judged", 60));
    let mut nils: Vec<f64> = jobs.iter().map(|job| predicted(model, job)[0].value).collect();
    nils.sort_unstable_by(f64::total_cmp);
    let middle = profiles(nils[30]);
    let judge = Judge::new(model, &middle, &jobs, false, 1e9).unwrap();
    let mut helped = 0;
    for job in &jobs {
        let judged = judge.judge(job).unwrap();
        if judged.answer != Answer::Model || !judged.doubts.is_empty() {
            continue;
        }
        let (low, high) = judged.results[0].ends().unwrap();
        let probability = judged.violations.first().map_or(0.0, |v| v.probability);
        assert!((0.0..=1.0).contains(&probability));
        if low > nils[30] {
            assert!(probability < 0.5, "{probability}: {low} above {}", nils[30]);
        }
        if high < nils[30] {
            assert!(probability > 0.5 && judged.verdict != Verdict::Run, "{probability}");
        }
        let verdict = match probability {
            p if p >= 0.9 => Verdict::Block,
            p if p >= 0.1 => Verdict::Warn,
            _ => Verdict::Run,
        };
        assert_eq!(judged.verdict, verdict);
        assert!(judged.alternatives.len() <= 3);
        helped += usize::from(!judged.alternatives.is_empty());
        for change in judged.alternatives.iter().filter(|change| !change.contains(';')) {
            // With the change, the model expects the limit to be met.
            let (field, value) = change.split_once('=').unwrap();
            let value: f64 = value.parse().unwrap();
            let mut parameters = job.job.parameters.clone();
            match field {
                "na" => parameters.na = value,
                "dose_mj_cm2" => parameters.dose_mj_cm2 = Some(value),
                "sigma" => parameters.sigma = Some(value),
                "mask_bias_nm" => parameters.mask_bias_nm = value,
                other => panic!("{other}"),
            }
            let changed = NamedJob { id: job.id.clone(), job: parameters.check().unwrap() };
            let again = judge.judge(&changed).unwrap();
            assert_eq!((again.verdict, again.violations.len()), (Verdict::Run, 0), "{change}");
        }
    }
    assert!(helped > 0, "a larger lens helps some of them");
}
