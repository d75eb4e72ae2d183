//! A simulator that is another program: it reads a file of jobs and leaves a file of results.

use super::simulator::Simulator;
use crate::context::Context;
use crate::exit::{Interrupted, Usage};
use anyhow::{Context as _, Result, bail};
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_core::{Fault, Faults, Table, atomic};
use libchar_litho::outputs::Outputs;
use libchar_litho::record::FIELDS;
use libchar_runner::{Program, Signals};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Simulators that have a file format of their own here; any other name exchanges JSON lines.
const KNOWN: [(&str, FileFormat); 2] =
    [("prolith", FileFormat::Csv), ("culitho", FileFormat::Jsonl)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Csv,
    Jsonl,
}

/// The adapter of one configured program.
pub struct External {
    name: String,
    command: Vec<String>,
    format: FileFormat,
    /// The program's names of our fields and outputs.
    columns: BTreeMap<String, String>,
    folder: PathBuf,
    timeout: Option<Duration>,
}

impl External {
    /// The simulators that have a command.
    pub fn names(ctx: &Context) -> Vec<String> {
        ctx.config.section("litho.simulators").keys().cloned().collect()
    }

    /// The adapter of `[litho.simulators.NAME]`, if it is there.
    pub fn configured(name: &str, ctx: &Context) -> Result<Option<External>> {
        let key = |last: &str| format!("litho.simulators.{name}.{last}");
        ctx.config.consent(&format!("litho.simulators.{name}")).map_err(Faults::from)?;
        let section = ctx.config.section(&format!("litho.simulators.{name}"));
        if section.is_empty() {
            return Ok(None);
        }
        let texts = |value: &toml::Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
        };
        let command = section.get("command").and_then(texts).unwrap_or_default();
        let mentions = |what: &str| command.iter().any(|arg| arg.contains(what));
        if !mentions("{jobs}") || !mentions("{results}") {
            return Err(Usage(format!(
                "{}: the command must name {{jobs}} and {{results}}, the files it reads and writes",
                key("command")
            ))
            .into());
        }
        let format = match ctx.config.text(&key("format")) {
            Some("csv") => FileFormat::Csv,
            Some(_) => FileFormat::Jsonl,
            None => KNOWN.iter().find(|k| k.0 == name).map_or(FileFormat::Jsonl, |k| k.1),
        };
        let columns = section.get("columns").and_then(toml::Value::as_table).map_or_else(
            BTreeMap::new,
            |table| {
                let text = |v: &toml::Value| v.as_str().unwrap_or_default().to_owned();
                table.iter().map(|(k, v)| (k.clone(), text(v))).collect()
            },
        );
        Ok(Some(External {
            name: name.to_owned(),
            command,
            format,
            columns,
            folder: ctx
                .config
                .text(&key("folder"))
                .map_or_else(|| PathBuf::from(format!("litho-{name}")), PathBuf::from),
            timeout: ctx.config.duration(&key("timeout")),
        }))
    }

    fn file(&self, stem: &str) -> PathBuf {
        self.folder.join(match self.format {
            FileFormat::Csv => format!("{stem}.csv"),
            FileFormat::Jsonl => format!("{stem}.jsonl"),
        })
    }

    fn theirs<'a>(&'a self, ours: &'a str) -> &'a str {
        self.columns.get(ours).map_or(ours, String::as_str)
    }

    /// The jobs in the program's words.
    fn job_file(&self, jobs: &[NamedJob]) -> Result<Vec<u8>> {
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
        match self.format {
            FileFormat::Jsonl => {
                let mut bytes = Vec::new();
                for record in &records {
                    serde_json::to_writer(&mut bytes, record)?;
                    bytes.push(b'\n');
                }
                Ok(bytes)
            }
            FileFormat::Csv => self.csv(&records),
        }
    }

    fn csv(&self, records: &[Map<String, Value>]) -> Result<Vec<u8>> {
        let used = |name: &&str| records.iter().any(|r| r.contains_key(self.theirs(name)));
        let columns: Vec<&str> =
            FIELDS.iter().map(|f| f.0).filter(used).map(|name| self.theirs(name)).collect();
        let mut frame = libchar_core::Frame::new("libchar.litho-jobs", 1, columns.iter().copied());
        for record in records {
            frame.push(columns.iter().map(|name| cell(record.get(*name))).collect());
        }
        Ok(frame.to_csv())
    }

    /// The results in our words, one for each job.
    fn outputs(&self, bytes: &[u8], jobs: &[NamedJob]) -> Result<Vec<Outputs>> {
        let path = self.file("results").display().to_string();
        let table = match self.format {
            FileFormat::Csv => Table::parse_csv(&path, bytes)?,
            FileFormat::Jsonl => Table::parse_jsonl(&path, bytes)?,
        };
        let id = table.column(self.theirs("job_id")).map_err(Faults::from)?;
        let mut by_job: BTreeMap<&str, Outputs> = BTreeMap::new();
        let mut faults = Vec::new();
        for row in 0..table.len() {
            let name = table.cell(row, id);
            // A row with a fault still counts as its job's: one message is enough.
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
                None => faults.push(Fault::of(&path, format!("no result of job `{}`", named.id))),
            }
        }
        faults
            .extend(by_job.keys().map(|id| Fault::of(&path, format!("`{id}` is no job of ours"))));
        Ok(Faults::or(answers, faults)?)
    }

    fn row(&self, table: &Table, row: usize) -> Result<Outputs, Fault> {
        let number = |ours: &str| match table.find_column(self.theirs(ours)) {
            Some(column) if !table.cell(row, column).is_empty() => {
                table.number(row, column).map(Some)
            }
            _ => Ok(None),
        };
        let printing = match table.find_column(self.theirs("printing")) {
            Some(column) if !table.cell(row, column).is_empty() => {
                let text = table.cell(row, column);
                let known = serde_json::from_value(Value::String(text.to_owned()));
                Some(known.map_err(|e| table.fault(row, column, e.to_string()))?)
            }
            _ => None,
        };
        Ok(Outputs {
            printing,
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

    fn program(&self) -> Program {
        let files = [("{jobs}", self.file("jobs")), ("{results}", self.file("results"))];
        let mut words = self.command.iter().map(|arg| {
            files
                .iter()
                .fold(arg.clone(), |arg, (key, path)| arg.replace(key, &path.display().to_string()))
        });
        Program {
            path: words.next().unwrap_or_default().into(),
            args: words.map(Into::into).collect(),
            timeout: self.timeout,
            log: Some(self.folder.join("log")),
            ..Program::default()
        }
    }
}

impl Simulator for External {
    fn name(&self) -> &str {
        &self.name
    }

    fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>> {
        let began = Instant::now();
        let results = self.file("results");
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create {}", self.folder.display()))?;
        atomic::write(&self.file("jobs"), &self.job_file(jobs)?)?;
        // An earlier run's results must not pass for this one's.
        match fs::remove_file(&results) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot replace {}", results.display()));
            }
            _ => {}
        }
        let ended = self.program().run(&Signals::watch()?)?;
        let log = self.folder.join("log");
        if let Some(signal) = ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        if ended.timed_out {
            bail!("{} did not end in time, see {}", self.name, log.display());
        }
        if ended.code != Some(0) {
            let how = match (ended.code, ended.signal) {
                (Some(code), _) => format!("exit code {code}"),
                (None, signal) => format!("signal {}", signal.unwrap_or_default()),
            };
            bail!("{} ended with {how}, see {}", self.name, log.display());
        }
        let bytes = fs::read(&results).with_context(|| {
            format!("{} left no {}, see {}", self.name, results.display(), log.display())
        })?;
        let outputs = self.outputs(&bytes, jobs)?;
        let seconds = began.elapsed().as_secs_f64() / jobs.len().max(1) as f64;
        let answer = |outputs| Answer { outputs, detail: None, is_quick: false, seconds };
        Ok(outputs.into_iter().map(answer).collect())
    }
}

fn cell(value: Option<&Value>) -> libchar_core::Cell {
    use libchar_core::Cell;
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Bool(flag)) => Cell::Bool(*flag),
        Some(Value::Number(n)) => n.as_i64().map_or_else(|| n.as_f64().into(), Cell::Integer),
        Some(other) => Cell::Text(other.to_string()),
    }
}
