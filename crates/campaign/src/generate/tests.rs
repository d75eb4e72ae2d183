use super::{Decks, left_over, point, sample, unused, write_csv};
use crate::domain::{Domain, Varying, deck_name, random_fault};
use crate::drawn;
use crate::effect;
use crate::netlists::Netlists;
use crate::samples::Block;
use libchar_core::hash;
use libchar_engine::deck::Search;
use libchar_pvt::conditions::{self, Conditions};
use libchar_pvt::config::Samples;
use libchar_pvt::corners::Corners;
use libchar_pvt::supplies::Supplies;
use libchar_pvt::sweeps::Sweeps;
use libchar_pvt::temperatures::Temperatures;
use libchar_pvt::variation::{Sampling, Variation};
use libchar_pvt::{Matrix, RunConfig, Setting, SupplyNames, Tables, Template};
use std::collections::BTreeMap;
use std::path::Path;

const TEMPLATE: &str = "* {{ point }}\n.lib 'no such.lib' {{ section }}\n.temp {{ temp_c }}\n\
                        .param vdd={{ vccn }} dvth={{ mc.dvth }}\nr1 a 0 1k\n.tran 1n 2n\n.end\n";

fn variation() -> Variation {
    let table = b"parameter,distribution,nominal,sigma\ndvth,normal,0,5m\nrsh,normal,100,5%\n";
    Variation::parse("variation.csv", table).unwrap()
}

/// A domain of two corners, two temperatures and one supply; none of it is on disk.
fn domain(config: &str, template: &str) -> Domain {
    let config = format!("temperature=m40,125\n1st_supply_swp=v1min\n{config}");
    let config = RunConfig::parse("config.cfg", config.as_bytes(), &["ngspice"]).unwrap();
    let tables = Tables {
        corners: Corners::parse("c", b"TT,typical,0,0\nSS,typical,-1,-1\n").unwrap(),
        supplies: Supplies::parse("s", b"v1min,1.0,1.05\n").unwrap(),
        temperatures: Temperatures::default(),
        conditions: Conditions::parse("p", conditions::DEFAULT.as_bytes()).unwrap(),
        variation: variation(),
        sweeps: Sweeps::default(),
    };
    let matrix = Matrix::new(&config, &tables).unwrap();
    let (variables, supply_names) = (BTreeMap::new(), SupplyNames::default());
    let setting = Setting {
        config: &config,
        tables: &tables,
        matrix: &matrix,
        variables: &variables,
        supply_names: &supply_names,
    };
    let template = Template::parse("t.sp", template.as_bytes(), setting).unwrap();
    let deck_name = "t.sp".to_owned();
    Domain { config, matrix, template, deck_name, varying: None, native: false }
}

fn varying(sampling: Sampling, samples: Samples) -> Varying {
    Varying { variation: variation(), sampling, seed: 1, native: false, samples }
}

#[test]
fn every_cell_is_a_point_with_the_hash_of_its_deck() {
    let domain = domain("", TEMPLATE);
    let decks = Decks::write(&domain, true).unwrap();
    assert_eq!(decks.changed, 4, "none of them is there");
    let points: Vec<_> = decks.points(&domain).collect();
    let ids: Vec<&str> = points.iter().map(|point| point.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "TT/typical/typical_m40/v1min",
            "TT/typical/typical_125/v1min",
            "SS/typical/typical_m40/v1min",
            "SS/typical/typical_125/v1min"
        ]
    );
    for (cell, point) in domain.matrix.cells().zip(&points) {
        let deck = domain.deck(&cell, None).unwrap();
        assert_eq!(point.deck_sha256, hash::sha256(&deck));
        assert_eq!(point.deck, format!("{}/t.sp", point.id));
        assert!(String::from_utf8(deck).unwrap().starts_with(&format!("* {}\n", point.id)));
    }
    assert!(!Path::new("TT").exists(), "a dry run writes nothing");
    let last = domain.matrix.cells().last().unwrap();
    assert_eq!(point(&domain, &last, "hash").deck_sha256, "hash");
    let mut csv = Vec::new();
    write_csv(&domain, &decks, &mut csv).unwrap();
    let read = libchar_pvt::points::parse("points.csv", &csv).unwrap();
    assert_eq!(read, points);
}

#[test]
fn decks_that_call_random_functions_get_the_seed_of_their_sample() {
    let template = TEMPLATE.replace("1k", "'agauss(1,1,1)'");
    let mut domain = domain("seed=7\n", &template);
    let cell = domain.matrix.cell(0).unwrap();
    let plain = domain.deck(&cell, Some(1)).unwrap();
    domain.native = true;
    let cell = domain.matrix.cell(0).unwrap();
    let deck = |sample| String::from_utf8(domain.deck(&cell, sample).unwrap()).unwrap();
    assert!(deck(None).len() > plain.len() && deck(None) == deck(Some(0)));
    assert_ne!(deck(Some(1)), deck(Some(2)));
}

