//! The rules for a task that ended, was lost, or was not started after all.

use super::comparisons::{Compared, Side};
use super::event::{Action, Next};
use super::{EARLIER, Machine, NEWEST};
use crate::task::{Kind, Task};
use libchar_engine::Class;
use libchar_engine::measure::Measure;
use std::time::Duration;

impl Machine {
    pub(super) fn took(&mut self, seconds: f64) {
        let average = self.seconds_a_point.unwrap_or(seconds);
        self.seconds_a_point = Some(EARLIER * average + NEWEST * seconds);
    }

    pub(super) fn ended(
        &mut self,
        task: &Task,
        class: Option<Class>,
        now: Duration,
        actions: &mut Vec<Action>,
    ) {
        let Some(&point) = task.jobs.first() else { return };
        let failed = class.is_some_and(|class| !class.is_transient());
        let usual = failed && !self.stopped && task.kind == Kind::Usual;
        if usual && self.use_whole(point, actions) {
            // Whatever it is, the trimming shall not be the cause.
            self.queue.lost(point);
            self.queue.extend([Task { kind: Kind::Whole, ..task.clone() }]);
            return;
        }
        self.judge(point, class, task, now, actions);
    }

    pub(super) fn ended_batch(
        &mut self,
        task: &Task,
        found: &[(usize, bool)],
        now: Duration,
        actions: &mut Vec<Action>,
    ) {
        for &(point, is_settled) in found {
            if is_settled {
                self.judge(point, None, task, now, actions);
            } else if !self.stopped {
                self.queue.lost(point);
                self.queue.extend([task.alone(point)]);
            }
        }
    }

    /// Lets a point use whole models. Returns whether it had trimmed ones.
    fn use_whole(&mut self, point: usize, actions: &mut Vec<Action>) -> bool {
        let trimmed = self.models.remove(&point).is_some();
        if trimmed {
            actions.push(Action::UseWhole(point));
        }
        trimmed
    }

    pub(super) fn compared(
        &mut self,
        point: usize,
        side: Side,
        measures: Vec<Measure>,
        actions: &mut Vec<Action>,
    ) {
        let Some(compared) = self.comparisons.take(point, side, measures) else { return };
        let Compared { same, models, waiting } = compared;
        if same {
            actions.push(Action::Verified(models));
        } else {
            for &other in waiting.iter().chain([&point]) {
                self.use_whole(other, actions);
            }
            actions.push(Action::ModelsDiffer);
        }
        if !self.stopped {
            waiting.into_iter().for_each(|other| self.sort_in(other));
        }
    }

    pub(super) fn lost(&mut self, task: &Task, now: Duration, actions: &mut Vec<Action>) {
        match (task.jobs.as_slice(), task.kind) {
            (&[point], Kind::Check) => self.compared(point, Side::Trimmed, Vec::new(), actions),
            _ if self.stopped => {}
            (&[point], kind) => {
                actions.push(Action::Lose { point, task: task.clone() });
                if kind == Kind::Whole {
                    self.compared(point, Side::Whole, Vec::new(), actions);
                }
                self.judge(point, Some(Class::NodeLoss), task, now, actions);
            }
            _ => self.returned(task),
        }
    }

    pub(super) fn lost_together(
        &mut self,
        tasks: &[Task],
        now: Duration,
        actions: &mut Vec<Action>,
    ) {
        let mut counted = None;
        for task in tasks {
            self.lost(task, now, actions);
            let breaker = counted.get_or_insert_with(|| self.queue.breaker.clone());
            self.queue.breaker.clone_from(breaker);
            task.jobs.iter().for_each(|&point| self.queue.lost(point));
        }
        self.shelve();
    }

    pub(super) fn returned(&mut self, task: &Task) {
        task.jobs.iter().for_each(|&point| self.queue.lost(point));
        self.queue.extend(task.jobs.iter().map(|&point| task.alone(point)));
        self.shelve();
    }

    fn judge(
        &mut self,
        point: usize,
        class: Option<Class>,
        task: &Task,
        now: Duration,
        actions: &mut Vec<Action>,
    ) {
        let next = self.follows(point, class, task, now);
        actions.push(Action::Settle { point, next });
        match class {
            None => self.queue.succeeded(point),
            Some(Class::Cancelled) => self.queue.lost(point),
            Some(class) => self.queue.failed(class.word(), point),
        }
        if self.queue.breaker.is_open() || self.queue.holds() {
            self.shelve();
        }
    }

    /// The consequences of a verdict; a further attempt is put into the list where it belongs.
    fn follows(&mut self, point: usize, class: Option<Class>, task: &Task, now: Duration) -> Next {
        let class = match class {
            None => return Next::Done,
            Some(Class::Cancelled) => return Next::Cancelled,
            Some(class) => class,
        };
        let recipe = task.recipe + 1;
        if class.may_yield_to_options() && !self.stopped && recipe <= self.recipes {
            self.queue.extend([task.with_next_recipe(point)]);
            return Next::Recipe(recipe);
        }
        if class.is_transient() && task.retries < self.retries.most && !self.stopped {
            let wait = self.retries.backoff.delay(task.retries, &self.ids[point]);
            self.queue.delay(now + wait, task.again(point));
            return Next::Retry(wait);
        }
        Next::Failed
    }

    pub(super) fn stop(&mut self) {
        self.stopped = true;
        self.queue.clear();
        self.batches.clear();
        self.comparisons.clear();
    }
}
