//! The groups in which a group may stand: enough of the format to find which `}` is missing.

/// Groups that may stand only in a few others. If one is found elsewhere while one of these others is still open, a `}` is
/// missing.
const PARENTS: [(&str, &[&str]); 10] = [
    ("library", &[]),
    ("cell", &["library"]),
    ("operating_conditions", &["library"]),
    ("lu_table_template", &["library"]),
    ("power_lut_template", &["library"]),
    ("pg_pin", &["cell"]),
    ("leakage_power", &["cell"]),
    ("pin", &["cell", "test_cell", "bus", "bundle"]),
    ("timing", &["pin", "bus", "bundle"]),
    ("internal_power", &["pin", "bus", "bundle", "cell"]),
];

/// The number of groups that may stay open when a group with this name begins, if it is smaller than the number that is
/// open: the inner ones lack their `}`. A group whose name could not be read may contain any group.
pub(crate) fn closes_down_to<'a>(
    name: &str,
    open: impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator,
) -> Option<usize> {
    let (_, parents) = PARENTS.iter().find(|(child, _)| *child == name)?;
    let count = open.len();
    if parents.is_empty() {
        return (count > 0).then_some(0);
    }
    let depth = open.rev().position(|group| group.is_empty() || parents.contains(&group))?;
    (depth > 0).then_some(count - depth)
}

#[cfg(test)]
mod tests {
    use super::closes_down_to;

    #[test]
    fn a_cell_in_a_pin_closes_pin_and_cell() {
        let open = |groups: &'static [&'static str]| groups.iter().copied();
        assert_eq!(closes_down_to("cell", open(&["library", "cell", "pin"])), Some(1));
        assert_eq!(closes_down_to("cell", open(&["library"])), None);
        assert_eq!(closes_down_to("pin", open(&["library", "cell", "pin", "timing"])), Some(2));
        assert_eq!(closes_down_to("pin", open(&["library", "cell", "bus"])), None);
        assert_eq!(closes_down_to("timing", open(&["library", ""])), None);
        // Nothing that could hold it is open: no brace is missing.
        assert_eq!(closes_down_to("timing", open(&["library", "cell"])), None);
        assert_eq!(closes_down_to("vendor_group", open(&["library"])), None);
        assert_eq!(closes_down_to("library", open(&["library"])), Some(0));
    }
}
