use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Frame};
use libchar_spc::constants;

/// Print control-chart constants for subgroups of n values
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc constants                     d2, d3, c4, A2 … for 2 to 25 values
  libchar spc constants -n 5 --format json")]
pub struct Constants {
    /// Subgroup sizes, such as `5` or `4,5,9` [default: 2 to 25]
    #[arg(short = 'n', long = "size", value_name = "N", value_delimiter = ',')]
    sizes: Vec<usize>,
}

pub fn run(args: &Constants, ctx: &Context) -> Result<Outcome> {
    let sizes = if args.sizes.is_empty() { (2..=25).collect() } else { args.sizes.clone() };
    let mut frame: Option<Frame> = None;
    for n in sizes {
        let named = constants::Constants::new(n).map_err(|fault| Usage(fault.to_string()))?.named();
        let frame = frame.get_or_insert_with(|| {
            let columns = std::iter::once("n").chain(named.iter().map(|(name, _)| *name));
            Frame::new("libchar.spc-constants", 1, columns)
        });
        frame.push(std::iter::once(Cell::from(n)).chain(named.map(|(_, v)| v.into())).collect());
    }
    if let Some(frame) = frame {
        ctx.print(&frame)?;
    }
    Ok(Outcome::Fine)
}
