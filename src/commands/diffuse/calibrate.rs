use super::draft::Draft;
use super::input::RecipeInput;
use super::knob::{Knob, Setting};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::nearest::nearest;
use libchar_core::{Faults, Frame, Table};
use libchar_diffusion::constants::{K_EV_PER_K, kelvin};
use libchar_diffusion::defects::parameters::NAMES;
use libchar_diffusion::format::{MeasuredProfile, Parsed, parse_profile};
use libchar_diffusion::lens::TERMS;
use libchar_diffusion::parameters::DiffusivityTerms;
use libchar_diffusion::search::{self, Fit};
use libchar_diffusion::species::Species;
use libchar_history::ResultRow;
use rayon::prelude::*;
use serde_json::json;

const EXAMPLES: &str = "\
Parameters to fit, `=LOW..HIGH` bounds at will (else a factor of 100 either way):
  boron.x.d0 boron.p.ea    prefactor (cm2/s) or energy (eV) of a diffusivity term: x, m, mm, p
  boron.segregation        C_Si / C_SiO2
  point_defects.binding point_defects.i_equilibrium.ea
                           a parameter of [model.point_defects]: its prefactor, or its energy
  step.2.temp_c ...        any number of the recipe
A prefactor and its energy are fitted as the diffusivity at the mean temperature and the energy; bounds of the
prefactor then hold for the diffusivity at that temperature.

Measured data: a profile (depth_um and conc_cm3, or boron_cm3 ...), or a table with one experiment a row,
whose columns are figures (xj_nm, rs_ohm_sq ...) and fields of the recipe (step.1.temp_c ...).

Examples:
  libchar diffuse calibrate base.toml --fit boron.p.d0 --measured sims.csv --species boron
  libchar diffuse calibrate base.toml --fit boron.p.d0,boron.p.ea --measured xj_over_temperature.csv";

/// Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals
///
/// Least squares of the logarithm of calculated over measured. The intervals are 95 % by Student's t and
/// hold as far as the model is linear in the parameters near the best values.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Calibrate {
    #[command(flatten)]
    input: RecipeInput,
    /// Parameters to fit
    #[arg(long, value_name = "PARAMETER", value_delimiter = ',', required = true)]
    fit: Vec<String>,
    /// Measured profile or table
    #[arg(long, value_name = "FILE")]
    measured: String,
    /// Dopant of a measured column conc_cm3
    #[arg(long)]
    species: Option<Species>,
    /// Measured concentrations below this do not count, cm-3
    #[arg(long, value_name = "CM3", default_value_t = 1e16)]
    floor: f64,
}

/// A parameter of the fit.
struct Parameter {
    name: String,
    target: Target,
    start: f64,
    bounds: (f64, f64),
}

enum Target {
    /// A prefactor (0) or energy (1) of the pair at a path of the recipe.
    Pair(String, usize),
    Field(Knob),
}

enum Data {
    Profile(MeasuredProfile),
    Table { settings: Vec<Vec<(Knob, Setting)>>, figures: Vec<(String, Vec<Option<f64>>)> },
}

pub fn run(args: Calibrate, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let parsed = loaded.read(&loaded.document)?;
    let parameters =
        args.fit.iter().map(|text| parameter(text, &parsed)).collect::<Result<Vec<_>>>()?;
    let source = ctx.read(&args.measured)?;
    let data = read_data(&source.name, &source.bytes)?;
    ctx.begin(
        "diffuse calibrate",
        json!({
            "recipe": loaded.name, "set": args.input.set, "fit": args.fit, "measured": args.measured,
        }),
    );
    ctx.journal.recipe(loaded.effective());
    loaded.depends(ctx);
    let centre = Centre::of(&parameters, &parsed, &data);
    let start = centre.inward(&parameters.iter().map(|p| p.start).collect::<Vec<_>>());
    let bounds: Vec<(f64, f64)> = parameters
        .iter()
        .zip(&start)
        .map(|(p, centred)| (p.bounds.0 * centred / p.start, p.bounds.1 * centred / p.start))
        .collect();
    let draft = Draft::new(&loaded);
    let residuals = |values: &[f64]| {
        let mut draft = draft.clone();
        apply(&mut draft, &parameters, &centre.outward(values))?;
        misfit(&draft, &data, args.species, args.floor)
    };
    let fit = search::fit(residuals, &start, &bounds).map_err(|error| match error {
        search::FitError::Model(error) => error,
        other => Usage(other.to_string()).into(),
    })?;
    let at_bound = |i: usize| {
        let near = |bound: f64| (fit.values[i] / bound - 1.0).abs() < 1e-6;
        near(bounds[i].0) || near(bounds[i].1)
    };
    let bounded: Vec<bool> = (0..parameters.len()).map(at_bound).collect();
    let fit = centre.outward_fit(fit);
    report(ctx, &parameters, &fit, &bounded)?;
    Ok(Outcome::found(usize::from(!fit.converged)))
}

