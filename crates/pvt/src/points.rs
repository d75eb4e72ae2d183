//! `points.csv`: the matrix as generated, one row for each point, with the hash of its deck.

use crate::point::{self, Point, Supply, Swept};
use crate::{label, sweeps, temperature};
use libchar_core::{Cell, Fault, Faults, Frame, Table};
use std::collections::BTreeMap;

/// Name of the index in a domain.
pub const FILE: &str = "points.csv";

/// The most groups of supplies.
pub const GROUPS: usize = 3;

/// The prefix of the column of a swept axis.
const SWEEP: &str = "sweep_";

/// The columns of a table with this number of supply groups, 1 to 3, and these swept axes.
pub fn columns<'a>(groups: usize, swept: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut columns: Vec<String> =
        ["point", "corner", "extraction", "temp_c", "supply", "section"].map(str::to_owned).into();
    for group in 0..groups {
        columns.extend(supply_columns(group));
    }
    columns.extend(swept.map(|name| format!("{SWEEP}{name}")));
    columns.extend(["deck", "deck_sha256"].map(str::to_owned));
    columns
}

/// `vccn_v` and `vcctx_v` of a group, from 0; the second group's are `vccn2_v` and `vcctx2_v`.
fn supply_columns(group: usize) -> [String; 2] {
    let number = if group == 0 { String::new() } else { (group + 1).to_string() };
    ["vccn", "vcctx"].map(|name| format!("{name}{number}_v"))
}

/// An empty frame of points with this number of supply groups and these swept axes.
pub fn frame<'a>(groups: usize, swept: impl Iterator<Item = &'a str>) -> Frame {
    Frame::new("libchar.points", 1, columns(groups, swept))
}

/// The cells of a point, in the order of [`columns`].
pub fn row(point: &Point) -> Vec<Cell> {
    let mut row = vec![
        Cell::from(point.id.as_str()),
        point.corner.as_str().into(),
        point.extraction.as_str().into(),
        point.temp_c.into(),
        point.supply.as_str().into(),
        point.section.as_str().into(),
    ];
    for supply in &point.supplies {
        row.extend([Cell::from(supply.vccn_v), supply.vcctx_v.into()]);
    }
    row.extend(point.sweep.iter().map(|swept| Cell::from(swept.value)));
    row.extend([Cell::from(point.deck.as_str()), point.deck_sha256.as_str().into()]);
    row
}

/// Reads points from `points.csv`, or from the CSV, JSON or JSON lines that `gen` prints.
///
/// # Errors
/// Every fault of the table: a missing column, a cell that is not what [`crate::Point`] says, an id that is not
/// the folder of its row (so that no id leads out of the domain), a point that stands twice.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Point>, Faults> {
    let table = Table::parse(file, bytes)?;
    let columns = Columns::find(&table)?;
    let mut faults = Vec::new();
    let mut points = Vec::with_capacity(table.len());
    let mut lines = BTreeMap::new();
    for row in 0..table.len() {
        match columns.point(&table, row) {
            Ok(point) => {
                if let Some(first) = lines.insert(point.id.clone(), table.line(row)) {
                    let found =
                        format!("the point `{}` occurs twice, first at line {first}", point.id);
                    faults.push(table.fault(row, columns.point, found));
                }
                points.push(point);
            }
            Err(more) => faults.extend(more),
        }
    }
    Faults::or(points, faults)
}

/// Indices of the columns.
struct Columns {
    point: usize,
    corner: usize,
    extraction: usize,
    temp_c: usize,
    supply: usize,
    section: usize,
    supplies: Vec<[usize; 2]>,
    /// Swept axes and their columns.
    sweep: Vec<(String, usize)>,
    deck: usize,
    deck_sha256: usize,
}

impl Columns {
    fn find(table: &Table) -> Result<Columns, Faults> {
        let mut supplies = Vec::new();
        for group in 0..GROUPS {
            let [vccn, vcctx] = supply_columns(group);
            if group > 0 && table.find_column(&vccn).is_none() {
                break;
            }
            supplies.push([table.column(&vccn)?, table.column(&vcctx)?]);
        }
        let swept = table.columns.iter().enumerate();
        let swept = swept.filter_map(|(i, name)| Some((name.strip_prefix(SWEEP)?.to_owned(), i)));
        let sweep: Vec<(String, usize)> = swept.collect();
        if let Some((name, column)) = sweep.iter().find(|(name, _)| !sweeps::is_name(name)) {
            let found = format!("the column `{SWEEP}{name}` names no axis");
            let fault = Fault::at(&table.file, table.header_line(), column + 1, found);
            return Err(fault.expected(sweeps::NAME).into());
        }
        Ok(Columns {
            sweep,
            point: table.column("point")?,
            corner: table.column("corner")?,
            extraction: table.column("extraction")?,
            temp_c: table.column("temp_c")?,
            supply: table.column("supply")?,
            section: table.column("section")?,
            supplies,
            deck: table.column("deck")?,
            deck_sha256: table.column("deck_sha256")?,
        })
    }

