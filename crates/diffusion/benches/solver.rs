//! Speed of the solver and of the closed forms, compared with scipy's LSODA on the same problem.
//!
//! `cargo bench -p libchar-diffusion`. Set `LIBCHAR_PYTHON` to a Python with scipy to see scipy's time.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and looks for Python")]

use libchar_diffusion::closed_form::Predeposition;
use libchar_diffusion::format::Document;
use libchar_diffusion::process::run;
use libchar_diffusion::recipe::Recipe;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

fn main() {
    for (goal, relative) in [("xj within 0.3 %", 1e-2), ("xj within 0.03 %", 3e-3)] {
        let recipe = arsenic(relative);
        let seconds = least(200, || {
            black_box(run(black_box(&recipe))).map(drop).unwrap_or_default();
        });
        println!("arsenic 2e20, 1000 C, 30 min, 1000 nodes, {goal:16} {:8.3} ms", seconds * 1e3);
    }
    let python = std::env::var("LIBCHAR_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/scipy_lsoda.py");
    match Command::new(python).arg(script).output() {
        Ok(done) if done.status.success() => {
            println!("the same by scipy's LSODA: {}", String::from_utf8_lossy(&done.stdout).trim());
        }
        _ => println!(
            "the same by scipy's LSODA: not measured, set LIBCHAR_PYTHON to a Python with scipy"
        ),
    }
    let depths: Vec<f64> = (0..100).map(|i| 0.01 * f64::from(i)).collect();
    let predep = Predeposition { surface_cm3: 1e20, dt_cm2: 2.75e-11 };
    let seconds = least(20_000, || {
        black_box(predep.profile(black_box(&depths)));
    });
    println!("erfc profile of 100 points {:8.3} us", seconds * 1e6);
}

/// Shortest time of many passes, which other load on the machine disturbs least.
fn least(passes: usize, mut pass: impl FnMut()) -> f64 {
    let times = (0..passes).map(|_| {
        let begin = Instant::now();
        pass();
        begin.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn arsenic(relative: f64) -> Recipe {
    let text = format!(
        "[model]\nactivation='full'\n[grid]\ndepth_um=1\nnodes=1000\nspacing='uniform'\n\
         [accuracy]\nrelative={relative:e}\n\
         [[step]]\ntype='predep'\nspecies='As'\nconc_cm3=2e20\ntemp_c=1000\ntime_s=1800"
    );
    let parsed = Document::new("bench.toml", text).read(&|_| Err(String::new()));
    parsed.unwrap_or_else(|faults| unreachable!("{faults}")).recipe
}
