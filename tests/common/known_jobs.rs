//! Jobs with known results as rows for the learners: the benchmark data, or the small part of it in
//! the repository.

#![allow(dead_code, reason = "tests and benchmarks use a part each")]

use libchar_assurance::litho::targets::NOVELTY_COLUMNS;
use libchar_learn::Matrix;
use libchar_learn::surrogate::Target;
use libchar_learn::train::{Names, Rows};
use libchar_litho::learner::{self, Regime};
use libchar_litho::{Job, JobParameters};
use serde_json::Map;
use std::ops::Range;
use std::path::{Path, PathBuf};

pub const TARGETS: [&str; 6] = ["nils", "el_pct", "dof_nm", "meef", "ler3s_nm", "yield_risk"];

pub struct KnownJobs {
    pub jobs: Vec<Job>,
    pub truth: Vec<[f64; 6]>,
}

/// The whole benchmark data, if `LIBCHAR_REFDATA` leads to it.
pub fn benchmark_file() -> Option<PathBuf> {
    let folder = std::env::var_os("LIBCHAR_REFDATA").map(PathBuf::from)?;
    Some(folder.join("../litho/dataset.csv")).filter(|file| file.is_file())
}

impl KnownJobs {
    pub fn read(file: &Path) -> KnownJobs {
        let text = std::fs::read_to_string(file).expect("readable data");
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
        let at = |name: &str| header.iter().position(|h| *h == name).expect("a known column");
        let results = TARGETS.map(at);
        let (mut jobs, mut truth) = (Vec::new(), Vec::new());
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let record: Map<_, _> = learner::PARAMETER_NAMES
                .iter()
                .map(|name| ((*name).to_owned(), JobParameters::cell(name, cells[at(name)])))
                .collect();
            let job = JobParameters::from_record(&record).expect("a record").check();
            jobs.push(job.expect("a sound job"));
            truth.push(results.map(|column| cells[column].parse().expect("a number")));
        }
        KnownJobs { jobs, truth }
    }

    pub fn rows(&self, range: Range<usize>) -> Rows {
        self.select(&range.collect::<Vec<_>>())
    }

    pub fn select(&self, chosen: &[usize]) -> Rows {
        let seen: Vec<_> =
            chosen.iter().map(|&i| learner::row(&self.jobs[i]).expect("a row")).collect();
        let values: Vec<_> = seen.iter().map(|row| row.values).collect();
        let truth: Vec<_> = chosen.iter().map(|&i| self.truth[i]).collect();
        let class = |i: &usize| match self.jobs[*i].optics.wavelength_nm {
            w if w < 50.0 => 0,
            w if w < 220.0 => 1,
            _ => 2,
        };
        Rows {
            features: Matrix::from_rows(&values).expect("equal rows"),
            targets: Matrix::from_rows(&truth).expect("equal rows"),
            group: seen.iter().map(|row| row.regime as usize).collect(),
            class: chosen.iter().map(class).collect(),
        }
    }
}

pub fn names() -> Names {
    let infinity = f64::INFINITY;
    let target = |name: &str| {
        let (low, high) = match name {
            "meef" => (-infinity, infinity),
            "yield_risk" => (0.0, 1.0),
            _ => (0.0, infinity),
        };
        Target { name: name.to_owned(), low, high }
    };
    let all: Vec<&str> = learner::names().collect();
    let at = |name: &&str| all.iter().position(|n| n == name).expect("a known value");
    Names {
        features: all.iter().map(|name| (*name).to_owned()).collect(),
        targets: TARGETS.into_iter().map(target).collect(),
        groups: Regime::ALL.iter().map(|regime| regime.name().to_owned()).collect(),
        classes: ["EUV", "ArF", "KrF"].map(str::to_owned).to_vec(),
        outlier_columns: NOVELTY_COLUMNS.iter().map(at).collect(),
    }
}
