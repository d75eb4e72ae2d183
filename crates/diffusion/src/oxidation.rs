//! Growth of thermal oxide: Deal and Grove with Massoud's thin-oxide rate.

pub use crate::ambient::Ambient;
use crate::constants::arrhenius;
use crate::parameters::{ByOrientation, MassoudSet, OxidationSet, Parameters};

/// Surface orientation of the wafer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Orientation {
    /// <100>
    O100,
    /// <110>
    O110,
    /// <111>
    O111,
}

impl Orientation {
    /// From Miller indices written as a number: 100, 110 or 111.
    pub fn from_miller(number: i64) -> Option<Self> {
        match number {
            100 => Some(Orientation::O100),
            110 => Some(Orientation::O110),
            111 => Some(Orientation::O111),
            _ => None,
        }
    }

    /// Miller indices as a number.
    pub fn miller(self) -> u16 {
        match self {
            Orientation::O100 => 100,
            Orientation::O110 => 110,
            Orientation::O111 => 111,
        }
    }

    fn pick<T: Copy>(self, of: &ByOrientation<T>) -> T {
        match self {
            Orientation::O100 => of.o100,
            Orientation::O110 => of.o110,
            Orientation::O111 => of.o111,
        }
    }
}

/// Growth law of one wafer in one ambient.
///
/// # Formula
/// `dx/dt = B / (2x + A) + C0 exp(-E/kT) exp(-x/L)`, with `B` and `B/A` Arrhenius, each scaled by a power
/// of the pressure and `B/A` by the orientation. The second term (Massoud, dry only) is optional and
/// proportional to the pressure, as in SUPREM-IV. Hydrogen chloride multiplies B and B/A ([`crate::gas::Chlorine`]).
/// Sources: Deal and Grove, J. Appl. Phys. 36, 3770 (1965); Massoud, Plummer and Irene, J. Electrochem.
/// Soc. 132, 2685 (1985).
#[derive(Clone, Copy, Debug)]
pub struct OxideGrowth<'a> {
    /// Deal-Grove constants.
    pub set: &'a OxidationSet,
    /// Massoud's constants; `None` leaves the term out.
    pub massoud: Option<&'a MassoudSet>,
    /// Surface orientation.
    pub orientation: Orientation,
    /// Dry or wet; inert grows nothing.
    pub ambient: Ambient,
    /// Oxidant pressure, atm.
    pub pressure_atm: f64,
    /// Hydrogen chloride in dry oxygen, percent by volume.
    pub hcl_pct: f64,
    /// Rate constants that replace those of the sets while an oxidant flows.
    pub own: Option<RateConstants>,
    /// Factor on B/A for heavily doped silicon; 1 if the doping has no effect.
    pub linear_factor: f64,
}

/// Factor on the linear rate constant of silicon with the carrier ratio `u = n/ni` at its surface.
///
/// # Formula
/// `1 + K (Vr - 1)`, `K = 2.6e3 exp(-1.1 eV/kT)`, where `Vr` is the ratio of all vacancies to those of
/// intrinsic silicon, `(1 + p/u + pp/u^2 + m u + mm u^2)/(the same at u = 1)`. Ho and Plummer, J. Electrochem.
/// Soc. 126, 1516 and 1523 (1979), with SUPREM-IV.GS's numbers.
pub fn linear_factor(u: f64, temp_c: f64) -> f64 {
    let [p, pp, m, mm] = [(15.54, 0.46), (241.6, 1.0), (15.54, 0.145), (241.6, 0.62)]
        .map(|(prefactor, energy)| arrhenius(prefactor, energy, temp_c));
    let vacancies = |u: f64| 1.0 + p / u + pp / (u * u) + m * u + mm * u * u;
    1.0 + arrhenius(2.6e3, 1.1, temp_c) * (vacancies(u) / vacancies(1.0) - 1.0)
}

/// Rate constants at one temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateConstants {
    /// Parabolic constant B, um2/h.
    pub parabolic_um2_h: f64,
    /// Linear constant B/A, um/h.
    pub linear_um_h: f64,
    /// Massoud's rate at zero thickness, um/h.
    pub thin_um_h: f64,
    /// Massoud's decay length, um.
    pub thin_length_um: f64,
}

impl RateConstants {
    /// Growth rate at thickness `x_um`, um/h.
    pub fn rate_um_h(&self, x_um: f64) -> f64 {
        if self.parabolic_um2_h == 0.0 {
            return 0.0;
        }
        let x = x_um.max(0.0);
        let slow = self.parabolic_um2_h / (2.0 * x + self.parabolic_um2_h / self.linear_um_h);
        slow + self.thin_um_h * (-x / self.thin_length_um).exp()
    }
}

