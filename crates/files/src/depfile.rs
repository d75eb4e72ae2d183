//! A make rule that names the files which a run wrote and read.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The files that a run wrote, and those that it read and did not write.
#[derive(Debug)]
pub struct Rule {
    targets: BTreeSet<PathBuf>,
    inputs: BTreeSet<PathBuf>,
    /// Inputs that the run can do without.
    spare: BTreeSet<PathBuf>,
}

impl Rule {
    /// Makes the rule of a run that read `read`, wrote `wrote`, and made further files, `made`, for
    /// a later stage.
    ///
    /// Paths that do not exist are not inputs, because make would call the run again and again.
    /// `is_needed` returns whether the run is impossible without an input.
    pub fn new(
        read: impl IntoIterator<Item = PathBuf>,
        wrote: &[PathBuf],
        made: &[PathBuf],
        is_needed: impl Fn(&Path) -> bool,
    ) -> Rule {
        let plain = |path: &Path| path.strip_prefix(".").unwrap_or(path).to_owned();
        let set = |paths: &[PathBuf]| paths.iter().map(|path| plain(path)).collect();
        let (targets, made): (BTreeSet<PathBuf>, BTreeSet<PathBuf>) = (set(wrote), set(made));
        let is_input =
            |path: &PathBuf| !targets.contains(path) && !made.contains(path) && path.exists();
        let inputs: BTreeSet<PathBuf> =
            read.into_iter().map(|path| plain(&path)).filter(is_input).collect();
        let spare = inputs.iter().filter(|path| !is_needed(path)).cloned().collect();
        Rule { targets, inputs, spare }
    }

    /// Returns the rule as text. Each input that the run can do without gets an empty rule of its
    /// own, so that make does not stop if the file was removed: the run itself reports what is
    /// missing.
    pub fn text(&self) -> String {
        // Make splits at blanks and expands `$`; a backslash and a second dollar protect them.
        let escape = |path: &PathBuf| {
            path.display().to_string().replace('$', "$$").replace(' ', "\\ ").replace('#', "\\#")
        };
        let list = |paths: &BTreeSet<PathBuf>| paths.iter().map(escape).collect::<Vec<_>>();
        let alone: String = list(&self.spare).iter().map(|input| format!("\n{input}:\n")).collect();
        let (targets, inputs) = (list(&self.targets), list(&self.inputs));
        format!("{}: {}\n{alone}", targets.join(" "), inputs.join(" "))
    }

    /// Makes the targets older than the newest input, so that make calls the run again and the run repeats its findings.
    ///
    /// If the time of a target cannot be set, make takes the target for up to date.
    pub fn make_stale(&self) {
        let modified = |path: &PathBuf| fs::metadata(path).and_then(|about| about.modified()).ok();
        let newest = self.inputs.iter().filter_map(modified).max();
        let earlier = newest.and_then(|newest| newest.checked_sub(Duration::from_millis(10)));
        let Some(earlier) = earlier else { return };
        for target in &self.targets {
            if let Ok(file) = File::options().append(true).open(target) {
                let _ = file.set_modified(earlier);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn make_reads_blanks_dollars_and_removed_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            path
        };
        let (config, odd) = (file("config.cfg"), file("a $b #c"));
        let (report, rows) = (file("report.txt"), file("rows.csv"));
        let read = [config.clone(), odd, rows.clone(), report.clone(), folder.path().join("gone")];
        let rule = Rule::new(read, std::slice::from_ref(&report), &[rows], |path| {
            path.ends_with("config.cfg")
        });
        let base = folder.path().display().to_string();
        assert_eq!(
            rule.text(),
            format!(
                "{base}/report.txt: {base}/a\\ $$b\\ \\#c {base}/config.cfg\n\n{base}/a\\ $$b\\ \\#c:\n"
            )
        );
        let time = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
        rule.make_stale();
        assert!(time(&report) < time(&config));
    }

    #[test]
    fn a_path_of_this_folder_is_one_with_and_without_a_dot() {
        let rule = Rule::new([], &["./x".into(), "x".into()], &[], |_| true);
        assert_eq!(rule.text(), "x: \n");
    }
}