/// Pairs of a prefactor and its energy, fitted as the diffusivity at the mean temperature and the energy:
/// over any usual range of temperatures the two themselves are all but one number.
struct Centre {
    /// Places of the prefactor and of the energy.
    pairs: Vec<(usize, usize)>,
    /// `1/kT` at the mean temperature, 1/eV.
    per_ev: f64,
}

impl Centre {
    fn of(parameters: &[Parameter], parsed: &Parsed, data: &Data) -> Centre {
        let pair = |i: usize| match &parameters[i].target {
            Target::Pair(path, place) => Some((path, *place)),
            Target::Field(_) => None,
        };
        let pairs = (0..parameters.len()).filter_map(|i| {
            let (path, 0) = pair(i)? else { return None };
            let energy = (0..parameters.len()).find(|j| pair(*j) == Some((path, 1)))?;
            Some((i, energy))
        });
        let mut temps: Vec<f64> = Vec::new();
        if let Data::Table { settings, .. } = data {
            for (knob, setting) in settings.iter().flatten() {
                if let (Setting::Number(temp_c), "C") = (setting, knob.unit()) {
                    temps.push(*temp_c);
                }
            }
        }
        if temps.is_empty() {
            temps.extend(parsed.recipe.steps.iter().filter_map(|step| step.action.hottest_c()));
        }
        let per_ev = temps.iter().map(|t| 1.0 / (K_EV_PER_K * kelvin(*t))).sum::<f64>();
        Centre { pairs: pairs.collect(), per_ev: per_ev / temps.len().max(1) as f64 }
    }

    fn shifted(&self, values: &[f64], sign: f64) -> Vec<f64> {
        let mut out = values.to_vec();
        for (prefactor, energy) in &self.pairs {
            out[*prefactor] *= (sign * values[*energy] * self.per_ev).exp();
        }
        out
    }

    fn inward(&self, values: &[f64]) -> Vec<f64> {
        self.shifted(values, -1.0)
    }

    fn outward(&self, values: &[f64]) -> Vec<f64> {
        self.shifted(values, 1.0)
    }

    /// The fit in prefactors again; errors in the logarithm add with their correlation.
    fn outward_fit(&self, mut fit: Fit) -> Fit {
        let values = self.outward(&fit.values);
        if let (Some(errors), Some(correlations)) = (&mut fit.standard_errors, &fit.correlations) {
            for (d, e) in &self.pairs {
                let of_log = errors[*d] / fit.values[*d];
                let of_energy = errors[*e] * self.per_ev;
                let both = 2.0 * correlations[*d][*e] * of_log * of_energy;
                let square = of_log * of_log + of_energy * of_energy + both;
                errors[*d] = values[*d] * square.max(0.0).sqrt();
            }
        }
        fit.values = values;
        fit
    }
}

