//! Rule sets as users type them.

use super::{NamedSet, Pattern, Rule, SETS};
use crate::error::SpcError;

/// Parses a comma-separated list of sets, rules and custom patterns, in any case.
///
/// * sets: `rule1`, `we`, `nelson`, `westgard`, `aiag`, `none`
/// * some rules of a set: `we1`, `we14`, `n1`, `n1-4`, `n125678`, `aiag1-3`
/// * Westgard's names: `1_3s`, `2_2s`, `2of3_2s`, `R_4s`, `10_x`, `7_t`
/// * custom: `2of3@2` (k of m beyond z sigma), `run7`, `trend7`, `alternate12`, `within14@1`, `outside8@1`
///   (either side), `mixture8@1` (both sides)
///
/// A rule that is named twice is used once. The order of the list is kept.
///
/// # Errors
/// [`SpcError::UnknownName`] with every valid form, or a pattern that is out of range.
pub fn parse_rules(text: &str) -> Result<Vec<Rule>, SpcError> {
    let mut rules: Vec<Rule> = Vec::new();
    for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let found = parse_item(item)
            .ok_or_else(|| SpcError::UnknownName {
                what: "rule or rule set",
                found: item.to_owned(),
                expected: valid_forms(),
            })?
            .into_iter()
            .map(|rule| Rule::new(rule.id, rule.pattern));
        for rule in found {
            let rule = rule?;
            if rules.iter().all(|known| known.id != rule.id) {
                rules.push(rule);
            }
        }
    }
    if rules.is_empty() && !text.split(',').any(|item| item.trim().eq_ignore_ascii_case("none")) {
        return Err(SpcError::UnknownName {
            what: "rule or rule set",
            found: text.to_owned(),
            expected: valid_forms(),
        });
    }
    Ok(rules)
}

fn valid_forms() -> Vec<String> {
    let forms = ["none", "we1", "n1-4", "1_3s", "2of3@2", "run7", "trend7", "alternate12"];
    let bands = ["within14@1", "outside8@1", "mixture8@1"];
    SETS.iter().map(|set| set.name).chain(forms).chain(bands).map(str::to_owned).collect()
}

fn parse_item(item: &str) -> Option<Vec<Rule>> {
    let lower = item.to_ascii_lowercase();
    if lower == "none" {
        return Some(Vec::new());
    }
    if let Some(set) = NamedSet::find(&lower) {
        return Some(set.to_rules());
    }
    members(&lower).or_else(|| {
        let pattern = westgard(&lower).or_else(|| custom(&lower))?;
        let known =
            SETS.iter().flat_map(|set| set.rules).find(|(id, _)| id.eq_ignore_ascii_case(item));
        let id = known.map_or_else(|| lower.clone(), |(id, _)| (*id).to_owned());
        Some(vec![Rule { id, pattern }])
    })
}

/// Parses rules of a set: `we14`, `n1-4`, `nelson125678`, `aiag2`, and `n8any`, which is AIAG's
/// rule 8 under Nelson's number.
fn members(item: &str) -> Option<Vec<Rule>> {
    if item == "n8any" {
        let pattern = Pattern::Outside { n: 8, z: 1.0, both_sides: false };
        return Some(vec![Rule { id: "N8any".to_owned(), pattern }]);
    }
    let prefixes = [
        ("western-electric", "we"),
        ("we", "we"),
        ("nelson", "nelson"),
        ("n", "nelson"),
        ("aiag", "aiag"),
    ];
    let (digits, set) = prefixes
        .iter()
        .find_map(|(prefix, set)| Some((item.strip_prefix(prefix)?, NamedSet::find(set)?)))?;
    if digits.is_empty() {
        return Some(set.to_rules());
    }
    let numbers: Vec<usize> = match digits.split_once('-') {
        Some((first, last)) => {
            let last: usize = last.parse().ok().filter(|last| *last <= set.to_rules().len())?;
            (first.parse().ok()?..=last).collect()
        }
        None => {
            digits.chars().map(|c| c.to_digit(10).map(|d| d as usize)).collect::<Option<_>>()?
        }
    };
    let rules = set.to_rules();
    if numbers.is_empty() {
        return None;
    }
    numbers.iter().map(|&n| rules.get(n.checked_sub(1)?).cloned()).collect()
}

