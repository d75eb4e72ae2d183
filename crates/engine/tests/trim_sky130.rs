//! A trimmed library gives the same digits as the whole one, on an open PDK and with the real simulator.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads files and talks")]

use libchar_engine::trim::{Piece, Sources, Trimmer};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

struct Disk(PathBuf);

impl Sources for Disk {
    fn text(&mut self, path: &Path) -> Option<Arc<str>> {
        std::fs::read_to_string(self.0.join(path)).ok().map(Into::into)
    }
}

fn deck(corner: &str, temp_c: i32, supply_v: f64) -> String {
    format!(
        "sky130 inverter\n\
         .lib 'models/sky130_mini.lib.spice' {corner}\n\
         .include 'cells/inv/sky130_fd_sc_hd__inv_1.spice'\n\
         .temp {temp_c}\n.param vdd={supply_v}\n\
         vp vpwr 0 {{vdd}}\nvpb vpb 0 {{vdd}}\nvg vgnd 0 0\nvnb vnb 0 0\n\
         vin a 0 pulse(0 {{vdd}} 1n 20p 20p 5n 15n)\n\
         x1 a vgnd vnb vpb vpwr y sky130_fd_sc_hd__inv_1\ncl y 0 5f\n.tran 10p 8n\n\
         .meas tran tphl trig v(a) val='vdd/2' rise=1 targ v(y) val='vdd/2' fall=1\n\
         .meas tran tplh trig v(a) val='vdd/2' fall=1 targ v(y) val='vdd/2' rise=1\n.end\n"
    )
}

/// The text of each measure, as printed.
fn simulate(folder: &Path, deck: &Path) -> Vec<String> {
    let output = Command::new("ngspice")
        .args(["-b", "-n"])
        .arg(deck)
        .current_dir(folder)
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .expect("ngspice runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| line.starts_with("tp")).map(str::to_owned).collect()
}

#[test]
fn measures_agree_to_the_last_digit() {
    let Some(data) = libchar_testing::reference_data() else { return };
    let pdk = data.join("sky130");
    let scratch = tempfile::tempdir().unwrap();
    let mut trimmer = Trimmer::default();
    for (corner, temp_c, supply_v) in [("tt", 25, 1.8), ("ss", -40, 1.6), ("fs", 100, 1.95)] {
        let text = deck(corner, temp_c, supply_v);
        let whole = scratch.path().join("whole.sp");
        std::fs::write(&whole, &text).unwrap();
        let pieces = trimmer.trim(Path::new("deck.sp"), &text, &mut Disk(pdk.clone())).unwrap();
        let mut trimmed = String::new();
        let mut size = 0;
        for (i, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => trimmed.push_str(text),
                Piece::Library(text) => {
                    size += text.len();
                    let path = scratch.path().join(format!("{i}.spice"));
                    std::fs::write(&path, text.as_bytes()).unwrap();
                    trimmed.push_str(&format!(".include '{}'\n", path.display()));
                }
            }
        }
        let small = scratch.path().join("small.sp");
        std::fs::write(&small, trimmed).unwrap();
        assert!(size < 60_000, "{corner}: {size} bytes are left");
        // The whole library is read from the PDK's folder, so that its relative names resolve.
        let (whole, small) = (simulate(&pdk, &whole), simulate(&pdk, &small));
        assert_eq!(whole.len(), 2, "{whole:?}");
        assert_eq!(whole, small, "{corner}");
    }
}