    fn point(&self, table: &Table, row: usize) -> Result<Point, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut keep = |result: Result<f64, Fault>| {
            result.unwrap_or_else(|fault| {
                faults.push(fault);
                0.0
            })
        };
        let temp_c = keep(table.number(row, self.temp_c).and_then(|temp_c| {
            temperature::parse(&libchar_core::number::shortest(temp_c)).ok_or_else(|| {
                let found = format!("temp_c is {}", table.cell(row, self.temp_c));
                table.fault(row, self.temp_c, found).expected(temperature::EXPECTED)
            })
        }));
        let supplies = self
            .supplies
            .iter()
            .map(|[vccn, vcctx]| Supply {
                vccn_v: keep(table.number(row, *vccn)),
                vcctx_v: keep(table.number(row, *vcctx)),
            })
            .collect();
        let sweep = self.swept(table, row, &mut faults);
        for column in [self.corner, self.extraction, self.section] {
            faults.extend(label_fault(table, row, column, label::MAX_LENGTH));
        }
        faults.extend(label_fault(table, row, self.supply, GROUPS * (label::MAX_LENGTH + 1)));
        let text = |column: usize| table.cell(row, column).to_owned();
        let point = Point {
            id: text(self.point),
            corner: text(self.corner),
            extraction: text(self.extraction),
            temp_c,
            supply: text(self.supply),
            section: text(self.section),
            supplies,
            sweep,
            deck: text(self.deck),
            deck_sha256: text(self.deck_sha256),
        };
        if faults.is_empty() {
            faults.extend(self.place_faults(table, row, &point));
        }
        if faults.is_empty() { Ok(point) } else { Err(faults) }
    }

    /// The values of the swept axes; their labels are in the point's id.
    fn swept(&self, table: &Table, row: usize, faults: &mut Vec<Fault>) -> Vec<Swept> {
        let folders: Vec<&str> = table.cell(row, self.point).split('/').skip(4).collect();
        let mut sweep = Vec::with_capacity(self.sweep.len());
        for (at, (name, column)) in self.sweep.iter().enumerate() {
            let label = folders
                .get(at)
                .and_then(|folder| folder.strip_prefix(name.as_str())?.strip_prefix('_'))
                .filter(|label| label::is_valid(label));
            match (table.number(row, *column), label) {
                (Ok(value), Some(label)) => {
                    sweep.push(Swept { name: name.clone(), label: label.to_owned(), value });
                }
                (Err(fault), _) => faults.push(fault),
                (_, None) => {
                    let found = format!("the point is `{}`", table.cell(row, self.point));
                    let expected = format!("a folder `{name}_<label>` at level {}", at + 5);
                    faults.push(table.fault(row, self.point, found).expected(expected));
                }
            }
        }
        sweep
    }

    /// Faults of what names files: the id, the deck and its hash.
    fn place_faults(&self, table: &Table, row: usize, point: &Point) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Point { corner, extraction, temp_c, supply, sweep, .. } = point;
        let id = point::id(corner, extraction, *temp_c, supply, sweep);
        if point.id != id {
            let fault = table.fault(row, self.point, format!("the point is `{}`", point.id));
            faults.push(fault.expected(format!("`{id}`, the folder of this row")));
        }
        let name = point.deck.strip_prefix(&id).and_then(|rest| rest.strip_prefix('/'));
        if name.is_none_or(|name| name.is_empty() || name.contains('/') || name.starts_with('.')) {
            let fault = table.fault(row, self.deck, format!("the deck is `{}`", point.deck));
            faults.push(fault.expected(format!("a file in `{id}/`")));
        }
        let hash = point.deck_sha256.as_bytes();
        if hash.len() != 64 || !hash.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            let found = format!("the hash is `{}`", point.deck_sha256);
            let fault = table.fault(row, self.deck_sha256, found);
            faults.push(fault.expected("64 lower-case hexadecimal digits"));
        }
        faults
    }
}

