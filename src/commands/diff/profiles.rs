//! Compares two depth profiles: their figures, and both in one picture.

use super::side::Side;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE, stack};
use libchar_diffusion::contrast::{Asked, Contrast, Pair, contrast};
use libchar_diffusion::format::MeasuredProfile;
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
        let of = |(name, unit, [old, new]): &(String, &str, [Option<f64>; 2])| {
            let shown = |value: &Option<f64>| value.map_or("-".to_owned(), |v| significant(v, 4));
            let percent = match (old, new) {
                (Some(a), Some(b)) if *a != 0.0 => format!(" ({:+.2} %)", 100.0 * (b / a - 1.0)),
                _ => String::new(),
            };
            format!("{name} {} -> {} {unit}", shown(old), shown(new)).trim_end().to_owned()
                + &percent
        };
        let all: Vec<String> = dopant.figures.iter().map(of).collect();
        ctx.log.info(
            "diff",
            format!(
                "{}: {}; ratios above {} cm-3",
                dopant.species,
                all.join(", "),
                significant(dopant.floor_cm3, 3)
            ),
        );
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

/// Room for the names of dopants beside the plots, pixels.
const ROOM: f64 = 80.0;

/// Draws both sides over depth, the old one as a thin line, and below them the ratio of new to old.
fn picture(
    old: &MeasuredProfile,
    new: &MeasuredProfile,
    pair: &Pair,
    asked: &Asked,
    names: [&str; 2],
) -> String {
    let peak = pair.dopants.iter().flat_map(|d| value(d, "peak_cm3")).fold(1e15, f64::max);
    let lowest = pair.dopants.iter().map(|d| 0.1 * d.floor_cm3).fold(f64::INFINITY, f64::min);
    let reach = |d: &Contrast| d.log_ratio.last().map(|(x, _)| *x);
    let deepest = pair.dopants.iter().filter_map(reach).fold(0.0, f64::max);
    let deepest = if deepest > 0.0 { 1.15 * deepest } else { pair.range_um[1] };
    let depth = || {
        let mut axis = Axis::linear("depth (um)", [pair.range_um[0], deepest]);
        (axis.min, axis.max) = (pair.range_um[0], deepest);
        axis
    };
    let y = Axis::log("concentration (cm-3)", [lowest, peak]);
    let bottom = y.min;
    let top = y.max;
    let title = format!("{} (thin) and {}", names[0], names[1]);
    let mut chart = Chart::new(title, depth(), y).room(ROOM);
    let ratios = pair.dopants.iter().flat_map(|d| d.log_ratio.iter().map(|(_, r)| 10f64.powf(*r)));
    let axis = Axis::log("new / old", ratios.chain([0.9, 1.1]));
    let mut below = Chart::new("", depth(), axis).size(840.0, 240.0).room(ROOM);
    below.level(1.0, "", "#888888");
    for (k, dopant) in pair.dopants.iter().enumerate() {
        let colour = PALETTE[k % PALETTE.len()];
        for (profile, width) in [(old, 1.0), (new, 2.2)] {
            let is_it = |species: &Option<Species>| {
                species.or(asked.species).is_none_or(|s| s == dopant.species)
            };
            let column = profile.columns.iter().find(|(species, _)| is_it(species));
            let points = profile.depth_um.iter().zip(column.map_or(&[][..], |(_, c)| c));
            let shown = points.map(|(x, c)| (*x, if *c >= bottom { *c } else { f64::NAN }));
            let shown: Vec<(f64, f64)> =
                shown.filter(|(x, _)| (pair.range_um[0]..=deepest).contains(x)).collect();
            chart.line(&shown, colour, width);
        }
        let ratio: Vec<(f64, f64)> =
            dopant.log_ratio.iter().map(|(x, r)| (*x, 10f64.powf(*r))).collect();
        below.line(&ratio, colour, 1.8);
        chart.beside(top, dopant.species.name(), colour);
        for (xj, side) in value(dopant, "xj_nm").into_iter().zip(["old", "new"]) {
            chart.mark(
                xj * 1e-3,
                &format!("{side} xj {} um", significant(xj * 1e-3, 4)),
                "#555555",
            );
        }
    }
    stack(&[chart, below])
}

/// The values of a figure on both sides, as far as they exist.
fn value(dopant: &Contrast, name: &str) -> Vec<f64> {
    let figure = dopant.figures.iter().find(|(own, _, _)| own == name);
    figure.into_iter().flat_map(|(_, _, values)| values.iter().flatten().copied()).collect()
}
