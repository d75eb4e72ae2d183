//! Which statements a circuit uses: subcircuits, models, and the bins of the geometries that occur.

use super::Untrimmed;
use super::card::{Assignments, Card, Kind, identifiers};
use super::expression::evaluate;
use libchar_core::number::parse_spice;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Distance in metres within which a geometry may belong to a bin that it lies outside of: simulators
/// compare with a tolerance.
const BIN_MARGIN: f64 = 2e-9;

/// How deep subcircuits may nest.
const DEEPEST: usize = 64;

/// A subcircuit's range of statements, its definition and end included.
struct Subckt<'a> {
    start: usize,
    end: usize,
    defaults: &'a Assignments,
    /// The subcircuit that this one is defined in.
    parent: Option<usize>,
}

/// Width and length in metres, as bits; `None` if they are not known.
type Geometry = Option<(u64, u64)>;

/// For each statement, whether it is kept.
pub(super) fn keep(cards: &[&Card]) -> Result<Vec<bool>, Untrimmed> {
    let circuit = Circuit::new(cards)?;
    let walk = Walk::through(&circuit)?;
    let mut keep = vec![true; cards.len()];
    for (index, subckt) in circuit.subckts.iter().enumerate() {
        if !walk.used.contains(&index) {
            keep[subckt.start..=subckt.end].fill(false);
        }
    }
    drop_models(cards, &walk, &mut keep);
    Ok(keep)
}

/// Drops the models that no kept statement names, and the bins of geometries that do not occur.
fn drop_models(cards: &[&Card], walk: &Walk, keep: &mut [bool]) {
    let mut named = HashSet::new();
    for (card, _) in cards.iter().zip(keep.iter()).filter(|(_, keep)| **keep) {
        if !matches!(card.kind, Kind::Model(..)) {
            named.extend(identifiers(&card.text));
        }
    }
    let mut bins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, card) in cards.iter().enumerate() {
        let Kind::Model(name, _) = &card.kind else { continue };
        if !keep[index] {
            continue;
        }
        let base = bin_base(name);
        if !named.contains(name.as_str()) && !base.is_some_and(|base| named.contains(base)) {
            keep[index] = false;
        } else if let Some(base) = base.filter(|base| named.contains(base)) {
            bins.entry(base).or_default().push(index);
        }
    }
    for (base, indices) in bins {
        let Some(geometries) = walk.geometries.get(base) else { continue };
        let Some(geometries) = geometries.iter().copied().collect::<Option<Vec<_>>>() else {
            continue;
        };
        let fits = |index: &usize| {
            let Kind::Model(_, set) = &cards[*index].kind else { return true };
            geometries.iter().any(|(w, l)| in_bin(set, f64::from_bits(*w), f64::from_bits(*l)))
        };
        // If no bin fits, the simulator shall report that itself.
        if indices.iter().any(fits) {
            for index in indices.iter().filter(|index| !fits(index)) {
                keep[*index] = false;
            }
        }
    }
}

/// A geometry that occurs and that no bin of its model covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Unbinned {
    /// The model's name, without the bin's number.
    pub model: String,
    /// Width and length in metres.
    pub geometry_m: [f64; 2],
    /// The bins: least and largest width, least and largest length, in metres; `None` where the bin
    /// has no limit.
    pub bins_m: Vec<[Option<f64>; 4]>,
}

/// All geometries that no bin of their model covers.
pub(super) fn unbinned(cards: &[&Card]) -> Result<Vec<Unbinned>, Untrimmed> {
    let circuit = Circuit::new(cards)?;
    let walk = Walk::through(&circuit)?;
    let mut bins: BTreeMap<&str, Vec<&Assignments>> = BTreeMap::new();
    for card in cards {
        if let Kind::Model(name, set) = &card.kind
            && let Some(base) = bin_base(name)
        {
            bins.entry(base).or_default().push(set);
        }
    }
    let mut found = Vec::new();
    for (base, bins) in bins {
        for (w, l) in walk.geometries.get(base).into_iter().flatten().flatten() {
            let geometry_m = [f64::from_bits(*w), f64::from_bits(*l)];
            if !bins.iter().any(|set| in_bin(set, geometry_m[0], geometry_m[1])) {
                let limits = |set: &&Assignments| {
                    ["wmin", "wmax", "lmin", "lmax"].map(|name| limit(set, name))
                };
                let bins_m = bins.iter().map(limits).collect();
                found.push(Unbinned { model: base.to_owned(), geometry_m, bins_m });
            }
        }
    }
    Ok(found)
}

