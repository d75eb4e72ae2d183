//! Compares two depth profiles: their figures, and both in one picture.

use super::side::Side;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::number::significant;
use libchar_diffusion::contrast::{Asked, Contrast, Pair, contrast, picture};
use libchar_diffusion::species::Species;
use libchar_pages::diff::{Content, Entry};

/// How depth profiles are compared
#[derive(Args)]
#[command(next_help_heading = "Depth profiles")]
pub struct Profiles {
    /// Draw both profiles and their ratio
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    /// Dopant of a column that names none, such as conc_cm3
    #[arg(long, value_name = "DOPANT")]
    species: Option<Species>,
    /// Also compare the greatest depth at which this concentration is reached, cm-3; may be given several times
    #[arg(long, value_name = "CONC", value_parser = positive)]
    level: Vec<f64>,
    /// Compute no ratio below this concentration, cm-3 [default: 1e-4 of the lower peak]
    #[arg(long, value_name = "CONC", value_parser = positive)]
    floor: Option<f64>,
}

fn positive(text: &str) -> Result<f64, String> {
    let value = libchar_core::number::parse_decimal(text).filter(|value| *value > 0.0);
    value.ok_or_else(|| "expected a number above 0".to_owned())
}

impl Profiles {
    /// Replaces the cells of two profiles by the figures read off them. Options that need profiles
    /// are refused if there are none.
    pub fn settle(&self, old: &mut Side, new: &mut Side, ctx: &Context) -> Result<()> {
        let (Some(a), Some(b)) = (old.profile.take(), new.profile.take()) else {
            let stated = self.svg.is_some()
                || self.species.is_some()
                || self.floor.is_some()
                || !self.level.is_empty();
            if stated {
                let message = format!(
                    "--svg, --species, --level and --floor are for depth profiles, and {} is {}",
                    old.name, old.what
                );
                return Err(Usage(message).into());
            }
            return Ok(());
        };
        for (side, profile) in [(&*old, &a), (&*new, &b)] {
            for note in &profile.notes {
                ctx.log.info(
                    "data",
                    if note.starts_with(&side.name) {
                        note.clone()
                    } else {
                        format!("{} {note}", side.name)
                    },
                );
            }
        }
        let asked =
            Asked { species: self.species, levels_cm3: self.level.clone(), floor_cm3: self.floor };
        let pair = contrast(&a, &b, &asked)
            .map_err(|why| Usage(format!("{} and {}: {why}", old.name, new.name)))?;
        tell(&pair, ctx);
        (old.entries, new.entries) = (entries(&pair, 0), entries(&pair, 1));
        if let Some(path) = &self.svg {
            let names = [old.name.as_str(), new.name.as_str()];
            ctx.write(path, picture(&a, &b, &pair, &asked, names).as_bytes())?;
        }
        Ok(())
    }
}

/// Reports every figure, whether it differs or not, and what was not compared.
fn tell(pair: &Pair, ctx: &Context) {
    let [low, high] = pair.range_um.map(|um| significant(um, 4));
    ctx.log
        .info("diff", format!("profiles are compared from {low} to {high} um, where both reach"));
    for dopant in &pair.dopants {
        ctx.log.info("diff", dopant.text());
    }
    if !pair.alone.is_empty() {
        let names: Vec<&str> = pair.alone.iter().map(|species| species.name()).collect();
        ctx.log.info("diff", format!("on one side only, and not compared: {}", names.join(", ")));
    }
}

fn entries(pair: &Pair, side: usize) -> Vec<Entry> {
    let of = |dopant: &Contrast| -> Vec<Entry> {
        let entry = |(name, unit, values): &(String, &'static str, [Option<f64>; 2])| Entry {
            unit: (*unit).into(),
            scale: if *unit == "nm" { 1e-9 } else { 1.0 },
            ..Entry::new(
                dopant.species.name(),
                name,
                values[side].map_or(Content::Nothing, Content::Number),
            )
        };
        dopant.figures.iter().map(entry).collect()
    };
    pair.dopants.iter().flat_map(of).collect()
}
