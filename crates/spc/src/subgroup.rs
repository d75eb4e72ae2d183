//! Rational subgroups: values measured under the same conditions.

use crate::describe::{mean, sd};
use crate::error::SpcError;

/// A series of values divided into subgroups.
#[derive(Debug, Clone, PartialEq)]
pub struct Subgroups {
    values: Vec<f64>,
    /// End of each subgroup in `values`.
    ends: Vec<usize>,
}

impl Subgroups {
    /// Subgroups of one value each.
    pub fn individuals(values: Vec<f64>) -> Result<Self, SpcError> {
        let ends = (1..=values.len()).collect();
        Self::checked(values, ends)
    }

    /// Successive subgroups of `size` values.
    ///
    /// # Errors
    /// Values are left over, or one of them is not finite.
    pub fn by_size(values: Vec<f64>, size: usize) -> Result<Self, SpcError> {
        let left = if size == 0 { values.len() } else { values.len() % size };
        if left > 0 {
            return Err(SpcError::Invalid(format!(
                "{} values do not fill subgroups of {size}: {left} left over at the end",
                values.len()
            )));
        }
        let ends = (size..=values.len()).step_by(size).collect();
        Self::checked(values, ends)
    }

    /// Subgroups of the given sizes, in order.
    pub fn by_sizes(values: Vec<f64>, sizes: &[usize]) -> Result<Self, SpcError> {
        let ends = sizes
            .iter()
            .scan(0, |end, size| {
                *end += size;
                Some(*end)
            })
            .collect();
        Self::checked(values, ends)
    }

    fn checked(values: Vec<f64>, ends: Vec<usize>) -> Result<Self, SpcError> {
        debug_assert_eq!(ends.last().copied().unwrap_or(0), values.len());
        match values.iter().position(|x| !x.is_finite()) {
            Some(i) => Err(SpcError::NotFinite { index: i + 1, value: values[i] }),
            None => Ok(Self { values, ends }),
        }
    }

    /// Number of subgroups.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every value in order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Iterates over the subgroups.
    pub fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.ends.iter().scan(0, |start, &end| {
            let group = &self.values[*start..end];
            *start = end;
            Some(group)
        })
    }

    /// The subgroups from `from` up to but not including `to`.
    pub fn slice(&self, from: usize, to: usize) -> Self {
        let start = if from == 0 { 0 } else { self.ends[from - 1] };
        let ends: Vec<usize> = self.ends[from..to].iter().map(|end| end - start).collect();
        let stop = start + ends.last().copied().unwrap_or(0);
        Self { values: self.values[start..stop].to_vec(), ends }
    }

    /// The subgroups at the indices `kept`.
    pub fn select(&self, kept: &[usize]) -> Self {
        let (mut values, mut ends) = (Vec::new(), Vec::with_capacity(kept.len()));
        for i in kept {
            let start = if *i == 0 { 0 } else { self.ends[i - 1] };
            values.extend_from_slice(&self.values[start..self.ends[*i]]);
            ends.push(values.len());
        }
        Self { values, ends }
    }

    /// The size that all subgroups share, if they share one.
    pub fn common_size(&self) -> Option<usize> {
        let mut sizes = self.iter().map(<[f64]>::len);
        let first = sizes.next()?;
        sizes.all(|size| size == first).then_some(first)
    }

    /// Refuses subgroups that all hold a single value. A subgroup that shrank to one value is
    /// allowed among larger ones: it has a mean and no spread.
    pub fn check_some_spread(&self, what: &'static str) -> Result<(), SpcError> {
        if self.iter().any(|group| group.len() >= 2) {
            return Ok(());
        }
        Err(SpcError::Invalid(format!(
            "{what} needs subgroups of 2 or more values, and every subgroup has 1; name them with --subgroup COLUMN or \
             --subgroup-size N, or chart single values with --chart i-mr"
        )))
    }

    /// Mean of each subgroup.
    pub fn means(&self) -> Vec<f64> {
        self.iter().map(mean).collect()
    }

    /// Largest minus smallest value of each subgroup.
    pub fn ranges(&self) -> Vec<f64> {
        self.iter()
            .map(|group| {
                let (lo, hi) =
                    group.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| {
                        (lo.min(*x), hi.max(*x))
                    });
                hi - lo
            })
            .collect()
    }

    /// Sample standard deviation of each subgroup; 0 for a single value.
    pub fn sds(&self) -> Vec<f64> {
        self.iter().map(|group| sd(group).unwrap_or(0.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_over_silently() {
        let error = Subgroups::by_size(vec![1.0; 7], 5).unwrap_err();
        assert_eq!(
            error.to_string(),
            "7 values do not fill subgroups of 5: 2 left over at the end"
        );
        assert!(Subgroups::individuals(vec![1.0, f64::NAN]).is_err());
    }

    #[test]
    fn slices_keep_their_groups() {
        let groups = Subgroups::by_sizes(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[1, 2, 3]).unwrap();
        assert_eq!(groups.slice(1, 3).means(), [2.5, 5.0]);
        assert_eq!((groups.ranges(), groups.common_size()), (vec![0.0, 1.0, 2.0], None));
    }
}
