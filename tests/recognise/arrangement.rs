//! Tables as they are tried: which columns, rows and sheets they have, and their cells.

use std::collections::BTreeMap;
use std::fmt;

use itasheet::Decimal;
use itasheet::read::{Cell, CellRef, Sheet, Value};

use crate::recognise::distractors::{KINDS, Kind, OWN, PAIRS, Question, SHEETS};
use crate::support::table::codes;

/// A column of other numbers: which kind, and under which of its headers, if under any.
#[derive(Debug, Clone, Copy)]
pub struct Distractor {
    pub kind: usize,
    pub header: Option<usize>,
    pub seed: u32,
}

impl Distractor {
    pub fn kind(&self) -> &'static Kind {
        &KINDS[self.kind]
    }

    pub fn header(&self) -> Option<&'static str> {
        let headers = self.kind().headers;
        self.header.map(|header| headers[header % headers.len()])
    }
}

/// The column of the agency's own scores.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    pub header: Option<usize>,
    pub as_text: bool,
    /// The items of the agency's web site have no score yet.
    pub without_items: bool,
}

/// Another sheet with the same codes and other numbers.
#[derive(Debug, Clone, Copy)]
pub struct OtherSheet {
    pub name: usize,
    pub first: bool,
    pub numbers: Distractor,
    /// Whether its numbers are headed as scores are.
    pub tempting: bool,
    /// Whether it is hidden, whatever it is called.
    pub hidden: bool,
}

/// How a table is laid out.
#[derive(Clone)]
pub struct Layout {
    pub first_column: u32,
    pub title_rows: u32,
    /// Whether there is a row of headers at all.
    pub headed: bool,
    /// 0 plain, 1 `ข้อ`, 2 capitals with a space, 3 Thai zero for o, 4 code and question in one cell
    pub spelling: u8,
    pub titles: bool,
    pub before: Vec<Distractor>,
    pub between: Vec<Distractor>,
    pub own: Option<Own>,
    pub after: Vec<Distractor>,
    /// Rows below each instrument that sum it up, and a row of full marks above the first question.
    pub sums: bool,
    pub full_row: bool,
    /// Two rows for each code, whose words tell which is the score's, and whether that is the second.
    pub pair: Option<(usize, bool)>,
    /// Rows and columns exchanged.
    pub turned: bool,
    pub sheet: Option<OtherSheet>,
    pub scores: Vec<u32>,
}

impl fmt::Debug for Layout {
    /// The columns as they stand; scores tell nothing of a failure.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<String> = self
            .columns()
            .iter()
            .map(|column| {
                let header = column.header().filter(|_| self.headed).unwrap_or("(no header)");
                match column {
                    Column::Code => format!("code, spelling {}", self.spelling),
                    Column::Words => format!("words of {:?}", self.pair.map(|(pair, second)| (PAIRS[pair], second))),
                    Column::Title => "title".to_owned(),
                    Column::Own(own) => {
                        format!("OWN {header} text {} without items {}", own.as_text, own.without_items)
                    }
                    Column::Other(other) => format!("{} {header} seed {}", other.kind().name, other.seed),
                }
            })
            .collect();
        let Self { first_column, title_rows, sums, full_row, turned, sheet, .. } = self;
        let sheet = sheet
            .as_ref()
            .map(|other| (SHEETS[other.name], other.first, other.numbers.kind().name, other.tempting, other.hidden));
        write!(
            f,
            "{columns:?} from column {first_column}, {title_rows} rows of titles, sums {sums}, row of full marks {full_row}, "
        )?;
        write!(f, "turned {turned}, other sheet {sheet:?}")
    }
}

impl Layout {
    pub fn columns(&self) -> Vec<Column> {
        let others = |columns: &[Distractor]| columns.iter().copied().map(Column::Other).collect::<Vec<_>>();
        let mut columns = others(&self.before);
        columns.push(Column::Code);
        columns.extend(self.titles.then_some(Column::Title));
        columns.extend(self.pair.map(|_| Column::Words));
        columns.extend(others(&self.between));
        columns.extend(self.own.map(Column::Own));
        columns.extend(others(&self.after));
        columns
    }
}

fn spelled(code: &str, spelling: u8) -> String {
    match spelling {
        1 => format!("ข้อ {code}"),
        2 => code.replacen(['i', 'e', 'o'], &format!("{} ", code[..1].to_uppercase()), 1),
        3 => format!("ข้อ {}", code.replace('o', "๐")),
        4 => format!("{code} : เรื่องที่ประเมินของข้อ {code}"),
        _ => code.to_owned(),
    }
}

/// What stands in a column.
#[derive(Clone, Copy)]
pub enum Column {
    Code,
    /// The words of a row, where a code has two.
    Words,
    Title,
    Own(Own),
    Other(Distractor),
}

impl Column {
    pub fn header(&self) -> Option<&'static str> {
        match self {
            Self::Code => Some("รหัส"),
            Self::Words => Some("รายการ"),
            Self::Title => Some("เรื่องที่ประเมิน"),
            Self::Own(own) => own.header.map(|header| OWN[header]),
            Self::Other(other) => other.header(),
        }
    }
}

/// The cells of a sheet that is being written.
#[derive(Default)]
struct Writing {
    cells: Vec<Cell>,
    turned_below: Option<u32>,
}

