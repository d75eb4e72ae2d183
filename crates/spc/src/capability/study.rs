//! A capability study: the indices, alternatives for non-normal processes, and whether the process
//! is stable enough for any of them.

use super::{
    AndersonDarling, Capability, ENOUGH_FOR_TAILS, Family, Index, Law, QuantileType, Specification,
    anderson_darling, box_cox, capability, percentile_indices, sigmas,
};
use crate::chart::{Data, Design, Given, Kind, Phase};
use crate::convention::Convention;
use crate::error::SpcError;
use crate::normal;
use crate::picture;
use crate::rules::Rule;
use crate::sigma::Estimator;
use crate::subgroup::Subgroups;
use crate::violation::judge;
use libchar_core::{Frame, frame, number};
use serde_json::{Value, json};

/// A way to judge a process that is not normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Power transformation to normality.
    BoxCox,
    /// Percentiles of a distribution.
    Percentiles(Family),
}

/// The chart of the stability gate, and the values that are given instead of estimated. The chart
/// is of means and ranges if `usual` names the usual estimator of the subgroups, else of
/// individuals. `sigma` is as typed: the name of an estimator, or a number.
///
/// # Errors
/// A `sigma` that is neither.
pub fn design(
    usual: Option<Estimator>,
    convention: Convention,
    sigma: Option<&str>,
) -> Result<(Design, Given), SpcError> {
    let kind = if usual.is_some() { Kind::XbarR } else { Kind::IMr };
    let mut design = Design { convention, ..Design::new(kind) };
    design.estimator = usual.unwrap_or(design.estimator);
    let sigma = design.sigma_of(sigma)?;
    Ok((design, Given { sigma, ..Given::default() }))
}

/// How a process is to be judged.
pub struct Asked {
    /// The chart of the stability gate, whose sigma is the short-term one.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Rules of the stability gate.
    pub rules: Vec<Rule>,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Alternatives to the normal indices.
    pub methods: Vec<Method>,
    /// How percentiles of the sample itself are interpolated.
    pub quantiles: QuantileType,
}

/// The result of another method: its name, document, Ppk and expected parts per million.
#[derive(Debug, Clone)]
pub struct Other {
    /// Its name.
    pub name: String,
    /// All its results.
    pub document: Value,
    /// Its Ppk.
    pub ppk: f64,
    /// Expected parts per million beyond the limits.
    pub ppm: f64,
    /// Why it should not be trusted.
    pub warning: Option<String>,
}

/// Whether the process is stable, so that indices mean anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The chart.
    pub chart: Kind,
    /// Number of events of all rules.
    pub events: usize,
    /// Rules that fired.
    pub fired: Vec<String>,
}

/// The capability study of one column.
#[derive(Debug, Clone)]
pub struct Study {
    /// The limits.
    pub specification: Specification,
    /// The normal indices.
    pub found: Capability,
    /// Formula of the short-term sigma, or `given`.
    pub estimator: &'static str,
    /// The results of the other methods.
    pub others: Vec<Other>,
    /// The stability gate.
    pub gate: Gate,
    /// The test of normality.
    pub normality: Option<AndersonDarling>,
    /// What a reader must know, one sentence each.
    pub warnings: Vec<String>,
}

