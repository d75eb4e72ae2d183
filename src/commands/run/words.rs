//! What a run says of its points while it works.

use super::status::Status;
use crate::context::Context;
use crate::log::Level;
use libchar_campaign::recipes::Recipe;
use libchar_engine::Class;
use serde_json::json;
use std::time::Duration;

/// The class and the reason of a failure.
fn failure(status: &Status) -> String {
    let class = status.class.map_or("", Class::word);
    format!("{class}: {}", status.reason.as_deref().unwrap_or_default())
}

/// A point did not converge, and another recipe is tried.
pub fn next_recipe(status: &Status, recipe: &Recipe, ctx: &Context) {
    let Recipe { name, options } = recipe;
    let message = format!("{}; trying {name} ({options})", failure(status));
    ctx.log.point(Level::Info, "recipe", &status.point, message);
}

/// A point is tried again after a while.
pub fn retry(status: &Status, wait: Duration, ctx: &Context) {
    let message = format!("{}; again in {:.1} s", failure(status), wait.as_secs_f64());
    ctx.log.point(Level::Info, "retry", &status.point, message);
}

/// A point failed; `stays` tells whether it keeps an earlier result.
pub fn failed(status: &Status, stays: bool, ctx: &Context) {
    let stays = if stays { "; the earlier result stays" } else { "" };
    ctx.log.point(Level::Warning, "failed", &status.point, format!("{}{stays}", failure(status)));
}

/// A point is done, perhaps not as it usually is.
pub fn done(status: &Status, ctx: &Context) {
    let say = |event, message| ctx.log.point(Level::Warning, event, &status.point, message);
    if let Some(recipe) = &status.recipe {
        say("recipe", format!("done with the options of {recipe}"));
    }
    if status.flaky {
        say("flaky", format!("done at attempt {}: flaky", status.attempts));
    }
}

/// A point is settled.
pub fn settled(status: &Status, ctx: &Context) {
    let fields = json!({
        "status": status.status.word(),
        "class": status.class.map(Class::word),
        "attempts": status.attempts,
    });
    ctx.log.event("settled", Some(&status.point), status.status.word(), fields);
}

/// Trimmed models changed measures.
pub fn models_differ(ctx: &Context) {
    let message = "trimmed models do not give the same measures: the whole library is used";
    ctx.log.warning("trim", message);
}
