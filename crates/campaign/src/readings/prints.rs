//! Printed vectors that count as measures.

use libchar_core::config::Config;
use libchar_engine::measure::printed;

/// The printed vectors that count as measures, in the normal form in which logs are searched.
pub fn prints(config: &Config) -> Vec<String> {
    config.texts("measures.print").iter().map(|name| printed::normal(name)).collect()
}
