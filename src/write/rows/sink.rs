//! Rows into bytes as they come: nothing is held back.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use rust_decimal::Decimal;

use crate::write::rows::measures::MeasureRecord;
use crate::write::rows::records::ScoreRecord;

/// The columns, in order.
const COLUMNS: [&str; 15] = [
    "agency",
    "district",
    "province",
    "year",
    "kind",
    "code",
    "instrument",
    "indicator",
    "issues",
    "published",
    "computed",
    "status",
    "source_file",
    "sheet",
    "cell",
];

/// Those that only rows of measures have, behind the others.
const MEASURE_COLUMNS: [&str; 4] = ["measure", "result", "progress", "problems"];

/// Tells Excel that a file is UTF-8; other programs skip it.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Whether a file begins as an export does, in any of the formats: its rows can be made again.
pub fn is_export(path: &Path) -> bool {
    let header = COLUMNS.join(",");
    let first = COLUMNS.first().copied().unwrap_or_default();
    let beginnings = [
        [BYTE_ORDER_MARK, header.as_bytes(), b"\n"].concat(),
        [BYTE_ORDER_MARK, header.as_bytes(), b",", MEASURE_COLUMNS.join(",").as_bytes(), b"\n"].concat(),
        format!("{{\"{first}\":").into_bytes(),
        format!("[\n{{\"{first}\":").into_bytes(),
    ];
    let most = beginnings.iter().map(Vec::len).max().unwrap_or_default();
    let mut bytes = Vec::with_capacity(most);
    let read = File::open(path).and_then(|file| file.take(most as u64).read_to_end(&mut bytes));
    read.is_ok() && beginnings.iter().any(|beginning| bytes.starts_with(beginning))
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowFormat {
    /// Comma-separated values with a header, UTF-8 with a byte order mark.
    #[default]
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// One JSON array of objects.
    Json,
}

impl RowFormat {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Csv, Self::JsonLines, Self::Json];

    /// What the names of such files end in, with the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &[".csv"],
            Self::JsonLines => &[".jsonl", ".ndjson"],
            Self::Json => &[".json"],
        }
    }

    /// The format of files whose names end so, given without the dot and in either case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let ends = |format: &Self| {
            format
                .extensions()
                .iter()
                .any(|ending| ending.get(1..).is_some_and(|ending| ending.eq_ignore_ascii_case(extension)))
        };
        Self::ALL.into_iter().find(ends)
    }
}

/// Where rows go.
pub struct Sink<W: Write> {
    rows: u64,
    output: RowWriter<W>,
    has_measures: bool,
}

enum RowWriter<W: Write> {
    Csv(Box<csv::Writer<W>>),
    JsonLines(W),
    Json(W),
}

impl<W: Write> Sink<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn new(format: RowFormat, out: W) -> io::Result<Self> {
        Self::begin(format, out, false)
    }

    /// Begins a file that may have rows of measures too.
    ///
    /// # Errors
    /// As [`Sink::new`].
    pub fn with_measures(format: RowFormat, out: W) -> io::Result<Self> {
        Self::begin(format, out, true)
    }

    fn begin(format: RowFormat, mut out: W, has_measures: bool) -> io::Result<Self> {
        let output = match format {
            RowFormat::Csv => {
                out.write_all(BYTE_ORDER_MARK)?;
                let mut writer = csv::Writer::from_writer(out);
                let more = MEASURE_COLUMNS.iter().filter(|_| has_measures);
                writer.write_record(COLUMNS.iter().chain(more))?;
                RowWriter::Csv(Box::new(writer))
            }
            RowFormat::JsonLines => RowWriter::JsonLines(out),
            RowFormat::Json => {
                out.write_all(b"[")?;
                RowWriter::Json(out)
            }
        };
        Ok(Self { rows: 0, output, has_measures })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&mut self, record: &ScoreRecord<'_>) -> io::Result<()> {
        let blank = [""; 4].map(Cow::Borrowed);
        self.row(record, || fields(record).into_iter().chain(blank))
    }

    /// Writes a row of a measure; the file must have been begun with these.
    ///
    /// # Errors
    /// As [`Sink::write`].
    pub fn write_measure(&mut self, record: &MeasureRecord<'_>) -> io::Result<()> {
        let own = [record.measure, record.result, record.progress, record.problems].map(guarded);
        self.row(record, || fields(&record.common).into_iter().chain(own))
    }

    fn row<'f, I: Iterator<Item = Cow<'f, str>>>(
        &mut self,
        record: &impl serde::Serialize,
        fields: impl FnOnce() -> I,
    ) -> io::Result<()> {
        match &mut self.output {
            RowWriter::Csv(writer) => {
                let count = COLUMNS.len() + if self.has_measures { MEASURE_COLUMNS.len() } else { 0 };
                writer.write_record(fields().take(count).map(|field| field.into_owned()))?;
            }
            RowWriter::JsonLines(out) => {
                serde_json::to_writer(&mut *out, record)?;
                out.write_all(b"\n")?;
            }
            RowWriter::Json(out) => {
                out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *out, record)?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the file; returns how many rows it has.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn finish(self) -> io::Result<u64> {
        match self.output {
            RowWriter::Csv(mut writer) => writer.flush()?,
            RowWriter::JsonLines(mut out) => out.flush()?,
            RowWriter::Json(mut out) => {
                out.write_all(b"\n]\n")?;
                out.flush()?;
            }
        }
        Ok(self.rows)
    }
}

/// Puts the rows of a CSV file of ours behind those of another: the header stands once.
pub fn append(all: &mut Vec<u8>, csv: &[u8]) {
    // No column's name has a line end in it.
    let header = csv.iter().position(|byte| *byte == b'\n').map_or(csv.len(), |at| at + 1);
    all.extend_from_slice(if all.is_empty() { csv } else { csv.get(header..).unwrap_or_default() });
}

/// A row's fields in the order of [`COLUMNS`].
fn fields<'a>(record: &'a ScoreRecord<'_>) -> [Cow<'a, str>; 15] {
    let text = |text: Option<&'a str>| text.map_or(Cow::Borrowed(""), guarded);
    let number = |number: Option<Decimal>| Cow::Owned(number.map(|value| value.to_string()).unwrap_or_default());
    let issues: Vec<String> = record.issues.iter().map(u8::to_string).collect();
    [
        text(record.agency),
        text(record.district),
        text(record.province),
        Cow::Owned(record.year.to_string()),
        Cow::Borrowed(record.kind.word()),
        Cow::Borrowed(record.code.as_deref().unwrap_or_default()),
        Cow::Borrowed(record.instrument.map_or("", |instrument| instrument.name())),
        Cow::Owned(record.indicator.map(|number| number.to_string()).unwrap_or_default()),
        Cow::Owned(issues.join(";")),
        number(record.published),
        number(record.computed),
        text(record.status),
        guarded(record.source_file),
        text(record.sheet),
        Cow::Borrowed(record.cell.as_deref().unwrap_or_default()),
    ]
}

/// A text that a spreadsheet program does not take for a formula: an apostrophe goes in front of what begins like one.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
