//! Cells of the open sky130 library, and a plain way to simulate a deck.

#![allow(dead_code, reason = "each test uses a part")]

use libchar_cells::config::{Config, Pvt, parse};
use libchar_cells::deck::Bench;
use libchar_cells::library::{Known, cells};
use libchar_cells::netlist::Netlists;
use libchar_cells::task::{Outcome, Task};
use libchar_engine::trim::{Sources, Trimmer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// The reference data, or a word that they are missing.
pub fn reference() -> Option<PathBuf> {
    libchar_testing::reference_data().map(|folder| folder.join("sky130"))
}

/// Whether the simulator is installed.
pub fn has_ngspice() -> bool {
    libchar_testing::has("ngspice")
}

struct Disk;

impl Sources for Disk {
    fn text(&mut self, path: &Path) -> Option<Arc<str>> {
        std::fs::read_to_string(path).ok().map(Into::into)
    }
}

/// `cells.toml` for sky130 at tt, 25 C, 1.8 V, with the template of the published library.
pub fn config(models: &Path, max_load_pf: f64) -> Config {
    let text = format!(
        "library = \"s\"\nnetlists = [\"x\"]\n[supplies]\nVPWR = \"power\"\nVGND = \"ground\"\nVPB = \"nwell\"\nVNB = \"pwell\"\n\
         [[pvt]]\nname = \"tt\"\nmodels = \"{}\"\nsection = \"tt\"\ntemp_c = 25\nvdd_v = 1.8\n\
         [templates.delay]\nslews_ns = [0.01, 0.0230506, 0.0531329, 0.122474, 0.282311, 0.650743, 1.5]\n\
         least_load_pf = 0.0005\nloads = 7\n[templates.constraint]\nslews_ns = [0.01, 0.5, 1.5]\n\
         [cells.\"*\"]\nmax_load_pf = {max_load_pf}\n",
        models.display()
    );
    parse("cells.toml", text.as_bytes()).unwrap()
}

/// A cell of a netlist, with its bench.
pub fn known(config: &Config, netlist: &Path) -> (Known, Bench) {
    let mut netlists = Netlists::default();
    netlists.add("n", &std::fs::read_to_string(netlist).unwrap()).unwrap();
    let known = cells(config, &netlists, &[]).unwrap().remove(0);
    let pvt: &Pvt = &config.pvt[0];
    let files = [netlist.display().to_string()];
    let (bench, reason) = libchar_cells::bench::bench(
        config,
        &known.cell,
        pvt,
        (&pvt.models, &files),
        &mut Trimmer::default(),
        &mut Disk,
    );
    assert_eq!(reason, None);
    (known, bench)
}

/// Simulates a deck in plain ngspice.
pub fn simulate(deck: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sp");
    std::fs::write(&path, deck).unwrap();
    let output = Command::new("ngspice")
        .args(["-n", "-b"])
        .arg(&path)
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .unwrap();
    let log =
        [output.stdout, output.stderr].map(|b| String::from_utf8_lossy(&b).into_owned()).concat();
    let found = libchar_engine::measure::ngspice::parse("log", &log).unwrap();
    let measures: BTreeMap<String, f64> =
        found.rows.iter().filter_map(|row| Some((row.name.clone(), row.value?))).collect();
    let failure = measures.is_empty().then_some(log);
    Outcome { measures, failure }
}

/// Does something with each item on all cores, since a simulator uses one; the results are in the order of the items.
pub fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, Into::into);
    let open = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let Some((at, item)) = open.lock().unwrap().next() else { break };
                    let result = work(item);
                    done.lock().unwrap().insert(at, result);
                }
            });
        }
    });
    done.into_inner().unwrap().into_values().collect()
}

/// Brings a task to its end; returns the simulations that it took.
pub fn finish(task: &mut impl Task) -> usize {
    let mut count = 0;
    while let Some(deck) = task.deck() {
        task.take(&simulate(&deck));
        count += 1;
    }
    count
}
