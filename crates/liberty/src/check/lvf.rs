//! Checks of spreads by mismatch: each is beside its table and has the same shape, and early and late are given once each.

use super::Findings;
use crate::group::Group;

/// Groups that hold a spread; the name of the table follows.
const KINDS: [&str; 4] = ["ocv_sigma_", "ocv_std_dev_", "ocv_mean_shift_", "ocv_skewness_"];

/// The table that a group belongs to, if the group holds a spread.
fn base(name: &str) -> Option<&str> {
    KINDS.iter().find_map(|kind| name.strip_prefix(kind))
}

pub(super) fn check(cell: &Group, findings: &mut Findings) {
    let mut open: Vec<&Group> = vec![cell];
    while let Some(group) = open.pop() {
        open.extend(group.all_groups());
        let spreads = group.all_groups().filter_map(|own| Some((own, base(&own.name)?)));
        for (own, base) in spreads {
            beside(group, own, base, findings);
            if own.name.starts_with("ocv_sigma_") {
                sides(group, own, findings);
            }
        }
    }
}

/// Checks that the table exists and has the same size.
fn beside(timing: &Group, own: &Group, base: &str, findings: &mut Findings) {
    let Some(table) = timing.group(base) else {
        let found = format!("`{}` has no `{base}` beside it", own.name);
        return findings.error("lvf", own.at, found, "the table whose spread it is");
    };
    let count = |group: &Group| {
        group
            .list("values")
            .map(|list| list.values.iter().map(|v| v.parts().count()).sum::<usize>())
    };
    if let (Some(a), Some(b)) = (count(own), count(table))
        && a != b
    {
        let found = format!("`{}` has {a} values, and `{base}` has {b}", own.name);
        findings.error("lvf", own.at, found, "a spread for each entry of its table");
    }
}

const SIDES: [&str; 3] = ["early", "late", "early_and_late"];

/// Some readers use a sigma without `sigma_type` for both sides, and others refuse it.
fn sides(timing: &Group, own: &Group, findings: &mut Findings) {
    let side = own.text("sigma_type");
    let Some(side) = side else {
        let found = format!("`{}` has no `sigma_type`", own.name);
        return findings.warning("lvf", own.at, found, "early, late or early_and_late");
    };
    if !SIDES.contains(&side) {
        let found = format!("the `sigma_type` of `{}` is `{side}`", own.name);
        return findings.error("lvf", own.at, found, "early, late or early_and_late");
    }
    let same: Vec<&Group> = timing.all_groups().filter(|other| other.name == own.name).collect();
    let of = |wanted: &str| same.iter().filter(|g| g.text("sigma_type") == Some(wanted)).count();
    let is_first = |wanted: &str| {
        same.iter().find(|g| g.text("sigma_type") == Some(wanted)).is_some_and(|g| g.at == own.at)
    };
    if of(side) > 1 && !is_first(side) {
        let found = format!("`{}` of `sigma_type` `{side}` occurs twice", own.name);
        findings.error("lvf", own.at, found, "each side once");
    }
    for (one, other) in [("early", "late"), ("late", "early")] {
        if side == one && of(other) + of("early_and_late") == 0 && is_first(one) {
            let found = format!("`{}` is there for {one}, and not for {other}", own.name);
            findings.warning("lvf", own.at, found, "both sides, or early_and_late");
        }
    }
}
