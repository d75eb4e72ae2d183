//! The tasks of a run, as cores and memory allow.

use super::pool::{Load, Pooled, Tasks};
use crate::news::Say;
use crate::size::{Need, Room};
use crate::status::Status;
use crate::task::Task;
use crate::work::Work;
use anyhow::Result;
use libchar_runner::{Record, Signals, Ticket};
use std::collections::BTreeMap;
use std::time::Duration;

/// Number of tickets that a slot gets in advance while many are left, so that it never waits for
/// this process.
const AHEAD: usize = 1;

/// Duration of a point from which on tickets in advance gain nothing.
const SHORT_S: f64 = 1.0;

/// What a run may use of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Cores and memory.
    pub room: Room,
    /// Largest number of simulations at the same time.
    pub most: usize,
}

/// Simulates the jobs of these indices; `show` gets what is settled, and how many simulations run.
///
/// # Errors
/// Those of [`Pooled::run`].
pub fn simulate(
    work: &mut Work<'_>,
    todo: &[usize],
    place: Place,
    (signals, say): (&Signals, &dyn Say),
    show: &mut dyn FnMut(&BTreeMap<usize, Status>, usize),
) -> Result<()> {
    let needs: Vec<Need> = todo.iter().map(|&index| work.jobs[index].need).collect();
    let slots = slots(&needs, place);
    let one_size = needs.windows(2).all(|pair| pair[0] == pair[1]);
    let mut pooled = Pooled::new(work.runs, slots, signals, say);
    let mut here = Here { work, slots, room: place.room, one_size, running: BTreeMap::new(), show };
    let result = pooled.run(&mut here);
    pooled.close();
    result
}

/// Supervisors for points of these sizes. Trimmed models are compared with the whole ones by one point more.
fn slots(needs: &[Need], Place { room, most }: Place) -> usize {
    let slots = needs.iter().map(|need| room.slots(*need)).max().unwrap_or(1);
    slots.min(most).min(needs.len() + 1).max(1)
}

struct Here<'w, 'a> {
    work: &'w mut Work<'a>,
    slots: usize,
    room: Room,
    /// Whether all simulations have the same size.
    one_size: bool,
    running: BTreeMap<String, Task>,
    show: &'w mut dyn FnMut(&BTreeMap<usize, Status>, usize),
}

impl Tasks for Here<'_, '_> {
    fn tick(&mut self) -> Result<()> {
        self.work.tick()
    }

    fn next(&mut self, load: Load) -> Result<Option<Ticket>> {
        let Some(need) = self.work.next_need() else { return Ok(None) };
        // Near the end, a ticket that waits behind a long simulation would cost more time than
        // it saves.
        let short = self.work.machine().seconds_a_point().is_some_and(|seconds| seconds < SHORT_S);
        let plenty = self.one_size && short && self.work.machine().waiting() > 4 * self.slots;
        if load.least > if plenty { AHEAD } else { 0 } {
            return Ok(None);
        }
        let running = self.running.values().map(|task| task.need);
        if !self.one_size && !self.room.fits(running, need) {
            return Ok(None);
        }
        // Equal shares of half of the remaining points keep all slots busy to the end.
        let share = self.work.machine().waiting().div_ceil(2 * self.slots);
        let Some((task, ticket)) = self.work.next(share)? else { return Ok(None) };
        self.running.insert(ticket.attempt.clone(), task);
        Ok(Some(ticket))
    }

    fn is_over(&self) -> bool {
        self.work.machine().is_over()
    }

    fn running(&self) -> usize {
        self.running.len()
    }

    fn due(&self) -> Option<Duration> {
        self.work.due()
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        match self.running.remove(&record.attempt) {
            Some(task) => self.work.ended(&task, record),
            None => Ok(()),
        }
    }

    fn lost(&mut self, attempt: &str, reason: &str) -> Result<()> {
        match self.running.remove(attempt) {
            Some(task) => self.work.lost(&task, reason),
            None => Ok(()),
        }
    }

    fn stop(&mut self) -> Result<()> {
        self.work.stop()
    }

    fn show(&mut self) {
        (self.show)(&self.work.settled, self.running.len());
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, slots};
    use crate::size::{Need, Room};

    #[test]
    fn slots_are_as_many_as_cores_points_and_licences_allow() {
        let need = |threads| Need { threads, mem_gb: 1 };
        let place = |most| Place { room: Room { cores: 8, mem_gb: None }, most };
        assert_eq!(slots(&[need(1); 20], place(usize::MAX)), 8);
        assert_eq!(slots(&[need(4); 20], place(usize::MAX)), 2);
        assert_eq!(slots(&[need(1); 20], place(3)), 3, "licences");
        assert_eq!(slots(&[need(1); 2], place(usize::MAX)), 3, "one more compares models");
        assert_eq!(slots(&[], place(0)), 1);
    }
}
