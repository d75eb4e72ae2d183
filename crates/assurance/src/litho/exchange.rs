//! Jobs with their results as tables: export from the record, one row per job, and import of other
//! jobs.

use super::job_table;
use super::known_table::no_results;
use super::outcome::filled;
use super::record::{Entry, SIGNALS, measurable};
use super::targets::{TARGETS, job_key};
use libchar_core::input::Source;
use libchar_core::{Cell, Faults, Frame};
use libchar_litho::JobParameters;
use libchar_litho::record::FIELDS;
use serde_json::{Map, Value, json};

/// A job of the record as a row of the table.
pub struct Row {
    /// Its numbers, with its id and the time of its submission.
    pub entry: Entry,
    /// Its state.
    pub status: &'static str,
    /// When it reached a final state.
    pub completed_at: Option<String>,
    /// Who submitted it.
    pub submitted_by: Option<String>,
    /// The simulator, or the source of an imported job.
    pub from: String,
    /// The model that made the prediction.
    pub model_version: Option<String>,
    /// Its fields.
    pub parameters: Map<String, Value>,
}

/// Fields that have a column of their own before the others, or that a table does not need.
const OWN: [&str; 4] = ["job_id", "submitted_by", "job_class", "priority"];

/// Columns that describe the job.
const ABOUT: [&str; 7] =
    ["job_id", "status", "submitted_at", "completed_at", "submitted_by", "from", "model_version"];

/// One row per job: its description, the fields that any job has, and predicted, simulated and
/// measured results.
pub fn flat(rows: &[Row]) -> Frame {
    let is_used = |name: &str| rows.iter().any(|row| row.parameters.contains_key(name));
    let fields: Vec<&str> =
        FIELDS.iter().map(|f| f.0).filter(|name| !OWN.contains(name) && is_used(name)).collect();
    let mut columns: Vec<String> =
        ABOUT.iter().chain(&fields).map(|name| (*name).to_owned()).collect();
    for name in SIGNALS {
        columns.extend(["", "_low", "_high"].map(|end| format!("predicted_{name}{end}")));
        columns.extend(["simulated", "measured"].map(|whose| format!("{whose}_{name}")));
    }
    let mut frame = Frame::new("libchar.litho-jobs-table", 1, columns);
    for row in rows {
        let entry = &row.entry;
        let mut cells: Vec<Cell> = vec![
            entry.id.as_str().into(),
            row.status.into(),
            entry.at.as_str().into(),
            row.completed_at.clone().into(),
            row.submitted_by.clone().into(),
            row.from.as_str().into(),
            row.model_version.clone().into(),
        ];
        cells.extend(fields.iter().map(|name| cell(row.parameters.get(*name))));
        for name in SIGNALS {
            let said = entry.said(name);
            cells.extend([said.value, said.low, said.high].map(Cell::from));
            cells.push(entry.simulated.get(name).copied().into());
            cells.push(entry.measured_mean(name).into());
        }
        frame.push(cells);
    }
    frame
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::Number(n)) => n.as_f64().into(),
        Some(Value::String(text)) => text.as_str().into(),
        Some(other) => other.to_string().into(),
    }
}

/// An imported job with its results.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its id; if it has none, a name computed from its content, so that importing a table twice
    /// gives the same jobs.
    pub job_id: String,
    /// Its fields.
    pub parameters: JobParameters,
    /// Time of its submission, if the row contains it.
    pub submitted_at: Option<String>,
    /// Its source, if the row contains it.
    pub from: Option<String>,
    /// Simulated results as they are stored with a job; `None` without any.
    pub outputs: Option<Value>,
    /// Measured results.
    pub measured: Vec<(String, f64)>,
}

/// The result that a column contains, and whether it was measured; `None` for other columns.
fn result_of(column: &str) -> Option<(&str, bool)> {
    if let Some(name) = column.strip_prefix("measured_") {
        return measurable(name).then_some((name, true));
    }
    let plain = TARGETS.iter().any(|(name, ..)| *name == column).then_some(column);
    let name = column.strip_prefix("simulated_").filter(|name| SIGNALS.contains(name)).or(plain)?;
    Some((name, false))
}

/// Columns of [`flat`] that an import ignores, such as intervals and states.
fn is_left_aside(column: &str) -> bool {
    let about = ["status", "submitted_at", "completed_at", "from", "model_version"];
    about.contains(&column)
        || column.starts_with("predicted_")
        || column.starts_with("true_")
        || column.starts_with("measured_") && result_of(column).is_none()
}

