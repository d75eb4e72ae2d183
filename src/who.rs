//! The user who runs the program.

use libchar_history::Actor;
use nix::unistd::{User, getuid};

/// The user's name: from the environment, else from the kernel's user id.
pub fn name() -> String {
    let said = |name: &str| std::env::var(name).ok().filter(|name| !name.is_empty());
    said("USER").or_else(|| said("LOGNAME")).unwrap_or_else(|| {
        let known = User::from_uid(getuid()).ok().flatten().map(|user| user.name);
        known.unwrap_or_else(|| format!("uid {}", uid()))
    })
}

/// The real user id, whatever the environment says.
pub fn uid() -> u32 {
    getuid().as_raw()
}

/// The person who makes a change now.
pub fn actor(by: Option<&str>) -> Actor {
    let user = by.map_or_else(name, str::to_owned);
    Actor { user, uid: uid(), at: jiff::Timestamp::now().to_string() }
}
