//! Simulates points with other options, in folders apart from those of the points.

use super::errors::Values;
use super::sample::Sample;
use super::simulate::{Simulate, Simulated};
use crate::cannot::cannot;
use crate::decks::Decks;
use crate::engine::Engine;
use crate::job::{self, Job};
use crate::judge;
use crate::key::Keys;
use crate::local::{Load, Pooled, Tasks};
use crate::news::Say;
use crate::settle;
use crate::task::{Kind, Subject};
use anyhow::Result;
use libchar_core::Faults;
use libchar_engine::Options;
use libchar_engine::measure::Measures;
use libchar_pvt::Point;
use libchar_runner::{Record, Signals, Ticket, attempt, orphans};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Folder of the attempts, below the domain.
const RUNS_OF_TUNE: &str = ".libchar/tune";

/// Number of tickets that a slot has, including the current one, so that it never waits for this
/// process.
const AHEAD: usize = 2;

/// Supervisors, and the tools that make tickets.
pub struct Bench<'a> {
    tools: Tools<'a>,
    pool: Pooled<'a>,
}

/// Decks and what is known of the points.
struct Tools<'a> {
    engine: &'a Engine,
    runs: &'a Path,
    /// Name of the run, with which those of its attempts begin.
    run: &'a str,
    jobs: Vec<Job>,
    keys: Keys,
    decks: Decks,
    slots: usize,
    sequence: usize,
}

impl<'a> Bench<'a> {
    /// Prepares the decks of these points. What an interrupted bench left is ended and removed.
    ///
    /// # Errors
    /// Decks that cannot be read, and errors of the file system.
    pub fn new(
        engine: &'a Engine,
        sample: &Sample,
        run: &'a str,
        cores: u32,
        (signals, say): (&'a Signals, &'a dyn Say),
    ) -> Result<Bench<'a>> {
        let runs = Path::new(RUNS_OF_TUNE);
        orphans::end_and_wait(&orphans::held(runs)?)?;
        clear(runs)?;
        fs::create_dir_all(runs).map_err(|e| cannot("create", runs, e))?;
        let tools = Tools::new(engine, sample, (runs, run), cores)?;
        let pool = Pooled::new(runs, tools.slots, signals, say);
        Ok(Bench { tools, pool })
    }

    /// The files that the decks read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.tools.keys.files()
    }

    /// Whether every deck has a time step that can be bounded.
    pub fn can_bound_steps(&self) -> bool {
        let options = Options::default().with_max_step(1.0);
        let Engine { name, simulator, .. } = self.tools.engine;
        let may = |job: &Job| options.apply(&job.deck.text, name, simulator).is_ok();
        self.tools.jobs.iter().all(may)
    }

    /// Whether the decks ask for any measure.
    pub fn has_measures(&self) -> bool {
        self.tools.jobs.iter().any(|job| !job.deck.asked.is_empty())
    }

    /// Ends the supervisors and removes the simulations.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn close(self) -> Result<()> {
        self.pool.close();
        clear(self.tools.runs)
    }
}

impl Simulate for Bench<'_> {
    type Error = anyhow::Error;

    fn simulate(&mut self, tasks: &[(usize, &Options)]) -> Result<Vec<Simulated>> {
        let mut queue = Queue {
            tools: &mut self.tools,
            tasks,
            next: 0,
            running: BTreeMap::new(),
            results: vec![None; tasks.len()],
        };
        self.pool.run(&mut queue)?;
        Ok(queue.results.into_iter().flatten().collect())
    }
}

impl<'a> Tools<'a> {
    fn new(
        engine: &'a Engine,
        sample: &Sample,
        (runs, run): (&'a Path, &'a str),
        cores: u32,
    ) -> Result<Tools<'a>> {
        let mut keys = engine.keys();
        let jobs = job::jobs(sample.points.clone(), &engine.sizes, &mut keys)?;
        let threads = jobs.iter().map(|job| job.need.threads).max().unwrap_or(1);
        let slots = usize::try_from((cores / threads).max(1)).unwrap_or(1);
        let decks = Decks::new(runs, engine.start.search.clone());
        Ok(Tools { engine, runs, run, jobs, keys, decks, slots, sequence: 0 })
    }

    /// The ticket of a point with options, and its job in the folder where it will be published.
    fn ticket(&mut self, point: usize, options: &Options) -> Result<(Job, Ticket)> {
        let job = &self.jobs[point];
        let set: Vec<&Options> = if options.is_empty() { Vec::new() } else { vec![options] };
        // Models that a run verified when trimmed are trimmed here, too.
        let mut variant = self.decks.with(job, &set, self.engine, self.engine.trims)?;
        let models = variant.as_ref().and_then(|variant| variant.models.as_deref());
        if models.is_some_and(|models| !self.decks.is_verified(models)) {
            variant = self.decks.with(job, &set, self.engine, false)?;
        }
        self.sequence += 1;
        let name = format!("{}-{}", self.run, self.sequence);
        let deck = variant.map_or(job.point.deck.clone(), |v| v.path.display().to_string());
        let folder = attempt::published(self.runs, &name).display().to_string();
        let moved = Point { id: folder, deck, ..job.point.clone() };
        let job = Job::read(moved, &self.engine.sizes, &mut self.keys).map_err(Faults::from)?;
        let nobody =
            Subject { points: Vec::new(), tries: 0, retries: 0, kind: Kind::Usual, recipe: None };
        let ticket = self.engine.ticket(&name, &job, &job.deck_path(), &nobody)?;
        Ok((job, ticket))
    }

    /// The measures of an attempt, whose folder is then removed.
    fn simulated(&self, job: &Job, record: &Record) -> Result<Simulated> {
        let judged = judge::judge(record, job.place_of_outputs(), job, self.engine)?;
        settle::discard(self.runs, &record.attempt)?;
        let cpu_s = record.ended.user_s + record.ended.system_s;
        let values = match judged {
            Ok(measures) => Ok(values(&measures)),
            Err(failure) => Err(format!("{}: {}", failure.class, failure.reason)),
        };
        Ok(Simulated { cpu_s, values })
    }
}

