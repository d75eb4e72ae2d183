//! Reads measured focus-exposure matrices.

use libchar_core::input::Source;
use libchar_core::{Fault, Faults, Table};
use libchar_litho::fem::{Point, Seen};

/// A table of measured points.
pub struct Matrix {
    /// The table.
    pub table: Table,
    /// One point per row.
    pub points: Vec<Point>,
    /// Indices of the points to fit.
    pub fit: Vec<usize>,
    /// Indices of the points that are held out to judge the fit.
    pub held_out: Vec<usize>,
    /// Whether the table gives the sigmas of its widths.
    pub sigma_known: bool,
    /// Number of empty cells of `cd_nm`.
    pub blank: usize,
}

impl Matrix {
    /// A sentence on how many points without a width are ignored; `None` if an empty width means
    /// that the point did not print.
    pub fn unknown_blanks(&self) -> Option<String> {
        let is_told = self.blank > 0 && self.points.iter().any(|p| p.seen == Seen::Unknown);
        is_told.then(|| {
            format!(
                "{} points without a width are not used, because `printed` does not state whether they printed; --blanks-did-not-print uses them",
                self.blank
            )
        })
    }
}

/// Required columns, and optional ones.
const NEEDED: [&str; 5] = ["pitch_nm", "target_cd_nm", "dose_mj_cm2", "focus_nm", "cd_nm"];
const KNOWN: [&str; 9] = [
    "pitch_nm",
    "target_cd_nm",
    "dose_mj_cm2",
    "focus_nm",
    "cd_nm",
    "sigma_nm",
    "site_x",
    "printed",
    "split",
];

/// Without a column `split` every fifth row, counted within each pitch, is held out.
const HELD_OUT: usize = 5;

/// Reads a matrix. `blanks_did_not_print` says what an empty width means if no column `printed`
/// does.
///
/// # Errors
/// All faults of all rows at once.
pub fn read(source: &Source, blanks_did_not_print: bool) -> Result<Matrix, Faults> {
    let table = Table::parse(&source.name, &source.bytes)?;
    let mut faults: Vec<Fault> =
        NEEDED.iter().filter_map(|name| table.column(name).err()).collect();
    for (i, name) in table.columns.iter().enumerate() {
        if !KNOWN.contains(&name.as_str()) {
            let fault = table.header_fault(i, format!("unknown column `{name}`"));
            faults.push(fault.one_of(name, KNOWN));
        }
    }
    Faults::or((), faults)?;
    let at = |name: &str| table.find_column(name);
    let mut faults = Vec::new();
    let (mut points, mut fit, mut held_out, mut blank) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for row in 0..table.len() {
        let number = |name: &str, least: f64, faults: &mut Vec<Fault>| {
            number_above(&table, row, at(name).unwrap_or(0), least).unwrap_or_else(|fault| {
                faults.push(fault);
                1.0
            })
        };
        let [pitch_nm, target_cd_nm, dose_mj_cm2] =
            ["pitch_nm", "target_cd_nm", "dose_mj_cm2"].map(|name| number(name, 0.0, &mut faults));
        let focus_nm = number("focus_nm", f64::NEG_INFINITY, &mut faults);
        let sigma_nm = match at("sigma_nm") {
            Some(_) => number("sigma_nm", 0.0, &mut faults),
            None => 1.0,
        };
        let site_x = match at("site_x") {
            Some(_) => number("site_x", f64::NEG_INFINITY, &mut faults),
            None => 0.0,
        };
        let cell = |name: &str| at(name).map_or("", |column| table.cell(row, column));
        let printed = match cell("printed") {
            "" => None,
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            other => {
                let fault = table.fault(row, at("printed").unwrap_or(0), format!("`{other}`"));
                faults.push(fault.expected("yes or no"));
                None
            }
        };
        let has_width = !cell("cd_nm").is_empty();
        let seen = match (has_width, printed) {
            (true, Some(false)) => {
                let found = "a width of a point that did not print";
                faults.push(table.fault(row, at("cd_nm").unwrap_or(0), found));
                Seen::Unknown
            }
            (true, _) => Seen::Width(number("cd_nm", 0.0, &mut faults)),
            (false, Some(false)) => Seen::Nothing,
            (false, Some(true)) => Seen::Unknown,
            (false, None) => {
                blank += 1;
                if blanks_did_not_print { Seen::Nothing } else { Seen::Unknown }
            }
        };
        match cell("split") {
            "train" | "fit" => fit.push(row),
            "test" => held_out.push(row),
            "" if at("split").is_none() => {
                let own = |p: &&Point| p.pitch_nm == pitch_nm;
                let before = points.iter().filter(own).count();
                // Shift the position from block to block, so that not always the same column of the
                // matrix is held out.
                let turn = (before + before / HELD_OUT / 2) % HELD_OUT;
                if turn == HELD_OUT - 1 { held_out.push(row) } else { fit.push(row) }
            }
            other => {
                let fault = table.fault(row, at("split").unwrap_or(0), format!("`{other}`"));
                faults.push(fault.expected("`train` or `test`"));
            }
        }
        points.push(Point {
            pitch_nm,
            target_cd_nm,
            dose_mj_cm2,
            focus_nm,
            site_x,
            seen,
            sigma_nm,
        });
    }
    if table.is_empty() {
        faults.push(Fault::of(&table.file, "no point: the table has no rows"));
    }
    let sigma_known = at("sigma_nm").is_some();
    Faults::or(Matrix { table, points, fit, held_out, sigma_known, blank }, faults)
}

