//! Tables of a web page, also of one that is named .xls, as many systems' exports are.
//!
//! The tokens are read as they come, without a tree: a page cannot take more memory than its cells.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use crate::domain::cell_ref::CellRef;
use crate::error::{Cause, Quantity};
use crate::read::grid::HiddenLines;
use crate::read::limits::{self, Intake, Limits};

/// Most columns and rows that one cell can span, as browsers have it.
const MOST_SPAN: (u32, u32) = (1000, 65_534);

/// Elements that end a line of text.
const BLOCKS: [&str; 19] = [
    "br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "section",
    "article",
];

/// How deep tables are read inside tables.
const MOST_NESTED: usize = 50;

/// Reads each table as a sheet; a table inside a cell is a sheet of its own. Text outside of tables is the first sheet,
/// a row a line: the title of a page may name the agency and the year.
pub(in crate::read) fn read(text: &str, intake: &mut Intake<'_>) -> Result<(), Cause> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(TokenHandler(RefCell::new(PageState::new(intake.limits()))), Default::default());
    // A script would stop the tokenizer; none is ever run.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    while !page.open.is_empty() {
        page.end_table();
    }
    if let Some((what, found)) = page.passed {
        intake.limits().check(what, found)?;
    }
    // Tables in the order in which they begin.
    page.done.sort_by_key(|table| table.number);
    for table in page.done {
        for (row, column, text) in &table.cells {
            intake.text(*row, *column, text)?;
        }
        table.merges.iter().for_each(|(first, last)| intake.merge(*first, *last));
        intake.hide(table.hidden_lines());
        let name = if table.number == 0 { "Text".to_owned() } else { format!("Table{}", table.number) };
        intake.end_sheet(name, false)?;
    }
    Ok(())
}

/// The tokenizer gives its tokens to a shared sink.
struct TokenHandler<'a>(RefCell<PageState<'a>>);

/// The tables of a page: those that are open, innermost last, and those that have ended.
struct PageState<'a> {
    limits: &'a Limits,
    /// The first is the page itself, outside of all tables.
    open: Vec<HtmlTable>,
    done: Vec<HtmlTable>,
    begun: usize,
    cells: u64,
    /// The first limit that was passed; nothing is kept after that.
    passed: Option<(Quantity, u64)>,
    /// Inside a script or a style sheet, whose text is not shown.
    muted: bool,
    /// The part of a cell that is not shown, such as a key to sort by: its element, and how many of that name are open.
    hidden: Option<(String, usize)>,
}

#[derive(Default)]
struct HtmlTable {
    number: usize,
    cells: Vec<(u32, u32, String)>,
    row: Option<u32>,
    column: u32,
    /// What cells further up cover: from the column, to before the column, to before the row.
    covered: BTreeMap<u32, (u32, u32)>,
    cell: Option<HtmlCell>,
    /// Rows that are not shown, and columns that the table says so of.
    lines: HiddenLines,
    /// The column that the next description of one is about.
    next_column: u32,
    /// The first and the last cell of each that spans several.
    merges: Vec<(CellRef, CellRef)>,
    /// For each column how many of its cells say that they are not shown.
    unseen: BTreeMap<u32, usize>,
}

impl HtmlTable {
    /// Rows and columns that are not shown: a column too whose cells all say so.
    fn hidden_lines(&self) -> HiddenLines {
        let mut cells: BTreeMap<u32, usize> = BTreeMap::new();
        if !self.unseen.is_empty() {
            self.cells.iter().for_each(|(_, column, _)| *cells.entry(*column).or_default() += 1);
        }
        let all = self.unseen.iter().filter(|(column, unseen)| cells.get(column).is_some_and(|all| *all == **unseen));
        let mut lines = self.lines.clone();
        lines.columns.extend(all.map(|(column, _)| *column..=*column));
        lines
    }
}

struct HtmlCell {
    row: u32,
    column: u32,
    text: String,
    /// Whether it says that it is not shown.
    unseen: bool,
}

