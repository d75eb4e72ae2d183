//! Points that wait for others: the rules of `[after]`, and the waves into which they divide a run.

use libchar_core::config::Config;
use libchar_core::glob::matches;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults};
use libchar_pvt::Point;
use std::collections::BTreeMap;

/// One rule: points that start only when others are done.
#[derive(Debug)]
struct Rule {
    /// The pattern of the points that wait.
    waiting: String,
    /// The ids of the points that must be done first. If both patterns match a point, it does not wait for itself.
    awaited: Vec<String>,
}

/// The rules of a domain.
#[derive(Debug, Default)]
pub struct After {
    rules: Vec<Rule>,
}

impl After {
    /// Reads `[after]`: each entry has a pattern of points, and the patterns of those that must be done first.
    ///
    /// # Errors
    /// A pattern that names no point, although points wait for it.
    pub fn of(config: &Config, points: &[Point]) -> Result<After, Faults> {
        let mut rules = Vec::new();
        for (waiting, awaited) in config.section("after") {
            if !points.iter().any(|point| matches(&waiting, &point.id)) {
                // A configuration may serve several domains.
                continue;
            }
            let patterns: Vec<&str> =
                awaited.as_array().into_iter().flatten().filter_map(|v| v.as_str()).collect();
            for pattern in &patterns {
                if !points.iter().any(|point| matches(pattern, &point.id)) {
                    let fault =
                        Fault::of(format!("after.{waiting:?}"), format!("no point is `{pattern}`"));
                    let near = nearest(pattern, points.iter().map(|point| point.id.as_str()));
                    return Err(Fault { nearest: near.map(str::to_owned), ..fault }.into());
                }
            }
            let is_awaited = |id: &str| patterns.iter().any(|pattern| matches(pattern, id));
            let awaited =
                points.iter().map(|p| &p.id).filter(|id| is_awaited(id)).cloned().collect();
            rules.push(Rule { waiting: waiting.clone(), awaited });
        }
        Ok(After { rules })
    }

    /// The rules that apply to a point.
    fn rules_of<'r>(&'r self, point: &'r str) -> impl Iterator<Item = (usize, &'r Rule)> {
        self.rules.iter().enumerate().filter(move |(_, rule)| {
            matches(&rule.waiting, point) && !rule.awaited.iter().any(|id| id == point)
        })
    }

    /// The first point that must be done before a given point and is not done.
    pub fn blocker<'r>(
        &'r self,
        point: &'r str,
        is_done: impl Fn(&str) -> bool,
    ) -> Option<&'r str> {
        self.rules_of(point)
            .flat_map(|(_, rule)| &rule.awaited)
            .map(String::as_str)
            .find(|id| !is_done(id))
    }

    /// Divides the chosen points into waves, so that each wave waits only for earlier ones.
    ///
    /// # Errors
    /// Points that wait for each other.
    pub fn waves(&self, chosen: Vec<Point>) -> Result<Vec<Vec<Point>>, Faults> {
        if self.rules.is_empty() {
            return Ok(vec![chosen]);
        }
        let mut places: BTreeMap<&str, usize> =
            chosen.iter().map(|point| (point.id.as_str(), usize::MAX)).collect();
        let mut left: Vec<&Point> = chosen.iter().collect();
        let mut waves = 0;
        while !left.is_empty() {
            // A rule is met when all that it waits for is in an earlier wave, or not chosen.
            let met: Vec<bool> = self
                .rules
                .iter()
                .map(|rule| {
                    rule.awaited.iter().all(|id| places.get(id.as_str()) != Some(&usize::MAX))
                })
                .collect();
            let (ready, rest): (Vec<&Point>, Vec<&Point>) =
                left.iter().partition(|point| self.rules_of(&point.id).all(|(i, _)| met[i]));
            if ready.is_empty() {
                let message = format!("{} and others wait for each other", rest[0].id);
                return Err(Fault::of("after", message).into());
            }
            for point in ready {
                places.insert(&point.id, waves);
            }
            left = rest;
            waves += 1;
        }
        let mut parted = vec![Vec::new(); waves];
        let places: Vec<usize> = chosen.iter().map(|point| places[point.id.as_str()]).collect();
        for (point, place) in chosen.into_iter().zip(places) {
            parted[place].push(point);
        }
        Ok(parted)
    }
}

#[cfg(test)]
mod tests {
    use super::{After, Rule};
    use libchar_pvt::Point;

    fn points(ids: &[&str]) -> Vec<Point> {
        let point = |id: &&str| Point {
            id: (*id).to_owned(),
            corner: String::new(),
            extraction: String::new(),
            temp_c: 25.0,
            supply: String::new(),
            section: String::new(),
            supplies: Vec::new(),
            sweep: Vec::new(),
            deck: String::new(),
            deck_sha256: String::new(),
        };
        ids.iter().map(point).collect()
    }

    fn after(rules: &[(&str, &[&str])]) -> After {
        let rule = |(waiting, awaited): &(&str, &[&str])| Rule {
            waiting: (*waiting).to_owned(),
            awaited: awaited.iter().map(|id| (*id).to_owned()).collect(),
        };
        After { rules: rules.iter().map(rule).collect() }
    }

    fn waves(after: &After, ids: &[&str]) -> Option<Vec<Vec<String>>> {
        let waves = after.waves(points(ids)).ok()?;
        Some(waves.into_iter().map(|wave| wave.into_iter().map(|p| p.id).collect()).collect())
    }

    #[test]
    fn each_wave_waits_for_earlier_ones() {
        let after = after(&[("*", &["a"]), ("c*", &["b1", "b2"])]);
        assert_eq!(
            waves(&after, &["c1", "b1", "a", "b2", "c2"]).unwrap(),
            [vec!["a"], vec!["b1", "b2"], vec!["c1", "c2"]]
        );
        // Points that are not chosen make no wave, but must be done already.
        assert_eq!(waves(&after, &["c1", "b1"]).unwrap(), [["b1"], ["c1"]]);
        assert_eq!(after.blocker("c1", |id| id != "b2"), Some("b2"));
        assert_eq!(after.blocker("a", |_| false), None);
    }

    #[test]
    fn rules_are_read_for_the_points_that_there_are() {
        let all = points(&["a", "b1", "b2"]);
        let of = |lines: &str| After::of(&crate::fixture::config(lines), &all);
        let after = of("[after]\n'b*' = ['a']\n'other*' = ['nothing']").unwrap();
        assert_eq!(after.rules.len(), 1, "a rule of other domains is none of this one");
        assert_eq!(after.blocker("b1", |_| false), Some("a"));
        assert_eq!(of("").unwrap().waves(all.clone()).unwrap().len(), 1);
        insta::assert_snapshot!(of("[after]\n'b*' = ['aa']").unwrap_err(), @r#"
        after."b*": no point is `aa`
          did you mean `a`?
        "#);
    }

    #[test]
    fn points_that_wait_for_each_other_are_refused() {
        let after = after(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"])]);
        assert_eq!(waves(&after, &["a", "b", "c"]), None);
        assert_eq!(waves(&after, &["a", "b"]).unwrap(), [["b"], ["a"]]);
    }
}
