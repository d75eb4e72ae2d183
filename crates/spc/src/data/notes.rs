//! Remarks for the reader of a chart, and limits that allow for a short Phase I.

use super::layout::Layout;
use super::prepared::Prepared;
use crate::chart::{Data, Design, Kind, dispersion, levene};
use crate::describe::lag1;
use crate::estimated;
use crate::rules::Rule;
use libchar_core::Refused;

/// Sentences about properties of the data that contradict the requested chart.
pub fn notes(design: &Design, layout: &Layout, prepared: &Prepared) -> Vec<String> {
    let mut notes = Vec::new();
    match &prepared.data {
        Data::Measured(groups) if design.chart == Kind::IMr && groups.len() >= 10 => {
            let lag1 = lag1(groups.values()).unwrap_or(0.0);
            if lag1.abs() > 2.0 / (groups.len() as f64).sqrt() {
                let effect = if lag1 > 0.0 { "too narrow" } else { "too wide" };
                notes.push(format!(
                    "neighbours are correlated (lag-1 autocorrelation {lag1:.2}): limits that assume independence are {effect}; see --model ar1 and ewma"
                ));
            }
        }
        Data::Counts { counts, sizes } => {
            if let Some(sigma_z) = dispersion(design, counts, sizes).filter(|z| *z > 1.2)
                && sizes.iter().sum::<f64>() / sizes.len() as f64 >= 1000.0
            {
                notes.push(format!(
                    "the counts are over-dispersed (sigma_z {sigma_z:.2}): see --chart laney-{}",
                    design.chart.name()
                ));
            }
        }
        _ => {}
    }
    let part = layout.part.as_ref().filter(|_| layout.nominal.is_some());
    if let (Some(part), Data::Measured(groups)) = (part, &prepared.data)
        && let Some((_, labels)) = prepared.context.iter().find(|(name, _)| name == part)
        && let Some(p) = levene(&groups.means(), labels).filter(|p| *p < 0.05)
    {
        notes.push(format!(
            "the parts have different spreads (Levene p {p:.2e}): deviations from nominal share no limits; see --chart z-mr"
        ));
    }
    notes
}

/// Widens the limits so that the false-alarm rate is at most nominal in the given share of Phase I
/// samples. The one-point rule moves with them.
///
/// # Errors
/// A chart for which no such limits are known, and a share out of range.
pub fn guaranteed(
    design: &mut Design,
    share: Option<f64>,
    prepared: &Prepared,
    rules: Vec<Rule>,
    notes: &mut Vec<String>,
) -> Result<Vec<Rule>, Refused> {
    let Some(share) = share else {
        return Ok(rules);
    };
    let points = prepared.data.len();
    let spread = estimated::spread_of(design, points, prepared.subgroup_size().unwrap_or(0))
        .ok_or_else(|| Refused::usage("--guarantee is for i-mr (mr, overall), xbar-r and xbar-s charts of subgroups of one size"))?;
    let found = estimated::shewhart(points, spread, design.width, share).map_err(|e| e.usage())?;
    let before = design.width;
    design.width = found.width_guaranteed;
    notes.push(format!(
        "the limits are at {:.3} sigma: {} % of such Phase I samples alarm at most at the rate of {before} sigma",
        design.width,
        100.0 * share
    ));
    let moved = rules.into_iter().map(|mut rule| {
        rule.pattern = rule.pattern.at(before, design.width);
        rule
    });
    Ok(moved.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::shape;
    use crate::rules::{Pattern, parse_rules};
    use libchar_core::Table;

    fn prepared(csv: &str, layout: &Layout, design: &Design) -> Prepared {
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        shape(layout, &table, csv.as_bytes(), design, false).unwrap()
    }

    /// A column of numbers.
    fn column(values: impl Iterator<Item = f64>) -> String {
        values.fold("x\n".to_owned(), |csv, value| format!("{csv}{value}\n"))
    }

    #[test]
    fn correlated_neighbours_are_told_with_the_side_of_the_error() {
        let design = Design::new(Kind::IMr);
        let told = |csv: &str| {
            let layout = Layout::default();
            notes(&design, &layout, &prepared(csv, &layout, &design))
        };
        let rising = told(&column((0..30).map(f64::from)));
        assert!(rising[0].contains("too narrow; see --model ar1"), "{rising:?}");
        let zigzag = told(&column((0..30).map(|i| f64::from(i % 2))));
        assert!(zigzag[0].contains("too wide"), "{zigzag:?}");
        // Nine points say nothing about correlation.
        assert!(told(&column((0..9).map(f64::from))).is_empty());
    }

    #[test]
    fn over_dispersed_counts_of_large_samples_are_told() {
        let design = Design::new(Kind::P);
        let told = |size: usize| {
            let rows = [5, 60, 10, 80, 5, 70, 20, 90].map(|n| format!("{n}\n")).concat();
            let layout = Layout { sample_size: Some(size.to_string()), ..Layout::default() };
            notes(&design, &layout, &prepared(&format!("x\n{rows}"), &layout, &design))
        };
        assert!(told(1000)[0].ends_with("see --chart laney-p"));
        assert!(told(999).is_empty());
    }

    #[test]
    fn guaranteed_limits_are_wider_and_take_rule_one_along() {
        let csv = column((0..25).map(|i| f64::from(i * 7 % 11)));
        let mut design = Design::new(Kind::IMr);
        let prepared = prepared(&csv, &Layout::default(), &design);
        let mut told = Vec::new();
        let rules = parse_rules("nelson").unwrap();
        let rules = guaranteed(&mut design, Some(0.9), &prepared, rules, &mut told).unwrap();
        assert!(design.width > 3.0 && told[0].contains(": 90 % of such Phase I samples"));
        assert_eq!(rules[0].pattern, Pattern::Beyond { k: 1, m: 1, z: design.width });
        assert_eq!(rules[1].pattern, parse_rules("nelson").unwrap()[1].pattern);
        let mut cusum = Design::new(Kind::Cusum);
        assert!(guaranteed(&mut cusum, Some(0.9), &prepared, Vec::new(), &mut told).is_err());
    }
}
