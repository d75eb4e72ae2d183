//! The search: a grid that finds every peak, then local refinement of the best peaks.

use super::{Problem, Search, Solution};
use libchar_numeric::draws::Draws;

/// Distance from a bound, as a share of the variable's range, below which the bound itself is
/// tried.
const NEAR_BOUND: f64 = 0.02;

impl Problem {
    fn is_better(&self, a: f64, b: f64) -> bool {
        if self.objective.is_least() { a < b } else { a > b }
    }

    /// Number of grid points along each variable.
    #[must_use]
    pub fn grid_points(&self) -> usize {
        match self.variables.len() {
            0 | 1 => 121,
            2 => 31,
            3 => 11,
            4 => 6,
            _ => 4,
        }
    }

    /// The settings of the grid.
    #[must_use]
    pub fn grid(&self) -> Vec<Vec<f64>> {
        let n = self.grid_points();
        let mut all = vec![Vec::new()];
        for v in &self.variables {
            let steps = (0..n).map(|i| v.low + (v.high - v.low) * i as f64 / (n - 1) as f64);
            all = all
                .into_iter()
                .flat_map(|head: Vec<f64>| {
                    steps.clone().map(move |x| {
                        let mut own = head.clone();
                        own.push(x);
                        own
                    })
                })
                .collect();
        }
        all
    }

    /// Points of a grid that are not worse than any neighbour, the best first.
    #[must_use]
    pub fn peaks(&self, grid: &[Option<Solution>]) -> Vec<Solution> {
        let (n, k) = (self.grid_points(), self.variables.len());
        let place = |mut i: usize| {
            let mut at = vec![0; k];
            for a in at.iter_mut().rev() {
                (*a, i) = (i % n, i / n);
            }
            at
        };
        let mut found: Vec<Solution> = Vec::new();
        for (i, here) in grid.iter().enumerate() {
            let Some(here) = here else { continue };
            let at = place(i);
            let neighbours = (0..3_usize.pow(k as u32)).filter_map(|mut code| {
                let mut index = 0;
                for &a in &at {
                    let b = (a + code % 3).checked_sub(1).filter(|b| *b < n)?;
                    (index, code) = (index * n + b, code / 3);
                }
                Some(index)
            });
            let is_peak = neighbours
                .filter_map(|j| grid[j].as_ref())
                .all(|other| !self.is_better(other.objective, here.objective));
            if is_peak {
                found.push(here.clone());
            }
        }
        self.sort(&mut found);
        found
    }

    fn sort(&self, solutions: &mut [Solution]) {
        let sign = if self.objective.is_least() { 1.0 } else { -1.0 };
        solutions.sort_by(|a, b| (sign * a.objective).total_cmp(&(sign * b.objective)));
    }

    /// Refines a setting. It takes steps in directions that change from round to round, clipped to
    /// the bounds, and halves the steps when none improves the objective. It then repeats this on
    /// each bound that is near, because optima often lie on limits, and along two limits at once
    /// the steps become very small. The directions depend on `number`, so the same problem gives
    /// the same answer.
    #[must_use]
    pub fn refine(&self, start: &Solution, number: u64) -> Solution {
        let k = self.variables.len();
        let all: Vec<usize> = (0..k).collect();
        let first = 1.5 / (self.grid_points() - 1) as f64;
        let mut best = self.descend(start, &all, first, 600 * k.max(1), number);
        for (i, v) in self.variables.iter().enumerate() {
            let near = NEAR_BOUND * (v.high - v.low);
            for bound in [v.low, v.high] {
                let off = (best.values[i] - bound).abs();
                let others: Vec<usize> = all.iter().copied().filter(|j| *j != i).collect();
                if off > 0.0
                    && off <= near
                    && let Some(on) = self.onto(&best, i, bound)
                {
                    let moved = self.descend(&on, &others, NEAR_BOUND / 4.0, 200 * k, number);
                    if !self.is_better(best.objective, moved.objective) {
                        best = moved;
                    }
                }
            }
        }
        best
    }

