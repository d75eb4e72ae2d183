//! `table_variation.csv`: what varies from sample to sample, and how samples are drawn.
//!
//! A sample is one die: its draws depend on the seed, the parameter and the instance, not on the point, so that sample 17
//! is the same circuit at every corner, temperature and supply.

use crate::sheet::{Rows, Sheet};
use libchar_core::{Faults, number};
use libchar_numeric::draws::{Draws, latin_hypercube};
use libchar_numeric::normal;

/// Name of the optional table in the tables' folder.
pub const FILE: &str = "table_variation.csv";

const COLUMNS: [&str; 9] = [
    "parameter",
    "distribution",
    "nominal",
    "sigma",
    "low",
    "high",
    "group",
    "correlation",
    "instances",
];

const SHEET: Sheet = Sheet { columns: &COLUMNS, required: 2, aliases: &[] };

const NAME: &str = "a letter, then letters, digits and `_`, 64 at most";

/// How a parameter varies about its nominal value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Normal with this standard deviation.
    Normal(f64),
    /// nominal × exp(σ z): this standard deviation of the logarithm; the nominal value is the median.
    Lognormal(f64),
    /// Equally likely between these two bounds.
    Uniform(f64, f64),
}

/// One quantity that varies: a parameter of the circuit, or of one instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// The parameter.
    pub parameter: String,
    /// The instance, if each has draws of its own.
    pub instance: Option<String>,
    /// The value if nothing varies.
    pub nominal: f64,
    /// How it varies.
    pub distribution: Distribution,
    /// Group that shares a draw, and the correlation within it, -1 to 1.
    pub group: Option<(String, f64)>,
    /// Line in the table.
    pub line: usize,
}

/// How samples are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Independent draws.
    Random,
    /// One draw in each of as many equal parts as there are samples. With another number of
    /// samples, all draws change.
    LatinHypercube,
    /// One at a time: each quantity one standard deviation above its nominal value, then one below.
    OneAtATime,
}

/// The variation table; empty for a domain without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variation {
    /// The file's name in faults.
    pub file: String,
    varied: Vec<Varied>,
}

impl Varied {
    /// The name in tables: `dvth`, or `dvth.mn1` of an instance.
    pub fn name(&self) -> String {
        match &self.instance {
            Some(instance) => format!("{}.{instance}", self.parameter),
            None => self.parameter.clone(),
        }
    }

    /// The name of a deck's parameter that a statement rule sets: `dvth`, or `dvth_mn1`.
    pub fn deck_name(&self) -> String {
        self.name().replace('.', "_")
    }

    /// Its value at a standard normal deviate.
    pub fn at(&self, z: f64) -> f64 {
        match self.distribution {
            Distribution::Normal(sigma) => self.nominal + sigma * z,
            Distribution::Lognormal(sigma) => self.nominal * (sigma * z).exp(),
            Distribution::Uniform(low, high) => low + (high - low) * normal::cdf(z),
        }
    }

    /// Its standard deviation.
    pub fn sigma(&self) -> f64 {
        match self.distribution {
            Distribution::Normal(sigma) => sigma,
            // Of nominal × exp(σ z): nominal × exp(σ²/2) × √(exp(σ²) − 1).
            Distribution::Lognormal(sigma) => {
                let variance = sigma * sigma;
                self.nominal.abs() * (variance / 2.0).exp() * variance.exp_m1().sqrt()
            }
            Distribution::Uniform(low, high) => (high - low) / 12f64.sqrt(),
        }
    }
}

impl Variation {
    /// Makes a variation from quantities that come from elsewhere than the table.
    pub fn of(varied: Vec<Varied>) -> Variation {
        Variation { file: String::new(), varied }
    }