fn parameter(text: &str, parsed: &Parsed) -> Result<Parameter> {
    let (name, range) = match text.split_once('=') {
        Some((name, range)) => (name, Some(range)),
        None => (text, None),
    };
    let wrong = |why: String| Usage(format!("--fit {text}: {why}"));
    let parts: Vec<&str> = name.split('.').collect();
    let model = &parsed.recipe.model;
    let (target, start) = match parts[..] {
        ["point_defects", ..] | ["model", "point_defects", ..] => {
            point_defect(&parts, parsed).map_err(wrong)?
        }
        [species, term, place] if species.parse::<Species>().is_ok() => {
            let species: Species = species.parse().map_err(|_| wrong("no species".to_owned()))?;
            let term = TERMS.into_iter().find(|known| *known == term).ok_or_else(|| {
                wrong(format!("unknown term `{term}`; expected one of: x, m, mm, p"))
            })?;
            let place = place_of(place).map_err(wrong)?;
            let terms = model.terms(species).map_err(|error| wrong(error.to_string()))?;
            (
                Target::Pair(format!("model.diffusivity.{species}.{term}"), place),
                pick(&terms, term)[place],
            )
        }
        [species, "segregation"] if species.parse::<Species>().is_ok() => {
            let species: Species = species.parse().map_err(|_| wrong("no species".to_owned()))?;
            let start = model
                .segregation(species, 1000.0)
                .ok_or_else(|| wrong("no segregation coefficient to start from".to_owned()))?;
            (Target::Field(Knob::new(&format!("model.segregation.{species}"))), start)
        }
        _ => {
            let knob = Knob::new(name);
            let known = super::knob::inputs(&parsed.recipe);
            let start = known.iter().find(|(other, _)| *other == knob).map(|(_, value)| *value);
            let valid: Vec<&str> = known.iter().map(|(other, _)| other.path.as_str()).collect();
            let start = start.ok_or_else(|| {
                wrong(format!(
                    "expected SPECIES.TERM.d0, SPECIES.segregation, point_defects.NAME or one of: {}",
                    valid.join(", ")
                ))
            })?;
            (Target::Field(knob), start)
        }
    };
    if start <= 0.0 {
        return Err(wrong(
            "its value is 0 in the model: give the recipe one above 0 to start from".to_owned(),
        )
        .into());
    }
    let bounds = match range {
        None => (start / 100.0, start * 100.0),
        Some(range) => {
            let number = |text: &str| libchar_core::number::parse_decimal(text.trim());
            range
                .split_once("..")
                .and_then(|(low, high)| Some((number(low)?, number(high)?)))
                .filter(|(low, high)| *low > 0.0 && low < high)
                .ok_or_else(|| wrong("expected NAME=LOW..HIGH with 0 < LOW < HIGH".to_owned()))?
        }
    };
    Ok(Parameter { name: name.to_owned(), target, start, bounds })
}

fn pick(terms: &DiffusivityTerms, term: &str) -> [f64; 2] {
    match term {
        "x" => terms.x,
        "m" => terms.m,
        "mm" => terms.mm,
        _ => terms.p,
    }
}

fn place_of(word: &str) -> Result<usize, String> {
    match word {
        "d0" => Ok(0),
        "ea" => Ok(1),
        other => Err(format!("`{other}`: expected d0 or ea")),
    }
}

/// A parameter of the point defects, such as `point_defects.i_equilibrium.ea`; without an end its prefactor.
fn point_defect(parts: &[&str], parsed: &Parsed) -> Result<(Target, f64), String> {
    let parts = parts.strip_prefix(&["model"]).unwrap_or(parts);
    let defects = parsed.recipe.model.defects.as_ref();
    let defects = defects.ok_or("the recipe has no `defects = \"two_dim\"` in [model]")?;
    let (name, place) = match parts[1..] {
        [name] => (name, 0),
        [name, place] => (name, place_of(place)?),
        _ => return Err("expected point_defects.NAME, with .d0 or .ea at will".to_owned()),
    };
    let names = NAMES.map(|(known, ..)| known);
    if !names.contains(&name) {
        let near = nearest(name, names).map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        return Err(format!("no `{name}` among the parameters of point defects{near}"));
    }
    Ok((Target::Pair(format!("model.point_defects.{name}"), place), defects.pair(name)[place]))
}

/// Puts the parameters into the recipe; the other terms of a dopant keep their values.
fn apply(draft: &mut Draft<'_>, parameters: &[Parameter], values: &[f64]) -> Result<()> {
    for (parameter, value) in parameters.iter().zip(values) {
        match &parameter.target {
            Target::Field(knob) => draft.turn(knob, *value)?,
            Target::Pair(path, place) => {
                let end = ["d0", "ea"][*place];
                draft.turn(&Knob::new(&format!("{path}.{end}")), *value)?;
            }
        }
    }
    Ok(())
}

