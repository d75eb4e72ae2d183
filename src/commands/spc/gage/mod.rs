//! Measurement systems.

mod bias;
mod linearity;
mod rr;
mod stability;
mod type_one;

use super::alerts::alert;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::Format;
use libchar_spc::gage::{Report, write};

/// Study a measurement system: repeatability and reproducibility, bias, linearity, stability
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Gage {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Rr(rr::Rr),
    Bias(bias::Bias),
    Linearity(linearity::Linearity),
    #[command(name = "type1")]
    TypeOne(type_one::TypeOne),
    Stability(stability::Stability),
}

pub fn run(args: &Gage, ctx: &Context) -> Result<Outcome> {
    match &args.action {
        Action::Rr(args) => rr::run(args, ctx),
        Action::Bias(args) => bias::run(args, ctx),
        Action::Linearity(args) => linearity::run(args, ctx),
        Action::TypeOne(args) => type_one::run(args, ctx),
        Action::Stability(args) => stability::run(args, ctx),
    }
}

/// Prints a study, draws it if requested, and raises problems of the gage as findings and in the
/// history.
fn tell(ctx: &Context, study: &impl Report, svg: Option<&str>) -> Result<Outcome> {
    for warning in study.warnings() {
        ctx.log.warning("gage", warning);
    }
    match ctx.format() {
        Format::Table => write(study, &mut ctx.stdout())?,
        _ => ctx.answer(|| study.document(), || study.frame())?,
    }
    if let (Some(file), Some(picture)) = (svg, study.picture()) {
        ctx.write(file, picture.as_bytes())?;
    }
    let findings = study.findings();
    for message in &findings {
        ctx.log.warning("gage", message);
        alert(ctx, "spc gage", "warning", message.clone(), None);
    }
    Ok(Outcome::found(findings.len()))
}
