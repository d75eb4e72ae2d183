//! A forecast as rows, as a document and as text.

use super::asked::Asked;
use super::{Forecast, MOST_FITTED, Settings};
use libchar_core::Note;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, frame};
use libchar_learn::series::Law;
use serde_json::{Value, json};

/// A forecast with everything that is printed about it.
pub struct Shown<'a> {
    /// The options.
    pub asked: &'a Asked<'a>,
    /// The settings that followed from them.
    pub settings: &'a Settings,
    /// The forecast.
    pub found: &'a Forecast,
    /// Number of values of the series.
    pub values: usize,
}

impl Shown<'_> {
    /// One row per run ahead.
    pub fn frame(&self) -> Frame {
        let mut columns =
            vec!["ahead", "forecast", "low", "high", "naive", "naive_low", "naive_high"];
        if self.found.passage.is_some() {
            columns.extend(["p_beyond", "p_violated"]);
        }
        let mut frame = Frame::new("libchar.vm-forecast-rows", 1, columns);
        for (h, ahead) in self.found.ahead.iter().enumerate() {
            let around = |value: f64, half: f64| {
                [value.into(), (value - half).into(), (value + half).into()]
            };
            let mut row: Vec<Cell> = vec![(h + 1).into()];
            row.extend(around(ahead.value, ahead.half_width));
            row.extend(around(ahead.naive, ahead.naive_half_width));
            if let Some(passage) = &self.found.passage {
                row.extend([passage.beyond[h].into(), passage.within[h].into()]);
            }
            frame.push(row);
        }
        frame
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Vec<Kept> {
        let measure = format!("{} forecast", self.asked.target);
        let ahead = self.found.ahead.iter().enumerate();
        let kept = |(h, ahead): (usize, &super::Ahead)| {
            Kept::of(measure.as_str(), ahead.value).at(format!("run +{}", h + 1))
        };
        ahead.map(kept).collect()
    }

    /// The JSON document; `data` describes the series.
    pub fn document(&self, data: Value) -> Value {
        let found = self.found;
        let tried: Vec<Value> = found
            .tried
            .iter()
            .map(|t| {
                let rmse: Vec<Option<f64>> = t.mse.iter().map(|mse| mse.map(f64::sqrt)).collect();
                json!({
                    "method": t.method.name(), "setting": t.setting, "rmse": t.rmse(), "mae": t.mae(),
                    "width": t.width, "rmse_by_runs_ahead": rmse, "coverage_by_runs_ahead": t.coverage,
                })
            })
            .collect();
        let runs: Vec<Value> = found
            .ahead
            .iter()
            .enumerate()
            .map(|(h, a)| {
                json!({
                    "ahead": h + 1, "forecast": a.value, "low": a.value - a.half_width, "high": a.value + a.half_width,
                    "naive": a.naive, "naive_low": a.naive - a.naive_half_width, "naive_high": a.naive + a.naive_half_width,
                    "p_beyond": found.passage.as_ref().map(|p| p.beyond[h]),
                    "p_violated": found.passage.as_ref().map(|p| p.within[h]),
                })
            })
            .collect();
        let violation = found.passage.as_ref().map(|p| {
            json!({
                "lower": self.asked.lower, "upper": self.asked.upper, "runs": self.settings.runs,
                "probability": p.within.last(), "standard_error": p.standard_error, "paths": p.paths,
                "risk": self.asked.risk(),
            })
        });
        let refused: Vec<Value> = found
            .refused
            .iter()
            .map(|(method, why)| json!({ "method": method.name(), "reason": why }))
            .collect();
        let best = &found.tried[found.best];
        let body = json!({
            "data": data, "target": self.asked.target, "values": self.values, "train_rows": self.settings.train,
            "chosen": best.method.name(), "setting": found.fitted.setting(), "sigma": found.sigma, "law": found.law.name(),
            "nominal": 1.0 - self.settings.alpha, "coverage": best.coverage[0], "skill_over_naive": found.skill,
            "tried": tried, "refused": refused, "runs": runs, "violation": violation,
        });
        frame::document("libchar.vm-forecast", 1, body)
    }

    /// Notes on the performance of the methods, the reliability of the intervals and the
    /// probability of a violation.
    pub fn notes(&self) -> Vec<Note> {
        let found = self.found;
        let mut notes: Vec<Note> = found
            .tried
            .iter()
            .map(|t| {
                let covered = t.coverage[0]
                    .map_or("an unknown share".to_owned(), |c| format!("{:.1} %", 100.0 * c));
                Note::Info(
                    "vm",
                    format!(
                        "{}: rmse {:.6} one run ahead over {} runs, intervals cover {covered} ({})",
                        t.method.name(),
                        t.rmse(),
                        t.errors.len(),
                        t.setting
                    ),
                )
            })
            .collect();
        let refused = found.refused.iter();
        notes.extend(refused.map(|(m, why)| Note::Warning("vm", format!("{}: {why}", m.name()))));
        notes.push(self.beside_naive());
        if found.law == Law::Empirical {
            let told =
                "the errors are not normal: intervals and paths rest on the errors that were seen";
            notes.push(Note::Info("vm", told.to_owned()));
        }
        notes.extend(self.undercoverage());
        notes.extend(self.violation().map(|(note, _)| note));
        notes
    }

    /// Whether a violation is probable enough to be a finding.
    pub fn is_finding(&self) -> bool {
        self.violation().is_some_and(|(_, is_finding)| is_finding)
    }

    /// A warning if the intervals covered less of the past than chance explains.
    fn undercoverage(&self) -> Option<Note> {
        let best = &self.found.tried[self.found.best];
        let nominal = 1.0 - self.settings.alpha;
        let covered = best.coverage[0].unwrap_or(nominal);
        let n = best.errors.len() as f64;
        let is_low = nominal - covered > 3.0 * (nominal * (1.0 - nominal) / n).sqrt();
        is_low.then(|| {
            Note::Warning(
                "vm",
                format!(
                    "intervals of {:.0} % covered {:.1} % of the past: expect more values outside",
                    100.0 * nominal,
                    100.0 * covered
                ),
            )
        })
    }

    /// Compares the chosen method with the last value as forecast.
    fn beside_naive(&self) -> Note {
        let Some(skill) = &self.found.skill else {
            return Note::Info("vm", "no method forecasts better than the last value".to_owned());
        };
        let name = self.found.tried[self.found.best].method.name();
        let share = 100.0 * skill.value.unwrap_or(0.0);
        if share < 0.0 {
            return Note::Warning(
                "vm",
                format!(
                    "{name} is worse than the last value by {:.1} % of its mean square one run ahead",
                    -share
                ),
            );
        }
        let sure = if skill.is_shown() { "" } else { ", which may be chance" };
        Note::Info(
            "vm",
            format!(
                "{name} takes {share:.1} % off the mean square of the naive forecast one run ahead{sure}"
            ),
        )
    }

    /// The probability of a violation, and whether it is a finding.
    fn violation(&self) -> Option<(Note, bool)> {
        let passage = self.found.passage.as_ref()?;
        let p = passage.within.last().copied().unwrap_or(0.0);
        let runs = match self.settings.runs {
            1 => "the next run".to_owned(),
            n => format!("the next {n} runs"),
        };
        let told = format!(
            "a limit is violated within {runs} with probability {p:.4} (standard error {:.4})",
            passage.standard_error
        );
        let risk = self.asked.risk();
        Some(match p >= risk {
            true => (Note::Warning("vm", format!("{told}: at least the risk of {risk}")), true),
            false => (Note::Info("vm", told), false),
        })
    }
}

