//! A stack of layers on a substrate with its parameters, as described by a setup and the data.

use super::Complex;
use super::dispersion::Form;
use super::ema::Mixture;
use super::materials::{Library, Material, Param, form_named, member, only, parameters};
use super::stack::amplitudes;
use crate::answer::{Refusal, misuse, refuse};
use crate::job::Job;
use toml::{Table, Value};

/// Point indices, grouped by the number of their wavelength.
pub type Groups = Vec<(usize, Vec<usize>)>;

/// The stack and the points at which it was measured.
#[derive(Debug, Clone)]
pub struct Structure {
    /// All parameters.
    pub params: Vec<Param>,
    /// Layers from the ambient down: their material, and the index of their thickness parameter.
    pub layers: Vec<(Material, usize)>,
    substrate: Material,
    ambient: Material,
    /// All distinct wavelengths.
    pub wavelengths_nm: Vec<f64>,
    aoi_rad: Vec<f64>,
    groups: Groups,
}

impl Structure {
    /// Reads the stack; `wavelength_nm` and `aoi_deg` have one value per row.
    ///
    /// # Errors
    /// A stack that the setup and the columns do not describe completely.
    pub fn read(job: &Job, wavelength_nm: &[f64], aoi_deg: &[f64]) -> Result<Structure, Refusal> {
        if let Some(bad) = wavelength_nm.iter().find(|w| **w <= 0.0) {
            return refuse(format!("a wavelength of {bad} nm is not positive"));
        }
        let (mut wavelengths_nm, mut rows, mut groups) = (Vec::new(), Vec::new(), Groups::new());
        let mut order: Vec<usize> = (0..wavelength_nm.len()).collect();
        order.sort_by(|a, b| wavelength_nm[*a].total_cmp(&wavelength_nm[*b]));
        for row in order {
            if wavelengths_nm.last() != Some(&wavelength_nm[row]) {
                groups.push((wavelengths_nm.len(), Vec::new()));
                wavelengths_nm.push(wavelength_nm[row]);
                rows.push(row);
            }
            groups.last_mut().into_iter().for_each(|(_, points)| points.push(row));
        }
        let library = Library { job, wavelengths_nm: &wavelengths_nm, rows: &rows };
        let count = wavelength_nm.len();
        let ambient = match job.raw.get("ambient") {
            Some(value) => library.named(value)?,
            None => library.named(&Value::Float(1.0))?,
        };
        let substrate = match (job.raw.get("substrate"), library.input("n_sub", "k_sub", count)) {
            (Some(value), None) => library.named(value)?,
            (None, Some(material)) => material,
            (Some(_), Some(_)) => return misuse("`substrate` and `n_sub` together"),
            (None, None) => {
                return misuse(
                    "the substrate is not given: columns or keys `n_sub`, `k_sub`, or `substrate = \"FILE.csv\"`",
                );
            }
        };
        let mut reader = Reader { library, count, params: Vec::new(), named: Vec::new() };
        let layers = reader.layers()?;
        let mut params = reader.params;
        choose_free(job, &mut params)?;
        if let Some(p) =
            params.iter().find(|p| !p.free && p.value.is_nan() && !p.name.contains("eg_ev"))
        {
            return misuse(format!("`{}` is neither given nor free", p.name));
        }
        let aoi_rad = aoi_deg.iter().map(|a| a.to_radians()).collect();
        Ok(Structure { params, layers, substrate, ambient, wavelengths_nm, aoi_rad, groups })
    }

    /// Computes the amplitudes at the points of some groups.
    pub fn reflect(
        &self,
        groups: &Groups,
        values: &[f64],
        mut each: impl FnMut(usize, (Complex, Complex)),
    ) {
        let thicknesses: Vec<f64> =
            std::iter::once(0.0).chain(self.layers.iter().map(|l| values[l.1])).collect();
        let mut indices = Vec::with_capacity(self.layers.len() + 2);
        for (w, points) in groups {
            let wavelength = self.wavelengths_nm[*w];
            let index = |m: &Material| m.index(values, *w, wavelength);
            indices.clear();
            indices.push(index(&self.ambient));
            indices.extend(self.layers.iter().map(|layer| index(&layer.0)));
            indices.push(index(&self.substrate));
            for point in points {
                each(*point, amplitudes(&indices, &thicknesses, wavelength, self.aoi_rad[*point]));
            }
        }
    }

    /// All points.
    pub fn all_points(&self) -> Groups {
        self.groups.clone()
    }

    /// About `most` points, spread over all wavelengths.
    pub fn some_points(&self, most: usize) -> Groups {
        let total = self.aoi_rad.len();
        let keep =
            |seen: usize| total <= most || (seen * most) / total != ((seen + 1) * most) / total;
        let mut seen = 0;
        let mut some = Groups::new();
        for (w, points) in &self.groups {
            let mut kept = Vec::new();
            for point in points {
                if keep(seen) {
                    kept.push(*point);
                }
                seen += 1;
            }
            if !kept.is_empty() {
                some.push((*w, kept));
            }
        }
        some
    }