impl OxideGrowth<'_> {
    /// Rate constants at `temp_c` degrees Celsius.
    pub fn at(&self, temp_c: f64) -> RateConstants {
        if let (Some(own), false) = (self.own, self.ambient == Ambient::Inert) {
            return own;
        }
        let set = self.set;
        let exponent = set.pressure_exponent;
        let (mut par, mut lin, par_exponent, lin_exponent) = match self.ambient {
            Ambient::Inert => {
                return RateConstants {
                    parabolic_um2_h: 0.0,
                    linear_um_h: 1.0,
                    thin_um_h: 0.0,
                    thin_length_um: 1.0,
                };
            }
            Ambient::Dry => (
                arrhenius(set.dry.par0, set.dry.par_e_ev, temp_c),
                arrhenius(set.dry.lin0, set.dry.lin_e_ev, temp_c),
                exponent.dry_par,
                exponent.dry_lin,
            ),
            Ambient::Wet => (
                arrhenius(set.wet.par0, set.wet.par_e_ev, temp_c),
                arrhenius(set.wet.lin0, set.wet.lin_e_ev, temp_c),
                exponent.wet_par,
                exponent.wet_lin,
            ),
        };
        if let (Ambient::Wet, Some(low)) = (self.ambient, set.wet_low) {
            if temp_c < low.par_break_c {
                par = arrhenius(low.par0, low.par_e_ev, temp_c);
            }
            if temp_c < low.lin_break_c {
                lin = arrhenius(low.lin0, low.lin_e_ev, temp_c);
            }
        }
        lin *= self.orientation.pick(&set.orient) * self.pressure_atm.powf(lin_exponent);
        lin *= self.linear_factor;
        par *= self.pressure_atm.powf(par_exponent);
        if self.ambient == Ambient::Dry {
            let (linear, parabolic) =
                Parameters::builtin().chlorine().factors(self.hcl_pct, temp_c);
            lin *= linear;
            par *= parabolic;
        }
        let thin = match (self.ambient, self.massoud) {
            (Ambient::Dry, Some(massoud)) => Some(self.orientation.pick(&massoud.rates)),
            _ => None,
        };
        RateConstants {
            parabolic_um2_h: par,
            linear_um_h: lin,
            thin_um_h: thin.map_or(0.0, |t| self.pressure_atm * arrhenius(t.c0, t.e_ev, temp_c)),
            thin_length_um: thin.map_or(1.0, |t| t.l_um),
        }
    }

    /// Thickness in um after `time_s` seconds that start at `x_um`, while the temperature ramps
    /// linearly between two values in degrees Celsius. Uses Deal and Grove's formula where it
    /// holds, else an adaptive fifth-order Runge-Kutta integration to 1e-10.
    pub fn grow(&self, x_um: f64, from_c: f64, to_c: f64, time_s: f64) -> f64 {
        let hours = time_s / 3600.0;
        if self.ambient == Ambient::Inert || hours <= 0.0 {
            return x_um;
        }
        if from_c == to_c {
            let constants = self.at(from_c);
            if constants.thin_um_h == 0.0 {
                return deal_grove_um(&constants, x_um, hours);
            }
            return integrate(|_, x| constants.rate_um_h(x), x_um, hours);
        }
        integrate(|t, x| self.at(from_c + (to_c - from_c) * t / hours).rate_um_h(x), x_um, hours)
    }
}

/// Deal and Grove's thickness `(A/2)(sqrt(1 + 4B(t + tau)/A^2) - 1)` in um after a time in hours
/// that starts at `x_um`.
fn deal_grove_um(constants: &RateConstants, x_um: f64, hours: f64) -> f64 {
    let b = constants.parabolic_um2_h;
    let a = b / constants.linear_um_h;
    // x^2 + A x = B (t + tau). Written as a quotient the root loses no digits for thin oxide.
    let right = x_um * x_um + a * x_um + b * hours;
    2.0 * right / (a + (a * a + 4.0 * right).sqrt())
}

