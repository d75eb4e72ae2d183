//! Runs a recipe at every site of a map of temperatures and flows.

use crate::draft::Draft;
use crate::knob::{Knob, offset_c};
use crate::loaded::Loaded;
use crate::recipe::{Action, Source, Step};
use libchar_core::svg::{Axis, Chart, PALETTE, wafer};
use libchar_core::{Cell, Fault, Faults, Frame, Refused, Table};
use rayon::prelude::*;

/// A site of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// What is added to every furnace temperature, degrees.
    pub dtemp_c: f64,
    /// Factor on the oxidant's pressure and on the concentration of the doping gas.
    pub flow: f64,
    /// Position of the site.
    pub place: Place,
}

/// Where a site is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// On the wafer, mm from its centre.
    Wafer(f64, f64),
    /// In a slot of the boat.
    Slot(f64),
}

/// The figures of every site: one list per site.
///
/// # Errors
/// Figures that the recipe does not give, and steps that cannot run, with the name of the site.
pub fn figures(
    loaded: &Loaded,
    sites: &[Site],
    figures: &[String],
) -> Result<Vec<Vec<Option<f64>>>, Refused> {
    let steps = loaded.read(&loaded.document)?.recipe.steps;
    let draft = Draft::new(loaded);
    let values: Vec<Result<Vec<Option<f64>>, Refused>> =
        sites.par_iter().map(|site| figures_at(draft.clone(), &steps, site, figures)).collect();
    values.into_iter().collect()
}

/// Statistics over all sites, one row per figure.
pub fn summary(figures: &[String], values: &[Vec<Option<f64>>]) -> Frame {
    let columns =
        ["figure", "sites", "mean", "sigma", "sigma_over_mean_pct", "min", "max", "range_pct"];
    let mut frame = Frame::new("libchar.diffuse-uniformity", 1, columns);
    for (column, name) in figures.iter().enumerate() {
        let all: Vec<f64> = values.iter().filter_map(|row| row[column]).collect();
        frame.push(row(name, &all));
    }
    frame
}

/// One row per site.
pub fn sites(figures: &[String], sites: &[Site], values: &[Vec<Option<f64>>]) -> Frame {
    let columns = ["site", "dtemp_c", "flow"].map(str::to_owned);
    let columns = columns.into_iter().chain(figures.iter().cloned());
    let mut frame = Frame::new("libchar.diffuse-sites", 1, columns);
    for (site, row) in sites.iter().zip(values) {
        let mut cells: Vec<Cell> =
            vec![site.name.as_str().into(), site.dtemp_c.into(), site.flow.into()];
        cells.extend(row.iter().map(|value| Cell::from(*value)));
        frame.push(cells);
    }
    frame
}

/// Reads a map: one row per site, with `dtemp_c`, `flow` or both.
///
/// # Errors
/// Every fault of the table.
pub fn read_map(table: &Table) -> Result<Vec<Site>, Faults> {
    let mut faults = Vec::new();
    let [site, dtemp, flow, x, y, slot] =
        ["site", "dtemp_c", "flow", "x_mm", "y_mm", "slot"].map(|name| table.find_column(name));
    if dtemp.is_none() && flow.is_none() {
        let neither = || Fault::of(&table.file, "neither `dtemp_c` nor `flow`");
        return Err(table.column("dtemp_c").err().unwrap_or_else(neither).into());
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
        faults.push(Fault::of(&table.file, "a map without sites"));
    }
    Faults::or(sites, faults)
}

/// The figures of a run in which every furnace step is hotter by the site's offset, and the
/// pressure of the oxidant and the concentration of the doping gas are multiplied by the site's
/// flow.
fn figures_at(
    mut draft: Draft<'_>,
    steps: &[Step],
    site: &Site,
    figures: &[String],
) -> Result<Vec<Option<f64>>, Refused> {
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
    let simulated = draft.simulate().map_err(|refused| match refused {
        Refused::Usage(message) => Refused::Usage(format!("site {}: {message}", site.name)),
        faults => faults,
    })?;
    let get = |name: &String| {
        simulated.figures.get(name).map_err(|error| Refused::Usage(error.to_string()))
    };
    figures.iter().map(get).collect()
}

fn row(name: &str, all: &[f64]) -> Vec<Cell> {
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

/// Draws the sites on the wafer, coloured by the figure, or the figure over the slots of the boat.
pub fn picture(name: &str, sites: &[Site], values: &[Option<f64>]) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    fn map(text: &str) -> Result<Vec<Site>, String> {
        let table = Table::parse("m.csv", text.as_bytes()).unwrap();
        read_map(&table).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_map_has_sites_by_name_or_number_on_the_wafer_or_in_the_boat() {
        let boat = map("dtemp_c\n-1\n2\n").unwrap();
        assert_eq!((boat[1].name.as_str(), boat[1].flow), ("2", 1.0));
        assert_eq!(boat[1].place, Place::Slot(2.0));
        let wafer = map("site,flow,x_mm,y_mm\nc,1.1,0,0\ne,0.9,70,-70\n").unwrap();
        assert_eq!((wafer[1].name.as_str(), wafer[1].dtemp_c), ("e", 0.0));
        assert_eq!(wafer[1].place, Place::Wafer(70.0, -70.0));
        assert!(map("dtemp_c,flow\n1,0\n").unwrap_err().starts_with("m.csv:2:3: a flow of 0\n"));
        assert!(map("dtemp_c,flow\n").unwrap_err().contains("a map without sites"));
        assert!(map("x_mm,y_mm\n1,2\n").unwrap_err().contains("dtemp_c"));
    }

    #[test]
    fn a_hotter_site_has_a_deeper_junction_and_the_spread_is_that_of_its_figures() {
        let loaded = loaded(DRIVE);
        let names = ["xj_nm".to_owned()];
        let places = map("dtemp_c\n-20\n0\n20\n").unwrap();
        let values = figures(&loaded, &places, &names).unwrap();
        let xj: Vec<f64> = values.iter().map(|row| row[0].unwrap()).collect();
        assert!(xj[0] < xj[1] && xj[1] < xj[2]);
        let plain = loaded.simulate(&loaded.document).unwrap().figures.get("xj_nm").unwrap();
        assert_eq!(Some(xj[1]), plain);
        let unknown = figures(&loaded, &places, &["xk_nm".to_owned()]).unwrap_err();
        assert!(matches!(unknown, Refused::Usage(_)));
        assert!(picture("xj_nm", &places, &[Some(1.0), None, Some(2.0)]).contains("over the boat"));
        assert_eq!(sites(&names, &places, &values).len(), 3);
    }

    #[test]
    fn spread_over_mean_and_half_range_are_percents_of_the_mean() {
        let cells = row("x", &[9.0, 10.0, 11.0]);
        assert_eq!(cells[1], Cell::from(3usize));
        let numbers = [10.0, 1.0, 10.0, 9.0, 11.0, 10.0].map(Cell::from);
        assert_eq!(cells[2..], numbers);
        let one = row("x", &[5.0]);
        assert_eq!((&one[3], &one[4], &one[7]), (&Cell::Null, &Cell::Null, &Cell::from(0.0)));
        assert_eq!(row("x", &[])[2..].iter().filter(|cell| **cell == Cell::Null).count(), 6);
        // A percentage of a mean of 0 does not exist.
        assert_eq!(row("x", &[-1.0, 1.0])[4], Cell::Null);
    }
}
