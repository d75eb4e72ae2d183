//! Assigns adopted outputs to points: by a pattern of paths, or by a table of the user.

use super::find::Simulated;
use super::{Pattern, Place};
use crate::desk::Desk;
use crate::readings::prints;
use libchar_core::input::Source;
use libchar_core::{Fault, Faults, Table};
use libchar_pvt::point::{self, Supply};
use libchar_pvt::points::GROUPS;
use libchar_pvt::supplies::Supplies;
use libchar_pvt::{Point, label, temperature};
use std::collections::BTreeMap;

/// The source of the assignment.
enum Says {
    Pattern(Pattern),
    Map(BTreeMap<String, Place>),
}

/// Assigns outputs to points.
pub struct Places {
    says: Says,
    extraction: String,
    /// Volts of the supplies that the domain's own table names.
    volts: BTreeMap<String, Supply>,
    /// Printed vectors that count as measures.
    prints: Vec<String>,
}

impl Places {
    /// Places by a map if there is one, else by a pattern; `extraction` is used where neither gives one.
    ///
    /// # Errors
    /// The fault of the pattern, or every fault of the map.
    pub fn of(
        pattern: &str,
        map: Option<&Source>,
        extraction: &str,
        desk: &Desk<'_>,
    ) -> Result<Places, Faults> {
        let says = match map {
            Some(map) => Says::Map(read_map(map)?),
            None => {
                let fault = |what: String| Fault::of("--pattern", what);
                Says::Pattern(Pattern::parse(pattern).map_err(fault)?)
            }
        };
        if !label::is_valid(extraction) {
            let fault = Fault::of("--extraction", format!("`{extraction}` is not a name"));
            return Err(fault.expected(label::EXPECTED).into());
        }
        let (extraction, prints) = (extraction.to_owned(), prints(desk.config));
        Ok(Places { says, extraction, volts: supplies(desk)?, prints })
    }

    /// The point to which outputs belong.
    ///
    /// # Errors
    /// Why they belong to none, in one line.
    pub fn point(&self, simulated: &Simulated) -> Result<Point, String> {
        let place = match &self.says {
            Says::Pattern(pattern) => pattern.read(&simulated.shown()),
            Says::Map(map) => simulated.names().iter().find_map(|name| map.get(name)).cloned(),
        };
        let place = place.ok_or(match &self.says {
            Says::Pattern(_) => "its path does not match the pattern",
            Says::Map(_) => "the map does not name it or a folder above it",
        })?;
        let measures = simulated.measures(place.temp_c, &self.prints)?;
        let stated = measures.rows.iter().find_map(|row| row.temp_c);
        let corner = place.corner.ok_or("its corner is not given")?;
        let temp_c = place.temp_c.or(stated).ok_or("its temperature is not given")?;
        let temp_c = temperature::parse(&libchar_core::number::shortest(temp_c))
            .ok_or_else(|| format!("{temp_c} is not a temperature of a point"))?;
        let supply = place.supply.unwrap_or_else(|| match place.vccn_v {
            Some(volts) => format!("v{}", libchar_core::number::shortest(volts)),
            None => "nominal".to_owned(),
        });
        let known = self.volts.get(&supply);
        let vccn_v =
            place.vccn_v.or(known.map(|known| known.vccn_v)).or_else(|| super::volts(&supply));
        let vccn_v = vccn_v.ok_or_else(|| {
            format!(
                "the voltage of the supply `{supply}` is not given: {{vccn}} in the pattern, vccn_v in the map, or the table of supplies"
            )
        })?;
        let vcctx_v = place.vcctx_v.or(known.map(|known| known.vcctx_v)).unwrap_or(vccn_v);
        let extraction = place.extraction.unwrap_or_else(|| self.extraction.clone());
        Ok(Point {
            id: point::id(&corner, &extraction, temp_c, &supply, &[]),
            section: corner.clone(),
            corner,
            extraction,
            temp_c,
            supply,
            supplies: vec![Supply { vccn_v, vcctx_v }],
            sweep: Vec::new(),
            deck: String::new(),
            deck_sha256: String::new(),
        })
    }
}

