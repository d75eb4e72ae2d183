//! The one-dimensional mesh: an oxide (perhaps none) over silicon, with the interface between them.
//!
//! Nodes `0..oxide_nodes` lie in the oxide, the others in the silicon. Both materials have a node
//! at the interface. All other nodes stay in place; growing oxide moves the two interface nodes, so
//! that the interval next to the interface shrinks in the silicon and stretches in the oxide. Where
//! the oxide advances faster than a dopant diffuses away, the silicon nodes in which it piles up
//! move with the interface.

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
    /// Length that each node represents.
    pub volume: Vec<f64>,
    /// Distances from the interface of the silicon nodes that move with it, the interface node
    /// included; empty while nothing moves.
    riding: Vec<f64>,
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
        let rides = i.wrapping_sub(self.oxide_nodes);
        match self.riding.get(rides.wrapping_add(1)) {
            Some(next) if i >= self.oxide_nodes => next - self.riding[rides],
            _ => self.position[i + 1] - self.position[i],
        }
    }

    /// Makes the first silicon nodes, at least one, move with the interface.
    pub fn ride(&mut self, nodes: usize) {
        let silicon = &self.position[self.oxide_nodes..];
        self.riding = silicon[..nodes].iter().map(|x| x - silicon[0]).collect();
    }

    /// Lets no node move with the interface any more.
    pub fn rest(&mut self) {
        self.riding.clear();
    }

    /// The deepest node that moves with the interface.
    pub fn last_riding(&self) -> usize {
        self.oxide_nodes + self.riding.len().saturating_sub(1)
    }

    /// Speed of the face below node `i`, divided by the interface's speed in its material: 1
    /// between nodes that move with the interface, 0.5 between a node that moves and one that
    /// stays.
    pub fn face_speed(&self, i: usize) -> f64 {
        let m = self.oxide_nodes;
        let last = self.last_riding();
        if m < 2 {
            0.0
        } else if i + 2 == m || i == last {
            0.5
        } else if i >= m && i < last {
            1.0
        } else {
            0.0
        }
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
        let (m, last) = (self.oxide_nodes, self.last_riding());
        self.position[m - 1] = oxide_end;
        self.position[m] = silicon_start;
        for (x, offset) in self.position[m..].iter_mut().zip(&self.riding).skip(1) {
            *x = silicon_start + offset;
        }
        self.measure_interval(m - 2);
        self.measure_interval(last);
        for i in [m - 2, m - 1, m, last, last + 1] {
            self.measure_volume(i);
        }
    }
}
