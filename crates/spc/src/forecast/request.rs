//! The maintenance request: the measurements of a tool and the question about it.

use super::{Knowledge, Model, Question, Response, respond};
use crate::health::{LAMBDA, Reference};
use crate::knowledge;
use crate::run_table::Tell;
use libchar_core::Note;
use libchar_core::table::columns::{self, Na};
use libchar_core::{Fault, Faults, Table};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const MEMBERS: [&str; 7] = [
    "fdc_data",
    "lookahead_runs",
    "risk_threshold",
    "reference",
    "failure_level",
    "runs_since_last_clean",
    "next_maintenance_window",
];
const DEFAULT_LOOKAHEAD_RUNS: usize = 100;
const DEFAULT_RISK_THRESHOLD: f64 = 0.15;

/// One list of values per feature, all of the same length.
type Columns = BTreeMap<String, Vec<f64>>;

/// A parsed request.
#[derive(Debug)]
pub struct Request {
    file: String,
    fdc_data: Columns,
    healthy: Option<Columns>,
    /// Smoothed ln T² at which the tool fails.
    failure_level: Option<f64>,
    question: Question,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// Every fault of the text.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Request, Faults> {
        let text = libchar_core::input::text(file, bytes)?;
        let value: Value = serde_json::from_str(text).map_err(|e| Fault::json(file, &e))?;
        let Value::Object(members) = value else {
            return Err(Fault::at(file, 1, 1, "not a JSON object").into());
        };
        let mut reader = Reader { file, text, faults: Vec::new() };
        reader.check_names(&members);
        let fdc_data = match members.get("fdc_data") {
            Some(value) => reader.columns("fdc_data", value),
            None => {
                reader.faults.push(
                    Fault::at(file, 1, 1, "no `fdc_data`")
                        .expected("one list of values per feature"),
                );
                Columns::new()
            }
        };
        let healthy = members
            .get("reference")
            .filter(|v| !v.is_null())
            .map(|v| reader.columns("reference", v));
        let whole = |from: u64| move |value: &Value| value.as_u64().filter(|runs| *runs >= from);
        let lookahead =
            reader.member(&members, "lookahead_runs", "a whole number of runs from 1", whole(1));
        let clean =
            reader.member(&members, "runs_since_last_clean", "a whole number of runs", whole(0));
        let threshold = reader.member(
            &members,
            "risk_threshold",
            "a probability above 0, at most 1",
            |value| value.as_f64().filter(|p| *p > 0.0 && *p <= 1.0),
        );
        let failure_level = reader.member(&members, "failure_level", "a number", Value::as_f64);
        let window = reader.member(&members, "next_maintenance_window", "a text", |value| {
            value.as_str().map(str::to_owned)
        });
        let question = Question {
            lookahead_runs: lookahead
                .map_or(DEFAULT_LOOKAHEAD_RUNS, |runs| usize::try_from(runs).unwrap_or(usize::MAX)),
            risk_threshold: threshold.unwrap_or(DEFAULT_RISK_THRESHOLD),
            runs_since_last_clean: clean,
            next_maintenance_window: window,
        };
        let request = Request { file: file.to_owned(), fdc_data, healthy, failure_level, question };
        Faults::or(request, reader.faults)
    }

    /// Names of the features.
    fn features(&self) -> impl Iterator<Item = &str> {
        self.fdc_data.keys().map(String::as_str)
    }

    /// The healthy reference that is contained in the request, if any.
    ///
    /// # Errors
    /// Features that are missing, and runs from which no reference can be computed.
    fn reference(&self) -> Result<Option<Reference>, Faults> {
        let Some(healthy) = &self.healthy else { return Ok(None) };
        let features: Vec<String> = self.fdc_data.keys().cloned().collect();
        let rows = rows(&self.file, "reference", healthy, &features)?;
        let reference = Reference::fit(&features, &rows);
        Ok(Some(reference.map_err(|fault| Fault::of(&self.file, fault.to_string()))?))
    }

    /// The healthy reference from a table with one row per run.
    ///
    /// # Errors
    /// Features that are missing, cells without a number, and runs from which no reference can be
    /// computed.
    fn reference_of(&self, table: &Table) -> Result<Reference, Faults> {
        let features: Vec<String> = self.fdc_data.keys().cloned().collect();
        let places = columns::places(table, &features)?;
        let rows = columns::numbers(table, &places, Na::Error)?.complete().values;
        Ok(Reference::fit(&features, &rows).map_err(|error| error.of(&table.file))?)
    }

    /// Answers the request. The reference comes from the model, else from the table of healthy
    /// runs, else from the healthy runs in the request. Without a model, `failure_level` takes
    /// precedence over that of the request.
    ///
    /// # Errors
    /// Features that the request or the table lacks, and runs that allow no reference or no
    /// forecast.
    pub fn answer(
        &self,
        model: Option<&Model>,
        healthy: Option<&Table>,
        failure_level: Option<f64>,
        maintenance: &knowledge::Knowledge,
        tell: Tell,
    ) -> Result<Response, Faults> {
        let reference = match (model, healthy) {
            (Some(model), _) => Some(model.reference.clone()),
            (None, Some(table)) => Some(self.reference_of(table)?),
            (None, None) => self.reference()?,
        };
        let features = reference.as_ref().map_or(&[][..], |reference| &reference.features);
        let rows = if reference.is_some() {
            let unused = self.unused(features);
            if !unused.is_empty() {
                let message = format!("not in the reference, left out: {}", unused.join(", "));
                tell(Note::Warning("features", message));
            }
            self.rows(features)?
        } else {
            Vec::new()
        };
        let known = match (model, &reference) {
            (Some(model), _) => Some(Knowledge::from(model)),
            (None, Some(reference)) => Some(Knowledge {
                reference,
                lambda: LAMBDA,
                classifier: None,
                failure_level: failure_level.or(self.failure_level),
            }),
            (None, None) => None,
        };
        Ok(respond(&self.question, known, &rows, maintenance).map_err(|e| e.of(&self.file))?)
    }

    /// Features of the request that are not in `features`.
    fn unused(&self, features: &[String]) -> Vec<&str> {
        self.features().filter(|name| !features.iter().any(|f| f == name)).collect()
    }

    /// The runs, one row each, with the features in this order.
    ///
    /// # Errors
    /// Features that are missing in the request.
    fn rows(&self, features: &[String]) -> Result<Vec<Vec<f64>>, Faults> {
        rows(&self.file, "fdc_data", &self.fdc_data, features)
    }
}

