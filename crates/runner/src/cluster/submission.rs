//! Submissions: a folder with everything that its jobs need, and a journal that is written before
//! each act.

use crate::attempt::{self, Ticket};
use crate::signals::Signals;
use crate::trash;
use libchar_files::atomic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The script of every job. It is constant: all values are in the files of the submission's folder.
const SCRIPT: &str = "#!/bin/sh\n\
    # A job of libchar: $1 is the folder of its submission, $2 its element from 0 where no variable tells it.\n\
    exec \"$(cat \"$1/libchar\")\" supervise --submission \"$@\"\n";

/// Variables in which schedulers pass a job its element, from 1.
const ELEMENT_VARIABLES: [&str; 4] =
    ["SLURM_ARRAY_TASK_ID", "SGE_TASK_ID", "LSB_JOBINDEX", "PBS_ARRAY_INDEX"];

/// What happened to a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Entry {
    /// It is about to be submitted under this name.
    Intent {
        /// The name, unique for all time.
        name: String,
        /// The number of jobs of its array.
        elements: usize,
    },
    /// The scheduler gave it a number.
    Submitted {
        /// The name.
        name: String,
        /// The number.
        id: String,
    },
    /// No result of it is awaited any more.
    Closed {
        /// The name.
        name: String,
    },
}

/// A submission whose results are awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The name.
    pub name: String,
    /// The number of jobs of its array.
    pub elements: usize,
    /// The scheduler's number; `None` if it is not known whether it was submitted.
    pub id: Option<String>,
}

/// The journal of submissions: appended and synced before each act.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// The submissions that the text of a journal leaves open. A line that a crash tore is ignored: its
/// act did not happen.
pub fn outstanding(text: &str) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for line in text.lines() {
        match serde_json::from_str(line) {
            Ok(Entry::Intent { name, elements }) => open.push(Open { name, elements, id: None }),
            Ok(Entry::Submitted { name, id }) => {
                if let Some(known) = open.iter_mut().find(|known| known.name == name) {
                    known.id = Some(id);
                }
            }
            Ok(Entry::Closed { name }) => open.retain(|known| known.name != name),
            Err(_) => {}
        }
    }
    open
}

/// Name of the journal below the folder of runs.
pub const JOURNAL: &str = "submissions.jsonl";

impl Journal {
    /// Opens the journal below `runs` and returns the submissions that are open. A last line that a
    /// crash tore is ignored: its act did not happen.
    pub fn open(runs: &Path) -> io::Result<(Journal, Vec<Open>)> {
        let path = runs.join(JOURNAL);
        let text = match fs::read(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            // Bytes that are not text are a torn line.
            bytes => String::from_utf8_lossy(&bytes?).into_owned(),
        };
        let open = outstanding(&text);
        if open.is_empty() && !text.is_empty() || !text.is_empty() && !text.ends_with('\n') {
            // Start a new journal with the open submissions, so that it does not grow for ever and
            // no torn line stays.
            let mut lines = String::new();
            for known in &open {
                lines.push_str(&line(&Entry::Intent {
                    name: known.name.clone(),
                    elements: known.elements,
                }));
                if let Some(id) = &known.id {
                    let entry = Entry::Submitted { name: known.name.clone(), id: id.clone() };
                    lines.push_str(&line(&entry));
                }
            }
            atomic::write(&path, lines.as_bytes())?;
        }
        let file = File::options().create(true).append(true).open(&path)?;
        Ok((Journal { path, file }, open))
    }

    /// Writes an entry; it is on disk when this returns.
    pub fn write(&mut self, entry: &Entry) -> io::Result<()> {
        self.file.write_all(line(entry).as_bytes())?;
        self.file.sync_data()
    }

    /// The journal's path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn line(entry: &Entry) -> String {
    let mut line = serde_json::to_string(entry).unwrap_or_default();
    line.push('\n');
    line
}

/// What the name of a submission's folder starts with.
const FOLDER: &str = "submission-";

/// The folder of a submission.
pub fn folder(runs: &Path, name: &str) -> PathBuf {
    runs.join(format!("{FOLDER}{name}"))
}

/// Names of the submissions that have a folder.
pub fn laid(runs: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(runs)? {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|name| name.strip_prefix(FOLDER));
        names.extend(name.map(str::to_owned));
    }
    Ok(names)
}

/// Makes the folder of a submission, with one pack of tickets for each element.
pub fn lay(runs: &Path, name: &str, program: &Path, packs: &[Vec<Ticket>]) -> io::Result<PathBuf> {
    let folder = folder(runs, name);
    fs::create_dir_all(&folder)?;
    let write = |file: &str, bytes: &[u8]| fs::write(folder.join(file), bytes);
    write("script.sh", SCRIPT.as_bytes())?;
    write("libchar", program.as_os_str().as_encoded_bytes())?;
    for (i, pack) in packs.iter().enumerate() {
        write(&format!("pack-{}", i + 1), &serde_json::to_vec(pack)?)?;
    }
    atomic::sync_file_system(&folder)?;
    Ok(folder)
}

