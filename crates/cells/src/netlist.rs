//! Reads netlists of cells and flattens subcircuits down to their transistors.

use libchar_core::{Fault, Faults, glob};
use std::collections::BTreeMap;

/// The greatest depth to which subcircuits may be nested: a deeper one contains itself.
const DEEPEST: usize = 32;

/// A subcircuit, as written in the netlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Subckt {
    /// Its name as written in the netlist.
    pub name: String,
    /// Its pins as written in the netlist, in order.
    pub pins: Vec<String>,
    /// The file and line where it begins.
    pub place: (String, usize),
    elements: Vec<Element>,
}

#[derive(Debug, Clone, PartialEq)]
struct Element {
    name: String,
    nodes: Vec<String>,
    of: String,
    line: usize,
}

/// A transistor of a flattened cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mos {
    /// Whether it conducts when its gate is low.
    pub is_p: bool,
    /// Its gate.
    pub gate: String,
    /// Source and drain, in any order.
    pub channel: [String; 2],
    /// Its bulk.
    pub bulk: String,
}

/// A cell flattened to its transistors. Names of nodes are in lower case, with `/` between those of nested subcircuits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flat {
    /// The transistors.
    pub transistors: Vec<Mos>,
    /// Nodes that a resistor joins: for the switch network they are one node.
    pub joined: Vec<[String; 2]>,
}

impl Flat {
    /// Whether a node, whatever the case of its name, is at the gate or channel of a transistor or at a resistor.
    pub fn touches(&self, node: &str) -> bool {
        let is = |name: &String| name.eq_ignore_ascii_case(node);
        self.transistors.iter().any(|mos| is(&mos.gate) || mos.channel.iter().any(is))
            || self.joined.iter().flatten().any(is)
    }
}

/// The polarity of each transistor model, as patterns with `*` in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Devices {
    /// Models of transistors that conduct when their gate is high.
    pub nmos: Vec<String>,
    /// Models of transistors that conduct when their gate is low.
    pub pmos: Vec<String>,
}

impl Default for Devices {
    fn default() -> Devices {
        let list = |patterns: &[&str]| patterns.iter().map(|p| (*p).to_owned()).collect();
        Devices {
            nmos: list(&["*nfet*", "*nmos*", "nch*", "*_nch*", "nlvt*", "nhvt*", "n"]),
            pmos: list(&["*pfet*", "*pmos*", "pch*", "*_pch*", "plvt*", "phvt*", "p"]),
        }
    }
}

impl Devices {
    /// Whether a model, in lower case, is a transistor that conducts when its gate is low; `None` if it is not a
    /// transistor.
    pub fn is_p(&self, model: &str) -> Option<bool> {
        let any =
            |patterns: &[String]| patterns.iter().any(|pattern| glob::matches(pattern, model));
        match (any(&self.nmos), any(&self.pmos)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }
}

/// All subcircuits of the netlists, by name in lower case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Netlists {
    subckts: BTreeMap<String, Subckt>,
}