/// Turns columns into rows; a missing feature is a fault.
fn rows(
    file: &str,
    member: &str,
    columns: &Columns,
    features: &[String],
) -> Result<Vec<Vec<f64>>, Faults> {
    let missing = features.iter().filter(|name| !columns.contains_key(*name)).map(|name| {
        Fault::of(file, format!("no feature `{name}` in `{member}`"))
            .one_of(name, columns.keys().map(String::as_str))
    });
    Faults::or((), missing.collect())?;
    let runs = columns.values().next().map_or(0, Vec::len);
    Ok((0..runs).map(|run| features.iter().map(|name| columns[name][run]).collect()).collect())
}

/// Collects faults with their position in the text.
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// A fault at the position of a member's name.
    fn fault(&self, name: &str, found: String) -> Fault {
        let quoted = serde_json::to_string(name).unwrap_or_default();
        match self.text.find(&quoted) {
            Some(offset) => Fault::at_offset(self.file, self.text, offset, found),
            None => Fault::of(self.file, found),
        }
    }

    fn check_names(&mut self, members: &Map<String, Value>) {
        for name in members.keys().filter(|name| !MEMBERS.contains(&name.as_str())) {
            let fault = self.fault(name, format!("unknown member `{name}`")).one_of(name, MEMBERS);
            self.faults.push(fault);
        }
    }

    /// The value of a member that may be absent or null.
    fn member<T>(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        expected: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = members.get(name).filter(|value| !value.is_null())?;
        let found = read(value);
        if found.is_none() {
            let fault = self.fault(name, format!("`{name}` is {value}")).expected(expected);
            self.faults.push(fault);
        }
        found
    }

    fn columns(&mut self, member: &str, value: &Value) -> Columns {
        let Value::Object(lists) = value else {
            let fault = self.fault(member, format!("`{member}` is not an object"));
            self.faults.push(fault.expected("one list of values per feature"));
            return Columns::new();
        };
        if lists.is_empty() {
            let fault = self.fault(member, format!("`{member}` has no features"));
            self.faults.push(fault);
        }
        let mut columns = Columns::new();
        for (name, list) in lists {
            let place = format!("`{member}.{name}`");
            let Value::Array(cells) = list else {
                let fault = self
                    .fault(name, format!("{place} is not a list"))
                    .expected("one number per run");
                self.faults.push(fault);
                continue;
            };
            let mut values = Vec::with_capacity(cells.len());
            for (run, cell) in cells.iter().enumerate() {
                match cell.as_f64() {
                    Some(number) => values.push(number),
                    None => {
                        let found = format!("{place}: run {} is {cell}", run + 1);
                        let fault = self.fault(name, found).expected("a finite number");
                        self.faults.push(fault);
                    }
                }
            }
            columns.insert(name.clone(), values);
        }
        self.check_lengths(member, lists);
        columns
    }

    fn check_lengths(&mut self, member: &str, lists: &Map<String, Value>) {
        let length = |list: &Value| list.as_array().map(Vec::len);
        let longest = lists.values().filter_map(length).max().unwrap_or(0);
        if longest == 0 && !lists.is_empty() {
            let fault = self.fault(member, format!("`{member}` has no runs"));
            self.faults.push(fault);
        }
        for (name, list) in lists {
            if let Some(n) = length(list).filter(|n| *n != longest) {
                let fault = self.fault(
                    name,
                    format!("`{member}.{name}` has {n} runs, another feature {longest}"),
                );
                self.faults.push(fault);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::Status;

    /// Values of two features without a pattern, as JSON lists with `runs` values.
    fn lists(runs: usize) -> String {
        let list = |step: usize, of: usize| {
            let values: Vec<String> = (0..runs).map(|i| (i * step % of).to_string()).collect();
            format!("[{}]", values.join(","))
        };
        format!(r#""temp_c": {}, "flow": {}"#, list(7, 11), list(5, 13))
    }

    fn request(members: &str) -> Result<Request, String> {
        let text = format!("{{ \"fdc_data\": {{ {} }} {members} }}", lists(60));
        Request::parse("r.json", text.as_bytes()).map_err(|faults| faults.to_string())
    }

    fn answer(
        request: &Request,
        healthy: Option<&str>,
        failure_level: Option<f64>,
    ) -> (Result<Response, String>, Vec<Note>) {
        let table = healthy.map(|csv| Table::parse("good.csv", csv.as_bytes()).unwrap());
        let (mut notes, none) = (Vec::new(), knowledge::Knowledge::empty());
        let tell = &mut |note| notes.push(note);
        let found = request.answer(None, table.as_ref(), failure_level, &none, tell);
        (found.map_err(|faults| faults.to_string()), notes)
    }

    #[test]
    fn without_healthy_runs_nothing_is_answered() {
        let (found, _) = answer(&request("").unwrap(), None, Some(3.0));
        let found = found.unwrap();
        assert_eq!((found.status, found.tool_health_score), (Status::InsufficientData, None));
        assert_eq!(found.lookahead_runs, DEFAULT_LOOKAHEAD_RUNS);
    }

    #[test]
    fn healthy_runs_of_the_request_or_of_a_table_answer_and_a_stated_level_stands_first() {
        let own = request(&format!(r#", "reference": {{ {} }}, "failure_level": 2"#, lists(40)));
        let own = own.unwrap();
        let probability = |level| answer(&own, None, level).0.unwrap().failure_probability.unwrap();
        let (near, far) = (probability(None), probability(Some(50.0)));
        assert!(near > far && far < 1e-6, "{near} {far}");
        let csv = (0..40).fold("temp_c,flow,spare\n".to_owned(), |csv, i| {
            format!("{csv}{},{},1\n", i * 7 % 11, i * 5 % 13)
        });
        let (found, notes) = answer(&request("").unwrap(), Some(&csv), Some(2.0));
        assert_eq!((found.unwrap().failure_probability, notes.len()), (Some(near), 0));
        let (found, _) = answer(&own, Some("temp_c\n1\n"), None);
        let told = found.unwrap_err();
        assert!(told.starts_with("good.csv:1") && told.contains("`flow`"), "{told}");
        let (found, _) = answer(&own, Some("temp_c,flow\n1,2\n"), None);
        assert!(found.unwrap_err().starts_with("good.csv: a healthy reference needs at least 10"));
    }

    #[test]
    fn a_model_answers_by_its_own_features() {
        let healthy: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i * 7 % 11)]).collect();
        let model = Model {
            reference: Reference::fit(&["temp_c".to_owned()], &healthy).unwrap(),
            lambda: 0.2,
            failure_level: Some(6.0),
            failures: 3,
            lives: 3,
            classifier: None,
            fitted: None,
        };
        let mut notes = Vec::new();
        let none = knowledge::Knowledge::empty();
        let asked = request("").unwrap();
        let tell = &mut |note| notes.push(note);
        let found = asked.answer(Some(&model), None, None, &none, tell).unwrap();
        assert_eq!((found.contributions.len(), found.calibrated), (1, false));
        let left = "not in the reference, left out: flow".to_owned();
        assert_eq!(notes, [Note::Warning("features", left)]);
    }

    #[test]
    fn members_that_say_nothing_are_named_at_their_place() {
        let told = request(r#", "lookahead_runs": 0, "risk_treshold": 0.1"#).unwrap_err();
        assert!(told.contains("`lookahead_runs` is 0\n  expected a whole number of runs from 1"));
        assert!(told.contains("unknown member `risk_treshold`"), "{told}");
        assert!(told.contains("did you mean `risk_threshold`?"), "{told}");
    }
}
