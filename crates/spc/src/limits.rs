//! Limits of a stable period, frozen as baselines.

use crate::baseline::{Baseline, Baselines, Excluded, LeftOut, OfGroup, Provenance, Replaced};
use crate::chart::{Design, Given};
use crate::data::notes::{guaranteed, notes};
use crate::data::{Groups, Layout, Prepared, exclude};
use crate::error::SpcError;
use libchar_core::Note;
use libchar_core::{Refused, Table};

/// How limits are estimated, and from which data.
pub struct Asked<'a> {
    /// The chart.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Whether deviations from nominal are charted.
    pub is_deviation: bool,
    /// Points to exclude from the limits, as in [`exclude::points`], and the reason.
    pub exclude: (&'a [String], &'a str),
    /// The input's name.
    pub input: &'a str,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Limits of many charts.
pub struct Many {
    /// The limits, and the charts without limits.
    pub set: Baselines,
    /// Number of charts without limits that are findings: they do not vary or cannot be read.
    pub stuck: usize,
}

impl Asked<'_> {
    /// Freezes the limits of one chart.
    ///
    /// # Errors
    /// Data that the chart cannot take.
    pub(crate) fn of_one(
        &self,
        layout: &Layout,
        prepared: &Prepared,
        excluded: Vec<Excluded>,
        replaces: Option<Replaced>,
    ) -> Result<Baseline, SpcError> {
        let left_out = |i: &usize| excluded.iter().any(|point| point.point == i + 1);
        let kept: Vec<usize> = (0..prepared.data.len()).filter(|i| !left_out(i)).collect();
        let parameters = match excluded.is_empty() {
            true => self.design.estimate(&prepared.data, &self.given),
            false => self.design.estimate(&prepared.data.select(&kept), &self.given),
        }?;
        let design = self.design.clone();
        let columns = prepared.columns.clone();
        let mut baseline = Baseline::new(columns, prepared.subgroup_size(), design, parameters);
        baseline.subgroup.clone_from(&layout.subgroup);
        baseline.part.clone_from(&layout.part);
        baseline.run.clone_from(&layout.run);
        baseline.nominal.clone_from(&layout.nominal);
        baseline.sample_size.clone_from(&layout.sample_size);
        baseline.deviation = self.is_deviation;
        baseline.provenance = Some(Provenance {
            input: self.input.to_owned(),
            sha256: self.sha256.clone(),
            lines: [prepared.lines.first(), prepared.lines.last()]
                .map(|line| line.copied().unwrap_or(0)),
            excluded,
            replaces,
        });
        Ok(baseline)
    }

    /// Freezes the limits of one chart without the excluded points; `guarantee` widens them. `tell`
    /// receives notes for the reader.
    ///
    /// # Errors
    /// Excluded points that do not exist, a guarantee that is not available for the chart, and as
    /// [`Asked::of_one`].
    pub fn freeze(
        mut self,
        layout: &Layout,
        table: &Table,
        prepared: &Prepared,
        guarantee: Option<f64>,
        replaces: Option<Replaced>,
        tell: &mut dyn FnMut(Note),
    ) -> Result<Baseline, Refused> {
        let (points, reason) = self.exclude;
        let excluded = exclude::some(points, reason, table, prepared)?;
        let design = &mut self.design;
        let mut notes = notes(design, layout, prepared);
        guaranteed(design, guarantee, prepared, Vec::new(), &mut notes)?;
        notes.into_iter().for_each(|note| tell(Note::Warning("limits", note)));
        let frozen = self.of_one(layout, prepared, excluded, replaces);
        Ok(frozen.map_err(|error| error.of(&prepared.file))?)
    }

    /// Freezes the limits of every group and column. A chart without limits carries its reason and
    /// does not stop the others.
    ///
    /// # Errors
    /// As [`Groups::items`], and excluded points that no chart has.
    pub fn of_many(&self, layout: &Layout, groups: &Groups, bytes: &[u8]) -> Result<Many, Refused> {
        let mut set = Baselines { by: groups.by.clone(), ..Baselines::default() };
        let (mut stuck, mut left_points) = (0, 0);
        let (asked, reason) = self.exclude;
        for item in groups.items(layout, bytes, &self.design, self.is_deviation)? {
            let made = match &item.prepared {
                Ok(prepared) => {
                    let table = groups.table(&item);
                    let excluded = exclude::points(asked, reason, table, prepared)?;
                    left_points += excluded.len();
                    self.of_one(layout, prepared, excluded, None).map_err(|error| {
                        stuck += usize::from(matches!(error, SpcError::ZeroVariance { .. }));
                        error.to_string()
                    })
                }
                Err(reason) => {
                    stuck += 1;
                    Err(reason.clone())
                }
            };
            let (group, columns) = (item.group, item.columns);
            match made {
                Ok(baseline) => set.baselines.push(OfGroup { group, baseline }),
                Err(reason) => set.left_out.push(LeftOut { group, columns, reason }),
            }
        }
        if !asked.is_empty() && left_points == 0 {
            return Err(Refused::usage("--exclude names no point of any chart"));
        }
        Ok(Many { set, stuck })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Kind;
    use crate::data::shape;

    /// Freezes the limits of twenty values; returns them with the notes.
    fn frozen(exclude: &[String], guarantee: Option<f64>) -> (Result<Baseline, String>, Vec<Note>) {
        let csv = (0..20).fold("x\n".to_owned(), |csv, i| format!("{csv}{}\n", i * 7 % 11));
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let (layout, design) = (Layout::default(), Design::new(Kind::IMr));
        let prepared = shape(&layout, &table, csv.as_bytes(), &design, false).unwrap();
        let asked = Asked {
            design,
            given: Given::default(),
            is_deviation: false,
            exclude: (exclude, "why"),
            input: "t.csv",
            sha256: "abc".to_owned(),
        };
        let mut notes = Vec::new();
        let tell = &mut |note| notes.push(note);
        let frozen = asked.freeze(&layout, &table, &prepared, guarantee, None, tell);
        (frozen.map_err(|refused| refused.to_string()), notes)
    }

    #[test]
    fn frozen_limits_remember_where_they_come_from() {
        let baseline = frozen(&[], None).0.unwrap();
        let values = (0..20).map(|i| f64::from(i * 7 % 11));
        assert!((baseline.parameters.center - values.sum::<f64>() / 20.0).abs() < 1e-12);
        let provenance = baseline.provenance.unwrap();
        assert_eq!((provenance.sha256.as_str(), provenance.lines), ("abc", [2, 21]));
        let left_out = frozen(&["1-5".to_owned()], None).0.unwrap();
        assert_eq!(left_out.parameters.points, 15);
        assert_eq!(left_out.provenance.unwrap().excluded.len(), 5);
        assert!(frozen(&["21".to_owned()], None).0.is_err());
    }

    #[test]
    fn a_guarantee_widens_the_limits_and_is_told() {
        let (baseline, notes) = frozen(&[], Some(0.9));
        assert!(baseline.unwrap().design.width > 3.0);
        let told = notes.iter().filter(|note| {
            matches!(note, Note::Warning("limits", told) if told.starts_with("the limits are at "))
        });
        assert_eq!(told.count(), 1);
    }
}
