//! Fields of a grid and lines of equal value in a chart.

use super::Chart;
use crate::contour::{Grid, fields};
use std::fmt::Write;

impl Chart {
    /// A coloured field about each place of a grid that has a value, `colour` for the value.
    pub fn fields(&mut self, grid: &Grid, colour: impl Fn(f64) -> String) -> &mut Self {
        let placed = grid.placed(|x| self.px(x), |y| self.py(y));
        for ((top, bottom), row) in fields(&placed.y).into_iter().zip(&placed.z) {
            for ((left, right), value) in fields(&placed.x).into_iter().zip(row) {
                let Some(value) = value else { continue };
                let _ = writeln!(
                    self.body,
                    "<rect clip-path=\"url(#plot)\" x=\"{left:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
                    top.min(bottom),
                    right - left,
                    (bottom - top).abs(),
                    colour(*value)
                );
            }
        }
        self
    }

    /// The contour line of a value, with a label if there is room for one.
    pub fn contour(
        &mut self,
        grid: &Grid,
        level: f64,
        label: &str,
        colour: &str,
        width: f64,
    ) -> &mut Self {
        let pieces = grid.placed(|x| self.px(x), |y| self.py(y)).line(level);
        let Some([middle, _]) = pieces.get(pieces.len() / 2) else { return self };
        let path: Vec<String> = pieces
            .iter()
            .map(|[from, to]| format!("M{:.2} {:.2}L{:.2} {:.2}", from.0, from.1, to.0, to.1))
            .collect();
        let _ = writeln!(
            self.body,
            "<path clip-path=\"url(#plot)\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" d=\"{}\"/>",
            path.join("")
        );
        self.callout_at(*middle, label, colour);
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::contour::Grid;
    use crate::svg::{Axis, Chart};

    #[test]
    fn a_grid_has_its_fields_and_its_line() {
        let grid = Grid::of(&[(0.0, 0.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 1.0), (1.0, 1.0, 2.0)]);
        let axis = |title: &str| Axis::linear(title, [-0.5, 1.5]);
        let mut chart = Chart::new("t", axis("x"), axis("y"));
        let grid = grid.unwrap();
        chart.fields(&grid, |_| "#abcdef".to_owned()).contour(&grid, 0.5, "half", "#000", 1.0);
        let svg = chart.render();
        assert_eq!(svg.matches("#abcdef").count(), 4);
        assert!(svg.contains(">half<") && svg.contains("d=\"M"), "{svg}");
    }
}
