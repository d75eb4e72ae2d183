use super::options::usage;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::arl::characteristic::{characteristic, frame};

/// Print the operating characteristic of a chart of means
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc oc -n 1,5,10 --shift 0,0.5,1,1.5,2,3

beta is the chance that the next point stays inside the limits although the mean has moved by `shift` process sigmas;
arl is 1/(1 - beta).")]
pub struct Oc {
    /// Subgroup sizes
    #[arg(
        short = 'n',
        long = "size",
        value_name = "N",
        value_delimiter = ',',
        default_value = "1,5,10"
    )]
    sizes: Vec<usize>,
    /// Shifts of the mean in process sigmas
    #[arg(
        long,
        value_name = "SIGMA",
        value_delimiter = ',',
        default_value = "0,0.5,1,1.5,2,2.5,3",
        allow_negative_numbers = true
    )]
    shift: Vec<f64>,
    /// Distance of the limits in sigma of the mean
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    width: f64,
}

pub fn run(args: &Oc, ctx: &Context) -> Result<Outcome> {
    let rows = characteristic(&args.sizes, &args.shift, args.width).map_err(usage)?;
    ctx.print(&frame(&rows))?;
    Ok(Outcome::Fine)
}
