//! The one-dimensional mesh: an oxide (perhaps none) over silicon, with the interface between them.
//!
//! Nodes `0..oxide_nodes` lie in the oxide, the others in the silicon. Both materials have a node at the
//! interface. The lattices stay where they are; growing oxide moves the two interface nodes only, so
//! that the interval next to the interface shrinks in the silicon and stretches in the oxide.

/// Positions and control volumes, in cm.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mesh {
    /// Depth of each node below the top of its layer's first position: the oxide from its own top,
    /// the silicon from the wafer's original surface.
    pub position: Vec<f64>,
    /// Nodes in the oxide.
    pub oxide_nodes: usize,
    /// `1 / interval` between node i and i + 1.
    pub inverse_interval: Vec<f64>,
    /// Length that each node stands for.
    pub volume: Vec<f64>,
}

impl Mesh {
    pub fn new(oxide: &[f64], silicon: &[f64]) -> Self {
        let mut mesh = Mesh {
            position: oxide.iter().chain(silicon).copied().collect(),
            oxide_nodes: oxide.len(),
            ..Mesh::default()
        };
        mesh.measure();
        mesh
    }

    pub fn len(&self) -> usize {
        self.position.len()
    }

    pub fn interval(&self, i: usize) -> f64 {
        self.position[i + 1] - self.position[i]
    }

    /// Recomputes intervals and volumes from the positions.
    pub fn measure(&mut self) {
        let n = self.len();
        self.volume.clear();
        self.volume.resize(n, 0.0);
        self.inverse_interval.clear();
        self.inverse_interval.resize(n, 0.0);
        for i in 0..n.saturating_sub(1) {
            self.measure_interval(i);
        }
        for i in 0..n {
            self.measure_volume(i);
        }
    }

    fn measure_interval(&mut self, i: usize) {
        let apart = i + 1 == self.oxide_nodes;
        self.inverse_interval[i] = if apart { 0.0 } else { 1.0 / self.interval(i) };
    }

    fn measure_volume(&mut self, i: usize) {
        let m = self.oxide_nodes;
        let left = if i == 0 || i == m { 0.0 } else { self.interval(i - 1) };
        let right = if i + 1 == self.len() || i + 1 == m { 0.0 } else { self.interval(i) };
        self.volume[i] = 0.5 * (left + right);
    }

    /// Moves the interface to the given positions in the two materials.
    pub fn move_interface(&mut self, oxide_end: f64, silicon_start: f64) {
        let m = self.oxide_nodes;
        self.position[m - 1] = oxide_end;
        self.position[m] = silicon_start;
        self.measure_interval(m - 2);
        self.measure_interval(m);
        for i in m - 2..=m + 1 {
            self.measure_volume(i);
        }
    }
}