/// The tasks of one call, in their order, and what came of them.
struct Queue<'q, 'a> {
    tools: &'q mut Tools<'a>,
    tasks: &'q [(usize, &'q Options)],
    next: usize,
    running: BTreeMap<String, (usize, Job)>,
    results: Vec<Option<Simulated>>,
}

impl Tasks for Queue<'_, '_> {
    fn next(&mut self, load: Load) -> Result<Option<Ticket>> {
        let Some((point, options)) = self.tasks.get(self.next) else { return Ok(None) };
        if load.pending >= AHEAD * self.tools.slots {
            return Ok(None);
        }
        let (job, ticket) = self.tools.ticket(*point, options)?;
        self.running.insert(ticket.attempt.clone(), (self.next, job));
        self.next += 1;
        Ok(Some(ticket))
    }

    fn is_over(&self) -> bool {
        self.next == self.tasks.len()
    }

    fn running(&self) -> usize {
        self.running.len()
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        if let Some((task, job)) = self.running.remove(&record.attempt) {
            self.results[task] = Some(self.tools.simulated(&job, record)?);
        }
        Ok(())
    }

    fn lost(&mut self, attempt: &str, reason: &str) -> Result<()> {
        if let Some((task, _)) = self.running.remove(attempt) {
            let values = Err(reason.to_owned());
            self.results[task] = Some(Simulated { cpu_s: f64::NAN, values });
        }
        Ok(())
    }
}

fn clear(runs: &Path) -> Result<()> {
    match fs::remove_dir_all(runs) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(cannot("remove", runs, e)),
        _ => Ok(()),
    }
}

/// The values of measures, if all of them have one.
fn values(measures: &Measures) -> Values {
    let mut steps: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    let mut values = Values::new();
    for row in &measures.rows {
        let step = steps.entry((&row.name, row.alter)).or_default();
        if let Some(value) = row.value {
            values.insert((row.name.clone(), row.alter, *step), value);
        }
        *step += 1;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::{Queue, Tools, values};
    use crate::fixture::{Domain, log, well};
    use crate::local::{Load, Tasks};
    use crate::tune::Sample;
    use libchar_engine::Options;
    use libchar_engine::measure::{Measure, Measures};
    use libchar_runner::Ended;
    use std::collections::BTreeMap;

    const IDLE: Load = Load { least: 0, pending: 0 };

    #[test]
    fn tasks_are_handed_out_in_order_and_their_results_stay_in_it() {
        let domain = Domain::new(2);
        let points: Vec<_> = domain.points.iter().collect();
        let sample = Sample::of(&points, 2, 0);
        let runs = domain.runs();
        let mut tools = Tools::new(&domain.engine, &sample, (&runs, "r"), 1).unwrap();
        let options = [Options::default(), Options::default().with("reltol", "1e-4")];
        let tasks = [(1, &options[0]), (0, &options[1])];
        let mut queue = Queue {
            tools: &mut tools,
            tasks: &tasks,
            next: 0,
            running: BTreeMap::new(),
            results: vec![None; 2],
        };
        let full = Load { least: 2, pending: 2 };
        assert!(queue.next(full).unwrap().is_none(), "one slot has two tickets at most");
        let first = queue.next(IDLE).unwrap().unwrap();
        let second = queue.next(IDLE).unwrap().unwrap();
        assert!(queue.is_over() && queue.running() == 2 && queue.next(IDLE).unwrap().is_none());
        assert_eq!((first.attempt.as_str(), second.attempt.as_str()), ("r-1", "r-2"));
        let ended = Ended { user_s: 0.5, system_s: 0.25, ..well() };
        let record = domain.publish(&first, &log("1.000000e-09"), ended);
        queue.lost("r-2", "its supervisor was killed").unwrap();
        queue.ended(&record).unwrap();
        assert_eq!(queue.running(), 0);
        let [first, second] = [&queue.results[0], &queue.results[1]].map(|r| r.clone().unwrap());
        assert_eq!(first.cpu_s, 0.75);
        assert_eq!(first.values.unwrap()[&("tphl".to_owned(), 1, 0)], 1e-9);
        assert_eq!(second.values, Err("its supervisor was killed".to_owned()));
        assert!(second.cpu_s.is_nan());
        assert!(!runs.join("r-1.done").exists(), "its folder is of no more use");
    }

    #[test]
    fn steps_of_a_sweep_are_counted_by_name_and_alter() {
        let row = |name: &str, alter, value| Measure { alter, value, ..Measure::failed(name, "") };
        let rows = vec![
            row("d", 1, Some(1.0)),
            row("d", 1, None),
            row("d", 1, Some(3.0)),
            row("d", 2, Some(4.0)),
        ];
        let found = values(&Measures { rows, ..Measures::default() });
        let of = |alter, step| found.get(&("d".to_owned(), alter, step)).copied();
        assert_eq!(
            (of(1, 0), of(1, 1), of(1, 2), of(2, 0)),
            (Some(1.0), None, Some(3.0), Some(4.0))
        );
    }
}
