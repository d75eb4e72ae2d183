//! The states of a job and the steps between them: the one table from which database, output and
//! checks are derived.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Declares the states: what each means, its name, and the states that a job can go to from it.
macro_rules! states {
    ($($(#[doc = $meaning:literal])+ $state:ident $name:literal => [$($next:ident),*];)+) => {
        /// State of a job.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum JobState {
            $($(#[doc = $meaning])+ $state,)+
        }

        impl JobState {
            /// All states.
            pub const ALL: &[JobState] = &[$(JobState::$state),+];

            /// The name in the database and in results.
            pub fn name(self) -> &'static str {
                match self {
                    $(JobState::$state => $name,)+
                }
            }

            /// The states that a job can go to from here.
            pub fn next(self) -> &'static [JobState] {
                match self {
                    $(JobState::$state => &[$(JobState::$next),*],)+
                }
            }
        }
    };
}

states! {
    /// Stored, and not looked at yet.
    Submitted "SUBMITTED" => [Validating, Cancelled];
    /// Its parameters are being checked.
    Validating "VALIDATING" => [Preflight, Rejected, Cancelled];
    /// Its parameters are wrong.
    Rejected "REJECTED" => [];
    /// The model is asked for a prediction.
    Preflight "PREFLIGHT" => [Queued, Blocked, Cancelled];
    /// The model predicts that it would miss its constraints.
    Blocked "BLOCKED" => [Submitted, Queued, Cancelled];
    /// Waits for the simulator.
    Queued "QUEUED" => [Running, Cancelled];
    /// The simulator is running.
    Running "RUNNING" => [Evaluating, Failed];
    /// The simulator failed.
    Failed "FAILED" => [Submitted, Queued, Cancelled];
    /// The result is compared with the prediction.
    Evaluating "EVALUATING" => [Completed, AnomalyFlagged, Failed];
    /// Done.
    Completed "COMPLETED" => [];
    /// The result differs from the prediction, or misses the constraints.
    AnomalyFlagged "ANOMALY_FLAGGED" => [EngineerReview];
    /// An engineer looks at it.
    EngineerReview "ENGINEER_REVIEW" => [Cleared, Escalated];
    /// The engineer found it sound.
    Cleared "CLEARED" => [];
    /// The engineer passed it on.
    Escalated "ESCALATED" => [];
    /// Withdrawn before it ran.
    Cancelled "CANCELLED" => [];
}

impl Default for JobState {
    /// Where every job begins.
    fn default() -> JobState {
        JobState::Submitted
    }
}

impl JobState {
    /// Whether a program, not a person, takes the next step.
    pub fn is_automatic(self) -> bool {
        let waits_for_a_person = [
            JobState::AnomalyFlagged,
            JobState::EngineerReview,
            JobState::Blocked,
            JobState::Failed,
        ];
        !self.next().is_empty() && !waits_for_a_person.contains(&self)
    }

    /// The state of a name.
    pub fn parse(text: &str) -> Option<JobState> {
        JobState::ALL.iter().copied().find(|state| state.name() == text)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for JobState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for JobState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("unknown state `{name}`"));
        JobState::parse(&name).ok_or_else(unknown)
    }
}
