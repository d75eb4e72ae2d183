//! Possible causes of alarms and recommended actions, from files that the user can replace.

use crate::drift;
use crate::rules::{Pattern, Rule, Severity, Side, parse_rules};
use libchar_core::{Fault, Faults, glob, input};
use serde::Deserialize;
use std::borrow::Cow;
use std::ops::Range;

/// Causes and actions by rule, column, panel and side of the chart.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// Short name, as used with `--knowledge`.
    pub name: String,
    /// A line that describes the topic.
    #[serde(default)]
    pub description: String,
    /// Patterns of the names of the columns that it applies to (`*` stands for any text), by which
    /// `--knowledge auto` chooses.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Entries in order. All that match apply; the first match with a severity determines the
    /// severity.
    #[serde(default, rename = "entry")]
    pub entries: Vec<Entry>,
    /// Maintenance that a tool may need, for health and forecast.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
}

/// One kind of maintenance. Hours, costs and trims are those of the site; values that are absent
/// remain null in every answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maintenance {
    /// What to do, such as `tube_clean`.
    pub action: String,
    /// The component that it applies to.
    pub component: Option<String>,
    /// Patterns of the names of the features that it may improve, in any case; `*` stands for any
    /// text.
    #[serde(default)]
    pub features: Vec<String>,
    /// Hours that the tool is down.
    pub estimated_downtime_hours: Option<f64>,
    /// Cost, in words.
    pub cost_impact: Option<String>,
    /// Zones to inspect.
    pub zones: Option<Vec<u32>>,
    /// Trim of the recipe's temperature, °C.
    pub delta_temp_c: Option<f64>,
    /// Trim of the recipe's time, minutes.
    pub delta_time_min: Option<f64>,
    /// Recommended number of runs between two such actions.
    pub recommended_frequency: Option<u64>,
}

impl Maintenance {
    /// Whether it may improve the feature of this name.
    pub fn speaks_of(&self, feature: &str) -> bool {
        let feature = feature.to_lowercase();
        self.features.iter().any(|named| glob::matches(&named.to_lowercase(), &feature))
    }
}

/// Causes and actions for some violations. A list that is absent matches everything.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Rule identifiers or families ([`crate::rules::Pattern::family`]), or kinds of drift, in any case.
    pub rules: Option<Vec<String>>,
    /// Patterns of the names of the charted column, in any case; `*` stands for any text.
    pub columns: Option<Vec<String>>,
    /// A single such pattern: `column = "cd_*"`.
    pub column: Option<String>,
    /// Panels: `x`, `mr`, `xbar` …
    pub panels: Option<Vec<String>>,
    /// Sides: `upper`, `lower`, `both`.
    pub sides: Option<Vec<String>>,
    /// Replaces the rule's own severity.
    pub severity: Option<Severity>,
    /// Possible causes, the most likely first.
    #[serde(default)]
    pub causes: Vec<String>,
    /// Recommended actions, in order.
    #[serde(default)]
    pub actions: Vec<String>,
    /// The site's out-of-control action plan (OCAP) for such an alarm, as text.
    pub ocap: Option<String>,
}

/// Names of sides.
const SIDES: [&str; 3] = ["upper", "lower", "both"];

/// A knowledge file that cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct KnowledgeError {
    /// What is wrong.
    pub message: String,
    /// Valid names, if the error is an unknown name.
    pub expected: Vec<&'static str>,
    /// Position of the error, in bytes.
    pub span: Option<Range<usize>>,
}

/// What a knowledge file says about one violation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advice {
    /// Severity, if an entry sets one.
    pub severity: Option<Severity>,
    /// Causes of every matching entry, without repetition.
    pub causes: Vec<String>,
    /// Actions of every matching entry, without repetition.
    pub actions: Vec<String>,
    /// Action plan of the first matching entry that has one.
    pub ocap: Option<String>,
}

/// The files that ship with the program: name and text.
pub const SHIPPED: [(&str, &str); 3] = [
    ("furnace", include_str!("../knowledge/furnace.toml")),
    ("litho", include_str!("../knowledge/litho.toml")),
    ("metrology", include_str!("../knowledge/metrology.toml")),
];

impl Knowledge {
    /// Knowledge without entries.
    pub fn empty() -> Self {
        Self {
            name: "none".to_owned(),
            description: String::new(),
            columns: Vec::new(),
            entries: Vec::new(),
            maintenance: Vec::new(),
        }
    }

