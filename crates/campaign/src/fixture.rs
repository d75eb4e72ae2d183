//! For tests: points with decks in a temporary folder, a simulator that is never started, and attempts that are published
//! as a supervisor publishes them.

use crate::desk::{Desk, Hears};
use crate::engine::Engine;
use crate::environment::Environment;
use crate::job::{self, Job};
use crate::news::{News, Say};
use libchar_core::config::{Config, Origin};
use libchar_core::{Note, hash};
use libchar_engine::Simulator;
use libchar_pvt::{Point, RunConfig};
use libchar_runner::attempt::{self, RECORD};
use libchar_runner::{Ended, Record, Ticket};
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A domain in a folder of its own; the ids of its points are whole paths, so that no test changes its folder.
pub struct Domain {
    folder: TempDir,
    /// The simulator.
    pub engine: Engine,
    /// The points, all at 25 C.
    pub points: Vec<Point>,
}

/// A deck that requests `tphl`, and may share a process with others like it.
pub fn deck(volts: &str) -> String {
    format!(
        "* inverter\n.temp 25\n.param vdd={volts}\nv1 a 0 vdd\nr1 a 0 1k\n.meas tran tphl max v(a)\n\
         .tran 1n 2n\n.end\n"
    )
}

/// Writes a file below a folder, with the folders that it needs.
pub fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The log of a good simulation with this value.
pub fn log(tphl: &str) -> String {
    format!(
        "Circuit: * inverter\n\nDoing analysis at TEMP = 25.000000 and TNOM = 27.000000\n\n\
         No. of Data Rows : 1020\n\n  Measurements for Transient Analysis\n\n\
         tphl                =  {tphl} at=  1.022500e-09\n\n\nTotal analysis time (seconds) = 0.006\n"
    )
}

/// The log of a good batch of this number of points, as the loop prints it.
pub fn batch_log(parts: &[String]) -> String {
    let part = |(i, log): (usize, &String)| format!("{log}libchar-batch-point {i} 0\n");
    parts.iter().enumerate().map(part).collect()
}

/// The exit of a simulator that succeeds.
pub fn well() -> Ended {
    Ended { code: Some(0), wall_s: 0.5, ..Ended::default() }
}

/// ngspice as a configuration describes it.
pub fn engine(config: &Config) -> Engine {
    let run = RunConfig::parse("config.cfg", b"simulator=ngspice\n", &["ngspice"]).unwrap();
    let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
    let version = "ngspice-39".to_owned();
    let mut engine =
        Engine::new(&run, config, (simulator, version), &Environment::default()).unwrap();
    engine.trims = false;
    engine
}

/// The built-in configuration with these lines in addition; no key may contain a dot.
pub fn config(lines: &str) -> Config {
    let mut config = Config::defaults();
    lay(&mut config, "", &lines.parse().unwrap());
    config
}

fn lay(config: &mut Config, above: &str, table: &toml::Table) {
    for (name, value) in table {
        match value {
            toml::Value::Table(table) => lay(config, &format!("{above}{name}."), table),
            value => config.set(&format!("{above}{name}"), value.clone(), Origin::Flag("--set")),
        }
    }
}

impl Domain {
    /// A number of points whose decks differ in one number.
    pub fn new(points: usize) -> Domain {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(&Config::defaults());
        let mut domain = Domain { folder, engine, points: Vec::new() };
        for i in 0..points {
            domain.add(&format!("TT/typical/typical_25/v{i}"), &deck(&format!("1.{i}")));
        }
        fs::create_dir_all(domain.runs()).unwrap();
        domain
    }

    /// Adds a point with its deck.
    pub fn add(&mut self, name: &str, deck: &str) -> &Point {
        let id = self.path(name).display().to_string();
        let path = format!("{id}/sim_tx.sp");
        fs::create_dir_all(&id).unwrap();
        fs::write(&path, deck).unwrap();
        self.points.push(Point {
            id,
            corner: "TT".to_owned(),
            extraction: "typical".to_owned(),
            temp_c: 25.0,
            supply: "v1".to_owned(),
            section: "TT".to_owned(),
            supplies: Vec::new(),
            sweep: Vec::new(),
            deck: path,
            deck_sha256: hash::sha256(deck.as_bytes()),
        });
        self.points.last().unwrap()
    }

    /// The path of a file in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of attempts.
    pub fn runs(&self) -> PathBuf {
        self.path("runs")
    }

    /// The points with their present decks.
    pub fn jobs(&self) -> Vec<Job> {
        job::jobs(self.points.clone(), &self.engine.sizes, &mut self.engine.keys()).unwrap()
    }

