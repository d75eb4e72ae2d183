//! Models, judgements and answers as documents, tables and sentences.

use super::{
    CalibrationRow, Judgement, Life, Model, Outside, Predicted, Response, SMALLEST_FAILURES,
};
use crate::error::SpcError;
use libchar_core::Note;
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use libchar_core::{Cell, Faults, Frame, document as documents};
use serde::Serialize;
use serde_json::{Value, json};

/// Name and version of the document of a model.
const SCHEMA: (&str, u32) = ("libchar.spc-forecast-model", 1);

/// Where a model file must come from, for messages.
const ORIGIN: &str = "a model that `libchar spc forecast fit` wrote";

/// A score as text, with its interval if there is one.
fn told(value: Option<f64>, range: Option<[f64; 2]>, digits: usize, scale: f64) -> String {
    let shown = |x: f64| significant(scale * x, digits);
    let value = value.map_or("-".to_owned(), shown);
    match range {
        Some([low, high]) => format!("{value} ({} to {})", shown(low), shown(high)),
        None => value,
    }
}

/// The serialized name of an enum value.
fn word(answer: impl Serialize) -> Option<String> {
    json!(answer).as_str().map(str::to_owned)
}

impl Model {
    /// The model as a document.
    pub fn document(&self) -> Value {
        document(SCHEMA.0, SCHEMA.1, json!(self))
    }

    /// Reads a model's document.
    ///
    /// # Errors
    /// A document of another schema or version, and members that are missing or do not fit each other.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Model, Faults> {
        let model: Model = documents::read(file, bytes, SCHEMA, ORIGIN)?;
        model.check().map_err(|error| error.of(file).expected(ORIGIN))?;
        Ok(model)
    }

    /// A note about the data of the fit, and its scores on lives left out of the fit.
    pub fn note(&self) -> Note {
        let Model { lives, failures, reference, .. } = self;
        let features = reference.features.len();
        let lives = format!("{lives} lives, {failures} failures, {features} features");
        let Some(classifier) = &self.classifier else {
            let message = format!(
                "{lives}: no classifier, which needs {SMALLEST_FAILURES} failures; forecasts will not be calibrated"
            );
            return Note::Warning("fit", message);
        };
        let unseen = &classifier.cross_validation;
        let auc = told(unseen.auc, None, 4, 1.0);
        let skill = told(unseen.brier_skill, None, 3, 100.0);
        let message =
            format!("{lives}; on lives left out of the fit: AUC {auc}, Brier skill {skill} %");
        Note::Info("fit", message)
    }
}

/// Lives that a model has not seen, compared with those of its fit.
pub struct Judged<'a> {
    model: &'a Model,
    lives: &'a [Life],
    outside: Vec<Outside>,
}

const CALIBRATION: [Column<'static, CalibrationRow>; 7] = [
    ("from", |row| row.from.into()),
    ("to", |row| row.to.into()),
    ("predictions", |row| row.predictions.into()),
    ("mean_predicted", |row| row.mean_predicted.into()),
    ("observed", |row| row.observed.into()),
    ("lower", |row| row.observed_interval.map(|i| i[0]).into()),
    ("upper", |row| row.observed_interval.map(|i| i[1]).into()),
];

/// A predicted run, and whether its tool lies outside the range of those of the fit.
type Run = (Predicted, bool);

const RUNS: [Column<'static, Run>; 5] = [
    ("unit", |(run, _)| run.unit.as_str().into()),
    ("run", |(run, _)| run.run.into()),
    ("failure_probability", |(run, _)| run.probability.into()),
    ("failed", |(run, _)| run.failed.into()),
    ("outside", |(_, is_outside)| (*is_outside).into()),
];

impl<'a> Judged<'a> {
    /// Compares lives with those of the fit.
    pub fn new(model: &'a Model, lives: &'a [Life]) -> Self {
        Judged { model, lives, outside: model.outside(lives) }
    }

    /// One warning for each tool outside the range of those of the fit, or a note that the model
    /// does not contain that range.
    pub fn notes(&self) -> Vec<Note> {
        if self.model.fitted.is_none() {
            let message = "the model does not state the range of the tools of its fit".to_owned();
            return vec![Note::Info("judge", message)];
        }
        let of_unit = |found: &[Outside]| {
            let named = found.iter().map(|found| {
                let [level, low, high] =
                    [found.level, found.range[0], found.range[1]].map(|x| significant(x, 3));
                format!("{} at {level} sd, of the fit {low} to {high}", found.feature)
            });
            let named: Vec<String> = named.collect();
            let unit = &found[0].unit;
            let message =
                format!("`{unit}` lies outside the tools of the fit: {}", named.join("; "));
            Note::Warning("judge", message)
        };
        self.outside.chunk_by(|a, b| a.unit == b.unit).map(of_unit).collect()
    }

