//! The rule that calls a job printing.

use serde::{Deserialize, Serialize};

use crate::check::Job;
use crate::image::{Image, Line};

/// Whether the line prints, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Printing {
    /// One dark line a pitch, at target, with room for dose on both sides.
    Prints,
    /// The image is flat: no two orders that interfere pass the pupil.
    NoModulation,
    /// The line is brighter than the space at its edge.
    ImageReversal,
    /// The threshold does not cut one line a pitch: it merges, vanishes, or side lobes print beside it.
    WrongLines,
    /// One line, but no dose holds its width within the tolerance.
    NoLatitude,
}

/// Modulation below which an image counts as flat: (max - min)/(max + min).
pub const FLAT: f64 = 1e-9;

impl Printing {
    /// Judge an image at a threshold.
    ///
    /// # Rule
    ///
    /// A job prints if, in this order: the image's contrast is above 1e-9; NILS at the nominal edge is positive; the threshold
    /// cuts exactly one dark line a pitch, which holds the line's centre; and the dose limits of the CD tolerance exist and
    /// enclose some dose (D_low < D_high).
    #[must_use]
    pub fn of(job: &Job, image: &Image, threshold: f64) -> Self {
        if image.contrast() <= FLAT {
            return Self::NoModulation;
        }
        if image.nils(job.cd_nm).is_none_or(|n| n <= 0.0) {
            return Self::ImageReversal;
        }
        let line = image.line(threshold).filter(Line::holds_center);
        if line.is_none() || image.dark_regions(threshold) != 1 {
            return Self::WrongLines;
        }
        match crate::window::dose_limits(image, job, threshold) {
            (Some(low), Some(high)) if low < high => Self::Prints,
            _ => Self::NoLatitude,
        }
    }

    /// The name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prints => "prints",
            Self::NoModulation => "no_modulation",
            Self::ImageReversal => "image_reversal",
            Self::WrongLines => "wrong_lines",
            Self::NoLatitude => "no_latitude",
        }
    }

    /// What it means, in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Prints => "one dark line a pitch, with latitude",
            Self::NoModulation => "does not print: no two orders that interfere pass the pupil",
            Self::ImageReversal => {
                "image reversal: the line is brighter than the space at its edge"
            }
            Self::WrongLines => "does not print: the threshold does not cut one line a pitch",
            Self::NoLatitude => "does not print: no dose holds the width within its tolerance",
        }
    }
}
