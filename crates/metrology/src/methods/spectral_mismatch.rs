//! Spectral mismatch of a solar simulator.

use crate::answer::{Answer, Refusal, refuse};
use crate::job::{Job, sorted};
use crate::method::{Method, Per, column, output, remark};

/// The method.
pub static METHOD: Method = Method {
    name: "spectral-mismatch",
    family: "electrical",
    about: "mismatch factor of a solar simulator for a reference cell and a device",
    per: Per::File,
    inputs: &[
        column("wavelength", "length", "nm", "wavelength").also(&["lambda"]),
        column("e_ref", "spectral irradiance", "W/m2/nm", "reference spectrum, such as AM1.5G"),
        column("e_meas", "spectral irradiance", "W/m2/nm", "measured spectrum of the simulator"),
        column("s_ref", "responsivity", "A/W", "spectral response of the reference cell"),
        column("s_dut", "responsivity", "A/W", "spectral response of the device"),
        remark("integration"),
    ],
    outputs: &[
        output("mismatch_mm", "", "mismatch factor"),
        output(
            "isc_corrected_factor",
            "",
            "the measured Isc of the device times this is that under the reference spectrum",
        ),
    ],
    formula: "MM = int(Eref Sref) int(Emeas Sdut)/(int(Emeas Sref) int(Eref Sdut)), trapezoid on the file's grid; Isc = Isc_measured/MM",
    standard: "IEC 60904-7",
    traps: &["the reciprocal, with devices or spectra swapped"],
    example: "libchar metro spectral-mismatch spectra.csv",
    compute,
    summary: None,
};

/// Trapezoidal integral over ascending abscissae.
pub fn trapezoid(x: &[f64], y: &[f64]) -> f64 {
    (1..x.len()).map(|k| 0.5 * (x[k] - x[k - 1]) * (y[k] + y[k - 1])).sum()
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let x = job.column("wavelength");
    if x.len() < 2 {
        return refuse("one wavelength makes no integral");
    }
    let integral = |spectrum: &'static str, response: &'static str| {
        let product: Vec<f64> =
            job.column(spectrum).iter().zip(job.column(response)).map(|(e, s)| e * s).collect();
        let (x, y) = sorted(x, &product);
        trapezoid(&x, &y)
    };
    let (above, below) = (
        integral("e_ref", "s_ref") * integral("e_meas", "s_dut"),
        integral("e_meas", "s_ref") * integral("e_ref", "s_dut"),
    );
    if !(above > 0.0 && below > 0.0) {
        return refuse("a current of spectrum and response is not positive");
    }
    let mut answer = Answer::default();
    answer.number("mismatch_mm", above / below).number("isc_corrected_factor", below / above);
    Ok(answer)
}
