//! The answer to a maintenance request.

use super::recommend::{Recommendation, recommend};
use super::risk::RiskLevel;
use super::{Forecast, Knowledge, Method, forecast};
use crate::SpcError;
use crate::health::{Contribution, Scale, Trend, assess, trend};
use crate::knowledge;
use serde::Serialize;

/// The question about one tool, apart from its runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Number of runs to look ahead, at least 1.
    pub lookahead_runs: usize,
    /// Failure probability that calls for action, above 0 and at most 1.
    pub risk_threshold: f64,
    /// Runs since the last clean, if known.
    pub runs_since_last_clean: Option<u64>,
    /// When the tool can next be stopped; copied to the answer.
    pub next_maintenance_window: Option<String>,
}

/// Whether the question could be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Status {
    /// Both health and probability are available.
    #[serde(rename = "ok")]
    Ok,
    /// Something is missing; `reasons` names it.
    #[serde(rename = "insufficient data")]
    InsufficientData,
}

/// The answer; whatever was neither measured nor supplied is `None`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// Health of the newest run, 0 to 1.
    pub tool_health_score: Option<f64>,
    /// Direction in which health is moving.
    pub health_trend: Option<Trend>,
    /// Probability of a failure within `lookahead_runs`.
    pub failure_probability: Option<f64>,
    /// Number of runs that the probability refers to.
    pub lookahead_runs: usize,
    /// The probability compared with the threshold.
    pub risk_level: Option<RiskLevel>,
    /// Recommended actions, most urgent first.
    pub recommendations: Vec<Recommendation>,
    /// Copied from the request.
    pub next_maintenance_window: Option<String>,
    /// Whether everything asked for could be answered.
    pub status: Status,
    /// Whether the probability was calibrated on recorded failures.
    pub calibrated: bool,
    /// How the probability was computed.
    pub method: Option<Method>,
    /// What is missing or only second best, in sentences.
    pub reasons: Vec<String>,
    /// Smoothed ln T² of the newest run.
    pub ewma_log_t2: Option<f64>,
    /// Contributions of the features to the distance of the newest run, the largest first.
    pub contributions: Vec<Contribution>,
}

/// Answers a question about the runs of one tool, in order, since it was last healthy.
///
/// `known` is `None` if there is no healthy reference; then only periodic maintenance can be
/// recommended.
///
/// # Errors
///
/// [`SpcError::OutOfRange`] for the threshold, and what [`forecast`] refuses.
pub fn respond(
    question: &Question,
    known: Option<Knowledge<'_>>,
    rows: &[Vec<f64>],
    knowledge: &knowledge::Knowledge,
) -> Result<Response, SpcError> {
    let threshold = question.risk_threshold;
    if !(threshold > 0.0 && threshold <= 1.0) {
        return Err(SpcError::OutOfRange {
            name: "risk_threshold",
            value: threshold,
            expected: "above 0, at most 1",
        });
    }
    if question.lookahead_runs == 0 {
        return Err(SpcError::OutOfRange {
            name: "lookahead_runs",
            value: 0.0,
            expected: "at least 1 run",
        });
    }
    let Some(known) = known else {
        let periodic = recommend(knowledge, &[], false, None, question.runs_since_last_clean);
        let reason = "insufficient data: no healthy reference is known";
        return Ok(unanswered(question, periodic, vec![reason.to_owned()]));
    };
    let Forecast { failure_probability, method, calibrated, reasons } =
        forecast(known, rows, question.lookahead_runs)?;
    let scale = Scale::new(known.reference, known.lambda, known.failure_level);
    let runs = assess(known.reference, rows, known.lambda, scale)?;
    let log_t2: Vec<f64> = runs.iter().map(|run| run.log_t2).collect();
    let risk_level = failure_probability.map(|p| RiskLevel::of(p, threshold));
    let newest = runs.last();
    let unwell = newest.is_some_and(|run| run.alarm)
        || risk_level.is_some_and(|risk| risk != RiskLevel::Low);
    let contributions = newest.map(|run| run.contributions.clone()).unwrap_or_default();
    Ok(Response {
        tool_health_score: newest.map(|run| run.health),
        health_trend: trend(&log_t2),
        failure_probability,
        lookahead_runs: question.lookahead_runs,
        risk_level,
        recommendations: recommend(
            knowledge,
            &contributions,
            unwell,
            risk_level,
            question.runs_since_last_clean,
        ),
        next_maintenance_window: question.next_maintenance_window.clone(),
        status: if failure_probability.is_some() { Status::Ok } else { Status::InsufficientData },
        calibrated,
        method,
        reasons,
        ewma_log_t2: newest.map(|run| run.ewma_log_t2),
        contributions,
    })
}

