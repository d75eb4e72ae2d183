//! The context of every command: configuration, log, history, input and output.

use crate::exit::Usage;
use crate::global::{Global, LogFormat};
use crate::journal::Journal;
use crate::log::{Level, Log};
use anyhow::{Context as _, Result};
use libchar_core::config::{Config, Origin};
use libchar_core::input::Source;
use libchar_core::metrics::Metrics;
use libchar_core::{Fault, Faults, Format, Frame, frame};
use libchar_files::depfile::Rule;
use libchar_files::lock::{self, Lock};
use libchar_files::{atomic, is_relied_on, trust};
use libchar_pvt::{config, corners, points};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::{Rc, Weak};
use std::time::Instant;

/// The files whose presence makes a folder a project.
const PROJECT_FILES: [&str; 2] = ["libchar.toml", "config.cfg"];

/// The context of one run.
pub struct Context {
    pub config: Config,
    pub log: Log,
    pub journal: Journal,
    pub metrics: RefCell<Metrics>,
    pub options: Global,
    /// The configuration files that were read, in order.
    pub files: Vec<PathBuf>,
    pub began: Instant,
    read: RefCell<Vec<PathBuf>>,
    wrote: RefCell<Vec<PathBuf>>,
    made: RefCell<Vec<PathBuf>>,
    locks: RefCell<BTreeMap<PathBuf, Weak<Lock>>>,
    mute: Cell<bool>,
}

/// Variables with this program's prefix that are not settings: options, consent, the variables that
/// `usr` passes to a site's own program, and those that developers set for the tests.
const OWN_VARIABLES: [&str; 20] = [
    "LIBCHAR_ENV",
    "LIBCHAR_HISTORY",
    trust::VARIABLE,
    "LIBCHAR_DOMAIN",
    "LIBCHAR_CONFIG",
    "LIBCHAR_POINTS",
    "LIBCHAR_RESULTS",
    "LIBCHAR_MEASURES",
    "LIBCHAR_REPORT",
    "LIBCHAR_REPORT_CSV",
    "LIBCHAR_REPORT_JSON",
    "LIBCHAR_BACKUP",
    "LIBCHAR_AGREE",
    "LIBCHAR_ALL_CASES",
    "LIBCHAR_BENCH_FEATURES",
    "LIBCHAR_BLESS",
    "LIBCHAR_NGSPICE_SOURCES",
    "LIBCHAR_REFDATA",
    "LIBCHAR_REQUIRE",
    "LIBCHAR_TORTURE",
];

impl Context {
    pub fn new(options: Global) -> Result<Context> {
        if let Some(folder) = &options.directory {
            std::env::set_current_dir(folder)
                .with_context(|| format!("cannot work in {}", folder.display()))?;
        }
        let folder = std::env::current_dir().context("the current folder is gone")?;
        let now = jiff::Timestamp::now();
        let run_id = format!("{}-{}", now.strftime("%Y%m%dT%H%M%S%3f"), std::process::id());
        let log = Log {
            format: options.log_format,
            least: match (options.quiet, options.verbose) {
                (true, _) => Level::Error,
                (_, true) => Level::Debug,
                _ => Level::Info,
            },
            stage: RefCell::default(),
            run_id: run_id.clone(),
            told: RefCell::default(),
        };
        let mut ctx = Context {
            config: Config::defaults(),
            journal: Journal::new(&run_id, folder.display().to_string(), now.to_string()),
            log,
            metrics: RefCell::default(),
            options,
            files: Vec::new(),
            began: Instant::now(),
            read: RefCell::default(),
            wrote: RefCell::default(),
            made: RefCell::default(),
            locks: RefCell::default(),
            mute: Cell::new(false),
        };
        ctx.load_config(&folder)?;
        Ok(ctx)
    }

