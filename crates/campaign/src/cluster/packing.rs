//! Computes how many points an array element simulates, and how many elements a submission has.

/// The time that an element should take: long compared with a scheduler's start, short compared with the time between
/// failures of a node.
const ELEMENT_S: f64 = 45.0;

/// The least time that an element takes, even if other elements then have nothing to do: a shorter job is not worth its
/// start.
const LEAST_S: f64 = 1.0;

/// The time that a point takes besides its simulation: for a process, a folder and a rename.
const OVERHEAD_S: f64 = 5e-3;

/// Elements of the first submission, with one point each, as long as the time of a point is not known.
const FIRST_ELEMENTS: usize = 8;

/// The number of elements that are assumed to run at the same time if no limit is set.
const PARALLEL: usize = 64;

/// The values that decide the packing.
#[derive(Debug, Clone, Copy)]
pub struct Packing {
    /// Points of an element, if the configuration sets it.
    pub pack: Option<usize>,
    /// The most elements that run at the same time.
    pub max_running: Option<usize>,
    /// The most elements of one array.
    pub max_array: usize,
}

impl Packing {
    /// Whether the first points must be simulated to learn the time of a point.
    pub fn is_unknown(&self, seconds_a_point: Option<f64>) -> bool {
        self.pack.is_none() && seconds_a_point.is_none()
    }

    /// The points of an element and the elements of the next submission.
    pub fn next(&self, waiting: usize, seconds_a_point: Option<f64>) -> (usize, usize) {
        let points = match (self.pack, seconds_a_point) {
            (Some(points), _) => points,
            (None, None) => return (1, waiting.min(FIRST_ELEMENTS).min(self.max_array)),
            (None, Some(seconds)) => {
                let lasting = |element: f64| (element / (seconds + OVERHEAD_S)) as usize;
                let share = waiting.div_ceil(self.max_running.unwrap_or(PARALLEL));
                share.max(lasting(LEAST_S)).min(lasting(ELEMENT_S))
            }
        };
        let points = points.max(1);
        (points, waiting.div_ceil(points).min(self.max_array))
    }
}

#[cfg(test)]
mod tests {
    use super::Packing;

    #[test]
    fn elements_last_about_45_s_and_share_what_is_left() {
        let packing = Packing { pack: None, max_running: Some(10), max_array: 100 };
        for (waiting, seconds, expected) in [
            (2000, None, (1, 8)),
            (3, None, (1, 3)),
            (2000, Some(0.0), (200, 10)),
            (2000, Some(0.995), (45, 45)),
            (2000, Some(100.0), (1, 100)),
        ] {
            assert_eq!(packing.next(waiting, seconds), expected, "{waiting} {seconds:?}");
        }
        assert_eq!(Packing { pack: Some(7), ..packing }.next(20, None), (7, 3));
    }
}
