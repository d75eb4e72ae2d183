//! Libraries that a foundry published: they read, write and check as their makers meant them.

#![allow(clippy::disallowed_methods, reason = "a test reads its files")]

use libchar_liberty::check::{Severity, check};
use libchar_liberty::{Group, Value, read};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// The published tables, or nothing with a word about it.
fn published() -> Option<PathBuf> {
    libchar_testing::reference_data().map(|folder| folder.join("sky130"))
}

fn json(path: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Adds what a JSON object of the published form holds: `group,argument` is a group, a list of objects several.
fn fill(group: &mut Group, object: &Json) {
    for (key, value) in object.as_object().unwrap() {
        let mut names = key.split(',');
        let name = names.next().unwrap();
        let arguments: Vec<Value> = names.map(Value::string).collect();
        let mut push = |value: &Json| {
            let mut inner = Group { arguments: arguments.clone(), ..Group::new(name) };
            fill(&mut inner, value);
            group.push(inner);
        };
        match value {
            Json::Object(_) => push(value),
            Json::Array(all) if name == "define" => {
                for define in all {
                    let part = |key: &str| Value::word(define[key].as_str().unwrap());
                    group.add(
                        "define",
                        ["attribute_name", "group_name", "attribute_type"].map(part).to_vec(),
                    );
                }
            }
            Json::Array(all) if all.iter().all(Json::is_object) => all.iter().for_each(push),
            Json::Array(all) if name == "comp_attribute" => {
                let values = |list: &Json| list.as_array().unwrap().iter().map(scalar).collect();
                if all.iter().all(Json::is_array) {
                    all.iter().for_each(|list| group.add(&arguments[0].text, values(list)));
                } else {
                    group.add(&arguments[0].text, values(value));
                }
            }
            Json::Array(all) => {
                let row = |list: &Json| {
                    Value::row(
                        &list
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|n| n.as_f64().unwrap())
                            .collect::<Vec<_>>(),
                    )
                };
                let rows = if all.iter().all(Json::is_array) {
                    all.iter().map(row).collect()
                } else {
                    vec![row(value)]
                };
                group.add(name, rows);
            }
            value => group.set(name, scalar(value)),
        }
    }
}

fn scalar(value: &Json) -> Value {
    match value {
        Json::String(text) if text == "true" || text == "false" => Value::word(text),
        Json::String(text) => Value::string(text),
        value => Value::number(value.as_f64().unwrap()),
    }
}

/// A library of all published cells at one corner.
fn library(folder: &Path, corner: &str) -> String {
    let mut library = Group::named("library", &format!("sky130_fd_sc_hd__{corner}"));
    let timing = folder.join("timing");
    fill(&mut library, &json(&timing.join("sky130_fd_sc_hd__common.lib.json")));
    fill(&mut library, &json(&timing.join(format!("sky130_fd_sc_hd__{corner}.lib.json"))));
    let ending = format!("__{corner}.lib.json");
    let mut files: Vec<PathBuf> = Vec::new();
    for kind in std::fs::read_dir(folder.join("cells")).unwrap() {
        files.extend(
            std::fs::read_dir(kind.unwrap().path()).unwrap().map(|file| file.unwrap().path()),
        );
    }
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(cell) = name.strip_suffix(&ending) {
            let mut group = Group::named("cell", cell);
            fill(&mut group, &json(&file));
            library.push(group);
        }
    }
    format!("{library}\n")
}

#[test]
fn what_a_foundry_published_holds_no_error() {
    let Some(folder) = published() else { return };
    for corner in ["tt_025C_1v80", "ss_100C_1v60", "ff_100C_1v95"] {
        let text = library(&folder, corner);
        let document = read("x.lib", &text).unwrap();
        assert_eq!(document.to_string(), text);
        assert_eq!(document.remarks, []);
        assert!(document.library().groups("cell").count() >= 16);
        let findings = check(&document);
        let errors: Vec<_> =
            findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{corner}: {errors:#?}");
        // Slow inputs make some delays negative; what else is said of them is that a group stands before its name.
        assert!(
            findings.iter().all(|finding| ["conditions", "negative-delay"].contains(&finding.rule))
        );
    }
}
