//! Units as tools write them below the names of columns, or in brackets behind them.

/// Units without a prefix, and words that stand for a unit; case matters.
const UNITS: [&str; 68] = [
    "m",
    "s",
    "V",
    "A",
    "W",
    "J",
    "F",
    "H",
    "C",
    "K",
    "Pa",
    "Hz",
    "g",
    "N",
    "T",
    "eV",
    "Torr",
    "bar",
    "ohm",
    "Ohm",
    "Ω",
    "mol",
    "l",
    "L",
    "min",
    "h",
    "hr",
    "d",
    "%",
    "‰",
    "°",
    "°C",
    "°F",
    "degC",
    "deg",
    "rad",
    "ppm",
    "ppb",
    "ppt",
    "sccm",
    "slm",
    "rpm",
    "psi",
    "dB",
    "dBm",
    "Å",
    "A°",
    "Ang",
    "Angstrom",
    "Angstroms",
    "angstrom",
    "micron",
    "inch",
    "in",
    "mil",
    "counts",
    "cts",
    "a.u.",
    "au",
    "arb",
    "-",
    "--",
    "#",
    "px",
    "s-1",
    "atoms",
    "at",
    "cc",
];

const PREFIXES: [char; 14] = ['T', 'G', 'M', 'k', 'h', 'd', 'c', 'm', 'u', 'µ', 'μ', 'n', 'p', 'f'];

/// Whether a cell is a unit: `nm`, `(nm)`, `[ohm/sq]`, `cm-3`, `mJ/cm2`.
pub(super) fn is_unit(cell: &str) -> bool {
    let bare =
        |open: char, close: char| cell.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let cell = bare('(', ')').or_else(|| bare('[', ']')).unwrap_or(cell).trim();
    let is_missing = cell.eq_ignore_ascii_case("n/a") || cell.eq_ignore_ascii_case("n/d");
    !cell.is_empty()
        && !is_missing
        && cell.split(['/', '*', '·']).all(|part| part == "sq" || part == "□" || is_factor(part))
}

fn is_factor(part: &str) -> bool {
    let part = part.trim().trim_end_matches(['²', '³']);
    let is_known = |name: &str| {
        let short = name.strip_prefix(PREFIXES);
        UNITS.contains(&name) || short.is_some_and(|rest| UNITS[..24].contains(&rest))
    };
    let power =
        part.strip_suffix(['2', '3', '4']).map_or("", |rest| rest.trim_end_matches(['-', '^']));
    is_known(part) || !power.is_empty() && is_known(power)
}

/// The unit in brackets at the end of a column's name: `Rs (Ω/sq)`, `Schichtdicke [µm]`.
pub(crate) fn of_name(name: &str) -> Option<&str> {
    let bracketed = |open: char, close: char| {
        let inner = name.strip_suffix(close)?;
        let (before, unit) = inner.rsplit_once(open)?;
        (!before.trim().is_empty() && !unit.trim().is_empty()).then(|| unit.trim())
    };
    bracketed('(', ')').or_else(|| bracketed('[', ']'))
}

#[cfg(test)]
mod tests {
    use super::{is_unit, of_name};

    #[test]
    fn units_are_told_from_words_and_missing_cells() {
        for unit in [
            "nm",
            "µm",
            "Angstrom",
            "-",
            "mm",
            "(nm)",
            "[ohm/sq]",
            "cm-3",
            "mJ/cm2",
            "Ω/sq",
            "mTorr",
            "%",
            "atoms/cm3",
            "at/cc",
        ] {
            assert!(is_unit(unit), "{unit}");
        }
        for word in ["", "NA", "N/A", "#N/A", ".", "*", "null", "bad", "Mean", "W01", "x"] {
            assert!(!is_unit(word), "{word}");
        }
    }

    #[test]
    fn names_may_carry_their_unit() {
        assert_eq!(of_name("Rs (Ω/sq)"), Some("Ω/sq"));
        assert_eq!(of_name("Schichtdicke [µm]"), Some("µm"));
        assert_eq!((of_name("CD, nm"), of_name("(x)"), of_name("f()")), (None, None, None));
    }
}
