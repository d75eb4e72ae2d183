use super::options::usage;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
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
    ctx.print(&constants::table(&sizes).map_err(usage)?)?;
    Ok(Outcome::Fine)
}
