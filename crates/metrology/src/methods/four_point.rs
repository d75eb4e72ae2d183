//! Four probes in line: sheet resistance and resistivity.

use crate::answer::{Answer, Map, Refusal, misuse, refuse};
use crate::job::Job;
use crate::line::mean_std;
use crate::method::{Method, Per, number, output, word};
use std::f64::consts::{LN_2, PI};

/// The method.
pub static METHOD: Method = Method {
    name: "four-point-probe",
    family: "electrical",
    about: "sheet resistance and resistivity by four probes in line; statistics of a wafer map",
    per: Per::Row,
    inputs: &[
        number("v", "voltage", "V", "voltage between the inner probes").also(&["voltage"]),
        number("i", "current", "A", "current through the outer probes")
            .also(&["current"])
            .within(-10.0, 10.0, ""),
        number("v_reverse", "voltage", "V", "voltage with the current reversed").optional(),
        number("spacing", "length", "mm", "distance of neighbouring probes")
            .also(&["s"])
            .optional()
            .within(1e-4, 100.0, ""),
        number("thickness", "length", "um", "thickness of the layer or wafer")
            .also(&["w"])
            .optional()
            .within(1e-4, 1e5, ""),
        number("diameter", "length", "mm", "diameter of the wafer")
            .optional()
            .within(1.0, 1000.0, ""),
        number("x", "length", "mm", "place of the probes' centre").optional(),
        number("y", "length", "mm", "place of the probes' centre").optional(),
        number("temperature", "temperature", "C", "temperature of the wafer")
            .also(&["t"])
            .optional(),
        number("reference_temperature", "temperature", "C", "temperature of the result").or(23.0),
        number("c_t", "temperature coefficient", "1/C", "temperature coefficient of resistivity")
            .optional(),
        word(
            "probe_direction",
            &["tangential", "radial", "along x", "along y", "x", "y"],
            "direction of the row of probes off the centre",
        ),
        word(
            "geometry",
            &["infinite thin sheet", "infinite slab", "disc", "thin disc"],
            "what the sample is",
        ),
        word("position", &["centre", "center"], "where the probes stand, without x and y"),
        word("statistics", &["unweighted"], "how sites are averaged"),
    ],
    outputs: &[
        output("rs_ohm_sq", "ohm/sq", "sheet resistance"),
        output("rho_ohm_cm", "ohm cm", "resistivity, where the thickness is known"),
        output("f2", "", "factor of a thin disc, pi/ln 2 for an infinite sheet"),
        output("f_w_s", "", "factor of the thickness"),
        output("f2_if_radial", "", "what f2 would be with the probes along the radius"),
        output("f2_if_tangential", "", "what f2 would be with the probes across the radius"),
        output("n", "", "sites with a result"),
        output("mean_rs_ohm_sq", "ohm/sq", "mean of the sites, unweighted"),
        output("std_rs_ohm_sq", "ohm/sq", "standard deviation of the sites, n - 1"),
        output("min_rs_ohm_sq", "ohm/sq", "lowest site"),
        output("max_rs_ohm_sq", "ohm/sq", "highest site"),
        output("nonuniformity_1sigma_pct", "%", "standard deviation over mean"),
        output("nonuniformity_range_pct", "%", "(max - min)/(max + min)"),
    ],
    formula: "Rs = F2 F(w/s) V/I, rho = Rs w [1 - C_T (T - T_ref)]\n\
              F(w/s) = ln 2 / (w S), S = sum over all n of 1/sqrt(s^2 + (2 n w)^2) - 1/sqrt(4 s^2 + (2 n w)^2)\n\
              F2 = 2 pi / (sum of ln of distances to both current probes and their images in the edge of the disc)",
    standard: "SEMI MF84 (resistivity), MF1529 and MF81 (maps); Valdes 1954, Uhlir 1955, Smits 1958",
    traps: &[
        "ln 2/ln[sinh(w/s)/sinh(w/2s)] is for a conducting or another bottom: 0.953 for 0.996 at w/s = 0.525",
        "the factor of the centre, used near the rim, draws a ring that does not exist and falsifies the non-uniformity of a map",
        "near the rim the direction of the probes matters: tangential and radial factors differ",
    ],
    example: "libchar metro four-point-probe map.csv -s spacing_mm=1 -s diameter_mm=200 -s probe_direction=tangential",
    compute,
    summary: Some(summary),
};

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let i = job.get("i")?;
    let v = match (job.get("v")?, job.opt("v_reverse")) {
        (v, Some(reverse)) => 0.5 * (v - reverse),
        (v, None) => v,
    };
    let ratio = v / i;
    if !ratio.is_finite() || ratio <= 0.0 {
        return refuse(format!(
            "V/I is {ratio} ohm: voltage and current must have the same sign and not be zero"
        ));
    }
    let mut answer = Answer::default();
    let f2 = edge_factor(job, &mut answer)?;
    let spacing_um = job.opt("spacing").map(|s| s * 1e3);
    let f = match (job.opt("thickness"), spacing_um) {
        (Some(w), Some(s)) => thickness_factor(w / s),
        (Some(_), None) if job.word("geometry") != Some("infinite thin sheet") => {
            return misuse(
                "`thickness` is given and `spacing` is not: whether the layer is thin cannot be determined",
            );
        }
        _ => 1.0,
    };
    let drift = match (job.opt("c_t"), job.opt("temperature")) {
        (Some(c), Some(t)) => 1.0 - c * (t - job.get("reference_temperature")?),
        (Some(c), None) if c != 0.0 => return misuse("`c_t` is given and `temperature` is not"),
        _ => 1.0,
    };
    let rs = f2 * f * ratio * drift;
    answer.numbers.clear();
    answer.number("rs_ohm_sq", rs);
    if let Some(w) = job.opt("thickness") {
        answer.number("rho_ohm_cm", rs * w * 1e-4);
    }
    answer.number("f2", f2);
    if job.opt("thickness").is_some() {
        answer.number("f_w_s", f);
    }
    if let (Some(_), Some(s)) = (job.opt("diameter"), job.opt("spacing"))
        && radius_mm(job) > 0.0
    {
        answer.number("f2_if_radial", disc_factor(job, s, radial(job))?);
        let (x, y) = radial(job);
        answer.number("f2_if_tangential", disc_factor(job, s, (-y, x))?);
    }
    Ok(answer)
}

