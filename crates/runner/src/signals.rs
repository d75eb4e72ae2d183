//! Signals that can be waited for: each one wakes a `poll`, and its number can be asked for.

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The signals that ask a program to stop.
const STOPS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// Watches for the signals that ask to stop and for the end of children.
///
/// From its creation on, SIGINT, SIGTERM and SIGHUP no longer end this process: its code must ask
/// for them. A signal that this process was started to ignore, as with `nohup`, stays ignored.
#[derive(Debug)]
pub struct Signals {
    wake: UnixStream,
    stops: Vec<(i32, Arc<AtomicBool>)>,
}

/// Makes a write beyond the limit of a file's size (`ulimit -f`) fail with an error that can be
/// reported, instead of ending this process without a message. For programs that it starts, the
/// signal has its usual meaning again.
///
/// # Errors
/// The error of the system, if the signal cannot be caught.
pub fn say_when_a_file_is_too_large() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::default()).map(drop)
}

impl Signals {
    /// Starts watching.
    pub fn watch() -> io::Result<Signals> {
        let (wake, sender) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let mut stops = Vec::new();
        let ignored = ignored();
        for signal in STOPS.into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0) {
            // The flag is set before the pipe wakes the waiter: handlers run in this order.
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(signal, sender.try_clone()?)?;
            stops.push((signal, flag));
        }
        signal_hook::low_level::pipe::register(SIGCHLD, sender)?;
        Ok(Signals { wake, stops })
    }

    /// Waits until a signal arrives, one of `inputs` can be read or hangs up, or the time is over.
    /// Returns for each input whether it is ready.
    pub fn wait(
        &self,
        inputs: &[BorrowedFd<'_>],
        timeout: Option<Duration>,
    ) -> io::Result<Vec<bool>> {
        let mut fds: Vec<PollFd> = std::iter::once(self.wake.as_fd())
            .chain(inputs.iter().copied())
            .map(|fd| PollFd::new(fd, PollFlags::POLLIN))
            .collect();
        // Round up, so that a wait for a deadline does not end just before it.
        let timeout = timeout.map_or(PollTimeout::NONE, |time| {
            PollTimeout::try_from(time.as_millis() + 1).unwrap_or(PollTimeout::MAX)
        });
        match poll(&mut fds, timeout) {
            Ok(_) | Err(nix::errno::Errno::EINTR) => {}
            Err(e) => return Err(e.into()),
        }
        // Emptying the pipe only re-arms the wake-up; the flags hold which signals came.
        let mut buffer = [0; 64];
        while (&self.wake).read(&mut buffer).is_ok_and(|n| n == buffer.len()) {}
        Ok(fds[1..]
            .iter()
            .map(|fd| fd.revents().is_some_and(|events| !events.is_empty()))
            .collect())
    }

    /// The signal that asked to stop since the last call, if any.
    pub fn stop(&self) -> Option<i32> {
        self.stops.iter().find(|(_, flag)| flag.swap(false, Ordering::Relaxed)).map(|(s, _)| *s)
    }
}

/// The signals that this process ignores, as a mask.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
