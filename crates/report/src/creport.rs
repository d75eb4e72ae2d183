//! The report: per measure every point, and what follows from them: extremes, typical value, spread, margin.

/// The report on a domain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The typical point's id.
    pub typ: Option<String>,
    /// The whole that these points are a part of; `None` if it is not known, or if these are all
    /// points.
    pub part: Option<Part>,
    /// The number of points that libchar did not simulate itself.
    pub adopted: usize,
    /// What is newer than the results that the report shows; empty if nothing is, or if that was
    /// not checked.
    pub stale: Vec<Stale>,
    /// The presets of simulator options that points were simulated with, by name.
    pub presets: Vec<Preset>,
    /// One group for each measure and alter, in the order of the results.
    pub groups: Vec<Group>,
}

/// Which part of a whole a report covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The number of points of the whole.
    pub of: usize,
    /// Whether the user chose these points: then they are judged alone, otherwise the others are
    /// lacking.
    pub chosen: bool,
}

/// Inputs of a report that have changed since its values were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// `decks`, `simulations` or `results`: which of these would differ if it were made now.
    pub what: String,
    /// The number of points concerned.
    pub points: usize,
}

/// A preset of simulator options, and its errors against converged simulations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// The options; `None` if they are no longer known.
    pub options: Option<String>,
    /// The largest error that was allowed, in percent; `None` if errors were not measured.
    pub tolerance_pct: Option<f64>,
    /// The largest errors by measure.
    pub errors: Vec<PresetError>,
}

/// The largest errors of a measure with a preset, in percent of the converged value.
#[derive(Debug, Clone, PartialEq)]
pub struct PresetError {
    /// The measure.
    pub measure: String,
    /// At the points among which the options were chosen.
    pub error_pct: f64,
    /// At other points.
    pub verified_pct: Option<f64>,
}

/// All points of one measure and alter.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name of the measure.
    pub measure: String,
    /// The alter, from 1.
    pub alter: u32,
    /// SI unit, empty if it is not known.
    pub unit: String,
    /// The points in the order of the results; none if a limit names a measure that no point has.
    pub rows: Vec<Row>,
}

/// Lower and upper limit, in the measure's unit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Limits {
    /// The least value that passes.
    pub lower: Option<f64>,
    /// The largest value that passes.
    pub upper: Option<f64>,
}

/// One point of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The point's id.
    pub point: String,
    /// The swept step, `vin=0.5 k=1`; empty if nothing is swept.
    pub step: String,
    /// The finite value; `None` unless the status is `ok`.
    pub value: Option<f64>,
    /// `ok`, `failed` or `missing`.
    pub status: String,
    /// The limits at this point.
    pub limits: Limits,
    /// The preset of simulator options; `None` for the deck as written.
    pub preset: Option<String>,
}

/// How values compare with their limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No limit is set.
    Open,
    /// Within the limits; a value equal to a limit passes.
    Pass,
    /// No value is outside, but a value with a limit is lacking, or points are lacking that the
    /// user did not leave out.
    NotJudged,
    /// At least one value is outside.
    Fail,
}

impl Verdict {
    /// `PASS`, `FAIL`, `NOT-JUDGED`, or `-` without limits.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Open => "-",
            Verdict::Pass => "PASS",
            Verdict::NotJudged => "NOT-JUDGED",
            Verdict::Fail => "FAIL",
        }
    }
}

/// An extreme value, and its row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extreme<'a> {
    /// The value.
    pub value: f64,
    /// Its row.
    pub row: &'a Row,
}

impl Row {
    /// The distance to the nearer limit, negative outside; and that limit.
    pub fn margin(&self) -> Option<(f64, f64)> {
        let value = self.value?;
        let below = self.limits.upper.map(|upper| (upper - value, upper));
        let above = self.limits.lower.map(|lower| (value - lower, lower));
        match (below, above) {
            (Some(below), Some(above)) => Some(if above.0 < below.0 { above } else { below }),
            (below, above) => below.or(above),
        }
    }

