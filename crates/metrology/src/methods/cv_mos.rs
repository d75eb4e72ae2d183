//! MOS capacitor: oxide thickness, doping, flat-band and threshold voltage, interface states.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::constants::{EPS0_F_M, Q_C, thermal_voltage_v};
use crate::fitting;
use crate::job::{Job, sorted};
use crate::method::{Input, Method, Need, Per, column, number, output};
use libchar_numeric::interpolate::{Beyond, linear};
use libchar_numeric::least_squares::{Bound, Fit, Options, Parameter, Scale};
use libchar_numeric::roots::brent;

/// The method.
pub static METHOD: Method = Method {
    name: "cv-mos",
    family: "electrical",
    about: "oxide thickness, doping, flat-band voltage and interface states of a MOS capacitor",
    per: Per::File,
    inputs: &[
        column("v", "voltage", "V", "gate voltage").also(&["vg", "voltage"]),
        column("c_hf", "capacitance", "F", "capacitance at high frequency").also(&["c", "chf"]),
        Input {
            need: Need::Optional,
            ..column("c_lf", "capacitance", "F", "quasi-static capacitance").also(&["c_qs", "clf"])
        },
        number("area", "area", "m2", "area of the gate").within(1e-14, 1.0, ""),
        number("temperature", "temperature", "K", "temperature").or(300.0).within(
            50.0,
            800.0,
            "degrees Celsius given as kelvin?",
        ),
        number("eps_ox", "", "", "relative permittivity of the oxide")
            .or(3.9)
            .within(1.0, 1000.0, ""),
        number("eps_s", "", "", "relative permittivity of the semiconductor")
            .or(11.7)
            .within(1.0, 1000.0, ""),
        number(
            "ni",
            "concentration",
            "cm-3",
            "intrinsic density; 9.65e9 for silicon at 300 K unless given",
        )
        .optional()
        .within(1e-20, 1e19, ""),
    ],
    outputs: &[
        output("tox_nm", "nm", "thickness of the oxide"),
        output("n_cm3", "cm-3", "doping of the substrate"),
        output("vfb_v", "V", "flat-band voltage"),
        output("cox_f", "F", "capacitance of the oxide"),
        output("cfb_f", "F", "capacitance at flat band"),
        output("cfb_over_cox", "", "its share of that of the oxide"),
        output("phi_f_v", "V", "Fermi potential, kT/q ln(N/ni)"),
        output("vth_v", "V", "threshold, Vfb + 2 phiF + sqrt(4 eps q N phiF)/Cox, mirrored for n"),
        output("dit_cm2_ev", "cm-2 eV-1", "interface states at midgap by high and low frequency"),
        output("rms_relative", "", "root mean square of the residuals over Cox"),
    ],
    formula: "V = Vfb + psi + (Q(psi) + q^2 Dit psi)/Cox, C = Cox Cs/(Cox + Cs) fitted over the whole curve, exact Poisson with Boltzmann statistics\n\
              the low-frequency curve if given, otherwise the high-frequency one with the depletion layer held at 2.1 phiF + 2.08 kT/q\n\
              Cfb = Cox/(1 + (eps_ox/eps_s) LD/tox); Dit = ((1/C_lf - 1/Cox)^-1 - (1/C_hf - 1/Cox)^-1)/(q A) at psi = phiF",
    standard: "Nicollian and Brews 1982; Castagne and Vapaille 1971",
    traps: &[
        "the last point of accumulation is not Cox: 10.3 nm for 10.0",
        "Cfb without eps_ox/eps_s",
        "a doping by default where its fit failed",
        "no quantum correction: below 3 nm the electrical thickness is larger",
    ],
    example: "libchar metro cv-mos cv.csv -s area_um2=10000 -s temperature_k=300",
    compute,
    summary: None,
};

/// An ideal semiconductor below an oxide; areas in m2, signs as for p-type.
struct Mos {
    vt: f64,
    eps: f64,
    eps_ox: f64,
    ni: f64,
    area: f64,
}

/// tox in m, N in m-3, Vfb in V, Dit in m-2 V-1.
type Values<'a> = &'a [f64];

impl Mos {
    fn debye(&self, n: f64) -> f64 {
        (self.eps * self.vt / (Q_C * n)).sqrt()
    }

    /// Charge in the semiconductor as seen by the gate (C/m2), and the capacitance dQ/dpsi (F/m2),
    /// at a band bending.
    fn charge(&self, n: f64, psi: f64, minority: bool) -> (f64, f64) {
        let (u, ld) = (psi / self.vt, self.debye(n));
        let few = if minority { (self.ni / n).powi(2) } else { 0.0 };
        if u.abs() < 1e-4 {
            let c = self.eps / ld;
            return (c * psi, c * (1.0 - 0.5 * u));
        }
        let f = ((-u).exp_m1() + u + few * (u.exp_m1() - u)).max(0.0).sqrt() * u.signum();
        let slope = -(-u).exp_m1() + few * u.exp_m1();
        let root2 = std::f64::consts::SQRT_2;
        (root2 * self.eps * self.vt / ld * f, self.eps / ld / root2 * slope / f)
    }