    /// A table with one row per run.
    ///
    /// # Errors
    /// As [`Model::predict`].
    pub fn runs(&self) -> Result<Frame, SpcError> {
        let is_outside = |unit: &str| self.outside.iter().any(|found| found.unit == unit);
        let runs = self.model.predict(self.lives)?.into_iter();
        let runs: Vec<Run> = runs
            .map(|run| {
                let out = is_outside(&run.unit);
                (run, out)
            })
            .collect();
        Ok(Frame::of("libchar.spc-forecast-rows", 1, &runs, &RUNS))
    }

    /// The scores of the predictions.
    ///
    /// # Errors
    /// As [`Model::judge`].
    pub fn verdict(&self) -> Result<Judgement, SpcError> {
        self.model.judge(self.lives)
    }

    /// The scores as a document.
    pub fn document(&self, verdict: &Judgement) -> Value {
        let mut body = json!(verdict);
        body["outside"] = json!(self.outside);
        document("libchar.spc-forecast-judgement", 1, body)
    }

    /// The scores in a sentence.
    pub fn sentence(&self, verdict: &Judgement) -> String {
        let Judgement { base_rate, auc, brier, brier_skill, intervals, .. } = *verdict;
        let lives = self.lives.len();
        format!(
            "{lives} lives, {} runs, base rate {} %: AUC {}, Brier {}, Brier skill {} %",
            verdict.predictions,
            told(Some(base_rate), intervals.and_then(|i| i.base_rate), 3, 100.0),
            told(auc, intervals.and_then(|i| i.auc), 4, 1.0),
            told(Some(brier), intervals.and_then(|i| i.brier), 4, 1.0),
            told(brier_skill, intervals.and_then(|i| i.brier_skill), 3, 100.0),
        )
    }
}

impl Judgement {
    /// The calibration table, one row per class of probability.
    pub fn frame(&self) -> Frame {
        Frame::of("libchar.spc-forecast-judgement", 1, &self.calibration, &CALIBRATION)
    }
}

const COLUMNS: [Column<'static, Response>; 9] = [
    ("tool_health_score", |answer| answer.tool_health_score.into()),
    ("health_trend", |answer| word(answer.health_trend).into()),
    ("failure_probability", |answer| answer.failure_probability.into()),
    ("lookahead_runs", |answer| answer.lookahead_runs.into()),
    ("risk_level", |answer| word(answer.risk_level).into()),
    ("status", |answer| word(answer.status).into()),
    ("calibrated", |answer| answer.calibrated.into()),
    ("first_recommendation", |answer| first(&answer.recommendations, |r| &r.action)),
    ("first_feature", |answer| first(&answer.contributions, |c| &c.feature)),
];

fn first<T>(list: &[T], name: fn(&T) -> &str) -> Cell {
    list.first().map(name).into()
}

impl Response {
    /// The answer as a document.
    pub fn document(&self) -> Value {
        document("libchar.spc-forecast", 1, json!(self))
    }

    /// The answer as a table with one row; of lists it contains the first item.
    pub fn frame(&self) -> Frame {
        Frame::of("libchar.spc-forecast", 1, std::slice::from_ref(self), &COLUMNS)
    }

