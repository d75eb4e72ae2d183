//! The site's own names of supplies: `vdd` for `vccn`.

use crate::points::GROUPS;
use libchar_core::nearest::nearest;
use std::collections::BTreeMap;

/// The names that a template may use in any case, by group: core side, transmitter side.
const NAMES: [[&str; 2]; GROUPS] = [["vccn", "vcctx"], ["vccn2", "vcctx2"], ["vccn3", "vcctx3"]];

/// Names of supplies in templates: those of every domain, and those that the site uses for them.
#[derive(Debug, Clone, Default)]
pub struct SupplyNames(BTreeMap<&'static str, String>);

impl SupplyNames {
    /// Takes pairs of a name and the site's own for it.
    ///
    /// # Errors
    /// The first name, with what is wrong with its pair: an unknown supply, a text that is not the
    /// name of a parameter, or one that has another meaning.
    pub fn new<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<SupplyNames, (String, String)> {
        let mut names = SupplyNames::default();
        for (name, own) in pairs {
            let refuse = |what: String| Err((name.to_owned(), what));
            let Some(known) = NAMES.as_flattened().iter().find(|known| **known == name) else {
                let nearest = nearest(name, NAMES.as_flattened().iter().copied());
                let meant = nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return refuse(format!("`{name}` is not a supply{meant}"));
            };
            let lower = own.to_ascii_lowercase();
            let is_name = own.starts_with(|c: char| c.is_ascii_alphabetic())
                && own.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_name {
                return refuse(format!("`{own}` is not the name of a parameter"));
            }
            let is_other = |taken: &&str| *taken == lower && *taken != name;
            if crate::placeholders::is_taken(&lower) || NAMES.as_flattened().iter().any(is_other) {
                return refuse(format!("`{own}` has another meaning in templates"));
            }
            if names.0.values().any(|other| other.eq_ignore_ascii_case(own)) {
                return refuse(format!("`{own}` stands for two supplies"));
            }
            names.0.insert(known, own.to_owned());
        }
        Ok(names)
    }

    /// All names of a group, from 0; each with whether it belongs to the transmitter side.
    pub(crate) fn of_group(&self, group: usize) -> Vec<(&str, bool)> {
        let [core, tx] = NAMES[group];
        let all = [(core, false), (tx, true)].into_iter();
        all.flat_map(|(name, is_tx)| {
            let own = self.0.get(name).map(String::as_str).filter(|own| *own != name);
            std::iter::once(name).chain(own).map(move |name| (name, is_tx))
        })
        .collect()
    }

    /// The names of the two supplies of a group, for messages.
    pub(crate) fn shown(&self, group: usize) -> [&str; 2] {
        NAMES[group].map(|name| self.0.get(name).map_or(name, String::as_str))
    }

    /// Group and side of a name, in whatever case.
    pub(crate) fn find(&self, name: &str) -> Option<(usize, bool)> {
        (0..GROUPS).find_map(|group| {
            let names = self.of_group(group);
            let found = names.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, is_tx)| (group, *is_tx))
        })
    }

    /// The site's own name that equals this one in any case, if there is one.
    pub fn own(&self, name: &str) -> Option<&str> {
        self.0.values().map(String::as_str).find(|own| own.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::SupplyNames;

    #[test]
    fn both_names_are_known_and_wrong_pairs_refused() {
        let names = SupplyNames::new([("vccn", "VDD"), ("vcctx2", "vio")]).unwrap();
        assert_eq!(names.find("vdd"), Some((0, false)));
        assert_eq!(names.find("vccn"), Some((0, false)));
        assert_eq!(names.find("vio"), Some((1, true)));
        assert_eq!(names.find("vss"), None);
        assert_eq!(names.shown(0), ["VDD", "vcctx"]);
        for (pairs, expected) in [
            (&[("vcn", "vdd")][..], "`vcn` is not a supply; did you mean `vccn`?"),
            (&[("vccn", "v dd")], "`v dd` is not the name of a parameter"),
            (&[("vccn", "temp")], "`temp` has another meaning in templates"),
            (&[("vccn", "vcctx")], "`vcctx` has another meaning in templates"),
            (&[("vccn", "vdd"), ("vccn2", "VDD")], "`VDD` stands for two supplies"),
        ] {
            let (_, what) = SupplyNames::new(pairs.iter().copied()).unwrap_err();
            assert_eq!(what, expected);
        }
    }
}
