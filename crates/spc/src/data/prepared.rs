//! The data of a chart: the rows of a table become points with labels.

use super::layout::Layout;
use super::request::{self, Request, Rows};
use crate::chart::{Data, Design, Kind, Parts, runs_of};
use crate::error::SpcError;
use crate::gather::{Gatherer, Grouping, Point};
use crate::study::Span;
use crate::subgroup::Subgroups;
use libchar_core::table::columns::Skipped;
use libchar_core::table::times;
use libchar_core::{Fault, Faults, Refused, Table};
use std::collections::BTreeMap;

/// Data with the labels of its points.
pub struct Prepared {
    /// The input's name.
    pub file: String,
    /// Charted columns.
    pub columns: Vec<String>,
    /// The data.
    pub data: Data,
    /// Time or subgroup of each point; empty if there is no such column.
    pub labels: Vec<String>,
    /// Time, subgroup and label columns by name, with one text per point.
    pub context: Vec<(String, Vec<String>)>,
    /// Stages as ranges of points; a single stage without a name if there is no stage column.
    pub stages: Vec<Span>,
    /// Line of the last row of each point.
    pub lines: Vec<usize>,
    /// Cells that were skipped.
    pub skipped: Vec<Skipped>,
}

impl Prepared {
    /// The size that all subgroups share; 1 for single values.
    pub fn subgroup_size(&self) -> Option<usize> {
        self.data.common_size()
    }

    /// The context of point `i` (from 0), such as time, lot and tool.
    pub fn context_of(&self, i: usize) -> BTreeMap<&str, &str> {
        self.context
            .iter()
            .filter_map(|(name, texts)| Some((name.as_str(), texts.get(i)?.as_str())))
            .collect()
    }

    /// The point (from 0) that contains the row in `line`.
    pub fn point_of_line(&self, line: usize) -> Option<usize> {
        let place = self.lines.partition_point(|last| *last < line);
        (place < self.lines.len()).then_some(place)
    }
}

/// Refuses layouts that a kind of chart cannot use.
fn check(args: &Layout, kind: Kind, is_deviation: bool) -> Result<(), Refused> {
    let name = kind.name();
    let refuse = |message: String| Err(Refused::Usage(message));
    match (kind.needs_units(), &args.sample_size) {
        (true, None) => {
            return refuse(format!("a {name} chart needs --sample-size: a column or a number"));
        }
        (false, Some(_)) => return refuse(format!("a {name} chart has no --sample-size")),
        _ => {}
    }
    let grouped = args.subgroup.is_some() || args.subgroup_size.is_some_and(|n| n != 1);
    if grouped && !kind.takes_subgroups() {
        let hint = if kind == Kind::IMr { "; use --chart xbar-r or xbar-s" } else { "" };
        return refuse(format!("a {name} chart has no subgroups{hint}"));
    }
    if (is_deviation || kind.has_targets()) && args.nominal.is_none() {
        return refuse(format!(
            "a {name} chart of this kind needs --nominal: the column of targets"
        ));
    }
    if args.nominal.is_some() && !is_deviation && !kind.has_targets() {
        return refuse("--nominal is for --chart dnom-i-mr, dnom-xbar-r, z-p and z-u".to_owned());
    }
    if kind.has_parts() && args.part.is_none() {
        return refuse(format!("a {name} chart needs --part: the column of parts"));
    }
    Ok(())
}

/// Turns a table into the points of a design; `bytes` are the content that the table was read from.
///
/// # Errors
/// A layout that the chart cannot use, and every fault of the table.
pub fn shape(
    args: &Layout,
    table: &Table,
    bytes: &[u8],
    design: &Design,
    is_deviation: bool,
) -> Result<Prepared, Refused> {
    check(args, design.chart, is_deviation)?;
    if design.options.ranges_within_part && (design.chart != Kind::IMr || args.part.is_none()) {
        let message = "--mr within-part is for --chart i-mr and dnom-i-mr with --part";
        return Err(Refused::usage(message));
    }
    if design.chart == Kind::T && args.columns.is_empty() && args.time.is_some() {
        return between_times(args, table);
    }
    of_table(args, table, bytes, design, is_deviation)
}

