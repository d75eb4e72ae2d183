//! Fits parameters of models and recipes to measured data.

use crate::constants::{K_EV_PER_K, kelvin};
use crate::defects::parameters::NAMES;
use crate::draft::Draft;
use crate::format::{MeasuredProfile, Parsed, parse_profile};
use crate::knob::{self, Knob, Setting};
use crate::lens::TERMS;
use crate::loaded::Loaded;
use crate::parameters::DiffusivityTerms;
use crate::search::{self, Fit};
use crate::species::Species;
use libchar_core::nearest::nearest;
use libchar_core::number::parse_decimal;
use libchar_core::told::Kept;
use libchar_core::{Faults, Frame, Refused, Table};
use rayon::prelude::*;

/// A parameter of the fit.
#[derive(Debug)]
pub struct Parameter {
    /// Its name as typed.
    pub name: String,
    target: Target,
    /// Its value in the recipe.
    pub start: f64,
    bounds: (f64, f64),
}

#[derive(Debug)]
enum Target {
    /// A prefactor (0) or energy (1) of the pair at a path of the recipe.
    Pair(String, usize),
    Field(Knob),
}

/// What was measured.
pub enum Data {
    /// Concentrations over depth.
    Profile(MeasuredProfile),
    /// One experiment per row: its settings, and its figures (`None` where a cell is empty).
    Table {
        /// Settings of each row.
        settings: Vec<Vec<(Knob, Setting)>>,
        /// Name and values of each figure.
        figures: Vec<(String, Vec<Option<f64>>)>,
    },
}

/// A fit, and which parameters it left at a bound.
pub struct Fitted {
    /// The values with their errors.
    pub fit: Fit,
    /// Whether each value is at a bound.
    pub at_bound: Vec<bool>,
}

/// Fits parameters by least squares of `ln(calculated / measured)`. `species` names the dopant of a
/// column `conc_cm3`; measured concentrations below `floor`, cm-3, are ignored.
///
/// # Errors
/// Data that do not depend on the parameters, figures that no run gives, and recipes that cannot
/// run.
pub fn calibrate(
    loaded: &Loaded,
    parsed: &Parsed,
    parameters: &[Parameter],
    data: &Data,
    species: Option<Species>,
    floor: f64,
) -> Result<Fitted, Refused> {
    let centre = Centre::of(parameters, parsed, data);
    let start = centre.inward(&parameters.iter().map(|p| p.start).collect::<Vec<_>>());
    let bounds: Vec<(f64, f64)> = parameters
        .iter()
        .zip(&start)
        .map(|(p, centred)| (p.bounds.0 * centred / p.start, p.bounds.1 * centred / p.start))
        .collect();
    let draft = Draft::new(loaded);
    let residuals = |values: &[f64]| {
        let mut draft = draft.clone();
        apply(&mut draft, parameters, &centre.outward(values))?;
        misfit(&draft, data, species, floor)
    };
    let fit = search::fit(residuals, &start, &bounds).map_err(|error| match error {
        search::FitError::Model(error) => error,
        other => Refused::Usage(other.to_string()),
    })?;
    let at_bound = |i: usize| {
        let near = |bound: f64| (fit.values[i] / bound - 1.0).abs() < 1e-6;
        near(bounds[i].0) || near(bounds[i].1)
    };
    let at_bound: Vec<bool> = (0..parameters.len()).map(at_bound).collect();
    Ok(Fitted { fit: centre.outward_fit(fit), at_bound })
}

/// Pairs of a prefactor and an activation energy. The fit varies the diffusivity at the mean
/// temperature and the energy instead: over a usual range of temperatures, the prefactor and the
/// energy are so strongly correlated that the data determine only a combination of them.
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

    /// Converts the fit back to prefactors. The errors of the logarithm add with their correlation.
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