impl Writing {
    /// Where a cell stands: below the titles, rows and columns may be exchanged.
    fn at(&self, row: u32, column: u32) -> CellRef {
        match self.turned_below.filter(|first| row >= *first) {
            Some(first) => CellRef::new(first + column, row - first),
            None => CellRef::new(row, column),
        }
    }

    fn put(&mut self, row: u32, column: u32, value: Value) {
        let at = self.at(row, column);
        self.cells.push(Cell { at, value });
    }

    fn text(&mut self, row: u32, column: u32, text: &str) {
        self.put(row, column, Value::Text(text.to_owned()));
    }

    fn number(&mut self, row: u32, column: u32, number: f64) {
        let value = Decimal::try_from(number).unwrap().round_dp(4);
        self.put(row, column, Value::Number { value, percent: false });
    }
}

pub type Expected = BTreeMap<String, (CellRef, Option<f64>)>;

fn title_rows(writing: &mut Writing, rows: u32, column: u32) {
    let titles = ["ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567", "เทศบาลตำบลตัวอย่าง", "หมายเหตุ: ข้อมูล ณ วันประกาศผล"];
    for row in 0..rows {
        writing.text(row, column, titles[row as usize % 3]);
    }
}

/// Writes the table; tells the cell of each score, and the score where there is one.
pub fn main_sheet(layout: &Layout) -> (Sheet, Expected) {
    let mut writing = Writing { turned_below: layout.turned.then_some(layout.title_rows), ..Writing::default() };
    title_rows(&mut writing, layout.title_rows, layout.first_column);
    let columns = layout.columns();
    let mut row = layout.title_rows;
    if layout.headed {
        for (at, column) in (layout.first_column..).zip(&columns) {
            if let Some(header) = column.header() {
                writing.text(row, at, header);
            }
        }
        row += 1;
    }
    if layout.full_row {
        for (at, column) in (layout.first_column..).zip(&columns) {
            match column {
                Column::Code => writing.text(row, at, "คะแนนเต็ม"),
                Column::Own(_) => writing.number(row, at, 100.0),
                _ => {}
            }
        }
        row += 1;
    }
    let mut expected = BTreeMap::new();
    let mut before = String::new();
    for ((index, code), hundredths) in (0u32..).zip(codes()).zip(&layout.scores) {
        if layout.sums && !before.is_empty() && before[..1] != code[..1] {
            for (at, column) in (layout.first_column..).zip(&columns) {
                match column {
                    Column::Code => writing.text(row, at, &format!("เฉลี่ย {}IT", before[..1].to_uppercase())),
                    Column::Own(_) => writing.number(row, at, 77.77),
                    Column::Other(_) => writing.number(row, at, 66.66),
                    Column::Title | Column::Words => {}
                }
            }
            row += 1;
        }
        let score = f64::from(*hundredths) / 100.0;
        let lines: &[bool] = match layout.pair {
            None => &[true],
            Some((_, false)) => &[true, false],
            Some((_, true)) => &[false, true],
        };
        for (line, is_own) in lines.iter().enumerate() {
            for (at, column) in (layout.first_column..).zip(&columns) {
                match column {
                    Column::Code if line == 0 => writing.text(row, at, &spelled(&code, layout.spelling)),
                    Column::Title if line == 0 => writing.text(row, at, &format!("เรื่องที่ประเมินของข้อที่ {}", index + 1)),
                    Column::Code | Column::Title => {}
                    Column::Words => {
                        let (other, own) = layout.pair.map_or(("", ""), |(pair, _)| PAIRS[pair]);
                        writing.text(row, at, if *is_own { own } else { other });
                    }
                    Column::Own(_) if !is_own => writing.number(row, at, 33.33),
                    Column::Own(own) => {
                        let here = !(own.without_items && code.starts_with('o'));
                        match (here, own.as_text) {
                            (true, true) => writing.text(row, at, &format!("{score:.2}")),
                            (true, false) => writing.number(row, at, score),
                            _ => {}
                        }
                        expected.insert(code.clone(), (writing.at(row, at), here.then_some(score)));
                    }
                    Column::Other(other) => {
                        let question = Question { index, code: &code, score, seed: other.seed };
                        writing.number(row, at, (other.kind().number)(&question));
                    }
                }
            }
            row += 1;
        }
        before = code;
    }
    (Sheet::new("Sheet1", false, writing.cells), expected)
}

pub fn other_sheet_of(other: &OtherSheet) -> Sheet {
    let mut writing = Writing::default();
    writing.text(0, 0, "ผลการประเมิน ITA");
    writing.text(1, 0, "เทศบาลตำบลตัวอย่าง");
    writing.text(2, 0, "รหัส");
    let header = if other.tempting { Some("คะแนน") } else { other.numbers.header() };
    if let Some(header) = header {
        writing.text(2, 1, header);
    }
    for (index, code) in (0u32..).zip(codes()) {
        writing.text(3 + index, 0, &code);
        let question = Question { index, code: &code, score: 55.5, seed: other.numbers.seed };
        writing.number(3 + index, 1, (other.numbers.kind().number)(&question));
    }
    Sheet::new(if other.hidden { "Sheet2" } else { SHEETS[other.name] }, other.hidden, writing.cells)
}
