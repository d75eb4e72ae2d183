//! Tables of the closed solutions: time budget, surface, dose, junctions at backgrounds, concentrations at depths.

use crate::closed_form::{DriveIn, GaussianImplant, Predeposition, TwoStep, ramp_dt_cm2};
use crate::format::{Quantity, quantities, quantity};
use libchar_core::{Cell, Frame, Refused};

/// Diffusivity times time as it is asked for: given, of a diffusivity, or of an Arrhenius law.
#[derive(Clone, Copy, Debug, Default)]
pub struct Budget<'a> {
    /// The product itself, cm2.
    pub dt: Option<f64>,
    /// Diffusivity, cm2/s.
    pub d: Option<f64>,
    /// Prefactor of the diffusivity, cm2/s.
    pub d0: Option<f64>,
    /// Activation energy, eV.
    pub ea: Option<f64>,
    /// Temperature with its unit.
    pub temp: Option<&'a str>,
    /// Temperature at the end of a linear ramp, with its unit.
    pub ramp_to: Option<&'a str>,
    /// Time with its unit.
    pub time: Option<&'a str>,
}

/// What is wanted of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Concentrations whose depth is wanted, cm-3.
    pub background: &'a [f64],
    /// Depths with their units, whose concentration is wanted.
    pub depth: &'a [String],
}

impl Budget<'_> {
    /// Diffusivity times time, cm2.
    ///
    /// # Errors
    /// Texts that are no quantities, a budget that is not given whole, and one that is not above 0.
    pub fn dt_cm2(&self) -> Result<f64, Refused> {
        let one = |text: Option<&str>, option: &str, of: Quantity| {
            text.map(|text| quantity(text, option, of)).transpose()
        };
        let time_s = one(self.time, "--time", Quantity::Time)?;
        let temp_c = one(self.temp, "--temp", Quantity::Temperature)?;
        let ramp_c = one(self.ramp_to, "--ramp-to", Quantity::Temperature)?;
        let dt = match (self.dt, self.d, self.d0, self.ea, temp_c, time_s) {
            (Some(dt), ..) => dt,
            (_, Some(d), _, _, _, Some(time_s)) => d * time_s,
            (_, _, Some(d0), Some(ea), Some(temp_c), Some(time_s)) => {
                ramp_dt_cm2(d0, ea, temp_c, ramp_c.unwrap_or(temp_c), time_s)
            }
            _ => {
                let needed = "needs --dt, or --d and --time, or --d0, --ea, --temp and --time";
                return Err(Refused::Usage(format!("the thermal budget {needed}")));
            }
        };
        positive("Dt", dt)
    }
}

fn positive(what: &str, value: f64) -> Result<f64, Refused> {
    match value > 0.0 && value.is_finite() {
        true => Ok(value),
        false => Err(Refused::Usage(format!("{what} is {value}: expected a number above 0"))),
    }
}

/// Rows of figures; `at` is the background of a junction (cm-3) or the depth of a concentration (um).
struct Rows(Frame);

impl Rows {
    fn new(head: &[(&str, f64, &str)]) -> Rows {
        let columns = ["figure", "at", "value", "unit"];
        let mut rows = Rows(Frame::new("libchar.diffuse-closed", 1, columns));
        head.iter().for_each(|(figure, value, unit)| rows.add(figure, None, *value, unit));
        rows
    }

    fn add(&mut self, figure: &str, at: Option<f64>, value: impl Into<Cell>, unit: &str) {
        self.0.push(vec![figure.into(), at.into(), value.into(), unit.into()]);
    }

    fn profile(
        &mut self,
        wanted: Wanted<'_>,
        conc_cm3: impl Fn(f64) -> f64,
        junction_um: impl Fn(f64) -> Option<f64>,
    ) -> Result<(), Refused> {
        for level in wanted.background {
            let level = positive("--background", *level)?;
            self.add("xj", Some(level), junction_um(level).map(|um| um * 1e3), "nm");
        }
        for depth in quantities(wanted.depth, "--depth", Quantity::Length)? {
            self.add("conc", Some(depth), conc_cm3(depth), "cm-3");
        }
        Ok(())
    }
}

