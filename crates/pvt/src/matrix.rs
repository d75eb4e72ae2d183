//! The matrix of points: (corner, extraction) x temperature x supply x swept axes, chosen by `config.cfg` out of the tables.

use crate::choose::{Chooser, condition, corners};
use crate::conditions::Conditions;
use crate::config::RunConfig;
use crate::corners::{Corner, Corners};
use crate::crossing::{cross_swept, swept_axes};
use crate::point::{self, Supply, Swept};
use crate::points::GROUPS;
use crate::supplies::{NamedSupply, Supplies};
use crate::sweeps::Sweeps;
use crate::temperature;
use crate::temperatures::Temperatures;
use crate::variation::{Variation, Varied};
use libchar_core::{Fault, Faults};

/// The tables of a domain.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Corners and extractions.
    pub corners: Corners,
    /// Supplies of the chosen `sim_mode`.
    pub supplies: Supplies,
    /// Temperatures.
    pub temperatures: Temperatures,
    /// Conditions.
    pub conditions: Conditions,
    /// Further axes; none for a domain without the table.
    pub sweeps: Sweeps,
    /// The quantities that vary from sample to sample; none for a domain without the table.
    pub variation: Variation,
}

/// A supply of each swept group, under their joined name.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossedSupply {
    /// `v1min`, or `v1min_v2max`.
    pub name: String,
    /// One supply for each group, from v1.
    pub supplies: Vec<Supply>,
}

/// The points of a run as a product of axes that is never written out, so that its size costs no
/// memory.
#[derive(Debug, Clone)]
pub struct Matrix {
    corners: Vec<Corner>,
    temperatures: Vec<f64>,
    supplies: Vec<CrossedSupply>,
    /// The swept axes: name and number of values.
    swept: Vec<(String, usize)>,
    /// Their crossings, the first axis outermost; one empty crossing if nothing is swept.
    sweeps: Vec<Vec<Swept>>,
    /// The quantities that vary, with their nominal values.
    varied: Vec<Varied>,
    nominal: Vec<f64>,
    /// Line of the first row of each swept group in the supply table.
    group_lines: Vec<usize>,
}

/// One point of the matrix, before its deck exists.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Corner and extraction, with the model section to simulate.
    pub corner: &'a Corner,
    /// Temperature in degrees Celsius.
    pub temp_c: f64,
    /// Supplies.
    pub supply: &'a CrossedSupply,
    /// A value of each swept axis.
    pub sweep: &'a [Swept],
    /// Values of the varied quantities, in the order of [`Matrix::varied`]: nominal ones, or those
    /// of a sample.
    pub draws: &'a [f64],
}

impl Cell<'_> {
    /// The id of the point, which is its folder.
    pub fn id(&self) -> String {
        let Corner { corner, extraction, .. } = self.corner;
        point::id(corner, extraction, self.temp_c, &self.supply.name, self.sweep)
    }
}

/// A value of an axis, and the points that have it.
pub(crate) type Line<'m> = (String, Vec<Cell<'m>>);

