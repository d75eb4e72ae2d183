//! `init`: writes an example of a domain to begin with.

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::words::count;
use libchar_files::atomic;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of the example, which is tested with the real simulator.
const FILES: [(&str, &str); 9] = [
    ("config.cfg", include_str!("../../examples/inverter-pvt/config.cfg")),
    ("libchar.toml", include_str!("../../examples/inverter-pvt/libchar.toml")),
    (
        "configuration/table_condition.csv",
        include_str!("../../examples/inverter-pvt/configuration/table_condition.csv"),
    ),
    (
        "configuration/table_corner_list.csv",
        include_str!("../../examples/inverter-pvt/configuration/table_corner_list.csv"),
    ),
    (
        "configuration/table_supply_list_ac.csv",
        include_str!("../../examples/inverter-pvt/configuration/table_supply_list_ac.csv"),
    ),
    (
        "configuration/table_temperature_list.csv",
        include_str!("../../examples/inverter-pvt/configuration/table_temperature_list.csv"),
    ),
    ("template/sim_tx.sp", include_str!("../../examples/inverter-pvt/template/sim_tx.sp")),
    ("models/generic45.lib", include_str!("../../examples/inverter-pvt/models/generic45.lib")),
    ("models/core.inc", include_str!("../../examples/inverter-pvt/models/core.inc")),
];

const EXAMPLES: &str = "\
Examples:
  libchar init inverter                a new folder with a domain that is ready to run
  libchar -C inverter flow             simulate its 84 points with ngspice, and report
  libchar init                         the same in the current folder, which must be empty

The domain is an inverter at seven corners, four temperatures and three supplies, with a model library, a typical
point, units and limits: adapt the tables, the template and libchar.toml to your own circuit.";

/// Create an example domain, ready to run, in a new or empty folder
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Init {
    /// Folder of the domain; it is created if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

pub fn run(args: Init, ctx: &Context) -> Result<Outcome> {
    let folder = args.folder.as_path();
    ctx.look("init");
    refuse_full(folder)?;
    for (name, text) in FILES {
        let path = folder.join(name);
        atomic::write(&path, text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let parameters = json!({ "folder": folder.display().to_string() });
    let message = format!("{} -> {}", count(FILES.len(), "file"), folder.display());
    ctx.log.event("init", None, &message, parameters);
    let here =
        if folder == Path::new(".") { String::new() } else { format!(" -C {}", folder.display()) };
    ctx.log.info("init", format!("{message}; `libchar{here} flow` runs it"));
    Ok(Outcome::Fine)
}

/// Refuses a folder with files, so that they are not mixed with those of the example.
fn refuse_full(folder: &Path) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e).with_context(|| format!("cannot read {}", folder.display())),
    };
    // Files of version control and of libchar itself do not count.
    let content = entries
        .flatten()
        .map(|entry| entry.file_name())
        .find(|name| !name.to_string_lossy().starts_with(".git") && name != ".libchar");
    match content {
        None => Ok(()),
        Some(name) => {
            let message = format!(
                "{} is not empty: it holds {}; name a new folder, such as `libchar init inverter`",
                folder.display(),
                name.to_string_lossy()
            );
            Err(Usage(message).into())
        }
    }
}
