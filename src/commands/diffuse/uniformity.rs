use super::draft::Draft;
use super::input::RecipeInput;
use super::knob::{Knob, offset_c};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::svg::{Axis, Chart, PALETTE, wafer};
use libchar_core::{Cell, Faults, Frame, Table};
use libchar_diffusion::recipe::{Action, Source, Step};
use rayon::prelude::*;
use serde_json::json;

const EXAMPLES: &str = "\
The map is a CSV with one row a site and the columns
  site      name, optional
  dtemp_c   added to every furnace temperature, degrees
  flow      factor on the oxidant's pressure and the doping gas, optional
  x_mm y_mm place on the wafer, or slot, place in the boat: for the picture

Examples:
  libchar diffuse uniformity base.toml --map boat.csv --svg boat.svg
  libchar diffuse uniformity gate.toml --map wafer.csv --figures tox_nm --sites sites.csv";

/// Run a recipe at every site of a temperature and flow map: sigma over mean of the figures
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Uniformity {
    #[command(flatten)]
    input: RecipeInput,
    /// Map of the boat or the wafer
    #[arg(long, value_name = "FILE")]
    map: String,
    /// Figures
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    figures: Vec<String>,
    /// Write the figures of every site as CSV
    #[arg(long, value_name = "FILE")]
    sites: Option<String>,
    /// Draw the first figure over the map
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

struct Site {
    name: String,
    dtemp_c: f64,
    flow: f64,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Wafer(f64, f64),
    Slot(f64),
}

pub fn run(args: Uniformity, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let source = ctx.read(&args.map)?;
    let sites = read_map(&Table::parse(&source.name, &source.bytes)?)?;
    ctx.begin(
        "diffuse uniformity",
        json!({ "recipe": loaded.name, "set": args.input.set, "map": args.map }),
    );
    ctx.journal.recipe(loaded.effective());
    loaded.depends(ctx);
    let steps = loaded.read(&loaded.document)?.recipe.steps;
    let draft = Draft::new(&loaded);
    let values: Vec<Result<Vec<Option<f64>>>> = sites
        .par_iter()
        .map(|site| figures_at(draft.clone(), &steps, site, &args.figures))
        .collect();
    let values = values.into_iter().collect::<Result<Vec<_>>>()?;

    let columns =
        ["figure", "sites", "mean", "sigma", "sigma_over_mean_pct", "min", "max", "range_pct"];
    let mut frame = Frame::new("libchar.diffuse-uniformity", 1, columns);
    for (column, name) in args.figures.iter().enumerate() {
        let all: Vec<f64> = values.iter().filter_map(|row| row[column]).collect();
        frame.push(summary(name, &all));
    }
    if let Some(path) = &args.sites {
        let mut columns = vec!["site".to_owned(), "dtemp_c".to_owned(), "flow".to_owned()];
        columns.extend(args.figures.iter().cloned());
        let mut frame = Frame::new("libchar.diffuse-sites", 1, columns);
        for (site, row) in sites.iter().zip(&values) {
            let mut cells: Vec<Cell> =
                vec![site.name.as_str().into(), site.dtemp_c.into(), site.flow.into()];
            cells.extend(row.iter().map(|value| Cell::from(*value)));
            frame.push(cells);
        }
        ctx.write(path, &frame.to_csv())?;
    }
    if let Some(path) = &args.svg {
        let first: Vec<Option<f64>> = values.iter().map(|row| row[0]).collect();
        ctx.write(path, picture(&args.figures[0], &sites, &first).as_bytes())?;
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn read_map(table: &Table) -> Result<Vec<Site>> {
    let mut faults = Vec::new();
    let [site, dtemp, flow, x, y, slot] =
        ["site", "dtemp_c", "flow", "x_mm", "y_mm", "slot"].map(|name| table.find_column(name));
    if dtemp.is_none() && flow.is_none() {
        return Err(Faults::from(table.column("dtemp_c").err().unwrap_or_else(|| {
            libchar_core::Fault::of(&table.file, "neither `dtemp_c` nor `flow`")
        }))
        .into());
    }
    let mut sites = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let mut number = |column: Option<usize>, missing: f64| match column {
            None => missing,
            Some(column) => table.number(row, column).unwrap_or_else(|fault| {
                faults.push(fault);
                missing
            }),
        };
        let place = match (x, y) {
            (Some(_), Some(_)) => Place::Wafer(number(x, 0.0), number(y, 0.0)),
            _ => Place::Slot(number(slot, (row + 1) as f64)),
        };
        let (dtemp_c, factor) = (number(dtemp, 0.0), number(flow, 1.0));
        if let (Some(column), true) = (flow, factor <= 0.0) {
            faults.push(
                table
                    .fault(row, column, format!("a flow of {factor}"))
                    .expected("a factor above 0"),
            );
        }
        let name =
            site.map_or_else(|| (row + 1).to_string(), |column| table.cell(row, column).to_owned());
        sites.push(Site { name, dtemp_c, flow: factor, place });
    }
    if sites.is_empty() {
        faults.push(libchar_core::Fault::of(&table.file, "a map without sites"));
    }
    Ok(Faults::or(sites, faults)?)
}

/// The figures where every furnace step is hotter by the site's offset and its gases flow by its factor.
fn figures_at(
    mut draft: Draft<'_>,
    steps: &[Step],
    site: &Site,
    figures: &[String],
) -> Result<Vec<Option<f64>>> {
    for (index, step) in steps.iter().enumerate() {
        let mut turn = |key: &str, value: f64| {
            draft.turn(&Knob::new(&format!("step.{}.{key}", index + 1)), value)
        };
        match (offset_c(&step.action), step.action.pieces()) {
            (Some(offset_c), _) => turn("temp_offset_c", offset_c + site.dtemp_c)?,
            (None, [thermal]) => {
                turn("temp_c", thermal.from_c + site.dtemp_c)?;
                if !thermal.is_constant() {
                    turn("ramp_to_c", thermal.to_c + site.dtemp_c)?;
                }
            }
            _ => {}
        }
        match &step.action {
            Action::Anneal { gas, .. } if gas.oxidizes() => {
                turn("pressure_atm", gas.pressure_atm * site.flow)?;
            }
            Action::Predep { source: Source::Gas(conc), .. } => {
                turn("gas_conc_cm3", conc * site.flow)?;
            }
            _ => {}
        }
    }
    let simulated =
        draft.simulate().map_err(|error| error.context(format!("site {}", site.name)))?;
    figures
        .iter()
        .map(|name| simulated.figures.get(name).map_err(|error| Usage(error.to_string()).into()))
        .collect()
}

fn summary(name: &str, all: &[f64]) -> Vec<Cell> {
    let n = all.len() as f64;
    if all.is_empty() {
        let mut row: Vec<Cell> = vec![name.into(), 0usize.into()];
        row.extend(std::iter::repeat_n(Cell::Null, 6));
        return row;
    }
    let mean = all.iter().sum::<f64>() / n;
    let squares = all.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>();
    let sigma = (all.len() > 1).then(|| (squares / (n - 1.0)).sqrt());
    let low = all.iter().copied().fold(f64::INFINITY, f64::min);
    let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let share = |value: f64| (mean != 0.0).then(|| 100.0 * value / mean);
    vec![
        name.into(),
        all.len().into(),
        mean.into(),
        sigma.into(),
        sigma.and_then(share).into(),
        low.into(),
        high.into(),
        share(0.5 * (high - low)).into(),
    ]
}

/// Sites coloured by the figure over the wafer, or the figure over the slots of the boat.
fn picture(name: &str, sites: &[Site], values: &[Option<f64>]) -> String {
    let on_wafer = sites.iter().any(|site| matches!(site.place, Place::Wafer(..)));
    if !on_wafer {
        let points: Vec<(f64, f64)> = sites
            .iter()
            .zip(values)
            .filter_map(|(site, value)| match site.place {
                Place::Slot(slot) => Some((slot, (*value)?)),
                Place::Wafer(..) => None,
            })
            .collect();
        let x = Axis::linear("slot", points.iter().map(|p| p.0));
        let y = Axis::linear(name, points.iter().map(|p| p.1));
        let mut chart = Chart::new(format!("{name} over the boat"), x, y);
        chart.line(&points, PALETTE[0], 1.5);
        for (x, y) in &points {
            chart.dot(*x, *y, 3.0, PALETTE[0]);
        }
        return chart.render();
    }
    let places: Vec<[f64; 3]> = sites
        .iter()
        .zip(values)
        .filter_map(|(site, value)| match site.place {
            Place::Wafer(x, y) => Some([x, y, (*value)?]),
            Place::Slot(_) => None,
        })
        .collect();
    wafer(&format!("{name} over the wafer"), &places, None).render()
}
