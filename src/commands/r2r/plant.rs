//! The process and its controller, as options of every command.

use crate::exit::Usage;
use clap::{Args, ValueEnum};
use libchar_metrology::r2r::design::Plant;
use libchar_metrology::r2r::disturbance::Disturbance;
use libchar_metrology::r2r::law::Law;

/// The recursion of the controller
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// EWMA of y - b u; a late measurement is paired with its own recipe
    Ewma,
    /// u <- u - (l/b)(y - T), which takes a late y for the present recipe's
    Integral,
    /// Double EWMA as Chen and Guo write it
    ChenGuo,
    /// Double EWMA as Holt writes it
    Holt,
    /// Butler and Stefani's, which is the recursion of chen-guo
    PredictorCorrector,
}

/// The kind of disturbance
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Noise {
    /// Independent runs
    White,
    /// IMA(1,1) with --theta
    Ima,
    /// AR(1) with --phi
    Ar,
    /// IMA(1,1) with theta 0
    RandomWalk,
}

/// Process and controller
#[derive(Args)]
pub struct PlantArgs {
    /// Recursion of the controller
    #[arg(long, value_enum, default_value_t = Method::Ewma)]
    pub method: Method,
    /// Weight of the newest run; of the level in a double EWMA
    #[arg(long = "lambda", alias = "lambda1", value_name = "L")]
    pub lambda: Option<f64>,
    /// Weight of the trend in a double EWMA
    #[arg(long, value_name = "L2")]
    pub lambda2: Option<f64>,
    /// How much stronger the process answers than the model says, beta/b [default: 1]
    #[arg(long, value_name = "RATIO", conflicts_with_all = ["gain", "model_gain"])]
    pub xi: Option<f64>,
    /// Gain of the process, with --model-gain in place of --xi
    #[arg(long, value_name = "BETA", requires = "model_gain")]
    pub gain: Option<f64>,
    /// Gain of the model
    #[arg(long, value_name = "B", requires = "gain")]
    pub model_gain: Option<f64>,
    /// Runs by which a measurement comes late; 0: it is known before the next run
    #[arg(long, value_name = "RUNS", default_value_t = 0)]
    pub delay: usize,
    /// What disturbs the process
    #[arg(long, value_enum, default_value_t = Noise::White)]
    pub disturbance: Noise,
    /// Moving average of an IMA(1,1) disturbance, -1 to 1
    #[arg(long, value_name = "THETA")]
    pub theta: Option<f64>,
    /// Autoregression of an AR(1) disturbance, between -1 and 1
    #[arg(long, value_name = "PHI")]
    pub phi: Option<f64>,
    /// Standard deviation of the disturbance's shocks
    #[arg(long, value_name = "SD", default_value_t = 1.0)]
    pub sigma: f64,
    /// Drift of the process, a run
    #[arg(long, value_name = "RATE", default_value_t = 0.0)]
    pub drift: f64,
}

impl PlantArgs {
    /// What the controller is up against.
    pub fn plant(&self) -> Result<Plant, Usage> {
        let xi = match (self.gain, self.model_gain) {
            (Some(gain), Some(model)) if model != 0.0 => gain / model,
            (Some(_), Some(_)) => {
                return Err(Usage("--model-gain 0: expected a gain that moves y".to_owned()));
            }
            _ => self.xi.unwrap_or(1.0),
        };
        if xi <= 0.0 {
            return Err(Usage(format!(
                "a gain ratio of {xi}: the controller would move the wrong way; expected above 0"
            )));
        }
        if self.sigma < 0.0 {
            return Err(Usage(format!("--sigma {}: expected 0 or more", self.sigma)));
        }
        const LONGEST: usize = 1000;
        if self.delay > LONGEST {
            return Err(Usage(format!("--delay {}: expected at most {LONGEST}", self.delay)));
        }
        Ok(Plant {
            xi,
            delay: self.delay,
            disturbance: self.noise()?,
            sigma: self.sigma,
            drift: self.drift,
        })
    }

    fn noise(&self) -> Result<Disturbance, Usage> {
        let unused = |name: &str, value: Option<f64>, wanted: Noise| match value {
            Some(value) if self.disturbance != wanted => {
                Err(Usage(format!("{name} {value}: this disturbance has none")))
            }
            _ => Ok(()),
        };
        unused("--theta", self.theta, Noise::Ima)?;
        unused("--phi", self.phi, Noise::Ar)?;
        let needed = |name: &str, value: Option<f64>, closed: bool| match value {
            Some(v) if v.abs() < 1.0 || closed && v.abs() == 1.0 => Ok(v),
            Some(v) => Err(Usage(format!("{name} {v}: expected a size below 1"))),
            None => Err(Usage(format!("this disturbance needs {name}"))),
        };
        Ok(match self.disturbance {
            Noise::White => Disturbance::White,
            Noise::Ima => Disturbance::Ima(needed("--theta", self.theta, true)?),
            Noise::Ar => Disturbance::Ar(needed("--phi", self.phi, false)?),
            Noise::RandomWalk => Disturbance::Ima(0.0),
        })
    }

    /// The controller with its weights, and whether they were given.
    pub fn law(&self) -> Result<(Law, bool), Usage> {
        let weight = |name: &str, value: Option<f64>| match value {
            Some(v) if v > 0.0 && (v <= 1.0 || self.method == Method::Integral) => Ok(v),
            Some(v) => Err(Usage(format!("{name} {v}: expected above 0, at most 1"))),
            None => Ok(0.3),
        };
        let l1 = weight("--lambda", self.lambda)?;
        let double = !matches!(self.method, Method::Ewma | Method::Integral);
        if let (false, Some(l2)) = (double, self.lambda2) {
            return Err(Usage(format!("--lambda2 {l2}: this controller has one weight")));
        }
        if double && self.lambda.is_some() != self.lambda2.is_some() {
            return Err(Usage(
                "a double EWMA needs both --lambda and --lambda2, or none to find the best"
                    .to_owned(),
            ));
        }
        let l2 = weight("--lambda2", self.lambda2)?;
        let law = match self.method {
            Method::Ewma => Law::Ewma(l1),
            Method::Integral => Law::Integral(l1),
            Method::ChenGuo | Method::PredictorCorrector => Law::ChenGuo(l1, l2),
            Method::Holt => Law::Holt(l1, l2),
        };
        Ok((law, self.lambda.is_some()))
    }
}
