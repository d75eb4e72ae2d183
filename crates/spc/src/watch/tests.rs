//! A stream is judged exactly as the same rows in a file.

use super::*;
use crate::chart::{Design, Given, Kind};
use crate::data::{Layout, shape};
use crate::frozen::{document, document_of_many, parse_any};
use crate::study::Study;
use libchar_core::{Format, Table};
use proptest::prelude::*;

/// Limits from the first rows, read with `layout`.
fn frozen(csv: &str, layout: &Layout, kind: Kind) -> Frozen {
    let table = Table::parse("march.csv", csv.as_bytes()).unwrap();
    let design = Design::new(kind);
    let prepared = shape(layout, &table, csv.as_bytes(), &design, false).unwrap();
    let asked = crate::limits::Asked {
        design,
        given: Given::default(),
        is_deviation: false,
        exclude: (&[], ""),
        input: "march.csv",
        sha256: String::new(),
    };
    let baseline = asked.of_one(layout, &prepared, Vec::new(), None).unwrap();
    parse_any("b.json", document(&baseline).to_string().as_bytes()).unwrap()
}

fn asked(conditions: &[&str], na: Na) -> Asked<'static> {
    let conditions: Vec<String> = conditions.iter().map(|text| (*text).to_owned()).collect();
    Asked {
        input: "-",
        baseline: "b.json",
        rules: "rule1",
        sample_size: None,
        subgroup: None,
        time: None,
        label: &[],
        only_violations: false,
        na,
        filter: Filter::parse(&conditions, None, None, None).unwrap(),
    }
}

/// The output for a stream, with its notes and the number of signals.
fn watched(
    frozen: &Frozen,
    asked: Asked,
    stream: &str,
) -> Result<(String, Vec<Note>, usize), String> {
    let choice = Choice::Fixed(None);
    let mut watch = Watch::new(asked, frozen, &choice).map_err(|refused| refused.to_string())?;
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out, Format::Csv, watch.carried.clone(), watch.many);
    let mut notes = Vec::new();
    watch
        .follow(BufReader::new(stream.as_bytes()), &mut writer, &mut |note| notes.push(note))
        .map_err(|broken| match broken {
            Broken::Row(fault) => fault.to_string(),
            Broken::Stream(error) => error.to_string(),
        })?;
    Ok((String::from_utf8(out).unwrap(), notes, watch.signals()))
}

const MARCH: &str = "x\n10\n11\n10\n12\n11\n10\n11\n12\n";

#[test]
fn a_skipped_value_shrinks_its_subgroup_and_moves_nothing() {
    let layout = Layout { subgroup_size: Some(2), ..Layout::default() };
    let frozen = frozen(MARCH, &layout, Kind::XbarR);
    let stream = "x\n10\n11\n10\n11\n12\n12\n10\n";
    let (answers, notes, signals) = watched(&frozen, asked(&[], Na::Skip), stream).unwrap();
    let means: Vec<&str> = answers
        .lines()
        .skip(1)
        .filter(|line| line.split(',').nth(2) == Some("xbar"))
        .map(|line| line.split(',').nth(3).unwrap())
        .collect();
    assert_eq!((means, signals), (vec!["10.5", "10.5", "12"], 0));
    let told = "1 row at the end does not fill a subgroup and was not judged".to_owned();
    assert_eq!(notes, [Note::Warning("incomplete", told)]);
}

#[test]
fn a_gap_stops_the_watch_unless_it_is_to_be_skipped() {
    let frozen = frozen(MARCH, &Layout::default(), Kind::IMr);
    let stopped = watched(&frozen, asked(&[], Na::Error), "x\n10\nNA\n").unwrap_err();
    assert_eq!(
        stopped,
        "-:3:1: `NA` in column `x` is not a finite number\n  expected a finite number; `--na skip` leaves such rows out"
    );
    let (answers, notes, _) = watched(&frozen, asked(&[], Na::Skip), "x\n10\nNA\n11\n").unwrap();
    assert_eq!((answers.lines().filter(|line| line.contains(",x,")).count(), notes.len()), (2, 1));
    assert_eq!(watched(&frozen, asked(&[], Na::Skip), "").unwrap_err(), "-: the stream is empty");
}