impl Netlists {
    /// Adds the subcircuits of a file.
    ///
    /// # Errors
    /// Subcircuits without a name, without an end, or defined twice.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let mut open: Option<Subckt> = None;
        for (line, statement) in statements(text) {
            let joined = statement.replace(['(', ')'], " ");
            let words: Vec<&str> = joined.split_whitespace().collect();
            let Some(first) = words.first() else { continue };
            match first.to_ascii_lowercase().as_str() {
                ".subckt" => {
                    if let Some(unfinished) = open.take() {
                        let found = format!("`.subckt {}` has no `.ends`", unfinished.name);
                        faults.push(Fault::at(file, unfinished.place.1, 1, found));
                    }
                    let Some(name) = words.get(1) else {
                        faults.push(Fault::at(file, line, 1, "a .subckt without a name"));
                        continue;
                    };
                    let pins = words[2..].iter().take_while(|word| !is_setting(word));
                    open = Some(Subckt {
                        name: (*name).to_owned(),
                        pins: pins.map(|pin| (*pin).to_owned()).collect(),
                        place: (file.to_owned(), line),
                        elements: Vec::new(),
                    });
                }
                ".ends" => {
                    let Some(done) = open.take() else {
                        faults.push(Fault::at(file, line, 1, "a .ends without a .subckt"));
                        continue;
                    };
                    let key = done.name.to_ascii_lowercase();
                    if let Some(other) = self.subckts.get(&key)
                        && other.elements != done.elements
                    {
                        let (at, first) = &other.place;
                        let found = format!("the subcircuit `{}` is defined twice", done.name);
                        let fault = Fault::at(file, done.place.1, 1, found);
                        faults.push(
                            fault.expected(format!("one definition; the other is {at}:{first}")),
                        );
                    }
                    self.subckts.insert(key, done);
                }
                _ => {
                    if let Some(subckt) = &mut open {
                        subckt.elements.extend(element(&words, line));
                    }
                }
            }
        }
        if let Some(unfinished) = open {
            let found = format!("`.subckt {}` has no `.ends`", unfinished.name);
            faults.push(Fault::at(file, unfinished.place.1, 1, found));
        }
        Faults::or((), faults)
    }

    /// A subcircuit by its name.
    pub fn get(&self, name: &str) -> Option<&Subckt> {
        self.subckts.get(&name.to_ascii_lowercase())
    }

    /// All subcircuits, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Subckt> {
        self.subckts.values()
    }

    /// Whether another subcircuit has an instance of this one.
    pub fn is_used(&self, name: &str) -> bool {
        let of = |element: &Element| element.of.eq_ignore_ascii_case(name);
        self.subckts.values().any(|subckt| subckt.elements.iter().any(of))
    }

    /// Flattens a cell to its transistors.
    ///
    /// # Errors
    /// Elements of an unknown kind, which may be transistors, and subcircuits that contain themselves.
    pub fn flatten(&self, cell: &Subckt, devices: &Devices) -> Result<Flat, Faults> {
        let mut flat = Flat::default();
        let mut faults = Vec::new();
        let same = |node: &str| node.to_ascii_lowercase();
        self.descend(cell, "", &same, devices, 0, &mut flat, &mut faults);
        Faults::or(flat, faults)
    }

    #[allow(clippy::too_many_arguments, reason = "the way down and what it collects")]
    fn descend(
        &self,
        cell: &Subckt,
        path: &str,
        outer: &dyn Fn(&str) -> String,
        devices: &Devices,
        depth: usize,
        flat: &mut Flat,
        faults: &mut Vec<Fault>,
    ) {
        let file = &cell.place.0;
        for element in &cell.elements {
            let node = |at: usize| outer(element.nodes.get(at).map_or("0", String::as_str));
            let of = element.of.to_ascii_lowercase();
            let kind = element.name.as_bytes()[0].to_ascii_lowercase();
            match kind {
                b'c' | b'd' => {}
                b'r' => flat.joined.push([node(0), node(1)]),
                b'm' | b'x' if element.nodes.len() >= 3 && devices.is_p(&of).is_some() => {
                    flat.transistors.push(Mos {
                        is_p: devices.is_p(&of) == Some(true),
                        gate: node(1),
                        channel: [node(0), node(2)],
                        bulk: node(3),
                    });
                }
                b'x' if self.subckts.contains_key(&of) && depth < DEEPEST => {
                    let below = &self.subckts[&of];
                    let path = format!("{path}{}/", element.name.to_ascii_lowercase());
                    let inner = |name: &str| {
                        let pin = below.pins.iter().position(|p| p.eq_ignore_ascii_case(name));
                        match pin {
                            Some(at) => node(at),
                            None if name == "0" => name.to_owned(),
                            None => format!("{path}{}", name.to_ascii_lowercase()),
                        }
                    };
                    self.descend(below, &path, &inner, devices, depth + 1, flat, faults);
                }
                _ => {
                    let found =
                        format!("`{}` of `{}` is not a known transistor", element.name, element.of);
                    let expected = "a model that [devices] nmos or pmos names, a subcircuit of the netlists, R, C or D";
                    faults.push(Fault::at(file, element.line, 1, found).expected(expected));
                }
            }
        }
    }
}

