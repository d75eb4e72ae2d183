//! Finds, before anything is simulated, what a later stage would refuse. `check` reports it, `gen`
//! and `flow` refuse it.

use crate::context::Context;
use crate::exit::explain;
use crate::sources::desk;
use anyhow::Result;
use libchar_campaign::domain::Domain;
pub use libchar_campaign::preflight::Found;
use libchar_campaign::preflight::Preflight;
use libchar_core::{Fault, Faults};

/// Everything in a domain that a later stage would refuse, as far as the files show it.
pub fn of_domain(domain: &Domain, ctx: &Context) -> Found {
    Preflight { domain, desk: &desk(ctx) }.of_domain()
}

/// The same without what another deck mends.
pub fn of_settings(domain: &Domain, ctx: &Context) -> Found {
    Preflight { domain, desk: &desk(ctx) }.of_settings()
}

/// Combines all errors into one.
///
/// # Errors
/// Every fault that was found.
pub fn refuse(found: Found) -> Result<()> {
    let mut faults = Vec::new();
    for (check, error) in found {
        match error.downcast::<Faults>() {
            Ok(more) => faults.extend(more.into_vec()),
            Err(error) => faults.push(Fault::of(check, explain(&error))),
        }
    }
    Ok(Faults::or((), faults)?)
}