/// A note on a series that is longer than the part to which parameters are fitted.
pub fn long_series(values: usize) -> Option<Note> {
    let told =
        || format!("parameters are fitted to the newest {MOST_FITTED} values before each fit");
    (values > MOST_FITTED).then(|| Note::Info("vm", told()))
}

#[cfg(test)]
mod tests {
    use super::super::forecast;
    use super::*;
    use libchar_numeric::draws::Draws;

    /// A random walk of unit steps, from 0.
    fn walk(n: u64) -> Vec<f64> {
        let mut draws = Draws::new(3, &["shown"]);
        (0..n)
            .scan(0.0, |at, t| {
                *at += draws.normal(t);
                Some(*at)
            })
            .collect()
    }

    fn asked(upper: Option<f64>) -> Asked<'static> {
        Asked {
            target: "y",
            runs: 3,
            methods: &[],
            train_rows: None,
            alpha: 0.1,
            lower: None,
            upper,
            risk: None,
            seed: 1,
        }
    }

    fn shown<T>(upper: Option<f64>, body: impl FnOnce(&Shown) -> T) -> T {
        let (y, asked) = (walk(80), asked(upper));
        let settings = asked.settings("r.csv", y.len()).unwrap();
        let found = forecast(&y, &settings).unwrap();
        body(&Shown { asked: &asked, settings: &settings, found: &found, values: y.len() })
    }

    #[test]
    fn rows_and_document_tell_the_same_runs() {
        let (frame, document, kept) =
            shown(Some(1e3), |s| (s.frame(), s.document(Value::Null), s.kept()));
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        let head = "ahead,forecast,low,high,naive,naive_low,naive_high,p_beyond,p_violated";
        assert_eq!((csv.lines().next(), csv.lines().count()), (Some(head), 4));
        let first: Vec<f64> =
            csv.lines().nth(1).unwrap().split(',').map(|cell| cell.parse().unwrap()).collect();
        for (name, value) in ["ahead", "forecast", "low", "high", "naive"].iter().zip(&first) {
            assert_eq!(document["runs"][0][*name].as_f64(), Some(*value), "{name}");
        }
        assert_eq!((kept[0].point.as_deref(), kept[0].value), (Some("run +1"), Some(first[1])));
        assert!(
            shown(None, |s| s.frame())
                .to_csv()
                .starts_with(b"ahead,forecast,low,high,naive,naive_low,naive_high\n")
        );
    }

    #[test]
    fn a_violation_is_a_finding_where_it_is_probable() {
        let (far, calm) = shown(Some(1e3), |s| (s.is_finding(), s.notes()));
        assert!(
            !far && matches!(calm.last(), Some(Note::Info(_, text)) if text.starts_with("a limit is violated within the next 3 runs with probability 0.0000"))
        );
        let (near, told) = shown(Some(-1e3), |s| (s.is_finding(), s.notes()));
        assert!(
            near && matches!(told.last(), Some(Note::Warning(_, text)) if text.ends_with("at least the risk of 0.05"))
        );
        assert!(!shown(None, |s| s.is_finding()));
        assert!(matches!(&calm[0], Note::Info(_, text) if text.starts_with("naive: rmse ")));
    }

    #[test]
    fn intervals_that_covered_enough_are_not_warned_of() {
        let notes = shown(None, |s| s.notes());
        let covered =
            |note: &Note| matches!(note, Note::Warning(_, text) if text.contains("covered"));
        assert!(!notes.iter().any(covered), "{notes:?}");
    }

    #[test]
    fn a_long_series_is_told_to_be_fitted_in_part() {
        assert_eq!(long_series(MOST_FITTED), None);
        assert!(
            matches!(long_series(MOST_FITTED + 1), Some(Note::Info(_, text)) if text.contains("2000"))
        );
    }
}