/// A limit of a bin, if it is a plain number.
fn limit(set: &Assignments, name: &str) -> Option<f64> {
    let (_, text) = set.iter().find(|(n, _)| n == name)?;
    parse_spice(text.trim_matches(['{', '}', '\'', '"', ' ']))
}

/// The name of the binned model of a bin such as `name.3`.
fn bin_base(name: &str) -> Option<&str> {
    let (base, bin) = name.rsplit_once('.')?;
    (!bin.is_empty() && bin.bytes().all(|b| b.is_ascii_digit())).then_some(base)
}

/// Whether a geometry may lie in a bin; limits that are not plain numbers count as fitting.
fn in_bin(set: &Assignments, w: f64, l: f64) -> bool {
    let limit = |name: &str| limit(set, name);
    let within = |value: f64, min: Option<f64>, max: Option<f64>| {
        min.is_none_or(|min| value >= min - BIN_MARGIN)
            && max.is_none_or(|max| value <= max + BIN_MARGIN)
    };
    within(w, limit("wmin"), limit("wmax")) && within(l, limit("lmin"), limit("lmax"))
}

/// All statements, and the subcircuits among them.
struct Circuit<'a> {
    cards: &'a [&'a Card],
    subckts: Vec<Subckt<'a>>,
    /// The innermost subcircuit of each statement.
    owner: Vec<Option<usize>>,
    /// Parameters of the whole circuit; `None` where one is defined more than once with different values.
    globals: HashMap<&'a str, Option<&'a str>>,
    /// The length in metres that a width or length of 1 stands for.
    scale: Option<f64>,
}

impl<'a> Circuit<'a> {
    fn new(cards: &'a [&'a Card]) -> Result<Self, Untrimmed> {
        let mut circuit = Circuit {
            cards,
            subckts: Vec::new(),
            owner: Vec::new(),
            globals: HashMap::new(),
            scale: Some(1.0),
        };
        let mut open: Vec<usize> = Vec::new();
        for (index, card) in cards.iter().enumerate() {
            if let Kind::Subckt(_, defaults) = &card.kind {
                let parent = open.last().copied();
                open.push(circuit.subckts.len());
                circuit.subckts.push(Subckt { start: index, end: index, defaults, parent });
            }
            circuit.owner.push(open.last().copied());
            if let (Kind::Ends, Some(ended)) =
                (&card.kind, open.pop_if(|_| matches!(card.kind, Kind::Ends)))
            {
                circuit.subckts[ended].end = index;
            }
            circuit.note(index);
        }
        if open.is_empty() {
            Ok(circuit)
        } else {
            Err(Untrimmed::Statement("a .subckt without .ends"))
        }
    }

    fn note(&mut self, index: usize) {
        let card = self.cards[index];
        if let (Kind::Param(pairs), None) = (&card.kind, self.owner[index]) {
            for (name, expression) in pairs {
                let entry = self.globals.entry(name).or_insert(Some(expression));
                if *entry != Some(expression.as_str()) {
                    *entry = None;
                }
            }
        }
        if card.text.starts_with(".option") {
            let text = card.text.replace(" =", "=").replace("= ", "=");
            let mut words = text.split_whitespace();
            if let Some(word) = words.find_map(|word| word.strip_prefix("scale=")) {
                let scale = parse_spice(word);
                // If two scales differ, it is open which one counts.
                let first = self.scale == Some(1.0) || self.scale == scale;
                self.scale = if first { scale } else { None };
            }
        }
    }

    /// The subcircuit of this name that is visible from inside `from`.
    fn find(&self, name: &str, from: Option<usize>) -> Option<usize> {
        let mut scope = from;
        loop {
            let here = self.subckts.iter().position(|subckt| {
                subckt.parent == scope
                    && matches!(&self.cards[subckt.start].kind, Kind::Subckt(n, _) if n == name)
            });
            match (here, scope) {
                (Some(found), _) => return Some(found),
                (None, Some(inner)) => scope = self.subckts[inner].parent,
                (None, None) => return None,
            }
        }
    }
}

/// Values of the parameters that an instance sets, as bits; `None` for unknown ones.
type Values = BTreeMap<String, Option<u64>>;

/// Walks through all instances, once for each set of parameter values.
struct Walk<'c, 'a> {
    circuit: &'c Circuit<'a>,
    used: HashSet<usize>,
    /// The geometries with which each model occurs.
    geometries: HashMap<String, BTreeSet<Geometry>>,
    seen: HashSet<(usize, Values)>,
}