fn radius_mm(job: &Job) -> f64 {
    job.opt("x").unwrap_or(0.0).hypot(job.opt("y").unwrap_or(0.0))
}

/// The unit vector from the centre to the probes; at the centre, where all directions are
/// equivalent, along x.
fn radial(job: &Job) -> (f64, f64) {
    match radius_mm(job) {
        0.0 => (1.0, 0.0),
        r => (job.opt("x").unwrap_or(0.0) / r, job.opt("y").unwrap_or(0.0) / r),
    }
}

fn edge_factor(job: &Job, answer: &mut Answer) -> Result<f64, Refusal> {
    let (Some(_), Some(s)) = (job.opt("diameter"), job.opt("spacing")) else {
        if job.opt("diameter").is_some() {
            return misuse("`diameter` is given and `spacing` is not");
        }
        if job.opt("x").is_some() || job.opt("y").is_some() {
            answer.warn("no `diameter` is given: the edge of the wafer is not corrected for");
        }
        return Ok(PI / LN_2);
    };
    let (x, y) = radial(job);
    let direction = match job.word("probe_direction") {
        Some("tangential") => (-y, x),
        Some("radial") => (x, y),
        Some("along x" | "x") => (1.0, 0.0),
        Some("along y" | "y") => (0.0, 1.0),
        _ if radius_mm(job) == 0.0 => (1.0, 0.0),
        _ => {
            return misuse(
                "the probes stand off the centre: `probe_direction` must be tangential, radial, x or y",
            );
        }
    };
    disc_factor(job, s, direction)
}

