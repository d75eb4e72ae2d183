//! The exchange of jobs and results with another program: a file of jobs and a file of results, one
//! row or line per job, with the program's own column names.

use super::NamedJob;
use libchar_core::nearest::nearest;
use libchar_core::{Cell, Fault, Faults, Frame, Refused, Table};
use libchar_litho::outputs::Outputs;
use libchar_litho::record::FIELDS;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Simulators with a known file format; others exchange JSON lines.
const KNOWN: [(&str, Format); 2] = [("prolith", Format::Csv), ("culitho", Format::Jsonl)];

/// Format of both files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
}

/// The fault of a simulator that is neither built in nor `configured`.
pub fn unknown(name: &str, configured: &[String]) -> String {
    let valid =
        || ["physics", "synthetic"].into_iter().chain(configured.iter().map(String::as_str));
    let names = valid().collect::<Vec<_>>().join(", ");
    let next = match nearest(name, valid()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "or set its command: [litho.simulators.{name}] command = [\"program\", \"{{jobs}}\", \"{{results}}\"]"
        ),
    };
    format!("unknown simulator `{name}`\n  expected one of: {names}\n  {next}")
}

/// The command of a program: words in which `{jobs}` and `{results}` stand for the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Command(Vec<String>);

impl Command {
    /// The `command` of the table `[litho.simulators.NAME]`.
    ///
    /// # Errors
    /// One that does not name both files.
    pub fn of(name: &str, table: &toml::Table) -> Result<Command, Refused> {
        let words = |value: &toml::Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect()
        };
        let words = table.get("command").and_then(words).unwrap_or_default();
        let names = |what: &str| words.iter().any(|word| word.contains(what));
        if !names("{jobs}") || !names("{results}") {
            let key = format!("litho.simulators.{name}.command");
            let files = "{jobs} and {results}, the files it reads and writes";
            return Err(Refused::Usage(format!("{key}: the command must name {files}")));
        }
        Ok(Command(words))
    }

    /// The program and its arguments, with the names of the files.
    pub fn words(&self, jobs: &str, results: &str) -> Vec<String> {
        let filled = |word: &String| word.replace("{jobs}", jobs).replace("{results}", results);
        self.0.iter().map(filled).collect()
    }
}

/// File format and column names of one program.
#[derive(Clone, Debug)]
pub struct Protocol {
    format: Format,
    /// The program's names for our fields and outputs.
    columns: BTreeMap<String, String>,
}

impl Protocol {
    /// The protocol of a simulator: the `format` (`csv`, else JSON lines), or the usual one for its
    /// name, and its names for our fields and outputs.
    pub fn of(name: &str, format: Option<&str>, columns: Option<&toml::Table>) -> Protocol {
        let text = |value: &toml::Value| value.as_str().unwrap_or_default().to_owned();
        let columns = columns.into_iter().flatten();
        let columns = columns.map(|(ours, theirs)| (ours.clone(), text(theirs))).collect();
        let format = match format {
            Some("csv") => Format::Csv,
            Some(_) => Format::Jsonl,
            None => KNOWN.iter().find(|k| k.0 == name).map_or(Format::Jsonl, |k| k.1),
        };
        Protocol { format, columns }
    }

    /// Name of a file, `jobs` or `results`.
    pub fn file(&self, stem: &str) -> String {
        match self.format {
            Format::Csv => format!("{stem}.csv"),
            Format::Jsonl => format!("{stem}.jsonl"),
        }
    }

    fn theirs<'a>(&'a self, ours: &'a str) -> &'a str {
        self.columns.get(ours).map_or(ours, String::as_str)
    }

