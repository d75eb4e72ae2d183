//! One child process in a process group of its own: starts it, waits for it, and ends it with all
//! that it started.

use crate::signals::Signals;
use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
use nix::unistd::Pid;
use serde::{Deserialize, Serialize};
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// How long a process group may take to end after SIGTERM before SIGKILL.
pub const GRACE: Duration = Duration::from_secs(10);

/// How a child ended, and what it used.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// Its exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Whether it was ended because its time limit was reached.
    pub timed_out: bool,
    /// The signal that asked this process to stop, and so ended the child.
    pub stopped_by: Option<i32>,
    /// Wall time.
    pub wall_s: f64,
    /// CPU time in user mode, of the child and of the children that it waited for.
    pub user_s: f64,
    /// CPU time in the kernel.
    pub system_s: f64,
    /// Largest resident memory, in KiB.
    pub max_rss_kb: u64,
}

impl Ended {
    /// Whether someone other than this process ended it with SIGKILL.
    pub fn is_killed_by_others(&self) -> bool {
        self.signal == Some(Signal::SIGKILL as i32) && !self.timed_out && self.stopped_by.is_none()
    }
}

/// Starts `command` as the leader of a new process group. It reads `input`, which is usually empty.
pub fn start(command: &mut Command, input: Stdio) -> io::Result<Child> {
    command.stdin(input).process_group(0).spawn()
}

/// Waits for the child's end. If its time limit is reached, or a signal asks this process to stop,
/// its whole group gets SIGTERM, and SIGKILL after [`GRACE`] or at a second such signal.
pub fn wait(child: &mut Child, timeout: Option<Duration>, signals: &Signals) -> io::Result<Ended> {
    let began = Instant::now();
    let group = Pid::from_raw(child.id().cast_signed());
    let mut ended = Ended::default();
    let mut end_at = timeout.and_then(|timeout| began.checked_add(timeout));
    let mut terminated = false;
    while !has_ended(group)? {
        signals.wait(&[], end_at.map(|at| at.saturating_duration_since(Instant::now())))?;
        if let Some(signal) = signals.stop() {
            let again = ended.stopped_by.replace(signal).is_some();
            signal_group(group, if again { Signal::SIGKILL } else { Signal::SIGTERM });
            end_at = Some(Instant::now() + GRACE);
            terminated = true;
        } else if end_at.is_some_and(|at| at <= Instant::now()) {
            ended.timed_out |= !terminated;
            signal_group(group, if terminated { Signal::SIGKILL } else { Signal::SIGTERM });
            end_at = Some(Instant::now() + GRACE);
            terminated = true;
        }
    }
    // The group's number cannot be reused until its leader is reaped, so what the leader left
    // behind can be ended now.
    signal_group(group, Signal::SIGKILL);
    let used = child.wait4()?;
    ended.code = used.status.code();
    ended.signal = used.status.signal();
    ended.wall_s = began.elapsed().as_secs_f64();
    ended.user_s = used.rusage.utime.as_secs_f64();
    ended.system_s = used.rusage.stime.as_secs_f64();
    // Linux counts it in KiB; the crate gives bytes.
    ended.max_rss_kb = used.rusage.maxrss / 1024;
    Ok(ended)
}

fn has_ended(pid: Pid) -> io::Result<bool> {
    let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT;
    match waitid(Id::Pid(pid), flags) {
        Ok(WaitStatus::StillAlive) | Err(Errno::EINTR) => Ok(false),
        Ok(_) => Ok(true),
        Err(e) => Err(e.into()),
    }
}

fn signal_group(group: Pid, signal: Signal) {
    // If the group is gone already, all is well.
    let _ = killpg(group, signal);
}
