//! The size of a simulation: cores and memory, for all points or by pattern.

use libchar_core::config::Config;
use libchar_core::glob::matches;
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_pvt::RunConfig;

/// Cores and memory of one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Cores.
    pub threads: u32,
    /// Memory in GB.
    pub mem_gb: u32,
}

/// How large the simulation of each point is.
#[derive(Debug, Clone)]
pub struct Sizes {
    usual: Need,
    /// Patterns of points whose size differs, the most specific (longest) first.
    special: Vec<(String, Need)>,
}

impl Sizes {
    /// Reads `CPU` and `MEM` of `config.cfg`, and the `[sizes."PATTERN"]` tables of the
    /// configuration, which override them.
    ///
    /// # Errors
    /// A size of no core or no memory.
    pub fn of(run: &RunConfig, config: &Config, simulator: &Simulator) -> Result<Sizes, Faults> {
        let need = |cpu: u32, mem_gb| Need { threads: simulator.threads(cpu), mem_gb };
        let mut special = Vec::new();
        for (pattern, table) in config.section("sizes") {
            let value = |name: &str, usual: u32| match table.get(name).and_then(|v| v.as_integer())
            {
                None => Ok(usual),
                Some(n) => u32::try_from(n).ok().filter(|n| *n > 0).ok_or_else(|| {
                    let key = format!("sizes.{pattern:?}.{name}");
                    Faults::from(
                        Fault::of(key, format!("`{n}` is not a size")).expected("1 or more"),
                    )
                }),
            };
            let (cpu, mem_gb) = (value("cpu", run.cpu)?, value("mem_gb", run.mem_gb)?);
            special.push((pattern.clone(), need(cpu, mem_gb)));
        }
        special.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Ok(Sizes { usual: need(run.cpu, run.mem_gb), special })
    }

    /// The size of a point.
    pub fn need(&self, point: &str) -> Need {
        let special = self.special.iter().find(|(pattern, _)| matches(pattern, point));
        special.map_or(self.usual, |(_, need)| *need)
    }
}

/// The cores and memory that the simulations on this machine may use together.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Cores.
    pub cores: u32,
    /// Memory in GB; `None` if it is not limited.
    pub mem_gb: Option<u32>,
}

impl Room {
    /// Whether one more simulation fits beside the running ones. A simulation that is too large for
    /// the machine runs alone.
    pub fn fits(&self, running: impl IntoIterator<Item = Need>, more: Need) -> bool {
        let mut sum = more;
        let mut alone = true;
        for need in running {
            sum.threads = sum.threads.saturating_add(need.threads);
            sum.mem_gb = sum.mem_gb.saturating_add(need.mem_gb);
            alone = false;
        }
        alone || (sum.threads <= self.cores && self.mem_gb.is_none_or(|most| sum.mem_gb <= most))
    }

    /// How many simulations of one size fit beside each other; at least one.
    pub fn slots(&self, need: Need) -> usize {
        let by_cores = self.cores / need.threads.max(1);
        let by_memory = self.mem_gb.map_or(u32::MAX, |most| most / need.mem_gb.max(1));
        by_cores.min(by_memory).max(1) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::{Need, Room, Sizes};
    use libchar_engine::Simulator;
    use libchar_pvt::RunConfig;

    const SMALL: Need = Need { threads: 1, mem_gb: 2 };
    const LARGE: Need = Need { threads: 4, mem_gb: 12 };

    #[test]
    fn what_runs_together_stays_within_cores_and_memory() {
        let room = Room { cores: 5, mem_gb: Some(16) };
        assert!(room.fits([LARGE], SMALL) && !room.fits([LARGE, SMALL], SMALL), "cores");
        assert!(!Room { cores: 8, ..room }.fits([LARGE, SMALL, SMALL], SMALL), "memory");
        assert!(Room { cores: 2, mem_gb: Some(1) }.fits([], LARGE), "alone");
        assert_eq!((room.slots(SMALL), room.slots(LARGE)), (5, 1));
        assert_eq!(Room { cores: 2, mem_gb: None }.slots(LARGE), 1);
    }

    #[test]
    fn sizes_are_those_of_config_cfg_with_those_of_patterns_over_them() {
        let run = RunConfig::parse("config.cfg", b"CPU=2\nMEM=8\n", &["primesim"]).unwrap();
        let hspice = Simulator::find("hspice", &toml::Table::new()).unwrap();
        let of = |lines: &str, simulator: &Simulator| {
            Sizes::of(&run, &crate::fixture::config(lines), simulator)
        };
        let sizes =
            of("[sizes]\n'SS/*' = { cpu = 4 }\n'SS/*/v1' = { mem_gb = 16 }", &hspice).unwrap();
        let need = |point: &str| (sizes.need(point).threads, sizes.need(point).mem_gb);
        assert_eq!((need("TT/x/v1"), need("SS/x/v2"), need("SS/x/v1")), ((2, 8), (4, 8), (2, 16)));
        // A simulator with one thread takes one core, whatever is configured.
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        assert_eq!(of("", &ngspice).unwrap().need("TT").threads, ngspice.threads(2));
        for wrong in ["cpu = 0", "mem_gb = -1", "cpu = 5000000000"] {
            let error = of(&format!("[sizes]\n'SS/*' = {{ {wrong} }}"), &hspice).unwrap_err();
            assert!(error.to_string().contains("is not a size"), "{error}");
        }
    }

    #[test]
    fn the_longest_pattern_wins() {
        let special = vec![("SS/*/v1".to_owned(), LARGE), ("SS/*".to_owned(), SMALL)];
        let sizes = Sizes { usual: Need { threads: 2, mem_gb: 1 }, special };
        assert_eq!(sizes.need("SS/typical/typical_25/v1"), LARGE);
        assert_eq!(sizes.need("SS/typical/typical_25/v2"), SMALL);
        assert_eq!(sizes.need("TT/typical/typical_25/v1").threads, 2);
    }
}
