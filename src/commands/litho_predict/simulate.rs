use super::job_table;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Frame};
use libchar_litho::printing::Printing;
use libchar_litho::simulate::simulate;

/// Compute image, process window, mask error, noise and yield of lithography jobs
#[derive(Args)]
pub struct Simulate {
    /// Jobs as CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every job; without JOBS the fields make one job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected FIELD=VALUE, such as na=0.33")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

pub fn run(args: &Simulate, ctx: &Context) -> Result<Outcome> {
    let jobs = match &args.jobs {
        None if !args.set.is_empty() => job_table::from_fields(&args.set)?,
        jobs => job_table::read_with(&ctx.read(jobs.as_deref().unwrap_or("-"))?, &args.set)?,
    };
    let mut frame = Frame::new(
        "libchar.litho-simulate",
        1,
        ["job_id", "printing", "nils", "el_pct", "dof_nm", "meef", "ler3s_nm", "yield_risk"],
    );
    let mut failing = 0;
    for named in &jobs {
        let s = simulate(&named.job);
        failing += usize::from(s.image.printing != Printing::Prints);
        frame.push(vec![
            named.id.as_str().into(),
            Cell::from(s.image.printing.name()),
            s.image.nils.into(),
            s.window.el_best_focus_pct.into(),
            s.window.dof_nm.into(),
            s.meef.into(),
            s.noise.and_then(|n| n.ler3s_nm).into(),
            s.yield_risk.into(),
        ]);
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(failing))
}