impl<'c, 'a> Walk<'c, 'a> {
    /// Walks through a whole circuit.
    fn through(circuit: &'c Circuit<'a>) -> Result<Walk<'c, 'a>, Untrimmed> {
        let mut walk = Walk {
            circuit,
            used: HashSet::new(),
            geometries: HashMap::new(),
            seen: HashSet::new(),
        };
        walk.scope(None, &BTreeMap::new(), 0)?;
        Ok(walk)
    }

    fn scope(&mut self, scope: Option<usize>, set: &Values, depth: usize) -> Result<(), Untrimmed> {
        if depth > DEEPEST {
            return Err(Untrimmed::Statement("subcircuits that contain themselves"));
        }
        let circuit = self.circuit;
        let (start, end) = scope.map_or((0, circuit.cards.len()), |s| {
            (circuit.subckts[s].start, circuit.subckts[s].end)
        });
        let mut scope_values = Scope { circuit, scope, set, busy: Vec::new() };
        for index in (start..end).filter(|index| circuit.owner[*index] == scope) {
            match &circuit.cards[index].kind {
                Kind::Mos(model, set) => {
                    let geometries = scope_values.geometries(set);
                    self.geometries.entry(model.clone()).or_default().extend(geometries);
                }
                Kind::Instance(name, set) => {
                    let found = circuit.find(name, scope);
                    let inner = found.ok_or_else(|| Untrimmed::NoSubcircuit(name.clone()))?;
                    let bits = |(name, expression): &(String, String)| {
                        (name.clone(), scope_values.evaluate(expression).map(f64::to_bits))
                    };
                    let values: Values = set.iter().map(bits).collect();
                    self.used.insert(inner);
                    if self.seen.insert((inner, values.clone())) {
                        self.scope(Some(inner), &values, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The parameters that an expression sees inside one instance.
struct Scope<'c, 'a> {
    circuit: &'c Circuit<'a>,
    scope: Option<usize>,
    set: &'c Values,
    /// The parameters whose values are being computed, to detect cycles.
    busy: Vec<String>,
}

impl<'a> Scope<'_, 'a> {
    fn evaluate(&mut self, expression: &str) -> Option<f64> {
        evaluate(expression, &mut |name| self.parameter(name))
    }

    fn parameter(&mut self, name: &str) -> Option<f64> {
        if let Some(value) = self.set.get(name) {
            return value.map(f64::from_bits);
        }
        if self.busy.iter().any(|busy| busy == name) {
            return None;
        }
        let expression = self.local(name).unwrap_or_else(|| *self.circuit.globals.get(name)?)?;
        self.busy.push(name.to_owned());
        let value = self.evaluate(expression);
        self.busy.pop();
        value
    }

    /// The subcircuit's own definition of a parameter; the inner `None` if it has two.
    #[allow(clippy::option_option, reason = "absent and ambiguous are different")]
    fn local(&self, name: &str) -> Option<Option<&'a str>> {
        let subckt = &self.circuit.subckts[self.scope?];
        let inside = (subckt.start..subckt.end)
            .filter(|index| self.circuit.owner[*index] == self.scope)
            .filter_map(|index| match &self.circuit.cards[index].kind {
                Kind::Param(pairs) => Some(pairs),
                _ => None,
            });
        let mut found = inside
            .chain([subckt.defaults])
            .flatten()
            .filter(|(defined, _)| defined == name)
            .map(|(_, expression)| expression.as_str());
        let first = found.next()?;
        Some(found.all(|other| other == first).then_some(first))
    }

    /// Width and length of a transistor, both with and without division by its fingers, because
    /// simulators bin in either way.
    fn geometries(&mut self, set: &Assignments) -> Vec<Geometry> {
        let mut value = |name: &str| {
            let (_, expression) = set.iter().find(|(n, _)| n == name)?;
            self.evaluate(expression)
        };
        let fingers =
            if set.iter().any(|(name, _)| name == "nf") { value("nf") } else { Some(1.0) };
        let (Some(w), Some(l), Some(nf), Some(scale)) =
            (value("w"), value("l"), fingers, self.circuit.scale)
        else {
            return vec![None];
        };
        let bits = |w: f64| Some(((w * scale).to_bits(), (l * scale).to_bits()));
        vec![bits(w), bits(w / nf)]
    }
}
