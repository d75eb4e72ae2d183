//! `samples=auto:1%`: computes the number of samples from the present results.

use crate::context::Context;
use crate::told;
use anyhow::Result;
use libchar_campaign::budget::{decision, why};
use libchar_campaign::fresh::present_samples;
use libchar_campaign::setting::specs;
use libchar_pvt::config::Budget;
use std::path::Path;

/// Whether the present results require another number of samples.
///
/// # Errors
/// Faults of the results or of the limits.
pub fn differs(of: Budget, ctx: &Context) -> Result<bool> {
    Ok(decision(Path::new(""), of, &specs(&ctx.config)?)?.samples != present_samples())
}

/// The required number of samples, which is also reported with its reason.
///
/// # Errors
/// Faults of the results or of the limits.
pub fn decide(of: Budget, ctx: &Context) -> Result<usize> {
    let found = decision(Path::new(""), of, &specs(&ctx.config)?)?;
    told::say(ctx, why(of, &found));
    Ok(found.samples)
}
