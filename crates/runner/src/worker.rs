//! A supervisor on this machine: simulates the tickets that it reads, one after the other.
//!
//! It is a process of its own, so that a simulation that has begun is published even if libchar is
//! killed. It holds the lock of its slot, and its simulator inherits the lock: as long as it is
//! held, a process of that slot is alive.

use crate::attempt::{Record, Ticket};
use crate::signals::Signals;
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

/// What a supervisor reports on a ticket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The attempt is published.
    Ended(Record),
    /// Files of the attempt could not be written; nothing is published.
    Broken {
        /// The attempt.
        attempt: String,
        /// Which file, and why.
        reason: String,
    },
}

/// The lock file of a slot.
pub fn slot_lock(runs: &Path, slot: usize) -> PathBuf {
    runs.join(format!("slot-{slot}.lock"))
}

pub(crate) fn is_slot_lock(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("slot-") && name.ends_with(".lock")
}

/// Reads tickets from standard input, one JSON line each, and writes a [`Report`] line for each to standard output,
/// until the input ends or a signal asks to stop.
///
/// If the process that wrote the tickets is gone, the running simulation is finished and no other
/// one is started.
pub fn serve(runs: &Path, slot: usize) -> io::Result<()> {
    let lock =
        File::options().write(true).create(true).truncate(false).open(slot_lock(runs, slot))?;
    lock.try_lock().map_err(|e| io::Error::other(format!("slot {slot}: {e}")))?;
    fcntl(&lock, FcntlArg::F_SETFD(FdFlag::empty()))?;
    let signals = Signals::watch()?;
    let stdin = io::stdin();
    let mut stdout = io::stdout();
    let mut buffer = Vec::new();
    loop {
        while let Some(end) = buffer.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = buffer.drain(..=end).collect();
            if writer_is_gone(&stdin)? {
                return Ok(());
            }
            let ticket: Ticket = serde_json::from_slice(&line)?;
            let (report, stopped) = match ticket.execute(runs, &signals) {
                Ok(record) => {
                    let stopped = record.ended.stopped_by.is_some();
                    (Report::Ended(record), stopped)
                }
                Err(e) => {
                    (Report::Broken { attempt: ticket.attempt, reason: e.to_string() }, false)
                }
            };
            let mut line = serde_json::to_vec(&report)?;
            line.push(b'\n');
            // A libchar that starts later finds the attempt among the published ones.
            if stdout.write_all(&line).and_then(|()| stdout.flush()).is_err() || stopped {
                return Ok(());
            }
        }
        let ready = signals.wait(&[stdin.as_fd()], None)?;
        if signals.stop().is_some() {
            return Ok(());
        }
        if ready[0] {
            let mut chunk = [0; 16384];
            // Not through the buffered handle: bytes in its buffer would not wake a poll.
            match nix::unistd::read(&stdin, &mut chunk)? {
                0 => return Ok(()),
                n => buffer.extend_from_slice(&chunk[..n]),
            }
        }
    }
}

fn writer_is_gone(input: &impl AsFd) -> io::Result<bool> {
    let mut fds = [PollFd::new(input.as_fd(), PollFlags::POLLIN)];
    poll(&mut fds, PollTimeout::ZERO)?;
    Ok(fds[0].revents().is_some_and(|events| events.contains(PollFlags::POLLHUP)))
}