    /// How the value compares with its limits.
    pub fn verdict(&self) -> Verdict {
        match (self.limits, self.margin()) {
            (Limits { lower: None, upper: None }, _) => Verdict::Open,
            (_, Some((margin, _))) if margin >= 0.0 => Verdict::Pass,
            (_, Some(_)) => Verdict::Fail,
            (_, None) => Verdict::NotJudged,
        }
    }
}

impl Group {
    /// Number of rows of a status.
    pub fn count(&self, status: &str) -> usize {
        self.rows.iter().filter(|row| row.status == status).count()
    }

    fn extreme(&self, beats: impl Fn(f64, f64) -> bool) -> Option<Extreme<'_>> {
        let values = self.rows.iter().filter_map(|row| Some(Extreme { value: row.value?, row }));
        // Of equal rows, the first one is taken.
        values.reduce(|best, next| if beats(next.value, best.value) { next } else { best })
    }

    /// The least value.
    pub fn min(&self) -> Option<Extreme<'_>> {
        self.extreme(|a, b| a < b)
    }

    /// The largest value.
    pub fn max(&self) -> Option<Extreme<'_>> {
        self.extreme(|a, b| a > b)
    }

    /// The value at the typical point; the first one if the point has several steps.
    pub fn typ(&self, point: Option<&str>) -> Option<f64> {
        let point = point?;
        self.rows.iter().find(|row| row.point == point)?.value
    }

    /// Largest less least value.
    pub fn spread(&self) -> Option<f64> {
        Some(self.max()?.value - self.min()?.value).filter(|spread| spread.is_finite())
    }

    /// The spread as a percentage of the typical value's magnitude.
    pub fn spread_pct(&self, typ: Option<&str>) -> Option<f64> {
        percent(self.spread()?, self.typ(typ)?)
    }

    /// The smallest margin, its row, and the margin as a percentage of the limit's magnitude.
    pub fn margin(&self) -> Option<(Extreme<'_>, Option<f64>)> {
        let margins = self.rows.iter().filter_map(|row| row.margin().map(|margin| (margin, row)));
        let ((value, limit), row) =
            margins.reduce(|worst, next| if next.0.0 < worst.0.0 { next } else { worst })?;
        Some((Extreme { value, row }, percent(value, limit)))
    }

    /// The worst verdict of the points; not judged if there are limits but no points.
    pub fn verdict(&self) -> Verdict {
        self.rows.iter().map(Row::verdict).max().unwrap_or(Verdict::NotJudged)
    }

    /// Number of rows that have a limit but no value to compare with it.
    pub fn not_judged(&self) -> usize {
        self.rows.iter().filter(|row| row.verdict() == Verdict::NotJudged).count()
    }
}

impl Report {
    /// The worst verdict of the measures; if points are lacking, at best not judged.
    pub fn verdict(&self) -> Verdict {
        let measured = self.groups.iter().map(Group::verdict).max().unwrap_or(Verdict::Open);
        if self.lacking() > 0 { measured.max(Verdict::NotJudged) } else { measured }
    }

    /// The number of points that are lacking and that the user did not leave out.
    pub fn lacking(&self) -> usize {
        match self.part {
            Some(Part { of, chosen: false }) => of.saturating_sub(self.points()),
            _ => 0,
        }
    }

    /// The number of measures that are not judged, and the number of points concerned.
    pub fn not_judged(&self) -> (usize, usize) {
        let groups =
            self.groups.iter().filter(|group| group.verdict() == Verdict::NotJudged).count();
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        let rows = rows.filter(|row| row.verdict() == Verdict::NotJudged);
        let points: std::collections::BTreeSet<&str> = rows.map(|row| row.point.as_str()).collect();
        (groups, points.len())
    }

    /// The number of measures that miss a limit.
    pub fn failures(&self) -> usize {
        self.groups.iter().filter(|group| group.verdict() == Verdict::Fail).count()
    }

