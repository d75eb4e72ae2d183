//! Writes an example of a configuration file.

use libchar_core::config::{KEYS, Key, Kind};

/// All keys, by table, as comments, with their meaning, and with their default if they have one.
pub fn text() -> String {
    let mut text = "# Configuration of libchar. Every line is a comment: remove the `#` of what you set.\n\
                    # NAME stands for a name of your own. `libchar config` prints what is in effect.\n"
        .to_owned();
    let mut tables: Vec<String> = Vec::new();
    for key in KEYS {
        let table = table(key);
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    for name in tables {
        text.push_str(&format!("\n# [{name}]\n"));
        for key in KEYS.iter().filter(|key| table(key) == name) {
            text.push_str(&format!("# {} = {}  # {}\n", last(key), value(key), key.about));
        }
    }
    text
}

fn named(key: &Key) -> String {
    key.path.replace('*', "NAME")
}

fn table(key: &Key) -> String {
    named(key).rsplit_once('.').map(|(table, _)| table.to_owned()).unwrap_or_default()
}

fn last(key: &Key) -> String {
    named(key).rsplit_once('.').map(|(_, name)| name.to_owned()).unwrap_or_default()
}

/// The default, or a value of the right kind.
fn value(key: &Key) -> String {
    let quoted = |text: &str| format!("{text:?}");
    match (key.kind, key.default) {
        (Kind::Count | Kind::Number | Kind::Bool, Some(default)) => default.to_owned(),
        (Kind::TextList, Some(default)) => {
            let items: Vec<String> = default.split(',').map(quoted).collect();
            format!("[{}]", items.join(", "))
        }
        (_, Some(default)) => quoted(default),
        (Kind::Count | Kind::Number | Kind::Quantity | Kind::Any, None) => "0".to_owned(),
        (Kind::Bool, None) => "false".to_owned(),
        (Kind::Duration, None) => quoted("10m"),
        (Kind::TextList, None) => "[]".to_owned(),
        (Kind::Choice(words), None) => quoted(words.first().copied().unwrap_or_default()),
        (Kind::Text, None) => quoted(""),
    }
}

#[cfg(test)]
mod tests {
    use libchar_core::config::Config;

    #[test]
    fn every_line_is_right_when_its_mark_is_taken_away() {
        let text = super::text();
        let lines = text.lines().skip(2).map(|line| line.strip_prefix("# ").unwrap_or(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        let read = Config::defaults().add_file("example", text.as_bytes(), None, &|_| None, None);
        read.unwrap_or_else(|faults| panic!("{faults}\n{text}"));
    }
}
