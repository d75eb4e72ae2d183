//! What the process inherits, and the desk at which crates read a domain.

use crate::context::Context;
use crate::told;
use libchar_campaign::desk::{Desk, Hears};
use libchar_campaign::environment::Environment;
use libchar_campaign::netlists::Netlists;
use libchar_campaign::start;
use libchar_core::Note;
use std::path::Path;

/// The variables of the environment.
pub fn environment() -> Environment {
    Environment::of(std::env::vars_os())
}

/// The files that decks read, searched as any simulator here may find them.
pub fn netlists() -> Netlists {
    Netlists::new(start::any_search(&environment()))
}

/// The desk in the current folder.
pub fn desk(ctx: &Context) -> Desk<'_> {
    Desk { folder: Path::new(""), config: &ctx.config, environment: environment(), hears: ctx }
}

impl Hears for Context {
    fn reads(&self, path: &Path) {
        self.depends(path);
    }

    fn notes(&self, note: Note) {
        match note {
            Note::Warning(about, message) => self.log.warning_once(about, message),
            other => told::say(self, other),
        }
    }
}