fn label_fault(table: &Table, row: usize, column: usize, longest: usize) -> Option<Fault> {
    let cell = table.cell(row, column);
    let valid = cell.len() <= longest && label::is_joined(cell);
    (!valid).then(|| {
        let found = format!("`{cell}` in column `{}`", table.columns[column]);
        table.fault(row, column, found).expected(label::EXPECTED)
    })
}

#[cfg(test)]
mod tests {
    use super::{frame, parse, row};
    use crate::point::{self, Point, Supply, Swept};

    fn point(supplies: usize) -> Point {
        swept(supplies, &[])
    }

    fn swept(supplies: usize, sweep: &[Swept]) -> Point {
        let id = point::id("TT", "typical", -40.0, "v1min", sweep);
        Point {
            deck: format!("{id}/sim_tx.sp"),
            id,
            corner: "TT".to_owned(),
            extraction: "typical".to_owned(),
            temp_c: -40.0,
            supply: "v1min".to_owned(),
            section: "TT".to_owned(),
            supplies: vec![Supply { vccn_v: 0.99, vcctx_v: 1.1 }; supplies],
            sweep: sweep.to_vec(),
            deck_sha256: "a".repeat(64),
        }
    }

    #[test]
    fn points_read_back() {
        for groups in 1..=3 {
            let mut frame = frame(groups, std::iter::empty());
            frame.push(row(&point(groups)));
            assert_eq!(parse("points.csv", &frame.to_csv()).unwrap(), [point(groups)]);
        }
        let axis = |name: &str, label: &str, value| Swept {
            name: name.to_owned(),
            label: label.to_owned(),
            value,
        };
        let point = swept(2, &[axis("cload", "5f", 5e-15), axis("a_b", "c_d", -1.0)]);
        let mut frame = frame(2, ["cload", "a_b"].into_iter());
        frame.push(row(&point));
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        assert_eq!(parse("points.csv", csv.as_bytes()).unwrap(), [point]);
        let wrong = csv.replacen("/cload_5f", "/cload5f", 1);
        insta::assert_snapshot!(parse("points.csv", wrong.as_bytes()).unwrap_err(), @"
        points.csv:2:1: the point is `TT/typical/typical_m40/v1min/cload5f/a_b_c_d`
          expected a folder `cload_<label>` at level 5
        ");
    }

    #[test]
    fn no_row_leads_out_of_the_domain() {
        let sound = {
            let mut frame = frame(1, std::iter::empty());
            frame.push(row(&point(1)));
            String::from_utf8(frame.to_csv()).unwrap()
        };
        let fault = |from: &str, to: &str| {
            parse("points.csv", sound.replacen(from, to, 1).as_bytes()).unwrap_err().to_string()
        };
        insta::assert_snapshot!(fault("\nTT/typical/", "\n../../"), @"
        points.csv:2:1: the point is `../../typical_m40/v1min`
          expected `TT/typical/typical_m40/v1min`, the folder of this row
        ");
        insta::assert_snapshot!(fault("v1min/sim_tx.sp", "v1min/../x.sp"), @"
        points.csv:2:63: the deck is `TT/typical/typical_m40/v1min/../x.sp`
          expected a file in `TT/typical/typical_m40/v1min/`
        ");
        insta::assert_snapshot!(fault("aaaa", "AAAA"), @"
        points.csv:2:102: the hash is `AAAAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`
          expected 64 lower-case hexadecimal digits
        ");
        insta::assert_snapshot!(fault(",TT,", ",../x,"), @"
        points.csv:2:30: `../x` in column `corner`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        ");
        insta::assert_snapshot!(fault(",-40,", ",-400,"), @"
        points.csv:2:41: temp_c is -400
          expected degrees Celsius between -273.15 and 1000, such as 85, m40 or -40
        ");
        insta::assert_snapshot!(fault("temp_c", "temp"), @"
        points.csv:1:1: no column `temp_c`
          expected one of: point, corner, extraction, temp, supply, section, vccn_v, vcctx_v, deck, deck_sha256
          did you mean `temp`?
        ");
        let twice = format!("{sound}{}", sound.lines().nth(1).unwrap());
        insta::assert_snapshot!(parse("points.csv", twice.as_bytes()).unwrap_err(), @"points.csv:3:1: the point `TT/typical/typical_m40/v1min` occurs twice, first at line 2");
    }
}
