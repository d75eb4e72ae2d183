//! The inputs at which a recipe meets a target.

use crate::draft::Draft;
use crate::knob::{Knob, bounded};
use crate::loaded::Loaded;
use crate::report::unit;
use crate::search::{self, Roots};
use libchar_core::number::{parse_decimal, shortest, significant};
use libchar_core::told::Kept;
use libchar_core::{Frame, Refused};

/// A figure with its target, and an input with its bounds.
#[derive(Debug)]
pub struct Asked<'a> {
    figure: &'a str,
    target: f64,
    knob: Knob,
    bounds: (f64, f64),
}

/// The inputs that were found, each with the value of the figure there.
pub struct Solved<'a> {
    asked: &'a Asked<'a>,
    roots: Roots,
    reached: Vec<Option<f64>>,
}

impl<'a> Asked<'a> {
    /// Parses `FIGURE=VALUE` and `PATH=LOW..HIGH`.
    ///
    /// # Errors
    /// Texts of another form.
    pub fn parse(target: &'a str, vary: &str) -> Result<Asked<'a>, Refused> {
        let parsed = target
            .split_once('=')
            .and_then(|(name, value)| Some((name.trim(), parse_decimal(value.trim())?)));
        let wrong = || Refused::Usage(format!("--target {target}: expected FIGURE=VALUE"));
        let (figure, target) = parsed.ok_or_else(wrong)?;
        let (knob, low, high) = bounded(vary)?;
        Ok(Asked { figure, target, knob, bounds: (low, high) })
    }

    /// Scans `samples` intervals, equal in the logarithm where the bounds lie far apart, and refines every crossing.
    ///
    /// # Errors
    /// Paths and figures that the recipe does not have, and runs that fail.
    pub fn solve(&'a self, loaded: &Loaded, samples: usize) -> Result<Solved<'a>, Refused> {
        let draft = Draft::new(loaded);
        let evaluate = |value: f64| -> Result<Option<f64>, Refused> {
            let mut draft = draft.clone();
            draft.turn(&self.knob, value)?;
            let simulated = draft.simulate()?;
            let found = simulated.figures.get(self.figure);
            found.map_err(|error| Refused::Usage(error.to_string()))
        };
        let (low, high) = self.bounds;
        let logarithmic = low > 0.0 && high / low > 20.0;
        let roots = search::roots(evaluate, self.target, self.bounds, samples, logarithmic)?;
        let reached = roots.roots.iter().map(|root| evaluate(*root)).collect::<Result<_, _>>()?;
        Ok(Solved { asked: self, roots, reached })
    }
}

impl Solved<'_> {
    /// One row a solution.
    pub fn frame(&self) -> Frame {
        let columns = ["path", "value", "unit", "figure", "reached"];
        let mut frame = Frame::new("libchar.diffuse-solve", 1, columns);
        let Asked { figure, knob, .. } = self.asked;
        for (root, reached) in self.roots.roots.iter().zip(&self.reached) {
            let path = knob.path.as_str().into();
            let (unit, figure) = (knob.unit().into(), (*figure).into());
            frame.push(vec![path, (*root).into(), unit, figure, (*reached).into()]);
        }
        frame
    }

    /// What the history keeps: the inputs.
    pub fn kept(&self) -> impl Iterator<Item = Kept> {
        let knob = &self.asked.knob;
        let roots = self.roots.roots.iter();
        roots.map(|root| Kept::of(knob.path.as_str(), *root).in_unit(Some(knob.unit())))
    }

    /// Why there is no solution; nothing where there is one.
    pub fn missed(&self) -> Option<String> {
        if !self.roots.roots.is_empty() {
            return None;
        }
        let Asked { figure, target, knob, bounds: (low, high) } = self.asked;
        let [low, high, target] = [*low, *high, *target].map(shortest);
        let between = format!("{} between {low} and {high} {}", knob.path, knob.unit());
        Some(match self.roots.range() {
            Some((least, most)) => format!(
                "{figure} = {target} {} cannot be met: {between} gives {} to {}",
                unit(figure).unwrap_or_default(),
                significant(least, 6),
                significant(most, 6)
            ),
            None => format!("{figure} does not exist anywhere for {between}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    #[test]
    fn the_time_that_was_found_meets_the_target() {
        let loaded = loaded(DRIVE);
        let asked = Asked::parse("xj_nm=600", "step.2.time=5min..10h").unwrap();
        let solved = asked.solve(&loaded, 12).unwrap();
        assert_eq!((solved.missed(), solved.frame().len()), (None, 1));
        assert!((solved.reached[0].unwrap() / 600.0 - 1.0).abs() < 1e-4);
        let kept: Vec<Kept> = solved.kept().collect();
        assert_eq!((kept[0].measure.as_str(), kept[0].unit), ("step.2.time_s", Some("s")));
        assert!(kept[0].value.is_some_and(|time_s| (300.0..36_000.0).contains(&time_s)));
    }

    #[test]
    fn what_cannot_be_met_is_told_with_what_can() {
        let loaded = loaded(DRIVE);
        let asked = Asked::parse("xj_nm=60000", "step.2.time=5min..10min").unwrap();
        let told = asked.solve(&loaded, 2).unwrap().missed().unwrap();
        let begin = "xj_nm = 60000 nm cannot be met: step.2.time_s between 300 and 600 s gives ";
        assert!(told.starts_with(begin), "{told}");
        let refused = Asked::parse("xj_nm", "step.2.time=5min..10h").unwrap_err().to_string();
        assert_eq!(refused, "--target xj_nm: expected FIGURE=VALUE");
    }
}