impl Asked {
    /// Judges a process.
    ///
    /// # Errors
    /// Data that allow no chart, no index or no distribution.
    pub fn study(
        &self,
        groups: &Subgroups,
        specification: &Specification,
    ) -> Result<Study, SpcError> {
        let data = Data::Measured(groups.clone());
        let parameters = self.design.estimate(&data, &self.given)?;
        let sigma = parameters.sigma.unwrap_or(f64::NAN);
        let convention = self.design.convention;
        let found = capability(groups, specification, sigma, self.confidence, convention)?;
        let others = self.others(groups, specification)?;
        // Beside a fitted distribution, stability is judged on its normal scores: a skewed process
        // is not unstable for being skewed.
        let scores = self.methods.first().map(|method| self.scores(*method, groups)).transpose()?;
        let gate = match scores.flatten() {
            Some(scored) => {
                let scored = Data::Measured(scored);
                Gate::of(&self.design, &scored, &Given::default(), &self.rules)?
            }
            None => Gate::of(&self.design, &data, &self.given, &self.rules)?,
        };
        let is_given = self.given.sigma.is_some();
        let estimator = if is_given { "given" } else { self.design.estimator.formula() };
        let mut warnings = Vec::new();
        if gate.events > 0 {
            warnings.push(format!(
                "the process is not stable ({} events of {}): these indices do not predict what it will do",
                gate.events,
                gate.fired.join(", ")
            ));
        }
        let normality = anderson_darling(groups.values());
        let is_normal_asked = self.methods.is_empty();
        if let Some(test) = normality.filter(|test| test.p_value < 0.005 && is_normal_asked) {
            warnings.push(format!(
                "the values are not normal (Anderson-Darling {:.2}, p {:.1e}): see --method",
                test.statistic, test.p_value
            ));
        }
        warnings.extend(others.iter().filter_map(|other| other.warning.clone()));
        let specification = *specification;
        Ok(Study { specification, found, estimator, others, gate, normality, warnings })
    }

    /// The values as normal scores of a fitted distribution, in their subgroups. `None` for an
    /// empirical distribution, whose scores depend on ranks alone.
    fn scores(&self, method: Method, groups: &Subgroups) -> Result<Option<Subgroups>, SpcError> {
        let values = groups.values();
        let scored: Vec<f64> =
            match method {
                Method::Percentiles(Family::Empirical) => return Ok(None),
                Method::Percentiles(family) => {
                    let law = Law::fit(values, family, self.quantiles)?;
                    values
                        .iter()
                        .map(|x| normal::quantile(law.cdf(*x).clamp(1e-15, 1.0 - 1e-15)))
                        .collect()
                }
                Method::BoxCox => {
                    let open = Specification { lsl: None, usl: Some(f64::MAX), target: None };
                    let lambda = box_cox(values, &open, self.confidence)?.lambda;
                    values
                        .iter()
                        .map(|x| {
                            if lambda == 0.0 { x.ln() } else { (lambda * x.ln()).exp_m1() / lambda }
                        })
                        .collect()
                }
            };
        let sizes: Vec<usize> = groups.iter().map(<[f64]>::len).collect();
        Subgroups::by_sizes(scored, &sizes).map(Some)
    }

    /// The results of all other methods.
    ///
    /// # Errors
    /// Values that a method cannot take.
    pub fn others(
        &self,
        groups: &Subgroups,
        specification: &Specification,
    ) -> Result<Vec<Other>, SpcError> {
        let values = groups.values();
        self.methods
        .iter()
        .map(|method| {
            let Method::Percentiles(family) = *method else {
                let found = box_cox(values, specification, self.confidence)?;
                let document = json!({
                    "lambda": found.lambda, "mean": found.mean, "sigma": found.sigma,
                    "pp": found.overall.both, "ppl": found.overall.lower,
                    "ppu": found.overall.upper, "ppk": found.overall.worst,
                    "expected_ppm": found.overall.expected_ppm,
                });
                return Ok(Other {
                    name: "box_cox".to_owned(),
                    document,
                    ppk: found.overall.worst.value,
                    ppm: found.overall.expected_ppm,
                    warning: None,
                });
            };
            let found = percentile_indices(values, specification, family, self.quantiles)?;
            let warning = if family == Family::Empirical && values.len() < ENOUGH_FOR_TAILS {
                let n = values.len();
                Some(format!("with {n} values the outer percentiles are the extremes of the sample ({ENOUGH_FOR_TAILS} reach them)"))
            } else {
                let misfit = found.goodness.p_value.filter(|p| *p < 0.005);
                misfit.map(|p| format!("the values are not {} (p {p:.1e})", family.name()))
            };
            Ok(Other {
                name: format!("{}_percentile", family.name()),
                document: json!(found),
                ppk: found.ppk,
                ppm: found.expected_ppm,
                warning,
            })
        })
        .collect()
    }
}

