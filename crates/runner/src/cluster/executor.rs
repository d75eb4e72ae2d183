//! How a scheduler is called, as data: the commands to submit, to list and to cancel.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The built-in descriptions.
const BUILT_IN: &str = include_str!("executors.toml");

/// A scheduler's commands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Executor {
    /// The command that submits an array, or a job if the scheduler has no arrays.
    pub submit: Vec<String>,
    /// The text that replaces `{throttle}` inside an argument if the number of running elements is
    /// limited.
    #[serde(default)]
    pub throttle: String,
    /// The arguments that replace a whole `{throttle}` argument.
    #[serde(default)]
    pub throttle_args: Vec<String>,
    /// Whether one submission may have several elements.
    #[serde(default)]
    pub arrays: bool,
    /// The text before the job's number in the line that `submit` prints. If it is empty, the
    /// number stands alone in its line, as `4711`, `4711;cluster`, `12.1-8:1` or `9.0 - 9.7`.
    #[serde(default)]
    pub id_after: String,
    /// The command that lists the user's jobs.
    pub status: Vec<String>,
    /// How that list is read: columns, or `sge-xml`.
    #[serde(default)]
    pub format: String,
    /// What separates the columns; blanks if empty.
    #[serde(default)]
    pub separator: String,
    /// What the columns are: `id`, `element` (from 1), `element0` (from 0), `name`, `state`.
    #[serde(default)]
    pub fields: Vec<String>,
    /// States of jobs that are over.
    #[serde(default)]
    pub ended: Vec<String>,
    /// States of jobs that run.
    #[serde(default)]
    pub running: Vec<String>,
    /// States that only a person can end: such a job is cancelled, and its points are tried again.
    #[serde(default)]
    pub stuck: Vec<String>,
    /// Texts of temporary refusals, such as a limit of submitted jobs: the same job is submitted
    /// again later.
    #[serde(default)]
    pub passing: Vec<String>,
    /// The command that cancels a job by its number.
    pub cancel: Vec<String>,
    /// The command that cancels the jobs of a `{name}`, which is unique for all time; used if it is
    /// set.
    #[serde(default)]
    pub cancel_name: Vec<String>,
    /// Arguments for a queue or partition, `{value}` its name.
    #[serde(default)]
    pub queue: Vec<String>,
    /// Arguments for an account or project.
    #[serde(default)]
    pub account: Vec<String>,
    /// Arguments for a time limit, passed through.
    #[serde(default)]
    pub time: Vec<String>,
    /// Arguments for licences.
    #[serde(default)]
    pub licenses: Vec<String>,
}

/// A job of this program in the scheduler's list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The job's number.
    pub id: String,
    /// The element, from 1; 1 without arrays.
    pub element: usize,
    /// The job's name.
    pub name: String,
    /// Whether it runs.
    pub running: bool,
    /// The state, if only a person can end it.
    pub stuck: Option<String>,
}

/// The values of placeholders.
pub type Values<'a> = BTreeMap<&'a str, String>;

impl Executor {
    /// Finds the scheduler of a name: a built-in one, or one that `site` describes, the tables of
    /// `[executors]`.
    pub fn find(name: &str, site: &toml::Table) -> Result<Executor, String> {
        let built_in: toml::Table = toml::from_str(BUILT_IN).unwrap_or_default();
        let mut table = built_in.get(name).and_then(|t| t.as_table().cloned()).unwrap_or_default();
        if let Some(own) = site.get(name).and_then(toml::Value::as_table) {
            table.extend(own.clone());
        }
        if table.is_empty() {
            let mut known: Vec<&str> =
                built_in.keys().chain(site.keys()).map(String::as_str).collect();
            known.push("local");
            known.sort_unstable();
            return Err(format!(
                "unknown executor `{name}`; expected one of: {}",
                known.join(", ")
            ));
        }
        table
            .try_into()
            .map_err(|e: toml::de::Error| format!("[executors.{name}]: {}", e.message()))
    }

    /// Fills the placeholders of a command; `options` replace `{options}`.
    pub fn fill(template: &[String], values: &Values<'_>, options: &[String]) -> Vec<String> {
        let mut filled = Vec::new();
        for part in template {
            match part.as_str() {
                "{options}" => filled.extend(options.iter().cloned()),
                "{throttle}" if values.get("throttle").is_none_or(String::is_empty) => {}
                _ => filled.push(fill_one(part, values)),
            }
        }
        filled
    }

