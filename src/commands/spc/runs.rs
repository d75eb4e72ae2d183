//! Tables with one row per run and one column per feature, for health and forecast.

use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use anyhow::Result;
use clap::Args;
use libchar_core::Table;
use libchar_core::table::Header;
use libchar_spc::run_table::Wanted;

/// Which columns are features.
#[derive(Args)]
pub struct FeatureArgs {
    /// Columns of the features [default: every column of numbers that is not ignored]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Features whose names match, such as 'temp_*'
    #[arg(long = "columns", value_name = "PATTERN", conflicts_with = "features")]
    pub patterns: Vec<String>,
    /// Columns that are not features, such as run numbers and times
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', conflicts_with = "features")]
    pub ignore: Vec<String>,
    /// What to do with runs that have cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
}

impl FeatureArgs {
    /// Which columns are features.
    pub fn wanted(&self) -> Wanted<'_> {
        let FeatureArgs { features, patterns, ignore, na } = self;
        Wanted { features, patterns, ignore, na: (*na).into() }
    }
}

/// Reads a table with a header.
///
/// # Errors
/// Every fault of the file.
pub fn read(ctx: &Context, format: &DataFormat, path: &str) -> Result<Table> {
    format.read(ctx, &ctx.read(path)?, Header::Required)
}
