//! The netlist of a cell whose devices vary. Each parameter of each device becomes a parameter of the cell: a standard
//! normal deviate that is 0 unless an instance sets it. One deck can then hold many samples of the cell.

use crate::config::lvf::{Lvf, Mismatch};
use crate::netlist::Devices;
use libchar_engine::trim::card::{Assignments, Card, Kind, cards, identifiers};
use libchar_pvt::variation::{Distribution, Variation, Varied};
use std::collections::BTreeMap;

/// The prefix of the deviates' names; a number follows.
const DEVIATE: &str = "lvf_z";

/// The ending of the names of device parameters that the sky130 library multiplies with its slopes.
const OFFERED: &str = "_slope_spectre";

/// A cell whose devices vary.
#[derive(Debug, Clone, PartialEq)]
pub struct Varying {
    /// Statements that bring models and netlists.
    pub header: String,
    /// The parameters that vary: a standard normal deviate for each parameter of each device.
    pub variation: Variation,
    /// Devices for which nothing varies.
    pub constant: Vec<String>,
}

/// The reason why a cell cannot vary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unvaried {
    /// No device has a parameter that varies.
    #[error("no device of `{0}` has a parameter that varies: {1}")]
    Nothing(String, String),
    /// The area of a device is not known.
    #[error("`{0}` of `{1}` has no `{2}`, by which its deviation is scaled")]
    NoArea(String, String, &'static str),
    /// A device sets the parameter itself.
    #[error("`{0}` of `{1}` sets `{2}` itself")]
    Set(String, String, String),
    /// The statements do not contain the cell.
    #[error("the subcircuit `{0}` is not among the trimmed statements")]
    NoCell(String),
}

/// The settings of the deviates on an instance of the cell; deviates that are 0 are omitted.
pub fn settings(deviates: impl IntoIterator<Item = (usize, f64)>) -> String {
    let set = deviates.into_iter().filter(|(_, z)| *z != 0.0);
    set.map(|(at, z)| format!(" {DEVIATE}{at}={z:.9e}")).collect()
}

/// Makes a cell vary.
///
/// # Errors
/// The reason why it cannot vary.
pub fn vary(header: &str, cell: &str, lvf: &Lvf, devices: &Devices) -> Result<Varying, Unvaried> {
    let mut rewriter = Rewriter::new(cards(header), lvf, devices);
    let own = cell.to_ascii_lowercase();
    if !rewriter.subckts.contains_key(&own) {
        return Err(Unvaried::NoCell(cell.to_owned()));
    }
    let deviates = rewriter.rewrite(&own)?;
    if deviates.is_empty() {
        let mut models: Vec<&str> = rewriter.constant.iter().map(|(_, of)| of.as_str()).collect();
        models.sort_unstable();
        models.dedup();
        return Err(Unvaried::Nothing(cell.to_owned(), models.join(", ")));
    }
    let varied = deviates.into_iter().map(|deviate| Varied {
        parameter: deviate.parameter,
        instance: Some(deviate.path),
        nominal: 0.0,
        distribution: Distribution::Normal(1.0),
        group: None,
        line: 0,
    });
    Ok(Varying {
        variation: Variation::of(varied.collect()),
        constant: rewriter.constant.iter().map(|(name, _)| name.clone()).collect(),
        header: rewriter.text(),
    })
}

/// A parameter of a device below a subcircuit.
#[derive(Debug, Clone)]
struct Deviate {
    path: String,
    parameter: String,
}

struct Rewriter<'a> {
    cards: Vec<Card>,
    lvf: &'a Lvf,
    devices: &'a Devices,
    /// Statements of each subcircuit, from `.subckt` to `.ends`.
    subckts: BTreeMap<String, (usize, usize)>,
    /// Parameters of the whole deck.
    globals: BTreeMap<String, String>,
    /// The text that is appended to a statement.
    appended: BTreeMap<usize, String>,
    done: BTreeMap<String, Vec<Deviate>>,
    /// Devices for which nothing varies, and their models.
    constant: Vec<(String, String)>,
}

