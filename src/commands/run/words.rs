//! The messages of a run about its points.

use super::progress::Progress;
use crate::context::Context;
use crate::exit::explain;
use crate::log::Level;
use anyhow::Result;
use libchar_campaign::news::{News, Say};
use libchar_campaign::recipes::Recipe;
use libchar_campaign::session::{Display, Host};
use libchar_campaign::status::Status;
use libchar_core::words::{are, count};
use libchar_engine::Class;
use libchar_history::Input;
use serde_json::json;

impl Say for Context {
    fn say(&self, news: News<'_>) {
        let point = |level, event, status: &Status, message: String| {
            self.log.point(level, event, &status.point, message);
        };
        match news {
            News::NextRecipe(status, Recipe { name, options }) => {
                let message = format!("{}; trying {name} ({options})", failure(status));
                point(Level::Info, "recipe", status, message);
            }
            News::Retry(status, wait) => {
                let wait = wait.as_secs_f64();
                let message = format!("{}; again in {wait:.1} s", failure(status));
                point(Level::Info, "retry", status, message);
            }
            News::Failed { status, stays } => {
                let stays = if stays { "; the earlier result stays" } else { "" };
                point(Level::Warning, "failed", status, format!("{}{stays}", failure(status)));
            }
            News::Done(status) => {
                if let Some(recipe) = &status.recipe {
                    let message = format!("done with the options of {recipe}");
                    point(Level::Warning, "recipe", status, message);
                }
                if status.flaky {
                    let message = format!("done at attempt {}: flaky", status.attempts);
                    point(Level::Warning, "flaky", status, message);
                }
            }
            News::Settled(status) => {
                let fields = json!({
                    "status": status.status.word(),
                    "class": status.class.map(Class::word),
                    "attempts": status.attempts,
                });
                let word = status.status.word();
                self.log.event("settled", Some(&status.point), word, fields);
            }
            News::Started { points, simulated } => {
                let message = format!("{simulated} of {} to be simulated", count(points, "point"));
                let fields = json!({ "points": points, "simulated": simulated });
                self.log.event("started", None, &message, fields);
            }
            News::Stopping => {
                let message =
                    "stopping: the simulations get 10 s to end; once more to end them at once";
                self.log.warning("stop", message);
            }
            News::TookOver(attempt) => {
                self.log.info("recovered", format!("took over attempt {attempt}"));
            }
            News::Orphans { simulations, kill } => {
                let n = count(simulations, "simulation");
                let message = match kill {
                    true => format!("ending {n} of an interrupted run"),
                    false => {
                        format!("waiting for {n} of an interrupted run (--kill-orphans ends them)")
                    }
                };
                self.log.warning("orphans", message);
            }
            News::Adopted(points) => {
                let message = format!(
                    "outputs of {} that an earlier version simulated with the same deck and files: their hashes are recorded now",
                    count(points, "point")
                );
                self.log.info("adopted", message);
            }
            News::Waits { point, other } => {
                let message = format!("waits for {other}, which is not done");
                self.log.point(Level::Warning, "waits", point, message);
            }
            News::FilesMissing { decks, of, first: (file, deck) } => {
                let message = format!(
                    "{decks} of {} {} a file that libchar does not find, first `{file}` in {deck}: whether it changed is \
                     not known, so such a point is simulated at every run",
                    count(of, "deck"),
                    if of == 1 { "names" } else { "name" },
                );
                self.log.warning("missing-file", message);
            }
            News::DecksEdited { decks, of, first } => {
                let message = format!(
                    "{decks} of {} {} of points.csv, first {first}; they are simulated as they are, `libchar gen` writes \
                     them anew",
                    count(of, "deck"),
                    if of == 1 { "is not that" } else { "are not those" },
                );
                self.log.warning("edited-deck", message);
            }
            News::Attached(n) => {
                let message = format!("{} {} submitted already", count(n, "point"), are(n));
                self.log.info("attach", message);
            }
            News::Detached(n) => {
                let (stay, them) = if n == 1 { ("stays", "it") } else { ("stay", "them") };
                let message = format!(
                    "{} {stay} submitted; `libchar run --attach` comes back to {them}, \
                     `libchar run --cancel` cancels {them}",
                    count(n, "point")
                );
                self.log.warning("detach", message);
            }
            News::ModelsDiffer => {
                let message =
                    "trimmed models do not give the same measures: the whole library is used";
                self.log.warning("trim", message);
            }
            News::InDoubt { submission, error } => {
                let doubt = match error {
                    None => "it was interrupted while it submitted".to_owned(),
                    Some(error) => explain(error),
                };
                self.log.warning("submit", format!("{doubt}; looking for {submission}"));
            }
            News::NoNumber { submission, program, line } => {
                let doubt = format!("no line that {program} printed is a job number (`{line}`)");
                self.log.warning("submit", format!("{doubt}; looking for {submission}"));
            }
            News::RefusedForNow { program, line } => {
                let message = format!("{program} refused the jobs for now: {line}; trying again");
                self.log.warning("submit", message);
            }
            News::NoList(error) => {
                self.log.warning("status", format!("{}; asking again", explain(error)));
            }
            News::NoneListed(jobs) => {
                let ours = match jobs {
                    1 => "does not list our job any more; asking again before it counts as lost"
                        .to_owned(),
                    n => format!(
                        "lists none of our {n} jobs any more; asking again before they count as lost"
                    ),
                };
                self.log.warning("status", format!("the scheduler {ours}"));
            }
            News::Stuck { job, state, tasks } => {
                let message = format!(
                    "job {job} is in the state {state}, which only a person ends: it is cancelled, and its {tasks} \
                     tasks count as lost"
                );
                self.log.warning("stuck", message);
            }
            News::NotCancelled { command, said } => {
                self.log.warning("cancel", format!("{}: {said}", command.join(" ")));
            }
        }
    }
}

impl Host for Context {
    fn begins(&self) -> Result<()> {
        self.announce()
    }

    fn inputs(&self, inputs: Vec<Input>) {
        inputs.into_iter().for_each(|input| self.journal.input(input));
    }

    fn display(&self, points: usize) -> Box<dyn Display + '_> {
        Box::new(Progress::new(self, points))
    }
}

/// The class and the reason of a failure, as text.
fn failure(status: &Status) -> String {
    let class = status.class.map_or("", Class::word);
    format!("{class}: {}", status.reason.as_deref().unwrap_or_default())
}
