//! Two depth profiles side by side: a measured one and a computed one, or any two.

mod picture;

pub use picture::picture;

use crate::constants::UM_PER_CM;
use crate::format::MeasuredProfile;
use crate::process::interpolate_log;
use crate::species::Species;
use libchar_core::number::significant;

/// What is read off both sides for one dopant.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The dopant.
    pub species: Species,
    /// Name and unit of each figure, with its value on the old and on the new side; `None` where a
    /// side does not give it.
    pub figures: Vec<(String, &'static str, [Option<f64>; 2])>,
    /// Depths, um, and the decimal logarithm of new over old, wherever both concentrations are
    /// above the floor.
    pub log_ratio: Vec<(f64, f64)>,
    /// Concentration below which no ratio is taken, cm-3.
    pub floor_cm3: f64,
}

impl Contrast {
    /// All figures in one line: the old value, the new one, and the change in percent.
    #[must_use]
    pub fn text(&self) -> String {
        let of = |(name, unit, [old, new]): &(String, &str, [Option<f64>; 2])| {
            let shown = |value: &Option<f64>| value.map_or("-".to_owned(), |v| significant(v, 4));
            let percent = match (old, new) {
                (Some(a), Some(b)) if *a != 0.0 => format!(" ({:+.2} %)", 100.0 * (b / a - 1.0)),
                _ => String::new(),
            };
            format!("{name} {} -> {} {unit}", shown(old), shown(new)).trim_end().to_owned()
                + &percent
        };
        let all: Vec<String> = self.figures.iter().map(of).collect();
        let floor = significant(self.floor_cm3, 3);
        format!("{}: {}; ratios above {floor} cm-3", self.species, all.join(", "))
    }
}

/// Options of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Dopant of columns whose name does not contain one.
    pub species: Option<Species>,
    /// Concentrations, cm-3, for which the deepest depths are compared.
    pub levels_cm3: Vec<f64>,
    /// Concentration below which no ratio is taken, cm-3; `None` takes 1e-4 of the lower peak.
    pub floor_cm3: Option<f64>,
}

/// Two profiles, compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// Dopants that both sides have.
    pub dopants: Vec<Contrast>,
    /// Dopants that only one side has.
    pub alone: Vec<Species>,
    /// Depths that both sides reach, um.
    pub range_um: [f64; 2],
}

/// Compares two profiles over the depths that both cover.
///
/// Doses are integrals over the common depths, with concentrations interpolated logarithmically.
/// `xj_nm` is the deepest depth at which a dopant falls to the total concentration of the dopants
/// of the other type at the deepest common depth. That concentration is taken from whichever side
/// has it.
///
/// # Errors
/// Why the profiles cannot be compared.
pub fn contrast(
    old: &MeasuredProfile,
    new: &MeasuredProfile,
    asked: &Asked,
) -> Result<Pair, String> {
    let [old_dopants, new_dopants] = [named(old, new, asked)?, named(new, old, asked)?];
    let ends = |profile: &MeasuredProfile| {
        profile.depth_um.first().copied().zip(profile.depth_um.last().copied()).unwrap_or_default()
    };
    let ((a, b), (c, d)) = (ends(old), ends(new));
    let range_um = [a.max(c), b.min(d)];
    if range_um[0] >= range_um[1] {
        return Err(format!(
            "one reaches from {a} to {b} um and the other from {c} to {d} um: they share no depths"
        ));
    }
    let has = |of: &[(Species, &[f64])], species| of.iter().any(|(s, _)| *s == species);
    let mut pair = Pair { range_um, ..Pair::default() };
    for species in Species::ALL {
        match (has(&old_dopants, species), has(&new_dopants, species)) {
            (true, true) => {}
            (false, false) => continue,
            _ => {
                pair.alone.push(species);
                continue;
            }
        }
        let background = [(old, &old_dopants), (new, &new_dopants)]
            .into_iter()
            .map(|(profile, dopants)| opposite(profile, dopants, species, range_um[1]))
            .fold(0.0, f64::max);
        let sides = [(old, &old_dopants), (new, &new_dopants)].map(|(profile, dopants)| {
            let conc =
                dopants.iter().find(|(s, _)| *s == species).map_or(&[][..], |(_, conc)| conc);
            within(&profile.depth_um, conc, range_um)
        });
        pair.dopants.push(of_dopant(species, &sides, background, asked));
    }
    match pair.dopants.is_empty() {
        true => Err("no dopant is on both sides".to_owned()),
        false => Ok(pair),
    }
}

