//! Tolerances: how far two values may differ.

use super::entry::Entry;

/// The tolerance of all measures, and those of single ones.
#[derive(Debug, Clone, Default)]
pub struct Tolerances {
    /// Absolute, in SI units.
    pub abs: f64,
    /// Relative to the old value, as a fraction.
    pub rel: f64,
    /// Tolerances of single measures; the last one that matches counts, and replaces both of the
    /// above.
    pub rules: Vec<Rule>,
    /// Whether the caller gave any tolerance: if not, measurements are judged by their uncertainty.
    pub given: bool,
}

/// The tolerance of the measures whose name matches a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// A name in which `*` stands for any letters and `?` for one.
    pub pattern: String,
    /// Absolute, in SI units.
    pub abs: f64,
    /// Relative to the old value, as a fraction.
    pub rel: f64,
}

impl Rule {
    /// Parses `NAME=1ps` or `NAME=2%`; both may be given, as in `NAME=1ps,2%`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Rule, String> {
        let Some((pattern, values)) = text.rsplit_once('=').filter(|(name, _)| !name.is_empty())
        else {
            return Err(format!(
                "`{text}` is not a tolerance: expected NAME=VALUE, as in tphl=1ps or tphl=2%"
            ));
        };
        let mut rule = Rule { pattern: pattern.trim().to_owned(), abs: 0.0, rel: 0.0 };
        for value in values.split(',') {
            let (abs, rel) = amount(value)?;
            rule.abs = rule.abs.max(abs);
            rule.rel = rule.rel.max(rel);
        }
        Ok(rule)
    }
}

/// Parses an amount: `1ps` is absolute, `2%` relative.
fn amount(text: &str) -> Result<(f64, f64), String> {
    let wrong = || {
        format!(
            "`{text}` is not an amount: expected a number of at least 0 with a unit or %, as 1ps, 0.5, 2%"
        )
    };
    let (amount, is_relative) = match text.trim().strip_suffix('%') {
        Some(percent) => (libchar_core::number::parse_decimal(percent), true),
        None => (libchar_core::number::parse_spice(text), false),
    };
    let amount = amount.filter(|amount| *amount >= 0.0).ok_or_else(wrong)?;
    Ok(if is_relative { (0.0, amount / 100.0) } else { (amount, 0.0) })
}

impl Tolerances {
    /// Parses the tolerances of the command line: `--abs`, `--rel`, and `--tolerance` for single measures.
    ///
    /// # Errors
    /// What is wrong with the first faulty option, which the text names.
    pub fn parse(
        abs: Option<&str>,
        rel: Option<&str>,
        rules: &[String],
    ) -> Result<Tolerances, String> {
        let amounts = |option: &str, text: Option<&str>| match text {
            // A rule for a measure states its amounts in the same way.
            Some(text) => {
                Rule::parse(&format!("x={text}")).map_err(|wrong| format!("{option}: {wrong}"))
            }
            None => Ok(Rule { pattern: String::new(), abs: 0.0, rel: 0.0 }),
        };
        let parsed: Result<Vec<Rule>, String> =
            rules.iter().map(|text| Rule::parse(text)).collect();
        let given = abs.is_some() || rel.is_some() || !rules.is_empty();
        let (absolute, relative) = (amounts("--abs", abs)?, amounts("--rel", rel)?);
        if absolute.rel > 0.0 {
            let text = abs.unwrap_or_default();
            return Err(format!("--abs {text}: a part of the old value is --rel"));
        }
        Ok(Tolerances {
            abs: absolute.abs,
            rel: relative.rel.max(relative.abs),
            rules: parsed.map_err(|wrong| format!("--tolerance: {wrong}"))?,
            given,
        })
    }

    /// The distance, in the entry's unit, up to which a new value counts as the old one: the larger of the absolute
    /// tolerance and the relative one of the old value.
    pub fn of(&self, entry: &Entry, old: f64) -> f64 {
        let rule = self.rules.iter().rev().find(|rule| fits(&rule.pattern, &entry.measure));
        let (abs, rel) = rule.map_or((self.abs, self.rel), |rule| (rule.abs, rule.rel));
        (abs / entry.scale).max(rel * old.abs())
    }
}

/// Whether a text matches a pattern with `*` and `?`, ignoring case.
pub fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.to_lowercase().chars().collect(), text.to_lowercase().chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            // Back to the last star, which now takes one letter more.
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    (p, t) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::{Rule, Tolerances, fits};
    use crate::diff::{Content, Entry};

    #[test]
    fn patterns_take_stars_and_marks() {
        for (pattern, text, is_fit) in [
            ("tphl", "TPHL", true),
            ("t*", "tphl", true),
            ("t*l", "tphl", true),
            ("t?hl", "tphl", true),
            ("t?l", "tphl", false),
            ("*a*b", "xaybzab", true),
            ("*a*b", "xaybza", false),
            ("", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, text), is_fit, "{pattern} {text}");
        }
    }

    #[test]
    fn the_last_rule_that_fits_replaces_the_common_tolerance() {
        let rules = ["t*=1ps", "tphl=2%,3fs"].map(|rule| Rule::parse(rule).unwrap()).to_vec();
        let tolerances = Tolerances { abs: 1e-9, rel: 0.5, rules, given: true };
        let of = |measure: &str| tolerances.of(&Entry::new("", measure, Content::Nothing), 1e-12);
        assert_eq!(of("power"), 1e-9);
        assert_eq!(of("tplh"), 1e-12);
        assert_eq!(of("tphl"), 0.02e-12);
        let ps = Entry { scale: 1e-12, ..Entry::new("", "tplh", Content::Nothing) };
        assert_eq!(tolerances.of(&ps, 5.0), 1.0);
        for wrong in ["tphl", "=1ps", "tphl=", "tphl=-1", "tphl=1;", "tphl=x%"] {
            assert!(Rule::parse(wrong).is_err(), "{wrong}");
        }
    }
}
