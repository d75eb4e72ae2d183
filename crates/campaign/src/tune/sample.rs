//! The points at which options are tried, and those at which the choice is verified.

use crate::choice;
use libchar_core::Frame;
use libchar_pvt::Point;

/// Points that are simulated: first those of the sample, then those of the verification.
pub struct Sample {
    /// All of them.
    pub points: Vec<Point>,
    /// How many belong to the sample.
    chosen: usize,
}

impl Sample {
    /// Chooses `sample` points spread evenly over the named ones, and `verify` points spread over
    /// the others; no point is in both.
    pub fn of(named: &[&Point], sample: usize, verify: usize) -> Sample {
        let sample = choice::spread(named, sample);
        let is_left = |point: &&Point| !sample.iter().any(|s| s.id == point.id);
        let others: Vec<&Point> = named.iter().copied().filter(is_left).collect();
        let verified = if verify == 0 { Vec::new() } else { choice::spread(&others, verify) };
        let chosen = sample.len();
        Sample { points: sample.into_iter().chain(verified).cloned().collect(), chosen }
    }

    /// Points `p0`, `p1`, … without a domain.
    #[cfg(test)]
    pub fn numbered(chosen: usize, verified: usize) -> Sample {
        let point = |i: usize| Point {
            id: format!("p{i}"),
            corner: String::new(),
            extraction: String::new(),
            temp_c: 25.0,
            supply: String::new(),
            section: String::new(),
            supplies: Default::default(),
            sweep: Vec::new(),
            deck: String::new(),
            deck_sha256: String::new(),
        };
        Sample { points: (0..chosen + verified).map(point).collect(), chosen }
    }

    /// Indices of the points of the sample.
    pub fn tried(&self) -> Vec<usize> {
        (0..self.chosen).collect()
    }

    /// Indices of the points of the verification.
    pub fn verified(&self) -> Vec<usize> {
        (self.chosen..self.points.len()).collect()
    }

    /// Ids of points.
    pub fn ids(&self, indices: &[usize]) -> Vec<String> {
        indices.iter().map(|&index| self.points[index].id.clone()).collect()
    }

    /// The table that a dry run prints.
    pub fn frame(&self) -> Frame {
        let mut frame = Frame::new("libchar.tune-points", 1, ["point", "role"]);
        for (index, point) in self.points.iter().enumerate() {
            let role = if index < self.chosen { "sample" } else { "verify" };
            frame.push(vec![point.id.as_str().into(), role.into()]);
        }
        frame
    }
}
