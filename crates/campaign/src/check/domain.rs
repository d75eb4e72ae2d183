//! What the files of a domain say: axes without effect, models, decks, and what the stages made.

use super::made::{Ear, made};
use super::report::{Report, Status};
use crate::desk::Desk;
use crate::domain::{Domain, read_points};
use crate::effect;
use crate::preflight::Preflight;
use crate::stale;
use anyhow::Result;
use libchar_core::words::count;
use libchar_core::{Faults, hash};
use libchar_pvt::{Supply, points};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Adds all that can be said of a domain.
///
/// # Errors
/// Decks that cannot be rendered, and errors of the file system.
pub fn of_domain(preflight: &Preflight<'_>, ear: &Ear<'_>, report: &mut Report) -> Result<()> {
    let Preflight { domain, desk, .. } = *preflight;
    for axis in effect::missing(domain, desk.netlists())? {
        report.add(Status::Warn, "template", axis.to_string());
    }
    for message in effect::shared_files(domain, &desk.template().display().to_string())? {
        report.add(Status::Warn, "template", message);
    }
    nominal(domain, report);
    models(domain, desk, report)?;
    preflight.of_domain().iter().for_each(|(check, error)| report.fail(check, error));
    decks(domain, desk, report)?;
    made(&domain.config, desk, ear, report);
    let stale = stale::find(domain)?;
    for point in &stale {
        (ear.point)("stale", point, "no longer a point");
    }
    let detail = match stale.as_slice() {
        [] => return Ok(()),
        [point] => format!("{point} is no longer a point; gen --prune removes it"),
        [first, ..] => format!(
            "{} folders are no longer points, {first} the first; gen --prune removes them",
            stale.len()
        ),
    };
    report.add(Status::Warn, "leftovers", detail);
    Ok(())
}

/// Warns of a nominal supply outside the swept supplies: the table is probably one of another
/// domain.
fn nominal(domain: &Domain, report: &mut Report) {
    let config = &domain.config;
    let of = |volts: fn(&Supply) -> f64| {
        let all = domain.matrix.cells().map(move |cell| volts(&cell.supply.supplies[0]));
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    for (key, nominal_v, (low, high)) in [
        ("vccn", config.vccn_nominal_v, of(|s| s.vccn_v)),
        ("vcctx", config.vcctx_nominal_v, of(|s| s.vcctx_v)),
    ] {
        if config.has(key) && !(low..=high).contains(&nominal_v) {
            let detail = format!(
                "{key}={} is not between the {low} V and {high} V of the supplies",
                config.value(key)
            );
            report.add(Status::Warn, "supplies", detail);
        }
    }
}

/// Checks, by one deck for each corner, that every file that the decks read exists and has the
/// requested sections.
fn models(domain: &Domain, desk: &Desk<'_>, report: &mut Report) -> Result<()> {
    let mut netlists = desk.netlists();
    for cell in domain.matrix.one_per_corner() {
        let deck = domain.template.render(&cell).map_err(Faults::from)?;
        netlists.follow(&Path::new(&cell.id()).join(&domain.deck_name), &deck);
    }
    for missing in netlists.missing() {
        report.add(Status::Fail, "models", missing);
    }
    if netlists.missing().is_empty() {
        let detail = format!("{} that the decks read can be read", count(netlists.count(), "file"));
        report.add(Status::Pass, "models", detail);
    }
    Ok(())
}

/// Checks that the decks on disk are those that gen would write now.
fn decks(domain: &Domain, desk: &Desk<'_>, report: &mut Report) -> Result<()> {
    if !desk.has(points::FILE) {
        report.add(Status::Warn, "decks", "not generated yet: run `libchar gen`");
        return Ok(());
    }
    let generated = match read_points(desk) {
        Ok(generated) => generated,
        Err(error) => {
            report.fail("decks", &error);
            return Ok(());
        }
    };
    let hashes: BTreeMap<&str, &str> =
        generated.iter().map(|p| (p.id.as_str(), p.deck_sha256.as_str())).collect();
    let (points, mut same) = (domain.matrix.len(), 0);
    for cell in domain.matrix.cells() {
        let (id, deck) = (cell.id(), domain.deck(&cell, None)?);
        let is_listed = hashes.get(id.as_str()) == Some(&hash::sha256(&deck).as_str());
        let on_disk = fs::read(desk.path(&id).join(&domain.deck_name)).ok();
        same += usize::from(is_listed && on_disk == Some(deck));
    }
    if same == points && generated.len() == points {
        report.add(Status::Pass, "decks", format!("{points} as generated"));
    } else {
        let detail = format!("{same} of {points} are as gen would write them: run `libchar gen`");
        report.add(Status::Warn, "decks", detail);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::{decks, models, nominal};
    use crate::domain::read;
    use crate::fixture::{Files, Table, config};

    #[test]
    fn a_nominal_supply_lies_within_the_table() {
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        for (vccn, warns) in [("1p1v", false), ("1p8v", true)] {
            let text = format!("simulator=ngspice\nsim_mode=ac\ncondition=perf\nvccn={vccn}\n");
            table.write("config.cfg", &text);
            let domain = read(&table.desk(&config, &files)).unwrap();
            let mut report = Report::default();
            nominal(&domain, &mut report);
            let expected =
                "WARN supplies: vccn=1p8v is not between the 1.1 V and 1.1 V of the supplies";
            assert_eq!(report.lines(), if warns { vec![expected] } else { Vec::new() });
        }
    }

    #[test]
    fn a_file_that_no_deck_finds_fails() {
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        let desk = table.desk(&config, &files);
        let mut report = Report::default();
        models(&read(&desk).unwrap(), &desk, &mut report).unwrap();
        table.write(
            "template/sim_tx.sp",
            "* {{ corner }} {{ vccn }}\n.include '/nowhere/m.inc'\n.end\n",
        );
        models(&read(&desk).unwrap(), &desk, &mut report).unwrap();
        let lines = report.lines();
        assert!(lines[0].starts_with("PASS models: 0 files"), "{lines:?}");
        assert!(lines[1].starts_with("FAIL models: /nowhere/m.inc cannot be read"), "{lines:?}");
    }

    #[test]
    fn decks_are_held_to_the_template() {
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        let desk = table.desk(&config, &files);
        let domain = read(&desk).unwrap();
        let mut report = Report::default();
        decks(&domain, &desk, &mut report).unwrap();
        table.write("points.csv", "point\n");
        decks(&domain, &desk, &mut report).unwrap();
        let lines = report.lines();
        assert_eq!(lines[0], "WARN decks: not generated yet: run `libchar gen`");
        assert!(lines[1].contains(" decks: "), "{lines:?}");
    }
}
