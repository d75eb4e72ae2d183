//! The standard drift benchmark: 29 kinds of change and a control, at a stated false-alarm rate.
//!
//! Each series has [`IN_CONTROL`] points from N(0, 1), then the change. Series that alarm before
//! the change are left out. Detection is the share of the others that alarms within 20, 50 and 100
//! points; the median delay is that of the alarms within 100 points. The control has no change: its
//! share within 100 points is the false-alarm rate, without which a detection rate means nothing.

mod cell;
mod report;

pub use cell::{Cell, Family};

use crate::SpcError;
use crate::drift::noise::Noise;
use crate::drift::{Detector, Method, Phase1, limit};
use rayon::prelude::*;

/// Points before the change.
pub const IN_CONTROL: usize = 50;
/// Points after the change within which an alarm counts as a detection.
pub const WITHIN: [usize; 3] = [20, 50, 100];

/// Settings of a benchmark run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The detector.
    pub method: Method,
    /// In-control average run length that the detector's limit is set for.
    pub arl: f64,
    /// Number of Phase I points that mean and sigma are estimated from, anew for each series;
    /// `None` if they are known.
    pub phase1: Option<usize>,
    /// Simulated series for each cell, 100 or more.
    pub series: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

/// A measured probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Share of the series, 0 to 1.
    pub share: f64,
    /// Its binomial standard error.
    pub standard_error: f64,
}

/// The outcome of one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellResult {
    /// The change.
    pub cell: Cell,
    /// Series without an alarm before the change.
    pub series: usize,
    /// Alarms within 20, 50 and 100 points of the change.
    pub detected: [Rate; 3],
    /// Median delay in points of the alarms within 100 points (1: at the first changed point);
    /// `None` if there are none.
    pub median_delay: Option<f64>,
}

/// The whole benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The limit used.
    pub limit_level: f64,
    /// Share of driftless series that alarm within their first 100 points.
    pub false_alarm_first_100: Rate,
    /// Series without a change. Of those without an earlier alarm, alarms within points 51 to 150
    /// are false.
    pub control: CellResult,
    /// One result per cell, in the order of [`Cell::STANDARD`].
    pub cells: Vec<CellResult>,
    /// Mean over the cells of the detection within 20, 50 and 100 points.
    pub mean_detected: [Rate; 3],
}

/// Runs the benchmark; the same settings give the same result on any number of threads.
///
/// # Errors
///
/// [`SpcError::TooFew`] for fewer than 100 series, and what [`limit`] refuses.
pub fn run(settings: &Settings) -> Result<Report, SpcError> {
    if settings.series < 100 {
        return Err(SpcError::TooFew {
            what: "the drift benchmark",
            needed: 100,
            unit: "series per cell",
            found: settings.series,
        });
    }
    let limit_level = limit(settings.method, settings.arl, settings.phase1)?.level;
    let control = first_alarms(settings, Cell::CONTROL, 0, limit_level);
    let first_100 = control.iter().filter(|alarm| alarm.is_some_and(|point| point <= 100)).count();
    let cells: Vec<CellResult> = Cell::STANDARD
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            summarize(*cell, &first_alarms(settings, *cell, i as u64 + 1, limit_level))
        })
        .collect();
    let mean_detected = std::array::from_fn(|within| {
        let n = cells.len() as f64;
        Rate {
            share: cells.iter().map(|cell| cell.detected[within].share).sum::<f64>() / n,
            standard_error: cells
                .iter()
                .map(|cell| cell.detected[within].standard_error.powi(2))
                .sum::<f64>()
                .sqrt()
                / n,
        }
    });
    Ok(Report {
        limit_level,
        false_alarm_first_100: rate(first_100, control.len()),
        control: summarize(Cell::CONTROL, &control),
        cells,
        mean_detected,
    })
}

/// 1-based index of each series' first alarm, if there is one.
fn first_alarms(
    settings: &Settings,
    cell: Cell,
    number: u64,
    limit_level: f64,
) -> Vec<Option<usize>> {
    let points = IN_CONTROL + WITHIN[WITHIN.len() - 1];
    (0..settings.series as u64)
        .into_par_iter()
        .map(|series| {
            let mut noise = Noise::new(settings.seed, (number << 32) | series);
            let phase1 = settings.phase1.and_then(|m| {
                let sample: Vec<f64> = (0..m).map(|_| noise.normal()).collect();
                Phase1::estimate(&sample).ok()
            });
            let phase1 = phase1.unwrap_or(Phase1::KNOWN);
            let mut detector = Detector::new(settings.method);
            let mut source = cell.source(&mut noise);
            (1..=points).find(|point| {
                detector.push(phase1.standardize(source.next(*point, IN_CONTROL, &mut noise)))
                    > limit_level
            })
        })
        .collect()
}

fn summarize(cell: Cell, first_alarms: &[Option<usize>]) -> CellResult {
    let kept: Vec<Option<usize>> = first_alarms
        .iter()
        .filter(|alarm| alarm.is_none_or(|point| point > IN_CONTROL))
        .map(|a| a.map(|point| point - IN_CONTROL))
        .collect();
    let mut delays: Vec<usize> = kept.iter().flatten().copied().collect();
    delays.sort_unstable();
    CellResult {
        cell,
        series: kept.len(),
        detected: WITHIN
            .map(|within| rate(delays.partition_point(|delay| *delay <= within), kept.len())),
        median_delay: median(&delays),
    }
}

fn rate(count: usize, of: usize) -> Rate {
    if of == 0 {
        return Rate { share: f64::NAN, standard_error: f64::NAN };
    }
    let share = count as f64 / of as f64;
    Rate { share, standard_error: (share * (1.0 - share) / of as f64).sqrt() }
}

fn median(sorted: &[usize]) -> Option<f64> {
    let n = sorted.len();
    (n > 0).then(|| (sorted[(n - 1) / 2] + sorted[n / 2]) as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Settings =
        Settings { method: Method::Likelihood, arl: 2000.0, phase1: None, series: 1000, seed: 7 };

    #[test]
    fn the_target_is_met_at_the_stated_false_alarm_rate() {
        let report = run(&SETTINGS).unwrap();
        assert_eq!(report.cells.len(), 29);
        let mean = report.mean_detected[2];
        assert!(mean.share - 3.0 * mean.standard_error >= 0.93, "{mean:?}");
        for rate in [report.control.detected[2], report.false_alarm_first_100] {
            assert!(rate.share <= 0.05 + 3.0 * rate.standard_error, "{rate:?}");
        }
        for result in report
            .cells
            .iter()
            .filter(|c| matches!(c.cell.family, Family::Step) && c.cell.size >= 1.0)
        {
            assert!(result.detected[2].share >= 0.999, "{result:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_report() {
        let settings = Settings { series: 100, phase1: Some(30), ..SETTINGS };
        assert_eq!(run(&settings).unwrap(), run(&settings).unwrap());
        assert_ne!(
            run(&settings).unwrap().cells,
            run(&Settings { seed: 8, ..settings }).unwrap().cells
        );
    }

    #[test]
    fn a_benchmark_of_few_series_is_refused() {
        assert!(run(&Settings { series: 99, ..SETTINGS }).is_err());
        assert!(run(&Settings { arl: 1.0, ..SETTINGS }).is_err());
    }

    #[test]
    fn the_median_of_an_even_count_lies_between() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3]), Some(3.0));
        assert_eq!(median(&[3, 6]), Some(4.5));
    }
}
