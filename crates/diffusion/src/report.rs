//! The results of a run as documents: rows of figures, the profile, the JSON document.

use crate::figures::provenance;
use crate::loaded::Simulated;
use crate::recipe::Recipe;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, Note, frame};
use serde_json::{Value, json};

/// Unit of a figure, taken from its name.
pub fn unit(name: &str) -> Option<&'static str> {
    let stem = name.split('@').next().unwrap_or(name);
    [("_nm", "nm"), ("_ohm_sq", "ohm/sq"), ("_cm3", "cm-3"), ("dt_cm2", "cm2"), ("_cm2", "cm-2")]
        .into_iter()
        .find(|(tail, _)| stem.ends_with(tail))
        .map(|(_, unit)| unit)
}

/// One row per figure.
pub fn figures(simulated: &Simulated) -> Frame {
    let columns = ["figure", "value", "unit", "min", "max", "ok"];
    let mut frame = Frame::new("libchar.diffuse-figures", 1, columns);
    figure_rows(simulated).for_each(|row| frame.push(row));
    frame
}

/// Name, value, unit, limits of each figure, and whether the limits are met.
pub fn figure_rows(simulated: &Simulated) -> impl Iterator<Item = Vec<Cell>> {
    simulated.figures.figures.iter().map(|figure| {
        vec![
            figure.name.as_str().into(),
            figure.value.into(),
            unit(&figure.name).into(),
            figure.limits.and_then(|limits| limits.min).into(),
            figure.limits.and_then(|limits| limits.max).into(),
            figure.ok().into(),
        ]
    })
}

/// Concentrations over depth, the oxide at negative depths.
pub fn profile(simulated: &Simulated) -> Frame {
    let wafer = &simulated.run.wafer;
    let species = wafer.species();
    let mut columns = vec!["material".to_owned(), "depth_um".to_owned()];
    columns.extend(species.iter().map(|s| format!("{s}_cm3")));
    columns.extend(species.iter().map(|s| format!("{s}_active_cm3")));
    let defects = wafer.defects();
    if defects.is_some() {
        columns.extend(["i_over_istar", "v_over_vstar", "clusters_cm3"].map(str::to_owned));
    }
    let mut frame = Frame::new("libchar.diffuse-profile", 1, columns);
    for (i, depth) in wafer.oxide_depth_um().iter().enumerate() {
        let mut row: Vec<Cell> = vec!["oxide".into(), (*depth).into()];
        row.extend((0..species.len()).map(|k| Cell::from(wafer.oxide_conc(k)[i].max(0.0))));
        row.extend(species.iter().map(|_| Cell::Null));
        row.extend(defects.iter().flat_map(|_| [Cell::Null, Cell::Null, Cell::Null]));
        frame.push(row);
    }
    let profile = &simulated.figures.profile;
    let heated = !simulated.figures.layers.is_empty();
    for (i, depth) in profile.depth_um.iter().enumerate() {
        let mut row: Vec<Cell> = vec!["silicon".into(), (*depth).into()];
        row.extend(profile.dopants.iter().map(|d| Cell::from(d.conc_cm3[i])));
        row.extend(profile.dopants.iter().map(|d| Cell::from(heated.then(|| d.active_cm3[i]))));
        if let Some(state) = defects {
            let here = [state.i_ratio[i], state.v_ratio[i], state.clustered[i]];
            row.extend(here.map(Cell::from));
        }
        frame.push(row);
    }
    frame
}

