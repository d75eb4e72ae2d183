use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::Frame;
use libchar_spc::arl::shewhart::beta_risk;

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
    if args.sizes.contains(&0) || !(args.width > 0.0 && args.width <= 20.0) {
        return Err(Usage("sizes are at least 1, and 0 < width <= 20".to_owned()).into());
    }
    if let Some(shift) = args.shift.iter().find(|shift| !shift.is_finite()) {
        return Err(Usage(format!("shift {shift} is no finite number")).into());
    }
    let mut frame = Frame::new("libchar.spc-oc", 1, ["n", "shift", "beta", "power", "arl"]);
    for &n in &args.sizes {
        for &shift in &args.shift {
            let beta = beta_risk(shift, n, args.width);
            frame.push(vec![
                n.into(),
                shift.into(),
                beta.into(),
                (1.0 - beta).into(),
                (1.0 / (1.0 - beta)).into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
