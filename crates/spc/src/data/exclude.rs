//! Points that are excluded from limits and alarms, selected by number or by condition.

use super::prepared::Prepared;
use crate::baseline::Excluded;
use libchar_core::table::condition::Condition;
use libchar_core::{Refused, Table};
use std::collections::BTreeSet;

/// The points that `asked` selects, ascending: point `7`, points `7-9`, or a condition on rows such
/// as `lot == L12`.
///
/// # Errors
/// Text that is neither a point nor a condition, and points that do not exist.
pub fn points(
    asked: &[String],
    reason: &str,
    table: &Table,
    prepared: &Prepared,
) -> Result<Vec<Excluded>, Refused> {
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for text in asked {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        if let (Ok(first), Ok(last)) = (first.trim().parse::<usize>(), last.trim().parse::<usize>())
        {
            let points = prepared.data.len();
            if first == 0 || last < first || last > points {
                let message = format!("--exclude {text}: points are 1 to {points}");
                return Err(Refused::Usage(message));
            }
            found.extend(first - 1..last);
            continue;
        }
        let rows = Condition::parse(text).map_err(Refused::Usage)?.rows(table)?;
        let lines = rows.iter().enumerate().filter(|(_, is)| **is).map(|(row, _)| table.line(row));
        found.extend(lines.filter_map(|line| prepared.point_of_line(line)));
    }
    let told = found.into_iter().map(|i| Excluded {
        point: i + 1,
        line: prepared.lines[i],
        label: prepared.labels.get(i).cloned(),
        reason: reason.to_owned(),
    });
    Ok(told.collect())
}

/// As [`points`], for a single chart, where selecting no point is a mistake.
///
/// # Errors
/// As [`points`]; also if no point is selected.
pub fn some(
    asked: &[String],
    reason: &str,
    table: &Table,
    prepared: &Prepared,
) -> Result<Vec<Excluded>, Refused> {
    let found = points(asked, reason, table, prepared)?;
    match found.is_empty() && !asked.is_empty() {
        true => Err(Refused::Usage(format!("--exclude `{}` names no point", asked.join("`, `")))),
        false => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Design, Kind};
    use crate::data::{Layout, shape};

    fn excluded(asked: &[&str]) -> Result<Vec<(usize, usize)>, String> {
        let csv = b"lot,x\nA,1\nA,2\nB,3\nB,4\nC,5\nC,6\n";
        let table = Table::parse("t.csv", csv).unwrap();
        let layout = Layout { subgroup: Some("lot".to_owned()), ..Layout::default() };
        let prepared = shape(&layout, &table, csv, &Design::new(Kind::XbarR), false).unwrap();
        let asked: Vec<String> = asked.iter().map(|text| (*text).to_owned()).collect();
        let found = some(&asked, "why", &table, &prepared).map_err(|e| e.to_string())?;
        Ok(found.into_iter().map(|point| (point.point, point.line)).collect())
    }

    #[test]
    fn points_are_named_by_number_range_and_condition() {
        assert_eq!(excluded(&["2"]), Ok(vec![(2, 5)]));
        assert_eq!(excluded(&["1-2", "x == 6"]), Ok(vec![(1, 3), (2, 5), (3, 7)]));
        // A row in the middle of a subgroup excludes its whole point.
        assert_eq!(excluded(&["x == 1"]), Ok(vec![(1, 3)]));
        assert_eq!(excluded(&[]), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_point_is_refused() {
        for (asked, words) in [
            ("4", "--exclude 4: points are 1 to 3"),
            ("0", "--exclude 0: points are 1 to 3"),
            ("3-2", "--exclude 3-2: points are 1 to 3"),
            ("x > 99", "--exclude `x > 99` names no point"),
        ] {
            assert_eq!(excluded(&[asked]).unwrap_err(), words);
        }
    }
}