/// Exact correction factor for a thin disc with an insulating edge: every current probe has an
/// image with the same sign.
fn disc_factor(job: &Job, s: f64, (dx, dy): (f64, f64)) -> Result<f64, Refusal> {
    let radius = 0.5 * job.get("diameter")?;
    let (x, y) = (job.opt("x").unwrap_or(0.0), job.opt("y").unwrap_or(0.0));
    let probe = |k: f64| (x + k * s * dx, y + k * s * dy);
    let (p1, p2, p3, p4) = (probe(-1.5), probe(-0.5), probe(0.5), probe(1.5));
    if [p1, p4].iter().any(|(x, y)| x.hypot(*y) >= radius) {
        return refuse(format!("a probe stands beyond the edge of the wafer, at {x} mm, {y} mm"));
    }
    // The distance to the image, |a| |r - R²a/|a|²| / R, in a form without a pole for a probe at
    // the centre.
    let g = |r: (f64, f64), a: (f64, f64)| {
        let (rr, aa, ra) = (r.0 * r.0 + r.1 * r.1, a.0 * a.0 + a.1 * a.1, r.0 * a.0 + r.1 * a.1);
        let image = (rr * aa / (radius * radius) + radius * radius - 2.0 * ra).sqrt();
        (r.0 - a.0).hypot(r.1 - a.1).ln() + image.ln()
    };
    Ok(2.0 * PI / (g(p2, p4) - g(p2, p1) + g(p3, p1) - g(p3, p4)))
}

/// Correction factor for the ratio of thickness to spacing, 1 for a thin layer: images in both
/// surfaces, with the tail of the sum as an integral.
fn thickness_factor(w: f64) -> f64 {
    // Here the factor differs from 1 by 2 K0(pi/w)/ln 2, which is below 1e-13.
    if w < 0.1 {
        return 1.0;
    }
    let count = ((200.0 / w).ceil() as usize).max(20);
    let term = |n: usize| {
        let z = 2.0 * n as f64 * w;
        1.0 / 1f64.hypot(z) - 1.0 / 2f64.hypot(z)
    };
    let near = term(0) + 2.0 * (1..=count).rev().map(term).sum::<f64>();
    let end = 2.0 * w * (count as f64 + 0.5);
    let tail = (LN_2 - end.asinh() + (0.5 * end).asinh()) / w;
    LN_2 / (w * (near + tail))
}

fn summary(sites: &[(Job, Answer)]) -> Answer {
    let rs: Vec<f64> = sites.iter().filter_map(|(_, answer)| answer.get("rs_ohm_sq")).collect();
    let (mean, std) = mean_std(&rs);
    let (min, max) = rs.iter().fold((f64::MAX, f64::MIN), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
    let mut answer = Answer { model: "unweighted over all sites".to_owned(), ..Answer::default() };
    answer
        .number("n", rs.len() as f64)
        .number("mean_rs_ohm_sq", mean)
        .number("std_rs_ohm_sq", std)
        .number("min_rs_ohm_sq", min)
        .number("max_rs_ohm_sq", max)
        .number("nonuniformity_1sigma_pct", 100.0 * std / mean)
        .number("nonuniformity_range_pct", 100.0 * (max - min) / (max + min));
    answer.map = Map::of(sites, "rs_ohm_sq");
    answer
}

#[cfg(test)]
mod tests {
    use super::thickness_factor;

    #[test]
    fn the_factor_joins_its_limits() {
        // w >> s: rho = 2 pi s V/I, so that F = 2 ln 2 s/w (Valdes 1954).
        assert!(
            (thickness_factor(200.0) * 200.0 / (2.0 * std::f64::consts::LN_2) - 1.0).abs() < 1e-4
        );
        // SEMI MF84, table of F(w/S): 0.9969 at 0.5 … 0.921 at 1.0, agreed to the printed digits.
        assert!((thickness_factor(1.0) - 0.921).abs() < 1e-3);
        assert!((thickness_factor(0.1 + 1e-9) - 1.0).abs() < 1e-12);
    }
}
