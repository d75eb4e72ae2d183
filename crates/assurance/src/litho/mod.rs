//! Trust in the predictions of lithography jobs: the known results, the judgement before a job
//! runs, and the evaluation of the models.

pub mod anomaly;
pub mod answer;
pub mod answers;
pub mod arrivals;
pub mod calibrated;
pub mod calibration;
mod changes;
pub mod chart;
pub mod decision;
pub mod drift;
pub mod evaluate;
pub mod exchange;
pub mod fem_table;
pub mod follow;
pub mod holdout;
pub mod job_table;
pub mod judge;
pub mod known;
pub mod known_table;
pub mod matrix;
pub mod optimise;
pub mod outcome;
pub mod predictions;
pub mod process_file;
pub mod profile;
pub mod profile_file;
pub mod protocol;
pub mod record;
pub mod report;
pub mod searched;
pub mod shifts;
pub mod sweep;
pub mod tables;
pub mod targets;
pub mod training;
pub mod trial;
pub mod wafer;

use libchar_core::Faults;
use libchar_learn::LearnError;
use libchar_litho::Job;

/// A checked job with its name.
#[derive(Clone, Debug)]
pub struct NamedJob {
    /// `job_id`, or `job_N` with the row's number from 1.
    pub id: String,
    /// The job.
    pub job: Job,
}

/// Why no answer is possible.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// A model could not be trained or applied.
    #[error(transparent)]
    Learn(#[from] LearnError),
    /// Faults of the input.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The data and the models have nothing in common, or too little.
    #[error("{0}")]
    Unfit(String),
}