    fn load_config(&mut self, folder: &Path) -> Result<()> {
        let variable = |name: &str| std::env::var(name).ok();
        let mut files = vec![PathBuf::from("/etc/libchar/libchar.toml")];
        files.extend(user_file());
        let project = folder.ancestors().map(|f| f.join("libchar.toml")).find(|f| f.is_file());
        files.extend(project);
        let named = variable(trust::VARIABLE).unwrap_or_default();
        let named = named.split(':').filter(|folder| !folder.is_empty());
        let named: Vec<PathBuf> = named.map(|named| folder.join(named)).collect();
        for file in files {
            let bytes = match fs::read(&file) {
                Ok(bytes) => bytes,
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(e).with_context(|| format!("cannot read {}", file.display())),
            };
            let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            let environment = self.options.environment.as_deref();
            // The caller's own files come first: they say whose other files are trusted.
            let own = self.config.texts("trust.folders").into_iter().map(PathBuf::from);
            let doubt = trust::doubt(&file, &own.chain(named.clone()).collect::<Vec<_>>());
            self.config.add_file(&name, &bytes, environment, &variable, doubt.as_ref())?;
            self.files.push(file);
        }
        self.tell_withheld();
        if let Some(name) = &self.options.environment {
            self.check_environment(name)?;
        }
        self.config.add_environment(&variable)?;
        let names: Vec<String> =
            std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
        Config::refuse_unknown(names.iter().map(String::as_str), &OWN_VARIABLES)?;
        if let Some(path) = self.options.history.as_ref().and_then(|path| path.to_str()) {
            self.config.set("history.path", path, Origin::Flag("--history"));
        }
        Ok(())
    }

    /// Warns, once for each file and table, of settings that have no effect because their file is
    /// not trusted.
    fn tell_withheld(&self) {
        for fault in self.config.withheld() {
            let expected = fault.expected.unwrap_or_default();
            let message =
                format!("{}: {}; it has no effect without {expected}", fault.file, fault.found);
            self.log.alarm("trust", message);
        }
    }

    /// Refuses an environment that no file describes: with a typing error the defaults would apply.
    fn check_environment(&self, name: &str) -> Result<(), Faults> {
        let known: Vec<&str> = self.config.environments().collect();
        if known.is_empty() {
            let message = format!("no configuration file describes the environment `{name}`");
            self.log.warning("environment", message);
        } else if !known.contains(&name) {
            return Err(Fault::of("--env", format!("unknown environment `{name}`"))
                .one_of(name, known)
                .into());
        }
        Ok(())
    }

    /// Sets the stage of the log, and records the run with all its parameters in the history.
    pub fn begin(&self, stage: &str, parameters: Value) {
        *self.log.stage.borrow_mut() = stage.to_owned();
        self.journal.record(stage, parameters);
    }

    /// Sets the stage of the log for a command that changes nothing and leaves no record.
    pub fn look(&self, stage: &str) {
        *self.log.stage.borrow_mut() = stage.to_owned();
    }

    /// The effective configuration, one `key = value` per line.
    pub fn settings(&self) -> String {
        self.config.iter().map(|(key, setting)| format!("{key} = {}\n", setting.shown())).collect()
    }

    /// The history database: as configured, else that of the nearest project above, else the
    /// user's.
    pub fn history_path(&self) -> Result<PathBuf> {
        if let Some(path) = self.config.text("history.path") {
            return Ok(path.into());
        }
        let folder = std::env::current_dir()?;
        let project = folder
            .ancestors()
            .find(|above| PROJECT_FILES.iter().any(|file| above.join(file).is_file()))
            .filter(|project| !self.is_in_core(project));
        let home = match project {
            Some(project) => project.join(".libchar"),
            None => user_folder("XDG_STATE_HOME", ".local/state")
                .context("neither a project nor a home folder for the history")?,
        };
        Ok(home.join("history.db"))
    }

    /// Whether a folder is inside a site's validated core, where nothing is ever written.
    pub fn is_in_core(&self, folder: &Path) -> bool {
        let core = self.config.text("core.path").and_then(|path| fs::canonicalize(path).ok());
        let folder = fs::canonicalize(folder);
        core.zip(folder.ok()).is_some_and(|(core, folder)| folder.starts_with(core))
    }

