//! Numbers as spreadsheets of all countries write them: `1.310,5`, `1 204 567`, `95,1 %`, `(4.8)`.

use super::dialect::{Dialect, Said};
use super::layout::{Kind, Layout};
use crate::fault::{Fault, Faults};

/// Blanks that stand between groups of digits: plain, no-break, narrow no-break, thin; and Swiss apostrophes.
const GROUPING: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// What a cell shows about the decimal sign and the separator of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// Nothing: the cell has no sign, or both readings give the same number.
    None,
    /// This sign is the decimal sign.
    Decimal(char),
    /// One sign before three digits: both readings are possible.
    Either(char),
}

/// Whether a cell could be a number in some country.
pub(super) fn is_like(cell: &str) -> bool {
    [('.', ','), (',', '.')]
        .iter()
        .any(|&(decimal, thousands)| plain(cell, decimal, Some(thousands)).is_some())
}

/// The plain decimal of a cell; `None` if it is no number by these signs.
fn plain(cell: &str, decimal: char, thousands: Option<char>) -> Option<String> {
    let (cell, negative) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (cell, false),
    };
    let cell = cell.strip_suffix('%').unwrap_or(cell).trim_matches(|c: char| c.is_whitespace());
    let (sign, body) = match cell.chars().next()? {
        '-' | '\u{2212}' if !negative => ("-", &cell[cell.chars().next()?.len_utf8()..]),
        '+' if !negative => ("", &cell[1..]),
        _ => (if negative { "-" } else { "" }, cell),
    };
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], &body[at..]),
        None => (body, ""),
    };
    let (whole, fraction) = match mantissa.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ungrouped(whole, thousands)?;
    let fraction = fraction.unwrap_or_default();
    if whole.is_empty() && fraction.is_empty() || !digits(fraction) {
        return None;
    }
    let point = if fraction.is_empty() { "" } else { "." };
    let text = format!("{sign}{whole}{point}{fraction}{exponent}");
    crate::number::parse_decimal(&text).map(|_| text)
}

