//! Model trimming: keeps only what a deck uses of a process design kit's library.
//!
//! A simulator spends most of a small simulation on reading models. Of the libraries that a deck
//! includes, trimming keeps the subcircuits that are instantiated, the models that are named, the
//! bins of a binned model for the geometries in use, and the parameters that any of these mention.
//! Statements are kept as written and in order, so that the simulator computes the same digits. If
//! the use cannot be foreseen (control blocks, conditionals, data files, unknown geometry of
//! everything), the deck is refused, or more is kept.

pub mod card;
mod expression;
mod flatten;
mod usage;

pub use flatten::Sources;
pub use usage::Unbinned;

use crate::deck::{self, is_end};
use card::{Card, Kind, cards, identifiers};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a deck is simulated with its whole libraries.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Untrimmed {
    /// A statement whose effect cannot be foreseen.
    #[error("it has {0}")]
    Statement(&'static str),
    /// A file that is not there.
    #[error("{0} cannot be read")]
    Missing(String),
    /// A library section that is not there.
    #[error("{0} has no section `{1}`")]
    NoSection(String, String),
    /// A subcircuit that no file defines.
    #[error("the subcircuit `{0}` is not defined")]
    NoSubcircuit(String),
    /// Files that include each other.
    #[error("{0} includes itself")]
    Cycle(String),
    /// There is nothing to trim.
    #[error("it includes no library")]
    NoLibrary,
}

/// A part of a trimmed deck, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Lines of the deck, as written.
    Text(String),
    /// The rest of an included library, which is to be included from a file of this content.
    Library(Arc<str>),
}

/// Trims decks; libraries are read once, and results are shared by decks that use the same things.
#[derive(Debug, Default)]
pub struct Trimmer {
    libraries: HashMap<(PathBuf, Option<String>), Arc<Vec<Card>>>,
}

/// A deck in parts: its own statements, and those of each library it includes.
enum Part {
    Own(String, Vec<Card>),
    Library(Arc<Vec<Card>>),
}

impl Part {
    fn cards(&self) -> &[Card] {
        match self {
            Part::Own(_, cards) => cards,
            Part::Library(cards) => cards,
        }
    }
}

impl Trimmer {
    /// Trims a deck; `path` is where the deck lies, to which relative names may refer.
    pub fn trim(
        &mut self,
        path: &Path,
        deck: &str,
        sources: &mut dyn Sources,
    ) -> Result<Vec<Piece>, Untrimmed> {
        let parts = self.parts(path, deck, sources)?;
        if !parts.iter().any(|part| matches!(part, Part::Library(_))) {
            return Err(Untrimmed::NoLibrary);
        }
        let all: Vec<&Card> = parts.iter().flat_map(Part::cards).collect();
        let keep = usage::keep(&all)?;
        let mut own_names = HashSet::new();
        let mut first = 0;
        for part in &parts {
            if let Part::Own(text, _) = part {
                own_names.extend(identifiers(&text.to_ascii_lowercase()).map(str::to_owned));
            }
        }
        let parameters = used_parameters(&all, &keep, own_names);
        let mut pieces = Vec::new();
        for part in parts {
            let last = first + part.cards().len();
            let kept = &keep[first..last];
            first = last;
            pieces.push(match part {
                Part::Own(text, _) => Piece::Text(text),
                Part::Library(cards) => Piece::Library(render(&cards, kept, &parameters).into()),
            });
        }
        Ok(pieces)
    }

    /// Finds the geometries of a deck's transistors that no bin of their model covers: the
    /// simulator would find no model for them.
    ///
    /// # Errors
    /// Why that cannot be foreseen.
    pub fn unbinned(
        &mut self,
        path: &Path,
        deck: &str,
        sources: &mut dyn Sources,
    ) -> Result<Vec<Unbinned>, Untrimmed> {
        let parts = self.parts(path, deck, sources)?;
        let all: Vec<&Card> = parts.iter().flat_map(Part::cards).collect();
        usage::unbinned(&all)
    }

    fn parts(
        &mut self,
        path: &Path,
        deck: &str,
        sources: &mut dyn Sources,
    ) -> Result<Vec<Part>, Untrimmed> {
        let mut parts = Vec::new();
        let mut own = String::new();
        let flush = |own: &mut String, parts: &mut Vec<Part>| {
            if !own.is_empty() {
                let text = std::mem::take(own);
                // The title is not a statement.
                let body = if parts.is_empty() {
                    text.split_once('\n').map_or("", |t| t.1)
                } else {
                    &text
                };
                let cards = cards(body);
                parts.push(Part::Own(text, cards));
            }
        };
        for (number, line) in deck.split_inclusive('\n').enumerate() {
            if is_end(line) {
                own.push_str(line);
                break;
            }
            let statement = if number == 0 { None } else { cards(line).pop() };
            let (name, section) = match statement.map(|card| card.kind) {
                Some(Kind::Library(file, section)) => (file, Some(section)),
                Some(Kind::Include(file)) => (file, None),
                _ => {
                    own.push_str(line);
                    continue;
                }
            };
            flush(&mut own, &mut parts);
            let search = sources.search();
            let file = deck::locate(path, &name, &search, |path| sources.text(path).is_some())
                .ok_or(Untrimmed::Missing(name))?;
            parts.push(Part::Library(self.library(file, section, sources)?));
        }
        flush(&mut own, &mut parts);
        for part in &mut parts {
            if let Part::Own(_, cards) = part {
                cards.retain(|card| !is_end(&card.source));
                flatten::check(cards)?;
            }
        }
        Ok(parts)
    }