impl Matrix {
    /// Makes the matrix.
    ///
    /// # Errors
    /// Every name in `config.cfg` and in the condition table that the tables do not have, a choice that leaves
    /// nothing, two supplies whose joined names are equal.
    pub fn new(config: &RunConfig, tables: &Tables) -> Result<Matrix, Faults> {
        let mut faults = Vec::new();
        let corners = corners(config, &tables.corners, &mut faults);
        let condition = condition(config, &tables.conditions, &mut faults);
        let chooser = Chooser::new(config, &tables.conditions, condition);
        let temperatures = chooser.temperatures(&tables.temperatures, &mut faults);
        let mut groups = Vec::new();
        for group in 0..GROUPS {
            let rows = chooser.supplies(&tables.supplies, group, &mut faults);
            match rows {
                rows if !rows.is_empty() && groups.len() < group => {
                    let found = format!("group v{} is swept without v{group}", group + 1);
                    faults.push(Fault::at(&tables.supplies.file, rows[0].line, 1, found));
                }
                rows if !rows.is_empty() => groups.push(rows),
                _ => {}
            }
        }
        let group_lines = groups.iter().map(|rows| rows[0].line).collect();
        let supplies = cross(&groups);
        for (i, supply) in supplies.iter().enumerate() {
            if supplies[..i].iter().any(|other| other.name.eq_ignore_ascii_case(&supply.name)) {
                let found = format!("two crossings of supplies are named `{}`", supply.name);
                faults.push(Fault::of(&tables.supplies.file, found));
            }
        }
        let axes = swept_axes(config, &tables.sweeps, &mut faults);
        let swept = axes.iter().map(|axis| (axis[0].name.clone(), axis.len())).collect();
        let sweeps = cross_swept(config, &axes, &mut faults);
        Faults::or(
            Matrix {
                corners,
                temperatures,
                supplies,
                swept,
                sweeps,
                varied: tables.variation.varied().to_vec(),
                nominal: tables.variation.nominal(),
                group_lines,
            },
            faults,
        )
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.sizes().iter().product()
    }

    /// Number of values of each axis, the outermost first.
    fn sizes(&self) -> Vec<usize> {
        let own = [self.corners.len(), self.temperatures.len(), self.supplies.len()];
        own.into_iter().chain(self.swept.iter().map(|(_, values)| *values)).collect()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The quantities that vary from sample to sample.
    pub fn varied(&self) -> &[Varied] {
        &self.varied
    }

    /// Names of the swept axes, in the order of the folders.
    pub fn swept(&self) -> impl Iterator<Item = &str> {
        self.swept.iter().map(|(name, _)| name.as_str())
    }

    /// Number of pairs of corner and extraction.
    pub fn corners(&self) -> usize {
        self.corners.len()
    }

    /// Number of swept supply groups, 1 to 3.
    pub fn groups(&self) -> usize {
        self.group_lines.len()
    }

    /// Line in the supply table of the first row of a swept group, from 0.
    pub fn group_line(&self, group: usize) -> usize {
        self.group_lines.get(group).copied().unwrap_or(0)
    }

    /// The `index`-th point: corners outermost, then temperatures, then supplies, then swept axes, in the order of the
    /// tables.
    pub fn cell(&self, index: usize) -> Option<Cell<'_>> {
        let (index, sweep) = (index / self.sweeps.len(), index % self.sweeps.len());
        let (index, supply) = (index / self.supplies.len(), index % self.supplies.len());
        let (corner, temperature) =
            (index / self.temperatures.len(), index % self.temperatures.len());
        Some(Cell {
            corner: self.corners.get(corner)?,
            temp_c: self.temperatures[temperature],
            supply: &self.supplies[supply],
            sweep: &self.sweeps[sweep],
            draws: &self.nominal,
        })
    }

