//! The documents that can have a section, in the order of the page.

/// Schema names, their headings and the newest version that is known; the order is that of the page.
pub const KNOWN: &[(&str, &str, u64)] = &[
    ("libchar.creport", "Report", 1),
    ("libchar.results", "Results", 1),
    ("libchar.tune", "Simulator options", 1),
    ("libchar.tune-points", "Simulator options by point", 1),
    ("libchar.check", "Checks", 1),
    ("libchar.library", "Library", 1),
    ("libchar.flow", "Stages", 1),
    ("libchar.lib-check", "Liberty files", 1),
    ("libchar.diff", "Differences", 1),
    ("libchar.watch", "Runs", 1),
    ("libchar.spc-chart", "Process control", 1),
    ("libchar.spc-charts", "Process control", 1),
    ("libchar.spc-capability", "Capability", 1),
    ("libchar.spc-capability-table", "Capability", 1),
    ("libchar.spc-gage-rr", "Measurement system", 1),
    ("libchar.spc-gage-bias", "Bias of a gage", 1),
    ("libchar.spc-gage-linearity", "Linearity of a gage", 1),
    ("libchar.spc-gage-stability", "Stability of a gage", 1),
    ("libchar.spc-gage-type1", "Gage against a tolerance", 1),
    ("libchar.spc-components", "Variance components", 1),
    ("libchar.spc-tolerance", "Tolerance interval", 1),
    ("libchar.spc-drift", "Drift", 1),
    ("libchar.spc-health", "Health", 1),
    ("libchar.spc-forecast", "Forecast", 1),
    ("libchar.spc-features", "Features", 1),
    ("libchar.spc-baseline", "Baseline", 1),
    ("libchar.spc-baselines", "Baselines", 1),
    ("libchar.diffuse", "Diffusion", 1),
    ("libchar.diffuse-figures", "Figures of a profile", 1),
    ("libchar.diffuse-check", "Golden recipes", 1),
    ("libchar.diffuse-sweep", "Sweep", 1),
    ("libchar.diffuse-uniformity", "Uniformity", 1),
    ("libchar.diffuse-sensitivity", "Sensitivity", 1),
    ("libchar.diffuse-calibrate", "Calibration", 1),
    ("libchar.litho-simulate", "Lithography", 1),
    ("libchar.litho-sweep", "Sweep of the optics", 1),
    ("libchar.litho-fem", "Focus-exposure matrix", 1),
    ("libchar.litho-calibrate", "Calibration of the optics", 1),
    ("libchar.litho-calibrate-check", "A wafer against its process", 1),
    ("libchar.litho-predict", "Predictions", 2),
    ("libchar.litho-train", "Training", 1),
    ("libchar.litho-model", "Model", 1),
    ("libchar.litho-models", "Models", 1),
    ("libchar.litho-explain", "What a prediction rests on", 1),
    ("libchar.litho-optimise", "Best settings", 1),
    ("libchar.litho-gates", "Gates of a model", 1),
    ("libchar.litho-drift", "Drift of inputs, and of results that arrived", 2),
    ("libchar.litho-shadow", "Shadow trial", 1),
    ("libchar.litho-record", "Record of jobs", 1),
    ("libchar.litho-trend", "A signal from job to job", 1),
    ("libchar.litho-outcomes", "Measured outcomes", 1),
    ("libchar.litho-alerts", "Alerts of predictions", 1),
    ("libchar.metro", "Measurement", 1),
    ("libchar.vm-train", "Skill of virtual metrology", 1),
    ("libchar.vm-predict", "Virtual metrology", 1),
    ("libchar.vm-forecast", "Forecast of a series", 1),
    ("libchar.r2r-design", "Run-to-run control: design", 1),
    ("libchar.r2r-simulate", "Run-to-run control: simulation", 1),
    ("libchar.r2r-trim", "Run-to-run control: trim of a recipe", 1),
    ("libchar.r2r-step", "Run-to-run control: next recipe", 1),
    ("libchar.alerts", "Alerts", 1),
    ("libchar.history-trend", "Trend", 1),
    ("libchar.history", "History", 1),
    ("libchar.backups", "Backups", 1),
];

/// The position of a document on the page, and its heading.
///
/// # Errors
/// What is wrong with the schema, and what was expected.
pub fn section_of(
    schema: Option<&str>,
    version: Option<u64>,
) -> Result<(usize, &'static str), (String, String)> {
    let names = || KNOWN.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
    let Some(schema) = schema else {
        return Err(("the document has no schema.name".to_owned(), format!("one of {}", names())));
    };
    let found = KNOWN.iter().enumerate().find(|(_, (name, ..))| *name == schema);
    let Some((place, (_, title, newest))) = found else {
        return Err((format!("unknown schema `{schema}`"), format!("one of {}", names())));
    };
    match version {
        Some(version) if version <= *newest => Ok((place, title)),
        Some(version) => {
            Err((format!("{schema} has version {version}"), format!("version {newest} or older")))
        }
        None => Err((format!("{schema} has no version"), format!("version {newest} or older"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_newer_documents_are_refused() {
        assert_eq!(
            section_of(Some("libchar.spc-chart"), Some(1)).map(|(_, t)| t),
            Ok("Process control")
        );
        let (found, _) = section_of(Some("libchar.spc-chart"), Some(9)).expect_err("newer");
        assert_eq!(found, "libchar.spc-chart has version 9");
        let (_, expected) = section_of(Some("other"), Some(1)).expect_err("unknown");
        assert!(expected.contains("libchar.diffuse"));
        assert!(section_of(None, None).is_err());
    }
}
