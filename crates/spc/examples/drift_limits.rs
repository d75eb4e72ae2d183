//! Simulates the table of drift limits: `cargo run --release -p libchar-spc --example drift_limits
//! > crates/spc/src/drift/limits.csv`.

use libchar_spc::drift::calibrate::{average_run_lengths, highest_levels, limit_for_share};
use libchar_spc::drift::{HORIZON, Method};
use std::io::{self, Write};

const ARLS: [f64; 12] =
    [10.0, 20.0, 50.0, 100.0, 200.0, 370.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0];
const SHARES: [f64; 15] =
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
/// Numbers of Phase I points; 0 stands for known parameters.
const SIZES: [usize; 16] = [10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 400, 1000, 3000, 0];
const SEED: u64 = 20_260_101;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "method,table,phase1_points,x,limit")?;
    for method in Method::ALL {
        for (arl, limit) in ARLS.iter().zip(limits_for(method)) {
            writeln!(out, "{method},arl,0,{arl},{limit:.4}")?;
        }
        for m in SIZES {
            let levels = highest_levels(method, (m > 0).then_some(m), HORIZON, 150_000, SEED + 1);
            for share in SHARES {
                writeln!(out, "{method},share,{m},{share},{:.4}", limit_for_share(&levels, share))?;
            }
        }
    }
    Ok(())
}

/// Limits for [`ARLS`], interpolated in ln ARL on a fine grid of limits. Short run lengths are
/// cheap and get more series.
fn limits_for(method: Method) -> Vec<f64> {
    let grid: Vec<f64> = (0..=170).map(|i| 0.5 + 0.1 * f64::from(i)).collect();
    let mut found = Vec::new();
    let mut from = 0;
    for (most, runs) in [(150.0, 200_000), (1500.0, 40_000), (30_000.0, 8_000)] {
        // A pilot run shows how far up the grid the wanted run lengths reach.
        let pilot = average_run_lengths_up_to(method, &grid, most * 1.5, 200);
        let arls = average_run_lengths(method, &grid[..pilot], runs, SEED);
        while from < ARLS.len() && ARLS[from] <= most {
            let target = ARLS[from].ln();
            let i = arls.partition_point(|a| a.mean.ln() < target).clamp(1, pilot - 1);
            let (a, b) = (arls[i - 1].mean.ln(), arls[i].mean.ln());
            found.push(grid[i - 1] + (target - a) / (b - a) * (grid[i] - grid[i - 1]));
            from += 1;
        }
    }
    found
}

/// How many of the ascending limits have average run lengths up to `most`, from a few series.
fn average_run_lengths_up_to(method: Method, grid: &[f64], most: f64, runs: usize) -> usize {
    let mut count = 2;
    while count < grid.len()
        && average_run_lengths(method, &grid[count - 1..count], runs, SEED)[0].mean < most
    {
        count += 2;
    }
    count
}
