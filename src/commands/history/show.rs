//! Shows one run.

use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::frame;
use libchar_history::{History as Database, Job};
use serde_json::{Value, json};

/// A run with everything recorded about it, as JSON.
pub fn body(database: &Database, job: &Job) -> Result<Value> {
    let id = &job.job_id;
    let parameters = job.parameters.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let parameters: Value = parameters.unwrap_or_default();
    let mut body = json!(job);
    body["parameters"] = parameters;
    body["inputs"] = json!(database.inputs(id)?);
    body["tags"] = json!(database.tags(id)?);
    body["stages"] = json!(database.stages(id)?);
    body["results"] = json!(database.results(id)?);
    body["alerts"] = json!(database.alerts_of(id)?);
    Ok(body)
}

/// Prints a run with everything recorded about it.
pub fn all(database: &Database, job: Job, ctx: &Context) -> Result<()> {
    ctx.write_document("-", &frame::document("libchar.run", 1, body(database, &job)?))
}

/// Prints the input that repeats a run: its run recipe, or the config.cfg of its domain.
pub fn recipe(database: &Database, job: Job, ctx: &Context) -> Result<()> {
    let config = || of_kind(database, &job, "config");
    let recipe = match job.recipe.clone() {
        Some(recipe) => Some(recipe),
        None => config()?,
    };
    let recipe = recipe.ok_or_else(|| Usage(format!("{} has no recipe", job.job_id)))?;
    ctx.write("-", recipe.as_bytes())
}

/// Prints the configuration of the run.
pub fn settings(database: &Database, job: &Job, ctx: &Context) -> Result<()> {
    let missing = || Usage(format!("the configuration of {} was not recorded", job.job_id));
    let settings = of_kind(database, job, "settings")?.ok_or_else(missing)?;
    ctx.write("-", settings.as_bytes())
}

fn of_kind(database: &Database, job: &Job, kind: &str) -> Result<Option<String>> {
    let inputs = database.inputs(&job.job_id)?;
    Ok(inputs.into_iter().find(|input| input.kind == kind).and_then(|input| input.text))
}