    /// The number of rows without a value.
    pub fn faulty(&self) -> usize {
        self.groups.iter().flat_map(|group| &group.rows).filter(|row| row.value.is_none()).count()
    }

    /// Number of different points that were simulated with a preset.
    pub fn points_with(&self, preset: &str) -> usize {
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        let with = rows.filter(|row| row.preset.as_deref() == Some(preset));
        with.map(|row| row.point.as_str()).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Number of different points.
    pub fn points(&self) -> usize {
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        rows.map(|row| row.point.as_str()).collect::<std::collections::BTreeSet<_>>().len()
    }
}

fn percent(part: f64, whole: f64) -> Option<f64> {
    Some(100.0 * part / whole.abs()).filter(|percent| percent.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Group, Limits, Row, Verdict};

    fn row(point: &str, value: Option<f64>, lower: Option<f64>, upper: Option<f64>) -> Row {
        Row {
            point: point.to_owned(),
            step: String::new(),
            value,
            status: if value.is_some() { "ok" } else { "failed" }.to_owned(),
            limits: Limits { lower, upper },
            preset: None,
        }
    }

    fn group(rows: Vec<Row>) -> Group {
        Group { measure: "tphl".to_owned(), alter: 1, unit: "s".to_owned(), rows }
    }

    #[test]
    fn margins_are_to_the_nearer_limit_and_a_value_on_it_passes() {
        let row = row("a", Some(8.0), Some(1.0), Some(10.0));
        assert_eq!(row.margin(), Some((2.0, 10.0)));
        assert_eq!(
            super::tests::row("a", Some(2.0), Some(1.0), Some(10.0)).margin(),
            Some((1.0, 1.0))
        );
        assert_eq!(super::tests::row("a", Some(10.0), None, Some(10.0)).verdict(), Verdict::Pass);
        assert_eq!(super::tests::row("a", Some(10.5), None, Some(10.0)).verdict(), Verdict::Fail);
        assert_eq!(super::tests::row("a", None, None, Some(10.0)).verdict(), Verdict::NotJudged);
        assert_eq!(super::tests::row("a", None, None, None).verdict(), Verdict::Open);
    }

    /// The percentage is relative to the limit's magnitude: 2 above a lower limit of -10 is 20 % of
    /// room, not -20 %.
    #[test]
    fn percentages_of_negative_limits_keep_the_sign_of_the_margin() {
        let inside = group(vec![row("a", Some(-8.0), Some(-10.0), None)]);
        assert_eq!(inside.margin().map(|(worst, pct)| (worst.value, pct)), Some((2.0, Some(20.0))));
        let outside = group(vec![row("a", Some(-8.0), None, Some(-10.0))]);
        assert_eq!(
            outside.margin().map(|(worst, pct)| (worst.value, pct)),
            Some((-2.0, Some(-20.0)))
        );
    }

    #[test]
    fn what_follows_from_the_points() {
        let group = group(vec![
            row("a", Some(4.0), None, Some(10.0)),
            row("b", Some(12.0), None, Some(10.0)),
            row("c", None, None, None),
            row("d", Some(4.0), None, Some(10.0)),
        ]);
        assert_eq!(group.min().map(|e| (e.value, e.row.point.as_str())), Some((4.0, "a")));
        assert_eq!(group.max().map(|e| e.row.point.as_str()), Some("b"));
        assert_eq!((group.spread(), group.spread_pct(Some("a"))), (Some(8.0), Some(200.0)));
        assert_eq!(group.spread_pct(Some("c")), None);
        let (worst, pct) = group.margin().unwrap();
        assert_eq!((worst.value, pct, worst.row.point.as_str()), (-2.0, Some(-20.0), "b"));
        assert_eq!((group.verdict(), group.count("failed")), (Verdict::Fail, 1));
        assert_eq!(super::tests::group(Vec::new()).verdict(), Verdict::NotJudged);
    }
}
