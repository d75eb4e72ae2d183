//! Help of the whole program: commands by family, and the commands to begin with.

use clap::Command;
use std::fmt::Write;

/// Families in the order of the help, with their commands in the order of the work. A command
/// without a family is listed in the last one.
const FAMILIES: [(&str, &[&str]); 5] = [
    (
        "A circuit at every PVT point",
        &["init", "adopt", "gen", "run", "ext", "srt", "bkp", "usr", "flow", "check", "tune"],
    ),
    ("Standard-cell libraries", &["lib"]),
    ("A fab process", &["spc", "diffuse", "litho-predict"]),
    ("Metrology", &["metro", "vm", "r2r"]),
    (
        "Around them",
        &[
            "report",
            "diff",
            "watch",
            "history",
            "alerts",
            "models",
            "config",
            "man",
            "completions",
            "help",
        ],
    ),
];

/// Makes the help that replaces clap's single list of all commands.
pub fn by_family(definition: Command) -> Command {
    let help = help_of_clap();
    let own = definition.get_subcommands().filter(|command| !command.is_hide_set());
    let shown: Vec<&Command> = own.chain(&help).collect();
    let width = shown.iter().map(|command| command.get_name().len()).max().unwrap_or(0);
    let mut text = String::new();
    for (i, (family, names)) in FAMILIES.iter().enumerate() {
        let is_last = i + 1 == FAMILIES.len();
        let is_known = |name: &str| FAMILIES.iter().any(|(_, names)| names.contains(&name));
        let mut members: Vec<&Command> = names
            .iter()
            .filter_map(|name| shown.iter().find(|command| command.get_name() == *name).copied())
            .collect();
        if is_last {
            members.extend(shown.iter().filter(|command| !is_known(command.get_name())));
        }
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{family}:");
        for command in members {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {:width$}  {about}", command.get_name());
        }
        text.push('\n');
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{text}Global options:\n{{options}}{{after-help}}"
    );
    definition.help_template(template)
}

/// The subcommand `help`, which clap adds when it builds a command. It is taken from a small
/// command, because building the whole program would take longer than everything else at the start
/// of a command.
fn help_of_clap() -> Option<Command> {
    let mut small = Command::new("small").subcommand(Command::new("any"));
    small.build();
    small.find_subcommand("help").cloned()
}

/// The text of `libchar` without arguments: the three commands to begin with, and where to find the
/// others.
pub fn first_look(definition: &Command) -> String {
    let has = |name: &str| definition.get_subcommands().any(|command| command.get_name() == name);
    let begin = match has("init") {
        true => ("libchar init inverter", "make a folder with all that a first run needs"),
        false => {
            ("libchar check", "in a folder with config.cfg: see what a run would stumble over")
        }
    };
    let steps = [
        begin,
        ("libchar flow", "make decks, simulate every point, extract, judge"),
        ("libchar report --html report.html", "see the result in a browser"),
    ];
    let width = steps.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let about = definition.get_about().map(ToString::to_string).unwrap_or_default();
    let mut text = format!("{about}\n\nTo begin with:\n");
    for (command, what) in steps {
        let _ = writeln!(text, "  {command:width$}  {what}");
    }
    text.push_str("\nUsage: libchar COMMAND; `libchar help` shows all commands, `libchar help COMMAND` explains one.\n");
    text
}