    /// Parses the table.
    ///
    /// # Errors
    /// An empty table, an invalid or duplicate name, a distribution without its σ or bounds, a
    /// correlation beyond 1, a group that has both parameters of the circuit and of instances.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Variation, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let mut rows = Rows::new(&SHEET, &table, &columns);
        let mut varied: Vec<Varied> = Vec::new();
        for row in 0..table.len() {
            for new in rows.row(row) {
                if let Some(old) =
                    varied.iter().find(|old| old.deck_name().eq_ignore_ascii_case(&new.deck_name()))
                {
                    let found =
                        format!("`{}` occurs twice, first at line {}", new.name(), old.line);
                    rows.reject(row, 0, found, "each parameter of an instance once");
                }
                let mixed = |old: &&Varied| {
                    old.group.as_ref().map(|g| &g.0) == new.group.as_ref().map(|g| &g.0)
                        && new.group.is_some()
                        && old.instance.is_some() != new.instance.is_some()
                };
                if let Some(old) = varied.iter().find(mixed) {
                    let found = format!(
                        "the group of `{}` has `{}`, which varies otherwise",
                        new.name(),
                        old.name()
                    );
                    rows.reject(
                        row,
                        6,
                        found,
                        "a group of parameters that all have instances, or none of them",
                    );
                }
                varied.push(new);
            }
        }
        Faults::or(Variation { file: file.to_owned(), varied }, rows.faults)
    }

    /// All quantities that vary.
    pub fn varied(&self) -> &[Varied] {
        &self.varied
    }

    /// The nominal values.
    pub fn nominal(&self) -> Vec<f64> {
        self.varied.iter().map(|varied| varied.nominal).collect()
    }

    /// The number of samples of a one-at-a-time design.
    pub fn one_at_a_time(&self) -> usize {
        2 * self.varied.len()
    }

    /// The values of samples 1 to `samples`: one row for each, in the order of
    /// [`Variation::varied`].
    pub fn draw(&self, seed: u64, sampling: Sampling, samples: usize) -> Vec<Vec<f64>> {
        if sampling == Sampling::OneAtATime {
            return self.one_by_one().into_iter().take(samples).collect();
        }
        let column = |varied: &Varied| -> Vec<f64> {
            let instance = varied.instance.as_deref().unwrap_or_default();
            let own =
                deviates(seed, &["parameter", &varied.parameter, instance], sampling, samples);
            let Some((group, correlation)) = &varied.group else { return own };
            let shared = deviates(seed, &["group", group, instance], sampling, samples);
            // Two quantities of a group then correlate by √(r₁ r₂), with the sign of both.
            let (share, rest) = (correlation.abs().sqrt(), (1.0 - correlation.abs()).sqrt());
            let share = share.copysign(*correlation);
            shared.iter().zip(&own).map(|(shared, own)| share * shared + rest * own).collect()
        };
        let columns: Vec<Vec<f64>> = self
            .varied
            .iter()
            .map(|varied| column(varied).into_iter().map(|z| varied.at(z)).collect())
            .collect();
        (0..samples).map(|sample| columns.iter().map(|column| column[sample]).collect()).collect()
    }

    fn one_by_one(&self) -> Vec<Vec<f64>> {
        let nominal = self.nominal();
        let at = |(i, up): (usize, bool)| {
            let mut values = nominal.clone();
            let sigma = self.varied[i].sigma();
            values[i] += if up { sigma } else { -sigma };
            values
        };
        (0..self.varied.len()).flat_map(|i| [(i, true), (i, false)]).map(at).collect()
    }
}

/// The seed of a simulator's own random numbers at a sample, 1 to 2³¹ − 2; sample 0 is the deck as written.
pub fn native_seed(seed: u64, sample: u64) -> u64 {
    let mut draws = Draws::new(seed, &["random numbers of the simulator"]);
    1 + draws.bits(sample) % ((1 << 31) - 2)
}

fn deviates(seed: u64, names: &[&str], sampling: Sampling, samples: usize) -> Vec<f64> {
    if sampling == Sampling::LatinHypercube {
        return latin_hypercube(seed, names, samples).into_iter().map(normal::quantile).collect();
    }
    let mut draws = Draws::new(seed, names);
    (1..=samples as u64).map(|sample| draws.normal(sample)).collect()
}

/// What a number of the table looks like, for faults.
const NUMBER: &str = "a number, such as 5m or 0.02";

