//! The site's own program after the stages.

use crate::interrupted::Interrupted;
use anyhow::{Context as _, Result, bail};
use libchar_core::Faults;
use libchar_core::config::{Config, Origin};
use libchar_runner::{Program, Signals};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Variables with the paths of files for the program, and the names of these files in the domain.
const PATHS: [(&str, &str); 8] = [
    ("LIBCHAR_DOMAIN", ""),
    ("LIBCHAR_CONFIG", libchar_pvt::config::FILE),
    ("LIBCHAR_POINTS", libchar_pvt::points::FILE),
    ("LIBCHAR_RESULTS", libchar_report::FILE),
    ("LIBCHAR_MEASURES", "measures"),
    ("LIBCHAR_REPORT", "creport.txt"),
    ("LIBCHAR_REPORT_CSV", "creport.csv"),
    ("LIBCHAR_REPORT_JSON", "creport.json"),
];

/// The absolute path of the program.
///
/// # Errors
/// No program, or one that is no executable file.
pub fn path(config: &Config) -> Result<PathBuf> {
    config.consent("usr").map_err(Faults::from)?;
    let setting = config.get("usr.script");
    let named = setting.and_then(|setting| setting.value.as_str());
    let (Some(setting), Some(named)) = (setting, named) else {
        bail!("no program for the usr stage: set usr.script in libchar.toml");
    };
    // A path in a configuration file is relative to that file.
    let beside = match &setting.origin {
        Origin::File(file, _) => Path::new(file).parent().map(Path::to_owned),
        _ => None,
    };
    let path = std::path::absolute(beside.unwrap_or_default().join(named))?;
    let place = format!("{}: usr.script is {named}", setting.origin);
    let metadata = fs::metadata(&path).with_context(|| place.clone())?;
    if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
        bail!("{place}: {} is not an executable file", path.display());
    }
    Ok(path)
}

/// The variables of the program: the places of a domain's files, each an absolute path, and the name of the newest backup.
pub fn environment(domain: &Path, backup: Option<&str>) -> BTreeMap<OsString, OsString> {
    let place = |name: &str| match name {
        "" => domain.to_owned(),
        name => domain.join(name),
    };
    let newest = backup.map(|name| place(name).into_os_string()).unwrap_or_default();
    PATHS
        .iter()
        .map(|(variable, name)| ((*variable).into(), place(name).into()))
        .chain([("LIBCHAR_BACKUP".into(), newest)])
        .collect()
}

/// Runs the program to its end; whether it has findings to report.
///
/// # Errors
/// A program that cannot be started, or did not end by itself with 0 or 1.
pub fn run(program: &Program) -> Result<bool> {
    let ended = program.run(&Signals::watch()?)?;
    if let Some(signal) = ended.stopped_by {
        return Err(Interrupted(signal).into());
    }
    let shown = program.path.display();
    match ended.code {
        _ if ended.timed_out => bail!("{shown} took longer than run.timeout and was ended"),
        Some(0) => Ok(false),
        Some(1) => Ok(true),
        Some(code) => bail!("{shown} exited with {code}"),
        None => bail!("{shown} was ended by signal {}", ended.signal.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::{environment, path, run};
    use libchar_core::config::Config;
    use libchar_runner::Program;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::time::Duration;

    fn shell(script: &str) -> Program {
        let args = vec!["-c".into(), script.into()];
        Program { path: "/bin/sh".into(), args, ..Program::default() }
    }

    #[test]
    fn exit_code_1_is_a_finding_and_any_other_an_error() {
        assert!(!run(&shell("exit 0")).unwrap() && run(&shell("exit 1")).unwrap());
        let said = |program: &Program| run(program).unwrap_err().to_string();
        assert_eq!(said(&shell("exit 3")), "/bin/sh exited with 3");
        assert_eq!(said(&shell("kill -9 $$")), "/bin/sh was ended by signal 9");
        let slow = Program { timeout: Some(Duration::from_millis(100)), ..shell("exec sleep 60") };
        assert_eq!(said(&slow), "/bin/sh took longer than run.timeout and was ended");
    }

    #[test]
    fn a_path_in_a_file_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("libchar.toml").display().to_string();
        let mut config = Config::defaults();
        assert!(path(&config).unwrap_err().to_string().starts_with("no program for the usr stage"));
        config.add_file(&file, b"[usr]\nscript = \"plot.sh\"\n", None, &|_| None, None).unwrap();
        let plot = folder.path().join("plot.sh");
        fs::write(&plot, "#!/bin/sh\n").unwrap();
        let error = path(&config).unwrap_err().to_string();
        assert!(error.ends_with("plot.sh is not an executable file"), "{error}");
        fs::set_permissions(&plot, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(path(&config).unwrap(), plot);
    }

    #[test]
    fn a_program_is_told_where_things_are() {
        let told = environment(Path::new("/d"), Some("domain.bkp_1"));
        let of = |name: &str| told[std::ffi::OsStr::new(name)].to_str().unwrap();
        assert_eq!((of("LIBCHAR_DOMAIN"), of("LIBCHAR_CONFIG")), ("/d", "/d/config.cfg"));
        assert_eq!(of("LIBCHAR_BACKUP"), "/d/domain.bkp_1");
        let none = environment(Path::new("/d"), None);
        assert_eq!(none[std::ffi::OsStr::new("LIBCHAR_BACKUP")], "");
    }
}
