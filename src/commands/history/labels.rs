//! Changes of the history by people: labels, and the removal of old runs.

use super::find;
use crate::context::Context;
use crate::who;
use anyhow::Result;
use libchar_core::Frame;
use libchar_history::History as Database;

/// Reads `name=value`.
pub fn parse(text: &str) -> Result<(String, String), String> {
    let expected = "expected a label such as lot=L7";
    let (name, value) = text.split_once('=').ok_or(expected)?;
    let is_name = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_name { Ok((name.to_owned(), value.to_owned())) } else { Err(expected.to_owned()) }
}

/// Labels a run, and prints all of its labels.
pub fn tag(run: &str, tags: &[(String, String)], ctx: &Context) -> Result<()> {
    let database = Database::open(&ctx.history_path()?)?;
    let job = find(&database, run)?;
    database.tag(&job.job_id, tags, &who::actor(None))?;
    let mut frame = Frame::new("libchar.tags", 1, ["run", "name", "value", "user", "at"]);
    for tag in database.tags(&job.job_id)? {
        frame.push(vec![
            job.job_id.as_str().into(),
            tag.name.into(),
            tag.value.into(),
            tag.user.into(),
            tag.at.into(),
        ]);
    }
    ctx.print(&frame)
}

/// Removes old runs, and prints which.
pub fn prune(keep: usize, dry_run: bool, ctx: &Context) -> Result<()> {
    let database = Database::open(&ctx.history_path()?)?;
    let let_go = database.prune(keep, &who::actor(None), dry_run)?;
    let mut frame = Frame::new("libchar.history-pruned", 1, ["run"]);
    let runs = let_go.jobs.len();
    let_go.jobs.into_iter().for_each(|job| frame.push(vec![job.into()]));
    ctx.print(&frame)?;
    let verb = if dry_run { "would be removed" } else { "were removed" };
    ctx.log.info("prune", format!("{runs} runs {verb}"));
    if let_go.open_alerts > 0 {
        let alerts = let_go.open_alerts;
        let message = format!("{alerts} unresolved alerts of these runs {verb} with them");
        ctx.log.warning("prune", message);
    }
    Ok(())
}
