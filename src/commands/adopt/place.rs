//! Assigns adopted outputs to points: by a pattern of paths, or by a table of the user.

use super::find::Simulated;
use crate::context::Context;
use crate::domain;
use anyhow::Result;
use libchar_campaign::adopt::{self, Pattern, Place};
use libchar_campaign::readings::prints;
use libchar_core::{Fault, Faults, Table};
use libchar_pvt::point::{self, Supply};
use libchar_pvt::points::GROUPS;
use libchar_pvt::supplies::Supplies;
use libchar_pvt::{Point, label, temperature};
use std::collections::BTreeMap;
use std::fs;

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
    /// Reads a pattern or a map; `extraction` is used where neither gives one.
    ///
    /// # Errors
    /// The fault of the pattern, or every fault of the map.
    pub fn of(
        pattern: &Option<String>,
        map: &Option<String>,
        extraction: &str,
        ctx: &Context,
    ) -> Result<Places> {
        let says = match (pattern, map) {
            (_, Some(map)) => Says::Map(read_map(map, ctx)?),
            (Some(pattern), None) => {
                let fault = |what: String| Faults::from(Fault::of("--pattern", what));
                Says::Pattern(Pattern::parse(pattern).map_err(fault)?)
            }
            (None, None) => {
                return Err(Faults::from(Fault::of("--pattern", "nothing is given")).into());
            }
        };
        if !label::is_valid(extraction) {
            let fault = Fault::of("--extraction", format!("`{extraction}` is no name"));
            return Err(Faults::from(fault.expected(label::EXPECTED)).into());
        }
        let prints = prints(&ctx.config);
        Ok(Places { says, extraction: extraction.to_owned(), volts: volts(ctx)?, prints })
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
            Says::Pattern(_) => "its path does not fit the pattern",
            Says::Map(_) => "the map does not name it or a folder above it",
        })?;
        let measures = simulated.measures(place.temp_c, &self.prints)?;
        let stated = measures.rows.iter().find_map(|row| row.temp_c);
        let corner = place.corner.ok_or("nothing says its corner")?;
        let temp_c = place.temp_c.or(stated).ok_or("nothing says its temperature")?;
        let temp_c = temperature::parse(&libchar_core::number::shortest(temp_c))
            .ok_or_else(|| format!("{temp_c} is no temperature of a point"))?;
        let supply = place.supply.unwrap_or_else(|| match place.vccn_v {
            Some(volts) => format!("v{}", libchar_core::number::shortest(volts)),
            None => "nominal".to_owned(),
        });
        let known = self.volts.get(&supply);
        let vccn_v =
            place.vccn_v.or(known.map(|known| known.vccn_v)).or_else(|| adopt::volts(&supply));
        let vccn_v = vccn_v.ok_or_else(|| {
            format!(
                "nothing says the volts of the supply `{supply}`: {{vccn}} in the pattern, vccn_v in the map, or the table of supplies"
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
fn volts(ctx: &Context) -> Result<BTreeMap<String, Supply>> {
    let mut volts = BTreeMap::new();
    for mode in ["ac", "dc"] {
        let path = domain::tables_folder(ctx).join(format!("table_supply_list_{mode}.csv"));
        let Ok(bytes) = fs::read(&path) else { continue };
        ctx.depends(&path);
        let supplies = Supplies::parse(&path.display().to_string(), &bytes)?;
        for named in (0..GROUPS).flat_map(|group| supplies.group(group)) {
            volts.entry(named.name.clone()).or_insert(named.supply);
        }
    }
    Ok(volts)
}

fn read_map(file: &str, ctx: &Context) -> Result<BTreeMap<String, Place>> {
    let source = ctx.read(file)?;
    let table = Table::parse(&source.name, &source.bytes)?;
    let path = table.column("path").map_err(Faults::from)?;
    let column = |name: &str| table.find_column(name);
    let columns = [column("corner"), column("extraction"), column("supply")];
    let numbers = [column("temp_c"), column("vccn_v"), column("vcctx_v")];
    let mut faults = Vec::new();
    let mut map = BTreeMap::new();
    for row in 0..table.len() {
        let mut text = |column: Option<usize>| {
            let cell = table.cell(row, column?).trim();
            if !cell.is_empty() && !label::is_valid(cell) {
                let fault = table.fault(row, column?, format!("`{cell}` is no name"));
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
            faults.push(table.fault(row, path, format!("`{name}` stands twice")));
        }
    }
    Ok(Faults::or(map, faults)?)
}
