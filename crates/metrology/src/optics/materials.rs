//! The material of a layer: a model with parameters, a table or a mixture; and how a setup
//! describes it.

use super::Complex;
use super::dispersion::{FORMS, Form};
use super::ema::Mixture;
use crate::answer::{Refusal, misuse};
use crate::constants::HC_EV_NM;
use crate::job::Job;
use crate::method::{Input, column};
use crate::setup::{as_number, is_file};
use crate::sheet::Sheet;
use libchar_numeric::interpolate::{Beyond, linear};
use toml::{Table, Value};

/// The index of a layer.
#[derive(Debug, Clone)]
pub enum Material {
    /// A model; its parameters start at index `at`.
    Model {
        /// The form of the model.
        form: Form,
        /// Index of the first parameter.
        at: usize,
        /// Number of parameters.
        count: usize,
    },
    /// Indices at every wavelength.
    Table(Vec<Complex>),
    /// A mixture; its fraction is the parameter at index `at`.
    Mix {
        /// The mixing rule.
        mixture: Mixture,
        /// The enclosing material.
        host: Box<Material>,
        /// The enclosed material.
        inclusion: Box<Material>,
        /// Index of the parameter for the fraction.
        at: usize,
    },
}

impl Material {
    /// Complex index at the wavelength number `w`.
    pub fn index(&self, p: &[f64], w: usize, wavelength_nm: f64) -> Complex {
        match self {
            Material::Model { form, at, count } => form.index(&p[*at..at + count], wavelength_nm),
            Material::Table(values) => values[w],
            Material::Mix { mixture, host, inclusion, at } => mixture.index(
                host.index(p, w, wavelength_nm),
                inclusion.index(p, w, wavelength_nm),
                p[*at],
            ),
        }
    }
}

/// A parameter of a stack.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its name in a result, unit included.
    pub name: String,
    /// Another name that a setup may use for it.
    pub also: String,
    /// Its value, or the start value of a fit; NaN if it is to be searched for.
    pub value: f64,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Whether it is fitted.
    pub free: bool,
}

/// A number in a table of the setup.
///
/// # Errors
/// A value of another kind.
pub fn member(table: &Table, key: &str) -> Result<Option<f64>, Refusal> {
    match table.get(key) {
        None => Ok(None),
        Some(value) => match as_number(value) {
            Some(number) => Ok(Some(number)),
            None => misuse(format!("`{key}` is {value}, expected a number")),
        },
    }
}

/// Refuses an unknown key.
///
/// # Errors
/// The unknown key, with the known ones.
pub fn only(table: &Table, what: &str, known: &[&str]) -> Result<(), Refusal> {
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => {
            misuse(format!("unknown key `{key}` of {what}, expected one of: {}", known.join(", ")))
        }
        None => Ok(()),
    }
}

/// The form of this name in a setup.
pub fn form_named(name: &str) -> Option<Form> {
    FORMS.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
}

/// Names and values of a form's parameters, from a table with its keys: a single term among them,
/// or several as `terms`.
///
/// # Errors
/// An unknown key, and a missing parameter; with `search` a fit finds it (NaN).
pub fn parameters(form: Form, table: &Table, search: bool) -> Result<Vec<Param>, Refusal> {
    let own: Vec<&str> = form.keys().iter().chain(form.term_keys()).map(|k| k.0).collect();
    only(table, "the model", &[&own[..], &["terms"]].concat())?;
    let terms: Vec<Table> = match table.get("terms") {
        None if form.term_keys().is_empty() => Vec::new(),
        None => vec![table.clone()],
        Some(Value::Array(items)) if !items.is_empty() => {
            let mut terms = Vec::new();
            for item in items {
                let Value::Table(term) = item else {
                    return misuse(format!("a term is {item}, expected a table"));
                };
                let names: Vec<&str> = form.term_keys().iter().map(|k| k.0).collect();
                only(term, "a term", &names)?;
                terms.push(term.clone());
            }
            terms
        }
        Some(other) => return misuse(format!("`terms` is {other}, expected a list of tables")),
    };
    let mut params = Vec::new();
    let mut add = |key: &(&'static str, f64, f64, f64), table: &Table, suffix: String| {
        let (name, start, low, high) = *key;
        let value = member(table, name)?.unwrap_or(start);
        if value < low || value > high {
            return misuse(format!("`{name}` is {value}, expected {low} to {high}"));
        }
        let optional = name == "eg_ev" && !suffix.starts_with("_gap");
        if value.is_nan() && !search && !optional {
            return misuse(format!("the model has no `{name}`"));
        }
        let name = format!("{}{name}{suffix}", form.prefix());
        params.push(Param { name, also: String::new(), value, low, high, free: false });
        Ok(())
    };
    for key in form.keys() {
        add(key, table, String::new())?;
    }
    for (i, term) in terms.iter().enumerate() {
        for key in form.term_keys() {
            let suffix = if i == 0 { String::new() } else { format!("_{}", i + 1) };
            // A gap in the table itself is common to all terms.
            if key.0 == "eg_ev" && !table.contains_key("terms") {
                add(key, &Table::new(), suffix)?;
            } else {
                add(key, term, suffix)?;
            }
        }
    }
    let shared = |p: &Param| p.name == "tl_eg_ev" && p.value.is_nan();
    if form == Form::TaucLorentz && shared(&params[1]) {
        let gaps = params.iter().skip(2).filter(|p| p.name.starts_with("tl_eg_ev"));
        if gaps.clone().any(|p| p.value.is_nan()) || gaps.count() == 0 {
            return misuse("the model has no `eg_ev`");
        }
    }
    Ok(params)
}

