//! The measurement and its setup, read.

use super::Metro;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::input::Source;
use libchar_core::table::Header;
use libchar_core::{Faults, hash, input};
use libchar_metrology::method::{Method, Per};
use libchar_metrology::run::Input;
use libchar_metrology::setup::Setup;
use std::path::Path;

/// Reads the file and the setup.
pub fn read(args: &Metro, method: &Method, ctx: &Context) -> Result<Input> {
    let mut setup = Setup::default();
    let mut add = |source: Source| -> Result<()> {
        let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
        Ok(setup.read(&source.name, text)?)
    };
    if let Some(path) = &args.setup {
        add(ctx.read(path)?)?;
    }
    let is_setup = |path: &String| path.ends_with(".toml");
    if let Some(path) = args.file.as_ref().filter(|path| is_setup(path)) {
        add(ctx.read(path)?)?;
    }
    for assignment in &args.set {
        setup.assign(assignment)?;
    }
    for (name, named_by) in setup.files_named(method) {
        // A name in a setup is relative to the setup's folder, a typed name to the current folder.
        let folder = Path::new(&named_by).parent().filter(|_| named_by != "-s");
        let path = folder.unwrap_or(Path::new("")).join(&name);
        let source = ctx.read(&path.to_string_lossy())?;
        let table = args.format.read(ctx, &source, Header::Required)?;
        setup.files.insert(name, table);
    }
    let Some(path) = args.file.as_ref().filter(|path| !is_setup(path)) else {
        if method.per == Per::Matrix {
            return Err(Usage(format!("{}: name the file of the map or image", method.name)).into());
        }
        return Ok(Input { file: None, sha256: None, table: None, setup });
    };
    let source = ctx.read(path)?;
    let header = if method.per == Per::Matrix { Header::UnlessNumbers } else { Header::Required };
    let table = args.format.read(ctx, &source, header)?;
    Ok(Input {
        file: Some(source.name),
        sha256: Some(hash::sha256(&source.bytes)),
        table: Some(table),
        setup,
    })
}
