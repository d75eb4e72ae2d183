//! Outputs of a folder -> points, and the reasons why some outputs are left out.

use super::find::Simulated;
use super::places::Places;
use libchar_pvt::Point;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The outputs that are adopted.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Points with their outputs, in the order of corner, extraction, temperature and supply.
    pub points: Vec<(Point, Simulated)>,
    /// Outputs that are left out, each with the reason.
    pub left_out: Vec<String>,
    /// Number of files that were found.
    pub files: usize,
}

/// Assigns outputs to points. Outputs that claim the same point are all left out.
pub fn gather(found: Vec<Simulated>, places: &Places) -> Gathered {
    let mut gathered = Gathered {
        files: found.iter().map(|simulated| simulated.files.len()).sum(),
        ..Gathered::default()
    };
    let mut claims: BTreeMap<String, Vec<(Point, Simulated)>> = BTreeMap::new();
    for simulated in found {
        match places.point(&simulated) {
            Err(why) => gathered.left_out.push(format!("{}: {why}", simulated.shown())),
            Ok(point) => claims.entry(point.id.clone()).or_default().push((point, simulated)),
        }
    }
    for (id, mut claims) in claims {
        match (claims.pop(), claims.as_slice()) {
            (Some(only), []) => gathered.points.push(only),
            (last, others) => {
                let all = others.iter().chain(&last).map(|(_, simulated)| simulated.shown());
                let files = all.collect::<Vec<_>>().join(", ");
                let why =
                    format!("{files}: all of them are {id}, and it is not clear which one to use");
                gathered.left_out.push(why);
            }
        }
    }
    let order = |point: &Point| (point.temp_c, point.supply.clone());
    gathered.points.sort_by(|(a, _), (b, _)| {
        let names = (&a.corner, &a.extraction).cmp(&(&b.corner, &b.extraction));
        names.then(order(a).partial_cmp(&order(b)).unwrap_or(Ordering::Equal))
    });
    gathered
}

#[cfg(test)]
mod tests {
    use super::super::find::simulated;
    use super::super::places::Places;
    use super::gather;
    use crate::fixture::{Files, Table, config, log};
    use std::fs;

    #[test]
    fn points_are_in_order_and_two_claims_are_none() {
        let outputs = tempfile::tempdir().unwrap();
        for folder in ["TT_125/v1", "TT_m40/v1", "TT_m40/v2", "x"] {
            fs::create_dir_all(outputs.path().join(folder)).unwrap();
            fs::write(outputs.path().join(folder).join("tx.log"), log("1.000000e-09")).unwrap();
        }
        fs::write(outputs.path().join("TT_125/v1/again.log"), log("1.000000e-09")).unwrap();
        let table = Table::new();
        let supplies = "name,vccn,vcctx\nv1,1.1,1.1\nv2,1.2,1.2\n";
        table.write("configuration/table_supply_list_ac.csv", supplies);
        let (config, files) = (config(""), Files::default());
        let desk = table.desk(&config, &files);
        let places = Places::of("{corner}_{temp}/{supply}", None, "typical", &desk).unwrap();
        let gathered = gather(simulated(outputs.path()).unwrap(), &places);
        let ids: Vec<&str> = gathered.points.iter().map(|(point, _)| point.id.as_str()).collect();
        assert_eq!(ids, ["TT/typical/typical_m40/v1", "TT/typical/typical_m40/v2"]);
        assert_eq!(gathered.files, 5);
        assert_eq!(
            gathered.left_out,
            [
                "x/tx.log: its path does not match the pattern",
                "TT_125/v1/again.log, TT_125/v1/tx.log: all of them are TT/typical/typical_125/v1, and it is not clear \
                 which one to use"
            ]
        );
    }
}
