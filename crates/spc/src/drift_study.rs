//! A drift study of a series: Phase I, the judged rows, and the results as text, table and picture.

use crate::baseline::Baseline;
use crate::data::request::{Request, from_table};
use crate::drift::{self, Alarm, HORIZON, Limit, Method, Phase1};
use crate::error::SpcError;
use crate::knowledge::Knowledge;
use crate::rules::Severity;
use libchar_core::Note;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::table::columns::Na;
use libchar_core::{Fault, Faults, Frame, Table, frame, number};
use serde::Serialize;
use serde_json::{Value, json};

/// Number of Phase I rows if none is given.
const DEFAULT_PHASE1: usize = 50;

/// Settings of a drift study.
pub struct Asked<'a> {
    /// The column; if `None`, that of the baseline or the only one of numbers.
    pub column: Option<&'a str>,
    /// Wanted mean number of points between false alarms.
    pub arl: f64,
    /// Number of Phase I rows.
    pub phase1: Option<usize>,
    /// Known mean and standard deviation.
    pub known: Option<(f64, f64)>,
    /// Frozen limits and the name of their file.
    pub frozen: Option<(&'a Baseline, &'a str)>,
    /// How evidence is gathered.
    pub method: Method,
    /// How to treat cells without a number.
    pub na: Na,
}

/// A judged series: its reference values, its judged rows and the results.
pub struct Judged {
    /// The column.
    pub column: String,
    /// 1-based rows of the judged values.
    pub indices: Vec<usize>,
    /// The judged values.
    pub values: Vec<f64>,
    /// Number of rows without a number.
    pub skipped: usize,
    /// The mean and sigma that the values are compared with.
    pub phase1: Phase1,
    /// The limit.
    pub limit: Limit,
    /// The level at each judged value.
    pub levels: Vec<f64>,
    /// The alarms.
    pub alarms: Vec<Told>,
    method: Method,
    arl: f64,
}

/// An alarm with its severity, causes and actions.
#[derive(Serialize)]
pub struct Told {
    /// The alarm.
    #[serde(flatten)]
    pub alarm: Alarm,
    /// Its severity.
    pub severity: Severity,
    /// Possible causes.
    pub suggested_causes: Vec<String>,
    /// Recommended actions.
    pub recommended_actions: Vec<String>,
}

impl Told {
    fn new(alarm: Alarm, column: &str, knowledge: Option<&Knowledge>) -> Self {
        let advice = knowledge.map(|known| known.drift_advice(alarm.kind, column));
        let advice = advice.unwrap_or_default();
        let severity = advice.severity.unwrap_or(alarm.kind.severity());
        Told {
            alarm,
            severity,
            suggested_causes: advice.causes,
            recommended_actions: advice.actions,
        }
    }
}

impl Asked<'_> {
    /// Judges a table; `bytes` are the content that it was read from.
    ///
    /// # Errors
    /// Columns that cannot be read, a Phase I that leaves nothing to judge, limits for another
    /// column.
    pub fn judge(
        &self,
        table: &Table,
        bytes: &[u8],
        knowledge: Option<&Knowledge>,
    ) -> Result<Judged, Faults> {
        let wanted: Vec<String> = match (self.column, self.frozen) {
            (None, Some((frozen, _))) => frozen.columns.clone(),
            (column, _) => column.map(str::to_owned).into_iter().collect(),
        };
        let request = Request {
            values: &wanted,
            several: false,
            extra: None,
            labels: Vec::new(),
            na: self.na,
        };
        let rows = from_table(table, bytes, &request)?;
        let (indices, all): (Vec<usize>, Vec<f64>) = rows.values[0]
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_nan())
            .map(|(row, value)| (row + 1, *value))
            .unzip();
        let unfit = |error: SpcError| error.of(&table.file);
        let (phase1, offset) = match (self.frozen, self.known) {
            (Some((frozen, file)), _) => {
                let phase1 = Phase1::of_baseline(frozen).map_err(|e| e.of(file))?;
                frozen.check(&rows.columns, Some(1)).map_err(unfit)?;
                (phase1, 0)
            }
            (None, Some((mean, sigma))) => (Phase1::known(mean, sigma).map_err(unfit)?, 0),
            _ => {
                let m = self.phase1.unwrap_or(DEFAULT_PHASE1);
                if all.len() <= m {
                    let found = format!(
                        "Phase I takes the first {m} of {} points and leaves none",
                        all.len()
                    );
                    let fault = Fault::of(&table.file, found);
                    let expected = "another --phase1, --baseline, or --mean and --sigma";
                    return Err(fault.expected(expected).into());
                }
                (Phase1::estimate(&all[..m]).map_err(unfit)?, m)
            }
        };
        let method = self.method;
        let limit = drift::limit(method, self.arl, phase1.points).map_err(unfit)?;
        let values = all[offset..].to_vec();
        let detection = drift::detect(&values, &phase1, method, limit.level).map_err(unfit)?;
        let indices = indices[offset..].to_vec();
        let column = rows.columns[0].clone();
        let tell = |mut alarm: Alarm| {
            alarm.onset_index = alarm.onset_index.map(|onset| indices[onset - 1]);
            alarm.index = indices[alarm.index - 1];
            Told::new(alarm, &column, knowledge)
        };
        let alarms = detection.alarms.into_iter().map(tell).collect();
        let (skipped, levels) = (rows.skipped.len(), detection.levels);
        let arl = self.arl;
        Ok(Judged { column, indices, values, skipped, phase1, limit, levels, alarms, method, arl })
    }
}

