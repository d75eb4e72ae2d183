//! What drives a measure: the mean at each level of corner, temperature and supply, and the shares
//! of the spread.

use crate::model::{Domain, Measure};
use crate::quantity::celsius;

/// One axis of an additive model.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// `corner`, `temperature`, `supply` or a swept axis.
    pub axis: String,
    /// Each level with its effect: the difference from the mean (of the logarithms, if these are
    /// used).
    pub levels: Vec<(String, f64)>,
    /// Share of the sum of squares, 0 to 1.
    pub share: f64,
}

/// Returns the effects of the axes by least squares, iterated until no effect changes by 1e-9 of
/// the spread, so that a missing point does no harm; and the share that the axes explain only
/// together.
///
/// Axes with fewer than two levels are left out. With `log`, logarithms of the values are used.
pub fn drivers(domain: &Domain, measure: &Measure, log: bool) -> (Vec<Driver>, f64) {
    let rows: Vec<(usize, f64)> = measure
        .rows
        .iter()
        .filter_map(|row| Some((row.point, row.value?)))
        .map(|(point, value)| (point, if log { value.ln() } else { value }))
        .collect();
    let values: Vec<f64> = rows.iter().map(|(_, value)| *value).collect();
    let places =
        |axis: &dyn Fn(usize) -> String| rows.iter().map(|(point, _)| axis(*point)).collect();
    let at = |point: usize| &domain.points[point].place;
    let corner: Vec<String> = places(&|point| at(point).corner.clone());
    let temperature = places(&|point| at(point).temp_c.map(celsius).unwrap_or_default());
    let supply = places(&|point| at(point).supply_words());
    let mut axes: Vec<(String, Vec<String>)> =
        [("corner", corner), ("temperature", temperature), ("supply", supply)]
            .map(|(axis, levels)| (axis.to_owned(), levels))
            .into();
    let swept = domain.points.first().map(|point| point.place.sweep.as_slice()).unwrap_or_default();
    axes.extend(swept.iter().enumerate().map(|(i, swept)| {
        let level = |point: usize| {
            at(point).sweep.get(i).map(|swept| swept.label.clone()).unwrap_or_default()
        };
        (swept.axis.clone(), places(&level))
    }));
    additive(&values, &axes)
}

fn additive<A: AsRef<str>>(values: &[f64], axes: &[(A, Vec<String>)]) -> (Vec<Driver>, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n.max(1.0);
    let total: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let mut factors: Vec<Factor> =
        axes.iter().filter_map(|(axis, of)| Factor::new(axis.as_ref(), of)).collect();
    if total <= 0.0 || factors.is_empty() {
        return (Vec::new(), 0.0);
    }
    let spread = (total / n).sqrt();
    // Each iteration fits one axis to what the others leave; a balanced table needs one iteration.
    for _ in 0..1000 {
        let mut moved: f64 = 0.0;
        for axis in 0..factors.len() {
            let left: Vec<f64> = (0..values.len())
                .map(|i| {
                    let others = factors.iter().enumerate().filter(|(other, _)| *other != axis);
                    values[i] - mean - others.map(|(_, factor)| factor.effect(i)).sum::<f64>()
                })
                .collect();
            moved = moved.max(factors[axis].fit(&left));
        }
        if moved <= 1e-9 * spread {
            break;
        }
    }
    let mut together = 1.0;
    let drivers = factors.into_iter().map(|factor| {
        let squares: f64 = (0..values.len()).map(|i| factor.effect(i).powi(2)).sum();
        let share = (squares / total).min(1.0);
        together -= share;
        Driver {
            axis: factor.axis,
            share,
            levels: factor.levels.into_iter().zip(factor.effects).collect(),
        }
    });
    let drivers = drivers.collect();
    (drivers, together.max(0.0))
}

struct Factor {
    axis: String,
    levels: Vec<String>,
    of: Vec<usize>,
    effects: Vec<f64>,
}

impl Factor {
    fn new(axis: &str, names: &[String]) -> Option<Factor> {
        let mut levels: Vec<String> = Vec::new();
        let of = names.iter().map(|name| {
            levels.iter().position(|level| level == name).unwrap_or_else(|| {
                levels.push(name.clone());
                levels.len() - 1
            })
        });
        let of = of.collect();
        let effects = vec![0.0; levels.len()];
        (levels.len() > 1).then(|| Factor { axis: axis.to_owned(), levels, of, effects })
    }

    fn effect(&self, row: usize) -> f64 {
        self.effects[self.of[row]]
    }

    /// Fits the effects to what the other axes leave, centred over the rows; returns the largest
    /// change.
    fn fit(&mut self, left: &[f64]) -> f64 {
        let mut sums = vec![(0.0, 0.0); self.levels.len()];
        for (value, level) in left.iter().zip(&self.of) {
            sums[*level].0 += value;
            sums[*level].1 += 1.0;
        }
        let mut moved: f64 = 0.0;
        for (effect, (sum, count)) in self.effects.iter_mut().zip(sums) {
            let fresh = sum / f64::max(count, 1.0);
            moved = moved.max((fresh - *effect).abs());
            *effect = fresh;
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two axes without interaction: the shares follow by hand, 16 and 1 of 17, and nothing acts together.
    #[test]
    fn effects_of_a_sum_are_its_terms() {
        let corner = ["a", "a", "b", "b"].map(str::to_owned).to_vec();
        let supply = ["1", "2", "1", "2"].map(str::to_owned).to_vec();
        let (drivers, together) =
            additive(&[5.0, 7.0, 13.0, 15.0], &[("corner", corner), ("supply", supply)]);
        assert_eq!(drivers[0].levels, [("a".to_owned(), -4.0), ("b".to_owned(), 4.0)]);
        assert!((drivers[0].share - 16.0 / 17.0).abs() < 1e-12);
        assert!((drivers[1].share - 1.0 / 17.0).abs() < 1e-12);
        assert!(together.abs() < 1e-12);
    }

    /// If one value is missing, the additive terms are still found exactly.
    #[test]
    fn a_missing_point_does_no_harm() {
        let corner = ["a", "a", "b"].map(str::to_owned).to_vec();
        let supply = ["1", "2", "1"].map(str::to_owned).to_vec();
        let (drivers, _) = additive(&[5.0, 7.0, 13.0], &[("corner", corner), ("supply", supply)]);
        let difference = |driver: &Driver| driver.levels[1].1 - driver.levels[0].1;
        assert!((difference(&drivers[0]) - 8.0).abs() < 1e-6);
        assert!((difference(&drivers[1]) - 2.0).abs() < 1e-6);
    }

    /// A pure interaction is explained by no single axis.
    #[test]
    fn what_acts_together_is_no_axis() {
        let corner = ["a", "a", "b", "b"].map(str::to_owned).to_vec();
        let supply = ["1", "2", "1", "2"].map(str::to_owned).to_vec();
        let (_, together) =
            additive(&[1.0, -1.0, -1.0, 1.0], &[("corner", corner), ("supply", supply)]);
        assert!((together - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_axis_of_one_level_is_left_out() {
        let domain = Domain::read(&crate::model::tests::inputs());
        let (drivers, _) = drivers(&domain, &domain.measures[0], false);
        assert_eq!(
            drivers.iter().map(|d| d.axis.as_str()).collect::<Vec<_>>(),
            ["corner", "temperature", "supply"]
        );
        assert!(additive(&[1.0, 2.0], &[("corner", vec!["a".into(), "a".into()])]).0.is_empty());
    }
}
