//! Values on a grid of two axes, and lines of equal value through them.

/// Values over a rectangular grid; places without a value are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Places along the first axis, rising.
    pub x: Vec<f64>,
    /// Places along the second axis, rising.
    pub y: Vec<f64>,
    /// Values, a row for each place of `y`.
    pub z: Vec<Vec<Option<f64>>>,
}

/// A piece of a line, from one place to another.
pub type Piece = [(f64, f64); 2];

impl Grid {
    /// Makes a grid of values `(x, y, z)`; of two values at one place the later counts. `None` with
    /// fewer than two places on an axis.
    pub fn of(values: &[(f64, f64, f64)]) -> Option<Grid> {
        let axis = |place: fn(&(f64, f64, f64)) -> f64| {
            let mut places: Vec<f64> = values.iter().map(place).collect();
            places.sort_by(f64::total_cmp);
            places.dedup();
            places
        };
        let (x, y) = (axis(|value| value.0), axis(|value| value.1));
        if x.len() < 2 || y.len() < 2 {
            return None;
        }
        let mut z = vec![vec![None; x.len()]; y.len()];
        for (at_x, at_y, value) in values {
            let place = |axis: &[f64], at: f64| axis.partition_point(|place| *place < at);
            z[place(&y, *at_y)][place(&x, *at_x)] = Some(*value);
        }
        Some(Grid { x, y, z })
    }

    /// Returns the same values at other places, such as positions in a picture.
    pub fn placed(&self, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> Grid {
        Grid {
            x: self.x.iter().map(|at| x(*at)).collect(),
            y: self.y.iter().map(|at| y(*at)).collect(),
            z: self.z.clone(),
        }
    }

    /// All values, without the gaps.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.z.iter().flatten().flatten().copied()
    }

    /// Returns the contour line of a value in pieces: one or two for each mesh of four places with
    /// values, with ends by linear interpolation. In a saddle, the mean of the four values decides
    /// which sides are joined.
    pub fn line(&self, level: f64) -> Vec<Piece> {
        let meshes = (0..self.y.len() - 1).flat_map(|j| (0..self.x.len() - 1).map(move |i| (i, j)));
        meshes.flat_map(|(i, j)| self.mesh(i, j, level)).collect()
    }

    fn mesh(&self, i: usize, j: usize, level: f64) -> Vec<Piece> {
        // Around the mesh, so that neighbours share a side.
        let corner = |i: usize, j: usize| Some((self.x[i], self.y[j], self.z[j][i]? - level));
        let corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
        let [Some(a), Some(b), Some(c), Some(d)] = corners else { return Vec::new() };
        let sides = [(a, b), (b, c), (c, d), (d, a)];
        let crossed = sides.iter().filter(|(from, to)| (from.2 >= 0.0) != (to.2 >= 0.0));
        let ends: Vec<(f64, f64)> = crossed
            .map(|(from, to)| {
                let part = from.2 / (from.2 - to.2);
                (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
            })
            .collect();
        match ends[..] {
            [from, to] => vec![[from, to]],
            // If the mean is on the side of `a`, the lines cut off `b` and `d`, else `a` and `c`.
            [ab, bc, cd, da] if (a.2 + b.2 + c.2 + d.2 >= 0.0) == (a.2 >= 0.0) => {
                vec![[ab, bc], [cd, da]]
            }
            [ab, bc, cd, da] => vec![[da, ab], [bc, cd]],
            _ => Vec::new(),
        }
    }
}

/// For each place along an axis, where its field begins and ends: halfway to its neighbours, and as
/// far outwards at the two ends.
pub fn fields(places: &[f64]) -> Vec<(f64, f64)> {
    let between = |i: usize| f64::midpoint(places[i], places[i + 1]);
    let n = places.len();
    let field = |i: usize| {
        let start = if i > 0 { between(i - 1) } else { 2.0 * places[0] - between(0) };
        let end = if i + 1 < n { between(i) } else { 2.0 * places[n - 1] - between(n - 2) };
        (start, end)
    };
    if n < 2 { Vec::new() } else { (0..n).map(field).collect() }
}

#[cfg(test)]
mod tests {
    use super::{Grid, fields};

    /// On a plane z = x + 2 y, linear interpolation is exact: every end lies on x + 2 y = level.
    #[test]
    fn lines_of_a_plane_are_straight() {
        let places = [0.0, 1.0, 3.0, 4.5];
        let values: Vec<(f64, f64, f64)> =
            places.iter().flat_map(|x| places.map(|y| (*x, y, x + 2.0 * y))).collect();
        let grid = Grid::of(&values).unwrap();
        let line = grid.line(5.25);
        assert!(!line.is_empty());
        for (x, y) in line.iter().flatten() {
            assert!((x + 2.0 * y - 5.25).abs() < 1e-12);
        }
        // From (0, 2.625) to (4.5, 0.375): the pieces add up to its length.
        let length: f64 = line.iter().map(|[a, b]| (a.0 - b.0).hypot(a.1 - b.1)).sum();
        assert!((length - 4.5f64.hypot(2.25)).abs() < 1e-12, "{length}");
        assert!(grid.line(99.0).is_empty());
    }

    /// z = x y over four places about 0 is a saddle: at a level above 0 the corners of positive values are cut off, each alone.
    #[test]
    fn a_saddle_is_cut_by_its_middle() {
        let corners = [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)];
        let grid = Grid::of(&corners.map(|(x, y)| (x, y, x * y))).unwrap();
        let sides = |level: f64| -> Vec<f64> {
            grid.line(level).iter().map(|[a, b]| (a.0 + b.0) * (a.1 + b.1)).collect()
        };
        assert!(sides(0.5).len() == 2 && sides(0.5).iter().all(|side| *side > 0.0));
        assert!(sides(-0.5).len() == 2 && sides(-0.5).iter().all(|side| *side < 0.0));
    }

    #[test]
    fn a_place_without_a_value_has_no_line() {
        let grid = Grid::of(&[(0.0, 0.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0)]).unwrap();
        assert!(grid.line(0.5).is_empty());
        assert_eq!(Grid::of(&[(0.0, 0.0, 0.0), (1.0, 0.0, 1.0)]), None);
        assert_eq!(fields(&[0.0, 1.0, 3.0]), [(-0.5, 0.5), (0.5, 2.0), (2.0, 4.0)]);
    }
}
