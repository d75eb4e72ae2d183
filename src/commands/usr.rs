//! `usr`: runs the site's own program after the stages.

use crate::context::Context;
use crate::exit::Outcome;
use crate::stage;
use anyhow::Result;
use clap::Args;
use libchar_campaign::script;
use libchar_runner::Program;
use serde_json::json;

const EXAMPLES: &str = "\
In libchar.toml:
  [usr]
  script = \"scripts/plot.py\"       an executable file; relative to the folder of libchar.toml
  args = [\"--dpi\", \"300\"]

The program is started in the domain, without a shell, with these variables, each an absolute path:
  LIBCHAR_DOMAIN       the domain              LIBCHAR_CONFIG      config.cfg
  LIBCHAR_POINTS       points.csv              LIBCHAR_RESULTS     results.csv
  LIBCHAR_MEASURES     measures                LIBCHAR_REPORT      creport.txt
  LIBCHAR_REPORT_CSV   creport.csv             LIBCHAR_REPORT_JSON creport.json
  LIBCHAR_BACKUP       the newest backup set, empty if there is none

Its output goes to stderr. Its exit code 0 is fine, 1 means findings, any other is an error.";

/// Run the site's own program on the results
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Usr {}

pub fn run(_args: Usr, ctx: &Context) -> Result<Outcome> {
    stage::run("usr", ctx, || call(ctx))
}

fn call(ctx: &Context) -> Result<Outcome> {
    let path = script::path(&ctx.config)?;
    let args = ctx.config.texts("usr.args");
    ctx.begin("usr", json!({ "script": path, "args": args }));
    ctx.depends(&path);
    let domain = std::env::current_dir()?;
    let newest = libchar_archive::sets(&domain).unwrap_or_default().pop().map(|set| set.name);
    let program = Program {
        path,
        args: args.into_iter().map(Into::into).collect(),
        env: script::environment(&domain, newest.as_deref()),
        timeout: ctx.config.duration("run.timeout"),
        ..Program::default()
    };
    Ok(Outcome::found(script::run(&program)?.into()))
}
