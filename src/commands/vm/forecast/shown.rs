//! A forecast as rows, as a document and in words.

use super::Forecast;
use crate::context::Context;
use libchar_assurance::forecast::{Forecast as Found, Settings};
use libchar_core::{Cell, Frame, frame};
use libchar_learn::series::Law;
use serde_json::{Value, json};

/// What is shown of a forecast.
pub struct Shown<'a> {
    pub args: &'a Forecast,
    pub settings: &'a Settings,
    pub found: &'a Found,
    /// Values of the series.
    pub values: usize,
}

impl Shown<'_> {
    /// One row a run ahead.
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

    /// The JSON document.
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
                "lower": self.args.lower, "upper": self.args.upper, "runs": self.settings.runs,
                "probability": p.within.last(), "standard_error": p.standard_error, "paths": p.paths,
                "risk": self.args.risk(),
            })
        });
        let refused: Vec<Value> = found
            .refused
            .iter()
            .map(|(method, why)| json!({ "method": method.name(), "reason": why }))
            .collect();
        let best = &found.tried[found.best];
        let body = json!({
            "data": data, "target": self.args.target, "values": self.values, "train_rows": self.settings.train,
            "chosen": best.method.name(), "setting": found.fitted.setting(), "sigma": found.sigma, "law": found.law.name(),
            "nominal": 1.0 - self.settings.alpha, "coverage": best.coverage[0], "skill_over_naive": found.skill,
            "tried": tried, "refused": refused, "runs": runs, "violation": violation,
        });
        frame::document("libchar.vm-forecast", 1, body)
    }

    /// Says how the methods did, and whether a violation is a finding.
    pub fn tell(&self, ctx: &Context) -> bool {
        let found = self.found;
        for t in &found.tried {
            let covered = t.coverage[0]
                .map_or("an unknown share".to_owned(), |c| format!("{:.1} %", 100.0 * c));
            ctx.log.info(
                "vm",
                format!(
                    "{}: rmse {:.6} one run ahead over {} runs, intervals cover {covered} ({})",
                    t.method.name(),
                    t.rmse(),
                    t.errors.len(),
                    t.setting
                ),
            );
        }
        for (method, why) in &found.refused {
            ctx.log.warning("vm", format!("{}: {why}", method.name()));
        }
        self.beside_naive(ctx);
        let best = &found.tried[found.best];
        if found.law == Law::Empirical {
            let message =
                "the errors are not normal: intervals and paths rest on the errors that were seen";
            ctx.log.info("vm", message);
        }
        let nominal = 1.0 - self.settings.alpha;
        let covered = best.coverage[0].unwrap_or(nominal);
        let n = best.errors.len() as f64;
        if nominal - covered > 3.0 * (nominal * (1.0 - nominal) / n).sqrt() {
            ctx.log.warning(
                "vm",
                format!(
                    "intervals of {:.0} % covered {:.1} % of the past: expect more values outside",
                    100.0 * nominal,
                    100.0 * covered
                ),
            );
        }
        self.violation(ctx)
    }

    /// How the chosen method compares with the last value.
    fn beside_naive(&self, ctx: &Context) {
        let Some(skill) = &self.found.skill else {
            ctx.log.info("vm", "no method forecasts better than the last value");
            return;
        };
        let name = self.found.tried[self.found.best].method.name();
        let share = 100.0 * skill.value.unwrap_or(0.0);
        if share < 0.0 {
            let message = format!(
                "{name} is worse than the last value by {:.1} % of its mean square one run ahead",
                -share
            );
            ctx.log.warning("vm", message);
            return;
        }
        let sure = if skill.is_shown() { "" } else { ", which may be chance" };
        let message = format!(
            "{name} takes {share:.1} % off the mean square of the naive forecast one run ahead{sure}"
        );
        ctx.log.info("vm", message);
    }

    /// Says how probable a violation is, and whether that is a finding.
    fn violation(&self, ctx: &Context) -> bool {
        let Some(passage) = &self.found.passage else { return false };
        let p = passage.within.last().copied().unwrap_or(0.0);
        let finding = p >= self.args.risk();
        let runs = if self.settings.runs == 1 {
            "the next run"
        } else {
            &format!("the next {} runs", self.settings.runs)
        };
        let message = format!(
            "a limit is violated within {runs} with probability {p:.4} (standard error {:.4})",
            passage.standard_error
        );
        match finding {
            true => ctx
                .log
                .warning("vm", format!("{message}: at least the risk of {}", self.args.risk())),
            false => ctx.log.info("vm", message),
        }
        finding
    }
}