/// Parses Westgard's names: `1_3s`, `2of3_2s`, `r_4s`, `10_x`, `7_t`.
fn westgard(item: &str) -> Option<Pattern> {
    let (count, what) = item.split_once('_')?;
    if what == "x" {
        let n = count.parse().ok()?;
        return Some(Pattern::Beyond { k: n, m: n, z: 0.0 });
    }
    if what == "t" {
        return Some(Pattern::Trend { n: count.parse().ok()? });
    }
    let z: f64 = what.strip_suffix('s')?.parse().ok()?;
    if count == "r" {
        return Some(Pattern::Opposite { z: z / 2.0 });
    }
    let (k, m) = match count.split_once("of") {
        Some((k, m)) => (k.parse().ok()?, m.parse().ok()?),
        None => (count.parse().ok()?, count.parse().ok()?),
    };
    Some(Pattern::Beyond { k, m, z })
}

/// Parses custom patterns: `2of3@2`, `2/3@2`, `run7`, `trend6`, `alternate14`, `within15@1`,
/// `outside8@1`, `mixture8@1`.
fn custom(item: &str) -> Option<Pattern> {
    let count = |name: &str| item.strip_prefix(name).and_then(|n| n.parse::<usize>().ok());
    if let Some(n) = count("run") {
        return Some(Pattern::Beyond { k: n, m: n, z: 0.0 });
    }
    if let Some(n) = count("trend") {
        return Some(Pattern::Trend { n });
    }
    if let Some(n) = count("alternate") {
        return Some(Pattern::Alternate { n });
    }
    let (shape, z) = item.split_once('@')?;
    let z: f64 = z.parse().ok()?;
    let band = |name: &str| shape.strip_prefix(name).and_then(|n| n.parse::<usize>().ok());
    if let Some(n) = band("within") {
        return Some(Pattern::Within { n, z });
    }
    if let Some(n) = band("outside") {
        return Some(Pattern::Outside { n, z, both_sides: false });
    }
    if let Some(n) = band("mixture") {
        return Some(Pattern::Outside { n, z, both_sides: true });
    }
    let (k, m) = shape.split_once("of").or_else(|| shape.split_once('/'))?;
    Some(Pattern::Beyond { k: k.parse().ok()?, m: m.parse().ok()?, z })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        parse_rules(text).unwrap().into_iter().map(|rule| rule.id).collect()
    }

    #[test]
    fn sets_ranges_digits_and_custom_patterns() {
        assert_eq!(ids("we").len(), 4);
        assert_eq!(ids("WE14"), ["WE1", "WE4"]);
        assert_eq!(ids("n1-4"), ["N1", "N2", "N3", "N4"]);
        assert_eq!(ids("N125678").len(), 6);
        assert_eq!(ids("nelson,n1"), ids("nelson"));
        assert_eq!(ids("1_3S,r_4s"), ["1_3s", "R_4s"]);
        assert_eq!(ids("3of4@1.5, run7"), ["3of4@1.5", "run7"]);
        assert!(ids("none").is_empty());
        let both = parse_rules("mixture8@1").unwrap()[0].pattern;
        assert_eq!(both, NamedSet::find("nelson").unwrap().rules[7].1);
    }

    #[test]
    fn a_range_ends_within_its_set() {
        assert_eq!(parse_rules("n1-8").unwrap().len(), 8);
        for text in ["n1-9", "we1-99999999999", "n5-3", "n0-2"] {
            assert!(parse_rules(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused_with_what_works() {
        for text in
            ["", "nelsen", "n9", "we0", "4of3@1", "2of3@-1", "trend1", "run65", "within5@0", "n"]
        {
            let found = parse_rules(text);
            assert_eq!(found.is_err(), text != "n", "{text}: {found:?}");
        }
        let error = parse_rules("nelsen").unwrap_err();
        assert!(
            matches!(error, SpcError::UnknownName { expected, .. } if expected.iter().any(|e| e == "nelson"))
        );
    }
}
