//! The published rule sets.

use super::{Pattern, Rule};

/// A rule set by name.
pub struct NamedSet {
    /// The name for `--rules`.
    pub name: &'static str,
    /// The publication of the rules.
    pub source: &'static str,
    /// Identifier and pattern of each rule, in the order of the source.
    pub rules: &'static [(&'static str, Pattern)],
}

impl NamedSet {
    /// The set called `name`, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        SETS.iter().find(|set| set.name.eq_ignore_ascii_case(name))
    }

    /// The rules of this set.
    pub fn to_rules(&self) -> Vec<Rule> {
        let rule = |&(id, pattern): &(&str, Pattern)| Rule { id: id.to_owned(), pattern };
        self.rules.iter().map(rule).collect()
    }
}

/// Every named set.
pub const SETS: &[NamedSet] = &[
    NamedSet {
        name: "rule1",
        source: "Shewhart (1931): 3 sigma limits",
        rules: &[("N1", beyond(1, 1, 3.0))],
    },
    NamedSet {
        name: "we",
        source: "Western Electric (1956), Statistical Quality Control Handbook",
        rules: &[
            ("WE1", beyond(1, 1, 3.0)),
            ("WE2", beyond(2, 3, 2.0)),
            ("WE3", beyond(4, 5, 1.0)),
            ("WE4", beyond(8, 8, 0.0)),
        ],
    },
    NamedSet {
        name: "nelson",
        source: "Nelson (1984), Journal of Quality Technology 16, 237-239",
        rules: &[
            ("N1", beyond(1, 1, 3.0)),
            ("N2", beyond(9, 9, 0.0)),
            ("N3", Pattern::Trend { n: 6 }),
            ("N4", Pattern::Alternate { n: 14 }),
            ("N5", beyond(2, 3, 2.0)),
            ("N6", beyond(4, 5, 1.0)),
            ("N7", Pattern::Within { n: 15, z: 1.0 }),
            ("N8", Pattern::Outside { n: 8, z: 1.0, both_sides: true }),
        ],
    },
    NamedSet {
        name: "westgard",
        source: "Westgard et al. (1981), Clinical Chemistry 27, 493-501",
        rules: &[
            ("1_3s", beyond(1, 1, 3.0)),
            ("2_2s", beyond(2, 2, 2.0)),
            ("R_4s", Pattern::Opposite { z: 2.0 }),
            ("4_1s", beyond(4, 4, 1.0)),
            ("10_x", beyond(10, 10, 0.0)),
        ],
    },
    NamedSet {
        name: "aiag",
        source: "AIAG (2005), Statistical Process Control, 2nd edition, table II.1",
        rules: &[
            ("AIAG1", beyond(1, 1, 3.0)),
            ("AIAG2", beyond(7, 7, 0.0)),
            ("AIAG3", Pattern::Trend { n: 6 }),
            ("AIAG4", Pattern::Alternate { n: 14 }),
            ("AIAG5", beyond(2, 3, 2.0)),
            ("AIAG6", beyond(4, 5, 1.0)),
            ("AIAG7", Pattern::Within { n: 15, z: 1.0 }),
            ("AIAG8", Pattern::Outside { n: 8, z: 1.0, both_sides: false }),
        ],
    },
];

const fn beyond(k: usize, m: usize, z: f64) -> Pattern {
    Pattern::Beyond { k, m, z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogued_pattern_is_valid_and_every_id_unique_in_its_set() {
        for set in SETS {
            for (i, (id, pattern)) in set.rules.iter().enumerate() {
                pattern.check().unwrap();
                assert!(set.rules[..i].iter().all(|(other, _)| other != id), "{id}");
            }
        }
    }
}