fn of_table(
    args: &Layout,
    table: &Table,
    bytes: &[u8],
    design: &Design,
    is_deviation: bool,
) -> Result<Prepared, Refused> {
    let kind = design.chart;
    let units = args.sample_size.as_deref();
    let fixed_units = units.and_then(|text| text.parse::<f64>().ok());
    let unit_column = units.filter(|_| fixed_units.is_none());
    let grouping = args.grouping()?;
    let grouped = grouping != Grouping::Single;
    let wide = matches!(kind, Kind::XbarR | Kind::XbarS | Kind::ShortXbarR | Kind::ThreeWay);
    let mut labels: Vec<&str> = Vec::new();
    let known = [&args.time, &args.stage, &args.subgroup, &args.part, &args.run, &args.nominal];
    for name in known.into_iter().flatten().chain(&args.label) {
        if !labels.contains(&name.as_str()) {
            labels.push(name);
        }
    }
    let request = Request {
        values: &args.columns,
        several: kind.is_multivariate() || (wide && !grouped && args.columns.is_empty()),
        extra: unit_column,
        labels: labels.clone(),
        na: args.na,
    };
    let mut rows = request::from_table(table, bytes, &request)?;
    let texts: BTreeMap<&str, Vec<String>> =
        labels.iter().copied().zip(std::mem::take(&mut rows.labels)).collect();
    let text = |name: &Option<String>| name.as_deref().and_then(|name| texts.get(name));
    if let (Some(column), Some(cells)) = (&args.time, text(&args.time)) {
        times::read(&rows.file, &rows.lines, column, cells, args.time_format.as_deref())?;
    }
    if rows.values.len() > 1 && !kind.is_multivariate() && (grouped || !wide) {
        let message = "several columns are subgroups only for charts of means, without --subgroup";
        return Err(Refused::usage(message));
    }
    let nominal = match text(&args.nominal) {
        Some(cells) => {
            Some(nominal_values(&rows, cells, args.nominal.as_deref().unwrap_or_default())?)
        }
        None => None,
    };
    if let Some(nominal) = nominal.as_ref().filter(|_| is_deviation) {
        for column in &mut rows.values {
            column.iter_mut().zip(nominal).for_each(|(x, n)| *x -= n);
        }
    }
    if let Grouping::Size(size) = grouping
        && rows.lines.len() % size != 0
    {
        let (count, left) = (rows.lines.len(), rows.lines.len() % size);
        let found = format!("{count} rows do not fill subgroups of {size}: {left} left over");
        return Err(Fault::of(&rows.file, found).into());
    }
    if let Some(cells) = text(&args.subgroup) {
        request::runs(&rows, cells, "subgroup")?;
    }
    let points = gather(&mut rows, kind, grouping, fixed_units, text(&args.subgroup));
    let Gathered { data, kept } = match points {
        Some(gathered) => gathered.map_err(|e| e.of(&rows.file))?,
        None => return Err(Fault::of(&rows.file, "no row holds a number").into()),
    };
    let of_points = |cells: &[String]| -> Vec<String> {
        kept.iter().map(|(_, end)| cells[end - 1].clone()).collect()
    };
    let data = with_parts(
        data,
        design,
        text(&args.part).map(|cells| of_points(cells)),
        text(&args.run).map(|cells| of_points(cells)),
        nominal.map(|values| kept.iter().map(|(_, end)| values[end - 1]).collect()),
    );
    let stages = match text(&args.stage) {
        None => vec![Span { name: None, first: 0, end: kept.len() }],
        Some(names) => stages(&rows, names, &kept)?,
    };
    let mut named: Vec<&str> = Vec::new();
    for name in [&args.time, &args.subgroup, &args.part].into_iter().flatten().chain(&args.label) {
        if !named.contains(&name.as_str()) {
            named.push(name);
        }
    }
    let context: Vec<(String, Vec<String>)> = named
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), of_points(texts.get(name)?))))
        .collect();
    let first = args.time.as_ref().or(args.subgroup.as_ref()).or(args.label.first());
    let labels = first
        .and_then(|name| context.iter().find(|(known, _)| known == name))
        .map(|(_, texts)| texts.clone())
        .unwrap_or_default();
    Ok(Prepared {
        lines: kept.iter().map(|(_, end)| rows.lines[end - 1]).collect(),
        file: rows.file,
        columns: rows.columns,
        data,
        labels,
        context,
        stages,
        skipped: rows.skipped,
    })
}

/// Parses a column of text as numbers.
fn nominal_values(rows: &Rows, cells: &[String], column: &str) -> Result<Vec<f64>, Faults> {
    let mut faults = Vec::new();
    let values = cells
        .iter()
        .zip(&rows.lines)
        .map(|(cell, line)| {
            libchar_core::number::parse_decimal(cell).unwrap_or_else(|| {
                let found = format!("`{cell}` in column `{column}` is not a finite number");
                faults.push(Fault::at(&rows.file, *line, 0, found));
                f64::NAN
            })
        })
        .collect();
    Faults::or(values, faults)
}

/// The data, with the first row and the end row (exclusive) of every point.
struct Gathered {
    data: Data,
    kept: Vec<(usize, usize)>,
}