    /// The largest index of refraction among the layers.
    pub fn largest_index(&self, values: &[f64]) -> f64 {
        let ends = [0, self.wavelengths_nm.len() - 1];
        let at = |w: usize, m: &Material| m.index(values, w, self.wavelengths_nm[w]).re;
        let all = ends.iter().flat_map(|w| self.layers.iter().map(move |l| at(*w, &l.0)));
        all.filter(|n| n.is_finite()).fold(1.0, f64::max)
    }
}

/// Marks the parameters to fit: those named in `free`, else the thickness and the model parameters
/// of the film in short form.
fn choose_free(job: &Job, params: &mut [Param]) -> Result<(), Refusal> {
    let Some(free) = job.raw.get("free") else {
        if job.raw.contains_key("layers") {
            return misuse(
                "`free` is not given: the list of parameters to fit, which may be empty",
            );
        }
        let model =
            ["cauchy_a", "cauchy_b_um2", "cauchy_c_um4", "sellmeier_", "tl_", "lorentz_", "drude_"];
        let given = job.raw.contains_key("cauchy") || job.raw.contains_key("sellmeier");
        for p in params.iter_mut() {
            let of_model = !given
                && model.iter().any(|m| p.name.starts_with(m))
                && !p.name.ends_with("eps_inf");
            p.free =
                p.name == "d_nm" || (of_model && !(p.value.is_nan() && p.name.contains("eg_ev")));
        }
        return Ok(());
    };
    let Value::Array(names) = free else {
        return misuse(format!("`free` is {free}, expected a list of names"));
    };
    for name in names {
        let known: Vec<String> = params.iter().map(|p| p.name.clone()).collect();
        let typed = name.as_str().unwrap_or_default();
        match params.iter_mut().find(|p| p.name == typed || p.also == typed) {
            Some(p) => p.free = true,
            None => {
                return misuse(format!(
                    "`free` names {name}, which the model does not have; it has: {}",
                    known.join(", ")
                ));
            }
        }
    }
    Ok(())
}

struct Reader<'a> {
    library: Library<'a>,
    count: usize,
    params: Vec<Param>,
    named: Vec<(String, Material)>,
}