/// Adaptive Dormand-Prince integration of `dx/dt = f(t, x)` from 0 to `end`, relative error 1e-10.
fn integrate(f: impl Fn(f64, f64) -> f64, start: f64, end: f64) -> f64 {
    let (mut t, mut x, mut h) = (0.0, start, end / 64.0);
    while t < end {
        h = h.min(end - t);
        let k1 = f(t, x);
        let k2 = f(t + h / 5.0, x + h * k1 / 5.0);
        let k3 = f(t + 0.3 * h, x + h * (3.0 / 40.0 * k1 + 9.0 / 40.0 * k2));
        let k4 = f(t + 0.8 * h, x + h * (44.0 / 45.0 * k1 - 56.0 / 15.0 * k2 + 32.0 / 9.0 * k3));
        let k5 = f(
            t + 8.0 / 9.0 * h,
            x + h
                * (19372.0 / 6561.0 * k1 - 25360.0 / 2187.0 * k2 + 64448.0 / 6561.0 * k3
                    - 212.0 / 729.0 * k4),
        );
        let k6 = f(
            t + h,
            x + h
                * (9017.0 / 3168.0 * k1 - 355.0 / 33.0 * k2
                    + 46732.0 / 5247.0 * k3
                    + 49.0 / 176.0 * k4
                    - 5103.0 / 18656.0 * k5),
        );
        let next = x + h
            * (35.0 / 384.0 * k1 + 500.0 / 1113.0 * k3 + 125.0 / 192.0 * k4 - 2187.0 / 6784.0 * k5
                + 11.0 / 84.0 * k6);
        let k7 = f(t + h, next);
        let error = (h
            * (71.0 / 57600.0 * k1 - 71.0 / 16695.0 * k3 + 71.0 / 1920.0 * k4
                - 17253.0 / 339200.0 * k5
                + 22.0 / 525.0 * k6
                - k7 / 40.0))
            .abs()
            / (1e-10 * next.abs().max(1e-6));
        if error <= 1.0 || h < 1e-12 * end {
            t += h;
            x = next;
        }
        h *= (0.9 * error.max(1e-10).powf(-0.2)).clamp(0.2, 5.0);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn growth(
        set: &str,
        massoud: Option<&str>,
        ambient: Ambient,
        o: Orientation,
    ) -> OxideGrowth<'static> {
        let parameters = Parameters::builtin();
        OxideGrowth {
            set: parameters.oxidation(set).unwrap(),
            massoud: massoud.map(|name| parameters.massoud(name).unwrap()),
            orientation: o,
            ambient,
            pressure_atm: 1.0,
            hcl_pct: 0.0,
            own: None,
            linear_factor: 1.0,
        }
    }

    /// Rates at ten atmospheres relative to those at one. In steam both are proportional to the
    /// pressure. In dry oxygen the parabolic rate and Massoud's term are proportional to the
    /// pressure, and the linear rate to its power 0.75 (SUPREM-IV.GS manual, oxide).
    #[test]
    fn rates_follow_the_pressure() {
        for (ambient, linear) in [(Ambient::Dry, 10f64.powf(0.75)), (Ambient::Wet, 10.0)] {
            let one = growth("deal_grove", Some("plummer"), ambient, Orientation::O100);
            let ten = OxideGrowth { pressure_atm: 10.0, ..one };
            let (one, ten) = (one.at(1000.0), ten.at(1000.0));
            assert!((ten.linear_um_h / one.linear_um_h / linear - 1.0).abs() < 1e-12);
            assert!((ten.parabolic_um2_h / one.parabolic_um2_h / 10.0 - 1.0).abs() < 1e-12);
            assert!((ten.thin_um_h - 10.0 * one.thin_um_h).abs() < 1e-12);
        }
    }

    #[test]
    fn growth_composes_over_time_and_constant_ramps() {
        let dry = growth("deal_grove", Some("plummer"), Ambient::Dry, Orientation::O100);
        let half = dry.grow(0.0, 1000.0, 1000.0, 1800.0);
        let whole = dry.grow(0.0, 1000.0, 1000.0, 3600.0);
        assert!((dry.grow(half, 1000.0, 1000.0, 1800.0) / whole - 1.0).abs() < 1e-8);
        let ramp = dry.grow(0.0, 1000.0, 1000.0 + 1e-9, 3600.0);
        assert!((ramp / whole - 1.0).abs() < 1e-8);
    }

    #[test]
    fn inert_grows_nothing() {
        let inert = growth("deal_grove", None, Ambient::Inert, Orientation::O100);
        assert_eq!(inert.grow(0.02, 1000.0, 1000.0, 3600.0), 0.02);
    }

    /// dx/dt = 2 t x^2 from x = 1/2 has the solution x = 1/(2 - t^2), which is 1 at t = 1.
    #[test]
    fn a_rate_that_depends_on_time_and_thickness_is_integrated() {
        let x = integrate(|t, x| 2.0 * t * x * x, 0.5, 1.0);
        assert!((x - 1.0).abs() < 1e-8, "{x}");
    }
}
