use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::Frame;
use libchar_core::config::KEYS;

/// Print every configuration value and where it came from
#[derive(Args)]
pub struct Config {
    /// Print all keys with their defaults and meaning instead
    #[arg(long)]
    keys: bool,
}

pub fn run(args: Config, ctx: &Context) -> Result<Outcome> {
    let frame = if args.keys { keys() } else { values(ctx) };
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn values(ctx: &Context) -> Frame {
    let mut frame = Frame::new("libchar.config", 1, ["key", "value", "origin"]);
    for (key, setting) in ctx.config.iter() {
        let value = match &setting.value {
            value if value.is_str() => value.as_str().unwrap_or_default().to_owned(),
            value => value.to_string(),
        };
        frame.push(vec![key.into(), value.into(), setting.origin.to_string().into()]);
    }
    frame
}

fn keys() -> Frame {
    let mut frame =
        Frame::new("libchar.config-keys", 1, ["key", "default", "variable", "expected", "about"]);
    for key in KEYS {
        let variable = (!key.path.contains('*')).then(|| key.variable());
        frame.push(vec![
            key.path.into(),
            key.default.into(),
            variable.into(),
            key.kind.expected().into(),
            key.about.into(),
        ]);
    }
    frame
}