    fn library(
        &mut self,
        file: PathBuf,
        section: Option<String>,
        sources: &mut dyn Sources,
    ) -> Result<Arc<Vec<Card>>, Untrimmed> {
        let key = (file, section);
        if let Some(cards) = self.libraries.get(&key) {
            return Ok(Arc::clone(cards));
        }
        let cards = flatten::library(&key.0, key.1.as_deref(), sources)?;
        flatten::check(&cards)?;
        let cards = Arc::new(cards);
        self.libraries.insert(key, Arc::clone(&cards));
        Ok(cards)
    }
}

/// Every parameter that the kept statements mention, directly or through other parameters.
fn used_parameters(all: &[&Card], keep: &[bool], mut names: HashSet<String>) -> HashSet<String> {
    let mut definitions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (card, keep) in all.iter().zip(keep) {
        match &card.kind {
            Kind::Param(pairs) => {
                for (name, expression) in pairs {
                    definitions.entry(name).or_default().push(expression);
                }
            }
            _ if *keep => names.extend(identifiers(&card.text).map(str::to_owned)),
            _ => {}
        }
    }
    let mut open: Vec<String> = names.iter().cloned().collect();
    while let Some(name) = open.pop() {
        for expression in definitions.get(name.as_str()).into_iter().flatten() {
            for mentioned in identifiers(expression) {
                if !names.contains(mentioned) {
                    names.insert(mentioned.to_owned());
                    open.push(mentioned.to_owned());
                }
            }
        }
    }
    names
}

fn render(cards: &[Card], keep: &[bool], parameters: &HashSet<String>) -> String {
    let mut text = String::new();
    for (card, keep) in cards.iter().zip(keep) {
        match &card.kind {
            _ if !keep => {}
            Kind::Param(pairs) if pairs.iter().any(|(name, _)| !parameters.contains(name)) => {
                for (name, expression) in pairs.iter().filter(|(name, _)| parameters.contains(name))
                {
                    text.push_str(&format!(".param {name}={expression}\n"));
                }
            }
            _ => text.push_str(&card.source),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Piece, Sources, Trimmer, Untrimmed};
    use std::path::Path;
    use std::sync::Arc;

    struct Library(&'static str);

    impl Sources for Library {
        fn text(&mut self, path: &Path) -> Option<Arc<str>> {
            (path == Path::new("pdk.lib")).then(|| self.0.into())
        }
    }

    const PDK: &str = "* a kit
.lib tt
.option scale=1u
.param vth_a=0.4 vth_b = 0.5 unused=1 half='vth_a/2'
.subckt nfet d g s b w=1 l=1
mn d g s b nmod w={w} l={l}
.model nmod.0 nmos level=54 lmin=1e-7 lmax=2e-7 wmin=1e-7 wmax=1e-6 vth0={half}
.model nmod.1 nmos level=54 lmin=1e-7 lmax=2e-7 wmin=1e-6
+ wmax=1e-5 vth0={vth_b}
.model other nmos level=1
.ends
.subckt pfet d g s b
.ends
.endl
.lib ss
.endl
";

    fn trimmed(deck: &str) -> Result<String, Untrimmed> {
        let pieces = Trimmer::default().trim(Path::new("p/d.sp"), deck, &mut Library(PDK))?;
        let library = pieces.into_iter().find_map(|piece| match piece {
            Piece::Library(text) => Some(text.to_string()),
            Piece::Text(_) => None,
        });
        Ok(library.unwrap())
    }

    #[test]
    fn only_the_bin_in_use_and_what_it_mentions_stay() {
        let deck = "t\n.lib 'pdk.lib' tt\n.param wn=0.5\nx1 a b 0 0 nfet w={wn} l=0.15\n.end\n";
        assert_eq!(
            trimmed(deck).unwrap(),
            ".option scale=1u\n.param vth_a=0.4\n.param half='vth_a/2'\n\
             .subckt nfet d g s b w=1 l=1\nmn d g s b nmod w={w} l={l}\n\
             .model nmod.0 nmos level=54 lmin=1e-7 lmax=2e-7 wmin=1e-7 wmax=1e-6 vth0={half}\n.ends\n"
        );
    }

    #[test]
    fn a_width_on_the_edge_keeps_both_bins_and_an_unknown_one_all() {
        for width in ["1", "'agauss(1,0.1,3)'"] {
            let deck = format!("t\n.lib pdk.lib tt\nx1 a b 0 0 nfet w={width} l=0.15\n");
            let library = trimmed(&deck).unwrap();
            assert!(library.contains("nmod.0") && library.contains("nmod.1"), "{width}: {library}");
        }
    }

    #[test]
    fn what_cannot_be_foreseen_is_refused() {
        for (statement, reason) in [
            (".control\nalterparam wn=2\n.endc", "it has a .control block"),
            ("x1 a b nand2", "the subcircuit `nand2` is not defined"),
            (".if (a==1)\n.endif", "it has conditional statements"),
            (".include 'none'", "none cannot be read"),
            (".lib pdk.lib fs", "pdk.lib has no section `fs`"),
        ] {
            let deck = format!("t\n.lib pdk.lib tt\n{statement}\n.end\n");
            assert_eq!(trimmed(&deck).unwrap_err().to_string(), reason);
        }
    }

    #[test]
    fn the_deck_itself_keeps_its_bytes() {
        let deck = "t\r\n* note\r\n.lib pdk.lib tt\r\nr1 a 0 1k\r\n.end\r\nafter\r\n";
        let pieces = Trimmer::default().trim(Path::new("d"), deck, &mut Library(PDK)).unwrap();
        assert_eq!(pieces[0], Piece::Text("t\r\n* note\r\n".to_owned()));
        assert_eq!(pieces[2], Piece::Text("r1 a 0 1k\r\n.end\r\n".to_owned()));
    }
}