/// The budget alone.
///
/// # Errors
/// As [`Budget::dt_cm2`].
pub fn budget(budget: &Budget<'_>) -> Result<Frame, Refused> {
    Ok(Rows::new(&[("dt", budget.dt_cm2()?, "cm2")]).0)
}

/// Constant source of a surface concentration, cm-3.
///
/// # Errors
/// As [`Budget::dt_cm2`]; numbers that are not above 0, and depths that are no lengths.
pub fn erfc(surface: f64, budget: &Budget<'_>, wanted: Wanted<'_>) -> Result<Frame, Refused> {
    let surface_cm3 = positive("--surface", surface)?;
    let form = Predeposition { surface_cm3, dt_cm2: budget.dt_cm2()? };
    let mut rows = Rows::new(&[
        ("dt", form.dt_cm2, "cm2"),
        ("surface", form.surface_cm3, "cm-3"),
        ("dose", form.dose_cm2(), "cm-2"),
    ]);
    rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
    Ok(rows.0)
}

/// Limited source of a dose, cm-2.
///
/// # Errors
/// As [`erfc`].
pub fn gaussian(dose: f64, budget: &Budget<'_>, wanted: Wanted<'_>) -> Result<Frame, Refused> {
    let form = DriveIn { dose_cm2: positive("--dose", dose)?, dt_cm2: budget.dt_cm2()? };
    let mut rows = Rows::new(&[
        ("dt", form.dt_cm2, "cm2"),
        ("surface", form.surface_cm3(), "cm-3"),
        ("dose", form.dose_cm2, "cm-2"),
    ]);
    rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
    Ok(rows.0)
}

/// Constant source of a surface concentration, cm-3, and a drive-in, each with its budget in cm2; beside it the usual
/// Gaussian.
///
/// # Errors
/// As [`erfc`].
pub fn two_step(
    surface: f64,
    predep_dt: f64,
    drive_dt: f64,
    wanted: Wanted<'_>,
) -> Result<Frame, Refused> {
    let form = TwoStep {
        surface_cm3: positive("--surface", surface)?,
        predep_dt_cm2: positive("--predep-dt", predep_dt)?,
        drive_dt_cm2: positive("--drive-dt", drive_dt)?,
    };
    let mut rows = Rows::new(&[
        ("surface", form.conc_cm3(0.0), "cm-3"),
        ("dose", form.dose_cm2(), "cm-2"),
        ("surface_of_gaussian", form.gaussian().surface_cm3(), "cm-3"),
    ]);
    rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
    for level in wanted.background {
        let gaussian = form.gaussian().junction_um(*level).map(|um| um * 1e3);
        rows.add("xj_of_gaussian", Some(*level), gaussian, "nm");
    }
    Ok(rows.0)
}