/// Statements with their continuations, without comments, and the lines where they begin.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let line = line.split(';').next().unwrap_or_default();
        let line = line.split("$ ").next().unwrap_or_default().trim_end();
        if line.is_empty() || line.starts_with(['*', '$']) {
            continue;
        }
        match (line.strip_prefix('+'), found.last_mut()) {
            (Some(more), Some((_, text))) => {
                text.push(' ');
                text.push_str(more);
            }
            _ => found.push((index + 1, line.to_owned())),
        }
    }
    found
}

fn is_setting(word: &str) -> bool {
    word.contains('=') || word.eq_ignore_ascii_case("params:")
}

/// A device line: its name, its nodes, and the model or subcircuit of which it is an instance; `None` for statements.
fn element(words: &[&str], line: usize) -> Option<Element> {
    let name = words[0];
    if name.starts_with(['.', '*']) {
        return None;
    }
    let kind = name.as_bytes()[0].to_ascii_lowercase();
    // `w = 1` is one setting in three words.
    let end = words.iter().position(|word| is_setting(word)).map_or(words.len(), |at| {
        if words[at].starts_with('=') { at.saturating_sub(1) } else { at }
    });
    let plain = &words[1..end.max(1)];
    let (nodes, of) = match kind {
        b'r' | b'c' | b'd' => (plain.get(..2)?, plain.get(2).copied().unwrap_or("")),
        _ => (plain.get(..plain.len().checked_sub(1)?)?, *plain.last()?),
    };
    Some(Element {
        name: name.to_owned(),
        nodes: nodes.iter().map(|node| (*node).to_owned()).collect(),
        of: of.to_owned(),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::{Devices, Netlists};
    use libchar_core::glob::matches;

    const TEXT: &str = "* cells\n.subckt inv_1 A\n+ VGND VPWR Y\nX0 VGND A Y VGND sky_nfet w=0.65 l = 0.15\nM1 Y A n1 VPWR pch w=1\nR1 n1 VPWR 95\nC1 Y VGND 1f\n.ends\n.subckt buf A VGND VPWR X\nx1 A VGND VPWR n inv_1\nx2 n VGND VPWR X inv_1\n.ends\n";

    #[test]
    fn cells_are_taken_down_to_their_transistors() {
        let mut netlists = Netlists::default();
        netlists.add("n.sp", TEXT).unwrap();
        let buf = netlists.get("BUF").unwrap();
        assert_eq!((buf.pins.join(" "), buf.place.1), ("A VGND VPWR X".to_owned(), 9));
        let flat = netlists.flatten(buf, &Devices::default()).unwrap();
        let gates: Vec<_> = flat.transistors.iter().map(|t| (t.is_p, t.gate.as_str())).collect();
        assert_eq!(gates, [(false, "a"), (true, "a"), (false, "n"), (true, "n")]);
        assert_eq!(flat.joined[1], ["x2/n1".to_owned(), "vpwr".to_owned()]);
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let mut netlists = Netlists::default();
        let faults =
            netlists.add("n.sp", ".ends\n.subckt a x\n.subckt b x\n").unwrap_err().to_string();
        assert!(
            faults.starts_with(
                "n.sp:1:1: a .ends without a .subckt\nn.sp:2:1: `.subckt a` has no `.ends`"
            ),
            "{faults}"
        );
        netlists
            .add("m.sp", ".subckt c a y\nX1 a b c d strange w=1\nQ1 a y 0 npn\n.ends\n")
            .unwrap();
        let faults = netlists
            .flatten(netlists.get("c").unwrap(), &Devices::default())
            .unwrap_err()
            .to_string();
        assert!(
            faults.contains("m.sp:2:1: `X1` of `strange` is not a known transistor"),
            "{faults}"
        );
        assert!(faults.contains("m.sp:3:1: `Q1`"), "{faults}");
    }

    #[test]
    fn patterns() {
        assert!(
            matches("*nfet*", "sky130_fd_pr__nfet_01v8")
                && matches("nch*", "nch")
                && !matches("nch", "nch_x")
        );
    }
}