impl Judged {
    /// A sentence that summarizes the results.
    pub fn sentence(&self) -> String {
        let Limit { level, false_alarm_100, uncorrected_false_alarm_100, .. } = self.limit;
        let percent = |share: f64| number::significant(100.0 * share, 3);
        let estimated = self.phase1.points.map_or(String::new(), |m| {
            let uncorrected = percent(uncorrected_false_alarm_100);
            format!(" (corrected for a Phase I of {m} points; uncorrected {uncorrected} %)")
        });
        format!(
            "{} alarms in {} points; limit {} for an ARL of {}: {} % false alarms in {HORIZON} points{estimated}",
            self.alarms.len(),
            self.values.len(),
            number::significant(level, 5),
            number::shortest(self.arl),
            percent(false_alarm_100),
        )
    }

    /// An alarm in a sentence.
    pub fn sentence_of(&self, told: &Told) -> String {
        format!("{} of {} at point {}", told.alarm.kind, self.column, told.alarm.index)
    }

    /// A note about rows that were left out; `None` if there are none.
    pub fn skipped_note(&self) -> Option<Note> {
        let message = format!("{} rows without a finite number left out", self.skipped);
        (self.skipped > 0).then_some(Note::Warning("skipped", message))
    }

    /// A table with one row per alarm, or per judged point if `points` is true.
    pub fn frame(&self, points: bool) -> Frame {
        let mut rows;
        if points {
            rows =
                Frame::new("libchar.spc-drift", 1, ["index", "value", "z_score", "level", "alarm"]);
            for (i, (value, level)) in self.values.iter().zip(&self.levels).enumerate() {
                rows.push(vec![
                    self.indices[i].into(),
                    (*value).into(),
                    self.phase1.standardize(*value).into(),
                    (*level).into(),
                    (*level > self.limit.level).into(),
                ]);
            }
        } else {
            let columns = [
                "index",
                "value",
                "z_score",
                "level",
                "kind",
                "evidence_share",
                "onset_index",
                "severity",
                "suggested_causes",
                "recommended_actions",
            ];
            rows = Frame::new("libchar.spc-drift", 1, columns);
            for told in &self.alarms {
                let alarm = &told.alarm;
                rows.push(vec![
                    alarm.index.into(),
                    alarm.value.into(),
                    alarm.z_score.into(),
                    alarm.level.into(),
                    alarm.kind.name().into(),
                    alarm.evidence_share.into(),
                    alarm.onset_index.into(),
                    told.severity.name().into(),
                    told.suggested_causes.join("; ").into(),
                    told.recommended_actions.join("; ").into(),
                ]);
            }
        }
        rows
    }