impl Gate {
    /// Charts and judges the data.
    ///
    /// # Errors
    /// Data that the chart cannot take.
    pub fn of(
        design: &Design,
        data: &Data,
        given: &Given,
        rules: &[Rule],
    ) -> Result<Gate, SpcError> {
        let parameters = design.estimate(data, given)?;
        let chart = design.chart(&parameters, data, Phase::One)?;
        let verdicts = judge(&chart, rules, false);
        let mut fired: Vec<String> = verdicts
            .iter()
            .flat_map(|verdict| {
                verdict.events.iter().map(|event| verdict.rules[event.rule].id.clone())
            })
            .collect();
        let events = fired.len();
        fired.sort();
        fired.dedup();
        Ok(Gate { chart: design.chart, events, fired })
    }
}

impl Study {
    /// The index that is judged: Cpk, or Ppk of the first other method.
    pub fn index(&self) -> f64 {
        self.others.first().map_or(self.found.within.worst.value, |other| other.ppk)
    }

    /// A sentence that the index of `column` is below its required minimum `least`; `None` if it is
    /// not.
    pub fn shortfall(&self, column: &str, least: Option<f64>) -> Option<String> {
        let index = self.index();
        let least = least.filter(|least| index < *least)?;
        Some(format!("{column}: capability index {index:.3} is below {least}"))
    }

    /// The histogram with its limits and numbers; `groups` are those of the study.
    pub fn picture(&self, column: &str, groups: &Subgroups) -> String {
        let Capability { mean, sigma_within, sigma_overall, .. } = self.found;
        let (values, limits) = (groups.values(), &self.specification);
        let told = self.lines();
        picture::histogram(column, values, limits, mean, sigma_within, sigma_overall, &told)
    }

    /// The numbers as a picture shows them, one line each.
    fn lines(&self) -> Vec<String> {
        let found = &self.found;
        let text = |x: f64| number::significant(x, 4);
        let index = |name: &str, index: Option<Index>| {
            let Index { value, lower, upper } = index?;
            Some(format!("{name} {} ({} to {})", text(value), text(lower), text(upper)))
        };
        let numbers = [
            Some(format!("n {}", found.n)),
            Some(format!("mean {}", text(found.mean))),
            Some(format!("sigma within {}", text(found.sigma_within))),
            Some(format!("sigma overall {}", text(found.sigma_overall))),
            index("Cp", found.within.both),
            index("Cpk", Some(found.within.worst)),
            index("Pp", found.overall.both),
            index("Ppk", Some(found.overall.worst)),
            index("Cpm", found.cpm),
            Some(format!("expected {} ppm", text(found.overall.expected_ppm))),
            Some(format!("observed {} ppm", text(found.observed_ppm))),
        ];
        numbers.into_iter().flatten().collect()
    }

    /// The document of all results for `column`; `groups` and `asked` are those of the study.
    pub fn document(&self, column: &str, groups: &Subgroups, asked: &Asked) -> Value {
        let Study { specification, found, estimator, others, gate, warnings, .. } = self;
        let mut body = json!({
            "column": column,
            "specification": specification,
            "n": found.n,
            "mean": found.mean,
            "sigma_within": found.sigma_within,
            "sigma_estimator": estimator,
            "sigma_overall": found.sigma_overall,
            "cp": found.within.both,
            "cpl": found.within.lower,
            "cpu": found.within.upper,
            "cpk": found.within.worst,
            "cpm": found.cpm,
            "cpm_deviations": found.cpm_deviations,
            "pp": found.overall.both,
            "ppl": found.overall.lower,
            "ppu": found.overall.upper,
            "ppk": found.overall.worst,
            "expected_ppm_within": found.within.expected_ppm,
            "expected_ppm_overall": found.overall.expected_ppm,
            "observed_ppm": found.observed_ppm,
            "stability": {
                "stable": gate.events == 0, "chart": gate.chart.name(),
                "events": gate.events, "rules": gate.fired,
            },
            "warnings": warnings,
        });
        for other in others {
            body[other.name.as_str()] = other.document.clone();
        }
        let mut document = frame::document("libchar.spc-capability", 1, body);
        document["normality"] = json!(self.normality);
        document["confidence"] = json!(asked.confidence);
        document["sigmas"] = json!(sigmas(groups, specification, asked.design.convention).ok());
        let first = others.first();
        document["expected_ppm"] = json!(first.map_or(found.overall.expected_ppm, |o| o.ppm));
        document
    }

