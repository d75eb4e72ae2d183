//! Every command in the documentation exists, with every option that it is shown with.

use crate::common::{Sandbox, repository};
use std::fs;
use std::path::{Path, PathBuf};

/// The code lines of a page: fenced blocks, and lines that are indented by four columns.
fn code(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.replace("\\\n", " ").lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The words of the libchar commands in a line, without comments, redirections and the prompt or
/// key before them.
fn typed(line: &str) -> Vec<Vec<String>> {
    let line = line.split("  #").next().unwrap_or_default().split(" # ").next().unwrap_or_default();
    // Text two columns further to the right describes the command.
    let told = line
        .trim_start()
        .find("   ")
        .map_or(line.len(), |at| line.len() - line.trim_start().len() + at);
    let line = &line[..told];
    let parts = line.split(['|', ';']).flat_map(|part| part.split("&&"));
    parts
        .filter_map(|part| {
            words(part.trim().trim_start_matches(['-', '$', ' ']).trim_start_matches("run: "))
        })
        .collect()
}

fn words(command: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut quote, mut open) = (String::new(), None, false);
    for c in command.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '\'' | '"') => (quote, open) = (Some(c), true),
            (None, ' ') => {
                if open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            _ => word.push(c),
        }
    }
    words.push(word);
    if words.first()? != "libchar" {
        return None;
    }
    let end =
        words.iter().position(|w| w.starts_with(['>', '<']) || w == "2>&1" || w.starts_with('#'));
    words.truncate(end.unwrap_or(words.len()));
    words.retain(|w| !w.is_empty() && w != "&");
    // A description of options names a command with its alternatives; it is no command to type.
    let described =
        words.iter().any(|w| w.contains(['[', ']', '…', '⟨']) || w.ends_with("...") || w == "\\");
    (!described && words.len() > 1).then(|| words.split_off(1))
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_command_of_the_pages_is_understood() {
    let mut files = vec![repository().join("README.md")];
    pages(&repository().join("docs"), &mut files);
    pages(&repository().join("examples"), &mut files);
    files.sort();
    let sandbox = Sandbox::new();
    let (mut tried, mut wrong) = (0, Vec::new());
    for file in &files {
        let text = fs::read_to_string(file).expect("a page");
        for line in code(&text) {
            for mut args in typed(&line) {
                args.push("--help".to_owned());
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let ran = sandbox.run(&args);
                tried += 1;
                if ran.code != 0 {
                    let name = file.strip_prefix(repository()).expect("a page of ours").display();
                    wrong.push(format!("{name}: {line}\n{}", ran.stderr));
                }
            }
        }
    }
    assert!(tried >= 100, "only {tried} commands were found");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn commands_are_found_in_their_lines() {
    let found = |line: &str| typed(line).into_iter().map(|w| w.join(" ")).collect::<Vec<_>>();
    assert_eq!(found("libchar gen | grep ^TT/ | libchar run - # all"), ["gen", "run -"]);
    assert_eq!(found("    libchar diff A B      compares"), ["diff A B"]);
    assert_eq!(found("0 2 * * *  cd x && libchar -q run > y"), ["-q run"]);
    assert_eq!(found("libchar spc chart a.csv --where 'x > 3'"), ["spc chart a.csv --where x > 3"]);
    assert!(found("libchar report [DOC...]").is_empty());
}