/// The volts in the domain's own table of supplies, if it has one.
fn supplies(desk: &Desk<'_>) -> Result<BTreeMap<String, Supply>, Faults> {
    let mut volts = BTreeMap::new();
    for mode in ["ac", "dc"] {
        let path = desk.tables().join(format!("table_supply_list_{mode}.csv"));
        let Ok(source) = desk.read(path) else { continue };
        let supplies = Supplies::parse(&source.name, &source.bytes)?;
        for named in (0..GROUPS).flat_map(|group| supplies.group(group)) {
            volts.entry(named.name.clone()).or_insert(named.supply);
        }
    }
    Ok(volts)
}

fn read_map(source: &Source) -> Result<BTreeMap<String, Place>, Faults> {
    let table = Table::parse(&source.name, &source.bytes)?;
    let path = table.column("path")?;
    let column = |name: &str| table.find_column(name);
    let columns = [column("corner"), column("extraction"), column("supply")];
    let numbers = [column("temp_c"), column("vccn_v"), column("vcctx_v")];
    let mut faults = Vec::new();
    let mut map = BTreeMap::new();
    for row in 0..table.len() {
        let mut text = |column: Option<usize>| {
            let cell = table.cell(row, column?).trim();
            if !cell.is_empty() && !label::is_valid(cell) {
                let fault = table.fault(row, column?, format!("`{cell}` is not a name"));
                faults.push(fault.expected(label::EXPECTED));
            }
            Some(cell.to_owned()).filter(|cell| !cell.is_empty())
        };
        let [corner, extraction, supply] = columns.map(&mut text);
        let mut number = |column: Option<usize>| {
            let column = column.filter(|column| !table.cell(row, *column).trim().is_empty())?;
            table.number(row, column).map_err(|fault| faults.push(fault)).ok()
        };
        let [temp_c, vccn_v, vcctx_v] = numbers.map(&mut number);
        let place = Place { corner, extraction, temp_c, supply, vccn_v, vcctx_v };
        let name = table.cell(row, path).trim().trim_start_matches("./").trim_matches('/');
        if map.insert(name.to_owned(), place).is_some() {
            faults.push(table.fault(row, path, format!("`{name}` occurs twice")));
        }
    }
    Faults::or(map, faults)
}

#[cfg(test)]
mod tests {
    use super::super::find::simulated;
    use super::Places;
    use crate::fixture::{Files, Table, config, log};
    use libchar_core::input::Source;
    use std::fs;

    /// The points of one log at `TT_m40/v1/tx.log`, or why there is none.
    fn point(pattern: &str, map: Option<&str>) -> Result<String, String> {
        let outputs = tempfile::tempdir().unwrap();
        let folder = outputs.path().join("TT_m40/v1");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("tx.log"), log("1.000000e-09")).unwrap();
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        let map = map.map(|text| Source { name: "map.csv".to_owned(), bytes: text.into() });
        let places = Places::of(pattern, map.as_ref(), "typical", &table.desk(&config, &files))
            .map_err(|faults| faults.to_string())?;
        let found = simulated(outputs.path()).unwrap();
        let point = places.point(&found[0])?;
        Ok(format!("{} {} V", point.id, point.supplies[0].vccn_v))
    }

    #[test]
    fn a_path_and_the_table_of_supplies_name_a_point() {
        let found = point("{corner}_{temp}/{supply}", None);
        assert_eq!(found.unwrap(), "TT/typical/typical_m40/v1 1.1 V");
        let stated = point("{corner}_*/{supply}/*", None);
        assert_eq!(stated.unwrap(), "TT/typical/typical_25/v1 1.1 V", "the log states 25 C");
        let unknown = point("*/{supply}", None).unwrap_err();
        assert_eq!(unknown, "its corner is not given");
        assert_eq!(point("{corner}.mt0", None).unwrap_err(), "its path does not match the pattern");
        assert!(point("x", None).unwrap_err().starts_with("--pattern: "));
    }

    #[test]
    fn a_map_names_a_file_or_a_folder_above_it() {
        let map = "path,corner,temp_c,vccn_v\n./TT_m40/,SS,-40,0.9\n";
        assert_eq!(point("", Some(map)).unwrap(), "SS/typical/typical_m40/v0.9 0.9 V");
        let other = "path,corner\nFF,FF\n";
        let error = point("", Some(other)).unwrap_err();
        assert_eq!(error, "the map does not name it or a folder above it");
        let wrong = "path,corner,temp_c\na,S S,x\na,TT,25\n";
        let faults = point("", Some(wrong)).unwrap_err();
        for part in ["`S S` is not a name", "map.csv:2", "`a` occurs twice"] {
            assert!(faults.contains(part), "{part}: {faults}");
        }
    }
}
