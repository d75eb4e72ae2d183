//! The files of a characterization directory, the current folder, that several stages read.

use crate::context::Context;
use crate::sources::desk;
use anyhow::Result;
use libchar_campaign::domain::{self, Domain};
use libchar_core::Faults;
use libchar_pvt::variation::Variation;
use libchar_pvt::{Point, RunConfig};
use std::path::PathBuf;

/// `config.cfg`, the tables and the template, checked.
pub fn read(ctx: &Context) -> Result<Domain> {
    domain::read(&desk(ctx))
}

/// `config.cfg`.
pub fn read_config(ctx: &Context) -> Result<RunConfig> {
    domain::read_config(&desk(ctx))
}

/// The matrix that `gen` left in `points.csv`.
pub fn read_points(ctx: &Context) -> Result<Vec<Point>> {
    domain::read_points(&desk(ctx))
}

/// What varies from sample to sample.
pub fn variation_table(ctx: &Context) -> Result<Variation, Faults> {
    domain::variation_table(&desk(ctx))
}

/// Path of the template that the configuration names.
pub fn template_path(ctx: &Context) -> PathBuf {
    desk(ctx).template()
}

/// The folder of the tables.
pub fn tables_folder(ctx: &Context) -> PathBuf {
    desk(ctx).tables()
}
