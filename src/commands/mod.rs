//! The subcommands, one file each: read, compute, write.

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
use clap::{Args, Command as Definition, Subcommand};

/// Makes an enum of the commands with their arguments, and a function that defines each command
/// separately.
macro_rules! commands {
    ($($name:literal => $variant:ident($args:ty),)*) => {
        #[derive(Subcommand)]
        pub enum Command {
            $(#[command(name = $name)] $variant($args),)*
        }

        /// All commands. Only those for which `whole` returns true are defined with all of their
        /// arguments.
        ///
        /// Defining every argument of every command takes longer than most commands run.
        pub fn definitions(whole: impl Fn(&str) -> bool) -> Vec<Definition> {
            vec![$({
                let bare = Definition::new($name);
                if whole($name) { <$args as Args>::augment_args(bare) } else { bare }
            },)*]
        }
    };
}

// Two are boxed, because their arguments are twice as large as those of other commands.
commands! {
    "init" => Init(init::Init),
    "adopt" => Adopt(adopt::Adopt),
    "gen" => Gen(r#gen::Gen),
    "run" => Run(run::Run),
    "ext" => Ext(ext::Ext),
    "srt" => Srt(srt::Srt),
    "bkp" => Bkp(bkp::Bkp),
    "usr" => Usr(usr::Usr),
    "flow" => Flow(flow::Flow),
    "tune" => Tune(tune::Tune),
    "lib" => Lib(lib::Lib),
    "check" => Check(check::Check),
    "report" => Report(report::Report),
    "diff" => Diff(diff::Diff),
    "watch" => Watch(watch::Watch),
    "spc" => Spc(Box<spc::Spc>),
    "diffuse" => Diffuse(diffuse::Diffuse),
    "litho-predict" => LithoPredict(litho_predict::LithoPredict),
    "metro" => Metro(metro::Metro),
    "vm" => Vm(Box<vm::Vm>),
    "r2r" => R2r(r2r::R2r),
    "history" => History(history::History),
    "alerts" => Alerts(alerts::Alerts),
    "models" => Models(litho_predict::models::Models),
    "config" => Config(config::Config),
    "man" => Man(man::Man),
    "completions" => Completions(completions::Completions),
    "supervise" => Supervise(run::supervise::Supervise),
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
        // Supervisors are dispatched before the context is made.
        Command::Supervise(_) => Ok(Outcome::Fine),
    }
}
