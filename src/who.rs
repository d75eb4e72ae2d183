//! Who is at the keyboard.

use libchar_history::Actor;
use nix::unistd::{User, getuid};

/// The name: as the environment says, else of the user that the kernel knows.
pub fn name() -> String {
    let said = |name: &str| std::env::var(name).ok().filter(|name| !name.is_empty());
    said("USER").or_else(|| said("LOGNAME")).unwrap_or_else(|| {
        let known = User::from_uid(getuid()).ok().flatten().map(|user| user.name);
        known.unwrap_or_else(|| format!("uid {}", uid()))
    })
}

/// The number of the real user, whatever the environment says.
pub fn uid() -> u32 {
    getuid().as_raw()
}

/// Who does something now.
pub fn actor(by: Option<&str>) -> Actor {
    let user = by.map_or_else(name, str::to_owned);
    Actor { user, uid: uid(), at: jiff::Timestamp::now().to_string() }
}
