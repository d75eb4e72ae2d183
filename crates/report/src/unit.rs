//! The unit of a limit: a prefix belongs to the number, `max = 1` with `unit = "ns"` is 1e-9 s.

/// Units that take an SI prefix.
const BASES: [&str; 20] = [
    "s", "V", "A", "F", "C", "W", "J", "H", "Hz", "Ohm", "ohm", "Ω", "S", "K", "eV", "m", "g", "N",
    "Pa", "T",
];

/// Prefixes with their powers of ten, as SPICE and as people write them.
const PREFIXES: [(&str, i32); 13] = [
    ("meg", 6),
    ("a", -18),
    ("f", -15),
    ("p", -12),
    ("n", -9),
    ("u", -6),
    ("µ", -6),
    ("m", -3),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("μ", -6),
];

/// Splits a unit into the unit without its prefix, and the power of ten that the prefix stands for.
///
/// An unknown unit is taken as it is. Only the first factor of `V/ns` or `fF*V` may have a prefix.
///
/// # Errors
/// A prefix behind the first factor, with the unit that would be right.
pub fn split(unit: &str) -> Result<(String, i32), String> {
    let at = unit.find(['/', '*', '.', '^']).unwrap_or(unit.len());
    let (first, rest) = unit.split_at(at);
    let mut bare = String::new();
    for (i, part) in rest.split_inclusive(['/', '*', '.', '^']).enumerate() {
        let (name, sign) = match part.char_indices().next_back() {
            Some((at, sign)) if "/*.^".contains(sign) => part.split_at(at),
            _ => (part, ""),
        };
        let (base, power) = prefixed(name).unwrap_or((name, 0));
        if i > 0 && power != 0 {
            let wanted = unit.replacen(name, base, 1);
            return Err(format!(
                "the unit {unit:?} has a prefix after its first factor; expected {wanted:?}"
            ));
        }
        bare += name;
        bare += sign;
    }
    let (base, power) = prefixed(first).unwrap_or((first, 0));
    Ok((format!("{base}{bare}"), power))
}

/// A base unit behind a prefix; `None` for a bare unit and for anything else.
fn prefixed(name: &str) -> Option<(&str, i32)> {
    if BASES.contains(&name) {
        return None;
    }
    PREFIXES.iter().find_map(|(prefix, power)| {
        let base = name.strip_prefix(prefix)?;
        BASES.contains(&base).then_some((base, *power))
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_prefix_leaves_the_unit_and_becomes_a_power() {
        for (unit, base, power) in [
            ("s", "s", 0),
            ("ns", "s", -9),
            ("fC", "C", -15),
            ("mV", "V", -3),
            ("MHz", "Hz", 6),
            ("uA", "A", -6),
            ("µA", "A", -6),
            ("kOhm", "Ohm", 3),
            ("m", "m", 0),
            ("mm", "m", -3),
            ("T", "T", 0),
            ("%", "%", 0),
            ("dB", "dB", 0),
            ("degC", "degC", 0),
            ("deg", "deg", 0),
            ("", "", 0),
            ("ps/V", "s/V", -12),
            ("V/s", "V/s", 0),
            ("parsec", "parsec", 0),
            ("Pa", "Pa", 0),
            ("Gm", "m", 9),
        ] {
            assert_eq!(split(unit), Ok((base.to_owned(), power)), "{unit}");
        }
        assert_eq!(
            split("V/ns").unwrap_err(),
            "the unit \"V/ns\" has a prefix after its first factor; expected \"V/s\""
        );
    }
}
