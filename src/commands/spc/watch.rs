use super::alerts::alerts;
use super::baseline;
use super::chart::choice;
use super::choice::told;
use super::selection::Selection;
use crate::context::Context;
use crate::data_format::Na;
use crate::exit::{Outcome, Usage, refused};
use crate::told::say;
use anyhow::Result;
use clap::builder::TypedValueParser;
use clap::{ArgAction, Args};
use libchar_core::Faults;
use libchar_spc::watch::{self, Asked, Broken, Writer};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read};

/// Judge each row of a stream against a baseline, as soon as it arrives
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  tail -n +1 -f tool.csv | libchar spc watch - --baseline tox.json --rules nelson
  mosquitto_sub -t fab/tox | libchar spc watch - --baseline tox.json --format jsonl --show violations
  tail -n +1 -f fab.csv | libchar spc watch - --baseline fab.json --where 'step == 3' --show violations

Rows are CSV with a header, bare numbers, or JSON lines. Every row is judged before the next one is waited for, and the
memory in use does not grow. With limits of many charts (`spc limits --columns --by`) each row is judged by the charts of its
group. When the stream ends, the exit code is 1 if a rule fired.")]
pub struct Watch {
    /// Stream of rows; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    /// Frozen limits that `spc limits` wrote, for one chart or for many
    #[arg(long, value_name = "FILE")]
    baseline: String,
    /// Rules to apply: sets, members of sets, or custom patterns
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u) [default: as in the baseline]
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    sample_size: Option<String>,
    /// Column in which successive equal values form a subgroup [default: as in the baseline]
    #[arg(long, value_name = "COLUMN")]
    subgroup: Option<String>,
    /// Column of times to show with every result
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Format of the times for --since and --until, if it is not ISO 8601, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    time_format: Option<String>,
    /// Columns to show with every result, such as lot, tool, wafer
    #[arg(long = "label", value_name = "COLUMN")]
    label: Vec<String>,
    /// Causes and actions: auto (by the column's name), furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "auto")]
    knowledge: String,
    /// Which points to print
    #[arg(long, value_parser = shown(), default_value = "all", action = ArgAction::Set)]
    show: bool,
    /// What to do with rows that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    #[command(flatten)]
    selection: Selection,
}

/// A parser for the choice of points to print: whether only those that completed a rule.
fn shown() -> impl TypedValueParser<Value = bool> {
    told([(false, "all", "Every point"), (true, "violations", "Points at which a rule fired")])
}

pub fn run(args: &Watch, ctx: &Context) -> Result<Outcome> {
    let frozen = baseline::read_any(ctx, &args.baseline)?;
    let choice = choice(ctx, &args.knowledge)?;
    let asked = Asked {
        input: &args.input,
        baseline: &args.baseline,
        rules: &args.rules,
        sample_size: args.sample_size.as_deref(),
        subgroup: args.subgroup.as_deref(),
        time: args.time.as_deref(),
        label: &args.label,
        only_violations: args.show,
        na: args.na.into(),
        filter: args.selection.filter(args.time_format.as_deref())?,
    };
    let mut watch = watch::Watch::new(asked, &frozen, &choice).map_err(refused)?;
    ctx.begin(
        "spc watch",
        json!({ "input": args.input, "baseline": args.baseline, "rules": args.rules }),
    );
    let reader = BufReader::new(open(&args.input)?);
    let mut writer = Writer::new(ctx.stdout(), ctx.format(), watch.carried.clone(), watch.many);
    watch.follow(reader, &mut writer, &mut |note| say(ctx, note)).map_err(
        |broken| match broken {
            Broken::Row(fault) => Faults::from(fault).into(),
            Broken::Stream(error) => anyhow::Error::from(error),
        },
    )?;
    let raised = watch.alarms().into_iter();
    let raised =
        raised.map(|(severity, told, details)| (severity, told, Some(details.to_string())));
    alerts(ctx, "spc", raised, |rest| format!("{rest} more rules fired in the stream"));
    Ok(Outcome::found(watch.signals()))
}

/// Opens the stream: standard input or a file. A folder is refused here, because reading it would
/// fail only after the header is printed.
fn open(path: &str) -> Result<Box<dyn Read>> {
    if path == "-" {
        if io::stdin().is_terminal() {
            return Err(Usage("no input: pipe rows in (`-` is standard input)".to_owned()).into());
        }
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(file),
    });
    Ok(Box::new(file.map_err(|e| Faults::from(libchar_files::unreadable(path, &e)))?))
}
