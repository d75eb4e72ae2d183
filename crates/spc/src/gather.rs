//! Groups rows into points, by the rule that charts and streams share.

/// Which rows form a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Every row is a point.
    Single,
    /// This many successive rows, whether or not they hold a number.
    Size(usize),
    /// Successive rows with equal labels.
    Label,
}

/// A point with the rows that it consists of.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its finite values in order; with several columns, those of all columns, row by row.
    pub values: Vec<f64>,
    /// Units inspected, of its last row.
    pub units: f64,
    /// Index of its first row, from 0.
    pub first: usize,
    /// One more than the index of its last row.
    pub end: usize,
}

/// Gathers rows into points.
///
/// A cell without a number (NaN) makes its subgroup smaller, but does not shift the other rows to
/// other subgroups; a point without any number is dropped. If every value of a row is needed
/// (`whole`: vectors, counts), a row with a gap contributes nothing.
#[derive(Debug, Clone)]
pub struct Gatherer {
    grouping: Grouping,
    whole: bool,
    open: Option<(Point, Option<String>)>,
    rows: usize,
}

impl Gatherer {
    /// A gatherer without any rows.
    pub fn new(grouping: Grouping, whole: bool) -> Self {
        Self { grouping, whole, open: None, rows: 0 }
    }

    /// Number of rows in the incomplete subgroup.
    pub fn waiting(&self) -> usize {
        self.open.as_ref().map_or(0, |(point, _)| self.rows - point.first)
    }

    /// Takes the next row and returns the point that it completes, if any.
    ///
    /// With groups by size, a row can complete its own point; with labels, it completes the
    /// previous one.
    pub fn push(&mut self, values: &[f64], units: f64, label: Option<&str>) -> Option<Point> {
        let row = self.rows;
        self.rows += 1;
        let begins = match (self.grouping, &self.open) {
            (Grouping::Label, Some((_, current))) => current.as_deref() != label,
            (Grouping::Size(_), Some(_)) => false,
            _ => true,
        };
        let finished = if begins { self.close() } else { None };
        let (point, _) = self.open.get_or_insert_with(|| {
            let point = Point { values: Vec::new(), units, first: row, end: row };
            (point, label.map(str::to_owned))
        });
        if !self.whole {
            point.values.extend(values.iter().filter(|x| x.is_finite()));
        } else if values.iter().all(|x| x.is_finite()) && units.is_finite() {
            point.values.extend_from_slice(values);
        }
        (point.units, point.end) = (units, row + 1);
        let full = match self.grouping {
            Grouping::Single => true,
            Grouping::Size(size) => point.end - point.first >= size,
            Grouping::Label => false,
        };
        if full { self.close() } else { finished }
    }

    /// Returns the last point, at the end of the data.
    pub fn finish(&mut self) -> Option<Point> {
        self.close()
    }

    fn close(&mut self) -> Option<Point> {
        let (point, _) = self.open.take()?;
        (!point.values.is_empty()).then_some(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(grouping: Grouping, rows: &[(f64, &str)]) -> Vec<(usize, usize, Vec<f64>)> {
        let mut gatherer = Gatherer::new(grouping, false);
        let mut found: Vec<Point> =
            rows.iter().filter_map(|(x, lot)| gatherer.push(&[*x], 1.0, Some(lot))).collect();
        found.extend(gatherer.finish());
        found.into_iter().map(|point| (point.first, point.end, point.values)).collect()
    }

    #[test]
    fn a_gap_moves_nothing() {
        let rows = [1.0, f64::NAN, 3.0, 10.0, 11.0, 12.0].map(|x| (x, ""));
        let found = points(Grouping::Size(3), &rows);
        assert_eq!(found, [(0, 3, vec![1.0, 3.0]), (3, 6, vec![10.0, 11.0, 12.0])]);
        let gap = [f64::NAN, f64::NAN, 7.0, 8.0].map(|x| (x, ""));
        assert_eq!(points(Grouping::Size(2), &gap), [(2, 4, vec![7.0, 8.0])]);
        assert_eq!(points(Grouping::Single, &gap), [(2, 3, vec![7.0]), (3, 4, vec![8.0])]);
    }

    #[test]
    fn lots_end_where_the_next_begins() {
        let rows = [(1.0, "A"), (2.0, "A"), (3.0, "A"), (10.0, "B"), (11.0, "B"), (21.0, "C")];
        let found = points(Grouping::Label, &rows);
        let means: Vec<f64> =
            found.iter().map(|(.., v)| v.iter().sum::<f64>() / v.len() as f64).collect();
        assert_eq!(means, [2.0, 10.5, 21.0]);
    }

    #[test]
    fn a_row_with_a_gap_is_no_vector() {
        let mut gatherer = Gatherer::new(Grouping::Single, true);
        assert_eq!(gatherer.push(&[1.0, f64::NAN], 1.0, None), None);
        assert_eq!(gatherer.push(&[1.0, 2.0], f64::NAN, None), None);
        assert_eq!(gatherer.push(&[1.0, 2.0], 5.0, None).map(|p| p.values), Some(vec![1.0, 2.0]));
    }
}