/// The dopants of one side. A column without a dopant's name belongs to the dopant of `asked`, else
/// to the only dopant that the other side names.
fn named<'a>(
    of: &'a MeasuredProfile,
    other: &MeasuredProfile,
    asked: &Asked,
) -> Result<Vec<(Species, &'a [f64])>, String> {
    let mut others = other.columns.iter().filter_map(|(species, _)| *species);
    let only = others.next().filter(|_| others.next().is_none());
    let name = |(species, conc): &'a (Option<Species>, Vec<f64>)| {
        let species = species.or(asked.species).or(only);
        let species =
            species.ok_or("a column of concentrations names no dopant: expected --species")?;
        Ok((species, conc.as_slice()))
    };
    of.columns.iter().map(name).collect()
}

/// Total concentration of the dopants of the other type at a depth, cm-3.
fn opposite(
    profile: &MeasuredProfile,
    dopants: &[(Species, &[f64])],
    species: Species,
    depth_um: f64,
) -> f64 {
    let others = dopants.iter().filter(|(s, _)| s.kind() != species.kind());
    others.map(|(_, conc)| interpolate_log(&profile.depth_um, conc, depth_um)).sum()
}

/// Samples strictly inside a range of depths, and interpolated ones at its ends.
fn within(depth_um: &[f64], conc: &[f64], [low, high]: [f64; 2]) -> Vec<(f64, f64)> {
    let at = |x: f64| (x, interpolate_log(depth_um, conc, x));
    let inside = depth_um.iter().zip(conc).filter(|(x, _)| low < **x && **x < high);
    let inside = inside.map(|(x, c)| (*x, *c));
    std::iter::once(at(low)).chain(inside).chain([at(high)]).collect()
}

/// One figure of a side.
type Reading<'a> = &'a dyn Fn(&[(f64, f64)]) -> Option<f64>;

fn of_dopant(
    species: Species,
    sides: &[Vec<(f64, f64)>; 2],
    background: f64,
    asked: &Asked,
) -> Contrast {
    let peaks = [peak(&sides[0]), peak(&sides[1])];
    let floor_cm3 = asked.floor_cm3.unwrap_or(1e-4 * peaks[0].1.min(peaks[1].1));
    let mut figures = Vec::new();
    let mut add = |name: &str, unit, of: Reading<'_>| {
        figures.push((name.to_owned(), unit, [of(&sides[0]), of(&sides[1])]));
    };
    if background > 0.0 {
        add("xj_nm", "nm", &|side| depth_nm(side, background));
    }
    for level in &asked.levels_cm3 {
        add(&format!("depth_nm@{level:e}"), "nm", &|side| depth_nm(side, *level));
    }
    add("dose_cm2", "cm-2", &|side| Some(dose_cm2(side)));
    add("peak_cm3", "cm-3", &|side| Some(peak(side).1));
    add("peak_depth_nm", "nm", &|side| Some(1e3 * peak(side).0));
    figures.retain(|(_, _, values)| values.iter().any(Option::is_some));
    let log_ratio = log_ratio(sides, floor_cm3);
    if let Some([rms, worst]) = spread(&log_ratio) {
        figures.push(("ratio_rms".to_owned(), "", [Some(1.0), Some(10f64.powf(rms))]));
        figures.push(("ratio_worst".to_owned(), "", [Some(1.0), Some(10f64.powf(worst))]));
    }
    Contrast { species, figures, log_ratio, floor_cm3 }
}

fn peak(side: &[(f64, f64)]) -> (f64, f64) {
    side.iter().copied().fold((0.0, 0.0), |best, here| if here.1 > best.1 { here } else { best })
}

/// Deepest depth at which a profile falls to a level, nm.
fn depth_nm(side: &[(f64, f64)], level: f64) -> Option<f64> {
    let fall = side.windows(2).rev().find(|pair| pair[0].1 >= level && pair[1].1 < level)?;
    let ((x0, c0), (x1, c1)) = (fall[0], fall[1]);
    let share =
        if c1 > 0.0 { (c0 / level).ln() / (c0 / c1).ln() } else { (c0 - level) / (c0 - c1) };
    Some(1e3 * (x0 + share * (x1 - x0)))
}

/// Integral over depth, cm-2, of a profile that is exponential between its samples, linear where one is 0.
fn dose_cm2(side: &[(f64, f64)]) -> f64 {
    let part = |pair: &[(f64, f64)]| {
        let ((x0, a), (x1, b)) = (pair[0], pair[1]);
        let log = (a / b).ln();
        let mean =
            if a > 0.0 && b > 0.0 && log.abs() > 1e-6 { (a - b) / log } else { 0.5 * (a + b) };
        mean * (x1 - x0) / UM_PER_CM
    };
    side.windows(2).map(part).sum()
}