/// Groups rows into points by the same rule as for streams; `None` if no row holds a number.
fn gather(
    rows: &mut Rows,
    kind: Kind,
    grouping: Grouping,
    fixed_units: Option<f64>,
    labels: Option<&Vec<String>>,
) -> Option<Result<Gathered, SpcError>> {
    let count = rows.lines.len();
    let vectors = kind.is_multivariate();
    let plain = rows.skipped.is_empty() && grouping == Grouping::Single && rows.values.len() == 1;
    // Single values need no record for each row, which matters for millions of them.
    if plain && !vectors && !kind.is_attribute() {
        let values = std::mem::take(&mut rows.values[0]);
        let kept = (0..count).map(|i| (i, i + 1)).collect();
        return Some(
            Subgroups::individuals(values)
                .map(|groups| Gathered { data: Data::Measured(groups), kept }),
        );
    }
    let mut gatherer = Gatherer::new(grouping, vectors || kind.is_attribute());
    let mut points: Vec<Point> = Vec::new();
    let mut row = Vec::with_capacity(rows.values.len());
    for i in 0..count {
        row.clear();
        row.extend(rows.values.iter().map(|column| column[i]));
        let units = fixed_units.or(rows.extra.get(i).copied()).unwrap_or(1.0);
        points.extend(gatherer.push(&row, units, labels.map(|labels| labels[i].as_str())));
    }
    points.extend(gatherer.finish());
    if points.is_empty() {
        return None;
    }
    let kept = points.iter().map(|point| (point.first, point.end)).collect();
    let data = if vectors {
        Data::Vectors(points.into_iter().map(|point| point.values).collect())
    } else if kind.is_attribute() {
        let (counts, sizes) = points.iter().map(|point| (point.values[0], point.units)).unzip();
        Data::Counts { counts, sizes }
    } else {
        let sizes: Vec<usize> = points.iter().map(|point| point.values.len()).collect();
        let values = points.into_iter().flat_map(|point| point.values).collect();
        match Subgroups::by_sizes(values, &sizes) {
            Ok(groups) => Data::Measured(groups),
            Err(error) => return Some(Err(error)),
        }
    };
    Some(Ok(Gathered { data, kept }))
}

/// Adds to the data the part, run or target of every point where the chart needs them.
fn with_parts(
    data: Data,
    design: &Design,
    part: Option<Vec<String>>,
    run: Option<Vec<String>>,
    targets: Option<Vec<f64>>,
) -> Data {
    let kind = design.chart;
    let by_parts = kind.has_parts() || (kind == Kind::IMr && design.options.ranges_within_part);
    match (data, part, targets) {
        (Data::Measured(groups), Some(part), _) if by_parts => {
            Data::Parts(Parts { groups, run: run.unwrap_or_else(|| runs_of(&part)), part })
        }
        (Data::Counts { counts, sizes }, _, Some(targets)) if kind.has_targets() => {
            Data::Shares { counts, sizes, targets }
        }
        (data, ..) => data,
    }
}

/// Times between successive events: n events give n − 1 points, each labelled by the later event.
fn between_times(args: &Layout, table: &Table) -> Result<Prepared, Refused> {
    let column = args.time.as_deref().unwrap_or_default();
    let place = table.column(column)?;
    let cells: Vec<String> =
        (0..table.len()).map(|row| table.cell(row, place).to_owned()).collect();
    let lines: Vec<usize> = (0..table.len()).map(|row| table.line(row)).collect();
    let times = times::read(&table.file, &lines, column, &cells, args.time_format.as_deref())?;
    let scale = if times.is_calendar { args.unit_s } else { 1.0 };
    let values: Vec<f64> =
        times.seconds.windows(2).map(|pair| (pair[1] - pair[0]) / scale).collect();
    let points = values.len();
    let data = Subgroups::individuals(values).map_err(|e| e.usage())?;
    Ok(Prepared {
        file: table.file.clone(),
        columns: vec![column.to_owned()],
        data: Data::Measured(data),
        labels: cells[1..].to_vec(),
        context: vec![(column.to_owned(), cells[1..].to_vec())],
        stages: vec![Span { name: None, first: 0, end: points }],
        lines: lines[1..].to_vec(),
        skipped: Vec::new(),
    })
}

/// Stages as ranges of points; a subgroup lies within one stage.
fn stages(rows: &Rows, names: &[String], kept: &[(usize, usize)]) -> Result<Vec<Span>, Refused> {
    let runs = request::runs(rows, names, "stage")?;
    let mut stages: Vec<Span> = Vec::new();
    let mut runs = runs.into_iter().peekable();
    for (point, (first, end)) in kept.iter().enumerate() {
        while runs.peek().is_some_and(|(_, range)| range.end <= *first) {
            runs.next();
        }
        let (name, range) =
            runs.peek().ok_or_else(|| Refused::usage("a point outside every stage"))?;
        if range.end < *end {
            let found = format!("a subgroup extends over the end of stage `{name}`");
            return Err(Fault::at(&rows.file, rows.lines[*first], 0, found).into());
        }
        match stages.last_mut() {
            Some(span) if span.name.as_ref() == Some(name) => span.end = point + 1,
            _ => stages.push(Span { name: Some(name.clone()), first: point, end: point + 1 }),
        }
    }
    Ok(stages)
}