    /// Locks a domain. If another libchar holds the lock, this one waits with `--wait`, else fails
    /// with code 75. The lock is shared within a run: `flow` holds it during all its stages.
    pub fn lock(&self, domain: &Path, command: &str) -> Result<Rc<Lock>> {
        self.share_lock(domain, command, self.options.wait)
    }

    /// Like [`Context::lock`], but always waits: a stage in a pipe may start before its predecessor
    /// has ended.
    pub fn lock_after_pipe(&self, domain: &Path, command: &str) -> Result<Rc<Lock>> {
        self.share_lock(domain, command, true)
    }

    fn share_lock(&self, domain: &Path, command: &str, wait: bool) -> Result<Rc<Lock>> {
        let path = domain.join(lock::FILE);
        if let Some(held) = self.locks.borrow().get(&path).and_then(Weak::upgrade) {
            return Ok(held);
        }
        let lock = Rc::new(Lock::acquire(&path, &lock::holder(command), wait)?);
        self.locks.borrow_mut().insert(path, Rc::downgrade(&lock));
        Ok(lock)
    }

    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// Standard input that is a terminal: the caller forgot the input.
    pub fn read(&self, input: &str) -> Result<Source> {
        let mut bytes = Vec::new();
        if input == "-" {
            if io::stdin().is_terminal() {
                let message = "no input: name a file, or pipe data in (`-` is standard input)";
                return Err(Usage(message.to_owned()).into());
            }
            io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        } else {
            bytes =
                fs::read(input).map_err(|e| Faults::from(libchar_files::unreadable(input, &e)))?;
            self.depends(Path::new(input));
        }
        Ok(Source { name: input.to_owned(), bytes })
    }

    /// Records for `--depfile` that a file was read.
    pub fn depends(&self, path: &Path) {
        self.read.borrow_mut().push(path.to_owned());
    }

    /// Writes bytes to a file, completely or not at all, or to standard output for `-`.
    pub fn write(&self, output: &str, bytes: &[u8]) -> Result<()> {
        if output == "-" {
            let mut out = self.stdout();
            out.write_all(bytes)?;
            out.flush()?;
            return Ok(());
        }
        if is_relied_on(Path::new(output)) {
            self.guard(output)?;
            let message = format!(
                "{output} holds limits or a model that others may rely on; --force replaces it where a command has it, or choose another name"
            );
            return Err(Usage(message).into());
        }
        self.replace(output, bytes)
    }

    /// Like [`Context::write`], but may replace a baseline or model.
    pub fn replace(&self, output: &str, bytes: &[u8]) -> Result<()> {
        if output == "-" {
            return self.write(output, bytes);
        }
        self.guard(output)?;
        atomic::write(Path::new(output), bytes)
            .with_context(|| format!("cannot write {output}"))?;
        self.produces(Path::new(output));
        Ok(())
    }

    /// Refuses an output that is the same file as an input of this run, under any name.
    fn guard(&self, output: &str) -> Result<()> {
        // Files are compared by device and inode, because links give a file other names.
        let place = |path: &Path| fs::metadata(path).map(|about| (about.dev(), about.ino()));
        let Ok(about) = fs::metadata(output) else {
            return Ok(());
        };
        let target = (about.dev(), about.ino());
        let read = self.read.borrow();
        let standard = Path::new("/dev/stdin");
        let mut inputs = read.iter().map(PathBuf::as_path).chain([standard]);
        if about.is_file() && inputs.any(|input| place(input).is_ok_and(|place| place == target)) {
            let message = format!(
                "{output} is an input of this command and would be replaced; choose another name"
            );
            return Err(Usage(message).into());
        }
        Ok(())
    }

    /// Writes a JSON document as [`Context::write`] does.
    pub fn write_document(&self, output: &str, document: &Value) -> Result<()> {
        let mut bytes = Vec::new();
        frame::write_json(&mut bytes, document)?;
        self.write(output, &bytes)
    }

