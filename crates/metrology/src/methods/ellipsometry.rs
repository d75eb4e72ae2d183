//! Spectroscopic ellipsometry: thickness and index of a film in a stack.

use crate::answer::{Answer, Plot, Refusal, refuse};
use crate::job::Job;
use crate::method::{Input, Method, Per, column, output, range, remark};
use crate::optics::Complex;
use crate::optics::inputs::{
    AOI, D, D_RANGE, K_FILM, K_NAMED, K_SUB, MODEL, N_FILM, N_NAMED, N_SUB, RAW, START, WAVELENGTH,
    opaque, report, scan_range, structure,
};
use crate::optics::search::search;
use crate::optics::stack::psi_delta_deg;
use crate::optics::structure::Structure;

const PSI: Input = column("psi", "angle", "deg", "tan(psi) = |rp/rs|").within(
    0.0,
    90.0,
    "psi and delta look swapped",
);

/// The method.
pub static METHOD: Method = Method {
    name: "ellipsometry",
    family: "optical",
    about: "thickness and index of a film from psi and delta",
    per: Per::File,
    inputs: &[
        WAVELENGTH,
        AOI,
        PSI,
        column("delta", "angle", "deg", "delta = arg(rp/rs)").within(-360.0, 360.0, "radians?"),
        N_SUB,
        K_SUB,
        N_FILM,
        K_FILM,
        N_NAMED,
        K_NAMED,
        MODEL,
        START,
        D,
        D_RANGE,
        range(
            "delta_range",
            "angle",
            "deg",
            "range of delta of the instrument: [0, 180] without compensator folds delta",
        ),
        RAW[0],
        RAW[1],
        RAW[2],
        RAW[3],
        RAW[4],
        RAW[5],
        RAW[6],
        RAW[7],
        RAW[8],
        RAW[9],
        remark("convention"),
    ],
    outputs: &[
        output(
            "d_nm",
            "nm",
            "thickness of the film; further parameters have the names of their model",
        ),
        output(
            "reduced_chi2",
            "",
            "chi2 per degree of freedom, where the data have u_psi and u_delta",
        ),
        output("rms_psi_deg", "deg", "root mean square of the residuals of psi"),
        output("rms_delta_deg", "deg", "root mean square of the residuals of delta"),
        output("max_abs_psi_deg", "deg", "largest residual of psi"),
        output("max_abs_delta_deg", "deg", "largest residual of delta"),
    ],
    formula: "rho = rp/rs = tan(psi) exp(i delta), Fresnel amplitudes of the stack (Rouard's recursion), n - ik, exp(+i w t)\n\
              weights 1/u^2 of u_psi and u_delta; without them residuals 2 dpsi and sin(2 psi) ddelta, scaled by their scatter\n\
              the thickness is scanned over its whole range before the local fit (Levenberg and Marquardt)",
    standard: "Azzam and Bashara 1977; Jellison and Modine 1996 with erratum; Bruggeman 1935",
    traps: &[
        "a local search from a start that is 60 % off ends in another fringe order",
        "an instrument without compensator folds delta to 0..180 deg: delta_range_deg = [0, 180]",
        "thickness and index of a film of some nm are correlated beyond 0.98",
        "psi = 45, delta = 0 for every thickness (seen in public code)",
    ],
    example: "libchar metro ellipsometry se.csv -s aoi_deg=70 -s model=cauchy -s substrate=silicon.csv -s start_nm=100",
    compute,
    summary: None,
};

/// Difference of two angles in degrees, -180 to 180.
fn turn(a: f64, b: f64) -> f64 {
    (a - b + 180.0).rem_euclid(360.0) - 180.0
}

/// Delta as measured by an instrument without a compensator, which cannot distinguish delta from
/// 360 - delta.
fn folded(delta: f64) -> f64 {
    let delta = delta.rem_euclid(360.0);
    delta.min(360.0 - delta)
}

struct Data<'a> {
    psi: &'a [f64],
    delta: &'a [f64],
    u: Option<(&'a [f64], &'a [f64])>,
    fold: bool,
}

