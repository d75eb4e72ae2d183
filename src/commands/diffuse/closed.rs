use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_diffusion::closed::{self, Budget};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse closed erfc --surface 1e20 --d0 0.76 --ea 3.46 --temp 1000C --time 30min --background 1e15
  libchar diffuse closed gaussian --dose 1e14 --dt 1e-9 --background 1e15 --depth 0.5um,1um
  libchar diffuse closed two-step --surface 1e20 --predep-dt 7.58e-12 --drive-dt 5.47e-10 --background 1e16
  libchar diffuse closed budget --d0 0.76 --ea 3.46 --temp 800C --ramp-to 1000C --time 20min";

/// Compute closed-form solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Closed {
    #[command(subcommand)]
    form: Form,
}

#[derive(Subcommand)]
enum Form {
    /// Constant source: C = Cs erfc(x / 2 sqrt(Dt))
    Erfc {
        /// Surface concentration, cm-3
        #[arg(long, value_name = "CM3")]
        surface: f64,
        #[command(flatten)]
        budget: ThermalBudget,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Limited source: C = Q / sqrt(pi Dt) exp(-x^2 / 4Dt)
    Gaussian {
        /// Dose, cm-2
        #[arg(long, value_name = "CM2")]
        dose: f64,
        #[command(flatten)]
        budget: ThermalBudget,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Constant source, then drive-in with an inert surface: Smith's integral
    TwoStep {
        /// Surface concentration of the first step, cm-3
        #[arg(long, value_name = "CM3")]
        surface: f64,
        /// Dt of the first step, cm2
        #[arg(long, value_name = "CM2")]
        predep_dt: f64,
        /// Dt of the drive-in, cm2
        #[arg(long, value_name = "CM2")]
        drive_dt: f64,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Gaussian implant, annealed under an inert surface
    Implant {
        /// Dose, cm-2
        #[arg(long, value_name = "CM2")]
        dose: f64,
        /// Projected range, such as 163nm
        #[arg(long, value_name = "LENGTH")]
        rp: String,
        /// Projected straggle, such as 52nm
        #[arg(long, value_name = "LENGTH")]
        drp: String,
        #[command(flatten)]
        budget: ThermalBudget,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Thermal budget only: D and Dt at a constant temperature or over a linear ramp
    Budget {
        #[command(flatten)]
        budget: ThermalBudget,
    },
}

/// Diffusivity times time: given, or from an Arrhenius law.
#[derive(Args)]
struct ThermalBudget {
    /// Dt, cm2, instead of the options below
    #[arg(long, value_name = "CM2", conflicts_with_all = ["d0", "d"])]
    dt: Option<f64>,
    /// Diffusivity, cm2/s
    #[arg(long, value_name = "CM2_S", conflicts_with = "d0")]
    d: Option<f64>,
    /// Prefactor of the diffusivity, cm2/s
    #[arg(long, value_name = "CM2_S", requires_all = ["ea", "temp"])]
    d0: Option<f64>,
    /// Activation energy, eV
    #[arg(long, value_name = "EV")]
    ea: Option<f64>,
    /// Temperature, such as 1000C
    #[arg(long)]
    temp: Option<String>,
    /// Temperature at the end of a linear ramp
    #[arg(long, value_name = "TEMP")]
    ramp_to: Option<String>,
    /// Time, such as 30min
    #[arg(long)]
    time: Option<String>,
}

/// What to print of the profile.
#[derive(Args)]
struct Wanted {
    /// Concentrations whose depth to print, cm-3
    #[arg(long, value_name = "CM3", value_delimiter = ',')]
    background: Vec<f64>,
    /// Depths whose concentration to print, such as 0.5um
    #[arg(long, value_name = "LENGTH", value_delimiter = ',')]
    depth: Vec<String>,
}

impl ThermalBudget {
    fn asked(&self) -> Budget<'_> {
        let ThermalBudget { dt, d, d0, ea, temp, ramp_to, time } = self;
        Budget {
            dt: *dt,
            d: *d,
            d0: *d0,
            ea: *ea,
            temp: temp.as_deref(),
            ramp_to: ramp_to.as_deref(),
            time: time.as_deref(),
        }
    }
}

impl Wanted {
    fn asked(&self) -> closed::Wanted<'_> {
        closed::Wanted { background: &self.background, depth: &self.depth }
    }
}

pub fn run(args: Closed, ctx: &Context) -> Result<Outcome> {
    let frame = match &args.form {
        Form::Erfc { surface, budget, wanted } => {
            closed::erfc(*surface, &budget.asked(), wanted.asked())
        }
        Form::Gaussian { dose, budget, wanted } => {
            closed::gaussian(*dose, &budget.asked(), wanted.asked())
        }
        Form::TwoStep { surface, predep_dt, drive_dt, wanted } => {
            closed::two_step(*surface, *predep_dt, *drive_dt, wanted.asked())
        }
        Form::Implant { dose, rp, drp, budget, wanted } => {
            closed::implant(*dose, [rp, drp], &budget.asked(), wanted.asked())
        }
        Form::Budget { budget } => closed::budget(&budget.asked()),
    };
    let frame = frame.map_err(refused)?;
    let arguments: Vec<String> = std::env::args().skip(3).collect();
    ctx.begin("diffuse closed", json!({ "arguments": arguments }));
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