    /// All points in order.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.len()).filter_map(|index| self.cell(index))
    }

    /// The first point of every corner: its deck names the files of all points of the corner.
    pub fn one_per_corner(&self) -> impl Iterator<Item = Cell<'_>> {
        let per_corner = self.len() / self.corners().max(1);
        (0..self.len()).step_by(per_corner.max(1)).filter_map(|index| self.cell(index))
    }

    /// Points that together hold every value of every axis.
    pub(crate) fn axes(&self) -> impl Iterator<Item = Cell<'_>> {
        let sizes = self.sizes();
        let values =
            sizes.into_iter().enumerate().flat_map(|(axis, n)| (0..n).map(move |i| (axis, i)));
        values.filter_map(|(axis, i)| self.along(axis, i, false))
    }

    /// The point with the `value`-th value of an axis and, on all other axes, the first value or
    /// the last.
    fn along(&self, axis: usize, value: usize, at_the_last: bool) -> Option<Cell<'_>> {
        let index = self.sizes().into_iter().enumerate().fold(0, |index, (i, size)| {
            let other = if at_the_last { size.saturating_sub(1) } else { 0 };
            index * size + if i == axis { value } else { other }
        });
        self.cell(index)
    }

    /// The axes that have two values or more. Each value comes with two points that have it: one
    /// with the first value on all other axes, one with the last.
    pub(crate) fn lines(&self) -> Vec<(String, Vec<Line<'_>>)> {
        let sizes = self.sizes();
        let names = ["corner", "temperature", "supply"].into_iter().chain(self.swept());
        let line = |(axis, name): (usize, &str)| {
            let values = (0..sizes[axis]).map(|i| {
                let cells: Vec<Cell> = [false, true]
                    .into_iter()
                    .filter_map(|last| self.along(axis, i, last))
                    .collect();
                (cells.first().map(|cell| value_name(cell, axis)).unwrap_or_default(), cells)
            });
            (name.to_owned(), values.collect::<Vec<_>>())
        };
        names.enumerate().map(line).filter(|(_, values)| values.len() > 1).collect()
    }

    /// Whether a folder is a point of the matrix.
    pub fn contains(&self, id: &str) -> bool {
        let mut parts = id.splitn(5, '/');
        let mut part = || parts.next().unwrap_or_default();
        let (corner, extraction, temp, supply, sweep) = (part(), part(), part(), part(), part());
        let temp = temp.strip_prefix(extraction).and_then(|temp| temp.strip_prefix('_'));
        let folders =
            |sweep: &[Swept]| sweep.iter().map(Swept::folder).collect::<Vec<_>>().join("/");
        self.corners.iter().any(|c| c.corner == corner && c.extraction == extraction)
            && self.temperatures.iter().any(|t| Some(temperature::label(*t).as_str()) == temp)
            && self.supplies.iter().any(|s| s.name == supply)
            && self.sweeps.iter().any(|s| folders(s) == sweep)
            && !id.ends_with('/')
    }

    /// The model sections that the points simulate, each once.
    pub fn sections(&self) -> Vec<&str> {
        let mut sections: Vec<&str> = self.corners.iter().map(|c| c.section.as_str()).collect();
        sections.sort_unstable();
        sections.dedup();
        sections
    }

    /// The temperatures in degrees Celsius.
    pub fn temperatures(&self) -> &[f64] {
        &self.temperatures
    }
}

/// The product of the groups, the first outermost; none for no groups.
fn cross(groups: &[Vec<&NamedSupply>]) -> Vec<CrossedSupply> {
    let mut crossed: Vec<CrossedSupply> = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        if i == 0 {
            crossed = group
                .iter()
                .map(|row| CrossedSupply { name: row.name.clone(), supplies: vec![row.supply] })
                .collect();
            continue;
        }
        let product = crossed.iter().flat_map(|left| {
            group.iter().map(move |row| {
                let supplies = left.supplies.iter().copied().chain([row.supply]).collect();
                CrossedSupply { name: format!("{}_{}", left.name, row.name), supplies }
            })
        });
        crossed = product.collect();
    }
    crossed
}

