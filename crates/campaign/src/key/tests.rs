use super::{Deck, Keys, Material, common};
use crate::environment::Environment;
use crate::fixture::{Domain, deck};
use crate::size::Need;
use libchar_engine::deck::Search;
use std::fs;
use std::path::PathBuf;

const ONE: Need = Need { threads: 1, mem_gb: 2 };

fn material(text: &str) -> Material {
    Material { current: text.to_owned(), legacy: Some("old\n".to_owned()) }
}

/// Reads the deck of the only point, with this text.
fn read(domain: &mut Domain, text: &str) -> Deck {
    read_with(domain, text, material("simulator\n"), false, ONE)
}

fn read_with(domain: &mut Domain, text: &str, common: Material, counts: bool, need: Need) -> Deck {
    domain.points.clear();
    domain.add("p", text);
    Keys::new(common, Search::default(), counts).deck(&domain.points[0], need).unwrap()
}

fn including(path: &std::path::Path) -> String {
    deck("1").replace(".tran", &format!(".include '{}'\n.tran", path.display()))
}

#[test]
fn the_key_follows_all_that_decides_the_result() {
    let mut domain = Domain::new(0);
    let models = domain.path("models.inc");
    fs::write(&models, "r9 a 0 1\n").unwrap();
    let text = including(&models);
    let first = read(&mut domain, &text);
    assert_eq!(read(&mut domain, &text).key, first.key, "the same, the same key");
    assert_eq!(first.paths.iter().collect::<Vec<_>>(), [&models]);
    let other = read_with(&mut domain, &text, material("other\n"), false, ONE);
    assert!(other.key != first.key && other.legacy == first.legacy, "0.1 knew less");
    assert_ne!(read(&mut domain, &text.replace("1k", "2k")).key, first.key, "the deck");
    fs::write(&models, "r9 a 0 2\n").unwrap();
    let changed = read(&mut domain, &text);
    assert!(changed.key != first.key && changed.files != first.files, "a file that it reads");
    assert_ne!(changed.legacy, first.legacy);
}

#[test]
fn files_that_files_read_count_too() {
    let mut domain = Domain::new(0);
    let (outer, inner) = (domain.path("outer.inc"), domain.path("inner.inc"));
    fs::write(&outer, format!(".include '{}'\n", inner.display())).unwrap();
    fs::write(&inner, "r9 a 0 1\n").unwrap();
    let text = including(&outer);
    let first = read(&mut domain, &text);
    assert_eq!(first.paths.len(), 2);
    fs::write(&inner, "r9 a 0 2\n").unwrap();
    assert_ne!(read(&mut domain, &text).key, first.key);
}

#[test]
fn threads_count_where_the_simulator_is_told() {
    let mut domain = Domain::new(0);
    let two = Need { threads: 2, ..ONE };
    let text = deck("1");
    let mut key = |counts, need| read_with(&mut domain, &text, material(""), counts, need).key;
    assert_eq!(key(false, ONE), key(false, two));
    assert_ne!(key(true, ONE), key(true, two));
    assert_ne!(key(true, ONE), key(false, ONE));
}

#[test]
fn a_file_that_nobody_finds_is_named() {
    let mut domain = Domain::new(0);
    let gone = domain.path("gone.inc");
    let text = including(&gone);
    let deck = read(&mut domain, &text);
    assert_eq!(deck.missing, [gone.display().to_string()]);
    let key = deck.key;
    fs::write(&gone, "r9 a 0 1\n").unwrap();
    let deck = read(&mut domain, &text);
    assert!(deck.missing.is_empty() && deck.key != key);
}

#[test]
fn decks_that_differ_in_the_name_of_their_point_are_twins() {
    let mut domain = Domain::new(0);
    let id = domain.path("p").display().to_string();
    let named =
        |name: &str| deck("1").replace("* inverter\n", &format!("* at {name}\n* {name}: x\n"));
    let (own, other) = (read(&mut domain, &named(&id)), read(&mut domain, &named("")));
    assert!(own.twin == other.twin && own.key != other.key && own.sha256 != other.sha256);
    // The name in a statement counts, unlike that in a comment: a simulator acts on it.
    let writes = |name: &str| deck("1").replace(".end", &format!(".save '{name}'\n.end"));
    let (own, other) = (read(&mut domain, &writes(&id)), read(&mut domain, &writes("")));
    assert_ne!(own.twin, other.twin);
}

#[test]
fn what_is_asked_for_is_gathered_once_from_deck_files_and_settings() {
    let mut domain = Domain::new(0);
    let models = domain.path("m.inc");
    fs::write(&models, ".meas tran trise max v(a)\n.meas tran tphl max v(a)\n").unwrap();
    domain.add("p", &including(&models));
    let keys = Keys::new(material(""), Search::default(), false);
    let mut keys = keys.with_prints(&["v(y)".to_owned()]);
    let deck = keys.deck(&domain.points[0], ONE).unwrap();
    assert_eq!(deck.asked, ["tphl", "trise", "v(y)"]);
    assert!(deck.measures() && deck.alters == 0);
    assert_eq!(keys.files().collect::<Vec<_>>(), [models.as_path()]);
    let digests: Vec<(PathBuf, String)> =
        keys.digests().map(|(path, hash)| (path.to_owned(), hash.to_owned())).collect();
    let bytes = fs::read(&models).unwrap();
    assert_eq!(digests, [(models, libchar_core::hash::sha256(&bytes))]);
}

#[test]
fn a_deck_that_asks_for_nothing_measures_nothing() {
    let mut domain = Domain::new(0);
    let none = deck("1").replace(".meas tran tphl max v(a)\n", "");
    assert!(!read(&mut domain, &none).measures());
    domain.points[0].deck.push_str(".gone");
    let mut keys = Keys::new(material(""), Search::default(), false);
    assert!(keys.deck(&domain.points[0], ONE).is_err());
}

#[test]
fn control_blocks_of_files_count_as_words_of_the_deck_and_make_it_differ_a_second_time() {
    let mut domain = Domain::new(0);
    let models = domain.path("m.inc");
    let text = including(&models);
    fs::write(&models, "r9 a 0 1\n").unwrap();
    let plain = read(&mut domain, &text);
    assert!(plain.is_repeatable && plain.words.is_none());
    fs::write(&models, "r9 a 0 1\n.CONTROL\necho singular matrix\n.endc\nr8 a 0 1\n").unwrap();
    let deck = read(&mut domain, &text);
    assert!(!deck.is_repeatable);
    let words = deck.words.unwrap();
    assert!(words.starts_with(&text) && words.ends_with(".CONTROL\necho singular matrix\n.endc\n"));
    assert!(!read(&mut domain, &text.replace("1k", "'gauss(1,1,1)'")).is_repeatable);
}

#[test]
fn the_material_of_all_points_holds_what_the_simulator_inherits() {
    let inherited = ["LIB".to_owned(), "OWN".to_owned(), "GONE".to_owned()];
    let own = [("OWN".to_owned(), "2".to_owned())].into();
    let environment = Environment::of([
        ("LIB".into(), "/lib".into()),
        ("OWN".into(), "1".into()),
        ("X".into(), "3".into()),
    ]);
    let text = common("ngspice", "39", &["-b".to_owned()], &own, &inherited, &environment);
    assert_eq!(
        text,
        "simulator \"ngspice\"\nversion \"39\"\nargs [\"-b\"]\nenv \"OWN\" \"2\"\ninherited \"LIB\" \"/lib\"\n"
    );
}