impl Rows<'_> {
    /// The quantities of a row: one, or one for each instance.
    fn row(&mut self, row: usize) -> Vec<Varied> {
        let parameter = self.text(row, 0).to_owned();
        self.check_name(row, 0, &parameter);
        let nominal = self.number(row, 2, "0", NUMBER).unwrap_or(0.0);
        let Some(distribution) = self.distribution(row, nominal) else { return Vec::new() };
        let nominal = match distribution {
            Distribution::Uniform(low, high) if self.text(row, 2).is_empty() => {
                f64::midpoint(low, high)
            }
            _ => nominal,
        };
        let group = self.group(row);
        let instances: Vec<String> = self
            .text(row, 8)
            .split([' ', ';', '\t'])
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        for instance in &instances {
            self.check_name(row, 8, instance);
        }
        let line = self.table.line(row);
        let varied = |instance: Option<String>| Varied {
            parameter: parameter.clone(),
            instance,
            nominal,
            distribution,
            group: group.clone(),
            line,
        };
        match instances.is_empty() {
            true => vec![varied(None)],
            false => instances.into_iter().map(|instance| varied(Some(instance))).collect(),
        }
    }

    fn check_name(&mut self, row: usize, column: usize, name: &str) {
        let valid = name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !valid {
            self.reject_text(row, column, name, NAME);
        }
    }

    fn distribution(&mut self, row: usize, nominal: f64) -> Option<Distribution> {
        let word = self.text(row, 1).to_owned();
        let (takes, leaves): (&[usize], &[usize]) = match word.as_str() {
            "normal" | "lognormal" => (&[3], &[4, 5]),
            "uniform" => (&[4, 5], &[3]),
            _ => {
                let fault = self.table.fault(
                    row,
                    self.columns[1].unwrap_or(1),
                    format!("unknown distribution `{word}`"),
                );
                self.faults.push(fault.one_of(&word, ["normal", "lognormal", "uniform"]));
                return None;
            }
        };
        for &column in leaves {
            if !self.text(row, column).is_empty() {
                let found = format!("a {word} parameter has no `{}`", COLUMNS[column]);
                let needs: Vec<&str> = takes.iter().map(|column| COLUMNS[*column]).collect();
                self.reject(row, column, found, &needs.join(" and "));
            }
        }
        if word == "uniform" {
            let (low, high) = (self.number(row, 4, "", NUMBER)?, self.number(row, 5, "", NUMBER)?);
            if low >= high {
                self.reject(
                    row,
                    4,
                    format!("the bounds are {low:e} and {high:e}"),
                    "low below high",
                );
            }
            return Some(Distribution::Uniform(low, high));
        }
        let sigma = match self.text(row, 3).strip_suffix('%').map(str::to_owned) {
            Some(percent) => match number::parse_decimal(percent.trim()) {
                Some(percent) if word == "normal" => percent / 100.0 * nominal.abs(),
                Some(percent) => percent / 100.0,
                None => {
                    self.reject(
                        row,
                        3,
                        format!("`{percent}%` in column `sigma`"),
                        "a number, or percent of the nominal value",
                    );
                    return None;
                }
            },
            None => self.number(row, 3, "", NUMBER)?,
        };
        if sigma.is_nan() || sigma <= 0.0 {
            let found = format!("the sigma of `{}` is {sigma:e}", self.text(row, 0));
            self.reject(
                row,
                3,
                found,
                "a sigma above 0; percent are of a nominal value that is not 0",
            );
        }
        if word == "lognormal" && nominal == 0.0 {
            self.reject(
                row,
                2,
                "a lognormal parameter with nominal 0".to_owned(),
                "its median, not 0",
            );
        }
        Some(if word == "normal" {
            Distribution::Normal(sigma)
        } else {
            Distribution::Lognormal(sigma)
        })
    }

    fn group(&mut self, row: usize) -> Option<(String, f64)> {
        let group = self.text(row, 6).to_owned();
        if group.is_empty() {
            if !self.text(row, 7).is_empty() {
                self.reject(
                    row,
                    7,
                    "a correlation without a group".to_owned(),
                    "the group within which it holds",
                );
            }
            return None;
        }
        self.check_name(row, 6, &group);
        let correlation = self.number(row, 7, "1", NUMBER)?;
        if !(-1.0..=1.0).contains(&correlation) {
            self.reject(
                row,
                7,
                format!("the correlation is {correlation:e}"),
                "a number from -1 to 1",
            );
        }
        Some((group, correlation))
    }
}

#[cfg(test)]
mod tests {
    use super::{Sampling, Variation};
    use libchar_numeric::moments::{correlation, mean, sd};

    fn table(text: &str) -> Variation {
        Variation::parse("t.csv", text.as_bytes()).unwrap()
    }

    fn column(rows: &[Vec<f64>], at: usize) -> Vec<f64> {
        rows.iter().map(|row| row[at]).collect()
    }

    const ALL: &str = "parameter,distribution,nominal,sigma,low,high,group,correlation,instances\n\
        r,normal,1k,5%,,,,,\nu,uniform,,,2,4,,,\nl,lognormal,3,0.1,,,,,\nd,normal,,5m,,,g,0.5,mn1 mp1\n\
        e,normal,,2,,,g,-0.5,mn1\n";

