//! Point defects of a wafer between two steps.

/// Ratios to equilibrium at every silicon node, from the surface down. When the temperature
/// changes, the ratios are kept and not the concentrations: with few vacancies and many traps, the
/// concentrations could not follow the change.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectState {
    /// Interstitials over their equilibrium.
    pub i_ratio: Vec<f64>,
    /// Vacancies over their equilibrium.
    pub v_ratio: Vec<f64>,
    /// Empty traps over those at equilibrium.
    pub empty_ratio: Vec<f64>,
    /// Interstitials in clusters, cm-3.
    pub clustered: Vec<f64>,
    /// Additional free interstitials and vacancies at the start of the next furnace step, cm-3.
    pub(crate) extra: [Vec<f64>; 2],
    /// Whether the wafer was implanted since the last furnace step.
    pub(crate) implanted: bool,
}

impl DefectState {
    /// Equilibrium at the given number of nodes.
    pub(crate) fn rest(nodes: usize) -> DefectState {
        DefectState {
            i_ratio: vec![1.0; nodes],
            v_ratio: vec![1.0; nodes],
            empty_ratio: vec![1.0; nodes],
            clustered: vec![0.0; nodes],
            extra: [vec![0.0; nodes], vec![0.0; nodes]],
            implanted: false,
        }
    }

    /// Inserts a node between `place` and the next, at a fraction of their distance.
    pub(crate) fn insert(&mut self, place: usize, share: f64) {
        let [i, v] = &mut self.extra;
        let all = [
            &mut self.i_ratio,
            &mut self.v_ratio,
            &mut self.empty_ratio,
            &mut self.clustered,
            i,
            v,
        ];
        for values in all {
            let (left, right) = (values[place], values[place + 1]);
            values.insert(place + 1, left + share * (right - left));
        }
    }

    /// Whether only the dopants will move: all ratios are within a part in a thousand of
    /// equilibrium.
    pub(crate) fn is_at_rest(&self) -> bool {
        const NEAR: f64 = 1e-3;
        let near = |ratios: &[f64]| ratios.iter().all(|ratio| (ratio - 1.0).abs() < NEAR);
        let none = |amounts: &[f64]| amounts.iter().all(|amount| *amount < 1e9);
        near(&self.i_ratio)
            && near(&self.v_ratio)
            && near(&self.empty_ratio)
            && none(&self.clustered)
            && none(&self.extra[0])
            && none(&self.extra[1])
    }
}
