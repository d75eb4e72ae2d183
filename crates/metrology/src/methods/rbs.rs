//! Rutherford backscattering: areal density of a film and ratio of two elements.

use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::job::Job;
use crate::method::{Input, Kind, Method, Need, Per, number, output, raw};
use crate::optics::materials::{member, only};
use toml::{Table, Value};

const fn plain(name: &'static str, about: &'static str) -> Input {
    number(name, "", "", about)
}

const fn text(name: &'static str) -> Input {
    Input {
        kind: Kind::Text,
        need: Need::Optional,
        ..plain(name, "a name; nothing is computed from it")
    }
}

/// The method.
pub static METHOD: Method = Method {
    name: "rbs",
    family: "chemical",
    about: "areal density of a thin film, or the ratio of two elements, by backscattering",
    per: Per::Row,
    inputs: &[
        text("element"),
        text("projectile"),
        plain("z", "atomic number of the target").optional().within(1.0, 118.0, ""),
        plain("mass_u", "its mass in u").optional().within(1.0, 300.0, ""),
        plain("counts", "counts of its peak").optional().within(0.0, 1e15, ""),
        raw(
            "elements",
            "[{ name, z, mass_u, counts }, { ... }] for the ratio of the second to the first",
        ),
        plain("z1", "atomic number of the projectile").or(2.0).within(1.0, 20.0, ""),
        plain("m1_u", "mass of the projectile in u").within(1.0, 50.0, ""),
        plain("energy_mev", "energy in MeV").within(0.05, 20.0, "keV given as MeV?"),
        number("theta", "angle", "deg", "scattering angle in the laboratory").within(
            30.0,
            180.0,
            "radians given as degrees?",
        ),
        plain("solid_angle_sr", "solid angle of the detector in sr").optional().within(
            1e-8,
            6.3,
            "millisteradian given as steradian?",
        ),
        plain("charge_uc", "charge in uC").optional().within(1e-6, 1e6, ""),
        number("tilt", "angle", "deg", "tilt of the sample").or(0.0).within(-89.0, 89.0, ""),
        plain("e2_mev_fm", "e^2/(4 pi eps0) in MeV fm").or(1.439_964_5).within(1.43, 1.45, ""),
        raw("screening", "false: without L'Ecuyer's correction; true unless given"),
    ],
    outputs: &[
        output("k", "", "kinematic factor"),
        output("k_si", "", "that of silicon 28, for the edge of a substrate"),
        output(
            "sigma_barn_sr",
            "barn/sr",
            "Rutherford cross-section in the laboratory, unscreened",
        ),
        output("screening", "", "factor of the screening"),
        output("nt_1e15_cm2_unscreened", "1e15/cm2", "areal density without screening"),
        output("nt_1e15_cm2", "1e15/cm2", "areal density"),
        output("u_rel_counts", "", "relative uncertainty of the counts"),
        output("ratio_second_to_first", "", "ratio of the elements"),
        output("u_ratio", "", "its uncertainty from the counts"),
        output("k_first", "", "kinematic factor"),
        output("k_second", "", "kinematic factor"),
    ],
    formula: "K = ((sqrt(M2^2 - M1^2 sin^2) + M1 cos)/(M1 + M2))^2; sigma = (Z1 Z2 e^2/4E)^2 4/sin^4 (sqrt(1 - (M1/M2 sin)^2) + cos)^2/sqrt(1 - (M1/M2 sin)^2)\n\
              screening 1 - 0.049 Z1 Z2^(4/3)/E_cm[keV]; Nt = Y cos(tilt)/(Q Omega sigma); N2/N1 = (Y2/Y1)(sigma1/sigma2)",
    standard: "Chu, Mayer, Nicolet 1978; L'Ecuyer 1979",
    traps: &[
        "barn = 1e-27",
        "Z2^2 for Z1 Z2",
        "light elements above 1 to 2 MeV are not Rutherford",
    ],
    example: "libchar metro rbs -s z=79 -s mass_u=196.97 -s m1_u=4.0026 -s energy_mev=2 -s theta_deg=170 -s solid_angle_sr=0.0012 -s charge_uc=10 -s counts=18650",
    compute,
    summary: None,
};

struct Beam {
    z1: f64,
    m1: f64,
    energy_mev: f64,
    theta: f64,
    e2: f64,
    screened: bool,
}

