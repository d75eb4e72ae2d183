//! Time of an image and of a process window: the smallest of many runs, because the machine may be
//! busy.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use libchar_litho::features::features;
use libchar_litho::job::SourceKind;
use libchar_litho::simulate::simulate;
use libchar_litho::{Image, Job, JobParameters};

fn job(change: impl Fn(&mut JobParameters)) -> Job {
    let mut p = JobParameters::new(193.0, 1.35, 100.0, 50.0);
    (p.sigma_in, p.sigma_out, p.blur_nm) = (Some(0.6), Some(0.9), 5.0);
    (p.resist_thickness_nm, p.dose_mj_cm2) = (100.0, Some(30.0));
    change(&mut p);
    p.check().expect("a sound job")
}

/// Least and median time in microseconds of many runs.
fn time(runs: usize, f: impl Fn()) -> (f64, f64) {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[0], times[runs / 2])
}

fn main() -> std::io::Result<()> {
    let scalar = job(|p| p.imaging = serde_json::from_value("scalar".into()).expect("a name"));
    let vector = job(|_| {});
    let dense_dipole = job(|p| {
        (p.sigma_in, p.sigma_out, p.source) = (None, None, Some(SourceKind::Dipole));
        (p.pole_center, p.pole_radius, p.pitch_nm, p.cd_nm) = (Some(0.85), Some(0.1), 80.0, 40.0);
    });
    let isolated = job(|p| p.pitch_nm = 1000.0);
    let widest = job(|p| p.pitch_nm = 40.0 * 193.0 / 1.35);
    let image = |job: &Job| {
        let image = Image::of(black_box(job));
        let threshold = image.threshold_for_width(job.cd_nm).unwrap_or(0.3);
        black_box((image.nils(job.cd_nm), image.line(threshold)));
    };
    let mut out = std::io::stdout().lock();
    let mut say = |name: &str, (least, middle): (f64, f64)| {
        writeln!(out, "{name:<44} {least:>10.1} us least {middle:>10.1} us middle")
    };
    say("image, CD and NILS, scalar", time(500, || image(&scalar)))?;
    say("image, CD and NILS, vector", time(500, || image(&vector)))?;
    say("image, CD and NILS, vector, isolated line", time(50, || image(&isolated)))?;
    let whole = |job: &Job| {
        black_box(simulate(black_box(job)));
    };
    say("window, MEEF, LER, yield, scalar", time(200, || whole(&scalar)))?;
    say("window, MEEF, LER, yield, vector", time(200, || whole(&vector)))?;
    say("window, MEEF, LER, yield, dipole", time(200, || whole(&dense_dipole)))?;
    say("window, MEEF, LER, yield, isolated line", time(20, || whole(&isolated)))?;
    say("window, MEEF, LER, yield, widest pitch", time(5, || whole(&widest)))?;
    say(
        "features for a model",
        time(500, || {
            black_box(features(black_box(&vector)));
        }),
    )
}
