use super::sensitivity::Parameters;
use super::{Section, section};
use crate::results::Results;
use crate::specs::{Spec, Specs};
use std::collections::BTreeMap;

const HEADER: &str = "point,corner,extraction,temp_c,supply,alter,measure,value,status,sample\n";

fn row(measure: &str, sample: usize, value: Option<f64>) -> String {
    let (value, status) = match value {
        Some(value) => (value.to_string(), "ok"),
        None => (String::new(), "failed"),
    };
    format!("TT/t/t_25/v1,TT,t,25,v1,1,{measure},{value},{status},{sample}\n")
}

fn of(rows: &str, specs: &Specs) -> Option<Section> {
    let results = Results::parse("r", format!("{HEADER}{rows}").as_bytes()).unwrap();
    section(&results, specs, &Parameters::default(), BTreeMap::new(), false)
}

fn limits(lower: Option<f64>, upper: Option<f64>) -> Specs {
    let spec = Spec { everywhere: (lower, upper), ..Spec::default() };
    Specs([("a".to_owned(), spec)].into())
}

/// The quantiles of a normal distribution at (i - 0.5) / n, which are as normal as n values can be.
fn normal(n: usize) -> String {
    let value = |i: usize| libchar_numeric::normal::quantile((i as f64 - 0.5) / n as f64);
    (1..=n).map(|i| row("a", i, Some(value(i)))).collect()
}

#[test]
fn results_without_samples_have_no_statistics() {
    assert!(of("TT/t/t_25/v1,TT,t,25,v1,1,a,1,ok,\n", &Specs::default()).is_none());
    assert!(of("", &Specs::default()).is_none());
}

#[test]
fn measures_are_correlated_sample_by_sample() {
    let a = |i: usize| (i * i % 7) as f64;
    // Their order must not matter, and a sample without a value makes no pair.
    let rows: String = (1..=12)
        .map(|i| row("a", i, Some(a(i))))
        .chain((1..=12).rev().map(|i| row("b", i, (i != 3).then(|| 5.0 - 2.0 * a(i)))))
        .collect();
    let found = of(&rows, &Specs::default()).unwrap();
    assert_eq!(found.statistics.len(), 2);
    assert_eq!((found.statistics[0].without_value, found.statistics[1].without_value), (0, 1));
    let [correlation] = found.correlations.as_slice() else { panic!("one pair of measures") };
    assert_eq!((&correlation.measures, correlation.pairs), (&["a".to_owned(), "b".to_owned()], 11));
    assert!((correlation.estimate.value + 1.0).abs() < 1e-12, "a line that falls");
    let text = super::text(Some(&found), &[]);
    assert!(text.contains("correlation") && !text.contains("left out"), "{text}");
    let document = super::json(&found);
    assert_eq!(
        (&document["correlations"][0]["pairs"], &document["correlations_left_out"]),
        (&11.into(), &0.into())
    );
    let second = &document["measures"][1];
    assert_eq!(
        (&second["measure"], &second["samples"], &second["without_value"]),
        (&"b".into(), &12.into(), &1.into())
    );
    assert_eq!(second["percentiles"][4]["percent"], 50.0);
}

/// The distance to the nearer limit is three times Cpk; it is given from a hundred values on, if
/// they may be normal.
#[test]
fn a_tail_is_told_of_enough_values_that_may_be_normal() {
    let level = |rows: &str| {
        let found = of(rows, &limits(Some(-4.0), Some(5.0))).unwrap();
        let statistics = found.statistics.into_iter().next().unwrap();
        (statistics.sigma_level.unwrap(), statistics.cpk.unwrap())
    };
    assert_eq!(level(&normal(99)).0.unwrap_err(), "fewer than 100 values");
    let (level_of_100, cpk) = level(&normal(100));
    let found = level_of_100.unwrap();
    assert!((found.value - 3.0 * cpk.value).abs() < 1e-12);
    // Mean 0 and a standard deviation near 1: the nearer limit is about 4 away.
    assert!((found.value - 4.0).abs() < 0.1, "{}", found.value);
    let (low, high) = (found.low.unwrap(), found.high.unwrap());
    assert!(low < found.value && found.value < high);
    let skewed: String =
        (1..=200).map(|i| row("a", i, Some(f64::from(i as u32).powi(6) * 1e-14))).collect();
    assert!(level(&skewed).0.unwrap_err().starts_with("the values are not normal"));
}

