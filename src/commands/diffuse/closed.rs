use super::oxide::quantities;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::{Cell, Frame};
use libchar_diffusion::closed_form::{
    DriveIn, GaussianImplant, Predeposition, TwoStep, ramp_dt_cm2,
};
use libchar_diffusion::format::Quantity;
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
    fn dt_cm2(&self) -> Result<f64> {
        let one =
            |text: &Option<String>, option: &str, quantity: Quantity| -> Result<Option<f64>> {
                text.as_ref()
                    .map(|t| Ok(quantities(std::slice::from_ref(t), option, quantity)?[0]))
                    .transpose()
            };
        let time_s = one(&self.time, "--time", Quantity::Time)?;
        let temp_c = one(&self.temp, "--temp", Quantity::Temperature)?;
        let ramp_c = one(&self.ramp_to, "--ramp-to", Quantity::Temperature)?;
        let dt = match (self.dt, self.d, self.d0, self.ea, temp_c, time_s) {
            (Some(dt), ..) => dt,
            (_, Some(d), _, _, _, Some(time_s)) => d * time_s,
            (_, _, Some(d0), Some(ea), Some(temp_c), Some(time_s)) => {
                ramp_dt_cm2(d0, ea, temp_c, ramp_c.unwrap_or(temp_c), time_s)
            }
            _ => {
                let needed = "needs --dt, or --d and --time, or --d0, --ea, --temp and --time";
                return Err(Usage(format!("the thermal budget {needed}")).into());
            }
        };
        positive("Dt", dt)
    }
}

fn positive(what: &str, value: f64) -> Result<f64> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(Usage(format!("{what} is {value}: expected a number above 0")).into())
}

struct Rows(Frame);

impl Rows {
    fn add(&mut self, figure: &str, at: Option<f64>, value: impl Into<Cell>, unit: &str) {
        self.0.push(vec![figure.into(), at.into(), value.into(), unit.into()]);
    }

    fn profile(
        &mut self,
        wanted: &Wanted,
        conc: impl Fn(f64) -> f64,
        junction: impl Fn(f64) -> Option<f64>,
    ) -> Result<()> {
        for level in &wanted.background {
            let level = positive("--background", *level)?;
            self.add("xj", Some(level), junction(level).map(|um| um * 1e3), "nm");
        }
        for depth in quantities(&wanted.depth, "--depth", Quantity::Length)? {
            self.add("conc", Some(depth), conc(depth), "cm-3");
        }
        Ok(())
    }
}

pub fn run(args: Closed, ctx: &Context) -> Result<Outcome> {
    // `at` is the background of a junction (cm-3) or the depth of a concentration (um).
    let mut rows = Rows(Frame::new("libchar.diffuse-closed", 1, ["figure", "at", "value", "unit"]));
    match &args.form {
        Form::Erfc { surface, budget, wanted } => {
            let form = Predeposition {
                surface_cm3: positive("--surface", *surface)?,
                dt_cm2: budget.dt_cm2()?,
            };
            rows.add("dt", None, form.dt_cm2, "cm2");
            rows.add("surface", None, form.surface_cm3, "cm-3");
            rows.add("dose", None, form.dose_cm2(), "cm-2");
            rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
        }
        Form::Gaussian { dose, budget, wanted } => {
            let form = DriveIn { dose_cm2: positive("--dose", *dose)?, dt_cm2: budget.dt_cm2()? };
            rows.add("dt", None, form.dt_cm2, "cm2");
            rows.add("surface", None, form.surface_cm3(), "cm-3");
            rows.add("dose", None, form.dose_cm2, "cm-2");
            rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
        }
        Form::TwoStep { surface, predep_dt, drive_dt, wanted } => {
            let form = TwoStep {
                surface_cm3: positive("--surface", *surface)?,
                predep_dt_cm2: positive("--predep-dt", *predep_dt)?,
                drive_dt_cm2: positive("--drive-dt", *drive_dt)?,
            };
            rows.add("surface", None, form.conc_cm3(0.0), "cm-3");
            rows.add("dose", None, form.dose_cm2(), "cm-2");
            rows.add("surface_of_gaussian", None, form.gaussian().surface_cm3(), "cm-3");
            rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
            for level in &wanted.background {
                let gaussian = form.gaussian().junction_um(*level).map(|um| um * 1e3);
                rows.add("xj_of_gaussian", Some(*level), gaussian, "nm");
            }
        }
        Form::Implant { dose, rp, drp, budget, wanted } => {
            let lengths = quantities(&[rp.clone(), drp.clone()], "--rp, --drp", Quantity::Length)?;
            let form = GaussianImplant {
                dose_cm2: positive("--dose", *dose)?,
                rp_um: positive("--rp", lengths[0])?,
                drp_um: positive("--drp", lengths[1])?,
                dt_cm2: budget.dt_cm2()?,
            };
            rows.add("dt", None, form.dt_cm2, "cm2");
            rows.add("surface", None, form.conc_cm3(0.0), "cm-3");
            rows.add("dose", None, form.retained_dose_cm2(), "cm-2");
            rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
        }
        Form::Budget { budget } => rows.add("dt", None, budget.dt_cm2()?, "cm2"),
    }
    ctx.begin(
        "diffuse closed",
        json!({ "arguments": std::env::args().skip(3).collect::<Vec<_>>() }),
    );
    ctx.print(&rows.0)?;
    Ok(Outcome::Fine)
}