    /// The document of all results.
    pub fn document(&self, points: bool) -> Value {
        let Limit { level, known_level, false_alarm_100, uncorrected_false_alarm_100 } = self.limit;
        let mut body = json!({
            "column": self.column,
            "method": self.method,
            "arl": self.arl,
            "phase1": self.phase1,
            "limit": {
                "level": level,
                "known_level": known_level,
                "false_alarm_100": false_alarm_100,
                "uncorrected_false_alarm_100": uncorrected_false_alarm_100,
            },
            "first_index": self.indices.first(),
            "points": self.values.len(),
            "skipped_rows": self.skipped,
            "alarms": self.alarms,
        });
        if points {
            body["values"] = json!(self.values);
            body["levels"] = json!(self.levels);
        }
        frame::document("libchar.spc-drift", 1, body)
    }

    /// A picture of the level with its limit and the alarms.
    pub fn picture(&self) -> String {
        let limit = self.limit.level;
        let index = |i: usize| self.indices[i] as f64;
        let levels = &self.levels;
        // Clipped, so that a single spike at level 300 does not flatten everything else.
        let shown = |level: f64| level.clamp(-2.0, 3.0 * limit);
        let line: Vec<(f64, f64)> =
            levels.iter().enumerate().map(|(i, level)| (index(i), shown(*level))).collect();
        let x = Axis::linear("point", self.indices.iter().map(|i| *i as f64));
        let y = Axis::linear("drift level (ln)", line.iter().map(|p| p.1).chain([limit]));
        let mut chart = Chart::new(format!("Drift of {}", self.column), x, y);
        chart.line(&line, PALETTE[0], 1.2).level(limit, "limit", PALETTE[1]);
        for Told { alarm, .. } in &self.alarms {
            let (x, y) = (alarm.index as f64, shown(alarm.level));
            chart.dot(x, y, 4.0, PALETTE[1]).label(x, y, alarm.kind.name(), PALETTE[1]);
        }
        chart.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty values without a pattern, then a step of three sigma.
    fn csv() -> String {
        let noise = |i: usize| ((i * 37 % 61) as f64 - 30.0) / 17.6;
        (0..90).fold("x,note\n".to_owned(), |csv, i| {
            let x = noise(i) + if i >= 70 { 3.0 } else { 0.0 };
            format!("{csv}{x},a\n")
        })
    }

    fn asked<'a>() -> Asked<'a> {
        Asked {
            column: Some("x"),
            arl: 370.0,
            phase1: None,
            known: None,
            frozen: None,
            method: Method::Likelihood,
            na: Na::Error,
        }
    }

    fn judged(asked: Asked) -> Result<Judged, String> {
        let csv = csv();
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        asked.judge(&table, csv.as_bytes(), None).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_step_is_found_at_rows_of_the_file() {
        let found = judged(asked()).unwrap();
        assert_eq!((found.indices[0], found.values.len()), (DEFAULT_PHASE1 + 1, 40));
        let first = found.alarms.first().unwrap();
        assert!((71..80).contains(&first.alarm.index), "{}", first.alarm.index);
        assert!(first.suggested_causes.is_empty());
        let told = found.sentence_of(first);
        assert!(told.ends_with(&format!(" of x at point {}", first.alarm.index)), "{told}");
        assert_eq!(found.skipped_note(), None);
        assert_eq!((found.frame(false).len(), found.frame(true).len()), (found.alarms.len(), 40));
        let document = found.document(false);
        assert_eq!(document["first_index"], json!(51));
        assert!(document.get("levels").is_none() && found.document(true).get("levels").is_some());
        assert!(found.sentence().contains("corrected for a Phase I of 50 points"));
        assert!(found.picture().contains("Drift of x"));
    }

    #[test]
    fn known_limits_judge_every_row_and_phase_one_must_leave_some() {
        let known = judged(Asked { known: Some((0.0, 1.0)), ..asked() }).unwrap();
        assert_eq!((known.indices[0], known.values.len()), (1, 90));
        assert!(!known.sentence().contains("corrected"));
        let told = judged(Asked { phase1: Some(90), ..asked() }).map(drop).unwrap_err();
        assert!(
            told.starts_with("t.csv: Phase I takes the first 90 of 90 points and leaves none\n")
        );
        assert!(judged(Asked { column: Some("note"), ..asked() }).is_err());
        assert!(judged(Asked { known: Some((0.0, -1.0)), ..asked() }).is_err());
    }
}
