//! A cell as a network of switches: the levels of its nodes for given inputs.
//!
//! Transistors conduct, do not conduct, or are unknown. A node is 1 if conducting transistors join it to the supply and no
//! transistor that may conduct joins it to ground; for 0 it is the other way round. A node that nothing drives keeps its
//! charge (R. E. Bryant, "A Switch-Level Model and Simulator for MOS Digital Systems", IEEE Trans. Computers C-33, 1984,
//! with two strengths: driven and charged).

use crate::netlist::Flat;
use std::collections::BTreeMap;

/// The level of a node: `None` is unknown.
pub type Bit = Option<bool>;

/// A network of switches.
#[derive(Debug, Clone)]
pub struct Network {
    nodes: BTreeMap<String, usize>,
    names: Vec<String>,
    transistors: Vec<(bool, usize, [usize; 2])>,
    fixed: Vec<(usize, bool)>,
}

/// The nodes of a network at rest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// The level of each node.
    pub bits: Vec<Bit>,
    /// Whether it is driven: by a supply or an input, through conducting transistors.
    pub driven: Vec<bool>,
    /// Nodes that are joined to supply and ground at the same time.
    pub fights: Vec<usize>,
    /// Nodes that are not joined to anything that drives them, not even by a transistor whose state is unknown.
    pub floating: Vec<usize>,
}

impl Network {
    /// The network of a cell; `fixed` are supply and bias pins with their levels, `pins` are the other pins.
    pub fn new(flat: &Flat, fixed: &[(String, bool)], pins: &[String]) -> Network {
        let mut leader: BTreeMap<String, String> = BTreeMap::new();
        let find = |leader: &BTreeMap<String, String>, name: &str| {
            let mut name = name.to_owned();
            while let Some(up) = leader.get(&name) {
                name.clone_from(up);
            }
            name
        };
        for [a, b] in &flat.joined {
            let (a, b) = (find(&leader, a), find(&leader, b));
            if a != b {
                leader.insert(a, b);
            }
        }
        let mut network = Network {
            nodes: BTreeMap::new(),
            names: Vec::new(),
            transistors: Vec::new(),
            fixed: Vec::new(),
        };
        let mut index = |name: &str| {
            let top = find(&leader, &name.to_ascii_lowercase());
            let next = network.names.len();
            let at = *network.nodes.entry(top.clone()).or_insert(next);
            if at == next {
                network.names.push(top);
            }
            network.nodes.insert(name.to_ascii_lowercase(), at);
            at
        };
        for (name, bit) in fixed {
            let at = index(name);
            network.fixed.push((at, *bit));
        }
        let zero = index("0");
        network.fixed.push((zero, false));
        for pin in pins {
            index(pin);
        }
        let transistors: Vec<_> = flat
            .transistors
            .iter()
            .map(|t| (t.is_p, index(&t.gate), [index(&t.channel[0]), index(&t.channel[1])]))
            .collect();
        network.transistors = transistors;
        network
    }

    /// The node with this name.
    pub fn node(&self, name: &str) -> Option<usize> {
        self.nodes.get(&name.to_ascii_lowercase()).copied()
    }

    /// The number of its transistors.
    pub fn transistors(&self) -> usize {
        self.transistors.len()
    }

    /// Names of the nodes, one name for each node.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether channels join a node to one of the goals without passing a barrier.
    pub fn joins(&self, start: usize, goals: &[usize], barrier: &[usize]) -> bool {
        let mut seen = vec![start];
        let mut at = 0;
        while at < seen.len() {
            for (_, _, [a, b]) in &self.transistors {
                for (from, to) in [(a, b), (b, a)] {
                    if *from == seen[at] && goals.contains(to) {
                        return true;
                    }
                    if *from == seen[at] && !barrier.contains(to) && !seen.contains(to) {
                        seen.push(*to);
                    }
                }
            }
            at += 1;
        }
        false
    }

    /// The network with all levels unknown.
    pub fn unknown(&self) -> State {
        let n = self.names.len();
        State {
            bits: vec![None; n],
            driven: vec![false; n],
            fights: Vec::new(),
            floating: Vec::new(),
        }
    }

