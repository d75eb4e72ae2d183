//! A reader that is not ours, the crate `liberty-parse`, finds in the files that `libchar lib` writes the cells, pins and tables
//! that ours finds: in the example's file and in those that `LIBCHAR_LIBERTY` names (with `:` between them).

#![allow(clippy::disallowed_methods, reason = "a test reads its files")]

use libchar_liberty::{Group, read};
use liberty_parse::liberty::Group as Other;

/// Groups with values, down to the last one.
fn tables(group: &Group) -> usize {
    let own = usize::from(group.list("values").is_some());
    own + group.all_groups().map(tables).sum::<usize>()
}

fn others(group: &Other) -> usize {
    let own = usize::from(group.complex_attributes.contains_key("values"));
    own + group.groups.iter().map(others).sum::<usize>()
}

#[test]
fn another_reader_finds_the_same_cells_pins_and_tables() {
    let example =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/lib/example45__tt_025C_1v10.lib");
    let named = std::env::var("LIBCHAR_LIBERTY").unwrap_or_default();
    let names = named.split(':').filter(|name| !name.is_empty());
    for name in std::iter::once(example).chain(names) {
        let text = std::fs::read_to_string(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        let document = read("x", &text).unwrap();
        let parsed = liberty_parse::parse_lib(&text);
        let Ok(liberty) = parsed else { panic!("{name} is refused") };
        let library = &liberty.0[0];
        let own = document.library();
        assert_eq!(library.cells.len(), own.groups("cell").count(), "{name}");
        for cell in own.groups("cell") {
            let other = &library.cells[cell.argument()];
            let mut sum = 0;
            for pin in cell.groups("pin") {
                let found: usize = other.pins[pin.argument()].groups.iter().map(others).sum();
                assert_eq!(found, tables(pin), "{name}: {} {}", cell.argument(), pin.argument());
                sum += found;
            }
            assert!(sum > 0, "{name}: {}", cell.argument());
        }
        // A file that ends too early is refused by both.
        assert!(liberty_parse::parse_lib(&text[..text.len() / 2]).is_err());
    }
}