    #[test]
    fn each_sample_has_a_native_seed_of_its_own_that_a_simulator_takes() {
        let seeds: Vec<u64> = (0..100).map(|sample| super::native_seed(7, sample)).collect();
        assert!(seeds.iter().all(|seed| (1..(1 << 31) - 1).contains(seed)));
        let mut others: Vec<u64> = seeds.clone();
        others.sort_unstable();
        others.dedup();
        assert_eq!(others.len(), seeds.len());
        assert_ne!(super::native_seed(8, 0), seeds[0]);
    }

    /// Moments within five standard errors of 20 000 draws: 5/√n of the mean in σ, 5/√(2n) of σ, 5/√n of a correlation.
    #[test]
    fn draws_have_the_moments_of_the_table() {
        let (table, n) = (table(ALL), 20_000);
        for sampling in [Sampling::Random, Sampling::LatinHypercube] {
            let rows = table.draw(3, sampling, n);
            let root = (n as f64).sqrt();
            for (at, varied) in table.varied().iter().enumerate() {
                let values = column(&rows, at);
                let sigma = varied.sigma();
                assert!(
                    (sd(&values).unwrap() / sigma - 1.0).abs() < 6.0 / (2.0 * n as f64).sqrt(),
                    "{varied:?}"
                );
                let middle = match varied.name().as_str() {
                    "l" => 3.0 * (0.1f64 * 0.1 / 2.0).exp(),
                    _ => varied.nominal,
                };
                assert!((mean(&values) - middle).abs() < 5.0 * sigma / root, "{varied:?}");
            }
            let names: Vec<String> = table.varied().iter().map(super::Varied::name).collect();
            let at = |name: &str| column(&rows, names.iter().position(|n| n == name).unwrap());
            let wanted = [("d.mn1", "d.mp1", 0.0), ("d.mn1", "e.mn1", -0.5), ("r", "u", 0.0)];
            for (a, b, r) in wanted {
                assert!((correlation(&at(a), &at(b)).unwrap() - r).abs() < 5.0 / root, "{a} {b}");
            }
        }
    }

    #[test]
    fn more_samples_and_parameters_leave_the_others_alone() {
        let few = table(ALL).draw(7, Sampling::Random, 10);
        let many = table(&format!("{ALL}z,normal,0,1,,,,,\n")).draw(7, Sampling::Random, 20);
        for (few, many) in few.iter().zip(&many) {
            assert_eq!(few[..], many[..few.len()]);
        }
        assert_ne!(table(ALL).draw(8, Sampling::Random, 1), few[..1]);
    }

    #[test]
    fn one_at_a_time_goes_up_and_down_by_sigma() {
        let rows = table("r,normal,10,1\nu,uniform,,,0,6\n").draw(1, Sampling::OneAtATime, 4);
        let half = 6.0 / 12f64.sqrt();
        assert_eq!(rows, [[11.0, 3.0], [9.0, 3.0], [10.0, 3.0 + half], [10.0, 3.0 - half]]);
    }

    #[test]
    fn every_fault_at_its_cell() {
        let fault =
            |text: &str| Variation::parse("t.csv", text.as_bytes()).unwrap_err().to_string();
        insta::assert_snapshot!(fault("parameter,distribution,nominal,sigma,low,high,group,correlation,instances\n1r,normal,1,5m,,,,,\nr,gauss,1,5,,,,,\ns,normal,0,5%,,,,,\nt,uniform,,,2,1,,,\nu,normal,1,1,2,,,,\nv,lognormal,,0.1,,,g,2,\nw,normal,,1,,,g,,m1\nw_m1,normal,,1,,,,0.5,\nx,normal,,,,,,,\n"), @r#"
        t.csv:2:1: "1r" in column `parameter`
          expected a letter, then letters, digits and `_`, 64 at most
        t.csv:3:3: unknown distribution `gauss`
          expected one of: normal, lognormal, uniform
        t.csv:4:12: the sigma of `s` is 0e0
          expected a sigma above 0; percent are of a nominal value that is not 0
        t.csv:5:13: the bounds are 2e0 and 1e0
          expected low below high
        t.csv:6:14: a normal parameter has no `low`
          expected sigma
        t.csv:7:13: a lognormal parameter with nominal 0
          expected its median, not 0
        t.csv:7:22: the correlation is 2e0
          expected a number from -1 to 1
        t.csv:8:15: the group of `w.m1` has `v`, which varies otherwise
          expected a group of parameters that all have instances, or none of them
        t.csv:9:1: `w_m1` occurs twice, first at line 8
          expected each parameter of an instance once
        t.csv:9:19: a correlation without a group
          expected the group within which it holds
        t.csv:10:11: empty cell in column `sigma`
          expected a number, such as 5m or 0.02
        "#);
    }
}