    /// The submit command.
    pub fn submit_command(
        &self,
        values: &Values<'_>,
        max_running: Option<usize>,
        options: &[String],
    ) -> Vec<String> {
        let mut values = values.clone();
        let limit = max_running.map(|n| BTreeMap::from([("max_running", n.to_string())]));
        let throttle = limit.as_ref().map(|limit| fill_one(&self.throttle, limit));
        values.insert("throttle", throttle.unwrap_or_default());
        let mut command = Vec::new();
        for part in &self.submit {
            if part == "{throttle}" {
                if let Some(limit) = &limit {
                    command.extend(self.throttle_args.iter().map(|arg| fill_one(arg, limit)));
                }
            } else {
                command.extend(Self::fill(std::slice::from_ref(part), &values, options));
            }
        }
        command
    }

    /// Finds the job's number in the output of the submit command: in the line that is nothing but
    /// a number, or that contains the text before the number. Sites print all sorts of things
    /// around it, so `None` if no line has a number, or if two have different ones.
    pub fn job_id(&self, output: &str) -> Option<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        for line in output.lines().map(str::trim) {
            let id = match self.id_after.is_empty() {
                true => lone_number(line),
                false => line.split_once(&self.id_after).and_then(|(_, rest)| leading_number(rest)),
            };
            found.extend(id.map(str::to_owned));
        }
        if found.len() == 1 { found.pop_first() } else { None }
    }

    /// Whether the output of the submit command is a refusal that passes by itself.
    pub fn is_passing(&self, output: &str) -> bool {
        let output = output.to_ascii_lowercase();
        self.passing.iter().any(|text| output.contains(&text.to_ascii_lowercase()))
    }

    /// The jobs in the scheduler's list that are not over.
    ///
    /// A line that is not understood is left out: libchar asks again for a job that is missing for
    /// a while.
    pub fn listed(&self, output: &str) -> BTreeSet<Listed> {
        let rows = if self.format == "sge-xml" { sge_rows(output) } else { self.rows(output) };
        rows.into_iter().filter_map(|row| self.job(&row)).collect()
    }

    fn rows(&self, output: &str) -> Vec<BTreeMap<String, String>> {
        let split = |line: &str| -> Vec<String> {
            let words: Vec<&str> = if self.separator.is_empty() {
                line.split_whitespace().collect()
            } else {
                line.split(self.separator.as_str()).collect()
            };
            words.into_iter().map(|word| word.trim().to_owned()).collect()
        };
        output.lines().map(|line| self.fields.iter().cloned().zip(split(line)).collect()).collect()
    }

    fn job(&self, row: &BTreeMap<String, String>) -> Option<Listed> {
        let state = row.get("state")?;
        if self.ended.iter().any(|ended| ended.eq_ignore_ascii_case(state)) {
            return None;
        }
        let number = |field: &str| row.get(field).and_then(|text| text.parse::<usize>().ok());
        let element = number("element").or(number("element0").map(|n| n + 1)).unwrap_or(1);
        // LSF adds the index to the name.
        let name = row.get("name")?.split('[').next()?.to_owned();
        let id = row.get("id").filter(|id| id.starts_with(|c: char| c.is_ascii_digit()))?;
        let running = self.running.iter().any(|running| running.eq_ignore_ascii_case(state));
        let stuck = self.stuck.iter().find(|stuck| stuck.eq_ignore_ascii_case(state)).cloned();
        Some(Listed { id: id.clone(), element: element.max(1), name, running, stuck })
    }
}

/// The number of a line that is nothing else: `4711`, `4711;cluster`, `12.1-8:1`, `9.0 - 9.7`.
fn lone_number(line: &str) -> Option<&str> {
    let id = leading_number(line)?;
    let rest = &line[id.len()..];
    let is_range = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".-: ".contains(c))
    };
    let is_cluster = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    let known = rest.is_empty()
        || rest.strip_prefix(';').is_some_and(is_cluster)
        || rest.strip_prefix('.').is_some_and(is_range);
    known.then_some(id)
}

fn leading_number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// The rows of `qstat -xml -g d`.
fn sge_rows(output: &str) -> Vec<BTreeMap<String, String>> {
    let tag = |text: &str, tag: &str| {
        let (_, after) = text.split_once(&format!("<{tag}>"))?;
        Some(after.split_once('<')?.0.trim().to_owned())
    };
    let mut rows = Vec::new();
    for job in output.split("<job_list").skip(1) {
        let mut row = BTreeMap::new();
        for (field, name) in
            [("id", "JB_job_number"), ("name", "JB_name"), ("state", "state"), ("element", "tasks")]
        {
            if let Some(value) = tag(job, name) {
                row.insert(field.to_owned(), value);
            }
        }
        rows.push(row);
    }
    rows
}

