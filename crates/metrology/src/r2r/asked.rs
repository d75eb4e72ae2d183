//! A process and its controller as described by the user, with checks.

use super::design::Plant;
use super::disturbance::Disturbance;
use super::law::Law;
use libchar_core::Refused;

/// Default weight of a controller.
const WEIGHT: f64 = 0.3;

/// Largest delay of a measurement in runs.
const LATEST: usize = 1000;

/// A process and its controller.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The recursion. Its own weights are ignored; they come from `lambda` and `lambda2`.
    pub law: Law,
    /// Weight of the newest run.
    pub lambda: Option<f64>,
    /// Weight of the trend.
    pub lambda2: Option<f64>,
    /// Ratio of the gain of the process to that of the model.
    pub xi: Option<f64>,
    /// Gain of the process; together with `model_gain` it replaces `xi`.
    pub gain: Option<f64>,
    /// Gain of the model.
    pub model_gain: Option<f64>,
    /// Delay of a measurement, in runs.
    pub delay: usize,
    /// The disturbance of the process.
    pub noise: Noise,
    /// Moving-average parameter of an IMA(1,1) disturbance.
    pub theta: Option<f64>,
    /// Autoregressive parameter of an AR(1) disturbance.
    pub phi: Option<f64>,
    /// Standard deviation of the disturbance's shocks.
    pub sigma: f64,
    /// Drift of the process per run.
    pub drift: f64,
}

/// The kind of a disturbance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Independent from run to run.
    White,
    /// IMA(1,1) with parameter `theta`.
    Ima,
    /// AR(1) with parameter `phi`.
    Ar,
    /// IMA(1,1) with a theta of 0.
    RandomWalk,
}

fn refuse<T>(found: String) -> Result<T, Refused> {
    Err(Refused::Usage(found))
}

impl Asked {
    /// The process and its disturbance.
    ///
    /// # Errors
    /// The first number that is impossible for a process.
    pub fn plant(&self) -> Result<Plant, Refused> {
        let xi = match (self.gain, self.model_gain) {
            (Some(gain), Some(model)) if model != 0.0 => gain / model,
            (Some(_), Some(_)) => {
                return refuse("--model-gain 0: expected a gain that moves y".to_owned());
            }
            _ => self.xi.unwrap_or(1.0),
        };
        if xi <= 0.0 {
            return refuse(format!(
                "a gain ratio of {xi}: the controller would move the wrong way; expected above 0"
            ));
        }
        if self.sigma < 0.0 {
            return refuse(format!("--sigma {}: expected 0 or more", self.sigma));
        }
        if self.delay > LATEST {
            return refuse(format!("--delay {}: expected at most {LATEST}", self.delay));
        }
        let disturbance = self.disturbance()?;
        let Asked { delay, sigma, drift, .. } = *self;
        Ok(Plant { xi, delay, disturbance, sigma, drift })
    }

    fn disturbance(&self) -> Result<Disturbance, Refused> {
        for (name, value, wanted) in
            [("--theta", self.theta, Noise::Ima), ("--phi", self.phi, Noise::Ar)]
        {
            if let Some(value) = value.filter(|_| self.noise != wanted) {
                return refuse(format!("{name} {value}: this disturbance has none"));
            }
        }
        let needed = |name: &str, value: Option<f64>, closed: bool| match value {
            Some(v) if v.abs() < 1.0 || closed && v.abs() == 1.0 => Ok(v),
            Some(v) => refuse(format!("{name} {v}: expected a size below 1")),
            None => refuse(format!("this disturbance needs {name}")),
        };
        Ok(match self.noise {
            Noise::White => Disturbance::White,
            Noise::Ima => Disturbance::Ima(needed("--theta", self.theta, true)?),
            Noise::Ar => Disturbance::Ar(needed("--phi", self.phi, false)?),
            Noise::RandomWalk => Disturbance::Ima(0.0),
        })
    }