impl Reader<'_> {
    fn layers(&mut self) -> Result<Vec<(Material, usize)>, Refusal> {
        let tables = match self.library.job.raw.get("layers") {
            None => return self.short_form(),
            Some(Value::Array(items)) => items.clone(),
            Some(other) => {
                return misuse(format!("`layers` is {other}, expected a list of tables"));
            }
        };
        // Read from the substrate upwards, so that a mixture can refer to a material below it.
        let mut layers = Vec::new();
        for (i, item) in tables.iter().enumerate().rev() {
            let Value::Table(table) = item else {
                return misuse(format!("a layer is {item}, expected a table"));
            };
            let name = table
                .get("name")
                .and_then(Value::as_str)
                .map_or_else(|| format!("layer{}", i + 1), str::to_owned);
            let prefix = if i == 0 { String::new() } else { format!("{name}_") };
            let d = member(table, "d_nm")?.unwrap_or(f64::NAN);
            let d = self.thickness(&prefix, &name, d);
            let mut rest = table.clone();
            for key in ["name", "d_nm"] {
                rest.remove(key);
            }
            let material = self.material(&prefix, &name, rest)?;
            self.named.push((name, material.clone()));
            layers.insert(0, (material, d));
        }
        Ok(layers)
    }

    fn thickness(&mut self, prefix: &str, name: &str, value: f64) -> usize {
        self.params.push(Param {
            name: format!("{prefix}d_nm"),
            also: format!("{name}_nm"),
            value,
            low: 0.0,
            high: 1e6,
            free: false,
        });
        self.params.len() - 1
    }

    fn model(
        &mut self,
        prefix: &str,
        name: &str,
        form: Form,
        table: &Table,
    ) -> Result<Material, Refusal> {
        let at = self.params.len();
        for mut p in parameters(form, table, true)? {
            p.also = format!("{prefix}{}", p.name);
            p.name = match form {
                // `n_film`, like the column of a table.
                Form::Constant => format!("{}_{name}", p.name),
                _ => p.also.clone(),
            };
            self.params.push(p);
        }
        Ok(Material::Model { form, at, count: self.params.len() - at })
    }

    fn material(
        &mut self,
        prefix: &str,
        name: &str,
        mut table: Table,
    ) -> Result<Material, Refusal> {
        let model = table.remove("model");
        match (model, table.get("material").cloned()) {
            (None, Some(value)) => {
                only(&table, &format!("layer `{name}`"), &["material"])?;
                self.library.named(&value)
            }
            (None, None) if table.contains_key("n") => {
                self.model(prefix, name, Form::Constant, &table)
            }
            (None, None) => match self.library.column(name) {
                Some(material) => Ok(material),
                None => misuse(format!("layer `{name}` has neither `model` nor `material`")),
            },
            (Some(_), Some(_)) => misuse(format!("layer `{name}` has `model` and `material`")),
            (Some(Value::String(model)), None) => match Mixture::named(&model) {
                Some(mixture) => self.mixture(prefix, name, mixture, &table),
                None => match form_named(&model) {
                    Some(form) => self.model(prefix, name, form, &table),
                    None => misuse(format!(
                        "layer `{name}`: unknown model `{model}`, expected constant index, cauchy, sellmeier, tauc-lorentz, lorentz, drude, bruggeman, maxwell-garnett or linear mixture"
                    )),
                },
            },
            (Some(other), None) => misuse(format!("`model` is {other}, expected a name")),
        }
    }

    fn mixture(
        &mut self,
        prefix: &str,
        name: &str,
        mixture: Mixture,
        table: &Table,
    ) -> Result<Material, Refusal> {
        only(table, &format!("layer `{name}`"), &["host", "inclusion", "fraction"])?;
        let part = |key: &str| match table.get(key) {
            Some(value) => {
                let own =
                    value.as_str().and_then(|n| self.named.iter().find(|(known, _)| known == n));
                own.map_or_else(|| self.library.named(value), |(_, m)| Ok(m.clone()))
            }
            None => misuse(format!("layer `{name}` has no `{key}`")),
        };
        let (host, inclusion) = (Box::new(part("host")?), Box::new(part("inclusion")?));
        let value = member(table, "fraction")?.unwrap_or(0.5);
        if !(0.0..=1.0).contains(&value) {
            return misuse(format!("layer `{name}`: a fraction of {value} is not between 0 and 1"));
        }
        let own = format!("{prefix}fraction");
        self.params.push(Param {
            name: own.clone(),
            also: own,
            value,
            low: 0.0,
            high: 1.0,
            free: false,
        });
        Ok(Material::Mix { mixture, host, inclusion, at: self.params.len() - 1 })
    }

    /// The short form: one film with the dispersion model `model`, above layers whose index is in
    /// columns and whose thickness is in `fixed`.
    fn short_form(&mut self) -> Result<Vec<(Material, usize)>, Refusal> {
        let job = self.library.job;
        let known = ["cauchy", "sellmeier", "tauc_lorentz", "lorentz", "drude"];
        let given =
            known.iter().find_map(|name| job.raw.get(name).map(|v| (name.replace('_', "-"), v)));
        let film = self.library.input("n_film", "k_film", self.count);
        let usual = if film.is_some() { "constant index" } else { "cauchy" };
        let model =
            job.word("model").or(given.as_ref().map(|g| g.0.as_str())).unwrap_or(usual).to_owned();
        let start = job.opt("start").or(job.opt("d")).unwrap_or(f64::NAN);
        let d = self.thickness("", "film", start);
        let table = match given {
            Some((name, _)) if name != model => {
                return misuse(format!("`{name}` is given for the model `{model}`"));
            }
            Some((_, Value::Table(table))) => table.clone(),
            Some((name, other)) => return misuse(format!("`{name}` is {other}, expected a table")),
            None => Table::new(),
        };
        let material = match (form_named(&model), film) {
            (Some(Form::Constant), Some(film)) if job.find_column("n_film").is_some() => film,
            (Some(Form::Constant), _) => {
                let mut table = Table::new();
                for (key, name) in [("n", "n_film"), ("k", "k_film")] {
                    job.opt(name).map(|v| table.insert(key.to_owned(), Value::Float(v)));
                }
                self.model("", "film", Form::Constant, &table)?
            }
            (Some(_), Some(_)) => {
                return misuse(format!("`n_film` is given for the model `{model}`"));
            }
            (Some(form), None) => self.model("", "film", form, &table)?,
            (None, _) => return misuse(format!("unknown model `{model}`")),
        };
        let mut layers = vec![(material, d)];
        let mut fixed = match job.raw.get("fixed") {
            None => Table::new(),
            Some(Value::Table(table)) => table.clone(),
            Some(other) => return misuse(format!("`fixed` is {other}, expected a table")),
        };
        let columns: Vec<String> = job
            .families
            .get("n")
            .into_iter()
            .flatten()
            .map(|(n, _)| n.trim()[2..].to_lowercase())
            .collect();
        for name in columns {
            let key = format!("{name}_nm");
            let Some(value) = member(&fixed, &key)? else {
                return misuse(format!(
                    "column `n_{name}` is the index of a layer whose thickness is not given, as in fixed = {{ {key} = 2 }}"
                ));
            };
            fixed.remove(&key);
            let d = self.thickness(&format!("{name}_"), &name, value);
            if let Some(material) = self.library.column(&name) {
                layers.push((material, d));
            }
        }
        // The remaining keys fix parameters of the film.
        for key in fixed.keys() {
            let value = member(&fixed, key)?.unwrap_or(f64::NAN);
            match self.params.iter_mut().find(|p| p.name == *key || p.also == *key) {
                Some(p) if (p.low..=p.high).contains(&value) => p.value = value,
                Some(p) => {
                    return misuse(format!("`{key}` is {value}, expected {} to {}", p.low, p.high));
                }
                None => {
                    return misuse(format!("`fixed` names `{key}`, which the model does not have"));
                }
            }
        }
        Ok(layers)
    }
}
