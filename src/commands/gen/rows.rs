//! Prints the matrix as rows, the output of gen.

use crate::context::Context;
use crate::global::Format;
use anyhow::Result;
use libchar_campaign::domain::Domain;
use libchar_campaign::generate::{Decks, write_csv};
use libchar_pvt::points;
use std::io::Write;

/// Prints ids, or complete rows if a format is chosen.
pub fn print(ctx: &Context, domain: &Domain, decks: &Decks) -> Result<()> {
    let mut out = ctx.stdout();
    match ctx.options.format {
        None => {
            for cell in domain.matrix.cells() {
                writeln!(out, "{}", cell.id())?;
            }
        }
        Some(Format::Csv) => write_csv(domain, decks, &mut out)?,
        Some(format) => {
            let mut frame = points::frame(domain.matrix.groups(), domain.matrix.swept());
            decks.points(domain).for_each(|point| frame.push(points::row(&point)));
            frame.write(format.into(), &mut out)?;
        }
    }
    Ok(out.flush()?)
}
