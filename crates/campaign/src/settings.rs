//! What the configuration says of a run on this machine.

use crate::engine::Engine;
use crate::local::Place;
use crate::machine::Retries;
use crate::presets::Preset;
use crate::setting::positive;
use crate::size::Room;
use libchar_core::Note;
use libchar_core::config::Config;
use libchar_core::number::significant;
use libchar_runner::retry::Backoff;

/// What may be used of this machine; at most `most` simulations at the same time.
pub fn place(jobs: Option<usize>, most: Option<usize>, config: &Config) -> Place {
    let room = Room { cores: cores(jobs, config), mem_gb: positive(config, "run.memory_gb") };
    Place { room, most: most.unwrap_or(usize::MAX).max(1) }
}

/// Number of cores that may be used: as given, else as configured, else all.
pub fn cores(jobs: Option<usize>, config: &Config) -> u32 {
    let wanted = jobs.or_else(|| positive(config, "run.jobs")).filter(|jobs| *jobs > 0);
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    u32::try_from(wanted.unwrap_or_else(all)).unwrap_or(u32::MAX)
}

/// How often failures that may pass are tried again: as asked for, else as configured.
pub fn retries(asked: Option<u32>, config: &Config) -> Retries {
    let first = config.duration("run.retry_delay").unwrap_or_default();
    Retries {
        most: asked.or_else(|| positive(config, "run.retries")).unwrap_or(0),
        backoff: Backoff { first },
    }
}

/// What a user should know of a preset. A run with other options than those of the decks is never silent.
pub fn note_of_preset(preset: &Preset, engine: &Engine) -> Note {
    let Preset { name, options, measured } = preset;
    let Some(measured) = measured else {
        let message = format!("preset {name} ({options}): its errors were not measured");
        return Note::Warning("preset", message);
    };
    let worst = measured.errors.values().map(|errors| errors.worst()).fold(0.0, f64::max);
    let worst = significant(100.0 * worst, 2);
    let message = format!("preset {name} ({options}): errors up to {worst} %");
    let (simulator, version) = (&measured.simulator, &measured.version);
    if (simulator, version) == (&engine.name, &engine.version) {
        Note::Info("preset", message)
    } else {
        let now = &engine.version;
        let message = format!("{message}, measured with {simulator} {version}; this is {now}");
        Note::Warning("preset", message)
    }
}

#[cfg(test)]
mod tests {
    use super::{cores, note_of_preset, place, retries};
    use crate::fixture::{Domain, config};
    use crate::presets::{Measured, Preset};
    use libchar_core::Note;
    use libchar_engine::Options;
    use std::time::Duration;

    #[test]
    fn what_is_asked_for_goes_before_what_is_configured() {
        let config = config("run = { jobs = 3, retries = 2, retry_delay = '5s', memory_gb = 16 }");
        assert_eq!((cores(Some(2), &config), cores(None, &config)), (2, 3));
        assert_eq!(cores(Some(0), &config), cores(None, &crate::fixture::config("")), "0 is all");
        let of = place(Some(1), Some(0), &config);
        assert_eq!((of.room.cores, of.room.mem_gb, of.most), (1, Some(16), 1));
        assert_eq!((retries(Some(0), &config).most, retries(None, &config).most), (0, 2));
        assert_eq!(retries(None, &config).backoff.first, Duration::from_secs(5));
    }

    #[test]
    fn a_preset_that_another_simulator_measured_is_a_warning() {
        let engine = Domain::new(1).engine;
        let preset = |measured| Preset {
            name: "fast".to_owned(),
            options: Options::default().with("reltol", "1e-2"),
            measured,
        };
        let measured = |version: &str| Measured {
            tolerance: 0.001,
            simulator: "ngspice".to_owned(),
            version: version.to_owned(),
            cpu_ratio: 0.5,
            points: Vec::new(),
            verified: Vec::new(),
            errors: Default::default(),
        };
        let warns = |preset| matches!(note_of_preset(&preset, &engine), Note::Warning(..));
        assert!(warns(preset(None)) && warns(preset(Some(measured("ngspice-38")))));
        let Note::Info(_, message) = note_of_preset(&preset(Some(measured("ngspice-39"))), &engine)
        else {
            panic!("nothing to warn of")
        };
        assert_eq!(message, "preset fast (reltol=0.01): errors up to 0 %");
    }
}