fn fill_one(text: &str, values: &Values<'_>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if values.contains_key(name) => {
                filled.push_str(&values[name]);
                rest = after;
            }
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::{Executor, Listed, Values};

    fn executor(name: &str) -> Executor {
        Executor::find(name, &toml::Table::new()).unwrap()
    }

    fn job(id: &str, element: usize, name: &str, running: bool) -> Listed {
        Listed { id: id.to_owned(), element, name: name.to_owned(), running, stuck: None }
    }

    #[test]
    fn commands_are_filled() {
        let values: Values =
            [("name", "lc-1"), ("elements", "8"), ("script", "s.sh"), ("submission", "a b")]
                .map(|(k, v)| (k, v.to_owned()))
                .into();
        let command = executor("sge").submit_command(&values, Some(3), &["-q".into(), "x".into()]);
        let text = command.join("|");
        assert!(text.contains("|-t|1-8|-tc|3|-S|") && text.ends_with("|-q|x|s.sh|a b"), "{text}");
        let command = executor("slurm").submit_command(&values, None, &[]);
        assert!(command.contains(&"--array=1-8".to_owned()), "{command:?}");
        let command = executor("slurm").submit_command(&values, Some(4), &[]);
        assert!(command.contains(&"--array=1-8%4".to_owned()), "{command:?}");
    }

    #[test]
    fn numbers_are_found_in_what_submit_prints() {
        for (name, output, id) in [
            ("slurm", "4711\n", "4711"),
            ("slurm", "4711;cluster\n", "4711"),
            ("sge", "12.1-8:1\n", "12"),
            ("lsf", "Job <345> is submitted to default queue <normal>.\n", "345"),
            ("netbatch", "Your job has been queued (JobID 77, Class 1C&&2G, Queue q)\n", "77"),
            ("htcondor", "9.0 - 9.7\n", "9"),
        ] {
            assert_eq!(executor(name).job_id(output).as_deref(), Some(id), "{name}");
        }
        for (name, output) in [
            ("slurm", "sbatch: error\n"),
            ("slurm", "Submitted to Stampede3 as 4711\n"),
            ("slurm", "4711\n4712\n"),
            ("sge", "project DM-2026\n"),
            ("lsf", "345\n"),
        ] {
            assert_eq!(executor(name).job_id(output), None, "{output}");
        }
        let noise = "Sun Jul  7 03:08:22 [INFO] cred ok\n2026-07-07 quota 12 GB\n4711\n";
        assert_eq!(executor("slurm").job_id(noise).as_deref(), Some("4711"));
    }

    #[test]
    fn refusals_that_pass_and_states_that_do_not_are_known() {
        let slurm = executor("slurm");
        assert!(slurm.is_passing(
            "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed"
        ));
        assert!(slurm.is_passing("sbatch: error: Socket timed out on send/recv operation"));
        assert!(!slurm.is_passing("sbatch: error: invalid partition specified: x"));
        let listed = slurm.listed("12|1|lc-a|REQUEUE_HOLD\n12|2|lc-a|PENDING\n");
        let stuck: Vec<_> = listed.into_iter().map(|job| job.stuck).collect();
        assert_eq!(stuck, [Some("REQUEUE_HOLD".to_owned()), None]);
    }

    #[test]
    fn lists_are_read() {
        let slurm = "12|1|lc-a|RUNNING\n12|2|lc-a|PENDING\n12|3|lc-a|COMPLETED\ngarbage\n";
        let expected = [job("12", 1, "lc-a", true), job("12", 2, "lc-a", false)];
        assert_eq!(executor("slurm").listed(slurm), expected.into());
        let sge = "<job_info><queue_info><job_list state=\"running\"><JB_job_number>3</JB_job_number>\
                   <JB_name>lc-a</JB_name><state>r</state><tasks>2</tasks></job_list></queue_info></job_info>";
        assert_eq!(executor("sge").listed(sge), [job("3", 2, "lc-a", true)].into());
        let lsf = "345|2|lc-a[2]|RUN\n345|3|lc-a[3]|DONE\n";
        assert_eq!(executor("lsf").listed(lsf), [job("345", 2, "lc-a", true)].into());
        let condor = "9|0|lc-a|2\n9|1|lc-a|4\n";
        assert_eq!(executor("htcondor").listed(condor), [job("9", 1, "lc-a", true)].into());
    }
}