/// Resistivity over depth by the recipe's mobility model, and the resistance between probes of a contact radius, um.
pub fn spreading(simulated: &Simulated, radius_um: f64) -> Frame {
    let mobility = simulated.parsed.recipe.model.mobility;
    let columns = [
        "depth_um",
        "type",
        "net_active_cm3",
        "mobility_cm2_vs",
        "resistivity_ohm_cm",
        "spreading_ohm",
        "contact_radius_um",
        "mobility",
    ];
    let mut frame = Frame::new("libchar.diffuse-spreading", 1, columns);
    for local in simulated.figures.profile.resistivity(mobility) {
        frame.push(vec![
            local.depth_um.into(),
            local.kind.letter().to_string().into(),
            local.net_cm3.into(),
            local.mobility_cm2_vs.into(),
            local.resistivity_ohm_cm.into(),
            local.spreading_ohm(radius_um).into(),
            radius_um.into(),
            mobility.name().into(),
        ]);
    }
    frame
}

/// Names of the models and parameter sets.
pub fn model(recipe: &Recipe) -> Value {
    let names = provenance(&recipe.model);
    names.into_iter().map(|(key, value)| (key, Value::from(value))).collect()
}

/// The JSON document of a run.
pub fn document(simulated: &Simulated) -> Value {
    let Simulated { parsed, run, figures } = simulated;
    let steps: Vec<Value> = run
        .steps
        .iter()
        .map(|step| {
            let dopants: Vec<Value> = step
                .dopants
                .iter()
                .map(|d| {
                    json!({
                        "species": d.species.name(),
                        "silicon_dose_cm2": d.silicon_dose_cm2,
                        "oxide_dose_cm2": d.oxide_dose_cm2,
                        "inflow_cm2": d.inflow_cm2,
                        "dt_cm2": d.dt_cm2,
                    })
                })
                .collect();
            json!({
                "type": step.word,
                "name": step.name,
                "tox_nm": step.tox_nm,
                "dopants": dopants,
                "time_steps": step.effort.steps,
                "rejected_steps": step.effort.rejected,
                "newton_iterations": step.effort.iterations,
                "warnings": step.warnings,
            })
        })
        .collect();
    let list: Vec<Value> = figures
        .figures
        .iter()
        .map(|figure| {
            json!({
                "figure": figure.name,
                "value": figure.value,
                "unit": unit(&figure.name),
                "min": figure.limits.and_then(|limits| limits.min),
                "max": figure.limits.and_then(|limits| limits.max),
                "ok": figure.ok(),
            })
        })
        .collect();
    let junctions: Vec<Value> = figures
        .junctions
        .iter()
        .map(|j| {
            let (above, below) = (j.above.letter().to_string(), j.below.letter().to_string());
            json!({ "depth_nm": j.depth_um * 1e3, "above": above, "below": below })
        })
        .collect();
    let layers: Vec<Value> = figures
        .layers
        .iter()
        .map(|layer| {
            json!({
                "type": layer.kind.letter().to_string(),
                "top_nm": layer.top_um * 1e3,
                "bottom_nm": layer.closed.then_some(layer.bottom_um * 1e3),
                "net_dose_cm2": layer.closed.then_some(layer.net_dose_cm2),
                "rs_ohm_sq": layer.closed.then_some(layer.rs_ohm_sq),
            })
        })
        .collect();
    frame::document(
        "libchar.diffuse",
        1,
        json!({
            "name": parsed.recipe.name,
            "model": model(&parsed.recipe),
            "figures": list,
            "junctions": junctions,
            "layers": layers,
            "steps": steps,
            "remarks": run.remarks.iter().chain(&figures.remarks).collect::<Vec<_>>(),
        }),
    )
}

/// What a run remarks and which limits it misses; `of` names the recipe where there are several.
pub fn notes(simulated: &Simulated, of: Option<&str>) -> Vec<Note> {
    let of = of.map_or(String::new(), |name| format!("{name}: "));
    let Simulated { run, figures, .. } = simulated;
    let warning = |about, text: String| Note::Warning(about, format!("{of}{text}"));
    let mut notes: Vec<Note> =
        run.remarks.iter().map(|remark| warning("recipe", remark.clone())).collect();
    for (number, step) in run.steps.iter().enumerate() {
        let word = step.name.as_deref().unwrap_or(step.word);
        let of_step =
            |text: &String| warning("model", format!("step {} ({word}): {text}", number + 1));
        notes.extend(step.warnings.iter().map(of_step));
    }
    notes.extend(
        figures.remarks.iter().map(|remark| Note::Info("figures", format!("{of}{remark}"))),
    );
    notes.extend(
        figures.missed().map(|f| warning("limit", format!("{} misses its limits", f.name))),
    );
    notes
}

