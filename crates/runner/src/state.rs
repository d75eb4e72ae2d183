//! The life of an attempt.

use std::fmt;

/// State of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// To be simulated.
    Planned,
    /// Handed to a scheduler.
    Submitted,
    /// Known to run.
    Running,
    /// Published, with a good result.
    Done,
    /// Published, with a bad result.
    Failed,
    /// Stopped because its time limit was reached.
    Timeout,
    /// Stopped by the user.
    Cancelled,
    /// Gone without a result.
    Lost,
    /// To be tried again.
    Retry,
}

/// A transition that is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an attempt that is {from} cannot become {to}")]
pub struct IllegalTransition {
    from: State,
    to: State,
}

impl State {
    /// Goes to another state.
    pub fn advance(&mut self, to: State) -> Result<(), IllegalTransition> {
        if !self.may_become(to) {
            return Err(IllegalTransition { from: *self, to });
        }
        *self = to;
        Ok(())
    }

    /// Whether the transition is legal. A late result may end even an attempt that was given up.
    pub fn may_become(self, to: State) -> bool {
        use State::{Cancelled, Done, Failed, Lost, Planned, Retry, Running, Submitted, Timeout};
        let is_result = matches!(to, Done | Failed | Timeout);
        match self {
            Planned => matches!(to, Submitted | Running | Cancelled),
            Submitted => is_result || matches!(to, Running | Cancelled | Lost),
            // A scheduler may put a job back into its queue.
            Running => is_result || matches!(to, Submitted | Cancelled | Lost),
            Lost => is_result || matches!(to, Retry | Cancelled),
            Failed | Timeout => to == Retry,
            Retry => matches!(to, Planned | Cancelled),
            Done | Cancelled => false,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        f.write_str(&name.to_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn what_is_done_stays_done() {
        let mut state = State::Planned;
        for next in [State::Submitted, State::Running, State::Lost, State::Done] {
            state.advance(next).unwrap();
        }
        assert_eq!(
            state.advance(State::Retry).unwrap_err().to_string(),
            "an attempt that is DONE cannot become RETRY"
        );
        assert!(State::Timeout.may_become(State::Retry) && !State::Planned.may_become(State::Done));
    }
}
