//! The rule that decides whether a job prints.

use serde::{Deserialize, Serialize};

use crate::check::Job;
use crate::image::Image;
use crate::strict;
pub use crate::strict::FLAT;

/// Whether the line prints, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Printing {
    /// One line a pitch, within its tolerance.
    Prints,
    /// The image is flat: no two orders that interfere pass the pupil.
    NoModulation,
    /// The line is brighter than the space at its edge (a trench: darker).
    ImageReversal,
    /// The threshold does not give exactly one line a pitch: lines merge or vanish, or side lobes
    /// print too.
    WrongLines,
    /// No dose gives a width within the tolerance.
    NoLatitude,
    /// One line a pitch, but too wide, too narrow or out of place.
    OutOfTolerance,
}

impl Printing {
    /// Judges an image at a threshold.
    ///
    /// # Rule
    ///
    /// A job prints if the threshold cuts exactly one line a pitch, which contains x = 0, is cd (1
    /// ± tolerance) wide and within its placement tolerance: a point of the process window.
    /// Otherwise the first of these conditions is the reason: the image's contrast is at most 1e-9;
    /// NILS at the nominal edge is not positive; the threshold does not cut exactly one line; no
    /// dose gives a width within the tolerance; the line is out of tolerance.
    #[must_use]
    pub fn of(job: &Job, image: &Image, threshold: f64) -> Self {
        let doses = strict::allowed(image, job, threshold);
        if doses.contains(1.0) {
            return Self::Prints;
        }
        if image.contrast() <= FLAT {
            return Self::NoModulation;
        }
        if image.nils(job.cd_nm).is_none_or(|n| n <= 0.0) {
            return Self::ImageReversal;
        }
        if strict::only_line(image, threshold).is_none() {
            return Self::WrongLines;
        }
        if doses.0.is_empty() { Self::NoLatitude } else { Self::OutOfTolerance }
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
            Self::OutOfTolerance => "out_of_tolerance",
        }
    }

    /// A description in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Prints => "one line per pitch, within its tolerance",
            Self::NoModulation => "does not print: no two orders that interfere pass the pupil",
            Self::ImageReversal => {
                "image reversal: the line is brighter than the space at its edge"
            }
            Self::WrongLines => "does not print: the threshold does not cut one line per pitch",
            Self::NoLatitude => "does not print: no dose holds the width within its tolerance",
            Self::OutOfTolerance => "prints a line that is too wide, too narrow or out of place",
        }
    }
}