#[test]
fn rows_that_do_not_meet_the_conditions_are_counted_and_not_judged() {
    let frozen = frozen(MARCH, &Layout::default(), Kind::IMr);
    let stream = "step,x\n3,10\n4,900\n3,11\n";
    let (_, notes, signals) = watched(&frozen, asked(&["step == 3"], Na::Error), stream).unwrap();
    assert_eq!(
        (notes, signals),
        (vec![Note::Info("rows", "2 of 3 rows of - are read".to_owned())], 0)
    );
    let (_, _, signals) = watched(&frozen, asked(&[], Na::Error), stream).unwrap();
    assert!(signals > 0);
}

#[test]
fn rows_of_groups_without_limits_are_counted_with_the_first() {
    let one = frozen(MARCH, &Layout::default(), Kind::IMr).first().clone();
    let of = |tool: &str| crate::baseline::OfGroup {
        group: vec![tool.to_owned()],
        baseline: one.clone(),
    };
    let set = crate::baseline::Baselines {
        by: vec!["tool".to_owned()],
        baselines: vec![of("A"), of("B")],
        ..Default::default()
    };
    let frozen = parse_any("b.json", document_of_many(&set).to_string().as_bytes()).unwrap();
    let stream = "tool,x\nA,10\nC,11\nB,10\nC,900\n";
    let (answers, notes, signals) = watched(&frozen, asked(&[], Na::Error), stream).unwrap();
    let told = "2 rows have no limits in b.json, the first in line 3: C".to_owned();
    assert_eq!((notes, signals), (vec![Note::Warning("baseline", told)], 0));
    assert!(
        answers.starts_with("index,line,panel,value,center,ucl,lcl,z,rules,severity,column,tool\n")
    );
}

#[test]
fn a_line_without_end_is_no_row() {
    let frozen = frozen(MARCH, &Layout::default(), Kind::IMr);
    let stream = format!("x\n{}", "1".repeat(1 << 21));
    let told = watched(&frozen, asked(&[], Na::Error), &stream).unwrap_err();
    assert_eq!(told, "-:2: a line of more than a megabyte");
}

proptest! {
    /// For all rows and subgroups, a stream raises the same alarms as the chart of the whole file.
    #[test]
    fn a_stream_raises_what_the_file_raises(
        steps in prop::collection::vec((-12i8..=12, 0u8..5), 2..60),
        size in 1usize..4,
    ) {
        let kind = if size == 1 { Kind::IMr } else { Kind::XbarR };
        let layout = Layout { subgroup_size: Some(size), ..Layout::default() };
        let march = (0..12 * size).fold("x\n".to_owned(), |csv, i| format!("{csv}{}\n", 10 + i * i % 5));
        let frozen = frozen(&march, &layout, kind);
        let count = steps.len() / size * size;
        prop_assume!(count > 0);
        let csv = steps[..count].iter().fold("x\n".to_owned(), |csv, (x, _)| format!("{csv}{}\n", 12 + *x));
        let (_, _, streamed) = watched(&frozen, asked(&[], Na::Error), &csv).unwrap();
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let design = frozen.first().design.clone();
        let prepared = shape(&layout, &table, csv.as_bytes(), &design, false).unwrap();
        let study = Study {
            frozen: Some(frozen.first().parameters.clone()),
            each_point: true,
            ..Study::new(design.clone(), rules("rule1", &design).unwrap())
        };
        let whole = study.analyse(&prepared.data, &prepared.stages).unwrap();
        prop_assert_eq!(streamed, whole.findings());
    }
}

#[test]
fn each_rule_that_fired_on_a_panel_is_one_alarm() {
    let layout = Layout { columns: vec!["x".to_owned()], ..Layout::default() };
    let frozen = frozen(MARCH, &layout, Kind::IMr);
    let choice = Choice::Fixed(None);
    let mut watch =
        Watch::new(asked(&[], Na::Error), &frozen, &choice).unwrap_or_else(|_| panic!());
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out, Format::Csv, watch.carried.clone(), watch.many);
    let stream = BufReader::new("x\n11\n99\n99\n".as_bytes());
    watch.follow(stream, &mut writer, &mut drop).unwrap();
    let alarms = watch.alarms();
    let told: Vec<&str> = alarms.iter().map(|(_, told, _)| told.as_str()).collect();
    // Both points lie beyond the limits of x, and one step between them exceeds the limit of moving
    // ranges.
    let x = "x: N1 on the x panel, 2 signals in the stream";
    assert!(told.contains(&x) && told.len() == 2, "{told:?}");
    assert_eq!(alarms[0].0, "CRITICAL");
    assert!(alarms.iter().all(|(.., details)| details["severity"].is_string()));
}
