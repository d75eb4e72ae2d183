//! Reads runs from a table: target, features, groups and series.

use crate::data::Data;
use crate::model::Model;
use libchar_core::Note;
use libchar_core::number::parse_decimal;
use libchar_core::table::columns::{self, Na};
use libchar_core::table::times;
use libchar_core::told::Hearer;
use libchar_core::{Faults, Refused, Table};
use libchar_learn::{LearnError, Matrix};
use std::collections::HashMap;

/// Refuses a table without runs, and one whose rows are not in the order of the times in the column
/// `time`.
///
/// # Errors
/// As said; cells that are not times.
pub fn in_order(table: &Table, time: Option<&str>, format: Option<&str>) -> Result<(), Refused> {
    if table.is_empty() {
        return Err(Refused::Usage(format!("{}: the table has no runs", table.file)));
    }
    let Some(time) = time else { return Ok(()) };
    let column = table.column(time)?;
    let lines: Vec<usize> = (0..table.len()).map(|row| table.line(row)).collect();
    let texts: Vec<String> =
        (0..table.len()).map(|row| table.cell(row, column).to_owned()).collect();
    times::read(&table.file, &lines, time, &texts, format)?;
    Ok(())
}

/// The measured target of each run; an empty cell is a run that was not measured.
///
/// # Errors
/// Every other cell that is not a number.
pub fn target(table: &Table, column: usize) -> Result<Vec<Option<f64>>, Faults> {
    let mut faults = Vec::new();
    let values = (0..table.len())
        .map(|row| match table.cell(row, column).is_empty() {
            true => None,
            false => table
                .number(row, column)
                .map_err(|fault| faults.push(fault.expected("a number, or an empty cell")))
                .ok(),
        })
        .collect();
    Faults::or(values, faults)
}

/// Columns besides `taken` in which most of the filled cells are numbers, and the other columns.
pub fn numeric(table: &Table, taken: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let filled = |column: usize| {
        let cells = (0..table.len()).map(|row| table.cell(row, column));
        let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let numbers = filled.iter().filter(|cell| parse_decimal(cell).is_some()).count();
        2 * numbers > filled.len()
    };
    (0..table.columns.len()).filter(|column| !taken.contains(column)).partition(|c| filled(*c))
}

/// Group of each run, and the names of the groups in the order of their first run.
///
/// # Errors
/// Every run without a group.
pub fn groups(table: &Table, name: &str) -> Result<(Vec<usize>, Vec<String>), Faults> {
    let column = table.column(name)?;
    let (mut group, mut names, mut faults) = (Vec::new(), Vec::<String>::new(), Vec::new());
    let mut place = HashMap::new();
    for row in 0..table.len() {
        let cell = table.cell(row, column);
        if cell.is_empty() {
            let found = format!("empty cell in column `{name}`");
            faults.push(table.fault(row, column, found).expected("the run's group"));
        }
        let own = *place.entry(cell.to_owned()).or_insert_with(|| {
            names.push(cell.to_owned());
            names.len() - 1
        });
        group.push(own);
    }
    Faults::or((group, names), faults)
}

/// The values of a series in the order of the rows. Runs without a value are left out and reported
/// in a note. Unless `na` skips other cells, only an empty cell counts as missing.
///
/// # Errors
/// Cells that are not numbers, unless these are skipped.
pub fn series(table: &Table, name: &str, na: Na) -> Result<(Vec<f64>, Option<Note>), Faults> {
    let column = table.column(name)?;
    let cells: Vec<Option<f64>> = match na {
        Na::Error => target(table, column)?,
        Na::Skip => {
            let values = columns::numbers(table, &[column], Na::Skip)?.values.concat();
            values.into_iter().map(|v| Some(v).filter(|v| !v.is_nan())).collect()
        }
    };
    let values: Vec<f64> = cells.iter().flatten().copied().collect();
    let left = cells.len() - values.len();
    let runs = if left == 1 { "1 run has" } else { &format!("{left} runs have") };
    let note = format!("{runs} no value of `{name}`: the series goes on without");
    Ok((values, (left > 0).then_some(Note::Warning("vm", note))))
}

/// The matrix of some rows of the columns.
///
/// # Errors
/// [`LearnError`] where the values do not form a matrix.
pub fn matrix(values: &[Vec<f64>], rows: &[usize]) -> Result<Matrix, LearnError> {
    let rows: Vec<Vec<f64>> =
        rows.iter().map(|&row| values.iter().map(|column| column[row]).collect()).collect();
    Matrix::from_rows(&rows)
}

/// Position of each run within its group, from 1.
pub fn places(group: &[usize], groups: usize) -> Vec<f64> {
    let mut count = vec![0.0; groups.max(1)];
    group
        .iter()
        .map(|&g| {
            count[g] += 1.0;
            count[g]
        })
        .collect()
}

impl Data {
    /// The same runs without some of their features.
    ///
    /// # Errors
    /// [`LearnError`] where the remaining features do not form a matrix.
    pub fn without(&self, left_out: &[String]) -> Result<Data, LearnError> {
        let kept: Vec<usize> =
            (0..self.names.len()).filter(|&j| !left_out.contains(&self.names[j])).collect();
        let rows: Vec<Vec<f64>> =
            self.x.iter().map(|row| kept.iter().map(|&j| row[j]).collect()).collect();
        Ok(Data {
            names: kept.iter().map(|&j| self.names[j].clone()).collect(),
            x: Matrix::from_rows(&rows)?,
            ..self.clone()
        })
    }