    /// Records for `--depfile` that this run makes a file: reading it in a later stage is not a
    /// dependency.
    pub fn makes(&self, path: PathBuf) {
        self.made.borrow_mut().push(path);
    }

    /// Records for `--depfile` that a file was written: it becomes a target of the rule.
    pub fn produces(&self, path: &Path) {
        self.wrote.borrow_mut().push(path.to_owned());
    }

    /// Standard output, buffered. While `flow` runs a stage, nothing is written: its data are
    /// needed only in a pipe.
    pub fn stdout(&self) -> Box<dyn Write> {
        if self.mute.get() {
            return Box::new(io::sink());
        }
        Box::new(io::BufWriter::new(Stdout(io::stdout().lock())))
    }

    /// Runs `body` with standard output discarded.
    pub fn muted<T>(&self, body: impl FnOnce() -> T) -> T {
        self.mute.set(true);
        let result = body();
        self.mute.set(false);
        result
    }

    /// The format of results: the chosen one, else a table on a terminal and CSV in a pipe.
    pub fn format(&self) -> Format {
        match self.options.format {
            Some(format) => format.into(),
            None if io::stdout().is_terminal() => Format::Table,
            None => Format::Csv,
        }
    }

    /// Prints a document if the format is JSON, else rows.
    pub fn answer(
        &self,
        document: impl FnOnce() -> Value,
        rows: impl FnOnce() -> Frame,
    ) -> Result<()> {
        match self.format() {
            Format::Json => self.write_document("-", &document()),
            _ => self.print(&rows()),
        }
    }

    /// Prints rows in the chosen format.
    pub fn print(&self, frame: &Frame) -> Result<()> {
        let mut out = self.stdout();
        match self.format() {
            Format::Csv if self.options.safe_cells => {
                frame.clone().with_safe_cells().write(Format::Csv, &mut out)?;
            }
            format => frame.write(format, &mut out)?,
        }
        out.flush()?;
        Ok(())
    }

    /// Whether to draw progress: only on a terminal.
    pub fn draws_progress(&self) -> bool {
        io::stderr().is_terminal()
            && !self.options.quiet
            && self.options.log_format == LogFormat::Human
            && std::env::var_os("CI").is_none()
    }

    /// Writes the current metrics to the file that the user named.
    pub fn write_metrics(&self) -> Result<()> {
        let Some(path) = &self.options.metrics else { return Ok(()) };
        atomic::write(path, self.metrics.borrow().render().as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// The make rule of this run: what it wrote, and what it read.
    pub fn rule(&self) -> Rule {
        let here = std::env::current_dir().unwrap_or_default();
        let configuration =
            self.files.iter().map(|file| file.strip_prefix(&here).unwrap_or(file).to_owned());
        let read: Vec<PathBuf> = self.read.borrow().iter().cloned().chain(configuration).collect();
        let template = self.config.text("template.path").unwrap_or_default();
        let needed = [config::FILE, points::FILE, template].map(Path::new);
        Rule::new(read, &self.wrote.borrow(), &self.made.borrow(), |path| {
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            needed.contains(&path)
                || name == corners::FILE
                || name.starts_with("table_supply_list_")
        })
    }
}

/// Standard output, whose errors are marked as its own.
struct Stdout(io::StdoutLock<'static>);

impl Stdout {
    fn explain(error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("cannot write standard output: {error}"))
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(|e| Self::explain(&e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(|e| Self::explain(&e))
    }
}

/// Path of the user's own configuration file.
pub fn user_file() -> Option<PathBuf> {
    user_folder("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("libchar.toml"))
}

/// `libchar` below a user folder of the XDG base directory specification.
fn user_folder(variable: &str, below_home: &str) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = set(variable).or_else(|| set("HOME").map(|home| home.join(below_home)))?;
    Some(base.join("libchar"))
}
