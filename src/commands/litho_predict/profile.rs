//! Reads constraint profiles in TOML.

use crate::context::Context;
use anyhow::Result;
use libchar_assurance::litho::profile::Profiles;
use libchar_assurance::litho::profile_file;

/// The profiles of a TOML file, in addition to the built-in `default`.
pub fn read(ctx: &Context, file: Option<&str>) -> Result<Profiles> {
    let own = file.map(|file| anyhow::Ok(profile_file::parse(&ctx.read(file)?)?)).transpose()?;
    Ok(Profiles::built_in().with(own.unwrap_or_default()))
}