/// Implant of a dose, cm-2, with its range and straggle as texts with units, annealed.
///
/// # Errors
/// As [`erfc`].
pub fn implant(
    dose: f64,
    range: [&str; 2],
    budget: &Budget<'_>,
    wanted: Wanted<'_>,
) -> Result<Frame, Refused> {
    let [rp, drp] = range.map(|text| quantity(text, "--rp, --drp", Quantity::Length));
    let (rp, drp) = (rp?, drp?);
    let form = GaussianImplant {
        dose_cm2: positive("--dose", dose)?,
        rp_um: positive("--rp", rp)?,
        drp_um: positive("--drp", drp)?,
        dt_cm2: budget.dt_cm2()?,
    };
    let mut rows = Rows::new(&[
        ("dt", form.dt_cm2, "cm2"),
        ("surface", form.conc_cm3(0.0), "cm-3"),
        ("dose", form.retained_dose_cm2(), "cm-2"),
    ]);
    rows.profile(wanted, |x| form.conc_cm3(x), |level| form.junction_um(level))?;
    Ok(rows.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Wanted<'static> = Wanted { background: &[], depth: &[] };

    fn told(result: Result<Frame, Refused>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_budget_is_given_or_of_a_diffusivity_or_of_a_law() {
        let time = Some("30min");
        let given = Budget { dt: Some(2e-10), ..Budget::default() };
        assert_eq!(given.dt_cm2(), Ok(2e-10));
        let constant = Budget { d: Some(1e-13), time, ..Budget::default() };
        assert!((constant.dt_cm2().unwrap() / 1.8e-10 - 1.0).abs() < 1e-12);
        // Without an energy the diffusivity is its prefactor at every temperature, on a ramp too.
        let temp = Some("800C");
        let law = Budget { d0: Some(1e-13), ea: Some(0.0), temp, time, ..Budget::default() };
        for ramp_to in [None, Some("1000C")] {
            let dt = Budget { ramp_to, ..law }.dt_cm2().unwrap();
            assert!((dt / 1.8e-10 - 1.0).abs() < 1e-9, "{dt}");
        }
        let whole =
            "the thermal budget needs --dt, or --d and --time, or --d0, --ea, --temp and --time";
        assert_eq!(told(budget(&Budget { time, ..Budget::default() })), whole);
        let bad = Budget { time: Some("30 apples"), ..constant };
        assert!(told(budget(&bad)).starts_with("--time 30 apples: expected a time"));
        let negative = Budget { dt: Some(-1.0), ..Budget::default() };
        assert_eq!(told(budget(&negative)), "Dt is -1: expected a number above 0");
    }

    #[test]
    fn rows_are_figures_then_junctions_then_concentrations() {
        // 2 sqrt(Dt) = 1 um, and erfc(1) = 0.15729920705 (Abramowitz and Stegun, table 7.1).
        let dt = Budget { dt: Some(0.25e-8), ..Budget::default() };
        let depth = ["1um".to_owned()];
        let wanted = Wanted { background: &[1e20], depth: &depth };
        let rows = erfc(1e20, &dt, wanted).unwrap();
        let csv = String::from_utf8(rows.to_csv()).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "figure,at,value,unit");
        // A background as high as the surface has no junction.
        assert_eq!(lines[4], "xj,1e20,,nm");
        let conc = lines[5].strip_prefix("conc,1,").and_then(|rest| rest.strip_suffix(",cm-3"));
        let conc: f64 = conc.unwrap().parse().unwrap();
        assert!((conc / 1.572_992_070_5e19 - 1.0).abs() < 1e-10, "{csv}");
    }

    #[test]
    fn the_gaussian_of_two_steps_has_the_dose_of_the_first() {
        // A budget of the first step far below that of the second makes both profiles the same.
        let wanted = Wanted { background: &[1e16], depth: &[] };
        let rows = two_step(1e20, 1e-14, 1e-9, wanted).unwrap();
        let csv = String::from_utf8(rows.to_csv()).unwrap();
        let value = |name: &str| -> f64 {
            let line = csv.lines().find(|line| line.starts_with(&format!("{name},"))).unwrap();
            line.split(',').nth(2).unwrap().parse().unwrap()
        };
        assert!((value("xj") / value("xj_of_gaussian") - 1.0).abs() < 1e-4, "{csv}");
        assert!((value("surface") / value("surface_of_gaussian") - 1.0).abs() < 1e-4, "{csv}");
    }

    #[test]
    fn each_number_is_held_to_its_option() {
        let dt = Budget { dt: Some(1e-10), ..Budget::default() };
        assert!(told(gaussian(0.0, &dt, NOTHING)).starts_with("--dose is 0"));
        assert!(told(implant(1e14, ["100nm", "0nm"], &dt, NOTHING)).starts_with("--drp is 0"));
        assert!(told(implant(1e14, ["x", "50nm"], &dt, NOTHING)).starts_with("--rp, --drp x: "));
        let wanted = Wanted { background: &[f64::NAN], depth: &[] };
        assert!(told(erfc(1e20, &dt, wanted)).starts_with("--background is NaN"));
    }
}