/// Depths of both sides with the logarithm of new over old, where both are above the floor.
fn log_ratio(sides: &[Vec<(f64, f64)>; 2], floor: f64) -> Vec<(f64, f64)> {
    let [old, new] =
        sides.each_ref().map(|side| -> (Vec<f64>, Vec<f64>) { side.iter().copied().unzip() });
    let mut depths: Vec<f64> = old.0.iter().chain(&new.0).copied().collect();
    depths.sort_by(f64::total_cmp);
    depths.dedup();
    let at = |x: f64| {
        let (a, b) = (interpolate_log(&old.0, &old.1, x), interpolate_log(&new.0, &new.1, x));
        (a > floor && b > floor).then(|| (x, (b / a).log10()))
    };
    depths.into_iter().filter_map(at).collect()
}

/// The root mean square of the values, weighted by depth, and the value farthest from 0.
fn spread(ratios: &[(f64, f64)]) -> Option<[f64; 2]> {
    let worst =
        ratios.iter().map(|(_, r)| *r).reduce(|a, b| if b.abs() > a.abs() { b } else { a })?;
    let (mut sum, mut length) = (0.0, 0.0);
    for pair in ratios.windows(2) {
        let ((x0, a), (x1, b)) = (pair[0], pair[1]);
        sum += (x1 - x0) * (a * a + a * b + b * b) / 3.0;
        length += x1 - x0;
    }
    Some([if length > 0.0 { (sum / length).sqrt() } else { worst.abs() }, worst])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(species: Option<Species>, step: f64, conc: impl Fn(f64) -> f64) -> MeasuredProfile {
        let depth_um: Vec<f64> =
            (0..=(1.0 / step).round() as usize).map(|i| step * i as f64).collect();
        let conc = depth_um.iter().map(|x| conc(*x)).collect();
        MeasuredProfile { depth_um, columns: vec![(species, conc)], notes: Vec::new() }
    }

    /// Exponentials, whose dose and depths are known, on two grids and with 10 % more in the new one.
    #[test]
    fn exponentials_differ_as_they_must() {
        let old = profile(Some(Species::Boron), 0.01, |x| 1e19 * (-x / 0.05).exp());
        let mut new = profile(None, 0.013, |x| 1.1e19 * (-x / 0.05).exp());
        let asked = Asked { levels_cm3: vec![1e17], floor_cm3: Some(1e15), ..Asked::default() };
        let pair = contrast(&old, &new, &asked).unwrap();
        let of = |name: &str| {
            pair.dopants[0].figures.iter().find(|f| f.0 == name).unwrap().2.map(Option::unwrap)
        };
        let close = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}")
        };
        close(of("dose_cm2")[0], 1e19 * 0.05e-4 * (1.0 - (-pair.range_um[1] / 0.05).exp()));
        close(of("dose_cm2")[1], 1.1 * of("dose_cm2")[0]);
        close(of("depth_nm@1e17")[0], 50.0 * 100f64.ln());
        close(of("depth_nm@1e17")[1], 50.0 * 110f64.ln());
        close(of("ratio_rms")[1], 1.1);
        close(of("ratio_worst")[1], 1.1);
        let deepest = pair.dopants[0].log_ratio.last().unwrap().0;
        assert!(deepest <= 0.05 * 1e4f64.ln() && deepest > 0.44, "{deepest}");
        // Without a background the junction is not defined; with one it is where the dopant falls
        // to it.
        assert!(pair.dopants[0].figures.iter().all(|f| f.0 != "xj_nm"));
        new.columns[0].0 = Some(Species::Boron);
        new.columns.push((Some(Species::Phosphorus), vec![1e16; new.depth_um.len()]));
        let pair = contrast(&old, &new, &asked).unwrap();
        let xj = pair.dopants[0].figures.iter().find(|f| f.0 == "xj_nm").unwrap().2;
        close(xj[0].unwrap(), 50.0 * 1000f64.ln());
        assert_eq!(pair.alone, [Species::Phosphorus]);
    }

    #[test]
    fn sides_that_share_nothing_say_why() {
        let boron = profile(Some(Species::Boron), 0.1, |_| 1e18);
        let arsenic = profile(Some(Species::Arsenic), 0.1, |_| 1e18);
        let nameless = profile(None, 0.1, |_| 1e18);
        let asked = Asked::default();
        assert!(
            contrast(&boron, &arsenic, &asked).unwrap_err().contains("no dopant is on both sides")
        );
        assert!(contrast(&nameless, &nameless, &asked).unwrap_err().contains("names no dopant"));
        let mut deep = profile(Some(Species::Boron), 0.1, |_| 1e18);
        deep.depth_um.iter_mut().for_each(|x| *x += 2.0);
        assert!(contrast(&boron, &deep, &asked).unwrap_err().contains("share no depths"));
    }
}