/// The figures as the history keeps them, of a recipe where there are several.
pub fn kept(simulated: &Simulated, of: Option<&str>) -> impl Iterator<Item = Kept> {
    simulated.figures.figures.iter().map(move |figure| Kept {
        point: of.map(str::to_owned),
        measure: figure.name.clone(),
        value: figure.value,
        unit: unit(&figure.name),
        status: if figure.ok() == Some(false) { "outside" } else { "ok" }.to_owned(),
    })
}

/// One row per recipe and figure.
pub fn figures_of_all(stems: &[String], ran: &[Simulated]) -> Frame {
    let columns = ["recipe", "figure", "value", "unit", "min", "max", "ok"];
    let mut frame = Frame::new("libchar.diffuse-recipes", 1, columns);
    for (stem, simulated) in stems.iter().zip(ran) {
        for row in figure_rows(simulated) {
            frame.push(std::iter::once(stem.as_str().into()).chain(row).collect());
        }
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    #[test]
    fn a_figure_has_the_unit_that_its_name_says() {
        for (name, expected) in [
            ("xj_nm", Some("nm")),
            ("rs_ohm_sq", Some("ohm/sq")),
            ("peak_cm3", Some("cm-3")),
            ("boron_dose_cm2", Some("cm-2")),
            ("boron_dt_cm2", Some("cm2")),
            ("conc_cm3@0.1um", Some("cm-3")),
            ("ratio", None),
        ] {
            assert_eq!(unit(name), expected, "{name}");
        }
    }

    #[test]
    fn rows_document_and_profile_say_the_same() {
        let loaded = loaded(&format!("{DRIVE}\n[limits]\nxj_nm = {{ max = 1 }}\n"));
        let simulated = loaded.simulate(&loaded.document).unwrap();
        let document = document(&simulated);
        let list = document["figures"].as_array().unwrap();
        let rows: Vec<Vec<Cell>> = figure_rows(&simulated).collect();
        assert_eq!(list.len(), rows.len());
        for (object, row) in list.iter().zip(&rows) {
            let names = ["figure", "value", "unit", "min", "max", "ok"];
            let cells: Vec<Value> = names.iter().map(|name| object[*name].clone()).collect();
            assert_eq!(cells, row.iter().map(Cell::json).collect::<Vec<_>>());
        }
        let missed = list.iter().find(|figure| figure["figure"] == "xj_nm").unwrap();
        assert_eq!((&missed["ok"], &missed["max"]), (&json!(false), &json!(1.0)));
        let kept: Vec<Kept> = kept(&simulated, Some("a")).collect();
        let xj = kept.iter().find(|kept| kept.measure == "xj_nm").unwrap();
        assert_eq!((xj.unit, xj.status.as_str()), (Some("nm"), "outside"));
        assert!(
            kept.iter().all(|k| k.point.as_deref() == Some("a") && (k.status == "ok" || k == xj))
        );
        let missed_note = Note::Warning("limit", "a: xj_nm misses its limits".to_owned());
        assert_eq!(notes(&simulated, Some("a")).last(), Some(&missed_note));
        let junction = document["junctions"][0]["depth_nm"].as_f64().unwrap();
        assert_eq!(Some(junction), missed["value"].as_f64());
        let profile = profile(&simulated);
        assert_eq!(profile.len(), simulated.figures.profile.depth_um.len());
        let both = figures_of_all(&["a".to_owned(), "b".to_owned()], &[simulated]);
        assert_eq!(both.len(), rows.len());
    }
}