impl Beam {
    fn k(&self, m2: f64) -> Result<f64, Refusal> {
        let inside = m2 * m2 - (self.m1 * self.theta.sin()).powi(2);
        if m2 <= self.m1 || inside < 0.0 {
            return refuse(format!(
                "a target of {m2} u does not scatter a projectile of {} u backwards",
                self.m1
            ));
        }
        Ok(((inside.sqrt() + self.m1 * self.theta.cos()) / (self.m1 + m2)).powi(2))
    }

    /// Unscreened cross-section in barn/sr, and the screening factor.
    fn sigma(&self, z2: f64, m2: f64) -> (f64, f64) {
        let s = self.theta.sin();
        let root = (1.0 - (self.m1 / m2 * s).powi(2)).sqrt();
        // fm^2 to barn: 1e-2.
        let scale = (self.z1 * z2 * self.e2 / (4.0 * self.energy_mev)).powi(2) * 1e-2;
        let centre_kev = 1e3 * self.energy_mev * m2 / (self.m1 + m2);
        let screening = 1.0 - 0.049 * self.z1 * z2.powf(4.0 / 3.0) / centre_kev;
        (scale * 4.0 / s.powi(4) * (root + self.theta.cos()).powi(2) / root, screening)
    }

    fn factor(&self, z2: f64, m2: f64) -> f64 {
        let (sigma, screening) = self.sigma(z2, m2);
        if self.screened { sigma * screening } else { sigma }
    }
}

fn element(value: &Value) -> Result<[f64; 3], Refusal> {
    let Value::Table(table) = value else {
        return misuse(format!("an element is {value}, expected {{ z, mass_u, counts }}"));
    };
    only(table, "an element", &["name", "z", "mass_u", "counts"])?;
    let get = |table: &Table, key: &str| match member(table, key)? {
        Some(value) if value > 0.0 => Ok(value),
        _ => misuse(format!("an element has no positive `{key}`")),
    };
    Ok([get(table, "z")?, get(table, "mass_u")?, get(table, "counts")?])
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let beam = Beam {
        z1: job.get("z1")?,
        m1: job.get("m1_u")?,
        energy_mev: job.get("energy_mev")?,
        theta: job.get("theta")?.to_radians(),
        e2: job.get("e2_mev_fm")?,
        screened: job.raw.get("screening").and_then(Value::as_bool).unwrap_or(true),
    };
    let mut answer = Answer {
        model: if beam.screened { "Rutherford, screened" } else { "Rutherford, unscreened" }
            .to_owned(),
        ..Answer::default()
    };
    let mut light = Vec::new();
    if let Some(list) = job.raw.get("elements") {
        let items = list.as_array().map_or(&[][..], Vec::as_slice);
        let [first, second] = items else { return misuse("`elements` needs two elements") };
        let ([z1, m1, y1], [z2, m2, y2]) = (element(first)?, element(second)?);
        let ratio = y2 / y1 * beam.factor(z1, m1) / beam.factor(z2, m2);
        let u = ratio * (1.0 / y1 + 1.0 / y2).sqrt();
        answer
            .uncertain("ratio_second_to_first", ratio, u, f64::INFINITY)
            .number("u_ratio", u)
            .number("k_first", beam.k(m1)?)
            .number("k_second", beam.k(m2)?);
        light.extend([z1, z2]);
    } else {
        let (z, m, counts) = (job.get("z")?, job.get("mass_u")?, job.get("counts")?);
        let (omega, charge) = (job.get("solid_angle_sr")?, job.get("charge_uc")?);
        if counts <= 0.0 {
            return refuse("there are no counts");
        }
        let (sigma, screening) = beam.sigma(z, m);
        let particles = charge * 1e-6 / crate::constants::Q_C;
        // barn to cm2: 1e-24.
        let nt = counts * job.get("tilt")?.to_radians().cos() / (particles * omega * sigma * 1e-24)
            * 1e-15;
        let corrected = if beam.screened { nt / screening } else { nt };
        let relative = 1.0 / counts.sqrt();
        answer
            .number("k", beam.k(m)?)
            .number("k_si", beam.k(27.976_926_5)?)
            .number("sigma_barn_sr", sigma)
            .number("screening", screening)
            .uncertain("nt_1e15_cm2_unscreened", nt, nt * relative, f64::INFINITY)
            .uncertain("nt_1e15_cm2", corrected, corrected * relative, f64::INFINITY)
            .number("u_rel_counts", relative);
        light.push(z);
    }
    if light.iter().any(|z| *z < 9.0) {
        answer.word(
            "cross_section",
            "light elements may have non-Rutherford cross-sections at this energy",
        );
    }
    Ok(answer)
}
