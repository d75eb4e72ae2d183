//! What every section of the page is.

/// Whether a section holds something that somebody must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing to look at.
    Fine,
    /// A finding: a limit missed, a rule fired, a point without a value.
    Found,
}

/// One section of the page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Anchor within the page; follows from names, never from counters of other sections.
    pub id: String,
    /// Heading, and entry of the contents.
    pub title: String,
    /// Whether it holds a finding.
    pub state: State,
    /// The markup of everything below the heading.
    pub html: String,
}
