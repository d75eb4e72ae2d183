//! The matrix of points as rows of `points.csv`.

use super::decks::{CHUNK, Decks};
use crate::domain::Domain;
use libchar_core::Frame;
use libchar_pvt::points;
use std::io::{self, Write};

/// Writes `points.csv`, one part at a time.
pub fn write_csv(domain: &Domain, decks: &Decks, out: &mut dyn Write) -> io::Result<()> {
    let mut header = true;
    for part in frames(domain, decks) {
        let csv = part.to_csv();
        let begin = csv.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        out.write_all(if header { &csv } else { &csv[begin..] })?;
        header = false;
    }
    Ok(())
}

fn frames<'a>(domain: &'a Domain, decks: &'a Decks) -> impl Iterator<Item = Frame> + 'a {
    let mut points = decks.points(domain);
    std::iter::from_fn(move || {
        let mut frame = points::frame(domain.matrix.groups(), domain.matrix.swept());
        points.by_ref().take(CHUNK).for_each(|point| frame.push(points::row(&point)));
        (!frame.is_empty()).then_some(frame)
    })
}
