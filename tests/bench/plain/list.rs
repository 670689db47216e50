//! A finished workbook as a plain list of what to write: what an ordinary program would have as its own data.

use serde::{Deserialize, Serialize};

/// First row, first column, last row, last column.
pub type Area = (u32, u16, u32, u16);

/// Everything that is in a workbook, sheet by sheet.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The formats that cells refer to by position.
    pub formats: Vec<Look>,
    pub sheets: Vec<Sheet>,
    /// Defined names with what they stand for.
    pub names: Vec<(String, String)>,
    pub title: String,
    pub author: String,
    pub created: String,
}

/// A cell's format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Look {
    pub font: String,
    pub size: f64,
    pub bold: bool,
    pub underline: bool,
    /// Red, green and blue of the text, where it has a colour of its own.
    pub colour: Option<u32>,
    pub fill: Option<u32>,
    /// The colour of its border.
    pub border: Option<u32>,
    /// The kinds of line at the left, the right, the top and the bottom.
    pub sides: [String; 4],
    pub italic: bool,
    pub indent: u8,
    pub number: String,
    pub horizontal: String,
    pub vertical: String,
    pub wrap: bool,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub name: String,
    /// Widths in pixels.
    pub columns: Vec<(u16, u32)>,
    /// Columns that are not shown.
    pub hidden: Vec<u16>,
    /// Whether it is hidden so that no menu shows it.
    pub very_hidden: bool,
    /// The colour of its tab.
    pub tab: Option<u32>,
    /// Heights in points.
    pub rows: Vec<(u32, f64)>,
    /// Cells outside merged blocks, row by row.
    pub cells: Vec<Cell>,
    /// Merged blocks.
    pub blocks: Vec<(Area, Cell)>,
    pub colours: Vec<Colours>,
    pub choices: Vec<Choice>,
    /// A link inside the workbook: row, column, target, text.
    pub link: Option<(u32, u16, String, String)>,
    /// A table's name, place and headers.
    pub table: Option<(String, Area, Vec<String>)>,
    pub chart: Option<Chart>,
    /// Notes on cells.
    pub notes: Vec<(u32, u16, String)>,
    pub landscape: bool,
    /// Left, right, top, bottom, header, footer, in inches.
    pub margins: [f64; 6],
    pub one_page: bool,
    pub centred: bool,
    pub footer: String,
    pub zoom: u16,
    /// First row and column that scroll.
    pub frozen: Option<(u32, u16)>,
    pub page_breaks: Vec<u32>,
    pub print_area: Option<Area>,
    pub repeated_rows: Option<(u32, u32)>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub row: u32,
    pub column: u16,
    pub format: u16,
    pub content: Content,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    Blank,
    Text(String),
    Number(f64),
    /// A formula and its result.
    Formula(String, String),
}

/// A conditional format of a block of cells.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Colours {
    pub at: Area,
    pub rule: Rule,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// Text and fill of cells that say this.
    Says(String, u32, u32),
    /// The same of cells in which it stands.
    Holds(String, u32, u32),
    /// A bar from 0 to 100.
    Bar(u32),
}

/// What may be typed into a block of cells.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub at: Area,
    pub of: Options,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Options {
    /// One of these words.
    Words(Vec<String>),
    /// One of the words in these cells, or any other.
    Cells(String),
    /// A number between these; title and text of the message for any other.
    Between(f64, f64, String, String),
}

/// A chart of bars.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub row: u32,
    pub column: u16,
    pub left: u32,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub title: String,
    pub alternative: String,
    pub font: String,
    /// The number format of the values beside the bars.
    pub number: String,
    /// Name, categories and values of the bars.
    pub series: (String, String, String),
    /// The colours of the bars.
    pub points: Vec<u32>,
}