#[test]
fn samples_are_cut_into_blocks_of_each_point() {
    let domain = domain("", TEMPLATE);
    let random = varying(Sampling::Random, Samples::None);
    let sampled = sample(&domain, &random, 40, true, true).unwrap();
    assert!(sampled.shared && sampled.rows.len() == 4 * sampled.blocks);
    assert_eq!((sampled.blocks, sampled.changed), (20, 80));
    assert_eq!(sampled.rows[0].block, Block { first: 1, samples: 2 });
    assert_eq!(sampled.rows[0].point, "TT/typical/typical_m40/v1min");
    assert_ne!(sampled.rows[0].deck_sha256, sampled.rows[1].deck_sha256, "each has its draws");
    // The tables are not there, so all points differ from them.
    assert_eq!(sampled.differing().len(), 4);
    let alone = sample(&domain, &random, 3, false, true).unwrap();
    assert_eq!((alone.blocks, alone.rows.len()), (3, 12), "no loop, a process a sample");
    let native = Varying { native: true, ..varying(Sampling::Random, Samples::None) };
    assert_eq!(sample(&domain, &native, 3, true, true).unwrap().blocks, 3);
    assert!(left_over().is_empty());
}

#[test]
fn decks_that_differ_in_more_than_numbers_are_simulated_each_alone() {
    let template = TEMPLATE.replace("r1 a 0 1k", "r1 a 0 {{ 1000 + mc.rsh }}");
    let domain = domain("", &template);
    let random = varying(Sampling::Random, Samples::None);
    let sampled = sample(&domain, &random, 40, true, true).unwrap();
    assert!(!sampled.shared);
    assert_eq!((sampled.blocks, sampled.rows.len()), (40, 160));
}

#[test]
fn a_quantity_that_no_deck_has_varies_in_vain() {
    let domain = domain("", TEMPLATE);
    let found = unused(&domain, &varying(Sampling::Random, Samples::None), 5).unwrap();
    let message = "variation.csv:3: no deck has `rsh`: it varies without effect";
    assert_eq!(found, [("rsh".to_owned(), message.to_owned())]);
    assert!(unused(&domain, &varying(Sampling::Random, Samples::None), 0).unwrap().is_empty());
}

#[test]
fn how_many_samples_there_are_to_be() {
    let count = |samples| varying(Sampling::Random, samples).count();
    assert_eq!(count(Samples::None), Some(0));
    assert_eq!(count(Samples::Count(7, Sampling::Random)), Some(7));
    let once = count(Samples::OneAtATime).unwrap();
    assert_eq!(once, variation().one_at_a_time());
}

#[test]
fn axes_that_do_not_reach_the_decks_are_named() {
    let netlists = || Netlists::new(Search::default());
    let axes = |template: &str| -> Vec<String> {
        let found = effect::missing(&domain("", template), netlists()).unwrap();
        found.iter().map(ToString::to_string).collect()
    };
    assert!(axes(TEMPLATE).is_empty());
    let found = axes(&TEMPLATE.replace(".temp {{ temp_c }}", ".temp 25"));
    assert!(found.len() == 1 && found[0].contains("temperature"), "{found:?}");
}

/// Only the file of the second corner reads the parameter that the temperature sets.
#[test]
fn the_files_of_every_corner_tell_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().display();
    std::fs::write(folder.path().join("TT.inc"), "r2 a 0 1k\n").unwrap();
    std::fs::write(folder.path().join("SS.inc"), "r2 a 0 'hot*1k'\n").unwrap();
    let template = TEMPLATE
        .replace(".temp {{ temp_c }}", ".param hot={{ temp_c }}")
        .replace("'no such.lib' {{ section }}", &format!("'{files}/{{{{ corner }}}}.inc'"))
        .replace(".lib", ".inc");
    let netlists = Netlists::new(Search::default());
    let found = effect::missing(&domain("", &template), netlists).unwrap();
    assert!(found.is_empty(), "{}", found[0]);
}

#[test]
fn files_that_points_write_over_each_other_are_told() {
    let writes = |name: &str| {
        let control = format!(".control\nrun\nwrdata {name} v(a)\n.endc\n.end");
        effect::shared_files(&domain("", &TEMPLATE.replace(".end", &control)), "t.sp").unwrap()
    };
    assert!(effect::shared_files(&domain("", TEMPLATE), "t.sp").unwrap().is_empty());
    assert!(writes("{{ point }}/out.txt").is_empty());
    let told = writes("out.txt");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("t.sp: 4 points write the same file `out.txt`"), "{told:?}");
}

#[test]
fn what_is_random_has_a_seed_once() {
    let fault = |config: &str, template: &str| {
        let domain = domain(config, template);
        let file = ("t.sp", template.as_bytes());
        let netlists = Netlists::new(Search::default());
        let drawn = drawn::first(file, &domain.template, &domain.matrix, "t.sp", netlists);
        random_fault(&domain.config, drawn.as_ref()).map(|fault| fault.to_string())
    };
    assert_eq!(fault("", TEMPLATE), None);
    let random = TEMPLATE.replace("1k", "'agauss(1,1,1)'");
    let without = fault("", &random).unwrap();
    assert!(without.starts_with("t.sp:5:") && without.contains("has no seed"), "{without}");
    assert_eq!(fault("seed=1\n", &random), None);
    let own = random.replace(".tran", ".option seed=1\n.tran");
    assert_eq!(fault("", &own), None);
    assert!(fault("seed=1\n", &own).unwrap().contains("and another in config.cfg"));
}

#[test]
fn a_deck_has_the_name_of_its_template_unless_that_is_taken() {
    assert_eq!(deck_name(Path::new("template/sim_tx.sp")).unwrap(), "sim_tx.sp");
    for name in ["status.json", "x/sim.log", "x/ .sp", ""] {
        assert!(deck_name(Path::new(name)).is_err(), "{name}");
    }
}
