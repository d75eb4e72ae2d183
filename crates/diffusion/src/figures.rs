//! Key figures of a finished run.

use crate::defects::parameters::NAMES;
use crate::model::{Activation, DiffusionModel, InterfaceModel, Model, ModelError};
use crate::parameters::Parameters;
use crate::process::Run;
use crate::profile::{ConductingLayer, Junction, Profile};
use crate::recipe::{Limits, Recipe};

/// One key figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Name, with its unit: `xj_nm`, `boron.dose_cm2`.
    pub name: String,
    /// Value; `None` where there is none, such as the junction of a wafer without one.
    pub value: Option<f64>,
    /// The band that it must meet.
    pub limits: Option<Limits>,
}

impl Figure {
    /// Whether the value meets its band, if it has one.
    pub fn ok(&self) -> Option<bool> {
        self.limits.map(|limits| limits.admit(self.value))
    }
}

/// Everything that a run gives.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Key figures.
    pub figures: Vec<Figure>,
    /// Profile in silicon.
    pub profile: Profile,
    /// Junctions from the surface down, by total concentration.
    pub junctions: Vec<Junction>,
    /// Conducting layers from the surface down; empty before any furnace step.
    pub layers: Vec<ConductingLayer>,
    /// Remarks on the figures.
    pub remarks: Vec<String>,
}

/// A limit on a figure that the recipe does not give.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("unknown key figure `{name}`")]
pub struct UnknownFigure {
    /// Name asked for.
    pub name: String,
    /// Names that the recipe gives.
    pub known: Vec<String>,
}

/// Whether a figure belongs to a junction or layer below the first, such as `xj2_nm`. Their number
/// differs from run to run.
fn is_numbered(name: &str) -> bool {
    [("xj", "_nm"), ("rs", "_ohm_sq")].into_iter().any(|(head, tail)| {
        let number = name.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail));
        number.is_some_and(|number| number.parse::<u32>().is_ok_and(|n| n > 1))
    })
}

impl Figures {
    /// Reads the key figures of a run.
    ///
    /// # Errors
    /// When a set of the model does not exist or lacks a dopant.
    pub fn of(recipe: &Recipe, run: &Run) -> Result<Figures, ModelError> {
        let profile = Profile::of(&run.wafer, &recipe.model)?;
        let junctions = profile.junctions();
        let mut remarks = Vec::new();
        let heated = run.wafer.last_temp_c.is_some();
        let implanted = recipe.steps.iter().any(|step| step.action.brings().is_some());
        let layers = if heated || !implanted {
            profile.layers(recipe.model.mobility)
        } else {
            remarks.push(
                "no furnace step: the dopants are not active, and Rs is not given".to_owned(),
            );
            Vec::new()
        };
        let first = layers.first();
        let whole_wafer =
            first.is_some_and(|layer| !layer.closed) && recipe.substrate.background.is_some();
        if whole_wafer && implanted {
            remarks.push(
                "no junction: Rs would be that of the whole wafer, and is not given".to_owned(),
            );
        }
        if let (Some(last), Some(hottest)) = (run.wafer.last_temp_c, hottest_c(recipe))
            && implanted
            && last < hottest - 1.0
        {
            remarks.push(format!(
                "room-temperature activity is that of the last furnace step at {last} C, not of \
                 the hottest at {hottest} C"
            ));
        }
        let xj_nm = junctions.first().map(|j| j.depth_um * 1e3);
        let rs = first.filter(|_| !whole_wafer).map(|layer| layer.rs_ohm_sq);
        let mut list = vec![
            ("xj_nm".to_owned(), xj_nm),
            ("rs_ohm_sq".to_owned(), rs),
            ("tox_nm".to_owned(), Some(run.wafer.tox_nm())),
        ];
        for (index, junction) in junctions.iter().enumerate().skip(1) {
            list.push((format!("xj{}_nm", index + 1), Some(junction.depth_um * 1e3)));
        }
        for (index, layer) in layers.iter().enumerate().skip(1).filter(|(_, layer)| layer.closed) {
            list.push((format!("rs{}_ohm_sq", index + 1), Some(layer.rs_ohm_sq)));
        }
        if let Some(defects) = run.wafer.defects() {
            list.push(("i_over_istar".to_owned(), defects.i_ratio.first().copied()));
            list.push(("v_over_vstar".to_owned(), defects.v_ratio.first().copied()));
            list.push(("clusters_cm2".to_owned(), run.wafer.clustered_cm2()));
        }
        for (k, dopant) in profile.dopants.iter().enumerate() {
            list.extend(dopant_figures(recipe, run, &profile, k, heated, dopant.species.name()));
        }
        // A limit on a junction that the run does not have counts as missed; without this entry it
        // would count as met.
        for name in recipe.report.limits.keys().filter(|name| is_numbered(name)) {
            if list.iter().all(|(known, _)| known != name) {
                list.push((name.clone(), None));
            }
        }
        let figures = list
            .into_iter()
            .map(|(name, value)| {
                let limits = recipe.report.limits.get(&name).copied();
                Figure { name, value: value.filter(|v| v.is_finite()).map(|v| v + 0.0), limits }
            })
            .collect();
        Ok(Figures { figures, profile, junctions, layers, remarks })
    }

