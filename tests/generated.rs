//! Manual pages and completions equal those that the command line generates.
//! `LIBCHAR_BLESS=1 cargo test --test libchar generated` writes them anew.

use crate::common::{Sandbox, repository};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn files(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .expect("the folder exists")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect()
}

fn same(folder: &str, fresh: &BTreeMap<String, String>) {
    let folder = repository().join(folder);
    if std::env::var_os("LIBCHAR_BLESS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in fresh {
            fs::write(folder.join(name), text).expect("a written file");
        }
    }
    let kept = files(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(fresh), "run with LIBCHAR_BLESS=1");
    for (name, text) in fresh {
        assert!(kept[name] == *text, "{name} is not up to date: run with LIBCHAR_BLESS=1");
    }
}

#[test]
fn manual_pages() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["man", "man"]).code, 0);
    same("man", &files(&sandbox.path().join("man")));
}

#[test]
fn completions() {
    let sandbox = Sandbox::new();
    let scripts = [("bash", "libchar.bash"), ("zsh", "_libchar"), ("fish", "libchar.fish")];
    let fresh =
        scripts.map(|(shell, name)| (name.to_owned(), sandbox.run(&["completions", shell]).stdout));
    same("completions", &BTreeMap::from(fresh));
}