impl Data<'_> {
    /// Residuals of psi and delta in degrees.
    fn difference(&self, i: usize, r: (Complex, Complex)) -> (f64, f64) {
        let (psi, delta) = psi_delta_deg(r);
        let off = match self.fold {
            true => folded(self.delta[i]) - folded(delta),
            false => turn(self.delta[i], delta),
        };
        (self.psi[i] - psi, off)
    }

    fn misfit(&self, i: usize, r: (Complex, Complex), out: &mut Vec<f64>) {
        let (psi, delta) = self.difference(i, r);
        out.extend(match self.u {
            Some((up, ud)) => [psi / up[i], delta / ud[i]],
            None => [2.0 * psi, (2.0 * self.psi[i].to_radians()).sin() * delta],
        });
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (structure, aoi) = structure(job)?;
    if job.series("aoi", aoi.len()).is_none() {
        return refuse("`aoi_deg` is not given");
    }
    let u = job.u("psi").zip(job.u("delta"));
    if u.is_some_and(|(a, b)| a.iter().chain(b).any(|u| *u <= 0.0)) {
        return refuse(
            "an uncertainty of psi or delta is zero: that point would be the only one that counts",
        );
    }
    let fold = job.range("delta_range")?.is_some_and(|range| range == (0.0, 180.0));
    let data = Data { psi: job.column("psi"), delta: job.column("delta"), u, fold };
    let misfit = |i: usize, r: (Complex, Complex), out: &mut Vec<f64>| data.misfit(i, r, out);
    let mut answer =
        Answer { model: "coherent stack, isotropic layers".to_owned(), ..Answer::default() };
    let mut values: Vec<f64> = structure.params.iter().map(|p| p.value).collect();
    if structure.params.iter().any(|p| p.free) {
        let range = scan_range(job, &structure)?;
        let found = search(&structure, &misfit, range, u.is_some())?;
        values.clone_from(&found.values);
        check_opaque(&structure, &data, &values)?;
        report(&mut answer, &structure, &found)?;
        if let (Some(reduced), true) = (found.fit.reduced_chi2(), u.is_some()) {
            answer.number("reduced_chi2", reduced);
            if reduced > 1.0 + 6.0 * (2.0 / found.fit.dof as f64).sqrt() {
                answer.warn(format!("chi2 per degree of freedom is {reduced:.3}: the model does not describe the data within their uncertainties, so that those of the result are too small"));
            }
        }
    }
    residuals(&mut answer, &structure, &data, &values);
    Ok(answer)
}

/// Refuses a fit in which the thickness does not affect the data.
fn check_opaque(structure: &Structure, data: &Data<'_>, values: &[f64]) -> Result<(), Refusal> {
    for (_, place) in &structure.layers {
        let param = &structure.params[*place];
        if !param.free {
            continue;
        }
        let mut shift = 0.0f64;
        let mut moved = values.to_vec();
        moved[*place] = 1.1 * values[*place] + 10.0;
        let mut here = vec![(0.0, 0.0); data.psi.len()];
        structure.reflect(&structure.all_points(), values, |i, r| here[i] = data.difference(i, r));
        structure.reflect(&structure.all_points(), &moved, |i, r| {
            let (psi, delta) = data.difference(i, r);
            shift = shift.max((psi - here[i].0).abs()).max(turn(delta, here[i].1).abs());
        });
        opaque(&param.name, shift, 0.01)?;
    }
    Ok(())
}

fn residuals(answer: &mut Answer, structure: &Structure, data: &Data<'_>, values: &[f64]) {
    let n = data.psi.len();
    let mut off = vec![(0.0, 0.0); n];
    let mut beyond = false;
    structure.reflect(&structure.all_points(), values, |i, r| {
        off[i] = data.difference(i, r);
        beyond |= psi_delta_deg(r).1 > 185.0 && off[i].1.abs() > 10.0;
    });
    let rms = |f: &dyn Fn(&(f64, f64)) -> f64| {
        (off.iter().map(|o| f(o).powi(2)).sum::<f64>() / n as f64).sqrt()
    };
    let most = |f: &dyn Fn(&(f64, f64)) -> f64| off.iter().map(|o| f(o).abs()).fold(0.0, f64::max);
    answer
        .number("rms_psi_deg", rms(&|o| o.0))
        .number("rms_delta_deg", rms(&|o| o.1))
        .number("max_abs_psi_deg", most(&|o| o.0))
        .number("max_abs_delta_deg", most(&|o| o.1));
    let whole = data.delta.iter().all(|d| (0.0..=180.0).contains(d));
    if beyond && whole && !data.fold {
        answer.warn("the model has delta above 180 deg where every delta of the file is below: if the instrument has no compensator, set delta_range_deg = [0, 180]");
    }
    answer.curve("residual_psi_deg", off.iter().map(|o| o.0).collect());
    answer.curve("residual_delta_deg", off.iter().map(|o| o.1).collect());
    let mut x = vec![0.0; n];
    for (wavelength, points) in structure.all_points() {
        points.iter().for_each(|i| x[*i] = structure.wavelengths_nm[wavelength]);
    }
    // Nothing is drawn if there are more points than a chart can show.
    x.truncate(if n <= 5000 { n } else { 0 });
    for (y, data, off) in [
        ("psi (deg)", data.psi, off.iter().map(|o| o.0).collect::<Vec<f64>>()),
        ("delta (deg)", data.delta, off.iter().map(|o| o.1).collect()),
    ] {
        answer.plots.push(Plot {
            x: "wavelength (nm)".to_owned(),
            y: y.to_owned(),
            data: x.iter().copied().zip(data.iter().copied()).collect(),
            fit: x.iter().copied().zip(data.iter().zip(&off).map(|(d, o)| d - o)).collect(),
        });
    }
}
