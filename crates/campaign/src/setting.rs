//! Settings that several stages read, and faults of settings at their places.

use libchar_core::config::{Config, Origin};
use libchar_core::{Fault, Faults};
use libchar_report::{Specs, limits};

/// A fault of a setting.
pub fn fault(config: &Config, key: &str, found: impl Into<String>) -> Fault {
    let found = format!("{key}: {}", found.into());
    match config.get(key).map(|setting| &setting.origin) {
        Some(Origin::File(file, line)) => Fault::at(file, *line, 0, found),
        Some(origin) => Fault::of(origin.to_string(), found),
        None => Fault::of("configuration", found),
    }
}

/// A fault of a setting, or of the first setting in a table.
pub fn fault_below(config: &Config, table: &str, found: impl Into<String>) -> Fault {
    let is_below = |path: &str| {
        path.replace('"', "")
            .strip_prefix(table)
            .is_some_and(|rest| rest.starts_with('.') || rest.is_empty())
    };
    let found_at = config.iter().find(|(path, _)| is_below(path));
    match found_at.map(|(_, setting)| setting.origin.clone()) {
        Some(Origin::File(file, line)) => Fault::at(file, line, 0, found),
        _ => Fault::of("configuration", found),
    }
}

/// The limits of measures.
///
/// # Errors
/// Every limit that contradicts another, at its place.
pub fn specs(config: &Config) -> Result<Specs, Faults> {
    let fault = |measure: &str, what| fault_below(config, &format!("specs.{measure}"), what);
    limits::read(&config.section("specs"), fault)
}

/// A count of the configuration, if it is not 0.
pub fn positive<T: TryFrom<i64>>(config: &Config, key: &str) -> Option<T> {
    config.integer(key).filter(|n| *n > 0).and_then(|n| T::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::{fault, fault_below, positive, specs};
    use libchar_core::config::Config;

    fn config(text: &str) -> Config {
        let mut config = Config::defaults();
        config.add_file("l.toml", text.as_bytes(), None, &|_| None, None).unwrap();
        config
    }

    #[test]
    fn a_fault_stands_where_the_setting_stands() {
        let config = config("[report]\ntyp = \"x\"\n[specs.tphl]\nunit = \"s\"\nmax = 1.0\n");
        let of = |fault: libchar_core::Fault| (fault.file, fault.line, fault.found);
        let at = |line, found: &str| ("l.toml".to_owned(), line, found.to_owned());
        assert_eq!(of(fault(&config, "report.typ", "no")), at(2, "report.typ: no"));
        assert_eq!(fault(&config, "run.preset", "no").file, "configuration");
        let below = of(fault_below(&config, "specs.tphl", "no"));
        assert!((4..=5).contains(&below.1) && below.2 == "no", "{below:?}");
        assert_eq!(fault_below(&config, "specs.tph", "no").file, "configuration", "whole names");
    }

    #[test]
    fn a_limit_is_faulted_at_its_own_table() {
        let config = config("[specs.tphl]\nmax = 1.0\n[specs.t]\nmin = 2.0\nmax = 1.0\n");
        let error = specs(&config).unwrap_err().to_string();
        assert!(
            error.starts_with("l.toml:4: specs.t") || error.starts_with("l.toml:5: specs.t"),
            "{error}"
        );
    }

    #[test]
    fn nothing_and_0_are_no_count() {
        let config = config("[run]\njobs = 3\n[cluster]\npack = 0\n");
        assert_eq!(positive::<usize>(&config, "run.jobs"), Some(3));
        assert_eq!(positive::<usize>(&config, "cluster.pack"), None);
        assert_eq!(positive::<u32>(&config, "cluster.max_running"), None);
    }
}
