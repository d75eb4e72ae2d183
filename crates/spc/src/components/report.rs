//! Variance components as a table, a document and a picture.

use super::{Components, Level};
use libchar_core::Frame;
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE};
use serde_json::{Value, json};

const COLUMNS: [Column<'static, Level>; 12] = [
    ("level", |level| level.name.as_str().into()),
    ("df", |level| level.df.into()),
    ("ss", |level| level.ss.into()),
    ("ms", |level| level.ms.into()),
    ("f", |level| level.f.into()),
    ("p", |level| level.p.into()),
    ("variance", |level| level.variance.into()),
    ("lower", |level| level.interval.map(|i| i[0]).into()),
    ("upper", |level| level.interval.map(|i| i[1]).into()),
    ("percent", |level| level.percent.into()),
    ("sd", |level| level.sd().into()),
    ("variance_untruncated", |level| level.variance_untruncated.into()),
];

impl Level {
    /// Square root of the component; 0 for a negative component that was kept.
    fn sd(&self) -> f64 {
        self.variance.max(0.0).sqrt()
    }
}

impl Components {
    /// A table with one row per level.
    pub fn frame(&self) -> Frame {
        Frame::of("libchar.spc-components", 1, &self.levels, &COLUMNS)
    }

    /// The document of all results for `column`.
    pub fn document(&self, column: &str) -> Value {
        let mut body = json!(self);
        body["column"] = json!(column);
        document("libchar.spc-components", 1, body)
    }

    /// A picture with the share of each level as a bar.
    pub fn picture(&self, column: &str) -> String {
        let levels = || self.levels.iter().enumerate();
        let names = levels().map(|(i, level)| (i as f64 + 0.5, level.name.clone()));
        let x = Axis::linear("level", [0.0, self.levels.len() as f64]).named(names);
        let shares = self.levels.iter().map(|level| level.percent);
        let y = Axis::linear("share of the variance (%)", shares.chain([0.0, 100.0]));
        let mut chart = Chart::new(format!("variance components of {column}"), x, y);
        for (i, level) in levels() {
            let left = i as f64 + 0.2;
            chart.rect((left, 0.0), (left + 0.6, level.percent), PALETTE[0], 0.8);
            let (share, sd) = (significant(level.percent, 3), significant(level.sd(), 3));
            chart.label(left, level.percent, &format!("{share} % (sd {sd})"), "#333333");
        }
        chart.render()
    }
}

#[cfg(test)]
mod tests {
    use crate::components::{Method, components};

    /// Two lots of two values; by hand, MS of lots is 16 and MS within is 1, so that σ² of lots is
    /// (16 − 1)/2 = 7.5.
    #[test]
    fn levels_are_rows_members_and_bars() {
        let values = [9.0, 9.0 + 2f64.sqrt(), 13.0, 13.0 + 2f64.sqrt()];
        let lots = vec![["A", "A", "B", "B"].map(str::to_owned).to_vec()];
        let names = ["lot".to_owned()];
        let found = components(&values, &names, &lots, Some(Method::Anova), false, 0.95).unwrap();
        let csv = String::from_utf8(found.frame().to_csv()).unwrap();
        let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
        assert_eq!((rows.len(), rows[1][0], rows[2][0]), (3, "lot", "residual"));
        let number = |row: usize, name: &str| -> f64 {
            rows[row][rows[0].iter().position(|own| *own == name).unwrap()].parse().unwrap()
        };
        assert!((number(1, "variance") - 7.5).abs() < 1e-9);
        assert!((number(1, "sd") - 7.5f64.sqrt()).abs() < 1e-9);
        assert!((number(2, "percent") - 100.0 / 8.5).abs() < 1e-9);
        let document = found.document("thk_nm");
        assert_eq!(document["column"], "thk_nm");
        assert_eq!(document["levels"][1]["name"], "residual");
        let picture = found.picture("thk_nm");
        assert!(picture.contains("variance components of thk_nm"));
        assert!(picture.contains("11.8 % (sd 1"), "{picture}");
    }
}