fn read_data(name: &str, bytes: &[u8]) -> Result<Data> {
    let table = Table::parse(name, bytes)?;
    let is_profile = ["depth_um", "depth_nm"].iter().any(|c| table.find_column(c).is_some());
    if is_profile {
        return Ok(Data::Profile(parse_profile(name, bytes)?));
    }
    let mut faults = Vec::new();
    let mut settings = vec![Vec::new(); table.len()];
    let mut figures = Vec::new();
    for (column, header) in table.columns.iter().enumerate() {
        let field = ["step.", "substrate.", "model."].iter().any(|head| header.starts_with(head));
        let mut values = Vec::new();
        for (row, setting_of_row) in settings.iter_mut().enumerate() {
            let cell = table.cell(row, column);
            if field {
                let knob = Knob::new(header);
                let setting = knob
                    .number(cell)
                    .map_or_else(|| Setting::Word(cell.to_owned()), Setting::Number);
                setting_of_row.push((knob, setting));
            } else if cell.is_empty() {
                values.push(None);
            } else {
                match table.number(row, column) {
                    Ok(value) if value > 0.0 => values.push(Some(value)),
                    Ok(value) => faults.push(
                        table
                            .fault(row, column, format!("measured {value}"))
                            .expected("a number above 0"),
                    ),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        if !field {
            figures.push((header.clone(), values));
        }
    }
    Ok(Faults::or(Data::Table { settings, figures }, faults)?)
}

/// Logarithms of calculated over measured, in a fixed order.
fn misfit(
    draft: &Draft<'_>,
    data: &Data,
    species: Option<Species>,
    floor: f64,
) -> Result<Vec<f64>> {
    match data {
        Data::Profile(measured) => {
            let simulated = draft.simulate()?;
            let profile = &simulated.figures.profile;
            let mut residuals = Vec::new();
            for (column, conc) in &measured.columns {
                let dopant = column.or(species).ok_or_else(|| {
                    Usage("whose concentration is `conc_cm3`? name it with --species".to_owned())
                })?;
                let k = profile
                    .dopants
                    .iter()
                    .position(|d| d.species == dopant)
                    .ok_or_else(|| Usage(format!("the recipe has no {dopant}")))?;
                for (depth, measured) in
                    measured.depth_um.iter().zip(conc).filter(|(_, c)| **c >= floor)
                {
                    let calculated = profile.conc_at(k, *depth).max(1e-3 * floor);
                    residuals.push((calculated / measured).ln());
                }
            }
            Ok(residuals)
        }
        Data::Table { settings, figures } => {
            let rows: Vec<Result<Vec<f64>>> = settings
                .par_iter()
                .enumerate()
                .map(|(row, settings)| {
                    let mut draft = draft.clone();
                    for (knob, setting) in settings {
                        draft.put(knob, setting)?;
                    }
                    let simulated = draft.simulate()?;
                    let mut residuals = Vec::new();
                    for (name, values) in figures {
                        let Some(measured) = values[row] else { continue };
                        let value =
                            simulated.figures.get(name).map_err(|e| Usage(e.to_string()))?;
                        // A figure that is not there is as wrong as a factor of e.
                        residuals
                            .push(value.filter(|v| *v > 0.0).map_or(1.0, |v| (v / measured).ln()));
                    }
                    Ok(residuals)
                })
                .collect();
            Ok(rows.into_iter().collect::<Result<Vec<_>>>()?.concat())
        }
    }
}

fn report(ctx: &Context, parameters: &[Parameter], fit: &Fit, at_bound: &[bool]) -> Result<()> {
    let columns = ["parameter", "start", "value", "standard_error", "low95", "high95", "at_bound"];
    let mut frame = Frame::new("libchar.diffuse-calibrate", 1, columns);
    let t = search::student_t95(fit.points.saturating_sub(parameters.len()));
    for (i, parameter) in parameters.iter().enumerate() {
        let value = fit.values[i];
        let error = fit.standard_errors.as_ref().map(|errors| errors[i]);
        // The fit works in the logarithm: its interval is a factor either way, and stays positive.
        let factor = error.zip(t).map(|(error, t)| (t * error / value).exp());
        frame.push(vec![
            parameter.name.as_str().into(),
            parameter.start.into(),
            value.into(),
            error.into(),
            factor.map(|f| value / f).into(),
            factor.map(|f| value * f).into(),
            at_bound[i].into(),
        ]);
        ctx.journal.results([ResultRow {
            point: None,
            measure: parameter.name.clone(),
            value: Some(value),
            unit: None,
            status: if fit.converged { "ok".to_owned() } else { "not converged".to_owned() },
        }]);
    }
    let rms = |sum: f64| 100.0 * (sum / fit.points as f64).sqrt();
    let message = format!(
        "rms misfit {:.2} % before, {:.2} % after, {} values, {} runs{}",
        rms(fit.sums.0),
        rms(fit.sums.1),
        fit.points,
        fit.evaluations,
        if fit.converged { "" } else { ", not converged" }
    );
    ctx.log.info("fit", message);
    if fit.standard_errors.is_none() {
        ctx.log.warning("fit", "the data do not determine the parameters: no confidence intervals");
    }
    if let Some(correlations) = &fit.correlations {
        for i in 0..parameters.len() {
            for j in 0..i {
                if correlations[i][j].abs() > 0.98 {
                    let pair = format!("{} and {}", parameters[j].name, parameters[i].name);
                    let message = format!(
                        "{pair} are hard to tell apart: correlation {:.4}",
                        correlations[i][j]
                    );
                    ctx.log.warning("fit", message);
                }
            }
        }
    }
    ctx.print(&frame)
}
