//! All tests of the command line in one binary: linking twenty-six binaries took longer than
//! running them.

#![allow(clippy::print_stderr, reason = "a test says what it measured, or why it skips")]

mod common;

mod adopt;
mod agreement;
mod architecture;
mod bkp;
mod check;
mod cli;
mod config_node;
mod data_format;
mod diff;
mod diffuse;
mod diffuse_defects;
mod diffuse_many;
mod documented_commands;
mod ext;
mod flow;
mod freshness;
mod r#gen;
mod generated;
mod history;
mod layers;
mod lib_cells;
mod lib_check;
mod lib_like;
mod lib_lvf;
mod lib_page;
mod lib_readers;
mod litho_accuracy;
mod litho_calibrate;
mod litho_fab;
mod litho_jobs;
mod litho_many;
mod litho_predict;
mod litho_record;
mod litho_simulate;
mod litho_sweep;
mod make;
mod mc;
mod metro;
mod metro_methods;
mod ngspice_decks;
mod notify;
mod preflight;
mod r2r;
mod readme;
mod report_page;
mod run;
mod run_causes;
mod run_choices;
mod run_cluster;
mod run_scheduler;
mod run_state;
mod spc_chart;
mod spc_day;
mod spc_drift;
mod spc_features;
mod spc_forecast;
mod spc_gage;
mod spc_health;
mod spc_many;
mod spc_rows;

mod srt;
mod sweep;
mod torture;
mod torture_state;
mod trust;
mod tune;
mod tutorial;
mod usr;
mod validated_core;
mod vm;
mod watch;
mod written_by_0_1;

/// A file that is not listed above would never run, and nobody would notice.
#[test]
fn every_file_is_listed() {
    let listed = include_str!("main.rs");
    let folder = common::repository().join("tests");
    for entry in std::fs::read_dir(folder).expect("the folder of the tests") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name in UTF-8");
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") else {
            continue;
        };
        let declared = [format!("mod {module};"), format!("mod r#{module};")];
        assert!(
            listed.lines().any(|line| declared.contains(&line.to_owned())),
            "tests/main.rs does not list {module}"
        );
    }
}