    /// A table with one row per index.
    pub fn frame(&self) -> Frame {
        let Study { found, others, .. } = self;
        let mut frame =
            Frame::new("libchar.spc-capability", 1, ["index", "value", "lower", "upper"]);
        let named: [(&str, Option<Index>); 9] = [
            ("cp", found.within.both),
            ("cpl", found.within.lower),
            ("cpu", found.within.upper),
            ("cpk", Some(found.within.worst)),
            ("cpm", found.cpm),
            ("pp", found.overall.both),
            ("ppl", found.overall.lower),
            ("ppu", found.overall.upper),
            ("ppk", Some(found.overall.worst)),
        ];
        for (name, index) in named {
            if let Some(Index { value, lower, upper }) = index {
                frame.push(vec![name.into(), value.into(), lower.into(), upper.into()]);
            }
        }
        let single = [
            ("mean", found.mean),
            ("sigma_within", found.sigma_within),
            ("sigma_overall", found.sigma_overall),
            ("expected_ppm_within", found.within.expected_ppm),
            ("expected_ppm_overall", found.overall.expected_ppm),
            ("observed_ppm", found.observed_ppm),
        ];
        let empty = || None::<f64>.into();
        // Where another method was asked for, the parts per million of the normal distribution are
        // not reported.
        for (name, value) in single {
            if name.starts_with("expected_ppm") && !others.is_empty() {
                continue;
            }
            frame.push(vec![name.into(), value.into(), empty(), empty()]);
        }
        for Other { name, ppk, ppm, .. } in others {
            frame.push(vec![format!("ppk_{name}").into(), (*ppk).into(), empty(), empty()]);
            frame.push(vec![
                format!("expected_ppm_{name}").into(),
                (*ppm).into(),
                empty(),
                empty(),
            ]);
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::rules;

    fn asked(methods: Vec<Method>) -> Asked {
        let design = Design::new(Kind::IMr);
        Asked {
            rules: rules("rule1", &design).unwrap(),
            design,
            given: Given::default(),
            confidence: 0.95,
            methods,
            quantiles: QuantileType::Seven,
        }
    }

    fn study(methods: Vec<Method>, values: Vec<f64>) -> Study {
        let groups = Subgroups::individuals(values).unwrap();
        let limits = Specification::new(Some(0.1), Some(40.0), None).unwrap();
        asked(methods).study(&groups, &limits).unwrap()
    }

    /// A series without a pattern over time, of exponentially (`skewed`) or normally distributed
    /// values.
    fn series(skewed: bool) -> Vec<f64> {
        let share = |i: usize| ((i * 37 % 101) as f64 + 0.5) / 101.0;
        let value =
            |p: f64| if skewed { -4.0 * (1.0 - p).ln() } else { 20.0 + normal::quantile(p) };
        (0..101).map(|i| value(share(i))).collect()
    }

    #[test]
    fn a_skewed_process_is_judged_by_the_method_that_fits_it() {
        let normal = study(Vec::new(), series(true));
        assert!(
            normal.warnings.iter().any(|w| w.ends_with("see --method")),
            "{:?}",
            normal.warnings
        );
        assert_eq!(normal.index(), normal.found.within.worst.value);
        let weibull = study(vec![Method::Percentiles(Family::Weibull)], series(true));
        assert!(weibull.warnings.is_empty(), "{:?}", weibull.warnings);
        assert_eq!(
            (weibull.index(), weibull.others[0].name.as_str()),
            (weibull.others[0].ppk, "weibull_percentile")
        );
        let box_cox = study(vec![Method::BoxCox], series(true));
        assert_eq!(box_cox.others[0].name, "box_cox");
        assert_eq!(box_cox.gate.events, 0);
    }

    #[test]
    fn the_gate_charts_individuals_or_subgroups_with_the_sigma_that_is_typed() {
        let of = |usual, sigma| design(usual, Convention::Exact, sigma);
        let (alone, given) = of(None, None).unwrap();
        assert_eq!((alone, given), (Design::new(Kind::IMr), Given::default()));
        let (pooled, _) = of(Some(Estimator::Pooled), None).unwrap();
        assert_eq!((pooled.chart, pooled.estimator), (Kind::XbarR, Estimator::Pooled));
        let (sd, _) = of(Some(Estimator::Range), Some("sd")).unwrap();
        assert_eq!(sd.estimator, Estimator::Sd);
        assert_eq!(of(None, Some("0.5")).unwrap().1.sigma, Some(0.5));
        assert!(of(None, Some("so")).is_err());
    }

    #[test]
    fn an_index_below_its_least_is_told() {
        let found = study(Vec::new(), series(false));
        let index = found.index();
        assert_eq!(found.shortfall("x", None), None);
        assert_eq!(found.shortfall("x", Some(index - 0.01)), None);
        let told = found.shortfall("x", Some(99.0)).unwrap();
        assert_eq!(told, format!("x: capability index {index:.3} is below 99"));
    }

    #[test]
    fn a_spike_makes_the_process_unstable() {
        let mut values = series(false);
        values[50] = 35.0;
        let found = study(Vec::new(), values);
        assert!(
            found.gate.events > 0 && found.warnings[0].starts_with("the process is not stable (")
        );
        assert!(study(Vec::new(), series(false)).warnings.is_empty());
    }

    #[test]
    fn rows_document_and_picture_say_the_same() {
        let values = series(false);
        let groups = Subgroups::individuals(values.clone()).unwrap();
        let asked = asked(vec![Method::Percentiles(Family::Normal)]);
        let found = study(asked.methods.clone(), values);
        let document = found.document("x", &groups, &asked);
        assert_eq!(document["cpk"]["value"].as_f64(), Some(found.found.within.worst.value));
        assert_eq!(document["expected_ppm"].as_f64(), Some(found.others[0].ppm));
        assert_eq!(document["stability"]["stable"], json!(true));
        assert!(document["normal_percentile"].is_object());
        let mut csv = Vec::new();
        found.frame().write(libchar_core::Format::Csv, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        // Beside another method, the parts per million of the normal distribution are not reported.
        assert!(
            csv.contains("\nppk_normal_percentile,") && !csv.contains("\nexpected_ppm_within,")
        );
        let plain = study(Vec::new(), series(false));
        plain.frame().write(libchar_core::Format::Csv, &mut Vec::new()).unwrap();
        assert_eq!(plain.frame().len(), found.frame().len());
        let drawn = plain.picture("x", &groups);
        assert!(drawn.contains("<svg") && drawn.contains("n 101"));
        assert!(
            plain.lines().iter().any(|line| line.starts_with("Cpk "))
                && plain.lines()[0] == "n 101"
        );
    }

    #[test]
    fn extremes_of_a_small_sample_are_told() {
        let found = study(vec![Method::Percentiles(Family::Empirical)], series(false));
        assert!(
            found.warnings[0].starts_with("with 101 values the outer percentiles"),
            "{:?}",
            found.warnings
        );
    }
}