    /// The network at rest after its inputs changed, starting from a previous state; a node that never settles is unknown.
    ///
    /// Nodes that depend on the inputs alone, such as both phases of a clock, change before all nodes that store
    /// something. A weak keeper that is about to be cut off therefore never fights with the gate that takes over.
    pub fn settle(&self, before: &State, inputs: &[(usize, bool)]) -> State {
        let forced = self.iterate(self.unknown(), inputs);
        let mut start = before.clone();
        for (bit, forced) in start.bits.iter_mut().zip(&forced.bits) {
            *bit = forced.or(*bit);
        }
        self.iterate(start, inputs)
    }

    fn iterate(&self, mut state: State, inputs: &[(usize, bool)]) -> State {
        let most = 4 * self.names.len() + 8;
        for step in 0..most {
            let mut next = self.step(&state, inputs);
            if next.bits == state.bits {
                return next;
            }
            // A loop that swings forever is unknown; all that follows from it settles afterwards.
            if step + 1 > most / 2 {
                for (new, old) in next.bits.iter_mut().zip(&state.bits) {
                    if new != old {
                        *new = None;
                    }
                }
            }
            state = next;
        }
        state
    }

    fn step(&self, state: &State, inputs: &[(usize, bool)]) -> State {
        let n = self.names.len();
        let mut source = vec![None; n];
        for (node, bit) in self.fixed.iter().chain(inputs) {
            source[*node] = Some(*bit);
        }
        let conducts = |(is_p, gate, _): &(bool, usize, [usize; 2])| {
            source[*gate].or(state.bits[*gate]).map(|bit| bit != *is_p)
        };
        let reach = |bit: bool, maybe: bool| {
            let mut reached: Vec<bool> = source.iter().map(|s| *s == Some(bit)).collect();
            let mut open: Vec<usize> = (0..n).filter(|node| reached[*node]).collect();
            while let Some(node) = open.pop() {
                for transistor in &self.transistors {
                    let on = conducts(transistor).unwrap_or(maybe);
                    let [a, b] = transistor.2;
                    for (from, to) in [(a, b), (b, a)] {
                        // A source is never changed by what joins it, nor does anything pass through it.
                        if on && from == node && !reached[to] && source[to].is_none() {
                            reached[to] = true;
                            open.push(to);
                        }
                    }
                }
            }
            reached
        };
        let (sure1, sure0) = (reach(true, false), reach(false, false));
        let (may1, may0) = (reach(true, true), reach(false, true));
        let mut next = self.unknown();
        for node in 0..n {
            next.driven[node] = source[node].is_some() || sure1[node] || sure0[node];
            next.bits[node] = match (source[node], may1[node], may0[node]) {
                (Some(bit), ..) => Some(bit),
                (None, true, false) if sure1[node] => Some(true),
                (None, false, true) if sure0[node] => Some(false),
                (None, false, false) => self.charge(node, state, &source, &conducts),
                _ => None,
            };
            if source[node].is_none() && !may1[node] && !may0[node] {
                next.floating.push(node);
            }
            if source[node].is_none() && sure1[node] && sure0[node] {
                next.fights.push(node);
            }
        }
        next
    }

    /// The level of a node that nothing drives: that of all nodes with which it may share charge, if they agree.
    #[expect(clippy::type_complexity, reason = "a transistor, as the list of them holds it")]
    fn charge(
        &self,
        node: usize,
        state: &State,
        source: &[Bit],
        conducts: &dyn Fn(&(bool, usize, [usize; 2])) -> Bit,
    ) -> Bit {
        let mut seen = vec![node];
        let mut at = 0;
        while at < seen.len() {
            for transistor in &self.transistors {
                let [a, b] = transistor.2;
                for (from, to) in [(a, b), (b, a)] {
                    if from == seen[at]
                        && source[to].is_none()
                        && conducts(transistor) != Some(false)
                        && !seen.contains(&to)
                    {
                        seen.push(to);
                    }
                }
            }
            at += 1;
        }
        let first = state.bits[node];
        seen.iter().all(|other| state.bits[*other] == first).then_some(first).flatten()
    }
}