    /// Band bending at a gate voltage.
    fn psi(&self, p: Values<'_>, v: f64) -> f64 {
        let cox = self.eps_ox / p[0];
        let excess = |psi: f64| {
            let (q, _) = self.charge(p[1], psi, true);
            Ok::<_, ()>(p[2] + psi + (q + Q_C * p[3] * psi) / cox - v)
        };
        brent(excess, -3.0, 4.0, 1e-13).map_or(f64::NAN, |found| found.x)
    }

    fn series(&self, p: Values<'_>, cs: f64) -> f64 {
        let cox = self.eps_ox / p[0];
        self.area * cox * cs / (cox + cs)
    }

    fn low(&self, p: Values<'_>, v: f64) -> f64 {
        let psi = self.psi(p, v);
        self.series(p, self.charge(p[1], psi, true).1 + Q_C * p[3])
    }

    fn high(&self, p: Values<'_>, v: f64) -> f64 {
        let phi_f = self.vt * (p[1] / self.ni).ln();
        let psi = self.psi(p, v).min(2.1 * phi_f + 2.08 * self.vt);
        self.series(p, self.charge(p[1], psi, false).1)
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let temperature = job.get("temperature")?;
    let ni = match job.opt("ni") {
        Some(ni) => ni * 1e6,
        None if (temperature - 300.0).abs() < 0.5 => 9.65e15,
        None => return misuse("`ni_cm3` is not given: 9.65e9 holds for silicon at 300 K alone"),
    };
    let mos = Mos {
        vt: thermal_voltage_v(temperature),
        eps: job.get("eps_s")? * EPS0_F_M,
        eps_ox: job.get("eps_ox")? * EPS0_F_M,
        ni,
        area: job.get("area")?,
    };
    let (mut v, mut hf) = sorted(job.column("v"), job.column("c_hf"));
    let mut lf = job.find_column("c_lf").map(|c| sorted(job.column("v"), c).1);
    if let Some(bad) = hf.iter().chain(lf.iter().flatten()).find(|c| **c <= 0.0) {
        return refuse(format!("a capacitance of {bad} F is not positive"));
    }
    if v.len() < 8 {
        return refuse(format!(
            "{} points are too few for a curve from accumulation to inversion",
            v.len()
        ));
    }
    let (first, last) = (hf[0], hf[hf.len() - 1]);
    let (low, high) = hf.iter().fold((f64::MAX, 0.0f64), |(l, h), c| (l.min(*c), h.max(*c)));
    if high < 1.03 * low {
        return refuse(format!(
            "the capacitance changes by {:.2} % only: no depletion",
            100.0 * (high / low - 1.0)
        ));
    }
    let n_type = first < last;
    if n_type {
        v = v.iter().rev().map(|v| -v).collect();
        hf.reverse();
        lf.iter_mut().for_each(|c| c.reverse());
    }
    let data = lf.as_ref().unwrap_or(&hf);
    let model = |p: &[f64], v: f64| if lf.is_some() { mos.low(p, v) } else { mos.high(p, v) };
    let fit = fit_curve(&mos, &v, data, (low, high), lf.is_some(), &model)?;
    let p = &fit.values;
    let cox = mos.area * mos.eps_ox / p[0];
    let rms = (fit.chi2 / v.len() as f64).sqrt() * high / cox;
    if rms > 0.05 {
        return refuse(format!(
            "no MOS capacitor describes the curve: the residuals are {:.1} % of Cox",
            100.0 * rms
        ));
    }
    let mut answer = Answer {
        model: "Poisson with Boltzmann statistics, uniform doping, no quantum correction"
            .to_owned(),
        ..Answer::default()
    };
    answer.word("substrate", if n_type { "n" } else { "p" });
    let sign = if n_type { -1.0 } else { 1.0 };
    results(&mut answer, &mos, &fit, sign);
    if let Some(lf) = &lf {
        interface(&mut answer, &mos, p, (&v, &hf, lf), cox);
    }
    answer.number("rms_relative", rms);
    if rms > 0.01 {
        answer.warn(format!(
            "the residuals are {:.1} % of Cox: the curve is not that of a uniform, ideal capacitor",
            100.0 * rms
        ));
    }
    answer.plots.push(Plot {
        x: "gate voltage (V)".to_owned(),
        y: "capacitance (F)".to_owned(),
        data: v.iter().map(|v| sign * v).zip(data.iter().copied()).collect(),
        fit: v.iter().map(|v| (sign * v, model(p, *v))).collect(),
    });
    Ok(answer)
}

/// The best of fits that start from several dopings; capacitances in units of the largest one.
fn fit_curve(
    mos: &Mos,
    v: &[f64],
    data: &[f64],
    (low, high): (f64, f64),
    with_states: bool,
    model: &dyn Fn(&[f64], f64) -> f64,
) -> Result<Fit, Refusal> {
    let names = ["tox_nm", "n_cm3", "vfb_v", "dit"];
    let tox = mos.area * mos.eps_ox / (1.02 * high);
    // Doping from the smallest capacitance, which gives the widest depletion layer; solved by
    // iteration.
    let width = mos.area * mos.eps * (1.0 / low - 1.0 / high).max(1e-3 / high);
    let mut n = 1e22f64;
    for _ in 0..50 {
        n = (4.0 * mos.eps * mos.vt * (n / mos.ni).ln().max(1.0) / (Q_C * width * width))
            .clamp(10.0 * mos.ni, 1e27);
    }
    let half = 0.5 * (low + high);
    let middle = (1..v.len())
        .find(|k| data[*k] < half && data[k - 1] >= half)
        .map_or(v[v.len() / 2], |k| v[k]);
    let log = |start: f64, low: f64, high: f64| Parameter {
        scale: Scale::Log,
        ..Parameter::bounded(start, low, high)
    };
    let mut best: Option<Fit> = None;
    let mut why = Refusal::new("no fit");
    for factor in [1.0, 0.2, 5.0] {
        for shift in [0.0, 0.5] {
            let start = (factor * n).clamp(11.0 * mos.ni, 1e27);
            let parameters = [
                log(tox, 1e-10, 1e-5),
                log(start, 10.0 * mos.ni, 1e28),
                Parameter::bounded(middle - shift, v[0] - 5.0, v[v.len() - 1] + 5.0),
                Parameter::bounded(0.0, 0.0, if with_states { 1e19 } else { 0.0 }),
            ];
            let residuals = |p: &[f64]| -> Vec<f64> {
                v.iter().zip(data).map(|(v, c)| (model(p, *v) - c) / high).collect()
            };
            let options = Options { iterations: 300, ..Options::default() };
            match fitting::solve(&names, residuals, &parameters, &options) {
                Ok(fit) if best.as_ref().is_none_or(|b| fit.chi2 < b.chi2) => best = Some(fit),
                Ok(_) => {}
                Err(refusal) => why = refusal,
            }
            if best.as_ref().is_some_and(|b| b.chi2 < 1e-8 * v.len() as f64) {
                break;
            }
        }
    }
    match best {
        Some(fit) if fit.bounds[1] == Bound::Within => Ok(fit),
        Some(_) => refuse("the curve does not determine the doping: no value is given"),
        None => Err(why),
    }
}

fn results(answer: &mut Answer, mos: &Mos, fit: &Fit, sign: f64) {
    let p = &fit.values;
    let (n, cox) = (p[1], mos.eps_ox / p[0]);
    let phi_f = mos.vt * (n / mos.ni).ln();
    let share = 1.0 / (1.0 + mos.eps_ox / mos.eps * mos.debye(n) / p[0]);
    let body = (4.0 * mos.eps * Q_C * n * phi_f).sqrt() / cox;
    let u = |i: usize| fit.standard_error(i).unwrap_or(f64::NAN);
    let dof = fit.dof as f64;
    for (name, y, u) in [
        ("tox_nm", p[0] * 1e9, u(0) * 1e9),
        ("n_cm3", n * 1e-6, u(1) * 1e-6),
        ("vfb_v", sign * p[2], u(2)),
    ] {
        if u.is_finite() {
            answer.uncertain(name, y, u, dof)
        } else {
            answer.number(name, y)
        };
    }
    answer
        .number("cox_f", cox * mos.area)
        .number("cfb_f", share * cox * mos.area)
        .number("cfb_over_cox", share)
        .number("phi_f_v", phi_f)
        .number("vth_v", sign * (p[2] + 2.0 * phi_f + body));
    for (i, j, a, b) in
        [(0, 1, "tox_nm", "n_cm3"), (0, 2, "tox_nm", "vfb_v"), (1, 2, "n_cm3", "vfb_v")]
    {
        if let Some(r) = fit.correlation(i, j) {
            answer.correlations.push((a.to_owned(), b.to_owned(), r));
        }
    }
}

/// Density of interface states from both frequencies, at midgap as a number and over the band
/// bending as curves.
fn interface(
    answer: &mut Answer,
    mos: &Mos,
    p: &[f64],
    (v, hf, lf): (&[f64], &[f64], &[f64]),
    cox: f64,
) {
    let inner = |c: f64| 1.0 / (1.0 / c - 1.0 / cox);
    let phi_f = mos.vt * (p[1] / mos.ni).ln();
    let (mut psi, mut density) = (Vec::new(), Vec::new());
    for k in 0..v.len() {
        let at = mos.psi(p, v[k]);
        // In accumulation both capacitances equal Cox, and beyond midgap the inversion layer
        // responds.
        if (0.0..1.3 * phi_f).contains(&at) && hf[k] < cox && lf[k] < cox {
            psi.push(at);
            density.push((inner(lf[k]) - inner(hf[k])) / (Q_C * mos.area) * 1e-4);
        }
    }
    match linear(&psi, &density, phi_f, Beyond::Nothing) {
        Some(dit) => drop(answer.number("dit_cm2_ev", dit.max(0.0))),
        None => drop(
            answer.warn("no points lie about midgap: the density of interface states is not given"),
        ),
    }
    answer.curve("psi_s_v", psi);
    answer.curve("dit_of_psi_cm2_ev", density);
}