    /// Parses a knowledge file.
    ///
    /// # Errors
    /// Text that is not such a file, and unknown names of rules, families, kinds of drift and
    /// sides, because an entry that never applies is a mistake.
    pub fn parse(text: &str) -> Result<Self, KnowledgeError> {
        let knowledge: Self = toml::from_str(text).map_err(|error| KnowledgeError {
            message: error.message().to_owned(),
            expected: Vec::new(),
            span: error.span(),
        })?;
        type Wrong = fn(&str) -> bool;
        let is_no_side: Wrong = |name| !SIDES.iter().any(|side| side.eq_ignore_ascii_case(name));
        for (place, entry) in knowledge.entries.iter().enumerate() {
            for (key, what, names, is_wrong, expected) in [
                (
                    "rules",
                    "rule",
                    &entry.rules,
                    (|name| !is_rule(name)) as Wrong,
                    rule_names().collect(),
                ),
                ("sides", "side", &entry.sides, is_no_side, SIDES.to_vec()),
            ] {
                let mut names = names.iter().flatten().enumerate();
                if let Some((item, name)) = names.find(|(_, name)| is_wrong(name)) {
                    return Err(KnowledgeError {
                        message: format!("unknown {what} `{name}`"),
                        expected,
                        span: span(text, place, key, item),
                    });
                }
            }
        }
        Ok(knowledge)
    }

    /// Parses the content of the knowledge file `file`.
    ///
    /// # Errors
    /// As [`Knowledge::parse`], with the position in the file and the nearest known name.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Faults> {
        let text = input::text(file, bytes)?;
        Ok(Self::parse(text).map_err(|error| {
            let offset = error.span.clone().map_or(0, |span| span.start);
            let fault = Fault::at_offset(file, text, offset, error.message);
            let typed = error.span.and_then(|span| text.get(span)).unwrap_or_default();
            match error.expected.is_empty() {
                true => fault,
                false => fault.one_of(typed, error.expected),
            }
        })?)
    }

    /// The shipped file that applies to a column of this name; empty knowledge if there is none.
    pub fn about(column: &str) -> Self {
        let shipped = SHIPPED.iter().filter_map(|(name, _)| Self::shipped(name));
        let mut fitting =
            shipped.filter(|k| k.columns.iter().any(|glob| names_column(glob, column)));
        fitting.next().unwrap_or_else(Self::empty)
    }

    /// One of the shipped files by name.
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        Self::parse(text).ok()
    }

    /// The causes and actions for `rule` on a panel of `column`.
    pub fn advice(&self, rule: &Rule, column: &str, panel: &str, side: Side) -> Advice {
        // The limit rule of a companion panel has a name of its own, because `beyond` refers to the
        // measured value.
        let family = if rule.id == "LIMIT" { "LIMIT" } else { rule.pattern.family() };
        self.collect(&[&rule.id, family], column, panel, side)
    }

    /// The causes and actions for a kind of drift of `column`, from entries that name the kind or a
    /// family of rules that looks for the same change.
    pub fn drift_advice(&self, kind: drift::Kind, column: &str) -> Advice {
        let names: Vec<&str> = [kind.name()].iter().chain(kind.families()).copied().collect();
        self.collect(&names, column, "x", kind.side())
    }

    fn collect(&self, names: &[&str], column: &str, panel: &str, side: Side) -> Advice {
        let mut advice = Advice::default();
        for entry in self.entries.iter().filter(|entry| entry.matches(names, column, panel, side)) {
            advice.severity = advice.severity.or(entry.severity);
            if advice.ocap.is_none() {
                advice.ocap.clone_from(&entry.ocap);
            }
            extend(&mut advice.causes, &entry.causes);
            extend(&mut advice.actions, &entry.actions);
        }
        advice
    }
}

impl Entry {
    fn matches(&self, names: &[&str], column: &str, panel: &str, side: Side) -> bool {
        let side = match side {
            Side::Upper => "upper",
            Side::Lower => "lower",
            Side::Both => "both",
        };
        let any = |list: &Option<Vec<String>>, test: &dyn Fn(&str) -> bool| {
            list.as_ref().is_none_or(|list| list.iter().any(|item| test(item)))
        };
        any(&self.rules, &|name| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
            && any(&self.columns, &|glob| names_column(glob, column))
            && self.column.as_ref().is_none_or(|glob| names_column(glob, column))
            && any(&self.panels, &|name| name.eq_ignore_ascii_case(panel))
            && any(&self.sides, &|name| name.eq_ignore_ascii_case(side))
    }
}

/// Position in bytes of item `item` of `key` in the entry number `place`.
fn span(text: &str, place: usize, key: &str, item: usize) -> Option<Range<usize>> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let entries = table.get_ref().get("entry")?.get_ref().as_array()?;
    let entry = entries.get(place)?.get_ref().as_table()?;
    let name = entry.get(key)?.get_ref().as_array()?.get(item)?;
    // Without the quotes.
    Some(name.span().start + 1..name.span().end - 1)
}

/// Whether a pattern matches a column. `column` may be several names, joined by commas.
fn names_column(pattern: &str, column: &str) -> bool {
    let (pattern, column) = (pattern.to_lowercase(), column.to_lowercase());
    glob::matches(&pattern, &column) || column.split(',').any(|one| glob::matches(&pattern, one))
}

/// The names of the families of rules, including `LIMIT`, and of the kinds of drift.
fn rule_names() -> impl Iterator<Item = &'static str> {
    let families = Pattern::FAMILIES.into_iter().chain(["LIMIT"]);
    families.chain(drift::Kind::ALL.map(drift::Kind::name))
}

