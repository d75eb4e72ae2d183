//! What the process inherits.

use libchar_campaign::environment::Environment;

/// The variables of the environment.
pub fn environment() -> Environment {
    Environment::of(std::env::vars_os())
}