fn unanswered(
    question: &Question,
    recommendations: Vec<Recommendation>,
    reasons: Vec<String>,
) -> Response {
    Response {
        tool_health_score: None,
        health_trend: None,
        failure_probability: None,
        lookahead_runs: question.lookahead_runs,
        risk_level: None,
        recommendations,
        next_maintenance_window: question.next_maintenance_window.clone(),
        status: Status::InsufficientData,
        calibrated: false,
        method: None,
        reasons,
        ewma_log_t2: None,
        contributions: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;
    use crate::forecast::recommend::Urgency;
    use crate::health::Reference;

    const KNOWLEDGE: &str = r#"
        name = "test"
        [[maintenance]]
        action = "mfc_recalibration"
        component = "MFC-1 (N2)"
        features = ["*flow*"]
        estimated_downtime_hours = 2
        cost_impact = "low"
        [[maintenance]]
        action = "tube_clean"
        features = []
        recommended_frequency = 500
    "#;

    fn rows(n: usize, shift: f64) -> Vec<Vec<f64>> {
        let mut noise = Noise::new(5, 0);
        (0..n)
            .map(|i| vec![1000.0 + noise.normal(), 100.0 + noise.normal() + shift * i as f64])
            .collect()
    }

    fn question() -> Question {
        Question {
            lookahead_runs: 100,
            risk_threshold: 0.15,
            runs_since_last_clean: None,
            next_maintenance_window: None,
        }
    }

    fn respond_to(question: &Question, shift: f64, failure_level: Option<f64>) -> Response {
        let reference =
            Reference::fit(&["temperature", "mfc_flow"].map(String::from), &rows(100, 0.0))
                .unwrap();
        let known =
            Knowledge { reference: &reference, lambda: 0.1, classifier: None, failure_level };
        let knowledge = knowledge::Knowledge::parse(KNOWLEDGE).unwrap();
        respond(question, Some(known), &rows(60, shift), &knowledge).unwrap()
    }

    #[test]
    fn a_drifting_flow_asks_for_its_controller() {
        let response = respond_to(&question(), 0.2, Some(6.0));
        assert!(response.tool_health_score.unwrap() < 0.6, "{response:?}");
        assert_eq!(response.health_trend, Some(Trend::Declining));
        assert_eq!((response.risk_level, response.calibrated), (Some(RiskLevel::High), false));
        let first = &response.recommendations[0];
        assert_eq!((first.action.as_str(), first.urgency), ("mfc_recalibration", Urgency::High));
        assert_eq!((first.confidence, &first.expected_improvement), (None, &None));
        assert_eq!(first.features, ["mfc_flow"]);
    }

    #[test]
    fn a_healthy_tool_is_left_alone() {
        let response = respond_to(&question(), 0.0, None);
        assert!(response.tool_health_score.unwrap() > 0.5);
        assert_eq!(
            (response.failure_probability, response.status),
            (None, Status::InsufficientData)
        );
        assert!(response.recommendations.is_empty());
    }

    #[test]
    fn a_clean_that_is_due_is_named_without_any_reference() {
        let knowledge = knowledge::Knowledge::parse(KNOWLEDGE).unwrap();
        for (runs, urgency) in
            [(487, Some(Urgency::Low)), (500, Some(Urgency::Medium)), (449, None)]
        {
            let question = Question { runs_since_last_clean: Some(runs), ..question() };
            let response = respond(&question, None, &[], &knowledge).unwrap();
            assert_eq!(response.recommendations.first().map(|r| r.urgency), urgency, "{runs}");
            assert_eq!(response.tool_health_score, None);
        }
    }

    #[test]
    fn risk_follows_the_threshold() {
        let levels = [0.0, 0.074, 0.075, 0.149, 0.15, 1.0].map(|p| RiskLevel::of(p, 0.15));
        use RiskLevel::{High, Low, Medium};
        assert_eq!(levels, [Low, Low, Medium, Medium, High, High]);
        for risk_threshold in [0.0, -1.0, 1.5, f64::NAN] {
            let knowledge = knowledge::Knowledge::parse(KNOWLEDGE).unwrap();
            assert!(
                respond(&Question { risk_threshold, ..question() }, None, &[], &knowledge).is_err()
            );
        }
    }
}
