//! Widths over dose and focus: the matrices of features that share a dose, with their windows.

use super::super::chart::stacked;
use super::{Grid, Sweep, grid, tell_impossible, values};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Fault, Faults, Format, Frame};
use libchar_history::ResultRow;
use libchar_litho::Job;
use libchar_litho::bossung::{self, Bossung};
use libchar_litho::window::farthest_nm;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A matrix of one feature.
struct Feature {
    id: String,
    job: Job,
    bossung: Bossung,
    cells: Vec<bossung::Cell>,
}

/// The shifts of best focus by job.
fn shifts(args: &Sweep, jobs: &[NamedJob]) -> Result<BTreeMap<String, f64>> {
    let mut faults = Vec::new();
    let mut shifts = BTreeMap::new();
    for (id, text) in &args.focus_shift {
        let ids = || jobs.iter().map(|job| job.id.as_str());
        if !ids().any(|own| own == id) {
            let fault = Fault::of("--focus-shift", format!("unknown job `{id}`"));
            faults.push(fault.one_of(id, ids()));
        }
        match text.parse::<f64>().ok().filter(|v| v.is_finite()) {
            Some(nm) => drop(shifts.insert(id.clone(), nm)),
            None => {
                let fault = Fault::of("--focus-shift", format!("`{id}={text}`"));
                faults.push(fault.expected("JOB=NM with a finite number"));
            }
        }
    }
    Ok(Faults::or(shifts, faults)?)
}

pub fn run(args: &Sweep, ctx: &Context) -> Result<Outcome> {
    let file = args.process.read(ctx)?;
    // Several points of a sweep are several features, which share a window.
    let Grid { axes, points, named, .. } = grid(args, ctx)?;
    let impossible = tell_impossible(ctx, &named);
    let mut sound = Vec::new();
    for ((_, at), named) in points.iter().zip(named) {
        let Ok(mut named) = named else { continue };
        for (axis, &i) in axes.iter().zip(at) {
            named.id.push_str(&format!(" {}={}", axis.field, axis.texts[i]));
        }
        sound.push(named);
    }
    let jobs = args.process.run(ctx, sound, false)?;
    let doses = values("--dose", args.dose.as_deref().unwrap_or("0.8:1.2:9"))?;
    if let Some(dose) = doses.iter().find(|d| **d <= 0.0) {
        return Err(Usage(format!("--dose: {dose} is not positive")).into());
    }
    let far = jobs.iter().map(|j| farthest_nm(&j.job)).fold(f64::INFINITY, f64::min);
    let foci = match &args.focus {
        Some(text) => values("--focus", text)?,
        None => (-10..=10).map(|i| far * f64::from(i) / 10.0).collect(),
    };
    let shifts = shifts(args, &jobs)?;
    let shift_of = |id: &str| shifts.get(id).copied().unwrap_or(0.0);
    let farthest_shift = shifts.values().map(|s| s.abs()).fold(0.0, f64::max);
    let reach = foci.iter().map(|f| f.abs()).fold(0.0, f64::max) + farthest_shift;
    for named in &jobs {
        let most = 20.0 * named.job.optics.wavelength_nm / named.job.optics.na.powi(2);
        if reach > most {
            let message = format!(
                "--focus: {reach} nm is beyond {most:.0} nm, 20 lambda/NA2 of {}",
                named.id
            );
            return Err(Usage(message).into());
        }
    }
    // In units of the first feature's dose to size, or of the dose that a process clears the resist with.
    let e0 = file.as_ref().map(|f| (f.process.e0_mj_cm2, f.process.dose_offset_mj_cm2));
    let lead = jobs.first().map(|j| Bossung::new(&j.job, reach).threshold()).unwrap_or(0.3);
    let threshold = e0.map_or(lead, |(e0, _)| e0);
    let offset = e0.map_or(0.0, |(_, offset)| offset);
    let seen: Vec<f64> = doses.iter().map(|d| (d - offset).max(1e-9)).collect();
    let features: Vec<Feature> = jobs
        .into_par_iter()
        .map(|named| {
            let reach = reach.max(far + farthest_shift);
            let bossung = Bossung::new(&named.job, reach)
                .at_threshold(threshold)
                .shifted(shift_of(&named.id));
            let cells = bossung.matrix(&seen, &foci);
            Feature { id: named.id, job: named.job, bossung, cells }
        })
        .collect();
    print_matrix(ctx, &features, &doses, &foci, far, e0.is_some())?;
    for f in &features {
        let printed = f.cells.iter().filter(|cell| cell.cd_nm.is_some()).count() as f64;
        let isofocal = f.bossung.isofocal().map(|i| i.cd_nm);
        for (measure, value) in [("printed_cells", Some(printed)), ("isofocal_cd_nm", isofocal)] {
            let unit = measure.ends_with("_nm").then_some("nm");
            let Some(value) = value else { continue };
            let row = ResultRow::value(measure, value, unit);
            ctx.journal.results([ResultRow { point: Some(f.id.clone()), ..row }]);
        }
    }
    if let Some(file) = &args.bossung {
        ctx.write(file, bossungs(&features, &doses, &foci).as_bytes())?;
    }
    if let Some(file) = &args.el_dof {
        ctx.write(file, el_dof_chart(&features, far).as_bytes())?;
    }
    let missing = features.iter().flat_map(|f| &f.cells).filter(|c| c.cd_nm.is_none()).count();
    if missing > 0 {
        let all = features.len() * doses.len() * foci.len();
        ctx.log.info("not_printing", format!("{missing} of {all} points do not print one line"));
    }
    Ok(Outcome::found(impossible))
}

