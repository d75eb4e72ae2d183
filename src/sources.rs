//! The environment that the process inherits.

use libchar_campaign::environment::Environment;
use libchar_campaign::netlists::Netlists;
use libchar_campaign::start;

/// The variables of the environment.
pub fn environment() -> Environment {
    Environment::of(std::env::vars_os())
}

/// The files that decks read, searched as any simulator here may find them.
pub fn netlists() -> Netlists {
    Netlists::new(start::any_search(&environment()))
}
