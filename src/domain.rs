//! The files of a characterization directory, the current folder, that several stages read.

#![allow(dead_code, reason = "the stages that read a domain are being laid")]

use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_pvt::{Point, RunConfig, config, points};
use std::path::Path;

/// Engines that are built in; a site describes more in TOML.
const SIMULATORS: [&str; 6] = ["ngspice", "xyce", "hspice", "primesim", "finesim", "spectre"];

/// Reads `config.cfg`.
pub fn read_config(ctx: &Context) -> Result<RunConfig> {
    if !Path::new(config::FILE).exists() {
        let message =
            "no config.cfg here: a characterization directory has one; name it with -C DIR";
        return Err(Usage(message.to_owned()).into());
    }
    let source = ctx.read(config::FILE)?;
    Ok(RunConfig::parse(&source.name, &source.bytes, &simulators(ctx))?)
}

/// Reads the matrix that `gen` left in `points.csv`.
pub fn read_points(ctx: &Context) -> Result<Vec<Point>> {
    if !Path::new(points::FILE).exists() {
        return Err(Usage("no points.csv here: run `libchar gen` first".to_owned()).into());
    }
    let source = ctx.read(points::FILE)?;
    Ok(points::parse(&source.name, &source.bytes)?)
}

/// Names of the engines: the built-in ones, then those of `[simulators.NAME]`.
pub fn simulators(ctx: &Context) -> Vec<&str> {
    let described = ctx.config.names("simulators");
    let described = described.into_iter().filter(|name| !SIMULATORS.contains(name));
    SIMULATORS.into_iter().chain(described).collect()
}
