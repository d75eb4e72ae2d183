//! One file a subcommand: read, compute, write.

mod adopt;
mod alerts;
mod bkp;
mod check;
mod completions;
mod config;
mod diff;
mod diffuse;
pub mod ext;
mod flow;
pub mod r#gen;
mod history;
mod init;
mod lib;
mod litho_predict;
mod man;
mod metro;
mod r2r;
mod report;
pub mod run;
mod spc;
pub mod srt;
mod tune;
pub mod usr;
mod vm;
mod watch;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    Init(init::Init),
    Adopt(adopt::Adopt),
    Gen(r#gen::Gen),
    Run(run::Run),
    Ext(ext::Ext),
    Srt(srt::Srt),
    Bkp(bkp::Bkp),
    Usr(usr::Usr),
    Flow(flow::Flow),
    Tune(tune::Tune),
    Lib(lib::Lib),
    Check(check::Check),
    Report(report::Report),
    Diff(diff::Diff),
    Watch(watch::Watch),
    // Boxed, because its arguments are twice as large as those of any other command.
    Spc(Box<spc::Spc>),
    Diffuse(diffuse::Diffuse),
    LithoPredict(litho_predict::LithoPredict),
    Metro(metro::Metro),
    // Boxed, as above.
    Vm(Box<vm::Vm>),
    R2r(r2r::R2r),
    History(history::History),
    Alerts(alerts::Alerts),
    Models(litho_predict::models::Models),
    Config(config::Config),
    Man(man::Man),
    Completions(completions::Completions),
    Supervise(run::supervise::Supervise),
}

pub fn run(command: Command, ctx: &Context) -> Result<Outcome> {
    match command {
        Command::Init(args) => init::run(args, ctx),
        Command::Adopt(args) => adopt::run(args, ctx),
        Command::Gen(args) => r#gen::run(args, ctx),
        Command::Run(args) => run::run(args, ctx),
        Command::Ext(args) => ext::run(args, ctx),
        Command::Srt(args) => srt::run(args, ctx),
        Command::Bkp(args) => bkp::run(args, ctx),
        Command::Usr(args) => usr::run(args, ctx),
        Command::Flow(args) => flow::run(args, ctx),
        Command::Tune(args) => tune::run(args, ctx),
        Command::Lib(args) => lib::run(args, ctx),
        Command::Check(args) => check::run(args, ctx),
        Command::Report(args) => report::run(args, ctx),
        Command::Diff(args) => diff::run(args, ctx),
        Command::Watch(args) => watch::run(&args, ctx),
        Command::Spc(args) => spc::run(*args, ctx),
        Command::Diffuse(args) => diffuse::run(args, ctx),
        Command::LithoPredict(args) => litho_predict::run(args, ctx),
        Command::Metro(args) => metro::run(args, ctx),
        Command::Vm(args) => vm::run(*args, ctx),
        Command::R2r(args) => r2r::run(args, ctx),
        Command::History(args) => history::run(args, ctx),
        Command::Alerts(args) => alerts::run(args, ctx),
        Command::Models(args) => litho_predict::models::run(&args, ctx),
        Command::Config(args) => config::run(args, ctx),
        Command::Man(args) => man::run(args, ctx),
        Command::Completions(args) => completions::run(args, ctx),
        // Supervisors are dispatched before there is a context.
        Command::Supervise(_) => Ok(Outcome::Fine),
    }
}
