//! How many points an array element simulates, and how many elements a submission has.

/// How long an element should last: long against a scheduler's start, short against a node's failure.
const ELEMENT_S: f64 = 45.0;

/// How long an element lasts at least, even if others then have nothing to do: less is not worth a job.
const LEAST_S: f64 = 1.0;

/// What a point costs besides its simulation: a process, a folder, a rename.
const OVERHEAD_S: f64 = 5e-3;

/// Elements of the first submission, one point each, while nobody knows how long a point takes.
const FIRST_ELEMENTS: usize = 8;

/// Elements that are taken to run at the same time where no limit is set.
const PARALLEL: usize = 64;

/// What decides the packing.
#[derive(Debug, Clone, Copy)]
pub struct Packing {
    /// Points of an element, where the configuration says so.
    pub pack: Option<usize>,
    /// Elements that run at the same time.
    pub max_running: Option<usize>,
    /// Elements of one array.
    pub max_array: usize,
}

impl Packing {
    /// Whether the first points must tell how long one takes.
    pub fn is_unknown(&self, seconds_a_point: Option<f64>) -> bool {
        self.pack.is_none() && seconds_a_point.is_none()
    }

    /// Points of an element and elements of the next submission.
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