/// Digits without what groups them: one to three, then always three, with the same sign between them.
fn ungrouped(whole: &str, thousands: Option<char>) -> Option<String> {
    let Some(sign) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    let allowed = match thousands {
        Some(told) if GROUPING.contains(&told) => GROUPING.contains(&sign),
        Some(told) => sign == told || GROUPING.contains(&sign),
        None => GROUPING.contains(&sign),
    };
    let groups: Vec<&str> = whole.split(sign).collect();
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let sized =
        (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    (allowed && digits && sized).then(|| groups.concat())
}

fn evidence(cell: &str) -> Evidence {
    let readings = [('.', ','), (',', '.')]
        .map(|(decimal, other)| (decimal, plain(cell, decimal, Some(other))));
    match &readings {
        [(_, Some(point)), (_, Some(comma))] if point == comma => Evidence::None,
        [(_, Some(_)), (_, Some(_))] => {
            Evidence::Either(if cell.contains(',') { ',' } else { '.' })
        }
        [(decimal, Some(_)), (_, None)] | [(_, None), (decimal, Some(_))] => {
            Evidence::Decimal(*decimal)
        }
        _ => Evidence::None,
    }
}

/// What the cells of a column, or of a file, show about the decimal sign.
#[derive(Debug, Default, Clone)]
struct Signs {
    /// The first cell that shows a decimal point, and the first that shows a comma: row and text.
    decimal: [Option<(usize, String)>; 2],
    either: [Option<(usize, String)>; 2],
}

impl Signs {
    fn of(layout: &Layout, column: usize) -> Signs {
        let mut signs = Signs::default();
        for (row, cell) in
            layout.rows.iter().enumerate().filter_map(|(i, row)| Some((i, row.cells.get(column)?)))
        {
            let (list, sign) = match evidence(&cell.text) {
                Evidence::None => continue,
                Evidence::Decimal(sign) => (&mut signs.decimal, sign),
                Evidence::Either(sign) => (&mut signs.either, sign),
            };
            list[usize::from(sign == ',')].get_or_insert_with(|| (row, cell.text.clone()));
        }
        signs
    }

    /// The decimal sign, if all that show one agree.
    fn decided(&self) -> Option<char> {
        match (&self.decimal[0], &self.decimal[1]) {
            (Some(_), None) => Some('.'),
            (None, Some(_)) => Some(','),
            _ => None,
        }
    }
}

/// Rewrites the cells of columns of numbers as plain decimals, and the marks of missing cells as empty ones.
///
/// # Errors
/// A column in which some cells show a decimal point and others a decimal comma.
pub(super) fn clean(
    file: &str,
    text: &str,
    layout: &mut Layout,
    dialect: &Dialect,
    said: &mut Said,
) -> Result<(), Faults> {
    for cell in layout.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if dialect.missing.contains(&cell.text) {
            cell.text.clear();
        }
    }
    let columns: Vec<usize> =
        (0..layout.columns.len()).filter(|i| layout.kinds[*i] == Kind::Number).collect();
    let signs: Vec<Signs> = columns.iter().map(|column| Signs::of(layout, *column)).collect();
    let told = dialect.decimal.or(match dialect.thousands {
        Some('.') => Some(','),
        Some(',') => Some('.'),
        _ => None,
    });
    let file_says: Vec<char> = signs.iter().filter_map(Signs::decided).collect();
    let all_agree =
        |sign: char| !file_says.is_empty() && file_says.iter().all(|other| *other == sign);
    let usual = match layout.separator {
        _ if all_agree(',') => ',',
        _ if all_agree('.') => '.',
        ';' => ',',
        _ => '.',
    };
    let mut faults = Vec::new();
    let (mut comma, mut grouped, mut doubtful) = (false, None, None);
    for (&column, signs) in columns.iter().zip(&signs) {
        if let (None, [Some((_, point)), Some((row, comma))]) = (told, &signs.decimal) {
            let place = layout.rows[*row].cells[column].offset;
            let what = format!(
                "`{comma}` in column `{}` has a decimal comma, `{point}` a point",
                layout.columns[column]
            );
            faults.push(
                Fault::at_offset(file, text, place, what).expected("--decimal . or --decimal ,"),
            );
            continue;
        }
        let decimal = told.or(signs.decided()).unwrap_or(usual);
        let other = if decimal == ',' { '.' } else { ',' };
        let thousands = dialect.thousands.or(Some(other));
        if told.is_none() && signs.decided().is_none() && !all_agree(decimal) {
            let either = signs
                .either
                .iter()
                .flatten()
                .next()
                .filter(|(_, cell)| layout.separator != ',' || cell.contains(','));
            doubtful = doubtful.or(either.map(|(_, cell)| (column, cell.clone(), decimal)));
        }
        let percent = layout
            .rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| is_like(&cell.text));
        let all_percent = percent.clone().all(|cell| cell.text.ends_with('%'));
        let any = percent.count() > 0;
        if any && all_percent && layout.units[column].is_none() {
            layout.units[column] = Some("%".to_owned());
        }
        for cell in layout.rows.iter_mut().filter_map(|row| row.cells.get_mut(column)) {
            if cell.text.ends_with('%') && !all_percent {
                continue;
            }
            match plain(&cell.text, decimal, thousands) {
                Some(number) => {
                    comma |= decimal == ',' && cell.text.contains(',');
                    let sign = cell
                        .text
                        .chars()
                        .find(|c| *c == other || GROUPING.contains(c) && !cell.text.ends_with('%'));
                    grouped = grouped.or(sign);
                    cell.text = number;
                }
                // With these signs it is not a number. Refuse it, so that nobody reads it with
                // others.
                None if crate::number::parse_decimal(&cell.text).is_some() => {
                    let place = cell.offset;
                    let name = &layout.columns[column];
                    let what = format!(
                        "`{}` in column `{name}` is not a number with --decimal {decimal}",
                        cell.text
                    );
                    faults.push(Fault::at_offset(file, text, place, what));
                }
                None => {}
            }
        }
    }
    if dialect.decimal.is_none() && comma {
        said.option("--decimal", Some(','));
    }
    if dialect.thousands.is_none() {
        said.option(
            "--thousands",
            grouped.map(|sign| match sign {
                '.' | ',' => sign.to_string(),
                '\'' | '’' => "\"'\"".to_owned(),
                _ => "space".to_owned(),
            }),
        );
    }
    if let Some((column, cell, decimal)) = doubtful {
        let (taken, other) = if decimal == ',' { (",", ".") } else { (".", ",") };
        let read = |decimal: char| {
            plain(&cell, decimal, Some(if decimal == ',' { '.' } else { ',' })).unwrap_or_default()
        };
        let (number, otherwise) = (read(decimal), read(other.chars().next().unwrap_or('.')));
        said.sentence(format!(
            "`{cell}` in column `{}` is taken for {number} (--decimal {taken}); --decimal {other} reads {otherwise}",
            layout.columns[column]
        ));
    }
    Faults::or((), faults)
}

#[cfg(test)]
mod tests {
    use super::{Evidence, evidence, plain};

    #[test]
    fn numbers_of_many_countries() {
        for (cell, decimal, number) in [
            ("1.310,5", ',', Some("1310.5")),
            ("1\u{202f}198,57", ',', Some("1198.57")),
            ("14\u{a0}310", ',', Some("14310")),
            ("95,1 %", ',', Some("95.1")),
            ("(4.8)", '.', Some("-4.8")),
            ("1,204", '.', Some("1204")),
            ("1'234.5", '.', Some("1234.5")),
            ("\u{2212}3.5", '.', Some("-3.5")),
            ("1,5E-3", ',', Some("1.5E-3")),
            ("12,34", '.', None),
            ("1,2345", '.', None),
            ("1.2.3", ',', None),
            ("<0.5", '.', None),
            ("(-1)", '.', None),
            ("", '.', None),
            ("%", '.', None),
        ] {
            let other = if decimal == ',' { '.' } else { ',' };
            assert_eq!(plain(cell, decimal, Some(other)).as_deref(), number, "{cell}");
        }
    }

    #[test]
    fn three_digits_after_one_sign_prove_nothing() {
        assert_eq!(evidence("1,234"), Evidence::Either(','));
        assert_eq!(evidence("1,23"), Evidence::Decimal(','));
        assert_eq!(evidence("0.5"), Evidence::Decimal('.'));
        assert_eq!(evidence("1,234.5"), Evidence::Decimal('.'));
        assert_eq!(evidence("1.234.567"), Evidence::Decimal(','));
        assert_eq!(evidence("998"), Evidence::None);
        assert_eq!(evidence("0,234"), Evidence::Either(','));
    }
}
