//! A domain on a terminal: lines that fit its width, as many as fit its height.

use libchar_campaign::watch::View;
use libchar_core::fault::escape;

/// A duration as `1:02:03`.
pub fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The lines of all domains; if there are several, only the head of each.
pub fn lines(views: &[View], width: usize, height: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for view in views {
        lines.extend(head(view, width));
        if views.len() == 1 {
            lines.extend(body(view));
        }
    }
    lines.truncate(height.max(3));
    lines.into_iter().map(|line| cut(&line, width)).collect()
}

fn head(view: &View, width: usize) -> Vec<String> {
    let elapsed = view.elapsed_s.map_or(String::new(), |elapsed| format!("   {}", clock(elapsed)));
    let left = view.eta_s.map_or(String::new(), |eta| format!(", about {} left", clock(eta)));
    let stage = view.stage.as_ref().map_or(String::new(), |stage| format!("   libchar {stage}"));
    let mut lines = vec![
        format!("{}   {}{elapsed}{left}{stage}", view.name, view.state.to_uppercase()),
        bar(view, width),
        format!(
            "done {}   failed {}   running {}   waiting {}   flaky {}   recipe {}",
            view.done, view.failed, view.running, view.waiting, view.flaky, view.recipe
        ),
    ];
    if let Some(reason) = &view.reason {
        lines.push(format!("HELD   {reason}"));
        lines.push(
            "GO ON  libchar run   tries one point first; what is done is not simulated again"
                .to_owned(),
        );
    }
    lines.push(String::new());
    lines
}

/// A bar of the settled points, such as `[####   ]  4 / 9`.
fn bar(view: &View, width: usize) -> String {
    let settled = view.done + view.failed;
    let numbers = format!("{settled} / {}", view.points);
    let room = width.saturating_sub(numbers.len() + 5).clamp(10, 69);
    let full = (room * settled).checked_div(view.points).unwrap_or(0);
    format!("[{}{}]  {numbers}", "#".repeat(full), " ".repeat(room - full))
}

fn body(view: &View) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(rate) = view.rate_per_s {
        lines.push(format!("RATE   {:.1} points/min", 60.0 * rate));
    }
    if view.jobs.0 > 0 {
        lines.push(format!("JOBS   {} submissions, {} jobs awaited", view.jobs.0, view.jobs.1));
    }
    if !view.failures.is_empty() {
        lines.push(format!("{:18} points   first", "FAILURES"));
        for failure in &view.failures {
            lines.push(format!(
                "x {:16} {:6}   {}: {}",
                failure.class, failure.points, failure.first, failure.reason
            ));
        }
    }
    if !view.slowest.is_empty() {
        lines.push("SLOWEST".to_owned());
        lines.extend(
            view.slowest.iter().map(|(point, wall_s)| format!("  {:>9}  {point}", clock(*wall_s))),
        );
    }
    if !view.last.is_empty() {
        lines.push("LAST".to_owned());
        lines.extend(view.last.iter().map(|(point, what)| format!("  {point}   {what}")));
    }
    lines
}

/// A line without control characters, cut to the width of the terminal.
fn cut(line: &str, width: usize) -> String {
    escape(line).chars().take(width.max(20)).collect()
}

#[cfg(test)]
mod tests {
    use super::{clock, cut};

    #[test]
    fn times_and_lines_are_short() {
        assert_eq!(clock(3723.4), "1:02:03");
        assert_eq!(clock(-1.0), "0:00:00");
        assert_eq!(cut("\u{1b}[2Jabc", 20), "\\u{1b}[2Jabc");
        assert_eq!(cut(&"x".repeat(100), 30).len(), 30);
    }
}