/// The name of a point's value on an axis, counted as in [`Matrix::sizes`].
fn value_name(cell: &Cell, axis: usize) -> String {
    match axis {
        0 => format!("{}/{}", cell.corner.corner, cell.corner.extraction),
        1 => temperature::label(cell.temp_c),
        2 => cell.supply.name.clone(),
        axis => cell.sweep[axis - 3].label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Tables};
    use crate::conditions::{self, Conditions};
    use crate::config::RunConfig;
    use crate::corners::Corners;
    use crate::supplies::Supplies;
    use crate::sweeps::Sweeps;
    use crate::temperatures::Temperatures;
    use crate::variation::Variation;
    use proptest::prelude::*;

    const CORNERS: &str = "\
TT,typical,0,0,0,0
FFG,cworst_CCworst_T,1,1,0,0
FFG,cbest_CCbest_T,1,1,0,0
SSG,cbest_CCbest_T,-1,-1,0,0
SFG,typical,-1,1,0,0
";
    const SUPPLIES: &str = "v1min,0.99,0.99\nv1nom,1.10,1.10\nv1max,1.21,1.21\n";
    const TWO: &str = "v1min,0.9\nv1max,1.1\nv2min,1.6\nv2nom,1.8\nv2max,2.0\n";

    const SWEEPS: &str = "cload,,5f\ncload,,20f\nslew,slow,1n\nslew,fast,10p\nslew,,50p\n";

    fn lay_with(config: &str, supplies: &str, conditions: &str) -> Result<Vec<String>, String> {
        let tables = Tables {
            corners: Corners::parse("corners.csv", CORNERS.as_bytes()).unwrap(),
            supplies: Supplies::parse("supplies.csv", supplies.as_bytes()).unwrap(),
            temperatures: Temperatures::default(),
            conditions: Conditions::parse("conditions.csv", conditions.as_bytes()).unwrap(),
            sweeps: Sweeps::parse("sweeps.csv", SWEEPS.as_bytes()).unwrap(),
            variation: Variation::default(),
        };
        let config = RunConfig::parse("config.cfg", config.as_bytes(), &["ngspice"]).unwrap();
        let matrix = Matrix::new(&config, &tables).map_err(|faults| faults.to_string())?;
        let ids: Vec<String> =
            matrix.cells().map(|c| format!("{} {}", c.id(), c.corner.section)).collect();
        assert_eq!(ids.len(), matrix.len());
        assert!(ids.iter().all(|id| matrix.contains(id.split(' ').next().unwrap())));
        assert!(!matrix.contains("TT/typical/typical_m40") && !matrix.contains("a/b/b_85/v1min"));
        Ok(ids)
    }

    fn lay(config: &str, supplies: &str) -> Result<Vec<String>, String> {
        lay_with(config, supplies, conditions::DEFAULT)
    }

    #[test]
    fn values_of_an_axis_are_named_by_their_labels() {
        let tables = Tables {
            corners: Corners::parse("corners.csv", b"TT,typical,0,0\n").unwrap(),
            supplies: Supplies::parse("supplies.csv", b"v1nom,1,1\n").unwrap(),
            temperatures: Temperatures::default(),
            conditions: Conditions::parse("c", conditions::DEFAULT.as_bytes()).unwrap(),
            sweeps: Sweeps::parse("sweeps.csv", SWEEPS.as_bytes()).unwrap(),
            variation: Variation::default(),
        };
        let config = RunConfig::parse("config.cfg", b"temperature=85\nsweep=all\n", &[]).unwrap();
        let matrix = Matrix::new(&config, &tables).unwrap();
        let named: Vec<(String, Vec<String>)> = matrix
            .lines()
            .into_iter()
            .map(|(axis, values)| (axis, values.into_iter().map(|(value, _)| value).collect()))
            .collect();
        let of = |axis: &str, values: &[&str]| {
            (axis.to_owned(), values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(named, [of("cload", &["5f", "20f"]), of("slew", &["slow", "fast", "50p"])]);
    }

    #[test]
    fn prelay_is_every_corner_at_one_extraction() {
        let ids = lay("", SUPPLIES).unwrap();
        assert_eq!(ids.len(), 4 * 4 * 3);
        assert_eq!(ids[0], "TT/typical/typical_m40/v1min TT");
        assert_eq!(ids[47], "SFG/typical/typical_125/v1max SFG");
    }

    #[test]
    fn postlay_is_the_pairs_of_the_table_and_the_crossed_corners() {
        let one = "temperature=125\n1st_supply_swp=v1nom\nmode=postlay\n";
        let ids = lay(&format!("{one}postlay_cross_cornerlist=SSG\n"), SUPPLIES).unwrap();
        let expected = [
            "TT/typical/typical_125/v1nom TT",
            "FFG/cworst_CCworst_T/cworst_CCworst_T_125/v1nom FFG",
            "FFG/cbest_CCbest_T/cbest_CCbest_T_125/v1nom FFG",
            "SSG/cbest_CCbest_T/cbest_CCbest_T_125/v1nom SSG",
            "SSG/typical/typical_125/v1nom SSG",
            "SSG/cworst_CCworst_T/cworst_CCworst_T_125/v1nom SSG",
            "SFG/typical/typical_125/v1nom SFG",
        ];
        assert_eq!(ids, expected);
    }

    #[test]
    fn slow_and_fast_corners_take_other_sections() {
        let text = "temperature=85\n1st_supply_swp=v1nom\ngs_corner=TT\ngf_corner=SFG\n";
        let sections: Vec<String> = lay(text, SUPPLIES)
            .unwrap()
            .iter()
            .map(|id| id.split(' ').next_back().unwrap().to_owned())
            .collect();
        assert_eq!(sections, ["TT", "SFG", "TT", "SFG"]);
    }

    #[test]
    fn groups_cross_and_conditions_choose() {
        assert_eq!(lay("", TWO).unwrap().len(), 4 * 4 * 6);
        let ids = lay("corner=TT\ncondition=func\n", TWO).unwrap();
        assert_eq!(ids.len(), 2 * 4);
        assert_eq!(ids[1], "TT/typical/typical_m40/v1min_v2max TT");
        let hot = lay("corner=TT\ncondition=htol\n2nd_supply_swp=none\n", TWO).unwrap();
        assert_eq!(hot, ["TT/typical/typical_125/v1max TT"]);
        let table = "perf,85,v2nom\n";
        let ids = lay_with("corner=TT\n", TWO, table).unwrap();
        assert_eq!(
            ids,
            ["TT/typical/typical_85/v1min_v2nom TT", "TT/typical/typical_85/v1max_v2nom TT"]
        );
    }

    #[test]
    fn swept_axes_are_folders_below_the_supply() {
        let one = "corner=TT\ntemperature=85\n1st_supply_swp=v1nom\n";
        let ids = lay(&format!("{one}sweep=slew:fast:50p cload\n"), SUPPLIES).unwrap();
        let expected = [
            "TT/typical/typical_85/v1nom/cload_5f/slew_fast TT",
            "TT/typical/typical_85/v1nom/cload_5f/slew_50p TT",
            "TT/typical/typical_85/v1nom/cload_20f/slew_fast TT",
            "TT/typical/typical_85/v1nom/cload_20f/slew_50p TT",
        ];
        assert_eq!(ids, expected);
        assert_eq!(lay(&format!("{one}sweep=all\n"), SUPPLIES).unwrap().len(), 6);
        assert_eq!(lay(&format!("{one}sweep=none\n"), SUPPLIES).unwrap().len(), 1);
        let faults = lay("temperature=-40,m40\n", SUPPLIES).unwrap_err();
        assert!(faults.contains("`temperature` names `m40` twice"), "{faults}");
        let faults = lay("sweep=cloda, slew:fst:slow:slow\n", SUPPLIES).unwrap_err();
        insta::assert_snapshot!(faults, @"
        config.cfg:1:7: `sweep` names `cloda`, which is not in sweeps.csv
          expected one of: cload, slew
          did you mean `cload`?
        config.cfg:1:7: `sweep` names the value `fst` of `slew`, which is not in sweeps.csv
          expected one of: slow, fast, 50p
          did you mean `fast`?
        config.cfg:1:7: `sweep` names the value `slow` of `slew` twice
        ");
    }

    #[test]
    fn every_name_that_no_table_has() {
        let text = "corner=TT,FFH\ntemperature=m40,50\n1st_supply_swp=v1mn\n2nd_supply_swp=v2min\n\
                    alter_extraction=typ\ngs_corner=SSX\ncondition=prf\npostlay_cross_cornerlist=X\n";
        insta::assert_snapshot!(lay(text, SUPPLIES).unwrap_err(), @"
        config.cfg:1:8: `corner` names `FFH`, which is not in the corner table
          expected one of: TT, FFG, SSG, SFG
          did you mean `FFG`?
        config.cfg:2:13: `temperature` names `50`, which is not in the table
          expected one of: m40, 85, 100, 125
        config.cfg:3:16: `1st_supply_swp` names `v1mn`, which is not in the table
          expected one of: v1min, v1nom, v1max
          did you mean `v1min`?
        config.cfg:4:16: `2nd_supply_swp` sweeps group v2, which supplies.csv lacks
          expected all or none
        config.cfg:5:18: `alter_extraction` names `typ`, which is not in the corner table
          expected one of: typical, cworst_CCworst_T, cbest_CCbest_T
          did you mean `typical`?
        config.cfg:6:11: `gs_corner` names `SSX`, which is not in the corner table
          expected one of: TT, FFG, SSG, SFG
          did you mean `SSG`?
        config.cfg:7:11: unknown condition `prf`
          expected one of: perf, func, htol
          did you mean `perf`?
        config.cfg:8:26: `postlay_cross_cornerlist` names `X`, which is not in the corner table
          expected one of: TT, FFG, SSG, SFG
        ");
        let text = "temperature=m40\n1st_supply_swp=v1nom\ncondition=htol\n";
        insta::assert_snapshot!(lay(text, SUPPLIES).unwrap_err(), @"
        config.cfg:1:13: `temperature` is `m40`, of which the condition `htol` leaves nothing
          expected some of: 125
        config.cfg:2:16: `1st_supply_swp` is `v1nom`, of which the condition `htol` leaves nothing
          expected some of: v1max
        ");
        insta::assert_snapshot!(lay("1st_supply_swp=none\n", SUPPLIES).unwrap_err(), @"
        config.cfg:1:16: no supply of group v1 is chosen
          expected all, or some of: v1min, v1nom, v1max
        ");
        insta::assert_snapshot!(lay("", "v2min,1\n").unwrap_err(), @"
        supplies.csv: no supply of group v1
          expected a row whose name begins with v1
        supplies.csv:1:1: group v2 is swept without v1
        ");
        insta::assert_snapshot!(lay("2nd_supply_swp=none\n", "v1a,1\nv2a,1\nv3a,1\n").unwrap_err(), @"supplies.csv:3:1: group v3 is swept without v2");
        insta::assert_snapshot!(lay_with("", SUPPLIES, "perf,50,v1\n").unwrap_err(), @"
        conditions.csv:1: the condition `perf` names the temperature `50`
          expected one of: m40, 85, 100, 125
        conditions.csv:1: the condition `perf` names the supply `v1`
          expected one of: v1min, v1nom, v1max
          did you mean `v1min`?
        ");
        let joined = "v1x_v2y,1\nv1x,1\nv2z,1\nv2y_v2z,1\n";
        insta::assert_snapshot!(lay("corner=TT\ntemperature=85\n", joined).unwrap_err(), @"supplies.csv: two crossings of supplies are named `v1x_v2y_v2z`");
    }

    proptest! {
        #[test]
        fn ids_are_unique_and_counted(v1 in 1usize..6, v2 in 0usize..5, v3 in 0usize..4) {
            let v3 = if v2 == 0 { 0 } else { v3 };
            let mut supplies = String::new();
            for (group, n) in [(1, v1), (2, v2), (3, v3)] {
                for i in 0..n {
                    supplies.push_str(&format!("v{group}x{i},1.{i}\n"));
                }
            }
            let mut ids = lay("", &supplies).unwrap();
            prop_assert_eq!(ids.len(), 4 * 4 * v1 * v2.max(1) * v3.max(1));
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), 4 * 4 * v1 * v2.max(1) * v3.max(1));
        }
    }
}