    /// The best feasible setting with variable `i` on a bound and one other variable changed a
    /// little.
    fn onto(&self, from: &Solution, i: usize, bound: f64) -> Option<Solution> {
        let mut values = from.values.clone();
        values[i] = bound;
        let mut found: Vec<Solution> = self.evaluate(&values).into_iter().collect();
        for (j, v) in self.variables.iter().enumerate().filter(|(j, _)| *j != i) {
            for step in -20..=20 {
                let mut values = values.clone();
                let off = NEAR_BOUND * f64::from(step) / 20.0 * (v.high - v.low);
                values[j] = (values[j] + off).clamp(v.low, v.high);
                found.extend(self.evaluate(&values));
            }
        }
        self.sort(&mut found);
        found.into_iter().next()
    }

    /// Takes steps of the variables `free` from a start; the first step is the share `size` of
    /// their ranges.
    fn descend(
        &self,
        start: &Solution,
        free: &[usize],
        mut size: f64,
        mut left: usize,
        number: u64,
    ) -> Solution {
        let k = free.len();
        let mut best = start.clone();
        let mut draws = Draws::new(self.seed, &["litho", "optimise", &number.to_string()]);
        let mut drawn = 0;
        let mut draw = move || {
            drawn += 1;
            draws.uniform(drawn) - 0.5
        };
        let mut last: Option<Vec<f64>> = None;
        while size > 2e-5 && left > 0 && k > 0 {
            let mut directions: Vec<Vec<f64>> = last.take().into_iter().collect();
            for i in 0..k {
                for sign in [1.0, -1.0] {
                    directions.push((0..k).map(|j| if i == j { sign } else { 0.0 }).collect());
                }
            }
            for _ in 0..8 * k {
                let d: Vec<f64> = (0..k).map(|_| draw()).collect();
                let length = d.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-9);
                directions.push(d.iter().map(|x| x / length).collect());
            }
            let mut moved = false;
            for d in directions {
                let mut values = best.values.clone();
                for (&i, d) in free.iter().zip(&d) {
                    let v = &self.variables[i];
                    values[i] = (values[i] + size * (v.high - v.low) * d).clamp(v.low, v.high);
                }
                if values == best.values {
                    continue;
                }
                left = left.saturating_sub(1);
                if let Some(next) = self.evaluate(&values)
                    && self.is_better(next.objective, best.objective)
                {
                    best = next;
                    last = Some(d);
                    moved = true;
                    break;
                }
            }
            if !moved {
                size *= 0.5;
            }
        }
        best
    }

    /// Sorts the refined starts, removes duplicates of the same optimum, and collects the points
    /// near the best.
    #[must_use]
    pub fn conclude(
        &self,
        grid: Vec<Option<Solution>>,
        mut refined: Vec<Solution>,
    ) -> Option<Search> {
        self.sort(&mut refined);
        let tried = grid.len();
        let grid: Vec<Solution> = grid.into_iter().flatten().collect();
        let mut distinct: Vec<Solution> = Vec::new();
        for s in refined {
            let same = |o: &Solution| {
                self.variables
                    .iter()
                    .enumerate()
                    .all(|(i, v)| (o.values[i] - s.values[i]).abs() < 0.02 * (v.high - v.low))
            };
            if !distinct.iter().any(same) {
                distinct.push(s);
            }
        }
        for s in &mut distinct {
            s.limited_by = self.limits_of(s);
            s.window_ends = self.window_ends(s);
        }
        let best = distinct.first()?.clone();
        // Within 1 % of the best, or 5 % for a risk; weighted sums may be negative.
        let slack = if self.objective.is_least() { 0.05 } else { -0.01 };
        let border = best.objective + slack * best.objective.abs();
        let is_near = |s: &&Solution| !self.is_better(border, s.objective);
        let near = grid.iter().filter(is_near).cloned().collect();
        Some(Search { local: distinct.split_off(1), best, near, grid, tried })
    }
}
