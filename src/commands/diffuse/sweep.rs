use super::draft::Draft;
use super::input::RecipeInput;
use super::knob::{Knob, Setting, listed};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Frame};
use rayon::prelude::*;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse sweep base.toml --vary step.2.temperature=1000C..1100C:11
  libchar diffuse sweep base.toml --vary step.1.dose_cm2=1e13..1e16:13:log --vary model.ni=suprem4,plummer";

/// Run a recipe over ranges of its fields, one row a run
///
/// Ranges combine to a grid, the last one fastest. The rows come in that order whatever the number of cores.
/// A run that fails has empty figures and says why in its last column; the exit code is then 1.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Sweep {
    #[command(flatten)]
    input: RecipeInput,
    /// Field and values: PATH=A,B,C or PATH=LOW..HIGH:COUNT, logarithmic with :log
    #[arg(long, value_name = "PATH=RANGE", required = true)]
    vary: Vec<String>,
    /// Figures to print
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    figures: Vec<String>,
}

pub fn run(args: Sweep, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let axes = args.vary.iter().map(|text| listed(text)).collect::<Result<Vec<_>>>()?;
    let parameters = json!({ "recipe": loaded.name, "set": args.input.set, "vary": args.vary });
    ctx.begin("diffuse sweep", parameters);
    ctx.journal.recipe(loaded.effective());
    loaded.depends(ctx);
    let count: usize = axes.iter().map(|(_, values)| values.len()).product();
    if count > 10_000_000 {
        return Err(Usage(format!("{count} runs are too many for one sweep")).into());
    }
    let draft = Draft::new(&loaded);
    // Small tasks that any idle core takes keep all of them busy to the end.
    let rows: Vec<Result<Vec<Cell>>> = (0..count)
        .into_par_iter()
        .with_max_len(1)
        .map(|i| row(draft.clone(), &axes, &args.figures, i))
        .collect();
    let mut columns: Vec<String> = axes.iter().map(|(knob, _)| knob.path.clone()).collect();
    columns.extend(args.figures.iter().cloned());
    columns.push("fault".to_owned());
    let mut frame = Frame::new("libchar.diffuse-sweep", 1, columns);
    let mut failed = 0;
    for row in rows {
        let row = row?;
        failed += usize::from(row.last() != Some(&Cell::Null));
        frame.push(row);
    }
    ctx.print(&frame)?;
    if failed > 0 {
        ctx.log
            .warning("sweep", format!("{failed} of {count} runs failed: see the column `fault`"));
    }
    Ok(Outcome::found(failed))
}

/// Run `index` of the grid. Faults of the figures asked for stop the sweep; those of a run are its row's.
fn row(
    mut draft: Draft<'_>,
    axes: &[(Knob, Vec<Setting>)],
    figures: &[String],
    mut index: usize,
) -> Result<Vec<Cell>> {
    let mut settings = vec![Cell::Null; axes.len()];
    for (cell, (knob, values)) in settings.iter_mut().zip(axes).rev() {
        let setting = &values[index % values.len()];
        index /= values.len();
        draft.put(knob, setting)?;
        *cell = match setting {
            Setting::Number(value) => (*value).into(),
            Setting::Word(word) => word.as_str().into(),
        };
    }
    let mut row = settings;
    match draft.simulate() {
        Ok(simulated) => {
            for name in figures {
                row.push(simulated.figures.get(name).map_err(|e| Usage(e.to_string()))?.into());
            }
            row.push(Cell::Null);
        }
        Err(error) => {
            row.extend(figures.iter().map(|_| Cell::Null));
            row.push(format!("{error:#}").lines().next().unwrap_or("failed").into());
        }
    }
    Ok(row)
}