    /// Least and greatest value of each feature among the first `train` runs.
    pub fn ranges(&self, train: usize) -> Vec<[f64; 2]> {
        let of_feature = |j: usize| {
            let column = (0..train).map(|i| self.x.row(i)[j]);
            column.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| {
                [low.min(v), high.max(v)]
            })
        };
        (0..self.names.len()).map(of_feature).collect()
    }
}

/// Runs for which a model is to predict the target.
pub struct Questions {
    /// Name of each run: its time, else its line.
    pub names: Vec<String>,
    /// The model's features.
    pub x: Matrix,
    /// The measured target of each run, if known.
    pub truth: Vec<Option<f64>>,
}

impl Questions {
    /// The runs of a table that have a value for every feature. Notes report those that are left
    /// out.
    ///
    /// # Errors
    /// Columns that the model needs and the table lacks, and cells that are not numbers, unless
    /// these are skipped.
    pub fn of(table: &Table, model: &Model, na: Na, hear: Hearer) -> Result<Questions, Refused> {
        let truth = match table.find_column(&model.target) {
            Some(column) => target(table, column)?,
            None => vec![None; table.len()],
        };
        let features = columns::places(table, &model.features)?;
        let values = columns::numbers(table, &features, na)?.values;
        let whole = |row: &usize| values.iter().all(|column| !column[*row].is_nan());
        let rows: Vec<usize> = (0..table.len()).filter(whole).collect();
        let left = table.len() - rows.len();
        if left > 0 {
            let text = format!("runs with a cell that holds no number: {left}, not predicted");
            hear(Note::Warning("vm", text));
        }
        let time = model.time.as_ref().and_then(|name| table.find_column(name));
        let name = |&row: &usize| match time {
            Some(column) => table.cell(row, column).to_owned(),
            None => format!("line {}", table.line(row)),
        };
        let x = matrix(&values, &rows).map_err(|error| Refused::Usage(error.to_string()))?;
        let truth = rows.iter().map(|&row| truth[row]).collect();
        Ok(Questions { names: rows.iter().map(name).collect(), x, truth })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse("runs.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn runs_are_there_and_in_the_order_of_time() {
        let told = |text: &str, time| {
            let table = Table::parse("r.csv", text.as_bytes()).unwrap();
            in_order(&table, time, None).map_err(|refused| refused.to_string())
        };
        assert_eq!(told("t,y\n1,2\n2,1\n", Some("t")), Ok(()));
        assert_eq!(told("t,y\n2,2\n1,1\n", None), Ok(()));
        assert!(told("t,y\n2,2\n1,1\n", Some("t")).unwrap_err().starts_with("r.csv:3"));
        assert_eq!(told("t,y\n", None).unwrap_err(), "r.csv: the table has no runs");
    }

    #[test]
    fn an_empty_target_is_no_fault_and_a_word_is() {
        let good = table("y,x\n1,2\n,3\n");
        assert_eq!(target(&good, 0).unwrap(), [Some(1.0), None]);
        let told = target(&table("y,x\nhigh,2\n"), 0).unwrap_err().to_string();
        assert!(told.starts_with("runs.csv:2:1:") && told.contains("a number, or an empty cell"));
    }

    #[test]
    fn a_column_is_of_numbers_if_most_of_its_cells_are() {
        let t = table("a,b,c,d\n1,x,1,\n2,y,n/a,\n3,4,2,\n");
        assert_eq!(numeric(&t, &[0]), (vec![2], vec![1, 3]));
    }

    #[test]
    fn groups_come_in_the_order_of_their_first_run() {
        let t = table("lot,y\nB,1\nA,2\nB,3\n");
        let (group, names) = groups(&t, "lot").unwrap();
        assert_eq!((group.as_slice(), names.join(",")), ([0, 1, 0].as_slice(), "B,A".to_owned()));
        assert_eq!(places(&group, 2), [1.0, 1.0, 2.0]);
        let told = groups(&table("lot,y\nA,1\n,2\n"), "lot").unwrap_err().to_string();
        assert!(told.contains("runs.csv:3:1: empty cell in column `lot`"), "{told}");
    }

    #[test]
    fn a_series_goes_on_without_runs_that_have_no_value() {
        let t = table("y,x\n1,2\n,3\n3,4\n");
        let (values, note) = series(&t, "y", Na::Error).unwrap();
        let told =
            Note::Warning("vm", "1 run has no value of `y`: the series goes on without".to_owned());
        assert_eq!((values, note), (vec![1.0, 3.0], Some(told)));
        let words = table("y,x\n1,2\nbad,3\n,4\n");
        assert!(series(&words, "y", Na::Error).is_err());
        let (values, note) = series(&words, "y", Na::Skip).unwrap();
        assert!(matches!(note, Some(Note::Warning(_, text)) if text.starts_with("2 runs have")));
        assert_eq!(values, [1.0]);
    }

    #[test]
    fn features_are_left_out_and_their_ranges_are_those_of_the_training_runs() {
        let values = [vec![1.0, 2.0, 9.0], vec![5.0, 4.0, 0.0]];
        let data = Data {
            names: vec!["a".to_owned(), "b".to_owned()],
            x: matrix(&values, &[0, 1, 2]).unwrap(),
            y: vec![0.0; 3],
            ..Data::default()
        };
        assert_eq!(data.ranges(2), [[1.0, 2.0], [4.0, 5.0]]);
        let left = data.without(&["a".to_owned()]).unwrap();
        assert_eq!(
            (left.names.as_slice(), left.x.row(2)),
            (["b".to_owned()].as_slice(), [0.0].as_slice())
        );
    }
}