static WAVELENGTH: Input = column("wavelength", "length", "nm", "wavelength").also(&["lambda"]);
static ENERGY: Input = column("energy", "energy", "eV", "photon energy").also(&["e"]);
static N: Input = column("n", "", "", "refractive index");
static K: Input = column("k", "", "", "extinction coefficient");

/// Index from a file at some wavelengths, by linear interpolation; without `k` the material is
/// transparent.
///
/// # Errors
/// A file without wavelength or n, one whose wavelengths repeat, and wavelengths outside its range.
fn tabulated(sheet: &Sheet, wavelengths_nm: &[f64]) -> Result<Vec<Complex>, Refusal> {
    let axis = match sheet.find(&WAVELENGTH)? {
        Some(axis) => axis,
        None => match sheet.find(&ENERGY)? {
            Some(energy) => energy.iter().map(|e| HC_EV_NM / e).collect(),
            None => sheet.column(&WAVELENGTH)?,
        },
    };
    let (n, k) = (sheet.column(&N)?, sheet.find(&K)?);
    let mut order: Vec<usize> = (0..axis.len()).collect();
    order.sort_by(|a, b| axis[*a].total_cmp(&axis[*b]));
    let sorted = |values: &[f64]| -> Vec<f64> { order.iter().map(|i| values[*i]).collect() };
    let (x, n) = (sorted(&axis), sorted(&n));
    let k = k.map_or_else(|| vec![0.0; n.len()], |k| sorted(&k));
    let (first, last) = (wavelengths_nm[0], wavelengths_nm[wavelengths_nm.len() - 1]);
    if let Some(w) = x.windows(2).find(|w| w[0] == w[1] && (first..=last).contains(&w[0])) {
        return misuse(format!("{}: the wavelength {} nm occurs there twice", sheet.file, w[0]));
    }
    let at = |w: &f64| {
        let value = |y: &[f64]| linear(&x, y, *w, Beyond::Nothing);
        match (value(&n), value(&k)) {
            (Some(n), Some(k)) => Ok(Complex::new(n, -k)),
            _ => misuse(format!(
                "{}: covers {} to {} nm, and the data hold {w} nm",
                sheet.file,
                x[0],
                x[x.len() - 1]
            )),
        }
    };
    wavelengths_nm.iter().map(at).collect()
}

/// The source of indices for materials without parameters.
pub struct Library<'a> {
    /// The inputs.
    pub job: &'a Job,
    /// All distinct wavelengths.
    pub wavelengths_nm: &'a [f64],
    /// A row for each of these wavelengths.
    pub rows: &'a [usize],
}

impl Library<'_> {
    /// The material in the columns `n_NAME` and `k_NAME`.
    pub fn column(&self, name: &str) -> Option<Material> {
        let family = |kind: &'static str| {
            let columns = self.job.families.get(kind).map_or(&[][..], Vec::as_slice);
            let wanted = format!("{kind}_{name}");
            columns.iter().find(|(own, _)| own.trim().eq_ignore_ascii_case(&wanted))
        };
        let (_, n) = family("n")?;
        let k = family("k").map(|(_, k)| k);
        let at = |row: &usize| Complex::new(n[*row], -k.map_or(0.0, |k| k[*row]));
        Some(Material::Table(self.rows.iter().map(at).collect()))
    }

    /// The material of a name in a setup: a file, an index, `air`, or the columns of that name.
    ///
    /// # Errors
    /// A name without a material.
    pub fn named(&self, value: &Value) -> Result<Material, Refusal> {
        let constant =
            |n: f64| Material::Table(vec![Complex::new(n, 0.0); self.wavelengths_nm.len()]);
        match value {
            Value::String(name) if matches!(name.as_str(), "air" | "void") => Ok(constant(1.0)),
            Value::String(name) if is_file(name) => match self.job.files.get(name) {
                Some(sheet) => Ok(Material::Table(tabulated(sheet, self.wavelengths_nm)?)),
                None => misuse(format!("the file `{name}` was not read")),
            },
            Value::String(name) => match self.column(name) {
                Some(material) => Ok(material),
                None => misuse(format!(
                    "the material `{name}` is not a file (.csv, .tsv, .txt, .dat), not `air`, and the data have no column `n_{name}`"
                )),
            },
            other => match as_number(other) {
                Some(n) => Ok(constant(n)),
                None => {
                    misuse(format!("a material is {other}, expected a file, a name or an index"))
                }
            },
        }
    }

    /// The material of two inputs `n_X` and `k_X`, which are columns or numbers.
    pub fn input(&self, n: &'static str, k: &'static str, count: usize) -> Option<Material> {
        let n = self.job.series(n, count)?;
        let k = self.job.series(k, count).unwrap_or_else(|| vec![0.0; count]);
        Some(Material::Table(self.rows.iter().map(|r| Complex::new(n[*r], -k[*r])).collect()))
    }
}