/// A parameter as typed, `NAME` or `NAME=LOW..HIGH`.
///
/// # Errors
/// A name that is not a number of the recipe or its models, and bounds that are not a valid range.
pub fn parameter(text: &str, parsed: &Parsed) -> Result<Parameter, Refused> {
    let (name, range) = match text.split_once('=') {
        Some((name, range)) => (name, Some(range)),
        None => (text, None),
    };
    let wrong = |why: String| Refused::Usage(format!("--fit {text}: {why}"));
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
            let known = knob::inputs(&parsed.recipe);
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
        ));
    }
    let bounds = match range {
        None => (start / 100.0, start * 100.0),
        Some(range) => {
            let number = |text: &str| parse_decimal(text.trim());
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

/// Finds a parameter of the point defects, such as `point_defects.i_equilibrium.ea`. A name without
/// a part such as `.ea` stands for the prefactor.
fn point_defect(parts: &[&str], parsed: &Parsed) -> Result<(Target, f64), String> {
    let parts = parts.strip_prefix(&["model"]).unwrap_or(parts);
    let defects = parsed.recipe.model.defects.as_ref();
    let defects = defects.ok_or("the recipe has no `defects = \"two_dim\"` in [model]")?;
    let (name, place) = match parts[1..] {
        [name] => (name, 0),
        [name, place] => (name, place_of(place)?),
        _ => return Err("expected point_defects.NAME, optionally with .d0 or .ea".to_owned()),
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
fn apply(draft: &mut Draft<'_>, parameters: &[Parameter], values: &[f64]) -> Result<(), Refused> {
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

/// Reads measured data: a profile, or a table with one experiment per row.
///
/// # Errors
/// Every fault of the file.
pub fn read_data(name: &str, bytes: &[u8]) -> Result<Data, Faults> {
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
    Faults::or(Data::Table { settings, figures }, faults)
}

/// `ln(calculated / measured)` for every measured value, in a fixed order.
fn misfit(
    draft: &Draft<'_>,
    data: &Data,
    species: Option<Species>,
    floor: f64,
) -> Result<Vec<f64>, Refused> {
    match data {
        Data::Profile(measured) => {
            let simulated = draft.simulate()?;
            let profile = &simulated.figures.profile;
            let mut residuals = Vec::new();
            for (column, conc) in &measured.columns {
                let dopant = column.or(species).ok_or_else(|| {
                    Refused::usage("the dopant of `conc_cm3` is not given: expected --species")
                })?;
                let k = profile
                    .dopants
                    .iter()
                    .position(|d| d.species == dopant)
                    .ok_or_else(|| Refused::Usage(format!("the recipe has no {dopant}")))?;
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
            let rows: Vec<Result<Vec<f64>, Refused>> = settings
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
                        let value = simulated
                            .figures
                            .get(name)
                            .map_err(|e| Refused::Usage(e.to_string()))?;
                        // A figure that the run does not give counts as wrong by a factor of e.
                        residuals
                            .push(value.filter(|v| *v > 0.0).map_or(1.0, |v| (v / measured).ln()));
                    }
                    Ok(residuals)
                })
                .collect();
            Ok(rows.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
        }
    }
}

impl Fitted {
    /// One row per parameter, with its 95 % confidence interval.
    pub fn frame(&self, parameters: &[Parameter]) -> Frame {
        let Fitted { fit, at_bound } = self;
        let columns =
            ["parameter", "start", "value", "standard_error", "low95", "high95", "at_bound"];
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
        }
        frame
    }

    /// How well the fit went, in a sentence.
    pub fn sentence(&self) -> String {
        let fit = &self.fit;
        let rms = |sum: f64| 100.0 * (sum / fit.points as f64).sqrt();
        format!(
            "rms misfit {:.2} % before, {:.2} % after, {} values, {} runs{}",
            rms(fit.sums.0),
            rms(fit.sums.1),
            fit.points,
            fit.evaluations,
            if fit.converged { "" } else { ", not converged" }
        )
    }

    /// The values as the history keeps them.
    pub fn kept(&self, parameters: &[Parameter]) -> Vec<Kept> {
        let status = if self.fit.converged { "ok" } else { "not converged" };
        let pairs = parameters.iter().zip(&self.fit.values);
        pairs.map(|(own, value)| Kept::of(own.name.as_str(), *value).said(status)).collect()
    }

    /// What the data leave undetermined, one sentence each.
    pub fn warnings(&self, parameters: &[Parameter]) -> Vec<String> {
        let mut told = Vec::new();
        if self.fit.standard_errors.is_none() {
            told.push(
                "the data do not determine the parameters: no confidence intervals".to_owned(),
            );
        }
        if let Some(correlations) = &self.fit.correlations {
            for i in 0..parameters.len() {
                for j in (0..i).filter(|j| correlations[i][*j].abs() > 0.98) {
                    told.push(format!(
                        "{} and {} are hard to tell apart: correlation {:.4}",
                        parameters[j].name, parameters[i].name, correlations[i][j]
                    ));
                }
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    fn parameters(names: &[&str]) -> Result<Vec<Parameter>, String> {
        let loaded = loaded(DRIVE);
        let parsed = loaded.read(&loaded.document).unwrap();
        let read = names.iter().map(|name| parameter(name, &parsed));
        read.collect::<Result<_, _>>().map_err(|refused| refused.to_string())
    }

    /// The junction depth at doses of 0.5, 1 and 2e14, and at times of the drive.
    fn measured(text: &str, column: &str, values: &[f64]) -> String {
        let loaded = loaded(text);
        values.iter().fold(format!("{column},xj_nm,rs_ohm_sq\n"), |csv, value| {
            let mut draft = Draft::new(&loaded);
            draft.turn(&Knob::new(column), *value).unwrap();
            let figures = draft.simulate().unwrap().figures;
            let get = |name| figures.get(name).unwrap().unwrap();
            format!("{csv}{value:e},{},{}\n", get("xj_nm"), get("rs_ohm_sq"))
        })
    }

    #[test]
    fn a_fit_finds_the_dose_that_the_data_were_made_with() {
        let truth = DRIVE.replace("1e14", "1.3e14");
        let csv = measured(&truth, "step.2.time_s", &[900.0, 1800.0, 3600.0]);
        let data = read_data("m.csv", csv.as_bytes()).unwrap();
        let wanted = parameters(&["step.1.dose_cm2"]).unwrap();
        let loaded = loaded(DRIVE);
        let parsed = loaded.read(&loaded.document).unwrap();
        let found = calibrate(&loaded, &parsed, &wanted, &data, None, 1e16).unwrap();
        assert!((found.fit.values[0] / 1.3e14 - 1.0).abs() < 1e-4, "{:?}", found.fit.values);
        assert!(found.fit.converged && !found.at_bound[0] && found.warnings(&wanted).is_empty());
        assert!(found.sentence().contains("6 values") && found.frame(&wanted).len() == 1);
        let kept = found.kept(&wanted);
        assert_eq!((kept[0].measure.as_str(), kept[0].status.as_str()), ("step.1.dose_cm2", "ok"));
        assert_eq!(kept[0].value, Some(found.fit.values[0]));
        let held = parameters(&["step.1.dose_cm2=5e13..1.1e14"]).unwrap();
        let found = calibrate(&loaded, &parsed, &held, &data, None, 1e16).unwrap();
        assert!(found.at_bound[0] && (found.fit.values[0] / 1.1e14 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn names_and_bounds_that_are_none_are_refused() {
        for (name, words) in [
            ("boron.y.d0", "unknown term `y`; expected one of: x, m, mm, p"),
            ("boron.x.d1", "`d1`: expected d0 or ea"),
            ("step.7.temp_c", "expected SPECIES.TERM.d0, SPECIES.segregation"),
            ("boron.x.d0=2..1", "expected NAME=LOW..HIGH with 0 < LOW < HIGH"),
            ("point_defects.binding", "no `defects = \"two_dim\"`"),
        ] {
            let told = parameters(&[name]).map(drop).unwrap_err();
            assert!(told.starts_with(&format!("--fit {name}: ")) && told.contains(words), "{told}");
        }
        let open = parameters(&["step.2.time"]).unwrap();
        assert_eq!((open[0].start, open[0].bounds), (1800.0, (18.0, 180_000.0)));
    }

    #[test]
    fn a_prefactor_and_its_energy_are_turned_about_the_mean_temperature() {
        let pair = parameters(&["boron.x.d0", "boron.x.ea"]).unwrap();
        let csv = "step.2.temp_c,xj_nm\n950,500\n1050,700\n";
        let data = read_data("m.csv", csv.as_bytes()).unwrap();
        let loaded = loaded(DRIVE);
        let parsed = loaded.read(&loaded.document).unwrap();
        let centre = Centre::of(&pair, &parsed, &data);
        assert_eq!(centre.pairs, [(0, 1)]);
        let mean = 0.5 * (1.0 / kelvin(950.0) + 1.0 / kelvin(1050.0)) / K_EV_PER_K;
        assert!((centre.per_ev / mean - 1.0).abs() < 1e-12);
        let typed = [0.76, 3.46];
        let inward = centre.inward(&typed);
        assert!((inward[0] / (0.76 * (-3.46 * mean).exp()) - 1.0).abs() < 1e-12);
        let back = centre.outward(&inward);
        assert!((back[0] / typed[0] - 1.0).abs() < 1e-12 && back[1] == typed[1]);
    }

    #[test]
    fn errors_of_a_pair_add_with_their_correlation() {
        let centre = Centre { pairs: vec![(0, 1)], per_ev: 10.0 };
        let fit = |correlation: f64| Fit {
            values: vec![2.0, 3.0],
            standard_errors: Some(vec![0.2, 0.03]),
            correlations: Some(vec![vec![1.0, correlation], vec![correlation, 1.0]]),
            sums: (1.0, 0.1),
            points: 9,
            evaluations: 1,
            converged: true,
        };
        // The logarithm of the prefactor has an error of 0.1 of its own and one of 0.3 from the
        // energy.
        let of = |correlation: f64| {
            let found = centre.outward_fit(fit(correlation));
            found.standard_errors.unwrap()[0] / found.values[0]
        };
        assert!((of(0.0) - 0.1f64.hypot(0.3)).abs() < 1e-12);
        assert!((of(1.0) - 0.4).abs() < 1e-12 && (of(-1.0) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn measured_figures_are_above_zero() {
        let told = read_data("m.csv", b"step.2.temp_c,xj_nm\n950,0\n960,x\n").map(drop);
        let told = told.unwrap_err().to_string();
        assert!(told.starts_with("m.csv:2:5: measured 0\n  expected a number above 0"), "{told}");
        assert!(told.contains("m.csv:3:5: "), "{told}");
    }
}
