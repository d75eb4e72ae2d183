//! Hall effect: type, density and mobility of carriers.

use crate::answer::{Answer, Refusal, misuse, refuse};
use crate::constants::Q_C;
use crate::job::Job;
use crate::method::{Method, Per, number, output};

/// The method.
pub static METHOD: Method = Method {
    name: "hall",
    family: "electrical",
    about: "carrier type, density and mobility from the Hall voltage",
    per: Per::Row,
    inputs: &[
        number(
            "v_h",
            "voltage",
            "V",
            "Hall voltage, positive for holes; instead of the eight voltages",
        )
        .optional(),
        number("v24p", "voltage", "V", "V(2,4), field up").optional(),
        number("v42p", "voltage", "V", "the same, current reversed").optional(),
        number("v13p", "voltage", "V", "V(1,3), field up").optional(),
        number("v31p", "voltage", "V", "the same, current reversed").optional(),
        number("v24n", "voltage", "V", "V(2,4), field down").optional(),
        number("v42n", "voltage", "V", "the same, current reversed").optional(),
        number("v13n", "voltage", "V", "V(1,3), field down").optional(),
        number("v31n", "voltage", "V", "the same, current reversed").optional(),
        number("i", "current", "A", "current").within(1e-12, 10.0, "the magnitude is meant"),
        number("b", "magnetic flux density", "T", "magnetic flux density").within(
            1e-4,
            50.0,
            "gauss given as tesla?",
        ),
        number("thickness", "length", "um", "thickness, for the volume density")
            .also(&["t"])
            .optional()
            .within(1e-4, 1e5, ""),
        number("rs", "sheet resistance", "ohm/sq", "sheet resistance, for the mobility").optional(),
        number("hall_factor", "", "", "ratio of Hall and drift mobility")
            .or(1.0)
            .within(0.1, 10.0, ""),
    ],
    outputs: &[
        output("v_h_v", "V", "Hall voltage"),
        output("n_s_cm2", "cm-2", "sheet density"),
        output("n_cm3", "cm-3", "volume density, where the thickness is known"),
        output("r_h_cm3_c", "cm3/C", "Hall coefficient, negative for electrons"),
        output("mu_cm2_vs", "cm2/Vs", "mobility, where the sheet resistance is known"),
    ],
    formula: "V_H = (V24P - V24N + V42N - V42P + V13P - V13N + V31N - V31P)/8\n\
              n_s = r I B/(q |V_H|), n = n_s/t, R_H = V_H t/(I B), mu = 1/(q n_s Rs)",
    standard: "ASTM F76",
    traps: &[
        "cm and T mixed: 1e20 cm-3 and 0.12 cm2/Vs instead of 1e16 and 1200",
        "gauss as tesla: 1e4",
        "one field direction only: the misalignment of the contacts stays in the result",
    ],
    example: "libchar metro hall -s v_h_mv=-0.624 -s i_ma=1 -s b_t=0.5 -s thickness_um=500 -s rs_ohm_sq=10.4",
    compute,
    summary: None,
};

/// The eight voltages with their signs in the average.
const READINGS: [(&str, f64); 8] = [
    ("v24p", 1.0),
    ("v24n", -1.0),
    ("v42n", 1.0),
    ("v42p", -1.0),
    ("v13p", 1.0),
    ("v13n", -1.0),
    ("v31n", 1.0),
    ("v31p", -1.0),
];

fn hall_voltage(job: &Job) -> Result<f64, Refusal> {
    let given = READINGS.iter().filter(|(name, _)| job.opt(name).is_some()).count();
    match (job.opt("v_h"), given) {
        (Some(v_h), 0) => Ok(v_h),
        (Some(_), _) => misuse("both `v_h` and the eight voltages are given"),
        (None, 8) => {
            READINGS.iter().try_fold(0.0, |sum, (name, sign)| Ok(sum + sign * job.get(name)? / 8.0))
        }
        (None, given) => misuse(format!("{given} of the eight voltages are given, and no `v_h`")),
    }
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let v_h = hall_voltage(job)?;
    let (i, b) = (job.get("i")?, job.get("b")?);
    if v_h == 0.0 {
        return refuse("the Hall voltage is zero: no type and no density");
    }
    let n_s = job.get("hall_factor")? * i * b / (Q_C * v_h.abs()) * 1e-4;
    let model = format!("one kind of carrier, Hall factor {}", job.get("hall_factor")?);
    let mut answer = Answer { model, ..Answer::default() };
    answer.word("type", if v_h > 0.0 { "p" } else { "n" });
    answer.number("v_h_v", v_h).number("n_s_cm2", n_s);
    if let Some(t_um) = job.opt("thickness") {
        answer
            .number("n_cm3", n_s / (t_um * 1e-4))
            .number("r_h_cm3_c", v_h * t_um * 1e-6 / (i * b) * 1e6);
    }
    if let Some(rs) = job.opt("rs") {
        answer.number("mu_cm2_vs", 1.0 / (Q_C * n_s * rs));
    }
    if let Some(u) = job.numbers.get("v_h").map(|v| v.u).filter(|u| *u > 0.0 && v_h.abs() < 3.0 * u)
    {
        answer.warn(format!(
            "the Hall voltage is {:.1} times its uncertainty: the type is not certain",
            v_h.abs() / u
        ));
    }
    Ok(answer)
}
