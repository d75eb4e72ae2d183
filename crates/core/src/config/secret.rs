//! Values that must not be shown.

/// The text that is shown in place of a secret.
pub const MASK: &str = "***";

/// Words in the name of a variable that holds a secret.
const WORDS: [&str; 5] = ["TOKEN", "KEY", "PASSWORD", "PASSWD", "SECRET"];

/// Whether a variable of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    WORDS.iter().any(|word| name.contains(word))
}
