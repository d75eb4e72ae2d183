//! Maintenance recommendations from the knowledge file, chosen by the features that contribute most
//! to the distance from health.

use super::risk::RiskLevel;
use crate::health::Contribution;
use crate::knowledge::{Knowledge, Maintenance};
use serde::Serialize;

/// Smallest share of the distance that the features of a maintenance action must contribute.
const SMALLEST_SHARE: f64 = 0.1;
/// Below this share of the distance the urgency of an action is one step lower.
const MAIN_SHARE: f64 = 0.25;
/// Share of its recommended interval at which a periodic action is due soon.
const SOON: f64 = 0.9;

/// How soon an action is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// At the next planned stop.
    Low,
    /// Soon.
    Medium,
    /// Now.
    High,
}

/// One recommended action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommendation {
    /// What to do.
    pub action: String,
    /// The component that it applies to.
    pub component: Option<String>,
    /// How soon it is needed.
    pub urgency: Urgency,
    /// Always `None`: the success rate of actions is not measured.
    pub confidence: Option<f64>,
    /// Hours that the tool is down, from the knowledge file.
    pub estimated_downtime_hours: Option<f64>,
    /// Cost, from the knowledge file.
    pub cost_impact: Option<String>,
    /// Always `None`: not measured.
    pub expected_improvement: Option<String>,
    /// Zones to inspect, from the knowledge file.
    pub zones: Option<Vec<u32>>,
    /// Temperature trim, from the knowledge file, °C.
    pub delta_temp_c: Option<f64>,
    /// Time trim, from the knowledge file, minutes.
    pub delta_time_min: Option<f64>,
    /// Runs since the last clean, from the request.
    pub runs_since_last_clean: Option<u64>,
    /// Recommended number of runs between two such actions, from the knowledge file.
    pub recommended_frequency: Option<u64>,
    /// The features that justify it, the largest share first.
    pub features: Vec<String>,
    /// Their share of the distance from health, 0 to 1.
    pub share: f64,
}

/// Chooses actions: if the tool is not well, those whose features contribute a tenth of the
/// distance or more; and periodic ones that are due.
pub(super) fn recommend(
    knowledge: &Knowledge,
    contributions: &[Contribution],
    unwell: bool,
    risk: Option<RiskLevel>,
    runs_since_last_clean: Option<u64>,
) -> Vec<Recommendation> {
    let mut list: Vec<Recommendation> = knowledge
        .maintenance
        .iter()
        .filter_map(|entry| {
            let speaking: Vec<&Contribution> = contributions
                .iter()
                .filter(|c| c.share > 0.0 && entry.speaks_of(&c.feature))
                .collect();
            let share: f64 = speaking.iter().map(|c| c.share).sum();
            let by_feature = (unwell && share >= SMALLEST_SHARE).then(|| urgency(risk, share));
            let by_period = runs_since_last_clean
                .zip(entry.recommended_frequency)
                .and_then(|(runs, every)| due(runs, every));
            let urgency = by_feature.max(by_period)?;
            let features = if by_feature.is_some() {
                speaking.iter().map(|c| c.feature.clone()).collect()
            } else {
                Vec::new()
            };
            Some(recommendation(
                entry,
                urgency,
                features,
                if by_feature.is_some() { share } else { 0.0 },
                runs_since_last_clean,
            ))
        })
        .collect();
    list.sort_by(|a, b| b.urgency.cmp(&a.urgency).then(b.share.total_cmp(&a.share)));
    list
}

fn urgency(risk: Option<RiskLevel>, share: f64) -> Urgency {
    match (risk, share >= MAIN_SHARE) {
        (Some(RiskLevel::High), true) => Urgency::High,
        (Some(RiskLevel::High), false) | (Some(RiskLevel::Medium), true) => Urgency::Medium,
        _ => Urgency::Low,
    }
}

fn due(runs: u64, every: u64) -> Option<Urgency> {
    if runs >= every {
        Some(Urgency::Medium)
    } else {
        (runs as f64 >= SOON * every as f64).then_some(Urgency::Low)
    }
}

fn recommendation(
    entry: &Maintenance,
    urgency: Urgency,
    features: Vec<String>,
    share: f64,
    runs_since_last_clean: Option<u64>,
) -> Recommendation {
    Recommendation {
        action: entry.action.clone(),
        component: entry.component.clone(),
        urgency,
        confidence: None,
        estimated_downtime_hours: entry.estimated_downtime_hours,
        cost_impact: entry.cost_impact.clone(),
        expected_improvement: None,
        zones: entry.zones.clone(),
        delta_temp_c: entry.delta_temp_c,
        delta_time_min: entry.delta_time_min,
        runs_since_last_clean: runs_since_last_clean
            .filter(|_| entry.recommended_frequency.is_some()),
        recommended_frequency: entry.recommended_frequency,
        features,
        share,
    }
}
