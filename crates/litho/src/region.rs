//! The overlap of discs on one axis, cut into pieces at the points where another disc becomes the
//! edge.

use crate::source::Disc;

/// Part of an overlap between two angles of one disc: it extends from that disc's lower to its
/// upper edge.
///
/// With x = center + radius sin(angle) the edge is at y = radius cos(angle), which is smooth up to
/// the point where it closes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The disc whose edge bounds this part.
    pub arc: Disc,
    /// Start and end, within -pi/2..pi/2.
    pub angle: (f64, f64),
}

/// The overlap of all `discs` in pieces from left to right; empty if they do not overlap.
pub(crate) fn overlap(discs: &[Disc]) -> Vec<Piece> {
    let low = discs.iter().map(|d| d.center - d.radius).fold(f64::NEG_INFINITY, f64::max);
    let high = discs.iter().map(|d| d.center + d.radius).fold(f64::INFINITY, f64::min);
    let mut cuts = vec![low, high];
    for (i, a) in discs.iter().enumerate() {
        cuts.extend(discs[i + 1..].iter().filter_map(|b| a.crossing(*b)));
    }
    cuts.retain(|c| (low..=high).contains(c));
    cuts.sort_by(f64::total_cmp);
    let mut pieces: Vec<Piece> = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if b - a < 1e-14 {
            continue;
        }
        let height = |d: &Disc| d.half_height(f64::midpoint(a, b));
        let Some(&arc) = discs.iter().min_by(|p, q| height(p).total_cmp(&height(q))) else {
            continue;
        };
        let angle = |x: f64| ((x - arc.center) / arc.radius).clamp(-1.0, 1.0).asin();
        match pieces.last_mut() {
            // The cut was at a crossing of other edges, farther out, so the piece continues.
            Some(before) if before.arc == arc => before.angle.1 = angle(b),
            _ => pieces.push(Piece { arc, angle: (angle(a), angle(b)) }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(discs: &[Disc]) -> f64 {
        let part = |p: &Piece| {
            let sum = |angle: f64| p.arc.radius.powi(2) * (angle + (2.0 * angle).sin() / 2.0);
            sum(p.angle.1) - sum(p.angle.0)
        };
        overlap(discs).iter().map(part).sum()
    }

    /// The area that two unit discs at distance d share: 2 acos(d/2) - d/2 sqrt(4 - d^2).
    #[test]
    fn overlapping_discs_have_the_known_area() {
        let unit = |center| Disc { center, radius: 1.0 };
        for d in [1e-3, 0.1, 0.5, 1.0, 1.5, 1.9, 1.999] {
            let exact = 2.0 * (d / 2.0_f64).acos() - d / 2.0 * (4.0 - d * d).sqrt();
            let found = area(&[unit(0.0), unit(d)]);
            assert!((found - exact).abs() < 1e-13, "{d}: {found} against {exact}");
        }
    }

    #[test]
    fn a_disc_within_others_is_one_piece() {
        let small = Disc { center: 0.1, radius: 0.2 };
        let discs = [small, Disc { center: 0.0, radius: 1.0 }, Disc { center: 0.4, radius: 1.0 }];
        assert_eq!(overlap(&discs).len(), 1);
        assert!((area(&discs) - std::f64::consts::PI * 0.04).abs() < 1e-15);
    }

    #[test]
    fn discs_apart_share_nothing() {
        let unit = |center| Disc { center, radius: 1.0 };
        assert_eq!(overlap(&[unit(-1.0), unit(1.5)]), []);
    }
}
