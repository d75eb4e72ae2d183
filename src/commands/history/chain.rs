//! The audit chain: prints its head, and verifies it.

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use libchar_archive::{MANIFEST, Manifest};
use libchar_core::{Fault, Faults, Frame, input};
use libchar_history::{Anchor, Head, History as Database};
use std::path::Path;

/// Prints the head of the chain.
pub fn head(database: &Database, ctx: &Context) -> Result<()> {
    let Head { entries, hash } = database.head()?;
    let mut frame = Frame::new("libchar.history-head", 1, ["entries", "hash"]);
    frame.push(vec![entries.into(), hash.into()]);
    ctx.print(&frame)
}

/// Compares the history with its chain, and the chain with the heads in the anchor files.
pub fn verify(database: &Database, anchors: &[impl AsRef<Path>], ctx: &Context) -> Result<Outcome> {
    let mut remembered = Vec::new();
    for path in anchors {
        remembered.extend(read(path.as_ref(), ctx)?);
    }
    let verified = database.verify(&remembered);
    let mut frame = Frame::new("libchar.audit", 1, ["seq", "run", "reason"]);
    for fault in &verified.faults {
        frame.push(vec![
            fault.seq.into(),
            fault.job_id.as_str().into(),
            fault.reason.as_str().into(),
        ]);
    }
    ctx.print(&frame)?;
    if verified.more > 0 {
        ctx.log.warning("verify", format!("and {} more faults", verified.more));
    }
    let verdict = if verified.faults.is_empty() { "intact" } else { "not intact" };
    let Head { entries, hash } = verified.head;
    ctx.log.info("verify", format!("{entries} entries, {verdict}; the last is {hash}"));
    Ok(Outcome::found(verified.faults.len()))
}

/// Reads the heads in a file: a set or its manifest, or lines `ENTRIES,HASH`.
fn read(path: &Path, ctx: &Context) -> Result<Vec<Anchor>> {
    let file = if path.is_dir() { path.join(MANIFEST) } else { path.to_owned() };
    let name = file.display().to_string();
    let anchor = |entries, hash| Anchor { source: name.clone(), head: Head { entries, hash } };
    let source = ctx.read(&name)?;
    if source.bytes.first() == Some(&b'{') {
        let manifest = Manifest::parse(&name, &source.bytes).map_err(Faults::from)?;
        let Some(head) = manifest.history else {
            ctx.log.warning("verify", format!("{name} remembers no history"));
            return Ok(Vec::new());
        };
        return Ok(vec![anchor(i64::try_from(head.entries).unwrap_or(i64::MAX), head.hash)]);
    }
    let text = input::text(&name, &source.bytes).map_err(Faults::from)?;
    let mut faults = Vec::new();
    let mut anchors = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut words = line.split([',', ' ']).filter(|word| !word.is_empty());
        match (words.next(), words.next(), words.next()) {
            (None, ..) | (Some("entries"), Some("hash"), None) => {}
            (Some(entries), Some(hash), None) if entries.parse::<i64>().is_ok() => {
                anchors.push(anchor(entries.parse().unwrap_or_default(), hash.to_owned()));
            }
            _ => faults.push(
                Fault::at(&name, number + 1, 1, "not the end of an audit chain").expected(
                    "ENTRIES,HASH, as `libchar history verify --head` prints, or a manifest",
                ),
            ),
        }
    }
    Ok(Faults::or(anchors, faults)?)
}