/// A number above a bound in a cell.
fn number_above(table: &Table, row: usize, column: usize, least: f64) -> Result<f64, Fault> {
    let value = table.number(row, column)?;
    if value > least {
        return Ok(value);
    }
    let found = format!("`{}` is {value}", table.columns[column]);
    Err(table.fault(row, column, found).expected("a positive number"))
}

#[cfg(test)]
mod tests {
    use super::{Matrix, read};
    use libchar_core::input::Source;
    use libchar_litho::fem::Seen;

    fn matrix(text: &str, blanks_did_not_print: bool) -> Result<Matrix, String> {
        let source = Source { name: "fem.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&source, blanks_did_not_print).map_err(|faults| faults.to_string())
    }

    const HEADER: &str = "pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,cd_nm";

    #[test]
    fn an_empty_width_is_unknown_unless_blanks_did_not_print() {
        let text = format!("{HEADER}\n40,20,30,0,20.5\n40,20,30,50,\n");
        let found = matrix(&text, false).unwrap();
        assert_eq!((found.points[1].seen, found.blank), (Seen::Unknown, 1));
        assert!(!found.sigma_known);
        assert!(found.unknown_blanks().unwrap().starts_with("1 points without a width"));
        assert_eq!(matrix(&text, true).unwrap().unknown_blanks(), None);
        assert_eq!(matrix(&text, true).unwrap().points[1].seen, Seen::Nothing);
        let told =
            format!("{HEADER},printed\n40,20,30,0,20.5,yes\n40,20,30,50,,no\n40,20,30,60,,\n");
        let found = matrix(&told, false).unwrap();
        assert_eq!(
            found.points.iter().map(|p| p.seen).collect::<Vec<_>>(),
            [Seen::Width(20.5), Seen::Nothing, Seen::Unknown]
        );
    }

    #[test]
    fn without_a_split_every_fifth_row_of_a_pitch_is_held_out() {
        let rows = (0..10).map(|i| format!("40,20,30,{i},20\n"));
        let found = matrix(&format!("{HEADER}\n{}", rows.collect::<String>()), false).unwrap();
        assert_eq!((found.fit.len(), found.held_out.len()), (8, 2));
        let split = format!("{HEADER},split\n40,20,30,0,20,train\n40,20,30,1,20,test\n");
        let found = matrix(&split, false).unwrap();
        assert_eq!((found.fit, found.held_out), (vec![0], vec![1]));
    }

    #[test]
    fn all_faults_are_told_with_their_places() {
        let text =
            format!("{HEADER},printed,split\n-40,20,30,0,20,maybe,later\n40,20,30,0,20,no,train\n");
        assert_eq!(
            matrix(&text, false).err().unwrap(),
            "fem.csv:2:1: `pitch_nm` is -40\n  expected a positive number\n\
             fem.csv:2:16: `maybe`\n  expected yes or no\n\
             fem.csv:2:22: `later`\n  expected `train` or `test`\n\
             fem.csv:3:12: a width of a point that did not print"
        );
        let fault = matrix("pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,cd\n", false).err().unwrap();
        assert!(fault.contains("did you mean `cd_nm`?"), "{fault}");
        assert!(matrix(HEADER, false).err().unwrap().contains("the table has no rows"));
    }
}
