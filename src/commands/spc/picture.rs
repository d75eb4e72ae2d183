//! Pictures of charts: the items that are drawn in addition to the points.

use crate::context::Context;
use anyhow::Result;
use clap::Args;
use libchar_core::{Faults, Table};
use libchar_spc::picture::{Drawn, annotations};

/// What is drawn besides.
#[derive(Args, Clone)]
#[command(next_help_heading = "Picture")]
pub struct PictureArgs {
    /// Draw the chart
    #[arg(long, value_name = "FILE")]
    pub svg: Option<String>,
    /// Lower specification limit, only drawn in the picture
    #[arg(long, value_name = "NUMBER", requires = "svg", allow_negative_numbers = true)]
    pub lsl: Option<f64>,
    /// Upper specification limit, only drawn in the picture
    #[arg(long, value_name = "NUMBER", requires = "svg", allow_negative_numbers = true)]
    pub usl: Option<f64>,
    /// Events to mark in the picture, such as maintenance or recipe changes: a table of `at` (point, time or lot) and `text`
    #[arg(long, value_name = "FILE", requires = "svg")]
    pub annotations: Option<String>,
}

impl PictureArgs {
    /// Reads the annotations.
    pub fn prepare(&self, ctx: &Context) -> Result<Drawn> {
        let mut drawn = Drawn { limits: [self.lsl, self.usl], ..Drawn::default() };
        if let Some(file) = &self.annotations {
            let source = ctx.read(file)?;
            let table = Table::parse(&source.name, &source.bytes)?;
            drawn.annotations = annotations(&table).map_err(Faults::from)?;
        }
        Ok(drawn)
    }
}