    /// The file of jobs.
    ///
    /// # Errors
    /// Parameters that JSON cannot represent.
    pub fn jobs(&self, jobs: &[NamedJob]) -> serde_json::Result<Vec<u8>> {
        let mut records = Vec::new();
        for named in jobs {
            let mut record = Map::new();
            record.insert(self.theirs("job_id").to_owned(), named.id.clone().into());
            if let Value::Object(fields) = serde_json::to_value(&named.job.parameters)? {
                let fields = fields.into_iter().filter(|(name, _)| name != "job_id");
                record.extend(fields.map(|(name, value)| (self.theirs(&name).to_owned(), value)));
            }
            records.push(record);
        }
        if self.format == Format::Csv {
            return Ok(self.csv(&records));
        }
        let mut bytes = Vec::new();
        for record in &records {
            serde_json::to_writer(&mut bytes, record)?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    fn csv(&self, records: &[Map<String, Value>]) -> Vec<u8> {
        let used = |name: &&str| records.iter().any(|r| r.contains_key(self.theirs(name)));
        let columns: Vec<&str> =
            FIELDS.iter().map(|f| f.0).filter(used).map(|name| self.theirs(name)).collect();
        let mut frame = Frame::new("libchar.litho-jobs", 1, columns.iter().copied());
        for record in records {
            frame.push(columns.iter().map(|name| cell(record.get(*name))).collect());
        }
        frame.to_csv()
    }

    /// The results under our names, one for each job in the order of the jobs; `path` names the
    /// file in faults.
    ///
    /// # Errors
    /// Cells that are not results, jobs without a result or with several, results of unknown jobs.
    pub fn outputs(
        &self,
        path: &str,
        bytes: &[u8],
        jobs: &[NamedJob],
    ) -> Result<Vec<Outputs>, Faults> {
        let table = match self.format {
            Format::Csv => Table::parse_csv(path, bytes)?,
            Format::Jsonl => Table::parse_jsonl(path, bytes)?,
        };
        let id = table.column(self.theirs("job_id"))?;
        let mut by_job: BTreeMap<&str, Outputs> = BTreeMap::new();
        let mut faults = Vec::new();
        for row in 0..table.len() {
            let name = table.cell(row, id);
            // A row with a fault still counts as the result of its job, so that only one fault is
            // reported.
            let outputs = self.row(&table, row).unwrap_or_else(|fault| {
                faults.push(fault);
                Outputs::default()
            });
            if by_job.insert(name, outputs).is_some() {
                faults.push(table.fault(row, id, format!("a second result of `{name}`")));
            }
        }
        let mut answers = Vec::new();
        for named in jobs {
            match by_job.remove(named.id.as_str()) {
                Some(outputs) => answers.push(outputs),
                None => faults.push(Fault::of(path, format!("no result of job `{}`", named.id))),
            }
        }
        faults.extend(
            by_job.keys().map(|id| Fault::of(path, format!("`{id}` is not one of our jobs"))),
        );
        Faults::or(answers, faults)
    }

    fn row(&self, table: &Table, row: usize) -> Result<Outputs, Fault> {
        let filled = |ours: &str| {
            let column = table.find_column(self.theirs(ours))?;
            (!table.cell(row, column).is_empty()).then_some(column)
        };
        let number = |ours: &str| filled(ours).map(|column| table.number(row, column)).transpose();
        let printing = |column: usize| {
            let known = serde_json::from_value(Value::from(table.cell(row, column)));
            known.map_err(|e| table.fault(row, column, e.to_string()))
        };
        Ok(Outputs {
            printing: filled("printing").map(printing).transpose()?,
            cd_nm: number("cd_nm")?,
            nils: number("nils")?,
            contrast: number("contrast")?,
            el_pct: number("el_pct")?,
            dof_nm: number("dof_nm")?,
            meef: number("meef")?,
            ler3s_nm: number("ler3s_nm")?,
            yield_risk: number("yield_risk")?,
        })
    }
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Bool(flag)) => Cell::Bool(*flag),
        Some(Value::Number(n)) => n.as_i64().map_or_else(|| n.as_f64().into(), Cell::Integer),
        Some(other) => Cell::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::read_with;
    use libchar_core::input::Source;
    use libchar_litho::printing::Printing;

    fn jobs() -> Vec<NamedJob> {
        let text = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm\na,13.5,0.33,0.8,40,20\nb,13.5,0.33,0.8,44,22\n";
        read_with(&Source { name: "j.csv".to_owned(), bytes: text.as_bytes().to_vec() }, &[])
            .unwrap()
    }

    fn renamed(format: Option<&str>) -> Protocol {
        let names = [("job_id", "ID"), ("cd_nm", "CD"), ("nils", "NILS")];
        let columns =
            names.map(|(ours, theirs)| (ours.to_owned(), theirs.into())).into_iter().collect();
        Protocol::of("mine", format, Some(&columns))
    }

    #[test]
    fn a_name_has_its_usual_format_unless_one_is_said() {
        let file = |name: &str, format| Protocol::of(name, format, None).file("jobs");
        assert_eq!(file("prolith", None), "jobs.csv");
        assert_eq!(file("prolith", Some("jsonl")), "jobs.jsonl");
        assert_eq!(file("other", None), "jobs.jsonl");
        assert_eq!(file("other", Some("csv")), "jobs.csv");
    }

    #[test]
    fn jobs_are_written_in_the_words_of_the_program() {
        let csv = String::from_utf8(renamed(Some("csv")).jobs(&jobs()).unwrap()).unwrap();
        let mut lines = csv.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let row: Vec<&str> = lines.next().unwrap().split(',').collect();
        let of = |name: &str| row[head.iter().position(|own| *own == name).unwrap()];
        assert_eq!((head[0], of("ID"), of("CD"), of("pitch_nm")), ("ID", "a", "20", "40"));
        let lines = String::from_utf8(renamed(None).jobs(&jobs()).unwrap()).unwrap();
        let second: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
        assert_eq!((&second["ID"], &second["CD"]), (&Value::from("b"), &Value::from(22.0)));
    }

    #[test]
    fn results_come_back_in_the_order_of_the_jobs() {
        let csv = "ID,printing,CD,NILS\nb,no_latitude,,1.5\na,prints,19.5,2\n";
        let found = renamed(Some("csv")).outputs("r.csv", csv.as_bytes(), &jobs()).unwrap();
        assert_eq!((found[0].cd_nm, found[0].printing), (Some(19.5), Some(Printing::Prints)));
        assert_eq!((found[1].cd_nm, found[1].nils), (None, Some(1.5)));
        let lines = "{\"ID\": \"a\", \"CD\": 1}\n{\"ID\": \"b\", \"CD\": null}\n";
        let found = renamed(None).outputs("r.jsonl", lines.as_bytes(), &jobs()).unwrap();
        assert_eq!((found[0].cd_nm, found[1].cd_nm), (Some(1.0), None));
    }

    #[test]
    fn every_result_that_is_missing_or_wrong_is_told() {
        let csv = "ID,printing,CD\na,maybe,19\na,prints,x\nc,prints,19\n";
        let told = renamed(Some("csv")).outputs("r.csv", csv.as_bytes(), &jobs()).unwrap_err();
        let told = told.to_string();
        for expected in [
            "r.csv: no result of job `b`",
            "r.csv: `c` is not one of our jobs",
            "r.csv:2:3: unknown variant `maybe`",
            "r.csv:3:1: a second result of `a`",
        ] {
            assert!(told.contains(expected), "{expected}\n{told}");
        }
        assert!(told.contains("r.csv:3:10:"), "{told}");
    }

    #[test]
    fn the_nearest_simulator_is_offered_else_how_to_add_one() {
        let told = unknown("fizz", &["fuzz".to_owned()]);
        assert!(told.ends_with("physics, synthetic, fuzz\n  did you mean `fuzz`?"), "{told}");
        let told = unknown("own", &[]);
        assert!(told.ends_with(
            "[litho.simulators.own] command = [\"program\", \"{jobs}\", \"{results}\"]"
        ));
    }

    #[test]
    fn a_command_names_both_files() {
        let table = |text: &str| text.parse::<toml::Table>().unwrap();
        let command = table("command = [\"sim\", \"-i{jobs}\", \"{results}\"]");
        let command = Command::of("own", &command).unwrap();
        assert_eq!(command.words("a/j.csv", "a/r.csv"), ["sim", "-ia/j.csv", "a/r.csv"]);
        let told = Command::of("own", &table("command = [\"sim\", \"{jobs}\"]")).unwrap_err();
        let expected = "litho.simulators.own.command: the command must name {jobs} and {results}, the files it reads and writes";
        assert_eq!(told.to_string(), expected);
    }
}