impl<'a> Rewriter<'a> {
    fn new(cards: Vec<Card>, lvf: &'a Lvf, devices: &'a Devices) -> Rewriter<'a> {
        let (mut subckts, mut globals) = (BTreeMap::new(), BTreeMap::new());
        let mut open: Vec<(String, usize)> = Vec::new();
        for (at, card) in cards.iter().enumerate() {
            match &card.kind {
                Kind::Subckt(name, _) => open.push((name.clone(), at)),
                Kind::Ends => {
                    if let Some((name, start)) = open.pop() {
                        subckts.insert(name, (start, at));
                    }
                }
                Kind::Param(assignments) if open.is_empty() => {
                    globals.extend(assignments.iter().cloned());
                }
                _ => {}
            }
        }
        let (appended, done) = (BTreeMap::new(), BTreeMap::new());
        Rewriter { cards, lvf, devices, subckts, globals, appended, done, constant: Vec::new() }
    }

    /// Rewrites a subcircuit and all below it, once; returns its deviates in order.
    fn rewrite(&mut self, name: &str) -> Result<Vec<Deviate>, Unvaried> {
        if let Some(done) = self.done.get(name) {
            return Ok(done.clone());
        }
        // A subcircuit that contains itself was refused when the cell was taken apart.
        self.done.insert(name.to_owned(), Vec::new());
        let (start, end) = self.subckts[name];
        let mut found: Vec<Deviate> = Vec::new();
        for at in start + 1..end {
            let (of, set) = match &self.cards[at].kind {
                Kind::Instance(of, set) | Kind::Mos(of, set) => (of.clone(), set.clone()),
                _ => continue,
            };
            let text = &self.cards[at].text;
            let own = text.split_whitespace().next().unwrap_or_default().to_owned();
            if self.devices.is_p(&of).is_some() {
                let parameters = self.parameters(&of);
                if parameters.is_empty() {
                    self.constant.push((own.clone(), of.clone()));
                }
                for parameter in parameters {
                    let deviate = format!("{DEVIATE}{}", found.len());
                    let text = value(&parameter, &deviate, (&own, name), &set)?;
                    self.append(at, &text);
                    self.declare(&of, &parameter);
                    found.push(Deviate { path: own.clone(), parameter: parameter.parameter });
                }
            } else if self.subckts.contains_key(&of) {
                for (k, below) in self.rewrite(&of)?.into_iter().enumerate() {
                    self.append(at, &format!(" {DEVIATE}{k}={{{DEVIATE}{}}}", found.len()));
                    found.push(Deviate { path: format!("{own}/{}", below.path), ..below });
                }
            }
        }
        let declared: String = (0..found.len()).map(|k| format!(" {DEVIATE}{k}=0")).collect();
        self.append(start, &declared);
        self.done.insert(name.to_owned(), found.clone());
        Ok(found)
    }

    fn append(&mut self, at: usize, text: &str) {
        self.appended.entry(at).or_default().push_str(text);
    }

    /// The parameters of a device that vary: those that are specified, or those that its subcircuit offers if none is
    /// specified at all.
    fn parameters(&self, of: &str) -> Vec<Mismatch> {
        if !self.lvf.parameters.is_empty() {
            return self.lvf.parameters.iter().filter(|p| p.is_of(of)).cloned().collect();
        }
        let Some((start, end)) = self.subckts.get(of) else { return Vec::new() };
        let mut names: Vec<&str> = self.cards[*start..*end]
            .iter()
            .flat_map(|card| identifiers(&card.text))
            .filter(|name| name.ends_with(OFFERED) && self.globals.contains_key(*name))
            .collect();
        names.sort_unstable();
        names.dedup();
        let slope = |name: &str| {
            let slope = self.globals.get(name.trim_end_matches("_spectre"));
            slope.and_then(|text| libchar_core::number::parse_spice(text))
        };
        let offered = names.into_iter().filter(|name| slope(name) != Some(0.0));
        let mismatch = |name: &str| Mismatch {
            devices: of.to_owned(),
            parameter: name.to_owned(),
            nominal: 0.0,
            sigma: 1.0,
            by_area: false,
            place: self.lvf.place,
        };
        offered.map(mismatch).collect()
    }

    /// Makes a parameter local to the device's subcircuit, unless it is local already: there it hides the parameter of the
    /// whole deck.
    fn declare(&mut self, of: &str, parameter: &Mismatch) {
        let Some((start, end)) = self.subckts.get(of).copied() else { return };
        let name = &parameter.parameter;
        let has = |set: &Assignments| set.iter().any(|(other, _)| other == name);
        let is_there = self.cards[start..end].iter().any(|card| match &card.kind {
            Kind::Subckt(_, set) | Kind::Param(set) => has(set),
            _ => false,
        });
        let text = format!(" {name}={:e}", parameter.nominal);
        let appended = self.appended.get(&start).is_some_and(|old| old.contains(&text));
        if !is_there && !appended {
            self.append(start, &text);
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (at, card) in self.cards.iter().enumerate() {
            match self.appended.get(&at) {
                // The statement on one line, so that nothing is appended to a comment.
                Some(more) => text.push_str(&format!("{}{more}\n", card.text)),
                None => text.push_str(&card.source),
            }
        }
        text
    }
}