/// Foci from 0 at which a latitude curve is drawn.
fn outward(far: f64) -> Vec<f64> {
    (0..=60).map(|i| far * f64::from(i) / 60.0).collect()
}

/// Steps of focus among which the middle of a common window is sought.
const CENTRES: usize = 120;

fn print_matrix(
    ctx: &Context,
    features: &[Feature],
    doses: &[f64],
    foci: &[f64],
    far: f64,
    absolute: bool,
) -> Result<()> {
    let dose_name = if absolute { "dose_mj_cm2" } else { "dose_relative" };
    let columns = [
        "job_id",
        "pitch_nm",
        "target_cd_nm",
        dose_name,
        "focus_nm",
        "cd_nm",
        "nils_at_edge",
        "in_tolerance",
    ];
    let mut frame = Frame::new("libchar.litho-fem", 1, columns);
    for f in features {
        for (i, c) in f.cells.iter().enumerate() {
            let off =
                c.cd_nm.map(|cd| (cd - f.job.cd_nm).abs() <= f.job.cd_tolerance * f.job.cd_nm);
            frame.push(vec![
                f.id.as_str().into(),
                f.job.pitch_nm.into(),
                f.job.cd_nm.into(),
                doses[i / foci.len()].into(),
                c.focus_nm.into(),
                c.cd_nm.into(),
                c.nils.into(),
                off.unwrap_or(false).into(),
            ]);
        }
    }
    if !matches!(ctx.format(), Format::Json) {
        return ctx.print(&frame);
    }
    let mut bytes = Vec::new();
    frame.write(Format::Json, &mut bytes)?;
    let rows: Value = serde_json::from_slice(&bytes)?;
    let curve = |own: &[&Bossung]| -> Vec<Value> {
        bossung::el_dof(own, &outward(far))
            .into_iter()
            .map(|(dof, el)| json!({ "dof_nm": dof, "el_pct": el }))
            .collect()
    };
    let own: Vec<Value> = features
        .iter()
        .map(|f| {
            let limits: Vec<Value> = foci
                .iter()
                .map(|focus| {
                    let hull = f.bossung.doses(*focus).hull();
                    json!({ "focus_nm": focus, "dose_low": hull.map(|h| h.0), "dose_high": hull.map(|h| h.1) })
                })
                .collect();
            json!({
                "job_id": f.id,
                "isofocal": f.bossung.isofocal(),
                "limits": limits,
                "el_dof": curve(&[&f.bossung]),
            })
        })
        .collect();
    let all: Vec<&Bossung> = features.iter().map(|f| &f.bossung).collect();
    let body = json!({
        "threshold": features.first().map(|f| f.bossung.threshold()),
        "rows": rows["rows"],
        "features": own,
        "common_el_dof": curve(&all),
        "common_el_dof_best_centre": bossung::el_dof_best_centre(&all, far, CENTRES),
    });
    ctx.write_document("-", &document("libchar.litho-fem", 1, body))
}

fn bossungs(features: &[Feature], doses: &[f64], foci: &[f64]) -> String {
    let charts: Vec<String> = features
        .iter()
        .map(|f| {
            let (low, high) = (
                f.job.cd_nm * (1.0 - f.job.cd_tolerance),
                f.job.cd_nm * (1.0 + f.job.cd_tolerance),
            );
            let widths = f.cells.iter().filter_map(|c| c.cd_nm).chain([low, high]);
            let mut chart = Chart::new(
                format!(
                    "{}: width against focus, doses {} to {}",
                    f.id,
                    doses[0],
                    doses[doses.len() - 1]
                ),
                Axis::linear("focus (nm)", foci.iter().copied()),
                Axis::linear("CD (nm)", widths),
            );
            chart.level(low, "", "#666666").level(high, "", "#666666");
            for (i, dose) in doses.iter().enumerate() {
                let own = &f.cells[i * foci.len()..(i + 1) * foci.len()];
                let points: Vec<(f64, f64)> =
                    own.iter().map(|c| (c.focus_nm, c.cd_nm.unwrap_or(f64::NAN))).collect();
                chart.line(&points, PALETTE[i % PALETTE.len()], 1.8);
                if i < 12 {
                    chart.legend(format!("dose {dose:.4}"), PALETTE[i % PALETTE.len()]);
                }
            }
            chart.render()
        })
        .collect();
    stacked(&charts)
}

fn el_dof_chart(features: &[Feature], far: f64) -> String {
    let foci = outward(far);
    let mut curves: Vec<(String, Vec<(f64, f64)>)> =
        features.iter().map(|f| (f.id.clone(), bossung::el_dof(&[&f.bossung], &foci))).collect();
    if features.len() > 1 {
        let all: Vec<&Bossung> = features.iter().map(|f| &f.bossung).collect();
        curves.push(("all together".to_owned(), bossung::el_dof(&all, &foci)));
    }
    let mut chart = Chart::new(
        "Exposure latitude against depth of focus",
        Axis::linear("depth of focus (nm)", foci.iter().map(|f| 2.0 * f)),
        Axis::linear("exposure latitude (%)", curves.iter().flat_map(|c| &c.1).map(|p| p.1)),
    );
    for (i, (name, points)) in curves.iter().enumerate() {
        chart.line(points, PALETTE[i % PALETTE.len()], 2.0);
        chart.legend(name.chars().take(18).collect::<String>(), PALETTE[i % PALETTE.len()]);
    }
    chart.render()
}
