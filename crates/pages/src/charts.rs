//! Which pictures the documents of other commands get: a new picture is an entry of the table, not
//! code.

/// A picture of some members of a document.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    /// Name of the document's schema.
    pub schema: &'static str,
    /// Heading.
    pub title: &'static str,
    /// Path to a list of records, or to a record of lists; its members are separated by dots.
    pub of: &'static str,
    /// How it is drawn.
    pub form: Form,
    /// Paths, from the document's root, to numbers that are drawn as limits.
    pub limits: &'static [&'static str],
}

/// How values are drawn.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Values against a number.
    Lines {
        /// Member on the horizontal axis; if empty, the position in the list.
        x: &'static str,
        /// Its title.
        x_title: &'static str,
        /// Title of the vertical axis.
        y_title: &'static str,
        /// Members, each with its name.
        lines: &'static [(&'static str, &'static str)],
        /// Members between which the area is shaded.
        band: Option<(&'static str, &'static str)>,
        /// Member that is drawn as dots.
        dots: Option<&'static str>,
        /// Member whose values split the first line into several.
        by: Option<&'static str>,
    },
    /// One bar for each record, with the ends of its interval.
    Bars {
        /// Members that name the record.
        label: &'static [&'static str],
        /// Member that is drawn.
        value: &'static str,
        /// Its title.
        title: &'static str,
        /// Members of the interval's ends.
        interval: Option<(&'static str, &'static str)>,
    },
}

/// Values against a number, without the rarer options.
const fn lines(
    x: &'static str,
    x_title: &'static str,
    y_title: &'static str,
    lines: &'static [(&'static str, &'static str)],
) -> Form {
    Form::Lines { x, x_title, y_title, lines, band: None, dots: None, by: None }
}

/// Bars without intervals.
const fn bars(label: &'static [&'static str], value: &'static str, title: &'static str) -> Form {
    Form::Bars { label, value, title, interval: None }
}

/// All pictures, those of a document in their order on the page.
pub const CHARTS: &[Chart] = &[
    Chart {
        schema: "libchar.vm-train",
        title: "Error of each model and baseline",
        of: "scores",
        form: bars(&["name"], "rmse", "root of the mean square error"),
        limits: &[],
    },
    Chart {
        schema: "libchar.vm-train",
        title: "Skill over each baseline, with its interval",
        of: "skill",
        form: Form::Bars {
            label: &["over"],
            value: "value",
            title: "1 - MSE(model)/MSE(baseline)",
            interval: Some(("low", "high")),
        },
        limits: &[],
    },
    Chart {
        schema: "libchar.vm-predict",
        title: "Predictions with their intervals, and what was measured",
        of: "runs",
        form: Form::Lines {
            x: "",
            x_title: "run, in the order of the file",
            y_title: "value",
            lines: &[("predicted", "predicted")],
            band: Some(("low", "high")),
            dots: Some("measured"),
            by: None,
        },
        limits: &[],
    },
    Chart {
        schema: "libchar.vm-forecast",
        title: "The next runs",
        of: "runs",
        form: Form::Lines {
            x: "ahead",
            x_title: "runs ahead",
            y_title: "value",
            lines: &[("forecast", "forecast"), ("naive", "last value")],
            band: Some(("low", "high")),
            dots: None,
            by: None,
        },
        limits: &["violation.lower", "violation.upper"],
    },
    Chart {
        schema: "libchar.vm-forecast",
        title: "Probability that a limit is violated",
        of: "runs",
        form: lines(
            "ahead",
            "runs ahead",
            "probability",
            &[("p_violated", "any run so far"), ("p_beyond", "this run")],
        ),
        limits: &["violation.risk"],
    },
    Chart {
        schema: "libchar.r2r-design",
        title: "Output after a step of the disturbance by one",
        of: "",
        form: lines("", "runs after the step", "output", &[("y_after_step", "output")]),
        limits: &[],
    },
    Chart {
        schema: "libchar.spc-health",
        title: "Distance from the reference runs, smoothed",
        of: "runs",
        form: lines("run", "run", "EWMA of log T²", &[("ewma_log_t2", "EWMA"), ("log_t2", "run")]),
        limits: &["limit"],
    },
    Chart {
        schema: "libchar.spc-drift",
        title: "Evidence of a drift",
        of: "",
        form: lines("", "point", "level", &[("levels", "level")]),
        limits: &["limit.level"],
    },
    Chart {
        schema: "libchar.spc-gage-rr",
        title: "What the study variation comes from",
        of: "study.percent_study_variation",
        form: bars(&["name"], "value", "share of the study variation in %"),
        limits: &[],
    },
    Chart {
        schema: "libchar.diffuse-sensitivity",
        title: "Change of a figure in % where an input changes by 1 %",
        of: "rows",
        form: bars(&["figure", "input"], "elasticity", "elasticity"),
        limits: &[],
    },
    Chart {
        schema: "libchar.litho-simulate",
        title: "Dose that prints within the tolerance, over focus",
        of: "rows.0.window",
        form: Form::Lines {
            x: "focus_nm",
            x_title: "defocus (nm)",
            y_title: "relative dose",
            lines: &[("dose_low", "least dose"), ("dose_high", "greatest dose")],
            band: Some(("dose_low", "dose_high")),
            dots: None,
            by: None,
        },
        limits: &[],
    },
    Chart {
        schema: "libchar.litho-simulate",
        title: "Image",
        of: "rows.0.samples",
        form: lines("x_nm", "x (nm)", "relative intensity", &[("intensity", "intensity")]),
        limits: &["rows.0.threshold"],
    },
    Chart {
        schema: "libchar.litho-fem",
        title: "Line width over focus, one line per dose",
        of: "rows",
        form: Form::Lines {
            x: "focus_nm",
            x_title: "focus (nm)",
            y_title: "CD (nm)",
            lines: &[("cd_nm", "CD")],
            band: None,
            dots: None,
            by: Some("dose_relative"),
        },
        limits: &[],
    },
    Chart {
        schema: "libchar.litho-drift",
        title: "Population stability index of each input",
        of: "rows",
        form: bars(&["column"], "psi", "PSI"),
        limits: &[],
    },
    Chart {
        schema: "libchar.litho-trend",
        title: "Predicted between the ends of its interval, simulated and measured, from job to job",
        of: "rows",
        form: Form::Lines {
            x: "",
            x_title: "job, the oldest first",
            y_title: "value",
            lines: &[
                ("predicted", "predicted"),
                ("simulated", "simulated"),
                ("measured", "measured"),
            ],
            band: Some(("predicted_low", "predicted_high")),
            dots: None,
            by: None,
        },
        limits: &[],
    },
    Chart {
        schema: "libchar.history-trend",
        title: "Mean of each run, between its least and its greatest value",
        of: "rows",
        form: Form::Lines {
            x: "",
            x_title: "run, the oldest first",
            y_title: "value",
            lines: &[("mean", "mean")],
            band: Some(("min", "max")),
            dots: None,
            by: None,
        },
        limits: &[],
    },
];
