//! Charts: the data of every result with its fit, or a map of the sites.

use crate::gum::Budget;
use crate::method::Method;
use crate::run::Run;
use libchar_core::svg::{Axis, Chart, PALETTE, stack, wafer};

/// Draws a map of the sites, data with fit and residuals, and the uncertainty budget, as far as the
/// results contain them; `None` if they contain none.
pub fn draw(method: &Method, run: &Run) -> Option<String> {
    let mut charts: Vec<Chart> = map(method, run).into_iter().collect();
    // Next to a map of many sites the curves of single sites are of no use.
    if charts.is_empty() {
        charts.extend(fits(method, run));
    }
    charts.extend(budgets(method, run));
    match charts.as_slice() {
        [] => None,
        [one] => Some(one.render()),
        _ => Some(stack(&charts)),
    }
}

fn map(method: &Method, run: &Run) -> Option<Chart> {
    let map = run.summary.as_ref()?.map.as_ref()?;
    let title = format!("{}: {} over the wafer", method.name, map.quantity);
    Some(wafer(&title, &map.sites, map.diameter_mm))
}

fn fits(method: &Method, run: &Run) -> Vec<Chart> {
    let found = || run.results.iter().filter_map(|result| result.outcome.as_ref().ok());
    let plots: Vec<_> = found().filter_map(|e| e.answer.plots.first()).collect();
    let Some(first) = plots.first() else { return Vec::new() };
    let points = || plots.iter().flat_map(|plot| plot.data.iter().chain(&plot.fit));
    let decades = plots.iter().all(|plot| plot.data.iter().all(|(x, y)| *x > 0.0 && *y > 0.0)) && {
        let (low, high) = plots
            .iter()
            .flat_map(|p| &p.data)
            .fold((f64::MAX, 0.0f64), |(lo, hi), p| (lo.min(p.1), hi.max(p.1)));
        high > 1e4 * low
    };
    let axes = match decades {
        true => (
            Axis::log(first.x.clone(), points().map(|p| p.0)),
            Axis::log(first.y.clone(), points().map(|p| p.1)),
        ),
        false => (
            Axis::linear(first.x.clone(), points().map(|p| p.0)),
            Axis::linear(first.y.clone(), points().map(|p| p.1)),
        ),
    };
    let x = axes.0.clone();
    let mut chart = Chart::new(format!("{}: {}", method.name, method.about), axes.0, axes.1);
    for (i, plot) in plots.iter().enumerate() {
        let colour = PALETTE[i % PALETTE.len()];
        for (x, y) in &plot.data {
            chart.dot(*x, *y, 2.0, colour);
        }
        let mut fit = plot.fit.clone();
        fit.sort_by(|a, b| a.0.total_cmp(&b.0));
        chart.line(&fit, colour, 1.5);
    }
    let residuals: Vec<Vec<(f64, f64)>> = plots.iter().map(|plot| plot.residuals()).collect();
    if residuals.iter().all(Vec::is_empty) {
        return vec![chart];
    }
    let y = Axis::linear("data - fit", residuals.iter().flatten().map(|p| p.1).chain([0.0]));
    let mut below = Chart::new("Residuals", x, y).size(840.0, 220.0);
    for (i, points) in residuals.iter().enumerate() {
        for (x, y) in points {
            below.dot(*x, *y, 2.0, PALETTE[i % PALETTE.len()]);
        }
    }
    below.level(0.0, "", "#444444");
    vec![chart, below]
}

/// A chart of the variance shares of the first result with an uncertainty budget.
fn budgets(method: &Method, run: &Run) -> Option<Chart> {
    let found = run.results.iter().filter_map(|result| result.outcome.as_ref().ok());
    let with_name = found.flat_map(|e| e.answer.numbers.iter().zip(&e.budgets));
    let (number, budget): (_, &Budget) =
        with_name.filter_map(|(n, b)| b.as_ref().map(|b| (n, b))).next()?;
    let count = budget.rows.len() as f64;
    let x = Axis::linear(format!("share of the variance of {} (%)", number.name), [0.0, 100.0]);
    let y = Axis { title: "source".to_owned(), ..Axis::linear("", [0.0, count]) };
    let mut chart = Chart::new(format!("{}: budget", method.name), x, y);
    for (i, row) in budget.rows.iter().enumerate() {
        let top = count - i as f64;
        chart.rect((0.0, top - 0.8), (row.share_pct, top - 0.2), PALETTE[0], 0.8);
        chart.label(
            50.0,
            top - 0.65,
            &format!("{} {:.1} %", row.source, row.share_pct),
            PALETTE[6],
        );
    }
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::run::tests::{HALF, measured};

    #[test]
    fn a_budget_is_drawn_with_its_shares_and_numbers_alone_are_not() {
        let exact = measured("l_um\n4\n", &[]).1.unwrap();
        assert_eq!(draw(&HALF, &exact), None);
        // The only source of uncertainty has all of the variance.
        let uncertain = measured("l_um,u_l_um\n4,0.1\n", &[]).1.unwrap();
        let drawn = draw(&HALF, &uncertain).unwrap();
        assert!(drawn.contains("half: budget") && drawn.contains("l 100.0 %"), "{drawn}");
    }
}
