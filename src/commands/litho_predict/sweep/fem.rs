//! Widths over dose and focus of the swept jobs.

use super::{Sweep, grid, tell_impossible};
use crate::context::Context;
use crate::exit::{Outcome, refused};
use crate::told::{keep, say};
use anyhow::Result;
use libchar_assurance::litho::fem_table::{Asked, Matrices};
use libchar_assurance::litho::sweep::values;
use libchar_core::Faults;

pub fn run(args: &Sweep, ctx: &Context) -> Result<Outcome> {
    let file = args.process.read(ctx)?;
    // The points of a sweep become features that share a window.
    let grid = grid(args, ctx)?;
    let impossible = tell_impossible(ctx, &grid);
    let mut sound = Vec::new();
    for (i, named) in grid.named.iter().enumerate() {
        let Ok(named) = named else { continue };
        let mut named = named.clone();
        named.id = grid.name(i);
        sound.push(named);
    }
    let jobs = args.process.run(ctx, sound, false)?;
    let range = |option: &str, text: &str| values(option, text).map_err(Faults::from);
    let asked = Asked {
        doses: range("--dose", args.dose.as_deref().unwrap_or("0.8:1.2:9"))?,
        foci: args.focus.as_deref().map(|text| range("--focus", text)).transpose()?,
        shifts: &args.focus_shift,
        process: file.as_ref().map(|file| &file.process),
    };
    let found = Matrices::of(jobs, asked).map_err(refused)?;
    ctx.answer(|| found.document(), || found.frame())?;
    keep(ctx, found.kept());
    if let Some(file) = &args.bossung {
        ctx.write(file, found.bossungs().as_bytes())?;
    }
    if let Some(file) = &args.el_dof {
        ctx.write(file, found.el_dof_chart().as_bytes())?;
    }
    found.missing().into_iter().for_each(|note| say(ctx, note));
    Ok(Outcome::found(impossible))
}