    /// The probability in a sentence.
    pub fn sentence(&self) -> String {
        let (probability, runs) = (self.failure_probability.unwrap_or(1.0), self.lookahead_runs);
        format!("failure probability {probability:.2} within {runs} runs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;
    use crate::forecast::{Question, Settings, respond};
    use crate::knowledge::Knowledge;

    /// Tools whose temperature rises until they fail, faster for later tools in the list.
    fn lives(count: u64, offset: f64) -> Vec<Life> {
        (0..count)
            .map(|i| {
                let mut noise = Noise::new(23, i);
                let length = 60 + (i % 7) as usize * 5;
                let wear = |t: usize| (t as f64 / length as f64).powi(2);
                let rows = (0..length)
                    .map(|t| vec![900.0 + offset + 8.0 * wear(t) + noise.normal(), noise.normal()])
                    .collect();
                Life { unit: format!("tool {i}"), rows, failed: true }
            })
            .collect()
    }

    fn model(count: u64) -> Model {
        let features = ["temp_c", "flow"].map(str::to_owned);
        Model::fit(&features, &lives(count, 0.0), Settings::default()).unwrap()
    }

    fn text(note: Note) -> String {
        match note {
            Note::Alarm(about, message)
            | Note::Warning(about, message)
            | Note::Info(about, message) => {
                format!("{about}: {message}")
            }
        }
    }

    #[test]
    fn a_model_survives_its_document_and_says_what_it_rests_on() {
        let few = model(5);
        let bytes = few.document().to_string();
        assert_eq!(Model::read("m.json", bytes.as_bytes()).unwrap(), few);
        let told = text(few.note());
        assert!(
            told.starts_with("fit: 5 lives, 5 failures, 2 features: no classifier, which needs 20"),
            "{told}"
        );
        let broken = bytes.replace("\"lambda\":0.1", "\"lambda\":7.0");
        let refused = Model::read("m.json", broken.as_bytes()).unwrap_err().to_string();
        assert!(
            refused.starts_with("m.json: lambda 7 is not above 0 and at most 1\n"),
            "{refused}"
        );
        assert!(refused.ends_with(&format!("expected {ORIGIN}")), "{refused}");
    }

    #[test]
    fn tools_unlike_those_of_the_fit_are_named_and_a_verdict_is_of_all() {
        let model = model(25);
        let told = text(model.note());
        assert!(
            told.starts_with(
                "fit: 25 lives, 25 failures, 2 features; on lives left out of the fit: AUC 0."
            ),
            "{told}"
        );
        let alike = lives(6, 0.0);
        let judged = Judged::new(&model, &alike);
        assert!(judged.notes().is_empty(), "{:?}", judged.notes());
        let verdict = judged.verdict().unwrap();
        let sentence = judged.sentence(&verdict);
        assert!(
            sentence.starts_with(&format!("6 lives, {} runs, base rate ", verdict.predictions)),
            "{sentence}"
        );
        assert_eq!(verdict.frame().len(), 10);
        assert_eq!(judged.document(&verdict)["outside"], json!([]));
        let hot = lives(3, 50.0);
        let judged = Judged::new(&model, &hot);
        assert_eq!(judged.notes().len(), 3);
        assert!(
            text(judged.notes().remove(0))
                .starts_with("judge: `tool 0` lies outside the tools of the fit: temp_c at ")
        );
        let csv = String::from_utf8(judged.runs().unwrap().to_csv()).unwrap();
        assert!(csv.starts_with("unit,run,failure_probability,failed,outside\ntool 0,1,"), "{csv}");
        assert!(csv.lines().skip(1).all(|line| line.ends_with(",true")));
        let silent = Model { fitted: None, ..model.clone() };
        let told = text(Judged::new(&silent, &hot).notes().remove(0));
        assert_eq!(told, "judge: the model does not state the range of the tools of its fit");
    }

    #[test]
    fn an_answer_is_one_row_with_what_comes_first() {
        let question = Question {
            lookahead_runs: 40,
            risk_threshold: 0.15,
            runs_since_last_clean: None,
            next_maintenance_window: None,
        };
        let runs = lives(1, 0.0).remove(0).rows;
        let known = model(5);
        let answer = respond(&question, Some((&known).into()), &runs, &Knowledge::empty()).unwrap();
        let csv = String::from_utf8(answer.frame().to_csv()).unwrap();
        let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        assert_eq!((row[1], row[3], row[5], row[6]), ("declining", "40", "ok", "false"));
        assert_eq!((row[7], row[8]), ("", "temp_c"));
        assert_eq!(answer.document()["lookahead_runs"], json!(40));
        assert!(answer.sentence().ends_with(" within 40 runs"));
        let nothing = respond(&question, None, &[], &Knowledge::empty()).unwrap();
        let csv = String::from_utf8(nothing.frame().to_csv()).unwrap();
        assert!(csv.ends_with("\n,,,40,,insufficient data,false,,\n"), "{csv}");
    }

    #[test]
    fn scores_have_their_interval_where_there_is_one() {
        assert_eq!(told(Some(0.5), None, 3, 100.0), "50.0");
        assert_eq!(told(Some(0.5), Some([0.25, 0.75]), 3, 1.0), "0.500 (0.250 to 0.750)");
        assert_eq!(told(None, None, 3, 1.0), "-");
    }
}
