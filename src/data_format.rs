//! The format of a table of measured data: one set of options for all commands that read one.

use crate::context::Context;
use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use libchar_core::Table;
use libchar_core::input::Source;
use libchar_core::table::{Header, columns, data};

/// What to do with a cell that holds no finite number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Na {
    /// Report every such cell and stop
    Error,
    /// Leave the row out, and report it
    Skip,
}

impl From<Na> for columns::Na {
    fn from(na: Na) -> Self {
        match na {
            Na::Error => columns::Na::Error,
            Na::Skip => columns::Na::Skip,
        }
    }
}

/// How the file is written; what is not given is detected and reported
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "File format")]
pub struct DataFormat {
    /// Separator of the cells: a character, tab or space
    #[arg(long, value_name = "CHAR", value_parser = data::character)]
    pub separator: Option<char>,
    /// Decimal sign: . or ,
    #[arg(long, value_name = "CHAR", value_parser = decimal)]
    pub decimal: Option<char>,
    /// Separator of groups of three digits: a character or space
    #[arg(long, value_name = "CHAR", value_parser = data::character)]
    pub thousands: Option<char>,
    /// Line number of the column names; lines above it are ignored
    #[arg(long, value_name = "LINE")]
    pub header_row: Option<usize>,
    /// Line number of the units, below the names
    #[arg(long, value_name = "LINE")]
    pub units_row: Option<usize>,
    /// Encoding of the text
    #[arg(long, value_name = "NAME", value_parser = encoding())]
    pub encoding: Option<&'static str>,
    /// Cell that stands for no value, such as `*`; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub missing: Vec<String>,
    /// Columns whose empty cells repeat the cell above, as merged cells are exported
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub fill_down: Vec<String>,
    /// Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y
    #[arg(long, value_name = "FORMAT", value_parser = date_format)]
    pub date_format: Option<String>,
}

fn encoding() -> impl TypedValueParser<Value = &'static str> {
    let known = |name: String| data::ENCODINGS.into_iter().find(|known| *known == name);
    PossibleValuesParser::new(data::ENCODINGS).map(move |name| known(name).unwrap_or("utf-8"))
}

fn decimal(text: &str) -> Result<char, String> {
    match data::character(text) {
        Ok(sign @ ('.' | ',')) => Ok(sign),
        _ => Err("expected . or ,".to_owned()),
    }
}

fn date_format(text: &str) -> Result<String, String> {
    data::check_format(text).map(|()| text.to_owned())
}

impl DataFormat {
    /// Whether any of these options is given.
    pub fn is_stated(&self) -> bool {
        self.separator.is_some()
            || self.decimal.is_some()
            || self.thousands.is_some()
            || self.header_row.is_some()
            || self.units_row.is_some()
            || self.encoding.is_some()
            || !self.missing.is_empty()
            || !self.fill_down.is_empty()
            || self.date_format.is_some()
    }

    /// Reads a table of measured data. What was guessed or left out is reported on standard error.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn read(&self, ctx: &Context, source: &Source, header: Header) -> Result<Table> {
        let dialect = data::Dialect {
            separator: self.separator,
            decimal: self.decimal,
            thousands: self.thousands,
            header_row: self.header_row,
            units_row: self.units_row,
            encoding: self.encoding,
            missing: self.missing.clone(),
            fill_down: self.fill_down.clone(),
            date_format: self.date_format.clone(),
        };
        let reading = data::read(&source.name, &source.bytes, header, &dialect)?;
        for note in reading.notes {
            ctx.log.info("data", format!("{} {note}", source.name));
        }
        Ok(reading.table)
    }
}