#[test]
fn samples_are_drawn_as_a_histogram_and_as_quantiles() {
    let found = of(&normal(100), &limits(Some(-4.0), Some(5.0))).unwrap();
    let drawn = super::picture::pictures(&found, &found.statistics[0]);
    assert!(drawn.len() >= 2);
    for (name, svg) in &drawn {
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{name}: {svg}");
    }
    let dots = drawn.iter().map(|(_, svg)| svg.matches("<circle").count()).max();
    assert_eq!(dots, Some(100), "a dot a sample");
}

#[test]
fn a_sample_without_a_value_is_not_within_and_limits_belong_to_the_good_side() {
    let rows: String =
        [row("a", 1, Some(1.0)), row("a", 2, Some(2.0)), row("a", 3, None), row("a", 4, Some(3.0))]
            .concat();
    let passing = |lower, upper| {
        let found = of(&rows, &limits(lower, upper)).unwrap();
        (found.statistics[0].yielded.as_ref().map(|y| y.0), found.together.map(|t| t.0))
    };
    assert_eq!(passing(Some(1.0), Some(3.0)), (Some(3), Some(3)), "a limit itself is kept");
    assert_eq!(passing(Some(1.5), None), (Some(2), Some(2)));
    assert_eq!(passing(None, Some(2.0)), (Some(2), Some(2)));
    assert_eq!(passing(None, None), (None, None));
}

#[test]
fn the_worst_samples_are_those_nearest_to_their_limit() {
    let rows: String = (1..=9).map(|i| row("a", i, Some(i as f64))).collect();
    let worst = |lower, upper| -> Vec<u64> {
        let found = of(&rows, &limits(lower, upper)).unwrap();
        found.statistics[0].worst.iter().map(|(sample, _)| *sample).collect()
    };
    assert_eq!(worst(None, Some(8.0)), [9, 8, 7, 6, 5]);
    assert_eq!(worst(Some(2.0), None), [1, 2, 3, 4, 5]);
    assert_eq!(worst(None, None), [1, 9, 2, 8, 3], "farthest from the median, 5");
}

#[test]
fn percentiles_are_parts_of_a_hundred() {
    let rows: String = (1..=21).map(|i| row("a", i, Some(i as f64))).collect();
    let found = of(&rows, &Specs::default()).unwrap();
    let median = found.statistics[0].percentiles.iter().find(|(percent, _)| *percent == 50.0);
    assert_eq!(median.unwrap().1.value, 11.0);
}

/// The numbers of an attribute of all elements that begin so.
fn numbers(svg: &str, element: &str, attribute: &str) -> Vec<f64> {
    let of = |line: &str| {
        let (_, rest) = line.split_once(&format!(" {attribute}=\""))?;
        rest.split_once('"')?.0.parse().ok()
    };
    svg.lines().filter(|line| line.starts_with(element)).filter_map(of).collect()
}

/// The curve begins with the first bar and ends with the last one; one value has no picture, and neither have samples that change
/// one parameter at a time.
#[test]
fn the_normal_curve_spans_the_bars() {
    use super::picture::pictures;
    let section = of(&normal(50), &Specs::default()).unwrap();
    let drawn = pictures(&section, &section.statistics[0]);
    let svg = &drawn[0].1;
    let (left, wide) = (numbers(svg, "<rect clip", "x"), numbers(svg, "<rect clip", "width"));
    let right = left.iter().zip(&wide).map(|(x, w)| x + w).fold(0.0, f64::max);
    let curve = svg.lines().find_map(|line| line.split_once("points=\"")).unwrap().1;
    let end = curve.split_once('"').unwrap().0.rsplit(' ').next().unwrap();
    let end: f64 = end.split(',').next().unwrap().parse().unwrap();
    assert!((end - right).abs() < 0.2, "{end} against {right}: {svg}");

    let one = of(&row("a", 1, Some(1.0)), &Specs::default()).unwrap();
    assert!(pictures(&one, &one.statistics[0]).is_empty());
    let one_at_a_time = Section { one_at_a_time: true, ..section };
    assert!(pictures(&one_at_a_time, &one_at_a_time.statistics[0]).is_empty());
}
