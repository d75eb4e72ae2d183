//! Wall time of `libchar ext` on 10 000 points with one measure file each. Target: at most 0.6 s on
//! two cores.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const POINTS: usize = 10_000;
const MEASURES: usize = 5;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    lay(folder.path())?;
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_libchar"))
            .arg("ext")
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("libchar ext: {status}").into());
        }
        best = best.min(began.elapsed().as_secs_f64());
        fs::remove_file(folder.path().join("results.csv"))?;
    }
    #[allow(clippy::print_stdout, reason = "a benchmark reports on stdout")]
    {
        println!(
            "ext: {POINTS} measure files of {MEASURES} measures: {best:.3} s, the best of {ROUNDS}"
        );
    }
    Ok(())
}

/// Writes config.cfg, points.csv, decks and measure files.
fn lay(domain: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(domain.join("config.cfg"), "simulator=hspice\n")?;
    let mut points =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    let names: Vec<String> = (0..MEASURES).map(|i| format!("delay{i}")).collect();
    let asked: String =
        names.iter().map(|name| format!(".meas tran {name} when v(out)=0.5 rise=1\n")).collect();
    for i in 0..POINTS {
        let corner = format!("C{i}");
        let id = format!("{corner}/typical/typical_25/v1nom");
        let hash = "0".repeat(64);
        points +=
            &format!("{id},{corner},typical,25,v1nom,{corner},1.1,1.1,{id}/sim_tx.sp,{hash}\n");
        let folder = domain.join(&id);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("sim_tx.sp"), format!("* point {i}\n{asked}.tran 5p 5n\n.end\n"))?;
        let values: String =
            (0..MEASURES).map(|k| format!("  {}.{k:03}e-11     ", 1 + i % 9)).collect();
        let head = "$DATA1 SOURCE='HSPICE' VERSION='bench' PARAM_COUNT=0\n.TITLE '* bench'\n";
        let text = format!("{head} {} temper alter#\n {values}\n 25.0000 1\n", names.join(" "));
        fs::write(folder.join("sim_tx.mt0"), text)?;
    }
    fs::write(domain.join("points.csv"), points)?;
    Ok(())
}