    /// The controller with its weights, and whether they were given by the user.
    ///
    /// # Errors
    /// Weights that the controller does not have, and weights out of range.
    pub fn law(&self) -> Result<(Law, bool), Refused> {
        let weight = |name: &str, value: Option<f64>| match value {
            Some(v) if v > 0.0 && (v <= 1.0 || matches!(self.law, Law::Integral(_))) => Ok(v),
            Some(v) => refuse(format!("{name} {v}: expected above 0, at most 1")),
            None => Ok(WEIGHT),
        };
        let l1 = weight("--lambda", self.lambda)?;
        let is_double = self.law.weights().1.is_some();
        if let (false, Some(l2)) = (is_double, self.lambda2) {
            return refuse(format!("--lambda2 {l2}: this controller has one weight"));
        }
        if is_double && self.lambda.is_some() != self.lambda2.is_some() {
            let found = "a double EWMA needs both --lambda and --lambda2, or none to find the best";
            return refuse(found.to_owned());
        }
        let l2 = weight("--lambda2", self.lambda2)?;
        Ok((self.law.with(l1, l2), self.lambda.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(law: Law) -> Asked {
        Asked {
            law,
            lambda: None,
            lambda2: None,
            xi: None,
            gain: None,
            model_gain: None,
            delay: 0,
            noise: Noise::White,
            theta: None,
            phi: None,
            sigma: 1.0,
            drift: 0.0,
        }
    }

    #[test]
    fn a_plant_has_the_ratio_of_both_gains() {
        let ewma = asked(Law::Ewma(0.0));
        assert_eq!(ewma.plant().unwrap().xi, 1.0);
        let gains = Asked { gain: Some(2.8), model_gain: Some(2.0), ..ewma };
        assert_eq!(gains.plant().unwrap().xi, 1.4);
        let ima = Asked { noise: Noise::Ima, theta: Some(1.0), ..ewma };
        assert_eq!(ima.plant().unwrap().disturbance, Disturbance::Ima(1.0));
        let walk = Asked { noise: Noise::RandomWalk, ..ewma };
        assert_eq!(walk.plant().unwrap().disturbance, Disturbance::Ima(0.0));
    }

    #[test]
    fn what_no_process_has_is_refused() {
        let ewma = asked(Law::Ewma(0.0));
        let walk = Noise::RandomWalk;
        for (wrong, expected) in [
            (
                Asked { gain: Some(1.0), model_gain: Some(0.0), ..ewma },
                "--model-gain 0: expected a gain that moves y",
            ),
            (
                Asked { xi: Some(-1.0), ..ewma },
                "a gain ratio of -1: the controller would move the wrong way; expected above 0",
            ),
            (Asked { sigma: -1.0, ..ewma }, "--sigma -1: expected 0 or more"),
            (Asked { delay: 1001, ..ewma }, "--delay 1001: expected at most 1000"),
            (
                Asked { theta: Some(0.5), noise: walk, ..ewma },
                "--theta 0.5: this disturbance has none",
            ),
            (Asked { phi: Some(0.5), ..ewma }, "--phi 0.5: this disturbance has none"),
            (Asked { noise: Noise::Ar, ..ewma }, "this disturbance needs --phi"),
            (
                Asked { noise: Noise::Ar, phi: Some(1.0), ..ewma },
                "--phi 1: expected a size below 1",
            ),
        ] {
            assert_eq!(wrong.plant().map(drop).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn weights_belong_to_their_law() {
        assert_eq!(asked(Law::Ewma(0.0)).law().ok(), Some((Law::Ewma(0.3), false)));
        let holt = Asked { lambda: Some(0.4), lambda2: Some(0.1), ..asked(Law::Holt(0.0, 0.0)) };
        assert_eq!(holt.law().ok(), Some((Law::Holt(0.4, 0.1), true)));
        let integral = Asked { lambda: Some(1.5), ..asked(Law::Integral(0.0)) };
        assert_eq!(integral.law().ok(), Some((Law::Integral(1.5), true)));
        for (wrong, expected) in [
            (
                Asked { law: Law::Ewma(0.0), ..integral },
                "--lambda 1.5: expected above 0, at most 1",
            ),
            (
                Asked { law: Law::Ewma(0.0), ..holt },
                "--lambda2 0.1: this controller has one weight",
            ),
            (
                Asked { lambda2: None, ..holt },
                "a double EWMA needs both --lambda and --lambda2, or none to find the best",
            ),
        ] {
            assert_eq!(wrong.law().map(drop).unwrap_err().to_string(), expected);
        }
    }
}
