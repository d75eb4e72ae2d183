//! The illumination: where light comes from, in units of the numerical aperture.

use std::f64::consts::PI;

use serde::Serialize;

/// A checked source: every radius lies within the condenser's pupil (radius 1).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Source {
    /// A disc.
    Conventional {
        /// Radius, 0 < sigma <= 1.
        sigma: f64,
    },
    /// A ring.
    Annular {
        /// Inner radius, 0 < sigma_in < sigma_out.
        sigma_in: f64,
        /// Outer radius, up to 1.
        sigma_out: f64,
    },
    /// Two discs opposite each other.
    Dipole {
        /// Distance of their centres from the axis.
        pole_center: f64,
        /// Their radius, at most `pole_center` and `1 - pole_center`.
        pole_radius: f64,
        /// Direction of one of them from the x axis in degrees.
        #[serde(skip_serializing_if = "is_zero")]
        pole_angle_deg: f64,
    },
    /// Four discs, a quarter turn apart.
    Quadrupole {
        /// Distance of their centres from the axis.
        pole_center: f64,
        /// Their radius, at most `pole_center`/sqrt 2 and `1 - pole_center`.
        pole_radius: f64,
        /// Direction of one of them from the x axis in degrees.
        pole_angle_deg: f64,
    },
    /// One point: coherent light.
    Point {
        /// Position along x.
        source_x: f64,
        /// Position along y.
        source_y: f64,
    },
}

fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// A disc in the pupil plane, centred on the x axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Disc {
    pub center: f64,
    pub radius: f64,
}

impl Disc {
    /// Half the height of the disc at `x`; zero outside.
    pub fn half_height(self, x: f64) -> f64 {
        let u = x - self.center;
        ((self.radius - u) * (self.radius + u)).max(0.0).sqrt()
    }

    /// Position along x at which the edges of two discs cross, if they do.
    pub fn crossing(self, other: Self) -> Option<f64> {
        let d = other.center - self.center;
        if d == 0.0 {
            return None;
        }
        let u = (d * d + (self.radius - other.radius) * (self.radius + other.radius)) / (2.0 * d);
        (u.abs() < self.radius).then_some(self.center + u)
    }
}

/// An illuminated patch: a disc, minus a concentric hole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Patch {
    pub outer: Disc,
    pub hole: Option<Disc>,
    /// Height of the centre above the axis. The sign does not matter: both heights give the same
    /// image.
    pub above: f64,
}

impl Patch {
    pub fn area(&self) -> f64 {
        let (outer, inner) = (self.outer.radius, self.hole.map_or(0.0, |h| h.radius));
        PI * (outer - inner) * (outer + inner)
    }
}

impl Source {
    /// The patches that make up an extended source; empty for a point.
    pub(crate) fn patches(&self) -> Vec<Patch> {
        let disc =
            |center, radius| Patch { outer: Disc { center, radius }, hole: None, above: 0.0 };
        let pole = |distance: f64, radius: f64, angle_deg: f64| {
            let (x, y) = at_angle(distance, angle_deg);
            Patch { above: y.abs(), ..disc(x, radius) }
        };
        match *self {
            Self::Conventional { sigma } => vec![disc(0.0, sigma)],
            Self::Annular { sigma_in, sigma_out } => vec![Patch {
                outer: Disc { center: 0.0, radius: sigma_out },
                hole: Some(Disc { center: 0.0, radius: sigma_in }),
                above: 0.0,
            }],
            Self::Dipole { pole_center, pole_radius, pole_angle_deg: angle } => {
                [angle + 180.0, angle].map(|a| pole(pole_center, pole_radius, a)).to_vec()
            }
            Self::Quadrupole { pole_center, pole_radius, pole_angle_deg: angle } => {
                [0.0, 90.0, 180.0, 270.0]
                    .map(|turn| pole(pole_center, pole_radius, angle + turn))
                    .to_vec()
            }
            Self::Point { .. } => Vec::new(),
        }
    }

    /// The greatest |x| of the source: orders farther than this plus 1 from the axis never pass the
    /// pupil.
    #[must_use]
    pub fn reach(&self) -> f64 {
        match *self {
            Self::Conventional { sigma } => sigma,
            Self::Annular { sigma_out, .. } => sigma_out,
            Self::Dipole { .. } | Self::Quadrupole { .. } => self
                .patches()
                .iter()
                .map(|p| p.outer.center.abs() + p.outer.radius)
                .fold(0.0, f64::max),
            Self::Point { source_x, .. } => source_x.abs(),
        }
    }

    /// Whether the source is symmetric about x = 0.
    #[must_use]
    pub fn is_mirrored(&self) -> bool {
        !matches!(*self, Self::Point { source_x, .. } if source_x != 0.0)
    }
}

/// A point at a distance from the axis; whole quarter turns give points exactly on the axes.
fn at_angle(distance: f64, angle_deg: f64) -> (f64, f64) {
    match angle_deg.rem_euclid(360.0) {
        0.0 => (distance, 0.0),
        90.0 => (0.0, distance),
        180.0 => (-distance, 0.0),
        270.0 => (0.0, -distance),
        angle => {
            let (sine, cosine) = angle.to_radians().sin_cos();
            (distance * cosine, distance * sine)
        }
    }
}