/// The setting of a parameter on a device's line.
fn value(
    parameter: &Mismatch,
    deviate: &str,
    (device, cell): (&str, &str),
    set: &Assignments,
) -> Result<String, Unvaried> {
    let get = |name: &str| set.iter().find(|(other, _)| other == name).map(|(_, text)| text);
    let name = &parameter.parameter;
    if get(name).is_some() {
        return Err(Unvaried::Set(device.to_owned(), cell.to_owned(), name.clone()));
    }
    let mut text = format!(" {name}={{{:e}+{deviate}*{:e}", parameter.nominal, parameter.sigma);
    if parameter.by_area {
        let inner = |text: &str| text.trim_matches(['{', '}', '\'', '"']).to_owned();
        let needs = |key: &'static str| {
            let missing = || Unvaried::NoArea(device.to_owned(), cell.to_owned(), key);
            get(key).map(|text| inner(text)).ok_or_else(missing)
        };
        let many = get("m").or_else(|| get("mult")).map_or("1".to_owned(), |text| inner(text));
        let (w, l) = (needs("w")?, needs("l")?);
        text.push_str(&format!("/sqrt(({w})*({l})*({many})*1e12)"));
    }
    text.push('}');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{settings, vary};
    use crate::config::lvf::{Lvf, Method, Mismatch};
    use crate::netlist::Devices;

    const CELL: &str = ".param d__vth_slope=3e-3\n.param d__vth_slope_spectre=0\n.param other_slope_spectre=0\n\
        .subckt nfet d g s b\n.param w=1 l=1\nm1 d g s b mod w={w} l={l}\n\
        .model mod nmos vth0={0.4+d__vth_slope_spectre*d__vth_slope/sqrt(w*l)}\n.ends\n\
        .subckt not A Y VDD VSS\nX0 Y A VSS VSS nfet w=0.4\n+ l=0.1 ; narrow\nmp Y A VDD VDD pch w = 0.6u l=45n m=2\n.ends\n\
        .subckt buf A Y VDD VSS\nx1 A n VDD VSS not\nx2 n Y VDD VSS not\n.ends\n";

    fn lvf(parameters: Vec<Mismatch>) -> Lvf {
        Lvf { method: Method::Sensitivity, parameters, place: (1, 1) }
    }

    fn mismatch(devices: &str, parameter: &str, by_area: bool) -> Mismatch {
        let (devices, parameter) = (devices.to_owned(), parameter.to_owned());
        Mismatch { devices, parameter, nominal: 0.0, sigma: 2e-3, by_area, place: (1, 1) }
    }

    #[test]
    fn each_device_of_each_instance_has_its_own() {
        let said = lvf(vec![mismatch("pch", "delvto", true)]);
        let found = vary(CELL, "buf", &said, &Devices::default()).unwrap();
        let names: Vec<String> = found.variation.varied().iter().map(|v| v.name()).collect();
        assert_eq!(names, ["delvto.x1/mp", "delvto.x2/mp"]);
        let line = |start: &str| {
            found.header.lines().find(|line| line.starts_with(start)).unwrap().to_owned()
        };
        assert_eq!(line(".subckt buf"), ".subckt buf a y vdd vss lvf_z0=0 lvf_z1=0");
        assert_eq!(line("x2"), "x2 n y vdd vss not lvf_z0={lvf_z1}");
        assert_eq!(
            line("mp"),
            "mp y a vdd vdd pch w = 0.6u l=45n m=2 delvto={0e0+lvf_z0*2e-3/sqrt((0.6u)*(45n)*(2)*1e12)}"
        );
        assert_eq!(found.constant, ["x0"]);
        assert_eq!(settings([0.0, -1.0].into_iter().enumerate()), " lvf_z1=-1.000000000e0");
    }

    #[test]
    fn what_a_subcircuit_offers_is_found() {
        let found = vary(CELL, "not", &lvf(Vec::new()), &Devices::default()).unwrap();
        let names: Vec<String> = found.variation.varied().iter().map(|v| v.name()).collect();
        assert_eq!(names, ["d__vth_slope_spectre.x0"]);
        assert!(found.header.contains(".subckt nfet d g s b d__vth_slope_spectre=0e0\n"));
        // Without a comment between what was written and what is appended.
        let line = "x0 y a vss vss nfet w=0.4  l=0.1 d__vth_slope_spectre={0e0+lvf_z0*1e0}";
        assert!(found.header.contains(line), "{}", found.header);
    }

    #[test]
    fn what_cannot_vary_says_why() {
        let why = |parameters| {
            vary(CELL, "not", &lvf(parameters), &Devices::default()).unwrap_err().to_string()
        };
        assert_eq!(
            why(vec![mismatch("x*", "delvto", false)]),
            "no device of `not` has a parameter that varies: nfet, pch"
        );
        assert_eq!(why(vec![mismatch("pch", "l", false)]), "`mp` of `not` sets `l` itself");
        let bare = CELL.replace("w = 0.6u ", "");
        let said = lvf(vec![mismatch("pch", "delvto", true)]);
        let error = vary(&bare, "not", &said, &Devices::default()).unwrap_err();
        assert_eq!(error.to_string(), "`mp` of `not` has no `w`, by which its deviation is scaled");
    }
}
