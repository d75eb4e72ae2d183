//! One SPICE statement that a user adds to every deck: checked, so that it neither runs anything nor reshapes the deck.

/// What a statement may be, for faults.
pub const EXPECTED: &str =
    "one SPICE statement, such as .option reltol=1e-4; no control or shell command";

/// Dot cards that begin or end a part of the deck, or run commands.
const CARDS: [&str; 10] =
    ["control", "endc", "end", "ends", "eom", "endl", "subckt", "macro", "exec", "prot"];

/// Commands of an interactive simulator that would run if the statement stood in a control section.
const COMMANDS: [&str; 30] = [
    "alter",
    "altermod",
    "alterparam",
    "bg_run",
    "cd",
    "codemodel",
    "destroy",
    "echo",
    "edit",
    "exec",
    "exit",
    "foreach",
    "if",
    "load",
    "osdi",
    "quit",
    "rehash",
    "repeat",
    "reset",
    "resume",
    "rusage",
    "set",
    "shell",
    "source",
    "system",
    "unset",
    "while",
    "wrdata",
    "write",
    "wrs2p",
];

/// Why a text is not a single harmless statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// A character that no statement needs: separators, comments, substitution.
    #[error("holds {0:?}")]
    Character(char),
    /// A dot card that decides the structure of the deck, or that runs commands.
    #[error("is the card `.{0}`")]
    Card(String),
    /// A command.
    #[error("is the command `{0}`")]
    Command(String),
    /// Neither a dot card nor an element.
    #[error("`{0}` is not a SPICE statement")]
    Shape(String),
}

/// Checks that `text` is one SPICE statement: a dot card or an element with its nodes and value.
///
/// # Errors
/// Why it is not one.
pub fn check(text: &str) -> Result<(), StatementError> {
    if let Some(c) = text.chars().find(|c| c.is_control() || matches!(c, ';' | '`' | '$' | '\\')) {
        return Err(StatementError::Character(c));
    }
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let shape = || StatementError::Shape(text.to_owned());
    if let Some(card) = first.strip_prefix('.') {
        return match CARDS.contains(&card) {
            true => Err(StatementError::Card(card.to_owned())),
            false if card.starts_with(|c: char| c.is_ascii_alphabetic()) => Ok(()),
            false => Err(shape()),
        };
    }
    if COMMANDS.contains(&first.as_str()) {
        return Err(StatementError::Command(first));
    }
    // The smallest element has a name, two nodes and a value.
    let element = first.starts_with(|c: char| c.is_ascii_alphabetic()) && words.count() >= 3;
    if element { Ok(()) } else { Err(shape()) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn statements_pass() {
        for text in [
            ".option reltol=1e-4",
            ".PARAM cl='2*10f'",
            "Cload out 0 10f",
            ".ic v(out)=0",
            ".include 'extra models.inc'",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn control_shell_and_structure_do_not() {
        for (text, error) in [
            ("shell rm -rf x", "is the command `shell`"),
            ("Quit", "is the command `quit`"),
            ("source a b c", "is the command `source`"),
            (".CONTROL", "is the card `.control`"),
            (".end", "is the card `.end`"),
            (".param a=1\n.control", "holds '\\n'"),
            (".param a=1; quit", "holds ';'"),
            (".param a=$(id)", "holds '$'"),
            ("* comment", "`* comment` is not a SPICE statement"),
            ("+ continued=1", "`+ continued=1` is not a SPICE statement"),
            ("-rf / x y", "`-rf / x y` is not a SPICE statement"),
            ("!ls a b c", "`!ls a b c` is not a SPICE statement"),
            (".", "`.` is not a SPICE statement"),
        ] {
            assert_eq!(check(text).map_err(|e| e.to_string()), Err(error.to_owned()));
        }
    }
}
