//! Names of measure files: `sim_tx.mt0`, `sim_tx.ms3`, `sim_tx.mt0.csv`.

/// The parts of a measure file's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName {
    /// The part before the suffix: the deck's name without its own suffix.
    pub stem: String,
    /// The analysis: `t` transient, `s` DC sweep, `a` AC.
    pub analysis: char,
    /// The number in the suffix, 0 for the deck itself, then one for each `.alter`.
    pub number: u32,
    /// Whether it is the comma-separated form.
    pub csv: bool,
}

impl FileName {
    /// The parts of a name; `None` for any other file.
    pub fn parse(name: &str) -> Option<FileName> {
        let plain = name.strip_suffix(".csv");
        let (stem, suffix) = plain.unwrap_or(name).rsplit_once('.')?;
        let mut characters = suffix.chars();
        let (m, analysis) = (characters.next()?, characters.next()?);
        let digits = characters.as_str();
        let plausible = m == 'm'
            && matches!(analysis, 't' | 's' | 'a')
            && (1..=6).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !stem.is_empty();
        if !plausible {
            return None;
        }
        let number = digits.parse().ok()?;
        Some(FileName { stem: stem.to_owned(), analysis, number, csv: plain.is_some() })
    }

    /// The alter of a file that does not state its own: 1 for number 0.
    pub fn alter(&self) -> u32 {
        self.number + 1
    }
}

#[cfg(test)]
mod tests {
    use super::FileName;

    #[test]
    fn names() {
        let parsed = |name| FileName::parse(name).map(|n| (n.stem, n.analysis, n.number, n.csv));
        assert_eq!(parsed("sim_tx.mt0"), Some(("sim_tx".to_owned(), 't', 0, false)));
        assert_eq!(parsed("a.b.ms14"), Some(("a.b".to_owned(), 's', 14, false)));
        assert_eq!(parsed("sim.ma0.csv"), Some(("sim".to_owned(), 'a', 0, true)));
        for other in ["sim_tx.sp", "mt0", ".mt0", "a.mt", "a.mx0", "a.mt0x", "a.csv", "a.mt0000001"]
        {
            assert_eq!(parsed(other), None, "{other}");
        }
    }
}
