//! Limits of a stable period, frozen as baselines.

use crate::baseline::{Baseline, Baselines, Excluded, LeftOut, OfGroup, Provenance, Replaced};
use crate::chart::{Design, Given};
use crate::data::{Groups, Layout, Prepared, exclude};
use crate::error::SpcError;
use libchar_core::Refused;

/// How limits are made, and of what.
pub struct Asked<'a> {
    /// The chart.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Whether deviations from nominal are charted.
    pub is_deviation: bool,
    /// Points that make no limits, as in [`exclude::points`], and why.
    pub exclude: (&'a [String], &'a str),
    /// The input's name.
    pub input: &'a str,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Limits of many charts.
pub struct Many {
    /// The limits, and the charts that have none.
    pub set: Baselines,
    /// Charts without limits that are findings: they do not vary or cannot be read.
    pub stuck: usize,
}

impl Asked<'_> {
    /// Freezes the limits of one chart.
    ///
    /// # Errors
    /// Data that the chart cannot take.
    pub fn of_one(
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

    /// Freezes the limits of every group and column; what has none says why and stops no other.
    ///
    /// # Errors
    /// What is wrong with all of them; points to exclude that no chart has.
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
