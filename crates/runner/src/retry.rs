//! Waiting between attempts: exponential, with jitter, so that many points do not come back at the same moment.

use libchar_core::hash::sha256;
use std::time::Duration;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(600);

/// Exponential back-off.
#[derive(Debug, Clone, Copy, Default)]
pub struct Backoff {
    /// Wait before the first retry, without jitter.
    pub first: Duration,
}

impl Backoff {
    /// The wait before retry number `retry`, from 0: `first · 2^retry`, at most ten minutes, times 0.5 to 1.5.
    ///
    /// The jitter depends on `name` and the number alone.
    pub fn delay(&self, retry: u32, name: &str) -> Duration {
        let plain = self.first.saturating_mul(1 << retry.min(20)).min(LONGEST);
        // The standard library's hasher may change with its version; this one does not.
        let digest = sha256(format!("{retry} {name}").as_bytes());
        let bits = u64::from_str_radix(&digest[..13], 16).unwrap_or_default();
        let fraction = bits as f64 / (1u64 << 52) as f64;
        plain.mul_f64(0.5 + fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    #[test]
    fn waits_double_within_their_jitter_and_end_at_ten_minutes() {
        let backoff = Backoff { first: Duration::from_secs(1) };
        for (retry, seconds) in [(0, 1.0), (1, 2.0), (5, 32.0), (30, 600.0), (u32::MAX, 600.0)] {
            let wait = backoff.delay(retry, "TT/typical/typical_25/v1").as_secs_f64();
            assert!((seconds * 0.5..=seconds * 1.5).contains(&wait), "{retry}: {wait}");
        }
        assert_ne!(backoff.delay(0, "a"), backoff.delay(0, "b"));
    }

    /// SHA-256 of `0 a` begins with cf6d9263cf71c (sha256sum): the wait is the same with every version of every compiler.
    #[test]
    fn the_jitter_is_that_of_sha_256() {
        let wait = Backoff { first: Duration::from_secs(1) }.delay(0, "a").as_secs_f64();
        assert!((wait - (0.5 + 0xcf6d9263cf71c_u64 as f64 / 2f64.powi(52))).abs() < 1e-9, "{wait}");
    }
}
