//! What of a domain is not as its stages would make it now, said in one line each.

use crate::context::Context;
use crate::log::Level;
use crate::sources::desk;
use libchar_campaign::fresh;
pub use libchar_campaign::fresh::{Older, REPORT_DIFFERS, stale};
use libchar_pvt::Point;
use libchar_report::Results;

/// Says what is older; each point only to those who ask for more.
pub fn tell(older: &Older, ctx: &Context) {
    ctx.log.warning_once("stale", older.message());
    for point in &older.points {
        ctx.log.point(Level::Debug, "stale", point, format!("stale {}", older.what));
    }
}

/// Says which decks `gen` would write otherwise.
pub fn tell_decks(ctx: &Context, listed: &[Point]) {
    fresh::decks(&desk(ctx), listed).iter().for_each(|older| tell(older, ctx));
}

/// Everything that is out of date about the points of a report. `from_file` says that `results` are
/// those of `results.csv`.
pub fn of_results(
    ctx: &Context,
    listed: &[Point],
    results: &Results,
    from_file: bool,
) -> Vec<Older> {
    fresh::of_results(&desk(ctx), listed, results, from_file)
}

/// Points whose outputs differ from the given content of `results.csv`.
pub fn results_csv(ctx: &Context, listed: &[Point], results: &Results) -> Option<Older> {
    fresh::results_csv(&desk(ctx), listed, results)
}

/// Everything in a report of `report` that is out of date: the results, or the limits, which
/// `differs` compares.
pub fn of_report(ctx: &Context, differs: impl Fn(&Results) -> bool) -> Vec<String> {
    fresh::of_report(&desk(ctx), differs)
}
