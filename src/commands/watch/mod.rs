//! `watch`: shows running simulations from another terminal. It only reads files: it takes no lock
//! and asks no scheduler.

mod screen;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_campaign::watch::{View, Watched};
use libchar_core::metrics::Metrics;
use libchar_core::{Format, frame};
use serde_json::{Value, json};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

const EXAMPLES: &str = "\
States:
  running       a libchar works in the domain, or jobs of it are on a cluster
  held          the circuit breaker stopped the run; `libchar run` goes on with one point first
  finished      every point is done or failed
  interrupted   the last run ended before all points were settled
  idle          nothing ran yet

Examples:
  libchar watch                        this domain, updated every second; Ctrl-C ends the display, the run goes on
  libchar watch gpio/1p1v i3c/1p2v     several domains
  libchar watch --once --format json   print the state once, for a script
  libchar watch --until-done && libchar srt
  libchar -q watch --once */ --metrics all.prom   gauges of many domains in one file, also while they run

Exit code 1: a domain is held or interrupted, or finished with a failed point.";

/// Watch runs from another terminal
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Watch {
    /// Domains to watch [default: the current folder]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Print the state once and exit
    #[arg(long)]
    once: bool,
    /// Exit when nothing runs any more
    #[arg(long, conflicts_with = "once")]
    until_done: bool,
    /// Seconds between two updates
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    interval: f64,
}

pub fn run(args: &Watch, ctx: &Context) -> Result<Outcome> {
    ctx.look("watch");
    if !(0.1..=3600.0).contains(&args.interval) {
        let message = format!("--interval {}: expected 0.1 to 3600 seconds", args.interval);
        return Err(crate::exit::Usage(message).into());
    }
    let here = [PathBuf::from(".")];
    let folders = if args.folders.is_empty() { &here[..] } else { &args.folders };
    let mut watched: Vec<Watched> =
        folders.iter().map(|folder| Watched::new(folder)).collect::<Result<_>>()?;
    if args.once {
        let views = look(&watched, ctx)?;
        print(&views, ctx)?;
        return Ok(outcome(&views));
    }
    let mut out = ctx.stdout();
    let is_terminal = io::stdout().is_terminal() && ctx.options.format.is_none();
    let mut told: Vec<String> = vec![String::new(); watched.len()];
    loop {
        let views = look(&watched, ctx)?;
        match (is_terminal, ctx.format()) {
            (true, _) => redraw(&views, &mut out)?,
            (_, Format::Json | Format::Jsonl) => {
                tell(&views, &mut told, &mut out, |view| view.json().to_string())?
            }
            _ => tell(&views, &mut told, &mut out, line)?,
        }
        if args.until_done && views.iter().all(|view| view.state != "running") {
            return Ok(outcome(&views));
        }
        std::thread::sleep(Duration::from_secs_f64(args.interval));
        for domain in &mut watched {
            domain.poll()?;
        }
    }
}

/// The present state. With `--metrics` the file of metrics is rewritten each time.
fn look(watched: &[Watched], ctx: &Context) -> Result<Vec<View>> {
    let views: Vec<View> = watched.iter().map(View::of).collect();
    if ctx.options.metrics.is_some() {
        let mut metrics = Metrics::default();
        views.iter().for_each(|view| view.measure(&mut metrics));
        *ctx.metrics.borrow_mut() = metrics;
        ctx.write_metrics()?;
    }
    Ok(views)
}

fn outcome(views: &[View]) -> Outcome {
    Outcome::found(views.iter().filter(|view| view.has_findings()).count())
}

/// Prints the present state: text lines, or one document.
fn print(views: &[View], ctx: &Context) -> Result<()> {
    if matches!(ctx.format(), Format::Json | Format::Jsonl) {
        let domains: Vec<Value> = views.iter().map(View::json).collect();
        return ctx.write_document(
            "-",
            &frame::document("libchar.watch", 1, json!({ "domains": domains })),
        );
    }
    if ctx.format() == Format::Csv && ctx.options.format.is_some() {
        return ctx.print(&rows(views));
    }
    let text = screen::lines(views, 120, usize::MAX).join("\n");
    ctx.write("-", format!("{}\n", text.trim_end()).as_bytes())
}

fn rows(views: &[View]) -> libchar_core::Frame {
    let columns = [
        "folder", "state", "points", "done", "failed", "running", "waiting", "flaky", "recipe",
        "eta_s",
    ];
    let mut frame = libchar_core::Frame::new("libchar.watch", 1, columns);
    for view in views {
        frame.push(vec![
            view.folder.as_str().into(),
            view.state.into(),
            view.points.into(),
            view.done.into(),
            view.failed.into(),
            view.running.into(),
            view.waiting.into(),
            view.flaky.into(),
            view.recipe.into(),
            view.eta_s.into(),
        ]);
    }
    frame
}

/// Redraws the terminal from its first line. Each line is cleared behind its text, and so is
/// everything below.
fn redraw(views: &[View], out: &mut dyn Write) -> Result<()> {
    let (width, height) = size();
    let lines = screen::lines(views, width, height.saturating_sub(1));
    let text: String = lines.iter().map(|line| format!("{line}\x1b[K\n")).collect();
    out.write_all(format!("\x1b[H{text}\x1b[J").as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Columns and lines of the terminal; 80 x 24 if they are unknown.
fn size() -> (usize, usize) {
    terminal_size::terminal_size()
        .map_or((80, 24), |(width, height)| (width.0.into(), height.0.into()))
}

/// Prints a line for each domain with a change.
fn tell(
    views: &[View],
    told: &mut [String],
    out: &mut dyn Write,
    line: impl Fn(&View) -> String,
) -> Result<()> {
    for (view, told) in views.iter().zip(told) {
        let now = line(view);
        if now != *told {
            writeln!(out, "{now}")?;
            *told = now;
        }
    }
    out.flush()?;
    Ok(())
}

fn line(view: &View) -> String {
    let left =
        view.eta_s.map_or(String::new(), |eta| format!("; about {} left", screen::clock(eta)));
    let reason = view.reason.as_ref().map_or(String::new(), |reason| format!("; {reason}"));
    let text = format!("{}: {}: {}{left}{reason}", view.folder, view.state, view.counts());
    libchar_core::fault::escape(&text).into_owned()
}