    /// Value of a figure.
    ///
    /// # Errors
    /// When the run gives no figure of that name; `xj2_nm` and the like are `None` instead.
    pub fn get(&self, name: &str) -> Result<Option<f64>, UnknownFigure> {
        if let Some(figure) = self.figures.iter().find(|figure| figure.name == name) {
            return Ok(figure.value);
        }
        if is_numbered(name) {
            return Ok(None);
        }
        let known = self.figures.iter().map(|figure| figure.name.clone()).collect();
        Err(UnknownFigure { name: name.to_owned(), known })
    }

    /// Figures outside their bands.
    pub fn missed(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(|figure| figure.ok() == Some(false))
    }
}

fn dopant_figures(
    recipe: &Recipe,
    run: &Run,
    profile: &Profile,
    k: usize,
    heated: bool,
    name: &str,
) -> Vec<(String, Option<f64>)> {
    let dopant = &profile.dopants[k];
    let c = &dopant.conc_cm3;
    let top = (0..c.len()).max_by(|&i, &j| c[i].total_cmp(&c[j]).then(j.cmp(&i)));
    let (oxide_dose, silicon_dose) = run.wafer.doses_cm2(k);
    let sum = |of: fn(&crate::process::DopantReport) -> f64| -> f64 {
        run.steps.iter().map(|step| of(&step.dopants[k])).sum()
    };
    let active_dose =
        trapezoid(&profile.depth_um, &dopant.active_cm3) / crate::constants::UM_PER_CM;
    let mut list = vec![
        ("surface_cm3".to_owned(), c.first().copied()),
        ("peak_cm3".to_owned(), top.map(|i| c[i])),
        ("peak_depth_nm".to_owned(), top.map(|i| profile.depth_um[i] * 1e3)),
        ("dose_cm2".to_owned(), Some(silicon_dose)),
        ("active_dose_cm2".to_owned(), heated.then_some(active_dose)),
        ("oxide_dose_cm2".to_owned(), Some(oxide_dose)),
        ("inflow_cm2".to_owned(), Some(sum(|d| d.inflow_cm2))),
        ("dt_cm2".to_owned(), Some(sum(|d| d.dt_cm2))),
    ];
    for level in &recipe.report.levels_cm3 {
        let depth = profile.depth_of_level_um(k, *level).map(|um| um * 1e3);
        list.push((format!("depth_nm@{level:e}"), depth));
    }
    for depth in &recipe.report.depths_um {
        list.push((format!("conc_cm3@{depth}um"), Some(profile.conc_at(k, *depth))));
    }
    list.into_iter().map(|(figure, value)| (format!("{name}.{figure}"), value)).collect()
}

/// Temperature of the hottest furnace step, degrees Celsius.
fn hottest_c(recipe: &Recipe) -> Option<f64> {
    recipe.steps.iter().filter_map(|step| step.action.hottest_c()).reduce(f64::max)
}

fn trapezoid(x: &[f64], y: &[f64]) -> f64 {
    x.windows(2).zip(y.windows(2)).map(|(x, y)| 0.5 * (x[1] - x[0]) * (y[0] + y[1])).sum()
}

/// The names of the models and parameter sets behind a result, as pairs of key and name.
pub fn provenance(model: &Model) -> Vec<(String, String)> {
    let diffusion = match model.diffusion {
        DiffusionModel::Fermi => "fermi".to_owned(),
        DiffusionModel::Constant => "constant".to_owned(),
        DiffusionModel::Power { c_ref_cm3, exponent } => {
            format!("power {exponent} of C/{c_ref_cm3:e}")
        }
    };
    let activation = match model.activation {
        Activation::Full => "full",
        Activation::Solubility => "solubility",
        Activation::Suprem4 => "suprem4",
    };
    let interface = match model.interface {
        InterfaceModel::Equilibrium => "equilibrium",
        InterfaceModel::Suprem4 => "suprem4",
    };
    let own: Vec<&str> = model.diffusivity.keys().map(|s| s.name()).collect();
    let field = model.field && model.diffusion == DiffusionModel::Fermi;
    let mut list = vec![
        ("diffusion", diffusion),
        ("field", if field { "on" } else { "off" }.to_owned()),
        ("parameters", model.parameters.clone()),
        ("own_diffusivities", own.join(" ")),
        ("ni", model.ni.clone()),
        ("activation", activation.to_owned()),
        ("mobility", model.mobility.name().to_owned()),
        (
            "oxidation",
            if model.oxide_rates.is_some() {
                "own rates".to_owned()
            } else {
                model.oxidation.clone()
            },
        ),
        ("massoud", model.massoud.clone().unwrap_or_else(|| "none".to_owned())),
        ("interface", interface.to_owned()),
        ("ranges", model.ranges.name().to_owned()),
        ("doped_oxidation", if model.doped_oxidation { "on" } else { "off" }.to_owned()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect::<Vec<_>>();
    list.push((
        "defects".to_owned(),
        if model.defects.is_some() { "two_dim" } else { "none" }.into(),
    ));
    if let Some(defects) = &model.defects {
        let source = Parameters::builtin().point_defects(&defects.set).map(|set| &set.source);
        let (low, high) = defects.range_c();
        let set =
            format!("{} ({}; {low} to {high} C)", defects.set, source.map_or("", String::as_str));
        list.push(("point_defects".to_owned(), set));
        list.push(("damage".to_owned(), defects.damage.name().to_owned()));
        for (name, unit, _) in NAMES {
            let [prefactor, energy] = defects.pair(name);
            let own = if defects.own.contains_key(name) { ", own" } else { "" };
            let value = format!("{prefactor:e} {unit}, {energy} eV{own}");
            list.push((format!("point_defects.{name}"), value));
        }
    }
    list
}
