//! Runs a stage of the characterization chain: by the site's validated core if one is configured,
//! else by libchar itself.

use crate::context::Context;
use crate::exit::{self, Outcome};
use crate::validated_core::ValidatedCore;
use anyhow::Result;
use libchar_history::Stage;
use serde_json::json;
use std::time::Instant;

/// Runs a stage, and records its result in history and metrics.
pub fn run(
    name: &str,
    ctx: &Context,
    built_in: impl FnOnce() -> Result<Outcome>,
) -> Result<Outcome> {
    let core = ValidatedCore::configured(ctx)?;
    timed(name, ctx, || match core {
        Some(core) => {
            ctx.begin(name, json!({ "core": core.version() }));
            core.run(name, ctx)
        }
        None => built_in(),
    })
}

/// Runs a stage that no validated core performs, and records its result in history and metrics.
pub fn timed(
    name: &str,
    ctx: &Context,
    built_in: impl FnOnce() -> Result<Outcome>,
) -> Result<Outcome> {
    let began = (Instant::now(), jiff::Timestamp::now());
    let result = built_in();
    let code = exit::number(&result);
    let duration_s = began.0.elapsed().as_secs_f64();
    ctx.record_stage(Stage {
        stage: name.to_owned(),
        status: exit::status(code).to_owned(),
        started_at: began.1.to_string(),
        completed_at: Some(jiff::Timestamp::now().to_string()),
        duration_s: Some(duration_s),
        exit_code: Some(code.into()),
    })?;
    let mut metrics = ctx.metrics.borrow_mut();
    let labels = [("stage", name)];
    let help = "Wall time of the stage's last run";
    metrics.gauge("libchar_stage_duration_seconds", help, &labels, duration_s);
    let help = "Exit code of the stage's last run";
    metrics.gauge("libchar_stage_exit_code", help, &labels, code.into());
    result
}
