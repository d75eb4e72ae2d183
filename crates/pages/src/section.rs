//! The parts that every section of the page has.

/// Whether a section contains something that needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing needs attention.
    Fine,
    /// A finding: a missed limit, a rule that fired, a point without a value.
    Found,
}

/// One section of the page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Anchor within the page; it follows from names, never from counters of other sections.
    pub id: String,
    /// Heading, and entry of the contents.
    pub title: String,
    /// Whether it contains a finding.
    pub state: State,
    /// The markup of everything below the heading.
    pub html: String,
}
