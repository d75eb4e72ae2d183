//! Folders whose configuration files may name programs.

use crate::context::{self, Context};
use crate::exit::Usage;
use anyhow::{Context as _, Result};
use libchar_core::{Fault, Faults};
use libchar_files::atomic;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, Table};

/// Adds a folder to the trusted ones.
pub fn trust(folder: &Path, ctx: &Context) -> Result<()> {
    let folder = shown(&fs::canonicalize(folder).with_context(|| folder.display().to_string())?)?;
    change(ctx, |folders| {
        if !folders.contains(&folder) {
            folders.push(folder.clone());
        }
    })?;
    ctx.log.info(
        "trust",
        format!("programs that configuration files below {folder} name are started"),
    );
    Ok(())
}

/// Removes a folder from the trusted ones.
pub fn untrust(folder: &Path, ctx: &Context) -> Result<()> {
    let real = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder))?;
    let folder = shown(&real)?;
    let mut was_there = false;
    change(ctx, |folders| {
        let before = folders.len();
        folders.retain(|known| *known != folder);
        was_there = folders.len() < before;
    })?;
    if !was_there {
        return Err(Usage(format!("{folder} was not trusted")).into());
    }
    Ok(())
}

fn shown(path: &Path) -> Result<String> {
    let text = path.to_str().map(str::to_owned);
    Ok(text.ok_or_else(|| Usage(format!("{}: the name is not UTF-8", path.display())))?)
}

/// Changes the list in the user's own file, and nothing else in it.
fn change(ctx: &Context, edit: impl FnOnce(&mut Vec<String>)) -> Result<()> {
    let file: PathBuf = context::user_file()
        .ok_or_else(|| Usage("no home folder for a configuration of your own".to_owned()))?;
    let name = file.display().to_string();
    let text = match fs::read_to_string(&file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("cannot read {name}"))?,
    };
    let mut document: DocumentMut = text
        .parse()
        .map_err(|e: toml_edit::TomlError| Faults::from(Fault::of(&name, e.message())))?;
    let mut folders = ctx.config.texts("trust.folders");
    edit(&mut folders);
    let table = document.entry("trust").or_insert_with(|| Item::Table(Table::new()));
    let table = table.as_table_like_mut();
    let table = table.ok_or_else(|| Usage(format!("{name}: `trust` is not a table")))?;
    table.insert("folders", toml_edit::value(folders.iter().collect::<Array>()));
    atomic::write(&file, document.to_string().as_bytes())
        .with_context(|| format!("cannot write {name}"))
}
