//! Training and prediction of lithography jobs. `LIBCHAR_REFDATA` names the folder of the benchmark
//! data; without it the small part in `testdata` is used. `benches/peers/litho_predict.py` times
//! the peers on the same rows.

#[path = "../tests/common/known_jobs.rs"]
mod known_jobs;

use known_jobs::{KnownJobs, benchmark_file, names};
use libchar_learn::train::{Settings, train};
use libchar_learn::{artifact, score};
use libchar_litho::learner;
use rayon::prelude::*;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Least time of `rounds`, in seconds: other load on the machine can only add to it.
fn least(rounds: usize, mut work: impl FnMut()) -> f64 {
    (0..rounds)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

fn features_csv(known: &KnownJobs) -> String {
    let mut text = learner::names().collect::<Vec<_>>().join(",") + "\n";
    for job in &known.jobs {
        let values = learner::row(job).expect("a row").values.map(|v| v.to_string());
        text += &(values.join(",") + "\n");
    }
    text
}

fn main() -> std::io::Result<()> {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/litho/jobs.csv");
    let known = KnownJobs::read(&benchmark_file().unwrap_or(small));
    let n = known.jobs.len();
    let (fit, held) = (known.rows(0..n * 6 / 10), known.rows(n * 6 / 10..n * 3 / 4));
    let mut model = None;
    let training = least(2, || {
        model = train(&names(), &fit, &held, &Settings::default()).ok();
    });
    let model = model.expect("a model");

    let jobs = &known.jobs[n * 3 / 4..];
    let predict = |job| {
        let row = learner::row(job).expect("a row");
        model.predict(&row.values, row.regime as usize).expect("a prediction")
    };
    let each = 1e6 / jobs.len() as f64;
    let features = each
        * least(7, || {
            jobs.iter().for_each(|j| {
                black_box(learner::row(j).ok());
            })
        });
    let single = each
        * least(7, || {
            jobs.iter().for_each(|j| {
                black_box(predict(j));
            })
        });
    let rows: Vec<_> = jobs.iter().take(100).map(|j| learner::row(j).expect("a row")).collect();
    let explain = 1e4
        * least(5, || {
            rows.iter().for_each(|r| {
                black_box(model.explain(&r.values).ok());
            })
        });
    let many: Vec<_> = jobs.iter().cycle().take(10_000).collect();
    let batch = least(3, || {
        black_box(many.par_iter().map(|j| predict(j)).collect::<Vec<_>>());
    });
    let bytes = artifact::encode(&model);
    let load = 1e3
        * least(7, || {
            black_box(artifact::decode(&bytes).ok());
        });

    // Writes the features, so that the peers can be timed on the same ones.
    if let Some(file) = std::env::var_os("LIBCHAR_BENCH_FEATURES") {
        std::fs::write(file, features_csv(&known))?;
    }
    let test = known.rows(n * 3 / 4..n);
    let r2: f64 = (0..6)
        .map(|t| {
            let value: Vec<f64> = jobs.iter().map(|j| predict(j)[t].value).collect();
            score::r2(&test.targets.column(t), &value).unwrap_or(f64::NAN) / 6.0
        })
        .sum();
    let mut out = std::io::stdout().lock();
    writeln!(out, "rows {}, mean R2 {r2:.4}, artifact {} kB", fit.group.len(), bytes.len() / 1000)?;
    writeln!(out, "training                              {training:8.2} s   (limit 30)")?;
    writeln!(out, "features of one job                   {features:8.1} us")?;
    writeln!(out, "one prediction with interval          {single:8.1} us  (limit 100)")?;
    writeln!(out, "attributions of one job, six targets  {explain:8.1} us  (limit 5000)")?;
    writeln!(out, "10 000 predictions, all cores         {batch:8.3} s   (limit 0.5)")?;
    writeln!(out, "reading the artifact                  {load:8.2} ms")
}
