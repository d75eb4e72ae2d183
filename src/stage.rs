//! Runs a stage of the characterization chain: by the site's validated core if one is configured,
//! else by libchar itself.

use crate::context::Context;
use crate::exit::{self, Outcome};
use anyhow::Result;
use libchar_campaign::validated::ValidatedCore;
use libchar_history::Stage;
use serde_json::json;
use std::path::Path;
use std::time::Instant;

/// Runs a stage, and records its result in history and metrics.
pub fn run(
    name: &str,
    ctx: &Context,
    built_in: impl FnOnce() -> Result<Outcome>,
) -> Result<Outcome> {
    let core = ValidatedCore::configured(&ctx.config)?;
    timed(name, ctx, || match core {
        Some(core) => {
            ctx.begin(name, json!({ "core": core.version() }));
            validated(&core, name, ctx)
        }
        None => built_in(),
    })
}

/// Checks the scripts of a validated core, then lets them do a stage.
fn validated(core: &ValidatedCore, stage: &str, ctx: &Context) -> Result<Outcome> {
    core.verify()?;
    let domain = std::env::current_dir()?;
    core.refuse_own(&domain)?;
    let _lock = ctx.lock(Path::new("."), stage)?;
    core.run(stage, &domain, ctx.config.duration("run.timeout"))?;
    Ok(Outcome::Fine)
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