impl TokenSink for TokenHandler<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                page.tag(&tag);
                return raw(&tag);
            }
            Token::CharacterTokens(text) => page.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl<'a> PageState<'a> {
    fn new(limits: &'a Limits) -> Self {
        let open = vec![HtmlTable::default()];
        Self { limits, open, done: Vec::new(), begun: 0, cells: 0, passed: None, muted: false, hidden: None }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let start = tag.kind == TagKind::StartTag;
        if matches!(name, "script" | "style" | "textarea" | "noframes" | "iframe") {
            self.muted = start && !tag.self_closing;
        }
        if self.passed.is_some() {
            return;
        }
        self.hide(tag, start);
        match (name, start) {
            ("table", true) => self.begin_table(),
            ("table", false) if self.open.len() > 1 => self.end_table(),
            ("td" | "th", true) => {
                let spans = (span(tag, "colspan", MOST_SPAN.0), span(tag, "rowspan", MOST_SPAN.1));
                self.begin_cell(spans, is_hidden(tag));
            }
            ("td" | "th", false) | ("thead" | "tbody" | "tfoot", _) => self.end_cell(),
            ("input", true) => {
                if let Some(value) = shown_value(tag).filter(|_| self.open.len() > 1) {
                    self.text(value);
                }
            }
            ("tr", start) => {
                self.end_cell();
                if let (true, [_, .., table]) = (start, self.open.as_mut_slice()) {
                    let row = table.row.map_or(0, |row| row.saturating_add(1));
                    table.row = Some(row);
                    table.column = 0;
                    if is_hidden(tag) {
                        table.lines.rows.push(row..=row);
                    }
                }
            }
            ("col", true) => {
                if let [_, .., table] = self.open.as_mut_slice() {
                    let first = table.next_column;
                    table.next_column = first.saturating_add(span(tag, "span", MOST_SPAN.0).max(1));
                    if says_hidden(tag) {
                        table.lines.columns.push(first..=table.next_column - 1);
                    }
                }
            }
            (name, _) if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    /// Text of a cell that is not shown is not read; a table or a row that a page shows on a click is.
    fn hide(&mut self, tag: &Tag, start: bool) {
        let name = &*tag.name;
        let raised = name == "sup";
        let begins = start && !tag.self_closing && (raised || is_hidden(tag)) && self.in_cell_with(raised);
        match &mut self.hidden {
            _ if matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th") => self.hidden = None,
            Some((opened, open)) if opened == name => {
                *open = if start { *open + 1 } else { *open - 1 };
                if *open == 0 {
                    self.hidden = None;
                }
            }
            None if begins => self.hidden = Some((name.to_owned(), 1)),
            _ => {}
        }
    }

    /// Whether a cell of a table is open, with text where that is asked for: behind it a raised figure is a footnote's mark.
    fn in_cell_with(&self, text: bool) -> bool {
        let cell = self.open.last().filter(|_| self.open.len() > 1).and_then(|table| table.cell.as_ref());
        cell.is_some_and(|cell| !text || !cell.text.trim().is_empty())
    }

    fn begin_table(&mut self) {
        if self.open.len() > MOST_NESTED {
            return;
        }
        self.end_line();
        self.begun += 1;
        self.open.push(HtmlTable { number: self.begun, ..HtmlTable::default() });
    }

    fn end_table(&mut self) {
        self.end_cell();
        // A table without content is no sheet.
        if let Some(table) = self.open.pop().filter(|table| !table.cells.is_empty()) {
            self.done.push(table);
            self.pass(Quantity::Sheets, self.done.len() as u64);
        }
    }

    fn begin_cell(&mut self, (columns, rows): (u32, u32), unseen: bool) {
        self.end_cell();
        let [_, .., table] = self.open.as_mut_slice() else { return };
        let row = *table.row.get_or_insert(0);
        let mut column = table.column;
        while let Some((_, (end, until))) = table.covered.range(..=column).next_back()
            && *end > column
            && *until > row
        {
            column = *end;
        }
        table.column = column.saturating_add(columns);
        if u64::from(column) >= self.limits.columns {
            return self.pass(Quantity::Columns, u64::from(column) + 1);
        }
        if (rows > 1 || columns > 1) && table.merges.len() < limits::MERGES {
            let last = CellRef::new(row.saturating_add(rows.max(1) - 1), column.saturating_add(columns.max(1) - 1));
            table.merges.push((CellRef::new(row, column), last));
        }
        if rows > 1 {
            table.covered.insert(column, (table.column, row.saturating_add(rows)));
        }
        table.cell = Some(HtmlCell { row, column, text: String::new(), unseen });
    }

    fn end_cell(&mut self) {
        let nested = self.open.len() > 1;
        let Some(table) = self.open.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        let text = cell.text.trim();
        if text.is_empty() {
            return;
        }
        if cell.unseen {
            *table.unseen.entry(cell.column).or_default() += 1;
        }
        table.cells.push((cell.row, cell.column, text.to_owned()));
        if !nested {
            table.row = Some(cell.row.saturating_add(1));
        }
        self.cells += 1;
        self.pass(Quantity::Cells, self.cells);
    }

    /// A line break inside a cell; outside of tables every line is a cell of its own.
    fn end_line(&mut self) {
        match self.open.as_mut_slice() {
            [_] => self.end_cell(),
            [.., HtmlTable { cell: Some(cell), .. }] => {
                cell.text.truncate(cell.text.trim_end_matches(' ').len());
                if !cell.text.is_empty() && !cell.text.ends_with("\n\n") {
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
    }

    /// Text as a browser shows it: any white space is one space.
    fn text(&mut self, text: &str) {
        if self.muted || self.hidden.is_some() || self.passed.is_some() {
            return;
        }
        let nested = self.open.len() > 1;
        let Some(table) = self.open.last_mut() else { return };
        if !nested && table.cell.is_none() {
            let row = table.row.unwrap_or_default();
            table.cell = Some(HtmlCell { row, column: 0, text: String::new(), unseen: false });
        }
        let Some(cell) = &mut table.cell else { return };
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                cell.text.push(c);
            } else if !cell.text.is_empty() && !cell.text.ends_with([' ', '\n']) {
                cell.text.push(' ');
            }
        }
    }

    fn pass(&mut self, what: Quantity, found: u64) {
        if found > self.limits.limit(what) && self.passed.is_none() {
            self.passed = Some((what, found));
        }
    }
}

/// Whether an element says of itself that it is not shown; one without an end, such as `input`, has no text anyway.
fn is_hidden(tag: &Tag) -> bool {
    let empty = matches!(&*tag.name, "input" | "img" | "br" | "hr" | "col" | "wbr" | "link" | "meta");
    !empty && says_hidden(tag)
}

/// What stands in a field of a form, where a person sees it.
fn shown_value(tag: &Tag) -> Option<&str> {
    let stated = |name: &str| tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|own| &*own.value);
    let kind = stated("type").unwrap_or("text").trim().to_ascii_lowercase();
    let is_shown = matches!(kind.as_str(), "" | "text" | "number" | "search") && !says_hidden(tag);
    stated("value").filter(|_| is_shown)
}

fn says_hidden(tag: &Tag) -> bool {
    let says = |name: &str, value: &str| match name {
        "hidden" => true,
        "style" => {
            let style = value.to_ascii_lowercase().replace(' ', "");
            style.contains("display:none") || style.contains("visibility:collapse")
        }
        _ => false,
    };
    tag.attrs.iter().any(|attribute| says(&attribute.name.local, &attribute.value))
}

/// How many columns or rows a cell spans; 0 means to the end.
fn span(tag: &Tag, name: &str, most: u32) -> u32 {
    let stated = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    match stated.and_then(|attribute| attribute.value.trim().parse().ok()) {
        Some(0) => most,
        Some(count) => most.min(count),
        None => 1,
    }
}

/// Elements whose content is no markup: the tokenizer must be told.
fn raw(tag: &Tag) -> TokenSinkResult<()> {
    if tag.kind != TagKind::StartTag {
        return TokenSinkResult::Continue;
    }
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

/// Elements that end a line where a text is taken out of markup.
const LINES: [&str; 7] = ["p", "br", "li", "div", "tr", "ul", "ol"];

/// The text of a piece of markup: tags are left out, entities resolved, paragraphs and line breaks end a line.
pub(crate) fn html_text(markup: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(markup));
    let tokenizer = Tokenizer::new(TextHandler(RefCell::default()), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Takes the text out of markup.
struct TextHandler(RefCell<String>);

impl TokenSink for TextHandler {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if LINES.contains(&&*tag.name) => self.0.borrow_mut().push('\n'),
            Token::CharacterTokens(text) => self.0.borrow_mut().push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
