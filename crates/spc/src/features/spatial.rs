//! Features of the wafer's place in the boat.

use super::Item;

/// Where a wafer stood in the boat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Slot number, from 1.
    pub slot: Option<u32>,
    /// Number of slots in the boat.
    pub slots: Option<u32>,
}

/// Boat load, slot, normalized slot and distance to the nearest neighbour of each item.
pub(super) fn features(items: &[Item]) -> Vec<[Option<f64>; 4]> {
    items
        .iter()
        .map(|item| {
            let Some(slot) = item.place.slot else { return [None; 4] };
            let mates = || {
                items
                    .iter()
                    .filter(|other| other.run == item.run)
                    .filter_map(|other| other.place.slot)
            };
            // The wafer itself is one of the slots at distance 0; a second one at 0 would be a
            // double entry.
            let nearest =
                mates().filter(|other| *other != slot).map(|other| other.abs_diff(slot)).min();
            let normalized = item
                .place
                .slots
                .filter(|slots| *slots > 1)
                .map(|slots| (f64::from(slot) - 1.0) / (f64::from(slots) - 1.0));
            [
                Some(mates().count() as f64),
                Some(f64::from(slot)),
                normalized,
                nearest.map(f64::from),
            ]
        })
        .collect()
}