/// Reads a table of jobs with results. Columns `nils` … `yield_risk` or `simulated_*` were
/// simulated, `measured_*` were measured.
///
/// # Errors
/// All faults of all rows at once; a table without any results.
pub fn table(source: &Source) -> Result<Vec<Imported>, Faults> {
    let table = job_table::parse(source)?;
    let skip = |name: &str| result_of(name).is_some() || is_left_aside(name);
    let (jobs, mut faults) = job_table::rows(&table, &[], skip);
    let results: Vec<(usize, &str, bool)> = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(i, name)| result_of(name).map(|(name, measured)| (i, name, measured)))
        .collect();
    if results.is_empty() {
        faults.push(no_results(&table));
    }
    Faults::or((), std::mem::take(&mut faults))?;
    let mut found = Vec::new();
    for (row, named) in jobs.into_iter().enumerate() {
        let (mut outputs, mut signals, mut measured) = (Map::new(), Map::new(), Vec::new());
        for &(column, name, is_measured) in &results {
            if table.cell(row, column).trim().is_empty() {
                continue;
            }
            match table.number(row, column) {
                Err(fault) => faults.push(fault),
                Ok(value) if is_measured => measured.push((name.to_owned(), value)),
                Ok(value) => {
                    let into = if measurable(name) { &mut outputs } else { &mut signals };
                    into.insert(name.to_owned(), json!(value));
                }
            }
        }
        if !signals.is_empty() {
            outputs.insert("signals".to_owned(), Value::Object(signals));
        }
        let parameters = named.job.parameters.clone();
        let by_content = || format!("job_{}", &job_key(&named.job)[..12]);
        found.push(Imported {
            job_id: parameters.job_id.clone().unwrap_or_else(by_content),
            parameters,
            submitted_at: filled(&table, row, "submitted_at"),
            from: filled(&table, row, "from"),
            outputs: (!outputs.is_empty()).then_some(Value::Object(outputs)),
            measured,
        });
    }
    Faults::or(found, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm";

    fn source(text: &str) -> Source {
        Source { name: "fab.csv".to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn columns_say_whether_a_result_was_simulated_or_measured() {
        let text = format!(
            "{HEADER},nils,measured_nils,simulated_overall_health,predicted_nils,from\n\
             a,13.5,0.33,0.8,40,20,1.5,1.6,0.5,9,fab 2\n,13.5,0.33,0.8,40,20,,1.7,,,\n"
        );
        let found = table(&source(&text)).unwrap();
        let outputs = json!({ "nils": 1.5, "signals": { "overall_health": 0.5 } });
        assert_eq!(
            (found[0].outputs.as_ref(), found[0].from.as_deref()),
            (Some(&outputs), Some("fab 2"))
        );
        assert_eq!(found[0].measured, [("nils".to_owned(), 1.6)]);
        assert_eq!((found[1].outputs.as_ref(), found[1].from.as_ref()), (None, None));
        // A job without a name is named by its content: the same in every table.
        let again = table(&source(&text)).unwrap();
        assert_eq!((found[1].job_id.len(), &found[1].job_id), (16, &again[1].job_id));
    }

    #[test]
    fn a_table_without_results_and_words_in_place_of_numbers_are_faults() {
        let none = table(&source(&format!("{HEADER}\na,13.5,0.33,0.8,40,20\n"))).unwrap_err();
        assert!(none.to_string().contains("no column with results"));
        let text = format!("{HEADER},nils,dof_nm\na,13.5,0.33,0.8,40,20,high,deep\n");
        let told = table(&source(&text)).unwrap_err().to_string();
        assert!(told.contains("fab.csv:2:23:") && told.contains("fab.csv:2:28:"), "{told}");
    }

    /// Reading a written table gives the same jobs.
    #[test]
    fn a_row_of_the_record_comes_back() {
        let parameters = r#"{"wavelength_nm":13.5,"na":0.33,"sigma":0.8,"pitch_nm":40.0,"cd_nm":20.0,"source":"conventional"}"#;
        let outputs = r#"{"nils": 1.5, "cd_nm": 19.5, "signals": {"overall_health": 0.5}}"#;
        let said = r#"{"results": {"nils": {"value": 1.4, "low": 1.3, "high": 1.6}}}"#;
        let mut entry = Entry::read(("a", "monday"), parameters, Some(said), Some(outputs));
        entry.measured.insert("nils".to_owned(), vec![1.6]);
        let row = Row {
            entry,
            status: "COMPLETED",
            completed_at: None,
            submitted_by: Some("ada".to_owned()),
            from: "physics".to_owned(),
            model_version: Some("v1".to_owned()),
            parameters: serde_json::from_str(parameters).unwrap(),
        };
        let csv = String::from_utf8(flat(&[row]).to_csv()).unwrap();
        assert!(csv.starts_with(
            "job_id,status,submitted_at,completed_at,submitted_by,from,model_version,wavelength_nm,"
        ));
        assert!(csv.contains("\na,COMPLETED,monday,,ada,physics,v1,13.5,"), "{csv}");
        assert!(csv.contains(",1.4,1.3,1.6,1.5,1.6,"), "{csv}");
        let back = table(&source(&csv)).unwrap().remove(0);
        assert_eq!((back.job_id.as_str(), back.submitted_at.as_deref()), ("a", Some("monday")));
        assert_eq!(back.outputs, Some(serde_json::from_str(outputs).unwrap()));
        assert_eq!(back.measured, [("nils".to_owned(), 1.6)]);
    }
}
