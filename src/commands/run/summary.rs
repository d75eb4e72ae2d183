//! The results of a run at its end: `run.csv`, ids on standard output, and counts.

use crate::context::Context;
use crate::exit::Outcome;
use crate::resources;
use anyhow::{Context as _, Result};
use libchar_campaign::resources::failures;
use libchar_campaign::session::Ended;
use libchar_campaign::status::State;
use libchar_campaign::summary::{self, FILE, Results};
use libchar_files::atomic;
use libchar_pvt::Point;
use std::io::Write;
use std::path::Path;

/// Writes `run.csv`, or refreshes its time.
pub fn write(points: &[Point], results: &Results, ctx: &Context) -> Result<()> {
    let path = Path::new(FILE);
    let table = summary::table(points, results).to_csv();
    atomic::write_if_changed(path, &table).context("cannot write run.csv")?;
    ctx.produces(path);
    summary::files(points, results)?.into_iter().for_each(|file| ctx.makes(file));
    Ok(())
}

/// Prints the ids of the points that are done, reports the result, and returns the outcome.
pub fn tell(ended: &Ended, ctx: &Context) -> Result<Outcome> {
    let Ended { results, simulated, kept, unstarted, held, .. } = ended;
    if ctx.options.format.is_some() {
        ctx.print(&results.rows())?;
    } else {
        let mut out = ctx.stdout();
        let done = results.iter().filter(|(_, s)| s.is_some_and(|s| s.status == State::Done));
        done.map(|(id, _)| id).try_for_each(|id| writeln!(out, "{id}"))?;
        out.flush()?;
    }
    let counts = results.counts();
    for (state, count) in &counts.states {
        let (help, labels) = ("Points by state", [("state", *state)]);
        ctx.metrics.borrow_mut().gauge("libchar_points", help, &labels, *count as f64);
    }
    let kept_text = match kept {
        0 => String::new(),
        1 => "; 1 failed this time and keeps its earlier result".to_owned(),
        n => format!("; {n} failed this time and keep their earlier results"),
    };
    let unstarted_text = match unstarted {
        0 => String::new(),
        1 => "; 1 was not simulated again and keeps its earlier result".to_owned(),
        n => format!("; {n} were not simulated again and keep their earlier results"),
    };
    let message = format!("{}; {simulated} simulated now", counts.text());
    ctx.log.info("summary", format!("{message}{kept_text}{unstarted_text}"));
    resources::raise(ctx, "run", &resources::crossed(ctx));
    failures(&ctx.config, counts.of("failed"), results.len())
        .into_iter()
        .for_each(|alert| ctx.journal.alert(alert));
    if let Some(reason) = held {
        ctx.log.warning(
            "held",
            format!("HELD: {reason}; the rest was not started, the next run tries one point first"),
        );
    }
    Ok(Outcome::found(results.len() - counts.of("done") + kept + unstarted))
}