/// Whether an entry for this rule can ever apply: a family, a kind of drift, or the identifier of one rule.
fn is_rule(name: &str) -> bool {
    rule_names().any(|known| known.eq_ignore_ascii_case(name))
        || parse_rules(name)
            .is_ok_and(|rules| matches!(&rules[..], [rule] if rule.id.eq_ignore_ascii_case(name)))
}

fn extend(list: &mut Vec<String>, more: &[String]) {
    for item in more {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

/// The fault that a name is neither a shipped file nor a file that exists.
pub fn unknown(name: &str) -> Fault {
    let shipped = SHIPPED.iter().map(|(name, _)| *name);
    let names = ["auto"].into_iter().chain(shipped).chain(["none"]);
    Fault::of("--knowledge", format!("unknown knowledge `{name}`")).one_of(name, names)
}

/// The source of causes and actions.
#[derive(Debug, Clone)]
pub enum Choice {
    /// The shipped file that applies to the column.
    Auto,
    /// The same knowledge for every column, or none.
    Fixed(Option<Knowledge>),
}

impl Choice {
    /// The knowledge for a column.
    pub fn of(&self, column: &str) -> Option<Cow<'_, Knowledge>> {
        match self {
            Choice::Auto => Some(Cow::Owned(Knowledge::about(column))),
            Choice::Fixed(known) => known.as_ref().map(Cow::Borrowed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_rules;

    #[test]
    fn a_name_that_is_no_knowledge_comes_with_the_nearest() {
        let told = unknown("furnance").to_string();
        assert!(told.starts_with("--knowledge: unknown knowledge `furnance`\n"), "{told}");
        assert!(told.contains("auto, furnace, litho, metrology, none"), "{told}");
        assert!(told.ends_with("did you mean `furnace`?"), "{told}");
    }

    #[test]
    fn shipped_files_speak_to_every_family() {
        for (name, _) in SHIPPED {
            let knowledge = Knowledge::shipped(name).expect(name);
            assert_eq!(knowledge.name, name);
            for rule in parse_rules("nelson,r_4s").unwrap() {
                for column in ["temp_c", "cd_nm", "anything"] {
                    if rule.id == "N1" && column == "anything" {
                        continue;
                    }
                    let advice = knowledge.advice(&rule, column, "x", Side::Upper);
                    let silent = advice.causes.is_empty() || advice.actions.is_empty();
                    assert!(
                        !silent || (rule.id == "N1" && name != "metrology"),
                        "{name} {}",
                        rule.id
                    );
                }
            }
        }
    }

    #[test]
    fn shipped_files_speak_to_every_kind_of_drift() {
        for (name, _) in SHIPPED {
            let knowledge = Knowledge::shipped(name).expect(name);
            for kind in drift::Kind::ALL {
                for column in ["temp_c", "cd_nm", "tox_nm"] {
                    let advice = knowledge.drift_advice(kind, column);
                    let silent = advice.causes.is_empty() || advice.actions.is_empty();
                    // The meaning of a spike depends on the column, and a file need not cover every
                    // column.
                    assert!(!silent || kind == drift::Kind::Spike, "{name} {kind} {column}");
                }
            }
        }
        let rising =
            "name = 'x'\n[[entry]]\nrules = ['level-up']\ncauses = ['up']\nseverity = 'CRITICAL'\n";
        let knowledge = Knowledge::parse(rising).unwrap();
        let advice = knowledge.drift_advice(drift::Kind::LevelUp, "x");
        assert_eq!(
            (advice.causes, advice.severity),
            (vec!["up".to_owned()], Some(Severity::Critical))
        );
        assert_eq!(knowledge.drift_advice(drift::Kind::LevelDown, "x"), Advice::default());
    }

    #[test]
    fn mistakes_have_a_place() {
        let error = Knowledge::parse("name = 'x'\n[[entry]]\ncause = ['y']\n").unwrap_err();
        assert!(error.message.contains("unknown field `cause`"), "{error}");
        assert_eq!(error.span.map(|span| span.start), Some(21));
        for (entry, message) in [
            ("rules = ['N1', 'tredn']", "unknown rule `tredn`"),
            ("rules = ['nelson']", "unknown rule `nelson`"),
            ("sides = ['up']", "unknown side `up`"),
        ] {
            // An earlier occurrence of the name in the file must not be reported as the position.
            let text = format!("name = 'up tredn nelson'\n[[entry]]\n{entry}\n");
            let error = Knowledge::parse(&text).unwrap_err();
            assert_eq!(error.message, message);
            assert!(!error.expected.is_empty());
            let at = error.span.clone().unwrap().start;
            assert!(at > text.find("]]").unwrap() && message.contains(&text[error.span.unwrap()]));
        }
        for rule in ["n1", "WE2", "1_3s", "2of3@2", "trend7", "limit", "Level-Up", "zone"] {
            let text = format!("name = 'x'\n[[entry]]\nrules = ['{rule}']\n");
            assert!(Knowledge::parse(&text).is_ok(), "{rule}");
        }
    }
}