/// The elements of a submission that have tickets, in order: one for each file, whatever the
/// journal says.
pub fn elements(runs: &Path, name: &str) -> Vec<usize> {
    let Ok(entries) = fs::read_dir(folder(runs, name)) else { return Vec::new() };
    let mut elements: Vec<usize> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_prefix("pack-")?.parse().ok())
        .collect();
    elements.sort_unstable();
    elements
}

/// The tickets of an element, from 1.
pub fn pack(runs: &Path, name: &str, element: usize) -> io::Result<Vec<Ticket>> {
    let path = folder(runs, name).join(format!("pack-{element}"));
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

/// Makes a submission do nothing, whenever its jobs start: they find no tickets. It also removes
/// what jobs left behind when they were killed.
pub fn revoke(runs: &Path, name: &str) -> io::Result<()> {
    let mut attempts = BTreeSet::new();
    for element in elements(runs, name) {
        let Ok(tickets) = pack(runs, name, element) else { continue };
        attempts.extend(tickets.into_iter().map(|ticket| ticket.attempt));
    }
    trash::remove(&folder(runs, name))?;
    for entry in fs::read_dir(runs)? {
        let entry = entry?;
        let file = entry.file_name();
        let known = file.to_str().and_then(attempt::folder_of);
        if known.is_some_and(|(name, published)| !published && attempts.contains(name)) {
            trash::remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Runs as a job: simulates the tickets of its element, one after the other, in the domain that the
/// submission belongs to. `zero` is the element from 0, for schedulers that set no variable.
///
/// A scheduler that lost its memory may start an element again. Tickets that were published are
/// therefore marked, for their folders may have been taken over by then.
pub fn supervise(submission: &Path, zero: Option<usize>) -> io::Result<()> {
    let submission = fs::canonicalize(submission)?;
    let element = zero.map(|n| n + 1).or_else(|| {
        let text = ELEMENT_VARIABLES.iter().find_map(|name| std::env::var(name).ok())?;
        text.parse().ok()
    });
    let pack = submission.join(format!("pack-{}", element.unwrap_or(1)));
    let tickets: Vec<Ticket> = serde_json::from_slice(&fs::read(&pack)?)?;
    // <domain>/.libchar/run/submission-NAME
    let domain = submission.ancestors().nth(3).ok_or_else(|| io::Error::other("no domain"))?;
    std::env::set_current_dir(domain)?;
    let runs = Path::new(".libchar/run");
    let signals = Signals::watch()?;
    for ticket in tickets {
        let over = submission.join(format!("over-{}", ticket.attempt));
        if !pack.exists() {
            break;
        }
        if over.exists() {
            continue;
        }
        let record = ticket.execute(runs, &signals).map_err(io::Error::other)?;
        if record.ended.stopped_by.is_some() {
            break;
        }
        // The folder is gone if no result of the submission is awaited any more.
        let _ = File::create(over);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Entry, Journal, Open, lay, revoke};
    use crate::attempt::Ticket;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_journal_gives_what_is_open_and_forgets_a_torn_line() {
        let runs = tempfile::tempdir().unwrap();
        let (mut journal, open) = Journal::open(runs.path()).unwrap();
        assert_eq!(open, []);
        let intent = |name: &str| Entry::Intent { name: name.to_owned(), elements: 3 };
        journal.write(&intent("a")).unwrap();
        journal.write(&Entry::Submitted { name: "a".to_owned(), id: "7".to_owned() }).unwrap();
        journal.write(&intent("b")).unwrap();
        journal.write(&Entry::Closed { name: "a".to_owned() }).unwrap();
        let path = journal.path().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + "{\"event\":\"submitted\",\"na").unwrap();
        let expected = [Open { name: "b".to_owned(), elements: 3, id: None }];
        for _ in 0..2 {
            assert_eq!(Journal::open(runs.path()).unwrap().1, expected);
        }
    }

    fn ticket(attempt: &str) -> Ticket {
        Ticket {
            attempt: attempt.to_owned(),
            program: "true".to_owned(),
            args: Vec::new(),
            env: Default::default(),
            log: "x.log".to_owned(),
            files: Default::default(),
            timeout_s: 1.0,
            subject: serde_json::Value::Null,
        }
    }

    #[test]
    fn a_revoked_submission_leaves_only_what_is_published() {
        let runs = tempfile::tempdir().unwrap();
        let tickets = [ticket("a-1"), ticket("a-2")];
        let packs = tickets.map(|ticket| vec![ticket]);
        lay(runs.path(), "lc-a", Path::new("libchar"), &packs).unwrap();
        for name in ["a-1.done", "a-2.work-h-7", "a-20.work-h-8"] {
            fs::create_dir(runs.path().join(name)).unwrap();
        }
        for _ in 0..2 {
            revoke(runs.path(), "lc-a").unwrap();
            let mut left: Vec<_> =
                fs::read_dir(runs.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            left.sort();
            assert_eq!(left, ["a-1.done", "a-20.work-h-8"]);
        }
    }
}
