//! The layers: which crates may depend on which, by `cargo metadata`, and which files of a crate
//! import which.

use crate::common;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Crates and those that they may depend on, from the leaves up; a crate may depend only on those
/// in its own list.
const MAY_KNOW: [(&str, &str); 20] = [
    ("core", ""),
    ("numeric", ""),
    ("testing", ""),
    ("files", "core"),
    ("pvt", "core numeric"),
    ("engine", "core numeric"),
    ("report", "core numeric"),
    ("liberty", "core numeric"),
    ("spc", "core numeric"),
    ("diffusion", "core numeric"),
    ("litho", "core numeric"),
    ("learn", "core numeric"),
    ("metrology", "core numeric"),
    ("runner", "core files"),
    ("history", "core files"),
    ("archive", "core files"),
    ("pages", "core"),
    ("campaign", "core numeric files pvt engine report runner history archive"),
    ("assurance", "core numeric litho learn metrology"),
    ("cells", "core numeric files campaign engine liberty pvt runner"),
];

#[test]
fn arrows_between_crates_point_down() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(common::repository())
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let may_know: BTreeMap<&str, &str> = MAY_KNOW.into_iter().collect();
    let ours = |name: &str| name.strip_prefix("libchar-").map(str::to_owned);
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        // The binary may depend on all of them.
        let Some(name) = ours(package["name"].as_str().expect("a name")) else { continue };
        let Some(allowed) = may_know.get(name.as_str()) else {
            wrong.push(format!("{name} has no row in MAY_KNOW"));
            continue;
        };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let to_test = dependency["kind"] == "dev";
            let Some(known) = ours(dependency["name"].as_str().expect("a name")) else { continue };
            if !to_test && !allowed.split(' ').any(|a| a == known) {
                wrong.push(format!("{name} may not know {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/architecture.md says who may know whom:\n{}", wrong.join("\n"));
}

/// Lines that `src/` may have. It holds arguments, words for the terminal and exit codes; what can be
/// tested without a process belongs in a crate. The number may only become smaller.
const MOST_LINES_OF_SRC: usize = 17_500;

#[test]
fn the_program_itself_stays_small() {
    let lines: usize =
        files(&common::repository().join("src")).values().map(|text| text.lines().count()).sum();
    assert!(
        lines <= MOST_LINES_OF_SRC,
        "src has {lines} lines, {MOST_LINES_OF_SRC} at most: move what needs no process to a crate"
    );
}

/// Files of one crate that import each other in a circle. A file may import its parents, which
/// declare the words of its module.
#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    let root = common::repository();
    let mut sources = vec![root.join("src")];
    for entry in std::fs::read_dir(root.join("crates")).expect("the folder of the crates") {
        sources.push(entry.expect("an entry").path().join("src"));
    }
    let mut found: Vec<String> = Vec::new();
    for source in sources {
        let crate_name = source.strip_prefix(root).expect("within").display().to_string();
        found.extend(circles(&files(&source)).into_iter().map(|c| format!("{crate_name}: {c}")));
    }
    assert!(found.is_empty(), "move what both sides need into a file of its own: {found:#?}");
}

/// Text of the files below a folder, by module path; `lib.rs` and `main.rs` are the empty path.
fn files(source: &Path) -> BTreeMap<Vec<String>, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(source).expect("within").with_extension("");
                let mut module: Vec<String> =
                    below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
                files.insert(module, std::fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    files
}

/// Sets of files that reach each other, members joined by ` <-> `.
fn circles(files: &BTreeMap<Vec<String>, String>) -> Vec<String> {
    let mut reach: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> = files
        .iter()
        .map(|(module, text)| (module, imports(module, text, files).into_iter().collect()))
        .collect();
    // Warshall's algorithm: which files a file reaches through one more file.
    for middle in files.keys() {
        let beyond = reach[middle].clone();
        for from in files.keys().filter(|from| *from != middle) {
            if reach[from].contains(middle) {
                reach.get_mut(from).expect("a file").extend(&beyond);
            }
        }
    }
    let mut told = BTreeSet::new();
    for module in files.keys().filter(|module| reach[*module].contains(module)) {
        let members = reach[module].iter().filter(|other| reach[**other].contains(module));
        told.insert(members.map(|m| m.join("::")).collect::<Vec<_>>().join(" <-> "));
    }
    told.into_iter().collect()
}

/// Files that a file imports, without its parents and without what its tests import.
fn imports<'a>(
    module: &[String],
    text: &str,
    files: &'a BTreeMap<Vec<String>, String>,
) -> Vec<&'a Vec<String>> {
    let mut found = Vec::new();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<&str> =
        code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    for statement in lines.join("\n").split("use ").skip(1) {
        let Some(tree) = statement.split(';').next() else { continue };
        for path in leaves(tree) {
            let mut parts = path.split("::").map(str::trim);
            let mut target = match parts.next() {
                Some("crate") => Vec::new(),
                Some("super") => module[..module.len().saturating_sub(1)].to_vec(),
                Some("self") => module.to_vec(),
                _ => continue,
            };
            for part in parts {
                if part == "super" {
                    target.pop();
                } else {
                    target.push(part.split(" as ").next().unwrap_or_default().to_owned());
                }
            }
            // The longest part of the path that is a file.
            while !target.is_empty() && !files.contains_key(&target) {
                target.pop();
            }
            if let Some((file, _)) = files.get_key_value(&target)
                && !module.starts_with(file)
            {
                found.push(file);
            }
        }
    }
    found
}

/// The paths of a `use` tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((head, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inner.chars() {
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().expect("one part at least").push(c);
            }
        }
    }
    parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| leaves(part))
        .map(|leaf| format!("{}{leaf}", head.trim()))
        .collect()
}

#[test]
fn a_circle_is_seen() {
    let file = |name: &str, text: &str| {
        (name.split("::").filter(|p| !p.is_empty()).map(str::to_owned).collect(), text.to_owned())
    };
    let files: BTreeMap<Vec<String>, String> = [
        file("", "use crate::a::A;"),
        file("a", "use crate::{b::{self, B}, d};\nuse std::fmt;"),
        file("b", "pub use super::c::x::C;"),
        file("c::x", "use crate::a;"),
        file("d", "// use crate::a;\n#[cfg(test)]\nmod tests { use crate::a; }"),
    ]
    .into();
    assert_eq!(circles(&files), ["a <-> b <-> c::x"]);
}