    /// Publishes an attempt of a ticket with its log.
    pub fn publish(&self, ticket: &Ticket, log: &str, ended: Ended) -> Record {
        let folder = attempt::published(&self.runs(), &ticket.attempt);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(&ticket.log), log).unwrap();
        let record = Record {
            attempt: ticket.attempt.clone(),
            ended,
            host: "here".to_owned(),
            subject: ticket.subject.clone(),
            ..Record::default()
        };
        fs::write(folder.join(RECORD), serde_json::to_vec(&record).unwrap()).unwrap();
        record
    }

    /// Names of the files in the folder of attempts, except the list of attempts.
    pub fn left(&self) -> Vec<String> {
        names(&self.runs()).into_iter().filter(|name| name != "attempts.jsonl").collect()
    }
}

/// Names of the files in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The messages of a run, one line each.
#[derive(Debug, Default)]
pub struct Heard(pub RefCell<Vec<String>>);

impl Say for Heard {
    fn say(&self, news: News<'_>) {
        let line = match news {
            News::NextRecipe(status, recipe) => {
                format!("recipe {} after {}", recipe.name, status.class.unwrap())
            }
            News::Retry(status, _) => format!("retry after {}", status.class.unwrap()),
            News::Failed { status, stays } => {
                format!("failed {}{}", status.class.unwrap(), if stays { ", stays" } else { "" })
            }
            News::Done(_) => "done".to_owned(),
            News::Settled(status) => format!("settled {}", status.status.word()),
            News::Started { points, simulated } => format!("started {simulated} of {points}"),
            News::Stopping => "stopping".to_owned(),
            News::TookOver(attempt) => format!("took over {attempt}"),
            News::Orphans { simulations, kill } => format!("{simulations} orphans, kill: {kill}"),
            News::Adopted(points) => format!("adopted {points}"),
            News::Waits { point, other } => format!("{point} waits for {other}"),
            News::FilesMissing { decks, of, .. } => format!("{decks} of {of} lack files"),
            News::DecksEdited { decks, of, .. } => format!("{decks} of {of} are edited"),
            News::Attached(points) => format!("attached {points}"),
            News::Detached(points) => format!("detached {points}"),
            News::ModelsDiffer => "models differ".to_owned(),
            News::InDoubt { error, .. } => format!("in doubt: {}", error.is_some()),
            News::NoNumber { line, .. } => format!("no number: {line}"),
            News::RefusedForNow { line, .. } => format!("refused: {line}"),
            News::NoList(error) => format!("no list: {error}"),
            News::NoneListed(jobs) => format!("none of {jobs} listed"),
            News::Stuck { job, state, tasks } => format!("stuck: {job} {state} {tasks}"),
            News::NotCancelled { said, .. } => format!("not cancelled: {said}"),
        };
        self.0.borrow_mut().push(line);
    }
}

/// The files that were read, and the notes.
#[derive(Debug, Default)]
pub struct Files(pub RefCell<Vec<PathBuf>>, pub RefCell<Vec<Note>>);

impl Hears for Files {
    fn reads(&self, path: &Path) {
        self.0.borrow_mut().push(path.to_owned());
    }

    fn notes(&self, note: Note) {
        self.1.borrow_mut().push(note);
    }
}

/// A folder with the files of a domain of four points.
pub struct Table(TempDir);

impl Table {
    /// Two corners, two temperatures, one supply, and a template that measures `tphl`.
    pub fn new() -> Table {
        let table = Table(tempfile::tempdir().unwrap());
        let text = "simulator=ngspice\nsim_mode=ac\ncondition=perf\n";
        table.write("config.cfg", text);
        let corners = "corner,extraction,nmos,pmos,rs,ls\nTT,typical,0,0,0,0\nSS,slow,-1,-1,0,0\n";
        table.write("configuration/table_corner_list.csv", corners);
        table.write("configuration/table_supply_list_ac.csv", "name,vccn,vcctx\nv1,1.1,1.1\n");
        table.write("configuration/table_temperature_list.csv", "temperature\nm40\n125\n");
        let template = "* t\n.temp {{ temp }}\n.param vdd={{ vccn }}\n* {{ corner }}\nv1 a 0 {vdd}\n\
                        .meas tran tphl max v(a)\n.tran 1n 2n\n.end\n";
        table.write("template/sim_tx.sp", template);
        table
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The desk at which it is read.
    pub fn desk<'a>(&'a self, config: &'a Config, files: &'a Files) -> Desk<'a> {
        Desk { folder: self.0.path(), ..Table::here(config, files) }
    }

    /// A desk in the current folder.
    pub fn here<'a>(config: &'a Config, files: &'a Files) -> Desk<'a> {
        Desk { folder: Path::new(""), config, environment: Environment::default(), hears: files }
    }
}
