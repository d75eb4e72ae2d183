//! The options for the process and its controller, shared by all commands.

use clap::{Args, ValueEnum};
use libchar_metrology::r2r::asked::{self, Asked};
use libchar_metrology::r2r::law::Law;

/// The recursion of the controller
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// EWMA of y - b u; a late measurement is paired with its own recipe
    Ewma,
    /// u <- u - (l/b)(y - T); a late y is taken as if it were the present recipe's
    Integral,
    /// Double EWMA as Chen and Guo write it
    ChenGuo,
    /// Double EWMA as Holt writes it
    Holt,
    /// Predictor-corrector control of Butler and Stefani, which is the recursion of chen-guo
    PredictorCorrector,
}

/// The kind of disturbance
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Noise {
    /// Independent from run to run
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
    /// Gain of the process over the gain of the model, beta/b [default: 1]
    #[arg(long, value_name = "RATIO", conflicts_with_all = ["gain", "model_gain"])]
    pub xi: Option<f64>,
    /// Gain of the process, with --model-gain in place of --xi
    #[arg(long, value_name = "BETA", requires = "model_gain")]
    pub gain: Option<f64>,
    /// Gain of the model
    #[arg(long, value_name = "B", requires = "gain")]
    pub model_gain: Option<f64>,
    /// Number of runs by which a measurement is late; 0: it is known before the next run
    #[arg(long, value_name = "RUNS", default_value_t = 0)]
    pub delay: usize,
    /// Kind of disturbance of the process
    #[arg(long, value_enum, default_value_t = Noise::White)]
    pub disturbance: Noise,
    /// Moving-average parameter of an IMA(1,1) disturbance, -1 to 1
    #[arg(long, value_name = "THETA")]
    pub theta: Option<f64>,
    /// Autoregressive parameter of an AR(1) disturbance, between -1 and 1
    #[arg(long, value_name = "PHI")]
    pub phi: Option<f64>,
    /// Standard deviation of the random shocks of the disturbance
    #[arg(long, value_name = "SD", default_value_t = 1.0)]
    pub sigma: f64,
    /// Drift of the process per run
    #[arg(long, value_name = "RATE", default_value_t = 0.0)]
    pub drift: f64,
}

impl PlantArgs {
    /// The process and its controller.
    pub fn asked(&self) -> Asked {
        let law = match self.method {
            Method::Ewma => Law::Ewma(0.0),
            Method::Integral => Law::Integral(0.0),
            Method::ChenGuo | Method::PredictorCorrector => Law::ChenGuo(0.0, 0.0),
            Method::Holt => Law::Holt(0.0, 0.0),
        };
        let noise = match self.disturbance {
            Noise::White => asked::Noise::White,
            Noise::Ima => asked::Noise::Ima,
            Noise::Ar => asked::Noise::Ar,
            Noise::RandomWalk => asked::Noise::RandomWalk,
        };
        let PlantArgs { lambda, lambda2, xi, gain, model_gain, delay, .. } = *self;
        let PlantArgs { theta, phi, sigma, drift, .. } = *self;
        Asked { law, lambda, lambda2, xi, gain, model_gain, delay, noise, theta, phi, sigma, drift }
    }
}
