//! The page for readers of the code names the crates that exist.

use crate::common::repository;
use std::fs;

fn page(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn the_picture_shows_every_crate() {
    let picture = page("docs/architecture.svg");
    for entry in fs::read_dir(repository().join("crates")).expect("crates") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        let shown = picture.contains(&format!(">{name}<"));
        // `testing` is used by tests alone.
        assert!(shown || name == "testing", "docs/architecture.svg does not show {name}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for folder in ["docs", "docs/decisions"] {
        for entry in fs::read_dir(repository().join(folder)).expect("docs") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            if name.ends_with(".md") {
                pages.push(format!("{folder}/{name}"));
            }
        }
    }
    let mut dead = Vec::new();
    for name in &pages {
        let folder = repository().join(name);
        let folder = folder.parent().expect("a folder");
        let text = page(name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let file = link.0.split('#').next().expect("a first part");
            let outside = file.is_empty() || file.contains("://");
            if !outside && !folder.join(file).exists() {
                dead.push(format!("{name}: {file}"));
            }
        }
    }
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}
