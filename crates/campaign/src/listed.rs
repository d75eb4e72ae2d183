//! Lists of points that one stage passes to the next.

use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults, Table, input};
use libchar_pvt::Point;
use std::collections::BTreeSet;

/// The ids in a list: one per line (`#` starts a comment), or the `point` column of CSV, JSON or
/// JSON lines.
///
/// A list may be empty: then the previous stage had no points to pass on.
///
/// # Errors
/// Every id that is not a point of the matrix, with the nearest one.
pub fn read(points: &[Point], file: &str, bytes: &[u8]) -> Result<BTreeSet<String>, Faults> {
    let wanted = ids(file, bytes)?;
    let known: BTreeSet<&str> = points.iter().map(|point| point.id.as_str()).collect();
    let unknown = wanted.iter().filter(|(id, _)| !known.contains(id.as_str()));
    let faults = unknown
        .map(|(id, line)| {
            let fault = Fault::at(file, *line, 1, format!("`{id}` is not a point of points.csv"));
            Fault {
                nearest: nearest(id, known.iter().copied()).map(str::to_owned),
                ..fault.expected("an id such as those that `libchar gen` prints")
            }
        })
        .collect();
    Faults::or(wanted.into_iter().map(|(id, _)| id).collect(), faults)
}

fn ids(file: &str, bytes: &[u8]) -> Result<Vec<(String, usize)>, Faults> {
    let text = input::text(file, bytes)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let is_table = first.starts_with(['{', '['])
        || first.split(',').any(|name| name.trim().trim_matches('"') == "point");
    if !is_table {
        let lines = text.lines().enumerate().map(|(i, line)| (line.trim().to_owned(), i + 1));
        return Ok(lines.filter(|(id, _)| !id.is_empty() && !id.starts_with('#')).collect());
    }
    let table = Table::parse(file, bytes)?;
    let column = table.column("point")?;
    Ok((0..table.len()).map(|row| (table.cell(row, column).to_owned(), table.line(row))).collect())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::fixture::Domain;

    #[test]
    fn a_list_is_lines_or_a_column_and_names_points() {
        let mut domain = Domain::new(2);
        for (point, id) in domain.points.iter_mut().zip(["TT/v0", "TT/v1"]) {
            point.id = id.to_owned();
        }
        let of = |text: &str| {
            read(&domain.points, "-", text.as_bytes())
                .map(|ids| ids.into_iter().collect::<Vec<_>>())
                .map_err(|faults| faults.to_string())
        };
        assert_eq!(of("# all\n\n  TT/v1\nTT/v0\nTT/v1\n").unwrap(), ["TT/v0", "TT/v1"]);
        assert_eq!(of("corner,point\nTT,TT/v1\n").unwrap(), ["TT/v1"]);
        assert_eq!(of("{\"point\": \"TT/v0\", \"x\": 1}\n").unwrap(), ["TT/v0"]);
        assert_eq!(of("").unwrap(), [""; 0], "the stage before found nothing");
        let error = of("TT/v0\nTT/v2\n").unwrap_err();
        assert!(error.starts_with("-:2:1: `TT/v2` is not a point of points.csv"), "{error}");
        assert!(error.contains("did you mean `TT/v1`?") || error.contains("TT/v0"), "{error}");
    }
}
